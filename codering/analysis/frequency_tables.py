"""Frequencies laid out for people: counts first, percentages only beside what they are of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from codering.analysis.frequencies import Frequency, Level, Measure
from codering.analysis.intervals import IN_PART, NO_SPREAD, TOO_FEW, Interval
from codering.analysis.suppression import hidden
from codering.codebooks import Codebook
from codering.codings import Stance
from codering.errors import Message
from codering.tables import HIDDEN, Cell, Column, Kind, Table

LABELS = {
    Measure.PARTICIPANTS: Message("Participants"),
    Measure.GROUPS: Message("Focus groups"),
    Measure.TURNS: Message("Turns"),
    Measure.MENTIONS: Message("Passages"),
    Measure.WORDS: Message("Words"),
}
"""What a measure is called."""

COUNTS = {
    Measure.PARTICIPANTS: Message(
        "Counted: participants who confirm it in words of their own; each counts once; whoever only agreed does not."
    ),
    Measure.GROUPS: Message(
        "Counted: focus groups in which at least one participant confirms it in words of their own."
    ),
    Measure.TURNS: Message("Participants' turns in which the speaker confirms it; a turn counts once."),
    Measure.MENTIONS: Message("Counted: passages that confirm it. Whoever talks much weighs heavily here."),
    Measure.WORDS: Message("Counted: words in passages that confirm it. Whoever talks much weighs heavily here."),
}
"""What is counted in a cell."""


WHOLES = {
    Measure.PARTICIPANTS: Message("n: how many participants there are."),
    Measure.GROUPS: Message("n: how many focus groups there are."),
    Measure.TURNS: Message("n: how many turns participants have."),
    Measure.WORDS: Message("n: how many words participants say."),
}
"""What stands above a column."""


def frequency_table(
    counted: Sequence[Frequency],
    codebook: Codebook,
    *,
    level: Level,
    language: str,
    what: Sequence[Message],
    key: str,
    title: str,
    intervals: Mapping[str, Interval] | None = None,
) -> Table:
    """Lay frequencies of all transcripts together out as a table, a row for each theme or code.

    Parameters
    ----------
    counted
        From :func:`codering.analysis.frequencies.frequencies` with ``by="all"``.
    codebook, level, language
        Give labels; `level` is that of the counting.
    what
        Says what was counted: decisions of which coders, or suggestions nobody reviewed. The first notes.
    key, title
        Of the table.
    intervals
        By code, of the share of participants who confirm it; without it the table has no intervals.
    """
    by_code: dict[str, dict[Stance, Frequency]] = defaultdict(dict)
    for frequency in counted:
        by_code[frequency.code][frequency.stance] = frequency
    rows: list[tuple[Cell, ...]] = []
    for code, stances in by_code.items():
        yes, no = stances[Stance.CONFIRMS], stances[Stance.DENIES]
        people: tuple[Cell, ...] = (yes.participants, yes.share(Measure.PARTICIPANTS))
        if intervals is not None:
            people = (*people, intervals[code].low, intervals[code].high)
        rest: tuple[Cell, ...] = (yes.assenting, yes.groups, yes.share(Measure.GROUPS), yes.turns)
        rest = (*rest, yes.share(Measure.TURNS), yes.mentions, yes.words)
        denied = (no.participants, no.groups, no.turns)
        rows.append((*_names(code, codebook, level, language), code, *people, *rest, *denied))
    span = (Column("low", "Interval from", Kind.SHARE), Column("high", "Interval to", Kind.SHARE))
    columns = (
        *_heads(level),
        Column("id", "Id"),
        Column("participants", "Participants", Kind.COUNT),
        Column("participants_share", "Share of participants", Kind.SHARE),
        *(span if intervals is not None else ()),
        Column("assenting", "Only agreed", Kind.COUNT),
        Column("groups", "Focus groups", Kind.COUNT),
        Column("groups_share", "Share of groups", Kind.SHARE),
        Column("turns", "Turns", Kind.COUNT),
        Column("share", "Share of turns", Kind.SHARE),
        Column("mentions", "Passages", Kind.COUNT),
        Column("words", "Words", Kind.COUNT),
        Column("denied_participants", "Participants who deny it", Kind.COUNT),
        Column("denied_groups", "Groups in which it is denied", Kind.COUNT),
        Column("denied_turns", "Turns that deny it", Kind.COUNT),
    )
    notes = (*what, *_reading(counted), *interval_notes(tuple((intervals or {}).values())))
    # A chart of what a machine proposes would look like a result.
    bars = "participants" if intervals is not None else ""
    return Table(key, title, columns, tuple(rows), notes, bars=bars)


def unit_table(
    counted: Sequence[Frequency],
    codebook: Codebook,
    *,
    level: Level,
    language: str,
    what: Sequence[Message],
    key: str,
    title: str,
    measure: Measure = Measure.PARTICIPANTS,
    shares: bool = False,
    suppress_below: int = 0,
) -> Table:
    """Lay frequencies by unit out: a row for each theme or code, a column for each unit; what confirms it.

    Parameters
    ----------
    counted
        From :func:`codering.analysis.frequencies.frequencies`, by any unit.
    codebook, level, language, what, key, title
        As of :func:`frequency_table`.
    measure
        What a cell counts. Above every unit stands how many there are of it.
    shares
        Whether a column with the percentage stands beside every column with counts.
    suppress_below
        Leave out cells with fewer participants than this, and what would give them away; 0 leaves nothing out.
    """
    units = list(dict.fromkeys(frequency.unit for frequency in counted))
    cells = {(f.code, f.unit): f for f in counted if f.stance is Stance.CONFIRMS}
    rows: list[tuple[Cell, ...]] = []
    left_out = 0
    for code in dict.fromkeys(frequency.code for frequency in counted):
        row = [cells[code, unit] for unit in units]
        out = _hidden(row, suppress_below)
        left_out += sum(out)
        values: list[Cell] = []
        for frequency, gone in zip(row, out, strict=True):
            values.append(HIDDEN if gone else frequency.count(measure))
            if shares and measure is not Measure.MENTIONS:
                values.append(HIDDEN if gone else frequency.share(measure))
        rows.append((*_names(code, codebook, level, language), *values))
    columns: list[Column] = list(_heads(level))
    for index, unit in enumerate(units):
        whole = next(f for f in counted if f.unit == unit).of(measure)
        columns.append(Column(f"unit_{index}", _head(unit, whole), Kind.COUNT))
        if shares and measure is not Measure.MENTIONS:
            columns.append(Column(f"unit_{index}_share", _head(unit, whole, "%"), Kind.SHARE))
    notes = [*what, COUNTS[measure]]
    if measure in WHOLES:
        notes.append(WHOLES[measure])
    if "" in units:
        notes.append(Message("–: not stated."))
    if suppress_below > 1:
        notes.append(_left_out(left_out, suppress_below))
    return Table(key, title, tuple(columns), tuple(rows), tuple(notes))


def long_table(
    counted: Sequence[Frequency],
    codebook: Codebook,
    *,
    language: str,
    what: Sequence[Message],
    key: str = "frequencies",
    suppress_below: int = 0,
) -> Table:
    """Lay frequencies out for programs: a row for each unit, code and stance, a column for each measure.

    Parameters
    ----------
    counted
        From :func:`codering.analysis.frequencies.frequencies`.
    suppress_below
        As of :func:`unit_table`; a row that is left out has no numbers.
    """
    of_row: dict[tuple[str, Stance], list[Frequency]] = defaultdict(list)
    for frequency in counted:
        of_row[frequency.code, frequency.stance].append(frequency)
    gone = {
        (f.code, f.stance, f.unit)
        for row in of_row.values()
        for f, out in zip(row, _hidden(row, suppress_below), strict=True)
        if out
    }
    rows: list[tuple[Cell, ...]] = []
    for f in counted:
        numbers: tuple[Cell, ...] = tuple(f.count(measure) for measure in Measure)
        if (f.code, f.stance, f.unit) in gone:
            numbers = (None,) * len(numbers)
        bases = (f.base.participants, f.base.groups, f.base.turns, f.base.words)
        theme = codebook.theme_of(f.code).label.in_language(language)
        label = codebook.code(f.code).label.in_language(language)
        rows.append((f.unit, theme, label, f.code, f.stance.value, *numbers, *bases))
    columns = (
        Column("unit", "Unit"),
        Column("theme", "Theme"),
        Column("label", "Label"),
        Column("id", "Id"),
        Column("stance", "Stance"),
        *(Column(measure.value, LABELS[measure].template, Kind.COUNT) for measure in Measure),
        Column("of_participants", "Participants in all", Kind.COUNT),
        Column("of_groups", "Groups in all", Kind.COUNT),
        Column("of_turns", "Turns in all", Kind.COUNT),
        Column("of_words", "Words in all", Kind.COUNT),
    )
    notes = (*what, *((_left_out(len(gone), suppress_below),) if suppress_below > 1 else ()))
    return Table(key, "Frequencies", columns, tuple(rows), notes)


def with_hidden(counted: Sequence[Frequency], fewest: int) -> frozenset[str]:
    """The ids of which :func:`unit_table` leaves out a cell of what is confirmed, with `fewest` as `suppress_below`."""
    rows: dict[str, list[Frequency]] = defaultdict(list)
    for one in counted:
        if one.stance is Stance.CONFIRMS:
            rows[one.code].append(one)
    return frozenset(code for code, row in rows.items() if any(_hidden(row, fewest)))


def speaker_table(
    counted: Sequence[Frequency], codebook: Codebook, *, language: str, what: Sequence[Message], key: str, title: str
) -> Table:
    """Lay theme frequencies by speaker out: a row for each speaker, a column for each theme; turns that confirm it.

    Parameters
    ----------
    counted
        From :func:`codering.analysis.frequencies.frequencies`, of themes with ``by="speaker"``.
    codebook, language, what, key, title
        As of :func:`frequency_table`.
    """
    cells = {(f.unit, f.code): f.turns for f in counted if f.stance is Stance.CONFIRMS}
    bases = {frequency.unit: frequency.base for frequency in counted}
    rows: list[tuple[Cell, ...]] = []
    for unit, base_ in bases.items():
        transcript, _, speaker = unit.partition(": ")
        rows.append((transcript, speaker, base_.turns, base_.words, *(cells[unit, t.id] for t in codebook.themes)))
    columns = (
        Column("transcript", "Transcript"),
        Column("speaker", "Speaker"),
        Column("turns", "Turns", Kind.COUNT),
        Column("words", "Words", Kind.COUNT),
        *(Column(theme.id, theme.label.in_language(language), Kind.COUNT) for theme in codebook.themes),
    )
    return Table(key, title, columns, tuple(rows), (*what, COUNTS[Measure.TURNS]))


INTERVAL: Final = Message(
    "Interval (95%): how far the share could be otherwise, had other groups and participants of the same kind been "
    "heard. It says nothing about professionals who are unlike them."
)
ABOUT_INTERVALS: Final = (INTERVAL, TOO_FEW, IN_PART, NO_SPREAD)
"""What :func:`interval_notes` can say: needless where no interval is drawn."""


def interval_notes(intervals: Sequence[Interval]) -> tuple[Message, ...]:
    """What a reader must know about the intervals of a table, and why some are missing."""
    reasons = tuple(dict.fromkeys(i.reason for i in intervals if i.reason is not None))
    if all(i.reason is not None for i in intervals):
        return reasons
    return (INTERVAL, *reasons)


def _hidden(row: Sequence[Frequency], fewest: int) -> tuple[bool, ...]:
    """Which cells point at few people: by those who say it themselves, which is shown, or with who only agreed."""
    said = [frequency.participants for frequency in row]
    people = [frequency.participants + frequency.assenting for frequency in row]
    return hidden((said, people), [frequency.base.participants for frequency in row], fewest)


def _left_out(cells: int, fewest: int) -> Message:
    return Message(
        "{mark}: left out. Fewer than {fewest} participants, or what would give such a cell away ({count} "
        "{count:cell|cells}).",
        mark=HIDDEN,
        fewest=fewest,
        count=cells,
    )


def _head(unit: str, whole: int | None, mark: str = "") -> str:
    of = "" if whole is None else f" (n = {whole})"
    return f"{unit or '–'}{of}{' ' if mark else ''}{mark}"


def _heads(level: Level) -> tuple[Column, ...]:
    theme = Column("theme", "Theme")
    return (theme, Column("code_label", "Code")) if level == "code" else (theme,)


def _names(code: str, codebook: Codebook, level: Level, language: str) -> tuple[str, ...]:
    theme = codebook.theme_of(code).label.in_language(language)
    return (theme, codebook.code(code).label.in_language(language)) if level == "code" else (theme,)


def _reading(counted: Sequence[Frequency]) -> tuple[Message, ...]:
    if not counted:
        return ()
    whole = counted[0].base
    return (
        Message(
            "Counted in {turns} {turns:turn|turns} of {participants} {participants:participant|participants} in "
            "{groups} focus {groups:group|groups}; the moderator's turns do not count.",
            turns=whole.turns,
            participants=whole.participants,
            groups=whole.groups,
        ),
        Message(
            "A participant counts once, and only with words of their own; whoever only agreed is counted apart. A turn "
            "counts once for a code and once for its theme. What a speaker denies is counted apart."
        ),
    )
