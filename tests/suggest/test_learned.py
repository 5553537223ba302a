"""Suggestions that learn: on small groups that are made up here."""

from __future__ import annotations

import math
import random
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.codebooks import Code, Codebook, Label, Theme
from codering.codings import Coding, Evidence, Stance, Suggestion
from codering.errors import SuggestionError
from codering.suggest.learned import LearnedSuggester
from codering.suggest.learning.data import UNKNOWN, Lessons, Targets, all_passages, labels
from codering.suggest.learning.explain import LONG_TURN, place_of, sentences
from codering.suggest.learning.material import folds_of
from codering.suggest.learning.trust import Fired, Hits, RuleTrust
from codering.texts import texts
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn

CASELOAD = ("Ik heb te veel dossiers", "Mijn caseload is veel te hoog", "Zoveel dossiers per persoon, dat lukt niet")
TOOLS = ("Het systeem loopt steeds vast", "Dat registratiesysteem werkt traag", "We typen alles dubbel in het systeem")
OTHER = (
    "Ik fiets graag naar mijn werk",
    "De koffie is hier prima",
    "We hebben leuke collega's",
    "Goedemiddag allemaal",
)
ENDS = ("hoor", "zeg ik altijd", "bij ons", "eigenlijk", "sinds vorig jaar", "en dat blijft zo", "vind ik", "denk ik")


def codebook() -> Codebook:
    """Two themes; the first has two codes."""
    load = Code("last", Label("Werklast", "Load"), "", "last")
    cases = Code("last_dossiers", Label("Dossiers", "Cases"), "", "last")
    rare = Code("last_reistijd", Label("Reistijd", "Travel"), "", "last")
    tools = Code("systeem", Label("Systeem", "System"), "", "systeem")
    return Codebook("proef", Label("Proef", "Trial"), (Theme(load, (cases, rare)), Theme(tools)))


def group(name: str, turns: int = 24, seed: int = 0) -> Transcript:
    """The moderator asks every sixth turn; caseload, tools and other things by turns."""
    chance = random.Random(f"{name}{seed}")
    said = []
    for n in range(1, turns + 1):
        text = chance.choice((CASELOAD, TOOLS, OTHER, OTHER)[n % 4]) + " " + chance.choice(ENDS) + f" {name}{n}."
        said.append(Turn(n, "Mo", "Hoe gaat het met het werk?") if n % 6 == 1 else Turn(n, "Anna", text))
    return Transcript(name, tuple(said), (Speaker("Mo", Role.MODERATOR), Speaker("Anna")))


def coding(transcript: Transcript, turn: int, code: str, origin: str = "added") -> Coding:
    identity = f"{transcript.name}-{turn}-{code}"
    where = transcript.whole(transcript.turn(turn))
    return Coding(where, code, Stance.CONFIRMS, "eva", identity, identity, origin)


def truth(transcript: Transcript) -> list[Coding]:
    """What a person would code."""
    found = []
    for turn in transcript.participant_turns():
        if any(turn.text.startswith(start) for start in CASELOAD):
            found.append(coding(transcript, turn.number, "last_dossiers"))
        if any(turn.text.startswith(start) for start in TOOLS):
            found.append(coding(transcript, turn.number, "systeem"))
    return found


def hit(transcript: Transcript, turn: int, code: str, word: str, **values) -> Suggestion:
    text = transcript.turn(turn).text
    start = text.index(word)
    where = Segment(transcript.name, turn, start, start + len(word))
    stance = values.get("stance", Stance.CONFIRMS)
    evidence = (Evidence("match", word, where),)
    return Suggestion(
        transcript.whole(transcript.turn(turn)), code, stance, f"rule:{code}.x", values.get("weight", 0.7), evidence
    )


def rules(*transcripts: Transcript, word: str = "dossiers", code: str = "last_dossiers", **values) -> list[Suggestion]:
    """A rule that looks for one word."""
    return [
        hit(t, p.number, code, word, **values) for t in transcripts for p in t.participant_turns() if word in p.text
    ]


def everything(*transcripts: Transcript) -> frozenset[tuple[str, int]]:
    return frozenset((t.name, turn.number) for t in transcripts for turn in t.participant_turns())


