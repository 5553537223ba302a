"""What a student did well and not yet, κ on the student's own table, and the results of a class."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import streamlit as st

from codering.errors import CoderingError
from codering.practice import Sheet, outcomes, read_sheet, tallies
from codering.practice.sheets import sheet_files
from codering.tables import Kind
from codering.web.literal import plain
from codering.web.messages import said
from codering.web.numbers import filled, show_table, show_whole
from codering.web.practising.state import STUDENT, WIDTH, Doing, folder, material, show_part, stop
from codering.writing import coefficient

_FEW, _TALL = 8, 560
"""Rows that are shown with all their passages, and the pixels in which more of them scroll."""

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from codering.tables import Table
    from codering.texts import Texts
    from codering.web.here import Here


def show_done(here: Here, now: Doing) -> None:
    """Show how the exercise went."""
    t = here.t
    found = outcomes(material(here.project)[0], [now.sheet])
    right = sum(one.right for one in found)
    show = st.success if right == len(found) else st.info
    show(t("{right} of {count} {count:turn|turns} right.", right=right, count=len(found)))
    st.write(t("Code of this exercise, to share: {code}", code=plain(now.exercise.code)))
    with st.container(horizontal=True):
        st.button(
            t("What goes well, and what not yet"),
            type="primary",
            key="practice_look",
            on_click=show_part,
            args=("progress",),
        )
        st.download_button(
            t("Save your answers, for your teacher"),
            data=now.file.path.read_bytes,
            file_name=now.file.path.name,
            mime="application/jsonl",
            on_click="ignore",
            key="practice_save",
        )
        st.button(t("Another exercise"), key="practice_again", on_click=stop)


def show_progress(here: Here) -> None:
    """Show all that this student handed in, over exercises."""
    student = st.session_state.get(STUDENT) or here.coder
    sheets = [sheet for sheet in _own(here) if sheet.student == student]
    if not any(sheet.answers for sheet in sheets):
        t = here.t
        st.info(t("You handed in nothing yet. Begin an exercise first."))
        st.button(
            t("To the exercise"), type="primary", key="practice_to_exercise", on_click=show_part, args=("exercise",)
        )
        return
    _tables(here, sheets, "own")
    _own_table(here, sheets)


def show_class(here: Here) -> None:
    """Show the results of a class, from files that students saved."""
    t = here.t
    st.write(t("Put the files with answers of your students here. Nothing is kept: the files are only read."))
    files = st.file_uploader(t("Files with answers"), type=["jsonl"], accept_multiple_files=True, key="practice_files")
    if files:
        _tables(here, _uploaded(files), "class")


def _own(here: Here) -> list[Sheet]:
    """The answers to exercises of this project as it is now; those of an earlier state cannot be compared."""
    made, _ = material(here.project)
    sheets = []
    place = folder(here.project)
    for file in sheet_files([place]) if place.is_dir() else ():
        try:
            sheet = read_sheet(file)
            outcomes(made, [sheet])
        except CoderingError:
            continue
        sheets.append(sheet)
    return sheets


def _uploaded(files: list[UploadedFile]) -> list[Sheet]:
    with TemporaryDirectory() as place:
        sheets = []
        for number, file in enumerate(files):
            path = Path(place) / str(number) / Path(file.name).name
            path.parent.mkdir()
            path.write_bytes(file.getvalue())
            sheets.append(read_sheet(path))
        return sheets


def _tables(here: Here, sheets: list[Sheet], key: str) -> None:
    with said(here.t):
        tables = here.project.practice_results(sheets, language=here.language)
        for table in tables:
            if table.rows:
                st.subheader(here.t(table.title))
                needless = {"code", "students"} if key == "own" else {"code"}
                shown = [one for one in filled(table) if one not in needless]
                if any(one.kind is Kind.LONG for one in table.columns):
                    show_whole(here.t, table, shown, height=None if len(table.rows) <= _FEW else _TALL)
                else:
                    show_table(here.t, table, columns=shown, key=f"practice_{key}_{table.key}")
        st.download_button(
            here.t("Save as a workbook"),
            data=lambda: _workbook(tables, here.t),
            file_name=f"{here.t('practice')}.xlsx",
            on_click="ignore",
            key=f"practice_{key}_workbook",
        )


def _workbook(tables: tuple[Table, ...], t: Texts) -> bytes:
    from codering.exporters.sheets_of_tables import write_tables

    with TemporaryDirectory() as place:
        path = Path(place) / "practice.xlsx"
        write_tables(tables, path, t)
        return path.read_bytes()


def _own_table(here: Here, sheets: list[Sheet]) -> None:
    """Explain κ on the student's own four counts."""
    with st.container(width=WIDTH):
        _explain(here, sheets)


def _explain(here: Here, sheets: list[Sheet]) -> None:
    from codering.project.practice_tables import own_table

    t = here.t
    made, _ = material(here.project)
    found = outcomes(made, sheets)
    codes = [one.code for one in tallies(made, found)]
    if not codes:
        return
    st.subheader(t("What κ says about your own answers"))
    labels = {code: made.codebook.code(code).label.in_language(here.language) for code in codes}
    code = st.selectbox(t("Code"), codes, format_func=labels.__getitem__, key="practice_kappa")
    both, mine, theirs, neither = own_table(found, code)
    count = both + mine + theirs + neither
    same = (both + neither) / count
    chance = ((both + mine) * (both + theirs) + (theirs + neither) * (mine + neither)) / count**2
    st.markdown(
        f"| | {t('reference: yes')} | {t('reference: no')} |\n|---|---|---|\n"
        f"| **{t('you: yes')}** | {both} | {mine} |\n| **{t('you: no')}** | {theirs} | {neither} |"
    )
    st.write(
        t(
            "You and the reference agree on {same} of {count} {count:turn|turns}. Whoever gives the code as "
            "often as you do, but blindly, would agree on about {chance}. κ is how much of the rest you reach: "
            "({same} − {chance}) / ({count} − {chance}) = {kappa}. Below zero is less often than blindly. Stance does "
            "not count in it.",
            same=both + neither,
            count=count,
            chance=coefficient(chance * count, here.language),
            kappa=t("not defined, because chance already explains everything")
            if chance >= 1
            else coefficient((same - chance) / (1 - chance), here.language),
        )
    )
