"""Reviewing: what a coder looks at next, how far it is, and accepting many suggestions at once."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from codering.codings import Decision, Suggestion, Verdict
from codering.errors import CoderingError
from codering.project.blind import WithBlindCoding
from codering.project.deciding import Act, decisions_for
from codering.project.ledger import Ledger, Place
from codering.review import Filters, Item, Order, Queue, arrange, renewed, settled
from codering.transcripts import Transcript

if TYPE_CHECKING:
    from codering.store import Entry, KeptQueue, Store

_SEED: Final = "seed"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How far a coder is with a transcript or a code.

    Attributes
    ----------
    key
        The name of the transcript or the id of the code.
    done, total
        Suggestions that are settled, and all that hold now: "12/87".
    read, turns
        Of a transcript: participants' turns that the coder read as a whole, and all. Of a code: 0.
    """

    key: str
    done: int
    total: int
    read: int = 0
    turns: int = 0


class WithReview(WithBlindCoding):
    """A project that is being reviewed."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._proposed: tuple[tuple[int, int], tuple[Suggestion, ...], dict[str, Suggestion]] = ((-1, -1), (), {})

    @property
    def seed(self) -> int:
        """What the random turns are drawn from: a number of the project, with which others can draw them too."""
        chosen = self.setting(_SEED)
        if isinstance(chosen, int):
            return chosen
        return int(hashlib.sha256(self._store.meta().get("id", "").encode()).hexdigest()[:8], 16)

    def queue(
        self,
        *,
        coder: str,
        order: Order | str = Order.MIX,
        filters: Filters | None = None,
        at: Item | None = None,
        restart: bool = False,
    ) -> Queue:
        """What this coder looks at next: suggestions to answer, and turns drawn at random to read.

        The queue is kept in the project: after a reload, or in another tab, it stands in the same order. New
        suggestions, and new scores after a model learned, only change what comes after the item that the coder looks
        at and a few more (:data:`codering.review.AHEAD`).

        Parameters
        ----------
        coder
            Who reviews; each coder has their own queue.
        order
            What comes first.
        filters
            Which suggestions; None for all. Turns are drawn at random from all transcripts only: the mix for one
            transcript holds none.
        at
            What the coder looks at; None for the first item that is open.
        restart
            Whether to begin anew, with what is open now.

        Returns
        -------
        Queue
            Its items say how they were drawn; pass it on: ``decide(..., drawn=item.drawn)``. A turn drawn at random is
            done when it is marked as read: ``decide(Verdict.READ, segment=..., drawn=item.drawn)``.

        Raises
        ------
        CoderingError
            If nobody's name is given, or turns at random are asked for from one transcript.
        """
        order = Order(order)
        if not coder.strip():
            raise CoderingError("Give the name of the coder.")
        if order is Order.RANDOM and filters is not None and filters.transcript is not None:
            raise CoderingError("Turns are drawn at random from all transcripts, not from one.")
        asking = self._asking(coder, order, filters)
        kept = None if restart else self._store.queues.get(coder, asking.key)
        if kept is None or asking.changes(kept, at) != kept:
            kept = self._store.queues.renew(
                coder, asking.key, lambda before: asking.changes(None if restart else before, at)
            )
        items = tuple(item for entry in kept.entries if (item := asking.item(entry)) is not None)
        return Queue(order, items, tuple(asking.is_open(item) for item in items))

    def progress(self, *, coder: str, by: str = "transcript", filters: Filters | None = None) -> tuple[Reviewed, ...]:
        """How far a coder is: settled suggestions of all that hold now, by transcript or by code.

        Parameters
        ----------
        coder
            Who.
        by
            ``transcript`` or ``code``; in the project's order and the codebook's order. Codes without any suggestion
            are left out.
        filters
            Which suggestions count; None for all.
        """
        asking = self._asking(coder, Order.PLACE, filters)
        total: Counter[str] = Counter()
        done: Counter[str] = Counter()
        for one in asking.wanted:
            key = one.code if by == "code" else one.segment.transcript
            total[key] += 1
            done[key] += not asking.is_open(Item(one.segment.transcript, one.segment.turn, one, ""))
        if by == "code":
            known = [code.id for code in self.codebook]
            keys = [*(key for key in known if key in total), *sorted(total.keys() - set(known))]
            return tuple(Reviewed(key, done[key], total[key]) for key in keys)
        return tuple(
            Reviewed(
                transcript.name,
                done[transcript.name],
                total[transcript.name],
                sum(asking.was_read((transcript.name, turn.number)) for turn in transcript.participant_turns()),
                sum(bool(turn.text.strip()) for turn in transcript.participant_turns()),
            )
            for transcript in self.transcripts()
        )

    def acceptable(self, minimum: float, *, coder: str, filters: Filters | None = None) -> tuple[Suggestion, ...]:
        """The open suggestions with at least this score, highest first: the preview of a bulk acceptance.

        Parameters
        ----------
        minimum
            The lowest score.
        coder
            For whom; what is hidden from them in blind mode is left out.
        filters
            Which suggestions; None for all.
        """
        asking = self._asking(coder, Order.CERTAIN, filters)
        found = [one for one in asking.open_suggestions() if one.score >= minimum]
        return tuple(sorted(found, key=lambda one: -one.score))

    def accept_all(
        self, suggestions: Sequence[Suggestion], *, coder: str, reason: str = "", shown: bool = True, action: str = ""
    ) -> tuple[Decision, ...]:
        """Accept many suggestions as one act, undone in one step; those the coder settled meanwhile are left out.

        Parameters
        ----------
        suggestions
            Those that the coder saw in the preview: :meth:`acceptable`.
        coder, reason, shown
            As of :class:`codering.codings.Decision`.
        action
            See :meth:`decide_all`.
        """
        transcripts, codebook = self._by_name(), self.codebook
        _, known = self._proposals()

        def decide(ledger: Ledger) -> tuple[Decision, ...]:
            acts = [
                Act(Verdict.ACCEPT, one, reason=reason, shown=shown, drawn="bulk")
                for one in suggestions
                if not settled(_whole(one), _mine(ledger, _place(one), coder), known)
            ]
            return decisions_for(acts, ledger, coder=coder, transcripts=transcripts, codebook=codebook, action=action)

        return self._keep(decide, coder=coder, action=action, shown=suggestions)

    def _asking(self, coder: str, order: Order, filters: Filters | None) -> _Asking:
        wanted, hidden, codebook = filters or Filters(), self.hidden_from(coder), self.codebook
        seen = self._store.revisions()["suggestions"]
        best, every = self._proposals()
        return _Asking(
            coder=coder,
            order=order,
            filters=wanted,
            seen=seen,
            wanted=tuple(s for s in best if s.segment.transcript not in hidden and wanted.admits(s, codebook)),
            every=every,
            hidden=hidden,
            ledger=self._now(),
            transcripts=self._by_name(),
            drawn=self._random_order,
        )

    def _proposals(self) -> tuple[tuple[Suggestion, ...], dict[str, Suggestion]]:
        """The suggestions that hold now, best of each turn, code and stance; and all by id, answered ones included."""
        revisions = self._store.revisions()
        seen = revisions["suggestions"], revisions["transcripts"]
        if self._proposed[0] != seen:
            every = {one.id: one for one in self.suggestions(current=False)}
            self._proposed = (seen, self.suggestions(best=True), every)
        return self._proposed[1:]

    def _random_order(self) -> tuple[Place, ...]:
        """All turns that may be drawn at random, in the order in which they are."""
        from codering.recall import participants_turns, reading_order

        return reading_order(participants_turns(self.transcripts()), self.seed)


@dataclass(frozen=True)
class _Asking:
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
    ledger: Ledger
    transcripts: Mapping[str, Transcript]
    drawn: Callable[[], tuple[Place, ...]]
    """Gives the turns that may be drawn at random, in the order in which they are."""

    @property
    def key(self) -> str:
        asked = self.filters
        return json.dumps([self.order, asked.transcript, asked.code, asked.theme, asked.source, asked.minimum])

    def is_open(self, item: Item) -> bool:
        return not settled(item, _mine(self.ledger, item.place, self.coder), self.every)

    def was_read(self, place: Place) -> bool:
        return any(one.verdict is Verdict.READ for one in _mine(self.ledger, place, self.coder))

    def open_suggestions(self) -> tuple[Suggestion, ...]:
        return tuple(one for one in self.wanted if self.is_open(_whole(one)))

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

    def changes(self, kept: KeptQueue | None, at: Item | None) -> KeptQueue:
        """The queue as it should be now, given how it was kept."""
        from codering.store import KeptQueue

        if kept is None:
            return KeptQueue(self.seen, _entries(self._arranged()))
        items = [item for entry in kept.entries if (item := self.item(entry)) is not None]
        known = {item.key for item in items}
        missing = [one for one in self.open_suggestions() if _whole(one).key not in known]
        if kept.seen == self.seen and not missing:
            return kept
        if kept.seen == self.seen:  # something was taken back that had been settled when the queue was begun
            fresh = items + [item for item in self._arranged() if item.key not in known and item.suggestion]
            return KeptQueue(self.seen, _entries(fresh))
        passed = self._passed(items, at)
        return KeptQueue(self.seen, _entries(renewed(items, passed, self._arranged())))

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
        found = Counter(coding.code for coding in self.ledger.codings() if coding.coder == self.coder)
        return arrange(self.open_suggestions(), self.order, transcripts=names, found=found, drawn=drawn)


def _mine(ledger: Ledger, place: Place, coder: str) -> tuple[Decision, ...]:
    return tuple(one for one in ledger.standing(place) if one.coder == coder)


def _entries(items: Iterable[Item]) -> tuple[Entry, ...]:
    return tuple((one.transcript, one.turn, one.suggestion.id if one.suggestion else None, one.drawn) for one in items)


def _whole(one: Suggestion) -> Item:
    return Item(one.segment.transcript, one.segment.turn, one, "")


def _place(one: Suggestion) -> Place:
    return one.segment.transcript, one.segment.turn
