"""What stands above and below the conversation: title, date, group, wave, attendance, a service's footer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from codering.errors import Message, Problem
from codering.readers.attendance import SKIPPED, is_list_heading, role_in, take_leader
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
    r"(?:[📝📖]\s*)?(?:transcript(?:ie|ion)?|audio\s?(?:file|bestand)|notes|opname|gespreksverslag|timespan\W+.*)\s*:?",
    re.IGNORECASE,
)
_PRESENT: Final = frozenset("aanwezig aanwezigen afwezig deelnemers participants attendees speakers sprekers".split())  # noqa: SIM905
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
_BETWEEN: Final = re.compile(r"\s{0,9}(?:,|;|\ben\b|&|/)\s{0,9}")
_WITH_ROLE: Final = re.compile(
    r"(?P<name>[^()=]{1,60}?)\s{0,9}(?:\((?P<inside>[^()]{3,40})\)|=\s{0,9}(?P<behind>[^()=]{3,40}))"
)
_LONGEST_TITLE: Final = 150
_SKIPPED: Final = Message(
    "{words} {words:word|words} above the first speaker {words:was|were} skipped. If this is speech, put the speaker's "
    "name before it, with a colon."
).template


@dataclass(slots=True)
class _Seen:
    """What came before, while going through a preface."""

    draft: Draft
    after_list: bool = False
    skipped: int = 0
    place: str | Message = ""
    message: str = ""
    texts: list[str] = field(default_factory=list)

    def skip(self, text: str, place: str | Message, message: str) -> None:
        """Leave a line out; the lines of one list, and the cells of one row, are reported together."""
        if message != self.message or (place != self.place and message != SKIPPED):
            self.report()
            self.place, self.message = place, message
        self.texts.append(text)

    def report(self) -> None:
        """Say what was left out and not yet reported."""
        whole = " ".join(self.texts)
        if whole:
            self.draft.skip(whole, self.place, self.message, words=count(whole))
        self.texts, self.message = [], ""


def is_footer(line: Line) -> bool:
    """Whether a line is a transcription service's or tool's last word."""
    return bool(_FOOTER.fullmatch(line.text.strip()))


def is_furniture(text: str) -> bool:
    """Whether a line above the conversation is a heading, a duration or a file name: no speech, and nothing to keep."""
    return bool(_HEADINGS.fullmatch(text) or _FURNITURE.fullmatch(text)) or is_list_heading(text)


def is_keyed(text: str) -> bool:
    """Whether a line is a header line such as ``Datum: 14 april 2026``."""
    found = _KEYED.fullmatch(text.strip())
    key = " ".join(found["key"].casefold().split()) if found else ""
    return bool(key) and (key in _FIELD_OF or key in _FACTS or key.replace(" ", "_") in _KNOWN)


def read_preface(lines: Sequence[Line], draft: Draft, present: Collection[int] = ()) -> None:
    """Take what is known about the meeting from the lines above the first speaker; report the rest as skipped.

    Parameters
    ----------
    lines
        All lines before the conversation.
    draft
        Gets title, date, wave, group and attributes where they are found, and a problem for each line that says
        something else.
    present
        Places (from 0) of lines that are known to say who was present.
    """
    seen = _Seen(draft)
    for at, line in enumerate(lines):
        text = line.text.strip()
        if not text:
            seen.after_list = False
            continue
        _take_leader(text, draft)
        if is_furniture(text):
            seen.after_list = is_list_heading(text) or (seen.after_list and not _HEADINGS.fullmatch(text))
        elif at in present or seen.after_list or _says_who(text):
            seen.skip(text, line.place, SKIPPED)
        elif not (_keyed(text, draft) or _dated(text, draft) or _titled(text, draft, seen)):
            seen.skipped += 1
            seen.skip(text, line.place, _SKIPPED)
    seen.report()


def take_fact(text: str, draft: Draft) -> bool:
    """Take what one line says about the meeting, if it is a header line or a date; False if it is neither."""
    return not _says_who(text) and (_keyed(text, draft) or _dated(text, draft))


def skip_footer(line: Line, draft: Draft) -> None:
    """Leave a service's footer out, and say so."""
    draft.skip(line.text, line.place, "skipped: footer of the transcription service or tool.")


def _says_who(text: str) -> bool:
    """Whether a header line says who was present: ``Aanwezig: Anouk, Karim``."""
    found = _KEYED.fullmatch(text)
    return found is not None and " ".join(found["key"].casefold().split()) in _PRESENT and bool(found["value"].strip())


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
    """``Aanwezig: Anouk (gespreksleider), Karim``, ``AB = gespreksleider`` and ``Anouk: moderator`` say who leads."""
    keyed = _KEYED.fullmatch(text)
    listed = keyed["value"] if keyed and ":" in text and "(" not in keyed["key"] else text
    for item in _BETWEEN.split(listed.strip(" .*")):
        found = _WITH_ROLE.fullmatch(item.strip())
        if found and is_person(found["name"]) and role_of(found["inside"] or found["behind"]) == Role.MODERATOR:
            take_leader(found["name"], draft)
    if (entry := role_in(text)) and entry[1] is Role.MODERATOR:
        take_leader(entry[0], draft)
    if keyed and role_of(keyed["key"]) == Role.MODERATOR and _only_names(listed):
        for name in filter(None, _BETWEEN.split(listed.strip(" ."))):
            take_leader(name, draft)


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
