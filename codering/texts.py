"""What users see, in Dutch and English.

The code writes English; ``codering/locale/nl/*.po`` hold the Dutch, one file for each part of the program, compiled
into one catalogue when the package is built. A translator is a value that is handed on, never installed for the
whole process: two people may use one server in two languages.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from codering.errors import filled

LANGUAGES: Final = ("nl", "en")
"""What a user can choose; the first is the default."""

_CATALOGUES: Final = Path(__file__).parent / "locale"


class Texts:
    """The texts of one language.

    Parameters
    ----------
    language
        ``nl`` or ``en``.
    """

    def __init__(self, language: str = LANGUAGES[0]) -> None:
        self.language: Final = language
        self._catalogue = _catalogue(language)

    def __call__(self, template: str, /, **values: object) -> str:
        """Translate a template and fill in its fields."""
        text = self._catalogue.gettext(template)
        return filled(text, values) if values else text

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Translate the template for one or for many; ``{count}`` is filled in."""
        return self._catalogue.ngettext(one, many, count).format(count=count, **values)

    @property
    def translate(self) -> Callable[[str], str]:
        """For :meth:`codering.errors.CoderingError.translated`."""
        return self._catalogue.gettext


@cache
def texts(language: str | None = None) -> Texts:
    """The texts of a language, or of the environment variable ``CODERING_LANG``, or Dutch."""
    chosen = language or os.environ.get("CODERING_LANG", "")
    return Texts(chosen if chosen in LANGUAGES else LANGUAGES[0])


def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("codering", _CATALOGUES, [language])
