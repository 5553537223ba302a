"""The store loses nothing, forgets nothing and says plainly what is wrong."""

import itertools
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import NullPool, create_engine, event, text

from codering import migrations
from codering.codings import Decision, Evidence, Memo, Stance, Suggestion, Verdict
from codering.errors import Message, Problem, StoreError, line
from codering.store import Choice, CodebookDraft, CodebookVersion, KeptQueue, Mark, Origin, Run, Store, database
from codering.store.schema import HEAD, metadata
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn, normalised

ids = itertools.count(1)


def transcript(name: str = "groep1", *texts: str, **known: object) -> Transcript:
    texts = texts or ("Hoe gaat het?", "Druk, héél druk 👩🏽‍🌾.", "Ja, precies.")
    turns = tuple(Turn(n, "Gespreksleider" if n == 1 else "Anja", said, n * 1.5) for n, said in enumerate(texts, 1))
    people = (Speaker("Gespreksleider", Role.MODERATOR), Speaker("Anja", pseudonym="K1", attributes=(("uren", "32"),)))
    present = {turn.speaker for turn in turns}
    return Transcript(name, turns, tuple(p for p in people if p.name in present), source=f"{name}.txt", **known)


def suggestion(code: str = "cl_omvang", *, of: str = "groep1", source: str = "rule:cl.druk", score: float = 0.7):
    evidence = (Evidence("match", "Druk", Segment(of, 2, 0, 4), 1.5, "cl.druk"), Evidence("note", "kort"))
    return Suggestion(Segment(of, 2, 0, 4), code, Stance.CONFIRMS, source, score, evidence)


def decision(coder: str = "Noor", *, of: str = "groep1", code: str = "cl_omvang", start: int = 0) -> Decision:
    place = Segment(of, 2, start, start + 4)
    time = "2026-11-24T10:00:00.000000+00:00"
    return Decision(f"d{next(ids)}", coder, time, Verdict.ADD, place, code, Stance.DENIES, reason="zo")


def answer(to: Suggestion, coder: str = "Noor") -> Decision:
    time = "2026-11-24T10:00:00.000000+00:00"
    return Decision(f"d{next(ids)}", coder, time, Verdict.REJECT, to.segment, to.code, to.stance, to.id)


def run(kind: str = "rule", version: str = "v1") -> Run:
    return Run(f"r{next(ids)}", kind, version, "cb1", (("drempel", "0.5"),), f"2026-11-24T10:00:{next(ids):02}", 0)


def append(store: Store, *decisions: Decision) -> None:
    store.decisions.append(lambda _: decisions)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ronde 1.codering"


@pytest.fixture
def store(path: Path):
    made = Store.create(path, {"name": "Ronde 1"})
    yield made
    made.close()


def raw(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(path, isolation_level=None))


# What goes in comes out


def test_meta_says_what_the_project_is_and_which_codering_wrote_its_schema(store):
    assert store.meta()["name"] == "Ronde 1"
    assert store.meta()["codering"]


def test_between_transactions_the_project_is_one_file(store, path):
    store.transcripts.add(transcript(), Origin())
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_transcript_comes_out_as_it_went_in(store):
    first = transcript("b", date="2026-04-14", wave="1", group="noord", title="Titel", attributes=(("fte", "12"),))
    second = transcript("a")
    store.transcripts.add(first, Origin())
    store.transcripts.add(second, Origin())
    assert store.transcripts.all() == (first, second)
    assert store.transcripts.all("a") == (second,)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text().map(normalised), max_size=4))
def test_any_text_survives(store, texts):
    kept = transcript(f"t{next(ids)}", *(texts or ["x"]))
    store.transcripts.add(kept, Origin())
    assert store.transcripts.all(kept.name) == (kept,)


def test_half_a_pair_is_refused_without_showing_the_text(store):
    with pytest.raises(StoreError, match="Unicode") as caught:
        store.notes.add_memo(Memo("m", "Noor", "t", "geheim \ud800", "project"))
    assert "geheim" not in str(caught.value)
    assert store.notes.memos() == ()


def test_problems_are_kept_so_that_they_can_be_shown_in_any_language(store):
    problem = Problem("groep1.txt", line(3), "{what} at {n}", what=Message("Half"), n=2)
    store.transcripts.add(transcript(), Origin("ab", "cd", 10, 9, (problem, Problem("x", "", "plain")), "2026"))
    held = store.transcripts.held()[0]
    assert held.origin.problems == (problem, Problem("x", "", "plain"))
    assert held.origin.problems[0].translated(lambda t: f"<{t}>") == "groep1.txt: <line 3>: <<Half> at 2>"
    assert (held.origin.words_in, held.origin.words_out, held.turns, held.decisions) == (10, 9, 3, 0)


