"""Changing the tree: add themes, and add, rename, merge, split and remove codes.

The crosswalk remembers what became of each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container
from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.codebooks import Label
from codering.errors import CodebookError
from codering.web.codebook.draft import keep
from codering.web.literal import plain
from codering.web.messages import said

if TYPE_CHECKING:
    from codering.codebooks import Code, Codebook
    from codering.web.codebook.draft import Draft
    from codering.web.here import Here

_PARTS: Final = 2
_Way = Callable[["Here", "Draft", "Code", "Codebook"], str | None]
"""Shows a form and does what it asks, in the draft; the id of what to show then, None if nothing was done."""


def show(here: Here, draft: Draft, code: Code) -> None:
    """Show what can be done with a code; it is done in the draft."""
    t = here.t
    codebook = draft.file.codebook
    theme = next((one for one in codebook.themes if one.id == code.id), None)
    empty = theme is not None and not theme.codes
    ways: dict[str, tuple[str, _Way]] = {
        "add": (t("Add a code to this theme"), _add),
        "theme": (t("Add a theme"), _add_theme),
        "rename": (t("Give another id"), _rename),
    }
    if theme is None:
        ways |= {"merge": (t("Merge into another code"), _merge), "split": (t("Split in two"), _split)}
    if theme is None or empty:
        ways["remove"] = (t("Remove"), _remove)
    st.subheader(plain(code.label.in_language(here.language)))
    kind = "empty" if empty else theme is not None
    chosen = st.radio(t("What to do"), list(ways), format_func=lambda one: ways[one][0], key=f"codebook_way_{kind}")
    st.caption(t("Codings are kept as they are. What becomes of a code is written in the codebook: see Versions."))
    with said(t), st.form(f"codebook_{chosen}_{code.id}"):
        done = ways[chosen][1](here, draft, code, codebook)
        if done is not None:
            keep(here, draft, show=done)


def _add(here: Here, draft: Draft, code: Code, codebook: Codebook) -> str | None:
    t = here.t
    name, label, definition = _part(here, code, "")
    if not st.form_submit_button(t("Into the draft"), type="primary"):
        return None
    name = name or _made(label, codebook)
    draft.file.add_code(codebook.theme_of(code.id).id, name, label, definition)
    return name


def _add_theme(here: Here, draft: Draft, code: Code, codebook: Codebook) -> str | None:
    t = here.t
    st.caption(t("It comes last, without codes: add those when it is there."))
    name, label, definition = _part(here, code, "")
    if not st.form_submit_button(t("Into the draft"), type="primary"):
        return None
    name = name or _made(label, codebook)
    draft.file.add_theme(name, label, definition)
    return name


def _rename(here: Here, draft: Draft, code: Code, codebook: Codebook) -> str | None:  # noqa: ARG001
    t = here.t
    new = st.text_input(t("New id"), code.id)
    note = st.text_input(t("Why"))
    if not st.form_submit_button(t("Into the draft"), type="primary") or new.strip() == code.id:
        return None
    draft.file.rename_code(code.id, new.strip(), note=note.strip())
    return new.strip()


def _merge(here: Here, draft: Draft, code: Code, codebook: Codebook) -> str | None:
    t = here.t
    others = [one.id for one in codebook if one.id != code.id]
    into = st.selectbox(
        t("The code that stays"), others, format_func=lambda one: codebook.code(one).label.in_language(here.language)
    )
    note = st.text_input(t("Why"))
    if not st.form_submit_button(t("Into the draft"), type="primary"):
        return None
    draft.file.merge_codes([code.id], into, note=note.strip())
    return into


def _split(here: Here, draft: Draft, code: Code, codebook: Codebook) -> str | None:
    t = here.t
    parts = []
    for number, column in enumerate(st.columns(_PARTS), start=1):
        with column:
            st.markdown(f"**{t('Part {number}', number=number)}**")
            parts.append(_part(here, code, f"_{number}"))
    st.caption(t("The first part gets the criteria, examples and rules; divide them by hand afterwards."))
    if coded := _coded(here, code):
        st.warning(
            t(
                "{count} {count:coding has|codings have} this code, of all coders together. {count:It counts|They "
                "count} with the theme from then on, and with neither part until somebody codes {count:it|them} "
                "again. Between waves both parts are compared together.",
                count=coded,
            )
        )
    note = st.text_input(t("Why"))
    if not st.form_submit_button(t("Into the draft"), type="primary"):
        return None
    named: dict[str, tuple[str, Label, str]] = {}
    for name, label, definition in parts:
        name = name or _made(label, {*(one.id for one in codebook), *named})
        named[name] = name, label, definition
    draft.file.split_code(code.id, tuple(named.values()), note=note.strip())
    return next(iter(named))


def _remove(here: Here, draft: Draft, code: Code, codebook: Codebook) -> str | None:
    t = here.t
    if coded := _coded(here, code):
        st.warning(
            t(
                "{count} {count:coding has|codings have} this code, of all coders together. {count:It is|They are} "
                "kept, but can no longer be counted under it.",
                count=coded,
            )
        )
    note = st.text_input(t("Why"))
    if not st.form_submit_button(t("Into the draft"), type="primary"):
        return None
    draft.file.remove_code(code.id, note=note.strip())
    return code.theme if code.theme != code.id else codebook.themes[0].id


def _coded(here: Here, code: Code) -> int:
    """How many codings have a code: those of all coders, so more than count in results."""
    return sum(1 for coding in here.project.codings() if coding.code == code.id)


def _part(here: Here, code: Code, mark: str) -> tuple[str, Label, str]:
    t = here.t
    mark = f"{mark}_{code.id}"
    nl = st.text_input(t("Name in Dutch"), key=f"codebook_part_nl{mark}")
    en = st.text_input(
        t("Name in English"), key=f"codebook_part_en{mark}", placeholder=t("Empty: the same as in Dutch")
    )
    definition = st.text_area(t("Definition"), key=f"codebook_part_definition{mark}", height=100)
    name = st.text_input(
        t("Id"),
        key=f"codebook_part_id{mark}",
        placeholder=t("Empty: made from the name"),
        help=t("What the code is called in files and exports: small letters, digits and _."),
    )
    return name.strip(), Label(nl.strip(), en.strip() or nl.strip()), definition.strip()


def _made(label: Label, taken: Container[str]) -> str:
    """Make an id from a name, one that nothing has yet: who adds a code need not think of one.

    Raises
    ------
    CodebookError
        If there is no name with a letter in it.
    """
    bare = unicodedata.normalize("NFKD", label.nl).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "_", bare).strip("_").lstrip("0123456789_")
    if not made:
        raise CodebookError("Give it a name in Dutch first.")
    number = 1
    while (found := made if number == 1 else f"{made}_{number}") in taken:
        number += 1
    return found
