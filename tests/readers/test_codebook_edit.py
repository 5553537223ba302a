from __future__ import annotations

import codecs
import difflib

import pytest

from codering.codebooks import Change, Label
from codering.codings import Stance
from codering.crosswalk import current_codes
from codering.errors import CodebookError
from codering.readers.codebook_edit import CodebookFile

TEXT = """\
# Ons codeboek.
codebook: klein
label: {nl: Klein,   en: Small}   # met drie spaties

blocks:
  tijdgebrek: [geen tijd, te weinig tijd]

themes:

  # Het eerste thema.
  - id: caseload
    label: {nl: Omvang, en: Size}
    definition: >
      Hoeveel mensen
      iemand begeleidt.
    codes:

      # Eerst de aantallen.
      - id: cl_omvang
        label: {nl: Te veel, en: Too many}
        definition: Het aantal mensen.   # kort houden
        include: [aantallen, "groei"]
        examples:
          - Ik heb er veel te veel.
          - {text: "Nee hoor, prima te doen.", stance: ontkent}
        rules:
          - id: cl_omvang.aantal
            reason: Een aantal   # waarom
            match: {number: {min: 60,   unit: [mensen]}}
            weight: 0.70
            yes:
              - Ik heb er honderd mensen.
            no: [Er wonen tien mensen.]

          # De tweede regel.
          - id: druk
            reason: Drukte
            match: "*druk"
            context: {previous: [cl_omvang, cl_tijd], question: caseload}
            yes: [Wat een werkdruk.]
            no: [De drukpers.]

      # Dan de tijd.
      - id: cl_tijd
        label: {nl: Tijd, en: Time}
        definition: De tijd.
        near_misses:
          - {text: Ik heb er tachtig., instead: cl_omvang}
        rules:
          - id: tijd
            reason: Geen tijd
            match: $tijdgebrek
            context: {neighbour: cl_omvang}
            yes: [Ik heb geen tijd.]
            no: [Ik heb tijd.]

  # Het tweede thema.
  - id: rest
    label: {nl: Rest, en: Rest}
    definition: De rest.
# Einde.
"""


@pytest.fixture
def file() -> CodebookFile:
    return CodebookFile(TEXT, "klein.yaml")


def changed(file: CodebookFile) -> list[str]:
    """The lines that came and went."""
    lines = difflib.unified_diff(TEXT.splitlines(), file.text.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:1] in "+-" and line[:3] not in {"+++", "---"}]


def test_without_changes_the_text_is_the_same(file):
    assert file.text == TEXT


def test_a_definition_changes_its_line_and_keeps_the_comment_behind_it(file):
    file.set_definition("cl_omvang", "Zoveel: te veel.")
    assert changed(file) == [
        "-        definition: Het aantal mensen.   # kort houden",
        "+        definition: 'Zoveel: te veel.'   # kort houden",
    ]
    assert file.codebook.code("cl_omvang").definition == "Zoveel: te veel."


def test_a_folded_definition_is_replaced_whole(file):
    file.set_definition("caseload", "Hoeveel.")
    assert changed(file) == [
        "-    definition: >",
        "-      Hoeveel mensen",
        "-      iemand begeleidt.",
        "+    definition: Hoeveel.",
    ]


def test_one_language_of_a_label(file):
    file.set_label("cl_tijd", nl="Te weinig tijd")
    assert file.codebook.code("cl_tijd").label == Label("Te weinig tijd", "Time")
    assert changed(file) == [
        "-        label: {nl: Tijd, en: Time}",
        "+        label: {nl: Te weinig tijd, en: Time}",
    ]


def test_criteria_are_put_in_their_usual_place_and_taken_out_again(file):
    file.set_exclude("cl_omvang", ["los feit"])
    assert changed(file) == ["+        exclude:", "+          - los feit"]
    file.set_exclude("cl_omvang", [])
    assert file.text == TEXT


def test_a_code_is_added_at_the_end_of_its_theme_before_the_comment_on_the_next(file):
    file.add_code("caseload", "cl_nieuw", Label("Nieuw", "New"), "Iets nieuws.", section="§4.2")
    assert sorted(changed(file), key=lambda line: line != "+") == [
        "+",
        "+      - id: cl_nieuw",
        "+        label: {nl: Nieuw, en: New}",
        "+        definition: Iets nieuws.",
        "+        section: §4.2",
    ]
    assert "section: §4.2\n\n  # Het tweede thema." in file.text
    assert [code.id for code in file.codebook.themes[0].codes] == ["cl_omvang", "cl_tijd", "cl_nieuw"]


def test_the_first_code_of_a_theme_makes_the_list(file):
    file.add_code("rest", "overig", Label("Overig", "Other"), "Al het andere.")
    assert file.codebook.code("overig").theme == "rest"
    assert file.text.endswith("# Einde.\n")


