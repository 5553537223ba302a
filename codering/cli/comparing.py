"""Commands that compare coders: agreement.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from pathlib import Path
from typing import Annotated, Final

import typer

from codering.cli.common import DONE, Command, Maker, open_project, screen_of
from codering.texts import Texts


def _agreement(t: Texts) -> Command:
    def agreement(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        coders: Annotated[tuple[str, str], typer.Option(help=t("The two coders to compare."))],
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.workflow import print_tables

        with open_project(project) as opened:
            tables = opened.agreement(coders, language=t.language)
        if as_json:
            print_tables(tables)
        else:
            screen = screen_of(t)
            for table in tables:
                screen.heading(table.title)
                screen.table(table, columns=[c.key for c in table.columns if c.key not in ("id", "ac1", "f1")])
        return DONE

    return "agreement", agreement, t("Compare two coders: agreement by theme and code, with intervals.")


COMMANDS: Final[tuple[Maker, ...]] = (_agreement,)
