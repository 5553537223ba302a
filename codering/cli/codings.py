"""Commands about what people coded: codings add.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from codering.cli.common import Command, Maker, open_project, screen_of
from codering.texts import Texts


class Drawn(StrEnum):
    """How turns came to be read."""

    random = "random"


def _codings_add(t: Texts) -> Command:
    def add(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        file: Annotated[
            Path, typer.Argument(help=t("JSON Lines or CSV: transcript, turn, code, stance, start, end, quote."))
        ],
        coder: Annotated[str, typer.Option(help=t("Who coded."))],
        drawn: Annotated[
            Drawn | None,
            typer.Option(help=t("These turns were drawn with `codering sample`, and rows do not say so.")),
        ] = None,
    ) -> int:
        from codering.workflow import add_codings

        with open_project(project) as opened:
            return add_codings(opened, file, coder=coder, drawn=drawn or "", screen=screen_of(t))

    return "add", add, t("Add codings from a file; they enter as decisions of the coder.")


COMMANDS: Final[tuple[Maker, ...]] = (_codings_add,)
