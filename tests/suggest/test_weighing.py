"""What is talked of after a turn: worked out turn by turn, and for all turns at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from codering.codebooks import Codebook, Label
from codering.suggest.rules import RuleSuggester
from codering.suggest.weighing import _followed, soon
from codering.transcripts import Role, Speaker, Transcript, Turn

SPEAKERS = (Speaker("M", role=Role.MODERATOR), Speaker("1"))
SUGGESTER = RuleSuggester(Codebook("geen", Label("Geen", "None"), themes=()))

# For each turn of a talk the turn that opened its topic (-1 for none): a later turn opens a later topic.
topics_of_a_talk = st.lists(st.integers(-1, 1), min_size=1, max_size=16).map(sorted)


@given(st.lists(topics_of_a_talk, min_size=1, max_size=3), st.data())
def test_both_ways_find_the_same_turns(talks: list[list[int]], data: st.DataObject):
    batch = SUGGESTER.batch(
        [
            Transcript(f"t{place}", tuple(Turn(n, "1", "Nou.") for n, _ in enumerate(topics, start=1)), SPEAKERS)
            for place, topics in enumerate(talks)
        ]
    )
    batch.topics = np.array([topic for topics in talks for topic in topics])
    size = len(batch.topics)
    talk = np.isin(np.arange(size), data.draw(st.lists(st.integers(0, size - 1), max_size=3)))
    one_by_one = [any(talk[later] for later in soon(turn, batch)) for turn in range(size)]
    assert _followed(talk, batch).tolist() == one_by_one
