"""The samples say in every format what their source texts say, and a rebuild gives the same bytes."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from codering import readers
from tools.build_samples import SAMPLES, WRITERS, source

needs_read = pytest.mark.skipif(
    not hasattr(readers, "read") or find_spec("codering.readers.text") is None, reason="the readers of text are to come"
)

TIMELESS = {"elzendam_voorjaar.txt"}
"""A plain text of names carries no times."""


@needs_read
@pytest.mark.parametrize("file", WRITERS)
def test_each_format_reads_into_the_turns_of_its_source(file):
    told = source(Path(file).stem)
    reading = readers.read(SAMPLES / file)
    found = reading.transcript
    assert [(turn.speaker, turn.text) for turn in found.turns] == [(turn.speaker, turn.text) for turn in told.turns]
    assert [(one.name, one.role, one.pseudonym) for one in found.speakers] == [
        (one.name, one.role, one.pseudonym) for one in told.speakers
    ]
    assert (found.title, found.date, found.wave, found.group) == (told.title, told.date, told.wave, told.group)
    assert reading.words_in == reading.words_out == told.words
    assert [str(problem) for problem in reading.problems] == []
    for turn, original in zip(found.turns, told.turns, strict=True):
        assert (turn.start is None) == (file in TIMELESS)
        assert turn.start is None or turn.start == pytest.approx(original.start, abs=1)


@pytest.mark.parametrize("file", WRITERS)
def test_a_rebuild_gives_the_same_bytes(file):
    assert WRITERS[file](source(Path(file).stem)) == (SAMPLES / file).read_bytes()


@pytest.mark.parametrize("name", [Path(file).stem for file in WRITERS])
def test_source_texts_have_natural_size(name):
    transcript = source(name)
    assert 80 <= len(transcript.turns) <= 130
    assert all(one.speaker != two.speaker for one, two in zip(transcript.turns, transcript.turns[1:], strict=False))
    assert all(one.start < two.start for one, two in zip(transcript.turns, transcript.turns[1:], strict=False))


def test_every_group_is_either_for_development_or_for_testing():
    split = YAML(typ="safe").load(SAMPLES / "split.yaml")
    assert sorted(split["development"] + split["test"]) == sorted(Path(file).stem for file in WRITERS)
