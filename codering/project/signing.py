"""Under which name a coder's work is kept: one name, one spelling.

Two spellings of a name, or a character that nobody sees, would make two coders of one person; agreement would then be
counted between them, and codings of one of them left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from codering.errors import CoderingError
from codering.transcripts import same_name

LONGEST: Final = 100
"""Characters in the name of a person."""
LONGEST_OF_SET: Final = 4 * LONGEST
"""Characters in the name of a third set, which is made of three names."""

_JOINER: Final = "\u200d"  # holds an emoji together, so it can be seen


def coder_name(name: str, *, longest: int = LONGEST) -> str:
    """Write a coder's name in one way: composed characters (NFC), single spaces, none at its ends.

    Raises
    ------
    CoderingError
        If there is no name, it is too long, or it holds characters that cannot be seen.
    """
    found = " ".join(unicodedata.normalize("NFC", name).split())
    if not found:
        raise CoderingError("Give the name of the coder.")
    if len(found) > longest:
        raise CoderingError(
            "The name of a coder is {count} {count:character|characters} long; {most} is the most.",
            count=len(found),
            most=longest,
        )
    hidden = [one for one in found if unicodedata.category(one).startswith("C") and one != _JOINER]
    if hidden:
        raise CoderingError(
            "The name of a coder holds a character that cannot be seen ({code}). Type the name instead of copying it.",
            code=f"U+{ord(hidden[0]):04X}",
        )
    return found


def spelled(name: str, known: Iterable[str]) -> str:
    """The spelling that is known of a name; as it is if there is none."""
    known = tuple(known)
    return name if name in known else next((one for one in known if same_name(one, name)), name)


def signed(name: str, known: Iterable[str]) -> str:
    """Refuse a name that is known in another spelling.

    Raises
    ------
    CoderingError
        If it differs from a known name in capitals, spaces or the encoding of accents only.
    """
    other = spelled(name, known)
    if other != name:
        raise CoderingError(
            "{name}: there is a coder {other} in this project already. If that is the same person, write the name like "
            "that; if not, choose a name that differs in more than capitals.",
            name=name,
            other=other,
        )
    return name
