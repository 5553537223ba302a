"""The first sheet of a workbook: what it is about, which sheets there are, and how to read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codering.errors import Message
from codering.exporters.fitting import LINE, lines
from codering.exporters.results import Results
from codering.exporters.sheets import INK, Book, safe
from codering.tables import Table
from codering.texts import Texts
from codering.transcripts import waves_in_order

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


_WIDE, _BETWEEN = (40, 92), 4
"""Characters of both columns, and points between what is said below each other."""


@dataclass(frozen=True, slots=True)
class Part:
    """Sheets that belong together.

    Attributes
    ----------
    title
        What they are about, an English template.
    tables
        In order.
    colour
        Of their tabs.
    """

    title: str
    tables: tuple[Table, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet as the first one lists it.

    Attributes
    ----------
    part, name
        The title of its part, and its own.
    printed
        Whether more of it is printed than what stands above its table.
    """

    part: str
    name: str
    printed: bool = True


def add_cover(workbook: Book, sheet: Worksheet, results: Results, sheets: Sequence[Listed]) -> None:
    """Fill the first sheet.

    Parameters
    ----------
    sheet
        Empty: it is the first, but its list of the others is known last.
    sheets
        Every other sheet.
    """
    texts = workbook.texts
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 1)
    sheet.set_portrait()
    for index, width in enumerate(_WIDE):
        sheet.set_column(index, index, width)
    sheet.write_string(0, 0, safe(results.project), workbook.style(bold=True, font_size=18))
    bold, left, heading = (
        workbook.style(bold=True, valign="top"),
        workbook.style(align="left", text_wrap=True, valign="top"),
        workbook.style(bold=True, font_size=13),
    )
    row = 2
    for label, value in _facts(results, texts):
        sheet.write_string(row, 0, label.translated(texts.translate), bold)
        if isinstance(value, str):
            sheet.write_string(row, 1, safe(value), left)
            sheet.set_row(row, LINE * lines(value, _WIDE[1]))
        else:
            sheet.write_number(row, 1, value, workbook.style(align="left", valign="top", num_format="#,##0"))
        row += 1
    row += 1
    sheet.write_string(row, 0, texts("How to read this workbook"), heading)
    for line in _guide(published=results.fewest > 0):
        row += 1
        said = line.translated(texts.translate)
        sheet.merge_range(row, 0, row, 1, said, left)
        sheet.set_row(row, LINE * lines(said, sum(_WIDE)) + _BETWEEN)
    row += 2
    sheet.write_string(row, 0, texts("What stands where"), heading)
    link = workbook.style(color=INK, underline=1)
    before = ""
    for one in sheets:
        row += 1
        if one.part != before:
            sheet.write_string(row, 0, texts(one.part), workbook.style(bold=True, valign="top", text_wrap=True))
        before = one.part
        quoted = one.name.replace("'", "''")
        shown = one.name if one.printed else texts("{sheet} (not printed)", sheet=one.name)
        sheet.write_url(row, 1, f"internal:'{quoted}'!A1", link, string=shown)


def _facts(results: Results, texts: Texts) -> Iterator[tuple[Message, str | int]]:
    codebook = results.codebook
    yield Message("Project"), results.project
    yield Message("Made on"), results.made[:10]
    yield Message("Codebook"), f"{codebook.label.in_language(texts.language)} ({codebook.version})"
    yield Message("Transcripts"), len(results.transcripts)
    yield Message("Waves"), _waves(results) or texts("not stated, so nothing is set out by wave")
    yield Message("Groups"), _groups(results) or texts("not stated, so nothing is set out by group")
    yield Message("Turns"), sum(len(t.turns) for t in results.transcripts)
    yield Message("Participants' turns"), sum(len(list(t.spoken_turns())) for t in results.transcripts)
    yield Message("Codings by people"), len(results.own)
    yield Message("Coders"), ", ".join(sorted({c.coder for c in results.own})) or texts("none yet")
    if results.decided:
        yield Message("Decided between coders, in the set"), ", ".join(sorted(results.decided))
        yield Message("Codings that the figures count"), len(results.counted)
    yield Message("Suggestions not yet reviewed"), len(results.suggestions)
    if results.fewest:
        left_out = Message(
            "every number behind which there are fewer than {fewest} participants (×), and what would give such a "
            "number away: tables by person and by transcript, and lists of passages, decisions and suggestions",
            fewest=results.fewest,
        )
        yield Message("Left out"), left_out.translated(texts.translate)
    yield Message("Made with"), f"codering {results.version}"


def _waves(results: Results) -> str:
    return ", ".join(waves_in_order(results.transcripts))


def _groups(results: Results) -> str:
    return ", ".join(dict.fromkeys(one.group for one in results.transcripts if one.group))


def _guide(*, published: bool) -> tuple[Message, ...]:
    decided = Message(
        "Nothing counts as coded until a person decided. Suggestions of rules and models stand on sheets of their "
        "own, at the end, and are never added to codings."
    )
    if published:  # without those sheets
        decided = Message("Nothing counts as coded until a person decided: suggestions of rules and models do not.")
    return (
        decided,
        Message(
            "The first number is the number of participants who say it in words of their own; each counts once. What "
            "it is counted in stands above the table or in the heading (n). The moderator never counts."
        ),
        Message(
            "Who denies a barrier is counted apart, in the columns that say so: denial is never counted as experience."
        ),
        Message(
            "Participants and focus groups say how widely something is shared; passages and words also grow when one "
            "person talks much."
        ),
        Message(
            "Printed is what is read on paper. Ids, columns to count by and lists to search in are for the screen."
        ),
        Message("A dash (–) stands where a figure is undefined; the notes above the table say why."),
        Message(
            "A focus group is not a sample of professionals: the shares describe these conversations and cannot be "
            "generalised to a population."
        ),
    )
