"""Codings made with different versions of a codebook, made comparable; and what cannot be compared, named.

A code that was renamed or merged is counted under its name of today. Codes that came from one code that was split are
counted together, because nobody can say which of them the older codings would have had. A code that a group could not
have been given, since it did not exist when the group was coded, is not "absent" there: it is unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from codering.analysis.frequencies import Level
from codering.codebooks import Codebook
from codering.codings import Coding
from codering.crosswalk import counted_as, followed
from codering.errors import Message
from codering.transcripts import Transcript


@dataclass(frozen=True, slots=True)
class Topic:
    """What is compared between waves: a theme, a code, or codes that can only be compared together.

    Attributes
    ----------
    id
        Of the theme or code; of codes together, their ids joined with ``+``.
    members
        Ids of today's codes (or of the theme).
    """

    id: str
    members: tuple[str, ...]

    def label(self, codebook: Codebook, language: str) -> str:
        """What it is called."""
        return " + ".join(codebook.code(code).label.in_language(language) for code in self.members)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that cannot be compared.

    Attributes
    ----------
    code
        The id of a topic, or of a code that was removed.
    transcripts
        Where it is unknown; empty if it is about codings that are left out.
    reason
        Why, for a reader.
    """

    code: str
    transcripts: tuple[str, ...]
    reason: Message


@dataclass(frozen=True, slots=True)
class Bridge:
    """Codings under today's topics.

    Attributes
    ----------
    topics
        In the codebook's order.
    found
        For each coding that counts: the topic's place in `topics`, and the coding.
    gaps
        What cannot be compared.
    """

    topics: tuple[Topic, ...]
    found: tuple[tuple[int, Coding], ...]
    gaps: tuple[Gap, ...]

    def unknown(self, topic: Topic) -> frozenset[str]:
        """The transcripts in which nobody could have coded the topic."""
        return frozenset(name for gap in self.gaps if gap.code == topic.id for name in gap.transcripts)


def bridge(
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    codings: Iterable[Coding],
    coded_with: Mapping[str, Codebook],
    *,
    level: Level = "code",
) -> Bridge:
    """Bring codings under today's topics.

    Parameters
    ----------
    transcripts
        Those that are compared.
    codebook
        Today's, with the crosswalk of all changes.
    codings
        Of one set.
    coded_with
        By transcript, the codebook with which it was coded; today's where it is not given.
    level
        Themes or codes.
    """
    became = {t.name: _became(codebook, coded_with.get(t.name, codebook)) for t in transcripts}
    topics = _topics(codebook, became.values(), level)
    place = {member: index for index, topic in enumerate(topics) for member in topic.members}
    found: list[tuple[int, Coding]] = []
    lost: dict[str, int] = {}
    for coding in codings:
        if coding.segment.transcript not in became:
            continue
        now = became[coding.segment.transcript].get(coding.code, (coding.code,) if coding.code in codebook else ())
        places = {place[codebook.code(code).theme if level == "theme" else code] for code in now}
        if len(places) == 1:
            found.append((places.pop(), coding))
        else:
            lost[coding.code] = lost.get(coding.code, 0) + 1
    gaps = [_lost(code, count) for code, count in lost.items()]
    for topic in topics:
        unknown = tuple(t.name for t in transcripts if not _could(topic, became[t.name], codebook, level))
        if unknown:
            reason = Message("The codebook did not have it yet when these groups were coded.")
            gaps.append(Gap(topic.id, unknown, reason))
    return Bridge(topics, tuple(found), tuple(gaps))


def without_a_code(codebook: Codebook, codings: Iterable[Coding]) -> tuple[Message, ...]:
    """What a reader must know of codings whose code was split or removed since: where they count, and where not."""
    split: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    for coding in codings:
        if counted_as(codebook, coding.code, "code") is None:
            (gone if counted_as(codebook, coding.code, "theme") is None else split)[coding.code] += 1
    notes = []
    if split:
        notes.append(
            Message(
                "{count} {count:coding|codings} of {codes} {count:counts|count} with the theme and not with a code: "
                "the code was split since. Between waves its parts are compared together. Code those passages again "
                "if they should count with a code.",
                count=split.total(),
                codes=", ".join(split),
            )
        )
    if gone:
        notes.append(
            Message(
                "{count} {count:coding|codings} of {codes} {count:counts|count} nowhere: the codebook has no place for "
                "that any more.",
                count=gone.total(),
                codes=", ".join(gone),
            )
        )
    return tuple(notes)


def split_under_one_name(
    codebook: Codebook, codings: Iterable[Coding], given_with: Mapping[str, Codebook]
) -> tuple[Message, ...]:
    """What a reader must know of codings of a code that was split since, and of which one part kept the name.

    Parameters
    ----------
    codebook
        Today's.
    codings
        Of one set.
    given_with
        By the id of a decision, the codebook that was in force then.
    """
    became = {then.version: _became(codebook, then) for then in given_with.values()}
    wider: Counter[str] = Counter()
    for coding in codings:
        now = became[given_with[coding.decision].version].get(coding.code, ())
        if len(now) > 1 and coding.code in now:
            wider[coding.code] += 1
    if not wider:
        return ()
    return (
        Message(
            "{count} {count:coding|codings} of {codes} {count:was|were} given before the code was split, when it meant "
            "more: {count:it counts|they count} with the part that kept the name. Look at those passages again.",
            count=wider.total(),
            codes=", ".join(wider),
        ),
    )


def _became(today: Codebook, then: Codebook) -> dict[str, tuple[str, ...]]:
    """What every code of an earlier codebook is called today, by the changes made since."""
    since = [crossing for crossing in today.crosswalk if crossing not in then.crosswalk]
    return {code.id: tuple(c for c in followed(since, code.id) if c in today) for code in then}


def _topics(codebook: Codebook, became: Iterable[Mapping[str, tuple[str, ...]]], level: Level) -> tuple[Topic, ...]:
    if level == "theme":
        return tuple(Topic(theme.id, (theme.id,)) for theme in codebook.themes)
    together: dict[str, set[str]] = {code.id: {code.id} for code in codebook}
    for codes in became:
        for now in codes.values():
            if len(now) > 1:
                joined = set().union(*(together[code] for code in now))
                together |= dict.fromkeys(joined, joined)
    topics: dict[str, Topic] = {}
    for code in codebook:
        members = tuple(other.id for other in codebook if other.id in together[code.id])
        topics.setdefault("+".join(members), Topic("+".join(members), members))
    return tuple(topics.values())


def _could(topic: Topic, became: Mapping[str, tuple[str, ...]], codebook: Codebook, level: Level) -> bool:
    """Whether the codebook of then had a code that is in the topic today."""
    if level == "theme":
        return any(codebook.code(code).theme in topic.members for now in became.values() for code in now)
    return any(code in topic.members for now in became.values() for code in now)


def _lost(code: str, count: int) -> Gap:
    return Gap(
        code,
        (),
        Message(
            "The codebook of today has no single place for the code {code}: {count} "
            "{count:coding is|codings are} left out.",
            code=code,
            count=count,
        ),
    )
