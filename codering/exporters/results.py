"""What an export may show, and the verbatim gate: every quotation is checked before a file is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from codering.codebooks import Codebook
from codering.codings import Coding, Suggestion
from codering.errors import ExportError, Message, Problem
from codering.exporters.document import Grid, Picture
from codering.tables import Table
from codering.transcripts import Segment, Transcript


@dataclass(frozen=True, slots=True)
class Source:
    """What was read from one file.

    Attributes
    ----------
    file, format
        The name of the file, and the reader that read it.
    words_in, words_out
        Words of speech in the file, and in the turns; None if unknown.
    problems
        What the reader reported.
    text_hash
        Of the transcript's words when they were read (:attr:`codering.transcripts.Transcript.hash`); empty if unknown.
    """

    file: str
    format: str
    words_in: int | None
    words_out: int | None
    problems: tuple[Problem, ...] = ()
    text_hash: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words from a transcript, with what was said of them.

    Attributes
    ----------
    item
        The coding, or the suggestion that nobody decided on.
    transcript
        Where the words stand.
    words
        Verbatim: exactly the characters at the segment.
    """

    item: Coding | Suggestion
    transcript: Transcript
    words: str

    @property
    def reviewed(self) -> bool:
        """Whether a person decided."""
        return isinstance(self.item, Coding)

    @property
    def source(self) -> str:
        """Who or what says so: the coder, or the rule or model."""
        return self.item.coder if isinstance(self.item, Coding) else self.item.source


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the results beyond frequencies: waves, coders, what was missed.

    Attributes
    ----------
    key, title
        Stable name; heading, an English template.
    paragraphs
        What is said about the tables, each of sentences.
    tables
        All there is, for a workbook.
    grids
        What of it a reader of a report wants; nothing if it is for the workbook only.
    """

    key: str
    title: str
    paragraphs: tuple[tuple[Message, ...], ...] = ()
    tables: tuple[Table, ...] = ()
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """What an export shows.

    Attributes
    ----------
    project
        Its name.
    made
        When, ISO 8601.
    codebook, transcripts
        In the project's order.
    sources
        By transcript name, what was read.
    codings
        What coders decided.
    suggestions
        What machines propose and nobody has decided on; never counted together with codings.
    tables
        Frequencies, already counted, in the order in which they are shown.
    version
        Of codering.
    counted
        Ids of the codings that the tables count; others are passages of coders whose codings do not count.
    chosen
        Ids of the codings that somebody chose for the report.
    sections
        What there is beyond frequencies.
    pictures
        By the key of a table, a chart of it.
    times
        By the id of a coding, when it was made (ISO 8601, UTC).
    base
        Names of the transcripts that the tables count in; others nobody whose codings count has looked at. Empty for
        all.
    fewest
        Numbers of fewer participants are left out of tables and charts, with what would give them away; 0 leaves
        nothing out.
    machines
        The kinds of what made suggestions in the project: ``rule``, ``learned``.
    decided
        The names of sets in which was decided what coders differ on: they stand where a coder stands, and are none.
    """

    project: str
    made: str
    codebook: Codebook
    transcripts: tuple[Transcript, ...]
    sources: dict[str, Source]
    codings: tuple[Coding, ...]
    suggestions: tuple[Suggestion, ...]
    tables: tuple[Table, ...]
    version: str
    counted: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()
    sections: tuple[Section, ...] = ()
    pictures: tuple[tuple[str, Picture], ...] = ()
    times: Mapping[str, str] = field(default_factory=dict)
    base: frozenset[str] = frozenset()
    fewest: int = 0
    machines: frozenset[str] = frozenset()
    decided: frozenset[str] = frozenset()

    @property
    def own(self) -> tuple[Coding, ...]:
        """The codings that coders gave by themselves."""
        return tuple(one for one in self.codings if one.coder not in self.decided)

    @property
    def counted_in(self) -> tuple[Transcript, ...]:
        """The transcripts that numbers are a share of."""
        return tuple(t for t in self.transcripts if not self.base or t.name in self.base)

    def quotations(self) -> tuple[Quotation, ...]:
        """Every coding, then every suggestion, with its words; in the codebook's order, then by place.

        Raises
        ------
        ExportError
            If a segment does not lie in its transcript, or a transcript no longer holds the words that were read: the
            export stops and says which.
        """
        by_name = {transcript.name: transcript for transcript in self.transcripts}
        order = {code.id: index for index, code in enumerate(self.codebook)}
        items: Sequence[Coding | Suggestion] = (*self.codings, *self.suggestions)
        problems = [_altered(transcript) for transcript in self.transcripts if self._is_altered(transcript)]
        if problems:
            raise ExportError(
                "The words of a transcript are not those that were read; nothing was written.", tuple(problems)
            )
        problems = [
            _misplaced(segment)
            for segment in dict.fromkeys(item.segment for item in items)
            if not _lies_in(segment, by_name)
        ]
        if problems:
            raise ExportError("Some passages do not lie in their transcript; nothing was written.", tuple(problems))
        quotations = (Quotation(item, by_name[item.segment.transcript], _words(item, by_name)) for item in items)
        return tuple(
            sorted(quotations, key=lambda q: (not q.reviewed, order.get(q.item.code, len(order)), q.item.segment))
        )

    def _is_altered(self, transcript: Transcript) -> bool:
        """Whether the words are others than when they were read, of which offsets alone cannot tell."""
        source = self.sources.get(transcript.name)
        return source is not None and source.text_hash not in ("", transcript.hash)


def _lies_in(segment: Segment, by_name: dict[str, Transcript]) -> bool:
    transcript = by_name.get(segment.transcript)
    if transcript is None or not 1 <= segment.turn <= len(transcript.turns):
        return False
    return segment.end <= len(transcript.turn(segment.turn).text)


def _misplaced(segment: Segment) -> Problem:
    return Problem(
        segment.transcript,
        "",
        "turn {turn} has no characters {start} to {end}.",
        turn=segment.turn,
        start=segment.start,
        end=segment.end,
    )


def _altered(transcript: Transcript) -> Problem:
    return Problem(
        transcript.name,
        "",
        "these are not the words that were read: something other than codering changed the project file. Put a backup "
        "back, or make a new project from the transcripts.",
    )


def _words(item: Coding | Suggestion, by_name: dict[str, Transcript]) -> str:
    return by_name[item.segment.transcript].quote(item.segment)