READ = tuple(group(name) for name in "abcd")
NEW = group("nieuw")


def lessons(read=READ, others=(NEW,), hits=(), codings=None, seen=None, rejected=frozenset()) -> Lessons:
    if codings is None:
        codings = [one for t in read for one in truth(t)]
    seen = everything(*read) if seen is None else seen
    return Lessons((*read, *others), tuple(codings), frozenset(seen), frozenset(rejected), tuple(hits))


def trained(read=READ, others=(NEW,), hits=(), codings=None, seen=None, rejected=frozenset(), **values):
    taught = lessons(read, others, hits, codings, seen, rejected)
    return LearnedSuggester.train(codebook(), taught, **values)


@pytest.fixture(scope="module")
def plain() -> LearnedSuggester:
    return trained()


class TestLabels:
    def test_read_is_no_and_unread_is_unknown(self):
        table = labels(all_passages([READ[0], NEW]), Targets.of(codebook()), lessons(READ[:1]))
        own = sum(1 for _ in READ[0].participant_turns())
        assert (table[:own] != UNKNOWN).all()
        assert (table[own:] == UNKNOWN).all()

    def test_a_theme_carries_what_its_codes_carry_but_not_the_other_way_round(self):
        turn = next(READ[0].participant_turns()).number
        targets = Targets.of(codebook())
        table = labels(
            all_passages([READ[0]]), targets, lessons(codings=[coding(READ[0], turn, "last_dossiers")], seen=())
        )
        assert dict(zip(targets.codes, table[0].tolist(), strict=True)) == {
            "last": 1,
            "last_dossiers": 1,
            "last_reistijd": UNKNOWN,
            "systeem": UNKNOWN,
        }
        own = labels(all_passages([READ[0]]), targets, lessons(codings=[coding(READ[0], turn, "last")], seen=()))
        assert own[0, 0] == 1
        assert own[0, 1] == UNKNOWN

    def test_a_rejection_is_a_no_for_that_code_only_and_a_coding_outweighs_it(self):
        turn = next(READ[0].participant_turns()).number
        passages, targets = all_passages([READ[0]]), Targets.of(codebook())
        rejected = {("a", turn, "systeem"), ("a", turn, "unknown"), ("gone", 1, "systeem")}
        table = labels(passages, targets, lessons(codings=(), seen=(), rejected=rejected))
        assert table[0].tolist() == [UNKNOWN, UNKNOWN, UNKNOWN, 0]
        again = labels(
            passages, targets, lessons(codings=[coding(READ[0], turn, "systeem")], seen=(), rejected=rejected)
        )
        assert again[0, 3] == 1

    def test_what_was_said_before_stays_apart(self):
        said = (
            Turn(1, "Mo", "Wat kost tijd?"),
            Turn(2, "Anna", "Reizen."),
            Turn(3, "Bo", "Ja."),
            Turn(4, "Bo", "  "),
            Turn(5, "Anna", "Zeker."),
        )
        passages = all_passages(
            [Transcript("t", said, (Speaker("Mo", Role.MODERATOR), Speaker("Anna"), Speaker("Bo")))]
        )
        assert [(p.text, p.previous, p.question) for p in passages] == [
            ("Reizen.", "", "Wat kost tijd?"),
            ("Ja.", "Reizen.", "Wat kost tijd?"),
            ("Zeker.", "Ja.", ""),
        ]


