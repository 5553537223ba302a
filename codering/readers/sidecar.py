"""The sidecar: what the researcher knows about a group and the file does not say, in ``NAME.yaml`` beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from codering.errors import Problem
from codering.transcripts import Attributes, Role


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


def sidecar_for(path: Path) -> Sidecar | None:
    """Read the sidecar of a transcript, if there is one."""
    return None
