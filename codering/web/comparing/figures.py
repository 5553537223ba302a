"""How far coders agree, with what each figure says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.errors import Message
from codering.tables import Kind
from codering.web.comparing.choices import Choices, level
from codering.web.literal import plain
from codering.web.numbers import frame, show_frame, show_whole

if TYPE_CHECKING:
    from codering.tables import Table
    from codering.web.here import Here

_CACHE: Final = "agreement_worked_out"
_KEPT: Final = 12
_FEW: Final = 8
"""Rows that are shown with all their words."""
LESS: Final = ("percentage", "alpha", "alpha_low", "alpha_high", "pabak", "alpha_u_low", "alpha_u_high")
"""What is left out at first, so that the reading stands on the screen."""


def show(here: Here, choices: Choices) -> None:
    """Show all tables of agreement, each with its notes."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="agreement_how"):
        chosen = level(here)
        every = st.toggle(here.t("All figures"), key="agreement_every", persist_state="session")
    for table in worked_out(
        here,
        ("figures", choices, chosen),
        lambda: here.project.agreement(choices.coders, level=chosen, scope=choices.scope, language=here.language),
    ):
        show_table(here, table, leave_out=() if every else LESS)


def show_table(here: Here, table: Table, *, leave_out: Sequence[str] = ()) -> None:
    """Show a table under its title, with its notes below it; undefined is ``–``.

    A few rows with sentences are shown in full; in a long table they are cut off, and stand below it.
    """
    t = here.t
    st.subheader(t(table.title))
    columns = [column.key for column in table.columns if column.key not in ("id", "other", *leave_out)]
    long = [column for column in table.columns if column.kind is Kind.LONG]
    if not table.rows:
        pass  # the notes say why
    elif long and len(table.rows) <= _FEW:
        show_whole(t, table, columns)
    else:
        wide = {t(column.label): st.column_config.Column(width="large") for column in long}
        show_frame(frame(t, table, columns), key=f"agreement_table_{table.key}", column_config=wide)
    for note in table.notes:
        st.caption(plain(note.translated(t.translate)))
    if len(table.rows) > _FEW and {"label", "reading"} <= {column.key for column in table.columns}:
        _show_readings(here, table)


def _show_readings(here: Here, table: Table) -> None:
    """Show the readings in full: a table cuts them off."""
    t = here.t
    with st.expander(t("The readings in full")):
        for row in table.records():
            says = row["reading"]
            words = says.translated(t.translate) if isinstance(says, Message) else str(says)
            st.markdown(f"**{plain(row['label'])}**: {plain(words)}")


def worked_out(here: Here, key: tuple[object, ...], work: Callable[[], tuple[Table, ...]]) -> tuple[Table, ...]:
    """Work something out once for as long as nobody decides anything."""
    kept: dict[object, tuple[Table, ...]] = st.session_state.setdefault(_CACHE, {})
    whole = (str(here.project.path), here.project.revision(), here.language, *key)
    if whole not in kept:
        if len(kept) >= _KEPT:
            kept.clear()
        with st.spinner(here.t("Comparing…")):
            kept[whole] = work()
    return kept[whole]
