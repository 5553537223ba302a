"""What the parser of the command line complains about, in the user's language.

The parser says it in English, and differently from version to version; what is recognised is said with a text of
codering, and the rest as the parser says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import typer

from codering.errors import CoderingError
from codering.texts import Texts

# Typer brings its own copy of the parser in some versions, so the error is found by way of one that it gives out.
UsageError: Final[type[Exception]] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError")
"""A line that the parser does not understand."""

_SAID: Final = tuple(
    (re.compile(pattern, re.DOTALL), template)
    for pattern, template in (
        (r"^Missing command()", "Choose a command."),
        (r"^Missing \w+ '(?P<name>[^']+)'", "{name} is missing."),
        (r"^No such option:? '?(?P<name>-[^\s']*)", "There is no option {name}."),
        (r"^No such command '(?P<name>[^']+)'", "There is no command {name}."),
        (r"^Option '(?P<name>[^']+)' requires", "{name} needs a value."),
        (r"^Option '(?P<name>[^']+)' does not take", "{name} takes no value."),
        (r"^Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)", "Not understood: {name}."),
        (
            r"^Invalid value for '(?P<name>[^']+)'.*: (?:Value error, )?'(?P<found>.*)' is not one of (?P<known>[^.]+)",
            "{name}: {found} is not one of {known}.",
        ),
        (
            r"^Invalid value for '(?P<name>[^']+)'.*greater than or equal to (?P<least>\S+)",
            "{name}: {least} is the least.",
        ),
        (r"^Invalid value for '(?P<name>[^']+)'.*less than or equal to (?P<most>\S+)", "{name}: {most} is the most."),
        (r"^Invalid value for '(?P<name>[^']+)'.*in the range (?P<range>.+?)\.?$", "{name}: expected {range}."),
        (
            r"^Invalid value for '(?P<name>[^']+)': \w+ '(?P<found>[^']+)' is not readable",
            "{name}: you may not read {found}. Ask for the right to, or copy it to a folder of your own.",
        ),
        (r"^Invalid value for '(?P<name>[^']+)'.*valid int", "{name}: expected a whole number."),
        (r"^Invalid value for '(?P<name>[^']+)'.*valid (?:number|float)", "{name}: expected a number."),
    )
)
_NEAR: Final = re.compile(r"Did you mean (?P<one>.+)\?|\(Possible options: (?P<other>.+)\)")


def complaint(error: Exception, t: Texts) -> str:
    """Say what the parser does not understand, and which help to ask for.

    Parameters
    ----------
    error
        A :data:`UsageError`.
    t
        The language.
    """
    said = error.format_message() if hasattr(error, "format_message") else str(error)
    context = getattr(error, "ctx", None)
    lines = [_translated(said, t)]
    if near := _NEAR.search(said):
        lines.append(t("Did you mean {near}?", near=(near["one"] or near["other"]).replace("'", "")))
    if context is not None:
        lines.append(t("How it goes: {command} --help", command=context.command_path))
    return "\n".join(lines)


def asks_for_help(error: Exception) -> str:
    """The help of a group of commands, if that was named and no command; otherwise an empty text."""
    return str(error) if type(error).__name__ == "NoArgsIsHelpError" else ""


def refuse_empty(line: Sequence[str]) -> None:
    """Refuse a line with an empty word: as a path that would be the folder in which one happens to be.

    Parameters
    ----------
    line
        The words of the line, without the name of the program.

    Raises
    ------
    CoderingError
        For the first empty word; it names what stands before it.
    """
    for before, word in zip(("codering", *line), line, strict=False):
        if not word or (word.startswith("--") and word.endswith("=")):
            raise CoderingError(
                'Nothing is given after {before} (""). If it comes from a variable, that is empty. Fill in what should '
                "stand there, or leave it out; for the folder in which you are, give a full stop (.).",
                before=word.removesuffix("=") or before,
            )


def _translated(said: str, t: Texts) -> str:
    for pattern, template in _SAID:
        if found := pattern.search(said):
            return t(template, **{key: value.replace("'", "") for key, value in found.groupdict().items()})
    return said
