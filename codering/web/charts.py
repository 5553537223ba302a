"""A chart on a page as a file: a picture for a document, or SVG to edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

import streamlit as st

if TYPE_CHECKING:
    from codering.exporters.charts import Chart
    from codering.exporters.palette import Palette
    from codering.tables import Table
    from codering.texts import Texts
    from codering.web.here import Here


def palette() -> Palette:
    """The colours of charts on this page: of the theme that the reader chose."""
    from codering.exporters.palette import DARK, LIGHT

    return DARK if st.context.theme.type == "dark" else LIGHT


def roomy(chart: Chart) -> Chart:
    """Leave room at the right and above: a chart that changes with the width of the window keeps its old margins."""
    return cast("Chart", chart.properties(padding={"left": 0, "top": 8, "right": 16, "bottom": 20}))


def notes_of(here: Here, table: Table) -> tuple[str, ...]:
    """What a reader of the numbers must know, in the reader's language."""
    return tuple(dict.fromkeys(note.translated(here.t.translate) for note in table.notes))


def chart_files(here: Here, make: Callable[[], Chart], table: Table, *, title: str, name: str, key: str) -> None:
    """Offer a chart as files, made only when asked for.

    Parameters
    ----------
    make
        Draws it in the colours of paper.
    table
        Its numbers, with their notes.
    title
        Above it, in the file.
    name
        Of the file, without its suffix.
    key
        Of the buttons.
    """
    from codering.exporters import charts

    t, notes = here.t, notes_of(here, table)
    with st.container(horizontal=True):
        for kind, write, mime in (("png", charts.as_png, "image/png"), ("svg", charts.as_svg, "image/svg+xml")):
            st.download_button(
                t("Chart as {kind}", kind=kind.upper()),
                data=partial(_written, write, make, t, title, notes),
                file_name=f"{name}.{kind}",
                mime=mime,
                on_click="ignore",
                key=f"{key}_{kind}",
            )


def _written(
    write: Callable[..., bytes], make: Callable[[], Chart], t: Texts, title: str, notes: Sequence[str]
) -> bytes:
    return write(make(), t, title=title, notes=notes)
