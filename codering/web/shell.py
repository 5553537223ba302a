"""Around every page: the menu, the side bar, and what is shown instead of a page that cannot be shown."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from typing import Final

import streamlit as st

from codering.errors import CoderingError
from codering.web import session
from codering.web.going import remember_pages
from codering.web.here import Here
from codering.web.messages import said, show_error
from codering.web.pages import PAGES, AppPage

_ICON: Final = "💬"
_STYLE: Final = """<style>
.stMainBlockContainer { padding: 3rem 3rem 4rem; max-width: 110rem; }
.stApp [data-testid="stCaptionContainer"] { color: inherit; opacity: 0.8; }
[data-testid="stButtonGroup"] [role="radio"][aria-checked="true"] p { font-weight: 600; }
.stApp .stApp [data-testid="stCaptionContainer"] { color: inherit; opacity: 0.8; }
[data-testid="stButtonGroup"] [role="radio"][aria-checked="true"] { color: inherit !important; }
[class*="st-key-codebook_rule_text"] textarea { font-family: "Source Code Pro", monospace; font-size: 0.875rem; }
.codering-quotes { list-style: none; margin: 0; padding: 0; }
.codering-quotes li { border-left: 4px solid rgb(128 128 128 / 40%); margin: 0 0 1rem; padding: 0 0 0 1rem; }
.codering-quotes p { margin: 0; white-space: pre-wrap; max-width: 75ch; }
.codering-quotes small { opacity: 0.8; font-size: 0.875rem; }
</style>"""


def run() -> None:
    """Show the app; called once in each run of ``app.py``."""
    st.set_page_config(page_title="codering", page_icon=_ICON, layout="wide")
    st.html(_STYLE)
    here, error = session.here()
    t = here.t
    shown = {
        page.name: st.Page(
            _showing(page, here, error), title=t(page.title), url_path=page.name, default=page is PAGES[0]
        )
        for page in PAGES
    }
    remember_pages(shown)
    chosen = st.navigation(list(shown.values()))
    if not _is_private():
        st.error(t("This server answers other computers, but nobody has to log in. Start it with: codering review"))
        st.stop()
    chosen.run()


def _showing(page: AppPage, here: Here, error: CoderingError | None) -> Callable[[], None]:
    def show() -> None:
        t = here.t
        if session.has_login() and not here.coder:
            st.info(t("Log in on the left to go on."))
            return
        if error is not None:
            show_error(t, error)
            if page.needs_project:
                return
        if page.needs_project and here.opened is None:
            st.title(t(page.title))
            st.info(t("No project is open. Open or make one on the page Project."))
            return
        if page.needs_coder and not here.coder:
            st.title(t(page.title))
            st.info(t("Fill in your name as a coder on the left. Every decision is kept under a name."))
            return
        with said(t):
            page.show(here)

    return show


def _is_private() -> bool:
    """Whether only this computer can reach the server, or people log in."""
    address = str(st.get_option("server.address") or "")
    if address == "localhost" or session.has_login():
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
