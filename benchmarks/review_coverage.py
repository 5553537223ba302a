"""How often what is said about missed turns is right at the end of a review: ``python -m benchmarks.review_coverage``.

The whole chain as the product runs it: suggestions and random turns in the order of the queue's mix, random turns in
the order that follows from the seed, answers to suggestions in between, a look at the statement after every tenth turn
that was drawn, and stopping as soon as it says that the target was reached. A project has 6 focus groups of 80 turns;
a code lies on a share of them, clustered by group; a detector finds a part and suggests half as much besides, with a
score that knows nothing. The reader overlooks nothing in a turn that is read; a suggestion that is answered makes the
turn known for the code.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from codering.codings import Decision, Stance, Suggestion, Verdict
from codering.recall import Sample, participants_turns, reading_order, recall_statements, tally
from codering.review import Item, Order, arrange
from codering.transcripts import Segment, Speaker, Transcript, Turn

GROUPS, TURNS, LOOK_EVERY = 6, 80, 10
ICC = 0.10
TARGET = 0.9


@dataclass(frozen=True, slots=True)
class Scenario:
    """How often the code occurs, and how much of it the detector suggests."""

    prevalence: float
    recall: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of many projects.

    Attributes
    ----------
    held
        The share in which the bound was never too low, at any look.
    right
        The share in which it was not said wrongly that the target was reached.
    early
        The share in which that was said before all turns were read.
    read
        Turns drawn at random that were read until then, on average.
    """

    held: float
    right: float
    early: float
    read: float


SCENARIOS = tuple(Scenario(p, r) for p in (0.05, 0.2) for r in (0.5, 0.97))


def group(name: str) -> Transcript:
    """A focus group in which every turn can carry the code."""
    return Transcript(name, tuple(Turn(n, "A", "woord") for n in range(1, TURNS + 1)), (Speaker("A"),))


TRANSCRIPTS = tuple(group(f"g{number}") for number in range(GROUPS))
PLACES = participants_turns(TRANSCRIPTS)


def project(scenario: Scenario, rng: random.Random) -> tuple[set[tuple[str, int]], list[Suggestion]]:
    """The turns that carry the code, and what is suggested."""
    more = 1 / ICC - 1
    share = {t.name: rng.betavariate(scenario.prevalence * more, (1 - scenario.prevalence) * more) for t in TRANSCRIPTS}
    truth = {place for place in PLACES if rng.random() < share[place[0]]}
    suggested = [
        Suggestion(Segment(*place, 0, 5), "a", Stance.CONFIRMS, "rule:x", rng.random())
        for place in PLACES
        if rng.random() < (scenario.recall if place in truth else scenario.prevalence / 2)
    ]
    return truth, suggested


class Reviewer:
    """Answers what the queue brings up, and looks at the statement after every turn that was drawn at random."""

    def __init__(self, truth: set[tuple[str, int]], seed: int) -> None:
        self.truth = truth
        self.sample = Sample(reading_order(PLACES, seed))
        self.decisions: list[Decision] = []
        self.read: set[tuple[str, int]] = set()
        self.drawn = 0

    def take(self, item: Item) -> bool:
        """Decide; whether a turn was read at random."""
        if item.place in self.read:
            return False
        carries = item.place in self.truth
        if item.suggestion is not None:
            self._decide(Verdict.ACCEPT if carries else Verdict.REJECT, item, item.suggestion.id)
            return False
        if carries:
            self._decide(Verdict.ADD, item)
        self._decide(Verdict.READ, item)
        self.read.add(item.place)
        self.drawn += 1
        return True

    def _decide(self, verdict: Verdict, item: Item, answers: str | None = None) -> None:
        code = None if verdict is Verdict.READ else "a"
        stance = Stance.CONFIRMS if code else None
        number = str(len(self.decisions))
        place = Segment(*item.place, 0, 5)
        made = Decision(number, "Noor", number, verdict, place, code, stance, answers, drawn=item.drawn)
        self.decisions.append(made)

    def look(self) -> tuple[bool, bool]:
        """Whether the bound holds now, and whether it is said that the target was reached."""
        (counted,) = tally(TRANSCRIPTS, self.decisions, ["a"], "Noor", self.sample)
        (said,) = recall_statements([counted], target=TARGET)
        held = said.missed_at_most is None or len(self.truth) - said.found <= said.missed_at_most
        return held, said.established

    @property
    def found(self) -> int:
        """Turns with the code that were found."""
        return len({(d.segment.transcript, d.segment.turn) for d in self.decisions if d.segment} & self.truth)


def review(scenario: Scenario, seed: int) -> tuple[bool, bool, bool, int]:
    """Review one project until the target is said to be reached; see :class:`Outcome`."""
    rng = random.Random(seed)
    truth, suggested = project(scenario, rng)
    reviewer = Reviewer(truth, seed)
    names = tuple(transcript.name for transcript in TRANSCRIPTS)
    order = reviewer.sample.order
    mix = arrange(suggested, Order.MIX, transcripts=names, found={}, drawn=order)
    rest = arrange((), Order.RANDOM, transcripts=names, found={}, drawn=order)
    held = True
    for item in (*mix, *rest):
        if reviewer.take(item) and reviewer.drawn % LOOK_EVERY == 0:
            holds, said = reviewer.look()
            held &= holds
            if said:
                right = reviewer.found >= TARGET * len(truth) - 1e-9
                return held, right, len(reviewer.read) < len(PLACES), reviewer.drawn
    return held, True, False, reviewer.drawn


def measure(scenario: Scenario, projects: int) -> Outcome:
    """Review many projects."""
    results = [review(scenario, seed) for seed in range(projects)]
    held, right, early, read = (sum(column) / projects for column in zip(*results, strict=True))
    return Outcome(held, right, early, read)


def main() -> None:
    """Print the table of docs/recall.md."""
    print("| prevalence | detector recall | bound held | no wrong yes | yes before the end | random turns read |")
    print("|---|---|---|---|---|---|")
    for scenario in SCENARIOS:
        found = measure(scenario, 200)
        row = f"{found.held:.3f} | {found.right:.3f} | {found.early:.2f} | {found.read:.0f}"
        print(f"| {scenario.prevalence:.0%} | {scenario.recall:.2f} | {row} |", flush=True)


if __name__ == "__main__":
    main()
