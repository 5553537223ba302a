"""What stands above and below the conversation: title, date, group, wave, attendance, a service's footer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from codering.errors import Problem
from codering.readers.clock import iso_date
from codering.readers.drafts import Draft, count
from codering.readers.marks import Line
from codering.readers.speakers import is_person, role_of
from codering.transcripts import Role

_FIELDS: Final = {
    "title": "titel title onderwerp",
    "date": "datum date datum_gesprek datum_interview datum_focusgroep datum_bijeenkomst datum_opname afgenomen_op"
    " dag gespreksdatum interviewdatum",
    "wave": "golf wave meting ronde round meetronde",
    "group": "groep group focusgroep focus_group groepsnaam naam_groep",
}
_FIELD_OF: Final = {key.replace("_", " "): field for field, keys in _FIELDS.items() for key in keys.split()}
_FACTS: Final = frozenset("locatie plaats plek gemeente regio region location organisatie gemeentetype sector".split())  # noqa: SIM905
_KNOWN: Final = frozenset(
    """
    aanwezig aanwezigen afwezig deelnemers participants attendees speakers sprekers duur opnameduur duration tijd
    tijdstip aanvang start eind einde begin bestand bestandsnaam file audio opname recording taal language
    transcriptie transcript transcribent getranscribeerd getranscribeerd_door transcriptie_door versie version project
    moderator moderatoren gespreksleider gespreksleiders interviewer interviewers notulist onderzoeker onderzoekers
    media kind codering status pagina pagina's aantal_deelnemers
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_LEADERS: Final = re.compile(r"(?:moderator|gespreksleider|interviewer|notulist|onderzoeker)(?:s|en)?")
_KEYED: Final = re.compile(
    r"#{0,6}\s{0,9}(?:\*\*)?(?P<key>[^\W\d_][\w' ]{1,30}?)\s{0,9}(?:\*\*)?\s{0,9}[:=\t](?P<value>.*)"
)
_HEADINGS: Final = re.compile(
    r"(?:[📝📖]\s*)?(?:transcript(?:ie|ion)?|audio\s?(?:file|bestand)|attendees|aanwezigen?|deelnemers|sprekers|speakers"
    r"|summary keywords|notes|opname|gespreksverslag|timespan\W+.*)\s*:?",
    re.IGNORECASE,
)
_LISTS: Final = re.compile(
    r"(?:attendees|aanwezigen?|deelnemers|sprekers|speakers|summary keywords)\s*:?", re.IGNORECASE
)
_FURNITURE: Final = re.compile(
    r"""(?:\d+\s?(?:u|h|uur)\s*)?(?:\d+\s?m(?:in)?\.?\s*)?(?:\d+\s?s(?:ec)?\.?)?    # 58m 14s
    |\S+\.(?:mp3|mp4|m4a|wav|wma|ogg|mov|aac|flac|webm|docx|vtt)               # the recording's name
    |.{1,80}\b(?:started|stopped)\stranscription
    |.{1,80}\bheeft\sde\stranscriptie\s(?:gestart|gestopt|beëindigd)
    |WEBVTT.*
    |[-_=*~\s]{3,}""",
    re.IGNORECASE | re.VERBOSE,
)
_FOOTER: Final = re.compile(
    r"""transcribed\sby\s(?:https?://)?\S+.*
    |\(?transcribed\sby\ssonix.*
    |meeting\sended\safter\s.*|transcription\sended\safter\s.*
    |this\seditable\stranscript\swas\scomputer\sgenerated.*
    |.{1,80}\bstopped\stranscription
    |.{1,80}\bheeft\sde\stranscriptie\s(?:gestopt|beëindigd)
    |(?:getranscribeerd|transcriptie)\s(?:door|met)\s.{1,60}
    |\[?einde\s(?:van\s(?:de|het)\s)?(?:opname|transcript(?:ie)?|gesprek|interview)\]?\.?""",
    re.IGNORECASE | re.VERBOSE,
)
_BETWEEN: Final = re.compile(r"\s*(?:,|;|\ben\b|&|/)\s*")
_WITH_ROLE: Final = re.compile(
    r"(?P<name>[^()=]{1,60}?)\s{0,9}(?:\((?P<inside>[^()]{3,40})\)|=\s{0,9}(?P<behind>[^()=]{3,40}))"
)
_LONGEST_TITLE: Final = 150


@dataclass(slots=True)
class _Seen:
    """What came before, while going through a preface."""

    after_list: bool = False
    skipped: int = 0


