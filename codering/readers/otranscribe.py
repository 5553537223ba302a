"""oTranscribe's ``.otr``: JSON whose ``text`` is HTML that somebody typed.

Lines end at ``<br>`` and ``<p>``. A time is a ``<span class="timestamp">`` anywhere in a line; the first of a line is
the line's time, the others are taken out of the text, as they are no words.
"""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from codering.errors import Message, TranscriptError
from codering.readers.clock import seconds
from codering.readers.decoding import decoded, peek
from codering.readers.drafts import Draft, Parser, Piece
from codering.readers.json_values import dictionary, loads, number
from codering.readers.speakers import Labels, split_label

_ENDS_LINE: Final = frozenset("p br div li ul ol h1 h2 h3 h4 tr".split())  # noqa: SIM905
_NOT_SPEECH: Final = frozenset(("script", "style"))
_NAMED_SHARE: Final = 0.5


@dataclass(slots=True)
class _Line:
    text: str = ""
    start: float | None = None


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [_Line()]
        self.skipped: list[str] = []
        self._stamp = 0
        self._shown = ""
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ENDS_LINE:
            self.lines.append(_Line())
        self._hidden += tag in _NOT_SPEECH
        if self._stamp:
            self._stamp += tag == "span"
        elif tag == "span" and "timestamp" in (dict(attrs).get("class") or "").split():
            self._stamp, self._shown = 1, ""
            self._mark(number(dict(attrs).get("data-timestamp")))

    def handle_endtag(self, tag: str) -> None:
        if tag in _ENDS_LINE:
            self.lines.append(_Line())
        self._hidden = max(0, self._hidden - (tag in _NOT_SPEECH))
        if self._stamp and tag == "span":
            self._stamp -= 1
            if not self._stamp:
                self._close()

    def handle_data(self, data: str) -> None:
        if self._hidden:
            self.skipped.append(data)
        elif self._stamp:
            self._shown += data
        else:
            self.lines[-1].text += data.replace("\u00a0", " ")

    def close(self) -> None:
        super().close()
        self._close()

    def _close(self) -> None:
        """A stamp's own text is a time; if somebody typed words in it, they stay words."""
        time = seconds(self._shown)
        if time is not None:
            self._mark(time)
        elif self._shown.strip():
            self.lines[-1].text += self._shown.replace("\u00a0", " ")
        self._shown = ""

    def _mark(self, time: float | None) -> None:
        if self.lines[-1].start is None:
            self.lines[-1].start = time


class _OTranscribe:
    name: Final = "oTranscribe"
    suffixes: Final = (".otr",)

    def sniff(self, head: bytes, suffix: str) -> float:
        """Sure of JSON with HTML in its ``text``."""
        text = peek(head).lstrip("\ufeff \t\r\n")
        if text.startswith("{") and '"text"' in text and ("media-time" in text or 'class=\\"timestamp' in text):
            return 1.0
        return 0.9 if suffix == ".otr" else 0.0

    def parse(self, data: bytes, source: str) -> Draft:
        """Read all lines.

        Raises
        ------
        TranscriptError
            If it is no JSON with HTML in ``text``.
        """
        text, problems = decoded(data, source)
        value, doubles = loads(text, source)
        html = dictionary(value).get("text")
        if not isinstance(html, str):
            raise TranscriptError(
                "{source}: this is no file of oTranscribe; expected an object whose `text` holds the words.",
                source=source,
            )
        draft = Draft("otranscribe", source, problems=[*problems, *doubles])
        reader = _Lines()
        reader.feed(html)
        reader.close()
        if reader.skipped:
            draft.skip(" ".join(reader.skipped), "", "Skipped: a script or a style sheet between the words.")
        _fill(draft, reader.lines)
        return draft


def _fill(draft: Draft, lines: list[_Line]) -> None:
    told = [(line, " ".join(line.text.split())) for line in lines]
    splits = [split_label(text) for _, text in told if text]
    candidates = [split[0] for split in splits if split]
    strict = Labels(candidates)
    named = sum(label in strict for label in candidates)
    labels = Labels(candidates, lenient=bool(splits) and named >= _NAMED_SHARE * len(splits))
    waiting: float | None = None
    for at, (line, text) in enumerate(told, start=1):
        if not text:
            # A time alone on a line is that of what follows.
            waiting = line.start if line.start is not None else waiting
            continue
        place = Message("line {number}", number=at)
        found = split_label(text)
        start = line.start if line.start is not None else waiting
        waiting = None
        if found and found[0] in labels:
            speaker, spoken = found
            if spoken:
                draft.add(Piece(spoken, place, speaker, start, "\n"))
            else:
                draft.problem(place, "This line names a speaker, but has no text.")
        else:
            draft.add(Piece(text, place, None, start, "\n"))


PARSERS: Final[tuple[Parser, ...]] = (_OTranscribe(),)
