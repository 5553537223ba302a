"""Passages are chosen for the report on the command line, by the rules of the app: only what counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codering.cli import run
from codering.codings import Stance, Verdict
from codering.errors import CoderingError
from codering.project import Project
from codering.project.quoting import _enough, choose_passages
from codering.transcripts import Role, Segment

BOOK = """\
codebook: proef
label: {nl: Proef, en: Proef}
themes:
  - id: caseload
    label: {nl: Omvang van de caseload, en: Omvang van de caseload}
    definition: Hoeveel mensen iemand begeleidt.
    codes:
      - id: cl_omvang
        label: {nl: Te veel cliënten, en: Te veel cliënten}
        definition: Te veel mensen per professional.
  - id: ruimte
    label: {nl: Ruimte, en: Ruimte}
    definition: Wat iemand zelf mag bepalen.
    codes:
      - id: ru_regels
        label: {nl: Regels, en: Regels}
        definition: Regels die knellen.
"""
TALK = """\
Moderator: Hebben jullie te veel mensen?
Ank: Ja, ik heb echt te veel mensen op mijn naam staan, het zijn er honderd.
Bas: Nou, bij ons heeft niemand te veel mensen hoor, echt niet.
Ank: En die regels van boven, die knellen ook.
"""


def add(project: Project, coder: str, turn: int, code: str, stance: Stance = Stance.CONFIRMS) -> str:
    words = project.transcript("groep").turn(turn).text
    made = project.decide(
        Verdict.ADD, coder=coder, segment=Segment("groep", turn, 0, len(words)), code=code, stance=stance
    )
    return made.id


@pytest.fixture
def ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODERING_LANG", raising=False)
    Path("boek.yaml").write_text(BOOK, encoding="utf-8")
    Path("groep.txt").write_text(TALK, encoding="utf-8")
    with Project.create(Path("p.codering"), codebook=Path("boek.yaml")) as project:
        project.add([Path("groep.txt")])
        return {
            "much": add(project, "Noor", 2, "cl_omvang"),
            "not": add(project, "Noor", 3, "cl_omvang", Stance.DENIES),
            "rules": add(project, "Noor", 4, "ru_regels"),
            "other": add(project, "Sem", 2, "cl_omvang"),
        }


def listed(capsys, *more: str) -> list[dict[str, object]]:
    assert run(["passages", "list", "p.codering", "--json", *more]) == 0
    return json.loads(capsys.readouterr().out)["passages"]


def chosen() -> list[str]:
    with Project.open(Path("p.codering")) as project:
        return [one.id for one in project.chosen_quotations()]


def test_only_passages_that_count_are_listed_in_the_order_of_the_codebook(ids, capsys):
    rows = listed(capsys)
    assert [row["id"] for row in rows] == [ids["much"], ids["not"], ids["rules"]]
    assert rows[0] == {
        "id": ids["much"],
        "short": ids["much"][:8],
        "theme": "caseload",
        "code": "cl_omvang",
        "code_label": "Te veel cliënten",
        "stance": "bevestigt",
        "chosen": False,
        "speaker": "Ank",
        "transcript": "groep",
        "turn": 2,
        "quote": "Ja, ik heb echt te veel mensen op mijn naam staan, het zijn er honderd.",
        "coder": "Noor",
    }


def test_a_theme_or_a_code_is_listed_by_itself(ids, capsys):
    assert [row["id"] for row in listed(capsys, "--theme", "ruimte")] == [ids["rules"]]
    assert [row["id"] for row in listed(capsys, "--code", "cl_omvang")] == [ids["much"], ids["not"]]
    assert len(listed(capsys, "--code", "cl_omvang", "--theme", "ruimte")) == 3
    assert run(["passages", "list", "p.codering", "--theme", "weg"]) == 2
    assert "--theme: weg komt in dit project niet voor; er is wel: caseload, ruimte" in capsys.readouterr().err


def test_a_person_sees_how_many_there_are_and_then_the_words_with_their_id(ids, capsys):
    assert run(["passages", "list", "p.codering"]) == 0
    told = capsys.readouterr().out
    assert "Omvang van de caseload" in told
    assert "codering passages list p.codering --theme ID" in told
    assert "honderd" not in told
    assert run(["passages", "choose", "p.codering", ids["much"], "--coder", "Noor"]) == 0
    capsys.readouterr()
    assert run(["passages", "list", "p.codering", "--code", "cl_omvang"]) == 0
    first, second = capsys.readouterr().out.strip().split("\n\n")[1:]
    assert first.startswith(f"{ids['much'][:8]}  Te veel cliënten (bevestigt) · Ank · groep, beurt 2\n“Ja, ik heb echt")
    assert first.endswith("Gekozen voor het verslag.")
    assert second.startswith(f"{ids['not'][:8]}  Te veel cliënten (ontkent) · Bas · groep, beurt 3\n“Nou, bij ons")
    assert "Gekozen" not in second


def test_passages_are_chosen_by_the_beginning_of_their_id_and_dropped_again(ids, capsys):
    both = [ids["much"][:8], ids["rules"].upper()]
    assert run(["passages", "choose", "p.codering", *both, "--coder", "Noor"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert told == "2 passages voor het verslag gekozen, 0 waren dat al. In totaal zijn 2 passages gekozen."
    assert chosen() == [ids["much"], ids["rules"]]
    assert run(["passages", "choose", "p.codering", *both, ids["not"], both[0], "--coder", "Noor"]) == 0
    assert "1 passage voor het verslag gekozen, 2 waren dat al." in capsys.readouterr().out
    assert [row["id"] for row in listed(capsys, "--chosen")] == [ids["much"], ids["not"], ids["rules"]]
    assert run(["passages", "drop", "p.codering", ids["much"][:8], ids["rules"], "--coder", "Noor"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert told == "2 passages uit het verslag weggelaten. In totaal is 1 passage gekozen."
    assert chosen() == [ids["not"]]


def test_what_is_chosen_stands_in_the_report(ids, capsys):
    # Nobody denies it in a report of examples: those are of who confirms.
    assert run(["export", "p.codering", "--to", "html", "--out", "voor.html"]) == 0
    assert "bij ons heeft niemand" not in Path("voor.html").read_text(encoding="utf-8")
    assert run(["passages", "choose", "p.codering", ids["not"], "--coder", "Noor"]) == 0
    assert run(["export", "p.codering", "--to", "html", "--out", "na.html"]) == 0
    page = Path("na.html").read_text(encoding="utf-8")
    assert "bij ons heeft niemand" in page
    assert "het zijn er honderd" not in page


@pytest.mark.parametrize(
    ("which", "says"),
    [
        ("other", "deze passage is gecodeerd door Sem, en van groep tellen de coderingen van Noor"),
        ("not", "dit zegt de gespreksleider"),
    ],
)
def test_what_does_not_count_is_refused_and_then_nothing_is_chosen(ids, capsys, which, says):
    with Project.open(Path("p.codering")) as project:
        project.set_speaker("groep", "Bas", role=Role.MODERATOR)
    assert run(["passages", "choose", "p.codering", ids["much"], ids[which], "--coder", "Noor"]) == 2
    told = capsys.readouterr().err
    assert f"{ids[which]}: {says}" in " ".join(told.split())
    assert "er is niets veranderd" in told
    assert not chosen()


@pytest.mark.parametrize("given", ["ffff", "x", "abc"])
def test_an_id_of_nothing_says_where_ids_are(ids, capsys, given):
    assert run(["passages", "choose", "p.codering", given, "--coder", "Noor"]) == 2
    assert f"{given}: geen passage heeft dit id" in capsys.readouterr().err
    assert run(["passages", "drop", "p.codering", ids["much"], "--coder", "Noor"]) == 2
    assert "--chosen` toont welke dat wel zijn" in capsys.readouterr().err


def test_an_id_that_fits_more_passages_is_refused(ids, monkeypatch):
    monkeypatch.setattr("codering.project.quoting._GIVEN", 0)
    with (
        Project.open(Path("p.codering")) as project,
        pytest.raises(CoderingError, match="3 passages have an id that begins like this"),
    ):
        choose_passages(project, [ids["much"], ""], coder="Noor")
    assert not chosen()


def test_an_id_is_as_long_as_it_must_be():
    assert _enough([]) == 8
    assert _enough(["a" * 32, "b" * 32]) == 8
    assert _enough(["a" * 31 + "b", "a" * 32]) == 32


def test_a_transcript_that_is_coded_blind_shows_no_passages(ids, capsys):
    with Project.open(Path("p.codering")) as project:
        project.set_blind(["Noor", "Sem"])
    assert not listed(capsys)
    assert run(["passages", "list", "p.codering", "--chosen"]) == 0
    told = capsys.readouterr().out
    assert "Die zijn er niet." in told
    assert "Weggelaten omdat ze nog blind gecodeerd worden: groep." in told
    assert run(["passages", "choose", "p.codering", ids["much"], "--coder", "Noor"]) == 2
    assert "groep wordt nog blind gecodeerd" in capsys.readouterr().err


def test_a_chosen_passage_that_no_longer_counts_is_said_and_can_be_dropped(ids, capsys):
    with Project.open(Path("p.codering")) as project:
        project.choose_quotation(ids["other"], coder="Sem")
    assert run(["passages", "list", "p.codering"]) == 0
    assert "1 gekozen passage telt nu niet mee en staat niet in het verslag." in capsys.readouterr().out
    assert run(["passages", "drop", "p.codering", ids["other"], "--coder", "Noor"]) == 0
    assert not chosen()


def test_who_chooses_has_the_name_that_the_project_knows(ids, capsys):
    assert run(["passages", "choose", "p.codering", ids["much"], "--coder", "noor "]) == 2
    assert "Noor" in capsys.readouterr().err
    assert not chosen()
