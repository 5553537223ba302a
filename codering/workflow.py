"""What a command does in several steps, with a summary that a researcher can use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from codering.errors import AgreementError, CodebookError, CoderingError, Problem
from codering.exit_codes import DONE, NOTHING, PROBLEMS
from codering.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from codering.codebooks import Codebook
    from codering.project import Project
    from codering.screen import Screen
    from codering.suggest.examples import ExampleResult
    from codering.texts import Texts
    from codering.transcripts import Transcript

RULE_COLUMNS = ("rule", "fired", "suggested", "precision", "partner", "conflicts", "remark")
SUMMARY_COLUMNS = ("theme", "participants", "participants_share", "groups", "turns", "denied_participants")


def code_paths(
    paths: Sequence[Path],
    *,
    codebook: Path | None,
    project: Path | str | None,
    out: Path | None,
    screen: Screen,
    texts: Texts,
    overwrite: bool = False,
) -> int:
    """Read transcripts into a project, suggest, count and write the workbook.

    Where the workbook may not be written is said first: nobody wants to wait for that.

    Returns
    -------
    int
        0 if all went well, 1 if there were problems, 2 if no transcript could be read.
    """
    from codering.exporters import named
    from codering.exporters.replacing import check_free
    from codering.project import Project
    from codering.readers.codebook import read_codebook, read_text

    file = project or Path(f"{paths[0].resolve().stem}.codering")
    made = not Project.exists(file)
    workbook = named(out, "excel") if out else _beside(file, paths)
    if isinstance(file, Path) and file.resolve() == workbook.resolve():
        raise CoderingError(
            "{file} is both the project and the workbook. Give the project a name that ends in .codering.", file=file
        )
    check_free(workbook, overwrite=overwrite)
    if not made:
        opened = Project.open(file)
        if codebook is not None and not opened.has_codebook(read_codebook(codebook).version):
            opened.set_codebook(read_text(codebook), by="codering code")
    else:
        opened = Project.create(file, codebook=codebook)
    with opened:
        problems = add_and_suggest(opened, paths, screen)
        empty = not opened.transcripts()
        if not empty:
            opened.export("excel", workbook, texts=texts, overwrite=overwrite)
            summarise(opened, screen, texts)
            screen.heading("Written")
            screen.say("Project:  {file}", file=file if opened.path else opened.name)
            screen.say("Workbook: {file}", file=workbook)
    screen.problems(problems)
    if empty:
        screen.error(texts("No transcript could be read; nothing was coded."))
        if made and opened.path:
            opened.path.unlink()
        return NOTHING
    return PROBLEMS if problems else DONE


def _beside(project: Path | str, paths: Sequence[Path]) -> Path:
    """The workbook beside a project: of its name, unless that is a transcript that was read just now.

    Beside a project on a server stands nothing: the workbook is named after the first path then.
    """
    project = project if isinstance(project, Path) else Path(f"{paths[0].resolve().stem}.codering")
    named = project.with_suffix(".xlsx")
    read = any(named.resolve() == path.resolve() for path in paths)
    return project.with_name(f"{project.name}.xlsx") if read else named


def add_and_suggest(project: Project, paths: Sequence[Path], screen: Screen) -> tuple[Problem, ...]:
    """Add transcripts and let the rules suggest; returns what was reported while reading."""
    with screen.progress("Reading transcripts") as progress:
        report = project.add(paths, progress=progress)
    if project.transcripts():
        with screen.progress("Looking for suggestions") as progress:
            project.suggest(progress=progress)
    return report.problems


def summarise(project: Project, screen: Screen, texts: Texts) -> None:
    """Show what is in the project, and how often each theme occurs."""
    transcripts = project.transcripts()
    words = sum(transcript.words for transcript in transcripts)
    turns = sum(len(list(transcript.participant_turns())) for transcript in transcripts)
    screen.heading("{name}", name=project.name)
    screen.say(
        "{count} {count:transcript|transcripts}, {words} {words:word|words}, {turns} {turns:turn|turns} of "
        "participants. Codebook: {codebook} ({version}).",
        count=len(transcripts),
        words=words,
        turns=turns,
        codebook=project.codebook.label.in_language(texts.language),
        version=project.codebook.version,
    )
    for table in project.results(language=texts.language).tables:
        if table.key in ("themes", "themes_suggested"):
            screen.heading(table.title)
            screen.table(_occurring(table), columns=SUMMARY_COLUMNS, spare=("turns", "groups"))


def _occurring(table: Table) -> Table:
    """Leave out themes that nobody mentions, so that a summary stays short; the workbook has them all."""
    keys = [column.key for column in table.columns]
    counts = [keys.index(key) for key in ("turns", "denied_turns")]
    rows = tuple(row for row in table.rows if any(row[index] for index in counts))
    return Table(table.key, table.title, table.columns, rows, table.notes, table.bars)


def add_codings(project: Project, file: Path, *, coder: str, drawn: str, screen: Screen) -> int:
    """Add a coder's codings from a JSON Lines or CSV file."""
    from codering.imports import read_coding_rows

    rows, problems = read_coding_rows(file)
    report = project.add_codings(rows, coder=coder, drawn=drawn)
    added = sum(one.code is not None for one in report.decisions)
    screen.say(
        "{added} {added:coding|codings} of {coder} added, {same} {same:was|were} there already, {refused} refused.",
        added=added,
        coder=coder,
        same=report.unchanged,
        refused=len(problems) + report.refused,
    )
    if read := report.added - added:
        screen.say("{read} {read:turn was|turns were} marked as read by {coder}.", read=read, coder=coder)
    told = (*problems, *report.problems)
    screen.problems((*told, *report.notes))
    if told and not report.added and not report.unchanged:
        return NOTHING
    return PROBLEMS if told else DONE


