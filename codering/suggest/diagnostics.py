"""What is wrong with rules and what they are worth: examples, figures and tables.

The figures are worked out in :mod:`codering.suggest.examples`, :mod:`codering.suggest.rule_reports` and
:mod:`codering.suggest.keyness`; this module gathers them, and shows them as tables. What a changed rule brings is in
:mod:`codering.suggest.changes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from codering.codebooks import Codebook
from codering.codings import Coding, Suggestion
from codering.errors import Message
from codering.suggest.examples import ExampleResult, examples_table, failures, run_examples
from codering.suggest.keyness import Keyword, keywords
from codering.suggest.rule_reports import (
    Candidate,
    RuleReport,
    Scores,
    candidates,
    rule_reports,
    scores,
)
from codering.tables import Column, Kind, Table
from codering.transcripts import Transcript

__all__ = [
    "Candidate",
    "ExampleResult",
    "Keyword",
    "RuleReport",
    "Scores",
    "candidates",
    "candidates_table",
    "examples_table",
    "failures",
    "keywords",
    "remarkable",
    "rule_reports",
    "rules_table",
    "run_examples",
    "scores",
    "tables",
]


def tables(
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    suggestions: Iterable[Suggestion],
    codings: Iterable[Coding],
    *,
    language: str = "nl",
) -> list[Table]:
    """The rules' report and the candidate words, as tables."""
    suggested, coded = tuple(suggestions), tuple(codings)
    reports = rule_reports(codebook, transcripts, suggested, coded)
    labels = {code.id: code.label.in_language(language) for code in codebook}
    return [
        rules_table(reports, labels),
        candidates_table(candidates(codebook, transcripts, suggested, coded), labels),
    ]


def remarkable(table: Table) -> Table:
    """What to look at first: codes of which an example goes wrong, rules with a remark; other tables as they are."""
    keys = [column.key for column in table.columns]
    if table.key == "rules":
        first = sorted(table.rows, key=lambda row: row[keys.index("remark")] is None)
        return replace(table, rows=tuple(first))
    if table.key == "examples":
        pairs = (
            ("yes_passed", "yes"),
            ("no_passed", "no"),
            ("examples_found", "examples"),
            ("near_misses_left", "near_misses"),
        )
        places = [(keys.index(right), keys.index(all_)) for right, all_ in pairs]
        return replace(table, rows=tuple(row for row in table.rows if any(row[a] != row[b] for a, b in places)))
    return table


def rules_table(reports: Sequence[RuleReport], labels: dict[str, str]) -> Table:
    """A row for each rule."""
    return Table(
        key="rules",
        title="Rules",
        columns=(
            Column("rule", "Rule"),
            Column("code", "Code"),
            Column("fired", "Turns found", Kind.COUNT),
            Column("suggested", "Turns suggested", Kind.COUNT),
            Column("judged", "Of which judged", Kind.COUNT),
            Column("precision", "Precision", Kind.SHARE),
            Column("shared", "Also by another rule", Kind.COUNT),
            Column("partner", "Mostly by"),
            Column("conflicts", "Other stance", Kind.COUNT),
            Column("moderator", "Moderator's turns", Kind.COUNT),
            Column("remark", "Remark"),
        ),
        rows=tuple(
            (
                report.rule,
                labels.get(report.code, report.code),
                report.fired,
                report.suggested,
                report.judged,
                report.precision,
                report.shared,
                report.partner,
                report.conflicts,
                report.moderator,
                report.remark,
            )
            for report in reports
        ),
        notes=(
            Message(
                "Precision: of the turns suggested in transcripts that somebody coded, the share that carries the code "
                "with the same stance. Undefined where nothing was judged."
            ),
        ),
    )


def candidates_table(found: Sequence[Candidate], labels: dict[str, str]) -> Table:
    """A row for each candidate word."""
    return Table(
        key="candidates",
        title="Candidate words",
        columns=(
            Column("code", "Code"),
            Column("word", "Word"),
            Column("turns", "Turns with the word", Kind.COUNT),
            Column("missed", "Turns that no rule found", Kind.COUNT),
            Column("elsewhere", "Times elsewhere", Kind.COUNT),
            Column("keyness", "Keyness (G²)", Kind.NUMBER),
        ),
        rows=tuple(
            (
                labels.get(one.code, one.code),
                one.keyword.word,
                one.keyword.turns,
                one.missed,
                one.keyword.there,
                one.keyword.keyness,
            )
            for one in found
        ),
        notes=(
            Message(
                "Words that are typical of turns which carry the code while no rule found it, next to all other turns: "
                "log-likelihood G² of Rayson and Garside (2000); above 10.83 is p < 0.001. Only words that are at "
                "least four times as frequent (Log Ratio of 2, Hardie 2014)."
            ),
        ),
    )
