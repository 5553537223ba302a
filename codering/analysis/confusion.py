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
from codering.codebooks import Code, Codebook
from codering.errors import Message
from codering.tables import Cell, Column, Kind, Table

FEWEST: Final = 2
"""Swaps, or turns in which one coder lacks a code, below which nothing is proposed: one may be a slip."""
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
    """

    code: str
    other: str
    first: tuple[Unit, ...]
    second: tuple[Unit, ...]
    together: int
    right: Mapping[str, int]

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
        )
        pairs.append(entry)
    return tuple(sorted(pairs, key=lambda one: (not one.other, -len(one.places), one.code, one.other)))


def confusion_table(found: Sequence[Confusion], comparison: Comparison, *, language: str) -> Table:
    """Show which codes are swapped or left out, with the turns."""
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
            _label(comparison.codebook, confusion.code, language),
            _label(comparison.codebook, confusion.other, language) if confusion.other else Message("nothing"),
            len(confusion.places),
            len(confusion.first),
            len(confusion.second),
            confusion.together,
            _where(confusion.places),
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
    """The turns behind the swaps, with what each coder gave."""
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
            labels = (_label(comparison.codebook, id_, language) for id_ in (confusion.code, confusion.other))
            turn = transcript.turn(place[1])
            rows.append((*labels, *place, transcript.speaker(turn.speaker).shown, coder, turn.text))
    return Table("confusion_passages", "Passages with swapped codes", columns, tuple(rows))


def proposal_table(found: Sequence[Confusion], comparison: Comparison, *, language: str) -> Table:
    """Where the codebook could be sharper: what was seen, and what to look at."""
    columns = (
        Column("label", "Code"),
        Column("other_label", "Other code"),
        Column("seen", "What was seen", Kind.LONG),
        Column("proposal", "What to sharpen", Kind.LONG),
        Column("line", "Line in the codebook", Kind.LONG),
        Column("places", "Look at", Kind.LONG),
    )
    book = comparison.codebook
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        if len(one.places) < FEWEST:
            continue
        line = _line_between(book, one.code, one.other)
        rows.append(
            (
                _label(book, one.code, language),
                _label(book, one.other, language) if one.other else Message("nothing"),
                _seen(one, comparison, language),
                _proposal(one, book, line, language),
                line,
                _where(one.places),
            )
        )
    notes = (
        Message(
            "A program sees where a codebook fails, not how it should read. Write lines and examples in your own "
            "words: "
            "a codebook travels further than a transcript may."
        ),
        Message("What happened once may be a slip, and is left out."),
    )
    return Table("codebook_proposals", "Where the codebook could be sharper", columns, tuple(rows), notes)


def _seen(one: Confusion, comparison: Comparison, language: str) -> Message:
    first, second = comparison.coders
    left = _decided(one, comparison.codebook, language)
    if one.other:
        return Message(
            "{count} times: {first} gave the first and {second} the other {a} times, the other way round {b} "
            "times.{left}",
            count=len(one.places),
            first=first,
            second=second,
            a=len(one.first),
            b=len(one.second),
            left=left,
        )
    return Message(
        "{count} times given by one only: {a} times by {first}, {b} times by {second}; {together} times by both.{left}",
        count=len(one.places),
        first=first,
        second=second,
        a=len(one.first),
        b=len(one.second),
        together=one.together,
        left=left,
    )


def _decided(one: Confusion, book: Codebook, language: str) -> Message | str:
    if not one.right:
        return ""
    counts = ", ".join(f"{_label(book, code, language)} {count}" for code, count in one.right.items())
    return Message(" Decided so far: {counts}.", counts=counts)


def _proposal(one: Confusion, book: Codebook, line: str, language: str) -> Message:
    code = book.code(one.code)
    name = _label(book, one.code, language)
    if not one.other:
        return _about_omission(one, name)
    other = book.code(one.other)
    names = {"one": name, "two": _label(book, one.other, language)}
    if _is_own_and_part(code, other):
        return Message(
            "One is the theme itself, the other one of its codes. Say in the definition of the theme what fits none "
            "of its "
            "codes; the most specific code comes first."
        )
    if line:
        return Message(
            "The codebook has a line between these codes, yet they are swapped: it does not decide these turns. "
            "Sharpen it, "
            "and add a near miss to “{one}” that carries “{two}” instead.",
            **names,
        )
    if one.right and len(set(one.right.values())) > 1:
        winner, loser = sorted(one.right, key=lambda id_: -one.right[id_])
        return Message(
            "No line tells these codes apart, and it was mostly decided for “{winner}”. Add to “{loser}” under "
            "exclude: "
            "when it is “{winner}” instead (→ {id}).",
            winner=_label(book, winner, language),
            loser=_label(book, loser, language),
            id=winner,
        )
    return Message(
        "No line tells these codes apart. Decide these turns, then add under exclude of “{one}” or “{two}” when it "
        "is the "
        "other instead.",
        **names,
    )


def _about_omission(one: Confusion, name: str) -> Message:
    fewer = min(len(one.first), len(one.second))
    if one.right:
        holds = one.right.get(one.code, 0)
        if holds * 2 > len(one.places):
            return Message(
                "Mostly decided that “{code}” holds: add to include what was overlooked in these turns.", code=name
            )
        return Message("Mostly decided that “{code}” does not hold: add to exclude what these turns have.", code=name)
    if fewer * 4 < len(one.places):
        return Message(
            "Nearly always the same coder gives it: the two read the definition of “{code}” differently. Talk about "
            "these "
            "turns before you change a word.",
            code=name,
        )
    return Message(
        "Now one overlooks it, now the other: make the definition of “{code}” easier to recognise, with an example "
        "of each "
        "kind that was overlooked.",
        code=name,
    )


def _line_between(book: Codebook, code: str, other: str) -> str:
    """The exclude lines of either code that name the other, by id or label."""
    if not other:
        return "\n".join((*book.code(code).include, *book.code(code).exclude))
    lines = []
    for one, two in ((book.code(code), book.code(other)), (book.code(other), book.code(code))):
        marks = (two.id, two.label.nl.casefold())
        lines += [line for line in one.exclude if marks[0] in line or marks[1] in line.casefold()]
    return "\n".join(lines)


def _is_own_and_part(one: Code, two: Code) -> bool:
    return one.theme == two.theme and (one.id == one.theme) != (two.id == two.theme)


def _together(comparison: Comparison) -> Counter[str]:
    given: dict[str, set[tuple[Unit, str]]] = {coder: set() for coder in comparison.coders}
    for coding in comparison.counted:
        given[coding.coder].add(((coding.segment.transcript, coding.segment.turn), coding.code))
    both = set.intersection(*given.values())
    return Counter(code for place, code in both if place in comparison.of_all)


def _label(book: Codebook, code: str, language: str) -> str:
    return book.code(code).label.in_language(language)


def _where(places: Sequence[Unit]) -> str:
    shown = [f"{name} {number}" for name, number in places[:_SHOWN]]
    return ", ".join(shown) + (" …" if len(places) > _SHOWN else "")
