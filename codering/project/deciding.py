"""From what a coder does to decisions, and back again: verdicts are checked, undo and redo are worked out.

Pure: given the decisions so far, the decisions to add. Undo is not a memory of the program but follows from what is
stored, so that it survives a reload and works from another computer: an undo is a batch of withdrawals whose name
begins with ``undo:``, a redo withdraws those withdrawals.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from codering.codebooks import Codebook
from codering.codings import Coding, Decision, Stance, Suggestion, Verdict, codings_from, standing
from codering.errors import CoderingError
from codering.transcripts import Segment, Transcript

UNDO: Final = "undo:"
REDO: Final = "redo:"


@dataclass(frozen=True, slots=True)
class Act:
    """What a coder does, before it is known to be possible.

    Attributes
    ----------
    verdict
        What is done.
    suggestion
        For ``ACCEPT`` and ``REJECT``, and for ``CHANGE`` of a suggestion.
    target
        For ``WITHDRAW``: the id of the decision to take back. For ``CHANGE`` of a coding: its id.
    segment, code, stance
        For ``ADD`` (without a stance: confirms), and what becomes different by a ``CHANGE``. For ``READ``: any words
        of the turn.
    reason, shown, drawn
        As of :class:`codering.codings.Decision`.
    """

    verdict: Verdict
    suggestion: Suggestion | None = None
    target: str | None = None
    segment: Segment | None = None
    code: str | None = None
    stance: Stance | None = None
    reason: str = ""
    shown: bool = False
    drawn: str = ""


def now() -> str:
    """The time in UTC, ISO 8601 with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def new_id() -> str:
    """An id that nothing else has: 32 hexadecimal digits."""
    return uuid.uuid4().hex


def decisions_for(
    acts: Sequence[Act],
    so_far: Sequence[Decision],
    *,
    coder: str,
    transcripts: Mapping[str, Transcript],
    codebook: Codebook,
) -> tuple[Decision, ...]:
    """The decisions that these acts come to, one for each.

    Parameters
    ----------
    acts
        Done together: more than one share a batch, and are undone together.
    so_far
        Every decision of everyone, in order.
    coder
        Who acts.
    transcripts
        By name.
    codebook
        The one in force.

    Raises
    ------
    CoderingError
        If one of the acts is not possible: a place that is not in the transcript, a turn of a moderator, a code that
        is not in the codebook, a suggestion or target that is lacking, a coding that is there already.
    """
    check = _Check(so_far, coder, transcripts, codebook)
    batch = new_id() if len(acts) > 1 else ""
    time = now()
    made = []
    for act in acts:
        fitting = check.fit(act)
        made.append(
            Decision(
                id=new_id(),
                coder=coder,
                time=time,
                verdict=fitting.verdict,
                segment=fitting.segment,
                code=fitting.code,
                stance=fitting.stance,
                suggestion=fitting.suggestion.id if fitting.suggestion else None,
                target=fitting.target,
                reason=fitting.reason,
                shown=fitting.shown,
                drawn=fitting.drawn,
                batch=batch,
            )
        )
    return tuple(made)


def undo(so_far: Sequence[Decision], *, coder: str) -> tuple[Decision, ...]:
    """Withdrawals of the last thing that the coder did and that was not undone; none if there is no such thing."""
    done, _ = _history(so_far, coder)
    return _withdrawals(done[-1], coder, UNDO) if done else ()


def redo(so_far: Sequence[Decision], *, coder: str) -> tuple[Decision, ...]:
    """Withdrawals of the last undo; none if the coder did something else since then."""
    _, undone = _history(so_far, coder)
    return _withdrawals(undone[-1][1], coder, REDO) if undone else ()


