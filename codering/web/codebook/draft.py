"""The draft: the codebook with changes that are not in force; the project keeps it, so that no reload loses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

import streamlit as st

from codering.readers.codebook_edit import CodebookFile
from codering.tables import Column, Kind
from codering.web.codebook import tree
from codering.web.literal import plain
from codering.web.messages import progress, said
from codering.web.numbers import count, moment, show_whole

if TYPE_CHECKING:
    from codering.suggest.changes import Difference
    from codering.texts import Texts
    from codering.web.here import Here

_DRAFT: Final = "codebook_draft"
_ELSEWHERE: Final = "codebook_draft_elsewhere"
_MOST: Final = 200
"""Rows of what a change brings: more is not read."""
_FEW, _TALL = 12, 560
"""Rows that are shown at once, and the pixels in which more of them scroll."""


@dataclass(slots=True)
class Draft:
    """A codebook that is being changed.

    Attributes
    ----------
    owner
        The project's id and the coder's name: what is kept, is kept there and under that name.
    base
        The text in force when the draft began.
    seen
        The text as the project keeps it, as far as this session knows.
    file
        The text with the changes.
    """

    owner: tuple[str, str]
    base: str
    seen: str
    file: CodebookFile

    @property
    def changed(self) -> bool:
        """Whether anything differs from the text in force."""
        return self.file.text != self.base


def current(here: Here) -> Draft:
    """Give the coder's draft as the project keeps it; the codebook in force if there is none.

    What this session knows is only a copy, kept because reading the text takes a second. If another tab changed the
    draft meanwhile, whatever was just filled in here is dropped, rather than written over something unseen.
    """
    project = here.project
    kept = project.codebook_draft(here.coder) if here.coder else None
    text = project.codebook_text
    base, wanted = (kept.base, kept.text) if kept else (text, text)
    owner = (project.id, here.coder)
    draft: Draft | None = st.session_state.get(_DRAFT)
    if draft is not None and (draft.owner, draft.base, draft.file.text) == (owner, base, wanted):
        return draft
    fresh = st.session_state[_DRAFT] = Draft(owner, base, wanted, CodebookFile(wanted, project.name))
    if draft is not None and draft.owner == owner and draft.seen != wanted and (kept or draft.seen != draft.base):
        st.session_state[_ELSEWHERE] = True
        st.rerun()
    return fresh


def keep(here: Here, draft: Draft, *, show: str = "") -> NoReturn:
    """Keep the changes in the project, so that a reload or another computer finds them, and show the page anew.

    With `show`, the code of that id is chosen in the tree then.
    """
    if show:
        tree.choose_next(show)
    draft.seen = draft.file.text
    if draft.changed:
        here.project.keep_codebook_draft(draft.file.text, here.coder, base=draft.base)
    else:
        here.project.drop_codebook_draft(here.coder)
    st.rerun()


def show(here: Here, draft: Draft) -> None:
    """Say that there is a draft, what it brings, and let it be saved or thrown away; and who else has one."""
    t, project = here.t, here.project
    if st.session_state.pop(_ELSEWHERE, False):
        st.warning(
            t("Your draft was changed in another tab. You see it as it is now; what you just filled in is not in it.")
        )
    _show_others(here)
    kept = project.codebook_draft(here.coder) if here.coder else None
    if kept is None:
        return
    overtaken = draft.base != project.codebook_text
    with st.container(border=True, key="codebook_draft_bar"):
        st.markdown(f"**{t('Your draft: nothing of this is in force yet.')}**")
        st.caption(
            t("Kept in the project since {time}: you can close this page and go on later.", time=moment(t, kept.time))
        )
        if overtaken:
            st.error(t("Somebody put another version in force since you began. Download your draft, or throw it away."))
        with st.container(horizontal=True, vertical_alignment="center"):
            looking = st.toggle(t("Show what it brings"), key="codebook_looking")
            save = st.button(
                t("Put in force as a new version"), type="primary", key="codebook_save", disabled=overtaken
            )
            st.download_button(
                t("Download the draft"), draft.file.text, f"{draft.file.codebook.id}-concept.yaml", "application/yaml",
                on_click="ignore", key="codebook_download_draft",
            )  # fmt: skip
            with st.popover(t("Throw away"), key="codebook_throwing"):
                st.write(t("All changes of this draft are lost. The codebook in force stays as it is."))
                thrown = st.button(t("Throw my draft away"), type="primary", key="codebook_throw")
        if looking:
            with said(t):
                show_preview(here, draft.file, key="codebook_difference")
    if save:
        _save(here, draft)
    if thrown:
        project.drop_codebook_draft(here.coder)
        del st.session_state[_DRAFT]
        st.rerun()


def _show_others(here: Here) -> None:
    """Say who else is changing the codebook: two drafts cannot be put together."""
    t = here.t
    others = [
        t("{coder} ({time})", coder=plain(coder), time=moment(t, time))
        for coder, time in here.project.codebook_drafts().items()
        if coder != here.coder
    ]
    if others:
        st.info(t("Also at work on a draft of this codebook: {coders}.", coders=", ".join(others)))


def show_preview(here: Here, file: CodebookFile, *, key: str) -> None:
    """Show what another text of the codebook would suggest, but for transcripts that are still coded blind."""
    if blind := here.project.still_blind:
        st.info(
            here.t.plural(
                "{count} transcript is still coded blind: what rules suggest there is left out.",
                "{count} transcripts are still coded blind: what rules suggest there is left out.",
                len(blind),
            )
        )
    if not here.project.rehearsed():
        return
    with st.spinner(here.t("The rules look at the transcripts. The first time takes a while.")):
        difference = here.project.preview_codebook(file.text)
    # Also of codes that only one of both has.
    labels = {
        one.id: one.label.in_language(here.language) for book in (here.project.codebook, file.codebook) for one in book
    }
    _show_difference(here, difference, labels, key=key)


def _show_difference(here: Here, difference: Difference, labels: Mapping[str, str], *, key: str) -> None:
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
    st.caption(
        t(
            "Suggestions for turns of participants, in {count} {count:transcript|transcripts}.",
            count=len(project.rehearsed()),
        )
    )
    table = difference_table(difference, project.transcripts(), labels)
    if table.rows:
        where = Column("where", "Where", Kind.LONG)
        rows = tuple(
            (
                row["change"],
                row["code"],
                row["stance"],
                row["quote"],
                _where(t, row),
            )
            for row in table.records()
        )
        columns = tuple(one for one in table.columns if one.key in ("change", "code", "stance", "quote"))
        shown = replace(table, key=key, columns=(*columns, where), rows=rows[:_MOST])
        show_whole(t, shown, height=None if len(rows) <= _FEW else _TALL)
        if len(table.rows) > _MOST:
            st.caption(t("… and {count} more {count:row|rows}.", count=len(table.rows) - _MOST))


def _where(t: Texts, row: Mapping[str, object]) -> str:
    """Name a turn, and rules within their code, which stands beside them: whole ids leave the words too little room."""
    rules = (t("rule {name}", name=rule.rpartition(".")[2]) for rule in str(row["rules"]).split(", "))
    return ", ".join((f"{row['transcript']} {row['turn']}", *rules))


def _save(here: Here, draft: Draft) -> None:
    t, project = here.t, here.project
    with said(t):
        project.set_codebook(draft.file.text, by=here.coder, instead_of=draft.base)
        project.drop_codebook_draft(here.coder)
        if project.transcripts():
            with progress(t("Looking for suggestions")) as step:
                project.suggest(progress=step)
        st.session_state.pop(_DRAFT, None)
        st.session_state["codebook_saved"] = project.codebook.version
        st.rerun()


def show_saved(here: Here) -> None:
    """Say once that a version was put in force."""
    version = st.session_state.pop("codebook_saved", None)
    if version:
        st.success(here.t("Version {version} is in force, and the rules have looked again.", version=plain(version)))