class TestLearning:
    def test_it_finds_in_a_new_group_what_was_coded_in_others(self, plain):
        found = {(one.segment.turn, one.code) for one in plain.suggest([NEW])}
        asked = {(one.segment.turn, one.code) for one in truth(NEW)}
        assert len(found & asked) >= 0.8 * len(asked)
        assert len(found & asked) >= 0.8 * len(found)

    def test_its_suggestions_say_where_they_come_from(self, plain):
        for one in plain.suggest([NEW]):
            assert one.source == f"learned:{plain.version}"
            assert one.kind == plain.kind == "learned"
            assert 0 < one.score < 1
            assert one.segment == NEW.whole(NEW.turn(one.segment.turn))
            assert one.stance is Stance.CONFIRMS
            assert NEW.is_participant(NEW.turn(one.segment.turn))

    def test_nothing_is_suggested_where_somebody_decided(self, plain):
        assert plain.suggest(READ) == ()

    def test_what_is_known_of_one_code_leaves_the_others_open(self):
        turn = truth(NEW)[0]
        codings = [one for t in READ for one in truth(t)]
        wrong = {(NEW.name, turn.segment.turn, "systeem")}
        model = trained(codings=codings, rejected=wrong)
        assert (turn.segment.turn, turn.code) in {(one.segment.turn, one.code) for one in model.suggest([NEW])}

    def test_too_little_is_not_learned_and_the_report_says_how_much_more(self, plain):
        lacking = plain.report.code("last_reistijd")
        assert not lacking.learned
        assert (lacking.positives, lacking.more_positives, lacking.more_negatives) == (0, 5, 0)
        assert math.isnan(lacking.threshold)
        assert str(lacking.status) == "not learned: 5 more turns with this code are needed"
        assert "5" in lacking.status.translated(texts("nl").translate)
        assert "last_reistijd" not in {one.code for one in plain.suggest([NEW])}

    def test_four_positives_are_too_few_and_five_are_enough(self):
        codings = [one for t in READ for one in truth(t) if one.code == "systeem"]
        some = [next(o for o in codings if o.segment.transcript == name) for name in "abcd"]
        fifth = next(o for o in codings if o not in some)
        for chosen, enough in ((some, False), ([*some, fifth], True)):
            place = {(o.segment.transcript, o.segment.turn) for o in codings if o not in chosen}
            model = trained(others=(), codings=chosen, seen=everything(*READ) - place)
            assert model.report.code("systeem").learned is enough

    def test_only_positives_teach_nothing(self):
        codings = [one for t in READ for one in truth(t)]
        model = trained(codings=codings, seen=frozenset())
        assert model.suggest([NEW]) == ()
        assert model.report.code("systeem").more_negatives == 5
        assert "without" in str(model.report.code("systeem").status)

    def test_a_theme_is_suggested_only_where_none_of_its_codes_is(self, plain):
        assert plain.report.code("last").learned
        turns = {one.segment.turn for one in plain.suggest([NEW]) if one.code == "last_dossiers"}
        assert turns
        assert turns.isdisjoint(one.segment.turn for one in plain.suggest([NEW]) if one.code == "last")

    def test_a_theme_is_learned_from_codes_that_are_too_rare_by_themselves(self):
        codings = []
        for number, one in enumerate(o for t in READ for o in truth(t) if o.code == "last_dossiers"):
            codings.append(
                coding(
                    READ["abcd".index(one.segment.transcript)],
                    one.segment.turn,
                    ("last_dossiers", "last_reistijd", "last")[number % 3],
                )
            )
        few = codings[:12]
        undecided = {(o.segment.transcript, o.segment.turn) for o in codings[12:]}
        model = trained(codings=few, seen=everything(*READ) - undecided)
        assert not model.report.code("last_dossiers").learned
        assert {one.code for one in model.suggest([NEW])} == {"last"}

    def test_chance_is_hardly_ever_suggested(self):
        """Codings by dice: what is learned from them has nothing to say about another group."""
        reports = []
        for number in range(6):
            dice = random.Random(number)
            codings = [
                coding(t, p.number, "systeem") for t in READ for p in t.participant_turns() if dice.random() < 0.3
            ]
            model = trained(others=(), codings=codings)
            reports.append(model.report.code("systeem"))
        assert sum(report.learned for report in reports) <= 2
        refused = next(report for report in reports if report.chance)
        assert "chance" in str(refused.status)
        assert math.isnan(refused.threshold)

    def test_the_same_again_is_the_same(self, plain):
        again = trained()
        assert again.version == plain.version
        assert again.suggest([NEW]) == plain.suggest([NEW])

    def test_the_version_follows_what_went_in(self, plain):
        versions = {
            plain.version,
            trained(seed=2).version,
            trained(aim="recall").version,
            trained(READ[:3]).version,
            trained(hits=rules(*READ, NEW)).version,
            trained(others=()).version,
        }
        assert len(versions) == 6

    def test_recall_asks_for_more(self, plain):
        found = {(one.segment, one.code) for one in trained(aim="recall").suggest([NEW])}
        assert len(found) >= len(plain.suggest([NEW])) - 1
        with pytest.raises(SuggestionError, match="aim"):
            trained(aim="best")

    def test_fewer_than_three_groups_are_said_to_flatter(self, plain):
        few = trained(READ[:2])
        assert any("2 groups" in str(note) for note in few.report.notes)
        assert few.report.code("systeem").learned
        assert plain.report.notes == ()

    def test_progress_and_nothing_at_all(self, plain):
        told = []
        plain.suggest([NEW, READ[0]], progress=lambda done, total: told.append((done, total)))
        assert told[-1] == (2, 2)
        empty = trained((), ())
        assert empty.suggest([NEW]) == ()
        assert empty.report.reviewed == 0

    def test_the_report_is_a_table(self, plain):
        table = plain.report.table()
        assert [row[0] for row in table.rows] == [code.id for code in codebook()]
        assert "4 groups" in str(table.notes[0])


