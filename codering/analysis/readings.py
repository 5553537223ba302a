"""Agreement in plain words: what a figure says, and when it misleads."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from codering.analysis.agreement import CodeAgreement, Level
from codering.analysis.measures import Measure
from codering.errors import Message
from codering.rounding import half_up
from codering.tables import Column, Kind, Table
from codering.writing import coefficient, percent

GOOD: Final = 0.8
TENTATIVE: Final = 0.667
"""Krippendorff (2004, p. 241): rely on α of .800 and more; from .667 draw tentative conclusions only."""

OWN_CODE: Final = Message("The name of a theme stands here for its own code: for what fits none of its other codes.")


_UNITS: Final[Mapping[Level, Message]] = {"turn": Message("turns"), "segment": Message("characters")}
"""What is counted at each level, inside a sentence."""


def reading(one: CodeAgreement, main: Measure, language: str, level: Level) -> Message:
    """What agreement on one code comes to.

    Parameters
    ----------
    one
        Of a code or theme.
    main
        The coefficient that counts: κ of two coders, α of more.
    language
        Of the numbers.
    level
        Whether turns are counted or, of passages, characters.
    """
    if math.isnan(main.value):
        return main.reason or Message("There is no interval.")
    if one.paradox:
        return Message(
            "Paradox of κ: the coders agree on {agreement} of the {units}, yet κ is {kappa}, because the code is given "
            "to {prevalence} of them. Read AC1 ({ac1}) and F1 ({f1}) beside it.",
            units=_UNITS[level],
            agreement=_share(one.percentage.value, language),
            kappa=coefficient(one.kappa.value, language),
            prevalence=_share(one.prevalence, language),
            ac1=coefficient(one.ac1.value, language),
            f1=coefficient(one.f1.value, language),
        )
    if math.isnan(main.low):
        return main.reason or Message("There is no interval.")
    return reading_of(main)


def _share(value: float, language: str) -> str:
    """Write a share with a decimal, and with as many more as it takes not to read as nothing or as everything."""
    partly = 0 < value < 1
    decimals = next((n for n in (1, 2, 3) if 0 < half_up(value, n + 2) < 1), 4) if partly else 1
    return percent(value, language, decimals=decimals)


def reading_of(measure: Measure) -> Message:
    """What a chance-corrected coefficient with its interval comes to."""
    if math.isnan(measure.value) or math.isnan(measure.low):
        return measure.reason or Message("There is no interval.")
    if measure.low >= GOOD:
        return Message("The coders agree well; also the lower end of the interval says so.")
    if measure.low >= TENTATIVE:
        return Message("Enough agreement for cautious conclusions; the lower end of the interval is above 0.67.")
    if measure.high < TENTATIVE:
        return Message("The coders agree too little to rely on this: sharpen the definitions and code again.")
    return Message("The interval leaves both good and poor agreement open: code more turns twice.")


def paradox(level: Level) -> Message:
    """What the paradox is, where it bites."""
    return Message(
        "The paradox of κ: where a code is rare (or very common) chance alone gives much agreement. κ counts only what "
        "is agreed beyond that, so that a few differences bring it down although the coders nearly always do the same. "
        "That does not mean that they do well: F1 says how far the few {units} with the code coincide. Look at the "
        "turns on which they differ (Feinstein & Cicchetti 1990).",
        units=_UNITS[level],
    )


_EITHER: Final = (
    (
        "Agreement",
        Message("In how many percent of the {units} the coders do the same: both give the code, or neither does."),
        Message("For a rare code it is always high, because both nearly always leave it out. Never report it alone."),
    ),
    (
        "Cohen's κ",
        Message("How far two coders agree beyond chance: 0 is what chance gives, 1 is perfect."),
        Message("For a rare or a very common code κ falls at a few differences (the paradox of κ)."),
    ),
    (
        "Krippendorff's α",
        Message(
            "Like κ, and also for more than two coders and for turns that not everyone read. From 0.80 results can be "
            "relied on; between 0.67 and 0.80 with caution (Krippendorff 2004)."
        ),
        Message("Like κ it falls fast for rare codes."),
    ),
    (
        "Gwet's AC1",
        Message("Agreement beyond chance, with a notion of chance that a rare code does not upset."),
        Message("For a rare code it is close to the plain percentage, and hides that the code itself is found poorly."),
    ),
    (
        "PABAK",
        Message("The percentage on a scale from −1 to 1 (prevalence- and bias-adjusted κ)."),
        Message(
            "It leaves out exactly what makes κ low, and is not agreement beyond chance. Only beside κ, never in its "
            "place."
        ),
    ),
    (
        "F1",
        Message(
            "Of the {units} to which at least one gives the code, how far the two coincide; {units} without it do "
            "not count."
        ),
        Message("It does not correct for chance. It is the ceiling for a machine that is compared with one coder."),
    ),
)
"""What each figure says, and when it misleads; ``{units}`` are turns or characters."""
_PASSAGE: Final = (
    (
        "Krippendorff's α_U",
        Message("Whether passages begin and end at the same place, beyond chance: 1 is the same passages everywhere."),
        Message("One long passage that only one coder has weighs more than many small differences."),
    ),
    (
        "Overlap",
        Message("Of passages that both coders have: the characters in both as a share of the characters in either."),
        Message("It says nothing about passages that only one of them has."),
    ),
)


def legend(level: Level) -> Table:
    """What each figure says, and when it misleads."""
    columns = (
        Column("figure", "Figure"),
        Column("says", "What it says", Kind.LONG),
        Column("beware", "Beware", Kind.LONG),
    )
    figures: Sequence[tuple[str, Message, Message]] = (*_EITHER, *_PASSAGE) if level == "segment" else _EITHER
    units = _UNITS[level]
    rows = tuple((Message(name), Message(says.template, units=units), beware) for name, says, beware in figures)
    return Table("agreement_figures", "What the figures say", columns, rows)
