"""The command line: parse, call a verb of the project, show.

Exit codes: 0 done, 1 done with problems (listed on standard error), 2 nothing usable. Everything is in Dutch unless
``--lang en`` or ``CODERING_LANG=en`` says otherwise. Heavy imports stand in functions, so that ``--help`` answers at
once. The commands stand in a module for each step of the work; each module lists its own in ``COMMANDS``.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

import sys
from collections.abc import Callable, Container, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import Annotated, Final

import typer

from codering.cli import (
    codebooks,
    codings,
    comparing,
    contrasting,
    counting,
    deciding,
    double,
    exporting,
    learning,
    missing,
    practising,
    quoting,
    reading,
    reviewing,
    suggesting,
)
from codering.cli.common import Maker, screen_of
from codering.cli.helping import Command, Group, explain
from codering.cli.parsing import UsageError, asks_for_help, complaint, refuse_empty
from codering.errors import CoderingError, Message, cause
from codering.exit_codes import DONE, NOTHING
from codering.texts import LANGUAGES, Texts, texts

STEPS: Final = (
    reading,
    reviewing,
    suggesting,
    learning,
    missing,
    counting,
    exporting,
    comparing,
    deciding,
    practising,
)
"""The modules with commands, in the order of the help."""
STOPPED: Final = 130
"""The exit code after Ctrl+C, as shells have it."""


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
        refuse_empty(rest)
        code = app(chosen, rest)(args=rest, prog_name="codering", standalone_mode=False)
    except CoderingError as error:
        screen_of(chosen).error(error.translated(chosen.translate))
        return NOTHING
    except OSError as error:  # what no step foresaw, such as a name that is too long to look for
        name = Path(str(error.filename)).name if error.filename else "codering"
        message = Message(
            "{file}: this does not go ({reason}). Check the name and the folder.", file=name, reason=cause(error)
        )
        screen_of(chosen).error(message.translated(chosen.translate))
        return NOTHING
    except UsageError as error:
        if help_text := asks_for_help(error):
            sys.stderr.write(f"{help_text}\n")
        else:
            screen_of(chosen).error(complaint(error, chosen))
        return NOTHING
    except typer.Abort:
        code = STOPPED
    except SystemExit as leaving:  # nobody reads the output any more
        return leaving.code if isinstance(leaving.code, int) else DONE
    if code == STOPPED:
        screen_of(chosen).error(chosen("Stopped."))
    return code if isinstance(code, int) else DONE


def app(t: Texts, words: Container[str] | None = None) -> typer.Typer:
    """Build the command line in one language.

    Parameters
    ----------
    t
        The language.
    words
        What stands on the line. A command that is not named there is only listed, without its options, which take a
        third of the time of ``--help``, and a group without its commands. None builds all of them whole.
    """
    application = typer.Typer(
        cls=Group,
        context_settings={"obj": t},
        help=t("Code Dutch focus groups: rules suggest, people decide, frequencies can be defended."),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    root = _root(t)
    explain(root, t)
    application.callback()(root)
    for module in STEPS:
        _add(application, module.COMMANDS, t, words)
    groups = (
        ("codings", t("Codings of people: add them from a file."), codings.COMMANDS),
        ("passages", t("Passages for the report: list, choose and drop them."), quoting.COMMANDS),
        ("codebook", t("The codebook: check it and its rules."), codebooks.COMMANDS),
        ("compare", t("Coders further compared: swapped codes, time, the machine."), contrasting.COMMANDS),
        ("double", t("Coding twice: how many turns, and which."), double.COMMANDS),
    )
    for name, text, commands in groups:
        group = typer.Typer(cls=Group, help=text, no_args_is_help=True)
        if words is None or name in words:
            _add(group, commands, t, words)
        application.add_typer(group, name=name)
    return application


def _add(group: typer.Typer, commands: Iterable[Maker], t: Texts, words: Container[str] | None) -> None:
    for make in commands:
        name, function, text = make(t)
        whole = words is None or name in words
        if whole:
            explain(function, t)
        group.command(name, cls=Command, help=text)(_leaving(function) if whole else _listed)


def _listed() -> None:
    """Stand in the list of commands for one that is not asked for."""


def _leaving(command: Callable[..., int]) -> Callable[..., None]:
    """Make the number that a command returns the exit code of the process."""

    @wraps(command)
    def leave(*args: object, **kwargs: object) -> None:
        raise typer.Exit(command(*args, **kwargs))

    leave.__annotations__ = {**command.__annotations__, "return": None}
    return leave


def _root(t: Texts) -> Callable[..., None]:
    def shown(wanted: bool) -> None:
        if wanted:
            from importlib.metadata import version as installed

            typer.echo(f"codering {installed('codering')}")
            raise typer.Exit(DONE)

    def root(
        # `run` has taken --lang out of the line already; here it is only shown in the help.
        lang: Annotated[str | None, typer.Option(help=t("Language: nl or en (anywhere on the line)."))] = None,
        # Answered while the line is read: afterwards the parser would ask for a command.
        version: Annotated[
            bool, typer.Option("--version", help=t("Show the version."), is_eager=True, callback=shown)
        ] = False,
    ) -> None:
        del lang, version

    return root


def _language(arguments: list[str]) -> tuple[str | None, list[str]]:
    """Take ``--lang X`` or ``--lang=X`` out of the line, wherever it stands before ``--``."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    for index, argument in enumerate(arguments[:end]):
        if argument.startswith("--lang="):
            return argument.partition("=")[2], arguments[:index] + arguments[index + 1 :]
        if argument == "--lang" and index + 1 < end:
            return arguments[index + 1], arguments[:index] + arguments[index + 2 :]
    return None, arguments
