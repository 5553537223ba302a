"""Suggesters: what proposes codes for words, so that a person can decide.

A suggester is anything with a kind, a version and a method :meth:`Suggester.suggest`; the project runs it, stores what
it proposed and where that came from, and never asks how it works.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from codering.codings import Suggestion
from codering.transcripts import Transcript

Progress = Callable[[int, int], None]
"""Told how many transcripts are done and how many there are."""


class Suggester(Protocol):
    """Something that proposes codes.

    Attributes
    ----------
    kind
        ``rule`` or ``learned``: what the sources of its suggestions begin with, before the colon. A run replaces
        what an earlier run of the same kind proposed.
    version
        Changes whenever the suggester could propose something else for the same words: a hash of the rules, the
        version of a model.
    """

    @property
    def kind(self) -> str:
        """See the class."""

    @property
    def version(self) -> str:
        """See the class."""

    def suggest(self, transcripts: Sequence[Transcript], *, progress: Progress | None = None) -> tuple[Suggestion, ...]:
        """Propose codes for turns of participants.

        Parameters
        ----------
        transcripts
            Whole transcripts, because context counts.
        progress
            Called with how many transcripts are done and how many there are.

        Returns
        -------
        tuple of Suggestion
            Each at most once; in the order of the transcripts and their turns. The same input gives the same output.
        """
        ...
