"""Which turns to read at random, and what was learned from those that were read.

The order is worked out from a seed and the turns themselves (SHA-256), so that it is the same on every machine and
does not change for the turns that were there when a transcript is added.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from codering.codings import Coding, Decision, Verdict, codings_from, standing
from codering.recall.anytime import Trial, likely_total
from codering.transcripts import Place, Transcript

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
    unused
        How many more turns were read at random that do not count, since a turn that was drawn before them was skipped.
    """

    code: str
    found: int
    hits: tuple[int, ...]
    drawn: tuple[int, ...]
    pools: tuple[int, ...]
    trials: tuple[Trial, ...] = field(repr=False, default=())
    unused: int = 0

    @property
    def pool(self) -> int:
        """How many turns the random ones stand for, themselves included."""
        return sum(self.pools)

    @property
    def left(self) -> int:
        """How many turns nobody has read for this code."""
        return sum(self.pools) - sum(self.drawn)

    @property
    def estimated_total(self) -> float:
        """How many turns carry it in all, by estimate, at least `found`; NaN if some are unread and none was drawn.

        Where whole groups were read, or it is not known in which order, by the share of hits among what was drawn.
        """
        drawn = sum(self.drawn)
        if not self.left:
            return float(self.found)
        if not drawn:
            return math.nan
        if not self.trials or self.by_whole_groups:
            return self.found + self.left * sum(self.hits) / drawn
        return min(max(likely_total(self.trials), self.found), self.found + self.left)

    @property
    def by_whole_groups(self) -> bool:
        """Whether the random turns leave out a transcript of which at least five were to be expected."""
        size, pool = sum(self.drawn), self.pool
        return any(not drawn and size * turns >= 5 * pool for drawn, turns in zip(self.drawn, self.pools, strict=True))


@dataclass(frozen=True, slots=True)
class Sample:
    """The order in which turns are drawn at random, and from when on.

    Attributes
    ----------
    order
        All turns that can be drawn. Read from the beginning, each beginning is a sample.
    since
        Decisions before this time (ISO 8601, UTC) count as known beforehand: the last transcript was added then, and
        what was drawn earlier was not drawn from all turns. Empty: from the first decision on.
    """

    order: tuple[Place, ...]
    since: str = ""


def participants_turns(transcripts: Iterable[Transcript]) -> tuple[Place, ...]:
    """The turns that can carry a code: those of participants that hold words, in the order of the transcripts."""
    return tuple((transcript.name, turn.number) for transcript in transcripts for turn in transcript.spoken_turns())


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
    """Draw `size` turns, or all if there are fewer, in the order of reading: how :func:`reading_order` begins."""
    return reading_order(places, seed)[: max(size, 0)]


def random_sample(
    transcripts: Sequence[Transcript],
    decisions: Iterable[Decision],
    seed: int,
    *,
    since: str = "",
    coder: str | None = None,
) -> Sample:
    """The order in which turns are drawn at random: of all turns that nobody had read when the sample was begun.

    Parameters
    ----------
    transcripts
        All that should be coded.
    decisions
        Of everyone, in order.
    seed
        Of the project.
    since
        When the last transcript was added (ISO 8601, UTC). Turns that were read before that are not drawn again.
    coder
        Whose readings count; None for everyone's.

    Notes
    -----
    Worked out from what is stored, so that it is the same tomorrow and on another computer, and so that
    :func:`tally` can see which turns were skipped.
    """
    read = {
        decision.segment.place
        for decision in standing(decisions)
        if decision.verdict is Verdict.READ and decision.segment and decision.time < since
        if coder in (None, decision.coder)
    }
    return Sample(reading_order((p for p in participants_turns(transcripts) if p not in read), seed), since)


