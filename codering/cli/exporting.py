"""Commands that write results: export.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from codering.cli.common import OVERWRITE, Command, Maker, open_project, screen_of
from codering.exit_codes import DONE
from codering.texts import Texts


class Target(StrEnum):
    """What `export` writes."""

    excel = "excel"
    word = "word"
    html = "html"
    refi = "refi"
    qdc = "qdc"
    csv = "csv"
    jsonl = "jsonl"


def _export(t: Texts) -> Command:
    def export(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        to: Annotated[Target, typer.Option(help=t("Format."))],
        out: Annotated[Path, typer.Option(help=t("The file to write."))],
        template: Annotated[
            Path | None, typer.Option(help=t("For Word: a document whose styles, header and footer are taken."))
        ] = None,
        hide_below: Annotated[
            int,
            typer.Option(
                help=t("Leave out numbers of fewer participants (3 or more), and what would give them away."), min=0
            ),
        ] = 0,
        overwrite: Annotated[bool, typer.Option("--overwrite", help=t(OVERWRITE))] = False,
    ) -> int:
        with open_project(project) as opened:
            written = opened.export(
                to.value, out, texts=t, template=template, overwrite=overwrite, hide_below=hide_below
            )
        screen_of(t).say("Written: {file}", file=written)
        return DONE

    return (
        "export",
        export,
        t("Write the results as a workbook, a report (Word or HTML), for other programs, CSV or JSON Lines."),
    )


COMMANDS: Final[tuple[Maker, ...]] = (_export,)
