"""Which codebook was in force when."""

from __future__ import annotations

import pytest

from codering.codings import Decision, Stance, Verdict
from codering.project.versions import coded_with, in_force, read_version
from codering.readers.codebook import parse_codebook
from codering.store import CodebookVersion
from codering.transcripts import Segment

BOOK = """codebook: boek
label: {{nl: Boek, en: Book}}
themes:
  - id: last
    label: {{nl: {label}, en: Load}}
    definition: Wat zwaar is.
"""


def version(label: str, month: int, comment: str = "") -> CodebookVersion:
    text = BOOK.format(label=label) + comment
    return CodebookVersion(parse_codebook(text, "boek").version, text, f"2026-{month:02d}-01T00:00:00+00:00", "Noor")


FIRST, SECOND, THIRD = version("Last", 2), version("Druk", 4), version("Druk", 6, "# opgeschoond\n")
VERSIONS = (FIRST, SECOND, THIRD)
TODAY = parse_codebook(THIRD.text, "boek")


def added(identity: str, month: int, coder: str = "Noor", where: str = "t1") -> Decision:
    segment = Segment(where, 1, 0, 3)
    return Decision(identity, coder, halfway(month), Verdict.ADD, segment, "last", Stance.CONFIRMS)


def withdrawn(identity: str, month: int, target: str) -> Decision:
    return Decision(identity, "Noor", halfway(month), Verdict.WITHDRAW, target=target)


def halfway(month: int) -> str:
    return f"2026-{month:02d}-15T00:00:00+00:00"


@pytest.mark.parametrize(
    ("time", "label"),
    [
        ("2026-01-01T00:00:00+00:00", "Last"),
        ("2026-02-01T00:00:00+00:00", "Last"),
        ("2026-03-31T23:59:59.999999+00:00", "Last"),
        ("2026-04-01T00:00:00+00:00", "Druk"),
        ("2026-12-31T00:00:00+00:00", "Druk"),
    ],
)
def test_a_version_is_in_force_until_the_next_and_the_first_also_before(time, label):
    assert in_force(VERSIONS, TODAY, {"d": time})["d"].themes[0].label.nl == label


def test_a_codebook_that_says_the_same_is_not_read_again():
    assert SECOND.version == THIRD.version  # they differ in a comment only
    assert read_version(SECOND, TODAY) is TODAY
    assert read_version(FIRST, TODAY).version == FIRST.version
    early, late = in_force(VERSIONS, TODAY, {"a": "2026-02-02", "b": "2026-02-03"}).values()
    assert early is late


def test_a_transcript_was_coded_with_the_codebook_of_the_last_decision_that_counts():
    decisions = [
        added("d1", 2),
        added("d2", 5),
        withdrawn("d3", 7, target="d2"),
        added("d4", 7, coder="Bas"),
        added("d5", 5, where="t2"),
        added("d6", 7, where="t3", coder="Bas"),
    ]
    found = coded_with(VERSIONS, TODAY, decisions, {"t1": "Noor", "t2": "Noor", "t3": "Noor"})
    assert {name: book.themes[0].label.nl for name, book in found.items()} == {"t1": "Last", "t2": "Druk"}
