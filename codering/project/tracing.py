"""Where results come from: every decision, every run of a suggester, the codebook's versions and the settings.

With these, the transcripts (whose hashes are among them) and the same codering, the run can be repeated.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from codering.codebooks import CHANGES, Codebook
from codering.codings import STANCES, Decision, Verdict, standing
from codering.errors import Message
from codering.project.thirds import ADJUDICATION
from codering.review import Order
from codering.tables import Cell, Column, Kind, Table
from codering.transcripts import Transcript

if TYPE_CHECKING:
    from codering.store import CodebookVersion, Run, Setting

VERDICTS = {
    Verdict.ACCEPT: Message("accepted"),
    Verdict.REJECT: Message("rejected"),
    Verdict.CHANGE: Message("changed"),
    Verdict.WITHDRAW: Message("withdrawn"),
    Verdict.ADD: Message("added"),
    Verdict.READ: Message("marked as read"),
}

DRAWN: Mapping[str, Message] = {
    Order.PLACE.value: Message("as the text is read"),
    Order.CERTAIN.value: Message("most certain first"),
    Order.UNCERTAIN.value: Message("most doubtful first"),
    Order.RARE.value: Message("rare codes first"),
    Order.RANDOM.value: Message("drawn at random"),
    "bulk": Message("many at once"),
}
"""What :attr:`codering.codings.Decision.drawn` says, in words."""
MACHINES: Mapping[str, Message] = {"rule": Message("Rules"), "learned": Message("Learned model")}
SETTINGS: Mapping[str, Message] = {
    "counted_coder": Message("Whose codings count"),
    "seed": Message("Seed of what is drawn at random"),
    "blind": Message("Coded blind"),
    "double_sample": Message("Turns that two coders read"),
    "language": Message("Language"),
}
"""What settings are about; others stand as they are stored."""


def decision_table(decisions: Sequence[Decision], codebook: Codebook, *, language: str) -> Table:
    """List every decision in order, withdrawn ones too; a reading has no code."""
    holding = {decision.id for decision in standing(decisions)}
    rows: list[tuple[Cell, ...]] = []
    for one in decisions:
        place = one.segment
        where: tuple[Cell, ...] = (None,) * 4
        if place is not None:
            where = (place.transcript, place.turn, place.start, place.end)
        known = one.code is not None and one.code in codebook
        label = codebook.code(one.code).label.in_language(language) if known and one.code is not None else one.code
        stance = STANCES[one.stance] if one.stance else None
        kept = None  # a withdrawal is neither: it says that another decision does not hold
        if one.verdict is not Verdict.WITHDRAW:
            kept = Message("yes") if one.id in holding else Message("no")
        shown = Message("yes") if one.shown else Message("no")
        said = (one.code, label, stance, kept, shown, _drawn(one.drawn), one.reason)
        rows.append(
            (_second(one.time), one.coder, VERDICTS[one.verdict], *where, *said, one.id, one.suggestion, one.target)
        )
    columns = (
        Column("time", "Time (UTC)"),
        Column("coder", "Coder"),
        Column("verdict", "Decision"),
        Column("transcript", "Transcript"),
        Column("turn", "Turn", Kind.COUNT),
        Column("start", "From character", Kind.COUNT),
        Column("end", "To character", Kind.COUNT),
        Column("code", "Id of the code"),
        Column("label", "Code"),
        Column("stance", "Stance"),
        Column("holds", "Holds"),
        Column("shown", "Suggestion in sight"),
        Column("drawn", "How the turn came up"),
        Column("reason", "Reason", Kind.LONG),
        Column("id", "Id"),
        Column("suggestion", "Id of the suggestion"),
        Column("target", "Id of the decision that it is about"),
    )
    note = Message("Decisions are only ever added: what was withdrawn is still here, and does not hold.")
    return Table("decisions", "Decisions", columns, tuple(rows), (note,))


def _drawn(how: str) -> Cell:
    return Message("coders differed on it") if how.startswith(ADJUDICATION) else DRAWN.get(how, how)


def _second(time: str) -> str:
    """A moment as a reader writes it: rows stand in order, so that what is less than a second says nothing more."""
    return time[:19].replace("T", " ")


def crosswalk_table(codebook: Codebook) -> Table:
    """List what became of codes of earlier versions."""
    columns = (
        Column("date", "Date"),
        Column("change", "Change"),
        Column("before", "Before"),
        Column("after", "After"),
        Column("note", "Why", Kind.LONG),
    )
    rows = tuple(
        (one.date, CHANGES[one.change], ", ".join(one.before), ", ".join(one.after), one.note)
        for one in codebook.crosswalk
    )
    return Table("crosswalk", "Crosswalk of the codebook", columns, rows)


def provenance_table(
    facts: Mapping[str, str],
    versions: Iterable[CodebookVersion],
    runs: Iterable[Run],
    transcripts: Iterable[Transcript],
    settings: Mapping[str, Setting],
) -> Table:
    """List what a run needs to be repeated: versions, hashes, settings."""
    rows: list[tuple[Cell, ...]] = [(Message("Program"), key, value) for key, value in facts.items()]
    rows += [(Message("Transcript"), one.name, one.hash) for one in transcripts]
    rows += [(Message("Codebook"), one.version, f"{_second(one.time)}, {one.coder}") for one in versions]
    rows += [(Message("Suggester"), _machine(one), _run(one)) for one in runs]
    rows += [(Message("Setting"), SETTINGS.get(key, key), _setting(value)) for key, value in settings.items()]
    columns = (Column("what", "What"), Column("name", "Name"), Column("value", "Value", Kind.LONG))
    notes = (
        Message("For a transcript: the SHA-256 of its words."),
        Message("For a suggester: when it ran, with which version of the codebook, how much it made, its settings."),
        Message("Times are in UTC."),
    )
    return Table("provenance", "Provenance", columns, tuple(rows), notes)


def _machine(one: Run) -> Message:
    return Message("{kind}, version {version}", kind=MACHINES.get(one.kind, one.kind), version=one.version)


def _run(one: Run) -> Message:
    return Message(
        "{time}; codebook {version}; {made} {made:suggestion|suggestions}{settings}",
        time=_second(one.time),
        version=one.codebook,
        made=one.made,
        settings="".join(f"; {key}={value}" for key, value in one.settings),
    )


def _setting(value: Setting) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
