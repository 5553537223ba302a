"""WebVTT and SRT, as Teams, Zoom, WhisperX and subtitle editors write them."""

from __future__ import annotations

import textwrap
import uuid
from html import escape

from codering.transcripts import Transcript
from tools.writers import Word, clock, sentences, spoken, text_of


def teams(transcript: Transcript) -> bytes:
    """Teams since 2023: ids of guid, utterance and part; a voice tag in each cue; lines wrapped; CRLF."""
    guid = uuid.uuid5(uuid.NAMESPACE_URL, transcript.name)
    blocks = ["WEBVTT"]
    for number, (speaker, words) in enumerate(spoken(transcript), start=7):
        for part, cue in enumerate(sentences(words, at_most=2)):
            lines = "\r\n".join(_wrapped(text_of(cue), 60))
            blocks.append(
                f"{guid}/{number}-{part}\r\n{_arrow(cue)}\r\n"
                f"<v {escape(speaker, quote=False)}>{escape(lines, quote=False)}</v>"
            )
    return ("\r\n\r\n".join(blocks) + "\r\n").encode()


def zoom(transcript: Transcript) -> bytes:
    """Zoom: numbered cues with ``Naam: `` in front; it leaves the name out of a few cues."""
    blocks = ["WEBVTT"]
    for speaker, words in spoken(transcript):
        for part, cue in enumerate(sentences(words)):
            # Every second cue that continues a turn lacks its name.
            name = "" if part % 2 else f"{speaker}: "
            blocks.append(f"{len(blocks) + 13}\r\n{_arrow(cue)}\r\n{name}{text_of(cue)}")
    return ("\r\n\r\n".join(blocks) + "\r\n").encode()


def whisperx(transcript: Transcript) -> bytes:
    """WhisperX: no ids, no hours below one hour, ``[SPEAKER_00]: `` in front (here the names themselves)."""
    blocks = ["WEBVTT"]
    for speaker, words in spoken(transcript):
        blocks.extend(f"{_arrow(cue, hours=False)}\n[{speaker}]: {text_of(cue)}" for cue in sentences(words))
    return ("\n\n".join(blocks) + "\n\n").encode()


def srt(transcript: Transcript) -> bytes:
    """A subtitle editor: numbered cues of two lines of 42 characters, the name only where the speaker changes."""
    blocks: list[str] = []
    for speaker, words in spoken(transcript):
        lines = _wrapped(f"{speaker}: {text_of(words)}", 42)
        told = 0
        for at in range(0, len(lines), 2):
            shown = "\n".join(lines[at : at + 2])
            count = len(shown.split()) - (len(speaker.split()) if at == 0 else 0)
            cue = words[told : told + max(count, 1)]
            told += count
            blocks.append(f"{len(blocks) + 1}\n{_arrow(cue, mark=',')}\n{shown}\n")
    return "\n".join(blocks).encode("utf-8-sig")


def _arrow(cue: list[Word], *, mark: str = ".", hours: bool = True) -> str:
    start, end = (clock(time, decimals=3, mark=mark, hours=hours) for time in (cue[0].start, cue[-1].end))
    return f"{start} --> {end}"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
