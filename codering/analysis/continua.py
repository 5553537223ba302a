"""Passages on a continuum: the turns of a focus group laid end to end, to compare where passages begin and end.

A continuum is counted in characters. On it stand only turns that all coders read.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from codering.analysis.agreement import Unit, numbered
from codering.analysis.group_intervals import Units, units_of
from codering.codings import Coding
from codering.transcripts import Transcript

Span = tuple[int, int]
"""``[start, end)`` on a continuum."""


@dataclass(frozen=True, slots=True)
class Continuum:
    """The passages of one code in one focus group, by coder, on turns laid end to end.

    Attributes
    ----------
    length
        Characters of the turns together.
    spans
        By coder, in order, without overlap.
    """

    length: int
    spans: tuple[tuple[Span, ...], ...]


def continua(
    transcripts: Iterable[Transcript],
    codings: Iterable[Coding],
    coders: Sequence[str],
    units: Collection[Unit],
    codes: Collection[str],
) -> tuple[Continuum, ...]:
    """Lay the turns of each group end to end, with the passages of one code (or of the codes of a theme).

    Parameters
    ----------
    transcripts
        The focus groups.
    codings
        Of any coders.
    coders
        The rows.
    units
        Turns that all of these coders read.
    codes
        Which codes.

    Returns
    -------
    tuple of Continuum
        One for each group of which some turns are among `units`, in order.
    """
    given = _by_turn(codings, coders, codes)
    parts = []
    for transcript in transcripts:
        offset, rows = 0, [list[Span]() for _ in coders]
        for turn in transcript.participant_turns():
            if (transcript.name, turn.number) not in units:
                continue
            for row, coder in zip(rows, coders, strict=True):
                spans = _merged(given.get((coder, transcript.name, turn.number), ()))
                row += [(offset + start, offset + end) for start, end in spans]
            offset += len(turn.text)
        if offset:
            parts.append(Continuum(offset, tuple(tuple(row) for row in rows)))
    return tuple(parts)


def characters(
    transcripts: Mapping[str, Transcript],
    codings: Iterable[Coding],
    coders: Sequence[str],
    read: Mapping[str, Collection[Unit]],
    units: Sequence[Unit],
    codes: Collection[str],
) -> Units:
    """Lay one code out by coder and character, as stretches that are the same for everyone.

    Parameters
    ----------
    transcripts
        By name.
    codings, coders, read, units, codes
        As of :func:`codering.analysis.agreement.ratings`.

    Returns
    -------
    Units
        One unit for each stretch, 1 where the coder has a passage and NaN in a turn that the coder did not read; it
        weighs its length in characters.
    """
    given = _by_turn(codings, coders, codes)
    columns, weights, places = [], [], []
    for index, (name, number) in enumerate(units):
        spans = [_merged(given.get((coder, name, number), ())) for coder in coders]
        missing = [(name, number) not in read[coder] for coder in coders]
        length = len(transcripts[name].turn(number).text)
        cuts = sorted({0, length, *(edge for row in spans for span in row for edge in span)})
        for start, end in pairwise(cuts):
            inside = [float(any(one <= start and end <= two for one, two in row)) for row in spans]
            columns.append([math.nan if gone else value for gone, value in zip(missing, inside, strict=True)])
            weights.append(float(end - start))
            places.append(index)
    table = np.array(columns, dtype=float).reshape(-1, len(coders)).T
    groups = numbered([name for name, _ in units])
    return units_of(table, groups, weights=np.array(weights), unit=np.array(places, dtype=np.intp))


def joined(parts: Sequence[Continuum]) -> tuple[int, list[list[Span]]]:
    """Continua of the same coders laid end to end: the length of all, and the spans of each coder."""
    rows: list[list[Span]] = [[] for _ in parts[0].spans]
    offset = 0
    for part in parts:
        for row, spans in zip(rows, part.spans, strict=True):
            row += [(offset + start, offset + end) for start, end in spans]
        offset += part.length
    return offset, rows


def gaps(spans: Sequence[Span], length: int) -> list[Span]:
    """What lies between, before and behind the spans of one coder on a continuum of this length."""
    edges = [0, *(edge for span in spans for edge in span), length]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]


def _by_turn(
    codings: Iterable[Coding], coders: Sequence[str], codes: Collection[str]
) -> dict[tuple[str, str, int], list[Span]]:
    given: dict[tuple[str, str, int], list[Span]] = defaultdict(list)
    for coding in codings:
        if coding.coder in coders and coding.code in codes:
            place = coding.segment
            given[coding.coder, place.transcript, place.turn].append((place.start, place.end))
    return given


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
