"""Score the rules of a codebook on single turns that were written code by code: ``python -m tools.score_single_turns``.

``tools/single_turns`` holds, for each core code, turns that confirm it, that deny it, and that only look like it. Rules
look at what is talked of around a turn, so the turns are put into little talks first: twelve turns of one theme in
random order, by five participants, with a moderator who names no subject. The talks are the same in every run.

Prints the tables of :mod:`tools.score_rules` for each writer, and what became of the turns of each kind. Numbers only:
who writes rules does not read the last writer.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from codering.codebooks import Codebook
from codering.readers.codebook import read_codebook
from codering.resources import codebook_path
from codering.transcripts import Role, Speaker, Transcript, Turn
from tools.score_rules import CONFIRMS, STANCES, Corpus, by_theme, lines, suggested

FOLDER = Path(__file__).parent / "single_turns"
LOOKALIKE = "looks like it"
KINDS = (*STANCES, LOOKALIKE)
TOGETHER = 12  # turns of a talk
_ROUND = 4  # turns between two of the moderator's
_PARTICIPANTS = 5
_PROMPTS = ("Wie wil er beginnen?", "Ja.", "Oké, ga door.")


@dataclass(frozen=True, slots=True)
class Single:
    """One turn, as it was written.

    Attributes
    ----------
    text
        What is said.
    code
        What it was written for, or what it only looks like.
    kind
        One of :data:`KINDS`.
    also, also_denied
        Other core codes that it carries.
    """

    text: str
    code: str
    kind: str
    also: tuple[str, ...] = ()
    also_denied: tuple[str, ...] = ()

    def codings(self) -> set[tuple[str, str]]:
        """The codes that it carries, with their stance."""
        own = set() if self.kind == LOOKALIKE else {(self.code, self.kind)}
        return own | {(code, CONFIRMS) for code in self.also} | {(code, STANCES[1]) for code in self.also_denied}


@dataclass(frozen=True, slots=True)
class Talks:
    """Single turns of a writer, as talks.

    Attributes
    ----------
    corpus
        The talks and their codings.
    singles
        By transcript and number of the turn, what was written.
    """

    corpus: Corpus
    singles: dict[tuple[str, int], Single] = field(default_factory=dict)


def written(file: Path) -> list[Single]:
    """The turns of one writer: a JSON object a line, with ``near`` instead of a code for what only looks like it."""
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [
        Single(
            text=row["text"],
            code=row["code"] or row["near"],
            kind=row["stance"] if row["code"] else LOOKALIKE,
            also=tuple(row.get("also", ())),
            also_denied=tuple(row.get("also_denied", ())),
        )
        for row in rows
    ]


def talks(name: str, singles: Sequence[Single], codebook: Codebook) -> Talks:
    """Put single turns into talks, theme by theme."""
    order = random.Random(1)
    of_theme: dict[str, list[Single]] = defaultdict(list)
    for single in singles:
        of_theme[codebook.code(single.code).theme].append(single)
    transcripts: list[Transcript] = []
    found: dict[tuple[str, int], Single] = {}
    for theme, some in sorted(of_theme.items()):
        order.shuffle(some)
        for start in range(0, len(some), TOGETHER):
            talk = f"{name}_{theme}_{start // TOGETHER + 1}"
            turns: list[Turn] = []
            for place, single in enumerate(some[start : start + TOGETHER]):
                if place % _ROUND == 0:
                    turns.append(Turn(len(turns) + 1, "M", _PROMPTS[place // _ROUND]))
                turns.append(Turn(len(turns) + 1, f"P{place % _PARTICIPANTS + 1}", single.text))
                found[talk, len(turns)] = single
            people = (Speaker("M", Role.MODERATOR), *(Speaker(f"P{n + 1}") for n in range(_PARTICIPANTS)))
            transcripts.append(Transcript(talk, tuple(turns), people))
    reference = frozenset((*place, code, stance) for place, one in found.items() for code, stance in one.codings())
    return Talks(Corpus(name, tuple(transcripts), reference), found)


def outcomes(codebook: Codebook, told: Talks) -> str:
    """What became of the turns of each kind: their own theme claimed with its stance, with the other, or not."""
    claimed = by_theme(codebook, suggested(codebook, told.corpus.transcripts))
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for place, single in told.singles.items():
        theme = codebook.code(single.code).theme
        stances = {stance for stance in STANCES if (*place, theme, stance) in claimed}
        counts[single.kind]["right" if single.kind in stances else "claimed" if stances else "quiet"] += 1
    table = ["| turns that | theme and stance | theme, not so | nothing of it |", "|---|---|---|---|"]
    table += [f"| {kind} | {some['right']} | {some['claimed']} | {some['quiet']} |" for kind, some in counts.items()]
    return "\n".join(table)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("codebook", type=Path, nargs="?", default=codebook_path())
    parser.add_argument("--codes", action="store_true", help="also each code")
    args = parser.parse_args()
    codebook = read_codebook(args.codebook)
    for file in sorted(FOLDER.glob("*.jsonl")):
        some = talks(file.stem, written(file), codebook)
        print(f"\n{file.stem}: {len(some.singles)} turns in {len(some.corpus.transcripts)} talks\n")
        for line in lines(codebook, some.corpus, codes=args.codes, further=False):
            print(line, flush=True)
        print(f"\n{outcomes(codebook, some)}")


if __name__ == "__main__":
    main()