def test_what_is_known_can_be_corrected_and_the_words_cannot(store, path):
    store.transcripts.add(transcript(), Origin())
    store.transcripts.edit("groep1", {"wave": "2", "group": "zuid", "attributes": (("a", "b"),)})
    store.transcripts.edit_speaker("groep1", "Anja", {"role": Role.MODERATOR, "pseudonym": None, "attributes": ()})
    corrected = store.transcripts.all()[0]
    assert (corrected.wave, corrected.group, corrected.attributes) == ("2", "zuid", (("a", "b"),))
    assert corrected.speaker("Anja") == Speaker("Anja", Role.MODERATOR)
    with raw(path) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("UPDATE turns SET text = 'anders'")


ALTERED = (
    "UPDATE turns SET text = 'Rustig, héél rustig.' WHERE number = 2",
    "UPDATE turns SET speaker = 'Gespreksleider' WHERE number = 2",
    "DELETE FROM turns WHERE number = 3",
    "DELETE FROM turns WHERE number = 2",
    "DELETE FROM speakers WHERE name = 'Anja'",
    "UPDATE speakers SET name = 'Piet' WHERE name = 'Anja'",
)


@pytest.mark.parametrize("statement", ALTERED)
def test_words_that_are_not_those_that_were_added_are_not_read_but_can_be_put_back(store, path, statement):
    store.transcripts.add(transcript(), Origin())
    store.transcripts.add(transcript("groep2"), Origin())
    append(store, decision())
    with raw(path) as connection:
        connection.execute("DROP TRIGGER turns_no_update")
        connection.execute("UPDATE speakers SET pseudonym = 'K9' WHERE transcript = 'groep1'")
        connection.execute(f"{statement} {'AND' if 'WHERE' in statement else 'WHERE'} transcript = 'groep1'")
    for read in (store.transcripts.all, lambda: store.transcripts.all("groep1")):
        with pytest.raises(StoreError, match="not what was added") as caught:
            read()
        (problem,) = caught.value.problems
        assert problem.source == "groep1.txt"
        assert "Add the same file again" in str(problem)
        assert "rustig" not in str(problem)
    assert [store.transcripts.is_altered(name) for name in ("groep1", "groep2", "groep9")] == [True, False, False]
    assert store.transcripts.all("groep2") == (transcript("groep2"),)
    with pytest.raises(StoreError, match="not the words"):
        store.transcripts.restore(transcript("groep1", "Iets heel anders."))
    with pytest.raises(StoreError, match="no transcript named groep9"):
        store.transcripts.restore(transcript("groep9"))
    store.transcripts.restore(transcript())
    assert store.transcripts.all("groep1")[0].turns == transcript().turns
    assert store.transcripts.all("groep1")[0].speaker("Gespreksleider").pseudonym == "K9"  # was corrected, and stays
    assert len(store.decisions.all()) == 1


def test_correcting_what_is_not_there_says_so(store):
    with pytest.raises(StoreError, match="no transcript named groep9"):
        store.transcripts.edit("groep9", {"wave": "1"})
    store.transcripts.add(transcript(), Origin())
    with pytest.raises(StoreError, match="no such speaker"):
        store.transcripts.edit_speaker("groep1", "Piet", {"pseudonym": "K2"})


def test_a_codebook_is_added_only_when_its_text_changed(store):
    first, second = CodebookVersion("h1", "id: a", "t1", "Noor"), CodebookVersion("h1", "id: a # x", "t2", "Sam")
    assert store.codebooks.add(first)
    assert not store.codebooks.add(CodebookVersion("h1", "id: a", "t9", "Sam"))
    assert store.codebooks.add(second)
    assert store.codebooks.all() == (first, second)


def test_a_text_of_a_codebook_that_is_not_the_one_put_in_force_is_noticed(store, path):
    versions = [CodebookVersion(f"h{number}", f"id: a # {number}", f"t{number}", "Noor") for number in range(3)]
    for version in versions:
        store.codebooks.add(version)
    with raw(path) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("UPDATE seals SET text_hash = ''")
    with raw(path) as connection:
        connection.execute("DROP TRIGGER codebooks_no_update")
        connection.execute("UPDATE codebooks SET text = 'id: b' WHERE version = 'h1'")
        connection.execute("UPDATE codebooks SET version = 'h9' WHERE version = 'h2'")
    found = store.codebooks.all()
    assert [one.whole for one in found] == [True, False, True]
    assert found[1].text == "id: b"
    # Put in force once more, it is in both places what it was.
    assert store.codebooks.add(versions[1])
    assert [one.text for one in store.codebooks.all()] == [*(one.text for one in versions), versions[1].text]
    assert all(one.whole for one in store.codebooks.all())


