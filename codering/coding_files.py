"""Files with codings of people: rows of JSON Lines or CSV, and what their fields are called.

A field that is nearly called like one that means something is a slip of the pen: its row is refused, since a ``stanse``
or ``drwan`` that is not heard changes what is counted. Other fields are left alone and named once.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from codering.errors import CoderingError, Problem, cause, line

MEANT: Final = frozenset(
    {"transcript", "turn", "code", "stance", "start", "end", "quote", "reason", "read", "drawn", "coder"}
)
"""Fields of a coding that mean something."""
KNOWN: Final = MEANT | {
    *("speaker", "role", "theme", "source", "score", "evidence"),  # suggestions
    *("wave", "group", "time", "status"),  # an export
    *("before", "text"),  # a sample
}
"""Fields that codering itself writes beside codings; they say nothing new."""

_TOO_MANY: Final = (
    "This line has more cells than the heading, so it was left out. Put a text that holds “{delimiter}” between "
    "quotation marks."
)
_NO_CSV: Final = (
    "From this line on the file cannot be read as CSV, and nothing was used of it. Is a quotation mark missing?"
)
_NEAR: Final = 0.75
_WHOLE: Final = ("turn", "start", "end")
_INTEGER: Final = re.compile(r"(\d{1,18})(?:\.0+)?")
"""As a spreadsheet or pandas may write it: 12 or 12.0."""
_ABOVE: Final = re.compile(r"(?:sep=.?)?\s+", re.IGNORECASE)
"""Above the heading: empty lines, and Excel's own hint for the separator."""
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
_YES: Final = frozenset({"true", "waar", "ja", "yes", "x", "1"})
_NO: Final = frozenset({"", "false", "onwaar", "nee", "no", "0"})


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A row of a file with codings.

    Attributes
    ----------
    values
        What the row says, by key.
    source
        The file's name; empty if there is no file.
    line
        Where in the file, from 1.
    """

    values: Mapping[str, object]
    source: str = ""
    line: int = 1


def read_coding_rows(path: str | Path) -> tuple[tuple[CodingRow, ...], tuple[Problem, ...]]:
    """Read a JSON Lines file (one object on each line, UTF-8, empty lines ignored), or a CSV file with a heading.

    In a CSV file columns are separated by semicolons, commas or tabs; an empty cell is absent, and an empty cell under
    ``read`` says no.

    Returns
    -------
    rows, problems
        The objects, and the lines that are none.

    Raises
    ------
    CoderingError
        If the file cannot be read at all, or there is nothing in it.
    """
    path = Path(path)
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = cause(error)
        raise CoderingError("{file}: the file cannot be read ({reason}).", file=path.name, reason=reason) from None
    except UnicodeDecodeError:
        raise CoderingError(
            "{file}: this is not a text file in UTF-8. Save it as JSON Lines or CSV in UTF-8.", file=path.name
        ) from None
    lines = _csv_rows if path.suffix.lower() in (".csv", ".tsv") else _json_rows
    rows, problems = lines(content, path.name)
    if not rows and not problems:
        raise CoderingError(
            "{file}: there are no rows in this file. Expected one for each coding, with transcript, turn and code.",
            file=path.name,
        )
    return rows, problems


def _json_rows(content: str, source: str) -> tuple[tuple[CodingRow, ...], tuple[Problem, ...]]:
    rows, problems = [], []
    # Not splitlines(): that also splits at characters that may stand inside a JSON text.
    for number, text in enumerate(content.split("\n"), start=1):
        if not text.strip():
            continue
        try:
            values = json.loads(text, object_pairs_hook=_once)
        except CoderingError as error:
            problems.append(Problem(source, line(number), error.message))
            continue
        except (ValueError, RecursionError):
            values = None
        if isinstance(values, dict):
            rows.append(CodingRow(values, source, number))
        else:
            problems.append(Problem(source, line(number), "This is no JSON object; expected one on each line."))
    return tuple(rows), tuple(problems)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object in which no field stands twice: which of the two is meant cannot be known."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise CoderingError("The field {field} stands there twice; leave one of them out.", field=twice)
    return found


def _csv_rows(content: str, source: str) -> tuple[tuple[CodingRow, ...], tuple[Problem, ...]]:
    above = _ABOVE.match(content)
    skipped = above[0].count("\n") if above else 0
    content = content[above.end() :] if above else content
    delimiter = max(";,\t", key=content.partition("\n")[0].count)
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter)
    rows, problems = [], []

    def here() -> int:
        return reader.line_num + skipped

    try:
        _once([(name, None) for name in reader.fieldnames or () if name])
        for row in reader:
            if None in row:  # cells beyond the heading
                problems.append(Problem(source, line(here()), _TOO_MANY, delimiter=delimiter))
                continue
            values = {key: _cell(key, value or "") for key, value in row.items() if value or key == "read"}
            if any(row.values()):
                rows.append(CodingRow(values, source, here()))
    except csv.Error:
        problems.append(Problem(source, line(here()), _NO_CSV))
    except CoderingError as error:
        problems.append(Problem(source, line(skipped + 1), error.message))
    return tuple(rows), tuple(problems)


def _cell(key: str, text: str) -> object:
    """What a cell says: whole numbers and yes or no where they are expected, otherwise its text."""
    if text[:1] == "'" and text[1:2] in _RISKY:  # what an export puts there to keep a spreadsheet from running it
        text = text[1:]
    if key == "quote":  # exactly, white space at its ends included
        return text if text.strip() else ""
    text = text.strip()
    if key in _WHOLE and (whole := _INTEGER.fullmatch(text)):
        return int(whole[1])
    if key == "read" and text.lower() in _YES | _NO:
        return text.lower() in _YES
    return text


def understood(
    rows: Iterable[CodingRow | Mapping[str, object]],
    *,
    meant: Collection[str] = MEANT,
    known: Collection[str] = KNOWN,
) -> tuple[tuple[CodingRow, ...], tuple[Problem, ...], tuple[Problem, ...]]:
    """Look whether fields are called as they should be.

    Parameters
    ----------
    rows
        In order. Objects that come from no file are numbered from 1.
    meant, known
        The fields that mean something here, and those that may stand there.

    Returns
    -------
    rows
        Those without a mistyped field.
    problems
        For each mistyped field: where it first stands, what was meant, how many rows were left out.
    notes
        For each field that means nothing here: that nothing was done with it.
    """
    every = [row if isinstance(row, CodingRow) else CodingRow(row, line=n) for n, row in enumerate(rows, start=1)]
    counts = Counter(key for row in every for key in row.values if key not in known)
    first = {key: row for row in reversed(every) for key in row.values if key in counts}
    near = {key: found for key in counts if (found := _nearest(key, meant))}
    problems, notes = [], []
    for key, count in counts.items():
        place = first[key].source, line(first[key].line)
        if key in near:
            message = "There is no field {found}; {nearest} is probably meant. Rows with it were left out: {count}."
            problems.append(Problem(*place, message, found=key, nearest=near[key], count=count))
        else:
            notes.append(Problem(*place, "The field {found} means nothing here; it was not used.", found=key))
    return tuple(row for row in every if near.keys().isdisjoint(row.values)), tuple(problems), tuple(notes)


def _nearest(key: str, meant: Collection[str]) -> str:
    found = get_close_matches(key.strip().casefold(), sorted(meant), 1, _NEAR)
    return found[0] if found else ""
