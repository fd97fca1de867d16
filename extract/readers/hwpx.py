"""HWPX (OWPML, KS X 6101): the word processor's format in a ZIP of XML."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from extract.readers.blocks import Block, Paragraph, Table, render, rendered
from extract.readers.package import Package, damaged, protected
from extract.readers.parts import Reading, Text
from extract.readers.xmltree import local, parse_xml

_INLINE = {"tab": " ", "lineBreak": "\n", "nbSpace": " ", "fwSpace": " ", "hypen": "-", "hyphen": "-"}
_UNITS_PER_POINT = 100
_DELETED = ("deleteBegin", "deleteEnd")


def read_hwpx(data: bytes, reading: Reading) -> Text:
    """Text of all sections, and what the file says about itself.

    Headers and footers are no part of the text: they become ``header`` and ``footer`` of the metadata.
    Footnotes follow the section that refers to them. Dates of the file are those of its template and its
    last change, so none is taken for the publication date.
    """
    package = Package(data, reading)
    sections = list(package.matching("Contents/section", ".xml"))
    if not sections:
        raise damaged("the HWPX document", "it has no section")
    _check_open(package, reading)
    reader = _Sections(_sizes(package, reading))
    blocks: list[Block] = []
    for name in sections:
        blocks.extend(reader.section(parse_xml(package.read(name), name, reading)))
    metadata = _metadata(package, reading)
    for kind, texts in reader.apart.items():
        metadata[kind] = " ".join(dict.fromkeys(texts))
    return rendered(blocks, metadata)


def _check_open(package: Package, reading: Reading) -> None:
    name = "META-INF/manifest.xml"
    if name in package:
        manifest = parse_xml(package.read(name), name, reading)
        if any(local(element) == "encryption-data" for element in manifest.iter()):
            raise protected("the document is encrypted")


def _metadata(package: Package, reading: Reading) -> dict[str, str]:
    name = "Contents/content.hpf"
    if name not in package:
        return {}
    found: dict[str, str] = {}
    for element in parse_xml(package.read(name), name, reading).iter():
        key = element.get("name") if local(element) == "meta" else None
        value = (element.text or "").strip()
        if key in ("creator", "subject", "keyword") and value:
            found[key] = value
        elif key == "ModifiedDate" and value:
            found["modified"] = value[:10]
    return found


def _sizes(package: Package, reading: Reading) -> dict[str, float]:
    """Letter size in points of each character shape of the header."""
    name = "Contents/header.xml"
    if name not in package:
        return {}
    found = {}
    for element in parse_xml(package.read(name), name, reading).iter():
        if local(element) == "charPr":
            height = element.get("height", "")
            found[element.get("id", "")] = int(height) / _UNITS_PER_POINT if height.isdigit() else 0.0
    return found


class _Sections:
    """Reads sections; ``apart`` collects what stands in headers and footers."""

    def __init__(self, sizes: dict[str, float]) -> None:
        self.sizes = sizes
        self.apart: dict[str, list[str]] = {}
        self.notes: list[Block] = []
        self.deleted = False

    def section(self, root: Element) -> Iterator[Block]:
        for element in root:
            if local(element) == "p":
                yield from self.paragraph(element)
        yield from self.notes
        self.notes = []

    def paragraph(self, p: Element) -> list[Block]:
        """The paragraph, cut where a table stands in it, and the boxes anchored in it after its text."""
        blocks: list[Block] = []
        anchored: list[Block] = []
        pieces: list[str] = []
        size = 0.0

        def flush() -> None:
            nonlocal size
            text = "".join(pieces)
            pieces.clear()
            if text.strip():
                blocks.append(Paragraph(text, size))
            blocks.extend(anchored)
            anchored.clear()
            size = 0.0

        for run in p:
            if local(run) != "run":
                continue
            for child in run:
                name = local(child)
                if name == "t":
                    text = self.text(child)
                    if text.strip():
                        size = max(size, self.sizes.get(run.get("charPrIDRef", ""), 0.0))
                    pieces.append(text)
                elif name == "tbl":
                    flush()
                    blocks.append(self.table(child))
                    blocks.extend(self.below(child, "caption"))
                elif name == "ctrl":
                    self.control(child)
                elif name == "equation":
                    pieces.extend(script.text or "" for script in child if local(script) == "script")
                else:
                    anchored.extend(self.shape(child))
        flush()
        return blocks

    def text(self, t: Element) -> str:
        pieces = [] if self.deleted else [t.text or ""]
        for child in t:
            name = local(child)
            if name in _DELETED:
                self.deleted = name == "deleteBegin"
            if not self.deleted:
                pieces.append(_INLINE.get(name, ""))
                pieces.append(child.tail or "")
        return "".join(pieces)

    def table(self, tbl: Element) -> Table:
        rows = [tr for tr in tbl if local(tr) == "tr"]
        return Table([[list(self.below(tc)) for tc in tr if local(tc) == "tc"] for tr in rows])

    def control(self, ctrl: Element) -> None:
        for child in ctrl:
            name = local(child)
            if name in ("header", "footer"):
                text = " ".join(render(list(self.below(child))).split())
                if text:
                    self.apart.setdefault(name, []).append(text)
            elif name in ("footNote", "endNote"):
                self.notes.extend(self.below(child))

    def shape(self, element: Element) -> Iterator[Block]:
        """Text of a drawn box, of the shapes grouped in a container, and of captions."""
        name = local(element)
        if name == "container":
            for child in element:
                yield from self.shape(child)
        yield from self.below(element, "drawText")
        yield from self.below(element, "caption")

    def below(self, element: Element, holder: str | None = None) -> Iterator[Block]:
        """Blocks of the ``subList`` of ``element``, or of its child named ``holder``."""
        owners = [element] if holder is None else [child for child in element if local(child) == holder]
        for owner in owners:
            for sub in owner:
                if local(sub) == "subList":
                    for p in sub:
                        if local(p) == "p":
                            yield from self.paragraph(p)
