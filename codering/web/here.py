"""What a page is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codering.texts import Texts

if TYPE_CHECKING:
    from codering.errors import CoderingError
    from codering.project import Project


@dataclass(frozen=True, slots=True)
class Here:
    """Who looks at what, in this run of a page.

    Attributes
    ----------
    opened
        The project, or None if none is open; only the project and help pages are shown without one.
    coder
        The name under which decisions are kept; empty as long as nobody chose one.
    t
        The texts of the user's language.
    error
        Why the project that was asked for is not open.
    """

    opened: Project | None
    coder: str
    t: Texts
    error: CoderingError | None = None

    @property
    def project(self) -> Project:
        """The open project."""
        assert self.opened is not None, "the shell shows a page without a project only if it says so"
        return self.opened

    @property
    def language(self) -> str:
        """The user's language: ``nl`` or ``en``."""
        return self.t.language
