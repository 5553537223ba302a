"""What a project can report: all results together, agreement of coders, exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from codering.codings import Suggestion, standing
from codering.errors import AgreementError
from codering.project.counting import WithCounts

if TYPE_CHECKING:
    from codering.exporters import Results
    from codering.tables import Table
    from codering.texts import Texts


class WithReports(WithCounts):
    """A project's results."""

    def unreviewed(self) -> tuple[Suggestion, ...]:
        """Suggestions that hold now and that nobody has answered: one for each turn, code and stance, the best.

        A turn that somebody read, or coded, has been looked at: what was suggested there and not taken over is no
        longer open.
        """
        seen = {
            (decision.segment.transcript, decision.segment.turn)
            for decision in standing(self.decisions())
            if decision.segment is not None and decision.suggestion is None
        }
        answered = {decision.suggestion for decision in standing(self.decisions()) if decision.suggestion}
        return tuple(
            suggestion
            for suggestion in self.suggestions(best=True)
            if suggestion.id not in answered and (suggestion.segment.transcript, suggestion.segment.turn) not in seen
        )

    def results(self, *, language: str = "nl") -> Results:
        """Put together everything that an export may show."""
        from codering.exporters import Source
        from codering.results import gathered

        sources = {
            held.name: Source(
                held.source, held.format, held.origin.words_in, held.origin.words_out, held.origin.problems
            )
            for held in self.describe_transcripts()
        }
        transcripts, suggestions = self.transcripts(), self.unreviewed()
        return gathered(
            self.name,
            transcripts,
            sources,
            self.codebook,
            self.codings(),
            suggestions,
            language=language,
            counted=self.counted_codings(),
        )

    def export(self, format: str, out: str | Path, *, texts: Texts | None = None) -> None:  # noqa: A002
        """Write results to a file.

        Parameters
        ----------
        format
            ``excel``, ``csv`` or ``jsonl``.
        out
            The file; what was there is replaced once the new file is complete.
        texts
            The language; without it that of the environment, or Dutch.

        Raises
        ------
        ExportError
            If a quotation is not verbatim or the file cannot be written.
        """
        from codering.exporters import write
        from codering.texts import texts as chosen

        texts = texts or chosen()
        write(self.results(language=texts.language), Path(out), format=format, texts=texts)

    def read_turns(self, coders: Iterable[str]) -> dict[str, frozenset[tuple[str, int]]]:
        """By coder, the participants' turns that the coder read.

        A coder who marked turns of a transcript as read, read those and the ones coded there; a coder who only coded
        is taken to have read the whole transcript.
        """
        marked: dict[tuple[str, str], set[int]] = defaultdict(set)
        touched: dict[tuple[str, str], set[int]] = defaultdict(set)
        for decision in standing(self.decisions()):
            if decision.segment is not None:
                place = (decision.coder, decision.segment.transcript)
                touched[place].add(decision.segment.turn)
                if decision.code is None:
                    marked[place].add(decision.segment.turn)
        read: dict[str, frozenset[tuple[str, int]]] = {}
        for coder in coders:
            turns: set[tuple[str, int]] = set()
            for transcript in self.transcripts():
                place = (coder, transcript.name)
                own = {turn.number for turn in transcript.participant_turns() if turn.text.strip()}
                if place in touched:
                    turns |= {(transcript.name, n) for n in (own & touched[place] if marked[place] else own)}
            read[coder] = frozenset(turns)
        return read

    def agreement(self, coders: Sequence[str], *, language: str = "nl", resamples: int = 1000) -> tuple[Table, ...]:
        """Compare coders, by theme and by code, over the turns that at least two of them read.

        Parameters
        ----------
        coders
            Two or more, as they are named in the decisions.
        language
            Of the labels.
        resamples
            Of the bootstrap over focus groups.

        Raises
        ------
        AgreementError
            If a coder is unknown, or no turn was read by two of them.
        """
        from codering.analysis.agreement_tables import agreement_tables

        unknown = [coder for coder in coders if coder not in self.coders()]
        if unknown or len(set(coders)) < 2:
            raise AgreementError(
                "Name two different coders of this project; found {found}. The project has: {known}.",
                found=", ".join(coders) or "-",
                known=", ".join(self.coders()) or "-",
            )
        return agreement_tables(
            self.transcripts(),
            self.codebook,
            self.codings(),
            tuple(dict.fromkeys(coders)),
            self.read_turns(coders),
            language=language,
            resamples=resamples,
        )
