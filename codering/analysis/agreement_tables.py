"""Agreement laid out for people: by theme, by code, overall, with a reading in plain words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from codering.analysis.agreement import (
    CodeAgreement,
    Measure,
    Unit,
    alpha_of_sets,
    averaged,
    code_agreement,
    ratings,
)
from codering.codebooks import Codebook
from codering.codings import Coding
from codering.errors import AgreementError, Message
from codering.tables import Cell, Column, Kind, Table
from codering.transcripts import Transcript


def agreement_tables(
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    codings: Sequence[Coding],
    coders: Sequence[str],
    read: Mapping[str, frozenset[Unit]],
    *,
    language: str,
    resamples: int,
) -> tuple[Table, ...]:
    """Compare coders by theme, then by code.

    Parameters
    ----------
    transcripts, codebook, codings
        Of the project.
    coders
        Two or more.
    read
        By coder, the turns that the coder read.
    language
        Of the labels.
    resamples
        Of the bootstrap over focus groups.

    Raises
    ------
    AgreementError
        If no turn was read by two of the coders.
    """
    units = [
        (transcript.name, turn.number)
        for transcript in transcripts
        for turn in transcript.participant_turns()
        if sum((transcript.name, turn.number) in read[coder] for coder in coders) >= 2
    ]
    if not units:
        raise AgreementError("No turn was read by two of these coders: {coders}.", coders=", ".join(coders))
    groups = [transcript for transcript, _ in units]

    def compared(code: str, codes: frozenset[str]) -> CodeAgreement:
        table = ratings(codings, coders, read, units, codes)
        return code_agreement(code, table, groups, resamples=resamples, intervals=("kappa",))

    by_theme = [
        compared(theme.id, frozenset({theme.id, *(code.id for code in theme.codes)})) for theme in codebook.themes
    ]
    by_code = [compared(code.id, frozenset({code.id})) for code in codebook]
    overall = alpha_of_sets(_sets(codings, coders, read, units))
    return (
        _table(by_theme, codebook, coders, language, overall, key="agreement_themes", title="Agreement by theme"),
        _table(by_code, codebook, coders, language, overall, key="agreement_codes", title="Agreement by code"),
    )


def _sets(
    codings: Sequence[Coding], coders: Sequence[str], read: Mapping[str, frozenset[Unit]], units: Sequence[Unit]
) -> list[list[frozenset[str] | None]]:
    given: dict[tuple[str, Unit], set[str]] = {}
    for coding in codings:
        given.setdefault((coding.coder, (coding.segment.transcript, coding.segment.turn)), set()).add(coding.code)
    return [
        [frozenset(given.get((coder, unit), ())) if unit in read[coder] else None for unit in units] for coder in coders
    ]


def _table(
    compared: Sequence[CodeAgreement],
    codebook: Codebook,
    coders: Sequence[str],
    language: str,
    overall: Measure,
    *,
    key: str,
    title: str,
) -> Table:
    columns = (
        Column("label", "Code"),
        Column("id", "Id"),
        *(Column(f"carried_{i}", coder, Kind.COUNT) for i, coder in enumerate(coders)),
        Column("together", "Together", Kind.COUNT),
        Column("percentage", "Agreement", Kind.SHARE),
        Column("kappa", "Cohen's κ", Kind.NUMBER),
        Column("kappa_low", "κ from", Kind.NUMBER),
        Column("kappa_high", "κ to", Kind.NUMBER),
        Column("alpha", "Krippendorff's α", Kind.NUMBER),
        Column("ac1", "Gwet's AC1", Kind.NUMBER),
        Column("f1", "F1", Kind.NUMBER),
        Column("reading", "Reading", Kind.LONG),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            codebook.code(one.code).label.in_language(language),
            one.code,
            *one.carried,
            one.together,
            one.percentage.value,
            one.kappa.value,
            one.kappa.low,
            one.kappa.high,
            one.alpha.value,
            one.ac1.value,
            one.f1.value,
            _reading(one),
        )
        for one in compared
    ]
    mean, left_out = averaged(one.kappa for one in compared)
    notes = (
        Message(
            "Turns of participants that at least two coders read: {units}. Mean κ {mean}, over what is defined; "
            "{left_out} left out as undefined.",
            units=compared[0].units if compared else 0,
            mean="–" if math.isnan(mean) else f"{mean:.2f}",
            left_out=left_out,
        ),
        Message(
            "All codes of a turn together: Krippendorff's α with MASI distance {alpha}.",
            alpha="–" if math.isnan(overall.value) else f"{overall.value:.2f}",
        ),
        Message("Intervals (95%) resample whole focus groups, because turns of one group resemble each other."),
    )
    return Table(key, title, columns, tuple(rows), notes)


def _reading(one: CodeAgreement) -> Message:
    if one.kappa.reason is not None and math.isnan(one.kappa.value):
        return one.kappa.reason
    if one.paradox:
        return Message("The code is rare: coders nearly always agree, yet κ is low. Look at AC1 and F1 beside it.")
    if math.isnan(one.kappa.low):
        return one.kappa.reason or Message("There is no interval.")
    if one.kappa.low >= 0.6:
        return Message("The coders agree well; also the lower end of the interval says so.")
    if one.kappa.high < 0.6:
        return Message("The coders agree too little to rely on this code: sharpen it and code again.")
    return Message("The interval leaves both good and poor agreement open: code more turns twice.")
