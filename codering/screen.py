"""What the command line shows: tables, problems and progress, in colour only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from codering.errors import Problem
from codering.exporters.writing import written
from codering.tables import Kind, Table
from codering.texts import Texts

_NUMBERS: Final = (Kind.COUNT, Kind.SHARE, Kind.NUMBER, Kind.SECONDS)


class Screen:
    """Writes results to standard output and problems to standard error.

    Parameters
    ----------
    texts
        The language.
    """

    def __init__(self, texts: Texts) -> None:
        from rich.console import Console

        self.texts: Final = texts
        # Rich makes tables 80 wide where there is no terminal; a file or a pipe has room for more.
        width = None if sys.stdout.isatty() else 132
        self._out: Final = Console(width=width, highlight=False, soft_wrap=False)
        self._err: Final = Console(stderr=True, width=width, highlight=False, soft_wrap=True)

    def say(self, template: str, /, **values: object) -> None:
        """Show a sentence."""
        self._out.print(self.texts(template, **values), markup=False, soft_wrap=True)

    def line(self, text: str) -> None:
        """Show text as it is: words of a transcript or a codebook."""
        self._out.print(text, markup=False, soft_wrap=True)

    def heading(self, template: str, /, **values: object) -> None:
        """Show a heading, with an empty line above it."""
        self._out.print()
        self._out.print(self.texts(template, **values), markup=False, style="bold")

    def error(self, text: str) -> None:
        """Show what stopped the command."""
        self._err.print(text, markup=False, style="red")

    def problems(self, problems: Sequence[Problem]) -> None:
        """List problems on standard error."""
        for problem in problems:
            self._err.print(problem.translated(self.texts.translate), markup=False, style="yellow")

    def table(self, table: Table, *, columns: Sequence[str] = (), notes: bool = True, limit: int | None = None) -> None:
        """Show a table, or some of its columns; `limit` rows at most, and it says how many it left out."""
        from rich.box import SIMPLE_HEAD
        from rich.table import Table as RichTable
        from rich.text import Text

        shown = [i for i, column in enumerate(table.columns) if not columns or column.key in columns]
        grid = RichTable(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
        for index in shown:
            column = table.columns[index]
            right = column.kind in _NUMBERS
            grid.add_column(Text(self.texts(column.label)), justify="right" if right else "left", overflow="fold")
        for row in table.rows[:limit]:
            grid.add_row(*(Text(written(row[i], table.columns[i], self.texts)) for i in shown))
        self._out.print(grid)
        if limit is not None and len(table.rows) > limit:
            self.say("… and {count} more {count:row|rows}.", count=len(table.rows) - limit)
        for note in table.notes if notes else ():
            self._out.print(note.translated(self.texts.translate), markup=False, style="dim", soft_wrap=True)

    @contextmanager
    def progress(self, template: str) -> Iterator[Callable[[int, int], None]]:
        """Show a bar while something long runs; on a terminal only."""
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self._err, transient=True, disable=not sys.stderr.isatty()) as bar:
            task = bar.add_task(self.texts(template), total=None)

            def report(done: int, total: int) -> None:
                bar.update(task, completed=done, total=total)

            yield report
