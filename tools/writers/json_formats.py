"""JSON as speech recognisers write it, oTranscribe's .otr, and our own JSON Lines."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from html import escape
from typing import Any

from codering.transcripts import Transcript
from tools.writers import Word, clock, sentences, spoken, text_of


def whisperx(transcript: Transcript, labels: Mapping[str, str] | None = None) -> bytes:
    """WhisperX: segments with words, scores and the labels of its speaker recognition."""
    names = labels or {speaker.name: speaker.name for speaker in transcript.speakers}
    segments: list[dict[str, Any]] = []
    for speaker, words in spoken(transcript):
        for cue in sentences(words):
            heard = [_heard(word, names[speaker]) for word in cue]
            text = text_of(cue) if segments else " " + text_of(cue)
            segments.append(
                {"start": cue[0].start, "end": cue[-1].end, "text": text, "words": heard, "speaker": names[speaker]}
            )
    every = [word for segment in segments for word in segment["words"]]
    return _json({"segments": segments, "word_segments": every, "language": "nl"})


def amberscript(transcript: Transcript) -> bytes:
    """Amberscript: speakers by id, words without segment text or segment times."""
    ids = {speaker.name: f"spk{number}" for number, speaker in enumerate(transcript.speakers, start=1)}
    segments = [
        {"speaker": ids[speaker], "words": [_amber(word) for word in words]} for speaker, words in spoken(transcript)
    ]
    return _json(
        {
            "id": "a1b2",
            "recordId": "R1",
            "filename": f"{transcript.name}.mp3",
            "startTimeOffset": 0.0,
            "speakers": [{"spkid": spkid, "name": name} for name, spkid in ids.items()],
            "segments": segments,
            "highlights": [],
        }
    )


def whisper_cpp(transcript: Transcript) -> bytes:
    """whisper.cpp with its speakers filled in (it writes ``"0"`` and ``"1"`` itself)."""
    segments = []
    for speaker, words in spoken(transcript):
        for cue in sentences(words):
            start, end = cue[0].start, cue[-1].end
            stamps = {"from": clock(start, decimals=3, mark=","), "to": clock(end, decimals=3, mark=",")}
            offsets = {"from": round(start * 1000), "to": round(end * 1000)}
            segments.append({"timestamps": stamps, "offsets": offsets, "text": " " + text_of(cue), "speaker": speaker})
    return _json({"result": {"language": "nl"}, "transcription": segments})


def otranscribe(transcript: Transcript) -> bytes:
    """oTranscribe: HTML in JSON, with a clickable time in front of each turn."""
    paragraphs = []
    for turn in transcript.turns:
        start = turn.start or 0
        stamp = (
            f'<span class="timestamp" contenteditable="false" data-timestamp="{start:g}">'
            f"{clock(start, hours=False)}</span>"
        )
        paragraphs.append(f"<p>{stamp}&nbsp;{escape(turn.speaker)}: {escape(turn.text, quote=False)}</p>")
    name = f"{transcript.name}.mp3"
    return _json({"text": "".join(paragraphs), "media": name, "media-source": "", "media-time": 12.5})


def lines(transcript: Transcript) -> bytes:
    """Our own JSON Lines: an object a turn."""
    written = []
    for turn in transcript.turns:
        role = transcript.speaker(turn.speaker).role.value
        row = {"transcript": transcript.name, "turn": turn.number, "speaker": turn.speaker, "role": role}
        written.append(json.dumps({**row, "start": turn.start, "text": turn.text}, ensure_ascii=False) + "\n")
    return "".join(written).encode()


def _heard(word: Word, speaker: str) -> dict[str, Any]:
    heard: dict[str, Any] = {"word": word.text}
    # The aligner cannot place digits.
    if not any(character.isdigit() for character in word.text):
        score = 0.5 + zlib.crc32(f"{word.text}{word.start}".encode()) % 500 / 1000
        heard |= {"start": word.start, "end": word.end, "score": round(score, 3)}
    return {**heard, "speaker": speaker}


def _amber(word: Word) -> dict[str, Any]:
    duration = round(word.end - word.start, 3)
    return {
        "start": word.start,
        "end": word.end,
        "duration": duration,
        "text": word.text,
        "conf": 1.0,
        "pristine": True,
    }


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False) + "\n").encode()
