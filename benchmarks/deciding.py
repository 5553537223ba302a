"""How long one decision takes, and the queue after it: ``python -m benchmarks.deciding``.

Two projects: an average one (a focus group of 900 turns, 400 suggestions, 400 codings) and a large one (40 groups of
900 turns, 20,000 suggestions, 20,000 decisions). Processor time of this program, so that what else the machine does
counts little; the median of 30.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from codering.codings import Decision, Stance, Suggestion, Verdict
from codering.project import Project
from codering.readers import Reading
from codering.store import Store
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn

TURNS = 900
REPEATS = 30


class Proposes:
    """A suggester that proposes what it was given."""

    kind, version = "rule", "v1"

    def __init__(self, suggestions: list[Suggestion]) -> None:
        self._suggestions = suggestions

    def suggest(self, transcripts: object, *, progress: object = None) -> list[Suggestion]:  # noqa: ARG002
        """What it was given."""
        return self._suggestions


def group(name: str) -> Transcript:
    people = (Speaker("M", Role.MODERATOR), *(Speaker(f"P{number}") for number in range(8)))
    said = (Turn(n, "M" if n % 6 == 1 else f"P{n % 8}", "woord " * 20) for n in range(1, TURNS + 1))
    return Transcript(name, tuple(said), people)


def places(rng: random.Random, groups: int, count: int) -> list[Segment]:
    found: set[Segment] = set()
    while len(found) < count:
        turn, start = rng.randrange(2, TURNS), rng.randrange(90)
        if turn % 6 != 1:
            found.add(Segment(f"groep{rng.randrange(groups)}", turn, start, start + 8))
    return sorted(found)


def make(path: Path, groups: int, count: int) -> None:
    rng = random.Random(1)
    with Project.create(path) as project:
        project.add_readings(Reading(group(f"groep{number}"), (), None, None) for number in range(groups))
        codes = [code.id for code in project.codebook]
        project.run(
            Proposes(
                [
                    Suggestion(where, rng.choice(codes), Stance.CONFIRMS, "rule:x", rng.random())
                    for where in places(rng, groups, count)
                ]
            )
        )
        template = Decision("", "Noor", "t", Verdict.ADD, Segment("groep0", 2, 0, 1), "", Stance.CONFIRMS)
        made = tuple(
            replace(template, id=f"{n:032x}", coder=rng.choice(["Noor", "Sam"]), segment=where, code=rng.choice(codes))
            for n, where in enumerate(places(rng, groups, count))
        )
    with closing(Store.open(path)) as store:  # as other programs would have left them there
        store.decisions.append(lambda _: made)


def median(act: Callable[[int], object]) -> float:
    times = []
    for number in range(REPEATS):
        start = time.process_time()
        act(number)
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times)


def measure(path: Path) -> dict[str, float]:
    with Project.open(path) as project:
        code = next(iter(project.codebook)).id
        open_ones = [item for item in project.queue(coder="Noor", order="place").items if item.suggestion]
        project.codings()
        return {
            "accept": median(
                lambda n: project.decide(Verdict.ACCEPT, coder="Noor", suggestion=open_ones[n].suggestion)
            ),
            "add": median(
                lambda n: project.decide(Verdict.ADD, coder="Noor", segment=Segment("groep0", 2, n, n + 30), code=code)
            ),
            "undo": median(lambda _: project.undo("Noor")),
            "redo": median(lambda _: project.redo("Noor")),
            "reject, then the codings of a transcript": median(
                lambda n: (
                    project.decide(Verdict.REJECT, coder="Noor", suggestion=open_ones[n].suggestion),
                    project.codings(transcript="groep0"),
                )
            ),
            "the queue": median(lambda _: project.queue(coder="Noor", order="place")),
            "the revision": median(lambda _: project.revision()),
        }


def main() -> None:
    """Print a table for docs/review.md."""
    with tempfile.TemporaryDirectory() as folder:
        columns = []
        for groups, count in ((1, 400), (40, 20_000)):
            path = Path(folder, f"{groups}.codering")
            make(path, groups, count)
            columns.append(measure(path))
    print("| ms | average | large |\n|---|---|---|")
    for name in columns[0]:
        print(f"| {name} | " + " | ".join(f"{column[name]:.1f}" for column in columns) + " |")


if __name__ == "__main__":
    main()
