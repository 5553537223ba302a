"""The page Exports: results as files, and what each of them holds."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codering.errors import CoderingError, Message
from codering.web.here import Here
from codering.web.literal import plain

if TYPE_CHECKING:
    from codering.project import Project
    from codering.texts import Texts

_TOLD: Final = {
    "excel": (
        Message("Workbook (Excel)"),
        Message(
            "Cover, codebook, frequencies by theme, code, group, wave and speaker, every quotation, and what was read."
        ),
    ),
    "word": (
        Message("Report (Word)"),
        Message("A report to edit: method, results by theme with quotations, and what the numbers cannot say."),
    ),
    "html": (Message("Report (one web page)"), Message("The same report as a page that opens in every browser.")),
    "csv": (Message("Passages (CSV)"), Message("A row for each passage, for R, SPSS or Python.")),
    "jsonl": (
        Message("Passages (JSON Lines)"),
        Message("A line for each passage, with offsets; another project can read it."),
    ),
    "refi": (Message("Project (REFI-QDA)"), Message("For ATLAS.ti, MAXQDA and NVivo: texts, codes and codings.")),
    "qdc": (Message("Codebook (REFI-QDA)"), Message("The codes only, for ATLAS.ti, MAXQDA and NVivo.")),
}
"""What each format is and holds; one that is not here is offered under its own name."""
_CODES_ONLY: Final = "qdc"
"""The format that holds nothing of what people said."""
_BESIDE: Final = 2
"""Formats in a row."""


def show(here: Here) -> None:
    """Show every format with a button that makes the file when it is asked for."""
    import streamlit as st

    from codering.exporters import FORMATS
    from codering.web.blindness import under_way
    from codering.web.messages import show_error
    from codering.web.nothing import nothing_read

    t, project = here.t, here.project
    st.title(t("Exports"))
    if nothing_read(here) or under_way(here):
        return
    _settings(here)
    if not project.codings():
        st.info(t("Nobody has decided anything yet: files hold suggestions only, marked as such."))
    st.caption(
        t("Files hold names or pseudonyms, and the words of participants. Keep them as carefully as the transcripts.")
    )
    failures: list[CoderingError] = st.session_state.setdefault("exports_failures", [])
    while failures:
        show_error(t, failures.pop())
    fewest = _fewest(t)
    formats = list(FORMATS.items())
    for first in range(0, len(formats), _BESIDE):
        for column, (name, (suffix, _)) in zip(st.columns(_BESIDE), formats[first : first + _BESIDE], strict=False):
            with column.container(border=True, height="stretch", key=f"exports_{name}"):
                _format(here, name, suffix, failures, fewest)


def _fewest(t: Texts) -> int:
    """Let small numbers be left out of what is published."""
    import streamlit as st

    from codering.analysis.withholding import OFFERED

    chosen: int = st.selectbox(
        t("Leave out numbers of fewer participants than"),
        OFFERED,
        format_func=lambda one: str(one) if one else t("leave nothing out"),
        key="exports_fewest",
        persist_state="session",
        help=t(
            "For publication: with them goes what would give them away. Passages that the report quotes stay; choose "
            "those yourself."
        ),
        width=420,
    )
    return chosen


def _format(here: Here, name: str, suffix: str, failures: list[CoderingError], fewest: int) -> None:
    """Show what one format holds, with the button that makes it."""
    import streamlit as st

    from codering.project.reported import OF_TABLES

    t, project = here.t, here.project
    title, content = _TOLD.get(name, (Message(name), Message("")))
    st.header(title.translated(t.translate))
    st.write(content.translated(t.translate))
    of_tables = name in OF_TABLES
    if fewest and not of_tables and name != _CODES_ONLY:
        st.caption(t("Nothing can be left out here: whoever has all passages can count everything."))
        return
    template = _template(here) if name == "word" else None
    st.download_button(
        t("Make and save {suffix}", suffix=suffix),
        data=partial(made, project, name, suffix, t, failures, template=template, fewest=fewest * of_tables),
        file_name=f"{project.path.stem if project.path else project.name}{suffix}",
        on_click="ignore",
        key=f"exports_make_{name}",
    )


def made(
    project: Project,
    name: str,
    suffix: str,
    t: Texts,
    failures: list[CoderingError],
    *,
    template: bytes | None = None,
    fewest: int = 0,
) -> bytes:
    """Write an export and give its content.

    A download is made outside the page, where nothing can be shown: what goes wrong is kept in `failures` for the next
    run of the page, and raised, so that the browser saves nothing.
    """
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        out = Path(folder) / f"export{suffix}"
        model = Path(folder) / "model.docx"
        if template is not None:
            model.write_bytes(template)
        try:
            project.export(name, out, texts=t, template=model if template is not None else None, hide_below=fewest)
        except CoderingError as error:
            failures.append(error)
            raise
        return out.read_bytes()


def _template(here: Here) -> bytes | None:
    import streamlit as st

    t = here.t
    with st.expander(t("With the house style of a document")):
        file = st.file_uploader(
            t("A Word file; its styles, header and footer are taken"), ["docx"], key="exports_model"
        )
    return file.getvalue() if file else None


def _settings(here: Here) -> None:
    """Let the team say whose codings count."""
    import streamlit as st

    from codering.project.counting import COUNTED_CODER

    t, project = here.t, here.project
    coders = project.coders()
    if len(coders) < 2:
        return
    now = str(project.setting(COUNTED_CODER) or "")
    chosen = st.selectbox(
        t("Whose codings count in this project"),
        ("", *coders),
        index=("", *coders).index(now) if now in coders else 0,
        format_func=lambda one: one or t("Of each transcript: who read most"),
        key=f"exports_counted_{now}",
        help=t("The codings of two coders are never counted together: what both saw would count twice."),
        width=420,
    )
    if chosen != now and st.button(t("Keep this choice"), type="primary", key="exports_keep"):
        project.set_setting(COUNTED_CODER, chosen or None)
        st.rerun()
    for note in project.counted_codings().notes:
        st.caption(plain(note.translated(t.translate)))
