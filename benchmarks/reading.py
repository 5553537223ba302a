"""Reading 100 transcripts of 18,000 words, beside splitting the same lines by hand."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.corpus import transcripts
from codering.readers import read
from tools.writers import plain, subtitles


def report(*, smoke: bool) -> list[str]:
    """Write the transcripts as text and as Teams subtitles, read them, and compare with the bare minimum."""
    count, words = (2, 2_000) if smoke else (100, 18_000)
    lines = []
    with TemporaryDirectory() as folder:
        for name, write, suffix in (("text", plain.names, ".txt"), ("Teams subtitles", subtitles.teams, ".vtt")):
            paths = []
            for index, transcript in enumerate(transcripts(count * words, each=words)[:count]):
                path = Path(folder, f"groep{index}{suffix}")
                path.write_bytes(write(transcript))
                paths.append(path)
            begin = perf_counter()
            read_words = sum(read(path).words_out for path in paths)
            ours = perf_counter() - begin
            begin = perf_counter()
            for path in paths:
                [line.partition(": ") for line in path.read_text(encoding="utf-8").splitlines()]
            bare = perf_counter() - begin
            lines.append(
                f"{len(paths)} transcripts as {name}: {read_words / ours:,.0f} words a second, "
                f"{ours / bare:.0f} times as long as splitting the lines"
            )
    return lines
