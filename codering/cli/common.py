"""What every command needs: exit codes, the screen, the project."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codering.errors import CoderingError
from codering.texts import Texts

if TYPE_CHECKING:
    from codering.project import Project
    from codering.screen import Screen

OVERWRITE: Final = "Also replace a file that is not an earlier export, or that was changed since."
"""The help of ``--overwrite``, a template."""

_SERVER: Final = re.compile(r"^(postgres(?:ql)?(?:\+psycopg)?:)/+")

Command = tuple[str, Callable[..., int], str]
"""A command's name, what it does (returning the exit code), and its help."""

Maker = Callable[[Texts], Command]
"""Makes a command in one language; a module lists its own in ``COMMANDS``, in the order of the help."""


def screen_of(t: Texts) -> Screen:
    """The terminal, in one language."""
    from codering.screen import Screen

    return Screen(t)


def refuse_idle(given: Mapping[str, object], *, without: str = "", beside: str = "") -> None:
    """Refuse an option that would do nothing: who gives it expects something of it.

    Parameters
    ----------
    given
        By option, for example ``--level``, something that is true if it was given.
    without, beside
        The option that these need, or the one that leaves them nothing to do.

    Raises
    ------
    CoderingError
        For the first that was given.
    """
    for option in (name for name, value in given.items() if value):
        if without:
            raise CoderingError("{option} does nothing without {other}.", option=option, other=without)
        raise CoderingError("{option} does nothing beside {other}; leave one of them out.", option=option, other=beside)


def address(path: Path) -> Path | str:
    """Where a project is: the path as it is, or the address of a database server that was made a path.

    Every option and argument that takes a project is a path, of which the two slashes of an address become one.
    """
    found = path.as_posix()
    return _SERVER.sub(r"\1//", found) if _SERVER.match(found) else path


def open_project(path: Path) -> Project:
    """Open a project; what goes wrong is said by :func:`codering.cli.run`."""
    from codering.project import Project

    return Project.open(address(path))
