"""Compile the Dutch texts when the package is built (also for an editable installation)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TextsHook(BuildHookInterface[Any]):
    """Merge ``codering/locale/nl/*.po`` into ``nl/LC_MESSAGES/codering.mo``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before the files are collected."""
        sys.path.insert(0, self.root)
        from tools.compile_texts import compile_texts

        compile_texts(Path(self.root) / "codering" / "locale")
