"""Rich Text Format (.rtf), as f4transkript, Descript and older word processors write it."""

from __future__ import annotations

import re
from typing import Final

from codering.errors import Message, TranscriptError
from codering.readers.dialogue import read_lines
from codering.readers.drafts import Draft, Parser
from codering.readers.grids import lines_of
from codering.readers.marks import Line

_CODEPAGE: Final = re.compile(rb"\\ansicpg(\d{3,5})")
_NAMED: Final = {10000: "mac_roman", 65001: "utf-8"}
_MAC: Final = re.compile(r"\\ansicpg(?:10000|65001)(?!\d)")
"""Code pages that striprtf would take for UTF-8; without them it uses the encoding that it is given."""

_LABEL: Final = re.compile(r"\{(?:\\\*)?\\(?:listtext|pntext)\b[^{}]*\}")
"""Numbers and bullets of lists: Word writes them out, but nobody says them."""

_CELL, _ROW, _ROW_BEGIN = "\x03", "\x04", "\x02"
"""What ends a cell, ends a row and begins one, as characters that no text holds; striprtf makes a bar of a cell's end,
and a bar is a word in some transcripts."""

_GRID: Final = tuple(
    (re.compile(rf"(?<!\\)\\{word}(?![a-z\d]) ?"), mark)
    for word, mark in (("cell", _CELL), ("row", _ROW), ("trowd", _ROW_BEGIN))
)


class RtfParser:
    """Reads .rtf with striprtf."""

    name: Final = "RTF"
    suffixes: Final = (".rtf",)
    knows_names: Final = True

    def sniff(self, head: bytes, suffix: str) -> float:
        """The content was looked at before: the suffix is proven."""
        return 1.0 if suffix == ".rtf" and b"{\\rtf" in head[:64] else 0.0

    def parse(self, data: bytes, source: str, names: tuple[str, ...] = ()) -> Draft:
        """Read an RTF document.

        Raises
        ------
        TranscriptError
            If its control words make no sense.
        """
        from striprtf.striprtf import rtf_to_text

        draft = Draft("rtf", source)
        content = _MAC.sub("", _LABEL.sub("", data.decode("latin-1")))
        if not _is_closed(content):
            draft.problem("", "the file stops in the middle, so its end is missing. Fetch it or save it again.")
        if re.search(r"\\deleted\b", content):
            draft.problem(
                "", "the file has tracked changes; deleted words are among the turns. Accept the changes first."
            )
        for pattern, mark in _GRID:
            content = pattern.sub(mark, content.replace(mark, ""))
        try:
            read = str(rtf_to_text(content, encoding=_encoding(data), errors="replace"))  # type: ignore[no-untyped-call]
        except (ValueError, LookupError, IndexError, OverflowError) as error:
            raise TranscriptError(
                "{source}: this RTF document is damaged. Open it in a word processor and save it as .docx.",
                source=source,
            ) from error
        # Beyond U+FFFF the format writes two halves of a character.
        text = read.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        _report(content, draft)
        return read_lines(_lines(text, draft), draft, names)


def _encoding(data: bytes) -> str:
    found = _CODEPAGE.search(data[:4096])
    name = _NAMED.get(int(found[1]), f"cp{int(found[1])}") if found else "cp1252"
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def _report(content: str, draft: Draft) -> None:
    """Say what striprtf leaves out, and what it does not."""
    about = (
        (
            r"v(?!0)",
            Message(
                "In {count} {count:place|places} words are hidden; they were read like any other. Take out "
                "what nobody may read, or save the file as .docx: there they are left out."
            ),
        ),
        (r"footnote", Message("{count} footnotes or endnotes were left out.")),
        (r"annotation", Message("{count} comments were left out.")),
        (r"shptxt", Message("{count} text boxes were left out; if people speak in them, save the file as .docx.")),
    )
    for word, message in about:
        if times := len(re.findall(rf"(?<!\\)\\{word}(?![a-z])", content)):
            draft.problem("", message.template, count=times)


def _is_closed(content: str) -> bool:
    """Whether every group that opens also closes."""
    depth = 0
    for brace in re.finditer(r"\\.|[{}]", content, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
    return depth <= 0


def _lines(text: str, draft: Draft) -> list[Line]:
    """Make lines; the rows of a table, whose cells may be of several paragraphs, become a table again."""
    lines: list[Line] = []
    rows: list[list[str]] = []
    table, number = 0, 0
    *parts, rest = text.replace("\xad", "").split(_ROW)
    for part in [*parts, f"{rest}\n{_CELL}"]:
        first = part.find(_CELL)
        begin = max(part.rfind(_ROW_BEGIN, 0, first), part.rfind("\n", 0, first) if _ROW_BEGIN not in part else -1) + 1
        above = part[:begin].replace(_ROW_BEGIN, "")
        if rows and (above.strip() or part[begin:] == _CELL):
            table += 1
            lines += lines_of(rows, table, draft)
            rows = []
        for written in above.split("\n"):
            number += 1
            lines.append(Line(written, Message("paragraph {number}", number=number)))
        cells = [cell.replace(_ROW_BEGIN, "").strip() for cell in part[begin:].split(_CELL)[:-1]]
        if any(cells):
            rows.append(cells)
    return lines


PARSERS: Final[tuple[Parser, ...]] = (RtfParser(),)
