"""What a changed codebook suggests that it did not suggest before, and the other way round.

A researcher who changes a rule wants to see at once what it brings. So a :class:`Rehearsal` keeps what every rule found
with the codebook as it was; for a changed codebook it looks only for the rules that changed, and for the few that see
what other rules suggest. The result is that of a full run (a test compares them).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

from codering.codebooks import Codebook, Rule
from codering.codings import STANCES, Stance, Suggestion
from codering.errors import Message
from codering.language.words import Lexicon
from codering.patterns import Block, Pattern, parts
from codering.suggest.rules import RuleSuggester, batches
from codering.suggest.verify import Hit
from codering.tables import Column, Kind, Table
from codering.transcripts import Segment, Transcript

_Key = tuple[str, int, str]
"""Transcript, turn and code."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A turn that gains or loses a code, or carries it with another stance.

    Attributes
    ----------
    segment
        The words that are suggested, or were.
    code, stance
        What is suggested of them; the stance that it has now, or had last.
    rules
        Ids of the rules that do so.
    before
        The stance that it had, where only that changes; None otherwise.
    """

    segment: Segment
    code: str
    stance: Stance
    rules: tuple[str, ...]
    before: Stance | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a changed codebook suggests that the old one did not, and the other way round.

    Attributes
    ----------
    gained, lost
        Turns that get a code that they did not have, and the other way round; by transcript and turn.
    changed
        Turns that keep a code with another stance.
    kept
        How many turns keep a code with its stance.
    """

    gained: tuple[Change, ...]
    lost: tuple[Change, ...]
    changed: tuple[Change, ...]
    kept: int


class Rehearsal:
    """A codebook played on transcripts, to compare changed versions of it with. May be used from several threads.

    Parameters
    ----------
    codebook
        As it is.
    transcripts
        What it is played on.
    """

    def __init__(self, codebook: Codebook, transcripts: Sequence[Transcript]) -> None:
        self._codebook: Final = codebook
        self._batches: Final = tuple(map(tuple, batches(transcripts)))
        self._lexicon: Final = Lexicon()
        self._lock: Final = Lock()
        suggester = RuleSuggester(codebook, lexicon=self._lexicon)
        self._hits: Final[list[dict[str, list[Hit]]]] = []
        before: list[Suggestion] = []
        for some in self._batches:
            batch = suggester.batch(some)
            plain = suggester.plain_hits(batch)
            self._hits.append(_by_rule(plain))
            before += suggester.weighed(plain, batch)
        self._before: Final = tuple(before)

    def suggest(self, changed: Codebook) -> tuple[Suggestion, ...]:
        """What a changed codebook suggests; the same as a run of all its rules."""
        same = unchanged(self._codebook, changed)
        found: list[Suggestion] = []
        with self._lock:
            suggester = RuleSuggester(changed, lexicon=self._lexicon, leave_out=same)
            for some, known in zip(self._batches, self._hits, strict=True):
                batch = suggester.batch(some)
                fresh = _by_rule(suggester.plain_hits(batch))
                plain = [hit for _, rule in changed.rules() for hit in (known if rule.id in same else fresh)[rule.id]]
                found += suggester.weighed(plain, batch)
        return tuple(found)

    def difference(self, changed: Codebook) -> Difference:
        """What the change brings."""
        return compare(self._before, self.suggest(changed))


def unchanged(before: Codebook, after: Codebook) -> frozenset[str]:
    """Ids of the rules that find in `after` what they found in `before`, whatever other rules do.

    A rule is as it was if it stands under the same code, reads the same, and uses only building blocks that are as
    they were. Rules that look at what others suggest are never among them. None is if a topic changed: while one theme
    is talked of, rules of others keep silent.
    """
    blocks = _changed_blocks(dict(before.blocks), dict(after.blocks))
    topics = [{(theme.id, theme.core, topic) for theme, topic in book.topics()} for book in (before, after)]
    if topics[0] != topics[1] or not blocks.isdisjoint(name for _, _, topic in topics[1] for name in _named(topic)):
        return frozenset()
    old = {rule.id: (code.id, rule) for code, rule in before.rules()}
    return frozenset(
        rule.id
        for code, rule in after.rules()
        if old.get(rule.id) == (code.id, rule)
        and not (rule.context is not None and rule.context.sees_others)
        and blocks.isdisjoint(name for pattern in _patterns(rule) for name in _named(pattern))
    )


