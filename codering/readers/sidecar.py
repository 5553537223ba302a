"""The sidecar: what the researcher knows about a group and the file does not say, in ``NAME.yaml`` beside it.

::

    title: Focusgroep Waterhove, najaar 2026
    date: 2026-10-06
    wave: 2026-najaar
    group: Waterhove
    attributes: {gemeentetype: grote stad}
    speakers:
      Wouter: {role: moderator, pseudonym: M1}
      SPEAKER_00: {name: Karim, role: participant, attributes: {functie: klantmanager, ervaring: 12}}

The keys may be Dutch as well (titel, datum, golf, groep, kenmerken, sprekers, rol, pseudoniem, naam). What is wrong in
it is reported by key; the rest is used.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codering.errors import Message, Problem, TranscriptError, cause, line
from codering.readers.clock import iso_date
from codering.readers.decoding import decoded
from codering.transcripts import Attributes, Role

SUFFIXES: Final = (".yaml", ".yml")
"""What a sidecar's name ends in; the first goes before the second."""

_LIMIT: Final = 256 * 1024
_DEEPEST: Final = 8
_MOST_EVENTS: Final = 20_000
_DUTCH: Final = {
    "titel": "title", "datum": "date", "golf": "wave", "meting": "wave", "ronde": "wave", "groep": "group",
    "kenmerken": "attributes", "sprekers": "speakers", "rol": "role", "pseudoniem": "pseudonym", "naam": "name",
}  # fmt: skip
_ROLES: Final = {
    "moderator": Role.MODERATOR,
    "gespreksleider": Role.MODERATOR,
    "interviewer": Role.MODERATOR,
    "participant": Role.PARTICIPANT,
    "deelnemer": Role.PARTICIPANT,
}
_TOP: Final = ("title", "date", "wave", "group", "attributes", "speakers")
_NOTE: Final = ("name", "role", "pseudonym", "attributes")


@dataclass(frozen=True, slots=True)
class SpeakerNote:
    """What the sidecar says about one speaker.

    Attributes
    ----------
    name
        How to show a generic label such as ``SPEAKER_00``; None to leave it as it is.
    role, pseudonym, attributes
        As of :class:`codering.transcripts.Speaker`; None or empty where the sidecar says nothing.
    """

    name: str | None = None
    role: Role | None = None
    pseudonym: str | None = None
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What the sidecar says about one transcript.

    Attributes
    ----------
    source
        The sidecar's name, without folders.
    title, date, wave, group, attributes
        As of :class:`codering.transcripts.Transcript`.
    speakers
        Notes by the name that the transcript uses.
    problems
        What was wrong in it, by key.
    """

    source: str
    title: str | None = None
    date: str | None = None
    wave: str | None = None
    group: str | None = None
    attributes: Attributes = ()
    speakers: tuple[tuple[str, SpeakerNote], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The speakers that it names: labels in the file, and the names they are given."""
        return tuple(dict.fromkeys(n for label, note in self.speakers for n in (label, note.name) if n))


def sidecar_for(path: Path) -> Sidecar | None:
    """Read the sidecar of a transcript.

    Parameters
    ----------
    path
        The transcript; the sidecar has the same name with ``.yaml`` or ``.yml``.

    Returns
    -------
    Sidecar or None
        None if there is none. One that cannot be read has nothing but a problem.
    """
    beside = sidecar_path(path)
    if beside is None:
        return None
    try:
        if beside.stat().st_size > _LIMIT:
            return _useless(beside.name, "", Message("the sidecar is larger than 256 kB; it was not read."))
        return sidecar_from(beside.read_bytes(), beside.name)
    except OSError as error:
        reason = cause(error)
        return _useless(beside.name, "", Message("the sidecar cannot be opened ({reason}).", reason=reason))


def sidecar_path(path: Path) -> Path | None:
    """Where the sidecar of a transcript stands; None if it has none."""
    for suffix in (*SUFFIXES, *map(str.upper, SUFFIXES)):
        beside = path.with_suffix(suffix)
        # Not Path.is_file, which stops at a name that is too long.
        if beside != path and os.path.isfile(beside):  # noqa: PTH113
            return beside
    return None


def is_sidecar(path: Path) -> bool:
    """Whether a YAML file says something about a transcript, and is not a codebook or of another program."""
    if path.suffix.lower() not in SUFFIXES:
        return False
    try:
        if path.stat().st_size > _LIMIT:
            return False
        found = sidecar_from(path.read_bytes(), path.name)
    except OSError:
        return False
    return any((found.title, found.date, found.wave, found.group, found.attributes, found.speakers))


def sidecar_from(data: bytes, source: str) -> Sidecar:
    """Read a sidecar.

    Parameters
    ----------
    data
        YAML, in any encoding that :func:`codering.readers.decoding.decoded` knows.
    source
        Its name, for problems.

    Returns
    -------
    Sidecar
        With a problem for each key that could not be used.
    """
    try:
        text, problems = decoded(data, source)
    except TranscriptError:
        return _useless(source, "", Message("the sidecar is not a text file; it was not read."))
    content = _loaded(text, source)
    if isinstance(content, Problem):
        return Sidecar(source, problems=(content,))
    if content is None:
        return Sidecar(source, problems=tuple(problems))
    found = _Fields(source, problems)
    top = found.mapping(content, "", _TOP)
    return Sidecar(
        source,
        title=found.text(top, "title", ""),
        date=found.date(top),
        wave=found.text(top, "wave", ""),
        group=found.text(top, "group", ""),
        attributes=found.attributes(top, ""),
        speakers=tuple(found.speakers(top)),
        problems=tuple(problems),
    )


