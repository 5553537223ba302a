"""``codering demo``: the sample transcripts, from files to a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from codering.errors import CoderingError, cause
from codering.exit_codes import DONE, PROBLEMS
from codering.resources import samples_path
from codering.workflow import add_and_suggest, summarise

if TYPE_CHECKING:
    from codering.errors import Problem
    from codering.project import Project
    from codering.screen import Screen
    from codering.texts import Texts

PROJECT: Final = "voorbeeld.codering"
WORKBOOK: Final = "voorbeeld.xlsx"
REFERENCE: Final = "Referentie"
CODERS: Final = {"Codeur A": "coder_a.jsonl", "Codeur B": "coder_b.jsonl", REFERENCE: "adjudicated.jsonl"}
"""By coder, the file with codings: two coders, and what was decided where they disagreed, which is what counts."""


def run_demo(out: Path, screen: Screen, texts: Texts, *, overwrite: bool = False) -> int:
    """Make a project of the sample transcripts and their reference codings, and write the workbook.

    A second run adds nothing and shows the same. A workbook that was changed since is replaced with `overwrite` only.

    Returns
    -------
    int
        The exit code.
    """
    from codering.project import Project

    folder = samples_path()
    file = out / PROJECT
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CoderingError(
            "The folder {folder} cannot be made ({reason}). Choose another one with --out.",
            folder=out.name,
            reason=cause(error),
        ) from None
    with Project.open(file) if file.exists() else Project.create(file, name=texts("Sample project")) as project:
        screen.say("The sample transcripts are fiction, written for codering. Their codings come from two coders.")
        problems = (*add_and_suggest(project, [folder], screen), *add_reference(project))
        project.export("excel", out / WORKBOOK, texts=texts, overwrite=overwrite)
        summarise(project, screen, texts)
    screen.heading("Written")
    screen.say("Project:  {file}", file=file)
    screen.say("Workbook: {file}", file=out / WORKBOOK)
    screen.heading("Now with your own transcripts")
    screen.say("codering read FILE       shows which turns and speakers were found")
    screen.say("codering code FOLDER     makes a project and a workbook of a folder")
    screen.say("codering review          opens the app: bring in, read, decide and code")
    screen.problems(problems)
    return PROBLEMS if problems else DONE


def add_reference(project: Project) -> tuple[Problem, ...]:
    """Add the codings of the sample transcripts, by coder, and say whose count; returns what could not be added."""
    from codering.imports import read_coding_rows
    from codering.project.counting import COUNTED_CODER
    from codering.project.thirds import ADJUDICATION

    problems: list[Problem] = []
    for coder, name in CODERS.items():
        rows, unreadable = read_coding_rows(samples_path() / "reference" / name)
        # What was decided between the two is no third coder: nobody is compared with it.
        drawn = ADJUDICATION if coder == REFERENCE else ""
        problems += [*unreadable, *project.add_codings(rows, coder=coder, drawn=drawn).problems]
    project.set_setting(COUNTED_CODER, REFERENCE)
    return tuple(problems)
