"""Commands about coding twice: how many turns, which, and blind.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from pathlib import Path
from typing import Annotated, Final

import typer

from codering.cli.common import Command, Maker, open_project, refuse_idle, screen_of
from codering.cli.comparing import project_and_coders
from codering.exit_codes import DONE
from codering.tables import Table
from codering.texts import Texts


def _plan(t: Texts) -> Command:
    def plan(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        width: Annotated[float, typer.Option(help=t("How wide the interval of κ may be, from low to high."))] = 0.3,
        kappa: Annotated[float, typer.Option(help=t("The κ that you expect, between 0 and 1."))] = 0.7,
        codes: Annotated[bool, typer.Option("--codes", help=t("Plan for codes instead of themes."))] = False,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        with open_project(project) as opened:
            table = opened.plan_double_coding(width=width, kappa=kappa, codes=codes, language=t.language)
        return _show(table, t, as_json=as_json)

    return "plan", plan, t("How many turns to code twice for an interval of κ of a given width.")


def _draw(t: Texts) -> Command:
    def draw(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        turns: Annotated[int | None, typer.Option(help=t("How many turns; without it, shows what was drawn."))] = None,
        seed: Annotated[int | None, typer.Option(help=t("The same seed draws the same turns."))] = None,
        wave: Annotated[list[str] | None, typer.Option(help=t("Only this wave; can be given more often."))] = None,
        transcript: Annotated[
            list[str] | None, typer.Option(help=t("Only this transcript; can be given more often."))
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.analysis.comparison import Scope

        if turns is None:
            chosen = {"--seed": seed is not None, "--wave": wave, "--transcript": transcript}
            refuse_idle(chosen, without="--turns")
        scope = Scope(transcripts=tuple(transcript or ()), waves=tuple(wave or ()))
        with open_project(project) as opened:
            drawn = opened.double_sample() if turns is None else opened.draw_double(turns, seed=seed, scope=scope)
        return _show(drawn, t, as_json=as_json)

    return "draw", draw, t("Draw turns at random to be coded twice, spread over the groups, and keep them.")


def _blind(t: Texts) -> Command:
    def blind(
        project: Annotated[list[str], typer.Argument(help=t("The project file."), metavar="PROJECT")],
        coders: Annotated[
            list[str] | None,
            typer.Option(help=t("Who code blind: two or more; without it, shows who do."), metavar="A B [C …]"),
        ] = None,
        transcript: Annotated[
            list[str] | None, typer.Option(help=t("Only this transcript; can be given more often."))
        ] = None,
        off: Annotated[bool, typer.Option("--off", help=t("Let everyone see everything again."))] = False,
    ) -> int:
        if off:
            refuse_idle({"--coders": coders, "--transcript": transcript}, beside="--off")
        if not coders:
            refuse_idle({"--transcript": transcript}, without="--coders")
        path, names = project_and_coders(project, coders or [])
        with open_project(path) as opened:
            if off or coders:
                opened.set_blind(() if off else names, transcripts=transcript or ())
            state = opened.blind_state()
        screen = screen_of(t)
        for sentence in state:
            screen.line(sentence.translated(t.translate))
        return DONE

    return "blind", blind, t("Let coders code without suggestions and each other's codings, until all are done.")


def _show(table: Table, t: Texts, *, as_json: bool) -> int:
    from codering.workflow import print_tables

    if as_json:
        print_tables([table])
    else:
        screen = screen_of(t)
        screen.heading(table.title)
        screen.table(table, columns=[column.key for column in table.columns if column.key != "id"])
    return DONE


COMMANDS: Final[tuple[Maker, ...]] = (_plan, _draw, _blind)
