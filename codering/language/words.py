"""The words of a turn, as numbers.

spaCy's Dutch tokenizer splits what stands between white space without looking any further. So each distinct written
piece (``"klanten."``) is handed to spaCy once, and a text is read by looking its pieces up: the same words as
``spacy.blank("nl")`` gives, at several times the speed (measured in ``benchmarks/rules.py``).

A word is a token with a letter or a digit. Hesitations (``eh``) and a transcriber's notes (``[gelach]``) are not
words. Sentences are those of spaCy's sentencizer, with a boundary at every line break.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from spacy.language import Language

SENTENCE: Final = 0
"""The mark that ends a sentence."""
CLAUSE: Final = 1
"""The mark of punctuation within a sentence: a comma, a colon, a dash, an ellipsis."""
QUESTION: Final = 2
"""The mark that ends a question."""
FIRST: Final = 3
"""The number of the first word; smaller numbers are marks."""

_LONGEST: Final = 80
# spaCy's time on one piece without white space grows with the square of its punctuation: 20,000 exclamation marks
# take half a minute. Longer pieces are nobody's word and are read with a plain expression.

_NOTE: Final = re.compile(
    r"\[[^\[\]\n]{1,80}\]"
    r"|\((?:ge)?(?:lach|gelach|lacht|stilte|pauze|hoest|zucht|onverstaanbaar|onduidelijk|instemmend|knikt)[^()\n]{0,60}\)",
    re.IGNORECASE,
)
_PIECE: Final = re.compile(r"\S+")
_PLAIN: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[.!?]|[,;:…–—-]")
# Replaced one for one, so that offsets stay what they are.
_ALIKE: Final = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": " ", "”": " ", "„": " ", '"': " ", "«": " ", "»": " ",
     "/": " ", "\u2011": "-"}
)  # fmt: skip
_ENDS: Final = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is peculiar to speech: see ``data/spoken.yaml``."""

    fillers: frozenset[str]
    particles: frozenset[str]
    stopgaps: frozenset[tuple[str, str]]
    variants: dict[str, tuple[str, ...]]


@cache
def spoken() -> Spoken:
    """The list of spoken forms that comes with the package."""
    data = yaml(Path(__file__).parent / "data" / "spoken.yaml")
    variants = {said: (meant,) if isinstance(meant, str) else tuple(meant) for said, meant in data["variants"].items()}
    return Spoken(
        fillers=frozenset(data["fillers"]),
        particles=frozenset(data["particles"]),
        stopgaps=frozenset((first, second) for first, second in map(str.split, data["stopgaps"])),
        variants=variants,
    )


@cache
def tokenizer() -> Language:
    """Make spaCy's blank Dutch pipeline: a tokenizer that needs no model."""
    import spacy

    return spacy.blank("nl")


@dataclass(slots=True)
class Lexicon:
    """The distinct words met so far, numbered in the order in which they were met.

    Attributes
    ----------
    keys
        Word by number: lower-case, composed (NFC), with straight apostrophes. The first are the marks.
    numbers
        Number by word.
    spans
        Where the words stand in each written piece, as ``(start, end)`` in code points.
    """

    keys: list[str] = field(default_factory=lambda: ["", ",", "?"])
    numbers: dict[str, int] = field(default_factory=dict)
    spans: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    _pieces: dict[str, tuple[int, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._pieces = _PiecesOf(self)

    def read(self, text: str) -> list[int]:
        """Numbers of the words and marks of a text, in order; it ends with the end of a sentence."""
        if "[" in text or "(" in text:
            text = _NOTE.sub(_blank, text)
        pieces = self._pieces
        if "\n" not in text:
            codes = [*chain.from_iterable(map(pieces.__getitem__, text.split()))]
            codes.append(SENTENCE)
            return codes
        codes = []
        for line in text.split("\n"):
            codes.extend(chain.from_iterable(map(pieces.__getitem__, line.split())))
            codes.append(SENTENCE)
        return codes

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where each word of a text stands: ``[start, end)`` in code points, in the order of :meth:`read`."""
        found: list[tuple[int, int]] = []
        for piece in _PIECE.finditer(_NOTE.sub(_blank, text)):
            written, offset = piece.group(), piece.start()
            spans = self.spans.get(written)
            if spans is None:
                spans = self.read_piece(written)[1]
            found.extend((offset + start, offset + end) for start, end in spans)
        return found

    def read_piece(self, piece: str) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
        """Split what stands between white space into words and marks, and say where the words stand."""
        codes: list[int] = []
        spans: list[tuple[int, int]] = []
        for token, start in _tokens(piece.translate(_ALIKE)):
            key = unicodedata.normalize("NFC", token.lower()).replace("\u00ad", "").strip("'-_") or token
            if any(map(str.isalnum, key)):
                key = _apostrophe(token, key)[:_LONGEST]
                if key not in spoken().fillers:
                    codes.append(self.number(key))
                    spans.append((start, start + len(token)))
            elif "?" in token:
                codes += (QUESTION, SENTENCE)
            elif token in _ENDS:
                codes.append(SENTENCE)
            elif token.strip("'"):
                codes.append(CLAUSE)
        return tuple(codes), tuple(spans)

    def number(self, key: str) -> int:
        """The number of a word; a new word gets the next."""
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.keys)
            self.keys.append(key)
        return number

    def words(self, text: str) -> list[str]:
        """The words of a text, lower-case: for patterns and tests, not for speed."""
        return [self.keys[code] for code in self.read(text) if code >= FIRST]


class _PiecesOf(dict[str, tuple[int, ...]]):
    """Numbers of the words and marks in each written piece; a new piece is read when it is asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, piece: str) -> tuple[int, ...]:
        codes, spans = self._lexicon.read_piece(piece)
        if len(piece) <= _LONGEST:
            self[piece] = codes
            self._lexicon.spans[piece] = spans
        return codes


def _tokens(piece: str) -> list[tuple[str, int]]:
    """Split a piece as spaCy does, or plainly where spaCy would take too long or cannot store it."""
    if len(piece) <= _LONGEST and not any("\ud800" <= letter <= "\udfff" for letter in piece):
        return [(token.text, token.idx) for token in tokenizer().make_doc(piece) if not token.is_space]
    return [(found.group(), found.start()) for found in _PLAIN.finditer(piece)]


def _apostrophe(token: str, key: str) -> str:
    """Give ``'t`` and ``'s`` their apostrophe back, but not the quoted ``'klant'``."""
    opened = token.startswith("'") and not token.endswith("'") and len(key) <= 2
    return f"'{key}" if opened else key


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def yaml(path: Path) -> Any:  # noqa: ANN401
    """Read a data file of the package."""
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(path)
