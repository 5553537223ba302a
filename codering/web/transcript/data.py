"""What the browser is given: plain values for JSON, worked out from the nouns. Pure.

Two parts: the *page*, which stays as long as one transcript is open (its turns, the codebook, the texts), and the
*state*, which changes with every decision (passages, what comes next, what became of the coder's last actions).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from codering.codebooks import Code, Codebook, Example
from codering.codings import Coding, Evidence, Memo, Suggestion
from codering.naming import with_labels
from codering.texts import Texts
from codering.transcripts import Role, Transcript
from codering.web.transcript.colours import DARK, LIGHT, on_page
from codering.web.transcript.wording import context_text, cue_text, neighbour_text, wording

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Ahead:
    """Something to look at: a suggestion, or a turn to read as a whole.

    Attributes
    ----------
    transcript, turn
        Where.
    suggestion
        None for a turn to read.
    drawn
        How it came before the coder.
    open
        Whether it asks for a decision.
    """

    transcript: str
    turn: int
    suggestion: Suggestion | None
    drawn: str
    open: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything about one transcript that this coder may see.

    Attributes
    ----------
    suggestions
        Those to show: the best of each turn, code and stance, and those that the coder answered.
    codings
        Of everyone whom the coder may see.
    came_of
        By coding of the coder: the suggestion that it answers.
    open
        The suggestions that ask for a decision.
    read
        The turns that the coder marked as read.
    memos
        The coder's.
    order
        What comes next, in every transcript.
    uses
        How often the coder used each code, in the whole project.
    sources
        By suggestion: the names of the other sources that suggest the same.
    """

    suggestions: Sequence[Suggestion] = ()
    codings: Sequence[Coding] = ()
    came_of: Mapping[str, str] = field(default_factory=dict)
    open: frozenset[str] = frozenset()
    read: frozenset[int] = frozenset()
    memos: Sequence[Memo] = ()
    order: Sequence[Ahead] = ()
    uses: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def page_data(
    transcript: Transcript, codebook: Codebook, *, coder: str, project: str, t: Texts, codebook_by: str = ""
) -> Json:
    """Give the page: what stays while a transcript is open.

    Parameters
    ----------
    transcript, codebook
        What is read, and with what.
    coder, project
        Who, and an id of the project: the browser keeps what was not acknowledged under both.
    t
        The language of what surrounds the text.
    codebook_by
        Who put this codebook in force; empty if the coder may not know.
    """
    names = [speaker.name for speaker in transcript.speakers]
    moderator = t("moderator")
    content: Json = {
        "transcript": transcript.name,
        "title": transcript.title or transcript.name,
        "language": t.language,
        "turns": [[turn.number, names.index(turn.speaker), turn.start, turn.text] for turn in transcript.turns],
        "speakers": [
            {
                "name": speaker.shown,
                "role": moderator if speaker.role is Role.MODERATOR else "",
                "codable": speaker.role is Role.PARTICIPANT,
            }
            for speaker in transcript.speakers
        ],
        "codes": [_code(code, codebook, t) for code in codebook],
        "codebook": {"version": codebook.version, "by": codebook_by},
        "rules": {f"rule:{rule.id}": rule.reason for _, rule in codebook.rules()},
        "texts": wording(t),
        "coder": coder,
        "queue": f"codering:queue:{project}:{coder}",
        "place": f"codering:place:{project}:{coder}:{transcript.name}",
    }
    content["version"] = _version(content)
    return content


def state_data(transcript: Transcript, codebook: Codebook, seen: Seen, *, coder: str, t: Texts) -> Json:
    """Give the state: what changes with every decision.

    A suggestion that the coder accepted or changed is shown as the coding that came of it; one that was settled
    otherwise is ``rejected``; the others are ``open``. What of the order asks for a decision stands apart, since it
    changes with every decision and the order does not.
    """
    say = _Say(transcript, codebook, seen, t)
    by_id = {one.id: one for one in seen.suggestions}
    notes = {memo.about: memo for memo in seen.memos}
    items: list[Json] = []
    shown: set[str] = set()
    for coding in seen.codings:
        mine = coding.coder == coder
        answered = by_id.get(seen.came_of.get(coding.id, "")) if mine else None
        if answered is not None:
            shown.add(answered.id)
        items.append(_held(coding, notes, mine=mine) | (_answers(answered, say) if answered else {}))
    items += [_suggested(one, seen, say) for one in seen.suggestions if one.id not in shown]
    about = notes.get(f"transcript:{transcript.name}")
    return {
        "items": items,
        "order": [_ahead(one) for one in seen.order],
        "open": "".join("1" if one.open else "0" for one in seen.order),
        "uses": {code: count for code, count in seen.uses.items() if code in codebook},
        "read": sorted(seen.read),
        "memo": about.text if about else "",
        "results": {},
        "rejected": False,
        "at": None,
    }


