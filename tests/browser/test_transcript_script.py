"""The pure parts of the component's JavaScript, run by the browser that runs them for a user."""

from __future__ import annotations

import random
from operator import itemgetter

import pytest

from codering.texts import texts as texts_of
from codering.web.transcript.assets import loader, script
from codering.web.transcript.changes import Sent
from codering.web.transcript.wording import wording

pytestmark = pytest.mark.browser

PARTS = (
    "counted, cut, differences, folded, Holding, lanes, moved, News, occurrences, pieces, plain, progress, ranked, "
    "searchable, step, tally, tiles, toPoints, toUnits, watchBlank, wholeWords"
)
ALPHABET = "ab é\u0301 👵🏽🙂𝔸\n.!?’-ﬁ"


@pytest.fixture(scope="module")
def page(chromium):
    page = chromium.new_page()
    page.add_script_tag(type="module", content=f"{script()}\nwindow.parts = {{ {PARTS} }};")
    page.wait_for_function("window.parts")
    yield page
    page.close()


def texts() -> list[str]:
    chance = random.Random(11)
    return ["", *("".join(chance.choices(ALPHABET, k=chance.randrange(40))) for _ in range(300))]


def item(identity: str, turn: int = 1, **given: object) -> dict[str, object]:
    base = {"id": identity, "kind": "suggestion", "state": "open", "turn": turn, "start": 0, "end": 4, "mine": True}
    return base | {"code": "a", "stance": "bevestigt"} | given


def folded(page, items, *actions: dict[str, object]) -> list[dict[str, object]]:
    named = [{"id": f"act{index}"} | action for index, action in enumerate(actions)]
    return page.evaluate("([items, actions]) => parts.folded(items, actions)", [items, named])


def test_offsets_count_as_python_counts(page):
    for text in texts():
        places = [(start, end) for start in range(len(text)) for end in range(start, len(text) + 1)][::7]
        found = page.evaluate(
            "([text, places]) => places.map(([s, e]) => [parts.cut(text, s, e),"
            " parts.toPoints(text, parts.toUnits(text, s))])",
            [text, places],
        )
        assert found == [[text[start:end], start] for start, end in places]


def test_pieces_lie_in_the_text_without_white_space_around_them(page):
    for text in texts():
        words = page.evaluate("(text) => parts.pieces(text, 'word')", text)
        assert [text[start:end] for start, end in words] == text.split()
        for start, end in page.evaluate("(text) => parts.pieces(text, 'sentence')", text):
            assert text[start:end].strip() == text[start:end] != ""


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("De Coördinator coördineert", "COORD", ["Coörd", "coörd"]),
        ("coo\u0308rdinatie", "coor", ["coo\u0308r"]),
        ("caf\u0065\u0301 open", "cafe", ["cafe\u0301"]),
        ("ja 👵🏽🙂 één keer", "een keer", ["één keer"]),
        ("‘maak je’ maar", "'maak je'", ["‘maak je’"]),
        ("in\n beweging", "in beweging", ["in\n beweging"]),
        ("ananas", "ana", ["ana"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("iets", "", []),
        ("iets", " ", []),
    ],
)
def test_what_one_types_is_found_without_case_and_accents(page, text, query, found):
    places = page.evaluate("([text, query]) => parts.occurrences(parts.searchable(text), query)", [text, query])
    assert [text[start:end] for start, end in places] == found


def test_places_that_are_found_are_those_of_python(page):
    for text in texts():
        for start, end in page.evaluate("(text) => parts.occurrences(parts.searchable(text), 'E')", text):
            assert text[start] in "eé"
            assert all(letter == "\u0301" for letter in text[start + 1 : end])


