"""Agreement laid out for people: overall, by theme, by code, by stance and by pair, each row with a reading."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

from codering.analysis.agreement import CodeAgreement
from codering.analysis.comparison import Comparison, codes_of, compared
from codering.analysis.measures import Measure, averaged
from codering.analysis.readings import OWN_CODE, legend, paradox, reading, reading_of
from codering.analysis.stance_agreement import stance_table
from codering.analysis.unitizing import Boundaries
from codering.errors import Message
from codering.tables import Cell, Column, Kind, Table
from codering.writing import coefficient, percent

OVER_GROUPS = Message("Intervals (95%) are over focus groups, because turns of one group resemble each other.")
_TURN, _CHARACTER, _DECISION = Message("turn"), Message("character"), Message("turn × code")
"""What is counted, where figures in one table do not all count the same."""
WITH_PABAK = Message("PABAK is the percentage on another scale; it stands beside κ and never in its place.")


def agreement_tables(comparison: Comparison, *, language: str) -> tuple[Table, ...]:
    """Compare coders: overall, by theme, by code, by stance; by pair if there are more than two; and a legend.

    Parameters
    ----------
    comparison
        Who and what.
    language
        Of the labels.

    Raises
    ------
    AgreementError
        If no turn was read by two of the coders.
    """
    comparison = compared(comparison)
    themes = [(one, codes_of(theme)) for one, theme in zip(comparison.of_themes, comparison.themes, strict=True)]
    codes = [(one, frozenset({one.code})) for one in comparison.of_codes]
    tables = [overall_table(comparison, language=language)]
    if themes:
        tables.append(_table(comparison, themes, language, key="agreement_themes", title="Agreement by theme"))
    tables.append(_table(comparison, codes, language, key="agreement_codes", title="Agreement by code"))
    tables.append(stance_table(comparison, language=language))
    if len(comparison.coders) > 2:
        tables.append(pair_table(comparison))
    return (*tables, legend(comparison.level))


def overall_table(comparison: Comparison, *, language: str) -> Table:
    """All codes together: sets of codes, pooled decisions, and means over what is defined.

    Parameters
    ----------
    comparison
        Who and what.
    language
        Of the labels.

    Notes
    -----
    By passage, means and α_U count characters, but a set of codes or a decision is still a turn's: each row then says
    its unit.
    """
    by_passage = comparison.level == "segment"
    columns = (
        Column("figure", "Figure"),
        *((Column("unit", "Unit"),) if by_passage else ()),
        Column("value", "Value", Kind.NUMBER),
        Column("low", "From", Kind.NUMBER),
        Column("high", "To", Kind.NUMBER),
        Column("reading", "Reading", Kind.LONG),
    )
    rows = tuple(
        (figure, *((unit,) if by_passage else ()), *_cells(measure), says)
        for figure, unit, measure, says in _overall(comparison, language)
    )
    notes = (_basis(comparison), *_what_was_read(comparison), OVER_GROUPS, *_to_know(comparison, language))
    return Table("agreement_overall", "Agreement overall", columns, rows, notes)


def _overall(comparison: Comparison, language: str) -> Iterator[tuple[Message, Message, Measure, Message]]:
    """Each figure over all codes: what it is, what it counts, the figure, and what it says."""
    two = len(comparison.coders) == 2
    sets = comparison.of_sets
    yield Message("Krippendorff's α with MASI distance"), _TURN, sets, reading_of(sets)
    if comparison.level == "segment":
        boundaries = Message("Boundaries of passages, all codes.")
        yield Message("Krippendorff's α_U"), _CHARACTER, Measure(comparison.unitized()), boundaries
    for name, several in (("themes", comparison.of_themes), ("codes", comparison.of_codes)):
        measures = [one.kappa if two else one.alpha for one in several]
        if measures:
            mean, left_out = averaged(measures)
            yield _mean_of(name, two=two), _CHARACTER, Measure(mean), _left_out(len(measures) - left_out, left_out)
    pooled = comparison.pooled("percentage")
    says = "{share}: every pair of a turn and a code is a decision, and nearly all are “no” twice."
    share = percent(pooled.value, language, decimals=1)
    yield Message("Agreement, all decisions together (0 to 1)"), _DECISION, pooled, Message(says, share=share)
    if two:
        coincide = Message("How far the codes that were given coincide; turns without the code do not count.")
        yield Message("F1, all decisions together"), _DECISION, comparison.pooled("f1"), coincide


def _to_know(comparison: Comparison, language: str) -> Iterator[Message]:
    """What of these coders' codings could not be compared, or could make them alike."""
    if comparison.left_out:
        yield Message(
            "{count} {count:coding|codings} of {codes} {count:is|are} left out: the code was split or removed since.",
            count=len(comparison.left_out),
            codes=", ".join(dict.fromkeys(comparison.left_out)),
        )
    if comparison.seen > 0:
        yield Message(
            "In {share} of the coders' decisions a suggestion was in sight; that can make coders more alike than they "
            "are.",
            share=percent(comparison.seen, language),
        )