def test_a_code_cannot_be_added_to_a_code(file):
    with pytest.raises(CodebookError, match="not a theme"):
        file.add_code("cl_tijd", "x", Label("X", "X"), "x")


def test_examples_and_near_misses(file):
    file.add_example("cl_omvang", "Nee: valt mee.", stance=Stance.DENIES, why="ontkend")
    file.add_example("cl_omvang", "Druk op straat.", near_miss=True, instead="cl_tijd")
    file.add_example("cl_tijd", "12")
    code = file.codebook.code("cl_omvang")
    assert code.examples[-1].stance is Stance.DENIES
    assert code.examples[-1].text == "Nee: valt mee."
    assert code.near_misses[0].instead == "cl_tijd"
    assert file.codebook.code("cl_tijd").examples[0].text == "12"
    assert not any("between quotes" in str(warning) for warning in file.warnings)


def test_a_rule_is_added_in_the_usual_order_of_keys(file):
    match = {"near": [{"verb": "af+rekenen"}, ["*cijfer*", "=klaar"]], "within": 8}
    file.add_rule("cl_tijd", {"no": ["Nee."], "yes": ["Ja: ja.", "no"], "match": match, "reason": "Zo", "id": "nieuw"})
    assert file.codebook.code("cl_tijd").rules[-1].id == "cl_tijd.nieuw"
    assert file.codebook.code("cl_tijd").rules[-1].matches == ("Ja: ja.", "no")
    assert changed(file)[0] == "+          - id: nieuw"
    assert all(line.startswith("+") for line in changed(file))


def test_keys_of_a_rule_are_replaced_and_taken_out(file):
    file.set_rule("cl_omvang.aantal", {"weight": None, "reason": "Beter", "unless": ["inwoner"]})
    rule = file.codebook.code("cl_omvang").rules[0]
    assert (rule.weight, rule.reason, len(rule.unless)) == (0.7, "Beter", 1)
    assert changed(file) == [
        "-            reason: Een aantal   # waarom",
        "+            reason: Beter   # waarom",
        "-            weight: 0.70",
        "+            unless: [inwoner]",
    ]


def test_a_removed_rule_leaves_the_others(file):
    file.remove_rule("cl_omvang.aantal")
    assert [rule.id for rule in file.codebook.code("cl_omvang").rules] == ["cl_omvang.druk"]
    file.remove_rule("cl_omvang.druk")
    assert file.codebook.code("cl_omvang").rules == ()


def test_an_unknown_rule_or_code_is_named(file):
    with pytest.raises(CodebookError, match=r"cl_tijd\.weg"):
        file.remove_rule("cl_tijd.weg")
    with pytest.raises(CodebookError, match="cl_weg"):
        file.set_definition("cl_weg", "x")


def test_a_rename_changes_every_reference_and_nothing_else(file):
    file.rename_code("cl_omvang", "cl_aantal", note="korter", date="2026-03-01")
    assert "cl_omvang" not in file.text.split("crosswalk:")[0]
    assert file.codebook.code("cl_aantal").rules[0].id == "cl_aantal.aantal"
    assert current_codes(file.codebook, "cl_omvang") == ("cl_aantal",)
    assert file.codebook.crosswalk[0].note == "korter"
    removed = [line for line in changed(file) if line.startswith("-")]
    assert len(removed) == 5
    line = '  - {change: renamed, before: [cl_omvang], after: [cl_aantal], date: "2026-03-01", note: korter}'
    assert file.text.endswith(f"crosswalk:\n{line}\n# Einde.\n")


def test_a_theme_can_be_renamed(file):
    file.rename_code("rest", "overig", date="2026-03-01")
    assert file.codebook.themes[1].id == "overig"


def test_a_chain_of_renames_is_followed(file):
    file.rename_code("cl_tijd", "cl_uren", date="2026-03-01")
    file.rename_code("cl_uren", "cl_contact", date="2026-04-01")
    assert current_codes(file.codebook, "cl_tijd") == ("cl_contact",)
    assert current_codes(file.codebook, "cl_contact") == ("cl_contact",)
    assert current_codes(file.codebook, "nooit") == ()


def test_an_id_that_was_given_up_is_not_used_again(file):
    file.rename_code("cl_tijd", "cl_uren", date="2026-03-01")
    with pytest.raises(CodebookError, match="not used again"):
        file.add_code("rest", "cl_tijd", Label("Tijd", "Time"), "Iets anders.")
    file.rename_code("cl_uren", "cl_tijd", date="2026-04-01")
    assert current_codes(file.codebook, "cl_uren") == ("cl_tijd",)


