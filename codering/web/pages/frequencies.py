"""The page Frequencies: how often themes and codes occur, in whom, and the words behind every number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codering.analysis.frequencies import Measure
from codering.codings import Stance
from codering.web.here import Here

if TYPE_CHECKING:
    from codering.tables import Table
    from codering.web.frequencies.choices import Choices


def show(here: Here) -> None:
    """Show the page."""
    import streamlit as st

    from codering.web.blindness import under_way
    from codering.web.frequencies import choices, views
    from codering.web.nothing import nothing_decided

    t = here.t
    st.title(t("Frequencies"))
    if nothing_decided(here) or under_way(here):
        return
    chosen = choices.choose(here)
    figures = views.show(here, chosen)
    if figures is not None:
        _totals(here, chosen)
        st.divider()
        _passages(here, chosen, figures)


def _passages(here: Here, chosen: Choices, figures: Table) -> None:
    """Show the passages behind one number: chosen in the chart or the table, or here."""
    import streamlit as st

    from codering.web.frequencies.views import CODE, STANCE, UNIT
    from codering.web.quotations import show_quotations, told

    t, project = here.t, here.project
    st.header(t("The words behind a number"))
    rows = [row for row in figures.records() if row["count"]]
    labels = {str(row["id"]): str(row["label"]) for row in rows}
    units = list(dict.fromkeys(str(row["unit"]) for row in figures.records()))
    stances = {Stance.CONFIRMS.value: t("Confirmed"), Stance.DENIES.value: t("Denied")}
    _keep_possible(CODE, [None, *labels])
    _keep_possible(UNIT, units)
    # A table has nothing to click.
    choose = t("Choose one") if chosen.view == "table" else t("Choose one, or click in the figure")
    with st.container(horizontal=True, key="frequencies_behind"):
        code = st.selectbox(
            t("Theme") if chosen.level == "theme" else t("Code"),
            [None, *labels],
            format_func=lambda one: labels.get(one, one) if one else choose,
            key=CODE,
            placeholder=choose,
            width=360,
        )
        unit = units[0]
        if len(units) > 1:
            unit = st.selectbox(t("In"), units, format_func=lambda one: one or t("Not stated"), key=UNIT, width=260)
        stance = st.segmented_control(
            t("Stance"), list(stances), format_func=lambda one: stances.get(one, one), key=STANCE,
            default=Stance.CONFIRMS.value if STANCE not in st.session_state else None, required=True,
        )  # fmt: skip
    if code is None:
        return
    found = project.passages(
        code, level=chosen.level, stance=Stance(str(stance)), by=chosen.by, unit=unit, coder=chosen.coder
    )
    if not found:
        st.info(t("Nobody says this here."))
        return
    counted = next(
        (
            int(str(row["count"]))
            for row in rows
            if chosen.measure is Measure.PARTICIPANTS
            and (row["unit"], row["id"], row["stance"]) == (unit, code, stance)
        ),
        None,
    )
    st.write(told(here, found, counted=counted))
    show_quotations(here, found, key=f"frequencies_{code}_{chosen.by}")


def _totals(here: Here, chosen: Choices) -> None:
    """Where not every turn was read: how much there would be in all, as an estimate."""
    import streamlit as st

    from codering.web.numbers import show_table

    table = here.project.totals(level=chosen.level, coder=chosen.coder, language=here.language)
    if table is not None:
        with st.expander(here.t("Not every turn was read: how many would there be in all?")):
            columns = [column.key for column in table.columns if column.key != "id"]
            told = here.project.counted_codings(chosen.coder).notes
            show_table(here.t, table, columns=columns, key=f"frequencies_totals_{chosen.level}", told=told)


def _keep_possible(key: str, options: list[str | None] | list[str]) -> None:
    """Take the first option instead of a choice that another level, unit or codebook no longer has.

    Set, not forgotten: of a forgotten choice the browser goes on showing the old words.
    """
    import streamlit as st

    if key in st.session_state and st.session_state[key] not in options:
        st.session_state[key] = options[0]
