"""Words that bear on the stance of an utterance: the list in ``data/stance.yaml``, and the cues of one turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple

from codering.codings import Stance
from codering.language.words import yaml


class CueKind(StrEnum):
    """What a cue does; see the head of ``data/stance.yaml``."""

    NEGATION = "negation"
    DENIAL = "denial"
    CLAUSAL = "clausal"
    PSEUDO = "pseudo"
    TERMINATOR = "terminator"
    EMBEDDING = "embedding"
    SUBORDINATE = "subordinate"
    CAUSE = "cause"
    PAST = "past"
    EARLIER = "earlier"
    ELSEWHERE = "elsewhere"
    PRESENT = "present"
    HERE = "here"
    SAME = "same"
    CONTINUED = "continued"
    ENDED = "ended"
    REPORTED = "reported"
    HYPOTHETICAL = "hypothetical"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class CueExample:
    """A sentence with the stance that a cue gives it.

    Attributes
    ----------
    text
        What somebody could say.
    about
        The word that a rule found.
    stance
        What follows.
    """

    text: str
    about: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that bear on the stance.

    Attributes
    ----------
    id, kind
        Its name and what it does.
    says
        Phrases, in the syntax of rules.
    before, after
        How many words before and after the cue it reaches.
    source
        Where it comes from.
    examples
        Sentences that a test runs.
    """

    id: str
    kind: CueKind
    says: tuple[str, ...]
    before: int
    after: int
    source: str
    examples: tuple[CueExample, ...]


class FoundCue(NamedTuple):
    """A cue in a turn.

    Attributes
    ----------
    cue
        Which.
    words
        The places of its words, ascending.
    core
        The places of those that deny (``geen`` of ``geen last``); all, if none is a negation.
    """

    cue: Cue
    words: tuple[int, ...]
    core: frozenset[int]

    @property
    def kind(self) -> CueKind:
        """What the cue does."""
        return self.cue.kind


MOVING: Final = frozenset(
    {
        CueKind.NEGATION, CueKind.DENIAL, CueKind.CLAUSAL, CueKind.PAST, CueKind.EARLIER, CueKind.ELSEWHERE,
        CueKind.ENDED, CueKind.REPORTED, CueKind.HYPOTHETICAL,
    }
)  # fmt: skip
"""Kinds without which the others have nothing to say."""

STATING: Final = frozenset({CueKind.NEGATION, CueKind.DENIAL, CueKind.CLAUSAL})
"""Kinds that deny."""


@cache
def cues() -> tuple[Cue, ...]:
    """The cues that come with the package."""
    data = yaml(Path(__file__).parent / "data" / "stance.yaml")
    return tuple(
        Cue(
            id=entry["id"],
            kind=CueKind(entry["kind"]),
            says=tuple(entry["says"]),
            before=entry.get("before", 0),
            after=entry.get("after", 0),
            source=entry["source"],
            examples=tuple(CueExample(e["text"], e["about"], Stance(e["stance"])) for e in entry["examples"]),
        )
        for entry in data["cues"]
    )


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one turn that count, by kind.

    Attributes
    ----------
    by_kind
        In the order of the text.
    moving
        Where the cues begin without which the others have nothing to say.
    """

    by_kind: dict[CueKind, list[FoundCue]]
    moving: tuple[int, ...]


NO_CUES: Final = Cues({}, ())


def weighed(found: Sequence[FoundCue]) -> Cues:
    """Leave out the cues that a pseudo-negation silences, and those that are part of one that says more."""
    false = [cue for cue in found if cue.cue.kind is CueKind.PSEUDO]
    wider = [cue for cue in found if cue.cue.kind in _WIDER]
    by_kind: dict[CueKind, list[FoundCue]] = {}
    for cue in sorted(found, key=_WORDS):
        kind = cue.cue.kind
        if false and kind in _SILENCED and any(_silences(one, cue) for one in false):
            continue
        if wider and kind in STATING and _inside_other(cue, wider):
            continue
        by_kind.setdefault(kind, []).append(cue)
    moving = tuple(cue.words[0] for kind, some in by_kind.items() if kind in MOVING for cue in some)
    return Cues(by_kind, moving) if moving else NO_CUES


def _silences(false: FoundCue, cue: FoundCue) -> bool:
    """Whether a false cue holds what a cue denies with, and is no part of it: ``doen we niet aan`` says more."""
    return not cue.core.isdisjoint(false.words) and not set(false.words) < set(cue.words)


def _inside_other(cue: FoundCue, others: Iterable[FoundCue]) -> bool:
    """Whether the cue is part of one that says more: ``geen`` of ``geen last``, ``is niet zo`` of ``niet zo dat``."""
    rank = _RANK[cue.kind]
    return any(_RANK[other.kind] > rank and not cue.core.isdisjoint(other.words) for other in others)


_WORDS: Final = attrgetter("words")
_SILENCED: Final = frozenset({CueKind.NEGATION, CueKind.DENIAL, CueKind.ENDED, CueKind.TERMINATOR})
_WIDER: Final = STATING - {CueKind.NEGATION}
_RANK: Final = {CueKind.NEGATION: 0, CueKind.DENIAL: 1, CueKind.CLAUSAL: 2}
