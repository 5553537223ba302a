"""Tables that compare coders show on a terminal what occurs, and say how much does not."""

from __future__ import annotations

import pytest

from codering.cli.comparing import _UNUSED, show_used
from codering.screen import Screen
from codering.tables import Column, Kind, Table
from codering.texts import Texts

THEMES = Table(
    "agreement_themes",
    "Agreement by theme",
    (
        Column("label", "Theme"),
        Column("id", "Id"),
        Column("carried_0", "An", Kind.COUNT),
        Column("carried_1", "Bo", Kind.COUNT),
        Column("alpha", "Krippendorff's α", Kind.NUMBER),
        Column("reading", "Reading"),
    ),
    (
        ("Caseload", "caseload", 3, 0, 0.5, "Goed genoeg om voorzichtig mee te werken."),
        ("Gezag", "gezag", 0, 0, float("nan"), "Niets te vergelijken."),
        ("Ruimte", "ruimte", 0, 1, 0.0, "Goed genoeg om voorzichtig mee te werken."),
    ),
)


def shown(capsys, table: Table, width: int = 100) -> str:
    show_used(table, Screen(Texts("nl"), width), hidden=("id",))
    return capsys.readouterr().out


def test_a_theme_that_nobody_gave_is_counted_in_a_line(capsys):
    told = shown(capsys, THEMES)
    assert "Caseload" in told
    assert "Ruimte" in told
    assert "Gezag" not in told
    assert "caseload" not in told
    assert "1 thema dat niemand gaf, staat er niet bij." in told


def test_where_every_theme_occurs_nothing_is_said(capsys):
    table = Table(THEMES.key, THEMES.title, THEMES.columns, THEMES.rows[:1])
    assert "staat er niet bij" not in shown(capsys, table)


def test_where_nothing_occurs_only_that_is_said(capsys):
    told = shown(capsys, Table("agreement_codes", THEMES.title, THEMES.columns, THEMES.rows[1:2] * 2))
    assert "2 codes die niemand gaf, staan er niet bij." in told
    assert "Bo" not in told


def test_what_a_machine_alone_gave_is_shown(capsys):
    columns = (*THEMES.columns[:4], Column("machine", "Machine", Kind.COUNT))
    table = Table("machine_agreement", "T", columns, (("Gezag", "g", 0, 0, 2), ("Ruimte", "r", 0, 0, 0)))
    told = shown(capsys, table)
    assert "Gezag" in told
    assert "1 rij van wat codeurs noch machine gaven, staat er niet bij." in told


def test_other_tables_are_shown_whole(capsys):
    assert "Gezag" in shown(capsys, Table("other", "T", THEMES.columns, THEMES.rows))


def test_a_narrow_terminal_misses_a_measure_and_says_so(capsys):
    told = shown(capsys, THEMES, 48)
    assert "Te smal voor: Krippendorffs α." in told
    assert "Goed genoeg" in told


@pytest.mark.parametrize("template", _UNUSED.values())
def test_what_is_left_out_is_said_in_dutch(template):
    assert Texts("nl")(template) != template
