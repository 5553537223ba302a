"""Commands about the codebook: codebook new, codebook check, codebook diff.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from pathlib import Path
from typing import Annotated, Final

import typer

from codering.cli.common import Command, Maker, address, refuse_idle, screen_of
from codering.errors import CoderingError, cause
from codering.exit_codes import DONE
from codering.texts import Texts


def _codebook_check(t: Texts) -> Command:
    def check(
        file: Annotated[Path, typer.Argument(help=t("The codebook."))],
        project: Annotated[
            Path | None, typer.Option(help=t("Also report what the rules do on this project's transcripts."))
        ] = None,
        against: Annotated[
            str | None,
            typer.Option(metavar=t("CODER"), help=t("Whose codings say what is right; without it everybody's.")),
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.workflow import check_codebook

        if project is None:
            refuse_idle({"--against": against is not None}, without="--project")
        return check_codebook(
            file,
            project=address(project) if project is not None else None,
            against=against,
            as_json=as_json,
            screen=screen_of(t),
        )

    return "check", check, t("Check the codebook: its form, the examples of its rules, what the rules do.")


def _codebook_diff(t: Texts) -> Command:
    def diff(
        old: Annotated[Path, typer.Argument(help=t("The codebook as it was."))],
        new: Annotated[Path, typer.Argument(help=t("The codebook as it is to be."))],
        project: Annotated[Path, typer.Option(help=t("The project on whose transcripts both are tried."))],
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the table as JSON."))] = False,
    ) -> int:
        from codering.workflow import compare_codebooks

        return compare_codebooks(old, new, project=address(project), as_json=as_json, screen=screen_of(t), texts=t)

    return "diff", diff, t("Compare what two codebooks suggest: which turns gain or lose a code. Saves nothing.")


def _codebook_new(t: Texts) -> Command:
    def new(file: Annotated[Path, typer.Argument(help=t("The file to be written, for example codebook.yaml."))]) -> int:
        from codering.resources import starter_path

        try:
            _make(file, starter_path().read_bytes())
        except FileExistsError:
            raise CoderingError(
                "{file} exists already, and is left as it is. Choose another name.", file=file
            ) from None
        except OSError as error:
            raise CoderingError("{file} cannot be written ({reason}).", file=file, reason=cause(error)) from None
        screen = screen_of(t)
        screen.say("Written: {file}", file=file)
        screen.say("Put your own themes and codes in it, and check it: codering codebook check {file}", file=file)
        return DONE

    return "new", new, t("Write a small codebook in which everything is explained, to begin your own with.")


def _make(file: Path, content: bytes) -> None:
    """Make a file that was not there, whole or not at all."""
    made = file.open("xb")
    try:
        with made:
            made.write(content)
    except OSError:
        file.unlink(missing_ok=True)
        raise


COMMANDS: Final[tuple[Maker, ...]] = (_codebook_new, _codebook_check, _codebook_diff)
