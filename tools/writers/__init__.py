"""Write one transcript in the formats that people have: for the samples and for the tests of the readers.

Each module holds functions ``(transcript) -> bytes`` for one family of formats. They imitate the tools that write
those formats, down to the line ends; they are no exports of codering. The same transcript always gives the same
bytes.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from codering.transcripts import Transcript

WORDS_A_SECOND = 2.6
_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word as a recogniser hears it; `start` and `end` in seconds."""

    text: str
    start: float
    end: float


def spoken(transcript: Transcript) -> list[tuple[str, list[Word]]]:
    """Each turn's speaker and words, the words spread evenly until the next turn or at a normal pace."""
    told: list[tuple[str, list[Word]]] = []
    clock = 0.0
    for turn in transcript.turns:
        start = turn.start if turn.start is not None else clock
        following = transcript.turns[turn.number].start if turn.number < len(transcript.turns) else None
        words = turn.text.split()
        pace = 1 / WORDS_A_SECOND
        if following is not None and following > start:
            pace = min(pace, (following - start) / len(words))
        times = [round(start + number * pace, 3) for number in range(len(words) + 1)]
        told.append((turn.speaker, [Word(*word) for word in zip(words, times, times[1:], strict=False)]))
        clock = times[-1]
    return told


def sentences(words: list[Word], at_most: int = 1) -> list[list[Word]]:
    """Group words into cues of at most so many sentences."""
    cues: list[list[Word]] = [[]]
    ended = 0
    for word in words:
        if ended >= at_most:
            cues.append([])
            ended = 0
        cues[-1].append(word)
        ended += word.text.rstrip('"”’)').endswith((".", "?", "!"))
    return cues


def text_of(words: list[Word]) -> str:
    """Put the words on one line."""
    return " ".join(word.text for word in words)


def clock(seconds: float, *, decimals: int = 0, mark: str = ".", hours: bool = True) -> str:
    """Write a time as ``00:12:31`` or, for example, ``00:12:31,400``."""
    whole, fraction = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    hour, minute = divmod(minutes, 60)
    shown = f"{minute:02}:{second:02}" if not hours and not hour else f"{hour:02}:{minute:02}:{second:02}"
    return shown + (f"{mark}{fraction:03}"[: decimals + 1] if decimals else "")


def in_words(date: str) -> str:
    """Write an ISO date as ``14 april 2026``."""
    year, month, day = date.split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def heading(transcript: Transcript) -> list[str]:
    """The header lines that people type: date, group and wave."""
    lines = []
    if transcript.date:
        lines.append(f"Datum: {in_words(transcript.date)}")
    if transcript.group:
        lines.append(f"Groep: {transcript.group}")
    if transcript.wave:
        lines.append(f"Meting: {transcript.wave}")
    return lines


def repacked(data: bytes, replace: dict[str, bytes] | None = None) -> bytes:
    """Write a zip anew with fixed times, so that the same content gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.create_system = 3
            # An OpenDocument file names its type uncompressed in its first member.
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(entry, (replace or {}).get(name, old.read(name)))
    return out.getvalue()
