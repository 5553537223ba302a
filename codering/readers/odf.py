"""OpenDocument text (.odt), as LibreOffice Writer and Google Docs save it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from codering.errors import Message, TranscriptError
from codering.readers.dialogue import read_lines
from codering.readers.drafts import Draft, Parser, count
from codering.readers.grids import lines_of
from codering.readers.guards import CONTAINER
from codering.readers.marks import Line

if TYPE_CHECKING:
    Node = Any
    """An element or text of odfpy, which carries no types."""

_BLOCKS: Final = frozenset(
    {"text:section", "text:list", "text:list-item", "text:list-header", "text:numbered-paragraph", "draw:frame",
     "draw:g", "draw:a", "text:index-body", "text:table-of-content", "office:text", "text:soft-page-break"}
)  # fmt: skip
_SHAPES: Final = frozenset(
    {"draw:text-box", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:line", "draw:polygon", "draw:path"}
)
"""What may hold text besides the text: its paragraphs come after the one in which it is anchored."""

_SKIPPED: Final = frozenset({"text:tracked-changes", "text:sequence-decls", "office:forms", "svg:title", "svg:desc"})
_REMARKS: Final = {"text:note": "note", "office:annotation": "comment"}
_PARTS: Final = frozenset({"content.xml", "styles.xml", "meta.xml", "settings.xml", "META-INF/manifest.xml"})
_MOST_SPACES: Final = 1000
_BREAKS: Final = {"text:tab": "\t", "text:line-break": "\n"}


class OdfParser:
    """Reads .odt."""

    name: Final = "OpenDocument"
    suffixes: Final = (".odt", ".ott")
    knows_names: Final = True

    def sniff(self, head: bytes, suffix: str) -> float:
        """The content was looked at before: the suffix is proven."""
        return 1.0 if suffix == ".odt" and head.startswith(CONTAINER) else 0.0

    def parse(self, data: bytes, source: str, names: tuple[str, ...] = ()) -> Draft:
        """Read an OpenDocument text.

        Raises
        ------
        TranscriptError
            If the package or its XML is broken.
        """
        draft = Draft("odt", source)
        body, styles = _opened(data, source)
        document = _Document(styles, draft)
        lines = list(document.block(body))
        document.report()
        return read_lines(lines, draft, names)


@dataclass(frozen=True, slots=True)
class _Styles:
    """What styles, by name, say about bold and hidden words; a style that is in neither says nothing."""

    bold: Mapping[str, bool]
    hidden: Mapping[str, bool]


def _opened(data: bytes, source: str) -> tuple[Node, _Styles]:
    from xml.etree.ElementTree import ParseError
    from xml.sax import SAXException

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring
    from odf.element import IllegalChild, IllegalText
    from odf.opendocument import load

    broken = (
        SAXException, ParseError, DefusedXmlException, IllegalChild, IllegalText, zipfile.BadZipFile, zlib.error,
        struct.error, KeyError, ValueError, AttributeError, TypeError, IndexError, AssertionError,
    )  # fmt: skip
    try:
        # odfpy prints what it cannot parse, goes on, and so loses text: look whether it is whole first.
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in _PARTS & set(archive.namelist()):
                fromstring(archive.read(name))
        document = load(io.BytesIO(data))
        body = document.text
        if body is None:
            raise KeyError("office:text")
        styles = _Styles(_styles(document, "font-weight", "bold"), _styles(document, "display", "none"))
    except broken as error:
        raise TranscriptError(
            "{source}: this OpenDocument text is damaged. Open it in LibreOffice, let it repair the file, and save it "
            "again.",
            source=source,
        ) from error
    return body, styles


def _styles(document: Node, name: str, value: str) -> dict[str, bool]:
    """Whether a property of words has a value, by style; a style takes over what its parent says."""
    own: dict[str, bool] = {}
    parents: dict[str, str] = {}
    for family in (document.styles, document.automaticstyles):
        for style in family.childNodes:
            for properties in getattr(style, "childNodes", ()):
                if properties.tagName == "style:text-properties" and (found := _get(properties, name)):
                    own[_get(style, "name")] = found == value
            parents[_get(style, "name")] = _get(style, "parent-style-name")
    resolved: dict[str, bool] = {}
    for style in parents:
        seen: list[str] = []
        at = style
        while at and at not in own and at not in seen:
            seen.append(at)
            at = parents.get(at, "")
        if at in own:
            resolved[style] = own[at]
    return resolved


def _get(element: Node, name: str) -> str:
    """An attribute by its local name; odfpy's own getter refuses names that it thinks are not allowed."""
    return next((str(value) for (_, key), value in (element.attributes or {}).items() if key == name), "")


@dataclass(slots=True)
class _Text:
    """The text of one paragraph while it is collected."""

    parts: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[Node] = field(default_factory=list)


