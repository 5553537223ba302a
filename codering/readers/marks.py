"""What one line of a transcript may mean: who starts to speak, when, or nothing.

A mark is a *candidate*, found by the shape of one line alone. Whether it counts is decided for the whole file, in
:mod:`codering.readers.dialogue`: people put colons, times and brackets in speech too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from codering.errors import Message
from codering.readers.clock import CLOCK, seconds
from codering.readers.speakers import is_label, is_sound, split_label


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph of a text-like file.

    Attributes
    ----------
    text
        Without the line break; empty for a blank line.
    place
        Where it stands.
    bold
        The bold words with which it starts, if the file knows about bold.
    soft
        Whether it continues the paragraph of the line before (a line break within a paragraph).
    wrapped
        Whether the container broke the line, so that it continues the sentence of the line before.
    heading
        Whether the file says that it is a heading.
    given
        What the line means, where the file says so itself (a row of a table); else it is read from the text.
    """

    text: str
    place: str | Message
    bold: str = ""
    soft: bool = False
    wrapped: bool = False
    heading: bool = False
    given: Mark | None = None


class Kind(Enum):
    """The shapes; those with a name carry a speaker, and a row may."""

    COLON = "Name: words"
    HEAD = "Name  0:34, on its own line"
    BRACKET = "[Name] words"
    ALONE = "Name, on its own line"
    BOLD = "Name in bold, then words"
    TAB = "Name, a tab, words"
    DASH = "Name - words"
    STAMP = "a time on its own line"
    TIMED = "[0:34] words"
    BARE = "0:34 words"
    ROW = "a row of a table"


@dataclass(frozen=True, slots=True)
class Mark:
    """A candidate.

    Attributes
    ----------
    kind
        The shape.
    label
        Who speaks; None if the line does not say.
    start
        Seconds; None if the line has no time.
    rest
        The words that follow, verbatim and stripped; empty if they are on the next lines.
    otherwise
        What the line means if the label is no speaker: a time and words, or (None) just words.
    """

    kind: Kind
    label: str | None
    start: float | None
    rest: str
    otherwise: Mark | None = None


# All bounded: a line may be a megabyte of white space or brackets.
_OPEN: Final = r"[\[({<#]{0,3}"
_CLOSE: Final = r"[\])}>#]{0,3}"
_GAP: Final = r"\s{0,9}"
_LONGEST_TIME: Final = 24
_RANGE: Final = rf"{_OPEN}(?P<time>{CLOCK})(?:{_GAP}(?:-->|–|-|/|tot){_GAP}{CLOCK})?{_CLOSE}"
# Teams of 2021 wrote times without zeros: 0:0:2.410.
_UNPADDED: Final = re.compile(
    r"(?P<time>\d{1,2}:\d{1,2}:\d{1,2})(?:\.\d{1,3})?\s*-->\s*\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d{1,3})?"
)
_LEAD: Final = re.compile(rf"(?P<stamp>{_RANGE})(?P<gap>[ \t]{{0,40}}(?:[-–—|][ \t]+)?)(?P<rest>.*)", re.DOTALL)
_NAME_TIME: Final = re.compile(
    rf"(?P<label>[^\[\](){{}}#<>\t]{{1,63}}?){_GAP}[\[({{<#]{{1,3}}(?P<time>{CLOCK})[\])}}>#]{{1,3}}{_GAP}:?(?:\s+(?P<rest>.*)|)$",
    re.DOTALL,
)
_NAME_TIME_COLON: Final = re.compile(
    r"(?P<label>[^\[\](){}#<>\t:]{1,63}?),?\s{1,9}(?P<time>\d{1,2}:\d{2}(?::\d{2})?):\s+(?P<rest>.*)", re.DOTALL
)
_NAME_TIME_ALONE: Final = re.compile(rf"(?P<label>\S.{{0,62}}?){_GAP}[\s–—-]{_GAP}(?P<time>{CLOCK})")
_INNER_TIME: Final = re.compile(rf"[\[({{<#]{{1,3}}(?P<time>{CLOCK})[\])}}>#]{{1,3}}\s*(?P<rest>.*)", re.DOTALL)
_BRACKETED: Final = re.compile(
    rf"(?:\[(?P<square>[^\[\]\n]{{1,63}})\]|\{{(?P<curly>[^{{}}\n]{{1,63}})\}}|\((?P<round>speaker [\d?]{{1,2}})\))"
    rf"{_GAP}:?{_GAP}(?:{_OPEN}(?P<time>{CLOCK}){_CLOSE})?(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_PARTED: Final = re.compile(
    r"(?:\d{1,4}(?:[.)][ \t]{1,9}|\t))?(?P<label>[^\t:]{1,63}?)(?P<gap> {0,9}\t| [-–—] )(?P<rest>\s{0,9}\S.*)",
    re.DOTALL,
)
_TABBED_TIME: Final = re.compile(rf"{_OPEN}(?P<time>{CLOCK}){_CLOSE} {{0,9}}\t\s{{0,9}}(?P<rest>\S.*)", re.DOTALL)
_TAIL: Final = re.compile(rf"(?:#(?P<hash>{CLOCK})#|\[(?P<square>{CLOCK})\])$")
_SPEECH_END: Final = re.compile(r"[^\W\d_]{2,}[.,]$")


