"""What the command line shows: tables, problems and progress, in colour only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from codering.errors import Problem
from codering.screen_tables import broken, fitting, row_by_row
from codering.tables import NUMBERS, Table
from codering.texts import Texts
from codering.writing import written

_NAMES: Final = 2
"""Columns at most that name a row."""
_SAME: Final = 3
"""Places at most in which the same problem is written out."""


class Screen:
    """Writes results to standard output and problems to standard error.

    Parameters
    ----------
    texts
        The language.
    width
        Characters of a line; without it that of the terminal.
    """

    def __init__(self, texts: Texts, width: int | None = None) -> None:
        from rich.console import Console

        self.texts: Final = texts
        # Rich makes tables 80 wide where there is no terminal; a file or a pipe has room for more, and for long lines.
        self._narrow: Final = width is not None or sys.stdout.isatty()
        width = width if self._narrow else 132
        self._out: Final = Console(width=width, highlight=False, soft_wrap=False)
        self._err: Final = Console(stderr=True, width=width, highlight=False, soft_wrap=True)

    def say(self, template: str, /, **values: object) -> None:
        """Show a sentence."""
        self._sentence(self.texts(template, **values))

    def line(self, text: str) -> None:
        """Show text that is in the language already, or in none: words of a transcript or a codebook."""
        self._sentence(text)

    def heading(self, template: str, /, **values: object) -> None:
        """Show a heading, with an empty line above it."""
        self._out.print()
        self._sentence(self.texts(template, **values), style="bold")

    def error(self, text: str) -> None:
        """Show what stopped the command."""
        self._err.print(text, markup=False, style="red")

    def problems(self, problems: Sequence[Problem]) -> None:
        """List problems on standard error; what is the same in many places of a file stands there once."""
        same: dict[tuple[str, str], list[Problem]] = {}
        for problem in problems:
            said = problem.message.translated(self.texts.translate)
            same.setdefault((problem.source, said), []).append(problem)
        for alike in same.values():
            shown, more = (alike, 0) if len(alike) <= _SAME else (alike[:1], len(alike) - 1)
            for problem in shown:
                self._err.print(problem.translated(self.texts.translate), markup=False, style="yellow")
            if more:
                told = self.texts("The same in {count} more places, the last of them:", count=more)
                self._err.print(f"  {told} {alike[-1].where(self.texts.translate)}", markup=False, style="yellow")

    def table(
        self,
        table: Table,
        *,
        columns: Sequence[str] = (),
        spare: Sequence[str] = (),
        notes: bool = True,
        limit: int | None = None,
    ) -> None:
        """Show a table, or some of its columns, so that no word is broken; of one without rows its notes.

        Parameters
        ----------
        columns
            Keys of those to show; without it all.
        spare
            Keys of those that a narrow terminal can miss, what can be missed best first; it is said which are missing.
            If the others do not fit either, rows are shown below one another.
        notes
            Whether its notes are shown.
        limit
            Rows at most; it says how many it left out.
        """
        from rich.text import Text

        shown = [column for column in table.columns if not columns or column.key in columns]
        heads = [self.texts(column.label) for column in shown]
        rows = [
            [
                written(cell, column, self.texts)
                for column, cell in zip(table.columns, row, strict=True)
                if column in shown
            ]
            for row in table.rows[:limit]
        ]
        keys = [column.key for column in shown]
        found = fitting(heads, rows, [keys.index(key) for key in spare if key in keys], self._out.width)
        numbers = [column.kind in NUMBERS for column in shown]
        if not rows:
            if not (notes and table.notes):
                self.say("There are none.")
        elif found is None:
            names = next((i for i, number in enumerate(numbers) if number), 1)
            if numbers[0]:  # a bare number would name nothing
                rows = [[f"{heads[0]}: {row[0]}", *row[1:]] for row in rows]
            for line, title in row_by_row(heads, rows, min(max(names, 1), _NAMES), self._out.width):
                self._out.print(Text(line), style="bold" if title else "", soft_wrap=True)
        else:
            kept, places = found
            self._grid(
                [heads[i] for i in kept], [[row[i] for i in kept] for row in rows], places, [numbers[i] for i in kept]
            )
            if missing := [head for i, head in enumerate(heads) if i not in kept]:
                self.say("Too narrow for: {columns}.", columns=", ".join(missing))
        if limit is not None and len(table.rows) > limit:
            self.say("… and {count} more {count:row|rows}.", count=len(table.rows) - limit)
        for note in table.notes if notes else ():
            self._sentence(note.translated(self.texts.translate), style="dim")

    def _grid(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], places: Sequence[int], numbers: Sequence[bool]
    ) -> None:
        from rich.box import SIMPLE_HEAD
        from rich.table import Table as RichTable
        from rich.text import Text

        grid = RichTable(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
        for head, place, number in zip(heads, places, numbers, strict=True):
            grid.add_column(
                Text(broken(head, place)), justify="right" if number else "left", overflow="fold", width=place
            )
        for row in rows:
            grid.add_row(*(Text(broken(text, place)) for text, place in zip(row, places, strict=True)))
        self._out.print(grid)

    def _sentence(self, text: str, style: str = "") -> None:
        """Break between words where the terminal ends; a path that is longer stays whole, so that it can be copied."""
        told = broken(text, self._out.width) if self._narrow else text
        self._out.print(told, markup=False, style=style, soft_wrap=True)

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
