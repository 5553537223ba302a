"""Lists of who was present, above a conversation: they name the speakers, but nobody speaks in them.

::

    Aanwezig:                                | Naam  | Functie        |
    Karim: klantmanager                      | Anouk | gespreksleider |
    Anouk: gespreksleider                    | Karim | klantmanager   |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from codering.errors import Message
from codering.readers.drafts import Draft, count
from codering.readers.marks import Line
from codering.readers.speakers import is_label, is_person, is_sure, role_of, taken_apart
from codering.transcripts import Role

SKIPPED: Final = Message(
    "skipped: {words} {words:word|words} of a list above the conversation, such as who was present."
).template
_LIST: Final = re.compile(
    r"""(?:(?:lijst\svan\s)?(?:aanwezig(?:en)?|afwezig(?:en)?|deelnemers|aanwezige\sdeelnemers|sprekers)|deelnemerslijst
        |presentielijst|attendees|participants|present|absent|speakers|legenda|summary\skeywords)
        (?:\s[^:]{1,40}(?=:))?\s*:?""",
    re.IGNORECASE | re.VERBOSE,
)
_ENTRY: Final = re.compile(
    r"(?:[-–•*·]\s*|\d{1,2}[.)]?\s+)?(?P<name>[^:,;(=\t|]{1,63}?)(?:\s{0,9}[:,;(=\t|]|\s[-–—]\s|\s{2}|$)(?P<facts>.*)"
)
_SENTENCE: Final = re.compile(r"[.?!…][\"”’)]*$")
_MOST_FACTS: Final = 8
"""Words behind a name: function, organisation, where from."""
_LONGEST: Final = 250
"""Characters of an entry; a line may be a megabyte of white space."""
_FIRST: Final = 60
"""Lines from the top among which a list is looked for."""
_WHO: Final = frozenset("naam name deelnemer spreker wie initialen afkorting code respondent persoon aanwezig".split())  # noqa: SIM905
_FACTS: Final = frozenset(
    """
    functie rol role organisatie werkgever bedrijf gemeente afdeling team plaats woonplaats regio leeftijd geslacht mv
    ervaring werkervaring jaren opleiding beroep achtergrond sector pseudoniem afkorting initialen code email mail
    telefoon nr nummer voornaam achternaam aanwezig
    """.split()  # noqa: SIM905 - a list of words reads as words
)


def is_list_heading(text: str) -> bool:
    """Whether a line is the heading of a list, such as ``Aanwezig:``."""
    return _LIST.fullmatch(text.strip(" \t\u00a0#*_")) is not None


def listed(lines: Sequence[Line]) -> frozenset[int]:
    """Which lines are entries of lists of who was present.

    Below a heading such as ``Aanwezig:`` stand names with a few words each (``Karim: klantmanager``), every name once;
    the first line that is anything else, blank or a sentence, ends the list. Without a heading it is a list if all
    that can be a speaker's stands in it, and somebody is nothing but ``gespreksleider`` there.
    """
    spoken = [i for i, line in enumerate(lines) if line.text.strip()][:_FIRST]
    found: set[int] = set()
    for i in spoken:
        if lines[i].given is None and is_list_heading(lines[i].text):
            found |= _entries(i + 1, lines)
    first = next((i for i in spoken if (entry := _entry(lines[i])) and entry["facts"].strip()), None)
    return frozenset(found or _unheaded(first, lines))


def _unheaded(first: int | None, lines: Sequence[Line]) -> set[int]:
    found = _entries(first, lines) if first is not None else set()
    leads = any(role is not None and role[1] is Role.MODERATOR for i in found if (role := role_in(lines[i].text)))
    # Who is called "Moderator" speaks; a list says who that is.
    return found if leads and not any((one := _entry(lines[i])) and is_sure(one["name"]) for i in found) else set()


def is_attendance(rows: Sequence[Sequence[str]]) -> bool | None:
    """Whether a table says who was present: each name once, with a few words, and headings or a role that say so.

    Returns
    -------
    bool or None
        None if headings and roles are missing: nobody knows.
    """
    headings = _is_headed(rows)
    body = [[cell.strip() for cell in row if cell.strip()] for row in (rows[1:] if headings else rows)]
    body = [row for row in body if row]
    names = [_name(row) for row in body]
    if len(body) < (1 if headings else 2) or None in names or len({str(name).casefold() for name in names}) < len(body):
        return False
    if any(_is_speech(cell) for row in body for cell in row):
        return False
    return True if headings or any(role_of(cell) for row in body for cell in row[1:]) else None


def take_attendance(rows: Sequence[Sequence[str]], draft: Draft) -> None:
    """Learn from a table of who was present who leads."""
    for row in rows:
        cells = [cell.strip() for cell in row if cell.strip()]
        if (name := _name(cells)) and any(role_of(cell) is Role.MODERATOR for cell in cells):
            take_leader(name, draft)


def take_leader(name: str, draft: Draft) -> None:
    """Note that somebody leads; the label in the text may be the first name only."""
    draft.roles |= dict.fromkeys((name, name.split()[0]), Role.MODERATOR)


def role_in(text: str) -> tuple[str, Role] | None:
    """Who has which role according to an entry: ``Anouk: gespreksleider``, ``Anouk Smit, moderator``."""
    found = _ENTRY.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    role = role_of(found["facts"].strip(" ).")) if found else None
    return (found["name"], role) if found and role and is_person(found["name"]) else None


def _entries(begin: int, lines: Sequence[Line]) -> set[int]:
    """The entries from a line on, up to the first line that is none, or names somebody again."""
    found: set[int] = set()
    names: set[str] = set()
    for i in range(begin, len(lines)):
        entry = _entry(lines[i])
        if entry is None or entry["name"].casefold() in names:
            break
        names.add(entry["name"].casefold())
        found.add(i)
    return found


def _entry(line: Line) -> re.Match[str] | None:
    text = line.text.strip()
    if not 0 < len(text) <= _LONGEST or line.given is not None or is_list_heading(text):
        return None
    entry = _ENTRY.fullmatch(text)
    return entry if entry and _is_name(entry["name"]) and not _is_speech(entry["facts"]) else None


def _is_headed(rows: Sequence[Sequence[str]]) -> bool:
    headings = [re.sub(r"[^\w]", "", cell.casefold()) for cell in rows[0] if cell.strip()] if rows else []
    return len(headings) > 1 and bool(_WHO & set(headings)) and set(headings) <= _WHO | _FACTS


def _name(cells: Iterable[str]) -> str | None:
    """The first cell that is a name; numbers of rows may stand before it."""
    return next((cell for cell in cells if _is_name(cell)), None)


def _is_name(text: str) -> bool:
    return is_label(text) and (is_person(taken_apart(text).shown) or is_sure(text))


def _is_speech(text: str) -> bool:
    return count(text) > _MOST_FACTS or bool(_SENTENCE.search(text.strip()))
