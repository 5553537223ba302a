"""Code Dutch focus groups: rules suggest, people decide, frequencies can be defended.

The names here are the public surface; the rest of the package may change between versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codering.codebooks import Codebook
from codering.codings import Coding, Decision, Stance, Suggestion, Verdict, codings_from
from codering.errors import CoderingError, Problem
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn

if TYPE_CHECKING:
    from codering.project import Project

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


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import `Project` when it is first asked for: it brings the database along."""
    if name == "Project":
        from codering.project import Project

        return Project
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
