"""A project: the verbs that the command line, the app and a script share.

::

    with Project.create("ronde1.codering") as project:
        project.add(["transcripten"])
        project.suggest()
        project.decide(Verdict.ACCEPT, coder="Noor", suggestion=project.suggestions()[0])
        project.codings()

Every verb is short: it asks a room of the house (reading, suggesting, deciding) and keeps what comes of it in the
store. Nothing is remembered that another program could make untrue: what is kept between calls is checked against the
store first.

The class grows in steps, a module each: a file that is open (:mod:`~codering.project.opened`), what it holds
(:mod:`~codering.project.holdings`), what is suggested (:mod:`~codering.project.suggesting`), what was decided
(:mod:`~codering.project.decided`), who may see what (:mod:`~codering.project.blind`), what is looked at next
(:mod:`~codering.project.reviewing`), how far everyone is (:mod:`~codering.project.standing`), what was missed
(:mod:`~codering.project.missing`), what can be counted (:mod:`~codering.project.counting`), what can be reported
(:mod:`~codering.project.reported`), what is learned from it (:mod:`~codering.project.learning`) and practice
(:mod:`~codering.project.practising`); what stands behind a figure is in :mod:`~codering.project.looking`, what changed
between waves in :mod:`~codering.project.waves`, and what else codings show in :mod:`~codering.project.exploring`.
"""

from __future__ import annotations

from codering.project.blind import View
from codering.project.deciding import Act
from codering.project.holdings import SAME, Progress
from codering.project.learning import LearnReport, WithLearning
from codering.project.practising import WithPractice
from codering.project.standing import Reviewed, Standing
from codering.project.suggesting import RunReport, SuggestReport
from codering.recall.answer import Missed

__all__ = [
    "SAME",
    "Act",
    "LearnReport",
    "Missed",
    "Progress",
    "Project",
    "Reviewed",
    "RunReport",
    "Standing",
    "SuggestReport",
    "View",
]


class Project(
    WithLearning,
    WithPractice,
):
    """Transcripts, a codebook, suggestions and what people decided, in one file or on one server.

    Make one with :meth:`create` or :meth:`open`, and use it in a ``with`` statement or call :meth:`close`. Safe to use
    from several threads; several people and programs may have the same project open.
    """
