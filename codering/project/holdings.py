"""What a project holds before anybody codes: transcripts and a codebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from codering.errors import CodebookError, CoderingError
from codering.project.deciding import new_id, now
from codering.project.kept import Kept
from codering.project.opened import OpenProject
from codering.readers.clock import iso_date
from codering.transcripts import Attributes, Role, Transcript

if TYPE_CHECKING:
    from codering.codebooks import Codebook
    from codering.project.adding import AddReport
    from codering.readers import Reading
    from codering.store import CodebookVersion, Held, Store

Progress = Callable[[int, int], None]
"""Told how many are done and how many there are."""


class _Same(Enum):
    SAME = "same"


SAME: Final = _Same.SAME
"""For an edit: leave this as it is. (None empties it.)"""


class Holdings(OpenProject):
    """A project's transcripts and codebook."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._transcripts: Final = Kept[dict[str, Transcript]]()
        self._versions: Final = Kept[tuple["CodebookVersion", ...]]()
        self._codebook: Final = Kept["Codebook"]()

    @classmethod
    def create(cls, path: str | Path, *, codebook: Path | None = None, name: str | None = None) -> Self:
        """Make a project that holds a codebook and nothing else yet.

        Parameters
        ----------
        path
            Where nothing is yet, by custom ``NAME.codering``; or the URL of a PostgreSQL database.
        codebook
            A YAML file; None for the codebook of SAM.
        name
            What the project is called; None for the name of the file or database.

        Raises
        ------
        CodebookError
            If the codebook is not valid; nothing is made then.
        StoreError
            If there is something at `path` already, or it cannot be written.
        """
        from codering.readers.codebook import parse_codebook, read_text
        from codering.resources import codebook_path
        from codering.store import Store

        source = codebook or codebook_path()
        text = read_text(source)
        parse_codebook(text, source.name)
        chosen = name or _name_of(path)
        project = cls(Store.create(path, {"id": new_id(), "name": chosen, "created": now()}))
        project.set_codebook(text, by="codering", source=source.name)
        return project

    @property
    def codebook(self) -> Codebook:
        """The codebook in force; errors as of :attr:`codebook_text`."""
        from codering.readers.codebook import parse_codebook

        text = self.codebook_text
        return self._codebook.get(text, lambda: parse_codebook(text, self._store.shown))

    @property
    def codebook_text(self) -> str:
        """The YAML of the codebook in force, comments and all.

        Raises
        ------
        CodebookError
            If there is none, or it is not the text that was put in force.
        """
        versions = self.codebook_versions()
        if not versions:
            raise CodebookError("The project has no codebook. Choose one first.")
        if not versions[-1].whole:
            raise CodebookError(
                "{project}: the codebook in this project is not what was put in force: the file was damaged, or "
                "another program changed it. Nothing is suggested, shown or counted until that is mended. Put the "
                "same codebook in force again (codering code TRANSCRIPT --codebook FILE --project PROJECT), or go on "
                "with a copy of the project from before.",
                project=self._store.shown,
            )
        return versions[-1].text

    def has_codebook(self, version: str) -> bool:
        """Whether the codebook in force is this version, and whole."""
        newest = self.codebook_versions()[-1:]
        return any(one.version == version and one.whole for one in newest)

    def codebook_versions(self) -> tuple[CodebookVersion, ...]:
        """Every text that the codebook had, the one in force last."""
        return self._versions.get(self._store.revisions()["codebooks"], self._store.codebooks.all)

    def set_codebook(self, text: str, by: str, *, source: str = "", instead_of: str | None = None) -> Codebook:
        """Put another text of the codebook in force; the earlier ones are kept.

        Parameters
        ----------
        text
            YAML.
        by
            Who decided so.
        source
            What problems call the text, for example the name of a file.
        instead_of
            The text from which this one was made, which must still be in force; None if it does not matter.

        Raises
        ------
        CodebookError
            If it is not valid; the codebook in force stays.
        StoreError
            If another text than `instead_of` is in force, because somebody put it there meanwhile; that one stays.
        """
        from codering.readers.codebook import parse_codebook
        from codering.store import CodebookVersion

        codebook = parse_codebook(text, source or self._store.shown)
        self._store.codebooks.add(CodebookVersion(codebook.version, text, now(), by), instead_of=instead_of)
        return codebook

    def add(self, paths: Iterable[str | Path], *, progress: Progress | None = None) -> AddReport:
        """Read transcripts and add them; folders are searched to any depth.

        A file that was added before is left as it is, but for what its sidecar says, if that has changed. One whose
        words have changed since then replaces the old words if nothing was decided about them, and is refused
        otherwise; what was corrected in the project stays. A bad file never stops the others.

        Parameters
        ----------
        paths
            Files and folders.
        progress
            Told after each file.
        """
        from codering.project.adding import add_files
        from codering.readers import read

        return add_files(self._store, paths, read, progress=progress)

    def add_readings(self, readings: Iterable[Reading]) -> AddReport:
        """Add what was read before, for example after a person looked at it and corrected the roles."""
        from codering.project.adding import add_readings

        return add_readings(self._store, readings)

    def remove(self, transcript: str) -> None:
        """Remove a transcript that nothing was decided about.

        Raises
        ------
        StoreError
            If there is no such transcript, or decisions refer to it.
        """
        self._store.transcripts.remove(transcript)

    def transcripts(self) -> tuple[Transcript, ...]:
        """All transcripts, in the order in which they were added."""
        return tuple(self._by_name().values())

    def transcript(self, name: str) -> Transcript:
        """One transcript.

        Raises
        ------
        CoderingError
            If there is none of that name.
        """
        try:
            return self._by_name()[name]
        except KeyError:
            raise CoderingError("There is no transcript named {name} in this project.", name=name) from None

    def describe_transcripts(self) -> tuple[Held, ...]:
        """Where each transcript came from, what was read of it, and how many decisions refer to it."""
        return self._store.transcripts.held()

    def set_transcript(
        self,
        name: str,
        *,
        title: str | _Same | None = SAME,
        date: str | _Same | None = SAME,
        wave: str | _Same | None = SAME,
        group: str | _Same | None = SAME,
        attributes: Attributes | _Same = SAME,
    ) -> None:
        """Correct what is known about a group; what is not given stays, None empties it.

        Parameters
        ----------
        name
            Of the transcript.
        title, date, wave, group, attributes
            As of :class:`codering.transcripts.Transcript`; `attributes` are all of them.

        Raises
        ------
        CoderingError
            If there is no such transcript, or the date is none: ``2026-04-14``, 14-04-2026 and 14 april 2026 are.
        """
        if isinstance(date, str):
            date = checked_date(date)
        values = {"title": title, "date": date, "wave": wave, "group": group, "attributes": attributes}
        self._store.transcripts.edit(name, _given(values))

    def set_speaker(
        self,
        transcript: str,
        speaker: str,
        *,
        role: Role | _Same = SAME,
        pseudonym: str | _Same | None = SAME,
        attributes: Attributes | _Same = SAME,
    ) -> None:
        """Correct what is known about a speaker; what is not given stays, None empties it.

        A speaker who turns out to be a moderator is no longer coded or counted; decisions about their turns are kept.

        Parameters
        ----------
        transcript, speaker
            Names; that of the speaker as the transcript writes it.
        role, pseudonym, attributes
            As of :class:`codering.transcripts.Speaker`; `attributes` are all of them.

        Raises
        ------
        StoreError
            If there is no such transcript or speaker.
        """
        values = {"role": role, "pseudonym": pseudonym, "attributes": attributes}
        self._store.transcripts.edit_speaker(transcript, speaker, _given(values))

    def _by_name(self) -> dict[str, Transcript]:
        return self._transcripts.get(
            self._store.revisions()["transcripts"], lambda: {one.name: one for one in self._store.transcripts.all()}
        )


def _name_of(location: str | Path) -> str:
    """The name of the file or the database; of an address without one, nothing that could be a password."""
    if isinstance(location, Path) or "://" not in location:
        return Path(location).stem
    return location.partition("://")[2].partition("?")[0].partition("/")[2] or "codering"


def _given(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value is not SAME}


def checked_date(text: str) -> str:
    """Give a date as ``2026-04-14``, also if it is written as 14-04-2026 or 14 april 2026.

    Raises
    ------
    CoderingError
        If it is not a date, or does not exist.
    """
    found = iso_date(text)
    if found is None:
        raise CoderingError("{found} is not a date; expected, for example, 2026-04-14.", found=text)
    return found
