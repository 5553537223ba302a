"""Code Dutch focus groups: rules suggest, people decide, frequencies can be defended.

The names here are the public surface; the rest of the package may change between versions. They are imported when
they are first asked for, so that the command line answers at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codering.codebooks import Codebook
    from codering.codings import Coding, Decision, Stance, Suggestion, Verdict, codings_from
    from codering.errors import CoderingError, Problem
    from codering.project import Project
    from codering.transcripts import Role, Segment, Speaker, Transcript, Turn

__all__ = [
    "Codebook",
    "CoderingError",
    "Coding",
    "Decision",
    "Problem",
    "Project",
    "Role",
    "Segment",
    "Speaker",
    "Stance",
    "Suggestion",
    "Transcript",
    "Turn",
    "Verdict",
    "codings_from",
]

_HOMES = {
    "codebooks": ("Codebook",),
    "codings": ("Coding", "Decision", "Stance", "Suggestion", "Verdict", "codings_from"),
    "errors": ("CoderingError", "Problem"),
    "project": ("Project",),
    "transcripts": ("Role", "Segment", "Speaker", "Transcript", "Turn"),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"codering.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
