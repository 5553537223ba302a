"""Commands that look further at coders: swapped codes, time, the machine.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from codering.cli.common import Command, Maker, open_project, screen_of
from codering.cli.comparing import project_and_coders, show_used
from codering.exit_codes import DONE
from codering.texts import Texts

if TYPE_CHECKING:
    from codering.tables import Table

_HIDDEN: Final = ("id", "other", "together")


def _confusions(t: Texts) -> Command:
    def confusions(
        project: Annotated[list[str], typer.Argument(help=t("The project file."), metavar="PROJECT")],
        coders: Annotated[list[str] | None, typer.Option(help=t("The two coders."), metavar="A B")] = None,
        by: Annotated[
            str | None, typer.Option(help=t("Whose decisions to show; without it, of whoever decided most."))
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.project.thirds import NOBODY

        path, names = project_and_coders(project, coders)
        with open_project(path) as opened:
            tables = opened.confusions(names, by=by or opened.decided_by(names) or NOBODY, language=t.language)
        return _show(tables, t, as_json=as_json, left_out=("confusion_passages",))

    text = t("Which codes two coders swap or leave out, and where the codebook could be sharper.")
    return "confusions", confusions, text


def _time(t: Texts) -> Command:
    def time(
        project: Annotated[list[str], typer.Argument(help=t("The project file."), metavar="PROJECT")],
        coders: Annotated[
            list[str] | None, typer.Option(help=t("The coders to compare: two or more."), metavar="A B [C …]")
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        path, names = project_and_coders(project, coders)
        with open_project(path) as opened:
            tables = opened.over_time(names, language=t.language)
        return _show(tables, t, as_json=as_json)

    return "time", time, t("Agreement under each version of the codebook, and the drift of each coder.")


def _machine(t: Texts) -> Command:
    def machine(
        project: Annotated[list[str], typer.Argument(help=t("The project file."), metavar="PROJECT")],
        coders: Annotated[list[str] | None, typer.Option(help=t("The two coders."), metavar="A B")] = None,
        source: Annotated[
            Literal["rule", "learned", "any"], typer.Option(help=t("Which suggestions: rule, learned or any."))
        ] = "rule",
        least: Annotated[float, typer.Option(help=t("Leave out suggestions that score lower."), min=0, max=1)] = 0.0,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        path, names = project_and_coders(project, coders)
        with open_project(path) as opened:
            table = opened.with_machine(names, source=source, least=least, language=t.language)
        return _show([table], t, as_json=as_json)

    return "machine", machine, t("Whether the machine agrees with two coders as well as they with each other.")


def _show(tables: "Sequence[Table]", t: Texts, *, as_json: bool, left_out: Sequence[str] = ()) -> int:
    """Passages are in ``--json`` only: a terminal keeps what it showed."""
    from codering.workflow import print_tables

    if as_json:
        print_tables(tables)
        return DONE
    screen = screen_of(t)
    for table in tables:
        if table.key not in left_out:
            show_used(table, screen, hidden=_HIDDEN)
    return DONE


COMMANDS: Final[tuple[Maker, ...]] = (_confusions, _time, _machine)
