"""Commands that compare coders: agreement.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from codering.cli.common import Command, Maker, open_project, refuse_idle, screen_of
from codering.exit_codes import DONE
from codering.tables import Table
from codering.texts import Texts

if TYPE_CHECKING:
    from codering.screen import Screen

_BY_CODE: Final = ("agreement_themes", "agreement_codes")
_HIDDEN: Final = {
    "turn": frozenset({"id", "ac1", "pabak", "f1", "alpha_low", "alpha_high"}),
    "segment": frozenset(
        {"id", "ac1", "pabak", "f1", "alpha", "alpha_low", "alpha_high", "percentage", "together"}
        | {"alpha_u_low", "alpha_u_high", "carried_0", "carried_1"}
    ),
}
"""Columns that a terminal has no room for; ``--json`` and the workbook have them all."""
_SPARE: Final = (
    "alpha",
    "overlap",
    "alpha_u",
    "percentage",
    "together",
    "matched",
    "machine",
    "carried_0",
    "carried_1",
)
"""Columns that a narrow terminal can miss as well, what can be missed best first."""
_UNUSED: Final = {
    "agreement_themes": "{count} {count:theme that nobody gave is|themes that nobody gave are} not shown.",
    "agreement_codes": "{count} {count:code that nobody gave is|codes that nobody gave are} not shown.",
    "agreement_stance": (
        "{count} {count:theme|themes} without a turn to which everyone gave the same code {count:is|are} not shown."
    ),
    "machine_agreement": "{count} {count:row|rows} of what neither coder nor machine gave {count:is|are} not shown.",
}
"""What is said of the rows that are left out, by table."""


def project_and_coders(words: list[str], coders: list[str] | None) -> tuple[Path, tuple[str, ...]]:
    """Tell the project from the names of coders: ``P --coders A B C`` and ``--coders A B P`` mean the same.

    The parser gives an option one value, so the other names stand among the arguments; the project is the first of
    those that exists. Without names, the project says which coders it knows.
    """
    place = next((i for i, word in enumerate(words) if "://" in word or Path(word).exists()), 0)
    return Path(words[place]), (*(coders or ()), *words[:place], *words[place + 1 :])


def show_used(table: Table, screen: "Screen", *, hidden: Collection[str]) -> None:
    """Show a table, of themes and codes only those that somebody gave, and say how many others there are."""
    counts = [
        i for i, one in enumerate(table.columns) if one.key in ("units", "machine") or one.key.startswith("carried_")
    ]
    rows = table.rows
    if table.key in _UNUSED:
        rows = tuple(row for row in rows if any(row[i] for i in counts))
    screen.heading(table.title)
    screen.table(
        replace(table, rows=rows),
        columns=[column.key for column in table.columns if column.key not in hidden],
        spare=_SPARE,
    )
    if unused := len(table.rows) - len(rows):
        screen.say(_UNUSED[table.key], count=unused)


def _agreement(t: Texts) -> Command:
    def agreement(
        project: Annotated[list[str], typer.Argument(help=t("The project file."), metavar="PROJECT")],
        coders: Annotated[
            list[str] | None, typer.Option(help=t("The coders to compare: two or more."), metavar="A B [C …]")
        ] = None,
        level: Annotated[
            Literal["turn", "segment"], typer.Option(help=t("Compare by turn, or by passage (segment)."))
        ] = "turn",
        code: Annotated[list[str] | None, typer.Option(help=t("Only this code; can be given more often."))] = None,
        theme: Annotated[list[str] | None, typer.Option(help=t("Only this theme; can be given more often."))] = None,
        wave: Annotated[list[str] | None, typer.Option(help=t("Only this wave; can be given more often."))] = None,
        transcript: Annotated[
            list[str] | None, typer.Option(help=t("Only this transcript; can be given more often."))
        ] = None,
        paragraph: Annotated[
            bool, typer.Option("--paragraph", help=t("Write a paragraph for the methods section instead of tables."))
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.analysis.comparison import Scope
        from codering.workflow import print_tables

        if paragraph:
            refuse_idle({"--json": as_json, "--level": level != "turn"}, beside="--paragraph")
        path, names = project_and_coders(project, coders)
        scope = Scope(tuple(code or ()), tuple(theme or ()), tuple(transcript or ()), tuple(wave or ()))
        with open_project(path) as opened:
            if paragraph:
                said = opened.agreement_paragraph(names, scope=scope, language=t.language)
                typer.echo(" ".join(sentence.translated(t.translate) for sentence in said))
                return DONE
            tables = opened.agreement(names, level=level, scope=scope, language=t.language)
        if as_json:
            print_tables(tables)
            return DONE
        screen = screen_of(t)
        for table in tables:
            hidden = _HIDDEN[level] if table.key in _BY_CODE else ("id",)
            show_used(table, screen, hidden=hidden)
        return DONE

    return "agreement", agreement, t("Compare coders: agreement by theme and code, with intervals.")


COMMANDS: Final[tuple[Maker, ...]] = (_agreement,)
