"""Numbers and tables as a person of the language reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from codering.errors import Message
from codering.tables import Cell, Column, Kind, Table
from codering.web.literal import plain

UNDEFINED: Final = "–"

if TYPE_CHECKING:
    from codering.texts import Texts


def count(t: Texts, number: int) -> str:
    """Write a whole number: 12.345 in Dutch."""
    from babel.numbers import format_decimal

    return str(format_decimal(number, "#,##0", locale=t.language))


def percent(t: Texts, share: float) -> str:
    """Write a share, 0 to 1, as a percentage; undefined is ``–``."""
    from codering.exporters.writing import written

    return written(share, Column("", "", Kind.SHARE), t)


def moment(t: Texts, iso: str) -> str:
    """Write a moment (ISO 8601, UTC) as a date and a time of this computer."""
    from datetime import datetime

    from babel.dates import format_datetime

    return str(format_datetime(datetime.fromisoformat(iso).astimezone(), "d MMM y HH:mm", locale=t.language))


def frame(t: Texts, table: Table, columns: Sequence[str] = ()) -> Any:  # noqa: ANN401
    """Lay a table out for ``st.dataframe``: sorted by value, shown as ``written`` writes it."""
    import pandas as pd

    from codering.exporters.writing import written

    shown = [(i, one) for i, one in enumerate(table.columns) if not columns or one.key in columns]
    labels = _different([t(one.label) for _, one in shown])
    data = {
        label: _cells([_plain(row[index], t) for row in table.rows])
        for label, (index, _) in zip(labels, shown, strict=True)
    }
    styles: Any = {
        label: (lambda value, column=column: written(value, column, t))
        for label, (_, column) in zip(labels, shown, strict=True)
    }
    return pd.DataFrame(data).style.format(styles)


def filled(table: Table) -> list[str]:
    """Give the keys of the columns in which anything stands."""
    return [one.key for i, one in enumerate(table.columns) if any(row[i] not in (None, "") for row in table.rows)]


def show_frame(data: Any, *, key: str, **more: Any) -> Any:  # noqa: ANN401
    """Show what :func:`frame` gives: undefined is ``–``, where Streamlit writes ``None``."""
    import streamlit as st

    return st.dataframe(data, hide_index=True, key=key, placeholder=UNDEFINED, **more)


def show_whole(t: Texts, table: Table, columns: Sequence[str] = ()) -> None:
    """Show a small table with all its words, which are wrapped; it cannot be sorted."""
    import pandas as pd
    import streamlit as st

    from codering.exporters.writing import written

    shown = [(i, one) for i, one in enumerate(table.columns) if not columns or one.key in columns]
    labels = _different([t(one.label) for _, one in shown])
    absent = {i: "" if column.kind in {Kind.TEXT, Kind.LONG} else UNDEFINED for i, column in shown}
    rows = [
        [plain(_unbroken(column, written(row[i], column, t))) or absent[i] for i, column in shown] for row in table.rows
    ]
    st.table(pd.DataFrame(rows, columns=[plain(label) for label in labels]), border="horizontal", hide_index=True)


def _unbroken(column: Column, text: str) -> str:
    """Keep a name such as 2026-voorjaar on one line: its hyphen is no place to break."""
    return text if column.kind is not Kind.TEXT or " " in text else text.replace("-", "\N{NON-BREAKING HYPHEN}")


def show_table(t: Texts, table: Table, *, columns: Sequence[str] = (), key: str, told: Message | None = None) -> None:
    """Show a table with its notes below it, but for the one that was `told` above it."""
    import streamlit as st

    show_frame(frame(t, table, columns), key=key)
    for note in table.notes:
        if note != told:
            st.caption(plain(note.translated(t.translate)))


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
