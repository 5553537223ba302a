"""Commands about what machines propose: suggestions.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from codering.cli.common import Command, Maker, open_project
from codering.exit_codes import DONE
from codering.texts import Texts


class Listing(StrEnum):
    """How `suggestions` writes."""

    csv = "csv"
    jsonl = "jsonl"


class Source(StrEnum):
    """Which suggester."""

    rule = "rule"
    learned = "learned"
    any = "any"


def _suggestions(t: Texts) -> Command:
    def suggestions(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        format: Annotated[Listing, typer.Option(help=t("How to write them."))] = Listing.csv,  # noqa: A002
        transcript: Annotated[str | None, typer.Option(help=t("Of this transcript only."))] = None,
        source: Annotated[Source, typer.Option(help=t("Of rules, of the learned model, or the best."))] = Source.any,
    ) -> int:
        from codering.previews import write_suggestions

        with open_project(project) as opened:
            found = opened.suggestions(transcript=transcript, source=source.value, best=True)
            if transcript is not None:
                opened.transcript(transcript)
            write_suggestions(sys.stdout, opened.transcripts(), opened.codebook, found, format=format.value)
        return DONE

    return "suggestions", suggestions, t("List suggestions: one row for each turn, code and stance.")


COMMANDS: Final[tuple[Maker, ...]] = (_suggestions,)
