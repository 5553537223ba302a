"""Commands about learning from decisions: learn.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from codering.cli.common import DONE, NOTHING, Command, Maker, open_project, screen_of
from codering.texts import Texts


class Aim(StrEnum):
    """What the thresholds are for."""

    balance = "balance"
    recall = "recall"


def _learn(t: Texts) -> Command:
    def learn(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        coder: Annotated[str | None, typer.Option(help=t("Learn from this coder only; otherwise from all."))] = None,
        aim: Annotated[
            Aim, typer.Option(help=t("balance: as few errors as possible; recall: find nine in ten, check more."))
        ] = Aim.balance,
        seed: Annotated[int, typer.Option(help=t("The same number and decisions give the same suggestions."))] = 1,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.workflow import print_tables

        screen = screen_of(t)
        with open_project(project) as opened, screen.progress("Learning") as progress:
            report = opened.learn(coder=coder, aim=aim.value, seed=seed, progress=progress)
        table = report.learned.table()
        if as_json:
            print_tables([table])
        else:
            screen.heading(table.title)
            screen.table(table)
            screen.say(
                "{made} learned suggestions: {new} new, {gone} no longer made.",
                made=report.run.made,
                new=report.run.new,
                gone=report.run.gone,
            )
        return DONE if any(code.learned for code in report.learned.codes) else NOTHING

    return "learn", learn, t("Learn from decisions and refresh the learned suggestions.")


COMMANDS: Final[tuple[Maker, ...]] = (_learn,)
