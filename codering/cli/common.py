"""What every command needs: exit codes, the screen, the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codering.texts import Texts

if TYPE_CHECKING:
    from codering.project import Project
    from codering.screen import Screen

DONE: Final = 0
PROBLEMS: Final = 1
NOTHING: Final = 2

_SERVER: Final = "postgresql:/"

Command = tuple[str, Callable[..., int], str]
"""A command's name, what it does (returning the exit code), and its help."""

Maker = Callable[[Texts], Command]
"""Makes a command in one language; a module lists its own in ``COMMANDS``, in the order of the help."""


def screen_of(t: Texts) -> Screen:
    """The terminal, in one language."""
    from codering.screen import Screen

    return Screen(t)


def open_project(path: Path) -> Project:
    """Open a project; what goes wrong is said by :func:`codering.cli.run`."""
    from codering.project import Project

    # A command line makes a path of the address of a database server, and of its two slashes one.
    address = path.as_posix()
    if address.startswith(_SERVER):
        return Project.open(address.replace(_SERVER, f"{_SERVER}/", 1))
    return Project.open(path)
