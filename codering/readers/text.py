"""Plain text: what people type, and what most transcription services can export."""

from __future__ import annotations

import re
from typing import Final

from codering.errors import line
from codering.readers.chat import is_chat, read_chat
from codering.readers.decoding import decoded, encoding_of, peek
from codering.readers.dialogue import read_lines
from codering.readers.drafts import Draft, Parser
from codering.readers.marks import Line
from codering.readers.pipes import with_tables

_BREAK: Final = re.compile("[\n\x0b\x0c\x85\u2028\u2029]")
"""What ends a line: also what word processors write for a new line or page within text."""


_HEADING: Final = re.compile(r"#{1,6} +(?=\S)")
"""What stands before a heading in Markdown."""


class TextParser:
    """Reads ``Naam: tekst`` and its many relatives; the last resort for everything that is text."""

    name: Final = "text"
    suffixes: Final = (".txt", ".text", ".md")
    knows_names: Final = True

    def sniff(self, head: bytes, suffix: str) -> float:
        """Any text will do, but whoever recognises it goes first."""
        if encoding_of(head) is None or not peek(head).strip():
            return 0.0
        return 0.3 if suffix in self.suffixes else 0.05

    def parse(self, data: bytes, source: str, names: tuple[str, ...] = ()) -> Draft:
        """Read a text file.

        Raises
        ------
        TranscriptError
            If it is binary.
        """
        text, problems = decoded(data, source)
        lines = [_line(content, number) for number, content in enumerate(_BREAK.split(text), start=1)]
        draft = Draft("text", source, problems=problems)
        if is_chat(lines):
            return read_chat(lines, draft)
        return read_lines(with_tables(lines, draft), draft, names)


def _line(content: str, number: int) -> Line:
    heading = _HEADING.match(content)
    return Line(content[heading.end() :] if heading else content, line(number), heading=heading is not None)


PARSERS: Final[tuple[Parser, ...]] = (TextParser(),)
