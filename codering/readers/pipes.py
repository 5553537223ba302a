"""Tables in Markdown: what converters and chat programs make of a table in Word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from codering.readers.drafts import Draft
from codering.readers.grids import lines_of, says_what
from codering.readers.marks import Line

_RULE: Final = re.compile(r"\s*\|?\s*:?-{1,99}:?\s*(?:\|\s*:?-{1,99}:?\s*){1,99}\|?\s*")
_BREAK: Final = re.compile(r"<br ?/?>", re.IGNORECASE)
_BAR: Final = re.compile(r"(?<!\\)\|")


def with_tables(lines: Sequence[Line], draft: Draft) -> list[Line]:
    """Read the rows of a table of speech as those of a Word table; all other lines stay as they are.

    A table is a row of headings, a rule (``|---|---|``), and the rows up to the first line without a bar. It is one of
    speech if its headings say so; any other was pasted into what somebody said.
    """
    found: list[Line] = []
    at = tables = 0
    while at < len(lines):
        if not (_is_row(lines[at]) and at + 1 < len(lines) and _is_rule(lines[at + 1])):
            found.append(lines[at])
            at += 1
            continue
        end = next((i for i in range(at + 2, len(lines)) if not _is_row(lines[i])), len(lines))
        rows = [_cells(lines[i]) for i in (at, *range(at + 2, end))]
        if says_what(rows):
            tables += 1
            found += lines_of(rows, tables, draft)
        else:
            found += lines[at:end]
        at = end
    return found


def _is_row(line: Line) -> bool:
    return "|" in line.text


def _is_rule(line: Line) -> bool:
    return len(line.text) < 1000 and _RULE.fullmatch(line.text) is not None


def _cells(line: Line) -> list[str]:
    inside = line.text.strip().removeprefix("|")
    inside = inside[:-1] if inside.endswith("|") and not inside.endswith("\\|") else inside
    return [_BREAK.sub("\n", cell.replace("\\|", "|")).replace("**", "").strip() for cell in _BAR.split(inside)]
