"""In which turns a rule may fire at all: who speaks, how long, after which question."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from codering.patterns import Context
from codering.suggest.hearing import Batch
from codering.suggest.matching import Match, Node, Region
from codering.suggest.places import Turns
from codering.transcripts import Attributes, Speaker

_COMPARISON: Final = re.compile(r"(>=|<=|>|<|=)?\s*(.+)", re.DOTALL)
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
            turns = turns & _after(node, before, batch)
    return turns


def _after(node: Node, before: npt.NDArray[np.int64], batch: Batch) -> Turns:
    """The turns with a pattern in the moderator's turn before them; many rules ask for the same."""
    key = (node, before is batch.topics)
    found = batch.after.get(key)
    if found is None:
        found = batch.after[key] = asked(node, batch)[before] & (before >= 0)
    return found


def asked(node: Node, batch: Batch) -> Turns:
    """The moderators' turns in which a pattern stands; worked out once for a batch.

    Most are known from the index; only in the others the pattern is looked for.
    """
    found = batch.asked.get(node)
    if found is None:
        speech, moderators = batch.speech, ~batch.coded
        if not node.possible(speech):
            found = batch.asked[node] = np.zeros(len(moderators), dtype=bool)
            return found
        found = batch.asked[node] = speech.turns_of(node.surely(speech)) & moderators
        for turn, low, high, part in node.regions(speech, moderators & ~found):
            if not found[turn] and part.find(speech, low, high):
                found[turn] = True
    return found


def words_asked(node: Node, batch: Batch, turn: int) -> Match | None:
    """The first words of a moderator's turn that are a pattern; None if none are, or the turn is -1."""
    words = batch.questions.get((node, turn))
    if words is None:
        if turn < 0 or not asked(node, batch)[turn]:
            return None
        found = (part.find(batch.speech, low, high) for _, low, high, part in _regions_in(node, batch, turn))
        words = batch.questions[node, turn] = next(filter(None, found))[0]
    return words


def _regions_in(node: Node, batch: Batch, turn: int) -> Iterable[Region]:
    """Where a pattern may stand in one turn."""
    speech = batch.speech
    if not node.local:
        only = np.zeros(len(batch.turns), dtype=bool)
        only[turn] = True
        return node.regions(speech, only)
    may, bounds = node.mask(speech), speech.sentences
    return ((turn, bounds[s], bounds[s + 1], node) for s in batch.sentences(turn) if may[s])


def talked_of(topics: Collection[Node], batch: Batch) -> npt.NDArray[np.int64]:
    """For each turn the moderator's turn that opened what is being talked of; -1 if none did.

    A topic stays until the moderator opens another or leaves it (:mod:`codering.suggest.moderating`).

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
    none = np.zeros(len(batch.turns), dtype=bool)
    opening = np.logical_or.reduce([none, *(asked(topic, batch) for topic in topics)])
    opening |= batch.leaving
    found: list[int] = []
    last = -1
    for turn, (first, opens) in enumerate(zip(batch.opens, opening.tolist(), strict=True)):
        last = last if last >= first else -1
        found.append(last)
        if opens:
            last = turn
    return np.array(found, dtype=np.int64)


def talked_of_within(topics: Mapping[str, Collection[Node]], batch: Batch) -> dict[str, Turns]:
    """The turns in which what the group talks of is known as a theme's topic.

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
    return {
        theme: np.append(np.logical_or.reduce([asked(node, batch) for node in nodes]), False)[batch.topics]
        for theme, nodes in topics.items()
    }


def talked_of_elsewhere(within: Mapping[str, Turns], batch: Batch) -> dict[str, Turns]:
    """The turns in which what the group talks of is known as another theme's topic, and not as the theme's own.

    Who names a word of a theme then, is mostly making a joke of it or telling something else.

    Parameters
    ----------
    within
        By theme, where its own topic is being talked of.
    batch
        The turns.

    Returns
    -------
    for each theme whether it is so, ``(t,)``
    """
    any_theme = np.logical_or.reduce([np.zeros(len(batch.topics), dtype=bool), *within.values()])
    return {theme: any_theme & ~own for theme, own in within.items()}


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
