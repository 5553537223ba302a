"""JSON of speech recognisers: WhisperX, openai-whisper, whisper.cpp and Amberscript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, groupby
from typing import Any, Final

from codering.errors import Message, TranscriptError
from codering.readers.decoding import decoded, peek
from codering.readers.drafts import Draft, Parser, Piece
from codering.readers.json_values import dictionary, label, listing, loads, number

_OBJECT: Final = re.compile(r"\{\s*[\"}]|\[\s*[{\]]")
"""Not the ``{`` of RTF or the ``[`` before a time."""


class _Recogniser:
    name: Final = "JSON"
    suffixes: Final = (".json",)

    def sniff(self, head: bytes, suffix: str) -> float:
        """Sure of an object with segments or a transcription; less sure of any JSON."""
        text = peek(head).lstrip("\ufeff \t\r\n")
        if not text.startswith(("{", "[")):
            return 0.4 if suffix == ".json" else 0.0
        if text.startswith("{") and any(key in text for key in ('"segments"', '"transcription"')):
            return 0.95 if suffix != ".jsonl" else 0.5
        return 0.8 if suffix == ".json" else 0.2 if _OBJECT.match(text) else 0.0

    def parse(self, data: bytes, source: str) -> Draft:
        """Read all segments.

        Raises
        ------
        TranscriptError
            If it is no JSON, or has no list of segments.
        """
        text, problems = decoded(data, source)
        value, doubles = loads(text, source)
        draft = Draft("whisper-json", source, problems=[*problems, *doubles])
        root = {"segments": value} if isinstance(value, list) else dictionary(value)
        if isinstance(root.get("transcription"), list):
            draft.format = "whisper-cpp-json"
            _whisper_cpp(root["transcription"], draft)
        elif isinstance(root.get("segments"), list):
            if isinstance(root.get("speakers"), list):
                draft.format = "amberscript-json"
                _amberscript(root, draft)
            else:
                _whisper(root, draft)
        else:
            raise TranscriptError(
                "{source}: this JSON is not of a kind we know; expected a list `segments` (Whisper, WhisperX, "
                "Amberscript) or `transcription` (whisper.cpp).",
                tuple(draft.problems),
                source=source,
            )
        return draft


def _whisper(root: dict[str, Any], draft: Draft) -> None:
    _read_whisper(root, draft)
    spoken = dropwhile(lambda piece: piece.speaker is None, draft.pieces)
    nameless = [piece.place for piece in spoken if piece.speaker is None]
    if nameless:
        draft.problem(
            nameless[0],
            "{count} {count:segment has|segments have} no speaker, from this one on: {count:it was|they were} given to "
            "the speaker before. Listen whether that is right, and write the speakers in the file if not.",
            count=len(nameless),
        )


def _read_whisper(root: dict[str, Any], draft: Draft) -> None:
    for place, segment in _objects(root["segments"], draft):
        words = [word for word in listing(segment.get("words")) if isinstance(word, dict)]
        text = _text(segment.get("text"), place, draft)
        text = text or " ".join(spoken for word in words if (spoken := str(word.get("word") or "").strip()))
        if "speaker" in segment or any("speaker" in word for word in words):
            draft.format = "whisperx-json"
        start = _time(segment, place, draft)
        voices = {label(word.get("speaker")) for word in words} - {None}
        pieces = _by_word(words, label(segment.get("speaker"))) if len(voices) > 1 else []
        # The words decide only if they are the text: some recognisers leave out words that they cannot align.
        if pieces and " ".join(words_ for _, words_, _ in pieces).split() == text.split():
            for at, (speaker, spoken, moment) in enumerate(pieces):
                draft.add(Piece(spoken, place, speaker, start if at == 0 and start is not None else moment))
        elif text:
            voice = next(iter(voices)) if len(voices) == 1 else None
            draft.add(Piece(text, place, label(segment.get("speaker")) or voice, start))
            if pieces:
                draft.problem(place, "The speaker changes within this segment, but its words are not its text.")
        else:
            draft.problem(place, "This segment has no text.")


def _by_word(words: list[dict[str, Any]], speaker: str | None) -> list[tuple[str | None, str, float | None]]:
    """Words in runs of one speaker; a word without a speaker goes with the word before it."""
    told: list[tuple[str | None, dict[str, Any]]] = []
    for word in words:
        speaker = label(word.get("speaker")) or (told[-1][0] if told else speaker)
        told.append((speaker, word))
    runs = []
    for voice, run in groupby(told, key=lambda pair: pair[0]):
        spoken = [word for _, word in run]
        text = " ".join(str(word.get("word", "")).strip() for word in spoken)
        runs.append((voice, text, next((t for word in spoken if (t := number(word.get("start"))) is not None), None)))
    return runs


def _whisper_cpp(segments: list[Any], draft: Draft) -> None:
    voice = 1
    numbered = any(dictionary(segment).get("speaker_turn_next") is True for segment in segments)
    for place, segment in _objects(segments, draft):
        text = _text(segment.get("text"), place, draft)
        offset = number(dictionary(segment.get("offsets")).get("from"))
        speaker = label(segment.get("speaker"))
        if speaker is not None and (speaker.isdigit() or speaker == "?"):
            speaker = f"Speaker {speaker}"
        if speaker is None and numbered:
            # It hears that someone else speaks, not who: with two voices they take turns.
            speaker = f"Speaker {voice}"
        if text:
            draft.add(Piece(text, place, speaker, None if offset is None else offset / 1000))
        else:
            draft.problem(place, "This segment has no text.")
        if segment.get("speaker_turn_next") is True:
            voice = 3 - voice
    if numbered:
        draft.problem(
            "",
            "The file marks changes of speaker, not who speaks; the turns were given to two speakers in alternation.",
        )


def _amberscript(root: dict[str, Any], draft: Draft) -> None:
    names = {
        str(one.get("spkid")): label(one.get("name")) for one in listing(root["speakers"]) if isinstance(one, dict)
    }
    offset = number(root.get("startTimeOffset")) or 0.0
    for place, segment in _objects(root["segments"], draft):
        words = []
        for word in listing(segment.get("words")):
            if isinstance(word, dict) and isinstance(word.get("text"), str):
                words.append(word)
            else:
                draft.problem(place, "A word of this segment is not as expected (`text`); it was left out.")
        text = " ".join(word["text"].strip() for word in words if word["text"].strip())
        text = text or _text(segment.get("text"), place, draft)  # where only sentences were edited by hand
        identity = label(segment.get("speaker"))
        speaker = names.get(identity or "") or identity
        start = number(words[0].get("start")) if words else None
        if text:
            draft.add(Piece(text, place, speaker, None if start is None else start + offset))
        else:
            draft.problem(place, "This segment has no text.")


def _objects(values: list[Any], draft: Draft) -> Iterator[tuple[Message, dict[str, Any]]]:
    for at, value in enumerate(values, start=1):
        place = Message("segment {number}", number=at)
        if isinstance(value, dict):
            yield place, value
        elif isinstance(value, str):
            draft.skip(value, place, "Skipped: this segment is not an object with `text`.")
        else:
            draft.problem(place, "Skipped: this segment is not an object with `text`.")


def _text(value: object, place: Message, draft: Draft) -> str:
    if value is not None and not isinstance(value, str):
        draft.problem(place, "`text` is not text; it was left out.")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _time(segment: dict[str, Any], place: Message, draft: Draft) -> float | None:
    found = number(segment.get("start"))
    if found is None and segment.get("start") is not None:
        draft.problem(place, "The time is not a number; the words were kept without a time.")
    return found


PARSERS: Final[tuple[Parser, ...]] = (_Recogniser(),)
