"""What is said at the end of a review is right as often as it says: queue, sample, tally and statement together."""

from __future__ import annotations

import math

import pytest

from benchmarks.review_coverage import SCENARIOS, measure


def margin(count: int) -> float:
    """Three standard errors below 95%: what chance alone may cost."""
    return 0.95 - 3 * math.sqrt(0.95 * 0.05 / count)


def test_a_few_reviews_end_rightly():
    found = measure(SCENARIOS[-1], 12)
    assert min(found.held, found.right) >= margin(12)
    assert found.early > 0  # there is something to be wrong about


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_reviews_end_rightly_in_every_scenario(scenario):
    found = measure(scenario, 100)
    assert min(found.held, found.right) >= margin(100)