def pair_table(comparison: Comparison) -> Table:
    """Every two of more than two coders."""
    columns = (
        Column("one", "Coder"),
        Column("two", "Other coder"),
        Column("units", "Turns both read", Kind.COUNT),
        Column("kappa", "Mean κ over codes", Kind.NUMBER),
        Column("left_out", "Codes left out", Kind.COUNT),
        Column("f1", "F1", Kind.NUMBER),
        Column("f1_low", "F1 from", Kind.NUMBER),
        Column("f1_high", "F1 to", Kind.NUMBER),
    )
    rows: list[tuple[Cell, ...]] = []
    for one, two in combinations(comparison.coders, 2):
        pair = comparison.between(one, two)
        if not pair.units:
            rows.append((one, two, 0, *[math.nan] * 5))
            continue
        mean, left_out = averaged(one.kappa for one in pair.of_codes)
        f1 = pair.pooled("f1")
        rows.append((one, two, len(pair.units), mean, left_out, f1.value, f1.low, f1.high))
    notes = [OVER_GROUPS]
    if comparison.level == "segment":
        notes.insert(0, Message("κ is by character here, F1 by turn and code."))
    return Table("agreement_pairs", "Agreement by pair", columns, tuple(rows), tuple(notes))


def _table(
    comparison: Comparison,
    several: Sequence[tuple[CodeAgreement, frozenset[str]]],
    language: str,
    *,
    key: str,
    title: str,
) -> Table:
    two, by_passage = len(comparison.coders) == 2, comparison.level == "segment"
    rows: list[tuple[Cell, ...]] = []
    for one, codes in several:
        label = comparison.codebook.code(one.code).label.in_language(language)
        passages = _passage_cells(comparison.boundaries(codes), two=two) if by_passage else ()
        main = one.kappa if two else one.alpha
        figures = (one.percentage.value, *(_cells(one.kappa) if two else ()), *_cells(one.alpha))
        more = (one.ac1.value, one.pabak.value, *((one.f1.value,) if two else ()))
        rows.append(
            (
                label,
                one.code,
                *one.carried,
                one.together,
                *figures,
                *more,
                *passages,
                reading(one, main, language, comparison.level),
            )
        )
    mean, left_out = averaged(one.kappa if two else one.alpha for one, _ in several)
    notes = [_basis(comparison), OVER_GROUPS, WITH_PABAK]
    says = "Mean {figure} {mean}, over what is defined; {left_out} left out as undefined."
    notes.insert(1, Message(says, figure="κ" if two else "α", mean=coefficient(mean, language), left_out=left_out))
    if by_passage:
        notes.insert(1, Message("Under the names of coders and under “Together” stand characters."))
    if two and any(one.paradox for one, _ in several):
        notes.append(paradox(comparison.level))
    own = {theme.id for theme in comparison.codebook.themes if theme.codes}
    if key == "agreement_codes" and not own.isdisjoint(one.code for one, _ in several):
        notes.append(OWN_CODE)
    head = "Theme" if key == "agreement_themes" else "Code"
    columns = (Column("label", head), *_columns(comparison.coders, two=two, by_passage=by_passage))
    return Table(key, title, columns, tuple(rows), tuple(notes))


