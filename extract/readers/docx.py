"""DOCX (Office Open XML, ECMA-376): paragraphs and tables of the document part."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from extract.readers.blocks import Block, Paragraph, Table, rendered
from extract.readers.package import Package, damaged
from extract.readers.parts import Reading, Text
from extract.readers.xmltree import attribute, local, parse_xml

_DOCUMENT = "word/document.xml"
_STYLES = "word/styles.xml"
_SKIPPED = ("del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr")
_INLINE = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HALF_POINTS = 2


def read_docx(data: bytes, reading: Reading) -> Text:
    """Text of the document with its boxes and footnotes; headers and footers are left out.

    Nothing of a macro, a field's code, deleted text or an outside reference is looked at.
    """
    package = Package(data, reading)
    if _DOCUMENT not in package:
        raise damaged("the DOCX document", f"it has no {_DOCUMENT}")
    reader = _Body(_style_sizes(package, reading))
    blocks = list(reader.blocks(parse_xml(package.read(_DOCUMENT), _DOCUMENT, reading)))
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if name in package:
            blocks.extend(reader.blocks(parse_xml(package.read(name), name, reading)))
    return rendered(blocks, core_metadata(package, reading))


def core_metadata(package: Package, reading: Reading) -> dict[str, str]:
    """Author and day of the last change from ``docProps/core.xml``."""
    name = "docProps/core.xml"
    if name not in package:
        return {}
    wanted = {"creator": "creator", "subject": "subject", "modified": "modified"}
    found = {}
    for element in parse_xml(package.read(name), name, reading).iter():
        key = wanted.get(local(element))
        value = (element.text or "").strip()
        if key and value:
            found[key] = value[:10] if key == "modified" else value
    return found


def _style_sizes(package: Package, reading: Reading) -> dict[str, float]:
    if _STYLES not in package:
        return {}
    found: dict[str, float] = {}
    for style in parse_xml(package.read(_STYLES), _STYLES, reading):
        for size in style.iter():
            if local(size) == "sz":
                key = "" if local(style) == "docDefaults" else attribute(style, "styleId") or ""
                found.setdefault(key, _points(size))
    return found


def _points(size: Element) -> float:
    value = attribute(size, "val") or ""
    return int(value) / _HALF_POINTS if value.isdigit() else 0.0


class _Body:
    def __init__(self, sizes: dict[str, float]) -> None:
        self.sizes = sizes

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Blocks below ``parent``, whatever containers (content controls, notes, cells) lie between."""
        for child in parent:
            name = local(child)
            if name == "p":
                yield from self.paragraph(child)
            elif name == "tbl":
                yield self.table(child)
            elif name not in _SKIPPED and name != "sectPr":
                yield from self.blocks(child)

    def table(self, tbl: Element) -> Table:
        return Table([[list(self.blocks(tc)) for tc in _children(tr, "tc")] for tr in _children(tbl, "tr")])

    def paragraph(self, p: Element) -> Iterator[Block]:
        """The paragraph, then the boxes anchored in it."""
        style = next((attribute(e, "val") or "" for e in p.iter() if local(e) == "pStyle"), "")
        ordinary = self.sizes.get(style) or self.sizes.get("", 0.0)
        pieces: list[str] = []
        boxes: list[Element] = []
        sizes: list[float] = []
        self.inline(p, pieces, boxes, sizes)
        text = "".join(pieces)
        if text.strip():
            yield Paragraph(text, max(sizes, default=0.0) or ordinary)
        for box in boxes:
            yield from self.blocks(box)

    def inline(self, parent: Element, pieces: list[str], boxes: list[Element], sizes: list[float]) -> None:
        for child in parent:
            name = local(child)
            if name == "rPr":
                sizes.extend(_points(size) for size in child if local(size) == "sz")
            if name in _SKIPPED:
                continue
            if name == "t":
                pieces.append(child.text or "")
            elif name in _INLINE:
                pieces.append(_INLINE[name])
            elif name == "txbxContent":
                boxes.append(child)
            else:
                self.inline(child, pieces, boxes, sizes)


def _children(parent: Element, wanted: str) -> Iterator[Element]:
    """Children of that name, also within content controls."""
    for child in parent:
        name = local(child)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _children(child, wanted)
