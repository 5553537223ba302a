"""Flat files: one row for each passage, as CSV for a spreadsheet or JSON Lines for a program."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from codering.codings import Coding
from codering.exporters.results import Results
from codering.texts import Texts

CODED: Final = "coded"
SUGGESTED: Final = "suggested"
COLUMNS = (
    "transcript",
    "wave",
    "group",
    "turn",
    "speaker",
    "role",
    "time",
    "code",
    "theme",
    "stance",
    "start",
    "end",
    "quote",
    "status",
    "source",
    "score",
)
"""The keys of a record, in order; stable, and the same in every language."""


def records(results: Results) -> Iterator[dict[str, object]]:
    """Every passage as a record; see :data:`COLUMNS`.

    ``status`` is ``coded`` or ``suggested``; ``source`` the coder or the rule; ``score`` is empty for a coding;
    ``time`` counts seconds, and ``start`` and ``end`` code points in the turn.
    """
    for quotation in results.quotations():
        item, transcript = quotation.item, quotation.transcript
        turn = transcript.turn(item.segment.turn)
        speaker = transcript.speaker(turn.speaker)
        values = (
            transcript.name,
            transcript.wave,
            transcript.group,
            turn.number,
            speaker.shown,
            speaker.role.value,
            turn.start,
            item.code,
            results.codebook.code(item.code).theme if item.code in results.codebook else None,
            item.stance.value,
            item.segment.start,
            item.segment.end,
            quotation.words,
            CODED if quotation.reviewed else SUGGESTED,
            quotation.source,
            None if isinstance(item, Coding) else round(item.score, 4),
        )
        yield dict(zip(COLUMNS, values, strict=True))


def write_jsonl(results: Results, path: Path, _texts: Texts) -> None:
    """Write a record a line, UTF-8."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in records(results):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_csv(results: Results, path: Path, _texts: Texts) -> None:
    """Write semicolon-separated values with a byte-order mark: a Dutch Excel opens that as columns.

    A value that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=";", lineterminator="\r\n")
        writer.writeheader()
        for record in records(results):
            writer.writerow({key: inert(value) for key, value in record.items()})


def inert(value: object) -> object:
    """Keep a spreadsheet from running text (OWASP, "CSV Injection")."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
