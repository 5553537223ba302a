"""Commands about what coders differ on: disagreements, adjudicate.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from pathlib import Path
from typing import Annotated, Final

import typer

from codering.cli.common import OVERWRITE, Command, Maker, open_project, screen_of
from codering.cli.comparing import project_and_coders
from codering.exit_codes import DONE, NOTHING, PROBLEMS
from codering.texts import Texts

_SHOWN: Final = ("transcript", "turn", "label", "difference", "one", "two", "why", "choice")


def _disagreements(t: Texts) -> Command:
    def disagreements(
        project: Annotated[list[str], typer.Argument(help=t("The project file."), metavar="PROJECT")],
        coders: Annotated[list[str], typer.Option(help=t("The two coders."), metavar="A B")],
        by: Annotated[
            str | None, typer.Option(help=t("Whose decisions to show; without it, of whoever decided most."))
        ] = None,
        theme: Annotated[list[str] | None, typer.Option(help=t("Only this theme; can be given more often."))] = None,
        wave: Annotated[list[str] | None, typer.Option(help=t("Only this wave; can be given more often."))] = None,
        transcript: Annotated[
            list[str] | None, typer.Option(help=t("Only this transcript; can be given more often."))
        ] = None,
        out: Annotated[Path | None, typer.Option(help=t("Write them to a workbook (.xlsx) or a .csv file."))] = None,
        overwrite: Annotated[bool, typer.Option("--overwrite", help=t(OVERWRITE))] = False,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.analysis.comparison import Scope
        from codering.exporters.sheets_of_tables import write_tables
        from codering.project.thirds import NOBODY
        from codering.workflow import print_tables

        path, names = project_and_coders(project, coders)
        scope = Scope(themes=tuple(theme or ()), transcripts=tuple(transcript or ()), waves=tuple(wave or ()))
        with open_project(path) as opened:
            decider = by or opened.decided_by(names) or NOBODY
            table = opened.adjudication_table(names, by=decider, scope=scope, language=t.language)
        screen = screen_of(t)
        if out is not None:
            write_tables([table], out, t, overwrite=overwrite)
        if as_json:
            print_tables([table])
        elif out is not None:
            screen.say("Written: {file}", file=out)
        else:
            screen.heading(table.title)
            screen.table(table, columns=_SHOWN)
        return DONE

    return "disagreements", disagreements, t("List what two coders differ on, what matters most first.")


def _adjudicate(t: Texts) -> Command:
    def adjudicate(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        file: Annotated[
            Path, typer.Argument(help=t("JSON Lines: transcript, turn, code, choice (a, b, both, neither), reason."))
        ],
        coders: Annotated[tuple[str, str], typer.Option(help=t("The two coders."), metavar="A B")],
        by: Annotated[str, typer.Option(help=t("Who decides."))],
    ) -> int:
        from codering.imports import read_coding_rows
        from codering.project.verdicts import adjudicate_rows

        rows, unreadable = read_coding_rows(file)
        with open_project(project) as opened:
            report = adjudicate_rows(opened, rows, coders=coders, by=by)
        screen = screen_of(t)
        problems = (*unreadable, *report.problems)
        if problems and not report.decided and not report.agreed:
            screen.problems(problems)
            screen.error(t("No row decides on a disagreement; nothing was changed."))
            return NOTHING
        screen.say(
            "{agreed} {agreed:coding|codings} of both taken over, {decided} {decided:disagreement|disagreements} "
            "decided, {left} left, in the set {name}.",
            agreed=report.agreed,
            decided=report.decided,
            left=report.left,
            name=report.name,
        )
        screen.problems(problems)
        return PROBLEMS if problems else DONE

    return "adjudicate", adjudicate, t("Decide disagreements from a file; the result is a third set of codings.")


COMMANDS: Final[tuple[Maker, ...]] = (_disagreements, _adjudicate)