def _columns(coders: Sequence[str], *, two: bool, by_passage: bool) -> tuple[Column, ...]:
    """All columns but the first, which says what the row is about."""
    kappa = (
        Column("kappa", "Cohen's κ", Kind.NUMBER),
        Column("kappa_low", "κ from", Kind.NUMBER),
        Column("kappa_high", "κ to", Kind.NUMBER),
    )
    passages = (
        *(Column(f"passages_{i}", f"{coder} ¶", Kind.COUNT) for i, coder in enumerate(coders)),
        *((Column("matched", "Passages of both", Kind.COUNT),) if two else ()),
        *((Column("overlap", "Overlap", Kind.SHARE),) if two else ()),
        Column("alpha_u", "Krippendorff's α_U", Kind.NUMBER),
        Column("alpha_u_low", "α_U from", Kind.NUMBER),
        Column("alpha_u_high", "α_U to", Kind.NUMBER),
    )
    return (
        Column("id", "Id"),
        *(Column(f"carried_{i}", coder, Kind.COUNT) for i, coder in enumerate(coders)),
        Column("together", "Together", Kind.COUNT),
        Column("percentage", "Agreement", Kind.SHARE),
        *(kappa if two else ()),
        Column("alpha", "Krippendorff's α", Kind.NUMBER),
        Column("alpha_low", "α from", Kind.NUMBER),
        Column("alpha_high", "α to", Kind.NUMBER),
        Column("ac1", "Gwet's AC1", Kind.NUMBER),
        Column("pabak", "PABAK", Kind.NUMBER),
        *((Column("f1", "F1", Kind.NUMBER),) if two else ()),
        *(passages if by_passage else ()),
        Column("reading", "Reading", Kind.LONG),
    )


def _passage_cells(one: Boundaries, *, two: bool) -> tuple[Cell, ...]:
    return (*one.passages, *((one.matched, one.overlap) if two else ()), *_cells(one.alpha))


def _cells(measure: Measure) -> tuple[float, float, float]:
    return measure.value, measure.low, measure.high


def _basis(comparison: Comparison) -> Message:
    units, groups = len(comparison.units), len(set(comparison.groups))
    if comparison.level == "segment":
        return Message(
            "Characters in {units} {units:turn|turns} of participants, in {groups} focus {groups:group|groups}, "
            "that at least two coders read. “¶” counts passages.",
            units=units,
            groups=groups,
        )
    return Message(
        "Turns of participants that at least two coders read: {units}, in {groups} focus {groups:group|groups}.",
        units=units,
        groups=groups,
    )


def _what_was_read(comparison: Comparison) -> tuple[Message, ...]:
    """What counts as read: the same as where codes are counted."""
    marked = Message("Read is what a coder marked as read, and every turn in which they decided something.")
    assumed = comparison.presumed
    if not assumed:
        return (marked,)
    whole = Message(
        "Whoever marked nothing and answered no suggestion in a group, but only coded by hand there or came with "
        "codings from elsewhere, is taken to have read all of that group. Here that is assumed of {coders}.",
        coders=", ".join(assumed),
    )
    return marked, whole


def _mean_of(name: str, *, two: bool) -> Message:
    if name == "themes":
        return Message("Mean κ over themes") if two else Message("Mean α over themes")
    return Message("Mean κ over codes") if two else Message("Mean α over codes")


def _left_out(kept: int, left_out: int) -> Message:
    return Message("Over {kept}; {left_out} left out, because nobody used them.", kept=kept, left_out=left_out)
