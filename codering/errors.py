"""What can go wrong, said so that a researcher can act on it.

::

    CoderingError
      x TranscriptError    a transcript file cannot be read, or only in part
      x CodebookError      a codebook is not valid
      x StoreError         a project file cannot be opened, written or migrated
      x SuggestionError    a suggester cannot run (too little to learn from, no encoder)
      x AgreementError     two coders cannot be compared
      x ExportError        an export would be wrong, so it was not written

Errors are values first: readers and validators collect every :class:`Problem` and raise only when nothing is
usable. A message is an English template plus its values; a face translates the template and fills it in, so that
the pure modules need to know nothing about languages.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from string import Formatter
from typing import Final

Translate = Callable[[str], str]
"""Looks up the translation of an English template, for example ``gettext``."""


class _Filling(Formatter):
    """Fills in templates; a field with two forms, ``{count:group|groups}``, shows the first if the value is one."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, several, many = format_spec.partition("|")
        if not several:
            return format(value, format_spec)
        return one if str(value) == "1" else many


_FILLING: Final = _Filling()


def filled(template: str, values: Mapping[str, object]) -> str:
    """Fill a template in.

    Parameters
    ----------
    template
        With ``str.format`` fields by name. What must agree with a number has both its forms in a field of that
        number: ``{turns} {turns:turn was|turns were} read``.
    values
        What the fields hold.

    Notes
    -----
    ``ngettext`` chooses by one number, while a sentence of a report holds up to five. Dutch and English have the same
    two forms and use them alike; a language with three would need another way.
    """
    return _FILLING.vformat(template, (), values) if "|" in template else template.format(**values)


class Message:
    """A sentence for a person: an English template and the values that fill it.

    Parameters
    ----------
    template
        English text with ``str.format`` fields by name. It is also the key under which a translation is found.
    **values
        What the fields hold. They are shown with ``str``.

    Notes
    -----
    Never put the words of a transcript in `values`: messages end up in logs. A line number says as much.
    """

    __slots__ = ("template", "values")

    def __init__(self, template: str, /, **values: object) -> None:
        self.template: Final = template
        self.values: Final = values

    def translated(self, translate: Translate) -> str:
        """Fill in the translation of the template."""
        return filled(translate(self.template), {k: _shown(v, translate) for k, v in self.values.items()})

    def __str__(self) -> str:
        return self.translated(lambda template: template)

    def __repr__(self) -> str:
        return f"Message({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        return self.template == other.template and self.values == other.values

    def __hash__(self) -> int:
        return hash(str(self))


class Problem:
    """One thing that is wrong, and where.

    Parameters
    ----------
    source
        The file (its name, without folders that could identify a person) or the object it is about.
    place
        Where in it, for example ``"line 12"`` or ``"themes[0].codes[2].id"``; empty if it concerns the whole.
    message
        What was found, what was expected and what to do.
    **values
        Fill the fields of `message`.
    """

    __slots__ = ("message", "place", "source")

    def __init__(self, source: str, place: str | Message, message: str | Message, /, **values: object) -> None:
        self.source: Final = source
        self.place: Final = place
        self.message: Final = message if isinstance(message, Message) else Message(message, **values)

    def translated(self, translate: Translate) -> str:
        """Write ``source: place: message`` in the language of `translate`."""
        parts = (self.source, self.where(translate), self.message.translated(translate))
        return ": ".join(part for part in parts if part)

    def where(self, translate: Translate) -> str:
        """Write the place alone."""
        return self.place.translated(translate) if isinstance(self.place, Message) else self.place

    def __str__(self) -> str:
        return self.translated(lambda template: template)

    def __repr__(self) -> str:
        return f"Problem({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Problem) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


class CoderingError(Exception):
    """The root of all errors that codering raises on purpose.

    Parameters
    ----------
    message
        What went wrong and what to do: an English template or a :class:`Message`.
    problems
        The problems behind it, in the order in which they were found.
    **values
        Fill the fields of `message`.
    """

    def __init__(self, message: str | Message, /, problems: tuple[Problem, ...] = (), **values: object) -> None:
        self.message: Final = message if isinstance(message, Message) else Message(message, **values)
        self.problems: Final = tuple(problems)
        super().__init__(str(self.message))

    def translated(self, translate: Translate) -> str:
        """Write the message, and the problems below it, in the language of `translate`."""
        lines = [self.message.translated(translate), *(p.translated(translate) for p in self.problems)]
        return "\n  ".join(lines)

    def __str__(self) -> str:
        return self.translated(lambda template: template)


class TranscriptError(CoderingError):
    """A transcript file cannot be read, or a transcript would be inconsistent."""


class CodebookError(CoderingError):
    """A codebook is not valid."""


class StoreError(CoderingError):
    """A project file cannot be opened, written or migrated."""


class SuggestionError(CoderingError):
    """A suggester cannot run, for example because there is too little to learn from."""


class AgreementError(CoderingError):
    """Two coders cannot be compared."""


class ExportError(CoderingError):
    """An export would be wrong or cannot be written; nothing was written."""


def line(number: int) -> Message:
    """Say ``line N``, in the reader's language when shown."""
    return Message("line {number}", number=number)


def cause(error: BaseException) -> Message | str:
    """Say why a file could not be read or written, in the reader's language when shown.

    What the operating system itself says is English, or in the language of the computer: it stands in only for what
    has no sentence here.
    """
    for kind, template in _CAUSES:
        if isinstance(error, kind):
            return Message(template)
    number = getattr(error, "errno", None)
    if number in _NUMBERED:
        return Message(_NUMBERED[number])
    return getattr(error, "strerror", None) or type(error).__name__


_CAUSES: Final = (
    (FileNotFoundError, "it does not exist"),
    (FileExistsError, "there is something else of this name already"),
    (PermissionError, "access is denied"),
    (IsADirectoryError, "it is a folder"),
    (NotADirectoryError, "part of its path is not a folder"),
    (UnicodeDecodeError, "it is not text in UTF-8"),
)

_NUMBERED: Final = {
    errno.ENOSPC: "the disk is full",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ELOOP: "it is a link that leads to itself",
}


def with_minus(figure: str) -> str:
    """Write a number below zero with a true minus: a line can end behind a hyphen, and it would be read as positive."""
    return f"\u2212{figure[1:]}" if figure.startswith("-") else figure


def _shown(value: object, translate: Translate) -> object:
    if isinstance(value, Message):
        return value.translated(translate)
    if isinstance(value, float):
        said = f"{value:g}".replace(".", translate("."))  # the decimal sign is a text of the language
        return with_minus(said)
    return value
