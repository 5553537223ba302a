"""Was everything read? What was reviewed in part gives counts that are a minimum, and that must be said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from codering.analysis.frequencies import spoken
from codering.codebooks import Codebook
from codering.codings import Decision, standing
from codering.errors import Message
from codering.tables import Column, Kind, Table
from codering.transcripts import Transcript


@dataclass(frozen=True, slots=True)
class Unread:
    """What was not read, of the groups that count.

    Attributes
    ----------
    turns
        Participants' turns that the coder whose codings count has not looked at.
    of
        Participants' turns in all.
    transcripts
        Groups that were read in part.
    """

    turns: int
    of: int
    transcripts: tuple[str, ...]

    @property
    def note(self) -> Message | None:
        """What a reader of counts must know; None if everything was read."""
        if not self.turns:
            return None
        return Message(
            "Not everything has been read: {unread} of {turns} {turns:turn|turns}, in {groups} "
            "{groups:group|groups}. What is counted is what was found so far, a minimum; see the estimated "
            "totals.",
            unread=self.turns,
            turns=self.of,
            groups=len(self.transcripts),
        )


def unread(transcripts: Sequence[Transcript], decisions: Iterable[Decision], coder_of: Mapping[str, str]) -> Unread:
    """Find what the coders whose codings count have not read.

    Parameters
    ----------
    transcripts
        Groups that count.
    decisions
        Of everyone.
    coder_of
        By transcript, whose codings count.

    Notes
    -----
    A coder who marked turns of a transcript as read, or answered suggestions there, has read those turns and the ones
    that they coded. A coder who did neither only coded by hand, or came with codings from elsewhere, and is taken to
    have read the whole transcript.
    """
    touched: dict[str, set[int]] = defaultdict(set)
    in_part: set[str] = set()
    for decision in standing(decisions):
        place = decision.segment
        if place is not None and coder_of.get(place.transcript) == decision.coder:
            touched[place.transcript].add(place.turn)
            if decision.code is None or decision.suggestion is not None:
                in_part.add(place.transcript)
    whole, left, names = 0, 0, []
    for transcript in transcripts:
        own = {turn.number for turn in spoken(transcript)}
        whole += len(own)
        if transcript.name in in_part and (missing := own - touched[transcript.name]):
            left += len(missing)
            names.append(transcript.name)
    return Unread(left, whole, tuple(names))


def totals_table(
    rows: Sequence[tuple[str, int, float, int, int, int, int, int]],
    codebook: Codebook,
    *,
    language: str,
    what: Sequence[Message],
) -> Table:
    """Lay out what was found beside what there is in all, by estimate.

    Parameters
    ----------
    rows
        Id, turns found, estimated total (NaN without one), lower and upper end of its interval, turns read at random,
        those of them that carry it, turns that are unread.
    """
    columns = (
        Column("label", "Label"),
        Column("id", "Id"),
        Column("found", "Turns found", Kind.COUNT),
        Column("total", "Estimated turns in all", Kind.NUMBER),
        Column("low", "At least", Kind.COUNT),
        Column("high", "At most", Kind.COUNT),
        Column("drawn", "Read at random", Kind.COUNT),
        Column("hits", "Of which carry it", Kind.COUNT),
        Column("unread", "Unread", Kind.COUNT),
    )
    shown = tuple((codebook.code(row[0]).label.in_language(language), *row) for row in rows)
    notes = [
        *what,
        Message(
            "Found: turns that a person coded, confirmed and denied together. Estimated: the number of turns in all "
            "with which what the turns read at random brought is most likely. Between at least and at most lies the "
            "total with 95% confidence, for each by itself. This is about all transcripts of the project, unread ones "
            "included."
        ),
    ]
    if not any(row[5] for row in rows):
        notes.append(
            Message(
                "No turn was read at random, so the total cannot be estimated: it lies between what was found and that "
                "with all unread turns. Let codering draw turns and read those."
            )
        )
    return Table("totals", "Estimated totals", columns, shown, tuple(notes))
