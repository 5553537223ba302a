"""Third sets: in which somebody decided what two coders differ on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from codering.codings import Decision

ADJUDICATION: Final = "adjudication"
"""What :attr:`codering.codings.Decision.drawn` holds, or begins with, for decisions on what coders differ on."""


def third_sets(decisions: Iterable[Decision]) -> frozenset[str]:
    """The names of sets in which disagreements were decided.

    They are compared with nobody, and count in results only if they are chosen: half of one lacks what is still open.
    """
    return frozenset(one.coder for one in decisions if one.drawn.startswith(ADJUDICATION))