def test_tiles_tile_the_text(page):
    places = [{"start": 2, "end": 9}, {"start": 5, "end": 12}, {"start": 5, "end": 9}, {"start": 11, "end": 99}]
    found = page.evaluate("(places) => parts.tiles(14, places)", places)
    assert [(one["start"], one["end"], len(one["over"])) for one in found] == [
        (0, 2, 0),
        (2, 5, 1),
        (5, 9, 3),
        (9, 11, 1),
        (11, 12, 2),
        (12, 14, 1),
    ]


@pytest.mark.parametrize(
    ("text", "chosen", "whole"),
    [
        ("De coördinatoren zeiden", (5, 8), "coördinatoren"),
        ("De coo\u0308rdinatoren zeiden", (5, 8), "coo\u0308rdinatoren"),
        (" zei ’t maar ", (0, 7), "zei ’t"),
        ("ja 👵🏽🙂 nee", (3, 5), "👵🏽"),
        ("   ", (0, 3), None),
    ],
)
def test_a_selection_is_widened_to_whole_words(page, text, chosen, whole):
    found = page.evaluate("([text, s, e]) => parts.wholeWords(text, s, e)", [text, *chosen])
    assert (found and text[found[0] : found[1]]) == whole


def test_the_ends_of_a_place_move_by_words_and_never_cross(page):
    move = "([text, place, edge, by]) => parts.moved(text, place, edge, by)"
    assert page.evaluate(move, ["een twee drie", [0, 3], "end", 1]) == [0, 8]
    assert page.evaluate(move, ["een twee drie", [0, 8], "end", -1]) == [0, 3]
    assert page.evaluate(move, ["een twee drie", [0, 3], "end", -1]) == [0, 3]
    assert page.evaluate(move, ["een twee drie", [0, 8], "start", 1]) == [4, 8]
    assert page.evaluate(move, ["een twee drie", [4, 8], "start", 1]) == [4, 8]
    assert page.evaluate(move, ["een twee drie", [0, 13], "end", 1]) == [0, 13]


def test_what_is_held_is_what_was_sent_whichever_messages_were_lost(page):
    """Versions are sent to a browser that says what it holds late, and that may not see every message."""
    chance = random.Random(4)
    for _ in range(40):
        sent, holds, log, whole = Sent(), "", [], {}
        for step in range(12):
            ids = chance.sample("abcdefgh", chance.randrange(9))
            items = [{"id": one, "turn": chance.randrange(2)} for one in ids]
            order = [{"item": one} for one in "ab"[: chance.randrange(3)]]
            state = {"items": items, "order": order, "open": "1" * len(order), "memo": chance.choice("xy")}
            given = {"version": chance.choice("12"), "turns": [chance.randrange(2)]}
            message = sent.message(given, state, holds)
            whole[message["version"]] = (given, state)
            if step == 0 or chance.random() < 0.7:
                log.append(message)
                if chance.random() < 0.6:
                    holds = message["version"]
        found = page.evaluate(
            "(log) => { const holding = new parts.Holding(); return log.map((one) => holding.take(one)); }", log
        )
        for message, held in zip(log, found, strict=True):
            given, state = whole[message["version"]]
            assert held["page"] == given
            assert sorted(held["state"].pop("items"), key=itemgetter("id")) == sorted(
                state["items"], key=itemgetter("id")
            )
            order = [{"item": one["item"], "open": True} for one in state["order"]]
            assert held["state"] == {"order": order, "open": state["open"], "memo": state["memo"]}


def test_what_builds_on_something_that_is_not_held_is_asked_for_anew(page):
    message = {"version": "x.2", "base": "x.1", "page": {}, "state": {"items": []}, "gone": []}
    assert page.evaluate("(message) => new parts.Holding().take(message)", message) is None


