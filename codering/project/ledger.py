"""What follows from the decisions, kept up to date decision by decision.

:func:`codering.codings.codings_from` says what decisions mean; folding tens of thousands of them again after each
keypress would make a reviewer wait. A change stays within its turn, so each turn can be folded by itself, and a new
decision costs one turn. Tests compare both after every decision.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from threading import RLock

from codering.codings import Coding, Decision, Verdict, codings_from
from codering.project.history import Deed, History, deeds
from codering.transcripts import Place


class Ledger:
    """Decisions, indexed; what is asked is worked out once and kept until a decision touches it.

    Notes
    -----
    Safe to use from several threads. It only ever grows, unless it is given decisions that do not begin with those
    that it has: then it starts again.
    """

    def __init__(self) -> None:
        self._lock = RLock()
        self._clear()

    def _clear(self) -> None:
        self._all: tuple[Decision, ...] = ()
        self._by_id: dict[str, Decision] = {}
        self._withdrawals: Counter[str] = Counter()
        """By decision: how many withdrawals of it hold."""
        self._takes: dict[str, str] = {}
        """By withdrawal: the decision that it takes back, if that was there before it and of the same coder."""
        self._turns: dict[Place, list[Decision]] = defaultdict(list)
        self._folded: dict[str, dict[int, tuple[Coding, ...]]] = defaultdict(dict)
        self._stale: dict[str, set[int]] = defaultdict(set)
        self._codings: dict[str, tuple[Coding, ...]] = {}
        self._everywhere: tuple[Coding, ...] | None = None
        self._histories: dict[str, History] = defaultdict(History)
        self._batches: set[tuple[str, str]] = set()
        self._coders: dict[str, None] = {}

    def upto(self, decisions: tuple[Decision, ...]) -> Ledger:
        """Take in the decisions that are new, and return itself.

        Parameters
        ----------
        decisions
            All of everyone, in order, as the store gives them.
        """
        with self._lock:
            known = self._all
            if len(decisions) < len(known) and decisions and decisions[-1] is known[len(decisions) - 1]:
                return self  # another thread has read further
            if known and (len(decisions) < len(known) or decisions[len(known) - 1] is not known[-1]):
                self._clear()
                known = ()
            if len(decisions) > len(known):
                self._take_in(decisions[len(known) :])
                self._all = decisions
            return self

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All decisions, in order."""
        return self._all

    @property
    def coders(self) -> tuple[str, ...]:
        """Everyone who decided something, in the order in which they first did."""
        return tuple(self._coders)

    def get(self, identity: str) -> Decision | None:
        """The decision with this id, also if it was withdrawn."""
        return self._by_id.get(identity)

    def place_of(self, decision: Decision) -> Place:
        """The turn that a decision is about; of a withdrawal, that of what it takes back in the end."""
        about = decision
        while about.id in self._takes:
            about = self._by_id[self._takes[about.id]]
        return about.segment.place if about.segment else ("", 0)

    def holds(self, decision: Decision) -> bool:
        """Whether a decision was not withdrawn."""
        return not self._withdrawals[decision.id]

    def standing(self, place: Place) -> tuple[Decision, ...]:
        """What was decided about one turn and not withdrawn, in order."""
        with self._lock:
            return tuple(one for one in self._turns.get(place, ()) if self.holds(one))

    def all_standing(self) -> tuple[Decision, ...]:
        """Every decision that was not withdrawn, withdrawals aside, in order: as :func:`codering.codings.standing`."""
        with self._lock:
            return tuple(d for d in self._by_id.values() if d.verdict is not Verdict.WITHDRAW and self.holds(d))

    def codings(self, transcript: str | None = None) -> tuple[Coding, ...]:
        """Which words carry which code now, according to whom, by place."""
        with self._lock:
            if transcript is not None:
                return self._of(transcript)
            if self._everywhere is None:
                names = sorted(self._folded.keys() | self._stale.keys())
                self._everywhere = tuple(one for name in names for one in self._of(name))
            return self._everywhere

    def codings_at(self, place: Place) -> tuple[Coding, ...]:
        """The codings of one turn."""
        with self._lock:
            self._refold(place[0])
            return self._folded.get(place[0], {}).get(place[1], ())

    def to_undo(self, coder: str) -> Deed:
        """What an undo of this coder would take back; empty if there is nothing."""
        with self._lock:
            return self._histories[coder].to_undo

    def to_redo(self, coder: str) -> Deed:
        """The withdrawals that a redo of this coder would take back; empty if there is nothing."""
        with self._lock:
            return self._histories[coder].to_redo

    def _take_in(self, decisions: tuple[Decision, ...]) -> None:
        new = {one.id: one for one in decisions if one.id not in self._by_id}
        for decision in new.values():
            self._by_id[decision.id] = decision
            self._coders[decision.coder] = None
            if decision.verdict is Verdict.WITHDRAW:
                self._withdraw(decision)
            elif decision.segment is not None:
                place = decision.segment.place
                self._turns[place].append(decision)
                self._touch(place)
        self._remember(tuple(new.values()))

    def _remember(self, new: tuple[Decision, ...]) -> None:
        by_coder: dict[str, list[Decision]] = defaultdict(list)
        for decision in new:
            by_coder[decision.coder].append(decision)
        for coder, theirs in by_coder.items():
            batches = {(coder, one.batch) for one in theirs if one.batch}
            if batches & self._batches:  # a batch came in two parts, as when copies are merged
                self._histories[coder] = History()
                theirs = [one for one in self._by_id.values() if one.coder == coder]
            self._batches |= batches
            for act in deeds(theirs):
                self._histories[coder].add(act)

    def _withdraw(self, withdrawal: Decision) -> None:
        """Let a withdrawal hold, and whatever that sets off: taking back a withdrawal gives back what that took."""
        earlier = self._by_id.get(withdrawal.target or "")
        if earlier is None or earlier is withdrawal or earlier.coder != withdrawal.coder:
            return
        self._takes[withdrawal.id] = earlier.id
        identity, change = withdrawal.id, 1
        while identity in self._takes:
            target = self._by_id[self._takes[identity]]
            before = self._withdrawals[target.id]
            self._withdrawals[target.id] = before + change
            if bool(before) == bool(before + change):
                return
            if target.segment is not None and target.verdict is not Verdict.WITHDRAW:
                self._touch(target.segment.place)
            identity, change = target.id, -change

    def _touch(self, place: Place) -> None:
        self._stale[place[0]].add(place[1])
        self._codings.pop(place[0], None)
        self._everywhere = None

    def _refold(self, transcript: str) -> None:
        for turn in self._stale.pop(transcript, ()):
            self._folded[transcript][turn] = codings_from(self.standing((transcript, turn)))

    def _of(self, transcript: str) -> tuple[Coding, ...]:
        if transcript not in self._codings:
            self._refold(transcript)
            turns = self._folded.get(transcript, {})
            self._codings[transcript] = tuple(one for turn in sorted(turns) for one in turns[turn])
        return self._codings[transcript]
