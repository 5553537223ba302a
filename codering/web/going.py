"""From one page to another, with what it should show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

_PAGES = "shell_pages"


def remember_pages(pages: dict[str, Page]) -> None:
    """Keep the pages of this run, by name; for the shell."""
    import streamlit as st

    st.session_state[_PAGES] = pages


def go(page: str, /, **parameters: object) -> NoReturn:
    """Show another page, with parameters in its address.

    Parameters
    ----------
    page
        The name that it has in :data:`codering.web.pages.PAGES`.
    **parameters
        What :func:`arrived` gives there; they survive a reload.

    Notes
    -----
    Not within a callback: Streamlit runs those before the page.
    """
    import streamlit as st

    given = {key: str(value) for key, value in parameters.items()}
    st.switch_page(st.session_state[_PAGES][page], query_params=given)


def arrived(parameter: str) -> str | None:
    """Give the value of a parameter with which this page was shown; None if there is none."""
    import streamlit as st

    return st.query_params.get(parameter)


def has(page: str) -> bool:
    """Whether the app has this page."""
    from codering.web.pages import PAGES

    return any(one.name == page for one in PAGES)
