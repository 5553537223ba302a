"""A statement about what was missed, in words: verdict, figures, what to do, what is assumed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from codering.errors import Message


class Design(StrEnum):
    """How the random turns came to be read, which decides the bound."""

    ANYTIME = "anytime"
    """Turn by turn; the answer was, or could be, looked at in between."""

    PLANNED = "planned"
    """Turn by turn, and how many was fixed before the first was read."""

    GROUPS = "groups"
    """Whole focus groups were read."""


UNREAD: Final = Message("No turns were read at random, so nothing can be said about what was missed.")
NOTHING: Final = Message("No turn carries this code so far, so a share of what was found does not exist.")
ASSUMES_TURNS: Final = Message(
    "This assumes that the turns were drawn at random from all unread turns, and that the reader overlooked nothing."
)
ASSUMES_GROUPS: Final = Message(
    "Whole focus groups were read instead of turns drawn from all groups. This assumes that the groups that were read "
    "are like the others; it is an approximation, and with few groups a weak one."
)


@dataclass(frozen=True, slots=True)
class RecallStatement:
    """What may be said about one code; the unit is the turn.

    Attributes
    ----------
    code
        Its id.
    target, confidence
        What was to be shown, for example .9 with .95.
    design
        Which bound was used.
    found
        Turns known to carry the code, the hits included.
    hits, drawn, left
        Turns read at random that carried it, turns read at random, turns that are unread.
    missed_at_most
        Upper bound on the number of turns that carry the code and were not found; None if nothing was drawn.
    recall_at_least
        Lower bound on the share that was found. NaN if undefined: see `reason`.
    recall_estimate
        The share that was found, by :attr:`Tally.estimated_total`, without a margin; NaN if undefined.
    p
        Of the hypothesis that less than `target` was found; corrected over the codes. NaN if undefined.
    established
        Whether it is shown that at least `target` was found.
    more
        How many more turns to read at random until it is established, if they hold nothing new; 0 if it is; None if
        that cannot be computed, since whole groups were read or nothing was found.
    reason
        Why a value is NaN; None if none is.
    """

    code: str
    target: float
    confidence: float
    design: Design
    found: int
    hits: int
    drawn: int
    left: int
    missed_at_most: int | None
    recall_at_least: float
    recall_estimate: float
    p: float
    established: bool
    more: int | None
    reason: Message | None = None

    @property
    def headline(self) -> Message:
        """The stopping rule's verdict, in one sentence."""
        if self.established:
            return Message(
                "With {confidence}% confidence at least {target}% of the turns with this code were found.",
                confidence=_percent(self.confidence),
                target=_percent(self.target),
            )
        return self.reason or Message(
            "Not established: it has not been shown that at least {target}% of the turns with this code were found.",
            target=_percent(self.target),
        )

    @property
    def messages(self) -> tuple[Message, ...]:
        """All that may be said, for a reader without statistics: verdict, figures, what to do, what is assumed."""
        assumed = ASSUMES_GROUPS if self.design is Design.GROUPS else ASSUMES_TURNS
        parts = (self.headline, *self.figures, self.advice, assumed if self.drawn else None)
        return tuple(part for part in parts if part is not None)

    @property
    def figures(self) -> tuple[Message, ...]:
        """What was read and found, and the bound; nothing if no turn was read at random."""
        if self.missed_at_most is None:
            return ()
        read = Message(
            "Turns read at random: {drawn}; of these, {hits} carried the code.", drawn=self.drawn, hits=self.hits
        )
        if not self.left:
            return read, Message("Every turn was read; nothing is left in which the code could hide.")
        if math.isnan(self.recall_at_least):
            at_most = Message(
                "At most {missed} of the {left} unread {left:turn|turns} carry it.",
                missed=self.missed_at_most,
                left=self.left,
            )
            return read, at_most
        bound = Message(
            "Found: {found} {found:turn|turns}. Missed: {missed} at most. So at least {recall}% was found.",
            found=self.found,
            missed=self.missed_at_most,
            recall=math.floor(100 * self.recall_at_least + 1e-9),
        )
        return read, bound

    @property
    def advice(self) -> Message | None:
        """What to do to establish it; None if it is, or if nothing can be said."""
        if self.established or not self.left:
            return None
        if self.design is Design.GROUPS:
            return Message("Let codering draw turns from all focus groups; that says more than whole groups.")
        if self.more is None:
            return None
        if self.more >= self.left:
            return Message("Only reading all {left} {left:turn|turns} that are left can establish it.", left=self.left)
        return Message(
            "Read {more} more random {more:turn|turns}; if they hold nothing new, it is established.", more=self.more
        )


def _percent(share: float) -> str:
    return f"{100 * share:g}"
