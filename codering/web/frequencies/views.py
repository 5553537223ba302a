"""Figures as bars, as a map, along one discussion, and as a table; what is chosen in them opens its passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.analysis.frequency_tables import ABOUT_INTERVALS
from codering.analysis.withholding import OFFERED
from codering.codings import Stance
from codering.exporters import charts
from codering.web.charts import palette, roomy
from codering.web.frequencies.choices import Choices, title_of
from codering.web.frequencies.files import downloads, show_notes
from codering.web.numbers import frame, show_frame
from codering.web.quotations import show_quotations

if TYPE_CHECKING:
    from codering.tables import Table
    from codering.web.here import Here

CODE: Final = "frequencies_code"
UNIT: Final = "frequencies_unit"
STANCE: Final = "frequencies_stance"
_MOMENT: Final = "frequencies_moment"


def show(here: Here, choices: Choices) -> Table | None:
    """Show the view that was chosen, and give its figures; None along one discussion."""
    if choices.view == "course":
        _course(here, choices)
        return None
    figures = here.project.figures(
        by=choices.by,
        level=choices.level,
        measure=choices.measure.value,
        coder=choices.coder,
        language=here.language,
    )
    if choices.view == "bars":
        _bars(here, choices, figures)
    elif choices.view == "map":
        _map(here, choices, figures)
    else:
        _table(here, choices, figures)
    return figures


def _bars(here: Here, choices: Choices, figures: Table) -> None:
    t = here.t
    counted = {row["stance"] for row in figures.records() if row["count"]}
    for stance, heading in ((Stance.CONFIRMS, t("Confirmed")), (Stance.DENIES, t("Denied"))):
        if stance.value not in counted:
            continue
        st.header(heading)
        if stance is Stance.DENIES:
            st.caption(t("Speakers say that this is not so. It is never counted as experience."))
        chart = charts.bars(figures, t, stance=stance, palette=palette(), select=True)
        _chart(
            here, choices, chart, stance, t("Bar chart of {what}: the same numbers stand in the table.", what=heading)
        )
        title = f"{title_of(choices, t)}, {heading.lower()}"
        downloads(here, choices, partial(charts.bars, figures, t, stance=stance), title, figures, stance)
    show_notes(here, figures)


def _map(here: Here, choices: Choices, figures: Table) -> None:
    t = here.t
    figures = replace(figures, notes=tuple(note for note in figures.notes if note not in ABOUT_INTERVALS))
    chart = charts.heat(figures, t, palette=palette(), select=True)
    alt = t("Map of codes by group: the same numbers stand in the table.")
    _chart(here, choices, chart, Stance.CONFIRMS, alt)
    st.caption(t("A darker cell is a larger share of the column's base (n). What is denied is not in it."))
    downloads(here, choices, lambda: charts.heat(figures, t), title_of(choices, t), figures, Stance.CONFIRMS)
    show_notes(here, figures)


def _course(here: Here, choices: Choices) -> None:
    t, project = here.t, here.project
    names = [transcript.name for transcript in project.transcripts()]
    name = st.selectbox(t("Transcript"), names, key="frequencies_transcript", width=360)
    moments = project.course(name, level=choices.level, coder=choices.coder, language=here.language)
    if not moments.rows:
        st.info(t("Nothing is coded in this conversation yet."))
        return
    turns = len(project.transcript(name).turns)
    key = f"frequencies_chart_course_{choices.key}_{name}"

    def pick() -> None:
        picked = st.session_state[key].selection.get(charts.CHOSEN) or []
        if picked:
            st.session_state[_MOMENT] = (int(picked[0]["turn"]), picked[0]["id"])

    st.altair_chart(
        roomy(charts.course(moments, t, turns=turns, palette=palette(), select=True)),
        on_select=pick,
        selection_mode=charts.CHOSEN,
        key=key,
        alt=t("Codes along the discussion: what is coded stands in the table below."),
    )
    downloads(here, choices, lambda: charts.course(moments, t, turns=turns), f"{title_of(choices, t)}: {name}", moments)
    show_notes(here, moments)
    _moment(here, choices, name, moments)
    with st.expander(t("As a table")):
        show_frame(frame(t, moments, ("turn", "start", "speaker", "label", "stance")), key=f"{key}_table")


def _moment(here: Here, choices: Choices, name: str, moments: Table) -> None:
    """Show what was coded at one moment: clicked in the chart, or chosen here."""
    t = here.t
    labels = {
        (int(str(row["turn"])), str(row["id"])): f"{t('Turn')} {row['turn']}: {row['label']}"
        for row in moments.records()
    }
    if st.session_state.get(_MOMENT) not in labels:
        st.session_state[_MOMENT] = None
    chosen = st.selectbox(
        t("The words behind a mark"),
        [None, *labels],
        format_func=lambda one: labels[one] if one else t("Choose one, or click in the figure"),
        key=_MOMENT,
        placeholder=t("Choose one, or click in the figure"),
        width=520,
    )
    if chosen is None:
        return
    turn, code = chosen
    found = [
        coding
        for stance in Stance
        for coding in here.project.passages(
            code, level=choices.level, stance=stance, by="transcript", unit=name, coder=choices.coder
        )
        if coding.segment.turn == turn
    ]
    show_quotations(here, found, key="frequencies_moment_words")


def _table(here: Here, choices: Choices, figures: Table) -> None:
    t = here.t
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shares = st.toggle(t("Percentages beside the numbers"), key="frequencies_shares", persist_state="session")
        fewest: int = st.selectbox(
            t("Leave out cells with fewer participants than"),
            OFFERED,
            format_func=lambda one: str(one) if one else t("leave nothing out"),
            key="frequencies_fewest",
            persist_state="session",
            width=320,
            help=t("Use it where a small number could give a person away."),
        )
    table = here.project.frequencies(
        by=choices.by,
        level=choices.level,
        measure=choices.measure.value,
        coder=choices.coder,
        shares=shares,
        suppress_below=fewest,
        language=here.language,
    )[0]
    key = f"frequencies_table_{choices.key}_{shares}_{fewest}"
    shown = frame(t, table)
    units = list(dict.fromkeys(str(row["unit"]) for row in figures.records()))
    rows = list(dict.fromkeys(str(row["id"]) for row in figures.records()))

    def pick() -> None:
        cells = st.session_state[key].selection.cells
        if cells:
            row, column = cells[0]
            place = list(shown.data.columns).index(column)
            _picked(rows[row], units, choices, table.columns[place].key, place - _heads(table))

    # What is left out is a word, and a column with words would stand to the left.
    right = {name: st.column_config.Column(alignment="right") for name in shown.data.columns[_heads(table) :]}
    show_frame(shown, key=key, on_select=pick, selection_mode="single-cell", column_config=right)
    show_notes(here, table)


def _heads(table: Table) -> int:
    """How many columns name the row."""
    return sum(1 for column in table.columns if column.key in ("theme", "code_label", "id"))


def _picked(code: str, units: Sequence[str], choices: Choices, column: str, place: int) -> None:
    """Let the passages of a cell be shown: of its row, of its column's unit, denied if the column says so."""
    if place < 0:
        return
    st.session_state[CODE] = code
    st.session_state[STANCE] = (Stance.DENIES if column.startswith("denied") else Stance.CONFIRMS).value
    per_unit = 2 if st.session_state.get("frequencies_shares") else 1
    unit = place // per_unit
    st.session_state[UNIT] = units[unit] if choices.by != "all" and unit < len(units) else ""


def _chart(here: Here, choices: Choices, chart: charts.Chart, stance: Stance, alt: str) -> None:
    key = f"frequencies_chart_{choices.key}_{stance.value}"

    def pick() -> None:
        picked = st.session_state[key].selection.get(charts.CHOSEN) or []
        if picked:
            unit = picked[0].get("unit") or ""
            st.session_state[CODE] = picked[0].get("id")
            st.session_state[UNIT] = "" if unit == here.t("Not stated") else unit
            st.session_state[STANCE] = stance.value

    st.altair_chart(roomy(chart), on_select=pick, selection_mode=charts.CHOSEN, key=key, alt=alt)
