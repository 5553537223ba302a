"""Word documents (.docx): what people type and what Teams, Word itself and transcription services write.

python-docx opens the package; the text is taken from the XML, because its ``paragraph.text`` leaves out what was
inserted with tracked changes and says nothing about what was deleted.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from codering.errors import Message, TranscriptError
from codering.readers.dialogue import read_lines
from codering.readers.drafts import Draft, Parser, count
from codering.readers.grids import lines_of
from codering.readers.guards import CONTAINER
from codering.readers.marks import Line

if TYPE_CHECKING:
    Element = Any
    """An XML element of lxml, which carries no types."""

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED: Final = frozenset(
    {"pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tcPr", "trPr", "instrText", "delInstrText", "Fallback", "rt"}
)
_OFF: Final = frozenset({"0", "false", "off", "none"})
_BREAKS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_REMARKS: Final = {"footnoteReference": "note", "endnoteReference": "note", "commentReference": "comment"}
_HEADING: Final = re.compile(r"(?:heading|kop) \d", re.IGNORECASE)
_RELATIVES: Final = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
"""What documents with macros and templates are inside: as documents, but python-docx does not open them."""
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml"
_WRAPPERS: Final = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "AlternateContent", "Choice"}
)


class WordParser:
    """Reads .docx."""

    name: Final = "Word"
    suffixes: Final = (".docx", ".docm", ".dotx")
    knows_names: Final = True

    def sniff(self, head: bytes, suffix: str) -> float:
        """The content was looked at before: the suffix is proven."""
        return 1.0 if suffix == ".docx" and head.startswith(CONTAINER) else 0.0

    def parse(self, data: bytes, source: str, names: tuple[str, ...] = ()) -> Draft:
        """Read a Word document.

        Raises
        ------
        TranscriptError
            If the package or its XML is broken.
        """
        draft = Draft("docx", source)
        document = _Document(_body(data, source), draft)
        lines = document.lines()
        document.report()
        return read_lines(lines, draft, names)


def _body(data: bytes, source: str) -> _Opened:
    from docx.opc.exceptions import OpcError
    from docx.opc.part import PartFactory
    from docx.package import Package
    from docx.parts.document import DocumentPart
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    broken = (OpcError, LxmlError, zipfile.BadZipFile, zlib.error, struct.error, KeyError, ValueError, AttributeError)
    for kind in _RELATIVES:
        PartFactory.part_type_for.setdefault(kind, DocumentPart)
    try:
        document = Package.open(io.BytesIO(data)).main_document_part.document
        body = document.element.body
        bold, hidden = _styles(document.styles, "bold"), _styles(document.styles, "hidden")
        headings = frozenset(
            style.style_id for style in document.styles if style.name and _HEADING.fullmatch(style.name)
        )
    except broken as error:
        if _is_strict(data):
            raise TranscriptError(
                "{source}: this Word document was saved as “Strict Open XML Document”, which is not read. Open it in "
                "Word and save it as an ordinary “Word Document (*.docx)”.",
                source=source,
            ) from error
        raise _unusable(source) from error
    if body is None:
        raise _unusable(source)
    return _Opened(body, bold, hidden, headings)


def _styles(styles: Iterable[Element], name: str) -> dict[str, bool]:
    """Whether letters are so, by style; a style takes over what the one that it is based on says."""
    found: dict[str, bool] = {}
    for style in styles:
        at, seen = style, set()
        while at is not None and at.style_id not in seen:
            seen.add(at.style_id)
            said = getattr(getattr(at, "font", None), name, None)
            if said is not None:
                found[style.style_id] = bool(said)
                break
            at = getattr(at, "base_style", None)
    return found


def _is_strict(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "word/document.xml" in archive.namelist() and _STRICT in archive.read("word/document.xml")


def _unusable(source: str) -> TranscriptError:
    return TranscriptError(
        "{source}: this Word document is damaged. Open it in Word, let Word repair it, and save it again.",
        source=source,
    )


@dataclass(frozen=True, slots=True)
class _Opened:
    body: Element
    bold: Mapping[str, bool]
    hidden: Mapping[str, bool]
    headings: frozenset[str]


@dataclass(slots=True)
class _Text:
    """The text of one paragraph while it is collected."""

    parts: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def whole(self) -> str:
        return "".join(part for part, _ in self.parts)

    @property
    def bold(self) -> str:
        """The bold words at its start."""
        lead = ""
        for part, bold in self.parts:
            if part.strip() and not bold:
                break
            lead += part
        return lead.split("\n", 1)[0].strip() if any(bold for part, bold in self.parts if part.strip()) else ""


class _Document:
    """Goes through the body of a document."""

    def __init__(self, opened: _Opened, draft: Draft) -> None:
        self._opened: Final = opened
        self._draft: Final = draft
        self._seen: Final[Counter[str]] = Counter()
        self._paragraph = 0
        self._table = 0
        self._unfinished: _Text | None = None

    def lines(self) -> list[Line]:
        """All lines of the body, in order."""
        return [*self._block(self._opened.body), *self._rest()]

    def report(self) -> None:
        """Say what is in the document besides the text."""
        about = {
            "deleted": Message(
                "{count} {count:word|words} deleted with tracked changes {count:was|were} left out; insertions were "
                "kept."
            ),
            "hidden": Message("{count} hidden {count:word was|words were} left out: Word does not show them either."),
            "note": Message("{count} footnotes or endnotes were left out."),
            "comment": Message("{count} comments were left out."),
            "box": Message("{count} text boxes were read at the place where they are anchored; check their turns."),
            "chunk": Message(
                "{count} documents that are embedded in this one were not read. Open it in Word, save it, and "
                "read it again."
            ),
        }
        for kind, message in about.items():
            if self._seen[kind]:
                self._draft.problem("", message.template, count=self._seen[kind])

    def _block(self, element: Element) -> Iterator[Line]:
        for child in element:
            kind = _local(child)
            if kind == "p":
                yield from self._lines_of_paragraph(child)
            elif kind == "tbl":
                yield from self._rest()
                self._table += 1
                yield from lines_of(list(self._rows(child)), self._table, self._draft)
            elif kind == "altChunk":
                self._seen["chunk"] += 1
            elif kind in _WRAPPERS:
                yield from self._block(child)

    def _lines_of_paragraph(self, paragraph: Element) -> Iterator[Line]:
        self._paragraph += 1
        place = Message("paragraph {number}", number=self._paragraph)
        text = self._unfinished or _Text()
        self._unfinished = None
        style = _style(paragraph, "p")
        bold, hidden = self._opened.bold.get(style, False), self._opened.hidden.get(style, False)
        self._collect(paragraph, text, bold=bold, hidden=hidden)
        properties = paragraph.find(f"{_W}pPr")
        if properties is not None and properties.find(f"{_W}rPr/{_W}del") is not None:
            # The end of this paragraph was deleted: it goes on in the next one.
            self._unfinished = text
            return
        yield from self._lines_of_text(text, place, heading=style in self._opened.headings)

    def _lines_of_text(self, text: _Text, place: Message, *, heading: bool = False) -> Iterator[Line]:
        for i, part in enumerate(text.whole.strip("\n").split("\n")):
            yield Line(part, place, bold=text.bold if i == 0 else "", soft=i > 0, heading=heading)
        for box in text.boxes:
            self._seen["box"] += 1
            yield from self._block(box)

    def _rest(self) -> Iterator[Line]:
        """What waits for a next paragraph that never comes: the document or a table intervenes."""
        text, self._unfinished = self._unfinished, None
        if text is not None:
            yield from self._lines_of_text(text, Message("paragraph {number}", number=self._paragraph))

    def _rows(self, table: Element) -> Iterator[list[str]]:
        for row in table.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl")) is not table:
                continue
            cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
            yield [self._cell(cell) for cell in cells]

    def _cell(self, cell: Element) -> str:
        texts = []
        for paragraph in cell.iter(f"{_W}p"):
            if any(_local(a) == "txbxContent" for a in paragraph.iterancestors() if a is not cell):
                continue
            text = _Text()
            hidden = self._opened.hidden.get(_style(paragraph, "p"), False)
            self._collect(paragraph, text, bold=False, hidden=hidden)
            texts.append(text.whole.strip("\n"))
            for box in text.boxes:
                self._seen["box"] += 1
                texts += [line.text for line in self._block(box)]
        return "\n".join(text for text in texts if text.strip()).strip()

    def _collect(self, element: Element, text: _Text, *, bold: bool, hidden: bool) -> None:
        for child in element:
            kind = _local(child)
            if kind in _SKIPPED:
                continue
            if kind in {"del", "moveFrom"}:
                self._seen["deleted"] += count(
                    "".join(t.text or "" for t in child.iter(f"{_W}delText", f"{_W}t")) if kind == "del" else ""
                )
            elif kind == "r" and _says(child, "vanish", self._opened.hidden, hidden):
                self._seen["hidden"] += count(" ".join(t.text or "" for t in child.iter(f"{_W}t")))
            elif kind == "t":
                text.parts.append((child.text or "", bold))
            elif kind in _BREAKS:
                text.parts.append((_BREAKS[kind], bold))
            elif kind in _REMARKS:
                self._seen[_REMARKS[kind]] += 1
            elif kind == "txbxContent":
                text.boxes.append(child)
            else:
                heavy = _says(child, "b", self._opened.bold, bold) if kind == "r" else bold
                self._collect(child, text, bold=heavy, hidden=hidden)


def _says(run: Element, name: str, by_style: Mapping[str, bool], inherited: bool) -> bool:
    """Whether a run is bold or hidden: by itself, else by its style, else as its paragraph is."""
    own = run.find(f"{_W}rPr/{_W}{name}")
    if own is not None:
        return own.get(f"{_W}val") not in _OFF
    return by_style.get(_style(run, "r"), inherited)


def _style(element: Element, kind: str) -> str:
    """The style of a paragraph (``p``) or run (``r``); empty for none."""
    style = element.find(f"{_W}{kind}Pr/{_W}{kind}Style")
    return "" if style is None else str(style.get(f"{_W}val"))


def _local(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


PARSERS: Final[tuple[Parser, ...]] = (WordParser(),)
