"""Which codes a line of the codebook names, and the same line with their names for who reads it."""

from __future__ import annotations

import re
from typing import Final

from codering.codebooks import Codebook

_WORD: Final = re.compile(r"(?<!\w)[a-z][a-z0-9_]*(?!\w)")
_REFERENCE: Final = re.compile(r"(?:→\s*|\()\Z")
"""What stands before an id that is meant as one, even if it is also a common word."""


def codes_named(text: str, codebook: Codebook) -> tuple[str, ...]:
    """The codes that a text names by their id, each once, in the order of the text.

    An id counts as a whole word only: ``cl_omvang`` is not named by ``cl_omvang_team``.
    """
    return tuple(dict.fromkeys(word for word in _WORD.findall(text) if word in codebook))


def with_labels(text: str, codebook: Codebook, language: str) -> str:
    """The text with labels between quotes in the place of ids.

    An id without an underscore can be a common word (``caseload``): it is taken for the code only after an arrow or an
    opening bracket.
    """

    def name(found: re.Match[str]) -> str:
        word = found[0]
        meant = "_" in word or _REFERENCE.search(text, 0, found.start())
        if not meant or word not in codebook:
            return word
        return f"‘{codebook.code(word).label.in_language(language)}’"

    return _WORD.sub(name, text)
