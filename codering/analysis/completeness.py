"""Was everything read? What was reviewed in part gives counts that are a minimum, and that must be said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from codering.codebooks import Codebook
from codering.codings import Decision, standing
from codering.errors import Message
from codering.tables import Column, Kind, Table
from codering.transcripts import Place, Transcript


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
            "Not everything has been read: {unread} of {turns} {turns:turn|turns} {unread:has|have} not, in {groups} "
            "{groups:group|groups}. What is counted is what was found so far, a minimum; see the estimated "
            "totals.",
            unread=self.turns,
            turns=self.of,
            groups=len(self.transcripts),
        )


def turns_read(
    decisions: Iterable[Decision], transcripts: Iterable[Transcript], coders: Iterable[str]
) -> dict[str, frozenset[Place]]:
    """By coder, the participants' turns that the coder read; all that is counted or compared rests on this.

    A turn that a coder marked as read, or in which they decided something, was read. A coder who marked nothing in a
    transcript and answered no suggestion there, but only coded by hand or came with codings from elsewhere, is taken to
    have read all of it (see :func:`taken_as_read`). Other turns are unknown: not "no".

    Parameters
    ----------
    decisions
        Of everyone, in order.
    transcripts
        Whose turns may be read; those without words never are.
    coders
        Who.
    """
    touched, in_part = _looked(decisions)
    known = [(one.name, {turn.number for turn in one.spoken_turns()}) for one in transcripts]
    return {
        coder: frozenset(
            (name, number)
            for name, own in known
            if (coder, name) in touched
            for number in (own & touched[coder, name] if (coder, name) in in_part else own)
        )
        for coder in coders
    }


def taken_as_read(decisions: Iterable[Decision]) -> frozenset[tuple[str, str]]:
    """Coders and transcripts of which it is an assumption that the coder read the whole transcript."""
    touched, in_part = _looked(decisions)
    return frozenset(touched.keys() - in_part)


def _looked(decisions: Iterable[Decision]) -> tuple[dict[tuple[str, str], set[int]], set[tuple[str, str]]]:
    """By coder and transcript the turns with decisions; and where some turn was marked or a suggestion answered."""
    touched: dict[tuple[str, str], set[int]] = defaultdict(set)
    in_part: set[tuple[str, str]] = set()
    for decision in standing(decisions):
        if decision.segment is not None:
            where = (decision.coder, decision.segment.transcript)
            touched[where].add(decision.segment.turn)
            if decision.code is None or decision.suggestion is not None:
                in_part.add(where)
    return touched, in_part


def unread(transcripts: Sequence[Transcript], decisions: Iterable[Decision], coder_of: Mapping[str, str]) -> Unread:
    """Find what the coders whose codings count have not read, in the sense of :func:`turns_read`.

    Parameters
    ----------
    transcripts
        Groups that count.
    decisions
        Of everyone.
    coder_of
        By transcript, whose codings count. A transcript of which nobody's count is not read in part: it is left out.
    """
    read = turns_read(decisions, transcripts, set(coder_of.values()))
    whole, left, names = 0, 0, []
    for transcript in transcripts:
        own = {(transcript.name, turn.number) for turn in transcript.spoken_turns()}
        whole += len(own)
        coder = coder_of.get(transcript.name)
        if coder is not None and (missing := own - read[coder]):
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
        Column("total", "Estimated turns in all", Kind.COUNT),
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
