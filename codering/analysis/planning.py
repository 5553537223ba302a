"""How many turns to code twice before κ is known well enough.

The variance of κ for two coders and a code that is there or not, with equal shares of both coders, is

    ``(1 - κ) / n * ((1 - κ) * (1 - 2 * κ) + κ * (2 - κ) / (2 * π * (1 - π)))``

with ``π`` the share of turns with the code (Bloch, D. A., & Kraemer, H. C. (1989). 2 x 2 kappa coefficients: measures
of agreement or association. Biometrics 45, 269-287; used for planning by Donner, A., & Eliasziw, M. (1992). A
goodness-of-fit approach to inference procedures for the kappa statistic. Statistics in Medicine 11, 1511-1519). Turns
of one focus group resemble each other: coders differ more in some groups than in others. If the number of turns on
which they differ in a group of ``m`` turns, on average ``m * d`` with ``d = 2 * π * (1 - π) * (1 - κ)``, varies by a
coefficient of variation ``v`` beyond chance, the variance is multiplied by ``1 + v² * m * d``. The interval takes
quantiles of t with one degree of freedom fewer than there are groups, as :mod:`codering.analysis.group_intervals` does.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from codering.analysis.agreement import Unit
from codering.errors import AgreementError, Message
from codering.rounding import half_up
from codering.tables import Cell, Column, Kind, Table
from codering.transcripts import Transcript
from codering.writing import coefficient

VARIATION: Final = 0.4
"""Coefficient of variation between groups of how often coders differ; a guess, which `docs/agreement.md` weighs."""
FEWEST_GROUPS: Final = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """How many turns to code twice.

    Attributes
    ----------
    code
        The id of the code, or empty.
    share
        Of the turns that carry it, as expected.
    turns
        How many to code twice; None if no number is enough with so few groups.
    available
        How many there are.
    with_code
        How many of the turns to code twice carry the code, as expected; NaN if no number is enough.
    reached
        The width of the interval if all turns that there are would be coded twice; 2 at most, from -1 to 1.
    """

    code: str
    share: float
    turns: int | None
    available: int
    with_code: float
    reached: float


def kappa_variance(kappa: float, share: float) -> float:
    """The variance of κ, times the number of turns (Bloch & Kraemer 1989; the formula is above).

    Parameters
    ----------
    kappa, share
        Agreement, and share of the turns with the code; both between 0 and 1.
    """
    return (1 - kappa) * ((1 - kappa) * (1 - 2 * kappa) + kappa * (2 - kappa) / (2 * share * (1 - share)))


def expected_width(turns: float, *, kappa: float, share: float, groups: int, variation: float = VARIATION) -> float:
    """The width of the 95% interval of κ that so many turns are expected to give; NaN with fewer than three groups.

    Parameters
    ----------
    turns
        Coded twice, spread over the groups.
    kappa, share
        As expected: the agreement, and the share of the turns that carry the code, between 0 and 1.
    groups
        Focus groups from which the turns come.
    variation
        Coefficient of variation between groups of how often the coders differ.

    Raises
    ------
    AgreementError
        If `kappa` or `share` does not lie between 0 and 1.
    """
    from scipy.stats import t

    for name, value in (("kappa", kappa), ("share", share)):
        if not 0 < value < 1:
            raise AgreementError("{name} must lie between 0 and 1; found {value}.", name=name, value=value)
    if groups < FEWEST_GROUPS or turns <= 0:
        return math.nan
    effect = 1 + variation**2 * turns / groups * _differ(kappa, share)
    return 2 * float(t.ppf(0.975, groups - 1)) * math.sqrt(kappa_variance(kappa, share) * effect / turns)


def turns_needed(width: float, *, kappa: float, share: float, groups: int, variation: float = VARIATION) -> int | None:
    """How many turns to code twice for an interval of this width.

    Parameters
    ----------
    width
        From the lower to the upper limit, above 0.
    kappa, share, groups, variation
        As of :func:`expected_width`.

    Returns
    -------
    int or None
        None if no number is enough: more turns of the same groups tell less and less about other groups.

    Raises
    ------
    AgreementError
        If `width` is not above 0, or another value is out of range.
    """
    if width <= 0:
        raise AgreementError("{name} must lie above 0; found {value}.", name="width", value=width)
    least = expected_width(1.0, kappa=kappa, share=share, groups=groups, variation=0.0)
    if math.isnan(least):
        return None
    # width² = least² * (1 + v² n d / G) / n
    left = width**2 - least**2 * variation**2 * _differ(kappa, share) / groups
    return math.ceil(least**2 / left) if left > 0 else None


def _differ(kappa: float, share: float) -> float:
    """The share of the turns on which the coders differ."""
    return 2 * share * (1 - share) * (1 - kappa)


def planned(
    code: str, *, width: float, kappa: float, share: float, groups: int, available: int, variation: float = VARIATION
) -> Plan:
    """Plan for one code.

    Parameters
    ----------
    code
        Its id.
    width, kappa, groups, variation
        As of :func:`turns_needed`.
    share
        Of the turns that carry it so far, 0 to 1. One that no turn carries, or every turn, is planned as if half a
        turn did, or did not.
    available
        How many turns there are.

    Raises
    ------
    AgreementError
        As :func:`turns_needed`.
    """
    floor = 0.5 / max(available, 1)
    expected = min(max(share, floor), 1 - floor)
    turns = turns_needed(width, kappa=kappa, share=expected, groups=groups, variation=variation)
    with_code = turns * expected if turns is not None else math.nan
    reached = expected_width(available, kappa=kappa, share=expected, groups=groups, variation=variation)
    return Plan(code, expected, turns, available, with_code, reached if math.isnan(reached) else min(reached, 2.0))


def plan_table(
    plans: Sequence[tuple[str, Plan]],
    *,
    width: float,
    kappa: float,
    groups: int,
    codes: bool,
    language: str,
    variation: float = VARIATION,
) -> Table:
    """Show plans of codes or of themes, each with its label.

    Parameters
    ----------
    plans
        Labels and plans.
    width, kappa, groups, variation
        With which they were made.
    codes
        Whether they are of codes; otherwise of themes.
    language
        Of the numbers.
    """
    columns = (
        Column("label", "Code" if codes else "Theme"),
        Column("id", "Id"),
        Column("share", "Share of turns", Kind.SHARE),
        Column("turns", "Code twice", Kind.COUNT),
        Column("with_code", "Of these with the code" if codes else "Of these with the theme", Kind.COUNT),
        Column("available", "There are", Kind.COUNT),
        Column("reached", "Width with all", Kind.NUMBER),
        Column("reading", "Reading", Kind.LONG),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            label,
            plan.code,
            plan.share,
            plan.turns,
            math.nan if math.isnan(plan.with_code) else int(half_up(plan.with_code)),
            plan.available,
            plan.reached,
            _reading(plan, groups),
        )
        for label, plan in plans
    ]
    notes = (
        Message(
            "For a 95% interval of κ that is {width} wide, if κ is {kappa} and the turns come from {groups} "
            "focus {groups:group|groups}, between which it varies by {variation}% how often coders differ.",
            width=coefficient(width, language),
            kappa=coefficient(kappa, language),
            groups=groups,
            variation=str(half_up(100 * variation)),
        ),
        Message(
            "The share is that of the codings so far, or of the suggestions as long as nobody coded; half a turn for "
            "what no turn carries, since nothing can be planned for none. It is a guess, and so is κ."
        ),
    )
    return Table("agreement_plan", "How many turns to code twice", columns, tuple(rows), notes)


def _reading(plan: Plan, groups: int) -> Message:
    if groups < FEWEST_GROUPS:
        return Message("An interval needs at least three focus groups.")
    if plan.turns is None:
        return Message("No number of turns is enough with so few groups: compare by theme, or hold more groups.")
    if plan.turns > plan.available:
        return Message("More than there are: code everything twice, and expect the width in the column before.")
    return Message("Draw so many turns at random and let both coders code them.")


def drawn_table(
    transcripts: Mapping[str, Transcript], places: Sequence[Unit], read: Mapping[str, Collection[Unit]], seed: int
) -> Table:
    """List turns that were drawn to be coded twice, in the order of coding, with who read them so far.

    Parameters
    ----------
    transcripts
        By name.
    places
        The turns that were drawn, in order.
    read
        By coder, the turns that the coder read.
    seed
        With which they were drawn.
    """
    columns = (
        Column("transcript", "Transcript"),
        Column("turn", "Turn", Kind.COUNT),
        Column("speaker", "Speaker"),
        Column("group", "Group"),
        Column("wave", "Wave"),
        Column("read_by", "Read by"),
    )
    rows: list[tuple[Cell, ...]] = []
    for name, turn in places:
        transcript = transcripts[name]
        speaker = transcript.speaker(transcript.turn(turn).speaker).shown
        by = ", ".join(coder for coder, turns in read.items() if (name, turn) in turns)
        rows.append((name, turn, speaker, transcript.group, transcript.wave, by))
    notes = (
        Message(
            "{count} {count:turn|turns} of participants, drawn at random with seed {seed}; every transcript, and "
            "so every group and wave, has its share.",
            count=len(places),
            seed=seed,
        ),
        Message("Code them in this order and mark each as read: then every beginning of the list is a sample too."),
    )
    return Table("double_sample", "Turns to code twice", columns, tuple(rows), notes)
