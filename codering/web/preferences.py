"""What the app remembers for a person on this computer: their name as a coder, language, projects opened last.

A small file in the home folder, outside every project: no transcript, no codebook.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

HOME: Final = "CODERING_HOME"
_RECENT: Final = 8


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is remembered.

    Attributes
    ----------
    coder, language
        As last chosen; empty if never.
    recent
        Paths of project files, the last opened first.
    """

    coder: str = ""
    language: str = ""
    recent: tuple[str, ...] = ()

    def opened(self, path: str) -> Preferences:
        """Put a project first among those opened last."""
        others = [one for one in self.recent if one != path]
        return replace(self, recent=(path, *others)[:_RECENT])


def load() -> Preferences:
    """Read what is remembered; nothing if there is no file or it is damaged."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        found = json.loads(_file().read_text(encoding="utf-8"))
        recent = tuple(str(path) for path in found.get("recent", ()))
        return Preferences(str(found.get("coder", "")), str(found.get("language", "")), recent)
    return Preferences()


def save(preferences: Preferences) -> None:
    """Remember; where the home folder may not be written, nothing is remembered and nothing else goes wrong."""
    file = _file()
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}.part")
        draft.write_text(json.dumps(asdict(preferences), ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(file)


def _file() -> Path:
    folder = os.environ.get(HOME)
    return (Path(folder) if folder else Path.home() / ".codering") / "app.json"
