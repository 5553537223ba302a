"""Practice: a student codes turns of a project with a reference, and learns what decided each difference.

The steps, a module each: what exercises are made of (:mod:`~codering.practice.material`), which turns are drawn
(:mod:`~codering.practice.exercises`), how an answer differs from the reference (:mod:`~codering.practice.comparing`),
which criterion decides that (:mod:`~codering.practice.criteria`), how it is told (:mod:`~codering.practice.feedback`),
similar turns to compare with (:mod:`~codering.practice.similar`), the file with answers
(:mod:`~codering.practice.sheets`), and what a student, or a class, does well and not yet
(:mod:`~codering.practice.progress`). All pure but the file.
"""

from __future__ import annotations

from codering.practice.comparing import Difference, Kind, compare
from codering.practice.criteria import RULES, Because
from codering.practice.exercises import Exercise, Level, Settings, draw, exercise_from, settings_from, shared_code
from codering.practice.feedback import Explained, Feedback, Similar, explain
from codering.practice.material import Mark, Material
from codering.practice.progress import Confusion, Outcome, Tally, confusions, next_codes, outcomes, tallies
from codering.practice.sheets import Answer, Sheet, SheetFile, read_sheet
from codering.practice.similar import Likeness

__all__ = [
    "RULES",
    "Answer",
    "Because",
    "Confusion",
    "Difference",
    "Exercise",
    "Explained",
    "Feedback",
    "Kind",
    "Level",
    "Likeness",
    "Mark",
    "Material",
    "Outcome",
    "Settings",
    "Sheet",
    "SheetFile",
    "Similar",
    "Tally",
    "compare",
    "confusions",
    "draw",
    "exercise_from",
    "explain",
    "next_codes",
    "outcomes",
    "read_sheet",
    "settings_from",
    "shared_code",
    "tallies",
]
