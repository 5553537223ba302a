"""Who speaks: names at the start of a line, roles, and what platforms hang on a name.

A colon makes no speaker: people say "weet je: dat kan niet". A label is a speaker when it *looks like* a name and
either is a role word (``Moderator``), a code (``R1``, ``SPEAKER_00``), or occurs again in the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from codering.transcripts import Role

LONGEST_NAME: Final = 63
"""Characters; the limit that MAXQDA and QualCoder keep too."""

_MOST_WORDS: Final = 7

_LEADER: Final = r"""(?:(?:hoofd|co|assistent|assistant|tweede|2e)[-\s]?)?
    (?:moderator|moderatrice|gespreksleid(?:er|ster)|interview(?:er|ster)|facilitator|discussieleid(?:er|ster)|
       vraagstell(?:er|ster)|onderzoek(?:er|ster)|(?:gespreks)?voorzitter|voorzitter\s(?:van\shet\s)?gesprek|
       (?:proces|gespreks)begeleid(?:er|ster)|notulist|notuliste|observator|verslaglegger|
       researcher|note[-\s]?taker|observer)"""
_MEMBER: Final = r"(?:deelnem(?:er|ster)|respondente?|participant|ge[iï]nterviewde|interviewee|panellid)"
# "Deelnemer A" and "DeelnemerA", but "Deelnemers" is nobody.
_NUMBER: Final = r"(?:\s?(?:nr\.?\s?)?\d{1,2}|\s(?:nr\.?\s)?[A-Z]\b|(?-i:(?<=[a-z])[A-Z]\b))?"
_MODERATOR: Final = re.compile(rf"{_LEADER}s?{_NUMBER}", re.IGNORECASE | re.VERBOSE)
_MODERATOR_CODE: Final = re.compile(r"(?:M|I|MOD|INT|Mod|Int|GL)\.?\s?\d{0,2}")
_PARTICIPANT: Final = re.compile(_MEMBER + _NUMBER, re.IGNORECASE | re.VERBOSE)
_PARTICIPANT_CODE: Final = re.compile(r"(?:R|P|D|B|A|V|S|K|FG|id|ID|Resp|resp|Deeln|deeln)\.?\s?\d{1,2}|[RPD]")
_GENERIC: Final = re.compile(
    r"(?:unknown\sspeaker|onbekende?(?:\s(?:spreker|deelnem(?:er|ster)|persoon|vrouw|man|stem))?"
    r"|(?:deelnem(?:er|ster)|spreker|respondent)\s(?:onbekend|\?)|\?{1,3}"
    r"|(?:speaker|spreker)[\s_]?(?:\d{1,2}|\?|[A-Z])?|(?:spk|S)_?\d{1,2}"
    r"|(?:vrouw|man|stem|iemand|voice)\s(?:\d{1,2}|[A-Z]))",
    re.IGNORECASE,
)
SEVERAL: Final = re.compile(
    r"(?:meerdere|alle|verschillende|enkele|several|all|multiple)\s(?:deelnemers|sprekers|respondenten|stemmen|personen"
    r"|speakers|participants|voices)|allen|door\selkaar|multiple\sspeakers",
    re.IGNORECASE,
)
"""Labels of several people at once."""
_LED_BY: Final = re.compile(rf"(?P<role>{_LEADER}|{_MEMBER})\s+(?P<name>\S.*)", re.IGNORECASE | re.VERBOSE)
_BRACKETED: Final = re.compile(r"\s*[(\[](?P<inner>[^()\[\]]{1,40})[)\]]$")
_LOOSE: Final = re.compile(r"\s*(?:\s[-–]|[,/|])\s*(?P<inner>[^,/|()]{1,40})$")
_PLATFORM: Final = re.compile(
    r"\s*\((?:gast|guest|extern|external|niet[- ]geverifieerd|unverified|host|co-host|organisator|organizer|presentator"
    r"|presenter|me|ik)\)$",
    re.IGNORECASE,
)
_PRONOUNS: Final = re.compile(r"\s*\(\w{2,5}/\w{2,6}(?:/\w{2,6})?\)$")

_NOT_NAMES: Final = frozenset(
    """
    vraag vragen antwoord antwoorden opmerking opmerkingen let nb n.b ps p.s bijv bijvoorbeeld bv d.w.z dwz oftewel
    namelijk kortom conclusie stelling thema onderwerp punt tip noot voetnoot toelichting uitleg samenvatting samengevat
    advies voorbeeld hypothese deel blok pauze begin einde http https www mailto tel telefoon email e-mail bron bestand
    pagina versie status duur tijd tijdstip aanvang start eind datum date locatie plaats plek gemeente groep group
    focusgroep golf wave meting ronde round fase titel title project aanwezig aanwezigen afwezig deelnemers participants
    speakers sprekers attendees codering transcriptie transcript transcribent getranscribeerd opname opnameduur taal
    language kind note style region stap optie agenda doel inleiding afsluiting naam functie organisatie timespan
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_OPENERS: Final = frozenset(
    """
    ik jij je hij zij ze we wij jullie u die dat dit er zo toen dus maar en of want als dan nou nu ja nee neen kijk
    weet luister oké oke ok hoezo waarom wat wie hoe wanneer waar precies inderdaad klopt goed mooi fijn leuk tja mja
    hm hmm mm eh uh ehm uhm ah oh o och ach hé hè he hallo hoi hey moi doei dag bedankt dank sorry zeker exact juist
    natuurlijk prima stel denk zeg zei zegt eerst ten ook wel niet nog altijd soms vroeger straks morgen gisteren
    vandaag eigenlijk misschien gewoon helaas uiteindelijk kort eerlijk feit resultaat gevolg mijn zijn onze ons hun
    haar jouw één een twee drie vier de het 't iets niets niemand iedereen alles alleen gelukkig jammer top snap
    tuurlijk amen
    """.split()  # noqa: SIM905
)
_PARTICLES: Final = frozenset(
    """
    van de der den het 't ten ter te op in aan bij uit voor la le el al ben bin du von zu da dos della des st d' l' o'
    y e s' 's i over onder tot
    """.split()  # noqa: SIM905
)
_NAME_WORD: Final = re.compile(r"[^\W\d_](?:[\w'’.\-\u2010\u2011])*|['’][ts]|['’][^\W\d_][\w'’.\-]*")
_SOUND: Final = re.compile(
    r"""(?:.*\b)?(?:gelach|lach(?:t|en|end)?|onverstaanbaar|stilte|pauze|applaus|zucht(?:en)?|hoest(?:en)?|onduidelijk|
        geroezemoes|door\selkaar|crosstalk|inaudible|laughter|laughs|unv|muziek|music|knikt|instemmend|
        achtergrond\w*|einde\s\w+|begin\s\w+|redacted|geanonimiseerd|sic|fluister\w*|overlap\w*)\b.*""",
    re.IGNORECASE | re.VERBOSE,
)
_REPLACED: Final = re.compile(
    r"""(?:naam|plaats\w*|organisatie|bedrijf|gemeente|collega|iedereen|allen|telefoon|foto|afbeelding|logo|x{2,})\b.*""",
    re.IGNORECASE | re.VERBOSE,
)
_NEVER: Final = re.compile(r"[?!;:<>=@\"“”„\t\n\\]|\.\.\.|…|//|(?:^|\s)[-–—]$")


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

    ``Anouk (gespreksleider)``, ``Moderator - Anouk`` and ``Interviewer Anouk`` are Anouk, a moderator;
    ``Fatima El Amrani (Gast)`` is Fatima El Amrani. A label that is only a role stays what it is.
    """
    whole = " ".join(label.replace("\u00a0", " ").split())
    said = _PRONOUNS.sub("", whole) or whole
    shown = _PRONOUNS.sub("", _PLATFORM.sub("", said)) or said
    guest = shown != said
    role = role_of(shown)
    if role is not None:
        return Name(shown, role, guest)
    for pattern in (_BRACKETED, _LOOSE):
        found = pattern.search(shown)
        before = shown[: found.start()].strip() if found else ""
        if not found or not before:
            continue
        if _MODERATOR.fullmatch(found["inner"]):
            return Name(before, Role.MODERATOR, guest)
        if _PARTICIPANT.fullmatch(found["inner"]):
            return Name(before, Role.PARTICIPANT, guest)
        if role_of(before) is not None and is_person(found["inner"]):
            return Name(found["inner"].strip(), role_of(before), guest)
    led = _LED_BY.fullmatch(shown)
    if led and is_person(led["name"]):
        return Name(led["name"], role_of(led["role"]), guest)
    return Name(shown, None, guest)


def is_sure(label: str) -> bool:
    """Whether a label is a speaker's even if it occurs once: a role word, a code or a machine's label."""
    apart = taken_apart(label)
    return apart.role is not None or bool(_GENERIC.fullmatch(apart.shown) or SEVERAL.fullmatch(apart.shown))


def is_person(label: str) -> bool:
    """Whether a label looks like a person's name: capitals, particles, initials; no sentence.

    >>> [is_person(name) for name in ("Saskia de Wit", "van 't Hof, Jan-Willem", "Ilse B.", "Ik zei", "Kijk")]
    [True, True, True, False, False]
    """
    words = label.replace(",", " ").replace("\u00a0", " ").split()
    if len(words) > 1 and re.fullmatch(r"\d{1,2}|[A-Z]", words[-1]):
        words = words[:-1]
    if len(words) == 1 and len(words[0]) == 1:
        return words[0].isupper()
    if not words or words[0].casefold().rstrip(".") in _OPENERS - _PARTICLES:
        return False
    if any(w.casefold() in _OPENERS - _PARTICLES for w in words if not w[0].isupper()):
        return False
    if not all(_NAME_WORD.fullmatch(w) for w in words):
        return False
    capital = [_starts_upper(w) for w in words]
    return any(c and w.casefold() not in _PARTICLES for c, w in zip(capital, words, strict=True)) and all(
        c or w.casefold() in _PARTICLES for c, w in zip(capital, words, strict=True)
    )


def is_label(label: str) -> bool:
    """Whether a label could be a speaker's at all (a necessary condition; see :class:`Labels`)."""
    bare = label.strip()
    words = bare.split()
    if not words or len(bare) > LONGEST_NAME or len(words) > _MOST_WORDS:
        return False
    if is_sure(bare):
        return True
    if _NEVER.search(bare):
        return False
    first = words[0].casefold().rstrip(".,")
    if first in _NOT_NAMES or (first in _OPENERS and not is_person(bare)):
        return False
    outside = re.sub(r"[(\[][^()\[\]]*[)\]]", "", bare)
    return any(c.isalpha() for c in outside) and bare[0] not in "[({" and not _SOUND.fullmatch(bare)


