"""Changing rules, with what the change brings before it is in the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.readers.codebook_edit import CodebookFile
from codering.readers.codebook_rule_text import TEMPLATE, add_rule, rule_text, write_rule
from codering.web.codebook.draft import keep, show_preview
from codering.web.literal import plain
from codering.web.messages import said

if TYPE_CHECKING:
    from codering.codebooks import Code
    from codering.web.codebook.draft import Draft
    from codering.web.here import Here

_NEW: Final = ""
_NEXT: Final = "codebook_rule_next"
"""The rule to show next: one that was new is another choice in the list once it is in the draft."""


def show(here: Here, draft: Draft, code: Code) -> None:
    """Show one rule of a code as text; every change of it is tried on the transcripts at once."""
    t = here.t
    reasons = {rule.id: rule.reason for rule in code.rules}
    if (wanted := st.session_state.pop(_NEXT, None)) in reasons:
        st.session_state[f"codebook_rule_{code.id}"] = wanted
    st.subheader(plain(code.label.in_language(here.language)))
    chosen = st.selectbox(
        t("Rule"),
        [*reasons, _NEW],
        format_func=lambda one: f"{one}: {reasons[one]}" if one else t("A new rule"),
        key=f"codebook_rule_{code.id}",
    )
    before = rule_text(draft.file, chosen) if chosen else TEMPLATE
    text = st.text_area(
        t("The rule as YAML; Ctrl+Enter tries it"),
        before,
        height=max(200, min(420, 30 + 22 * before.count("\n"))),
        key=f"codebook_rule_text_{code.id}_{chosen}_{hash(before)}",
        help=t("docs/rules.md explains every key: match, unless, requires, context, stance, weight, yes and no."),
    )
    with said(t):
        tried = CodebookFile(draft.file.text, draft.file.source)
        if text != before or not chosen:
            _write(tried, code, chosen, text)
        taken, removed = _buttons(here, chosen, differs=text != before)
        if removed:
            draft.file.remove_rule(chosen)
            keep(here, draft)
        if taken:
            _write(draft.file, code, chosen, text)
            st.session_state[_NEXT] = next(
                (rule.id for rule in draft.file.codebook.code(code.id).rules if rule.id not in reasons), None
            )
            keep(here, draft)
        if text != before and here.project.transcripts():
            st.markdown(f"**{t('What this change brings')}**")
            show_preview(here, tried, key="codebook_rule_difference")


def _buttons(here: Here, chosen: str, *, differs: bool) -> tuple[bool, bool]:
    t = here.t
    with st.container(horizontal=True):
        taken = st.button(t("Into the draft"), type="primary", disabled=not differs, key="codebook_rule_take")
        removed = bool(chosen) and st.button(t("Remove the rule from the draft"), key="codebook_rule_remove")
    return taken, removed


def _write(file: CodebookFile, code: Code, rule: str, text: str) -> None:
    if rule:
        write_rule(file, rule, text)
    else:
        add_rule(file, code.id, text)