def is_footer(line: Line) -> bool:
    """Whether a line is a transcription service's or tool's last word."""
    return bool(_FOOTER.fullmatch(line.text.strip()))


def is_furniture(text: str) -> bool:
    """Whether a line above the conversation is a heading, a duration or a file name: no speech, and nothing to keep."""
    return bool(_HEADINGS.fullmatch(text) or _FURNITURE.fullmatch(text))


def is_keyed(text: str) -> bool:
    """Whether a line is a header line such as ``Datum: 14 april 2026``."""
    found = _KEYED.fullmatch(text.strip())
    key = " ".join(found["key"].casefold().split()) if found else ""
    return bool(key) and (key in _FIELD_OF or key in _FACTS or key.replace(" ", "_") in _KNOWN)


def read_preface(lines: Sequence[Line], draft: Draft) -> None:
    """Take what is known about the meeting from the lines above the first speaker; report the rest as skipped.

    Parameters
    ----------
    lines
        All lines before the conversation.
    draft
        Gets title, date, wave, group and attributes where they are found, and a problem for each line that says
        something else.
    """
    seen = _Seen()
    for line in lines:
        text = line.text.strip()
        if not text:
            seen.after_list = False
            continue
        _take_leader(text, draft)
        listed = seen.after_list
        seen.after_list = listed or bool(_LISTS.fullmatch(text))
        if listed or is_furniture(text) or _keyed(text, draft):
            continue
        if _dated(text, draft) or _titled(text, draft, seen):
            continue
        seen.skipped += 1
        draft.skip(
            text,
            line.place,
            "{words} {words:word|words} above the first speaker {words:was|were} skipped. If this is speech, put "
            "the speaker's name before it, with a colon.",
            words=count(text),
        )


def skip_footer(line: Line, draft: Draft) -> None:
    """Leave a service's footer out, and say so."""
    draft.skip(line.text, line.place, "skipped: footer of the transcription service or tool.")


def _keyed(text: str, draft: Draft) -> bool:
    found = _KEYED.fullmatch(text)
    if found is None:
        return False
    key, value = " ".join(found["key"].casefold().split()), found["value"].strip().strip("*").strip()
    field = _FIELD_OF.get(key)
    if field == "date":
        draft.date = draft.date or iso_date(value)
        if value and iso_date(value) is None:
            draft.problems.append(
                Problem(
                    draft.source, "", "The date above the conversation is no date such as 14 april 2026 or 2026-04-14."
                )
            )
    elif field and value:
        setattr(draft, field, getattr(draft, field) or value)
    elif key in _FACTS and value:
        draft.attributes = tuple({key: value, **dict(draft.attributes)}.items())
    if _LEADERS.fullmatch(key) and not _only_names(value):
        return False
    return field is not None or key in _FACTS or key.replace(" ", "_") in _KNOWN


def _take_leader(text: str, draft: Draft) -> None:
    """``Aanwezig: Anouk (gespreksleider), Karim (klantmanager)`` and ``AB = gespreksleider`` say who leads."""
    keyed = _KEYED.fullmatch(text)
    listed = keyed["value"] if keyed and ":" in text and "(" not in keyed["key"] else text
    for item in _BETWEEN.split(listed.strip(" .*")):
        found = _WITH_ROLE.fullmatch(item.strip())
        if found and is_person(found["name"]) and role_of(found["inside"] or found["behind"]) == Role.MODERATOR:
            # The label in the text may be the first name only.
            draft.roles |= dict.fromkeys((found["name"], found["name"].split()[0]), Role.MODERATOR)


def _only_names(text: str) -> bool:
    return all(is_person(name) for name in _BETWEEN.split(text.strip(" .")) if name)


def _dated(text: str, draft: Draft) -> bool:
    """A line that is a date and hardly anything else, such as ``12 maart 2026, 13:02``."""
    found = iso_date(text) if len(text) <= _LONGEST_TITLE else None
    if (
        found is None
        or count(text) > 6
        or re.match(r"#*\s*(?:focus|groep|interview|\w{3}-\w{4}-\w{3})", text, re.IGNORECASE)
    ):
        return False
    draft.date = draft.date or found
    return True


def _titled(text: str, draft: Draft, seen: _Seen) -> bool:
    """The first line that is nothing else is the title."""
    if draft.title is not None or seen.skipped or len(text) > _LONGEST_TITLE or re.search(r"[.!?]$", text):
        return False
    draft.title = text.lstrip("# ").strip("* ").strip() or None
    draft.date = draft.date or iso_date(text)
    return draft.title is not None
