"""How much did we miss? A sample of turns read at random, an upper bound on what was missed, a rule for stopping.

Three steps. :func:`reading_order` says which turns to read (``sampling``), :func:`tally` counts what the decisions
say about each code, and :func:`recall_statements` says what may be claimed (``statements``). The bounds
themselves are in ``bounds``, ``anytime`` and ``groups``; docs/recall.md has the assumptions and how often the bounds
hold in simulated projects.
"""

from codering.recall.anytime import Trial, hidden_at_most_anytime
from codering.recall.bounds import clopper_pearson, elusion_at_most, hidden_at_most, recall_at_least
from codering.recall.groups import design_effect, effective_sample, hidden_at_most_clustered
from codering.recall.sampling import (
    RANDOM,
    Place,
    Tally,
    drawn_at_random,
    participants_turns,
    reading_order,
    tally,
)
from codering.recall.statements import Correction, Design, RecallStatement, more_to_read, recall_statements
from codering.recall.testing import bonferroni, holm, sequential_test

__all__ = [
    "RANDOM",
    "Correction",
    "Design",
    "Place",
    "RecallStatement",
    "Tally",
    "Trial",
    "bonferroni",
    "clopper_pearson",
    "design_effect",
    "drawn_at_random",
    "effective_sample",
    "elusion_at_most",
    "hidden_at_most",
    "hidden_at_most_anytime",
    "hidden_at_most_clustered",
    "holm",
    "more_to_read",
    "participants_turns",
    "reading_order",
    "recall_at_least",
    "recall_statements",
    "sequential_test",
    "tally",
]
