"""What a student is doing: the exercise, the file with answers, and where the student is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from codering.practice import Exercise, Likeness, Material, Sheet, SheetFile, exercise_from

if TYPE_CHECKING:
    from codering.project import Project
    from codering.web.here import Here

CODE = "practice_code"
STUDENT = "practice_student"
TOLD = "practice_told"
"""Keys of the session: the exercise, who does it, and the turn of which the feedback is shown."""
PART = "practice_part"
"""Key of the session: which part of the page is shown."""
WIDTH = 800
"""Pixels: what is read and filled in is no wider than a page."""


@dataclass(frozen=True, slots=True)
class Doing:
    """An exercise that is being done.

    Attributes
    ----------
    exercise, scope
        What is asked, and what answers are compared with.
    likeness
        To find similar turns.
    file, sheet
        Where the answers are kept, and what was handed in so far.
    """

    exercise: Exercise
    scope: Material
    likeness: Likeness
    file: SheetFile
    sheet: Sheet

    @property
    def next(self) -> int:
        """The place in the exercise of the first turn that was not handed in; its size when all were."""
        done = {answer.place for answer in self.sheet.answers}
        return next((i for i, place in enumerate(self.exercise.places) if place not in done), len(self.exercise.places))


def material(project: Project) -> tuple[Material, Likeness]:
    """What exercises are made of; worked out again only when the project changed."""
    key = (str(project.path), project.revision())
    kept = st.session_state.get("practice_material")
    if kept is None or kept[0] != key:
        made = project.practice_material()
        kept = st.session_state["practice_material"] = (key, made, Likeness(made))
    return kept[1], kept[2]


def doing(here: Here) -> Doing | None:
    """The exercise that is being done, or None."""
    code, student = st.session_state.get(CODE), st.session_state.get(STUDENT)
    if not code or not student:
        return None
    made, likeness = material(here.project)
    exercise = exercise_from(made, code)
    file = SheetFile(folder(here.project) / f"{_file_name(student)}-{exercise.code}.jsonl")
    return Doing(exercise, exercise.scope(made), likeness, file, file.begin(exercise, student))


def folder(project: Project) -> Path:
    """Where answers are kept: beside the project's file."""
    path = project.path or Path("codering")
    return path.with_name(f"{path.stem}-oefeningen")


def show_part(part: str) -> None:
    """Go to another part of the page; as what a button calls."""
    st.session_state[PART] = part


def stop() -> None:
    """Leave the exercise; what was handed in is kept."""
    for key in (CODE, TOLD):
        st.session_state.pop(key, None)


def _file_name(student: str) -> str:
    """A name that every file system takes."""
    return re.sub(r"[^\w-]+", "_", student).strip("_") or "student"
