"""A project as a file: opened and closed, with a name and settings."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from codering.store import Setting, Store


class OpenProject:
    """A project that is open.

    Parameters
    ----------
    store
        Where it is kept.
    """

    def __init__(self, store: Store) -> None:
        self._store: Final = store

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open a project. One that an earlier codering made is copied beside itself and brought up to date.

        Raises
        ------
        StoreError
            If there is no project, it cannot be read or written, it is damaged, or a newer codering made it.
        """
        from codering.store import Store

        return cls(Store.open(path))

    @staticmethod
    def exists(path: str | Path) -> bool:
        """Whether there is something to open: a file of that name, or a project in the database of an address.

        Raises
        ------
        StoreError
            If the server cannot be reached.
        """
        from codering.store import Store

        return Store.exists(path)

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def name(self) -> str:
        """What the project is called."""
        return self._store.meta()["name"]

    @property
    def id(self) -> str:
        """What tells this project from every other, also from one in a file of the same name."""
        return self._store.meta()["id"]

    @property
    def path(self) -> Path | None:
        """The project's file; None on a database server."""
        return self._store.path

    @property
    def language(self) -> str:
        """The language of what the project writes: ``nl`` or ``en``."""
        return str(self.setting("language", "nl"))

    def setting(self, key: str, default: Setting = None) -> Setting:
        """What the team chose for this project under this name; `default` where it never chose."""
        return self._store.settings.all().get(key, default)

    def settings(self) -> dict[str, Setting]:
        """Everything that the team chose for this project."""
        return self._store.settings.all()

    def set_setting(self, key: str, value: Setting) -> None:
        """Choose something for this project, in the place of what was chosen before."""
        self._store.settings.set(key, value)

    def revision(self, *parts: str) -> int:
        """A number that is another one after every change by anyone: cheap to ask (under a millisecond).

        Parameters
        ----------
        *parts
            Only changes of these, for example ``"decisions"``, ``"suggestions"``; all parts if none is named.
        """
        counted = self._store.revisions()
        return sum(counted[part] for part in parts or counted)

    def revisions(self) -> dict[str, int]:
        """How often each part was written, by anyone: differs as soon as what a page shows is stale."""
        return self._store.revisions()

    def moment(self) -> AbstractContextManager[None]:
        """Ask many things as of one moment, which is quicker: what others write meanwhile counts the next time.

        For the thread that enters it; what the thread writes itself counts at once.
        """
        return self._store.moment()
