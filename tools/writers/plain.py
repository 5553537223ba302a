"""Plain text, as typists write it."""

from __future__ import annotations

from codering.transcripts import Transcript
from tools.writers import clock, heading


def names(transcript: Transcript) -> bytes:
    """``Naam: tekst`` below header lines, a blank line between turns."""
    head = [line for line in (transcript.title, *heading(transcript)) if line]
    turns = [f"{turn.speaker}: {turn.text}" for turn in transcript.turns]
    return "\n".join([*head, *([""] if head else []), "\n\n".join(turns), ""]).encode()


def stamped(transcript: Transcript, encoding: str = "utf-8", newline: str = "\n") -> bytes:
    """``[00:12:31] Naam: tekst``, one turn a line, in any encoding."""
    lines = [f"[{clock(turn.start or 0)}] {turn.speaker}: {turn.text}{newline}" for turn in transcript.turns]
    return "".join(lines).encode(encoding)
