"""Who speaks: names at the start of a line, roles, and what platforms hang on a name.

A colon makes no speaker: people say "weet je: dat kan niet". A label is a speaker when it *looks like* a name and
either is a role word (``Moderator``), a code (``R1``, ``SPEAKER_00``), or occurs again in the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from codering.transcripts import Role

LONGEST_NAME: Final = 63
"""Characters; the limit that MAXQDA and QualCoder keep too."""

_MOST_WORDS: Final = 7

_MODERATOR: Final = re.compile(
    r"""(?:(?:hoofd|co|assistent|assistant|tweede|2e)[-\s]?)?
        (?:moderator|moderatrice|gespreksleid(?:er|ster)|interview(?:er|ster)|facilitator|discussieleid(?:er|ster)|
           vraagstell(?:er|ster)|onderzoek(?:er|ster)|(?:gespreks)?voorzitter|voorzitter\s(?:van\shet\s)?gesprek|
           procesbegeleid(?:er|ster)|(?:gespreks)?begeleid(?:er|ster)|notulist|notuliste|observator|verslaglegger|
           researcher|chair|host|gastheer|gastvrouw|note[-\s]?taker|observer)
        (?:\s?(?:nr\.?\s?)?\d{1,2})?""",
    re.IGNORECASE | re.VERBOSE,
)
_MODERATOR_CODE: Final = re.compile(r"(?:M|I|MOD|INT|Mod|Int)\.?\s?\d{0,2}")
_PARTICIPANT: Final = re.compile(
    r"""(?:deelnem(?:er|ster)|respondent(?:e)?|participant|ge[iï]nterviewde|interviewee|panellid|aanwezige|iemand|
           man|vrouw|anoniem)
        (?:\s?(?:nr\.?\s?)?(?:\d{1,2}|[A-Z]))?""",
    re.IGNORECASE | re.VERBOSE,
)
_PARTICIPANT_CODE: Final = re.compile(r"(?:R|P|D|B|A|V|S|K|FG|id|ID|Resp|resp|Deeln|deeln)\.?\s?\d{1,2}|[RPDBVA]")
_GENERIC: Final = re.compile(
    r"(?:unknown\sspeaker|onbekende\sspreker|onbekend|speaker|spreker|SPEAKER|spk|S)[\s_]?(?:\d{1,2}|\?|[A-Z])?",
    re.IGNORECASE,
)
_ROLE_SUFFIX: Final = re.compile(r"\s*[(\[](?P<role>[^()\[\]]{1,40})[)\]]$|\s*[-–,/|]\s*(?P<loose>[^-–,/|()]{1,40})$")
_PLATFORM_SUFFIX: Final = re.compile(
    r"\s*\((?:gast|guest|extern|external|niet[- ]geverifieerd|unverified|host|co-host|organisator|organizer|presentator"
    r"|presenter|me|ik)\)$",
    re.IGNORECASE,
)
_PRONOUNS: Final = re.compile(r"\s*\((?:\w{2,5}/\w{2,6}(?:/\w{2,6})?)\)$")

_NOT_NAMES: Final = frozenset(
    """
    vraag vragen antwoord opmerking opmerkingen let op nb n.b ps p.s bijv bijvoorbeeld bv d.w.z dwz oftewel namelijk
    kortom conclusie stelling thema onderwerp punt tip noot voetnoot toelichting uitleg samenvatting samengevat advies
    voorbeeld hypothese deel blok pauze begin einde http https www mailto tel email e-mail bron bestand pagina versie
    status duur tijd tijdstip start eind datum date locatie plaats plek groep group golf wave meting ronde round titel
    title project aanwezig aanwezigen afwezig deelnemers participants speakers sprekers attendees onderzoek codering
    transcriptie transcript transcribent getranscribeerd opname opnameduur taal language kind region note style
    """.split()
)
_PARTICLES: Final = frozenset(
    "van de der den het 't ten ter te op in aan bij uit voor la le el al ben bin du von zu da dos della des st d' l' o'"
    " y e s' 's i over onder tot".split()
)
_NAME_WORD: Final = re.compile(r"[^\W\d_](?:[\w'’.\-]|\u2010|\u2011)*\.?")
_SOUND: Final = re.compile(
    r"""(?:.*\b)?(?:gelach|lach(?:t|en|end)?|onverstaanbaar|stilte|pauze|applaus|zucht|zuchten|hoest|geroezemoes|door\selkaar|
        telefoon|crosstalk|inaudible|laughter|laughs|unv|muziek|music|onduidelijk|knikt|instemmend|achtergrond\w*|
        einde\s\w+|begin\s\w+|redacted|geanonimiseerd)\b.*""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A label taken apart.

    Attributes
    ----------
    shown
        The name without what a platform or a transcriber hung on it.
    role
        What the label says about the role; None if it says nothing.
    guest
        Whether a platform's suffix such as ``(Gast)`` was taken off.
    """

    shown: str
    role: Role | None = None
    guest: bool = False


def role_of(label: str) -> Role | None:
    """The role that a label says: ``Gespreksleider``, ``M1``, ``Respondent 3``; None for a plain name."""
    label = label.strip()
    if _MODERATOR.fullmatch(label) or _MODERATOR_CODE.fullmatch(label):
        return Role.MODERATOR
    if _PARTICIPANT.fullmatch(label) or _PARTICIPANT_CODE.fullmatch(label):
        return Role.PARTICIPANT
    return None


def taken_apart(label: str) -> Name:
    """Take platform suffixes, pronouns and a role off a label.

    ``Anouk (gespreksleider)`` is Anouk, a moderator; ``Fatima El Amrani (Gast)`` is Fatima El Amrani;
    ``Moderator - Anouk`` is Anouk too. A label that is only a role stays what it is.
    """
    shown = " ".join(label.replace("\u00a0", " ").split())
    bare = _PRONOUNS.sub("", _PLATFORM_SUFFIX.sub("", _PRONOUNS.sub("", shown)))
    guest = bool(_PLATFORM_SUFFIX.search(_PRONOUNS.sub("", shown))) and bool(bare)
    shown = bare or shown
    found = _ROLE_SUFFIX.search(shown)
    if found:
        inner = found["role"] or found["loose"]
        before = shown[: found.start()].strip()
        if before and _MODERATOR.fullmatch(inner):
            return Name(before, Role.MODERATOR, guest)
        if before and (_MODERATOR.fullmatch(before) or _PARTICIPANT.fullmatch(before)) and is_person(inner):
            return Name(inner.strip(), role_of(before), guest)
        if before and found["role"] and _PARTICIPANT.fullmatch(inner) and not re.search(r"\d", inner):
            return Name(before, Role.PARTICIPANT, guest)
    return Name(shown, role_of(shown), guest)


def is_sure(label: str) -> bool:
    """Whether a label is a speaker's even if it occurs once: a role word, a code or a machine's label."""
    apart = taken_apart(label)
    return apart.role is not None or bool(_GENERIC.fullmatch(apart.shown)) or role_of(apart.shown) is not None


def is_person(label: str) -> bool:
    """Whether a label looks like a person's name: capitals, particles, initials; no sentence."""
    words = label.replace(",", " ").split()
    if not words or not all(_NAME_WORD.fullmatch(w) or w.lower() in _PARTICLES for w in words):
        return False
    return any(w[0].isupper() or (len(w) > 2 and w[1] in "'’" and w[2].isupper()) for w in words) and all(
        w[0].isupper() or w.lower() in _PARTICLES or (len(w) > 2 and w[1] in "'’") for w in words
    )


