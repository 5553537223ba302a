"""PDF with a text layer. A page breaks lines where it is full; those breaks are taken out again."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from codering.errors import Message, TranscriptError
from codering.readers.dialogue import read_lines
from codering.readers.drafts import Draft, Parser
from codering.readers.marks import Line

_MOST_PAGES: Final = 2000
_FULL: Final = 0.65
_EDGE: Final = 3
_FEWEST_PAGES: Final = 3
_MOST_OF: Final = 0.6
_PAGE_NUMBER: Final = re.compile(
    r"(?:pagina|page|blz\.?|p\.)?\s*\d{1,4}(?:\s*(?:/|van|of)\s*\d{1,4})?|-\s*\d{1,4}\s*-", re.IGNORECASE
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
            pages = [_lines(text) for text in _pages(data, source)]
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


def _pages(data: bytes, source: str) -> list[str]:
    import pypdf
    from pypdf.errors import PyPdfError

    # What pypdf lets through on broken files; its own errors do not cover them all.
    broken = (
        PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, RecursionError,
        NotImplementedError, OverflowError, OSError, ZeroDivisionError, MemoryError,
    )  # fmt: skip
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise TranscriptError(
                "{source}: the file is protected with a password. Open it, take the password off, save it and try "
                "again.",
                source=source,
            )
        return [page.extract_text() for page in reader.pages[:_MOST_PAGES]]
    except broken as error:
        raise TranscriptError(
            "{source}: this PDF is damaged or incomplete. Open it in a PDF viewer and print it to a new PDF, or ask "
            "for the Word file.",
            source=source,
        ) from error


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.replace("\r", "\n").replace("\xad", "").strip("\n ").split("\n")]


def _joined(pages: Sequence[Sequence[str]], draft: Draft) -> list[Line]:
    """One list of lines, without page numbers and running heads, and marked where a full line goes on."""
    furniture = _furniture(pages)
    widest = sorted(len(line) for page in pages for line in page)
    full = _FULL * (widest[int(0.95 * (len(widest) - 1))] if widest else 0)
    lines: list[Line] = []
    before = ""
    for number, page in enumerate(pages, start=1):
        shown = _masked(page, number, len(pages))
        head, foot = _edge(shown, furniture), _edge(shown[::-1], furniture)
        for row, text in enumerate(page, start=1):
            place = Message("page {page}, line {line}", page=number, line=row)
            if head < row <= len(page) - foot:
                lines.append(Line(text, place, wrapped=bool(before.strip()) and len(before) >= full))
                before = text
            elif text and not _PAGE_NUMBER.fullmatch(text.strip()):
                draft.skip(text, place, "skipped: a running head or foot of the page.")
    return lines


def _furniture(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Lines near the top or bottom of most pages that are the same but for the number of the page."""
    if len(pages) < _FEWEST_PAGES:
        return frozenset()
    masked = [_masked(page, number, len(pages)) for number, page in enumerate(pages, start=1)]
    seen = Counter(line for page in masked for line in {*page[:_EDGE], *page[-_EDGE:]} if line)
    return frozenset(line for line, times in seen.items() if times >= max(_FEWEST_PAGES, _MOST_OF * len(pages)))


def _edge(page: Sequence[str], furniture: frozenset[str]) -> int:
    """How many lines from the edge inwards are furniture; speech stops it."""
    depth = 0
    for line in page[:_EDGE]:
        if line and line not in furniture and not _PAGE_NUMBER.fullmatch(line.replace("#", "1")):
            break
        depth += 1
    return depth


def _masked(page: Sequence[str], number: int, pages: int) -> list[str]:
    counting = re.compile(rf"(?<!\d)(?:{number}|{pages})(?!\d)")
    return [counting.sub("#", " ".join(line.split())) for line in page]


PARSERS: Final[tuple[Parser, ...]] = (PdfParser(),)
