"""A changed codebook before it is put in force: kept as a draft, and what it would suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from codering.project.blind import WithBlindCoding
from codering.project.deciding import now
from codering.project.kept import Kept

if TYPE_CHECKING:
    from codering.store import CodebookDraft, Store
    from codering.suggest.changes import Difference, Rehearsal
    from codering.transcripts import Transcript


class WithRehearsals(WithBlindCoding):
    """A project in which a changed codebook can be tried."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._rehearsal: Final = Kept["Rehearsal"]()

    def codebook_draft(self, coder: str) -> CodebookDraft | None:
        """The codebook that a coder is changing, as it was last kept; None if there is none."""
        return self._store.drafts.get(coder)

    def codebook_drafts(self) -> dict[str, str]:
        """Who is changing the codebook, and when they last did (ISO 8601, UTC)."""
        return self._store.drafts.begun()

    def keep_codebook_draft(self, text: str, coder: str, *, base: str) -> CodebookDraft:
        """Keep a changed codebook without putting it in force; it replaces the coder's last draft.

        Parameters
        ----------
        text
            YAML.
        coder
            Whose draft it is.
        base
            The text that was in force when the draft was begun.
        """
        from codering.store import CodebookDraft

        draft = CodebookDraft(coder, base, text, now())
        self._store.drafts.keep(draft)
        return draft

    def drop_codebook_draft(self, coder: str) -> None:
        """Forget a coder's draft, if there is one."""
        self._store.drafts.drop(coder)

    def preview_codebook(self, text: str) -> Difference:
        """What the rules would suggest with another text of the codebook, next to what they suggest with this one.

        Nothing is saved. The first call looks at all transcripts of :meth:`rehearsed`; the next ones only for the rules
        that changed.

        Parameters
        ----------
        text
            YAML.

        Raises
        ------
        CodebookError
            If it is not valid.
        """
        from codering.readers.codebook import parse_codebook

        changed = parse_codebook(text, self._store.shown)
        return self.rehearsal().difference(changed)

    def rehearsed(self) -> tuple[Transcript, ...]:
        """The transcripts on which a changed codebook can be tried: all but those that are still coded blind.

        What rules find in a transcript are suggestions, and nobody sees those before its coders are done.
        """
        blind = self.still_blind
        return tuple(one for one in self.transcripts() if one.name not in blind)

    def rehearsal(self) -> Rehearsal:
        """The codebook in force, played on the transcripts; made once as long as neither changes."""
        from codering.suggest.changes import Rehearsal

        state = (self.codebook.version, self.revisions()["transcripts"], self.still_blind)
        return self._rehearsal.get(state, lambda: Rehearsal(self.codebook, self.rehearsed()))
