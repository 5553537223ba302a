"""Where the codebook could be sharper, from what coders swap and leave out.

A program sees where a codebook fails, not how it should read: a proposal names the codes, the line that is lacking or
that did not help, what was decided so far, and the turns to look at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from codering.analysis.comparison import Comparison
from codering.analysis.confusion import Confusion, label_of, where
from codering.codebooks import Code, Codebook
from codering.errors import Message
from codering.naming import codes_named, with_labels
from codering.tables import Cell, Column, Kind, Table

FEWEST: Final = 2
"""Swaps, or turns in which one coder lacks a code, below which nothing is proposed: one may be a slip."""


def proposal_table(found: Sequence[Confusion], comparison: Comparison, *, language: str) -> Table:
    """Say where the codebook could be sharper: what was seen, and what to look at.

    Parameters
    ----------
    found
        From :func:`codering.analysis.confusion.confusions`; what was seen fewer than :data:`FEWEST` times is left out.
    comparison
        Of the same two coders.
    language
        Of the labels; lines of the codebook are in Dutch.
    """
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
        line = _line_between(book, one.code, one.other, language)
        rows.append(
            (
                label_of(book, one.code, language),
                label_of(book, one.other, language) if one.other else Message("nothing"),
                _seen(one, comparison, language),
                _proposal(one, book, line, language),
                line,
                where(one.places),
            )
        )
    notes = (
        Message(
            "A program sees where a codebook fails, not how it should read. Write lines and examples in your own "
            "words: "
            "a codebook travels further than a transcript may."
        ),
        Message("What happened once may be a slip, and is left out."),
        *(() if language == "nl" else (Message("Lines of the codebook are in Dutch, as they stand there."),)),
    )
    return Table("codebook_proposals", "What the codebook could sharpen", columns, tuple(rows), notes)


def _seen(one: Confusion, comparison: Comparison, language: str) -> Message:
    first, second = comparison.coders
    left = _decided(one, comparison.codebook, language)
    if one.other:
        return Message(
            "{count} times: {first} gave the first and {second} the other {a} {a:time|times}, the other way round {b} "
            "{b:time|times}.{left}",
            count=len(one.places),
            first=first,
            second=second,
            a=len(one.first),
            b=len(one.second),
            left=left,
        )
    return Message(
        "{count} times given by one only: {a} {a:time|times} by {first}, {b} {b:time|times} by {second}; {together} "
        "{together:time|times} by both.{left}",
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
    counts = ", ".join(f"{label_of(book, code, language)} {count}" for code, count in one.right.items())
    return Message(" Decided so far: {counts}.", counts=counts)


def _proposal(one: Confusion, book: Codebook, line: Message | str, language: str) -> Message:
    code = book.code(one.code)
    name = label_of(book, one.code, language)
    if not one.other:
        return _about_omission(one, name)
    other = book.code(one.other)
    names = {"one": name, "two": label_of(book, one.other, language)}
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
            winner=label_of(book, winner, language),
            loser=label_of(book, loser, language),
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
    holds = one.right.get(one.code, 0)
    if holds * 2 > one.decided:
        return Message(
            "Mostly decided that “{code}” holds: add to include what was overlooked in these turns.", code=name
        )
    if holds * 2 < one.decided:
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


def _line_between(book: Codebook, code: str, other: str, language: str) -> Message | str:
    """The exclude lines of either code that name the other, by id or label; all lines of a code that is overlooked."""
    if not other:
        sides = (book.code(code).include, book.code(code).exclude)
        include, exclude = (with_labels("; ".join(lines), book, language) for lines in sides)
        if not include and not exclude:
            return ""
        return Message("Include: {include}\nExclude: {exclude}", include=include or "–", exclude=exclude or "–")
    lines = []
    for one, two in ((book.code(code), book.code(other)), (book.code(other), book.code(code))):
        label = two.label.nl.casefold()
        lines += [line for line in one.exclude if two.id in codes_named(line, book) or label in line.casefold()]
    return with_labels("\n".join(lines), book, language)


def _is_own_and_part(one: Code, two: Code) -> bool:
    return one.theme == two.theme and (one.id == one.theme) != (two.id == two.theme)
