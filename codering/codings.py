"""Codings: what was suggested, what a person decided, and what holds now.

A :class:`Suggestion` is a machine's proposal. A :class:`Decision` is a person's act; decisions are only ever
added. A :class:`Coding` is what follows from the decisions: :func:`codings_from` is a pure fold, and without a
decision there is no coding.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final, Literal

from codering.errors import CoderingError, Message
from codering.transcripts import Segment


class Stance(StrEnum):
    """Whether the speaker experiences what the code says, or says that it is not so."""

    CONFIRMS = "bevestigt"
    DENIES = "ontkent"


STANCES: Final = {Stance.CONFIRMS: Message("confirms"), Stance.DENIES: Message("denies")}
"""What a reader calls them."""

_WRITTEN: Final = {stance: f'"{stance.value}"' for stance in Stance}  # as JSON; looking it up beats asking the enum


class Verdict(StrEnum):
    """What a coder did.

    ``ACCEPT``, ``REJECT`` and ``CHANGE`` answer a suggestion; ``CHANGE`` can also amend an earlier decision's
    coding; ``ADD`` codes words that nothing suggested; ``WITHDRAW`` takes an earlier decision back (also a
    withdrawal, which is redo); ``READ`` says that a turn was read, so that codes it does not carry count as
    "not there" instead of "not looked at".
    """

    ACCEPT = "accept"
    REJECT = "reject"
    CHANGE = "change"
    WITHDRAW = "withdraw"
    ADD = "add"
    READ = "read"


EvidenceKind = Literal["match", "cue", "context", "feature", "neighbour", "note"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a suggestion.

    Attributes
    ----------
    kind
        ``match``: words that a rule matched; ``cue``: words that set the stance; ``context``: another turn that
        counted (the previous one, the moderator's question); ``feature``: words that weighed in a model;
        ``neighbour``: a similar passage that a person decided; ``note``: anything else.
    words
        The words, as they stand in the text (for a feature: as the model knows them).
    segment
        Where they stand; None if the reason is not a place in the text.
    weight
        How much it counted, in log-odds; None where that has no meaning.
    detail
        A rule id, a decision, a code: what the words alone do not say.
    """

    kind: EvidenceKind
    words: str
    segment: Segment | None = None
    weight: float | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A machine's proposal to code some words.

    Attributes
    ----------
    segment
        The words. For a proposal about a whole turn: the whole turn.
    code
        The id of the code.
    stance
        As the machine reads it.
    source
        ``rule:ID`` or ``learned:VERSION``.
    score
        Estimated probability that a coder accepts it, in [0, 1]. For an uncalibrated rule: the rule's weight.
    evidence
        The reasons, heaviest first.
    """

    segment: Segment
    code: str
    stance: Stance
    source: str
    score: float
    evidence: tuple[Evidence, ...] = ()
    id: str = field(init=False)
    """Hash of segment, code, stance and source (not of the score): a rerun adds nothing, a rejection sticks."""

    def __post_init__(self) -> None:
        place = self.segment
        where = f"{_quoted(place.transcript)},{place.turn},{place.start},{place.end}"
        content = f"[{where},{_quoted(self.code)},{_WRITTEN[self.stance]},{_quoted(self.source)}]"
        object.__setattr__(self, "id", hashlib.sha256(content.encode()).hexdigest()[:24])

    @property
    def kind(self) -> str:
        """``rule`` or ``learned``: the part of the source before the colon."""
        return self.source.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that a coder decided, once and for all.

    Attributes
    ----------
    id
        Unique; also the identity of the coding that follows from it.
    coder
        Who decided.
    time
        When, ISO 8601 in UTC with microseconds.
    verdict
        What was decided.
    segment, code, stance
        What it is about. A withdrawal has none of them; a reading has only a segment, the whole turn.
    suggestion
        The suggestion that it answers, or None.
    target
        The earlier decision that it changes or withdraws, or None.
    reason
        In the coder's own words; may be empty.
    shown
        Whether a suggestion for this turn was visible when the coder decided, so that anchoring can be measured.
    drawn
        How the turn came before the coder: ``"random"`` if it was drawn at random to estimate what was missed,
        otherwise the name of the queue's order, or empty.
    batch
        Decisions of one act (a bulk acceptance) share a batch, and are undone together; empty otherwise.
    """

    id: str
    coder: str
    time: str
    verdict: Verdict
    segment: Segment | None = None
    code: str | None = None
    stance: Stance | None = None
    suggestion: str | None = None
    target: str | None = None
    reason: str = ""
    shown: bool = False
    drawn: str = ""
    batch: str = ""

    def __post_init__(self) -> None:
        whole = self.segment is not None and self.code is not None and self.stance is not None
        asks = {
            Verdict.ADD: whole,
            Verdict.ACCEPT: whole and self.suggestion is not None,
            Verdict.REJECT: whole and self.suggestion is not None,
            Verdict.CHANGE: whole and (self.suggestion is not None or self.target is not None),
            Verdict.WITHDRAW: self.target is not None,
            Verdict.READ: self.segment is not None and self.code is None,
        }
        if not self.coder.strip():
            raise CoderingError("A decision needs the name of its coder.")
        if not asks[self.verdict]:
            raise CoderingError("A decision to {verdict} lacks what it is about.", verdict=self.verdict.value)