class _Check:
    """What an act is checked against; what is costly is worked out when an act asks for it."""

    def __init__(
        self, so_far: Sequence[Decision], coder: str, transcripts: Mapping[str, Transcript], codebook: Codebook
    ) -> None:
        self._standing = {one.id: one for one in standing(one for one in so_far if one.coder == coder)}
        self._transcripts = transcripts
        self._codebook = codebook
        self._added: dict[_Place, set[tuple[Segment, str, Stance]]] = {}

    def fit(self, act: Act) -> Act:
        """Fill in what follows from a suggestion or an earlier coding, and refuse what is not possible."""
        fill = {
            Verdict.ACCEPT: self._answer,
            Verdict.REJECT: self._answer,
            Verdict.CHANGE: self._change,
            Verdict.ADD: self._add,
            Verdict.WITHDRAW: self._withdraw,
            Verdict.READ: self._read,
        }
        return fill[act.verdict](act)

    def _answer(self, act: Act) -> Act:
        suggestion = act.suggestion
        if suggestion is None:
            raise CoderingError("To accept or reject, choose a suggestion.")
        self._checked(suggestion.segment)
        if act.verdict is Verdict.ACCEPT:  # a code that is gone from the codebook can still be rejected
            self._codebook.code(suggestion.code)
        return replace(act, segment=suggestion.segment, code=suggestion.code, stance=suggestion.stance, target=None)

    def _change(self, act: Act) -> Act:
        earlier: Suggestion | Coding
        if act.target is not None:
            target = self._standing.get(act.target)
            found = None
            if target is not None and target.segment is not None:
                here = self._codings(_place(target.segment))
                found = next((one for one in here if act.target in (one.id, one.decision)), None)
            if found is None:
                raise CoderingError("This coding is not one of yours, or it no longer holds. Reload the page.")
            earlier = found
            act = replace(act, target=found.decision)
        elif act.suggestion is not None:
            earlier = act.suggestion
        else:
            raise CoderingError("To change something, choose a suggestion or a coding.")
        segment = act.segment or earlier.segment
        if _place(segment) != _place(earlier.segment):
            raise CoderingError("A coding can be moved within its turn only. Remove it and code the other turn.")
        self._checked(segment)
        code = self._codebook.code(act.code or earlier.code).id
        return replace(act, segment=segment, code=code, stance=act.stance or earlier.stance)

    def _add(self, act: Act) -> Act:
        if act.segment is None or act.code is None:
            raise CoderingError("To code something, choose the words and a code.")
        self._checked(act.segment)
        stance = act.stance or Stance.CONFIRMS
        key = (act.segment, self._codebook.code(act.code).id, stance)
        where = _place(act.segment)
        if where not in self._added:
            self._added[where] = {(one.segment, one.code, one.stance) for one in self._codings(where)}
        if key in self._added[where]:
            raise CoderingError("You gave these words this code already.")
        self._added[where].add(key)
        return replace(act, stance=stance, suggestion=None, target=None)

    def _withdraw(self, act: Act) -> Act:
        if act.target not in self._standing:
            raise CoderingError("This decision is not one of yours, or it was taken back already. Reload the page.")
        return replace(act, suggestion=None, segment=None, code=None, stance=None)

    def _read(self, act: Act) -> Act:
        if act.segment is None:
            raise CoderingError("To mark a turn as read, choose the turn.")
        transcript = self._checked(act.segment)
        whole = transcript.whole(transcript.turn(act.segment.turn))
        return replace(act, segment=whole, code=None, stance=None, suggestion=None, target=None)

    def _checked(self, segment: Segment) -> Transcript:
        if segment.transcript not in self._transcripts:
            raise CoderingError("There is no transcript named {name} in this project.", name=segment.transcript)
        transcript = self._transcripts[segment.transcript]
        if not transcript.quote(segment).strip():
            raise CoderingError(
                "{name}, turn {turn}: there are no words between {start} and {end}.",
                name=segment.transcript,
                turn=segment.turn,
                start=segment.start,
                end=segment.end,
            )
        if not transcript.is_participant(transcript.turn(segment.turn)):
            raise CoderingError(
                "{name}, turn {turn}: a moderator speaks here, and only participants are coded. If the role is wrong, "
                "correct it first.",
                name=segment.transcript,
                turn=segment.turn,
            )
        return transcript

    def _codings(self, where: _Place) -> tuple[Coding, ...]:
        """The coder's codings in one turn: a change stays within its turn, so a turn can be looked at by itself."""
        return codings_from(self._by_turn.get(where, ()))

    @cached_property
    def _by_turn(self) -> dict[_Place, list[Decision]]:
        turns: dict[_Place, list[Decision]] = {}
        for decision in self._standing.values():
            if decision.segment is not None:
                turns.setdefault(_place(decision.segment), []).append(decision)
        return turns


_Place = tuple[str, int]


def _place(segment: Segment) -> _Place:
    return segment.transcript, segment.turn


_Act = tuple[Decision, ...]


def _history(so_far: Iterable[Decision], coder: str) -> tuple[list[_Act], list[tuple[_Act, _Act]]]:
    """What can be undone, and what can be redone with the withdrawals that undid it; the last one comes first."""
    done: list[_Act] = []
    undone: list[tuple[_Act, _Act]] = []
    for act in _acts(decision for decision in so_far if decision.coder == coder):
        targets = {decision.target for decision in act}
        batch = act[0].batch
        if batch.startswith(UNDO):
            back = _last(done, targets)
            if back is not None:
                undone.append((done.pop(back), act))
        elif batch.startswith(REDO):
            again = _last([withdrawals for _, withdrawals in undone], targets)
            if again is not None:
                done.append(undone.pop(again)[0])
        else:
            done.append(act)
            undone.clear()
    return done, undone


def _acts(decisions: Iterable[Decision]) -> tuple[_Act, ...]:
    """Decisions of one batch together, each decision once."""
    groups: dict[str, dict[str, Decision]] = {}
    for decision in decisions:
        groups.setdefault(decision.batch or decision.id, {})[decision.id] = decision
    return tuple(tuple(group.values()) for group in groups.values())


def _last(acts: Sequence[_Act], ids: set[str | None]) -> int | None:
    for index in range(len(acts) - 1, -1, -1):
        if {decision.id for decision in acts[index]} == ids:
            return index
    return None


def _withdrawals(act: _Act, coder: str, kind: str) -> tuple[Decision, ...]:
    batch, time = kind + new_id(), now()
    return tuple(
        Decision(id=new_id(), coder=coder, time=time, verdict=Verdict.WITHDRAW, target=decision.id, batch=batch)
        for decision in act
    )
