"""Resolution: which mentions name one person, organisation or place, and what they are called."""

from extract.resolve.resolver import Resolver

__all__ = ["Resolver"]
