"""How much did we miss? A sample of turns read at random, an upper bound on what was missed, a rule for stopping.

Three steps. :func:`random_sample` says which turns to read (``sampling``), :func:`tally` counts what the decisions say
about each code, and :func:`recall_statements` says what may be claimed (``statements``); ``answer`` puts all statements
together, in a table and in words. From the same tallies :func:`estimates` says how many turns carry each code in all
(``estimates``). The bounds themselves are in ``bounds``, ``anytime`` and ``groups``; docs/recall.md has the assumptions
and how often the bounds hold in simulated projects.
"""

from codering.recall.anytime import Trial, between_anytime, hidden_at_most_anytime
from codering.recall.bounds import clopper_pearson, elusion_at_most, hidden_at_most, recall_at_least
from codering.recall.estimates import Estimate, estimates
from codering.recall.groups import design_effect, effective_sample, hidden_at_most_clustered
from codering.recall.reading_on import more_to_read
from codering.recall.sampling import (
    RANDOM,
    Sample,
    Tally,
    drawn_at_random,
    participants_turns,
    random_sample,
    reading_order,
    tally,
)
from codering.recall.saying import Design, RecallStatement
from codering.recall.statements import Correction, recall_statements
from codering.recall.testing import bonferroni, holm, sequential_test

__all__ = [
    "RANDOM",
    "Correction",
    "Design",
    "Estimate",
    "RecallStatement",
    "Sample",
    "Tally",
    "Trial",
    "between_anytime",
    "bonferroni",
    "clopper_pearson",
    "design_effect",
    "drawn_at_random",
    "effective_sample",
    "elusion_at_most",
    "estimates",
    "hidden_at_most",
    "hidden_at_most_anytime",
    "hidden_at_most_clustered",
    "holm",
    "more_to_read",
    "participants_turns",
    "random_sample",
    "reading_order",
    "recall_at_least",
    "recall_statements",
    "sequential_test",
    "tally",
]