def is_label(label: str) -> bool:
    """Whether a label could be a speaker's at all (a necessary condition; see :class:`Labels`)."""
    bare = label.strip().strip("*").strip()
    if not 0 < len(bare) <= LONGEST_NAME or len(bare.split()) > _MOST_WORDS:
        return False
    if bare.casefold().rstrip(".") in _NOT_NAMES or bare.casefold().split()[0] in {"http", "https", "let"}:
        return False
    if not any(c.isalpha() for c in bare) or re.search(r"[?!;:<>=@\"“”„\t\n]|\.\.\.|…|//|--> ", bare):
        return False
    if is_sure(bare):
        return True
    outside = re.sub(r"[(\[][^()\[\]]*[)\]]", "", bare)
    return bool(outside.strip()) and not _SOUND.fullmatch(bare)


def is_sound(text: str) -> bool:
    """Whether words between brackets describe a sound or an action: ``gelach``, ``onverstaanbaar``, ``pauze``."""
    return bool(_SOUND.fullmatch(text.strip()))


class Labels:
    """Which labels of one file are speakers.

    Parameters
    ----------
    candidates
        What stands before the first colon of each line (or between brackets at its start), in the order of the file.

    Notes
    -----
    A label is a speaker if it is sure by itself (:func:`is_sure`), if it occurs at least twice and is written as a
    name (or at least three times in any case), or if it is a person's name and the file's lines are nearly all
    labelled. A word that starts sentences ("Kijk: …") is a risk that one occurrence in a sea of named lines shows.
    """

    def __init__(self, candidates: Iterable[str]) -> None:
        counted = Counter(_folded(c) for c in candidates if is_label(c))
        spelled: dict[str, str] = {}
        self.known: set[str] = set()
        self._counts = counted
        del spelled

    def __contains__(self, label: str) -> bool:
        if not is_label(label):
            return False
        if is_sure(label):
            return True
        times = self._counts[_folded(label)]
        if is_person(taken_apart(label).shown) or taken_apart(label).shown.isupper():
            return times >= 2
        return times >= 3


def split_label(text: str) -> tuple[str, str] | None:
    """Split ``Name: words`` at the first colon that is followed by white space or the end.

    Returns
    -------
    tuple of (str, str) or None
        The label and the words, both stripped; None if there is no such colon within the longest name, or what
        precedes it cannot be a label. Whether it *is* a speaker, :class:`Labels` says.
    """
    found = re.match(rf"[ \t]*([^:\n]{{1,{LONGEST_NAME}}}?)[ \t\u00a0]*:(?=\s|$)", text)
    if found is None or not is_label(found[1]):
        return None
    return found[1].strip().strip("*").strip(), text[found.end() :].strip().removeprefix("**").lstrip()


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
