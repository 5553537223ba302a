"""The page Codebook: what the codes mean, and how the team changes that."""

from __future__ import annotations

from codering.web.here import Here


def show(here: Here) -> None:
    """Show the tree and, of the chosen code, what it means or how to change it."""
    import streamlit as st

    from codering.web.codebook import draft as drafts
    from codering.web.codebook import editing, history, reading, rules, structure, tree

    t = here.t
    st.title(t("Codebook"))
    drafts.show_saved(here)
    draft = drafts.current(here)
    drafts.show(here, draft)
    codebook = draft.file.codebook
    left, right = st.columns([4, 9], gap="medium")
    with left:
        code = codebook.code(tree.choose(here, codebook))
    ways = {
        "read": t("Meaning"),
        "edit": t("Change the meaning"),
        "rules": t("Rules"),
        "tree": t("Change the tree"),
        "history": t("Versions"),
    }
    with right:
        way = st.segmented_control(
            t("Show"), list(ways), format_func=lambda one: ways.get(one, one), default="read", required=True,
            key="codebook_way", persist_state="session",
        )  # fmt: skip
        if way in ("edit", "rules", "tree") and not here.coder:
            st.info(t("Fill in your name on the left first: drafts and versions are kept under a name."))
        elif way == "edit":
            editing.show(here, draft, code)
        elif way == "rules":
            rules.show(here, draft, code)
        elif way == "tree":
            structure.show(here, draft, code)
        elif way == "history":
            history.show(here)
        else:
            reading.show(here, codebook, code)
