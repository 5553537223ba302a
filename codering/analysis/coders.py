"""Whose codings count. Counting those of two coders together would count what both saw twice as certain.

One set of codings makes one result: for every transcript, the codings of one coder. Which coder that is, is a choice,
and every table says it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from codering.codings import Coding
from codering.errors import CoderingError, Message
from codering.transcripts import Transcript


@dataclass(frozen=True, slots=True)
class CodingSet:
    """The codings that count.

    Attributes
    ----------
    codings
        For each transcript of one coder only.
    coder_of
        By transcript, whose codings count; transcripts that nobody looked at are absent.
    overlap
        Transcripts that more than one coder looked at.
    notes
        What a reader of the results must know about it.
    in_part
        Whether turns of these transcripts are unread, so that what is counted is a minimum.
    """

    codings: tuple[Coding, ...]
    coder_of: tuple[tuple[str, str], ...]
    overlap: tuple[str, ...]
    notes: tuple[Message, ...]
    in_part: bool = False

    def among(self, transcripts: Sequence[Transcript]) -> tuple[Transcript, ...]:
        """Those to count in: that somebody whose codings count looked at, or all if nobody looked at any.

        What nobody has looked at yet is not a group in which nothing was said.
        """
        known = dict(self.coder_of)
        return tuple(t for t in transcripts if t.name in known) or tuple(transcripts)


def counted_codings(
    codings: Sequence[Coding],
    looked: Mapping[str, Mapping[str, int]] | None = None,
    *,
    coder: str | None = None,
    first: str | None = None,
    transcripts: Collection[str] = (),
) -> CodingSet:
    """Choose the codings that count.

    Parameters
    ----------
    codings
        Of all coders.
    looked
        By coder (in the order in which they began), by transcript: how many turns the coder read or coded there. None
        to know only of the turns that they coded.
    coder
        Whose codings count, and nobody else's. None to leave it to the rule: where one coder looked, that coder; where
        several did, `first`, or without it the one of them who looked at most turns in the whole project.
    first
        Who goes before others where several looked, for example whoever decided the disagreements of a part that was
        coded twice. Elsewhere the rule holds.
    transcripts
        Names of all transcripts of the project, so that those that are left out can be named.

    Raises
    ------
    CoderingError
        If the project has no such coder.
    """
    if looked is None:
        looked = _coded(codings)
    missing = [one for one in (coder, first) if one is not None and one not in looked]
    if missing:
        raise CoderingError(
            "There is no coder named {coder} in this project. It has: {known}.",
            coder=missing[0],
            known=", ".join(looked) or "-",
        )
    seen = sorted({name for own in looked.values() for name in own})
    by_transcript = {t: [c for c in looked if t in looked[c]] for t in seen}
    overlap = tuple(t for t, coders in by_transcript.items() if len(coders) > 1)
    if coder is not None:
        coder_of = dict.fromkeys(looked[coder], coder)
    else:
        extent = {c: sum(own.values()) for c, own in looked.items()}
        # Of equals the first in `looked`: whoever began earlier.
        coder_of = {
            t: first if first in coders else max(coders, key=lambda c: extent[c]) for t, coders in by_transcript.items()
        }
    kept = tuple(c for c in codings if coder_of.get(c.segment.transcript) == c.coder)
    left_out = [name for name in dict.fromkeys((*transcripts, *seen)) if name not in coder_of] if coder_of else []
    by_rule = () if coder is not None else tuple(t for t in overlap if coder_of[t] != first)
    notes = _notes(coder_of, by_rule, left_out)
    return CodingSet(kept, tuple(sorted(coder_of.items())), overlap, notes)


def _coded(codings: Sequence[Coding]) -> dict[str, dict[str, int]]:
    turns = {(c.coder, c.segment.transcript, c.segment.turn) for c in codings}
    looked: dict[str, dict[str, int]] = {coding.coder: {} for coding in codings}
    for coder, transcript, _ in turns:
        looked[coder][transcript] = looked[coder].get(transcript, 0) + 1
    return looked


def _notes(coder_of: Mapping[str, str], by_rule: Sequence[str], left_out: Sequence[str]) -> tuple[Message, ...]:
    groups = Counter(coder_of.values())
    who = ", ".join(f"{coder} ({count})" for coder, count in groups.most_common())
    if not who:
        return (Message("Nobody has decided anything yet, so there is nothing to count: suggestions are no results."),)
    notes = [Message("Codings: what people decided; between brackets in how many groups: {coders}.", coders=who)]
    if left_out:
        notes.append(
            Message(
                "Left out, since nobody whose codings count has read them: {count} {count:group|groups} ({names}).",
                count=len(left_out),
                names=", ".join(left_out),
            )
        )
    if by_rule:
        notes.append(
            Message(
                "{count} {count:group was|groups were} coded by more than one coder. There the codings count of "
                "whoever read most of the project; nothing counts twice. You can choose the coder yourself.",
                count=len(by_rule),
            )
        )
    return tuple(notes)
