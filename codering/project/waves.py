"""What changed in a project between waves of focus groups."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codering.errors import Message
from codering.project.counting import WithCounts
from codering.project.versions import coded_with

if TYPE_CHECKING:
    from codering.analysis.frequencies import Level
    from codering.analysis.wave_tables import WaveResults
    from codering.analysis.waves import Rule
    from codering.tables import Table

UNEVEN: Final = Message(
    "A difference between waves can also come from more having been read of one wave than of the other: read "
    "everything before you compare."
)


class WithWaves(WithCounts):
    """A project whose waves can be compared. What was coded with an earlier codebook is brought under today's codes."""

    def wave_results(
        self,
        *,
        level: Level = "code",
        rule: Rule | None = None,
        recurring: tuple[int, int] | None = None,
        coder: str | None = None,
    ) -> WaveResults:
        """Find which barriers are new, stay, grow, fade or come back between waves.

        Parameters
        ----------
        level
            Themes or codes.
        rule
            When a barrier is there, and what is a change; without it: confirmed in half of the groups, and 15
            percentage points of the participants.
        recurring
            In at least how many groups, in at least how many consecutive waves; without it half of the groups of the
            smallest wave, in two.
        coder
            Whose codings count; see :meth:`counted_codings`.

        Raises
        ------
        CoderingError
            If there are fewer than two waves, or the rule for recurring asks for more than there are.
        """
        from codering.analysis.bridging import bridge
        from codering.analysis.panels import panel
        from codering.analysis.wave_courses import recurrences, trends, usual_recurring
        from codering.analysis.wave_tables import WaveResults
        from codering.analysis.waves import Rule, compare_waves

        chosen = self.counted_codings(coder)
        transcripts = chosen.among(self.transcripts())
        given_with = coded_with(self.codebook_versions(), self.codebook, self.decisions(), dict(chosen.coder_of))
        bridged = bridge(transcripts, self.codebook, chosen.codings, given_with, level=level)
        laid, rule = panel(transcripts, bridged), rule or Rule()
        needed = recurring or usual_recurring(laid, rule)
        found = WaveResults(
            panel=laid,
            comparisons=compare_waves(laid, rule=rule),
            recurrences=recurrences(laid, groups=needed[0], waves=needed[1]),
            rule=rule,
            needed=needed,
            gaps=bridged.gaps,
            notes=chosen.notes,
            trends=trends(laid),
        )
        return _in_part(found) if chosen.in_part else found

    def waves(
        self,
        *,
        level: Level = "code",
        rule: Rule | None = None,
        recurring: tuple[int, int] | None = None,
        coder: str | None = None,
        language: str = "nl",
    ) -> tuple[Table, ...]:
        """Lay out what changed between waves; see :meth:`wave_results` for the parameters."""
        from codering.analysis.wave_tables import wave_tables

        results = self.wave_results(level=level, rule=rule, recurring=recurring, coder=coder)
        return wave_tables(results, self.codebook, language=language)


def _in_part(found: WaveResults) -> WaveResults:
    """Without intervals and p-values: of one wave more may have been read than of another, and that is said."""
    from codering.analysis.intervals import IN_PART, Interval

    unknown = Interval(reason=IN_PART)
    compared = tuple(
        replace(
            one,
            in_part=True,
            changes=tuple(replace(change, interval=unknown, p=math.nan, p_together=math.nan) for change in one.changes),
        )
        for one in found.comparisons
    )
    over_all = found.trends and replace(
        found.trends,
        in_part=True,
        trends=tuple(replace(trend, p=math.nan, p_together=math.nan) for trend in found.trends.trends),
    )
    return replace(found, comparisons=compared, trends=over_all, notes=(*found.notes, UNEVEN))
