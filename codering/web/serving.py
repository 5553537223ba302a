"""``codering review``: Streamlit on the app that comes with the program, for this computer only."""

from __future__ import annotations

import json
import os
import socket
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from codering.resources import app_path

PROJECT: Final = "CODERING_PROJECT"
"""The environment variable that names the project."""


def serve(project: str, *, language: str, port: int | None = None, headless: bool = False) -> None:
    """Run the app until it is stopped.

    Parameters
    ----------
    project
        A path or the address of a database; empty to let the user choose. It is handed on in the environment: an
        address can hold a password, and other users of the computer can read command lines.
    language
        Of the app, unless the user chose another before.
    port
        None for Streamlit's usual choice: 8501, or the first free one above it.
    headless
        Whether to leave the browser closed.
    """
    from streamlit.web import cli

    answer_at_once()
    os.environ.update({PROJECT: project, "CODERING_LANG": language})
    options = [*flags()]
    options += [f"--server.port={port}"] if port else []
    options += ["--server.headless=true"] if headless else []
    # What the `streamlit` command itself runs; in this process, so that whoever stops us stops the server.
    cli.main(["run", str(app_path()), *options], prog_name="streamlit", standalone_mode=False)


def answer_at_once() -> None:
    """Let what Streamlit's server sends leave at once, however short it is.

    Otherwise TCP holds a short message until the browser acknowledged the one before, which that may put off for some
    40 ms (Nagle's algorithm and delayed acknowledgements); a page is more than a hundred files. asyncio prevents it
    where a socket says that it is TCP, but the one that Streamlit makes beforehand does not say so
    (https://github.com/Kludex/uvicorn/issues/3149). Connections have it of the socket that listens.
    """
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            for one in sockets or ():
                if one.family in (socket.AF_INET, socket.AF_INET6):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            await super().startup(sockets)

    uvicorn.Server = Server  # type: ignore[misc]  # Streamlit takes it from there when it starts


def flags() -> tuple[str, ...]:
    """Every value of ``.streamlit/config.toml``, its looks aside, as a flag.

    Streamlit reads the file too, because it stands beside the app; but the environment outranks a file, and flags
    outrank everything.
    """
    return tuple(
        f"--{name}={_written(one)}"
        for name, value in settings(config_path())
        if not name.startswith("theme.")
        for one in (value if isinstance(value, list) else [value])  # a list is a flag that is given more than once
    )


def config_path() -> Path:
    """The configuration that stands beside the app."""
    return app_path().parent / ".streamlit" / "config.toml"


def settings(file: Path) -> Iterator[tuple[str, object]]:
    """Names (``server.address``) and values of a configuration file."""
    yield from _flat(tomllib.loads(file.read_text(encoding="utf-8")), "")


def _flat(values: Mapping[str, object], prefix: str) -> Iterator[tuple[str, object]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
