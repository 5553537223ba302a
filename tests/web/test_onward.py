from __future__ import annotations

from codering.project import Reviewed
from codering.web.transcript.onward import onward_data

TITLES = {"een": "Groep een", "twee": "Groep twee", "drie": "Groep drie"}


def test_the_browser_hears_which_transcript_comes_next_and_how_much_is_left():
    rows = (Reviewed("een", 3, 3, 9, 9), Reviewed("twee", 1, 4, 2, 9, begun=True), Reviewed("drie", 0, 2, 0, 9))
    assert onward_data("een", rows, rows[1:], TITLES) == {
        "onward": {
            "blind": False,
            "done": False,
            "next": {"transcript": "twee", "title": "Groep twee", "open": 3, "blind": False},
            "left": 2,
            "unread": 2,
        }
    }


def test_without_a_next_transcript_it_hears_what_was_not_read_elsewhere():
    rows = (Reviewed("een", 3, 3, 0, 9), Reviewed("twee", 4, 4, 9, 9), Reviewed("drie", 2, 2, 8, 9))
    found = onward_data("een", rows, (), TITLES)["onward"]
    assert (found["next"], found["left"], found["unread"]) == (None, 0, 1)


def test_of_what_is_coded_blind_it_hears_whether_the_coder_said_to_be_done():
    rows = (Reviewed("een", 0, 0, 0, 9, declared=True), Reviewed("twee", 0, 0, 0, 9, declared=False))
    found = onward_data("een", rows, rows[1:], TITLES)["onward"]
    assert (found["blind"], found["done"], found["next"]["blind"]) == (True, True, True)
