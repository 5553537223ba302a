from __future__ import annotations

import json

import pytest

from codering.language import lemmas

FORMS = {
    "dossiers": "dossier", "afgerekend": "afrekenen", "mensen": "mens", "opgenomen": "opnemen", "ging": "gaan",
    "geregistreerd": "registreren", "qwxz": "qwxz",
}  # fmt: skip


@pytest.mark.parametrize(("form", "lemma"), FORMS.items())
def test_dictionary_form(form, lemma):
    assert lemmas.lemma(form) == lemma


def test_a_diminutive_has_two():
    assert lemmas.lemmas("klantjes") == ("klantje", "klant")
    assert lemmas.lemmas("dossiers") == ("dossier",)


def test_nonsense_is_its_own_lemma():
    assert lemmas.lemma("a" * 500) == "a" * 500
    assert lemmas.lemma("\u0000x") == "\u0000x"


def test_lemmas_are_kept_and_remembered(tmp_path, monkeypatch):
    lemmas.lemma("dossiers")
    lemmas.keep(tmp_path)
    (path,) = tmp_path.glob("lemmas-*.json")
    kept = json.loads(path.read_text("utf-8"))
    assert kept["dossiers"] == "dossier"
    path.write_text(json.dumps({"zzzwoord": "zzzlemma"}), "utf-8")
    lemmas.remember(tmp_path)
    assert lemmas.lemma("zzzwoord") == "zzzlemma"


@pytest.mark.parametrize("damage", ["", "[1]", "{", '{"dossiers": 3}'])
def test_a_damaged_cache_is_ignored(tmp_path, damage):
    lemmas.keep(tmp_path)
    (path,) = tmp_path.glob("lemmas-*.json")
    path.write_text(damage, "utf-8")
    lemmas.remember(tmp_path)
    assert lemmas.lemma("dossiers") == "dossier"


def test_a_folder_that_cannot_be_written_is_left_alone(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    lemmas.keep(blocked / "folder")