class _Document:
    """Goes through the body of a document."""

    def __init__(self, styles: _Styles, draft: Draft) -> None:
        self._styles: Final = styles
        self._draft: Final = draft
        self._seen: Final[Counter[str]] = Counter()
        self._paragraph = 0
        self._table = 0

    def block(self, element: Node) -> Iterator[Line]:
        """The lines below an element, in order."""
        for child in element.childNodes:
            kind = child.tagName if child.nodeType == child.ELEMENT_NODE else ""
            if kind == "text:section" and _is_hidden(child):
                self._hide(child)
            elif kind in {"text:p", "text:h"}:
                yield from self._lines_of_paragraph(child)
            elif kind == "table:table":
                self._table += 1
                yield from lines_of(list(self._rows(child)), self._table, self._draft)
            elif kind == "text:tracked-changes":
                self._seen["deleted"] += sum(
                    1 for change in child.childNodes for what in change.childNodes if what.tagName == "text:deletion"
                )
            elif kind in _REMARKS:
                self._seen[_REMARKS[kind]] += 1
            elif kind in _SHAPES:
                yield from self._box(child)
            elif kind in _BLOCKS:
                yield from self.block(child)

    def report(self) -> None:
        """Say what is in the document besides the text."""
        about = {
            "deleted": Message("{count} deletions with tracked changes were left out; insertions were kept."),
            "hidden": Message(
                "{count} hidden {count:word was|words were} left out: the word processor does not show them either."
            ),
            "note": Message("{count} footnotes or endnotes were left out."),
            "comment": Message("{count} comments were left out."),
            "box": Message("{count} text boxes were read at the place where they are anchored; check their turns."),
        }
        for kind, message in about.items():
            if self._seen[kind]:
                self._draft.problem("", message.template, count=self._seen[kind])

    def _lines_of_paragraph(self, paragraph: Node) -> Iterator[Line]:
        self._paragraph += 1
        place = Message("paragraph {number}", number=self._paragraph)
        if any(_get(one, "is-hidden") == "true" for one in _elements(paragraph, "text:hidden-paragraph")):
            self._hide(paragraph)
            return
        text = _Text()
        style = _get(paragraph, "style-name")
        bold, hidden = self._styles.bold.get(style, False), self._styles.hidden.get(style, False)
        self._collect(paragraph, text, bold=bold, hidden=hidden)
        lead = _lead(text)
        whole = "".join(part for part, _ in text.parts).strip("\n")
        for i, part in enumerate(whole.split("\n")):
            yield Line(part, place, bold=lead if i == 0 else "", soft=i > 0, heading=paragraph.tagName == "text:h")
        for box in text.boxes:
            yield from self._box(box)

    def _box(self, box: Node) -> Iterator[Line]:
        lines = list(self.block(box))
        self._seen["box"] += any(line.text.strip() for line in lines)
        yield from lines

    def _rows(self, table: Node) -> Iterator[list[str]]:
        for child in table.childNodes:
            kind = getattr(child, "tagName", "")
            if kind == "table:table-row":
                cells = [cell for cell in child.childNodes if cell.tagName == "table:table-cell"]
                yield ["\n".join(line.text for line in self._cell(cell) if line.text.strip()).strip() for cell in cells]
            elif kind in {"table:table-header-rows", "table:table-rows", "table:table-row-group"}:
                yield from self._rows(child)

    def _cell(self, cell: Node) -> Iterator[Line]:
        # A paragraph in a table is counted by its row, not by its own number.
        before = self._paragraph
        yield from self.block(cell)
        self._paragraph = before

    def _collect(self, element: Node, text: _Text, *, bold: bool, hidden: bool) -> None:
        for child in element.childNodes:
            if child.nodeType in {child.TEXT_NODE, child.CDATA_SECTION_NODE}:
                part = " ".join(_collapsed(str(child.data)))
                if hidden:
                    self._seen["hidden"] += count(part)
                else:
                    text.parts.append((part, bold))
                continue
            kind = child.tagName
            if kind in _BREAKS:
                text.parts.append((_BREAKS[kind], bold))
            elif kind == "text:s":
                text.parts.append((" " * _spaces(_get(child, "c")), bold))
            elif kind in _REMARKS:
                self._seen[_REMARKS[kind]] += 1
            elif kind in _SHAPES:
                text.boxes.append(child)
            elif kind == "text:hidden-text" and _get(child, "is-hidden") != "false":
                self._hide(child)
            elif kind not in _SKIPPED:
                style = _get(child, "style-name")
                self._collect(
                    child,
                    text,
                    bold=self._styles.bold.get(style, bold),
                    hidden=self._styles.hidden.get(style, hidden),
                )

    def _hide(self, element: Node) -> None:
        """Leave everything in an element out, and count it."""
        unseen = _Text()
        self._collect(element, unseen, bold=False, hidden=True)
        for box in unseen.boxes:
            self._hide(box)


def _is_hidden(section: Node) -> bool:
    shown = _get(section, "display")
    return shown == "none" or (shown == "condition" and _get(section, "is-hidden") == "true")


def _elements(element: Node, kind: str) -> Iterator[Node]:
    """All elements of a kind below an element."""
    for child in element.childNodes:
        if child.nodeType == child.ELEMENT_NODE:
            if child.tagName == kind:
                yield child
            yield from _elements(child, kind)


def _spaces(times: str) -> int:
    """How many spaces ``text:s`` stands for; no paragraph has as many as a broken or malicious file may say."""
    return min(int(times[:4]), _MOST_SPACES) if times.isdecimal() else 1


def _collapsed(data: str) -> list[str]:
    """White space in ODF's XML counts as one space; more spaces are elements (``text:s``)."""
    return data.replace("\t", " ").replace("\r", " ").replace("\n", " ").split(" ")


def _lead(text: _Text) -> str:
    lead = ""
    for part, bold in text.parts:
        if part.strip() and not bold:
            break
        lead += part
    return lead.split("\n", 1)[0].strip() if any(bold for part, bold in text.parts if part.strip()) else ""


PARSERS: Final[tuple[Parser, ...]] = (OdfParser(),)
