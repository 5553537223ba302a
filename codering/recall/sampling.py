"""Which turns to read at random, and what was learned from those that were read.

The order is worked out from a seed and the turns themselves (SHA-256), so that it is the same on every machine and
does not change for the turns that were there when a transcript is added.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from codering.codings import Coding, Decision, Verdict, codings_from, standing
from codering.recall.anytime import Trial
from codering.transcripts import Transcript

Place = tuple[str, int]
"""The name of a transcript and the number of a turn."""

RANDOM: Final = "random"
"""What :attr:`codering.codings.Decision.drawn` holds for a turn that was drawn at random."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was read and found of one code; the unit is the turn.

    Attributes
    ----------
    code
        Its id.
    found
        Turns that carry it, however they were found: the hits included.
    hits, drawn
        By transcript: turns read at random that carry it, and turns read at random. Only turns of which nobody knew
        beforehand whether they carry it.
    pools
        By transcript: turns of which nobody knows, and those read at random.
    trials
        The turns read at random, in the order of reading.
    """

    code: str
    found: int
    hits: tuple[int, ...]
    drawn: tuple[int, ...]
    pools: tuple[int, ...]
    trials: tuple[Trial, ...] = field(repr=False, default=())

    @property
    def pool(self) -> int:
        """How many turns the random ones stand for, themselves included."""
        return sum(self.pools)

    @property
    def left(self) -> int:
        """How many turns nobody has read for this code."""
        return sum(self.pools) - sum(self.drawn)

    @property
    def by_whole_groups(self) -> bool:
        """Whether the random turns leave out a transcript of which at least five were to be expected."""
        size, pool = sum(self.drawn), self.pool
        return any(not drawn and size * turns >= 5 * pool for drawn, turns in zip(self.drawn, self.pools, strict=True))


def participants_turns(transcripts: Iterable[Transcript]) -> tuple[Place, ...]:
    """The turns that can carry a code: those of participants that hold words, in the order of the transcripts."""
    return tuple(
        (transcript.name, turn.number)
        for transcript in transcripts
        for turn in transcript.participant_turns()
        if turn.text.strip()
    )


def reading_order(places: Iterable[Place], seed: int) -> tuple[Place, ...]:
    """Put turns in a random order in which every beginning is spread evenly over the transcripts.

    Parameters
    ----------
    places
        The turns to choose from; for an elusion sample those that nobody has read. Doubles count once.
    seed
        The same seed gives the same order; write it down.

    Returns
    -------
    tuple of Place
        All turns. The first n are a sample of n: of every transcript its share, one turn more or less.

    Notes
    -----
    Stratified systematic sampling. Within a transcript turns come in random order; the i-th of N stands at
    ``(i + u) / N`` with u random for each transcript, so that each turn is equally likely to come early.
    """
    strata: dict[str, list[Place]] = defaultdict(list)
    for place in set(places):
        strata[place[0]].append(place)
    positions: list[tuple[float, str, Place]] = []
    for name, members in strata.items():
        shift = _fraction(seed, name)
        shuffled = sorted(members, key=lambda place: (_fraction(seed, *place), place))
        positions += [((i + shift) / len(shuffled), name, place) for i, place in enumerate(shuffled)]
    return tuple(place for _, _, place in sorted(positions))


def drawn_at_random(places: Iterable[Place], size: int, seed: int) -> tuple[Place, ...]:
    """Draw turns to read, in the order of reading: the beginning of :func:`reading_order`."""
    return reading_order(places, seed)[: max(size, 0)]


def tally(
    transcripts: Sequence[Transcript], decisions: Sequence[Decision], codes: Collection[str], coder: str
) -> tuple[Tally, ...]:
    """Count, for each code, what one coder found at random and otherwise.

    Parameters
    ----------
    transcripts
        All that should have been coded.
    decisions
        In the order in which they were made, of any number of coders.
    codes
        The ids of the codes, in the order wanted.
    coder
        Whose decisions count.

    Returns
    -------
    tuple of Tally
        One for each code.

    Notes
    -----
    A turn is known for a code once the coder has read the whole turn or decided on that code in it. It counts as
    drawn at random if the decision that made it known was (``drawn="random"``). What a turn carries is what holds
    now, also if the coder came back to it later.
    """
    eligible = set(participants_turns(transcripts))
    names = tuple(transcript.name for transcript in transcripts)
    mine = tuple(decision for decision in standing(decisions) if decision.coder == coder)
    acts = [act for act in map(_act, mine) if act is not None and act[0] in eligible]
    carriers = _carriers(codings_from(d for d in decisions if d.coder == coder), eligible)
    return tuple(_tally_of(code, acts, carriers.get(code, set()), names, eligible) for code in codes)


def _tally_of(
    code: str,
    acts: list[tuple[Place, str | None, bool]],
    carriers: set[Place],
    names: tuple[str, ...],
    eligible: set[Place],
) -> Tally:
    known: set[Place] = set()
    trials: list[Trial] = []
    drawn: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    otherwise: Counter[str] = Counter()
    found = 0
    for place, about, random in acts:
        if place in known or about not in (None, code):
            continue
        hit = place in carriers
        if random:
            trials.append(Trial(len(eligible) - len(known), found, hit))
            drawn[place[0]] += 1
            hits[place[0]] += hit
        else:
            otherwise[place[0]] += 1
        known.add(place)
        found += hit
    turns = Counter(place[0] for place in eligible)
    return Tally(
        code=code,
        found=len(carriers),
        hits=tuple(hits[name] for name in names),
        drawn=tuple(drawn[name] for name in names),
        pools=tuple(turns[name] - otherwise[name] for name in names),
        trials=tuple(trials),
    )


def _act(decision: Decision) -> tuple[Place, str | None, bool] | None:
    if decision.segment is None:
        return None
    place = (decision.segment.transcript, decision.segment.turn)
    about = None if decision.verdict is Verdict.READ else decision.code
    return place, about, decision.drawn == RANDOM


def _carriers(codings: Iterable[Coding], eligible: set[Place]) -> dict[str, set[Place]]:
    carriers: dict[str, set[Place]] = defaultdict(set)
    for coding in codings:
        place = (coding.segment.transcript, coding.segment.turn)
        if place in eligible:
            carriers[coding.code].add(place)
    return carriers


def _fraction(*parts: object) -> float:
    """A number in [0, 1) that is fixed by its parts and behaves as if random."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48
