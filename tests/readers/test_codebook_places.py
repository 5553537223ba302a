"""Where values stand in a YAML text."""

import pytest

from codering.readers.codebook_places import Places, is_lines

TEXT = """\
naam: "Proef"  # zoals het heet
uitleg: |  # in twee regels
  een
  twee

codes:
  # de eerste
  - id: a

  - id: b
    regels: [x, y]  # samen

leeg:
"""
PLACES = Places(TEXT)


@pytest.mark.parametrize(
    ("path", "last"), [(("naam",), 0), (("uitleg",), 3), (("codes",), 10), (("codes", 0), 7), (("codes", 1, "id"), 9)]
)
def test_the_last_line_of_a_value_is_the_last_with_something_of_it(path, last):
    assert PLACES.last_line(PLACES.node(path)) == last


def test_the_first_line_of_an_item_is_that_of_its_dash_and_of_a_key_its_own():
    assert [PLACES.first_line(PLACES.collection(("codes",)), position) for position in (0, 1)] == [7, 9]
    assert [PLACES.first_line(PLACES.collection(()), position) for position in (0, 1, 2)] == [0, 1, 5]


@pytest.mark.parametrize(
    ("path", "remark"),
    [
        (("naam",), "  # zoals het heet"),
        (("uitleg",), "  # in twee regels"),
        (("codes", 1, "regels"), "  # samen"),
        (("codes", 0, "id"), ""),
        (("codes",), ""),
    ],
)
def test_a_remark_is_what_stands_behind_the_value_itself(path, remark):
    assert PLACES.remark(PLACES.node(path)) == remark


def test_a_position_is_that_of_the_character_in_the_text():
    node = PLACES.node(("codes", 1, "regels"))
    assert TEXT[PLACES.at(node.start_mark) : PLACES.at(node.end_mark)] == "[x, y]"


def test_items_stand_apart_where_a_blank_line_is_between_all_of_them():
    assert PLACES.apart(PLACES.collection(("codes",)))
    assert not Places("- a\n- b\n\n- c\n").apart(Places("- a\n- b\n\n- c\n").collection(()))


def test_what_is_not_there_is_not_found():
    for path in (("anders",), ("naam", "nl"), ("codes", 2), ("codes", "a")):
        with pytest.raises(LookupError):
            PLACES.node(path)
    with pytest.raises(LookupError):
        PLACES.collection(("naam",))
    with pytest.raises(LookupError):
        Places("").node(())


def test_a_text_of_several_lines_is_told_from_one_of_one():
    assert is_lines(PLACES.node(("uitleg",)))
    assert not is_lines(PLACES.node(("naam",)))


def test_dashes_stand_in_as_far_as_the_first_list_of_the_file():
    assert PLACES.offset == 2
    assert Places("codes:\n- a\n").offset == 0
    assert Places("codes: [a]\n").offset == 2