def test_a_key_that_comes_before_the_page_is_not_taken(page):
    """As after a lost connection: the script is mounted anew and gets what builds on what it no longer holds."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    message = {"version": "x.2", "base": "x.1", "page": {}, "state": {"items": []}, "gone": []}
    told = page.evaluate(
        """(data) => {
          const parentElement = document.body.appendChild(document.createElement("div"));
          const told = [];
          coderingTranscript.show({ data, parentElement, setStateValue: (...given) => told.push(given) });
          const taken = ["a", "e", "Enter", "?"].map((key) => {
            const press = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
            return !document.body.dispatchEvent(press);
          });
          parentElement.remove();
          coderingTranscript.stop(parentElement);
          return { told, taken };
        }""",
        message,
    )
    assert told == {"told": [["queue", {"holds": "", "actions": [], "told": 1}]], "taken": [False] * 4}
    assert errors == []


def test_the_desk_stays_as_long_as_its_place_is_on_the_page(page):
    """Streamlit ends a call also when newer data overtake it, and may begin one after it took the component away."""
    page.add_script_tag(type="module", content=loader().replace("export default function", "window.load = function"))
    page.wait_for_function("Boolean(window.load)")
    found = page.evaluate(
        """() => {
          const parentElement = document.body.appendChild(document.createElement("div"));
          const data = { version: "x.2", base: "x.1", page: {}, state: { items: [] }, gone: [] };
          const call = () => load({ data, parentElement, setStateValue: () => {} });
          const [first, second] = [call(), call()];
          const desk = parentElement.lastChild;
          first();
          const overtaken = parentElement.lastChild === desk;
          parentElement.remove();
          second();
          const ended = parentElement.childElementCount;
          call();
          return { overtaken, ended, late: parentElement.childElementCount };
        }"""
    )
    assert found == {"overtaken": True, "ended": 0, "late": 0}


@pytest.mark.parametrize(("words", "cut", "clicks"), [("", True, 1), ("Codeboek", True, 0), ("", False, 0)])
def test_a_page_that_a_broken_line_left_blank_is_asked_for_again(page, words, cut, clicks):
    found = page.evaluate(
        """async ([words, cut]) => {
          const app = document.body.appendChild(document.createElement("div"));
          app.innerHTML = '<a data-testid="stSidebarNavLink" aria-current="page"></a><div data-testid="stMain"></div>';
          app.dataset.testid = "stApp";
          app.lastChild.textContent = words;
          let clicks = 0;
          app.firstChild.onclick = () => { clicks += 1; };
          const state = async (connection, script) => {
            Object.assign(app.dataset, { testConnectionState: connection, testScriptState: script });
            await new Promise((done) => setTimeout(done, 20));
          };
          await state("CONNECTED", "running");
          parts.watchBlank();
          if (cut) await state("PINGING_SERVER", "notRunning");
          await state("CONNECTED", "notRunning");
          await new Promise((done) => setTimeout(done, 1500));
          app.remove();
          return clicks;
        }""",
        [words, cut],
    )
    assert found == clicks


def test_what_is_painted_follows_the_actions_until_they_are_stored(page):
    items = [item("s1"), item("s2", turn=2)]
    accepted = folded(page, items, {"verb": "accept", "suggestion": "s1"})
    assert [(one["id"], one["kind"], one["state"]) for one in accepted] == [
        ("act0", "coding", "held"),
        ("s2", "suggestion", "open"),
    ]
    flipped = {"verb": "change", "coding": "act0", "stance": "ontkent", "code": "b"}
    changed = folded(page, items, {"verb": "accept", "suggestion": "s1"}, flipped)
    assert (changed[0]["stance"], changed[0]["code"], changed[0]["asked"]["code"]) == ("ontkent", "b", "a")
    removed = folded(page, items, {"verb": "accept", "suggestion": "s1"}, flipped, {"verb": "remove", "coding": "act0"})
    assert (removed[0]["id"], removed[0]["state"], removed[0]["stance"], removed[0]["code"]) == (
        "s1",
        "open",
        "bevestigt",
        "a",
    )
    assert folded(page, items, {"verb": "reject", "suggestion": "s2"})[1]["state"] == "rejected"


def test_an_undo_takes_back_what_was_not_stored_yet_and_a_redo_gives_it_back(page):
    items = [item("s1")]
    accept, undo, redo = {"verb": "accept", "suggestion": "s1"}, {"verb": "undo"}, {"verb": "redo"}
    memo = {"verb": "memo", "about": "coding:act0", "memo": "x"}
    assert folded(page, items, accept, undo)[0]["state"] == "open"
    assert folded(page, items, accept, memo, undo)[0]["state"] == "open"
    assert folded(page, items, accept, undo, redo)[0]["state"] == "held"
    assert folded(page, items, undo)[0]["state"] == "open"


def test_another_coders_coding_is_never_changed(page):
    items = [item("d1", kind="coding", state="held", mine=False, suggestion="s1"), item("s1")]
    found = folded(page, items, {"verb": "reject", "suggestion": "s1"})
    assert {one["id"]: one["state"] for one in found} == {"d1": "held", "s1": "rejected"}


def test_what_others_changed_is_counted_by_coder(page):
    def theirs(identity: str, coder: str = "Daan", **given: object) -> dict[str, object]:
        return item(identity, kind="coding", state="held", mine=False, coder=coder, **given)

    before = [item("s1"), theirs("d1"), theirs("d2"), theirs("e1", "Els"), theirs("e2", "Els")]
    after = [
        item("s1", state="rejected"),
        item("n1", kind="coding", state="held", coder="Noor"),
        theirs("d2", stance="ontkent"),
        theirs("d3"),
        theirs("d4", why=[]),
        theirs("e1", "Els", memo="x"),
        theirs("e2", "Els", end=9),
    ]
    found = page.evaluate("(given) => [...parts.differences(...given)]", [before, after])
    assert {coder: tuple(changes.values()) for coder, changes in found} == {
        "Daan": (2, 1, 1, False),
        "Els": (0, 1, 0, False),
    }
    assert page.evaluate("(items) => parts.differences(items, items).size", after) == 0


def test_what_others_changed_is_said_at_once_then_together_and_leaves_by_itself(page):
    texts = wording(texts_of("nl"))
    said = page.evaluate(
        """async (texts) => {
          const [added, changed] = [{ added: 1, changed: 0, removed: 0 }, { added: 0, changed: 2, removed: 1 }];
          const news = new parts.News({ stays: 40, quiet: 120 });
          const until = async (sure) => { while (!sure()) await new Promise((done) => setTimeout(done, 5)); };
          const said = [];
          news.add(texts, new Map([["Daan", added]]));
          said.push(news.box.textContent);
          news.add(texts, new Map([["Daan", added]]));
          news.add(texts, new Map([["Els", changed], ["Daan", added]]));
          news.codebook(texts, "Els");
          said.push(news.box.textContent);
          await until(() => news.box.textContent === "");
          await until(() => news.box.textContent !== "");
          said.push(news.box.textContent);
          await until(() => news.box.textContent === "" && !news.silence);
          news.codebook(texts, "");
          said.push(news.box.textContent);
          news.stop();
          return [...said, news.box.textContent, news.box.getAttribute("aria-live")];
        }""",
        texts,
    )
    assert said == [
        "Daan: één codering erbij.",
        "Daan: één codering erbij.",
        "Daan: 2 coderingen erbij. Els: 2 coderingen gewijzigd, één codering weggehaald, codeboek gewijzigd.",
        "Het codeboek is gewijzigd.",
        "",
        "polite",
    ]


def test_the_next_comes_in_the_chosen_order_and_from_the_end_on_again_from_the_beginning(page):
    order = [
        {"transcript": "a", "turn": turn, "item": identity, "open": True}
        for turn, identity in ((5, "s5"), (1, "s1"), (3, "s3"))
    ]
    step = """([order, here, by, closed]) =>
        parts.step(order, here, by, (one) => !closed.includes(one.item))?.item ?? null"""

    def next_of(at: str | None, by: int = 1, turn: int = 1, closed: tuple[str, ...] = ()) -> str | None:
        return page.evaluate(step, [order, {"transcript": "a", "turn": turn, "item": at}, by, list(closed)])

    assert (next_of("s5"), next_of("s1"), next_of("s3")) == ("s1", "s3", "s5")
    assert (next_of("s1", -1), next_of("s5", -1)) == ("s5", "s3")
    assert next_of("s5", closed=("s1",)) == "s3"
    assert next_of("s5", closed=("s1", "s3", "s5")) is None
    assert next_of(None, turn=2) == "s5"


def test_progress_counts_answers_to_suggestions_under_the_code_that_was_asked(page):
    items = [
        item("s1"),
        item("s2", state="rejected"),
        item("d1", kind="coding", state="held", suggestion="s3", code="b", asked={"code": "a"}),
        item("d2", kind="coding", state="held"),
        item("d3", kind="coding", state="held", suggestion="s4", mine=False),
    ]
    assert page.evaluate("(items) => parts.progress(items)", items) == {"done": 2, "total": 3}
    assert page.evaluate("(items) => parts.progress(items, 'a')", items) == {"done": 2, "total": 3}
    assert page.evaluate("(items) => parts.progress(items, 'b')", items) == {"done": 0, "total": 0}


def test_what_was_decided_is_counted_apart(page):
    asked = {"code": "a", "stance": "bevestigt", "start": 0, "end": 4}
    coding = {"kind": "coding", "state": "held"}
    items = [
        item("s1"),
        item("s2", state="rejected"),
        item("d1", **coding, suggestion="s3", asked=asked),
        item("d2", **coding, suggestion="s4", asked=asked | {"end": 5}),
        item("d3", **coding, suggestion="s5", asked=asked | {"stance": "ontkent"}),
        item("d4", **coding),
        item("d5", **coding, mine=False, suggestion="s6", asked=asked),
    ]
    expected = {"asked": 5, "open": 1, "accepted": 1, "changed": 2, "rejected": 1, "own": 1}
    assert page.evaluate("(items) => parts.tally(items)", items) == expected


def test_one_thing_is_counted_in_words_of_its_own(page):
    texts = {"left": "{count} turns", "leftOne": "one turn"}
    said = page.evaluate("(texts) => [0, 1, 2].map((count) => parts.counted(texts, 'left', count))", texts)
    assert said == ["0 turns", "one turn", "2 turns"]


def test_a_code_is_found_by_what_one_types_best_first(page):
    def code(identity: str, label: str, uses: int = 0, definition: str = "", theme: str = "") -> dict[str, object]:
        return {"id": identity, "label": label, "theme": theme, "definition": definition, "uses": uses}

    codes = [
        code("x_een", "Druk van buiten"),
        code("x_twee", "Werkdruk", 9),
        code("x_drie", "Hoge werkdruk"),
        code("x_vier", "Caseload", 2, definition="te veel werk"),
        code("x_vijf", "Coördinatie", 1),
    ]

    def found(query: str) -> list[str]:
        return [one["id"] for one in page.evaluate("([codes, query]) => parts.ranked(codes, query)", [codes, query])]

    assert found("") == ["x_twee", "x_vier", "x_vijf", "x_een", "x_drie"]
    assert found("werk") == ["x_twee", "x_drie", "x_vier"]
    assert found("druk") == ["x_een", "x_twee", "x_drie"]
    assert found("COORD") == ["x_vijf"]
    assert found("hoge druk") == ["x_drie"]
    assert found("vier") == ["x_vier"]
    assert found("(.*") == []


def test_bars_that_overlap_stand_side_by_side(page):
    bars = [{"top": top, "bottom": bottom} for top, bottom in ((0, 30), (10, 20), (20, 40), (30, 50))]
    assert page.evaluate("(bars) => parts.lanes(bars)", bars) == [0, 1, 1, 0]
