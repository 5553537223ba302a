"""The queue: what a reviewer looks at next.

Pure. :func:`arrange` puts suggestions and turns in an order; :func:`renewed` takes in what a model learned in the
meantime without moving what the reviewer has in view; :class:`Queue` is what a page walks through. Two kinds of item:
a suggestion to answer, and a turn to read as a whole, drawn at random. Only what is read because it was drawn at random
says something about what was missed (:mod:`codering.recall`), so each item says how it was drawn, and the decisions
about it should say the same (``drawn=item.drawn``).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final

from codering.codebooks import Codebook
from codering.codings import Decision, Stance, Suggestion, Verdict
from codering.transcripts import Place

AHEAD: Final = 5
"""How many items after the one that the reviewer looks at stay where they are when the queue is renewed."""


class Order(StrEnum):
    """What comes first."""

    CERTAIN = "certain"
    """The highest score."""
    UNCERTAIN = "uncertain"
    """The score nearest to one half: where an answer teaches a model most."""
    RARE = "rare"
    """The best suggestion of the code that was found least often, then of the next: every code gets its turn."""
    PLACE = "place"
    """As the transcripts are read."""
    RANDOM = "random"
    """Turns drawn at random, with or without a suggestion, to read as a whole."""
    MIX = "mix"
    """A third rare, a third uncertain, a third random."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which suggestions are wanted.

    Attributes
    ----------
    transcript, code, theme
        Only of this one; None for all.
    source
        ``any``, a kind (``rule``, ``learned``) or a whole source (``rule:ID``).
    minimum
        The lowest score.
    """

    transcript: str | None = None
    code: str | None = None
    theme: str | None = None
    source: str = "any"
    minimum: float = 0.0

    def admits(self, suggestion: Suggestion, codebook: Codebook) -> bool:
        """Whether a suggestion is wanted."""
        return (
            self.transcript in (None, suggestion.segment.transcript)
            and self.code in (None, suggestion.code)
            and (self.theme is None or (suggestion.code in codebook and _theme(codebook, suggestion) == self.theme))
            and self.source in ("any", suggestion.kind, suggestion.source)
            and suggestion.score >= self.minimum
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at.

    Attributes
    ----------
    transcript, turn
        Where.
    suggestion
        To be accepted, rejected or changed; None if the whole turn is to be read and marked as read.
    drawn
        What a decision about it says in :attr:`codering.codings.Decision.drawn`: ``random``, or the order that
        brought it here. Of a turn drawn at random every decision should say so, that it was read included.
    """

    transcript: str
    turn: int
    suggestion: Suggestion | None
    drawn: str

    @property
    def place(self) -> Place:
        """The transcript and the turn."""
        return self.transcript, self.turn

    @property
    def key(self) -> tuple[str, int, str | None]:
        """What tells it from other items of a queue."""
        return self.transcript, self.turn, self.suggestion.id if self.suggestion else None


@dataclass(frozen=True, slots=True)
class Queue:
    """Items in the order in which they are looked at, the settled ones included.

    Attributes
    ----------
    order
        What came first when it was begun.
    items
        All, in order.
    open
        For each item, whether it still asks for a decision.
    """

    order: Order
    items: tuple[Item, ...]
    open: tuple[bool, ...]

    @property
    def head(self) -> Item | None:
        """The first that is open; None when the queue is done."""
        return next((item for item, asks in zip(self.items, self.open, strict=True) if asks), None)

    @property
    def total(self) -> int:
        """How many items there are."""
        return len(self.items)

    @property
    def done(self) -> int:
        """How many of them are settled."""
        return self.total - sum(self.open)

    def after(self, item: Item | None, *, code: str | None = None, back: bool = False) -> Item | None:
        """The next open item after this one, from the end on again from the beginning.

        Parameters
        ----------
        item
            Where the reviewer is; None, or one that is not in the queue: before the first.
        code
            Only suggestions of this code.
        back
            Whether to go the other way.

        Returns
        -------
        Item or None
            None if there is no other.
        """
        keys = [one.key for one in self.items]
        here = keys.index(item.key) if item is not None and item.key in keys else (len(keys) if back else -1)
        before, later = range(max(here, 0)), range(here + 1, len(keys))
        steps = chain(reversed(before), reversed(later)) if back else chain(later, before)
        return next(
            (self.items[index] for index in steps if self.open[index] and _of_code(self.items[index], code)), None
        )


def settled(item: Item, decisions: Iterable[Decision], answered: Mapping[str, Suggestion]) -> bool:
    """Whether a coder is done with an item.

    Parameters
    ----------
    item
        What was asked.
    decisions
        Those of the coder about this turn that were not withdrawn.
    answered
        Suggestions by id, those that decisions refer to included.

    Notes
    -----
    A turn that was read is done, with everything suggested in it. A suggestion is done once the coder decided on it, or
    on the same code with the same stance elsewhere in the turn or by way of another source.
    """
    wanted = item.suggestion
    for decision in decisions:
        if decision.verdict is Verdict.READ:
            return True
        if wanted is None:
            continue
        about = answered.get(decision.suggestion or "")
        if decision.suggestion == wanted.id or _same(wanted, decision.code, decision.stance):
            return True
        if about is not None and _same(wanted, about.code, about.stance):
            return True
    return False


