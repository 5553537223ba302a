"""Passages for the report, as a script chooses them: which there are, and choosing or dropping some by their id.

A passage can be chosen if it counts: the words of a participant, coded by whoever's codings count there, in a
transcript that nobody codes blind any more. Those are the passages from which a report takes its quotations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from codering.analysis.comparison import Scope
from codering.codings import Coding
from codering.crosswalk import counted_as
from codering.errors import CoderingError, Message
from codering.tables import Cell, Column, Kind, Table

if TYPE_CHECKING:
    from codering.project import Project

_SHORTEST: Final = 8
"""Characters of an id that are shown: more only where these are not enough."""
_GIVEN: Final = 4
"""Characters of an id at least that are taken for the beginning of one."""


@dataclass(frozen=True, slots=True)
class ChoiceReport:
    """What came of choosing or dropping passages.

    Attributes
    ----------
    changed, same
        Passages that were marked or unmarked now, and those that were so already.
    chosen
        Passages that are chosen now, in the whole project.
    """

    changed: int
    same: int
    chosen: int


def reportable(project: Project) -> tuple[Coding, ...]:
    """Give the passages that a report can show, by place."""
    counted, blind = project.counted_codings(), project.still_blind
    spoken = {one.name: one for one in counted.among(project.transcripts()) if one.name not in blind}
    return tuple(
        coding
        for coding in counted.codings
        if (transcript := spoken.get(coding.segment.transcript)) is not None
        and transcript.is_participant(transcript.turn(coding.segment.turn))
    )


def passages_by_theme(project: Project, *, language: str) -> Table:
    """Count, for each theme that occurs, the passages that a report can show and those that are chosen."""
    codebook, chosen, passages = project.codebook, _chosen(project), reportable(project)
    theme_of = {code: counted_as(codebook, code, "theme") for code in {one.code for one in passages}}
    every = Counter(theme_of[one.code] for one in passages)
    picked = Counter(theme_of[one.code] for one in passages if one.id in chosen)
    rows = [
        (theme.label.in_language(language), theme.id, every[theme.id], picked[theme.id])
        for theme in codebook.themes
        if every[theme.id]
    ]
    columns = (
        Column("label", "Theme"),
        Column("theme", "Id"),
        Column("passages", "Passages", Kind.COUNT),
        Column("chosen", "For the report", Kind.COUNT),
    )
    return Table("passages_by_theme", "Passages by theme", columns, tuple(rows), _unused(passages, chosen))


def passages_listed(
    project: Project,
    *,
    themes: Sequence[str] = (),
    codes: Sequence[str] = (),
    chosen: bool = False,
    language: str,
) -> Table:
    """List passages that a report can show, in the order of the codebook and then by place.

    Parameters
    ----------
    project
        Open.
    themes, codes
        Only of these; without either, of all.
    chosen
        Only those that are chosen.
    language
        Of labels.

    Returns
    -------
    Table
        A row each: ``id`` and the beginning of it that is enough (``short``), theme, code, stance, whether it is
        chosen, who says it where, the words, and whose coding it is.

    Raises
    ------
    AgreementError
        If the codebook has no such theme or code.
    """
    codebook = project.codebook
    Scope(codes=tuple(codes), themes=tuple(themes)).checked(codebook, project.transcripts())
    marked, passages = _chosen(project), reportable(project)
    order = {code.id: number for number, code in enumerate(codebook)}
    length = _enough(one.id for one in project.codings())
    rows: list[tuple[Cell, ...]] = []
    for one in sorted(passages, key=lambda one: order.get(one.code, len(order))):
        theme, code = (counted_as(codebook, one.code, level) for level in ("theme", "code"))
        wanted = not (themes or codes) or theme in themes or code in codes
        if not wanted or (chosen and one.id not in marked):
            continue
        transcript = project.transcript(one.segment.transcript)
        turn = transcript.turn(one.segment.turn)
        rows.append(
            (
                one.id,
                one.id[:length],
                theme,
                one.code,
                codebook.code(one.code).label.in_language(language) if one.code in codebook else one.code,
                one.stance.value,
                one.id in marked,
                transcript.speaker(turn.speaker).shown,
                transcript.name,
                turn.number,
                transcript.quote(one.segment),
                one.coder,
            )
        )
    return Table("passages", "Passages", _COLUMNS, tuple(rows), _unused(passages, marked))


_COLUMNS: Final = (
    Column("id", "Id"),
    Column("short", "Id"),
    Column("theme", "Theme"),
    Column("code", "Code"),
    Column("code_label", "Code"),
    Column("stance", "Stance"),
    Column("chosen", "For the report"),
    Column("speaker", "Speaker"),
    Column("transcript", "Transcript"),
    Column("turn", "Turn", Kind.COUNT),
    Column("quote", "Quotation", Kind.LONG),
    Column("coder", "Coder"),
)


def choose_passages(project: Project, ids: Sequence[str], *, coder: str, chosen: bool = True) -> ChoiceReport:
    """Choose passages for the report, or drop them: all that are named, or none if something is wrong with one.

    Parameters
    ----------
    project
        Open.
    ids
        Of passages, or beginnings of ids that fit one passage only.
    coder
        Who chooses.
    chosen
        False to drop them.

    Raises
    ------
    CoderingError
        If an id fits no passage that can be chosen or dropped, or more than one, or nobody chooses.
    """
    signed = project.signed(coder)
    marked = _chosen(project)
    there = {one.id for one in reportable(project)} if chosen else marked
    why = _why_not(project) if chosen else _not_chosen
    found = dict.fromkeys(_meant(one, there, why) for one in ids)
    changed = [one for one in found if (one in marked) is not chosen]
    for one in changed:
        project.choose_quotation(one, coder=signed, chosen=chosen)
    return ChoiceReport(len(changed), len(found) - len(changed), len(_chosen(project)))


def _chosen(project: Project) -> frozenset[str]:
    return frozenset(one.id for one in project.chosen_quotations())


def _meant(given: str, there: Collection[str], why: Callable[[str], CoderingError]) -> str:
    """The one id that begins as given."""
    found = [one for one in there if one.startswith(given.lower())] if len(given) >= _GIVEN else []
    if not found:
        raise why(given)
    if len(found) > 1:
        raise CoderingError(
            "{id}: {count} passages have an id that begins like this. Give more of it; nothing was changed.",
            id=given,
            count=len(found),
        )
    return found[0]


def _not_chosen(given: str) -> CoderingError:
    return CoderingError(
        "{id}: no passage with this id is chosen for the report; nothing was changed. "
        "`codering passages list PROJECT --chosen` shows which are.",
        id=given,
    )


def _why_not(project: Project) -> Callable[[str], CoderingError]:
    """Say why an id is of no passage that can be chosen."""

    def why(given: str) -> CoderingError:
        codings = [one for one in project.codings() if len(given) >= _GIVEN and one.id.startswith(given.lower())]
        if not codings:
            return CoderingError(
                "{id}: no passage has this id; nothing was changed. "
                "`codering passages list PROJECT --theme THEME` shows passages with theirs.",
                id=given,
            )
        first = codings[0]
        name = first.segment.transcript
        if name in project.still_blind:
            return CoderingError(
                "{id}: {transcript} is still coded blind; nothing was changed. Choose once all coders are done.",
                id=given,
                transcript=name,
            )
        counts = dict(project.counted_codings().coder_of).get(name)
        if counts == first.coder:
            return CoderingError("{id}: the moderator says this, and does not count; nothing was changed.", id=given)
        return CoderingError(
            "{id}: this passage is of {coder}, and of {transcript} the codings of {counts} count; nothing was changed.",
            id=given,
            coder=first.coder,
            transcript=name,
            counts=counts,
        )

    return why


def _unused(passages: Iterable[Coding], chosen: frozenset[str]) -> tuple[Message, ...]:
    """Say that passages were chosen which no report shows, because they do not count now."""
    count = len(chosen - {one.id for one in passages})
    if not count:
        return ()
    return (
        Message(
            "{count} chosen {count:passage does|passages do} not count now, and {count:is|are} not in the report.",
            count=count,
        ),
    )


def _enough(ids: Iterable[str]) -> int:
    """How many characters tell all ids apart."""
    known = set(ids)
    length = _SHORTEST
    while len({one[:length] for one in known}) < len(known):
        length += 1
    return length