class _Fields:
    """Takes typed values out of what YAML gave, and collects problems by key."""

    def __init__(self, source: str, problems: list[Problem]) -> None:
        self._source: Final = source
        self._problems: Final = problems

    def mapping(self, value: object, place: str, known: tuple[str, ...]) -> dict[str, object]:
        if _is_empty(value):
            return {}
        if not isinstance(value, Mapping):
            self._wrong(place, "expected `key: value` lines, with one of these keys: {keys}.", keys=", ".join(known))
            return {}
        found: dict[str, object] = {}
        for key, content in value.items():
            name = _DUTCH.get(str(key).casefold(), str(key).casefold())
            if name in known and name not in found:
                found[name] = content
            elif name in known:
                self._wrong(_path(place, key), "the key occurs twice (in Dutch and English); the first holds.")
            else:
                self._wrong(_path(place, key), "unknown key; expected one of: {keys}.", keys=", ".join(known))
        return found

    def text(self, fields: Mapping[str, object], key: str, place: str) -> str | None:
        value = fields.get(key)
        if _is_empty(value):
            return None
        shown = _shown(value)
        if shown is None:
            self._wrong(_path(place, key), "expected a word or a line of text.")
        return shown

    def date(self, fields: Mapping[str, object]) -> str | None:
        shown = self.text(fields, "date", "")
        if shown is None:
            return None
        found = iso_date(shown)
        if found is None:
            self._wrong("date", "expected a date such as 2026-04-14.")
        return found

    def attributes(self, fields: Mapping[str, object], place: str) -> Attributes:
        value = fields.get("attributes")
        place = _path(place, "attributes")
        if _is_empty(value):
            return ()
        if not isinstance(value, Mapping):
            self._wrong(place, "expected `name: value` lines, such as `functie: klantmanager`.")
            return ()
        found: list[tuple[str, str]] = []
        for key, content in value.items():
            shown = _shown(content)
            if shown is None:
                self._wrong(_path(place, key), "expected one value: a word, a number or a date.")
            else:
                found.append((str(key), shown))
        return tuple(found)

    def speakers(self, fields: Mapping[str, object]) -> list[tuple[str, SpeakerNote]]:
        value = fields.get("speakers")
        if _is_empty(value):
            return []
        if not isinstance(value, Mapping):
            self._wrong("speakers", "expected a line for each speaker, such as `Karim: {{role: participant}}`.")
            return []
        notes = []
        for key, content in value.items():
            place = _path("speakers", key)
            # `Karim: moderator` says enough.
            short = {"role": content} if isinstance(content, str) and not _is_empty(content) else content
            note = self.mapping(short, place, _NOTE)
            notes.append(
                (
                    " ".join(str(key).split()),
                    SpeakerNote(
                        name=self.text(note, "name", place),
                        role=self._role(note, place),
                        pseudonym=self.text(note, "pseudonym", place),
                        attributes=self.attributes(note, place),
                    ),
                )
            )
        return notes

    def _role(self, fields: Mapping[str, object], place: str) -> Role | None:
        shown = self.text(fields, "role", place)
        if shown is None:
            return None
        role = _ROLES.get(shown.casefold())
        if role is None:
            self._wrong(_path(place, "role"), "expected moderator or participant.")
        return role

    def _wrong(self, place: str, template: str, **values: object) -> None:
        self._problems.append(Problem(self._source, place, template, **values))


def _loaded(text: str, source: str) -> object:
    """Load YAML without code, without aliases and without depth; a :class:`Problem` if that fails.

    Every value is the text that stands there. Read as numbers and dates, ``01`` would lose its zero, and a day that
    does not exist would cost the whole file.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import DuplicateKeyError
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.events import AliasEvent, MappingStartEvent, SequenceStartEvent

    # The pure reader: its parser does not recurse, so that depth can be measured before anything does.
    yaml = YAML(typ="base", pure=True)
    depth = 0
    try:
        for number, event in enumerate(yaml.parse(text)):
            depth += isinstance(event, MappingStartEvent | SequenceStartEvent)
            if isinstance(event, AliasEvent) or depth > _DEEPEST * 4 or number > _MOST_EVENTS:
                return Problem(source, "", "the sidecar is nested too deeply or refers to itself; it was not read.")
            depth -= type(event).__name__ in {"MappingEndEvent", "SequenceEndEvent"}
        return YAML(typ="base", pure=True).load(text)
    except DuplicateKeyError as error:
        place = line(error.problem_mark.line + 1) if error.problem_mark is not None else ""
        return Problem(source, place, "this key stands there twice; leave one of them out. The sidecar was not read.")
    except (YAMLError, ValueError, TypeError) as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        place = line(mark.line + 1) if mark is not None else ""
        return Problem(source, place, "this is not valid YAML; check the spaces at the start of lines and the colons.")


def _is_empty(value: object) -> bool:
    """Whether nothing stands there, or what YAML has for nothing."""
    return value is None or value in ("", "~", "null")


def _shown(value: object) -> str | None:
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _path(place: str, key: object) -> str:
    return f"{place}.{key}" if place else str(key)


def _useless(source: str, place: str, message: Message) -> Sidecar:
    return Sidecar(source, problems=(Problem(source, place, message),))
