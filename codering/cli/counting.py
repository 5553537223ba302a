"""Commands that count: frequencies and waves.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from codering.cli.common import Command, Maker, open_project, refuse_idle, screen_of
from codering.exit_codes import DONE, NOTHING
from codering.tables import Table
from codering.texts import Texts

if TYPE_CHECKING:
    from codering.screen import Screen

ALL_TOGETHER: Final = (
    "theme",
    "code_label",
    "participants",
    "participants_share",
    "low",
    "high",
    "groups",
    "turns",
    "denied_participants",
)
"""The columns that fit on a screen; the workbook and ``--json`` have all."""

SPARE: Final = ("low", "high", "turns", "theme", "groups")
"""Columns that a narrow terminal can miss, what can be missed best first."""

WAVES_SPARE: Final = ("fell", "rose", "groups_0", "groups_1", "difference")
"""Columns of a comparison of waves that a narrow terminal can miss: what changed and in how many people stays."""
EXPLORE_SPARE: Final = ("z", "jaccard", "first_turns", "second_turns", "above", "coded_turns", "turns", "group")
"""The same of what is explored."""

WIDEST: Final = 10
"""Columns; a wider crosstab is written as a list."""
LONGEST: Final = 200
"""Rows of a list on the screen."""
LISTED: Final = 40
"""Rows of a ranking on the screen."""
VIEWS: Final = ("together", "saturation", "speaking", "paper")
"""What ``explore`` can show."""
_IDS: Final = ("id", "first", "second")


def _frequencies(t: Texts) -> Command:
    def frequencies(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        by: Annotated[
            str, typer.Option(help=t("Split by: wave, group, transcript, speaker or an attribute (functie); all: not."))
        ] = "all",
        measure: Annotated[
            str, typer.Option(help=t("What a crosstab counts: participants, groups, turns, mentions or words."))
        ] = "participants",
        codes: Annotated[bool, typer.Option("--codes", help=t("Count codes instead of themes."))] = False,
        cuts: Annotated[
            str, typer.Option(help=t("For an attribute that is a number: where its classes begin, for example 5,10."))
        ] = "",
        shares: Annotated[bool, typer.Option("--shares", help=t("Show percentages beside the counts."))] = False,
        hide_below: Annotated[
            int,
            typer.Option(
                help=t("Leave out cells with fewer participants (3 or more), and what would give them away."), min=0
            ),
        ] = 0,
        coder: Annotated[str | None, typer.Option(help=t("Whose codings count."))] = None,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.analysis.frequencies import Level
        from codering.workflow import print_tables

        places = _numbers(cuts)
        if places is None:
            screen_of(t).error(t("--cuts {found} cannot be read; expected, for example, 5,10.", found=cuts))
            return NOTHING
        if by == "all":
            chosen = {"--measure": measure != "participants", "--shares": shares, "--cuts": cuts}
            refuse_idle(chosen, without="--by")
        level: Level = "code" if codes else "theme"
        with open_project(project) as opened:
            shown, flat = opened.frequencies(
                by=by,
                level=level,
                measure=measure,
                coder=coder,
                cuts=places,
                shares=shares,
                suppress_below=hide_below,
                language=t.language,
            )
            totals = opened.totals(level=level, coder=coder, language=t.language) if by == "all" else None
        more = () if totals is None else (totals,)
        if as_json:
            print_tables((flat,) if hide_below else (shown, flat, *more))
            return DONE
        screen = screen_of(t)
        screen.heading(shown.title)
        if by == "all":
            spare = SPARE if codes else [key for key in SPARE if key != "theme"]
            screen.table(shown, columns=ALL_TOGETHER, spare=spare)
        elif len(shown.columns) > WIDEST:
            _list(flat, measure, ("theme", "label") if codes else ("label",), screen)
        else:
            screen.table(shown)
        for table in more:
            screen.heading(table.title)
            screen.table(table)
        return DONE

    return "frequencies", frequencies, t("Count themes and codes in what people decided.")


def _list(flat: Table, measure: str, names: tuple[str, ...], screen: "Screen") -> None:
    """Show a crosstab that is too wide as a list of what was said, and count what nobody said."""
    place = [column.key for column in flat.columns].index(measure)
    rows = tuple(row for row in flat.rows if row[place] != 0)
    columns = ("unit", *names, "stance", measure, f"of_{measure}")
    screen.table(replace(flat, rows=rows), columns=columns, spare=("theme", f"of_{measure}"), limit=LONGEST)
    if unsaid := len(flat.rows) - len(rows):
        screen.say("{count} {count:row|rows} with 0 {count:is|are} not shown.", count=unsaid)


def _waves(t: Texts) -> Command:
    def waves(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        recurring: Annotated[
            str, typer.Option(help=t("When a barrier comes back: in at least K groups in M consecutive waves (3,2)."))
        ] = "",
        groups: Annotated[
            float,
            typer.Option(help=t("The share of groups in which a barrier must be heard to be there."), min=0, max=1),
        ] = 0.5,
        step: Annotated[
            float,
            typer.Option(help=t("The difference in share of participants that counts as a change."), min=0, max=1),
        ] = 0.15,
        themes: Annotated[bool, typer.Option("--themes", help=t("Compare themes instead of codes."))] = False,
        coder: Annotated[str | None, typer.Option(help=t("Whose codings count."))] = None,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.analysis.wave_sheets import on_screen
        from codering.analysis.wave_tables import wave_tables
        from codering.analysis.waves import Rule
        from codering.workflow import print_tables

        wanted = [int(part) if part.strip().isdecimal() else 0 for part in recurring.split(",")]
        if recurring and (len(wanted) != 2 or 0 in wanted):
            screen_of(t).error(t("--recurring {found} cannot be read; expected, for example, 3,2.", found=recurring))
            return NOTHING
        with open_project(project) as opened:
            results = opened.wave_results(
                level="theme" if themes else "code",
                rule=Rule(groups, step),
                recurring=(wanted[0], wanted[1]) if recurring else None,
                coder=coder,
            )
            tables = wave_tables(results, opened.codebook, language=t.language)
        if as_json:
            print_tables(tables)
            return DONE
        screen = screen_of(t)
        for table in on_screen(tables, results):
            screen.heading(table.title)
            screen.table(table, spare=WAVES_SPARE)
        return DONE

    return "waves", waves, t("Which barriers are new, stay, grow, fade or come back between waves.")


def _explore(t: Texts) -> Command:
    def explore(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        what: Annotated[
            str, typer.Argument(help=t("What to look at: together, saturation, speaking or paper."))
        ] = "together",
        codes: Annotated[bool, typer.Option("--codes", help=t("Count codes instead of themes."))] = False,
        coder: Annotated[str | None, typer.Option(help=t("Whose codings count."))] = None,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.analysis.frequencies import Level
        from codering.workflow import print_tables

        if what != "together":
            refuse_idle({"--codes": codes}, beside=what)
        if what not in VIEWS:
            known = ", ".join(VIEWS)
            screen_of(t).error(t("{found} is nothing to look at; choose from {known}.", found=what, known=known))
            return NOTHING
        with open_project(project) as opened:
            if what == "together":
                level: Level = "code" if codes else "theme"
                tables: tuple[Table, ...] = opened.cooccurrence(level=level, coder=coder, language=t.language)
            elif what == "saturation":
                tables = opened.saturation(coder=coder, language=t.language)
            elif what == "speaking":
                tables = opened.speaking(coder=coder)
            else:
                tables = (opened.paper_and_practice(coder=coder, language=t.language),)
        if as_json:
            print_tables(tables)
            return DONE
        screen = screen_of(t)
        for table in tables:
            screen.heading(table.title)
            shown = [c.key for c in table.columns if c.key not in _IDS]
            screen.table(table, columns=shown, spare=EXPLORE_SPARE, limit=LISTED)
        return DONE

    return "explore", explore, t("What belongs together, saturation, who speaks, and the paper beside practice.")


def _numbers(text: str) -> tuple[float, ...] | None:
    """Read ``5,10`` as ascending numbers; None if it is something else."""
    try:
        numbers = tuple(float(part) for part in text.split(",") if part.strip())
    except ValueError:
        return None
    return numbers if list(numbers) == sorted(set(numbers)) else None


COMMANDS: Final[tuple[Maker, ...]] = (_frequencies, _waves, _explore)