def compare(before: Iterable[Suggestion], after: Iterable[Suggestion]) -> Difference:
    """Compare two runs over the same transcripts, turn by turn and code by code."""
    old, new = _by_key(before), _by_key(after)
    both = old.keys() & new.keys()
    turned = {key for key in both if old[key][0].stance is not new[key][0].stance}
    return Difference(
        gained=tuple(sorted(_change(new[key]) for key in new.keys() - old.keys())),
        lost=tuple(sorted(_change(old[key]) for key in old.keys() - new.keys())),
        changed=tuple(sorted(_change(new[key], old[key][0].stance) for key in turned)),
        kept=len(both) - len(turned),
    )


def diff(before: Codebook, after: Codebook, transcripts: Sequence[Transcript]) -> Difference:
    """Compare what two codebooks suggest."""
    return compare(*(RuleSuggester(book).suggest(transcripts) for book in (before, after)))


def difference_table(difference: Difference, transcripts: Iterable[Transcript], labels: Mapping[str, str]) -> Table:
    """A row for each turn that gains or loses a code, or carries it with another stance."""
    by_name = {transcript.name: transcript for transcript in transcripts}
    changes = [
        *((Message("gained"), change) for change in difference.gained),
        *((Message("lost"), change) for change in difference.lost),
        *((Message("other stance"), change) for change in difference.changed),
    ]
    return Table(
        key="difference",
        title="What the change brings",
        columns=(
            Column("change", "Change"),
            Column("transcript", "Transcript"),
            Column("turn", "Turn", Kind.COUNT),
            Column("code", "Code"),
            Column("stance", "Stance"),
            Column("rules", "Rules"),
            Column("quote", "Quotation", Kind.LONG),
        ),
        rows=tuple(
            (
                kind,
                change.segment.transcript,
                change.segment.turn,
                labels.get(change.code, change.code),
                STANCES[change.stance],
                ", ".join(change.rules),
                by_name[change.segment.transcript].quote(change.segment),
            )
            for kind, change in changes
        ),
        notes=(
            Message(
                "{gained} gained, {lost} lost, {changed} with another stance; {kept} stay as they are.",
                gained=len(difference.gained),
                lost=len(difference.lost),
                changed=len(difference.changed),
                kept=difference.kept,
            ),
        ),
    )


def _by_rule(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        found[hit.rule.rule.id].append(hit)
    return found


def _by_key(suggestions: Iterable[Suggestion]) -> dict[_Key, list[Suggestion]]:
    """Suggestions by turn and code, the best first; of one code in one turn all have the same stance, or nearly so."""
    found: dict[_Key, list[Suggestion]] = defaultdict(list)
    for one in suggestions:
        found[one.segment.transcript, one.segment.turn, one.code].append(one)
    return {key: sorted(some, key=lambda one: (-one.score, one.source)) for key, some in found.items()}


def _change(suggestions: Sequence[Suggestion], before: Stance | None = None) -> Change:
    best = suggestions[0]
    rules = tuple(sorted({one.source.removeprefix("rule:") for one in suggestions}))
    return Change(best.segment, best.code, best.stance, rules, before)


def _changed_blocks(before: Mapping[str, Pattern], after: Mapping[str, Pattern]) -> set[str]:
    """Building blocks that are not what they were, themselves or by a block that they use."""
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    more = True
    while more:
        used = {name for name, pattern in after.items() if not changed.isdisjoint(_named(pattern))}
        more = not used <= changed
        changed |= used
    return changed


def _patterns(rule: Rule) -> Iterable[Pattern]:
    asked = (rule.context.question, rule.context.topic) if rule.context is not None else ()
    before = (pattern for pattern in asked if pattern is not None)
    return (rule.pattern, *rule.unless, *rule.unless_in_turn, *rule.requires, *before)


def _named(pattern: Pattern) -> Iterable[str]:
    return (part.name for part in parts(pattern) if isinstance(part, Block))
