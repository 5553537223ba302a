"""The workbook of 50 transcripts and 20,000 codings, beside pandas' own ``to_excel`` of the table of passages."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

import pandas as pd

from benchmarks import corpus
from codering.codings import Coding, Stance
from codering.exporters import write
from codering.exporters.passages import quotation_table
from codering.exporters.results import Results, Source
from codering.readers.codebook import read_codebook
from codering.resources import codebook_path
from codering.results import gathered
from codering.texts import Texts

SECONDS_GOAL = 10.0
MEMORY_GOAL = 500.0


def results(transcripts: int, codings: int, seed: int = 3) -> Results:
    """Made-up codings of so many transcripts, of 6,000 words each."""
    random, book = Random(seed), read_codebook(codebook_path())
    spoken = corpus.talk(6_000 * transcripts, each=6_000)
    spoken = [
        replace(one, name=f"groep{number:02}", wave=f"2026-{number % 4}", group=f"plaats{number % 20}")
        for number, one in enumerate(spoken)
    ]
    codes = [code.id for code in book]
    turns = [(one.name, turn) for one in spoken for turn in one.participant_turns() if turn.text.strip()]
    made = []
    from codering.transcripts import Segment

    for number in range(codings):
        name, turn = random.choice(turns)
        start = random.randrange(max(1, len(turn.text) // 2))
        place = Segment(name, turn.number, start, len(turn.text))
        stance = Stance.DENIES if random.random() < 0.1 else Stance.CONFIRMS
        made.append(Coding(place, random.choice(codes), stance, "Noor", str(number), str(number), "added"))
    sources = {one.name: Source(f"{one.name}.docx", "word", one.words, one.words) for one in spoken}
    return gathered("Proef", spoken, sources, book, made, (), language="nl")


def report(*, smoke: bool) -> list[str]:
    """Time the workbook and pandas on the same passages; then the memory that the workbook takes."""
    made = results(*((4, 400) if smoke else (50, 20_000)))
    texts = Texts("nl")
    with TemporaryDirectory() as folder:
        started = perf_counter()
        write(made, Path(folder) / "ours.xlsx", format="excel", texts=texts)
        ours = perf_counter() - started
        table = quotation_table(made.quotations(), made.codebook, "nl")
        frame = pd.DataFrame([[str(cell) for cell in row] for row in table.rows])
        started = perf_counter()
        frame.to_excel(Path(folder) / "theirs.xlsx")
        theirs = perf_counter() - started
        tracemalloc.start()
        write(made, Path(folder) / "again.xlsx", format="excel", texts=texts)
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
    return [
        f"{len(made.transcripts)} transcripts, {len(made.codings):,} codings: {ours:.1f} s (goal {SECONDS_GOAL:.0f})",
        f"as a multiple of pandas' to_excel of the passages alone: {ours / theirs:.2f}",
        f"memory of Python objects at most: {peak:.0f} MB (goal {MEMORY_GOAL:.0f})",
    ]
