"""Which turns a student gets: balanced, as hard as was asked, and the same for a whole class."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from codering.errors import CoderingError
from codering.practice.material import Material
from codering.transcripts import Place

SIZES: Final = range(1, 101)
"""How many turns an exercise can have."""

_ON: Final = 0.6
_NEAR: Final = 0.2
_FORMAT: Final = 1
_GROUP: Final = 4


class Level(StrEnum):
    """How hard the turns are."""

    EASY = "easy"
    """The coders agreed, and the wording says it."""
    MIXED = "mixed"
    HARD = "hard"
    """The coders disagreed, or the turn looks like something that it is not."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was asked for.

    Attributes
    ----------
    themes
        Ids; empty for all themes of the codebook.
    size
        How many turns, 1 to 100.
    level
        How hard.
    seed
        0 to 65,535: another seed draws other turns.
    """

    themes: tuple[str, ...] = ()
    size: int = 10
    level: Level = Level.MIXED
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Exercise:
    """Turns to code.

    Attributes
    ----------
    code
        What a teacher shares: it makes the same exercise from the same project.
    settings
        What was asked for.
    places
        The turns, in the order in which they are asked.
    """

    code: str
    settings: Settings
    places: tuple[Place, ...]

    def scope(self, material: Material) -> Material:
        """What answers are compared with: codes of other themes than the chosen ones are not asked for."""
        return material.limited(self.settings.themes) if self.settings.themes else material


def draw(material: Material, settings: Settings) -> Exercise:
    """Draw the turns of an exercise.

    Six in ten turns carry a code of the chosen themes, spread evenly over the codes; two in ten are near misses
    (another theme's, or one that a rule or one of the coders took for the theme); the rest carries nothing. Where there
    are too few of a kind, others take their place.

    Raises
    ------
    CoderingError
        If a theme is unknown, the size is out of range, or the reference has no turns.
    """
    themes = _themes(material, settings)
    if settings.size not in SIZES:
        raise CoderingError("An exercise has 1 to {most} turns; found {size}.", most=SIZES[-1], size=settings.size)
    if not material.right:
        raise CoderingError(
            "{reference} read no turn of a participant in this project, so there is nothing to practise on.",
            reference=material.reference,
        )
    pools = _pools(material, themes, settings)
    wanted = min(settings.size, len(material.right))
    on, near = round(_ON * wanted), round(_NEAR * wanted)
    chosen = _spread(material, pools[0], themes, on)
    chosen += pools[1][:near]
    chosen += pools[2][: wanted - len(chosen)]
    rest = (place for pool in pools for place in pool if place not in set(chosen))
    chosen += [place for place, _ in zip(rest, range(wanted - len(chosen)), strict=False)]
    order = sorted(chosen, key=lambda place: _lot(settings.seed, "order", place))
    return Exercise(shared_code(material, settings), settings, tuple(order))


def hardness(material: Material, place: Place, themes: frozenset[str]) -> int:
    """How hard a turn is: 0 plain, 1 said in other words, 2 disputed or misleading.

    Hard is a turn about which the coders disagreed, or in which a rule sees a code that the reference does not give; in
    between is a turn with a code that no rule sees.
    """
    carried = material.carried(place)
    codes = [code.id for code in material.codebook if code.theme in themes]
    if any(material.contested(place, code) for code in codes):
        return 2
    if any((place, code) in material.obvious and code not in carried for code in codes):
        return 2
    return int(any((place, code) not in material.obvious for code in carried if code in codes))


def shared_code(material: Material, settings: Settings) -> str:
    """What makes the same exercise again: letters and digits in groups of four.

    It holds the settings, a fingerprint of the project, and a check on typing errors.
    """
    themes = _themes(material, settings)
    mask = sum(1 << index for index, theme in enumerate(material.codebook.themes) if theme.id in themes)
    width = (len(material.codebook.themes) + 7) // 8
    content = bytes([_FORMAT << 4 | list(Level).index(settings.level), settings.size])
    content += settings.seed.to_bytes(2, "big") + mask.to_bytes(width, "big") + material.fingerprint
    text = base64.b32encode(content + _check(content)).decode().rstrip("=")
    return "-".join(text[index : index + _GROUP] for index in range(0, len(text), _GROUP))


def settings_from(material: Material, code: str) -> Settings:
    """What a shared code asks for.

    Raises
    ------
    CoderingError
        If it was mistyped, or made from another project or another state of this one.
    """
    text = "".join(character for character in code.upper() if character.isalnum())
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        data = b""
    content, check = data[:-1], data[-1:]
    if len(content) < 7 or _check(content) != check or content[0] >> 4 != _FORMAT:
        raise CoderingError("{code} is not the code of an exercise. Compare it with what your teacher gave.", code=code)
    mask = int.from_bytes(content[4:-2], "big")
    if content[-2:] != material.fingerprint or mask >> len(material.codebook.themes):
        raise CoderingError(
            "The exercise {code} was made from another project, or its reference codings have changed since. Ask your "
            "teacher for the project file.",
            code=code,
        )
    themes = tuple(theme.id for index, theme in enumerate(material.codebook.themes) if mask >> index & 1)
    level, seed = list(Level)[content[0] & 15], int.from_bytes(content[2:4], "big")
    return Settings(themes, content[1], level, seed)


def exercise_from(material: Material, code: str) -> Exercise:
    """Make the exercise that a shared code stands for.

    Raises
    ------
    CoderingError
        See :func:`settings_from`.
    """
    return draw(material, settings_from(material, code))


def _themes(material: Material, settings: Settings) -> frozenset[str]:
    known = [theme.id for theme in material.codebook.themes]
    unknown = [theme for theme in settings.themes if theme not in known]
    if unknown:
        raise CoderingError(
            "The codebook has no theme {found}. It has: {known}.", found=", ".join(unknown), known=", ".join(known)
        )
    return frozenset(settings.themes or known)


def _pools(material: Material, themes: frozenset[str], settings: Settings) -> tuple[list[Place], ...]:
    """Turns on the themes, near misses and others, each in the order in which they are drawn."""
    pools: tuple[list[Place], ...] = ([], [], [])
    ranks: dict[Place, tuple[int, bytes]] = {}
    for place in material.right:
        hard = hardness(material, place, themes)
        wish = {Level.EASY: hard, Level.MIXED: 0, Level.HARD: -hard}[settings.level]
        ranks[place] = (wish, _lot(settings.seed, "turn", place))
        pools[_kind(material, place, themes)].append(place)
    for pool in pools:
        pool.sort(key=ranks.__getitem__)
    return pools


def _kind(material: Material, place: Place, themes: frozenset[str]) -> int:
    carried = material.carried(place)
    if any(material.theme(code) in themes for code in carried):
        return 0
    seen = material.obvious_at.get(place, frozenset()) | material.given_by_others(place)
    misleading = any(material.theme(code) in themes for code in seen)
    return 1 if carried or misleading else 2


def _spread(material: Material, pool: Sequence[Place], themes: frozenset[str], count: int) -> list[Place]:
    """Take turns from a pool, each time for the code that was taken least."""
    codes = {place: [code for code in material.carried(place) if material.theme(code) in themes] for place in pool}
    taken: dict[str, int] = {code: 0 for found in codes.values() for code in found}
    left = list(pool)
    chosen: list[Place] = []
    while left and len(chosen) < count:
        fewest = min(taken[code] for place in left for code in codes[place])
        place = next(place for place in left if any(taken[code] == fewest for code in codes[place]))
        left.remove(place)
        chosen.append(place)
        for code in codes[place]:
            taken[code] += 1
    return chosen


def _lot(seed: int, what: str, place: Place) -> bytes:
    # A hash and not `random`, so that a shared code draws the same turns with every version of Python.
    return hashlib.sha256(f"{seed}\0{what}\0{place[0]}\0{place[1]}".encode()).digest()


def _check(content: Iterable[int]) -> bytes:
    return hashlib.sha256(bytes(content)).digest()[:1]
