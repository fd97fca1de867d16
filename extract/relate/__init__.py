"""Relations, events and quotations: who did what with whom, and who said what."""

from extract.relate.check import check_rules
from extract.relate.relator import Relator

__all__ = ["Relator", "check_rules"]
