"""Every number in the report of the sample project is traced: to SQL over what is stored, or to a verb of the project.

What is counted (participants, groups, turns, shares, waves, saturation as held, agreement) is counted again here from
the rows of the database, by plain Python; sklearn gives κ. What is estimated (intervals, α, the share of random orders)
comes from the verb that estimates it, which has tests of its own against published values. Every line of every block is
compared number by number, so that a number that is changed, added or left out fails.

Only what says something of the method is passed over, by the words around it: :data:`OF_THE_METHOD`.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from itertools import islice
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from sklearn.metrics import cohen_kappa_score

from codering.analysis.assent import is_short_agreement
from codering.demo import add_reference
from codering.exporters.document import (
    Block,
    Document,
    Grid,
    Heading,
    Paragraph,
    Passage,
    Picture,
    Points,
    shown_columns,
)
from codering.exporters.report import report
from codering.exporters.results import Results
from codering.project import Project
from codering.resources import samples_path
from codering.texts import Texts
from codering.writing import written

NL = Texts("nl")
NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)*")
OF_THE_METHOD = (
    r"\(2020\)|Guest, Namey en Chen 2020|Chang 2004|Cicchetti 1990",  # when something was published
    r"95%-(?:interval(?:len)?|BI)|\(95%\)|95% van de volgordes",  # how sure an interval is
    r"F1|AC1|SHA-256|eerste 16 tekens",  # names
    r"0,67",  # Krippendorff's lowest customary limit
    r"bracht geen reeks 5%",  # the threshold of Guest, Namey and Chen
    r"minstens 50% van|15 procentpunt",  # when a barrier is there, and what is a change
    r"minstens 5 groepen",  # what an interval of a difference needs
    r"\(0 tot 1\)",  # the range of a measure
    r"2026-(?:voorjaar|najaar)",  # the waves of the sample project
)
"""Patterns of numbers that are no results."""


class Stored:
    """What the project file holds, read with SQL, and counted with loops."""

    def __init__(self, file: Path, project: Project) -> None:
        self.project = project
        with closing(sqlite3.connect(file)) as rows:
            self.talks = {
                name: (date, wave, group, digest)
                for name, date, wave, group, digest in rows.execute(
                    "SELECT name, date, wave, group_name, text_hash FROM transcripts ORDER BY place"
                )
            }
            self.turns = {
                (talk, number): (speaker, text)
                for talk, number, speaker, text in rows.execute(
                    "SELECT turns.transcript, number, speaker, text FROM turns ORDER BY turns.transcript, number"
                )
            }
            self.pseudonyms = {
                (talk, name): pseudonym
                for talk, name, pseudonym in rows.execute("SELECT transcript, name, pseudonym FROM speakers")
            }
            talking = set(rows.execute("SELECT transcript, name FROM speakers WHERE role = 'participant'"))
            verdicts = {verdict for (verdict,) in rows.execute("SELECT DISTINCT verdict FROM decisions")}
            given = list(rows.execute("SELECT coder, transcript, turn, code, stance FROM decisions"))
        assert verdicts == {"add"}, "nothing was withdrawn or rejected, so that every row holds"
        self.codable = {
            place for place, (who, text) in self.turns.items() if (place[0], who) in talking and text.strip()
        }
        self.given = [
            (c, (talk, turn), code, stance) for c, talk, turn, code, stance in given if (talk, turn) in self.codable
        ]
        self.theme_of = {code.id: theme.id for theme in project.codebook.themes for code in (theme.own, *theme.codes)}
        self.named = {code.label.in_language("nl"): code.id for code in project.codebook}
        self.waves = sorted({wave for _, wave, _, _ in self.talks.values()}, key=self._begins)

    def _begins(self, wave: str) -> str:
        return min(date for date, held, _, _ in self.talks.values() if held == wave)

    def people(self, wave: str = "") -> set[tuple[str, str]]:
        return {(talk, self.turns[talk, n][0]) for talk, n in self.codable if wave in ("", self.talks[talk][1])}

    def said(
        self, what: str, stance: str = "bevestigt", wave: str = "", *, theme: bool = False
    ) -> set[tuple[str, int]]:
        """The turns with a code or a theme in the set that counts."""
        return {
            place
            for coder, place, code, how in self.given
            if coder == "Referentie" and how == stance and what == (self.theme_of[code] if theme else code)
            and wave in ("", self.talks[place[0]][1])
        }  # fmt: skip

    def speakers(
        self, what: str, stance: str = "bevestigt", wave: str = "", *, theme: bool = False
    ) -> set[tuple[str, str]]:
        """Who says it in words of their own."""
        return {
            (place[0], self.turns[place][0])
            for place in self.said(what, stance, wave, theme=theme)
            if not is_short_agreement(self.turns[place][1])
        }

    def groups(self, what: str, wave: str = "", *, theme: bool = False) -> set[str]:
        return {talk for talk, _ in self.speakers(what, wave=wave, theme=theme)}

    @cached_property
    def codes(self) -> list[str]:
        return list(self.theme_of)

    @cached_property
    def held(self) -> list[set[str]]:
        """Group by group in the order in which they were held, the codes that somebody confirms or denies there."""
        order = sorted(self.talks, key=lambda name: self.talks[name][0])
        given = {(place[0], code) for coder, place, code, _ in self.given if coder == "Referentie"}
        return [{code for code in self.codes if (name, code) in given} for name in order]

    def counts(self, what: str, *, theme: bool) -> list[str]:
        """Participants, share, groups, turns, and participants who deny it."""
        people = len(self.speakers(what, theme=theme))
        numbers = [people, percent(people, len(self.people())), len(self.groups(what, theme=theme))]
        numbers += [len(self.said(what, theme=theme)), len(self.speakers(what, "ontkent", theme=theme))]
        return [str(number) for number in numbers]

    def marks(self, theme: str, coder: str) -> list[bool]:
        own = {place for who, place, code, _ in self.given if who == coder and self.theme_of[code] == theme}
        return [place in own for place in sorted(self.codable)]

    @cache  # noqa: B019
    def kappa(self, theme: str) -> float:
        one, two = self.marks(theme, "Codeur A"), self.marks(theme, "Codeur B")
        return float(cohen_kappa_score(one, two)) if any(one + two) else math.nan


def percent(part: int, whole: int) -> int:
    return int((Decimal(part) / Decimal(whole) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def comma(value: float, places: int) -> str:
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return str(rounded).replace(".", ",").replace("-", "−")


def thousands(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def numbers(text: str) -> list[str]:
    for pattern in OF_THE_METHOD:
        text = re.sub(pattern, "", text)
    return NUMBER.findall(text)


def lines(block: Block) -> Iterator[str]:
    """The lines of a block in which a number can stand; of a table the cells, then its notes."""
    match block:
        case Grid():
            shown = shown_columns(block)
            yield NL(block.caption) if block.caption else ""
            yield " | ".join(NL(block.table.columns[i].label) for i in shown)
            for row in block.table.rows:
                yield " | ".join(written(row[i], block.table.columns[i], NL) for i in shown)
            yield from (note.translated(NL.translate) for note in block.table.notes)
        case Points(texts):
            yield from texts
        case Passage(_, where):
            yield where
        case Picture():
            yield block.alt
            yield block.caption
        case _:
            yield block.text


class Expected:
    """The numbers that belong in every line of a block."""

    def __init__(self, stored: Stored, results: Results) -> None:
        self.s, self.made = stored, results.made
        said = [[one.translated(NL.translate) for one in told] for part in results.sections for told in part.paragraphs]
        self.sentences = {" ".join(paragraph): paragraph for paragraph in said}
        self.themes = list(stored.project.codebook.themes)
        survey = YAML(typ="safe").load((Path(__file__).parent.parent / "codebook" / "sam.yaml").read_text("utf-8"))
        self.survey = {theme["label"]["nl"]: theme.get("figures", []) for theme in survey["themes"]}
        verbs = stored.project
        self.agreement = {table.key: table for table in verbs.agreement(["Codeur A", "Codeur B"])}
        self.saturated = verbs.saturation()
        self.more = verbs.missed(by="theme").overall.more
        self.sections = {theme["label"]["nl"]: theme.get("section", "") for theme in survey["themes"]}

    def of(self, block: Block, chapter: str, section: str) -> list[list[str]]:
        if isinstance(block, Grid):
            return getattr(self, {"themes": "occurring"}.get(block.table.key, block.table.key))(block)
        if isinstance(block, Points) and chapter == "In het kort":
            return self.short()
        if isinstance(block, Points) and chapter == "Thema voor thema":
            return [self.figure(one) for one in self.survey[section]]
        if isinstance(block, Passage):
            return [self.place(block)]
        return [
            [number for sentence in self.sentences.get(line, [line]) for number in self.sentence(sentence)]
            for line in lines(block)
        ]

    def short(self) -> list[list[str]]:
        s = self.s
        found = {theme.id: s.speakers(theme.id, theme=True) for theme in self.themes}
        first = sorted(self.themes, key=lambda theme: -len(found[theme.id]))[:5]
        rows = [(found[one.id], s.groups(one.id, theme=True)) for one in first]
        return [[str(n) for n in (len(who), len(s.people()), len(where), len(s.talks))] for who, where in rows]

    def figure(self, one: dict[str, object]) -> list[str]:
        """A figure of the survey, as the file of the codebook holds it."""
        return [str(one["percentage"]), *([str(one["n"])] if "n" in one else []), *numbers(str(one["section"]))]

    def place(self, block: Passage) -> list[str]:
        """The turn in which the words stand, said by that participant."""
        who, group, wave, where = block.where.split(", ")[:4]
        turn = int(where.split()[1])
        (talk,) = [name for name, (_, w, g, _) in self.s.talks.items() if (w, g) == (wave, group)]
        speaker, text = self.s.turns[talk, turn]
        assert block.words in text
        assert self.s.pseudonyms[talk, speaker] == who
        return [*numbers(who), str(turn)]

    def sentence(self, line: str) -> list[str]:
        """The numbers of a sentence or a note, by the words around them."""
        s, n = self.s, len(self.s.people())
        places = len({group for _, _, group, _ in s.talks.values()})
        curve = [note.translated(NL.translate) for note in self.saturated[1].notes]
        unheard = [code for code in s.codes if not s.groups(code)]
        words = sum(len(text.split()) for _, text in s.turns.values())
        base = len(set().union(*s.held[:4]))
        when = datetime.fromisoformat(self.made)
        again = n - len({(s.talks[talk][2], name) for talk, name in s.people()})
        version = numbers(s.project.codebook.version)
        known = {
            "Uitgeschreven zijn": [
                str(len(s.talks)), str(n), thousands(words), str(len(s.codable)), *version,
                str(len(self.themes)), str(len(s.codes) - len(self.themes)),
            ],
            "tussen haakjes in hoeveel groepen: Referentie": [str(len(s.talks))],
            "Geteld in ": [str(len(s.codable)), str(n), str(len(s.talks))],
            "valt niets te zeggen over toeval": [comma(2 / 2**places, 3)],
            "Aanwezig: bevestigd": [str(math.ceil(places / 2)), str(places)] * 2,
            "terug in een andere groep van dezelfde plaats": [str(again), str(n), str(n - again)],
            "p: golven op alle": [str(2**places)],
            "In geen van beide golven gehoord": [str(len(unheard))],
            "Incidenteel, en hier niet getoond": [str(len(s.codes) - len(unheard) - len(self.frequent()))],
            "Terugkerend: bevestigd in minstens": [str(math.ceil(places / 2)), "2"],
            "Niet verzadigd:": next(numbers(note) for note in curve if "Niet verzadigd" in note),
            "Nieuwe informatie: nieuwe codes": ["2", str(base), "4"],
            "codeerden elk": [str(len(s.codable)), str(len(s.talks))],
            "van alle beurten van deelnemers": ["100"],
            "Beurten van deelnemers die minstens twee codeurs lazen": [str(len(s.codable)), str(len(s.talks))],
            "willekeurige beurten. Levert dat niets nieuws op": [str(self.more)],
            "Gemaakt met codering": ["0.1.0", str(when.day), str(when.year), f"{when:%H}", f"{when:%M}"],
            "berekend met codering": ["0.1.0"],
        }  # fmt: skip
        return next((found for words, found in known.items() if words in line), self.agreed(line))

    def frequent(self) -> list[str]:
        """What the table of changes shows: there in half of the groups of a wave, and in the other wave as well, or
        heard by nobody there, or of 15 percentage points more or fewer participants (docs/waves.md).
        """
        s = self.s
        found = []
        for code in s.codes:
            groups = [len(s.groups(code, wave)) for wave in s.waves]
            shares = [Decimal(len(s.speakers(code, wave=wave))) / len(s.people(wave)) for wave in s.waves]
            changed = min(groups) == 0 or abs(shares[1] - shares[0]) >= Decimal("0.15")
            if min(groups) >= 2 or (max(groups) >= 2 and changed):
                found.append(code)
        return found

    def agreed(self, line: str) -> list[str]:
        """The figures of sentences on agreement: κ by sklearn, intervals and α by the verb, by theme."""
        s = self.s
        tables = self.agreement
        by_theme = {row["label"]: row for row in tables["agreement_themes"].records()}
        kappas = {theme.label.in_language("nl"): s.kappa(theme.id) for theme in self.themes}
        defined = {label: kappa for label, kappa in kappas.items() if not math.isnan(kappa)}
        mean = comma(sum(defined.values()) / len(defined), 2)
        left_out = str(len(kappas) - len(defined))
        alpha, f1 = (list(tables["agreement_overall"].records())[i] for i in (0, -1))
        if "Krippendorffs α (MASI" in line:
            return [comma(row[key], 2) for row in (alpha, f1) for key in ("value", "low", "high")]
        if "Per thema liep" in line:
            least, most = min(defined.values()), max(defined.values())
            return [comma(least, 2), comma(most, 2), mean, str(len(defined)), left_out]
        if "ligt de ondergrens van het interval" in line:
            weak = [label for label in defined if by_theme[label]["kappa_low"] < 0.67]
            order = sorted(weak, key=line.index)
            ends = {label: [comma(by_theme[label][key], 2) for key in ("kappa_low", "kappa_high")] for label in weak}
            return [str(len(weak)), *(part for label in order for part in (comma(defined[label], 2), *ends[label]))]
        if "is κ laag hoewel" in line:
            (rare,) = [label for label in defined if label in line]
            return [comma(by_theme[rare][key], 2) for key in ("ac1", "f1")]
        if line.startswith("Gemiddelde κ"):
            return [mean, left_out]
        return []

    def notes(self, grid: Grid) -> list[list[str]]:
        return [self.sentence(note.translated(NL.translate)) for note in grid.table.notes]

    def definitions(self, grid: Grid) -> list[list[str]]:
        return [[], [], *(numbers(self.sections[row["theme"]]) for row in grid.table.records()), *self.notes(grid)]

    def _bases(self) -> list[str]:
        return [str(len(one)) for one in (self.s.people(), self.s.talks, self.s.codable)]

    def occurring(self, grid: Grid) -> list[list[str]]:
        """All themes; the interval is that of the verb, of which docs/frequencies.md gives the coverage."""
        ends = {row["theme"]: (row["low"], row["high"]) for row in self.s.project.frequencies()[0].records()}
        rows = []
        for theme in self.themes:
            people, share, *rest = self.s.counts(theme.id, theme=True)
            low, high = ends[theme.label.in_language("nl")]
            span = [] if low is None else [str(percent(int(1e6 * end), 10**6)) for end in (low, high)]
            rows.append([people, share, *span, *rest])
        return [[], self._bases(), *rows, *self.notes(grid)]

    def codes(self, grid: Grid) -> list[list[str]]:
        rows = [self.s.counts(self.s.named[row["code_label"]], theme=False) for row in grid.table.records()]
        used = [theme for theme in self.themes if grid.table.rows and self._in(theme, grid)]
        assert len(used) == 1, "a table holds the codes of one theme"
        heard = [
            c
            for c in (used[0].own, *used[0].codes)
            if any(self.s.speakers(c.id, how) for how in ("bevestigt", "ontkent"))
        ]
        assert [c.label.in_language("nl") for c in heard] == [row["code_label"] for row in grid.table.records()]
        return [[], self._bases(), *rows]

    def _in(self, theme: object, grid: Grid) -> bool:
        row = next(grid.table.records())
        return self.s.theme_of[self.s.named[row["code_label"]]] == theme.id  # type: ignore[attr-defined]

    def waves_1(self, grid: Grid) -> list[list[str]]:
        s = self.s
        sizes = [len(s.people(wave)) for wave in s.waves]
        held = [sum(one[1] == wave for one in s.talks.values()) for wave in s.waves]
        rows = []
        for record in grid.table.records():
            code = s.named[record["label"]]
            people = [len(s.speakers(code, wave=wave)) for wave in s.waves]
            difference = Decimal(people[1]) / sizes[1] - Decimal(people[0]) / sizes[0]
            groups = [len(s.groups(code, wave)) for wave in s.waves]
            shown = comma(float((100 * difference).quantize(Decimal("0.1"), ROUND_HALF_UP)), 1)
            rows.append([*map(str, people), shown, *map(str, groups), *map(str, self._directions(code))])
        assert {s.named[row["label"]] for row in grid.table.records()} == set(self.frequent())
        return [[], [*map(str, sizes), *map(str, held)], *rows, *self.notes(grid)]

    def _directions(self, code: str) -> tuple[int, int]:
        """In how many places the share of participants rose, and fell."""
        s = self.s
        rose = fell = 0
        for place in {group for _, _, group, _ in s.talks.values()}:
            shares = []
            for wave in s.waves:
                (talk,) = [name for name, (_, w, g, _) in s.talks.items() if (w, g) == (wave, place)]
                own = [who for who in s.people() if who[0] == talk]
                shares.append(Decimal(sum(who in s.speakers(code) for who in own)) / len(own))
            rose, fell = rose + (shares[1] > shares[0]), fell + (shares[1] < shares[0])
        return rose, fell

    def recurring(self, grid: Grid) -> list[list[str]]:
        s = self.s
        held = [sum(one[1] == wave for one in s.talks.values()) for wave in s.waves]
        rows = []
        for record in grid.table.records():
            groups = [len(s.groups(s.named[record["label"]], wave)) for wave in s.waves]
            enough = [count >= 2 for count in groups]
            rows.append([*map(str, groups), str(2 if all(enough) else int(any(enough)))])
        return [[], [*map(str, held)], *rows, *self.notes(grid)]

    def saturation_curve(self, grid: Grid) -> list[list[str]]:
        """The mean over all orders: every code is heard in k groups unless all of them are among the others."""
        s, n = self.s, len(self.s.talks)
        often = [sum(code in group for group in s.held) for code in s.codes]
        ends = [(row["low"], row["high"]) for row in self.saturated[0].records()]
        rows = []
        for k in range(1, n + 1):
            mean = sum(1 - math.comb(n - heard, k) / math.comb(n, k) for heard in often)
            reached = len(set().union(*s.held[:k]))
            rows.append([str(k), comma(mean, 2), *(comma(end, 0) for end in ends[k - 1]), str(reached)])
        return [[], [], *rows, *self.notes(grid)]

    def saturation(self, grid: Grid) -> list[list[str]]:
        held = self.s.held
        base = set().union(*held[:4])
        rows = []
        for first in range(4, len(held) - 1):
            new = set().union(*held[first : first + 2]) - set().union(*held[:first])
            share = (Decimal(100 * len(new)) / len(base)).quantize(Decimal("0.1"), ROUND_HALF_UP)
            rows.append([str(first + 1), str(first + 2), str(len(new)), str(len(base)), comma(float(share), 1)])
        return [[], [], *rows, *self.notes(grid)]

    def agreement_overall(self, grid: Grid) -> list[list[str]]:
        s = self.s
        table = self.agreement["agreement_overall"]
        rows = []
        for row in table.records():
            numbered = [comma(row[key], 2) for key in ("value", "low", "high") if row[key] is not None]
            rows.append(numbered + numbers(row["reading"].translated(NL.translate)))
        one, two = ({(p, c) for who, p, c, _ in s.given if who == coder} for coder in ("Codeur A", "Codeur B"))
        assert rows[-1][0] == comma(2 * len(one & two) / (len(one) + len(two)), 2), "F1, counted here"
        kappas = [kappa for theme in self.themes if not math.isnan(kappa := s.kappa(theme.id))]
        assert rows[1][0] == comma(sum(kappas) / len(kappas), 2), "the mean κ of themes, by sklearn"
        return [[], [], *rows, *self.notes(grid)]

    def agreement_themes(self, grid: Grid) -> list[list[str]]:
        s = self.s
        table = self.agreement["agreement_themes"]
        rows = []
        for theme, row in zip(self.themes, table.records(), strict=True):
            one, two = s.marks(theme.id, "Codeur A"), s.marks(theme.id, "Codeur B")
            same = sum(a == b for a, b in zip(one, two, strict=True))
            both = str(sum(a and b for a, b in zip(one, two, strict=True)))
            share = (Decimal(100 * same) / len(one)).quantize(Decimal("0.1"), ROUND_HALF_UP)
            kappa = s.kappa(theme.id)
            figures = [] if math.isnan(kappa) else [kappa, row["kappa_low"], row["kappa_high"]]
            told = numbers(row["reading"].translated(NL.translate))
            rows.append([both, comma(float(share), 1), *(comma(one, 2) for one in figures), *told])
        return [[], [], *rows, *self.notes(grid)]

    def origin(self, grid: Grid) -> list[list[str]]:
        rows = []
        for name, (_, wave, group, digest) in self.s.talks.items():
            own = [text for (talk, _), (_, text) in self.s.turns.items() if talk == name]
            words = thousands(sum(len(text.split()) for text in own))
            rows.append(numbers(f"{name} | {wave} | {group} | {words} | {len(own)} | {digest[:16]}"))
        return [[], [], *rows, *self.notes(grid)]


def differences(document: Document, expected: Expected) -> list[str]:
    """Every line whose numbers are not those that belong there, with where it stands."""
    chapter = section = ""
    wrong = []
    for block in document.blocks:
        if isinstance(block, Heading):
            chapter, section = (block.text, "") if block.level == 1 else (chapter, block.text)
        told = [numbers(line) for line in lines(block)]
        right = expected.of(block, chapter, section)
        if told != right:
            pairs = [(a, b) for a, b in zip(told, right, strict=False) if a != b] or [(len(told), len(right))]
            wrong.append(f"{chapter} / {section} / {type(block).__name__}: {pairs[:3]}")
    return wrong


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Document, Expected]]:
    file = tmp_path_factory.mktemp("report") / "voorbeeld.codering"
    with Project.create(file) as project:
        project.add([samples_path()])
        add_reference(project)
        results = project.results(language="nl")
        yield report(results, NL), Expected(Stored(file, project), results)


def changed(block: Block) -> Iterator[Block]:
    """The block with one number made another, for every number that is a result."""
    match block:
        case Grid():
            for number, row in enumerate(block.table.rows):
                for place in shown_columns(block):
                    cell = row[place]
                    if isinstance(cell, int | float) and not math.isnan(cell):
                        other = (*row[:place], cell + 1, *row[place + 1 :])
                        rows = (*block.table.rows[:number], other, *block.table.rows[number + 1 :])
                        yield replace(block, table=replace(block.table, rows=rows))
        case Points(texts):
            for number, text in enumerate(texts):
                for other in _other(text):
                    yield Points((*texts[:number], other, *texts[number + 1 :]))
        case Paragraph(text):
            yield from map(Paragraph, _other(text))


def _other(text: str) -> Iterator[str]:
    passed = [span for pattern in OF_THE_METHOD for found in re.finditer(pattern, text) for span in [found.span()]]
    for found in re.finditer(r"\d+", text):
        if not any(start <= found.start() < end for start, end in passed):
            yield f"{text[: found.start()]}{int(found.group()) + 1}{text[found.end() :]}"


def test_every_number_in_the_report_is_one_that_a_query_gives(told):
    document, expected = told
    assert differences(document, expected) == []


def test_no_number_can_be_changed_unseen(told):
    """Every seventh change of every block: all of them would take a minute."""
    document, expected = told
    chapter = section = ""
    tried = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            chapter, section = (block.text, "") if block.level == 1 else (chapter, block.text)
        right = expected.of(block, chapter, section)
        for other in islice(changed(block), 0, None, 7):
            tried += 1
            assert [numbers(line) for line in lines(other)] != right, (chapter, section, other)
    assert tried > 80


def test_charts_show_the_numbers_of_the_tables(told):
    """Beside every bar and line stand the counts; what else is written along the axes are ticks."""
    _, expected = told
    s = expected.s
    pictures = dict(s.project.results(language="nl", pictures=True).pictures)
    written_in = {key: re.findall(r">([^<>]+)</text>", one.svg.decode()) for key, one in pictures.items()}
    found = {theme.id: len(s.speakers(theme.id, theme=True)) for theme in expected.themes}
    shown = [f"{count} ({percent(count, len(s.people()))}%)" for count in found.values() if count]
    assert sorted(text for text in written_in["themes"] if "(" in text) == sorted(shown)
    of = [len(s.people(wave)) for wave in s.waves]
    both = [[len(s.speakers(code, wave=wave)) for wave in s.waves] for code in expected.frequent()]
    shown = [f"{a}/{of[0]} → {b}/{of[1]}" for a, b in both]
    waves = [text for key, held in written_in.items() if key.startswith("waves_1.") for text in held]
    assert sorted(text for text in waves if "→" in text) == sorted(shown)
