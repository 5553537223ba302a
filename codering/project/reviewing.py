"""Reviewing: what a coder looks at next, and accepting many suggestions at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from codering.codebooks import Codebook
from codering.codings import Decision, Suggestion, Verdict
from codering.errors import CoderingError
from codering.project.asking import Asking, LaidOut, Openness, item_of, mine
from codering.project.deciding import Act, decisions_for
from codering.project.kept import Kept
from codering.project.ledger import Ledger
from codering.project.rehearsing import WithRehearsals
from codering.review import Filters, Item, Order, Queue, settled

if TYPE_CHECKING:
    from codering.recall import Sample
    from codering.store import Entry, Store

_SEED: Final = "seed"
_REMEMBERED: Final = 20
_Admitted = tuple[tuple[Suggestion, ...], Codebook | None, dict[tuple[Filters, frozenset[str]], tuple[Suggestion, ...]]]
"""The suggestions that hold, the codebook, and what each filter admits of them."""


class WithReview(WithRehearsals):
    """A project that is being reviewed."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._openness: dict[str, tuple[int, Openness]] = {}
        self._laid: dict[tuple[str, str], LaidOut] = {}
        self._admitted: _Admitted = ((), None, {})
        self._proposed: Final = Kept[tuple[tuple[Suggestion, ...], dict[str, Suggestion]]]()

    @property
    def seed(self) -> int:
        """What the random turns are drawn from: a number of the project, with which others can draw them too."""
        chosen = self.setting(_SEED)
        if isinstance(chosen, int):
            return chosen
        return int(hashlib.sha256(self._store.meta().get("id", "").encode()).hexdigest()[:8], 16)

    def sample(self, coder: str | None = None) -> Sample:
        """The order in which turns are drawn at random in this project, and since when.

        A transcript that is added makes a new sample necessary, since what was drawn before was not drawn from its
        turns. Turns that were read before that are not drawn again.

        Parameters
        ----------
        coder
            Whose readings count as known beforehand; None for everyone's.
        """
        from codering.recall import random_sample

        since = max((held.origin.added for held in self.describe_transcripts()), default="")
        return random_sample(self.transcripts(), self._now().all_standing(), self.seed, since=since, coder=coder)

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
        laid = self._laid_out(asking, kept.entries) if kept else None
        if kept is None or asking.changes(kept, laid, at) is not kept:
            kept = self._store.queues.renew(
                coder, asking.key, lambda before: asking.changes(None if restart else before, laid, at)
            )
        items = self._laid_out(asking, kept.entries).items
        return Queue(order, items, tuple(asking.is_open(item) for item in items))

    def answers(self, transcript: str, *, coder: str) -> dict[str, str]:
        """By coding of this coder in a transcript: the suggestion that it answers; codings without one are left out."""
        ledger, found = self._now(), {}
        for coding in ledger.codings(transcript):
            first = ledger.get(coding.id) if coding.coder == coder else None
            if first is not None and first.suggestion is not None:
                found[coding.id] = first.suggestion
        return found

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

        Returns
        -------
        tuple of Decision
            One for each suggestion that was still open.

        Raises
        ------
        CoderingError
            As :meth:`decide_all`; nothing is accepted then.
        """
        transcripts, codebook = self._by_name(), self.codebook
        _, known = self._proposals()

        def decide(ledger: Ledger) -> tuple[Decision, ...]:
            acts = [
                Act(Verdict.ACCEPT, one, reason=reason, shown=shown, drawn="bulk")
                for one in suggestions
                if not settled(item_of(one), mine(ledger, item_of(one).place, coder), known)
            ]
            return decisions_for(acts, ledger, coder=coder, transcripts=transcripts, codebook=codebook, action=action)

        return self._keep(decide, coder=coder, action=action, shown=suggestions)

    def mark_read(self, transcript: str, *, coder: str, shown: bool = False, action: str = "") -> tuple[Decision, ...]:
        """Say that a coder read a whole transcript: every turn of a participant that was not marked yet, as one act.

        Without it a turn counts as read only where it was marked, so that what nobody looked at is not taken for "not
        there". For `shown` see :class:`codering.codings.Decision`, for `action` :meth:`decide_all`.

        Raises
        ------
        CoderingError
            If there is no such transcript, or the coder is known in another spelling.
        """
        talk = self.transcript(transcript)
        whole = [talk.whole(turn) for turn in talk.spoken_turns()]
        transcripts, codebook = self._by_name(), self.codebook

        def decide(ledger: Ledger) -> tuple[Decision, ...]:
            unread = [
                Act(Verdict.READ, segment=segment, shown=shown)
                for segment in whole
                if all(one.verdict is not Verdict.READ for one in mine(ledger, (transcript, segment.turn), coder))
            ]
            return decisions_for(unread, ledger, coder=coder, transcripts=transcripts, codebook=codebook, action=action)

        return self._keep(decide, coder=coder, action=action)

    def _laid_out(self, asking: Asking, entries: tuple[Entry, ...]) -> LaidOut:
        """What a kept queue stands for, as worked out before unless something changed."""
        laid = self._laid.get((asking.coder, asking.key))
        same = laid is not None and laid.wanted is asking.wanted and laid.transcripts is asking.transcripts
        if laid is None or not same or laid.entries != entries:
            if len(self._laid) > _REMEMBERED:
                self._laid.clear()
            laid = self._laid[asking.coder, asking.key] = asking.laid_out(entries)
        return laid

    def _wanted(self, filters: Filters, hidden: frozenset[str]) -> tuple[Suggestion, ...]:
        """The suggestions that are asked for, as worked out before unless something changed."""
        (best, _), codebook = self._proposals(), self.codebook
        if self._admitted[0] is not best or self._admitted[1] is not codebook or len(self._admitted[2]) > _REMEMBERED:
            self._admitted = (best, codebook, {})
        known = self._admitted[2]
        if (filters, hidden) not in known:
            known[filters, hidden] = tuple(
                one for one in best if one.segment.transcript not in hidden and filters.admits(one, codebook)
            )
        return known[filters, hidden]

    def _asking(self, coder: str, order: Order, filters: Filters | None) -> Asking:
        filters, hidden = filters or Filters(), self.hidden_from(coder)
        seen = self.revision("suggestions", "transcripts")
        _, every = self._proposals()
        return Asking(
            coder=coder,
            order=order,
            filters=filters,
            seen=seen,
            wanted=self._wanted(filters, hidden),
            every=every,
            hidden=hidden,
            openness=self._openness_of(coder, seen, every),
            transcripts=self._by_name(),
            drawn=lambda: self.sample().order,
        )

    def _openness_of(self, coder: str, seen: int, every: Mapping[str, Suggestion]) -> Openness:
        """What this coder has settled, as worked out before, unless suggestions changed since."""
        kept = self._openness.get(coder)
        if kept is None or kept[0] != seen:
            kept = self._openness[coder] = (seen, Openness(coder, every))
        return kept[1].upto(self._now())

    def _proposals(self) -> tuple[tuple[Suggestion, ...], dict[str, Suggestion]]:
        """The suggestions that hold now, best of each turn, code and stance; and all by id, answered ones included."""
        revisions = self._store.revisions()
        return self._proposed.get(
            (revisions["suggestions"], revisions["transcripts"]),
            lambda: (self.suggestions(best=True), {one.id: one for one in self.suggestions(current=False)}),
        )