def uses_of(codings: Iterable[Coding]) -> dict[str, int]:
    """Count how often each code is used."""
    return dict(Counter(coding.code for coding in codings))


def _held(coding: Coding, notes: Mapping[str, Memo], *, mine: bool) -> Json:
    item: Json = {"id": coding.id, "kind": "coding", "state": "held", "coder": coding.coder, "mine": mine}
    memo = notes.get(f"coding:{coding.id}")
    return item | _what(coding) | ({"memo": memo.text} if memo is not None else {})


def _answers(answered: Suggestion, say: _Say) -> Json:
    """Of a coding: the suggestion that it answers, as that was."""
    asked = _what(answered)
    del asked["turn"]
    return {"suggestion": answered.id, "asked": asked, **say.reasons(answered)}


def _suggested(one: Suggestion, seen: Seen, say: _Say) -> Json:
    state = "open" if one.id in seen.open else "rejected"
    return {"id": one.id, "kind": "suggestion", "state": state, "mine": True, **_what(one), **say.reasons(one)}


def _what(one: Coding | Suggestion) -> Json:
    place = one.segment
    where: Json = {"turn": place.turn, "start": place.start, "end": place.end}
    return where | {"code": one.code, "stance": one.stance.value}


class _Say:
    """Says why something is suggested, with the names that the page shows."""

    def __init__(self, transcript: Transcript, codebook: Codebook, seen: Seen, t: Texts) -> None:
        self._transcript = transcript.name
        self._shown = {speaker.name: speaker.shown for speaker in transcript.speakers}
        self._reasons = {f"rule:{rule.id}": rule.reason for _, rule in codebook.rules()}
        self._sources = seen.sources
        self._t = t

    def reasons(self, one: Suggestion) -> Json:
        reasons: Json = {"score": round(one.score, 3), "source": one.source}
        others = self._sources.get(one.id, ())
        return reasons | {"why": [self._why(e) for e in one.evidence]} | ({"also": list(others)} if others else {})

    def _why(self, evidence: Evidence) -> Json:
        why: Json = {"kind": evidence.kind, "words": evidence.words}
        place = evidence.segment
        if place is not None and place.transcript == self._transcript:  # a neighbour may be in another
            why |= {"turn": place.turn, "start": place.start, "end": place.end}
        if evidence.weight is not None:
            why["weight"] = round(evidence.weight, 4)
        detail = self._detail(evidence)
        return why | ({"detail": detail} if detail else {})

    def _detail(self, evidence: Evidence) -> str:
        detail = evidence.detail
        if evidence.kind == "cue":
            return cue_text(detail, self._t)
        if evidence.kind == "context":
            return self._shown.get(detail) or context_text(detail, self._t)
        if evidence.kind == "match":  # of a rule that suggests by itself: its reason stands above; else its source
            return self._reasons.get(detail, "")
        if evidence.kind == "neighbour":
            return neighbour_text(detail, self._t)
        return detail


def _ahead(one: Ahead) -> Json:
    suggestion = one.suggestion
    return {
        "transcript": one.transcript,
        "turn": one.turn,
        "item": suggestion.id if suggestion else None,
        "code": suggestion.code if suggestion else None,
        "drawn": one.drawn,
    }


def _code(code: Code, codebook: Codebook, t: Texts) -> Json:
    theme = codebook.theme_of(code.id)
    own = theme.own.id == code.id
    return {
        "id": code.id,
        "label": code.label.in_language(t.language),
        "theme": t("theme") if own else theme.label.in_language(t.language),
        "definition": with_labels(code.definition, codebook, t.language),
        "include": [with_labels(one, codebook, t.language) for one in code.include],
        "exclude": [with_labels(one, codebook, t.language) for one in code.exclude],
        "examples": [one.text for one in code.examples],
        "near": [_near(one, codebook, t) for one in code.near_misses],
        "light": on_page(code.colour, LIGHT),
        "dark": on_page(code.colour, DARK),
    }


def _near(example: Example, codebook: Codebook, t: Texts) -> str:
    """A near miss, with why and the code that it carries instead."""
    instead = codebook.code(example.instead).label.in_language(t.language) if example.instead in codebook else ""
    reasons = "; ".join(part for part in (example.why, f"→ {instead}" if instead else "") if part)
    return f"{example.text} ({reasons})" if reasons else example.text


def _version(content: Json) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
