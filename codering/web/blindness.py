"""While coders work blind, no page shows what another decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codering.web.here import Here


def under_way(here: Here) -> bool:
    """Whether something is still coded blind; says so if it is, instead of results that would give it away."""
    import streamlit as st

    hidden = here.project.hidden_from(here.coder)
    if hidden:
        st.info(
            here.t.plural(
                "{count} transcript is still coded blind. Results are shown once all coders are done with it.",
                "{count} transcripts are still coded blind. Results are shown once all coders are done with them.",
                len(hidden),
            )
        )
    return bool(hidden)
