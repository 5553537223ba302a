"""The command line: parse, call a verb of the project, show.

Exit codes: 0 done, 1 done with problems (listed on standard error), 2 nothing usable. Everything is in Dutch unless
``--lang en`` or ``CODERING_LANG=en`` says otherwise. Heavy imports stand in functions, so that ``--help`` answers at
once.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

import json
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from codering.errors import CoderingError
from codering.texts import LANGUAGES, Texts, texts

if TYPE_CHECKING:
    from codering.project import Project
    from codering.screen import Screen

DONE: Final = 0
PROBLEMS: Final = 1
NOTHING: Final = 2


class Listing(StrEnum):
    """How `suggestions` writes."""

    csv = "csv"
    jsonl = "jsonl"


class Source(StrEnum):
    """Which suggester."""

    rule = "rule"
    learned = "learned"
    any = "any"


class Target(StrEnum):
    """What `export` writes."""

    excel = "excel"
    csv = "csv"
    jsonl = "jsonl"


def run(arguments: Sequence[str]) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments
        Without the name of the program.

    Returns
    -------
    int
        The exit code.
    """
    language, rest = _language(list(arguments))
    if language is not None and language not in LANGUAGES:
        sys.stderr.write(texts()("--lang {found} is not a language; choose nl or en.\n", found=language))
        return NOTHING
    for stream in (sys.stdout, sys.stderr):
        # A Dutch Windows console may still use a code page without all characters of a transcript.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    chosen = texts(language)
    try:
        app(chosen)(args=rest, prog_name="codering")
    except CoderingError as error:
        _screen(chosen).error(error.translated(chosen.translate))
        return NOTHING
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else DONE
    return DONE


