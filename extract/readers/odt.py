"""ODT (OpenDocument text, ISO/IEC 26300): paragraphs and tables of ``content.xml``."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from extract.readers.blocks import Block, Paragraph, Table, rendered
from extract.readers.package import Package, damaged, protected
from extract.readers.parts import Reading, Text
from extract.readers.xmltree import attribute, local, parse_xml

_CONTENT = "content.xml"
_SKIPPED = ("tracked-changes", "annotation", "sequence-decls", "forms", "bookmark")
_MAX_BLANKS = 100


def read_odt(data: bytes, reading: Reading) -> Text:
    """Text of the document with its boxes and notes; headers and footers stand elsewhere and are left out."""
    package = Package(data, reading)
    if _CONTENT not in package:
        raise damaged("the ODT document", f"it has no {_CONTENT}")
    manifest = "META-INF/manifest.xml"
    if manifest in package:
        entries = parse_xml(package.read(manifest), manifest, reading)
        if any(local(element) == "encryption-data" for element in entries.iter()):
            raise protected("the document is encrypted")
    root = parse_xml(package.read(_CONTENT), _CONTENT, reading)
    body = next((element for element in root.iter() if local(element) == "body"), root)
    return rendered(list(_Body(_sizes(root)).blocks(body)), _metadata(package, reading))


def _sizes(root: Element) -> dict[str, float]:
    found = {}
    for style in root.iter():
        if local(style) == "style":
            for element in style:
                value = (attribute(element, "font-size") or "").removesuffix("pt")
                try:
                    found[attribute(style, "name") or ""] = float(value)
                except ValueError:
                    continue
    return found


def _metadata(package: Package, reading: Reading) -> dict[str, str]:
    name = "meta.xml"
    if name not in package:
        return {}
    found = {}
    for element in parse_xml(package.read(name), name, reading).iter():
        value = (element.text or "").strip()
        if value and local(element) == "creator":
            found["creator"] = value
        elif value and local(element) == "date":
            found["modified"] = value[:10]
    return found


class _Body:
    def __init__(self, sizes: dict[str, float]) -> None:
        self.sizes = sizes

    def blocks(self, parent: Element) -> Iterator[Block]:
        for child in parent:
            name = local(child)
            if name in ("p", "h"):
                yield from self.paragraph(child)
            elif name == "table":
                yield self.table(child)
            elif name not in _SKIPPED:
                yield from self.blocks(child)

    def table(self, element: Element) -> Table:
        return Table(
            [
                [list(self.blocks(cell)) for cell in row if local(cell) == "table-cell"]
                for row in _rows(element)
            ]
        )

    def paragraph(self, element: Element) -> Iterator[Block]:
        pieces: list[str] = []
        apart: list[Element] = []
        size = self.inline(element, pieces, apart)
        if "".join(pieces).strip():
            yield Paragraph("".join(pieces), size)
        for box in apart:
            yield from self.blocks(box)

    def inline(self, parent: Element, pieces: list[str], apart: list[Element]) -> float:
        """Collects the text below ``parent``; gives its letters' size."""
        size = self.sizes.get(attribute(parent, "style-name") or "", 0.0)
        pieces.append(parent.text or "")
        for child in parent:
            name = local(child)
            if name in ("text-box", "note-body"):
                apart.append(child)
            elif name in ("tab", "s"):
                count = attribute(child, "c") or "1"
                pieces.append(" " * min(int(count) if count.isdigit() else 1, _MAX_BLANKS))
            elif name == "line-break":
                pieces.append("\n")
            elif name and name not in _SKIPPED and name != "note-citation":
                size = max(size, self.inline(child, pieces, apart))
            pieces.append(child.tail or "")
        return size


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if local(child) == "table-row":
            yield child
        elif local(child) in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _rows(child)
