"""What else a project's codings show: what belongs together, saturation, who speaks, and the paper beside practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codering.project.counting import WithCounts

if TYPE_CHECKING:
    from codering.analysis.frequencies import Level
    from codering.tables import Table


class WithExploration(WithCounts):
    """A project that can be explored. All verbs count the codings of one set; see :meth:`counted_codings`."""

    def cooccurrence(
        self, *, level: Level = "theme", coder: str | None = None, language: str = "nl"
    ) -> tuple[Table, Table]:
        """Find which codes share a turn (``"cooccurrence"``) and which follows which (``"sequence"``).

        Parameters
        ----------
        level
            Themes or codes.
        coder
            Whose codings count; here and below a CoderingError says so if there is no such coder.
        language
            Of the labels.
        """
        from codering.analysis.associations import cooccurrences, sequences
        from codering.analysis.exploring_tables import cooccurrence_table, sequence_table

        chosen = self.counted_codings(coder)
        transcripts, codebook = chosen.among(self.transcripts()), self.codebook
        shared = cooccurrences(transcripts, codebook, chosen.codings, level=level)
        followed = sequences(transcripts, codebook, chosen.codings, level=level)
        return (
            cooccurrence_table(shared, codebook, level=level, language=language, what=chosen.notes),
            sequence_table(followed, codebook, level=level, language=language, what=chosen.notes),
        )

    def saturation(
        self,
        *,
        level: Level = "code",
        base: int = 4,
        run: int = 2,
        threshold: float = 0.05,
        coder: str | None = None,
        language: str = "nl",
    ) -> tuple[Table, Table]:
        """Assess whether more groups still bring new codes: the curve, and the runs of Guest, Namey and Chen.

        Parameters
        ----------
        level
            Codes or themes.
        base, run, threshold
            See :func:`codering.analysis.saturation.saturation`.
        coder, language
            As of :meth:`cooccurrence`.

        Raises
        ------
        CoderingError
            If `base` or `run` is below 1, or `threshold` below 0.
        """
        from codering.analysis.exploring_tables import saturation_tables
        from codering.analysis.saturation import saturation

        chosen = self.counted_codings(coder)
        found = saturation(
            chosen.among(self.transcripts()),
            self.codebook,
            chosen.codings,
            level=level,
            base=base,
            run=run,
            threshold=threshold,
        )
        return saturation_tables(found, self.codebook, level=level, language=language, what=chosen.notes)

    def speaking(self, *, coder: str | None = None) -> tuple[Table, Table]:
        """Say who speaks how much, and how evenly speech is divided in each group."""
        from codering.analysis.exploring_tables import speaking_tables
        from codering.analysis.speaking import balances, voices

        chosen = self.counted_codings(coder)
        spoken = voices(self.transcripts(), self.codebook, chosen.codings)
        return speaking_tables(spoken, balances(spoken), what=chosen.notes)

    def paper_and_practice(self, *, coder: str | None = None, language: str = "nl") -> Table:
        """Set the paper's survey figures beside what these groups say, with why they are not the same thing."""
        from codering.analysis.exploring_tables import paper_table
        from codering.analysis.frequencies import frequencies

        chosen = self.counted_codings(coder)
        counted = frequencies(chosen.among(self.transcripts()), self.codebook, chosen.codings)
        return paper_table(counted, self.codebook, language=language, what=chosen.notes)
