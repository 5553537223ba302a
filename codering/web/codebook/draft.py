"""The draft: the codebook with changes that nobody has saved yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.readers.codebook_edit import CodebookFile
from codering.web.literal import plain
from codering.web.messages import progress, said
from codering.web.numbers import count, frame

if TYPE_CHECKING:
    from codering.project import Project
    from codering.suggest.changes import Difference
    from codering.web.here import Here

_DRAFT: Final = "codebook_draft"
_MOST: Final = 200
"""Rows of what a change brings: more is not read."""


@dataclass(slots=True)
class Draft:
    """A codebook that is being changed.

    Attributes
    ----------
    base
        The text in force when the draft began.
    file
        The text with the changes.
    """

    base: str
    file: CodebookFile

    @property
    def changed(self) -> bool:
        """Whether anything differs from the text in force."""
        return self.file.text != self.base


def current(project: Project) -> Draft:
    """Give this session's draft; a new one if there is none, or if another text is in force and nothing gets lost."""
    text = project.codebook_text
    draft: Draft | None = st.session_state.get(_DRAFT)
    if draft is None or (draft.base != text and not draft.changed):
        draft = st.session_state[_DRAFT] = Draft(text, CodebookFile(text, project.name))
    return draft


def show(here: Here, draft: Draft) -> None:
    """Say that there is a draft, what it brings, and let it be saved or thrown away."""
    if not draft.changed:
        return
    t, project = here.t, here.project
    overtaken = draft.base != project.codebook_text
    with st.container(border=True, key="codebook_draft_bar"):
        st.markdown(f"**{t('Draft: nothing of this is in force yet.')}**")
        if overtaken:
            st.error(t("Somebody put another version in force since you began. Download your draft, or throw it away."))
        with st.container(horizontal=True):
            looking = st.toggle(t("Show what it brings"), key="codebook_looking")
            save = st.button(
                t("Put in force as a new version"),
                type="primary",
                key="codebook_save",
                disabled=overtaken or not here.coder,
                help=None if here.coder else t("Fill in your name on the left first: a version says who made it."),
            )
            st.download_button(
                t("Download the draft"), draft.file.text, f"{draft.file.codebook.id}-concept.yaml", "application/yaml",
                on_click="ignore", key="codebook_download_draft",
            )  # fmt: skip
            thrown = st.button(t("Throw away"), key="codebook_throw")
        if looking:
            with said(t):
                show_difference(here, preview(here, draft.file.text), key="codebook_difference")
    if save:
        _save(here, draft)
    if thrown:
        del st.session_state[_DRAFT]
        st.rerun()


def preview(here: Here, text: str) -> Difference:
    """What another text of the codebook would suggest."""
    with st.spinner(here.t("The rules look at the transcripts. The first time takes a while.")):
        return here.project.preview_codebook(text)


def show_difference(here: Here, difference: Difference, *, key: str) -> None:
    """Show what a change gains and loses, with the words."""
    from dataclasses import replace

    from codering.suggest.changes import difference_table

    t, project = here.t, here.project
    cells = (
        (t("Gained"), len(difference.gained)),
        (t("Lost"), len(difference.lost)),
        (t("Other stance"), len(difference.changed)),
        (t("As they were"), difference.kept),
    )
    for column, (label, number) in zip(st.columns(len(cells)), cells, strict=True):
        column.metric(label, count(t, number))
    st.caption(t("Suggestions for turns of participants, in {count} transcripts.", count=len(project.transcripts())))
    labels = {code.id: code.label.in_language(here.language) for code in project.codebook}
    table = difference_table(difference, project.transcripts(), labels)
    if table.rows:
        shown = replace(table, rows=table.rows[:_MOST])
        st.dataframe(frame(t, shown), hide_index=True, key=key)
        if len(table.rows) > _MOST:
            st.caption(t("… and {count} more rows.", count=len(table.rows) - _MOST))


def _save(here: Here, draft: Draft) -> None:
    t, project = here.t, here.project
    with said(t):
        project.set_codebook(draft.file.text, by=here.coder)
        if project.transcripts():
            with progress(t("Looking for suggestions")) as step:
                project.suggest(progress=step)
        del st.session_state[_DRAFT]
        st.session_state["codebook_saved"] = project.codebook.version
        st.rerun()


def show_saved(here: Here) -> None:
    """Say once that a version was put in force."""
    version = st.session_state.pop("codebook_saved", None)
    if version:
        st.success(here.t("Version {version} is in force, and the rules have looked again.", version=plain(version)))
