"""In which turns a rule may fire at all: who speaks, how long, after which question."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from codering.patterns import Context
from codering.suggest.hearing import Batch
from codering.suggest.matching import Match, Node
from codering.suggest.speech import Turns
from codering.transcripts import Attributes, Speaker

_COMPARISON: Final = re.compile(r"(>=|<=|>|<|=)?\s*(.+)", re.DOTALL)
ASIDE: Final = 3
"""Words of a moderator's turn that leave the topic as it is, unless it opens another."""

_NUMBER: Final = re.compile(r"-?\d+(?:[.,]\d+)?")


def eligible(context: Context | None, question: Node | None, topic: Node | None, batch: Batch) -> Turns:
    """The turns of participants that have the length, the speaker and the question before that a rule wants."""
    turns = batch.coded
    if context is None:
        return turns
    if context.longest is not None:
        turns = turns & (batch.lengths <= context.longest)
    if context.shortest is not None:
        turns = turns & (batch.lengths >= context.shortest)
    if context.states:
        turns = turns & ~batch.asking
    if context.speaker:
        turns = turns & _spoken_by(context.speaker, batch)
    for node, before in ((question, batch.moderated), (topic, batch.topics)):
        if node is not None:
            asked = np.zeros(len(turns) + 1, dtype=bool)  # one more, for turns that follow no question: -1
            asked[[*questions(node, batch)]] = True
            turns = turns & asked[before]
    return turns


def questions(node: Node, batch: Batch) -> dict[int, Match]:
    """The moderators' turns in which a pattern stands, with the words; worked out once for a batch."""
    found = batch.questions.get(node)
    if found is None:
        found = batch.questions[node] = {}
        for turn, low, high, part in node.regions(batch.speech, ~batch.coded):
            if turn not in found and (matches := part.find(batch.speech, low, high)):
                found[turn] = matches[0]
    return found


def talked_of(topics: Collection[Node], batch: Batch) -> npt.NDArray[np.int64]:
    """For each turn the moderator's turn that opened what is being talked of; -1 if none did.

    A topic stays until the moderator opens another, or speaks at some length of something else. "En toen?" leaves it.

    Parameters
    ----------
    topics
        All that rules know as topics.
    batch
        The turns.

    Returns
    -------
    numbers of turns, ``(t,)``
    """
    opening = {turn for topic in topics for turn in questions(topic, batch)}
    found = np.full(len(batch.turns), -1, dtype=np.int64)
    last = -1
    for turn, first in enumerate(batch.opens):
        last = last if last >= first else -1
        found[turn] = last
        if turn in opening or (not batch.coded[turn] and batch.lengths[turn] > ASIDE):
            last = turn
    return found


def talked_of_elsewhere(topics: Mapping[str, Collection[Node]], batch: Batch) -> dict[str, Turns]:
    """The turns in which what the group talks of is known as another theme's topic, and not as the theme's own.

    Who names a word of a theme then, is mostly making a joke of it or telling something else.

    Parameters
    ----------
    topics
        By theme, what its rules know as topics.
    batch
        The turns, with what is being talked of.

    Returns
    -------
    for each theme whether it is so, ``(t,)``
    """
    opened = {
        theme: np.isin(batch.topics, [*{turn for node in nodes for turn in questions(node, batch)}])
        for theme, nodes in topics.items()
    }
    any_theme = np.logical_or.reduce([np.zeros(len(batch.topics), dtype=bool), *opened.values()])
    return {theme: any_theme & ~own for theme, own in opened.items()}


def is_speaker(speaker: Speaker, wanted: Attributes) -> bool:
    """Whether a speaker has attributes; ``>=10`` and the like compare numbers, anything else texts, case aside.

    An attribute that is unknown is not there.
    """
    return all(_compares(speaker.attribute(name), value) for name, value in wanted)


def _spoken_by(wanted: Attributes, batch: Batch) -> Turns:
    known: dict[tuple[str, str], bool] = {}
    found = np.zeros(len(batch.turns), dtype=bool)
    for place, (transcript, turn) in enumerate(batch.turns):
        key = (transcript.name, turn.speaker)
        if key not in known:
            known[key] = is_speaker(transcript.speaker(turn.speaker), wanted)
        found[place] = known[key]
    return found


def _compares(found: str | None, wanted: str) -> bool:
    parsed = _COMPARISON.fullmatch(wanted.strip())
    if found is None or parsed is None:
        return False
    sign, value = parsed.groups()
    if sign in (None, "="):
        return found.strip().casefold() == value.strip().casefold()
    number, bound = _NUMBER.search(found), _NUMBER.search(value)
    if number is None or bound is None:
        return False
    left, right = (float(part.group().replace(",", ".")) for part in (number, bound))
    return {">": left > right, ">=": left >= right, "<": left < right, "<=": left <= right}[sign]