class TestOneMoreDecision:
    def test_it_raises_what_is_alike_and_leaves_other_codes_alone(self, plain):
        said = ("De printer staat stil.", "De printer staat alweer stil.", "Ik heb te veel dossiers.")
        test = Transcript("p", tuple(Turn(n, "Anna", t) for n, t in enumerate(said, 1)), (Speaker("Anna"),))
        model = trained(others=(NEW, test))
        before, after = model.scores([test])[2], model.after(("p", 1), "systeem", carries=True).scores([test])[2]
        column = model.scores([test])[1].index("systeem")
        assert after[1, column] > before[1, column]
        others = [j for j in range(before.shape[1]) if j != column]
        assert after[:, others] == pytest.approx(before[:, others])

    def test_it_is_not_suggested_again_and_has_a_version_of_its_own(self):
        model = trained()
        one = next(s for s in model.suggest([NEW]) if s.code == "systeem")
        renewed = model.after((NEW.name, one.segment.turn), "systeem", carries=False)
        assert (one.segment.turn, "systeem") not in {(s.segment.turn, s.code) for s in renewed.suggest([NEW])}
        assert renewed.version != model.version
        assert (one.segment.turn, "systeem") in {(s.segment.turn, s.code) for s in model.suggest([NEW])}

    def test_it_counts_once_however_often_it_is_given_and_the_last_word_holds(self, plain):
        def scores(model):
            return model.scores([NEW])[2]

        place = (NEW.name, 3)
        once, no = (plain.after(place, "last_dossiers", carries=carries) for carries in (True, False))
        assert scores(once.after(place, "last_dossiers", carries=True)) == pytest.approx(scores(once))
        assert scores(once.after(place, "last_dossiers", carries=False))[:, 1:] != pytest.approx(scores(once)[:, 1:])
        back = once.after(place, "last_dossiers", carries=False).after(place, "last_dossiers", carries=True)
        assert scores(back) == pytest.approx(scores(once))
        both = once.after(place, "last_reistijd", carries=True)
        theme = once.scores([NEW])[1].index("last")
        assert scores(both)[:, theme] == pytest.approx(scores(once)[:, theme]), "the theme was there already"
        assert scores(no.after(place, "last_dossiers", carries=False)) == pytest.approx(scores(no))

    def test_what_is_not_known_changes_nothing(self, plain):
        assert plain.after(("gone", 1), "systeem", carries=True) is plain
        assert plain.after((NEW.name, 2), "gone", carries=True) is plain


