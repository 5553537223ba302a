"""An exercise on the terminal: read a turn, type its codes, hear what decides each difference."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codering.codings import Stance
from codering.exit_codes import DONE
from codering.practice import RULES, Answer, Likeness, Mark, SheetFile
from codering.project.practising import feedback_on, whole_turn
from codering.transcripts import Place

if TYPE_CHECKING:
    from codering.codebooks import Code
    from codering.practice import Exercise, Feedback, Material
    from codering.screen import Screen

_BEFORE: Final = 3
"""Turns that are shown above the one that is asked."""


def rehearse(material: Material, exercise: Exercise, *, student: str, file: Path | None, screen: Screen) -> int:
    """Ask the turns of an exercise one by one; what is handed in is on the disk before the feedback shows.

    The answers are read from standard input, a line each, so that a script can give them too. An exercise that was
    left is continued where it stopped.
    """
    material = exercise.scope(material)
    path = file or Path(f"{student}-{exercise.code}.jsonl")
    sheet = SheetFile(path)
    done = {answer.place: answer for answer in sheet.begin(exercise, student).answers}
    codes = _codes(material, exercise)
    likeness = Likeness(material)
    screen.heading("Exercise {code}", code=exercise.code)
    screen.say("{count} {count:turn|turns}; your answers are kept in {file}.", count=len(exercise.places), file=path)
    _legend(codes, screen)
    right = _earlier(material, likeness, done.values(), screen)
    for number, place in enumerate(exercise.places, start=1):
        if place in done:
            continue
        screen.heading("Turn {number} of {count}", number=number, count=len(exercise.places))
        _show(material, place, screen)
        marks = _ask(material, place, codes, screen)
        if marks is None:
            screen.say("Stopped. Give the same command again to continue.")
            return DONE
        done[place] = sheet.hand_in(place, marks)
        feedback = feedback_on(material, likeness, place, marks, screen.texts.language)
        _tell(material, feedback, screen)
        right += feedback.right
    screen.heading("Done")
    screen.say("{right} of {count} {count:turn|turns} right.", right=right, count=len(exercise.places))
    screen.say("For what to practise next: codering practice-results PROJECT {file}", file=path)
    return DONE


def _codes(material: Material, exercise: Exercise) -> list[Code]:
    themes = exercise.settings.themes
    return [code for code in material.codebook if not themes or code.theme in themes]


def _legend(codes: Sequence[Code], screen: Screen) -> None:
    for number, code in enumerate(codes, start=1):
        indent = "" if code.id == code.theme else "  "
        label = code.label.in_language(screen.texts.language)
        screen.line(f"{number:>4}  {indent}{label} ({code.id})")


def _earlier(material: Material, likeness: Likeness, answers: Iterable[Answer], screen: Screen) -> int:
    """How many of the turns that were handed in before are right."""
    language = screen.texts.language
    return sum(feedback_on(material, likeness, answer.place, answer.marks, language).right for answer in answers)


def _show(material: Material, place: Place, screen: Screen) -> None:
    transcript = material.by_name[place[0]]
    for number in range(max(1, place[1] - _BEFORE), place[1] + 1):
        turn = transcript.turn(number)
        mark = ">" if number == place[1] else " "
        screen.line(f"{mark} {transcript.speaker(turn.speaker).shown}: {turn.text}")


def _ask(material: Material, place: Place, codes: Sequence[Code], screen: Screen) -> tuple[Mark, ...] | None:
    """Ask until the line can be understood; None if the student stops."""
    while True:
        screen.say("Codes by number or id, with - behind it if the speaker denies it; nothing for no code; ? or q:")
        line = sys.stdin.readline()
        if not line or line.strip().lower() == "q":
            return None
        if line.strip() == "?":
            for code in codes:
                screen.line(f"{code.label.in_language(screen.texts.language)}: {code.definition}")
            for rule in RULES:
                screen.line(rule.translated(screen.texts.translate))
            continue
        marks, unknown = _marks(material, place, codes, line.replace(",", " ").split())
        if not unknown:
            return marks
        screen.say("Not understood: {found}. Give numbers from 1 to {most}.", found=" ".join(unknown), most=len(codes))


def _marks(
    material: Material, place: Place, codes: Sequence[Code], words: Sequence[str]
) -> tuple[tuple[Mark, ...], list[str]]:
    marks, unknown = [], []
    known = {code.id for code in codes}
    for word in words:
        name = word.removesuffix("-")
        stance = Stance.DENIES if word.endswith("-") else Stance.CONFIRMS
        if name.isdecimal() and 1 <= int(name) <= len(codes):
            name = codes[int(name) - 1].id
        if name in known:
            marks.append(Mark(name, stance, whole_turn(material, place)))
        else:
            unknown.append(word)
    return tuple(dict.fromkeys(marks)), unknown


def _tell(material: Material, feedback: Feedback, screen: Screen) -> None:
    translate, language = screen.texts.translate, screen.texts.language
    screen.line(f"= {feedback.verdict.translated(translate)}")
    for one in feedback.explained:
        sign = "~" if one.difference.contested else "x" if one.difference.wrong else "v"
        screen.line(f"  {sign} {one.verdict.translated(translate)}")
        for reason in one.because:
            what = reason.what.translated(translate)
            screen.line(f"      {what}: {reason.text}" if reason.text else f"      {what}")
        for other in one.similar:
            codes = dict.fromkeys(mark.code for mark in other.marks)
            labels = ", ".join(material.codebook.code(code).label.in_language(language) for code in codes)
            where = f"{other.place[0]}, {other.place[1]}"
            screen.line(f"      {other.why.translated(translate)} {where}: “{other.words}” [{labels}]")