def tally(
    transcripts: Sequence[Transcript],
    decisions: Sequence[Decision],
    codes: Collection[str] | Mapping[str, Collection[str]],
    coder: str | None,
    sample: Sample | None = None,
) -> tuple[Tally, ...]:
    """Count, for each code, what was found at random and otherwise.

    Parameters
    ----------
    transcripts
        All that should have been coded.
    decisions
        In the order in which they were made, of any number of coders.
    codes
        The ids of the codes, in the order wanted; or names (themes, for example), each with the ids of its codes.
    coder
        Whose decisions count; None for everyone's together: a turn carries what anyone coded in it.
    sample
        How turns were drawn. Then only the unbroken beginning of the order counts as drawn at random, so that turns
        that were skipped cannot flatter the result. None: every decision that says ``random`` was drawn so.

    Returns
    -------
    tuple of Tally
        One for each code or name.

    Notes
    -----
    A turn is known for a code once the whole turn was read or something was decided on that code in it; for a theme
    once the turn was read or is seen to carry the theme. It counts as drawn at random if the decision that made it
    known was (``drawn="random"``). What a turn carries is what holds now, also if somebody came back to it later.
    """
    mine = tuple(decision for decision in decisions if coder in (None, decision.coder))
    eligible = set(participants_turns(transcripts))
    names = tuple(transcript.name for transcript in transcripts)
    acts = [act for act in map(_act, standing(mine)) if act is not None and act.place in eligible]
    carriers = _carriers(codings_from(mine), eligible)
    groups = codes if isinstance(codes, Mapping) else {code: (code,) for code in codes}
    counting = _Counting(names, eligible, Counter(name for name, _ in eligible), sample)
    result = []
    for name, members in groups.items():
        carrying: set[Place] = set().union(*(carriers.get(code, ()) for code in members))
        wanted = frozenset(members)
        about = [act for act in acts if act.decides(wanted, carrying)]
        result.append(counting.of(name, about, carrying))
    return tuple(result)


@dataclass(frozen=True, slots=True)
class _Act:
    """A decision that makes a turn known: for all codes if it was read, otherwise for one."""

    place: Place
    code: str | None
    random: bool
    time: str

    def decides(self, codes: frozenset[str], carriers: set[Place]) -> bool:
        """Whether it tells if the turn carries one of these codes; a no to one code says nothing of the others."""
        if self.code is None:
            return True
        return self.code in codes and (len(codes) == 1 or self.place in carriers)


@dataclass(frozen=True, slots=True)
class _Counting:
    names: tuple[str, ...]
    eligible: set[Place]
    turns: Counter[str]
    """How many of the eligible turns each transcript has."""
    sample: Sample | None

    def of(self, code: str, acts: Sequence[_Act], carriers: set[Place]) -> Tally:
        known: set[Place] = set()
        trials: list[Trial] = []
        drawn: Counter[str] = Counter()
        hits: Counter[str] = Counter()
        otherwise: Counter[str] = Counter()
        found = unused = 0
        counted = self._unbroken(acts)
        for act in acts:
            if act.place in known:
                continue
            hit = act.place in carriers
            if act.random and (counted is None or act.place in counted):
                trials.append(Trial(len(self.eligible) - len(known), found, hit))
                drawn[act.place[0]] += 1
                hits[act.place[0]] += hit
            else:
                otherwise[act.place[0]] += 1
                unused += act.random
            known.add(act.place)
            found += hit
        return Tally(
            code=code,
            found=len(carriers),
            hits=tuple(hits[name] for name in self.names),
            drawn=tuple(drawn[name] for name in self.names),
            pools=tuple(self.turns[name] - otherwise[name] for name in self.names),
            trials=tuple(trials),
            unused=unused,
        )

    def _unbroken(self, acts: Iterable[_Act]) -> set[Place] | None:
        """The turns up to the first in the order of drawing that is not known; None if any turn will do."""
        if self.sample is None:
            return None
        first: dict[Place, _Act] = {}
        for act in acts:
            first.setdefault(act.place, act)
        unbroken = set()
        for place in self.sample.order:
            if place not in first:
                break
            if first[place].time >= self.sample.since:
                unbroken.add(place)
        return unbroken


def _act(decision: Decision) -> _Act | None:
    if decision.segment is None:
        return None
    about = None if decision.verdict is Verdict.READ else decision.code
    return _Act(decision.segment.place, about, decision.drawn == RANDOM, decision.time)


def _carriers(codings: Iterable[Coding], eligible: set[Place]) -> dict[str, set[Place]]:
    carriers: dict[str, set[Place]] = defaultdict(set)
    for coding in codings:
        place = coding.segment.place
        if place in eligible:
            carriers[coding.code].add(place)
    return carriers


def _fraction(*parts: object) -> float:
    """A number in [0, 1) that is fixed by its parts and behaves as if random."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48
