"""Commands about passages for the report: passages list, passages choose, passages drop.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from codering.cli.common import Command, Maker, open_project, screen_of
from codering.exit_codes import DONE
from codering.texts import Texts

if TYPE_CHECKING:
    from codering.tables import Table


def _list(t: Texts) -> Command:
    def listing(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        theme: Annotated[list[str] | None, typer.Option(help=t("Only this theme; can be given more often."))] = None,
        code: Annotated[list[str] | None, typer.Option(help=t("Only this code; can be given more often."))] = None,
        chosen: Annotated[bool, typer.Option("--chosen", help=t("Only what is chosen for the report."))] = False,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.project.quoting import passages_by_theme, passages_listed
        from codering.workflow import print_tables

        with open_project(project) as opened:
            whole = not (theme or code or chosen)
            if whole and not as_json:
                table = passages_by_theme(opened, language=t.language)
            else:
                table = passages_listed(
                    opened, themes=theme or (), codes=code or (), chosen=chosen, language=t.language
                )
            blind = ", ".join(sorted(opened.still_blind))
        screen = screen_of(t)
        if as_json:
            print_tables([table])
            return DONE
        screen.heading(table.title)
        if whole:
            screen.table(table)
            screen.say("To read them: codering passages list {project} --theme ID", project=project)
        else:
            _show(table, t)
        if blind:
            screen.say("Left out because they are still coded blind: {names}.", names=blind)
        return DONE

    return "list", listing, t("List the passages that count, each with its id; of a theme, a code, or what is chosen.")


def _choose(t: Texts) -> Command:
    def choose(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        ids: Annotated[list[str], typer.Argument(help=t("Ids of passages, as `passages list` shows them."))],
        coder: Annotated[str, typer.Option(help=t("Who chooses."))],
    ) -> int:
        return _mark(project, ids, coder, t, chosen=True)

    return "choose", choose, t("Choose passages for the report; it then shows these of their theme, and no examples.")


def _drop(t: Texts) -> Command:
    def drop(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        ids: Annotated[list[str], typer.Argument(help=t("Ids of passages, as `passages list` shows them."))],
        coder: Annotated[str, typer.Option(help=t("Who chooses."))],
    ) -> int:
        return _mark(project, ids, coder, t, chosen=False)

    return "drop", drop, t("Take chosen passages out of the report again.")


def _mark(project: Path, ids: list[str], coder: str, t: Texts, *, chosen: bool) -> int:
    from codering.project.quoting import choose_passages

    with open_project(project) as opened:
        report = choose_passages(opened, ids, coder=coder, chosen=chosen)
    screen = screen_of(t)
    if chosen:
        screen.say(
            "{count} {count:passage|passages} chosen for the report, {same} {same:was|were} so already.",
            count=report.changed,
            same=report.same,
        )
    else:
        screen.say("{count} {count:passage|passages} taken out of the report.", count=report.changed)
    screen.say("In all {count} {count:passage is|passages are} chosen.", count=report.chosen)
    return DONE


def _show(table: "Table", t: Texts) -> None:
    """Show passages below one another: what it is and who says it, then the words."""
    from codering.codings import STANCES, Stance

    screen = screen_of(t)
    for record in table.records():
        screen.heading(
            "{id}  {code} ({stance}) · {speaker} · {transcript}, turn {turn}",
            id=record["short"],
            code=record["code_label"],
            stance=STANCES[Stance(str(record["stance"]))].translated(t.translate),
            speaker=record["speaker"],
            transcript=record["transcript"],
            turn=record["turn"],
        )
        screen.line(f"“{record['quote']}”")
        if record["chosen"]:
            screen.say("Chosen for the report.")
    if not table.rows:
        screen.say("There are none.")
    for note in table.notes:
        screen.line(note.translated(t.translate))


COMMANDS: Final[tuple[Maker, ...]] = (_list, _choose, _drop)