def one_of_many_saves(location: str | Path) -> None:
    """Put four texts in force at once, all made from the same one: only the first may replace that."""
    with closing(Store.open(location)) as store:
        store.codebooks.add(CodebookVersion("h0", "id: a", "t0", "Noor"))
    begin, outcomes = threading.Barrier(4), []

    def save(number: int) -> None:
        with closing(Store.open(location)) as own:
            begin.wait()
            new = CodebookVersion(f"h{number}", f"id: a # {number}", "t1", f"coder {number}")
            try:
                outcomes.append(own.codebooks.add(new, instead_of="id: a"))
            except StoreError as error:
                outcomes.append(str(error))

    threads = [threading.Thread(target=save, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [outcome for outcome in outcomes if outcome is not True]
    assert len(refused) == 3
    assert all("Somebody put another version in force" in str(one) for one in refused)
    with closing(Store.open(location)) as store:
        assert len(store.codebooks.all()) == 2


def test_of_codebooks_that_were_made_from_the_same_one_only_the_first_is_put_in_force(store, path):
    one_of_many_saves(path)


def test_a_codebook_that_is_in_force_already_was_overtaken_by_nobody(store):
    store.codebooks.add(CodebookVersion("h1", "id: b", "t1", "Noor"))
    assert not store.codebooks.add(CodebookVersion("h1", "id: b", "t2", "Sam"), instead_of="id: a")


def test_settings_memos_choices_and_vectors(store):
    store.settings.set("language", "nl")
    store.settings.set("language", "en")
    store.settings.set("codes", ["a", "b"])
    assert store.settings.all() == {"language": "en", "codes": ["a", "b"]}
    memos = tuple(Memo("m1", "Noor", f"t{n}", said, "project") for n, said in enumerate(("eerst", "later")))
    for memo in memos:
        store.notes.add_memo(memo)
    assert store.notes.memos() == memos
    store.notes.choose(Choice("d1", "Noor", "t", chosen=True))
    assert store.notes.choices() == (Choice("d1", "Noor", "t", chosen=True),)
    many = {f"h{n}": bytes([n % 256]) for n in range(1200)}
    store.vectors.add("e5", many)
    store.vectors.add("e5", {"h0": b"new"})
    store.vectors.add("other", {"h0": b"x"})
    assert store.vectors.get("e5", ["nergens", *many]) == many | {"h0": b"new"}
    assert store.vectors.clear("e5") == 1200
    assert store.vectors.clear() == 1


QUEUE = KeptQueue(2, (("groep1", 2, "s", "certain"), ("groep1", 3, None, "random")))


def keep_how_far(store: Store) -> None:
    store.queues.renew("Noor", "a", lambda before: KeptQueue(1, ()) if before is None else before)
    store.queues.renew("Noor", "a", lambda before: QUEUE if before == KeptQueue(1, ()) else KeptQueue(9, ()))
    for done in (True, False):
        store.marks.add(lambda so_far, done=done: (Mark("Noor", "groep1", str(len(so_far)), done),))


def assert_how_far(store: Store) -> None:
    assert store.queues.get("Noor", "a") == QUEUE
    assert store.queues.get("Sam", "a") is store.queues.get("Noor", "b") is None
    assert store.marks.all() == (Mark("Noor", "groep1", "0", done=True), Mark("Noor", "groep1", "1", done=False))


def test_how_far_coders_are_is_kept_and_goes_with_the_transcript(store):
    store.transcripts.add(transcript(), Origin())
    before = store.revisions()
    keep_how_far(store)
    assert_how_far(store)
    after = store.revisions()
    assert {noun for noun in after if after[noun] != before[noun]} == {"marks"}  # a queue makes no page stale
    store.transcripts.remove("groep1")
    assert store.marks.all() == ()


def test_a_coder_has_one_draft_of_the_codebook_and_it_makes_nothing_stale(store):
    before = store.revisions()
    store.drafts.keep(CodebookDraft("Noor", "toen", "een", "1"))
    store.drafts.keep(CodebookDraft("Noor", "toen", "twee", "2"))
    store.drafts.keep(CodebookDraft("Els", "toen", "anders", "3"))
    assert store.drafts.get("Noor") == CodebookDraft("Noor", "toen", "twee", "2")
    assert store.drafts.begun() == {"Els": "3", "Noor": "2"}
    store.drafts.drop("Noor")
    store.drafts.drop("Noor")
    assert store.drafts.get("Noor") is None
    assert store.drafts.begun() == {"Els": "3"}
    assert store.codebooks.all() == ()
    assert store.revisions() == before


def test_revisions_count_what_was_written(store):
    before = store.revisions()
    append(store, decision_after_adding(store))
    after = store.revisions()
    assert {noun for noun in after if after[noun] != before[noun]} == {"transcripts", "suggestions", "decisions"}


def decision_after_adding(store: Store) -> Decision:
    store.transcripts.add(transcript(), Origin())
    return decision()


# Suggestions


def test_a_rerun_adds_nothing_and_refreshes_score_and_evidence(store):
    store.transcripts.add(transcript(), Origin())
    assert store.suggestions.refresh(run(), [suggestion(score=0.7)]).new == 1
    last = run(version="v2")
    changed = store.suggestions.refresh(last, [suggestion(score=0.9), suggestion(score=0.9)])
    assert (changed.made, changed.new, changed.gone) == (1, 0, 0)
    assert store.suggestions.all() == (suggestion(score=0.9),)
    assert store.suggestions.all()[0].evidence == suggestion().evidence
    assert [(r.version, r.made, r.settings) for r in store.suggestions.runs()] == [
        ("v1", 1, (("drempel", "0.5"),)),
        ("v2", 1, (("drempel", "0.5"),)),
    ]


def test_what_a_rerun_no_longer_makes_is_kept_only_if_it_was_decided_on(store):
    store.transcripts.add(transcript(), Origin())
    decided, forgotten, learned = suggestion("a"), suggestion("b"), suggestion("a", source="learned:v1")
    store.suggestions.refresh(run(), [decided, forgotten])
    store.suggestions.refresh(run("learned"), [learned])
    append(store, answer(decided))
    assert store.suggestions.refresh(run(), []).gone == 2
    assert store.suggestions.all() == (learned,)
    assert store.suggestions.all(current=False) == (learned, decided)
    assert store.suggestions.refresh(run(), [decided]).new == 1
    assert store.suggestions.all(source="rule") == (decided,)


def test_suggestions_can_be_limited(store):
    for name in ("groep1", "groep2"):
        store.transcripts.add(transcript(name), Origin())
    here, there = suggestion("a"), suggestion("b", of="groep2", source="rule:x")
    store.suggestions.refresh(run(), [there, here])
    assert store.suggestions.all() == (here, there)
    assert store.suggestions.all(transcript="groep2") == (there,)
    assert store.suggestions.all(code="a") == (here,)
    assert store.suggestions.all(source="rule:x") == (there,)
    assert store.suggestions.all(source="learned") == ()
    assert store.suggestions.with_ids([here.id, "onbekend"]) == {here.id: here}


def test_what_a_coder_was_shown_is_kept_though_a_run_removed_it(store):
    store.transcripts.add(transcript(), Origin())
    store.decisions.append(lambda _: (answer(suggestion()),), shown=[suggestion()])
    assert store.suggestions.all() == ()
    assert store.suggestions.all(current=False) == (suggestion(),)


# Decisions


def test_decisions_come_out_in_the_order_in_which_they_were_made(store, path):
    store.transcripts.add(transcript(), Origin())
    made = [decision(), answer(suggestion()), Decision("w", "Noor", "t", Verdict.WITHDRAW, target="d", batch="b1")]
    made.append(Decision("r", "Noor", "t", Verdict.READ, Segment("groep1", 2, 0, 3), shown=True, drawn="random"))
    for one in made:
        append(store, one)
    assert store.decisions.all() == tuple(made)
    with closing(Store.open(path)) as again:
        assert again.decisions.all() == tuple(made)
        append(again, decision())
    assert len(store.decisions.all()) == len(made) + 1  # another program's decision is seen


def test_a_clock_that_goes_back_puts_nothing_before_what_was_there(store):
    def at(time: str) -> Decision:
        return replace(decision(start=next(ids) % 3), time=time)

    store.transcripts.add(transcript(), Origin(added="2026-11-24T10:00:00.000000+00:00"))
    early, late = "2015-01-01T00:00:00.000000+00:00", "2026-11-24T11:00:00.000000+00:00"
    append(store, at(early))
    append(store, at(late), at(early))
    store.codebooks.add(CodebookVersion("v1", "codebook: a", early, "Noor"))
    store.transcripts.add(transcript("groep2"), Origin(added=early))
    assert [one.time[:13] for one in store.decisions.all()] == ["2026-11-24T10", "2026-11-24T11", "2026-11-24T11"]
    assert store.codebooks.all()[-1].time == late
    assert [held.origin.added[:13] for held in store.transcripts.held()] == ["2026-11-24T10", "2026-11-24T11"]


def test_another_copy_with_more_decisions_in_the_files_place_is_noticed(store, path, tmp_path):
    store.transcripts.add(transcript(), Origin())
    other = tmp_path / "elders.codering"
    shutil.copy(path, other)
    append(store, decision("Noor"))
    assert [one.coder for one in store.decisions.all()] == ["Noor"]
    with closing(Store.open(other)) as elsewhere:
        append(elsewhere, decision("Piet"))
        append(elsewhere, decision("Els"))
    shutil.copy(other, path)
    assert [one.coder for one in store.decisions.all()] == ["Piet", "Els"]


def test_bytes_that_codering_cannot_have_written_are_damage(store, path):
    store.transcripts.add(transcript(), Origin())
    with raw(path) as connection:
        connection.execute("UPDATE speakers SET attributes = '[[\"uren'")
    with pytest.raises(StoreError, match="damaged"):
        store.transcripts.all()
    with raw(path) as connection:
        connection.execute("UPDATE transcripts SET title = CAST(x'c3ff' AS TEXT)")
    with pytest.raises(StoreError, match="damaged"):
        store.transcripts.held()


def test_what_deciding_raises_leaves_the_project_as_it_was(store):
    def refuse(_: tuple[Decision, ...]) -> tuple[Decision, ...]:
        raise StoreError("no")

    with pytest.raises(StoreError, match="no"):
        store.decisions.append(refuse)
    assert store.decisions.all() == ()


def test_an_older_copy_put_in_the_files_place_is_noticed(store, path):
    store.transcripts.add(transcript(), Origin())
    append(store, decision())
    copy = path.read_bytes()
    append(store, decision())
    assert len(store.decisions.all()) == 2
    path.write_bytes(copy)
    assert len(store.decisions.all()) == 1


@pytest.mark.parametrize("table", ["decisions", "memos", "quotations", "codebooks"])
def test_no_program_changes_or_removes_what_was_decided(store, path, table):
    store.transcripts.add(transcript(), Origin())
    append(store, decision())
    store.notes.add_memo(Memo("m1", "Noor", "t", "x", "project"))
    store.notes.choose(Choice("d1", "Noor", "t", chosen=True))
    store.codebooks.add(CodebookVersion("h", "id: a", "t", "Noor"))
    with raw(path) as connection:
        before = connection.execute(f"SELECT * FROM {table}").fetchall()
        for statement in (
            f"UPDATE {table} SET coder = 'Iemand anders'",
            f"DELETE FROM {table}",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)
        assert before
        assert connection.execute(f"SELECT * FROM {table}").fetchall() == before


def test_a_decision_is_not_replaced_by_one_with_the_same_id(store, path):
    store.transcripts.add(transcript(), Origin())
    append(store, decision())
    columns = "id, coder, time, verdict, reason, shown, drawn, batch"
    with raw(path) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(f"INSERT OR REPLACE INTO decisions ({columns}) SELECT {columns} FROM decisions")
    same = store.decisions.all()[0]
    with pytest.raises(StoreError, match="Withdraw"):
        append(store, same)


def test_a_transcript_with_decisions_is_neither_removed_nor_replaced(store):
    store.transcripts.add(transcript(), Origin())
    append(store, decision())
    with pytest.raises(StoreError, match="decisions refer"):
        store.transcripts.remove("groep1")
    with pytest.raises(StoreError, match="decisions refer"):
        store.transcripts.add(transcript("groep1", "Iets anders"), Origin(), instead_of="groep1")
    assert store.transcripts.all() == (transcript(),)


def test_a_transcript_without_decisions_can_be_replaced_or_removed_with_its_suggestions(store):
    for name in ("groep1", "groep2"):
        store.transcripts.add(transcript(name), Origin())
    store.suggestions.refresh(run(), [suggestion(), suggestion(of="groep2")])
    other = transcript("groep1", "Iets anders")
    store.transcripts.add(other, Origin(), instead_of="groep1")
    assert store.transcripts.all() == (other, transcript("groep2"))
    assert store.suggestions.all() == (suggestion(of="groep2"),)
    store.transcripts.remove("groep2")
    assert store.transcripts.all() == (other,)
    assert store.suggestions.all(current=False) == ()
    with pytest.raises(StoreError, match="named groep1 already"):
        store.transcripts.add(transcript(), Origin())
    with pytest.raises(StoreError, match="no transcript named"):
        store.transcripts.remove("groep2")


def test_a_decision_about_words_that_are_not_there_is_refused(store):
    with pytest.raises(StoreError, match="does not fit"):
        append(store, decision(of="nergens"))


# Many at once


def test_threads_lose_no_decision(store):
    store.transcripts.add(transcript(), Origin())
    seen: list[int] = []

    def work(coder: str) -> None:
        for _ in range(15):
            store.decisions.append(lambda so_far: (seen.append(len(so_far)), (decision(coder),))[1])

    threads = [threading.Thread(target=work, args=(f"coder {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == list(range(60))  # each saw all that came before it
    assert len(store.decisions.all()) == 60


WRITER = textwrap.dedent("""
    import itertools, sys
    from codering.codings import Decision, Stance, Verdict
    from codering.store import Store
    from codering.transcripts import Segment
    path, coder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    store = Store.open(path)
    for n in itertools.islice(itertools.count(), count):
        made = Decision(f"{coder}-{n}", coder, "t", Verdict.ADD, Segment("groep1", 2, 0, 4), "a", Stance.CONFIRMS)
        store.decisions.append(lambda _: (made,))
        print(made.id, flush=True)
""")


def writer(path: Path, coder: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), coder, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_programs_lose_no_decision(store, path):
    store.transcripts.add(transcript(), Origin())
    programs = [writer(path, f"c{n}", 20) for n in range(3)]
    acknowledged = {row for program in programs for row in program.communicate()[0].split()}
    assert [program.returncode for program in programs] == [0, 0, 0]
    assert len(acknowledged) == 60
    assert {made.id for made in store.decisions.all()} == acknowledged


def test_a_crash_loses_nothing_that_was_acknowledged(store, path):
    store.transcripts.add(transcript(), Origin())
    program = writer(path, "c", 100_000)
    assert program.stdout is not None
    with program.stdout:
        acknowledged = {program.stdout.readline().strip() for _ in range(25)}
        program.kill()
        program.wait()
        acknowledged |= {row for row in program.stdout.read().split("\n")[:-1] if row}
    with closing(Store.open(path)) as again:
        kept = {made.id for made in again.decisions.all()}
        append(again, decision())
    assert acknowledged <= kept
    assert len(kept - acknowledged) <= 1
    with raw(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# Schemas, old and new


def sqlite_engine(path: Path):
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path, isolation_level=None), poolclass=NullPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def older(path: Path) -> None:
    """Make a project as the first codering made it, with a transcript and a decision."""
    with sqlite_engine(path).begin() as connection:
        migrations.upgrade(connection, "0001")
        for statement in (
            "INSERT INTO meta VALUES ('name', 'Oud'), ('codering', '0.0.1')",
            (
                "INSERT INTO transcripts VALUES ('groep1', 1, NULL, NULL, NULL, NULL, '[]', 'groep1.txt', 'text', "
                "'b2389b24034904f47e12bb44dd115bf9f5d3b874df4604eea82203919a7e389f', 'f', '', 3, 3, '[]', 't')"
            ),
            "INSERT INTO speakers VALUES ('groep1', 'Anja', 0, 'participant', NULL, '[]')",
            "INSERT INTO turns VALUES ('groep1', 1, 'Anja', 'Heel erg druk', NULL)",
            "INSERT INTO codebooks VALUES (3, 'h', 'id: a # één', 't', 'Noor')",
            (
                "INSERT INTO decisions VALUES (7, 'd7', 'Noor', 't', 'add', 'groep1', 1, 0, 4, 'cl', 'bevestigt', "
                "NULL, NULL, '', 0, '', '')"
            ),
        ):
            connection.execute(text(statement))


def test_the_migrations_make_exactly_the_tables_that_the_store_describes(store, path):
    assert migrations.newest() == HEAD
    with sqlite_engine(path).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_an_older_project_is_copied_and_then_migrated(path):
    older(path)
    with closing(Store.open(path)) as store:
        assert [one.id for one in store.decisions.all()] == ["d7"]
        assert store.codebooks.all() == (CodebookVersion("h", "id: a # één", "t", "Noor"),)
        assert store.transcripts.all()[0].turns[0].text == "Heel erg druk"
        assert store.meta()["codering"] != "0.0.1"
        store.notes.choose(Choice("d7", "Noor", "t", chosen=True))
        assert store.revisions()["quotations"] == 2
    copy = path.with_name(path.name + ".v001.bak")
    with raw(copy) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert connection.execute("SELECT id FROM decisions").fetchall() == [("d7",)]
    with raw(path) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("DELETE FROM decisions")
    with closing(Store.open(path)):  # the second time there is nothing to migrate
        assert sorted(found.name for found in path.parent.iterdir()) == [path.name, copy.name]


def test_the_copy_holds_what_still_stood_in_the_journal(path):
    older(path)
    with raw(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("INSERT INTO settings VALUES ('pas', '1')")
        Store.open(path).close()  # while the other connection keeps the journal alive
    with raw(path.with_name(path.name + ".v001.bak")) as connection:
        assert connection.execute("SELECT key FROM settings").fetchall() == [("pas",)]


def test_an_earlier_copy_is_never_overwritten(path):
    older(path)
    first = path.with_name(path.name + ".v001.bak")
    first.write_text("mijn kopie")
    Store.open(path).close()
    assert first.read_text() == "mijn kopie"
    assert path.with_name(path.name + ".v001-2.bak").exists()


def test_a_migration_that_fails_leaves_the_project_as_it_was(path, monkeypatch):
    older(path)

    def half(connection):
        connection.execute(text("CREATE TABLE quotations (seq INTEGER)"))
        connection.execute(text("INSERT INTO nowhere VALUES (1)"))

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "upgrade", half)
        with pytest.raises(StoreError):
            Store.open(path)
    with closing(Store.open(path)) as store:
        assert [one.id for one in store.decisions.all()] == ["d7"]


def test_without_a_copy_nothing_is_migrated(path, monkeypatch):
    older(path)
    monkeypatch.setattr(Path, "replace", lambda self, target: (_ for _ in ()).throw(PermissionError()))
    with pytest.raises(StoreError, match="copy cannot be written"):
        Store.open(path)
    with raw(path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def test_two_programs_that_migrate_at_once_do_it_once(path):
    older(path)
    opened: list[Store] = []
    threads = [threading.Thread(target=lambda: opened.append(Store.open(path))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(store.decisions.all()) for store in opened] == [1, 1, 1]
    assert len(list(path.parent.glob("*.bak"))) == 1
    for store in opened:
        store.close()


def test_a_schema_that_is_no_number_is_no_project_of_ours(store, path):
    store.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'abc'")
    with pytest.raises(StoreError, match="not a project of codering"):
        Store.open(path)


def test_a_newer_project_says_which_codering_is_needed(store, path):
    with raw(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
        connection.execute("UPDATE meta SET value = '7.3' WHERE key = 'codering'")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"Install codering 7\.3 or newer"):
        Store.open(path)
    assert path.read_bytes() == before


# What cannot be opened


def sqlite_of_others(path: Path) -> None:
    with raw(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")


def truncated(path: Path) -> None:
    with closing(Store.create(path, {"name": "x"})) as store:
        store.transcripts.add(transcript("t", *["Veel woorden " * 50] * 50), Origin())
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scrambled(path: Path) -> None:
    Store.create(path, {"name": "x"}).close()
    content = bytearray(path.read_bytes())
    content[100:] = bytes(byte ^ 0x5A for byte in content[100:])
    path.write_bytes(content)


def begun(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def aged(_: object, path: Path) -> None:
    os.utime(path, (0, 0))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: None, "no such project file"),
        (lambda path: path.mkdir(), "a folder, not a project"),
        (lambda path: path.write_bytes(b""), "is making this project now"),
        (lambda path: aged(path.write_bytes(b""), path), "is empty"),
        (begun, "is making this project now"),
        (lambda path: path.write_bytes(b"PK\x03\x04" * 9), "not a project of codering"),
        (lambda path: path.write_bytes(b"SQLite format 3\x00" + b"x" * 4000), "not a project of codering"),
        (sqlite_of_others, "not a project of codering"),
        (truncated, "damaged"),
        (scrambled, "damaged"),
    ],
)
def test_what_is_no_project_is_said_plainly(path, make, says):
    make(path)
    with pytest.raises(StoreError, match=says) as caught:
        Store.open(path)
    assert path.name in str(caught.value)
    assert str(path.parent) not in str(caught.value)


def test_a_missing_folder(tmp_path):
    with pytest.raises(StoreError, match="no such project file"):
        Store.open(tmp_path / "weg" / "p.codering")
    with pytest.raises(StoreError, match="folder for the project does not exist"):
        Store.create(tmp_path / "weg" / "p.codering", {})


def test_what_is_there_is_not_overwritten(store, path):
    with pytest.raises(StoreError, match="has just made a project of that name, so it is there already"):
        Store.create(path, {})
    os.utime(path, (0, 0))
    with pytest.raises(StoreError, match="a file of that name already"):
        Store.create(path, {})
    assert store.meta()["name"] == "Ronde 1"


def test_a_creation_that_fails_leaves_nothing_behind(path, monkeypatch):
    monkeypatch.setattr(migrations, "upgrade", lambda connection: connection.execute(text("NONSENSE")))
    with pytest.raises(StoreError):
        Store.create(path, {"name": "x"})
    assert list(path.parent.iterdir()) == []


def test_a_file_that_may_not_be_written(store, path, monkeypatch):
    store.close()
    monkeypatch.setattr(os, "access", lambda checked, mode: False)
    with pytest.raises(StoreError, match="may not be written"):
        Store.open(path)


def test_a_file_that_becomes_protected(store, monkeypatch):
    # As the database sees it: also the superuser, whom file permissions do not stop, may test this.
    protect = sqlite3.connect

    def protected(*args, **options):
        connection = protect(*args, **options)
        connection.execute("PRAGMA query_only = ON")
        return connection

    monkeypatch.setattr(database.sqlite3, "connect", protected)
    with pytest.raises(StoreError, match="may not be written"):
        store.settings.set("a", "b")


def test_a_project_that_another_program_keeps_busy(store, path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with raw(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="kept the project busy"):
            store.settings.set("a", "b")
        assert store.settings.all() == {}  # reading goes on
    store.settings.set("a", "b")


def test_a_project_that_is_taken_away(store, path):
    path.unlink()
    with pytest.raises(StoreError, match="gone"):
        store.meta()
    assert not path.exists()


def test_a_table_that_somebody_removed(store, path):
    with raw(path) as connection:
        connection.execute("DROP TABLE settings")
    with pytest.raises(StoreError, match="the database reports"):
        store.settings.all()


# A database server


def test_without_the_part_for_teams_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"codering\[team\]"):
        Store.open("postgresql://server/ronde1")


def test_an_address_without_a_server_hides_the_password():
    pytest.importorskip("psycopg")
    address = "postgresql://noor:geheim@127.0.0.1:1/ronde1?connect_timeout=1"
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        Store.open(address)
    assert "geheim" not in str(caught.value)


def test_an_address_that_is_none():
    with pytest.raises(StoreError, match="expected postgresql"):
        Store.open("postgresql:onzin")


@pytest.fixture
def server():
    """The URL of an empty database."""
    address = os.environ.get("CODERING_TEST_POSTGRES")
    if not address:
        pytest.skip("CODERING_TEST_POSTGRES is not set")
    pytest.importorskip("psycopg")
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    yield address
    engine.dispose()


@pytest.mark.postgres
def test_a_database_server_holds_the_same(server):
    with pytest.raises(StoreError, match="not a project"):
        Store.open(server)
    with closing(Store.create(server, {"name": "Team"})) as store:
        store.transcripts.add(transcript(), Origin("f", "", 3, 3, (Problem("x", line(1), "y"),), "t"))
        store.suggestions.refresh(run(), [suggestion(), suggestion("b")])
        append(store, answer(suggestion()))
        assert store.suggestions.refresh(run(), []).gone == 2
        store.notes.add_memo(Memo("m", "Noor", "t", "x", "project"))
        store.notes.choose(Choice("d", "Noor", "t", chosen=True))
        store.codebooks.add(CodebookVersion("h", "id: a", "t", "Noor"))
        store.vectors.add("m", {"h": b"\x00\xff"})
        store.vectors.add("m", {"h": b"\x01"})
        store.settings.set("codes", ["a"])
        keep_how_far(store)
    with pytest.raises(StoreError, match="already"):
        Store.create(server, {})
    with closing(Store.open(server)) as store:
        assert store.meta()["name"] == "Team"
        assert store.transcripts.all() == (transcript(),)
        assert store.transcripts.held()[0].origin.problems == (Problem("x", line(1), "y"),)
        assert store.suggestions.all(current=False) == (suggestion(),)
        assert store.vectors.get("m", ["h"]) == {"h": b"\x01"}
        assert store.settings.all() == {"codes": ["a"]}
        assert_how_far(store)
        assert len(store.decisions.all()) == len(store.notes.memos()) == len(store.notes.choices()) == 1
        with pytest.raises(StoreError, match="decisions refer"):
            store.transcripts.remove("groep1")


@pytest.mark.postgres
def test_a_database_server_refuses_to_change_what_was_decided(server):
    with closing(Store.create(server, {"name": "Team"})) as store:
        store.transcripts.add(transcript(), Origin())
        append(store, decision())
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    for statement in (
        "UPDATE decisions SET coder = 'x'",
        "DELETE FROM decisions",
        "TRUNCATE decisions",
        "UPDATE turns SET text = 'x'",
    ):
        with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@pytest.mark.postgres
def test_coders_on_a_database_server_lose_no_decision(server):
    with closing(Store.create(server, {"name": "Team"})) as store:
        store.transcripts.add(transcript(), Origin())
        seen: list[int] = []

        def work(coder: str) -> None:
            with closing(Store.open(server)) as own:
                for _ in range(10):
                    own.decisions.append(lambda so_far: (seen.append(len(so_far)), (decision(coder),))[1])

        threads = [threading.Thread(target=work, args=(f"coder {n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert seen == list(range(40))
        assert len(store.decisions.all()) == 40


@pytest.mark.postgres
def test_altered_words_on_a_database_server_are_noticed_and_put_back(server):
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    with closing(Store.create(server, {"name": "Team"})) as store:
        store.transcripts.add(transcript(), Origin())
        append(store, decision())
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM turns WHERE number = 3"))
        assert store.transcripts.is_altered("groep1")
        store.transcripts.restore(transcript())
        assert store.transcripts.all() == (transcript(),)


@pytest.mark.postgres
def test_codebooks_on_a_database_server_do_not_cross(server):
    Store.create(server, {"name": "Team"}).close()
    one_of_many_saves(server)


@pytest.mark.postgres
def test_an_older_project_on_a_database_server_is_migrated(server):
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    with engine.begin() as connection:
        migrations.upgrade(connection, "0001")
        connection.execute(text("INSERT INTO meta VALUES ('name', 'Oud')"))
    with closing(Store.open(server)) as store:
        assert store.meta()["name"] == "Oud"
        assert store.notes.choices() == ()
