"""XML of foreign documents: no document type, no entity, no reference outside, bounded depth."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from extract.errors import InputError
from extract.readers.limits import Limits, too_large
from extract.readers.package import damaged
from extract.readers.parts import Reading


class _Bounded(TreeBuilder):
    """Builds the tree and counts how deep it goes."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits
        self.depth = 0

    def start(self, tag: Any, attrs: Any) -> Element:
        self.depth += 1
        if self.depth > self.limits.xml_depth:
            raise too_large("the XML is nested too deeply", "xml_depth", self.limits.xml_depth)
        return super().start(tag, attrs)

    def end(self, tag: Any) -> Element:
        self.depth -= 1
        return super().end(tag)


def parse_xml(data: bytes, what: str, reading: Reading) -> Element:
    """The root element of ``data``; ``what`` names it in messages.

    Raises:
        InputError: slug ``unsafe-xml`` (a document type or an entity), ``too-large`` or ``damaged``.
    """
    elements = data.count(b"<")
    if elements > 2 * reading.limits.xml_elements:  # every element has at least one
        raise too_large(f"{what} has {elements:,} tags", "xml_elements", reading.limits.xml_elements)
    parser = DefusedXMLParser(target=_Bounded(reading.limits), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        raise InputError(
            f"{what} defines a document type or entities, which no such document needs",
            remedy="open it in its program and save it again",
            slug="unsafe-xml",
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise damaged(what, error) from None
    return root


def local(element: Element) -> str:
    """The element's name without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """The value of the attribute ``name``, whatever namespace it has."""
    value = element.get(name)
    if value is not None:
        return value
    return next((v for key, v in element.items() if key.rpartition("}")[2] == name), None)
