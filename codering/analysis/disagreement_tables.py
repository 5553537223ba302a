"""Disagreements as a table, with the passages of both coders and what was decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from codering.analysis.disagreements import Difference, Disagreement
from codering.codebooks import Codebook
from codering.codings import STANCES, Coding, Stance
from codering.errors import Message
from codering.tables import Cell, Column, Kind, Table
from codering.transcripts import Transcript

DIFFERENCES: Final = {
    Difference.CODE: Message("code"),
    Difference.STANCE: Message("stance"),
    Difference.BOUNDARIES: Message("boundaries"),
}


@dataclass(frozen=True, slots=True)
class DecidedCase:
    """What was decided about a disagreement.

    Attributes
    ----------
    choice
        ``a``, ``b``, ``both``, ``neither`` or ``other``; empty as long as it is open.
    others
        What is given instead: codes with their stance.
    reason, time
        Of the decision.
    """

    choice: str
    others: tuple[tuple[str, Stance], ...]
    reason: str
    time: str


_OPEN: Final = DecidedCase("", (), "", "")


def disagreement_table(
    cases: Sequence[Disagreement],
    decided: Mapping[str, DecidedCase],
    transcripts: Mapping[str, Transcript],
    codebook: Codebook,
    coders: tuple[str, str],
    name: str,
    *,
    language: str,
) -> Table:
    """List disagreements, what matters most first.

    Parameters
    ----------
    cases
        In the order in which they are shown.
    decided
        By the key of a disagreement.
    transcripts
        By name.
    codebook
        Gives labels.
    coders
        Between whom.
    name
        Of the third set.
    language
        Of the labels.
    """
    answers = [decided.get(case.key, _OPEN) for case in cases]
    rows = tuple(
        _row(case, answer, transcripts[case.place[0]], codebook, coders, language)
        for case, answer in zip(cases, answers, strict=True)
    )
    done = sum(bool(answer.choice) for answer in answers)
    counted = {"count": len(cases), "one": coders[0], "two": coders[1]}
    told = Message(
        "{count} {count:disagreement|disagreements} of {one} and {two} in turns that both read; nothing was "
        "decided yet.",
        **counted,
    )
    if done:
        told = Message(
            "{count} {count:disagreement|disagreements} of {one} and {two} in turns that both read; {done} "
            "decided, in the set {name}.",
            **counted,
            done=done,
            name=name,
        )
    notes = (
        told,
        Message("What matters most comes first: what changes results, core themes, rare codes; boundaries last."),
    )
    return Table("disagreements", "Disagreements", _columns(*coders), rows, notes)


def _columns(one: str, two: str) -> tuple[Column, ...]:
    return (
        Column("transcript", "Transcript"),
        Column("turn", "Turn", Kind.COUNT),
        Column("speaker", "Speaker"),
        Column("wave", "Wave"),
        Column("theme", "Theme"),
        Column("label", "Code"),
        Column("id", "Id"),
        Column("difference", "Differ on"),
        Column("one", one),
        Column("one_words", f"{one}: “…”", Kind.LONG),
        Column("two", two),
        Column("two_words", f"{two}: “…”", Kind.LONG),
        Column("instead", "Other code in the turn", Kind.LONG),
        Column("why", "What depends on it", Kind.LONG),
        Column("choice", "Decided"),
        Column("reason", "Reason", Kind.LONG),
        Column("time", "When"),
    )


def _row(
    case: Disagreement,
    answer: DecidedCase,
    transcript: Transcript,
    codebook: Codebook,
    coders: tuple[str, str],
    language: str,
) -> tuple[Cell, ...]:
    def label(code: str) -> str:
        return codebook.code(code).label.in_language(language)

    return (
        *case.place,
        transcript.speaker(transcript.turn(case.place[1]).speaker).shown,
        transcript.wave,
        codebook.theme_of(case.code).label.in_language(language),
        label(case.code),
        case.code,
        DIFFERENCES[case.difference],
        _given(case.one),
        _words(case.one, transcript),
        _given(case.two),
        _words(case.two, transcript),
        ", ".join(label(code) for code in (*case.instead_one, *case.instead_two)),
        case.why,
        _choice(answer, coders, label),
        answer.reason,
        answer.time,
    )


def _given(codings: Sequence[Coding]) -> Cell:
    stances = list(dict.fromkeys(coding.stance for coding in codings))
    if len(stances) == 2:
        return Message("confirms and denies")
    return STANCES[stances[0]] if stances else Message("not given")


def _words(codings: Sequence[Coding], transcript: Transcript) -> str:
    return " … ".join(transcript.quote(coding.segment) for coding in codings)


def _choice(answer: DecidedCase, coders: tuple[str, str], label: Callable[[str], str]) -> Cell:
    if answer.choice in ("a", "b"):
        return coders[0] if answer.choice == "a" else coders[1]
    if answer.choice == "both":
        return Message("both")
    if answer.choice == "neither":
        return Message("neither")
    return ", ".join(label(code) for code, _ in answer.others)
