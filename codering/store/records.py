"""What a store keeps besides the nouns: where things came from."""

from __future__ import annotations

from dataclasses import dataclass

from codering.errors import Problem


@dataclass(frozen=True, slots=True)
class CodebookVersion:
    """A text of the codebook that was in force from some moment on.

    Attributes
    ----------
    version
        The :attr:`codering.codebooks.Codebook.version`: a hash of the content. Two texts that differ only in comments
        share a version.
    text
        The YAML.
    time
        ISO 8601, UTC.
    coder
        Who put it in force.
    whole
        Whether the text is the one that was put in force; else the file was damaged, or another program changed it.
    """

    version: str
    text: str
    time: str
    coder: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a transcript came from, and how the reading of it went.

    Attributes
    ----------
    file_hash
        SHA-256 (hexadecimal) of the file's bytes, or, with a sidecar, of both hashes; empty if there was no file.
    folder_hash
        Tells two folders apart without naming them; empty if unknown.
    words_in, words_out
        How many words of speech the file held and how many the transcript holds; None if unknown.
    problems
        What the reader had to say.
    added
        When, ISO 8601, UTC.
    """

    file_hash: str = ""
    folder_hash: str = ""
    words_in: int | None = None
    words_out: int | None = None
    problems: tuple[Problem, ...] = ()
    added: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A transcript as the project holds it, without its words.

    Attributes
    ----------
    name, source, format, text_hash
        As in :class:`codering.transcripts.Transcript`.
    origin
        Where it came from.
    turns
        How many there are.
    decisions
        How many decisions refer to it, withdrawn ones included. With any, it can be neither removed nor replaced.
    """

    name: str
    source: str
    format: str
    text_hash: str
    origin: Origin
    turns: int
    decisions: int


@dataclass(frozen=True, slots=True)
class Run:
    """One time that a suggester ran.

    Attributes
    ----------
    id
        Unique.
    kind, version
        Of the suggester.
    codebook
        The version of the codebook that was in force.
    settings
        Names and values of what was chosen for this run, in order.
    time
        ISO 8601, UTC.
    made
        How many suggestions it made.
    """

    id: str
    kind: str
    version: str
    codebook: str
    settings: tuple[tuple[str, str], ...]
    time: str
    made: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A coding that was chosen as a quotation for the report, or is no longer.

    Attributes
    ----------
    coding
        The :attr:`codering.codings.Coding.id`.
    coder, time
        Who, and when (ISO 8601, UTC).
    chosen
        False if it was taken off again.
    """

    coding: str
    coder: str
    time: str
    chosen: bool


Entry = tuple[str, int, str | None, str]
"""Of a queue: transcript, turn, the id of a suggestion (None for a whole turn), how it was drawn."""


@dataclass(frozen=True, slots=True)
class KeptQueue:
    """The order in which a coder is shown things.

    Attributes
    ----------
    seen
        The revision of the suggestions that it was last arranged from.
    entries
        In order.
    """

    seen: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A coder is done with a transcript, or not after all.

    Attributes
    ----------
    coder, transcript
        Who, with what.
    time
        ISO 8601, UTC.
    done
        False if it was taken back.
    """

    coder: str
    transcript: str
    time: str
    done: bool


@dataclass(frozen=True, slots=True)
class CodebookDraft:
    """A codebook that a coder is changing, and that is not in force.

    Attributes
    ----------
    coder
        Whose it is; a coder has one at most.
    base
        The text that was in force when it was begun.
    text
        The text with the changes.
    time
        When it was last changed (ISO 8601, UTC).
    """

    coder: str
    base: str
    text: str
    time: str
