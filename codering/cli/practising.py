"""Commands for students and their teachers: practice.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from codering.cli.common import OVERWRITE, Command, Maker, open_project, refuse_idle, screen_of
from codering.exit_codes import DONE
from codering.texts import Texts

if TYPE_CHECKING:
    from codering.practice import Level


def _practice(t: Texts) -> Command:
    def practice(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        reference: Annotated[str | None, typer.Option(help=t("The coder whose codings are right."))] = None,
        theme: Annotated[list[str] | None, typer.Option(help=t("Of this theme only; may be given again."))] = None,
        size: Annotated[int, typer.Option(help=t("How many turns."))] = 10,
        level: Annotated[str, typer.Option(help=t("easy, mixed or hard."))] = "mixed",
        seed: Annotated[int, typer.Option(help=t("Another number draws other turns."), min=0, max=65535)] = 1,
        exercise: Annotated[str | None, typer.Option(help=t("The code that your teacher shared."))] = None,
        student: Annotated[str | None, typer.Option(help=t("Your name or a pseudonym."))] = None,
        answers: Annotated[Path | None, typer.Option(help=t("The file with your answers."))] = None,
    ) -> int:
        from codering.cli.rehearsal import rehearse
        from codering.practice import Settings

        if exercise is not None:  # which turns it has, its code says
            chosen = {"--theme": theme, "--size": size != 10, "--level": level != "mixed", "--seed": seed != 1}
            refuse_idle(chosen, beside="--exercise")
        with open_project(project) as opened:
            if exercise is not None:
                material, drawn = opened.shared_practice(exercise, reference=reference)
            else:
                settings = Settings(tuple(theme or ()), size, _level(level), seed)
                material, drawn = opened.practice(settings, reference=reference)
        return rehearse(material, drawn, student=student or t("student"), file=answers, screen=screen_of(t))

    return "practice", practice, t("Practise coding on turns with a reference, and hear what decides each difference.")


def _practice_results(t: Texts) -> Command:
    def results(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        files: Annotated[list[Path], typer.Argument(help=t("Files with answers, or a folder of them."))],
        reference: Annotated[str | None, typer.Option(help=t("The coder whose codings are right."))] = None,
        out: Annotated[Path | None, typer.Option(help=t("Also write the tables to this workbook."))] = None,
        overwrite: Annotated[bool, typer.Option("--overwrite", help=t(OVERWRITE))] = False,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.exporters.sheets_of_tables import write_tables
        from codering.practice.sheets import read_sheet, sheet_files
        from codering.workflow import print_tables

        sheets = [read_sheet(file) for file in sheet_files(files)]
        with open_project(project) as opened:
            tables = opened.practice_results(sheets, reference=reference, language=t.language)
        screen = screen_of(t)
        if as_json:
            print_tables(tables)
        else:
            for table in tables:
                screen.heading(table.title)
                screen.table(table, columns=[c.key for c in table.columns if c.key not in ("code", "passages")])
        if out is not None:
            write_tables(tables, out, t, overwrite=overwrite)
            if not as_json:
                screen.say("Written: {file}", file=out)
        return DONE

    return "practice-results", results, t("What a student or a class does well and not yet, from files with answers.")


def _level(text: str) -> "Level":
    from codering.errors import CoderingError
    from codering.practice import Level

    if text not in list(Level):
        raise CoderingError("There is no level {found}; choose easy, mixed or hard.", found=text)
    return Level(text)


COMMANDS: Final[tuple[Maker, ...]] = (_practice, _practice_results)
