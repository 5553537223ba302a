"""What a project can report: all results together, exports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codering.codings import Suggestion
from codering.errors import ExportError
from codering.project.gathering import WithSections
from codering.project.thirds import third_sets

if TYPE_CHECKING:
    from codering.exporters.results import Results, Source
    from codering.texts import Texts

WITH_PICTURES: Final = ("word", "html")
"""Formats that show charts."""
OF_TABLES: Final = ("excel", *WITH_PICTURES)
"""Formats that show what was counted; the others list passages one by one, or hold the codebook alone."""


class WithReports(WithSections):
    """A project's results."""

    def unreviewed(self) -> tuple[Suggestion, ...]:
        """Suggestions that hold now and that nobody has answered: one for each turn, code and stance, the best.

        A turn that somebody read, or coded, has been looked at: what was suggested there and not taken over is no
        longer open.
        """
        decided = self._now().all_standing()
        seen = {one.segment.place for one in decided if one.segment is not None and one.suggestion is None}
        answered = {one.suggestion for one in decided if one.suggestion}
        return tuple(
            suggestion
            for suggestion in self.suggestions(best=True)
            if suggestion.id not in answered and suggestion.segment.place not in seen
        )

    def results(
        self, *, language: str = "nl", sections: bool = True, pictures: bool = False, hide_below: int = 0
    ) -> Results:
        """Put together everything that an export may show.

        Parameters
        ----------
        language
            Of labels.
        sections
            Whether what goes beyond frequencies (waves, agreement, what was missed) is worked out: a second or two for
            eight groups, some ten for forty that two coders read.
        pictures
            Whether there are charts, which are drawn when they are asked for: a tenth of a second each.
        hide_below
            Leave out numbers of fewer participants, and what would give them away (3 or more; 0 leaves nothing out).

        Raises
        ------
        CoderingError
            If `hide_below` is 1 or 2.
        """
        from codering.analysis.withholding import refuse_too_few, withheld
        from codering.results import gathered
        from codering.texts import texts as chosen_texts

        refuse_too_few(hide_below)
        with self.moment():
            few = self.few(hide_below) if hide_below else None
            totals = self.totals(language=language)
            if totals is not None and few is not None:
                totals = withheld(totals, few)
            waves = self._waves(language, hide_below) if sections or pictures else None
            made = gathered(
                self.name,
                self.transcripts(),
                self._sources(),
                self.codebook,
                self.codings(),
                self.unreviewed(),
                language=language,
                counted=self.counted_codings(),
                chosen=frozenset(coding.id for coding in self.chosen_quotations()),
                more=() if totals is None else (totals,),
                fewest=hide_below,
            )
            return replace(
                made,
                sections=self._sections(language, waves, few) if sections else (),
                pictures=self._pictures(chosen_texts(language), waves, hide_below) if pictures else (),
                times={decision.id: decision.time for decision in self.decisions()},
                machines=frozenset(run.kind for run in self.runs()),
                decided=third_sets(self.decisions()) & {coding.coder for coding in made.codings},
            )

    def _sources(self) -> dict[str, Source]:
        """By transcript, what was read."""
        from codering.exporters.results import Source

        return {
            held.name: Source(
                held.source,
                held.format,
                held.origin.words_in,
                held.origin.words_out,
                held.origin.problems,
                held.text_hash,
            )
            for held in self.describe_transcripts()
        }

    def export(
        self,
        format: str,  # noqa: A002
        out: str | Path,
        *,
        texts: Texts | None = None,
        template: Path | None = None,
        overwrite: bool = False,
        hide_below: int = 0,
    ) -> Path:
        """Write results to a file.

        Parameters
        ----------
        format
            ``excel``, ``word``, ``html``, ``refi``, ``qdc``, ``csv`` or ``jsonl``.
        out
            The file; an earlier export is replaced once the new file is complete. A name without a suffix gets that
            of the format.
        texts
            The language; without it that of the environment, or Dutch.
        template
            For ``word``: a document whose styles, header and footer are taken.
        overwrite
            Also replace a file that is no earlier export, or that was changed since; never a project or a transcript
            of this one.
        hide_below
            For ``excel``, ``word`` and ``html``: leave out numbers of fewer participants, and what would give them
            away; see :mod:`codering.analysis.withholding`. 0 leaves nothing out, otherwise 3 or more.

        Returns
        -------
        Path
            What was written.

        Raises
        ------
        CoderingError
            If `hide_below` is 1 or 2.
        ExportError
            If the format lists passages one by one and `hide_below` is given, the name belongs to another format, a
            quotation is not verbatim, what stands there is no earlier export or the file cannot be written.
        """
        from codering.exporters import FORMATS, write
        from codering.texts import texts as chosen

        texts = texts or chosen()
        if hide_below and format in FORMATS and format not in OF_TABLES:
            raise ExportError(
                "{format} holds no tables in which numbers could be left out. Choose from {formats}, or leave the "
                "option out.",
                format=format,
                formats=", ".join(OF_TABLES),
            )
        made = self.results(
            language=texts.language,
            sections=format in OF_TABLES,
            pictures=format in WITH_PICTURES,
            hide_below=hide_below,
        )
        return write(made, Path(out), format=format, texts=texts, template=template, overwrite=overwrite)
