"""What another codebook would suggest, before it is put in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codering.project.suggesting import WithSuggestions

if TYPE_CHECKING:
    from codering.store import Store
    from codering.suggest.changes import Difference, Rehearsal


class WithRehearsals(WithSuggestions):
    """A project in which a changed codebook can be tried."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._rehearsal: tuple[tuple[str, int], Rehearsal] | None = None

    def preview_codebook(self, text: str) -> Difference:
        """What the rules would suggest with another text of the codebook, next to what they suggest with this one.

        Nothing is saved. The first call looks at all transcripts; the next ones only for the rules that changed.

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

    def rehearsal(self) -> Rehearsal:
        """The codebook in force, played on the transcripts; made once as long as neither changes."""
        from codering.suggest.changes import Rehearsal

        state = (self.codebook.version, self.revisions()["transcripts"])
        kept = self._rehearsal
        if kept is None or kept[0] != state:
            kept = self._rehearsal = (state, Rehearsal(self.codebook, self.transcripts()))
        return kept[1]