def is_sound(text: str) -> bool:
    """Whether words between brackets describe a sound, an action or something made anonymous, not a speaker."""
    bare = text.strip()
    return bool(_SOUND.fullmatch(bare) or _REPLACED.fullmatch(bare)) and not is_sure(text)


class Labels:
    """Which labels of one file are speakers.

    Parameters
    ----------
    candidates
        What stands before the first colon of each line (or between brackets at its start), in the order of the file.
    named
        Names that the researcher gave in the sidecar: these are speakers in any case.
    lenient
        Accept a person's name that occurs once: for files of which nearly every line is labelled.

    Notes
    -----
    A label is a speaker if it is sure by itself (:func:`is_sure`), if it is written as a name and occurs twice, or if
    it is one word, or ends in a number, and occurs three times (handles, ``Team mem. 1``).
    """

    def __init__(self, candidates: Iterable[str], named: Collection[str] = (), *, lenient: bool = False) -> None:
        self._counts: Final = Counter(_folded(candidate) for candidate in candidates)
        self._named: Final = frozenset(_folded(name) for name in named)
        self.lenient: Final = lenient

    def __contains__(self, label: str) -> bool:
        if _folded(label) in self._named or _folded(taken_apart(label).shown) in self._named:
            return True
        if not is_label(label):
            return False
        if is_sure(label):
            return True
        times = self._counts[_folded(label)]
        shown = taken_apart(label).shown
        outside = re.sub(r"\s*[(\[][^()\[\]]*[)\]]|\s[-–|/]\s.*", "", shown)
        if is_person(outside):
            return times >= (1 if self.lenient else 2)
        handle = len(shown.split()) == 1 or shown[-1].isdigit() or outside != shown
        return handle and times >= 3


