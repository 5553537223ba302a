"""Whether a moderator asks on about what is being talked of, or leaves it.

Moderators ask on without naming the subject: "Dat stond in je beoordeling. Is dat bij iedereen zo?" Such a turn is not
long, points back to what was said, and does not announce something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codering.patterns import AnyOf
from codering.suggest.compiling import Compiler, written
from codering.suggest.eligibility import asked
from codering.suggest.hearing import Batch
from codering.suggest.limiting import Opening
from codering.suggest.matching import Node
from codering.suggest.places import Turns

ASIDE: Final = 3
"""Words of a moderator's turn that never leaves what is being talked of: "En toen?"."""
ASKING_ON: Final = 18
"""Words of a moderator's turn that may ask on about it."""

_BACK: Final = (
    "=daar|=daarvan|=daarmee|=daarover|=daarin|=daaraan", "=ervan|=ermee|=erover|=erin", "=die", "=zo'n|=zulke",
    "=is|=was|=komt|=doet|=kan|=werkt|=gebeurt =dat", "=dat =ook|=dan", "=hetzelfde", "=anderen|=iedereen|=rest",
    "=zeg|=zegt =je|=jij|=u", "=zei|=noemde|=noemt|=vertelde", "=bij =jou|=jullie|=u", "=jij", "=waarom|=hoezo",
    "=hoe =dan",
)  # fmt: skip
_OPENING_BACK: Final = ("=en|=maar|=dus|=want|=of|=dat|=ook",)
_ELSEWHERE: Final = (
    "=ander|=nieuw|=volgende|=volgend|=tweede|=derde =onderwerp|=thema|=blok|=blokje|=vraag|=punt|=ronde", "=laatste",
    "=iets|=wat =anders", "=iets =heel|=totaal =anders", "=tot =slot", "=terug", "=dan|=even|=door|=over =naar",
    "=even|=nog =over", "=hebben =over", "=nog =niet =gehad", "=wil|=wou|=ga|=gaan ... =naar|=over",
    "afronden|afsluiten|afsluiting", "=rondje|=voorstelrondje", "=koffie|=pauze|=broodjes", "=welkom|=opname",
    "=dank|=bedankt", "=één|=een =ding", "=stel =je|=jullie", "=naam =en",
    "=zou|=wil|=wilt|=mocht|=kon ... =veranderen|=anders",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moderating:
    """How a moderator asks on, and how one turns to something else.

    Attributes
    ----------
    back
        What points back to what was said.
    elsewhere
        What announces something else.
    """

    back: tuple[Node, ...]
    elsewhere: Node

    @classmethod
    def compiled(cls, compiler: Compiler) -> Moderating:
        """Compile the phrases, with the rules of the codebook."""
        back, opening, elsewhere = (
            compiler.node(AnyOf(tuple(map(written, says)))) for says in (_BACK, _OPENING_BACK, _ELSEWHERE)
        )
        return cls((back, Opening(opening, elsewhere)), elsewhere)

    def leaving(self, batch: Batch) -> Turns:
        """The moderators' turns that leave what was being talked of, ``(t,)``."""
        back, opening = (asked(node, batch) for node in self.back)
        on = (batch.lengths <= ASKING_ON) & (back | opening) & ~asked(self.elsewhere, batch)
        return ~batch.coded & (batch.lengths > ASIDE) & ~on
