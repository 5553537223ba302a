"""The words of a turn, as numbers.

spaCy's Dutch tokenizer splits what stands between white space without looking any further. So each distinct written
piece (``"klanten."``) is handed to spaCy once, and a text is read by looking its pieces up: the same words as
``spacy.blank("nl")`` gives, at several times the speed (measured in ``benchmarks/rules.py``).

A word is a token with a letter or a digit. Hesitations (``eh``) and a transcriber's notes (``[gelach]``) are not
words. Sentences are those of spaCy's sentencizer, with a boundary at every line break and after what only a lawyer
abbreviates (``hand.``).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
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
_END: Final = "\0"  # stands for the end of a line while texts are split; no transcript holds it


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is peculiar to speech: see ``data/spoken.yaml``."""

    fillers: frozenset[str]
    abbreviations: frozenset[str]
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
        abbreviations=frozenset(data["abbreviations"]),
        particles=frozenset(data["particles"]),
        stopgaps=frozenset((first, second) for first, second in map(str.split, data["stopgaps"])),
        variants=variants,
    )


@cache
def answers() -> dict[str, dict[str, list[str]]]:
    """How people say yes and no: by ``ja`` and ``nee``, what they say and what takes it back."""
    found: dict[str, dict[str, list[str]]] = yaml(Path(__file__).parent / "data" / "answers.yaml")
    return found


@cache
def tokenizer() -> Language:
    """Make spaCy's blank Dutch pipeline: a tokenizer that needs no model."""
    import spacy

    return spacy.blank("nl")


LINE: Final = 0
"""The number of the piece that stands for the end of a line."""


class Lexicon:
    """The distinct words met so far, and the written pieces that hold them.

    Attributes
    ----------
    keys
        Word by number: lower-case, composed (NFC), with straight apostrophes. The first are the marks.
    codes, starts, ends
        Of all pieces, one after the other: the numbers of their words and marks, and where those stand in the piece,
        in code points.
    first
        Where the codes of each piece begin, and one more.
    lengths
        For each piece how many code points it has.
    """

    def __init__(self) -> None:
        self.keys: Final[list[str]] = ["", ",", "?"]
        self.codes: Final = array("q", [SENTENCE])
        self.starts: Final = array("q", [0])
        self.ends: Final = array("q", [0])
        self.first: Final = array("q", [0, 1])
        self.lengths: Final = array("q", [0])
        self._numbers: dict[str, int] = {}
        self._pieces = _Pieces(self)

    def read(self, texts: Sequence[str]) -> Iterator[int]:
        """Numbers of the pieces of some texts, in order, with :data:`LINE` after each line.

        All texts are split together, which is faster than one by one.
        """
        together = "\n".join([*map(_without_notes, texts), ""]).replace("\n", f" {_END} ")
        return map(self._pieces.__getitem__, together.split())

    def begins(self, text: str) -> list[int]:
        """Where each piece of a text begins, in code points; lines have no end here."""
        return [piece.start() for piece in _PIECE.finditer(_without_notes(text))]

    def words(self, text: str) -> list[str]:
        """The words of a text, lower-case: for patterns and tests, not for speed."""
        return [self.keys[code] for code in self.spelt(text) if code >= FIRST]

    def spelt(self, text: str) -> list[int]:
        """The words and marks of a text, by number."""
        pieces = self.read([text])
        return [code for piece in pieces for code in self.codes[self.first[piece] : self.first[piece + 1]]]

    def add(self, piece: str) -> int:
        """Read a new piece; its number."""
        for token, start in _tokens(piece.translate(_ALIKE)):
            ended = _ends_sentence(token)
            word = token[:-1] if ended else token
            found = (*self._token(word), SENTENCE) if ended else self._token(word)
            self.codes.extend(found)
            self.starts.extend([start] * len(found))
            self.ends.extend([start + len(word)] * len(found))
        self.first.append(len(self.codes))
        self.lengths.append(len(piece))
        return len(self.lengths) - 1

    def _token(self, token: str) -> tuple[int, ...]:
        """The number of a word, or the marks of punctuation; nothing for a hesitation or a symbol."""
        key = unicodedata.normalize("NFC", token.lower()).replace("\u00ad", "").strip("'-_")
        if any(map(str.isalnum, key)):
            key = _apostrophe(token, key)[:_LONGEST]
            return () if key in spoken().fillers else (self._number(key),)
        if "?" in token:
            return (QUESTION, SENTENCE)
        if token in _ENDS:
            return (SENTENCE,)
        return (CLAUSE,) if token.strip("'") else ()

    def _number(self, key: str) -> int:
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.keys)
            self.keys.append(key)
        return number


class _Pieces(dict[str, int]):
    """Numbers of written pieces; a new piece is read when it is asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__({_END: LINE})
        self._lexicon = lexicon

    def __missing__(self, piece: str) -> int:
        number = self._lexicon.add(piece)
        if len(piece) <= _LONGEST:
            self[piece] = number
        return number


def _tokens(piece: str) -> list[tuple[str, int]]:
    """Split a piece as spaCy does, or plainly where spaCy would take too long or cannot store it."""
    if len(piece) <= _LONGEST and not any("\ud800" <= letter <= "\udfff" for letter in piece):
        return [(token.text, token.idx) for token in tokenizer().make_doc(piece) if not token.is_space]
    return [(found.group(), found.start()) for found in _PLAIN.finditer(piece)]


def _ends_sentence(token: str) -> bool:
    """Whether a token ends in the full stop of a sentence.

    spaCy's list of abbreviations comes from law books and holds ``hand.``, ``dat.`` and ``best.``; in speech these are
    words at the end of a sentence. Only abbreviations that people write down in transcripts keep their full stop.
    """
    word = token[:-1]
    return token.endswith(".") and word.isalpha() and word.lower() not in spoken().abbreviations


def _apostrophe(token: str, key: str) -> str:
    """Give ``'t`` and ``'s`` their apostrophe back, but not the quoted ``'klant'``."""
    opened = token.startswith("'") and not token.endswith("'") and len(key) <= 2
    return f"'{key}" if opened else key


def _without_notes(text: str) -> str:
    """The text with blanks for what a transcriber noted, and for what stands for the end of a line."""
    if "[" in text or "(" in text:
        text = _NOTE.sub(_blank, text)
    return text.replace(_END, " ")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def yaml(path: Path) -> Any:  # noqa: ANN401
    """Read a data file of the package."""
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(path)
