"""What may be said about what was missed: one statement for each code, and how much reading would allow more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from codering.errors import CoderingError, Message
from codering.recall.anytime import anytime_p, columns, hidden_at_most_anytime, ruled_out
from codering.recall.bounds import hidden_at_most, hypergeometric_p, recall_at_least, too_many
from codering.recall.groups import clustered_p, effective_sample, hidden_at_most_clustered
from codering.recall.sampling import Tally
from codering.recall.testing import bonferroni, holm


class Design(StrEnum):
    """How the random turns came to be read, which decides the bound."""

    ANYTIME = "anytime"
    """Turn by turn; the answer was, or could be, looked at in between."""

    PLANNED = "planned"
    """Turn by turn, and how many was fixed before the first was read."""

    GROUPS = "groups"
    """Whole focus groups were read."""


class Correction(StrEnum):
    """How the statements of many codes are kept true together."""

    HOLM = "holm"
    BONFERRONI = "bonferroni"
    NONE = "none"


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


def recall_statements(
    tallies: Sequence[Tally],
    *,
    target: float = 0.9,
    confidence: float = 0.95,
    design: Design | None = None,
    correction: Correction = Correction.HOLM,
    icc: float = 0.05,
) -> tuple[RecallStatement, ...]:
    """Say for each code how much was missed at most, and whether reading may stop.

    Parameters
    ----------
    tallies
        From :func:`codering.recall.tally`, for all codes about which something will be said.
    target
        The share of the turns with a code that should be found, above 0 and at most 1.
    confidence
        One-sided, above 0 and below 1. With a correction it is the confidence that all statements are true together.
    design
        How the random turns were read; by default whole groups for a code where a transcript was left out that
        should have been drawn from, and otherwise turn by turn with looking in between, which is always right.
    correction
        Over the codes.
    icc
        For whole groups: see :func:`codering.recall.effective_sample`.

    Returns
    -------
    tuple of RecallStatement
        In the order of `tallies`.

    Notes
    -----
    With Holm's correction the bounds are those that belong to it (Guilbaud 2008; Strassburger and Bretz 2008): as
    long as one code is not established, the bound of those that are is the target itself, and the others share the
    error that is left. Codes without turns read at random count as tests too: which codes these are is known only
    afterwards.
    """
    if not 0 < confidence < 1:
        raise CoderingError("A confidence must lie between 0 and 1; found {confidence}.", confidence=confidence)
    chosen = tuple(design or _design(tally) for tally in tallies)
    error = 1 - confidence
    count = len(tallies)
    strictest = error if correction is Correction.NONE else error / max(count, 1)
    raw = tuple(_p(t, target, d, strictest, icc) for t, d in zip(tallies, chosen, strict=True))
    corrected = _corrected(raw, correction)
    shown = tuple(not math.isnan(p) and p <= error for p in corrected)
    stepped = correction is Correction.HOLM and not all(shown)
    level = error / (count - sum(shown)) if stepped else strictest
    asked = _Asked(target, confidence, level, strictest, icc, sharp=not stepped)
    return tuple(_statement(t, d, p, ok, asked) for t, d, p, ok in zip(tallies, chosen, corrected, shown, strict=True))


def _corrected(p_values: Sequence[float], correction: Correction) -> tuple[float, ...]:
    if correction is Correction.HOLM:
        return holm(p_values, len(p_values))
    return bonferroni(p_values, len(p_values)) if correction is Correction.BONFERRONI else tuple(p_values)


@dataclass(frozen=True, slots=True)
class _Asked:
    target: float
    confidence: float
    level: float
    """The chance of error that one code may use."""
    strictest: float
    """The same, had nothing been established."""
    icc: float
    sharp: bool
    """Whether the bound of an established code may say more than the target."""


def more_to_read(tally: Tally, target: float, error: float, design: Design = Design.ANYTIME) -> int:
    """How many more turns to read at random to establish the target, if they hold nothing new.

    Parameters
    ----------
    tally
        What was read until now.
    target
        The share that should be found.
    error
        The chance of a false claim about this code; with Bonferroni's correction that of all codes, divided.
    design
        Turn by turn, with or without looking in between.

    Returns
    -------
    int
        0 if it is established; all that are left if no less suffices.

    Raises
    ------
    CoderingError
        For whole groups, since the answer depends on which groups are read.
    """
    if design is Design.GROUPS:
        raise CoderingError("How many more turns to read cannot be said for whole focus groups.")
    if _impossible(tally, target):
        return 0
    total = too_many(tally.found, target)
    if design is Design.PLANNED:
        return _more_planned(tally, total, error)
    return _more_anytime(tally, total, error)


def _more_planned(tally: Tally, total: int, error: float) -> int:
    hits, drawn = sum(tally.hits), sum(tally.drawn)
    hidden = total - (tally.found - hits)
    low, high = 0, tally.left
    while low < high:
        middle = (low + high) // 2
        if hypergeometric_p(hits, drawn + middle, tally.pool, hidden) <= error:
            high = middle
        else:
            low = middle + 1
    return low


def _more_anytime(tally: Tally, total: int, error: float) -> int:
    import numpy as np

    pool, found, hit = columns(tally.trials)
    ahead = tally.left - np.arange(tally.left, dtype=float)
    low, high = 0, tally.left
    while low < high:
        middle = (low + high) // 2
        pools = np.concatenate((pool, ahead[:middle]))
        founds = np.concatenate((found, np.full(middle, float(tally.found))))
        hits = np.concatenate((hit, np.zeros(middle)))
        # Once fewer turns are left than should hide, the hypothesis is dead.
        dead = total - tally.found > tally.left - middle
        if dead or (len(pools) and ruled_out(pools, founds, hits, total) <= error):
            high = middle
        else:
            low = middle + 1
    return low


def _design(tally: Tally) -> Design:
    return Design.GROUPS if tally.by_whole_groups else Design.ANYTIME


def _impossible(tally: Tally, target: float) -> bool:
    """Whether the unread turns are too few for less than the target to have been found."""
    return too_many(tally.found, target) - tally.found > tally.left


def _p(tally: Tally, target: float, design: Design, strictest: float, icc: float) -> float:
    hits, drawn = sum(tally.hits), sum(tally.drawn)
    if not tally.found:
        return math.nan
    if _impossible(tally, target):
        return 0.0
    if not drawn:
        return math.nan
    total = too_many(tally.found, target)
    if design is Design.ANYTIME:
        return anytime_p(tally.trials, total)
    hidden = total - (tally.found - hits)
    if design is Design.PLANNED:
        return hypergeometric_p(hits, drawn, tally.pool, hidden)
    effective = effective_sample(tally.hits, tally.drawn, 1 - strictest, icc=icc)
    return clustered_p(hits / drawn * effective, effective, hidden / tally.pool)


def _statement(tally: Tally, design: Design, p: float, established: bool, asked: _Asked) -> RecallStatement:
    hits, drawn = sum(tally.hits), sum(tally.drawn)
    missed = _missed(tally, design, asked, established=established)
    recall, estimate = math.nan, math.nan
    if tally.found and missed is not None:
        recall = recall_at_least(tally.found, tally.found + missed)
        estimate = tally.found / tally.estimated_total
    more: int | None = None
    if established:
        more = 0
    elif design is not Design.GROUPS and tally.found:
        more = more_to_read(tally, asked.target, asked.level, design)
    reason = None
    if missed is None:
        reason = UNREAD
    elif not tally.found:
        reason = NOTHING
    return RecallStatement(
        code=tally.code,
        target=asked.target,
        confidence=asked.confidence,
        design=design,
        found=tally.found,
        hits=hits,
        drawn=drawn,
        left=tally.left,
        missed_at_most=missed,
        recall_at_least=recall,
        recall_estimate=estimate,
        p=p,
        established=established,
        more=more,
        reason=reason,
    )


def _missed(tally: Tally, design: Design, asked: _Asked, *, established: bool) -> int | None:
    hits, drawn = sum(tally.hits), sum(tally.drawn)
    if not tally.left:
        return 0
    allowed = too_many(tally.found, asked.target) - 1 - tally.found if established else tally.left
    if established and not asked.sharp:
        return min(tally.left, allowed)
    if not drawn:
        return min(tally.left, allowed) if established else None
    if design is Design.ANYTIME:
        missed = max(0, hidden_at_most_anytime(tally.trials, 1 - asked.level) - tally.found)
    elif design is Design.PLANNED:
        missed = hidden_at_most(hits, drawn, tally.pool, 1 - asked.level) - hits
    else:
        # The strictest level, as for p: with few groups the effective sample itself depends on the level.
        confidence = 1 - asked.strictest
        missed = hidden_at_most_clustered(tally.hits, tally.drawn, tally.pool, confidence, icc=asked.icc) - hits
    return min(tally.left, allowed, missed)


def _percent(share: float) -> str:
    return f"{100 * share:g}"