def mark_of(line: Line) -> Mark | None:
    """Read the shape of one line.

    Returns
    -------
    Mark or None
        None if it is just words.
    """
    text = line.text.strip()
    if line.given is not None or not text:
        return line.given
    # A no-break space counts as a space; the length stays the same, so that `text` can be cut at the same places.
    plain = text.replace("\u00a0", " ")
    unpadded = _UNPADDED.fullmatch(plain)
    if unpadded:
        return Mark(Kind.STAMP, None, seconds(_padded(unpadded["time"])), "")
    lead = _LEAD.fullmatch(plain)
    if lead and seconds(lead["time"]) is not None:
        return _after_time(lead, text)
    return _without_time(line, text, plain)


def tail_time(text: str) -> tuple[str, float | None]:
    """Take the time off the end of a paragraph, where f4 and QualCoder put it: ``… #00:00:04-1#``.

    Returns
    -------
    text : str
        Without the time.
    end : float or None
        When these words ended, in seconds.
    """
    whole = text.rstrip()
    end = whole[-_LONGEST_TIME:]
    found = _TAIL.search(end)
    if found is None:
        return text, None
    return whole[: len(whole) - len(end) + found.start()].rstrip(), seconds(found["hash"] or found["square"])


def _after_time(lead: re.Match[str], text: str) -> Mark:
    start = seconds(lead["time"])
    rest = text[lead.start("rest") :].strip()
    plain = rest.replace("\u00a0", " ")
    if not rest:
        return Mark(Kind.STAMP, None, start, "")
    bracket = text[0] in "[({<#" or lead["gap"].strip(" ") != ""
    words = Mark(Kind.TIMED if bracket else Kind.BARE, None, start, rest)
    tabbed = re.fullmatch(r"(?P<label>[^\t]{1,63}?):?\s*\t\s*(?P<rest>.*)", plain, re.DOTALL)
    if "\t" in lead["gap"] and tabbed and is_label(tabbed["label"]):
        return Mark(Kind.COLON, tabbed["label"].strip(), start, rest[tabbed.start("rest") :].strip(), words)
    labelled = split_label(rest)
    if labelled:
        return Mark(Kind.COLON, labelled[0], start, labelled[1], words)
    bracketed = _BRACKETED.fullmatch(plain)
    if bracketed and (label := _inside(bracketed)):
        return Mark(Kind.BRACKET, label, start, rest[bracketed.start("rest") :].strip(), words)
    if is_label(plain) and not _SPEECH_END.search(plain):
        return Mark(Kind.HEAD, plain, start, "", words)
    return words


def _without_time(line: Line, text: str, plain: str) -> Mark | None:
    bracketed = _BRACKETED.fullmatch(plain)
    if bracketed and (label := _inside(bracketed)):
        start = seconds(bracketed["time"]) if bracketed["time"] else None
        return Mark(Kind.BRACKET, label, start, text[bracketed.start("rest") :].strip())
    named = _NAME_TIME.fullmatch(plain)
    if named and is_label(named["label"]) and seconds(named["time"]) is not None:
        rest = text[named.start("rest") :].strip() if named["rest"] else ""
        return Mark(Kind.COLON if rest else Kind.HEAD, named["label"].strip(), seconds(named["time"]), rest)
    behind = _NAME_TIME_COLON.fullmatch(plain)
    if behind and is_label(behind["label"]) and seconds(behind["time"]) is not None:
        rest = text[behind.start("rest") :].strip()
        return Mark(Kind.COLON, behind["label"].strip(), seconds(behind["time"]), rest)
    if bold := _bold_label(line, text):
        return Mark(Kind.BOLD, bold, None, text[len(bold) :].strip())
    labelled = split_label(text)
    if labelled:
        timed = _INNER_TIME.fullmatch(labelled[1])
        start = seconds(timed["time"]) if timed else None
        rest = timed["rest"].strip() if timed and start is not None else labelled[1]
        return Mark(Kind.COLON, labelled[0], start, rest)
    parted = _PARTED.fullmatch(plain)
    if parted and is_label(parted["label"]):
        kind = Kind.TAB if "\t" in parted["gap"] else Kind.DASH
        rest = text[parted.start("rest") :].strip()
        timed = _TABBED_TIME.fullmatch(rest) if kind is Kind.TAB else None
        if timed and seconds(timed["time"]) is not None:
            return Mark(kind, parted["label"].strip(), seconds(timed["time"]), timed["rest"])
        return Mark(kind, parted["label"].strip(), None, rest)
    alone = _NAME_TIME_ALONE.fullmatch(plain)
    if alone and is_label(alone["label"].rstrip(" -–—")) and seconds(alone["time"]) is not None:
        return Mark(Kind.HEAD, alone["label"].rstrip(" -–—"), seconds(alone["time"]), "")
    if is_label(plain) and not re.search(r"\w{2,}\.$", plain):
        return Mark(Kind.ALONE, plain, None, "")
    return None


def _bold_label(line: Line, text: str) -> str | None:
    """The bold words before plain ones, if they can be a label and no colon or time follows (then that tells more)."""
    bold = line.bold.strip()
    if not bold or bold.endswith(":") or not text.startswith(bold) or text[len(bold) :].lstrip()[:1] in {"", ":"}:
        return None
    if seconds(text[len(bold) :]) is not None:
        return None
    return bold if is_label(bold) else None


def _inside(found: re.Match[str]) -> str | None:
    label = (found["square"] or found["curly"] or found["round"] or "").strip()
    if seconds(label) is not None or is_sound(label) or not is_label(label):
        return None
    return label


def _padded(time: str) -> str:
    return ":".join(part.zfill(2) for part in time.split(":"))
