"""Around every page: the menu, the side bar, and what is shown instead of a page that cannot be shown."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from typing import Final

import streamlit as st

from codering.web import session
from codering.web.going import go, remember_pages
from codering.web.here import Here
from codering.web.looks import style
from codering.web.messages import said, show_error
from codering.web.pages import FIRST, PAGES, AppPage
from codering.web.watching import up_to_date, watch

_ICON: Final = "💬"
_SIDE_BAR: Final = 240
"""Pixels; at Streamlit's own 300 the last columns of tables are out of sight on a screen of 1280."""


def run() -> None:
    """Show the app; called once in each run of ``app.py``."""
    st.set_page_config(page_title="codering", page_icon=_ICON, layout="wide", initial_sidebar_state=_SIDE_BAR)
    early = st.container(key="shell_early")
    asked = _page((st.context.url or "").rpartition("/")[2])
    with early:
        asked.begin()  # before the side bar: the browser fetches what it needs of Streamlit in the order of elements
    here = session.here()
    t = here.t
    st.html(style(t))
    shown = {
        page.name: st.Page(
            _showing(page, here),
            title=t(page.title),
            url_path=page.name if page is not FIRST else "",
            default=page is FIRST,
        )
        for page in PAGES
    }
    remember_pages(shown)
    # Streamlit serves the first page at the root only; who types its name like that of every other page gets there too.
    named = st.Page(_to_first, title=t(FIRST.title), url_path=FIRST.name, visibility="hidden")
    chosen = st.navigation([*shown.values(), named])
    if not _is_private():
        st.error(t("This server answers other computers, but nobody has to log in. Start it with: codering review"))
        st.stop()
    page = _page(chosen.url_path)
    if page is not asked:
        with early:
            page.begin()
    chosen.run()


def _page(path: str) -> AppPage:
    """Give the page that has this path; while a page is on its way the address may still be that of the one before."""
    return next((page for page in PAGES if page.name == path), FIRST)


def _showing(page: AppPage, here: Here) -> Callable[[], None]:
    def show() -> None:
        t = here.t
        if session.has_login() and not here.coder:
            st.info(t("Log in on the left to go on."))
            return
        if page.needs_project and here.opened is None:
            st.title(t(page.title))
            if here.error is not None:
                show_error(t, here.error)
            else:
                st.info(t("No project is open. Open or make one on the page Project."))
            return
        if page.needs_coder and not here.coder:
            st.title(t(page.title))
            session.ask_coder(t, here.project)
            return
        watched = here.opened is not None and not page.watches
        if watched:
            watch(here)
        with said(t):
            page.show(here)
        if watched:
            up_to_date(here)

    return show


def _to_first() -> None:
    """Go to the first page; the session knows the project, and Streamlit keeps what inputs wrote in the address."""
    go(FIRST.name)


def _is_private() -> bool:
    """Whether only this computer can reach the server, or people log in."""
    address = str(st.get_option("server.address") or "")
    if address == "localhost" or session.has_login():
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
