"""Steps of which a change in a codebook file consists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from codering.codebooks import Change
from codering.errors import CodebookError
from codering.readers.codebook import TOP_KEYS
from codering.readers.codebook_codes import THEME_KEYS
from codering.readers.codebook_lines import YamlLines
from codering.readers.codebook_places import Path as Way
from codering.readers.codebook_rules import RULE_KEYS


def find_code(lines: YamlLines, code: str) -> Way:
    """The way to the mapping of a code or theme."""
    for way in lines.scalars(lambda way, text: text == code and _is_code_id(way)):
        return way[:-1]
    raise CodebookError("The codebook has no code {found}.", found=code)


def _is_code_id(way: Way) -> bool:
    return way[-1] == "id" and (len(way) == 3 or (len(way) == 5 and way[2] == "codes"))


def refer(lines: YamlLines, code: str, now: Iterable[str]) -> None:
    """Let contexts and near misses name what a code is called now."""
    names = list(now)
    # From the last to the first, so that a change never moves what is still to be changed.
    for way in reversed(lines.scalars(lambda way, text: text == code and _refers(way))):
        if way[-1] == "instead":
            lines.change(way, names[0]) if names else lines.remove(way)
        elif isinstance(way[-1], str):
            # A rule whose only context is removed stays as it is: the check then names it.
            lines.change(way, names if len(names) > 1 else (names or [code])[0])
        else:
            listed = lines.data(way[:-1])
            named = [name for one in listed for name in (names if one == code else [one])]
            lines.change(way[:-1], list(dict.fromkeys(named)) or listed)


def _refers(way: Way) -> bool:
    """Whether a value at this place names a code: in a context, or as what a near miss carries instead."""
    if way[0] != "themes":
        return False
    return way[-1] == "instead" or (
        "context" in way
        and any(way[at] in {"previous", "recent", "soon", "neighbour"} for at in (-1, -2) if len(way) > -at)
    )


def own_rule(lines: YamlLines, way: Way, old: str, new: str) -> None:
    """Let a rule's full id begin with the new code; a short id needs no change."""
    written = str(lines.data(way))
    if written.startswith(f"{old}."):
        lines.change(way, f"{new}.{written.removeprefix(f'{old}.')}")


def gather(lines: YamlLines, source: Way, target: Way, code: str) -> None:
    """Add the items of one list to another; a rule's short name that is taken gets the old code in front."""
    if not lines.has(source):
        return
    present: list[Any] = lines.data(target) if lines.has(target) else []
    taken = {_short(item["id"]) for item in present} if source[-1] == "rules" else set()
    for item in lines.data(source):
        if source[-1] == "rules":
            name = _short(item["id"])
            item["id"] = f"{code}_{name}" if name in taken else name
        if item not in present:
            lines.append(target, item, THEME_KEYS)


def settle(lines: YamlLines, way: Way, code: str) -> None:
    """Make examples of near misses that carry a code which this code took over: they carry it now."""
    near_misses: list[Any] = lines.data((*way, "near_misses")) if lines.has((*way, "near_misses")) else []
    carried = [at for at, item in enumerate(near_misses) if isinstance(item, dict) and item.get("instead") == code]
    for at in carried:
        example = {key: held for key, held in near_misses[at].items() if key != "instead"}
        present = lines.data((*way, "examples")) if lines.has((*way, "examples")) else []
        if example["text"] not in [item["text"] if isinstance(item, dict) else item for item in present]:
            lines.append((*way, "examples"), example if len(example) > 1 else example["text"], THEME_KEYS)
    for at in reversed(carried):
        lines.remove((*way, "near_misses", at))


def _short(rule: str) -> str:
    return rule.rpartition(".")[2]


def cross(lines: YamlLines, change: Change, before: Iterable[str], after: Iterable[str], note: str, date: str) -> None:
    """Add a line to the crosswalk."""
    day = date or dt.datetime.now().astimezone().date().isoformat()
    line: dict[str, object] = {"change": change.value, "before": list(before), "after": list(after), "date": day}
    if change is Change.REMOVED:
        del line["after"]
    lines.append(("crosswalk",), line | ({"note": note} if note else {}), TOP_KEYS)


def in_order(rule: Mapping[str, object]) -> dict[str, object]:
    """The keys of a rule in their usual order; unknown keys last, for the check to refuse."""
    known = {key: rule[key] for key in RULE_KEYS if key in rule}
    return known | {key: value for key, value in rule.items() if key not in known}
