"""Taking values out of a codebook's tree, and saying what is wrong with those that do not fit.

Everything here goes on after a mistake, so that a researcher sees all of them at once.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from codering.errors import Message, Problem, line
from codering.readers.codebook_nodes import Listing, Mapping, Node, Scalar

IDENTIFIER: Final = re.compile(r"[a-z][a-z0-9_]*\Z")
"""What an id looks like: it is stored, exported and typed, so it is plain."""

_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\Z", re.IGNORECASE)
_DATE: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?\Z")
_WORDS_OF_YAML: Final = frozenset({"true", "false", "yes", "no", "on", "off"})


class Findings:
    """What was found to be wrong in one file.

    Parameters
    ----------
    source
        The file's name.
    """

    def __init__(self, source: str) -> None:
        self.source: Final = source
        self.errors: Final[list[Problem]] = []
        self.warnings: Final[list[Problem]] = []

    def error(self, template: str, node: Node | None, path: str, /, **values: object) -> None:
        """Note something that makes the codebook unusable."""
        self.errors.append(Problem(self.source, where(node, path), template, **values))

    def warn(self, template: str, node: Node | None, path: str, /, **values: object) -> None:
        """Note something that should be better, but can be worked with."""
        self.warnings.append(Problem(self.source, where(node, path), template, **values))


def where(node: Node | None, path: str) -> str | Message:
    """Name the place of a node: its line, if it has one, and its path."""
    if node is None or not node.line:
        return path
    return Message("line {number}, {path}", number=node.line, path=path) if path else line(node.line)


def kind(node: Node) -> Message:
    """Say what a node is."""
    if isinstance(node, Listing):
        return Message("a list")
    if isinstance(node, Mapping):
        return Message("keys with values")
    return Message("nothing") if node.empty else Message("a text")


def closest(found: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant."""
    near = difflib.get_close_matches(found.lower(), list(known), n=1, cutoff=0.6)
    return near[0] if near else None


