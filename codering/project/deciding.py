"""From what a coder does to decisions: verdicts are checked, undo and redo become withdrawals.

Pure: given the decisions so far, the decisions to add.

An act that comes from a page has a name that the page gave it (``action``). The ids of its decisions follow from that
name, so that an act that is sent twice, because a page was reloaded before it heard that the first was kept, is the
same act.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from codering.codebooks import Codebook
from codering.codings import Coding, Decision, Stance, Suggestion, Verdict, codings_from
from codering.crosswalk import counted_as
from codering.errors import CoderingError
from codering.project.history import REDO, UNDO, Deed
from codering.project.ledger import Ledger
from codering.project.signing import signed
from codering.transcripts import Place, Segment, Transcript, Turn


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


def action_id(coder: str, action: str, index: int = 0) -> str:
    """The id of the decision number `index` of an act with this name; of something new if it has no name."""
    if not action:
        return new_id()
    return hashlib.sha256(json.dumps([coder, action, index]).encode()).hexdigest()[:32]


def done_before(ledger: Ledger, coder: str, action: str) -> Deed:
    """The decisions that an act of this name came to when it was first sent; empty if it is new."""
    found: list[Decision] = []
    while action and (earlier := ledger.get(action_id(coder, action, len(found)))) is not None:
        found.append(earlier)
    return tuple(found)


def decisions_for(
    acts: Sequence[Act],
    ledger: Ledger,
    *,
    coder: str,
    transcripts: Mapping[str, Transcript],
    codebook: Codebook,
    action: str = "",
) -> tuple[Decision, ...]:
    """The decisions that these acts come to, one for each.

    Parameters
    ----------
    acts
        Done together: more than one share a batch, and are undone together.
    ledger
        Every decision of everyone.
    coder
        Who acts.
    transcripts
        By name.
    codebook
        The one in force.
    action
        The name of the act; empty if it has none.

    Raises
    ------
    CoderingError
        If one of the acts is not possible: a place that is not in the transcript, a turn of a moderator, a code that
        is not in the codebook, a suggestion or target that is lacking, a coding that is there already. Or if the coder
        is known in another spelling.
    """
    coder = signed(coder, ledger.coders)
    check = _Check(ledger, coder, transcripts, codebook)
    batch = action_id(coder, action, -1) if len(acts) > 1 else ""
    time = now()
    made = []
    for index, act in enumerate(acts):
        fitting = check.fit(act)
        made.append(
            Decision(
                id=action_id(coder, action, index),
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


def undo(ledger: Ledger, *, coder: str, action: str = "") -> tuple[Decision, ...]:
    """Withdrawals of the last thing that the coder did and that was not undone; none if there is no such thing."""
    return _withdrawals(ledger.to_undo(coder), coder, UNDO, action)


def redo(ledger: Ledger, *, coder: str, action: str = "") -> tuple[Decision, ...]:
    """Withdrawals of the last undo; none if the coder did something else since then."""
    return _withdrawals(ledger.to_redo(coder), coder, REDO, action)


class _Check:
    """What an act is checked against; what is costly is worked out when an act asks for it."""

    def __init__(self, ledger: Ledger, coder: str, transcripts: Mapping[str, Transcript], codebook: Codebook) -> None:
        self._ledger = ledger
        self._coder = coder
        self._transcripts = transcripts
        self._codebook = codebook
        self._added: set[tuple[Segment, str, Stance]] = set()
        self._withdrawn: set[str] = set()
        """What acts before this one add and take back."""

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
            target = self._standing(act.target)
            found = None
            if target is not None and target.segment is not None:
                here = self._codings(target.segment.place)
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
        if segment.place != earlier.segment.place:
            raise CoderingError("A coding can be moved within its turn only. Remove it and code the other turn.")
        self._checked(segment)
        code = self._codebook.code(act.code or counted_as(self._codebook, earlier.code, "code") or earlier.code).id
        return replace(act, segment=segment, code=code, stance=act.stance or earlier.stance)

    def _add(self, act: Act) -> Act:
        if act.segment is None or act.code is None:
            raise CoderingError("To code something, choose the words and a code.")
        self._checked(act.segment)
        stance = act.stance or Stance.CONFIRMS
        key = (act.segment, self._codebook.code(act.code).id, stance)
        held = {(one.segment, one.code, one.stance) for one in self._codings(act.segment.place)}
        if key in held | self._added:
            raise CoderingError("You gave these words this code already.")
        self._added.add(key)
        return replace(act, stance=stance, suggestion=None, target=None)

    def _withdraw(self, act: Act) -> Act:
        target = self._standing(act.target)
        if target is None:
            raise CoderingError("This decision is not one of yours, or it was taken back already. Reload the page.")
        self._withdrawn.add(target.id)
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
        refuse_wordless(transcript, segment)
        refuse_moderator(transcript, transcript.turn(segment.turn))
        return transcript

    def _standing(self, identity: str | None) -> Decision | None:
        """A decision of the coder that was not taken back, nor is itself taking back; None if there is none."""
        found = self._ledger.get(identity or "")
        mine = found is not None and found.coder == self._coder and found.verdict is not Verdict.WITHDRAW
        return found if found is not None and mine and self._ledger.holds(found) else None

    def _codings(self, where: Place) -> tuple[Coding, ...]:
        """The coder's codings in one turn: a change stays within its turn, so a turn can be looked at by itself."""
        if not self._withdrawn:
            return tuple(one for one in self._ledger.codings_at(where) if one.coder == self._coder)
        mine = (one for one in self._ledger.standing(where) if one.coder == self._coder)
        return codings_from(one for one in mine if one.id not in self._withdrawn)


def refuse_wordless(transcript: Transcript, segment: Segment) -> None:
    """Raise a CoderingError if a segment holds no words, a TranscriptError if it is not one of the transcript."""
    if not transcript.quote(segment).strip():
        raise CoderingError(
            "{name}, turn {turn}: there are no words between {start} and {end}.",
            name=segment.transcript,
            turn=segment.turn,
            start=segment.start,
            end=segment.end,
        )


def refuse_moderator(transcript: Transcript, turn: Turn) -> None:
    """Raise a CoderingError if a moderator speaks in a turn."""
    if not transcript.is_participant(turn):
        raise CoderingError(
            "{name}, turn {turn}: a moderator speaks here, and only participants are coded. If the role is wrong, "
            "correct it first.",
            name=transcript.name,
            turn=turn.number,
        )


def _withdrawals(deed: Deed, coder: str, kind: str, action: str) -> tuple[Decision, ...]:
    batch, time = kind + action_id(coder, action, -1), now()
    return tuple(
        Decision(
            id=action_id(coder, action, index),
            coder=coder,
            time=time,
            verdict=Verdict.WITHDRAW,
            target=decision.id,
            batch=batch,
        )
        for index, decision in enumerate(deed)
    )
