"""How the help of a command stands on the screen: whole, and in one language.

The parser cuts the summary of a command where the line ends, and says the words around it (usage, default, required)
in English. Here a command says them itself: only the names of options come from the parser.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin

from typer.core import TyperCommand, TyperGroup
from typer.models import ArgumentInfo, ParameterInfo

from codering.errors import Message
from codering.texts import Texts

_NAMES: Final = {
    "project": Message("PROJECT"),
    "file": Message("FILE"),
    "files": Message("FILE"),
    "paths": Message("PATH"),
    "old": Message("OLD"),
    "new": Message("NEW"),
    "what": Message("WHAT"),
    "ids": Message("ID"),
}
"""What stands in the place of an argument, by the name of its parameter."""
_KINDS: Final = {
    Path: Message("PATH"),
    str: Message("TEXT"),
    int: Message("NUMBER"),
    float: Message("NUMBER"),
}
"""What stands behind an option, by the type of its parameter."""


def explain(command: Callable[..., object], t: Texts) -> None:
    """Complete the help of the parameters of a command: what to give, between which bounds, and what holds otherwise.

    Parameters
    ----------
    command
        A function of which each parameter is annotated with what Typer makes of it.
    t
        The language.
    """
    for name, parameter in inspect.signature(command).parameters.items():
        kind, info = get_args(parameter.annotation)
        if info.metavar is None:
            several = " …" if get_origin(kind) is list else ""
            named = isinstance(info, ArgumentInfo)
            info.metavar = _NAMES[name].translated(t.translate) + several if named else _metavar(kind, t)
        remarks = _remarks(info, parameter.default, t)
        if remarks:
            info.help = f"{info.help} [{'; '.join(remarks)}]"


def _metavar(kind: object, t: Texts) -> str | None:
    """What stands behind an option whose parameter has this type; None for a flag."""
    if get_origin(kind) is Literal:
        return "|".join(map(str, get_args(kind)))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "|".join(kind)
    inner = [one for one in get_args(kind) if one is not type(None)]
    if inner:
        return " ".join(filter(None, (_metavar(one, t) for one in inner)))
    return next((found.translated(t.translate) for one, found in _KINDS.items() if kind is one), None)


def _remarks(info: ParameterInfo, default: object, t: Texts) -> list[str]:
    remarks = []
    if info.min is not None and info.max is not None:
        remarks.append(t("from {least} to {most}", least=info.min, most=info.max))
    elif info.min:
        remarks.append(t("at least {least}", least=info.min))
    if default is inspect.Parameter.empty:
        remarks.append(t("required"))
    elif default not in (None, "") and not isinstance(default, bool):
        remarks.append(t("default: {default}", default=default))
    return remarks


class _Explained:
    """What the help of a command and of a group of commands have in common."""

    # The classes of a context and of what writes its help are no public names of the parser.
    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write what a line looks like."""
        t: Texts = ctx.obj
        arguments = [one for one in self.get_params(ctx) if one.param_type_name == "argument"]  # type: ignore[attr-defined]
        words = [t("[OPTIONS]"), *(one.metavar if one.required else f"[{one.metavar}]" for one in arguments)]
        if isinstance(self, TyperGroup):
            words.append(t("COMMAND …"))
        formatter.write_usage(ctx.command_path, " ".join(words), prefix=t("Usage: "))

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the arguments and options, and of a group the commands with their summary whole."""
        t: Texts = ctx.obj
        rows: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for param in self.get_params(ctx):  # type: ignore[attr-defined]
            if param.param_type_name == "argument":
                rows["argument"].append((param.metavar, param.help))
                continue
            names = "/".join((*param.opts, *param.secondary_opts))
            told = t("Show this help.") if "--help" in param.opts else param.help
            rows["option"].append((names if param.is_flag else f"{names} {param.metavar}", told))
        commands = getattr(self, "commands", {})
        for heading, listed in (
            (t("Arguments"), rows["argument"]),
            (t("Options"), rows["option"]),
            (t("Commands"), [(name, command.help) for name, command in commands.items()]),
        ):
            if listed:
                with formatter.section(heading):
                    formatter.write_dl(listed)


class Command(_Explained, TyperCommand):
    """A command whose help is whole, in the language that the context of the line holds."""


class Group(_Explained, TyperGroup):
    """A group of commands whose help is whole, in the language that the context of the line holds."""
