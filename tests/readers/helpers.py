"""What tests of readers look at."""

from __future__ import annotations

from codering.readers.drafts import Reading


def turns(reading: Reading) -> list[tuple[str, str]]:
    """Who says what."""
    return [(turn.speaker, turn.text) for turn in reading.transcript.turns]


def timed(reading: Reading) -> list[tuple[str, str, float | None]]:
    """Who says what, when."""
    return [(turn.speaker, turn.text, turn.start) for turn in reading.transcript.turns]


def messages(reading: Reading) -> str:
    """All problems, to look for words in."""
    return " | ".join(str(problem) for problem in reading.problems)
