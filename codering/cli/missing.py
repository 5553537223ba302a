"""Commands about what was not read: missed, sample, anchoring.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from codering.cli.common import OVERWRITE, Command, Maker, open_project, screen_of
from codering.exit_codes import DONE
from codering.texts import Texts


class By(StrEnum):
    """What `missed` speaks of."""

    code = "code"
    theme = "theme"


def _missed(t: Texts) -> Command:
    def missed(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        target: Annotated[float, typer.Option(help=t("The share that should have been found."))] = 0.9,
        confidence: Annotated[float, typer.Option(help=t("The confidence of all statements together."))] = 0.95,
        by: Annotated[By, typer.Option(help=t("A statement for each code, or for each theme."))] = By.code,
        coder: Annotated[str | None, typer.Option(help=t("Of this coder only; without it: of all together."))] = None,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the statements as JSON."))] = False,
    ) -> int:
        from codering.previews import missed_record

        with open_project(project) as opened:
            said = opened.missed(by=by.value, coder=coder, target=target, confidence=confidence, language=t.language)
        if as_json:
            typer.echo(missed_record(said, t.translate))
            return DONE
        screen = screen_of(t)
        screen.heading("How much did we miss?")
        for message in said.conclusions:
            screen.say(message.template, **message.values)
        if said.overall.drawn:
            found = tuple(row for row, one in zip(said.table.rows, said.statements, strict=True) if one.found)
            shown = [column.key for column in said.table.columns if column.key != "id"]
            screen.table(replace(said.table, rows=found), columns=shown)
            if len(found) < len(said.statements):
                screen.say(
                    "Not in the table, since no turn carries them: {count}.", count=len(said.statements) - len(found)
                )
            for message in said.assumptions:
                screen.say(message.template, **message.values)
        else:
            screen.say("Draw turns with `codering sample`, or take the order “random” or “mix” in the app.")
        return DONE

    return "missed", missed, t("Say how much was missed, from the turns that were read at random.")


def _sample(t: Texts) -> Command:
    def sample(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        size: Annotated[int, typer.Option(help=t("How many turns."))],
        out: Annotated[Path, typer.Option(help=t("The file to write: .csv for a spreadsheet, or .jsonl."))],
        coder: Annotated[str | None, typer.Option(help=t("Who will read; without it: the team."))] = None,
        overwrite: Annotated[bool, typer.Option("--overwrite", help=t(OVERWRITE))] = False,
    ) -> int:
        from codering.previews import write_sample

        with open_project(project) as opened:
            places = opened.to_read(size, coder=coder)
            write_sample(out, opened.transcripts(), places, overwrite=overwrite)
        screen = screen_of(t)
        screen.say("Written: {file}", file=out)
        screen.say(
            "{count} {count:turn|turns}, drawn at random. Read them in this order and skip none. Put true under "
            "read for each turn that was read, and a code where there is one (copy the row for a second code). "
            "Then add the file with `codering codings add`.",
            count=len(places),
        )
        return DONE

    return "sample", sample, t("Write turns drawn at random, to be read and coded elsewhere.")


def _anchoring(t: Texts) -> Command:
    def anchoring(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        coder: Annotated[str | None, typer.Option(help=t("Of this coder only; without it: of all together."))] = None,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.workflow import print_tables

        with open_project(project) as opened:
            table = opened.anchoring(coder=coder, language=t.language)
        if as_json:
            print_tables([table])
            return DONE
        screen = screen_of(t)
        screen.heading(table.title)
        screen.table(table, columns=[column.key for column in table.columns if column.key != "id"])
        return DONE

    return "anchoring", anchoring, t("Compare how often suggestions are taken over when they are seen and when not.")


COMMANDS: Final[tuple[Maker, ...]] = (_missed, _sample, _anchoring)
