"""Codebooks: themes, codes, what they mean, and the rules that suggest them.

A codebook is data. It is read from YAML by :mod:`codering.readers.codebook`; here are the frozen nouns and the
version (a hash of the content). :mod:`codering.crosswalk` follows a code from version to version.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from codering.codings import Stance
from codering.errors import CodebookError, Message
from codering.patterns import Context, Pattern


@dataclass(frozen=True, slots=True)
class Label:
    """A name in two languages."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """The name in ``nl`` or ``en``; Dutch for any other language."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True, slots=True)
class Example:
    """An utterance, written for the codebook, that does or does not carry a code.

    Attributes
    ----------
    text
        What somebody could say.
    stance
        The stance that it has, where it carries the code.
    why
        What decides it; empty if that is plain.
    instead
        For a near miss: the id of the code that it carries instead, or empty for none.
    """

    text: str
    stance: Stance = Stance.CONFIRMS
    why: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason to suggest a code, that a researcher can read, defend and repair.

    Attributes
    ----------
    id
        Unique in the codebook, stable: ``CODE.NAME``.
    reason
        Why these words point to the code, in Dutch.
    pattern
        What it looks for.
    unless
        Where one of these stands in the same sentence, the rule does not fire.
    unless_in_turn
        Where one of these stands anywhere in the turn, the rule does not fire.
    requires
        All of these must stand in the same turn, outside the words that matched.
    context
        What must hold around it; None for nothing.
    weight
        Trust in the rule in (0, 1]: its score as long as no decisions calibrate it.
    stance
        A fixed stance; None to work it out from negation in the sentence.
    matches, misses
        Sentences that it must, and must not, match. They are tests: ``codering codebook check`` runs them.
    """

    id: str
    reason: str
    pattern: Pattern
    unless: tuple[Pattern, ...] = ()
    unless_in_turn: tuple[Pattern, ...] = ()
    requires: tuple[Pattern, ...] = ()
    context: Context | None = None
    weight: float = 0.7
    stance: Stance | None = None
    matches: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A survey figure of the paper that belongs to a theme or code.

    Attributes
    ----------
    text
        What was found, in our own words.
    percentage
        The share, 0 to 100.
    section
        Of the paper.
    n
        How many answered; None if the paper does not say.
    """

    text: Label
    percentage: float
    section: str
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the codebook.

    Attributes
    ----------
    id
        Stable; data, exports and evaluations refer to it.
    label, definition
        Name in two languages; meaning in Dutch.
    theme
        The id of the theme it belongs to. A theme's own id is also a code: for what is on the theme but fits none
        of its codes.
    include, exclude
        Criteria, a line each.
    section
        Of the paper, for example ``"§4.2"``.
    colour
        ``#rrggbb``.
    examples, near_misses
        Utterances that carry the code, and that look like it but do not.
    rules
        What suggests it.
    """

    id: str
    label: Label
    definition: str
    theme: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    section: str = ""
    colour: str = "#888888"
    examples: tuple[Example, ...] = ()
    near_misses: tuple[Example, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and its codes.

    Attributes
    ----------
    own
        The theme as a code of its own (same id): definition, criteria, examples and rules.
    codes
        Its codes, in the codebook's order; without `own`.
    core
        Whether it is one of the core themes, on which results are reported first.
    figures
        The paper's survey figures that belong to it.
    """

    own: Code
    codes: tuple[Code, ...] = ()
    core: bool = False
    figures: tuple[Figure, ...] = ()

    @property
    def id(self) -> str:
        """The id, shared with :attr:`own`."""
        return self.own.id

    @property
    def label(self) -> Label:
        """The name in two languages."""
        return self.own.label


class Change(StrEnum):
    """What happened to a code between two versions of a codebook."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    REMOVED = "removed"


CHANGES: Final = {
    Change.RENAMED: Message("renamed"),
    Change.MERGED: Message("merged"),
    Change.SPLIT: Message("split"),
    Change.REMOVED: Message("removed"),
}
"""What a reader calls them."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """One line of the crosswalk: these codes of an earlier version became those.

    Attributes
    ----------
    change
        What happened.
    before, after
        Ids of codes. A rename and a merge have one id `after`; a split has one id `before`.
    date
        ISO 8601; when the codebook changed.
    note
        Why.
    """

    change: Change
    before: tuple[str, ...]
    after: tuple[str, ...]
    date: str = ""
    note: str = ""


@dataclass(frozen=True)
class Codebook:
    """Everything a team agreed on about its codes.

    Attributes
    ----------
    id, label
        ``sam`` and its name in two languages.
    themes
        In the order in which results are shown.
    blocks
        Named building blocks of rules: name, pattern.
    crosswalk
        What became of codes of earlier versions, oldest first.
    """

    id: str
    label: Label
    themes: tuple[Theme, ...]
    blocks: tuple[tuple[str, Pattern], ...] = ()
    crosswalk: tuple[Crossing, ...] = ()
    _codes: Mapping[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        codes: dict[str, Code] = {}
        for theme in self.themes:
            for code in (theme.own, *theme.codes):
                if code.id in codes:
                    raise CodebookError("The code {id} occurs twice in the codebook.", id=code.id)
                if code.theme != theme.id:
                    raise CodebookError("The code {id} names another theme than it stands under.", id=code.id)
                codes[code.id] = code
        object.__setattr__(self, "_codes", codes)

    @cached_property
    def version(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of the content."""
        content = {"id": self.id, "label": self.label, "themes": self.themes}
        content |= {"blocks": self.blocks, "crosswalk": self.crosswalk}
        encoded = json.dumps(content, default=_plain, ensure_ascii=False, sort_keys=True).encode()
        return hashlib.sha256(encoded).hexdigest()[:12]

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __iter__(self) -> Iterator[Code]:
        """All codes, a theme's own code before the theme's codes."""
        return iter(self._codes.values())

    def code(self, code: str) -> Code:
        """The code with this id.

        Raises
        ------
        CodebookError
            If the codebook has no such code.
        """
        try:
            return self._codes[code]
        except KeyError:
            raise CodebookError("The codebook {name} has no code {id}.", name=self.id, id=code) from None

    def theme_of(self, code: str) -> Theme:
        """The theme that a code belongs to (or is)."""
        wanted = self.code(code).theme
        return next(theme for theme in self.themes if theme.id == wanted)

    def rules(self) -> Iterator[tuple[Code, Rule]]:
        """All rules with the code that they suggest."""
        return ((code, rule) for code in self for rule in code.rules)

    def topics(self) -> tuple[tuple[Theme, Pattern], ...]:
        """How a moderator opens what rules know as the topic of a theme, each once, with the theme."""
        themes = {theme.id: theme for theme in self.themes}
        known = [(code.theme, rule.context.topic) for code, rule in self.rules() if rule.context is not None]
        return tuple((themes[theme], topic) for theme, topic in dict.fromkeys(known) if topic is not None)


def _plain(value: object) -> object:
    """Turn a record into what JSON knows; the class name keeps ``AnyOf`` and ``AllOf`` of the same parts apart."""
    if hasattr(value, "__dataclass_fields__"):
        names = value.__dataclass_fields__
        return [type(value).__name__, {name: getattr(value, name) for name in names if not name.startswith("_")}]
    raise TypeError(type(value).__name__)
