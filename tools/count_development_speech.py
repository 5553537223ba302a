"""Count the groups written for developing rules: ``python -m tools.count_development_speech`` prints their tables."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from ruamel.yaml import YAML

from codering.readers import read
from codering.readers.codebook import read_codebook

ROOT = Path(__file__).parent.parent
SPEECH = ROOT / "tools" / "development_speech"
SPLIT: dict[str, list[str]] = YAML(typ="safe").load(SPEECH / "split.yaml")
CODEBOOKS = ("sam", "vraagtafels")
"""Both are used: research and practice has a codebook of its own."""
CODES = [code.id for name in CODEBOOKS for code in read_codebook(ROOT / "codebook" / f"{name}.yaml")]


def codings(group: str) -> list[dict[str, str | int]]:
    """The codings of a group, as written in its file."""
    return [json.loads(line) for line in (SPEECH / f"{group}.jsonl").read_text(encoding="utf-8").splitlines()]


def groups_table() -> str:
    """A row for each group; *without a code* is a share of participants' turns."""
    rows = [
        "| group | split | turns | words | participants' turns | without a code | codings | denied |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for side, groups in SPLIT.items():
        for group in groups:
            transcript = read(SPEECH / f"{group}.txt").transcript
            turns = [turn for turn in transcript.turns if transcript.is_participant(turn)]
            found = codings(group)
            bare = 1 - len({row["turn"] for row in found}) / len(turns)
            words = sum(len(turn.text.split()) for turn in transcript.turns)
            denied = sum(row["stance"] == "ontkent" for row in found)
            cells = (group, side, len(transcript.turns), words, len(turns), f"{bare:.0%}", len(found), denied)
            rows.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(rows)


def codes_table() -> str:
    """A row for each code that has codings: how many, in each half, and how many of all are denials."""
    found = {side: [row for group in groups for row in codings(group)] for side, groups in SPLIT.items()}
    counts = {side: Counter(row["code"] for row in rows) for side, rows in found.items()}
    denied = Counter(row["code"] for rows in found.values() for row in rows if row["stance"] == "ontkent")
    table = ["| code | " + " | ".join(SPLIT) + " | together | denied |", "|---|" + "---|" * (len(SPLIT) + 2)]
    for code in CODES:
        each = [counts[side][code] for side in SPLIT]
        if sum(each):
            table.append(f"| `{code}` | {' | '.join(map(str, each))} | {sum(each)} | {denied[code]} |")
    return "\n".join(table)


if __name__ == "__main__":
    print(groups_table(), codes_table(), sep="\n\n")
