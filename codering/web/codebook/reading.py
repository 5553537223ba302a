"""What a code means: definition, criteria, examples, rules in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.codings import Stance
from codering.naming import with_labels
from codering.tables import Column, Kind
from codering.web.literal import escaped, plain
from codering.writing import written

if TYPE_CHECKING:
    from codering.codebooks import Code, Codebook, Example
    from codering.web.here import Here

_STATED: Final = Column("", "", Kind.STATED)


def show(here: Here, codebook: Codebook, code: Code) -> None:
    """Show everything that the codebook says of a code."""
    t = here.t
    theme = codebook.theme_of(code.id)
    st.header(plain(code.label.in_language(here.language)))
    parts = [t("Code: {id}", id=plain(code.id))]
    if theme.id != code.id:
        parts.append(t("Theme: {theme}", theme=plain(theme.label.in_language(here.language))))
    if code.section:
        parts.append(t("Section: {section}", section=plain(code.section)))
    st.caption(" · ".join(parts))
    st.write(plain(with_labels(code.definition, codebook, here.language)))
    include, exclude = st.columns(2)
    with include:
        _lines(t("Include"), [with_labels(line, codebook, here.language) for line in code.include])
    with exclude:
        _lines(t("Exclude"), [with_labels(line, codebook, here.language) for line in code.exclude])
    _examples(here, codebook, t("Examples"), code.examples)
    _examples(here, codebook, t("Looks like it, but is not"), code.near_misses)
    figures = theme.figures if theme.id == code.id else ()
    _lines(
        t("In the survey"),
        [
            f"{one.text.in_language(here.language)} ({written(one.percentage / 100, _STATED, t)}, {one.section})"
            for one in figures
        ],
    )
    _lines(t("What the rules look for"), [f"{rule.reason} ({rule.id})" for rule in code.rules])


def _lines(heading: str, lines: Sequence[str]) -> None:
    if lines:
        st.markdown("\n".join([f"**{heading}**", "", *(f"- {plain(line)}" for line in lines)]))


def _examples(here: Here, codebook: Codebook, heading: str, examples: Sequence[Example]) -> None:
    t = here.t
    if not examples:
        return
    st.markdown(f"**{heading}**")
    items = []
    for example in examples:
        told = [t("denies")] if example.stance is Stance.DENIES else []
        told += [with_labels(example.why, codebook, here.language)] if example.why else []
        told += [t("carries {code} instead", code=_named(here, codebook, example.instead))] if example.instead else []
        about = f"<small>{escaped(' · '.join(told))}</small>" if told else ""
        items.append(f"<li><p>{escaped(example.text)}</p>{about}</li>")
    st.html(f'<ul class="codering-quotes">{"".join(items)}</ul>')


def _named(here: Here, codebook: Codebook, code: str) -> str:
    """What a code is called; its id if the draft no longer has it."""
    return codebook.code(code).label.in_language(here.language) if code in codebook else code
