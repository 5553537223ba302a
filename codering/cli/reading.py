"""Commands that take transcripts in: demo, read, code.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

import json
from pathlib import Path
from typing import Annotated, Final

import typer

from codering.cli.common import OVERWRITE, Command, Maker, address, screen_of
from codering.exit_codes import DONE, PROBLEMS
from codering.texts import Texts


def _demo(t: Texts) -> Command:
    def demo(
        out: Annotated[Path, typer.Option(help=t("Folder for the project and the workbook."))] = Path("codering-demo"),
        overwrite: Annotated[bool, typer.Option("--overwrite", help=t(OVERWRITE))] = False,
    ) -> int:
        from codering.demo import run_demo

        return run_demo(out, screen_of(t), t, overwrite=overwrite)

    return "demo", demo, t("Try it: the sample transcripts become a project and a workbook, with a summary here.")


def _read(t: Texts) -> Command:
    def read(
        file: Annotated[Path, typer.Argument(help=t("A transcript."))],
        as_json: Annotated[bool, typer.Option("--json", help=t("Write a list of objects, a turn each."))] = False,
    ) -> int:
        from codering.formats import format_name
        from codering.previews import turn_records, turn_table
        from codering.readers import read as read_file

        reading = read_file(file)
        screen = screen_of(t)
        if as_json:
            typer.echo(json.dumps(turn_records(reading.transcript), ensure_ascii=False, indent=1))
        else:
            screen.table(turn_table(reading.transcript))
            name = format_name(reading.transcript.format)
            screen.say(
                "{file}: read as {format}; {turns} {turns:turn|turns}, {speakers} {speakers:speaker|speakers}, "
                "{words_in} {words_in:word|words} in, {words_out} out.",
                file=reading.transcript.source,
                format=name if isinstance(name, str) else name.translated(t.translate),
                turns=len(reading.transcript.turns),
                speakers=len(reading.transcript.speakers),
                words_in=reading.words_in,
                words_out=reading.words_out,
            )
        screen.problems(reading.problems)
        return PROBLEMS if reading.problems else DONE

    return "read", read, t("Preview the turns found in a transcript, before you code it.")


def _code(t: Texts) -> Command:
    def code(
        # One that may not be read must not stop the others: what is wrong with each is said by name.
        paths: Annotated[
            list[Path], typer.Argument(help=t("Transcripts, or folders with transcripts."), readable=False)
        ],
        codebook: Annotated[Path | None, typer.Option(help=t("A codebook; without it: that of SAM."))] = None,
        project: Annotated[
            Path | None, typer.Option(help=t("The project file; without it: named after the first path."))
        ] = None,
        out: Annotated[Path | None, typer.Option(help=t("The workbook; without it: beside the project."))] = None,
        overwrite: Annotated[bool, typer.Option("--overwrite", help=t(OVERWRITE))] = False,
    ) -> int:
        from codering.workflow import code_paths

        return code_paths(
            paths,
            codebook=codebook,
            project=address(project) if project is not None else None,
            out=out,
            overwrite=overwrite,
            screen=screen_of(t),
            texts=t,
        )

    return "code", code, t("Read transcripts, suggest codes, count themes and write the workbook.")


COMMANDS: Final[tuple[Maker, ...]] = (_demo, _read, _code)