class TestRules:
    def test_without_decisions_a_hit_scores_its_weight(self):
        hits = rules(NEW, weight=0.6)
        model = trained((), (NEW,), hits)
        places, codes, scores = model.scores([NEW])
        fired = {(one.segment.turn, one.code) for one in hits} | {(one.segment.turn, "last") for one in hits}
        for (place, code), score in zip(product(places, codes), scores.ravel(), strict=True):
            if (place[1], code) in fired:
                assert score == pytest.approx(0.6)
            elif code in {"last", "last_dossiers"}:
                assert score == pytest.approx(0.03)
        assert model.suggest([NEW]) == ()

    def test_decisions_move_the_trust(self):
        targets, passages = Targets.of(codebook()), all_passages(READ)
        hits = rules(*READ, weight=0.5)
        fired = Fired.on(passages, Hits.of(hits, targets), targets)

        def trust(codings):
            decided = labels(passages, targets, lessons(codings=codings))
            learned = RuleTrust.learn(fired, decided, np.arange(len(passages)))
            return learned.log_odds(hits[0].source, targets.codes.index("last_dossiers"), 0.5)

        right = [coding(READ["abcd".index(h.segment.transcript)], h.segment.turn, h.code) for h in hits]
        n = len(hits)
        assert trust(right) == pytest.approx(math.log((3 + n) / 3))
        assert trust([]) == pytest.approx(math.log(3 / (3 + n)))

    def test_silence_is_worth_what_was_missed(self):
        targets, passages = Targets.of(codebook()), all_passages(READ)
        decided = labels(passages, targets, lessons())
        fired = Fired.on(passages, Hits.of(rules(*READ, word="caseload"), targets), targets)
        missed = sum(o.code == "last_dossiers" for t in READ for o in truth(t)) - len(rules(*READ, word="caseload"))
        silent = len(passages) - len(rules(*READ, word="caseload"))
        expected = (0.6 + missed) / (20 + silent)
        learned = RuleTrust.learn(fired, decided, np.arange(len(passages)))
        assert learned.silences[1] == pytest.approx(math.log(expected / (1 - expected)))
        assert (learned.table(fired)[:, 3] == learned.silences[3]).all()  # no rule says anything about systeem

    def test_a_hit_raises_the_score_and_is_evidence(self):
        with_rules = trained(hits=rules(*READ, NEW))
        found = [one for one in with_rules.suggest([NEW]) if "dossiers" in NEW.turn(one.segment.turn).text]
        assert found
        for one in found:
            (match,) = (reason for reason in one.evidence if reason.kind == "match")
            assert match.words == "dossiers"
            assert match.detail == "rule:last_dossiers.x"
            assert match.weight > 0
            assert match.segment is not None
            assert NEW.quote(match.segment) == "dossiers"

    def test_the_stance_is_that_of_the_rule_where_one_fired(self):
        model = trained(hits=rules(*READ, NEW, stance=Stance.DENIES))
        for one in model.suggest([NEW]):
            assert (one.stance is Stance.DENIES) == ("dossiers" in NEW.quote(one.segment))

    def test_other_kinds_of_suggestions_are_passed_over(self):
        own = [Suggestion(h.segment, h.code, h.stance, "learned:1", 0.9) for h in rules(*READ, NEW)]
        assert trained(hits=own).version == trained().version

    def test_a_denial_is_read_from_the_cues_around_the_telling_words(self):
        said = (
            Turn(1, "Anna", "Het systeem loopt bij ons niet vast hoor."),
            Turn(2, "Anna", "Het systeem loopt vast."),
        )
        test = Transcript("ontkenning", said, (Speaker("Anna"),))
        stances = {one.segment.turn: one.stance for one in trained().suggest([test]) if one.code == "systeem"}
        assert stances == {1: Stance.DENIES, 2: Stance.CONFIRMS}

    def test_rules_on_unread_turns_help_the_first_decisions(self):
        new_words = Transcript(
            "woorden",
            tuple(Turn(n, "Anna", f"Zoveel dossiers op de stapels {n}.") for n in range(1, 9)),
            (Speaker("Anna"),),
        )
        test = Transcript(
            "toets", (Turn(1, "Anna", "De stapels groeien."), Turn(2, "Anna", "De koffie is op.")), (Speaker("Anna"),)
        )
        pool = (*READ, new_words, test)

        def difference(**values):
            codings = [one for t in READ for one in truth(t)]
            scores = trained(READ, pool[len(READ) :], rules(*pool), codings, **values).scores([test])[2]
            return np.diff(np.log(scores[:, 1] / (1 - scores[:, 1])))[0]

        assert difference() < difference(use=("text", "rules"))  # the second turn is the one without the words