def test_a_merge_gathers_criteria_examples_and_rules(file):
    file.merge_codes(["cl_tijd", "cl_omvang"], "cl_omvang", note="samen", date="2026-03-01")
    code = file.codebook.code("cl_omvang")
    assert [rule.id for rule in code.rules] == ["cl_omvang.aantal", "cl_omvang.druk", "cl_omvang.tijd"]
    assert code.rules[1].context.previous == ("cl_omvang",)
    assert code.near_misses == ()
    assert code.examples[-1].text == "Ik heb er tachtig."  # it was said to carry cl_omvang, which took cl_tijd over
    assert "cl_tijd" not in file.codebook
    assert current_codes(file.codebook, "cl_tijd") == ("cl_omvang",)
    assert current_codes(file.codebook, "cl_omvang") == ("cl_omvang",)
    assert file.codebook.crosswalk[0].change is Change.MERGED


def test_rules_with_the_same_name_stay_apart_in_a_merge(file):
    file.set_rule("cl_tijd.tijd", {"id": "druk"})
    file.merge_codes(["cl_tijd"], "cl_omvang", date="2026-03-01")
    names = [rule.id for rule in file.codebook.code("cl_omvang").rules]
    assert names == ["cl_omvang.aantal", "cl_omvang.druk", "cl_omvang.cl_tijd_druk"]


def test_a_split_gives_everything_to_the_first_part(file):
    parts = [("cl_veel", Label("Veel", "Many"), "Veel."), ("cl_groei", Label("Groei", "Growth"), "Groei.")]
    file.split_code("cl_omvang", parts, note="te breed", date="2026-03-01")
    assert [code.id for code in file.codebook.themes[0].codes] == ["cl_veel", "cl_groei", "cl_tijd"]
    assert len(file.codebook.code("cl_veel").rules) == 2
    assert file.codebook.code("cl_veel").rules[1].context.previous == ("cl_veel", "cl_groei", "cl_tijd")
    assert current_codes(file.codebook, "cl_omvang") == ("cl_veel", "cl_groei")
    assert "# Dan de tijd.\n      - id: cl_tijd" in file.text


def test_a_split_can_keep_the_id(file):
    parts = [("cl_tijd", Label("Tijd", "Time"), "Tijd."), ("cl_uren", Label("Uren", "Hours"), "Uren.")]
    file.split_code("cl_tijd", parts, date="2026-03-01")
    assert current_codes(file.codebook, "cl_tijd") == ("cl_tijd", "cl_uren")


def test_a_split_that_keeps_the_id_keeps_it_where_rules_name_it(file):
    parts = [("cl_omvang", Label("Veel", "Many"), "Veel."), ("cl_groei", Label("Groei", "Growth"), "Groei.")]
    file.split_code("cl_omvang", parts, date="2026-03-01")
    contexts = [rule.context for _, rule in file.codebook.rules() if rule.context]
    assert contexts[0].previous == ("cl_omvang", "cl_groei", "cl_tijd")
    assert contexts[1].neighbour == ("cl_omvang", "cl_groei")  # a single code becomes a list: no part is forgotten


def test_a_code_is_not_renamed_to_what_it_is_called(file):
    with pytest.raises(CodebookError, match="the id already"):
        file.rename_code("cl_tijd", "cl_tijd")
    assert file.text == TEXT


def test_numbers_move_along_in_a_merge_as_they_were_written(file):
    file.merge_codes(["cl_omvang"], "cl_tijd", date="2026-03-01")
    assert "weight: 0.70" in file.text
    assert file.codebook.code("cl_tijd").rules[1].weight == 0.7


def test_a_split_needs_two_parts(file):
    with pytest.raises(CodebookError, match="two"):
        file.split_code("cl_tijd", [("a", Label("A", "A"), "a")])


def test_a_removed_code_leaves_contexts_that_name_others_too(file):
    file.remove_code("cl_tijd", note="niet gebruikt", date="2026-03-01")
    assert file.codebook.code("cl_omvang").rules[1].context.previous == ("cl_omvang",)
    assert current_codes(file.codebook, "cl_tijd") == ()
    assert file.codebook.crosswalk[0].after == ()


def test_a_code_that_a_rule_depends_on_is_not_removed_and_the_rule_is_named(file):
    with pytest.raises(CodebookError, match="has no code cl_omvang") as caught:
        file.remove_code("cl_omvang")
    assert "rules[0].context.neighbour" in str(caught.value)
    assert file.text == TEXT