def check_codebook(
    file: Path, *, project: Path | str | None, against: str | None, as_json: bool, screen: Screen
) -> int:
    """Check a codebook's form and run the examples of its rules; with a project, report what the rules do there.

    Parameters
    ----------
    file
        The codebook.
    project
        On whose transcripts the rules are tried; None for the examples only.
    against
        The coder whose codings say what is right; None for everybody's.
    as_json, screen
        How to show it.
    """
    from codering.readers.codebook import check_codebook as check
    from codering.readers.codebook import read_text
    from codering.suggest import examples

    codebook, errors, warnings = check(read_text(file), file.name)
    if codebook is None:
        raise CodebookError("{file} is not a valid codebook.", errors, file=file.name)
    tried = examples.run_examples(codebook)
    tables = [examples.examples_table(tried)]
    if project is not None:
        tables += _on_transcripts(codebook, project, against, screen)
    if as_json:
        print_tables(tables)
    else:
        _show_check(file.name, codebook, tried, tables, screen)
    failures = examples.failures(tried)
    screen.problems((*errors, *warnings, *failures))
    return PROBLEMS if (*errors, *failures) else DONE


def _on_transcripts(codebook: Codebook, project: Path | str, against: str | None, screen: Screen) -> list[Table]:
    """What the rules of a codebook do on a project's transcripts."""
    from codering.project import Project
    from codering.suggest import diagnostics
    from codering.suggest.rules import RuleSuggester

    with Project.open(project) as opened:
        if against is not None and against not in opened.coders():
            raise AgreementError(
                "{coder} coded nothing in this project. The project has: {known}.",
                coder=against,
                known=", ".join(opened.coders()) or "-",
            )
        transcripts = _rehearsed(opened, screen)
        there = {transcript.name for transcript in transcripts}
        codings = [one for one in opened.codings(coder=against) if one.segment.transcript in there]
    suggestions = RuleSuggester(codebook).suggest(transcripts)
    return diagnostics.tables(codebook, transcripts, suggestions, codings, language=screen.texts.language)


def _show_check(
    name: str, codebook: Codebook, tried: Sequence[ExampleResult], tables: Sequence[Table], screen: Screen
) -> None:
    from codering.suggest import diagnostics

    screen.say(
        "{file}: {themes} {themes:theme|themes}, {codes} {codes:code|codes}, {rules} {rules:rule|rules}; "
        "version {version}.",
        file=name,
        themes=len(codebook.themes),
        codes=sum(len(theme.codes) for theme in codebook.themes),
        rules=sum(1 for _ in codebook.rules()),
        version=codebook.version,
    )
    binding = [result for result in tried if result.binding]
    screen.say(
        "{passed} of {count} {count:sentence|sentences} of the rules {passed:goes|go} as the rules say.",
        passed=sum(result.passed for result in binding),
        count=len(binding),
    )
    for whole in tables:
        table = diagnostics.remarkable(whole)
        if table.rows:
            screen.heading(table.title)
            screen.table(table, columns=RULE_COLUMNS if table.key == "rules" else (), limit=40)
            if well := len(whole.rows) - len(table.rows):
                screen.say(
                    "Of {count} other {count:code|codes} every sentence goes well; {count:it is|they are} not shown.",
                    count=well,
                )


def compare_codebooks(old: Path, new: Path, *, project: Path | str, as_json: bool, screen: Screen, texts: Texts) -> int:
    """Show which turns of a project gain or lose a code between two codebooks; nothing is saved."""
    from codering.project import Project
    from codering.readers.codebook import read_codebook
    from codering.suggest.changes import Rehearsal, difference_table

    before, after = read_codebook(old), read_codebook(new)
    with Project.open(project) as opened:
        transcripts = _rehearsed(opened, screen)
    labels = {code.id: code.label.in_language(texts.language) for book in (before, after) for code in book}
    table = difference_table(Rehearsal(before, transcripts).difference(after), transcripts, labels)
    if as_json:
        print_tables([table])
    else:
        screen.heading(table.title)
        screen.table(table, limit=40)
    return DONE


def _rehearsed(project: Project, screen: Screen) -> tuple[Transcript, ...]:
    """The transcripts of which may be seen what rules find there; says which ones are left out, refuses if all are."""
    transcripts, blind = project.rehearsed(), ", ".join(sorted(project.still_blind))
    if blind and not transcripts:
        raise CodebookError(
            "Rules would show suggestions, and these transcripts are still coded blind: {names}. Try it once all "
            "coders are done with one of them.",
            names=blind,
        )
    if blind:
        screen.problems(
            (Problem(project.name, "", "left out because they are still coded blind: {names}.", names=blind),)
        )
    return transcripts


def print_tables(tables: Sequence[Table]) -> None:
    """Write tables as one JSON object: key, list of rows."""
    import typer

    content = {table.key: [_jsonable(record) for record in table.records()] for table in tables}
    typer.echo(json.dumps(content, ensure_ascii=False, indent=1))


def _jsonable(record: Mapping[str, object]) -> dict[str, object]:
    return {key: value if isinstance(value, str | int | float | None) else str(value) for key, value in record.items()}
