"""Adding and taking out values between brackets and braces, where several stand on one line of a YAML text.

Everything is a position in the text; comments, line breaks and commas that are not concerned stay where they are.
"""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Brackets:
    """A list between ``[`` and ``]``, or keys between ``{`` and ``}``.

    Attributes
    ----------
    text
        The whole YAML text.
    span
        From the opening up to and with the closing bracket.
    entries
        From where to where each value stands, with its key.
    """

    text: str
    span: Span
    entries: tuple[Span, ...]

    def with_entry(self, position: int, entry: str) -> str:
        """The text with an entry before the one that now has the position, or at the end."""
        if not self.entries:
            return self._spliced((self.span[0] + 1, self.span[0] + 1), entry)
        if position < len(self.entries):
            start = self.entries[position][0]
            return self._spliced((start, start), f"{entry},{self._line_break(position) or ' '}")
        end = self.entries[-1][1]
        line_break, line_end = self._line_break(len(self.entries) - 1), self.text.find("\n", end)
        if not line_break or not end <= line_end < self.span[1]:
            return self._spliced((end, end), f", {entry}")
        line_end -= self.text[line_end - 1] == "\r"
        # Each entry has a line: the new one goes below the last, and a remark behind the last stays there.
        ended = self._comma(end, self.span[1]) is not None
        below = f"{line_break}{entry}{',' if ended else ''}"
        comma = "" if ended else ","
        return self.text[:end] + comma + self.text[end:line_end] + below + self.text[line_end:]

    def without_entry(self, position: int) -> str:
        """The text without the entry at a position; there must be another."""
        start, end = self.entries[position]
        comma = self._comma(end, self.span[1])
        if comma is not None:
            after = comma + 1
            while self.text[after] in " \t":
                after += 1
            return self._cut(start, after)
        before = self.entries[position - 1][1]
        comma = self._comma(before, start)
        assert comma is not None
        if not self.text[comma + 1 : start].strip(" \t"):
            return self._spliced((comma, end), "")
        without = self._cut(start, end)
        return without[:comma] + without[comma + 1 :]

    def _line_break(self, position: int) -> str:
        """The line break and the blanks before an entry, if it begins a line of its own."""
        start = self.entries[position][0]
        begin = self.text.rfind("\n", 0, start)
        blanks = self.text[begin + 1 : start]
        newline = "\r\n" if self.text[begin - 1] == "\r" else "\n"
        return f"{newline}{blanks}" if begin > self.span[0] and not blanks.strip(" ") else ""

    def _comma(self, start: int, end: int) -> int | None:
        """Where the next comma outside remarks stands."""
        at = start
        while at < end:
            if self.text[at] == "#" and self.text[at - 1].isspace():
                at = self.text.find("\n", at)
            if self.text[at] == ",":
                return at
            at += 1
        return None

    def _cut(self, start: int, end: int) -> str:
        """The text without a part, and without the line of which nothing remains by that."""
        begin, stop = self.text.rfind("\n", 0, start) + 1, self.text.find("\n", end)
        if begin > self.span[0] and stop >= 0 and not (self.text[begin:start] + self.text[end:stop]).strip():
            return self._spliced((begin, stop + 1), "")
        return self._spliced((start, end), "")

    def _spliced(self, span: Span, entry: str) -> str:
        return self.text[: span[0]] + entry + self.text[span[1] :]
