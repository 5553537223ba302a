"""Our own JSON Lines: transcript, turn, speaker, role, start, text.

The list of such objects that ``codering read --json`` prints is read as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from codering.errors import Message, TranscriptError, line
from codering.readers.decoding import decoded, peek
from codering.readers.drafts import UNKNOWN, Draft, Parser, Piece
from codering.readers.json_values import label, loads, number
from codering.readers.speakers import role_of


class _Lines:
    name: Final = "JSON Lines"
    suffixes: Final = (".jsonl", ".ndjson")

    def sniff(self, head: bytes, suffix: str) -> float:
        """Sure of objects with speaker and text that are not segments of a recogniser."""
        text = peek(head).lstrip("\ufeff \t\r\n")
        start = text[:2000]
        ours = all(f'"{key}"' in start for key in ("turn", "speaker", "text")) and '"segments"' not in start
        if text.startswith(("{", "[")) and ours:
            return 0.97
        return 0.85 if suffix in self.suffixes else 0.0

    def parse(self, data: bytes, source: str) -> Draft:
        """Read all turns.

        Raises
        ------
        TranscriptError
            If the file holds several transcripts, or nothing readable.
        """
        text, problems = decoded(data, source)
        draft = Draft("codering-jsonl", source, problems=list(problems))
        transcripts: set[str] = set()
        numbers: list[tuple[Message, object, str | None]] = []
        for place, row in _rows(text, source, draft):
            if isinstance(row.get("transcript"), str):
                transcripts.add(row["transcript"])
            _add(row, place, draft)
            numbers.append((place, row.get("turn"), label(row.get("speaker"))))
        _compare(numbers, draft)
        if len(transcripts) > 1:
            raise TranscriptError(
                "{source}: the file holds {count} {count:transcript|transcripts}; save each in a file of its own.",
                source=source,
                count=len(transcripts),
            )
        return draft


def _rows(text: str, source: str, draft: Draft) -> Iterator[tuple[Message, dict[str, Any]]]:
    if text.lstrip("\ufeff \t\r\n").startswith("["):
        values, problems = loads(text, source)
        draft.problems += problems
        numbered = [(Message("turn {number}", number=at), value) for at, value in enumerate(values, start=1)]
    else:
        numbered = []
        # JSON may hold U+2028 and U+0085 as they are: only a line feed ends a line.
        for at, written in enumerate(text.split("\n"), start=1):
            if written.strip(" \t\r\ufeff"):
                try:
                    value, problems = loads(written, source, line(at))
                except TranscriptError:
                    draft.skip(written, line(at), "Skipped: this line is no valid JSON.")
                    continue
                draft.problems += problems
                numbered.append((line(at), value))
    for place, value in numbered:
        if isinstance(value, dict):
            yield place, value
        else:
            draft.skip(str(value), place, "Skipped: expected an object with `speaker` and `text`.")


def _compare(numbers: list[tuple[Message, object, str | None]], draft: Draft) -> None:
    """Say where turns that the file numbers one by one become one: codings elsewhere may go by its numbers."""
    joined = [
        place
        for (_, before, speaker), (place, number, same) in pairwise(numbers)
        if number != before and same in (None, speaker) and speaker not in (None, UNKNOWN)
    ]
    if joined:
        draft.problem(
            joined[0],
            "{count} {count:turn follows a turn|turns follow turns} of the same speaker and became one with it: from "
            "here on turns have other numbers than in the file. Codings that go by the numbers of the file belong "
            "to other turns here.",
            count=len(joined),
        )


def _add(row: dict[str, Any], place: Message, draft: Draft) -> None:
    text, speaker = row.get("text"), label(row.get("speaker"))
    if not isinstance(text, str) or not text.strip():
        draft.problem(place, "There is no `text`, or it is no text; nothing was read here.")
        return
    role = row.get("role")
    if speaker is not None and isinstance(role, str) and role.strip():
        known = role_of(role)
        if known is None:
            draft.problem(place, "The role is unknown; expected `moderator` or `participant`.")
        elif draft.roles.setdefault(speaker, known) is not known:
            draft.problem(place, "This speaker had another role before; the first was kept.")
    start = number(row.get("start"))
    if start is None and row.get("start") is not None:
        draft.problem(place, "The time is not a number; the words were kept without a time.")
    draft.add(Piece(text, place, speaker, start, "\n"))


PARSERS: Final[tuple[Parser, ...]] = (_Lines(),)
