"""What the formats of transcripts are called, for whoever reads where a transcript came from."""

from __future__ import annotations

from typing import Final

from codering.errors import Message

_NAMES: Final = {
    "teams": "Teams",
    "zoom": "Zoom",
    "whisper": "Whisper",
    "whisperx": "WhisperX",
    "whisper-cpp": "whisper.cpp",
    "amberscript": "Amberscript",
    "otranscribe": "oTranscribe",
    "codering": "codering",
    "docx": "Word",
    "odt": "OpenDocument",
    "rtf": "RTF",
    "pdf": "PDF",
    "xlsx": "Excel",
    "csv": "CSV",
    "tsv": "TSV",
    "vtt": "WebVTT",
    "srt": "SRT",
    "json": "JSON",
    "jsonl": "JSON Lines",
}


def format_name(format: str) -> str | Message:  # noqa: A002
    """What people call a transcript's :attr:`~codering.transcripts.Transcript.format`: ``Teams (WebVTT)``, ``Word``.

    A format that is not known here keeps its own name.
    """
    if format == "text":
        return Message("text")
    if format in _NAMES:
        return _NAMES[format]
    program, _, kind = format.rpartition("-")
    if program not in _NAMES:
        return format
    return f"{_NAMES[program]} ({_NAMES.get(kind, kind)})"