def test_a_theme_is_added_at_the_end_gets_codes_and_goes_again_when_it_has_none(file):
    file.add_theme("nieuw", Label("Nieuw", "New"), "Iets dat er nog niet was.")
    file.add_code("nieuw", "n_een", Label("Een", "One"), "Het eerste.")
    theme = file.codebook.themes[-1]
    assert (theme.id, theme.label, [code.id for code in theme.codes]) == ("nieuw", Label("Nieuw", "New"), ["n_een"])
    assert file.text.startswith(TEXT.rstrip().splitlines()[0])
    with pytest.raises(CodebookError, match="used twice"):
        file.add_theme("nieuw", Label("X", "X"), "x")
    with pytest.raises(CodebookError, match="theme with codes"):
        file.remove_code("nieuw")
    file.remove_code("n_een", date="2026-03-01")
    file.remove_code("nieuw", date="2026-03-02")
    assert [one.id for one in file.codebook.themes] == [one.id for one in CodebookFile(TEXT).codebook.themes]
    assert [one.before for one in file.codebook.crosswalk] == [("n_een",), ("nieuw",)]


def test_the_only_theme_stays():
    file = CodebookFile("codebook: x\nlabel: {nl: X, en: X}\nthemes: [{id: a, label: {nl: A, en: A}, definition: d}]\n")
    with pytest.raises(CodebookError, match="themes"):
        file.remove_code("a")
    file.add_theme("b", Label("B", "B"), "e")
    assert [one.id for one in file.codebook.themes] == ["a", "b"]


def test_a_theme_with_codes_is_not_merged_split_or_removed(file):
    for act in (
        lambda: file.remove_code("caseload"),
        lambda: file.merge_codes(["rest"], "cl_tijd"),
        lambda: file.split_code("rest", []),
    ):
        with pytest.raises(CodebookError, match="is a theme"):
            act()


def test_a_change_that_would_not_be_valid_changes_nothing(file):
    with pytest.raises(CodebookError, match="weight"):
        file.set_rule("cl_omvang.aantal", {"weight": 3})
    with pytest.raises(CodebookError, match="used twice"):
        file.add_code("rest", "cl_tijd", Label("X", "X"), "x")
    with pytest.raises(CodebookError, match="An id begins"):
        file.rename_code("cl_tijd", "Te veel")
    assert file.text == TEXT


def test_windows_line_ends_stay(tmp_path):
    file = CodebookFile(TEXT.replace("\n", "\r\n"), "klein.yaml")
    file.add_example("cl_tijd", "Geen minuut.")
    assert file.text.count("\n") == file.text.count("\r\n")
    path = tmp_path / "klein.yaml"
    file.save(path)
    assert CodebookFile.open(path).text == file.text
    assert [entry.name for entry in tmp_path.iterdir()] == ["klein.yaml"]


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_file_keeps_its_encoding_and_mixed_line_ends(tmp_path, mark):
    text = TEXT.replace("Het aantal", "Één aantal").replace("\n", "\r\n", 12)
    encoding = {b"": "utf-8", codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le"}.get(mark, "utf-16-be")
    path = tmp_path / "klein.yaml"
    path.write_bytes(mark + text.encode(encoding))
    file = CodebookFile.open(path)
    file.set_definition("rest", "Al het andere.")
    file.save(path)
    assert path.read_bytes() == mark + text.replace("De rest.", "Al het andere.").encode(encoding)


def test_a_link_to_a_codebook_stays_a_link_and_its_file_keeps_its_rights(file, tmp_path):
    real, link = tmp_path / "echt.yaml", tmp_path / "klein.yaml"
    real.write_text(TEXT, encoding="utf-8")
    real.chmod(0o640)
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("this computer lets nobody make links")
    rights = real.stat().st_mode
    file.set_definition("rest", "Anders.")
    file.save(link)
    assert link.is_symlink()
    assert (real.read_text(encoding="utf-8"), real.stat().st_mode) == (file.text, rights)


def test_a_file_that_cannot_be_written_is_named(file, tmp_path):
    with pytest.raises(CodebookError, match=r"klein\.yaml cannot be written"):
        file.save(tmp_path / "weg" / "klein.yaml")


def test_lists_without_indentation_are_edited_in_their_own_style():
    text = "codebook: k\nlabel: {nl: K, en: K}\nthemes:\n- id: a\n  label: {nl: A, en: A}\n  definition: d\n"
    file = CodebookFile(text, "k.yaml")
    file.add_example("a", "Zo.")
    file.add_code("a", "b", Label("B", "B"), "e")
    assert file.text == (
        text + "  examples:\n  - Zo.\n  codes:\n  - id: b\n    label: {nl: B, en: B}\n    definition: e\n"
    )


def test_a_codebook_in_one_line_can_be_edited_too():
    text = "{codebook: k, label: {nl: K, en: K}, themes: [{id: a, label: {nl: A, en: A}, definition: d}]}"
    file = CodebookFile(f"codebook: k\nlabel: {{nl: K, en: K}}\nthemes: {text[text.index('[') : -1]}", "k.yaml")
    file.set_definition("a", "anders")
    file.add_example("a", "Zo.")
    assert file.codebook.code("a").definition == "anders"
    assert file.codebook.code("a").examples[0].text == "Zo."
