"""Which codebook was in force when something was decided, and what a reader must know of codings from before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from codering.codebooks import Change
from codering.codings import standing
from codering.errors import CodebookError

if TYPE_CHECKING:
    from codering.codebooks import Codebook
    from codering.codings import Coding, Decision
    from codering.errors import Message
    from codering.store import CodebookVersion


def read_version(version: CodebookVersion, today: Codebook) -> Codebook:
    """Read the codebook of a version; `today` itself if it says the same, because reading one takes half a second.

    Raises
    ------
    CodebookError
        If its text is not the one that was put in force.
    """
    from codering.readers.codebook import parse_codebook

    if version.version == today.version:
        return today
    if not version.whole:
        raise CodebookError(
            "The codebook {version}, which was in force from {time} on, is not what was put in force then: the file "
            "was damaged, or another program changed it. Put that codebook in force once more and then the one of "
            "today, or go on with a copy of the project from before.",
            version=version.version,
            time=version.time[:10],
        )
    return parse_codebook(version.text, version.version)


def in_force(versions: Sequence[CodebookVersion], today: Codebook, times: Mapping[str, str]) -> dict[str, Codebook]:
    """Find the codebooks that were in force at some moments.

    Parameters
    ----------
    versions
        Of the project, oldest first; at least one.
    today
        The codebook in force now.
    times
        ISO 8601, UTC, by any key. Before the first version that one is taken.

    Returns
    -------
    dict
        By the same keys.

    Raises
    ------
    CodebookError
        As :func:`read_version`; :func:`coded_with` and :func:`of_earlier_versions` too.
    """
    found = {key: next((v for v in reversed(versions) if v.time <= time), versions[0]) for key, time in times.items()}
    read = {one.version: read_version(one, today) for one in dict.fromkeys(found.values())}
    return {key: read[one.version] for key, one in found.items()}


def coded_with(
    versions: Sequence[CodebookVersion], today: Codebook, decisions: Iterable[Decision], coder_of: Mapping[str, str]
) -> dict[str, Codebook]:
    """Find, by transcript, the codebook that was in force when its coder last decided something about it.

    Parameters
    ----------
    versions, today
        As of :func:`in_force`.
    decisions
        Of everyone, in order.
    coder_of
        By transcript, whose codings count. Where this coder decided nothing there is no codebook.
    """
    last = {
        decision.segment.transcript: decision.time
        for decision in standing(decisions)
        if decision.segment is not None and coder_of.get(decision.segment.transcript) == decision.coder
    }
    return in_force(versions, today, last)


def of_earlier_versions(
    versions: Sequence[CodebookVersion], today: Codebook, decisions: Iterable[Decision], codings: Sequence[Coding]
) -> tuple[Message, ...]:
    """What a reader must know of codings whose code is not what it was when it was given.

    Parameters
    ----------
    versions, today
        As of :func:`in_force`.
    decisions
        Of everyone.
    codings
        Of one set.
    """
    from codering.analysis.bridging import split_under_one_name, without_a_code

    notes = without_a_code(today, codings)
    if any(one.change is Change.SPLIT and {*one.before} & {*one.after} for one in today.crosswalk):
        given = {decision.id: decision.time for decision in decisions}
        notes += split_under_one_name(today, codings, in_force(versions, today, given))
    return notes
