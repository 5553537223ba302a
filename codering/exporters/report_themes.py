"""What a report says of one theme: what it means, how often its codes occur, the survey of the paper, passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codering.codebooks import Figure, Theme
from codering.codings import Stance
from codering.exporters.document import Block, Grid, Heading, Paragraph, Passage, Points
from codering.exporters.report_passages import person
from codering.exporters.report_tables import Spoken, counts
from codering.exporters.results import Quotation
from codering.tables import Column, Kind, Table
from codering.texts import Texts
from codering.writing import written


def about_theme(
    theme: Theme, passages: Sequence[Quotation], codes: Table | None, of: Spoken, texts: Texts, *, named: bool
) -> Iterator[Block]:
    """Make the section of a theme.

    Parameters
    ----------
    theme
        Of the codebook.
    passages
        Those that are shown.
    codes
        The table ``codes`` of the results; None if there is none.
    of
        What is counted in.
    texts
        The language.
    named
        Whether it is said who says a passage, and where; not in what is published, for that ties passages together and
        to few people.
    """
    yield Heading(theme.label.in_language(texts.language), 2)
    yield _definition(theme.own.definition, texts)
    if codes is not None:
        yield Grid(counts(codes, "code_label", of, texts, frozenset(code.id for code in (theme.own, *theme.codes))))
    yield from _paper(theme.figures, texts)
    for one in passages:
        yield Passage(one.words, _where(one, texts, named=named))


def _definition(words: str, texts: Texts) -> Paragraph:
    """What a theme means; the codebook says it in Dutch only."""
    if texts.language == "nl":
        return Paragraph(words)
    return Paragraph(texts("In the codebook (Dutch): “{definition}”", definition=words))


def _paper(figures: Sequence[Figure], texts: Texts) -> Iterator[Block]:
    if not figures:
        return
    yield Paragraph(texts("In the survey of the paper:"))
    yield Points(
        tuple(
            texts(
                "{percentage} ({base}{section}): {text}",
                percentage=written(figure.percentage / 100, Column("", "", Kind.STATED), texts),
                base=f"n = {figure.n}, " if figure.n else "",
                section=figure.section,
                text=figure.text.in_language(texts.language),
            )
            for figure in figures
        )
    )


def _where(one: Quotation, texts: Texts, *, named: bool) -> str:
    transcript = one.transcript
    turn = transcript.turn(one.item.segment.turn)
    parts: list[str | None] = [texts("A participant")]
    if named:
        place = transcript.group or transcript.title or transcript.name
        where = texts("turn {number}", number=turn.number)
        parts = [person(transcript, turn.speaker, texts), place, transcript.wave, where]
    if one.item.stance is Stance.DENIES:
        parts.append(texts("denies it"))
    return ", ".join(part for part in parts if part)
