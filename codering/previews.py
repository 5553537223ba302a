"""Turns and suggestions as rows, for a screen or for a program to read."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from codering.codebooks import Codebook
from codering.codings import Evidence, Suggestion
from codering.errors import Message, Translate
from codering.tables import Column, Kind, Table
from codering.transcripts import Place, Role, Transcript

if TYPE_CHECKING:
    from codering.project import Missed
    from codering.recall import RecallStatement

SUGGESTION_KEYS = (
    "transcript",
    "turn",
    "speaker",
    "role",
    "code",
    "theme",
    "stance",
    "start",
    "end",
    "quote",
    "source",
    "score",
    "evidence",
)
"""The keys of a suggestion's record, in order; scripts rely on them."""


def turn_records(transcript: Transcript) -> list[dict[str, object]]:
    """The turns as objects: transcript, turn (from 1), speaker, role, start (seconds or null), text."""
    return [
        {
            "transcript": transcript.name,
            "turn": turn.number,
            "speaker": turn.speaker,
            "role": transcript.speaker(turn.speaker).role.value,
            "start": turn.start,
            "text": turn.text,
        }
        for turn in transcript.turns
    ]


def turn_table(transcript: Transcript) -> Table:
    """The turns as a table for a person."""
    columns = (
        Column("turn", "Turn", Kind.COUNT),
        Column("start", "Time", Kind.SECONDS),
        Column("speaker", "Speaker"),
        Column("role", "Role"),
        Column("text", "Text", Kind.LONG),
    )
    rows = tuple(
        (turn.number, turn.start, turn.speaker, role_label(transcript.speaker(turn.speaker).role), turn.text)
        for turn in transcript.turns
    )
    return Table("turns", "Turns", columns, rows)


def role_label(role: Role) -> Message:
    """Name a role in the reader's language."""
    return Message("moderator") if role is Role.MODERATOR else Message("participant")


def suggestion_records(
    transcripts: Iterable[Transcript], codebook: Codebook, suggestions: Iterable[Suggestion]
) -> Iterator[dict[str, object]]:
    """Suggestions as objects with the keys of :data:`SUGGESTION_KEYS`.

    ``turn`` counts from 1; ``start`` and ``end`` are code points in the turn, half-open, and ``quote`` is exactly
    what stands there; ``evidence`` is a list of objects, heaviest first.
    """
    by_name = {transcript.name: transcript for transcript in transcripts}
    for suggestion in suggestions:
        place = suggestion.segment
        transcript = by_name[place.transcript]
        speaker = transcript.speaker(transcript.turn(place.turn).speaker)
        yield {
            "transcript": transcript.name,
            "turn": place.turn,
            "speaker": speaker.name,
            "role": speaker.role.value,
            "code": suggestion.code,
            "theme": codebook.code(suggestion.code).theme if suggestion.code in codebook else None,
            "stance": suggestion.stance.value,
            "start": place.start,
            "end": place.end,
            "quote": transcript.quote(place),
            "source": suggestion.source,
            "score": round(suggestion.score, 4),
            "evidence": [_evidence(evidence) for evidence in suggestion.evidence],
        }


def write_suggestions(
    stream: TextIO,
    transcripts: Iterable[Transcript],
    codebook: Codebook,
    suggestions: Iterable[Suggestion],
    *,
    format: str,  # noqa: A002
) -> None:
    """Write suggestions as CSV (with a heading, evidence in one cell) or JSON Lines."""
    records = suggestion_records(transcripts, codebook, suggestions)
    if format == "jsonl":
        stream.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        return
    writer = csv.DictWriter(stream, SUGGESTION_KEYS, lineterminator="\n")
    writer.writeheader()
    for record in records:
        record["evidence"] = json.dumps(record["evidence"], ensure_ascii=False)
        writer.writerow(record)


def _evidence(evidence: Evidence) -> dict[str, object]:
    record: dict[str, object] = {"kind": evidence.kind, "words": evidence.words}
    if evidence.segment is not None:
        place = evidence.segment
        record |= {"turn": place.turn, "start": place.start, "end": place.end}
    if evidence.weight is not None:
        record["weight"] = round(evidence.weight, 4)
    if evidence.detail:
        record["detail"] = evidence.detail
    return record


SAMPLE_KEYS = ("transcript", "turn", "speaker", "before", "text", "read", "code", "stance", "quote", "drawn")
"""The keys of a turn to be read and coded elsewhere; ``before`` is what was said just before it."""


def write_sample(
    path: Path, transcripts: Iterable[Transcript], places: Iterable[Place], *, overwrite: bool = False
) -> None:
    """Write turns to be read and coded elsewhere, in the order given: JSON Lines, or CSV for a spreadsheet.

    Speakers go by their pseudonyms where they have one; the words of a turn are as they stand.

    Raises
    ------
    ExportError
        If it is a folder, its name ends in something else than ``.csv`` or ``.jsonl``, the file cannot be written, or
        another file stands there, such as a sample that was filled in, and `overwrite` is false.
    """
    from codering.errors import ExportError
    from codering.exporters.flat import inert
    from codering.exporters.replacing import refuse_folder, replaced

    refuse_folder(path, ".csv")
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".jsonl", ".json"):
        raise ExportError("{file}: expected a name that ends in .csv or .jsonl.", file=path.name)
    as_lines = suffix != ".csv"
    by_name = {transcript.name: transcript for transcript in transcripts}
    records = [_sample_record(by_name[name], number) for name, number in places]

    def written(unfinished: Path) -> None:
        with unfinished.open("w", encoding="utf-8" if as_lines else "utf-8-sig", newline="") as file:
            if as_lines:
                file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
                return
            writer = csv.DictWriter(file, SAMPLE_KEYS, delimiter=";", lineterminator="\r\n")
            writer.writeheader()
            for record in records:
                writer.writerow({key: inert(value) for key, value in (record | {"read": ""}).items()})

    replaced(path, written, overwrite=overwrite)


def _sample_record(transcript: Transcript, number: int) -> dict[str, object]:
    turn = transcript.turn(number)
    before = transcript.turn(number - 1).text if number > 1 else ""
    return {
        "transcript": transcript.name,
        "turn": number,
        "speaker": transcript.speaker(turn.speaker).shown,
        "before": before,
        "text": turn.text,
        "read": False,
        "code": "",
        "stance": "",
        "quote": "",
        "drawn": "random",
    }


def missed_record(missed: Missed, translate: Translate) -> str:
    """What was missed, as JSON: ``overall``, ``codes``, and what may be said in words."""
    content = {
        "overall": _statement_record(missed.overall, translate),
        "codes": [_statement_record(one, translate) for one in missed.statements],
        "conclusions": [message.translated(translate) for message in missed.conclusions],
        "assumptions": [message.translated(translate) for message in missed.assumptions],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _statement_record(one: RecallStatement, translate: Translate) -> dict[str, object]:
    numbers = {"recall_at_least": one.recall_at_least, "recall_estimate": one.recall_estimate, "p": one.p}
    return {
        "code": one.code,
        "target": one.target,
        "confidence": one.confidence,
        "design": one.design.value,
        "found": one.found,
        "hits": one.hits,
        "drawn": one.drawn,
        "left": one.left,
        "missed_at_most": one.missed_at_most,
        **{key: None if math.isnan(value) else value for key, value in numbers.items()},
        "established": one.established,
        "more": one.more,
        "statement": [message.translated(translate) for message in one.messages],
    }
