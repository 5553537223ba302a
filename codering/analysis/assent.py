"""Short agreement: turns that only say that somebody else is right.

"Ja, precies" carries the codes of the turn that it answers (rule 5 of the coding guide). As a turn it counts; as a
participant or a focus group that brought something up it does not, or a talkative chair of nods would make a theme
look widely shared.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 8
"""Words; whoever needs more says something of their own."""

_LONGEST_TEXT: Final = 160
"""Characters; no eight words of agreement are as long, and most turns are longer."""

_WORDS = re.compile(r"[\w'’]+")
_ASSENT: Final = frozenset(
    word
    for line in (
        "ja jaja jawel jazeker jo joh nee neenee precies klopt exact inderdaad absoluut zeker tuurlijk natuurlijk",
        "uiteraard herkenbaar herken touche touché juist eens mee snap begrijp oke oké ok goed mooi logisch amen",
        "hm hmm mm mmm mhm hè hé he oh o ah ach eh uh ehm uhm hoor wel toch nou dus echt helemaal heel hetzelfde idem",
        "zo ook maar en dat dit die het t is bij ons mij ik me kan je dan er wat",
    )
    for word in line.split()
)


def is_short_agreement(text: str) -> bool:
    """Whether a turn says nothing but yes, precisely, same here.

    Every word must be one of agreeing, hesitating or pointing; "veertig" or "niet allemaal" says something of its own.
    """
    if len(text) > _LONGEST_TEXT:
        return False
    words = [word.strip("'’").casefold() for word in _WORDS.findall(text)]
    return 0 < len(words) <= LONGEST and all(word in _ASSENT for word in words)