def split_label(text: str) -> tuple[str, str] | None:
    """Split ``Name: words`` at the first colon that is followed by white space or the end.

    Returns
    -------
    tuple of (str, str) or None
        The label and the words, both stripped; None if there is no such colon within the longest name, or what
        precedes it cannot be a label. Whether it *is* a speaker, :class:`Labels` says.
    """
    found = _LABELLED.match(text)
    if found is None or not is_label(found["label"]):
        return None
    return found["label"].strip(), text[found.end() :].strip()


_LABELLED: Final = re.compile(
    r"\s*(?:[-•*][ \t]{1,9}|>{1,3}[ \t]{0,9}|\d{1,4}(?:[.)][ \t]{1,9}|\t)|(?:\[\d{1,4}\]|\(\d{1,4}\))[ \t]{1,9})?"
    r"(?P<stars>\*\*?|__?)?[#@]?"
    rf"(?P<label>[^:\n]{{1,{LONGEST_NAME}}}?)[ \t\u00a0]{{0,9}}"
    r"(?::(?(stars)(?P=stars))|(?(stars)(?P=stars):|(?!)))(?=\s|$|[A-ZÀ-Þ\[(…])"
)


def _starts_upper(word: str) -> bool:
    letters = word.lstrip("'’")
    if letters[:1].isupper():
        return True
    # d'Ancona, l'Ecluse: the capital stands behind the particle.
    return len(letters) > 2 and letters[1] in "'’" and letters[2].isupper()


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
