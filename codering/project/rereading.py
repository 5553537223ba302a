"""A file that is read again: what is known about the group and its speakers, and not part of the words.

The words of a transcript and what is known about it come from three sides: the file, its sidecar, and whoever corrected
something in the project. What a sidecar says now goes before what stood there; what neither the file nor the sidecar
says stays as somebody left it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codering.errors import Problem
from codering.transcripts import Attributes, Speaker, Transcript, same_name

if TYPE_CHECKING:
    from codering.readers import Reading, Sidecar
    from codering.readers.sidecar import SpeakerNote
    from codering.store import Store

_FIELDS: Final = ("title", "date", "wave", "group")
_ABOUT_SPEAKERS: Final = ("role", "pseudonym")


def take_over(store: Store, held: Transcript, reading: Reading) -> Problem | None:
    """Take over what a sidecar says about a transcript of which the words stayed the same.

    Parameters
    ----------
    store
        Of the project, which is written.
    held
        The transcript as the project has it.
    reading
        Of the same words, with the sidecar as it is now.

    Returns
    -------
    Problem or None
        What is different now, by key; None if nothing is, or there is no sidecar.
    """
    side = reading.sidecar
    if side is None:
        return None
    found = _stated(held, side, _FIELDS)
    changed = list(found)
    if found:
        store.transcripts.edit(held.name, found)
    for speaker in held.speakers:
        note = _note_on(speaker, side)
        about = _stated(speaker, note, _ABOUT_SPEAKERS) if note else {}
        changed += [f"speakers.{speaker.name}.{key}" for key in about]
        if about:
            store.transcripts.edit_speaker(held.name, speaker.name, about)
    if not changed:
        return None
    return Problem(
        side.source,
        "",
        "What this file says now about {name} was taken over; different from before: {keys}.",
        name=held.name,
        keys=", ".join(changed),
    )


def carried(reading: Reading, old: Transcript) -> Reading:
    """The reading of a file whose words changed, with what was known before and the file does not say.

    Titles, dates, waves and groups are the file's where it has them. A speaker of the same name keeps role, pseudonym
    and attributes, unless the sidecar says otherwise: a role was perhaps corrected by hand.
    """
    new = reading.transcript
    kept = {field: getattr(old, field) for field in _FIELDS if getattr(new, field) is None}
    before = {speaker.name: speaker for speaker in old.speakers}
    speakers = tuple(
        _as_before(one, before[one.name], reading.sidecar) if one.name in before else one for one in new.speakers
    )
    transcript = replace(new, speakers=speakers, attributes=_both(old.attributes, new.attributes), **kept)
    return replace(reading, transcript=transcript)


def _as_before(new: Speaker, old: Speaker, side: Sidecar | None) -> Speaker:
    note = _note_on(new, side) if side else None
    role = new.role if note and note.role else old.role
    return replace(
        new, role=role, pseudonym=new.pseudonym or old.pseudonym, attributes=_both(old.attributes, new.attributes)
    )


def _stated(held: Transcript | Speaker, stated: Sidecar | SpeakerNote, fields: tuple[str, ...]) -> dict[str, object]:
    """What is stated, and differs from what is held."""
    said = {field: getattr(stated, field) for field in fields} | {
        "attributes": _both(held.attributes, stated.attributes)
    }
    return {key: value for key, value in said.items() if value is not None and value != getattr(held, key)}


def _note_on(speaker: Speaker, side: Sidecar) -> SpeakerNote | None:
    from codering.readers.speakers import taken_apart

    shown = ((note.name or label, note) for label, note in side.speakers)
    return next(
        (n for name, n in shown if any(same_name(speaker.name, s) for s in (name, taken_apart(name).shown))), None
    )


def _both(before: Attributes, after: Attributes) -> Attributes:
    return tuple((dict(before) | dict(after)).items())
