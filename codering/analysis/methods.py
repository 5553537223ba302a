"""A paragraph on agreement for the methods section, with the figures filled in.

It says what was done and found, also what does not flatter; what a program cannot know stands between brackets, to be
filled in by hand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from codering.analysis.agreement import CodeAgreement
from codering.analysis.comparison import Comparison
from codering.analysis.measures import Measure, averaged
from codering.analysis.readings import TENTATIVE
from codering.errors import Message
from codering.tables import Column, Kind, Table
from codering.writing import coefficient, percent

TO_FILL_IN: Final = Message("[Describe here whether they could see each other's codings, and how they were trained.]")
"""What only the researcher knows."""


@dataclass(frozen=True, slots=True)
class Conduct:
    """How the coding was done, as far as the project knows.

    Attributes
    ----------
    blind
        Whether the coders could not see each other's work.
    turns, groups
        Turns of participants in the transcripts in scope, whether coded twice or not; and how many transcripts.
    decided, left
        Disagreements that were decided, and that are open.
    by
        Who decided; empty if nobody did.
    version
        Of codering.
    """

    blind: bool
    turns: int
    groups: int
    decided: int = 0
    left: int = 0
    by: str = ""
    version: str = ""


def methods_paragraph(comparison: Comparison, conduct: Conduct, *, language: str) -> tuple[Message, ...]:
    """Write the paragraph, a message for each sentence.

    Parameters
    ----------
    comparison
        Who and what, by turn.
    conduct
        How.
    language
        Of numbers and labels: ``nl`` or ``en``.
    """
    return tuple(
        sentence
        for sentence in (
            _who(comparison, language),
            _of_how_many(comparison, conduct, language),
            _how(comparison, conduct, language),
            _overall(comparison, language),
            *_by_theme(comparison, language),
            _decided(conduct),
            _made(comparison, conduct),
        )
        if sentence is not None
    )


def methods_table(sentences: Sequence[Message]) -> Table:
    """The paragraph as a sheet."""
    columns = (Column("text", "Text", Kind.LONG),)
    note = Message("For the methods section. Fill in what stands between brackets, and check that it is what you did.")
    return Table(
        "agreement_methods", "Text for the methods section", columns, tuple((one,) for one in sentences), (note,)
    )


def _who(comparison: Comparison, language: str) -> Message:
    units, by_all = len(comparison.units), len(comparison.of_all)
    if by_all < units:
        return Message(
            "{units} {units:turn|turns} of participants in {groups} focus {groups:group|groups} were coded by two or "
            "more of {coders}, {all} by all of them.",
            units=units,
            groups=len(set(comparison.groups)),
            coders=_listed(comparison.coders, language),
            all=by_all,
        )
    return Message(
        "{coders} each coded {units} {units:turn|turns} of participants in {groups} focus {groups:group|groups}.",
        coders=_listed(comparison.coders, language),
        units=units,
        groups=len(set(comparison.groups)),
    )


def _of_how_many(comparison: Comparison, conduct: Conduct, language: str) -> Message:
    share = percent(len(comparison.units) / conduct.turns if conduct.turns else math.nan, language)
    if len(set(comparison.groups)) == conduct.groups:
        return Message("That is {share} of all turns of participants there.", share=share)
    return Message(
        "That is {share} of all turns of participants in the {groups} focus groups together.",
        share=share,
        groups=conduct.groups,
    )


def _how(comparison: Comparison, conduct: Conduct, language: str) -> Message:
    if comparison.seen > 0:
        return Message(
            "In {share} of their decisions a suggestion of the program was in sight, which can make coders alike.",
            share=percent(comparison.seen, language),
        )
    if conduct.blind:
        return Message("Neither suggestions nor each other's codings were shown to them until both were done.")
    return TO_FILL_IN


def _made(comparison: Comparison, conduct: Conduct) -> Message:
    if math.isnan(comparison.of_sets.low):
        return Message("Calculated with codering {version}.", version=conduct.version)
    return Message(
        "Intervals are 95% intervals over focus groups (jackknife, t distribution), because turns of one group "
        "are not independent; calculated with codering {version}.",
        version=conduct.version,
    )


def _overall(comparison: Comparison, language: str) -> Message:
    sets = comparison.of_sets
    if len(comparison.coders) != 2:
        return Message("Over all codes Krippendorff's α (MASI distance) was {alpha}.", alpha=_figure(sets, language))
    return Message(
        "Over all codes Krippendorff's α (MASI distance) was {alpha}; of the codes that were given the F1 of one coder "
        "against the other was {f1}.",
        alpha=_figure(sets, language),
        f1=_figure(comparison.pooled("f1"), language),
    )


def _by_theme(comparison: Comparison, language: str) -> list[Message]:
    two = len(comparison.coders) == 2
    themes = comparison.of_themes
    main = {one.code: one.kappa if two else one.alpha for one in themes}
    defined = sorted((one for one in themes if not math.isnan(main[one.code].value)), key=lambda o: main[o.code].value)
    if not defined:
        return []
    mean, left_out = averaged(main.values())
    lowest, highest = defined[0], defined[-1]
    label = {theme.id: theme.label.in_language(language) for theme in comparison.themes}
    said = [
        Message(
            "By theme {figure} ran from {lowest} ({lowest_theme}) to {highest} ({highest_theme}), {mean} on "
            "average over {count} {count:theme|themes}; themes that nobody used ({left_out}) are left out.",
            figure="Cohens κ" if two and language == "nl" else "Cohen's κ" if two else "α",
            lowest=coefficient(main[lowest.code].value, language),
            lowest_theme=label[lowest.code],
            highest=coefficient(main[highest.code].value, language),
            highest_theme=label[highest.code],
            mean=coefficient(mean, language),
            count=len(defined),
            left_out=left_out,
        )
    ]
    without = sum(math.isnan(main[one.code].low) for one in defined)
    if without:
        said.append(
            Message(
                "Of {count} {count:theme|themes} there is no interval, so that how sure κ or α is remains unknown.",
                count=without,
            )
        )
    unsure = [one for one in defined if main[one.code].low < TENTATIVE]
    if unsure:
        said.append(
            Message(
                "For {count} {count:theme|themes} the lower end of the interval lies below 0.67, so that their "
                "results are reported with reserve: {themes}.",
                count=len(unsure),
                themes="; ".join(f"{label[one.code]} {_figure(main[one.code], language)}" for one in unsure),
            )
        )
    rare = [one for one in defined if two and one.paradox]
    if rare:
        said.append(
            Message(
                "Where a theme is rare κ is low although the coders nearly always agree; for {themes} Gwet's AC1 and "
                "F1 "
                "are given as well.",
                themes="; ".join(_with_ac1(one, label[one.code], language) for one in rare),
            )
        )
    return said


def _with_ac1(one: CodeAgreement, label: str, language: str) -> str:
    return f"{label} (AC1 {coefficient(one.ac1.value, language)}, F1 {coefficient(one.f1.value, language)})"


def _decided(conduct: Conduct) -> Message | None:
    if not conduct.decided:
        return None
    if conduct.left:
        return Message(
            "Of the disagreements {decided} {decided:was|were} decided by {by}, with every choice on record; "
            "{left} {left:is|are} still open.",
            decided=conduct.decided,
            by=conduct.by,
            left=conduct.left,
        )
    return Message(
        "All {decided} disagreements were decided by {by}, with every choice on record; what both gave was taken "
        "over with the longer passage.",
        decided=conduct.decided,
        by=conduct.by,
    )


def _figure(measure: Measure, language: str) -> str:
    value = coefficient(measure.value, language)
    if math.isnan(measure.low):
        return value
    low, high = (coefficient(end, language) for end in (measure.low, measure.high))
    between = f"{low}–{high}"
    if measure.low < 0:
        between = f"{low} {'tot' if language == 'nl' else 'to'} {high}"
    return f"{value} (95%-BI {between})" if language == "nl" else f"{value} (95% CI {between})"


def _listed(names: Sequence[str], language: str) -> str:
    last = " en " if language == "nl" else " and "
    return last.join((", ".join(names[:-1]), names[-1]))
