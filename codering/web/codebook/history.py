"""Every version that was in force: who, when, and the text itself; and what became of codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from codering.codebooks import CHANGES
from codering.tables import Column, Kind, Table
from codering.web.numbers import frame, moment, show_frame

if TYPE_CHECKING:
    from codering.web.here import Here


def show(here: Here) -> None:
    """Show the versions and the crosswalk."""
    t, project = here.t, here.project
    versions = tuple(reversed(project.codebook_versions()))
    names = [t("{time}, {coder} ({version})", time=moment(t, one.time), coder=one.coder, version=one.version)
             for one in versions]  # fmt: skip
    rows = tuple(
        (moment(t, one.time), one.coder, one.version, *_changed(one.text, older.text if older else ""))
        for one, older in zip(versions, (*versions[1:], None), strict=True)
    )
    columns = (
        Column("time", "In force since"),
        Column("coder", "By"),
        Column("version", "Version"),
        Column("added", "Lines added", Kind.COUNT),
        Column("removed", "Lines removed", Kind.COUNT),
    )
    show_frame(frame(t, Table("versions", "Versions", columns, rows)), key="codebook_versions")
    chosen = st.selectbox(
        t("Version"), range(len(versions)), format_func=lambda one: names[one], key="codebook_version"
    )
    one = versions[chosen]
    if not one.whole:
        st.warning(t("This text is not the one that was put in force: the file was damaged, or changed by a program."))
    with st.container(horizontal=True):
        st.download_button(
            t("Download as YAML"), one.text, f"{project.codebook.id}-{one.version}.yaml", "application/yaml",
            on_click="ignore", key="codebook_download",
        )  # fmt: skip
    with st.expander(t("What this version changed")):
        older = versions[chosen + 1].text if chosen + 1 < len(versions) else ""
        st.code(_difference(older, one.text) or t("Nothing but its moment."), language="diff")
    crossings = project.codebook.crosswalk
    st.markdown(f"**{t('What became of codes')}**")
    if not crossings:
        st.caption(t("No code was renamed, merged, split or removed yet."))
        return
    lines = tuple(
        (one.date, CHANGES[one.change], ", ".join(one.before), ", ".join(one.after), one.note) for one in crossings
    )
    heads = (Column("date", "Date"), Column("change", "Change"), Column("before", "Was"), Column("after", "Became"),
             Column("note", "Why"))  # fmt: skip
    show_frame(frame(t, Table("crosswalk", "Crosswalk", heads, lines)), key="codebook_crosswalk")


def _changed(text: str, older: str) -> tuple[int, int]:
    lines = _difference(older, text).splitlines()
    return (
        sum(1 for line in lines if line.startswith("+") and not line.startswith("+++")),
        sum(1 for line in lines if line.startswith("-") and not line.startswith("---")),
    )


def _difference(older: str, newer: str) -> str:
    from difflib import unified_diff

    return "\n".join(unified_diff(older.splitlines(), newer.splitlines(), lineterm="", n=1))
