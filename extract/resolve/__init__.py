"""Resolution: which mentions name one person, organisation or place, and what they are called."""

from extract.resolve.examples import check_rules
from extract.resolve.resolver import Resolver

__all__ = ["Resolver", "check_rules"]
