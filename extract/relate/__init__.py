"""Relations, events and quotations: who did what with whom, and who said what."""

from extract.relate.relator import Relator

__all__ = ["Relator"]