def app(t: Texts) -> typer.Typer:
    """Build the command line in one language."""
    application = typer.Typer(
        help=t("Code Dutch focus groups: rules suggest, people decide, frequencies can be defended."),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    codings = typer.Typer(help=t("Codings of people: add them from a file."), no_args_is_help=True)
    codebook = typer.Typer(help=t("The codebook: check it and its rules."), no_args_is_help=True)
    application.callback()(_root(t))
    for command in (_demo, _read, _code, _suggestions, _export, _agreement):
        name, function, text = command(t)
        application.command(name, help=text)(_leaving(function))
    for group, commands in ((codings, (_codings_add,)), (codebook, (_codebook_check,))):
        for command in commands:
            name, function, text = command(t)
            group.command(name, help=text)(_leaving(function))
    application.add_typer(codings, name="codings")
    application.add_typer(codebook, name="codebook")
    return application


Command = tuple[str, Callable[..., int], str]


def _leaving(command: Callable[..., int]) -> Callable[..., None]:
    """Make the number that a command returns the exit code of the process."""

    @wraps(command)
    def leave(*args: object, **kwargs: object) -> None:
        raise typer.Exit(command(*args, **kwargs))

    leave.__annotations__ = {**command.__annotations__, "return": None}
    return leave


def _root(t: Texts) -> Callable[..., None]:
    def root(
        context: typer.Context,
        # `run` has taken --lang out of the line already; here it is only shown in the help.
        lang: Annotated[str | None, typer.Option(help=t("Language: nl or en (anywhere on the line)."))] = None,  # noqa: ARG001
        version: Annotated[bool, typer.Option("--version", help=t("Show the version."), is_eager=True)] = False,
    ) -> None:
        if version:
            from importlib.metadata import version as installed

            typer.echo(f"codering {installed('codering')}")
            context.exit(DONE)

    return root


def _demo(t: Texts) -> Command:
    def demo(
        out: Annotated[Path, typer.Option(help=t("Folder for the project and the workbook."))] = Path("codering-demo"),
    ) -> int:
        from codering.demo import run_demo

        return run_demo(out, _screen(t), t)

    return "demo", demo, t("Try it: the sample transcripts become a project and a workbook, with a summary here.")


def _read(t: Texts) -> Command:
    def read(
        file: Annotated[Path, typer.Argument(help=t("A transcript."))],
        as_json: Annotated[bool, typer.Option("--json", help=t("Write a list of objects, a turn each."))] = False,
    ) -> int:
        from codering.previews import turn_records, turn_table
        from codering.readers import read as read_file

        reading = read_file(file)
        screen = _screen(t)
        if as_json:
            typer.echo(json.dumps(turn_records(reading.transcript), ensure_ascii=False, indent=1))
        else:
            screen.table(turn_table(reading.transcript))
            screen.say(
                "{file}: read as {format}; {turns} turns, {speakers} speakers, {words_in} words in, {words_out} out.",
                file=reading.transcript.source,
                format=reading.transcript.format,
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
        paths: Annotated[list[Path], typer.Argument(help=t("Transcripts, or folders with transcripts."))],
        codebook: Annotated[Path | None, typer.Option(help=t("A codebook; without it: that of SAM."))] = None,
        project: Annotated[
            Path | None, typer.Option(help=t("The project file; without it: named after the first path."))
        ] = None,
        out: Annotated[Path | None, typer.Option(help=t("The workbook; without it: beside the project."))] = None,
    ) -> int:
        from codering.workflow import code_paths

        return code_paths(paths, codebook=codebook, project=project, out=out, screen=_screen(t), texts=t)

    return "code", code, t("Read transcripts, suggest codes, count themes and write the workbook.")


def _suggestions(t: Texts) -> Command:
    def suggestions(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        format: Annotated[Listing, typer.Option(help=t("How to write them."))] = Listing.csv,  # noqa: A002
        transcript: Annotated[str | None, typer.Option(help=t("Of this transcript only."))] = None,
        source: Annotated[Source, typer.Option(help=t("Of rules, of the learned model, or the best."))] = Source.any,
    ) -> int:
        from codering.previews import write_suggestions

        with _open(project) as opened:
            found = opened.suggestions(transcript=transcript, source=source.value, best=True)
            if transcript is not None:
                opened.transcript(transcript)
            write_suggestions(sys.stdout, opened.transcripts(), opened.codebook, found, format=format.value)
        return DONE

    return "suggestions", suggestions, t("List suggestions: one row for each turn, code and stance.")


def _codings_add(t: Texts) -> Command:
    def add(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        file: Annotated[Path, typer.Argument(help=t("JSON Lines: transcript, turn, code, stance, start, end, quote."))],
        coder: Annotated[str, typer.Option(help=t("Who coded."))],
    ) -> int:
        from codering.workflow import add_codings

        with _open(project) as opened:
            return add_codings(opened, file, coder=coder, screen=_screen(t))

    return "add", add, t("Add codings from a file; they enter as decisions of the coder.")


def _export(t: Texts) -> Command:
    def export(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        to: Annotated[Target, typer.Option(help=t("Format."))],
        out: Annotated[Path, typer.Option(help=t("The file to write."))],
    ) -> int:
        with _open(project) as opened:
            opened.export(to.value, out, texts=t)
        _screen(t).say("Written: {file}", file=out)
        return DONE

    return "export", export, t("Write the results as a workbook, CSV or JSON Lines.")


def _agreement(t: Texts) -> Command:
    def agreement(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        coders: Annotated[tuple[str, str], typer.Option(help=t("The two coders to compare."))],
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.workflow import print_tables

        with _open(project) as opened:
            tables = opened.agreement(coders, language=t.language)
        if as_json:
            print_tables(tables)
        else:
            screen = _screen(t)
            for table in tables:
                screen.heading(table.title)
                screen.table(table, columns=[c.key for c in table.columns if c.key not in ("id", "ac1", "f1")])
        return DONE

    return "agreement", agreement, t("Compare two coders: agreement by theme and code, with intervals.")


def _codebook_check(t: Texts) -> Command:
    def check(
        file: Annotated[Path, typer.Argument(help=t("The codebook."))],
        project: Annotated[
            Path | None, typer.Option(help=t("Also report what the rules do on this project's transcripts."))
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.workflow import check_codebook

        return check_codebook(file, project=project, as_json=as_json, screen=_screen(t), texts=t)

    return "check", check, t("Check the codebook: its form, the examples of its rules, what the rules do.")


def _screen(t: Texts) -> "Screen":
    from codering.screen import Screen

    return Screen(t)


def _open(path: Path) -> "Project":
    from codering.project import Project

    return Project.open(path)


def _language(arguments: list[str]) -> tuple[str | None, list[str]]:
    """Take ``--lang X`` or ``--lang=X`` out of the line, wherever it stands before ``--``."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    for index, argument in enumerate(arguments[:end]):
        if argument.startswith("--lang="):
            return argument.partition("=")[2], arguments[:index] + arguments[index + 1 :]
        if argument == "--lang" and index + 1 < end:
            return arguments[index + 1], arguments[:index] + arguments[index + 2 :]
    return None, arguments
