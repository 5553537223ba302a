"""The app: Streamlit pages on a project.

How to write a page
-------------------
1. Make ``codering/web/pages/NAME.py`` with one public function, ``show(here)``::

       from codering.web.here import Here

       def show(here: Here) -> None:
           import streamlit as st

           t = here.t                                   # Texts: t("English template", name=value)
           st.title(t("Agreement"))
           for table in here.project.agreement(...):    # the verbs of the project; no logic in a page
               show_table(here, table)

2. Add one line to :data:`codering.web.pages.PAGES`. That is all: the page is in the menu, in both languages.

What the shell does for a page
------------------------------
- It calls ``show`` in each run with a :class:`~codering.web.here.Here`: ``here.project`` (open; a page in the list
  always has one, unless it says ``needs_project=False``), ``here.coder`` (not empty if the page says
  ``needs_coder=True``), ``here.t`` (texts) and ``here.language``. It is frozen: never keep it between runs.
- A :class:`~codering.errors.CoderingError` that a page lets through becomes a message with its problems. In a callback
  or a fragment, which run outside ``show``, write ``with said(here.t): ...`` (:mod:`codering.web.messages`), the same
  thing.
- :func:`codering.web.going.go` brings the user to another page, with parameters:
  ``go("review", transcript=name, turn=12)``; the page reads them with :func:`codering.web.going.arrived`.

Rules
-----
- What comes from a transcript, a codebook, a file or a coder is never Markdown: :func:`~codering.web.literal.plain`
  escapes it for ``st.markdown``, titles, labels, captions and the options of radios and segmented controls,
  :func:`~codering.web.literal.escaped` for ``st.html``. ``st.text``, ``st.dataframe``, inputs, options of a selectbox
  and a component's ``textContent`` take it as it is. Never
  ``unsafe_allow_html``, never ``unsafe_allow_javascript``.
- Every text goes through ``here.t``; its Dutch stands in ``codering/locale/nl/``. Options of widgets are stable ids
  with ``format_func``, and every widget has a ``key``, so that another language changes no choice.
- Keys of session state begin with the name of the page: ``review_cursor``. Taken: ``coder``, ``lang``, ``project``.
- Icons are emoji or none; ``:material/…:`` in a page icon is fetched from the net.
- Numbers carry their base; an empty state says what to do next; colour is never the only sign.
- Streamlit is imported within functions of modules that others import (``pages/*``), so that ``codering --help``
  answers at once.
"""
