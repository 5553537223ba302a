from __future__ import annotations

import codering


def test_the_public_names_are_sorted_and_few_and_there():
    assert codering.__all__ == sorted(codering.__all__)
    assert len(codering.__all__) <= 15
    assert all(hasattr(codering, name) for name in codering.__all__)
