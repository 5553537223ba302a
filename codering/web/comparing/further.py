"""What follows from agreement: a sharper codebook, time, the machine, how much to code twice, a text for the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.analysis.machine import NOT_RELIABILITY
from codering.errors import Message
from codering.project.thirds import NOBODY
from codering.tables import Column, Kind
from codering.web.comparing.choices import Choices
from codering.web.comparing.figures import show_table, worked_out
from codering.web.going import go, has
from codering.web.literal import plain
from codering.writing import written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from codering.tables import Cell, Table
    from codering.web.here import Here

_PROPOSALS: Final = 6
"""Shown at once, those that were seen most."""


def show_codebook(here: Here, choices: Choices) -> None:
    """Show which codes are swapped, and where the codebook could be sharper."""
    t = here.t
    if len(choices.coders) != 2:
        st.info(t("Choose two coders: codes are swapped between two."))
        return
    swapped, proposals, passages = worked_out(
        here,
        ("confusions", choices, here.coder),
        lambda: here.project.confusions(
            choices.coders,
            by=here.project.decided_by(choices.coders) or here.coder or NOBODY,
            scope=choices.scope,
            language=here.language,
        ),
    )
    if has("codebook") and st.button(t("To the codebook"), key="agreement_to_codebook"):
        go("codebook")
    _show_proposals(here, proposals)
    show_table(here, swapped)
    show_table(here, passages)
    titles: set[str] = set()
    for table in worked_out(
        here,
        ("time", choices),
        lambda: here.project.over_time(choices.coders, scope=choices.scope, language=here.language),
    ):
        show_table(here, table, titled=table.title not in titles)
        titles.add(table.title)


def _show_proposals(here: Here, table: Table) -> None:
    """Show each proposal as text, with the line that the codebook has now."""
    t = here.t
    st.subheader(t(table.title))
    for note in table.notes:
        st.caption(plain(note.translated(t.translate)))
    if not table.rows:
        st.info(t("Nothing was seen more than once: there is nothing to propose."))
    rows = list(table.records())
    for row in rows[:_PROPOSALS]:
        _show_proposal(here, row)
    if len(rows) > _PROPOSALS:
        with st.expander(t("The other {count}, which were seen less often", count=len(rows) - _PROPOSALS)):
            for row in rows[_PROPOSALS:]:
                _show_proposal(here, row)


def _show_proposal(here: Here, row: Mapping[str, Cell]) -> None:
    t = here.t
    said = {key: cell.translated(t.translate) if isinstance(cell, Message) else str(cell) for key, cell in row.items()}
    with st.container(border=True):
        st.markdown(f"**{plain(said['label'])}** ↔ **{plain(said['other_label'])}**")
        st.markdown(plain(said["seen"]))
        st.markdown(plain(said["proposal"]))
        if said["line"]:
            st.text(f"{t('In the codebook')}:\n{said['line']}")
        st.caption(plain(f"{t('Look at')}: {said['places']}"))


def show_machine(here: Here, choices: Choices) -> None:
    """Show whether the machine agrees with the coders as well as they with each other."""
    t = here.t
    if len(choices.coders) != 2:
        st.info(t("Choose two coders: a machine is compared with two."))
        return
    st.warning(NOT_RELIABILITY.translated(t.translate))
    names = {"rule": t("Rules"), "learned": t("Learned"), "any": t("Both")}
    source = str(
        st.segmented_control(
            t("Which suggestions"),
            list(names),
            default="rule",
            required=True,
            format_func=lambda one: names[one],
            key="agreement_machine",
            persist_state="session",
        )
    )
    if not here.project.suggestions(source=source, best=True):
        st.info(t("There are no suggestions of this kind to compare with yet."))
        return
    (table,) = worked_out(
        here,
        ("machine", choices, source),
        lambda: (
            here.project.with_machine(choices.coders, source=source, scope=choices.scope, language=here.language),
        ),
    )
    show_table(here, table, told=(NOT_RELIABILITY,))


def show_plan(here: Here) -> None:
    """Show how many turns to code twice, and draw them."""
    t, project = here.t, here.project
    with st.container(horizontal=True, vertical_alignment="bottom", key="agreement_plan"):
        width = _choose(here, t("How wide the interval of κ may be"), (10, 80), 30, "agreement_width")
        kappa = _choose(here, t("The κ that you expect"), (30, 95), 70, "agreement_kappa")
    show_table(here, project.plan_double_coding(width=width, kappa=kappa, language=here.language))
    with st.form("agreement_draw"):
        turns = st.number_input(t("How many turns to draw"), 1, value=100, key="agreement_turns", width=240)
        seed = st.number_input(
            t("Seed: the same number draws the same turns"), 0, value=project.seed, key="agreement_seed", width=380
        )
        if st.form_submit_button(t("Draw turns")):
            project.draw_double(int(turns), seed=int(seed))
            st.rerun()
    if project.has_double_sample:
        show_table(here, project.double_sample())


def _choose(here: Here, label: str, ends: tuple[int, int], first: int, key: str) -> float:
    """Let a number be chosen in steps of .05; a slider of numbers would write a decimal point in Dutch too."""
    steps = [part / 100 for part in range(ends[0], ends[1] + 1, 5)]
    wrote = {step: written(step, Column("", "", Kind.NUMBER), here.t) for step in steps}
    return float(st.select_slider(label, steps, first / 100, format_func=lambda one: wrote[one], key=key, width=320))


def show_text(here: Here, choices: Choices) -> None:
    """Show the paragraph for the methods section, to be copied."""
    t = here.t
    sentences = here.project.agreement_paragraph(choices.coders, scope=choices.scope, language=here.language)
    st.caption(t("Fill in what stands between brackets, and check that it is what you did."))
    st.code(" ".join(one.translated(t.translate) for one in sentences), language=None, wrap_lines=True)
