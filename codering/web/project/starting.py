"""Without a project: try the samples, open one, or make one."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.errors import CoderingError
from codering.resources import starter_path
from codering.web import preferences, session
from codering.web.literal import plain
from codering.web.messages import progress, said, show_error

if TYPE_CHECKING:
    from codering.texts import Texts
    from codering.web.here import Here

_SUFFIX: Final = ".codering"
_UNSAFE: Final = frozenset('<>:"/\\|?*')
"""Not allowed in the names of files, on one system or another."""


def show(here: Here) -> None:
    """Show three ways to begin."""
    t = here.t
    st.title("codering")
    st.write(t("Code Dutch focus groups: rules suggest, people decide, frequencies can be defended."))
    if here.error is not None:
        show_error(t, here.error)
    if not session.may_choose():
        st.info(t("The project of this server cannot be opened. Ask who manages it."))
        return
    st.text_input(
        t("Folder for projects"),
        key="project_folder",
        value=str(Path.cwd()),
        help=t("Projects are files on this computer. Choose a folder that only you or your team can read."),
        width=720,
    )
    folder = Path(st.session_state["project_folder"]).expanduser()
    sample, existing, new = st.columns(3, border=True)
    with sample, said(t):
        _sample(t, folder)
    with existing, said(t):
        _existing(t, folder)
    with new, said(t):
        _new(t, folder)


def _sample(t: Texts, folder: Path) -> None:
    st.header(t("Try it"))
    st.write(t("Focus groups that we made up, with what two coders decided about them. You cannot break anything."))
    if st.button(t("Open the sample project"), type="primary", key="project_sample"):
        path = make_sample(t, folder)
        session.open_here(str(path))
        st.rerun()


def make_sample(t: Texts, folder: Path) -> Path:
    """Make the sample project in a folder, or find it there; shows how far it is."""
    from codering.demo import PROJECT, add_reference
    from codering.project import Project
    from codering.resources import samples_path

    path = folder / PROJECT
    if path.exists():
        return path
    with Project.create(path, name=t("Sample project")) as project:
        with progress(t("Reading transcripts")) as step:
            project.add([samples_path()], progress=step)
        with progress(t("Looking for suggestions")) as step:
            project.suggest(progress=step)
        add_reference(project)
    return path


def _existing(t: Texts, folder: Path) -> None:
    st.header(t("Open a project"))
    known = _known(folder)
    if known:
        chosen = st.selectbox(
            t("Opened before, or in the folder"),
            known,
            format_func=lambda path: Path(path).name,
            key="project_known",
            help=plain(str(Path(st.session_state.get("project_known") or known[0]).parent)),
        )
    else:
        st.caption(t("There are no projects in this folder."))
        chosen = ""
    typed = st.text_input(t("Or the path of another project"), key="project_path", placeholder="…/ronde1.codering")
    if not st.button(t("Open"), key="project_open"):
        return
    if not (typed or chosen):
        st.info(t("Fill in where the project is first."))
        return
    session.open_here(typed.strip().strip('"') or str(chosen))
    st.rerun()


def _new(t: Texts, folder: Path) -> None:
    st.header(t("Make a project"))
    name = st.text_input(t("Name of the project"), key="project_name", placeholder=t("For example Round 1"))
    books = {
        "sam": t("SAM: professionals in the social domain"),
        "vraagtafels": t("Question tables"),
        "own": t("My own file"),
    }
    book = st.radio(t("Codebook"), list(books), format_func=lambda one: books[one], key="project_codebook")
    own = st.file_uploader(t("Codebook as YAML"), type=["yaml", "yml"], key="project_own") if book == "own" else None
    if book == "own":
        st.download_button(
            t("Download a codebook to begin with"),
            starter_path().read_bytes(),
            file_name=starter_path().name,
            mime="application/yaml",
            help=t("A small one in which everything is explained; change it in a text editor, and choose it here."),
            key="project_starter",
            on_click="ignore",
        )
    # Never disabled: what is typed counts only once the field is left, and that first click would do nothing.
    if not st.button(t("Make the project"), key="project_make"):
        return
    if not name.strip():
        st.info(t("Give the project a name first."))
        return
    if book == "own" and own is None:
        st.info(t("Choose the file of your codebook first."))
        return
    path = new_project(folder, name.strip(), book, own.getvalue() if own else b"", own.name if own else "")
    session.open_here(str(path))
    st.rerun()


def new_project(folder: Path, name: str, book: str, own: bytes, source: str) -> Path:
    """Make a project with a codebook of ours or with an own one; nothing is left behind if the codebook is not valid.

    Raises
    ------
    CoderingError
        If the codebook is not valid, or the file cannot be made.
    """
    from codering.project import Project
    from codering.readers.codebook import parse_codebook
    from codering.resources import codebook_path

    path = folder / f"{''.join('-' if sign in _UNSAFE else sign for sign in name)}{_SUFFIX}"
    if book != "own":
        Project.create(path, codebook=codebook_path(book), name=name).close()
        return path
    try:
        text = own.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CoderingError("{file}: this is not a text file in UTF-8.", file=source) from None
    parse_codebook(text, source)
    with TemporaryDirectory() as there:  # so that it is the first version, and not what followed on one of ours
        file = Path(there) / "codebook.yaml"
        file.write_text(text, encoding="utf-8", newline="")
        Project.create(path, codebook=file, name=name).close()
    return path


def _known(folder: Path) -> list[str]:
    found = sorted(folder.glob(f"*{_SUFFIX}")) if folder.is_dir() else []
    recent = [path for path in preferences.load().recent if Path(path).exists()]
    return list(dict.fromkeys([*recent, *(str(path.absolute()) for path in found)]))
