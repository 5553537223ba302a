"""Decisions in a project, what follows from them, and what coders noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from codering.codings import Coding, Decision, Memo, Stance, Suggestion, Verdict
from codering.crosswalk import under_todays_names
from codering.errors import CoderingError
from codering.project.deciding import Act, action_id, decisions_for, done_before, now, redo, undo
from codering.project.ledger import Ledger
from codering.project.signing import LONGEST_OF_SET, coder_name, signed, spelled
from codering.project.suggesting import WithSuggestions
from codering.transcripts import Segment

if TYPE_CHECKING:
    from codering.imports import CodingRow, CodingsReport
    from codering.store import Store

_ABOUT = ("transcript:", "code:", "coding:")


class WithDecisions(WithSuggestions):
    """A project's decisions, codings, memos and chosen quotations."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._ledger = Ledger()

    def decide(
        self,
        verdict: Verdict,
        *,
        coder: str,
        suggestion: Suggestion | str | None = None,
        target: str | None = None,
        segment: Segment | None = None,
        code: str | None = None,
        stance: Stance | None = None,
        reason: str = "",
        shown: bool = False,
        drawn: str = "",
        action: str = "",
    ) -> Decision:
        """Keep what a coder decided. When this returns, it is on the disk.

        Parameters
        ----------
        verdict
            ``ACCEPT`` or ``REJECT`` a `suggestion`; ``CHANGE`` a `suggestion` or a coding (`target`: its id) into
            another `segment`, `code` or `stance`; ``ADD`` a `code` to a `segment`; ``WITHDRAW`` a decision (`target`);
            mark the turn of a `segment` as ``READ``.
        coder
            Who.
        suggestion
            One, or its id.
        target, segment, code, stance
            See `verdict`.
        reason, shown, drawn
            As of :class:`codering.codings.Decision`.
        action
            The name that a page gave to the act, for example a UUID; see :meth:`decide_all`.

        Raises
        ------
        CoderingError
            If it is not possible: words that are not in the turn, a moderator's turn, a code that is not in the
            codebook, something that was decided or withdrawn already.
        """
        found = self._suggestion(suggestion) if isinstance(suggestion, str) else suggestion
        act = Act(verdict, found, target, segment, code, stance, reason, shown, drawn)
        return self.decide_all([act], coder=coder, action=action)[0]

    def decide_all(self, acts: Sequence[Act], *, coder: str, action: str = "") -> tuple[Decision, ...]:
        """Keep several decisions as one act: all or none, undone together.

        Parameters
        ----------
        acts
            What is done, one or more.
        coder
            Who.
        action
            The name that a page gave to the act, for example a UUID. An act of the same name of the same coder is
            kept once: sent again, it changes nothing and gives the decisions that it came to the first time. So a
            page that does not know whether an act arrived sends it again. Without a name, every call is a new act.

        Returns
        -------
        tuple of Decision
            One for each of `acts`.

        Raises
        ------
        CoderingError
            If one of them is not possible, or the coder's name is not usable (:mod:`codering.project.signing`).
        """
        coder = coder_name(coder, longest=LONGEST_OF_SET)
        # Asked for before it is the coder's turn to write, so that others wait as short as possible.
        transcripts, codebook = self._by_name(), self.codebook
        return self._keep(
            lambda ledger: decisions_for(
                acts, ledger, coder=coder, transcripts=transcripts, codebook=codebook, action=action
            ),
            coder=coder,
            action=action,
            shown=[act.suggestion for act in acts if act.suggestion is not None],
        )

    def undo(self, coder: str, *, action: str = "") -> tuple[Decision, ...]:
        """Take back the last thing that the coder did and that was not undone yet; nothing if there is none.

        Unlimited, also after a reload or from another computer. What was done together is undone together. For
        `action` see :meth:`decide_all`: an undo that is sent twice takes back one thing.
        """
        coder = coder_name(coder, longest=LONGEST_OF_SET)
        return self._keep(lambda ledger: undo(ledger, coder=coder, action=action), coder=coder, action=action)

    def redo(self, coder: str, *, action: str = "") -> tuple[Decision, ...]:
        """Do again what was last undone; nothing if the coder did something else since."""
        coder = coder_name(coder, longest=LONGEST_OF_SET)
        return self._keep(lambda ledger: redo(ledger, coder=coder, action=action), coder=coder, action=action)

    def to_undo(self, coder: str) -> tuple[Decision, ...]:
        """What :meth:`undo` would take back; empty if there is nothing, so that a page can say so."""
        return self._now().to_undo(coder)

    def to_redo(self, coder: str) -> tuple[Decision, ...]:
        """What :meth:`redo` would do again; empty if there is nothing."""
        ledger = self._now()
        undone = (ledger.get(withdrawal.target or "") for withdrawal in ledger.to_redo(coder))
        return tuple(decision for decision in undone if decision is not None)

    def _keep(
        self,
        decide: Callable[[Ledger], tuple[Decision, ...]],
        *,
        coder: str,
        action: str,
        shown: Iterable[Suggestion] = (),
    ) -> tuple[Decision, ...]:
        """Add what follows from all decisions so far, unless the act was kept before."""
        earlier: tuple[Decision, ...] = ()

        def new(so_far: tuple[Decision, ...]) -> tuple[Decision, ...]:
            nonlocal earlier
            ledger = self._ledger.upto(so_far)
            earlier = done_before(ledger, coder, action)
            return () if earlier else decide(ledger)

        return self._store.decisions.append(new, shown=shown) or earlier

    def _now(self) -> Ledger:
        return self._ledger.upto(self._store.decisions.all())

    def _as_of_now(self, *asked: object) -> tuple[object, ...]:
        """What is asked, and all that an answer about codings follows from: the same as long as nobody changed it."""
        return (*asked, self._store.decisions.all(), self._store.revisions())

    def add_codings(
        self, rows: Iterable[CodingRow | Mapping[str, object]], *, coder: str, drawn: str = ""
    ) -> CodingsReport:
        """Add a coder's codings from elsewhere; see :mod:`codering.imports` for what a row says.

        What can be added is, as one act; what cannot is in the report, by file and line.

        Parameters
        ----------
        rows
            In order.
        coder
            Who coded.
        drawn
            ``random`` if these are turns that were drawn at random (``codering sample``) and rows do not say so.
            A turn that was not next in the order of drawing does not count as such, whatever it says.
        """
        from codering.imports import CodingsReport, acts_from, fresh, remarks, understood

        transcripts, codebook = self._by_name(), self.codebook
        rows, coder = tuple(rows), coder_name(coder)
        known, mistyped, notes = understood(rows)
        acts, refused = acts_from(known, transcripts, codebook, drawn=drawn)
        notes += remarks(known, refused)

        def decide(so_far: tuple[Decision, ...]) -> tuple[Decision, ...]:
            new, ledger = fresh(acts, so_far, coder=coder), self._ledger.upto(so_far)
            return decisions_for(new, ledger, coder=coder, transcripts=transcripts, codebook=codebook)

        made = self._store.decisions.append(decide)
        left_out = len(rows) - len(known) + len(refused)
        return CodingsReport(len(made), len(acts) - len(made), (*mistyped, *refused), made, left_out, notes)

    def decisions(self, *, coder: str | None = None) -> tuple[Decision, ...]:
        """Everything that was decided, in order, withdrawn decisions and withdrawals included."""
        decisions = self._store.decisions.all()
        return decisions if coder is None else tuple(one for one in decisions if one.coder == coder)

    def decision(self, identity: str) -> Decision | None:
        """The decision with this id, also if it was withdrawn; None if there is none."""
        return self._now().get(identity)

    def codings(self, *, coder: str | None = None, transcript: str | None = None) -> tuple[Coding, ...]:
        """Which words carry which code now, according to whom, by place.

        A code that was renamed or merged since has its name of today; the decisions keep what was decided.
        """
        found = under_todays_names(self.codebook, self._now().codings(transcript))
        return found if coder is None else tuple(coding for coding in found if coding.coder == coder)

    def coders(self) -> tuple[str, ...]:
        """Everyone who decided something, in the order in which they first did."""
        return self._now().coders

    def spelled(self, coder: str) -> str:
        """The name of a coder as it is spelled in this project; as given if it is new."""
        return spelled(coder, self.coders())

    def signed(self, coder: str) -> str:
        """The name under which a coder's work is kept.

        Raises
        ------
        CoderingError
            If it is no name, or that of a coder of this project in another spelling.
        """
        return signed(coder_name(coder), self.coders())

    # What coders noted

    def add_memo(
        self, text: str, *, coder: str, about: str = "project", memo: str | None = None, action: str = ""
    ) -> Memo:
        """Keep a note, or a new text of one; earlier texts are kept.

        Parameters
        ----------
        text
            An empty text takes the memo away from view.
        coder
            Who writes.
        about
            ``project``, ``transcript:NAME``, ``code:ID`` or ``coding:ID``.
        memo
            The id of the memo that gets a new text; None for a new memo.
        action
            The name that a page gave to the act: sent again, it changes nothing.

        Raises
        ------
        CoderingError
            If nobody signs it, or it is about something else than these.
        """
        coder = self.signed(coder)
        if about != "project" and not about.startswith(_ABOUT):
            raise CoderingError("A memo is about the project, a transcript, a code or a coding.")
        kept = Memo(memo or action_id(coder, action), coder, now(), text, about)
        if not (action and self._written(kept)):
            self._store.notes.add_memo(kept)
        return kept

    def _written(self, memo: Memo) -> bool:
        """Whether a memo holds this text already."""
        texts = [one.text for one in self._store.notes.memos() if one.id == memo.id]
        return texts[-1:] == [memo.text]

    def memos(self, *, about: str | None = None, history: bool = False) -> tuple[Memo, ...]:
        """The memos, each in its last text, in the order in which they were begun.

        Parameters
        ----------
        about
            Only those about this; None for all.
        history
            Whether to give every text that each of them had, and those that were taken away.
        """
        written = self._store.notes.memos()
        found = written if history else tuple(m for m in {one.id: one for one in written}.values() if m.text)
        return tuple(memo for memo in found if about in (None, memo.about))

    def choose_quotation(self, coding: str, *, coder: str, chosen: bool = True) -> None:
        """Mark a coding as a quotation for the report, or take the mark off.

        Parameters
        ----------
        coding
            Its id.
        coder
            Who chooses.
        chosen
            Whether it is marked.

        Raises
        ------
        CoderingError
            If there is no coding with this id, or nobody chooses.
        """
        from codering.store import Choice

        if all(one.id != coding for one in self.codings()):
            raise CoderingError("This coding no longer holds. Reload the page.")
        self._store.notes.choose(Choice(coding, coder_name(coder), now(), chosen))

    def chosen_quotations(self) -> tuple[Coding, ...]:
        """The codings that are marked and still hold, by place."""
        marks = {choice.coding: choice.chosen for choice in self._store.notes.choices()}
        return tuple(coding for coding in self.codings() if marks.get(coding.id, False))
