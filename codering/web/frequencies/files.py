"""Charts as files, and what a reader of the numbers must know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from codering.codings import Stance
from codering.exporters import charts
from codering.web.frequencies.choices import Choices
from codering.web.literal import plain

if TYPE_CHECKING:
    from codering.tables import Table
    from codering.texts import Texts
    from codering.web.here import Here


def notes_of(here: Here, table: Table) -> tuple[str, ...]:
    """What a reader of the numbers must know, in the reader's language."""
    return tuple(dict.fromkeys(note.translated(here.t.translate) for note in table.notes))


def downloads(
    here: Here,
    choices: Choices,
    make: Callable[[], charts.Chart],
    title: str,
    table: Table,
    stance: Stance | None = None,
) -> None:
    """Offer the chart as files, made only when asked for."""
    t, notes = here.t, notes_of(here, table)
    name = f"{choices.view}-{choices.level}-{choices.by}" + (f"-{stance.value}" if stance else "")
    with st.container(horizontal=True):
        for kind, write, mime in (("png", charts.as_png, "image/png"), ("svg", charts.as_svg, "image/svg+xml")):
            st.download_button(
                t("Chart as {kind}", kind=kind.upper()),
                data=partial(_written, write, make, t, title, notes),
                file_name=f"{name}.{kind}",
                mime=mime,
                on_click="ignore",
                key=f"frequencies_{kind}_{choices.key}_{stance.value if stance else ''}",
            )


def _written(
    write: Callable[..., bytes], make: Callable[[], charts.Chart], t: Texts, title: str, notes: Sequence[str]
) -> bytes:
    return write(make(), t, title=title, notes=notes)


def show_notes(here: Here, table: Table) -> None:
    """Show them below the numbers."""
    for note in notes_of(here, table):
        st.caption(plain(note))
