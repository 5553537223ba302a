"""Charts as files, and what a reader of the numbers must know."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from codering.codings import Stance
from codering.web.charts import chart_files, notes_of
from codering.web.frequencies.choices import Choices
from codering.web.literal import plain

if TYPE_CHECKING:
    from codering.exporters.charts import Chart
    from codering.tables import Table
    from codering.web.here import Here


def downloads(
    here: Here, choices: Choices, make: Callable[[], Chart], title: str, table: Table, stance: Stance | None = None
) -> None:
    """Offer the chart as files, named after what was chosen."""
    name = f"{choices.view}-{choices.level}-{choices.by}" + (f"-{stance.value}" if stance else "")
    key = f"frequencies_{choices.key}_{stance.value if stance else ''}"
    chart_files(here, make, table, title=title, name=name, key=key)


def show_notes(here: Here, table: Table) -> None:
    """Show them below the numbers."""
    for note in notes_of(here, table):
        st.caption(plain(note))
