"""How far coders agree, with what each figure says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.analysis.agreement_tables import WITH_PABAK
from codering.errors import Message
from codering.tables import Kind
from codering.web.comparing.choices import Choices, level
from codering.web.literal import plain
from codering.web.numbers import frame, heads, show_frame, show_whole

if TYPE_CHECKING:
    from codering.tables import Table
    from codering.web.here import Here

_CACHE: Final = "agreement_worked_out"
_KEPT: Final = 12
_FEW: Final = 16
"""Rows that are shown with all their words."""
LESS: Final = ("percentage", "alpha", "alpha_low", "alpha_high", "pabak", "alpha_u_low", "alpha_u_high")
"""What is left out at first, so that the readings stand beside the figures."""
_TALL: Final = 520
"""Pixels of a long table with sentences, which scrolls in itself."""
_WIDE: Final = 10
"""Columns beside which a reading does not fit."""
_PASSAGES: Final = ("passages_", "matched", "overlap", "alpha_u")
"""How the figures of passages begin: a table of their own on a screen."""
_READING: Final = "reading"


def show(here: Here, choices: Choices) -> None:
    """Show all tables of agreement, each with its notes; what was said below one is not said again below the next."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="agreement_how"):
        chosen = level(here)
        every = st.toggle(here.t("All figures"), key="agreement_every", persist_state="session")
    told: list[Message] = [] if every else [WITH_PABAK]
    for table in worked_out(
        here,
        ("figures", choices, chosen),
        lambda: here.project.agreement(choices.coders, level=chosen, scope=choices.scope, language=here.language),
    ):
        show_table(here, table, leave_out=() if every else LESS, told=told)
        told += table.notes


def show_table(
    here: Here,
    table: Table,
    *,
    leave_out: Sequence[str] = (),
    told: Sequence[Message] = (),
    titled: bool = True,
) -> None:
    """Show a table, mostly under its title, with its notes below it, but for those that were `told` already.

    A short table is shown with its sentences in full; in a long or a wide one they stand below it.
    """
    t = here.t
    if titled:
        st.subheader(t(table.title))
    columns = [column.key for column in table.columns if column.key not in ("id", "other", *leave_out)]
    passages = [key for key in columns if key.startswith(_PASSAGES)]
    columns = [key for key in columns if key not in passages]
    long = [column.key for column in table.columns if column.kind is Kind.LONG]
    # In a table that can be sorted, words are cut off.
    apart = _READING in long and (len(columns) > _WIDE or len(table.rows) > _FEW)
    if apart or not long:
        _show_sorted(here, table, [key for key in columns if key != _READING], "")
    elif table.rows:
        show_whole(t, table, columns, height=_TALL if len(table.rows) > _FEW else None)
    if passages:
        st.markdown(f"**{t('Passages')}**")
        _show_sorted(here, table, ["label", *passages], "_passages")
    for note in table.notes:
        if note not in told:
            st.caption(plain(note.translated(t.translate)))
    if apart:
        _show_readings(here, table)


def _show_sorted(here: Here, table: Table, columns: Sequence[str], suffix: str) -> None:
    """Show the numbers of a table, which can be sorted; its notes say why it has no rows."""
    if table.rows:
        key, config = f"agreement_table_{table.key}{suffix}", heads(here.t, table, columns)
        show_frame(frame(here.t, table, columns), key=key, column_config=config)


def _show_readings(here: Here, table: Table) -> None:
    """Show the readings in full: a table cuts them off."""
    t = here.t
    with st.expander(t("The readings in full")):
        for row in table.records():
            says = row[_READING]
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
