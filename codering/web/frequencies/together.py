"""What shares a turn, and the further tables: what follows what, saturation, who speaks, the paper beside practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from codering.exporters import charts
from codering.web.frequencies.choices import Choices, ink, title_of
from codering.web.frequencies.files import downloads, show_notes
from codering.web.numbers import frame, show_table
from codering.web.quotations import show_quotations, told

if TYPE_CHECKING:
    from codering.tables import Table
    from codering.web.here import Here


def show(here: Here, choices: Choices) -> None:
    """Show which codes share a turn as a map, with the turns behind a cell, and as a table."""
    t, project = here.t, here.project
    table = project.cooccurrence(level=choices.level, coder=choices.coder, language=here.language)[0]
    most = max((int(str(row["together"])) for row in table.records()), default=0)
    if not most:
        st.info(t("No two codes share a turn yet."))
        return
    fewest = 1 if choices.level == "theme" else min(2, most)
    event: Any = st.altair_chart(
        charts.pairs(table, t, fewest=fewest, ink=ink(), select=True),
        on_select="rerun",
        selection_mode=charts.CHOSEN,
        key=f"frequencies_pairs_{choices.key}",
        alt=t("Map of codes that share a turn: the same numbers stand in the table below."),
    )
    if fewest > 1:
        st.caption(t("Pairs that share fewer than {count} turns stand in the table only.", count=fewest))
    downloads(here, choices, lambda: charts.pairs(table, t, fewest=fewest), title_of(choices, t), table)
    show_notes(here, table)
    picked = event.selection.get(charts.CHOSEN) or []
    if picked:
        found = project.passages_together(picked[0]["id"], picked[0]["other"], level=choices.level, coder=choices.coder)
        st.subheader(t("Turns with both"))
        st.write(told(here, found))
        show_quotations(here, found, key="frequencies_both")
    else:
        st.caption(t("Click on a cell to read the turns with both."))
    with st.expander(t("As a table")):
        st.dataframe(frame(t, table), hide_index=True, key="frequencies_pairs_table")


def show_more(here: Here, choices: Choices) -> None:
    """Show one of the further tables."""
    t, project = here.t, here.project
    names = {
        "sequence": t("What follows what"),
        "saturation": t("Do more groups still bring something new?"),
        "speaking": t("Who speaks how much"),
        "paper": t("The paper beside practice"),
    }
    chosen = st.selectbox(
        t("Table"), list(names), format_func=lambda one: names[one], key="frequencies_which", width=420
    )
    level, coder = choices.level, choices.coder
    tables: tuple[Table, ...]
    if chosen == "sequence":
        tables = (project.cooccurrence(level=level, coder=coder, language=here.language)[1],)
    elif chosen == "saturation":
        tables = project.saturation(level=level, coder=coder, language=here.language)
    elif chosen == "speaking":
        tables = project.speaking(coder=coder)
    else:
        tables = (project.paper_and_practice(coder=coder, language=here.language),)
    for table in tables:
        st.subheader(t(table.title))
        show_table(t, table, key=f"frequencies_more_{table.key}")
