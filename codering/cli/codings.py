"""Commands about what people coded: codings add.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from pathlib import Path
from typing import Annotated, Final

import typer

from codering.cli.common import Command, Maker, open_project, screen_of
from codering.texts import Texts


def _codings_add(t: Texts) -> Command:
    def add(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        file: Annotated[Path, typer.Argument(help=t("JSON Lines: transcript, turn, code, stance, start, end, quote."))],
        coder: Annotated[str, typer.Option(help=t("Who coded."))],
    ) -> int:
        from codering.workflow import add_codings

        with open_project(project) as opened:
            return add_codings(opened, file, coder=coder, screen=screen_of(t))

    return "add", add, t("Add codings from a file; they enter as decisions of the coder.")


COMMANDS: Final[tuple[Maker, ...]] = (_codings_add,)
