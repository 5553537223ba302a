"""Coding blind: what a coder may see while another codes the same transcript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from codering.codings import Coding, Decision, Memo, Suggestion
from codering.errors import CoderingError, Message
from codering.project.decided import WithDecisions
from codering.project.deciding import now

if TYPE_CHECKING:
    from codering.store import Mark

_BLIND: Final = "blind"
_WHERE: Final = "blind_transcripts"


class WithBlindCoding(WithDecisions):
    """A project in which coders can code without seeing suggestions or each other's work."""

    @property
    def blind_coders(self) -> tuple[str, ...]:
        """Who code blind; empty if everyone sees everything."""
        chosen = self.setting(_BLIND, [])
        return tuple(chosen) if isinstance(chosen, list) else ()

    @property
    def blind_transcripts(self) -> frozenset[str]:
        """The transcripts that are coded blind, whether coders are done with them or not."""
        if not self.blind_coders:
            return frozenset()
        chosen = self.setting(_WHERE, [])
        known = frozenset(self._by_name())
        return known.intersection(chosen) if isinstance(chosen, list) and chosen else known

    def set_blind(self, coders: Sequence[str], *, transcripts: Sequence[str] = ()) -> None:
        """Let these coders code blind, or with an empty sequence nobody.

        In blind mode nobody sees suggestions for a transcript, or another's codings of it, until each of these coders
        is done with it (:meth:`mark_done`).

        Parameters
        ----------
        coders
            Two or more different names; empty to switch blind mode off.
        transcripts
            Names of those that are coded blind; empty for all, those that are added later included.

        Raises
        ------
        CoderingError
            If there is one name only, one is empty or known in another spelling, or there is no such transcript.
        """
        names = list(dict.fromkeys(self.signed(name) for name in coders))
        if names and len(names) < 2:
            raise CoderingError("Coding blind takes two coders or more. Give their names.")
        where = [self.transcript(name).name for name in dict.fromkeys(transcripts)]
        self.set_setting(_WHERE, where if names else [])
        self.set_setting(_BLIND, names)

    def blind_state(self) -> tuple[Message, ...]:
        """Who code blind, what, and who is not done yet, as sentences."""
        coders, where = self.blind_coders, self.blind_transcripts
        if not coders:
            return (Message("Nobody codes blind: everyone sees suggestions and each other's codings."),)
        who = Message(
            "{coders} code {count} {count:transcript|transcripts} blind ({names}).",
            coders=", ".join(coders),
            count=len(where),
            names=", ".join(sorted(where)),
        )
        waits = [
            Message(
                "{name} can be seen once these are done with it: {coders}.",
                name=name,
                coders=", ".join(one for one in coders if one not in self.done_with(name)),
            )
            for name in sorted(self.still_blind)
        ]
        return (who, *waits) if waits else (who, Message("All are done, so everything can be seen."))

    def mark_done(self, transcript: str, *, coder: str, done: bool = True) -> None:
        """Say that a coder is done with a transcript, or not after all.

        Raises
        ------
        CoderingError
            If there is no such transcript, nobody signs it or does so in another spelling, or `done` is false while all
            were done: then they could see each other's codings already, and what follows is no longer blind.
        """
        from codering.store import Mark

        self.transcript(transcript)
        coder = self.signed(coder)

        def decide(so_far: tuple[Mark, ...]) -> tuple[Mark, ...]:
            ready = _done(so_far, transcript)
            if not done and self.blind_coders and ready.issuperset(self.blind_coders):
                raise CoderingError(
                    "All coders were done with {transcript}, so its codings can be seen; that cannot be taken back.",
                    transcript=transcript,
                )
            return () if (coder in ready) == done else (Mark(coder, transcript, now(), done),)

        self._store.marks.add(decide)

    def done_with(self, transcript: str) -> tuple[str, ...]:
        """The coders who are done with a transcript, by name."""
        return tuple(sorted(_done(self._store.marks.all(), transcript)))

    def hidden_from(self, coder: str) -> frozenset[str]:
        """The transcripts of which a coder may see no suggestions and nobody else's codings, for now.

        The same for every coder, also one who is not among the blind ones: a name is chosen freely.
        """
        del coder
        return self.still_blind

    @property
    def still_blind(self) -> frozenset[str]:
        """The transcripts that are coded blind and with which not all coders are done."""
        where = self.blind_transcripts
        if not where:
            return frozenset()
        blind, marks = self.blind_coders, self._store.marks.all()
        return frozenset(name for name in where if not _done(marks, name).issuperset(blind))

    def visible(self, coder: str) -> View:
        """What this coder may see: what a page shows to a coder comes from here."""
        return View(self, coder)


@dataclass(frozen=True)
class View:
    """A project as one coder may see it; without blind mode, all of it.

    Attributes
    ----------
    project, coder
        Of which project, and who looks.
    """

    project: WithBlindCoding
    coder: str

    @property
    def hidden(self) -> frozenset[str]:
        """The transcripts of which the coder sees their own work only."""
        return self.project.hidden_from(self.coder)

    def suggestions(
        self,
        *,
        transcript: str | None = None,
        source: str = "any",
        code: str | None = None,
        best: bool = False,
        current: bool = True,
    ) -> tuple[Suggestion, ...]:
        """As :meth:`codering.Project.suggestions`, without those of hidden transcripts."""
        found = self.project.suggestions(transcript=transcript, source=source, code=code, best=best, current=current)
        hidden = self.hidden
        return tuple(one for one in found if one.segment.transcript not in hidden) if hidden else found

    def codings(self, *, transcript: str | None = None) -> tuple[Coding, ...]:
        """As :meth:`codering.Project.codings`, without another's codings of hidden transcripts."""
        hidden = self.hidden
        found = self.project.codings(transcript=transcript)
        return tuple(one for one in found if one.coder == self.coder or one.segment.transcript not in hidden)

    def decisions(self) -> tuple[Decision, ...]:
        """As :meth:`codering.Project.decisions`, without another's decisions about hidden transcripts."""
        hidden, places = self.hidden, {}
        kept = []
        for decision in self.project.decisions():
            if decision.segment is not None:
                places[decision.id] = decision.segment.transcript
            else:  # a withdrawal is about what its target is about
                places[decision.id] = places.get(decision.target or "", "")
            if decision.coder == self.coder or places[decision.id] not in hidden:
                kept.append(decision)
        return tuple(kept)

    def memos(self, *, about: str | None = None) -> tuple[Memo, ...]:
        """As :meth:`codering.Project.memos`, without another's memos on hidden transcripts and their codings."""
        hidden = self.hidden
        return tuple(
            memo
            for memo in self.project.memos(about=about)
            if memo.coder == self.coder or not hidden or self._place(memo) not in hidden
        )

    def chosen_quotations(self) -> tuple[Coding, ...]:
        """As :meth:`codering.Project.chosen_quotations`, without another's in hidden transcripts."""
        hidden = self.hidden
        return tuple(
            one
            for one in self.project.chosen_quotations()
            if one.coder == self.coder or one.segment.transcript not in hidden
        )

    def _place(self, memo: Memo) -> str:
        """The transcript that a memo is about; empty if it is about none."""
        kind, _, identity = memo.about.partition(":")
        if kind == "transcript":
            return identity
        decided = self.project.decision(identity) if kind == "coding" else None
        return decided.segment.transcript if decided is not None and decided.segment is not None else ""


def _done(marks: Sequence[Mark], transcript: str) -> set[str]:
    last = {mark.coder: mark.done for mark in marks if mark.transcript == transcript}
    return {coder for coder, done in last.items() if done}
