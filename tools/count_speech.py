"""Count the coded groups that were written for the rules: ``python -m tools.count_speech`` prints their tables.

There are two folders: one to write rules with, one to measure on and never to read. Only counts are printed.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from ruamel.yaml import YAML

from codering.readers import read
from codering.readers.codebook import read_codebook

ROOT = Path(__file__).parent.parent
FOLDERS = (ROOT / "tools" / "development_speech", ROOT / "tools" / "validation_speech")
CODEBOOKS = ("sam", "vraagtafels")
"""Both are used: research and practice has a codebook of its own."""
CODES = [code.id for name in CODEBOOKS for code in read_codebook(ROOT / "codebook" / f"{name}.yaml")]


def split(folder: Path) -> dict[str, list[str]]:
    """The groups of a folder, by what they are for."""
    found: dict[str, list[str]] = YAML(typ="safe").load(folder / "split.yaml")
    return found


def codings(folder: Path, group: str) -> list[dict[str, str | int]]:
    """The codings of a group, as written in its file."""
    return [json.loads(line) for line in (folder / f"{group}.jsonl").read_text(encoding="utf-8").splitlines()]


def groups_table(folder: Path) -> str:
    """A row for each group; *without a code* is a share of participants' turns."""
    rows = [
        "| group | split | turns | words | participants' turns | without a code | codings | denied |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for side, groups in split(folder).items():
        for group in groups:
            transcript = read(folder / f"{group}.txt").transcript
            turns = [turn for turn in transcript.turns if transcript.is_participant(turn)]
            found = codings(folder, group)
            bare = 1 - len({row["turn"] for row in found}) / len(turns)
            words = sum(len(turn.text.split()) for turn in transcript.turns)
            denied = sum(row["stance"] == "ontkent" for row in found)
            cells = (group, side, len(transcript.turns), words, len(turns), f"{bare:.0%}", len(found), denied)
            rows.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(rows)


def codes_table(folder: Path) -> str:
    """A row for each code that has codings: how many, in each part of the split, and how many of all are denials."""
    sides = split(folder)
    found = {side: [row for group in groups for row in codings(folder, group)] for side, groups in sides.items()}
    counts = {side: Counter(row["code"] for row in rows) for side, rows in found.items()}
    denied = Counter(row["code"] for rows in found.values() for row in rows if row["stance"] == "ontkent")
    table = ["| code | " + " | ".join(sides) + " | together | denied |", "|---|" + "---|" * (len(sides) + 2)]
    for code in CODES:
        each = [counts[side][code] for side in sides]
        if sum(each):
            table.append(f"| `{code}` | {' | '.join(map(str, each))} | {sum(each)} | {denied[code]} |")
    return "\n".join(table)


if __name__ == "__main__":
    for speech in FOLDERS:
        print(f"# {speech.name}", groups_table(speech), codes_table(speech), sep="\n\n", end="\n\n")
