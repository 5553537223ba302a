"""Numbers and tables as a person of the language reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal
from zlib import crc32

from codering import writing
from codering.errors import Message
from codering.tables import NUMBERS, Cell, Column, Kind, Table
from codering.web.literal import plain
from codering.writing import UNDEFINED, written

_WHOLE: Final = 20
"""Rows of a table that is shown whole; a longer one scrolls in itself."""
_NAME: Final = 9
"""Characters of a name that is not broken."""
_MANY: Final = 5
"""Columns among which one of sentences would become narrow."""
_SENTENCE: Final = 60
"""Characters of a sentence; names of places are shorter."""
_CROWDED: Final = 10
"""Columns beyond which each gets the width of what is written in it: Streamlit makes room for every decimal."""
_LETTER: Final = 8
_DIGIT: Final = 7
_AROUND: Final = 18
"""In pixels: of a head and of a number, each character; and what is left free beside it."""
_WORDS: Final = (Kind.TEXT, Kind.LONG, Kind.DATE, Kind.MOMENT)
SHORT: Final = {
    "Agreement": Message("Same"),
    "Cohen's κ": Message("κ"),
    "κ from": Message("from"),
    "κ to": Message("to"),
    "Krippendorff's α": Message("α"),
    "α from": Message("from"),
    "α to": Message("to"),
    "Gwet's AC1": Message("AC1"),
    "Krippendorff's α_U": Message("α_U"),
    "α_U from": Message("from"),
    "α_U to": Message("to"),
    "Codes that all gave": Message("All gave"),
    "F1 of the coders": Message("F1 coders"),
    "F1 of the machine": Message("F1 machine"),
    "Expected by chance": Message("By chance"),
    "Turns with the first": Message("First"),
    "Turns with the second": Message("Second"),
    "Turns with both": Message("Both"),
    "Groups above expected": Message("Above"),
    "Codes heard, on average": Message("On average"),
    "95% of orders, from": Message("95% from"),
    "95% of orders, to": Message("95% to"),
    "Codes heard, as held": Message("As held"),
    "Turns found": Message("Found"),
    "Estimated turns in all": Message("Estimated"),
    "Read at random": Message("Random"),
    "Of which carry it": Message("Carry it"),
    "Difference in percentage points": Message("Difference (pp)"),
}
"""Heads of columns on a screen, where the full one (the key) would push the last columns out of sight."""

if TYPE_CHECKING:
    from codering.texts import Texts


def count(t: Texts, number: int) -> str:
    """Write a whole number: 12.345 in Dutch."""
    return writing.count(number, t.language)


def percent(t: Texts, share: float) -> str:
    """Write a share, 0 to 1, as a percentage; undefined is ``–``."""
    return writing.percent(share, t.language, 1)


def moment(t: Texts, iso: str) -> str:
    """Write a moment (ISO 8601, UTC) as a date and a time of this computer."""
    return writing.moment(iso, t.language)


def frame(t: Texts, table: Table, columns: Sequence[str] = ()) -> Any:  # noqa: ANN401
    """Lay a table out for ``st.dataframe``: sorted by value, shown as ``written`` writes it."""
    import pandas as pd

    shown = _shown(t, table, columns)
    data = {label: _cells([_plain(row[index], t) for row in table.rows]) for label, index, _ in shown}
    styles: Any = {label: (lambda value, column=column: written(value, column, t)) for label, _, column in shown}
    return pd.DataFrame(data).style.format(styles)


def filled(table: Table) -> list[str]:
    """Give the keys of the columns in which anything stands."""
    return [one.key for i, one in enumerate(table.columns) if any(row[i] not in (None, "") for row in table.rows)]


def heads(t: Texts, table: Table, columns: Sequence[str] = ()) -> dict[str, Any]:
    """Head the columns of :func:`frame` for a screen: briefly, in full when pointed at; numbers stand to the right."""
    import streamlit as st

    shown = _shown(t, table, columns)
    found = {}
    for label, index, column in shown:
        brief = SHORT[column.label].translated(t.translate) if column.label in SHORT else None
        tight = len(shown) > _CROWDED and column.kind not in (*_WORDS, Kind.COUNT)
        found[label] = st.column_config.Column(
            brief,
            help=label if brief else None,
            alignment=None if column.kind in _WORDS else "right",
            width=_width(brief or label, [written(row[index], column, t) for row in table.rows]) if tight else None,
        )
    return found


def _width(head: str, cells: Sequence[str]) -> int:
    return max(_LETTER * len(head), *(_DIGIT * len(cell) for cell in cells), 0) + _AROUND


def show_frame(data: Any, *, key: str, **more: Any) -> Any:  # noqa: ANN401
    """Show what :func:`frame` gives, whole if it is not long: undefined is ``–``, where Streamlit writes ``None``."""
    import streamlit as st

    height: Literal["content", "auto"] = "content" if len(data.data) <= _WHOLE else "auto"
    return st.dataframe(data, hide_index=True, key=key, placeholder=UNDEFINED, height=height, **more)


def show_whole(t: Texts, table: Table, columns: Sequence[str] = (), *, height: int | None = None) -> None:
    """Show a table with all its words, which are wrapped; it cannot be sorted. Beyond `height` (pixels) it scrolls."""
    import pandas as pd
    import streamlit as st

    shown = _shown(t, table, columns)
    absent = {i: "" if column.kind in _WORDS else UNDEFINED for _, i, column in shown}
    rows = [[_cell(column, written(row[i], column, t)) or absent[i] for _, i, column in shown] for row in table.rows]
    brief = [SHORT[one.label].translated(t.translate) if one.label in SHORT else label for label, _, one in shown]
    # Two heads of a data frame cannot be the same, as "from" would be.
    labels = [short if brief.count(short) == 1 else label for short, (label, _, _) in zip(brief, shown, strict=True)]
    data = pd.DataFrame(rows, columns=[_together(plain(label)) for label in labels])
    # The style must not reach other tables, and tables of two coders may have one key.
    key = f"whole_{table.key}_{crc32(repr(rows).encode())}"
    with st.container(key=key):
        st.html(_style(f".st-key-{key}", [column.kind for _, _, column in shown], rows))
        st.table(data, border="horizontal", hide_index=True, height=height or "content")


def _style(table: str, kinds: Sequence[Kind], rows: Sequence[Sequence[str]]) -> str:
    """Put numbers to the right, and give one column of sentences room beside many others: Streamlit can do neither."""
    long = [len(cell) for row in rows for cell, kind in zip(row, kinds, strict=True) if kind is Kind.LONG]
    wide = kinds.count(Kind.LONG) == 1 and len(kinds) > _MANY and sum(long) > _SENTENCE * len(rows)
    rules = dict.fromkeys(NUMBERS, "text-align: right !important;") | {Kind.LONG: "min-width: 14rem;" * wide}
    cells = (f"{table} tr > :nth-child({i}) {{ {rules.get(kind, '')} }}" for i, kind in enumerate(kinds, 1))
    return f"<style>{' '.join(cells)}</style>"


def _cell(column: Column, text: str) -> str:
    """Escape a text for a table that wraps: its lines stay lines, and a name such as 2026-voorjaar is not broken."""
    name = column.kind is Kind.TEXT
    if name and " " not in text:
        text = text.replace("-", "\N{NON-BREAKING HYPHEN}")
    escaped = "  \n".join(plain(line) for line in text.split("\n"))  # Markdown takes lines together otherwise
    return _together(escaped) if name else escaped


def _together(name: str) -> str:
    """Keep a short name on one line: that of a coder, broken after “Coder”, reads as another word."""
    return name.replace(" ", "\N{NO-BREAK SPACE}") if len(name) <= _NAME else name


def show_table(t: Texts, table: Table, *, columns: Sequence[str] = (), key: str, told: Sequence[Message] = ()) -> None:
    """Show a table with its notes below it, but for those that were `told` already."""
    import streamlit as st

    show_frame(frame(t, table, columns), key=key, column_config=heads(t, table, columns))
    for note in table.notes:
        if note not in told:
            st.caption(plain(note.translated(t.translate)))


def _shown(t: Texts, table: Table, columns: Sequence[str]) -> list[tuple[str, int, Column]]:
    """The columns that are shown (all if none is named): what each is called, its place, and itself."""
    shown = [(i, one) for i, one in enumerate(table.columns) if not columns or one.key in columns]
    labels = _different([t(one.label) for _, one in shown])
    return [(label, i, one) for label, (i, one) in zip(labels, shown, strict=True)]


def _cells(cells: list[object]) -> list[object]:
    """Leave words that are not there empty; a number that is not there is undefined."""
    words = all(cell is None or isinstance(cell, str) for cell in cells)
    return [cell or "" for cell in cells] if words else cells


def _plain(cell: Cell, t: Texts) -> object:
    return cell.translated(t.translate) if isinstance(cell, Message) else cell


def _different(labels: list[str]) -> list[str]:
    """Make labels unique, as a data frame needs: a second "Turns" gets a number."""
    seen: dict[str, int] = {}
    unique = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        unique.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return unique
