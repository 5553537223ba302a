"""How far a coder is: with each transcript and code, and which transcript comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from codering.project.asking import Asking, item_of
from codering.project.reviewing import WithReview
from codering.review import Filters, Order

if TYPE_CHECKING:
    from codering.codings import Suggestion
    from codering.store import Store
    from codering.transcripts import Transcript

_REMEMBERED: Final = 20


class Standing(StrEnum):
    """How far a coder is with a transcript."""

    UNTOUCHED = "untouched"
    """They decided nothing there, or took it all back."""
    BEGUN = "begun"
    """They decided something, and something still asks for a decision."""
    ANSWERED = "answered"
    """No suggestion asks for a decision any more, but not every turn was marked as read."""
    FINISHED = "finished"
    """And every turn was; or, while it is coded blind: they said to be done with it."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How far a coder is with a transcript or a code.

    Attributes
    ----------
    key
        The name of the transcript or the id of the code.
    done, total
        Suggestions that are settled, and all that hold now: "12/87".
    read, turns
        Of a transcript: participants' turns with words that the coder marked as read, and all. Of a code: 0.
    begun
        Of a transcript: whether the coder decided anything there that holds.
    declared
        Of a transcript that is still coded blind: whether the coder said to be done with it; otherwise None.
    """

    key: str
    done: int
    total: int
    read: int = 0
    turns: int = 0
    begun: bool = False
    declared: bool | None = None

    @property
    def open(self) -> int:
        """How many suggestions still ask for a decision."""
        return self.total - self.done

    @property
    def standing(self) -> Standing:
        """How far the coder is with the transcript.

        Where nothing is suggested there is nothing to answer: such a transcript is finished once it was read.
        """
        unread = self.read < self.turns
        if self.declared or (self.declared is None and not self.open and not unread):
            return Standing.FINISHED
        if self.declared is None and self.total and not self.open:
            return Standing.ANSWERED
        return Standing.BEGUN if self.begun else Standing.UNTOUCHED

    @property
    def waits(self) -> bool:
        """Whether the transcript asks for something of the coder that does not end with reading on."""
        return self.standing in (Standing.UNTOUCHED, Standing.BEGUN)


class WithStandings(WithReview):
    """A project that knows how far each coder is."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._grouped: dict[int, tuple[tuple[Suggestion, ...], dict[str, tuple[Suggestion, ...]]]] = {}
        self._spoken: dict[str, tuple[Transcript, frozenset[int]]] = {}

    def progress(self, *, coder: str, by: str = "transcript", filters: Filters | None = None) -> tuple[Reviewed, ...]:
        """How far a coder is: settled suggestions of all that hold now, by transcript or by code.

        Parameters
        ----------
        coder
            Who.
        by
            ``transcript`` or ``code``; in the project's order and the codebook's order. Codes without any suggestion
            are left out.
        filters
            Which suggestions count; None for all.

        Notes
        -----
        By transcript it costs what the coder decided since it was last asked, so that a page may ask after every key.
        """
        asking = self._asking(coder, Order.PLACE, filters)
        if by == "code":
            return self._by_code(asking)
        declared = self._declared(coder, asking.hidden)
        grouped = self._by_transcript(asking.wanted)
        found = []
        for name, transcript in asking.transcripts.items():
            wanted, spoken = grouped.get(name, ()), self._spoken_of(transcript)
            read = asking.openness.read(name)
            found.append(
                Reviewed(
                    name,
                    asking.openness.settled_among(name, wanted),
                    len(wanted),
                    len(spoken & read) if read else 0,
                    len(spoken),
                    asking.openness.begun(name),
                    declared.get(name),
                )
            )
        return tuple(found)

    def upcoming(
        self, transcript: str, *, coder: str, filters: Filters | None = None, rows: tuple[Reviewed, ...] | None = None
    ) -> tuple[Reviewed, ...]:
        """The other transcripts that ask for something of a coder, from this one on and then from the first.

        Parameters
        ----------
        transcript
            Where the coder is.
        coder
            Who.
        filters
            Which suggestions the coder goes through, in whatever transcript. With all of them (None) a transcript in
            which nothing is suggested asks to be read; with some of them only their suggestions ask for something, and
            what is coded blind.
        rows
            What :meth:`progress` said of all suggestions just now, if it was asked.
        """
        chosen = filters or Filters()
        asked = Filters(None, chosen.code, chosen.theme, chosen.source, chosen.minimum)
        every = asked == Filters()
        if rows is None or not every:
            rows = self.progress(coder=coder, filters=asked)
        at = next((number for number, row in enumerate(rows) if row.key == transcript), -1) + 1
        others = [row for row in (*rows[at:], *rows[:at]) if row.key != transcript]
        return tuple(row for row in others if (row.waits if every or row.declared is not None else row.open))

    def marked_read(self, transcript: str, *, coder: str) -> frozenset[int]:
        """The numbers of the turns of a transcript that this coder marked as read."""
        read = self._asking(coder, Order.PLACE, Filters()).openness.read(transcript)
        if not read:
            return read
        return read.intersection(turn.number for turn in self.transcript(transcript).participant_turns())

    def _by_code(self, asking: Asking) -> tuple[Reviewed, ...]:
        total: Counter[str] = Counter()
        done: Counter[str] = Counter()
        for one in asking.wanted:
            total[one.code] += 1
            done[one.code] += not asking.is_open(item_of(one))
        known = [code.id for code in self.codebook]
        keys = [*(key for key in known if key in total), *sorted(total.keys() - set(known))]
        return tuple(Reviewed(key, done[key], total[key]) for key in keys)

    def _declared(self, coder: str, hidden: frozenset[str]) -> Mapping[str, bool]:
        """Of transcripts that are still coded blind: whether the coder said to be done."""
        return {name: coder in self.done_with(name) for name in hidden}

    def _by_transcript(self, wanted: tuple[Suggestion, ...]) -> Mapping[str, tuple[Suggestion, ...]]:
        """Suggestions by transcript, as sorted out before if they are the same ones."""
        known = self._grouped.get(id(wanted))
        if known is None:
            groups: dict[str, list[Suggestion]] = {}
            for one in wanted:
                groups.setdefault(one.segment.transcript, []).append(one)
            known = (wanted, {name: tuple(group) for name, group in groups.items()})
            if len(self._grouped) > _REMEMBERED:
                self._grouped = {}
            self._grouped[id(wanted)] = known  # with what was sorted out, so that no other gets its identity
        return known[1]

    def _spoken_of(self, transcript: Transcript) -> frozenset[int]:
        """The numbers of the turns of participants that hold words."""
        known = self._spoken.get(transcript.name)
        if known is None or known[0] is not transcript:
            known = (transcript, frozenset(turn.number for turn in transcript.spoken_turns()))
            self._spoken[transcript.name] = known
        return known[1]
