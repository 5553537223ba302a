"""Which codes coders swap, and where the codebook could be sharper.

A swap is a turn to which one coder gives one code and the other coder another, and neither gives what the other gave.
What a program can say about a codebook is where it fails, not how it should read: a proposal names the codes, the line
that is lacking or that did not help, what was decided so far, and the turns to look at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from codering.analysis.agreement import Unit
from codering.analysis.comparison import Comparison
from codering.analysis.disagreements import Difference, disagreements
from codering.codebooks import Codebook
from codering.errors import Message
from codering.tables import Cell, Column, Kind, Table

_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two codes that were swapped, or a code that one coder gave and the other left out.

    Attributes
    ----------
    code, other
        Ids; `other` is empty where the other coder gave no other code instead.
    first
        Turns in which the first coder gave `code`.
    second
        Turns in which the second coder did.
    together
        Turns to which both coders gave `code`.
    right
        By id of a code, in how many of these turns it was decided to hold; empty as long as nothing was decided.
    decided
        In how many of these turns it was decided whether `code` holds.
    """

    code: str
    other: str
    first: tuple[Unit, ...]
    second: tuple[Unit, ...]
    together: int
    right: Mapping[str, int]
    decided: int

    @property
    def places(self) -> tuple[Unit, ...]:
        """All the turns, in order."""
        return tuple(sorted({*self.first, *self.second}))


def confusions(comparison: Comparison, holds: Mapping[tuple[Unit, str], bool] | None = None) -> tuple[Confusion, ...]:
    """Count which codes are swapped, most often first, and which are left out by one coder.

    Parameters
    ----------
    comparison
        Of two coders.
    holds
        By turn and code, whether it was decided that the code holds there; what is not in it is undecided.

    Raises
    ------
    AgreementError
        With another number of coders than two.
    """
    decided = holds or {}
    found: dict[tuple[str, str], tuple[set[Unit], set[Unit]]] = defaultdict(lambda: (set(), set()))
    for one in disagreements(comparison):
        if one.difference is not Difference.CODE:
            continue
        side = 0 if one.one else 1
        instead = one.instead_two if one.one else one.instead_one
        for other in instead or ("",):
            found[one.code, other][side].add(one.place)
    together = _together(comparison)
    pairs = []
    for (code, other), (first, second) in found.items():
        if other and other < code:
            continue  # the same swap, seen from the other code
        places = first | second
        names = (code, other) if other else (code,)
        right = Counter(name for name in names for place in places if decided.get((place, name)))
        known = any((place, name) in decided for place in places for name in names)
        entry = Confusion(
            code,
            other,
            tuple(sorted(first)),
            tuple(sorted(second)),
            together[code],
            {name: right[name] for name in names} if known else {},
            sum((place, code) in decided for place in places),
        )
        pairs.append(entry)
    return tuple(sorted(pairs, key=lambda one: (not one.other, -len(one.places), one.code, one.other)))


def confusion_table(found: Sequence[Confusion], comparison: Comparison, *, language: str) -> Table:
    """Show which codes are swapped or left out, with the turns.

    Parameters
    ----------
    found
        From :func:`confusions`.
    comparison
        Of the same two coders.
    language
        Of the labels.
    """
    one, two = comparison.coders
    columns = (
        Column("label", "Code"),
        Column("other_label", "Other code"),
        Column("count", "Turns", Kind.COUNT),
        Column("first", one, Kind.COUNT),
        Column("second", two, Kind.COUNT),
        Column("together", "Together", Kind.COUNT),
        Column("places", "Where", Kind.LONG),
        Column("id", "Id"),
        Column("other", "Id of the other"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            label_of(comparison.codebook, confusion.code, language),
            label_of(comparison.codebook, confusion.other, language) if confusion.other else Message("nothing"),
            len(confusion.places),
            len(confusion.first),
            len(confusion.second),
            confusion.together,
            where(confusion.places),
            confusion.code,
            confusion.other,
        )
        for confusion in found
    ]
    notes = (
        Message(
            "In so many turns one coder gave the code and the other gave the other code, or nothing, instead. Under a "
            "coder's name: how often it was that coder who gave the code in the first column."
        ),
    )
    return Table("confusions", "Codes swapped or left out", columns, tuple(rows), notes)


def passage_table(found: Sequence[Confusion], comparison: Comparison, *, language: str) -> Table:
    """List the turns behind the swaps, a row each, with who gave which code; parameters as of :func:`confusion_table`.

    Codes that were left out, with no other code instead, have no rows.
    """
    by_name = {transcript.name: transcript for transcript in comparison.transcripts}
    columns = (
        Column("label", "Code"),
        Column("other_label", "Other code"),
        Column("transcript", "Transcript"),
        Column("turn", "Turn", Kind.COUNT),
        Column("speaker", "Speaker"),
        Column("gave", "Who gave the code"),
        Column("text", "What was said", Kind.LONG),
    )
    rows: list[tuple[Cell, ...]] = []
    for confusion in found:
        for place in confusion.places if confusion.other else ():
            transcript = by_name[place[0]]
            coder = comparison.coders[0 if place in confusion.first else 1]
            labels = (label_of(comparison.codebook, id_, language) for id_ in (confusion.code, confusion.other))
            turn = transcript.turn(place[1])
            rows.append((*labels, *place, transcript.speaker(turn.speaker).shown, coder, turn.text))
    return Table("confusion_passages", "Passages with swapped codes", columns, tuple(rows))


def _together(comparison: Comparison) -> Counter[str]:
    given: dict[str, set[tuple[Unit, str]]] = {coder: set() for coder in comparison.coders}
    for coding in comparison.counted:
        given[coding.coder].add((coding.segment.place, coding.code))
    both = set.intersection(*given.values())
    return Counter(code for place, code in both if place in comparison.of_all)


def label_of(book: Codebook, code: str, language: str) -> str:
    """What a code is called."""
    return book.code(code).label.in_language(language)


def where(places: Sequence[Unit]) -> str:
    """Name turns, the first few of many."""
    shown = [f"{name} {number}" for name, number in places[:_SHOWN]]
    return ", ".join(shown) + (" …" if len(places) > _SHOWN else "")
