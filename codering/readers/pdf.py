"""PDF with a text layer. A page breaks lines where it is full; those breaks are taken out again."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from codering.errors import Message, TranscriptError
from codering.readers.dialogue import read_lines
from codering.readers.drafts import Draft, Parser
from codering.readers.guards import locked
from codering.readers.marks import Line

if TYPE_CHECKING:
    from pypdf import PageObject

_MOST_PAGES: Final = 2000
_FULL: Final = 0.65
_EDGE: Final = 3
_FEWEST_PAGES: Final = 3
_MOST_OF: Final = 0.6
_PAGE_NUMBER: Final = re.compile(
    r"(?P<word>pagina|page|blz\.?|p\.)?\s*(?:-\s*)?(?P<number>\d{1,4})(?:\s*(?:/|van|of)\s*(?P<total>\d{1,4})|\s*-)?",
    re.IGNORECASE,
)


class PdfParser:
    """Reads .pdf with pypdf."""

    name: Final = "PDF"
    suffixes: Final = (".pdf",)
    knows_names: Final = True

    def sniff(self, head: bytes, suffix: str) -> float:
        """The content was looked at before: the suffix is proven."""
        return 1.0 if suffix == ".pdf" and b"%PDF-" in head[:1024] else 0.0

    def parse(self, data: bytes, source: str, names: tuple[str, ...] = ()) -> Draft:
        """Read the text layer.

        Raises
        ------
        TranscriptError
            If the file is locked or broken, or has no text layer.
        """
        draft = Draft("pdf", source)
        repaired: list[logging.LogRecord] = []
        with _listening(repaired):
            pages = [_lines(text) for text in _pages(data, draft)]
        if repaired:
            draft.problem("", "the file has errors that were worked around; compare the turns with the file.")
        if not any(any(line.strip() for line in page) for page in pages):
            raise TranscriptError(
                "{source}: this PDF holds pictures of pages, a scan, and no text. Have the text recognised (OCR) "
                "first, or ask for the Word file.",
                source=source,
            )
        return read_lines(_joined(pages, draft), draft, names)


class _Keeping(logging.Handler):
    """Keeps warnings in a list."""

    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__(logging.WARNING)
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)


@contextmanager
def _listening(records: list[logging.LogRecord]) -> Iterator[None]:
    """Collect what pypdf warns about, instead of letting it print."""
    logger = logging.getLogger("pypdf")
    handler = _Keeping(records)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def _pages(data: bytes, draft: Draft) -> list[str]:
    """The text of each page; a page with pictures and no text, among others that have text, is reported."""
    import pypdf
    from pypdf.errors import PyPdfError

    # What pypdf lets through on broken files; its own errors do not cover them all.
    broken = (
        PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, RecursionError,
        NotImplementedError, OverflowError, OSError, ZeroDivisionError, MemoryError,
    )  # fmt: skip
    source = draft.source
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked(source)
        if len(reader.pages) > _MOST_PAGES:
            raise TranscriptError(
                "{source}: this PDF has {pages} {pages:page|pages}; at most {limit} can be read. Split it.",
                source=source,
                pages=len(reader.pages),
                limit=_MOST_PAGES,
            )
        texts = [page.extract_text() for page in reader.pages]
        drawn = [not text.strip() and _has_picture(page) for text, page in zip(texts, reader.pages, strict=True)]
    except broken as error:
        raise TranscriptError(
            "{source}: this PDF is damaged or incomplete. Open it in a PDF viewer and print it to a new PDF, or ask "
            "for the Word file.",
            source=source,
        ) from error
    if any(text.strip() for text in texts):
        for number, is_drawn in enumerate(drawn, start=1):
            if is_drawn:
                draft.problem(
                    Message("page {page}", page=number),
                    "this page holds a picture and no text. If it is a scan, its words are missing: have them "
                    "recognised (OCR) first.",
                )
    return texts


def _has_picture(page: PageObject) -> bool:
    resources = page.get("/Resources")
    return bool(resources is not None and resources.get_object().get("/XObject"))


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.replace("\r", "\n").replace("\xad", "").strip("\n ").split("\n")]


def _joined(pages: Sequence[Sequence[str]], draft: Draft) -> list[Line]:
    """One list of lines, without page numbers and running heads, and marked where a full line goes on."""
    furniture = _furniture(pages)
    widest = sorted(len(line) for page in pages for line in page)
    full = _FULL * (widest[int(0.95 * (len(widest) - 1))] if widest else 0)
    offsets = _offsets(pages)
    lines: list[Line] = []
    before = ""
    for number, page in enumerate(pages, start=1):
        shown = _masked(page, number, len(pages))
        numbers = [_is_number(text, number, len(pages), offsets) for text in page]
        extra = [not text or text in furniture or is_number for text, is_number in zip(shown, numbers, strict=True)]
        head, foot = _edge(extra), _edge(extra[::-1])
        for row, text in enumerate(page, start=1):
            place = Message("page {page}, line {line}", page=number, line=row)
            if head < row <= len(page) - foot:
                lines.append(Line(text, place, wrapped=bool(before.strip()) and len(before) >= full))
                before = text
            elif text and not numbers[row - 1]:
                draft.skip(text, place, "skipped: a running head or foot of the page.")
    return lines


def _furniture(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Lines near the top or bottom of most pages that are the same but for the number of the page."""
    if len(pages) < _FEWEST_PAGES:
        return frozenset()
    masked = [_masked(page, number, len(pages)) for number, page in enumerate(pages, start=1)]
    seen = Counter(line for page in masked for line in {*page[:_EDGE], *page[-_EDGE:]} if line)
    return frozenset(line for line, times in seen.items() if times >= max(_FEWEST_PAGES, _MOST_OF * len(pages)))


def _edge(extra: Sequence[bool]) -> int:
    """How many lines from the edge inwards are blank or furniture; speech stops it."""
    return next((depth for depth, is_extra in enumerate(extra[:_EDGE]) if not is_extra), len(extra[:_EDGE]))


def _offsets(pages: Sequence[Sequence[str]]) -> frozenset[int]:
    """What the printed numbers differ from the count of pages: a number that does not count along is speech."""
    seen: Counter[int] = Counter()
    for number, page in enumerate(pages, start=1):
        found = (_PAGE_NUMBER.fullmatch(line.strip()) for line in {*page[:_EDGE], *page[-_EDGE:]})
        seen.update({int(one["number"]) - number for one in found if one})
    return frozenset(offset for offset, times in seen.items() if times >= max(2, _MOST_OF * len(pages)))


def _is_number(text: str, number: int, pages: int, offsets: frozenset[int]) -> bool:
    """Whether a line is the number of its page."""
    found = _PAGE_NUMBER.fullmatch(text.strip())
    if found is None:
        return False
    if found["word"] or (found["total"] and int(found["total"]) == pages and int(found["number"]) == number):
        return True
    return not found["total"] and int(found["number"]) - number in offsets


def _masked(page: Sequence[str], number: int, pages: int) -> list[str]:
    counting = re.compile(rf"(?<!\d)(?:{number}|{pages})(?!\d)")
    return [counting.sub("#", " ".join(line.split())) for line in page]


PARSERS: Final[tuple[Parser, ...]] = (PdfParser(),)
