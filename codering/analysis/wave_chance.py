"""What can be said about chance in a comparison of waves, in sentences."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

from codering.analysis.panels import Panel
from codering.analysis.wave_courses import Trends
from codering.analysis.waves import SURE, Change, Comparison, Pattern
from codering.errors import Message
from codering.rounding import to_digits

NOT_ALL_READ: Final = Message(
    "No p-values: not everything was read, and a difference can come from more having been read of one wave. Read "
    "everything first."
)


def verdict(change: Change, comparison: Comparison) -> Message:
    """What can be said about chance, of one change in a comparison."""
    if change.pattern is Pattern.UNKNOWN:
        return Message("Not to be compared.")
    if comparison.in_part:
        return Message("Not everything was read.")
    if math.isnan(change.p_together):
        return Message("Nothing to compare.")
    if not comparison.can_conclude:
        return Message("Too few groups for a conclusion about chance.")
    if change.p_together <= SURE:
        return Message("More than which groups happened to be heard.")
    return Message("Could be which groups happened to be heard.")


def conclusion(comparison: Comparison) -> Message:
    """What the number of groups allows, in one sentence."""
    return concluded(comparison, [change.p_together for change in comparison.changes])


def concluded(tested: Comparison | Trends, corrected: Sequence[float]) -> Message:
    """What the number of groups allows, given the corrected p-values of all topics."""
    if tested.in_part:
        return NOT_ALL_READ
    if not tested.can_conclude:
        return Message(
            "With these groups nothing can be concluded about chance: even the clearest difference possible would give "
            "p = {p}. The counts say what was heard; read them, and hear more groups.",
            p=to_digits(tested.smallest_p, 3),
        )
    certain = sum(p <= SURE for p in corrected)
    return Message(
        "More than which groups happened to be heard (p ≤ {sure} after correction): {count} "
        "{count:difference|differences}.",
        sure=SURE,
        count=certain,
    )


def how_tested(one: Comparison) -> Message:
    """How the p-values of a comparison came about."""
    if one.paired:
        how = Message(
            "places visited in both waves ({places}) are compared with themselves", places=", ".join(one.paired)
        )
    else:
        how = Message("no place was visited in both waves")
    if one.exact:
        return Message(
            "p: waves dealt out to groups in all {dealt} possible {dealt:way|ways}; {how}. Corrected for all "
            "topics and comparisons together (step-down max-T).",
            dealt=one.dealt,
            how=how,
        )
    return Message(
        "p: waves dealt out to groups in {dealt} random {dealt:way|ways}; {how}. Corrected for all topics and "
        "comparisons together (step-down max-T).",
        dealt=one.dealt,
        how=how,
    )


def alike(one: Comparison, laid: Panel) -> tuple[Message, ...]:
    """Where a place had several groups in one wave, what the test takes them for."""
    held = Counter(
        (place, laid.waves[wave])
        for place, wave in zip(laid.places, laid.wave_of, strict=True)
        if place and laid.waves[wave] in (one.before, one.after)
    )
    several = dict.fromkeys(place for (place, _), groups in held.items() if groups > 1)
    if not several:
        return ()
    return (
        Message(
            "More than one group of a place in one wave ({places}): the test takes them as independent of each other. "
            "If groups of one place are alike, p is too small.",
            places=", ".join(several),
        ),
    )