class Fields:
    """The values under the keys of one mapping.

    Parameters
    ----------
    node
        The mapping, or whatever stands in its place.
    path
        Where it stands, for example ``themes[0].codes[2]``.
    allowed
        The keys that it may have. Other keys and double keys are noted at once.
    found
        Where to note problems.
    """

    def __init__(self, node: Node, path: str, allowed: Iterable[str], found: Findings) -> None:
        self.node: Final = node
        self.path: Final = path
        self.found: Final = found
        self._nodes: dict[str, Node] = {}
        self._keys: dict[str, Scalar] = {}
        known = tuple(allowed)
        if not isinstance(node, Mapping):
            found.error(
                "Expected the keys {keys}; found {kind}.", node, path, keys=", ".join(known[:6]), kind=kind(node)
            )
            return
        for key, value in node.pairs:
            self._enter(key, value, known)

    def _enter(self, key: Scalar, value: Node, known: tuple[str, ...]) -> None:
        name, place = key.text, self.at(key.text)
        if name in self._keys:
            self.found.error(
                "The key {key} stands here twice (first in line {first}); keep one.",
                key,
                place,
                key=name,
                first=self._keys[name].line,
            )
        elif name in known:
            self._keys[name], self._nodes[name] = key, value
        elif " " in name and isinstance(value, Scalar) and value.empty:
            self.found.error(
                "A text between {{ and }} with a comma in it needs quotes; it was cut off at {found}.",
                key,
                self.path,
                found=_short(name),
            )
        else:
            meant = closest(name, known)
            if meant is None:
                self.found.error(
                    "Unknown key {key}; expected one of {keys}.", key, place, key=_short(name), keys=", ".join(known)
                )
            else:
                self.found.error("Unknown key {key}; did you mean {meant}?", key, place, key=_short(name), meant=meant)

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def at(self, key: str) -> str:
        """The path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def key(self, key: str) -> Node:
        """The node that is best pointed at when a key is the problem."""
        return self._keys.get(key, self.node)

    def get(self, key: str, *, required: bool = False) -> Node | None:
        """The node under a key; None if the key is absent or has nothing behind it."""
        node = self._nodes.get(key)
        if node is None:
            if required and isinstance(self.node, Mapping):
                self.found.error("The key {key} is missing.", self.node, self.path, key=key)
            return None
        if isinstance(node, Scalar) and node.empty:
            self.found.error(
                "Nothing stands behind {key}. (A value that begins with # needs quotes.)",
                self.key(key),
                self.at(key),
                key=key,
            )
            return None
        return node

    def text(self, key: str, *, required: bool = False) -> str:
        """The text under a key; empty if there is none."""
        node = self.get(key, required=required)
        return "" if node is None else text_of(node, self.at(key), self.found)

    def text_list(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """The texts in the list under a key."""
        read = (text_of(node, path, self.found) for node, path in self.items(key, required=required))
        return tuple(text for text in read if text)

    def items(self, key: str, *, required: bool = False) -> tuple[tuple[Node, str], ...]:
        """The nodes in the list under a key, with their paths."""
        node = self.get(key, required=required)
        if node is None:
            return ()
        if not isinstance(node, Listing):
            self.found.error(
                "Expected a list (lines that begin with -); found {kind}.", node, self.at(key), kind=kind(node)
            )
            return ()
        if required and not node.items:
            self.found.error("The list is empty; at least one is needed.", node, self.at(key))
        return tuple((item, f"{self.at(key)}[{index}]") for index, item in enumerate(node.items))

    def one_or_more(self, key: str) -> tuple[tuple[Node, str], ...]:
        """The nodes under a key: those of a list, or the single one that stands there."""
        node = self.get(key)
        if isinstance(node, Listing) and not node.items:
            self.found.error("The list is empty; at least one is needed.", node, self.at(key))
        if node is None or isinstance(node, Listing):
            return self.items(key)
        return ((node, self.at(key)),)

    def number(
        self,
        key: str,
        *,
        low: float = 0,
        high: float | None = None,
        whole: bool = False,
        open_low: bool = False,
    ) -> float | None:
        """The number under a key, within ``[low, high]`` (or ``(low, high]``); None if there is none that fits."""
        node = self.get(key)
        if node is None:
            return None
        if not isinstance(node, Scalar) or not node.plain or not _NUMBER.match(node.text):
            self.found.error(
                "Expected a number (without quotes, with a decimal point); found {found}.",
                node,
                self.at(key),
                found=_shown(node),
            )
            return None
        value = float(node.text)
        if whole and value != int(value):
            self.found.error("Expected a whole number; found {found}.", node, self.at(key), found=node.text)
            return None
        if value < low or (open_low and value == low) or (high is not None and value > high):
            self._outside(node, key, low, high, open_low=open_low)
            return None
        return value

    def _outside(self, node: Scalar, key: str, low: float, high: float | None, *, open_low: bool) -> None:
        place, values = self.at(key), {"found": node.text, "low": f"{low:g}"}
        if high is None:
            self.found.error("Expected a number of at least {low}; found {found}.", node, place, **values)
        elif open_low:
            self.found.error(
                "Expected a number above {low} and up to {high}; found {found}.",
                node,
                place,
                **values,
                high=f"{high:g}",
            )
        else:
            self.found.error(
                "Expected a number from {low} up to {high}; found {found}.", node, place, **values, high=f"{high:g}"
            )

    def boolean(self, key: str) -> bool:
        """Whether ``true`` stands under a key; False if it is absent."""
        node = self.get(key)
        if node is None:
            return False
        if isinstance(node, Scalar) and node.plain and node.text.lower() in {"true", "false"}:
            return node.text.lower() == "true"
        self.found.error("Expected true or false; found {found}.", node, self.at(key), found=_shown(node))
        return False

    def choice(self, key: str, options: tuple[str, ...], *, required: bool = False) -> str | None:
        """The word under a key, if it is one of the options."""
        node = self.get(key, required=required)
        if node is None:
            return None
        if isinstance(node, Scalar) and node.text in options:
            return node.text
        self.found.error(
            "Expected one of {options}; found {found}.",
            node,
            self.at(key),
            options=", ".join(options),
            found=_shown(node),
        )
        return None

    def identifier(self, key: str, *, required: bool = False) -> str:
        """The id under a key; empty if there is none or it is not an id."""
        node = self.get(key, required=required)
        return "" if node is None else identifier_of(node, self.at(key), self.found)


def text_of(node: Node, path: str, found: Findings) -> str:
    """Read a text; empty if the node is something else.

    A number, a date or YAML's ``true`` is taken as the text that was written, with a warning: other programs that
    read the file would see something else than text.
    """
    if isinstance(node, Scalar):
        if node.empty or not node.text.strip():
            found.error("Expected a text; found nothing.", node, path)
        elif node.plain and (_NUMBER.match(node.text) or _DATE.match(node.text) or node.text.lower() in _WORDS_OF_YAML):
            found.warn(
                'Write {found} between quotes ("{found}"), so that every program reads it as text.',
                node,
                path,
                found=node.text,
            )
        return unicodedata.normalize("NFC", node.text.strip())
    if isinstance(node, Mapping) and len(node.pairs) == 1 and " " in node.pairs[0][0].text:
        found.error("A text with a colon and a space in it needs quotes.", node, path)
    else:
        found.error("Expected a text; found {kind}.", node, path, kind=kind(node))
    return ""


def identifier_of(node: Node, path: str, found: Findings) -> str:
    """Read an id; empty if the node is none."""
    if isinstance(node, Scalar) and IDENTIFIER.match(node.text):
        return node.text
    found.error(
        "An id begins with a small letter and holds small letters, digits and _ only; found {found}.",
        node,
        path,
        found=_shown(node),
    )
    return ""


def _shown(node: Node) -> object:
    return _short(node.text) if isinstance(node, Scalar) and not node.empty else kind(node)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:59]}…"
