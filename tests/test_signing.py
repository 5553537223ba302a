"""A coder has one name, in one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.codings import Verdict
from codering.errors import CoderingError
from codering.project import Act, Project
from codering.project.signing import LONGEST, coder_name, signed, spelled
from codering.transcripts import Segment


@pytest.fixture
def project(tmp_path, small_book):
    (tmp_path / "groep.txt").write_text("Moderator: Hoe gaat het?\nAnk: Druk.\nBas: Gaat wel.\n", encoding="utf-8")
    with Project.create(tmp_path / "p.codering", codebook=small_book) as made:
        made.add([tmp_path / "groep.txt"])
        yield made


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Noor", "Noor"),
        ("  Noor   de  Wit ", "Noor de Wit"),
        ("Rene\u0301", "René"),
        ("👩🏽\u200d🔬", "👩🏽\u200d🔬"),
        ("Ö", "Ö"),
    ],
)
def test_a_name_is_written_in_one_way(typed, kept):
    assert coder_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0", "\n\t"])
def test_blanks_are_no_name(typed):
    with pytest.raises(CoderingError, match="Give the name"):
        coder_name(typed)


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\u200b", "\u202e", "\ufeff", "\ud800", "\u00ad"])
def test_what_cannot_be_seen_is_in_no_name(hidden):
    with pytest.raises(CoderingError, match="cannot be seen"):
        coder_name(f"No{hidden}or")


def test_a_name_has_an_end():
    assert coder_name("x" * LONGEST)
    with pytest.raises(CoderingError, match="5000 characters"):
        coder_name("x" * 5000)


@given(st.text(max_size=60))
def test_a_name_that_is_written_so_stays_so(typed):
    try:
        kept = coder_name(typed)
    except CoderingError:
        return
    assert coder_name(kept) == kept


def test_one_person_is_not_two_coders():
    assert spelled("noor", ["An", "Noor"]) == "Noor"
    assert spelled("noor", ["Noor", "noor"]) == "noor"  # an older project may hold both
    assert signed("Bo", ["Noor"]) == "Bo"
    with pytest.raises(CoderingError, match="there is a coder Noor"):
        signed("NOOR", ["Noor"])


def read(number: int) -> Act:
    return Act(Verdict.READ, segment=Segment("groep", number, 0, 4))


def test_everything_that_is_signed_is_signed_in_one_way(project):
    project.decide_all([read(2)], coder=" Noor ")
    project.add_codings([{"transcript": "groep", "turn": 3, "code": "druk", "stance": "bevestigt"}], coder="Noor  ")
    project.add_memo("Let op.", coder=" Noor")
    project.mark_done("groep", coder="Noor ")
    assert project.coders() == ("Noor",)
    assert {memo.coder for memo in project.memos()} == {"Noor"}
    assert project.done_with("groep") == ("Noor",)
    assert len(project.undo(" Noor")) == 1


@pytest.mark.parametrize("name", ["noor", " ", "No\u200bor", "x" * 5000])
def test_a_name_that_would_make_another_coder_is_refused_and_nothing_is_kept(project, name):
    project.decide_all([read(2)], coder="Noor")
    row = {"transcript": "groep", "turn": 3, "code": "druk", "stance": "bevestigt"}
    for act in (
        lambda: project.decide_all([read(3)], coder=name),
        lambda: project.add_codings([row], coder=name),
        lambda: project.add_memo("Let op.", coder=name),
        lambda: project.mark_done("groep", coder=name),
        lambda: project.set_blind([name, "Bo"]),
    ):
        with pytest.raises(CoderingError):
            act()
    assert len(project.decisions()) == 1
    assert project.coders() == ("Noor",)
    assert project.memos() == ()