def arrange(
    suggestions: Sequence[Suggestion],
    order: Order,
    *,
    transcripts: Sequence[str],
    found: Mapping[str, int],
    drawn: Sequence[Place] = (),
) -> tuple[Item, ...]:
    """Put what is open in an order.

    Parameters
    ----------
    suggestions
        What is open, one for each turn, code and stance.
    order
        What comes first.
    transcripts
        The names of the transcripts in their order.
    found
        How many codings each code has so far, for the rare codes; absent is none.
    drawn
        The turns that may be drawn at random, in the order in which they are drawn
        (:func:`codering.recall.reading_order`). Without them the mix is of rare and uncertain alone.

    Returns
    -------
    tuple of Item
        The same for the same input. In the mix, as many turns at random as a third of all; a suggestion in a turn that
        was drawn earlier in the queue is left out, since it is answered by reading the turn.
    """
    if order is Order.RANDOM:
        return tuple(Item(*place, None, Order.RANDOM.value) for place in drawn)
    by_place = {name: number for number, name in enumerate(transcripts)}
    ordered = sorted(suggestions, key=lambda one: _position(one, by_place))
    if order is Order.MIX:
        return tuple(_mixed(ordered, found, drawn))
    ways = {
        Order.CERTAIN: lambda: sorted(ordered, key=lambda one: -one.score),
        Order.UNCERTAIN: lambda: _uncertain(ordered),
        Order.RARE: lambda: _rare(ordered, found),
        Order.PLACE: lambda: ordered,
    }
    return tuple(_item(one, order) for one in ways[order]())


def renewed(items: Sequence[Item], at: int, fresh: Sequence[Item]) -> tuple[Item, ...]:
    """Take in a new arrangement behind what the reviewer has in view.

    Parameters
    ----------
    items
        The queue until now.
    at
        How many of them the reviewer has passed or looks at: these and the next :data:`AHEAD` stay where they are.
    fresh
        The new arrangement of what is open.
    """
    kept = tuple(items[: at + AHEAD])
    known = {item.key for item in kept}
    return kept + tuple(item for item in fresh if item.key not in known)


def _mixed(ordered: Sequence[Suggestion], found: Mapping[str, int], drawn: Sequence[Place]) -> Iterator[Item]:
    streams: tuple[tuple[Order, Iterator[Suggestion]], ...] = (
        (Order.RARE, iter(_rare(ordered, found))),
        (Order.UNCERTAIN, iter(_uncertain(ordered))),
    )
    turns = iter(drawn)
    taken: set[str] = set()
    reading: set[Place] = set()
    while True:
        placed = 0
        for order, stream in streams:
            one = next((s for s in stream if s.id not in taken and s.segment.place not in reading), None)
            if one is not None:
                placed += 1
                taken.add(one.id)
                yield _item(one, order)
        if not placed:
            return
        place = next(turns, None)
        if place is not None:
            reading.add(place)
            yield Item(*place, None, Order.RANDOM.value)


def _rare(ordered: Iterable[Suggestion], found: Mapping[str, int]) -> list[Suggestion]:
    """Each time the best suggestion of the code with the least found, with what those before it will yield."""
    by_code: dict[str, list[Suggestion]] = {}
    for one in sorted(ordered, key=lambda one: -one.score):
        by_code.setdefault(one.code, []).append(one)
    waiting = [(float(found.get(code, 0)), code, 0) for code in by_code]
    heapq.heapify(waiting)
    result = []
    while waiting:
        expected, code, index = heapq.heappop(waiting)
        one = by_code[code][index]
        result.append(one)
        if index + 1 < len(by_code[code]):
            heapq.heappush(waiting, (expected + max(one.score, 0.01), code, index + 1))
    return result


def _uncertain(ordered: Iterable[Suggestion]) -> list[Suggestion]:
    return sorted(ordered, key=lambda one: abs(one.score - 0.5))


def _item(one: Suggestion, order: Order) -> Item:
    return Item(one.segment.transcript, one.segment.turn, one, order.value)


def _position(one: Suggestion, by_place: Mapping[str, int]) -> tuple[int, int, int, int, str, Stance]:
    segment = one.segment
    return by_place.get(segment.transcript, -1), segment.turn, segment.start, segment.end, one.code, one.stance


def _theme(codebook: Codebook, one: Suggestion) -> str:
    return codebook.theme_of(one.code).id


def _same(one: Suggestion, code: str | None, stance: Stance | None) -> bool:
    return one.code == code and one.stance == stance


def _of_code(item: Item, code: str | None) -> bool:
    return code is None or (item.suggestion is not None and item.suggestion.code == code)
