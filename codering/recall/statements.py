"""What may be said about what was missed: one statement for each code, true together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from codering.recall.anytime import anytime_p, hidden_at_most_anytime
from codering.recall.bounds import (
    check_confidence,
    check_target,
    hidden_at_most,
    hypergeometric_p,
    recall_at_least,
    too_many,
)
from codering.recall.groups import clustered_p, effective_sample, hidden_at_most_clustered
from codering.recall.reading_on import impossible, more_to_read
from codering.recall.sampling import Tally
from codering.recall.saying import NOTHING, UNREAD, Design, RecallStatement
from codering.recall.testing import bonferroni, holm


class Correction(StrEnum):
    """How the statements of many codes are kept true together."""

    HOLM = "holm"
    BONFERRONI = "bonferroni"
    NONE = "none"


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

    Raises
    ------
    CoderingError
        If `target` or `confidence` is out of range.

    Notes
    -----
    With Holm's correction the bounds are those that belong to it (Guilbaud 2008; Strassburger and Bretz 2008): as
    long as one code is not established, the bound of those that are is the target itself, and the others share the
    error that is left. Codes without turns read at random count as tests too: which codes these are is known only
    afterwards.
    """
    check_target(target)  # also where nothing was found, and no bound asks for it
    check_confidence(confidence)
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


def _design(tally: Tally) -> Design:
    return Design.GROUPS if tally.by_whole_groups else Design.ANYTIME


def _p(tally: Tally, target: float, design: Design, strictest: float, icc: float) -> float:
    hits, drawn = sum(tally.hits), sum(tally.drawn)
    if not tally.found:
        return math.nan
    if impossible(tally, target):
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