@dataclass(frozen=True, slots=True, order=True)
class Coding:
    """Words that carry a code, according to one coder, now.

    Attributes
    ----------
    segment, code, stance, coder
        Which words, which code, how, according to whom.
    id
        The id of the decision that first made it; it survives changes.
    decision
        The id of the decision that gave it its present form.
    origin
        ``"added"``, ``"accepted"`` or ``"changed"``.
    """

    segment: Segment
    code: str
    stance: Stance
    coder: str
    id: str
    decision: str
    origin: str


@dataclass(frozen=True, slots=True)
class Memo:
    """A note of a coder, on a transcript, a segment, a code or a coding.

    Attributes
    ----------
    id
        Unique; a later memo with the same id replaces the text (and the old one is kept).
    coder, time, text
        Who wrote it, when (ISO 8601, UTC), and what.
    about
        ``project``, ``transcript:NAME``, ``code:ID`` or ``coding:ID``.
    """

    id: str
    coder: str
    time: str
    text: str
    about: str


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that were not withdrawn, in order.

    A withdrawal may itself be withdrawn (redo). A withdrawal counts only for an earlier decision of the same coder.
    The same decision met twice counts once, so that merging two copies of a project is harmless.
    """
    ordered = tuple({decision.id: decision for decision in decisions}.values())
    place = {decision.id: index for index, decision in enumerate(ordered)}
    withdrawn: set[str] = set()
    # From the last to the first: whether a withdrawal holds is known before what it takes back is met.
    for index in range(len(ordered) - 1, -1, -1):
        decision = ordered[index]
        if decision.verdict is not Verdict.WITHDRAW or decision.id in withdrawn or decision.target is None:
            continue
        earlier = place.get(decision.target, len(ordered))
        if earlier < index and ordered[earlier].coder == decision.coder:
            withdrawn.add(decision.target)
    return tuple(d for d in ordered if d.id not in withdrawn and d.verdict is not Verdict.WITHDRAW)


def codings_from(decisions: Iterable[Decision]) -> tuple[Coding, ...]:
    """Work out which codings hold after these decisions.

    Parameters
    ----------
    decisions
        In the order in which they were made, of any number of coders.

    Returns
    -------
    tuple of Coding
        Sorted by place, code, stance and coder. Two decisions of one coder that give the same words the same code
        and stance make one coding.

    Notes
    -----
    Pure, and idempotent: ``codings_from(d + d) == codings_from(d)``. A later decision of a coder on the same
    suggestion replaces the earlier one. A change of a decision that was withdrawn falls with it.
    """
    codings: dict[str, Coding] = {}
    identities: dict[str, str] = {}
    answered: dict[tuple[str, str], str] = {}
    for decision in standing(decisions):
        if decision.verdict is Verdict.READ:
            continue
        identity = decision.id
        if decision.target is not None:
            identity = identities.get(decision.target, "")
            if identity not in codings or codings[identity].coder != decision.coder:
                continue
        elif decision.suggestion is not None:
            codings.pop(answered.get((decision.coder, decision.suggestion), ""), None)
            answered[decision.coder, decision.suggestion] = identity
        identities[decision.id] = identity
        if decision.verdict is not Verdict.REJECT:
            codings[identity] = _coding(decision, identity)
    first: dict[tuple[Segment, str, Stance, str], Coding] = {}
    for coding in codings.values():
        first.setdefault((coding.segment, coding.code, coding.stance, coding.coder), coding)
    return tuple(sorted(first.values()))


def _coding(decision: Decision, identity: str) -> Coding:
    origin = {Verdict.ADD: "added", Verdict.ACCEPT: "accepted"}.get(decision.verdict, "changed")
    assert decision.segment is not None
    assert decision.code is not None
    assert decision.stance is not None
    return Coding(
        segment=decision.segment,
        code=decision.code,
        stance=decision.stance,
        coder=decision.coder,
        id=identity,
        decision=decision.id,
        origin=origin,
    )


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    """Write a text as JSON. Ids are hashes of JSON, are stored, and decisions name them: this form must stay."""
    return json.dumps(text, ensure_ascii=False)
