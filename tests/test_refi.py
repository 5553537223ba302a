from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from codering.codebooks import Code, Codebook, Label, Theme
from codering.codings import Coding, Stance, Suggestion
from codering.errors import ExportError
from codering.exporters import write
from codering.exporters.refi import PROJECT
from codering.exporters.results import Results
from codering.results import gathered
from codering.texts import Texts
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn

NL = Texts("nl")
SCHEMAS = Path(__file__).parent.parent.parent / "shared" / "refi"
N = {"q": PROJECT}


def book() -> Codebook:
    own = Code("last", Label("Last", "Burden"), "Zwaar & <zwaar>.", "last", ("wel",), ("niet",), "§4", "#112233")
    codes = (
        Code("druk", Label("Druk", "Pressure"), "Druk.", "last"),
        Code("druk2", Label("Druk", "Pressure"), "x", "last"),
    )
    return Codebook("boek", Label("Boek", "Book"), (Theme(own, codes),))


def group() -> Transcript:
    turns = (
        Turn(1, "M", "Hoe is de druk?"),
        Turn(2, "Ank", "Eh 👵🏽 te druk,\nveel te druk \x0b hoor 🙂."),
        Turn(3, "Bas", "Nee, valt mee."),
    )
    speakers = (
        Speaker("M", Role.MODERATOR),
        Speaker("Ank", pseudonym="P1", attributes=(("functie", "klantmanager & co"),)),
        Speaker("Bas"),
    )
    return Transcript("groep", turns, speakers)


def place(turn: int, words: str) -> Segment:
    start = group().turn(turn).text.index(words)
    return Segment("groep", turn, start, start + len(words))


def results() -> Results:
    codings = (
        Coding(place(2, "te druk,\nveel"), "druk", Stance.CONFIRMS, "Noor", "1", "1", "added"),
        Coding(place(2, "te druk,\nveel"), "last", Stance.CONFIRMS, "Sam", "2", "2", "added"),
        Coding(place(2, "hoor 🙂"), "druk2", Stance.CONFIRMS, "Noor", "3", "3", "added"),
        Coding(place(3, "valt mee"), "druk", Stance.DENIES, "Noor", "4", "4", "added"),
    )
    suggestions = (Suggestion(place(3, "Nee"), "last", Stance.CONFIRMS, "rule:last.x", 0.5),)
    made = gathered("Proef <1>", (group(),), {}, book(), codings, suggestions, language="nl")
    return replace(made, times={"1": "2026-03-04T05:06:07.123456+00:00"})


@pytest.fixture
def exported(tmp_path):
    write(results(), tmp_path / "uit.qdpx", format="refi", texts=NL)
    with zipfile.ZipFile(tmp_path / "uit.qdpx") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def project(exported):
    return etree.fromstring(exported["project.qde"])


def validated(schema: str, content: bytes) -> None:
    if not SCHEMAS.exists():
        pytest.skip("the schemas of REFI-QDA are not here; they may not be copied into the project")
    etree.XMLSchema(etree.parse(str(SCHEMAS / schema))).assertValid(etree.fromstring(content))


def test_the_project_is_valid(exported):
    validated("Project.xsd", exported["project.qde"])


def test_the_codebook_is_valid(tmp_path):
    write(results(), tmp_path / "boek.qdc", format="qdc", texts=NL)
    validated("Codebook.xsd", (tmp_path / "boek.qdc").read_bytes())


def test_every_selection_holds_the_words_that_were_coded(exported, project):
    (source,) = project.iterfind(".//q:TextSource", N)
    text = exported["sources/" + source.get("plainTextPath").removeprefix("internal://")].decode("utf-8")
    found = {
        text[int(s.get("startPosition")) : int(s.get("endPosition"))]
        for s in source.iterfind("q:PlainTextSelection", N)
    }
    assert found == {"te druk,\nveel", "hoor 🙂", "valt mee"}
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert "Ank" not in text, "a pseudonym takes the place of the name"


def test_who_coded_what_and_when(project):
    users = {user.get("guid"): user.get("name") for user in project.iterfind(".//q:User", N)}
    codes = {code.get("guid"): code.get("name") for code in project.iterfind(".//q:Code", N)}
    made = [
        (users[c.get("creatingUser")], codes[c.find("q:CodeRef", N).get("targetGUID")], c.get("creationDateTime"))
        for c in project.iterfind(".//q:Coding", N)
    ]
    assert ("Noor", "Druk (druk)", "2026-03-04T05:06:07Z") in made
    assert sorted(code for _, code, _ in made) == ["Druk (druk)", "Druk (druk) – ontkend", "Druk (druk2)", "Last"]


def test_what_is_denied_has_a_code_of_its_own_below_the_code(project):
    parents = {code.get("name"): code.getparent().get("name") for code in project.iterfind(".//q:Code", N)}
    assert parents["Druk (druk) – ontkend"] == "Druk (druk)"
    assert "Last – ontkend" not in parents


def test_participants_are_cases_with_their_attributes(project):
    cases = {case.get("name"): case for case in project.iterfind(".//q:Case", N)}
    assert set(cases) == {"P1 (groep)", "Bas (groep)"}
    assert cases["P1 (groep)"].findtext(".//q:TextValue", namespaces=N) == "klantmanager & co"


def test_the_description_warns_of_wide_characters(project):
    assert "UTF-16" in project.findtext("q:Description", namespaces=N)


def test_two_exports_are_the_same(tmp_path):
    made = results()
    for name in ("a.qdpx", "b.qdpx"):
        write(made, tmp_path / name, format="refi", texts=NL)
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()


def test_a_project_without_codings_or_transcripts_is_valid(tmp_path):
    write(gathered("Leeg", (), {}, book(), (), (), language="nl"), tmp_path / "leeg.qdpx", format="refi", texts=NL)
    with zipfile.ZipFile(tmp_path / "leeg.qdpx") as archive:
        validated("Project.xsd", archive.read("project.qde"))


def test_the_gate_stops_what_is_not_verbatim(tmp_path):
    wrong = replace(results().codings[0], segment=Segment("groep", 2, 0, 999))
    with pytest.raises(ExportError, match="turn 2 has no characters"):
        write(replace(results(), codings=(wrong,)), tmp_path / "x.qdpx", format="refi", texts=NL)
