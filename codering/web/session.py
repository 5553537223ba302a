"""Who looks at which project, in which language: kept in the address, so that it survives a reload.

The project comes from ``codering review PROJECT`` (an environment variable), from ``streamlit run app.py -- PROJECT``,
or from the project page. Where people log in (a server for a team), only the first two count: nobody can open another
file of the server by its path.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.errors import CoderingError
from codering.texts import LANGUAGES, texts
from codering.web import preferences
from codering.web.here import Here
from codering.web.literal import plain
from codering.web.serving import PROJECT

if TYPE_CHECKING:
    from codering.project import Project
    from codering.texts import Texts

_ASKED: Final = "coder_asked"
_NAMES: Final = {"nl": "Nederlands", "en": "English"}


def has_login() -> bool:
    """Whether Streamlit's own login (OIDC) is configured, so that this is a server for a team."""
    from streamlit.errors import StreamlitSecretNotFoundError

    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def given_project() -> str:
    """The project that the command line names; empty if it names none."""
    named = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    return os.environ.get(PROJECT, "") or (named[0] if named else "")


def may_choose() -> bool:
    """Whether people may open and make projects from the page: on their own computer, if the command names none."""
    return not has_login() and not given_project()


def open_here(path: str) -> None:
    """Show another project from now on, and remember it; from the project page."""
    _opened(path)
    st.session_state["project"] = path
    remembered = preferences.load()
    preferences.save(remembered.opened(path))


def close_here() -> None:
    """Go back to the choice of a project."""
    st.session_state.pop("project", None)
    st.query_params.pop("project", None)


def language() -> str:
    """Show the choice of language, and give what is chosen."""
    if "lang_first" not in st.session_state:
        st.session_state["lang_first"] = _first_language()
    chosen = st.segmented_control(
        "Taal / Language",
        LANGUAGES,
        format_func=lambda one: _NAMES[one],
        # The same in every run of a session, also when the preference changes: a widget has one first value.
        default=st.session_state["lang_first"],
        required=True,
        key="lang",
        bind="query-params",
        on_change=_remember,
    )
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def coder(t: Texts, project: Project | None) -> str:
    """Show the coder's name, to be changed, and give it; empty if nobody chose one."""
    if has_login():
        return _logged_in(t)
    if "coder" in st.session_state:
        # Said anew in each run: where the connection was cut in the last one, the browser forgot what the field holds.
        st.session_state["coder"] = str(st.session_state["coder"] or "")
    elif "coder" not in st.query_params:
        st.session_state["coder"] = preferences.load().coder
    known = ", ".join(project.coders()) if project else ""
    name = st.text_input(
        t("Your name as a coder"),
        key="coder",
        bind="query-params",
        max_chars=60,
        placeholder=t("For example Noor"),
        help=t("Decisions are kept under this name. In this project: {coders}.", coders=known) if known else None,
        on_change=_remember,
    )
    found = " ".join(name.split())
    return project.spelled(found) if project else found


def ask_coder(t: Texts, project: Project) -> None:
    """Ask for the coder's name where nothing can be done without one: the field in the side bar is easily missed."""
    st.info(t("Every decision is kept under a name. Fill in yours; you can change it on the left."))
    with st.form("coder_form", width=420):
        st.text_input(t("Your name as a coder"), key=_ASKED, max_chars=60, placeholder=t("For example Noor"))
        if known := ", ".join(project.coders()):
            st.caption(plain(t("In this project: {coders}.", coders=known)))
        st.form_submit_button(t("Go on"), type="primary", on_click=_named)


def _named() -> None:
    st.session_state["coder"] = str(st.session_state.get(_ASKED) or "")
    _remember()


def opened() -> tuple[Project | None, CoderingError | None]:
    """Give the project of this session, or what is wrong with it."""
    path = given_project()
    if not path and may_choose():
        path = st.session_state.get("project") or st.query_params.get("project", "")
    if not path:
        return None, None
    try:
        project = _opened(path)
    except CoderingError as error:
        return None, error
    if may_choose():
        st.session_state["project"] = path
        st.query_params["project"] = path
    return project, None


def here() -> Here:
    """Put together what pages are given; shows the choices in the side bar."""
    with st.sidebar:
        below = st.container()
        t = texts(language())
        project, error = opened()
        with below:
            name = coder(t, project)
    return Here(project, name, t, error)


def _opened(path: str) -> Project:
    """Open a project, or give it again; one that another was put in the place of is opened anew."""
    location = path if "://" in path else str(Path(path).expanduser().absolute())
    project, identity = _open(location)
    if project.id != identity:
        _open.clear(location)
        project, _ = _open(location)
    return project


@st.cache_resource(max_entries=8, show_spinner=False)
def _open(location: str) -> tuple[Project, str]:
    from codering.project import Project

    project = Project.open(location)
    return project, project.id


def _logged_in(t: Texts) -> str:
    if not st.user.is_logged_in:
        if st.button(t("Log in"), type="primary", key="login"):
            st.login()
        return ""
    name = str(st.user.get("name") or st.user.get("email") or "")
    st.text(name)
    if st.button(t("Log out"), key="logout"):
        st.logout()
    return name


def _first_language() -> str:
    remembered = "" if has_login() else preferences.load().language
    # A link may say nl or en; the widget itself writes the whole name in the address.
    asked = st.query_params.get("lang", "")
    if asked in LANGUAGES and asked != remembered and not has_login():
        # Streamlit takes a first value out of the address: without this a reload would change the language.
        preferences.save(replace(preferences.load(), language=asked))
    for found in (asked, remembered, os.environ.get("CODERING_LANG", "")):
        if found in LANGUAGES:
            return found
    return LANGUAGES[0]


def _remember() -> None:
    if has_login():
        return
    remembered = preferences.load()
    name = " ".join(str(st.session_state.get("coder") or remembered.coder).split())
    chosen = str(st.session_state.get("lang") or remembered.language)
    preferences.save(replace(remembered, coder=name, language=chosen))