class TestFolds:
    def test_no_group_stands_on_both_sides(self):
        passages = all_passages(READ)
        found = folds_of(passages, len(passages), 1)
        assert len({(p.group, fold) for p, fold in zip(passages, found.tolist(), strict=True)}) == len(READ)
        assert set(found.tolist()) == {0, 1, 2, 3}

    def test_groups_that_share_a_long_turn_are_left_out_together(self):
        twin = Transcript("e", READ[0].turns, READ[0].speakers)
        passages = all_passages((*READ, twin))
        found = dict(zip((p.group for p in passages), folds_of(passages, len(passages), 1).tolist(), strict=True))
        assert found["a"] == found["e"]
        assert len(set(found.values())) == 4

    def test_with_few_groups_neighbours_stay_together(self):
        passages = all_passages(READ[:1])
        found = folds_of(passages, len(passages), 1)
        assert (np.diff(found) == 0).sum() >= len(passages) // 3
        assert sorted(found.tolist()) == found.tolist()

    def test_unread_turns_are_left_out_with_their_group(self):
        passages = all_passages((*READ, NEW))
        found = folds_of(passages, len(passages) - 24 + 4, 1)
        by_group = {p.group: fold for p, fold in zip(passages, found.tolist(), strict=True)}
        assert by_group["nieuw"] == -1


class TestExplanation:
    def test_words_features_and_neighbours(self, plain):
        some = [one for one in plain.suggest([NEW]) if one.code == "systeem"]
        assert some
        for one in some:
            features = [reason for reason in one.evidence if reason.kind == "feature"]
            weights = [reason.weight for reason in features]
            assert weights == sorted(weights, reverse=True)
            assert min(weights) > 0
            for reason in features:
                assert NEW.quote(reason.segment).lower() == reason.words
            assert any("systeem" in r.words or r.words in {"typen", "dubbel", "alles"} for r in features)
            near = [reason for reason in one.evidence if reason.kind == "neighbour"]
            assert len(near) == 3
            for reason in near:
                name, turn, code, decision = reason.detail.split(" · ")
                assert (name, int(turn)) == (reason.segment.transcript, reason.segment.turn)
                assert code == "systeem"
                assert decision in {"added", "read"}
                assert reason.weight is None
                assert READ["abcd".index(name)].quote(reason.segment) == reason.words

    def test_of_a_long_turn_the_telling_sentence(self):
        chat = "We hebben leuke collega's. " * (LONG_TURN // 4)
        text = f"  😀 {chat}Te veel dossiers! De koffie is prima."
        long = Transcript("lang", (Turn(1, "Anna", text),), (Speaker("Anna"),))
        model = trained(hits=rules(*READ, long))
        assert [long.quote(one.segment) for one in model.suggest([long])] == ["Te veel dossiers!"]

    def test_the_telling_sentence_can_follow_from_words_alone(self):
        text = "We hebben leuke collega's. " * (LONG_TURN // 4) + "Alles dubbel typen."
        (passage,) = all_passages([Transcript("lang", (Turn(1, "Anna", text),), (Speaker("Anna"),))])
        where = place_of(passage, {"dubbel": 2.0, "leuke": 0.5}, ())
        assert text[where.start : where.end] == "Alles dubbel typen."

    def test_rejected_passages_are_called_so(self):
        rejected = {
            (o.segment.transcript, o.segment.turn, "systeem") for t in READ for o in truth(t) if o.code != "systeem"
        }
        codings = [one for t in READ for one in truth(t)]
        model = trained(codings=codings, rejected=rejected, aim="recall")
        decisions = {
            r.detail.split(" · ")[3] for one in model.suggest([NEW]) for r in one.evidence if r.kind == "neighbour"
        }
        assert "added" in decisions
        assert model._trained.decided is not None
        assert "rejected" in model._trained.decided.names.values()

    @given(st.text(alphabet="ab .!?\n", max_size=60))
    def test_sentences_cover_all_words_once(self, text):
        spans = sentences(text)
        assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
        assert all(a < b and text[a:b].strip() for a, b in spans)
