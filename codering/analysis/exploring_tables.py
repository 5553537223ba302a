"""Tables of what belongs together, what follows, what more groups bring, who speaks, and the paper's survey.

Each takes what the analysis found; `what` are the notes that come first: whose codings were counted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from codering.analysis.associations import Association
from codering.analysis.frequencies import Frequency, Level, Measure
from codering.analysis.saturation import Saturation
from codering.analysis.speaking import Balance, Voice
from codering.codebooks import Codebook
from codering.codings import Stance
from codering.errors import Message
from codering.rounding import half_up
from codering.tables import Cell, Column, Kind, Table
from codering.transcripts import Role

WITHIN = Message(
    "Expected by chance: what chance would give if codes fell on turns independently within each group. "
    "z: standard deviations "
    "between observed and expected (Mantel and Haenszel); – where both are below three, since a turn or "
    "two then decide. "
    "No p-values: turns of one conversation are not independent."
)
NOT_THE_SAME = Message(
    "The survey of the paper (2020) and these groups are not the same thing: there everyone answered one closed "
    "question, here somebody brings it up or not, and who is silent did not say no. The figures stand "
    "beside each other; they "
    "cannot be subtracted or tested against each other."
)


def cooccurrence_table(
    found: Sequence[Association], codebook: Codebook, *, level: Level = "code", language: str, what: Sequence[Message]
) -> Table:
    """Lay out which codes share a turn: pairs that occur, or that chance would make occur at least once."""
    columns = _columns(level, Column("second_label", "With"), Column("together", "Turns with both", Kind.COUNT))
    rows = _pairs(found, codebook, language)
    return Table("cooccurrence", "What shares a turn", columns, rows, (*what, WITHIN))


def sequence_table(
    found: Sequence[Association], codebook: Codebook, *, level: Level = "code", language: str, what: Sequence[Message]
) -> Table:
    """Lay out which code follows which."""
    columns = _columns(level, Column("second_label", "Followed by"), Column("together", "Times", Kind.COUNT))
    rows = _pairs(found, codebook, language)
    follows = Message(
        "Follows: in the next turn, of another participant, without the moderator in between. Only turns that have "
        "such a neighbour are counted."
    )
    return Table("sequence", "What follows what", columns, rows, (*what, follows, WITHIN))


def _columns(level: Level, second: Column, together: Column) -> tuple[Column, ...]:
    """The columns of a table of pairs, which differ only in how the pair is said."""
    return (
        Column("first_label", "Theme" if level == "theme" else "Code"),
        second,
        Column("first", "Id"),
        Column("second", "Id of the other"),
        together,
        Column("expected", "Expected by chance", Kind.NUMBER),
        Column("first_turns", "Turns with the first", Kind.COUNT),
        Column("second_turns", "Turns with the second", Kind.COUNT),
        Column("jaccard", "Jaccard", Kind.NUMBER),
        Column("z", "z", Kind.NUMBER),
        Column("groups", "Focus groups", Kind.COUNT),
        Column("above", "Groups above expected", Kind.COUNT),
    )


def _pairs(found: Sequence[Association], codebook: Codebook, language: str) -> tuple[tuple[Cell, ...], ...]:
    """The pairs that occur, or that chance would make occur at least once."""
    return tuple(_pair(one, codebook, language) for one in found if one.together or one.expected >= 1)


def saturation_tables(
    found: Saturation, codebook: Codebook, *, level: Level, language: str, what: Sequence[Message]
) -> tuple[Table, Table]:
    """Lay out the curve, and the runs of Guest, Namey and Chen."""
    curve = tuple((p.groups, p.codes, p.low, p.high, p.held, p.group) for p in found.points)
    # A theme's own code has the theme's name: among the others it would say that nobody spoke of the theme.
    own = {code for code in found.unheard if level == "code" and code == codebook.theme_of(code).id}
    labels = {code: codebook.code(code).label.in_language(language) for code in found.unheard}
    unheard, alone = (", ".join(labels[code] for code in labels if (code in own) is kind) for kind in (False, True))
    notes = [
        *what,
        Message("Heard: somebody in the group confirms or denies it."),
        Message("On average: over every order in which the groups could have been held (Colwell, Mao and Chang 2004)."),
    ]
    if unheard:
        notes.append(Message("In no group heard: {codes}.", codes=unheard))
    if alone:
        notes.append(
            Message(
                "In no group was the code of the theme itself used (for what fits no other code): {themes}.",
                themes=alone,
            )
        )
    first = Table(
        "saturation_curve",
        "What more groups bring",
        (
            Column("groups", "Focus groups", Kind.COUNT),
            Column("codes", "Codes heard, on average", Kind.NUMBER),
            Column("low", "95% of orders, from", Kind.COUNT),
            Column("high", "95% of orders, to", Kind.COUNT),
            Column("held", "Codes heard, as held", Kind.COUNT),
            Column("group", "Transcript"),
        ),
        curve,
        tuple(notes),
    )
    runs = tuple((run.first, run.last, run.new, found.base_codes, run.share) for run in found.runs)
    second = Table(
        "saturation",
        "Saturation",
        (
            Column("first", "From group", Kind.COUNT),
            Column("last", "To group", Kind.COUNT),
            Column("new", "New codes", Kind.COUNT),
            Column("base_codes", "Codes in the base", Kind.COUNT),
            Column("share", "New information", Kind.SHARE),
        ),
        runs,
        (saturation_statement(found), *what, *_saturation_notes(found)),
    )
    return first, second


def saturation_statement(found: Saturation) -> Message:
    """Whether saturation was reached, in one sentence."""
    if found.reason is not None:
        return found.reason
    values = {"percentage": f"{100 * found.threshold:g}", "share": str(half_up(100 * found.reached_in_orders))}
    if found.reached is None:
        return Message(
            "Not saturated: in the order in which the groups were held, no run brought {percentage}% new codes "
            "or less. "
            "In {share}% of random orders one does.",
            **values,
        )
    return Message(
        "Saturated at {groups} {groups:group|groups} (+{run}): the run after them brought {percentage}% new "
        "codes or less. In {share}% of random orders some run does.",
        groups=found.reached,
        run=found.run,
        **values,
    )


def speaking_tables(
    spoken: Sequence[Voice], divided: Sequence[Balance], *, what: Sequence[Message]
) -> tuple[Table, Table]:
    """Lay out who speaks how much, and how evenly speech is divided in each group."""
    roles = {Role.MODERATOR: Message("moderator"), Role.PARTICIPANT: Message("participant")}
    rows = tuple((v.transcript, v.speaker, roles[v.role], v.turns, v.words, v.share, v.coded_turns) for v in spoken)
    first = Table(
        "speaking",
        "Who speaks how much",
        (
            Column("transcript", "Transcript"),
            Column("speaker", "Speaker"),
            Column("role", "Role"),
            Column("turns", "Turns", Kind.COUNT),
            Column("words", "Words", Kind.COUNT),
            Column("share", "Share of words", Kind.SHARE),
            Column("coded_turns", "Turns with a code", Kind.COUNT),
        ),
        rows,
        (*what, Message("Share of words: of all words in the group, the moderator's included.")),
    )
    second = Table(
        "balance",
        "How speech is divided",
        (
            Column("transcript", "Transcript"),
            Column("participants", "Participants", Kind.COUNT),
            Column("moderator", "Moderator's share", Kind.SHARE),
            Column("largest", "Most talkative participant", Kind.SHARE),
            Column("even", "If all spoke equally", Kind.SHARE),
            Column("gini", "Gini", Kind.NUMBER),
        ),
        tuple((b.transcript, b.participants, b.moderator, b.largest, b.even, b.gini) for b in divided),
        (
            Message(
                "Most talkative participant: share of what participants say. Gini: 0 if all participants speak "
                "equally much, near 1 if one of them does nearly all the talking."
            ),
        ),
    )
    return first, second


def paper_table(counted: Sequence[Frequency], codebook: Codebook, *, language: str, what: Sequence[Message]) -> Table:
    """Set the paper's survey figures beside what these groups say: a row for each figure that belongs to a theme.

    Parameters
    ----------
    counted
        By theme, all groups together.
    """
    of: dict[tuple[str, Stance], Frequency] = {(f.code, f.stance): f for f in counted}
    rows: list[tuple[Cell, ...]] = []
    for theme in codebook.themes:
        yes, no = of[theme.id, Stance.CONFIRMS], of[theme.id, Stance.DENIES]
        for figure in theme.figures:
            found = (figure.text.in_language(language), figure.percentage / 100, figure.n, figure.section)
            here = (yes.participants, no.participants, yes.of(Measure.PARTICIPANTS), yes.groups, yes.of(Measure.GROUPS))
            rows.append((theme.label.in_language(language), theme.id, *found, *here))
    columns = (
        Column("theme", "Theme"),
        Column("id", "Id"),
        Column("survey", "In the survey", Kind.LONG),
        Column("percentage", "Of respondents", Kind.STATED),
        Column("n", "Respondents", Kind.COUNT),
        Column("section", "Section of the paper"),
        Column("participants", "Participants who confirm the theme", Kind.COUNT),
        Column("denied", "Participants who deny it", Kind.COUNT),
        Column("of_participants", "Participants in all", Kind.COUNT),
        Column("groups", "Groups in which it is confirmed", Kind.COUNT),
        Column("of_groups", "Groups in all", Kind.COUNT),
    )
    unsaid = Message("Respondents: – where the paper does not say how many there were.")
    notes = (NOT_THE_SAME, *what, *((unsaid,) if any(row[4] is None for row in rows) else ()))
    shown = tuple(tuple(math.nan if cell is None else cell for cell in row) for row in rows)
    return Table("paper", "Paper and practice", columns, shown, notes)


def _pair(one: Association, codebook: Codebook, language: str) -> tuple[Cell, ...]:
    names = (codebook.code(code).label.in_language(language) for code in (one.first, one.second))
    numbers = (
        one.together,
        one.expected,
        one.first_turns,
        one.second_turns,
        one.jaccard,
        math.nan if one.rare else one.z,
    )
    return (*names, one.first, one.second, *numbers, one.groups, one.above)


def _saturation_notes(found: Saturation) -> tuple[Message, ...]:
    if found.reason is not None and math.isnan(found.reached_in_orders) and not found.runs:
        return ()
    return (
        Message(
            "New information: new codes in a run of {run} {run:group|groups} as a share of the {codes} "
            "{codes:code|codes} in the base of {base} (Guest, Namey and Chen 2020). Their method is for codes "
            "that arise from the data; with a codebook that was fixed beforehand it says which of its codes are "
            "heard, not whether the codebook misses something.",
            run=found.run,
            codes=found.base_codes,
            base=found.base,
        ),
    )
