"""Who is who in one transcript: the file's labels, the sidecar's notes and the roles, brought together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from codering.errors import Problem
from codering.readers.cleaning import clean_name
from codering.readers.sidecar import Sidecar, SpeakerNote
from codering.readers.speakers import taken_apart
from codering.transcripts import Role, Speaker

_NOTHING: Final = SpeakerNote()


@dataclass(slots=True)
class _Person:
    shown: str
    role: Role | None = None
    pseudonym: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()


class Roster:
    """The speakers of one transcript.

    Parameters
    ----------
    labels
        Every label in the file, in order; repetitions are fine.
    roles
        What the file itself says (a column, for instance), by label.
    sidecar
        What the researcher says; it goes before everything else.
    source
        The transcript's file name, for problems.
    """

    def __init__(self, labels: Iterable[str], roles: Mapping[str, Role], sidecar: Sidecar, source: str = "") -> None:
        self._sidecar: Final = sidecar
        self._notes = {_key(name): note for name, note in sidecar.speakers}
        self._used: set[str] = set()
        self._persons: dict[str, _Person] = {}
        self._by_label: dict[str, str] = {}
        self._conflicts: list[Problem] = []
        unique = tuple(dict.fromkeys(" ".join(label.split()) for label in labels))
        self._ambiguous = _ambiguous(unique)
        self._conflicts += [
            Problem(
                source,
                "",
                "“{label}” was read as the moderator. If it is a participant's initial, give that speaker "
                "`role: participant` in the sidecar.",
                label=label,
            )
            for label in _initials(unique)
            if _key(label) not in self._notes
        ]
        stated = {_key(clean_name(name)): role for name, role in roles.items()}
        for label in unique:
            self._enter(label, stated.get(_key(label)))

    def name(self, label: str) -> str:
        """The name under which the speaker with this label is shown."""
        label = " ".join(label.split())
        if _key(label) not in self._by_label:
            self._enter(label, None)
        return self._persons[self._by_label[_key(label)]].shown

    def speaker(self, shown: str) -> Speaker:
        """The speaker with a shown name."""
        person = self._persons[_key(shown)]
        return Speaker(person.shown, person.role or Role.PARTICIPANT, person.pseudonym, person.attributes)

    def mentioned(self, label: str) -> bool:
        """Whether the sidecar has a note on this label."""
        return _key(label) in self._notes

    def problems(self) -> tuple[Problem, ...]:
        """What does not fit between the sidecar and the file."""
        unknown = (
            Problem(
                self._sidecar.source,
                f"speakers.{name}",
                "nobody in the transcript has this name. `codering read` shows the names; write them alike.",
            )
            for name, _ in self._sidecar.speakers
            if _key(name) not in self._used
        )
        return (*self._conflicts, *unknown, *self._alike())

    def _alike(self) -> Iterator[Problem]:
        """Speakers who would be shown as one."""
        shown = Counter(_key(person.pseudonym or person.shown) for person in self._persons.values())
        for person in self._persons.values():
            if person.pseudonym and shown[_key(person.pseudonym)] > 1:
                yield Problem(
                    self._sidecar.source,
                    f"speakers.{person.shown}.pseudonym",
                    "another speaker of this transcript is shown as {pseudonym} too; exports cannot tell them apart.",
                    pseudonym=person.pseudonym,
                )

    def _enter(self, label: str, stated: Role | None) -> None:
        apart = taken_apart(label)
        plain = label if apart.guest and _key(apart.shown) in self._ambiguous else apart.shown
        note = self._note(label) or self._note(plain) or _NOTHING
        shown = note.name or plain
        if note.name:
            note = _merged(note, self._note(note.name))
        role = note.role or stated or apart.role
        known = self._persons.get(_key(shown))
        self._by_label[_key(label)] = _key(shown)
        if known is None:
            self._persons[_key(shown)] = _Person(shown, role, note.pseudonym, note.attributes)
            return
        if known.role and note.role and known.role is not note.role:
            self._conflicts.append(
                Problem(
                    self._sidecar.source,
                    f"speakers.{label}.role",
                    "two labels with one name have different roles; the first one holds.",
                )
            )
        known.role = known.role or role
        known.pseudonym = known.pseudonym or note.pseudonym
        known.attributes = tuple({**dict(note.attributes), **dict(known.attributes)}.items())

    def _note(self, name: str) -> SpeakerNote | None:
        if _key(name) in self._notes:
            self._used.add(_key(name))
            return self._notes[_key(name)]
        return None


def _merged(first: SpeakerNote, second: SpeakerNote | None) -> SpeakerNote:
    if second is None:
        return first
    return replace(
        first,
        role=first.role or second.role,
        pseudonym=first.pseudonym or second.pseudonym,
        attributes=tuple({**dict(second.attributes), **dict(first.attributes)}.items()),
    )


def _ambiguous(labels: tuple[str, ...]) -> frozenset[str]:
    """Names that occur both as a guest's and as a member's: they may be two people."""
    apart = [taken_apart(label) for label in labels]
    return frozenset(_key(n.shown) for n in apart if n.guest) & frozenset(_key(n.shown) for n in apart if not n.guest)


def _initials(labels: tuple[str, ...]) -> tuple[str, ...]:
    """``M`` and ``I`` where other speakers are single letters too: they may stand for Marieke and Ilse."""
    single = {label for label in labels if len(label) == 1}
    return tuple(sorted(single & {"M", "I"})) if len(single - set("MIRPDBVA")) > 1 else ()


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
