"""A line between browser and server that a test can cut, hold up and mend: what a laptop that sleeps, or a network that
drops, does to a connection."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Event, Lock, Thread
from typing import Self
from urllib.parse import urlsplit

_PIECE = 65536


class Line:
    """Passes on what comes in at an address of its own, until it is told otherwise.

    Attributes
    ----------
    address
        To give the browser instead of the server's.
    """

    def __init__(self, server: str) -> None:
        self._to = urlsplit(server)
        self._ends: list[socket.socket] = []
        self._lock = Lock()
        self._flows, self._whole = Event(), Event()
        self._flows.set()
        self._whole.set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def __enter__(self) -> Self:
        Thread(target=self._answer, daemon=True).start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._flows.set()
        self._door.close()
        self._hang_up()

    def cut(self) -> None:
        """Break every connection, and let none be made until :meth:`mend`."""
        self._whole.clear()
        self._hang_up()

    def hold(self) -> None:
        """Let nothing through, either way, while every connection stands: neither side can know it."""
        self._flows.clear()

    def mend(self) -> None:
        """Let everything through again."""
        self._whole.set()
        self._flows.set()

    def _answer(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            far = self._reach() if self._whole.is_set() else None
            if far is None:
                near.close()
                continue
            with self._lock:
                self._ends += [near, far]
            for one, other in ((near, far), (far, near)):
                Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _reach(self) -> socket.socket | None:
        with suppress(ConnectionError):
            return socket.create_connection((self._to.hostname, self._to.port))
        return None

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(_PIECE):
                self._flows.wait()
                other.sendall(piece)
        for end in (one, other):
            _close(end)

    def _hang_up(self) -> None:
        with self._lock:
            ends, self._ends = self._ends, []
        for end in ends:
            _close(end)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
