"""Write the sample transcripts in the formats people really have: ``python -m tools.build_samples``.

The words live in ``tools/sample_texts/NAME.txt`` (``[00:12:31] Naam: tekst``, one turn a line), what is known
about group and speakers in the sidecar ``transcripts_sample/NAME.yaml``. A rebuild gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from codering.transcripts import Role, Speaker, Transcript, Turn
from tools.writers import documents, json_formats, plain, sheets, subtitles, word

SAMPLES: Final = Path(__file__).parent.parent / "transcripts_sample"
TEXTS: Final = Path(__file__).parent / "sample_texts"
_LINE: Final = re.compile(r"\[(\d+):(\d\d):(\d\d)\] ([^:]+): (.+)")


def source(name: str, folder: Path = SAMPLES) -> Transcript:
    """Read one source text with its sidecar.

    Raises
    ------
    ValueError
        If a line has another form, or a speaker is not in the sidecar.
    """
    sidecar = _sidecar(name, folder)
    known = {entry.get("name", key): entry for key, entry in sidecar["speakers"].items()}
    turns: list[Turn] = []
    for number, line in enumerate((TEXTS / f"{name}.txt").read_text("utf-8").splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is None or match[4] not in known:
            raise ValueError(f"{name}.txt: line {number} is not '[00:12:31] Naam: tekst' of a speaker in the sidecar")
        seconds = int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3])
        turns.append(Turn(number, match[4], match[5], float(seconds)))
    names = dict.fromkeys(turn.speaker for turn in turns)
    speakers = tuple(Speaker(one, Role(known[one]["role"]), known[one].get("pseudonym")) for one in names)
    title, date, wave, group = (str(sidecar[key]) for key in ("title", "date", "wave", "group"))
    return Transcript(name, tuple(turns), speakers, title, date, wave, group)


def labels(name: str, folder: Path = SAMPLES) -> dict[str, str]:
    """Which label the sidecar gives to each name, for files in which a recogniser numbered the voices."""
    return {entry.get("name", key): key for key, entry in _sidecar(name, folder)["speakers"].items()}


def _labelled(transcript: Transcript) -> bytes:
    return json_formats.whisperx(transcript, labels(transcript.name))


WRITERS: Final[dict[str, Callable[[Transcript], bytes]]] = {
    "waterhove_voorjaar.docx": word.report,
    "waterhove_najaar.vtt": subtitles.teams,
    "elzendam_voorjaar.txt": plain.names,
    "elzendam_najaar.xlsx": sheets.xlsx,
    "kloosterveen_voorjaar.srt": subtitles.srt,
    "kloosterveen_najaar.otr": json_formats.otranscribe,
    "zuiderkempen_voorjaar.odt": documents.odt,
    "zuiderkempen_najaar.json": _labelled,
}
"""The sample files and what writes them."""


def build(folder: Path) -> None:
    """Write all samples into a folder."""
    for file, write in WRITERS.items():
        (folder / file).write_bytes(write(source(Path(file).stem)))


def _sidecar(name: str, folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(folder / f"{name}.yaml")
    return loaded


if __name__ == "__main__":
    build(SAMPLES)
