"""What a coder asks a queue for, and what they have settled."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from codering.codings import Decision, Suggestion, Verdict
from codering.project.ledger import Ledger
from codering.review import Filters, Item, Order, arrange, renewed, settled
from codering.transcripts import Place, Transcript

if TYPE_CHECKING:
    from codering.store import Entry, KeptQueue


class Openness:
    """Which items still ask for a decision of one coder; worked out once for each, until a decision touches its turn.

    Parameters
    ----------
    coder
        Whose decisions count.
    every
        All suggestions by id, those that decisions refer to included.
    """

    def __init__(self, coder: str, every: Mapping[str, Suggestion]) -> None:
        self._coder, self._every = coder, every
        self.ledger = Ledger()
        self._seen: tuple[Decision, ...] = ()
        self._known: dict[Place, dict[str | None, bool]] = {}
        self._touched: dict[str, set[int]] = {}
        """By transcript: the turns that the coder ever decided something about."""
        self._counted: dict[str, dict[int, tuple[Sequence[Suggestion], int]]] = {}
        """By transcript: how many of some suggestions are settled, by the identity of what holds them."""
        self._marked: dict[str, tuple[bool, frozenset[int]]] = {}
        """By transcript: whether anything was decided there that holds, and which turns were marked as read."""
        self._lock = Lock()

    def upto(self, ledger: Ledger) -> Openness:
        """Forget what decisions that were made since may have changed, and return itself."""
        with self._lock:
            decisions, known = ledger.decisions, self._seen
            if ledger is not self.ledger or known != decisions[: len(known)]:
                self._known, self._touched, self._counted, self._marked, known = {}, {}, {}, {}, ()
            for decision in decisions[len(known) :]:
                name, turn = place = ledger.place_of(decision)
                self._known.pop(place, None)
                if decision.coder == self._coder:
                    self._counted.pop(name, None)
                    self._marked.pop(name, None)
                    self._touched.setdefault(name, set()).add(turn)
            self.ledger, self._seen = ledger, decisions
            return self

    def is_open(self, item: Item) -> bool:
        """Whether an item still asks for a decision."""
        here = self._known.setdefault(item.place, {})
        identity = item.suggestion.id if item.suggestion else None
        if identity not in here:
            here[identity] = not settled(item, mine(self.ledger, item.place, self._coder), self._every)
        return here[identity]

    def begun(self, transcript: str) -> bool:
        """Whether the coder decided something about a transcript that holds."""
        return self._marks(transcript)[0]

    def read(self, transcript: str) -> frozenset[int]:
        """The numbers of the turns of a transcript that the coder marked as read."""
        return self._marks(transcript)[1]

    def _marks(self, transcript: str) -> tuple[bool, frozenset[int]]:
        turns = self._touched.get(transcript)
        if not turns:
            return False, frozenset()
        known = self._marked.get(transcript)
        if known is None:
            decided = [one for turn in sorted(turns) for one in mine(self.ledger, (transcript, turn), self._coder)]
            read = (one.segment.turn for one in decided if one.verdict is Verdict.READ and one.segment)
            known = self._marked[transcript] = (bool(decided), frozenset(read))
        return known

    def settled_among(self, transcript: str, wanted: Sequence[Suggestion]) -> int:
        """How many of these suggestions, all of one transcript, are settled.

        Only where the coder decided something can one be: of a transcript that nobody has begun nothing is looked at.
        """
        turns, counted = self._touched.get(transcript), self._counted.setdefault(transcript, {})
        if not turns:
            return 0
        if id(wanted) not in counted:
            found = sum(not self.is_open(item_of(one)) for one in wanted if one.segment.turn in turns)
            counted[id(wanted)] = (wanted, found)  # with what is counted, so that no other gets its identity
        return counted[id(wanted)][1]


@dataclass(frozen=True)
class LaidOut:
    """A kept queue and what it stands for, as long as suggestions and transcripts stay the same."""

    entries: tuple[Entry, ...]
    wanted: tuple[Suggestion, ...]
    transcripts: Mapping[str, Transcript]
    items: tuple[Item, ...]
    rest: tuple[Item, ...]
    """What is asked for and does not stand in the queue."""


@dataclass(frozen=True)
class Asking:
    """One question for a queue, and what is needed to answer it."""

    coder: str
    order: Order
    filters: Filters
    seen: int
    """The revision of the suggestions."""
    wanted: tuple[Suggestion, ...]
    """The suggestions that hold now and are asked for, one for each turn, code and stance."""
    every: Mapping[str, Suggestion]
    """All suggestions by id, those that decisions refer to included."""
    hidden: frozenset[str]
    openness: Openness
    transcripts: Mapping[str, Transcript]
    drawn: Callable[[], tuple[Place, ...]]
    """Gives the turns that may be drawn at random, in the order in which they are."""

    @property
    def key(self) -> str:
        """Under which the queue is kept."""
        asked = self.filters
        return json.dumps([self.order, asked.transcript, asked.code, asked.theme, asked.source, asked.minimum])

    def is_open(self, item: Item) -> bool:
        """Whether an item still asks for a decision of the coder."""
        return self.openness.is_open(item)

    def was_read(self, place: Place) -> bool:
        """Whether the coder read the whole turn."""
        return not self.openness.is_open(Item(*place, None, ""))

    def open_suggestions(self) -> tuple[Suggestion, ...]:
        """What is asked for and was not settled."""
        return tuple(one for one in self.wanted if self.is_open(item_of(one)))

    def item(self, entry: Entry) -> Item | None:
        """What an entry stands for; None if it may no longer be seen, or is suggested no longer."""
        name, turn, identity, drawn = entry
        if identity is None:
            transcript = self.transcripts.get(name)
            speaks = transcript is not None and transcript.is_participant(transcript.turn(turn))
            return Item(name, turn, None, drawn) if speaks else None
        suggestion = self.every.get(identity)
        if suggestion is None or name in self.hidden:
            return None
        return Item(name, turn, suggestion, drawn)

    def laid_out(self, entries: tuple[Entry, ...]) -> LaidOut:
        """What entries stand for, and what is asked for besides."""
        items = tuple(item for entry in entries if (item := self.item(entry)) is not None)
        known = {item.key for item in items}
        reading = {item.place for item in items if item.suggestion is None}
        others = (item_of(one) for one in self.wanted)
        rest = tuple(item for item in others if item.key not in known and item.place not in reading)
        return LaidOut(entries, self.wanted, self.transcripts, items, rest)

    def changes(self, kept: KeptQueue | None, laid: LaidOut | None, at: Item | None) -> KeptQueue:
        """The queue as it should be now, given how it was kept and what that stands for."""
        from codering.store import KeptQueue

        if kept is None:
            return KeptQueue(self.seen, _entries(self._arranged()))
        laid = laid if laid is not None and laid.entries == kept.entries else self.laid_out(kept.entries)
        if kept.seen != self.seen:
            return KeptQueue(self.seen, _entries(renewed(laid.items, self._passed(laid.items, at), self._arranged())))
        # What had been settled when the queue was begun, and was taken back since.
        again = {item.key for item in laid.rest if self.is_open(item)}
        if not again:
            return kept
        return KeptQueue(self.seen, _entries([*laid.items, *(one for one in self._arranged() if one.key in again)]))

    def _passed(self, items: Sequence[Item], at: Item | None) -> int:
        """How many items the reviewer has passed or looks at."""
        keys = [item.key for item in items]
        if at is not None and at.key in keys:
            return keys.index(at.key) + 1
        return next((index + 1 for index, item in enumerate(items) if self.is_open(item)), len(items))

    def _arranged(self) -> tuple[Item, ...]:
        drawn: tuple[Place, ...] = ()
        if self.order in (Order.MIX, Order.RANDOM) and self.filters.transcript is None:
            drawn = tuple(place for place in self.drawn() if not self.was_read(place))
        names = tuple(self.transcripts)
        found = Counter(coding.code for coding in self.openness.ledger.codings() if coding.coder == self.coder)
        return arrange(self.open_suggestions(), self.order, transcripts=names, found=found, drawn=drawn)


def mine(ledger: Ledger, place: Place, coder: str) -> tuple[Decision, ...]:
    """What one coder decided about a turn and did not take back."""
    return tuple(one for one in ledger.standing(place) if one.coder == coder)


def item_of(one: Suggestion) -> Item:
    """The item that asks for an answer to a suggestion."""
    return Item(one.segment.transcript, one.segment.turn, one, "")


def _entries(items: Iterable[Item]) -> tuple[Entry, ...]:
    return tuple((one.transcript, one.turn, one.suggestion.id if one.suggestion else None, one.drawn) for one in items)
