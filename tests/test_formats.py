from __future__ import annotations

import re
from pathlib import Path

import pytest

import codering.readers
from codering.errors import Message
from codering.formats import format_name


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        ("docx", "Word"),
        ("teams-vtt", "Teams (WebVTT)"),
        ("whisper-cpp-json", "whisper.cpp (JSON)"),
        ("zoom-chat", "Zoom (chat)"),
        ("of-another-program", "of-another-program"),
        ("", ""),
    ],
)
def test_a_format_has_a_name_for_people(format_, name):
    assert format_name(format_) == name
    assert format_name("text") == Message("text")


def test_every_format_that_a_reader_gives_has_a_name():
    folder = Path(codering.readers.__file__).parent
    source = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    given = re.findall(r'(?:Draft\(|draft\.format = )"([a-z-]+)"', source)
    assert len(given) > 10
    assert [one for one in given if format_name(one) == one] == []
