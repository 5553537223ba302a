"""Changing a codebook file: every change leaves a valid codebook, and all that was not changed as it was.

What a code *is* can be edited freely. What becomes of a code (a new id, merged, split, removed) is also written into
the crosswalk, so that codings of earlier versions can still be counted.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from codering.codebooks import Change, Code, Codebook, Label
from codering.codings import Stance
from codering.errors import CodebookError, Problem, cause
from codering.readers.codebook import TOP_KEYS, check_codebook, encoded, read_marked
from codering.readers.codebook_codes import THEME_KEYS
from codering.readers.codebook_lines import YamlLines
from codering.readers.codebook_places import Path as Way
from codering.readers.codebook_rules import RULE_KEYS
from codering.readers.codebook_steps import cross, find_code, gather, in_order, own_rule, refer, settle

_GATHERED: Final = ("include", "exclude", "examples", "near_misses", "rules")


class CodebookFile:
    """A codebook as a text that can be edited.

    Parameters
    ----------
    text
        YAML; comments, order and layout are kept.
    source
        The file's name, for messages.

    Attributes
    ----------
    text
        The YAML as it is now.
    codebook
        What it says.
    warnings
        What could be better.

    Raises
    ------
    CodebookError
        If the text is not a valid codebook. The same holds for every method that changes something: when the result
        would not be valid, it says so and nothing is changed.

    Notes
    -----
    Methods that change what codings refer to (:meth:`rename_code`, :meth:`merge_codes`, :meth:`split_code`,
    :meth:`remove_code`) take a `note`, why it was done, and a `date`, today if it is not given.
    """

    def __init__(self, text: str, source: str = "") -> None:
        self.source: Final = source
        self._mark = b""
        self._lines = YamlLines("")
        self._accept(text)

    @classmethod
    def open(cls, path: Path) -> CodebookFile:
        """Read a file for editing; :meth:`save` writes it in the same encoding."""
        mark, text = read_marked(path)
        file = cls(text, path.name)
        file._mark = mark
        return file

    @property
    def text(self) -> str:
        """See the class."""
        return self._lines.text

    @property
    def codebook(self) -> Codebook:
        """See the class."""
        return self._codebook

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """See the class."""
        return self._warnings

    def save(self, path: Path) -> None:
        """Write the text to a file, so that at any moment the old or the new text is there, whole."""
        try:
            place = path.resolve()  # A link stays a link.
            draft = place.with_name(f"{place.stem[:40]}.{uuid.uuid4().hex[:8]}.unfinished")
            try:
                draft.write_bytes(encoded(self._mark, self.text))
                if place.exists():
                    draft.chmod(place.stat().st_mode)
                draft.replace(place)
            finally:
                draft.unlink(missing_ok=True)
        except OSError as error:
            reason = cause(error)
            raise CodebookError(
                "The codebook {source} cannot be written: {reason}.", source=path.name, reason=reason
            ) from error

    def set_definition(self, code: str, definition: str) -> None:
        """Change what a code means."""
        self._set(code, "definition", definition)

    def set_label(self, code: str, *, nl: str | None = None, en: str | None = None) -> None:
        """Change the name of a code in one language or both."""
        label = self._code(code).label
        self._set(code, "label", _label(Label(nl or label.nl, en or label.en)))

    def set_include(self, code: str, criteria: Sequence[str]) -> None:
        """Change what belongs to a code; no criteria takes the key out."""
        self._set(code, "include", list(criteria))

    def set_exclude(self, code: str, criteria: Sequence[str]) -> None:
        """Change what does not belong to a code; no criteria takes the key out."""
        self._set(code, "exclude", list(criteria))

    def set_colour(self, code: str, colour: str) -> None:
        """Change the colour of a code, ``#rrggbb``."""
        self._set(code, "colour", colour)

    def add_theme(self, theme: str, label: Label, definition: str, **more: object) -> None:
        """Add a theme, without codes yet, after the others.

        Parameters
        ----------
        theme
            The new id.
        label, definition
            Its name in two languages, its meaning in Dutch.
        **more
            Further keys of the format, for example ``core=True``.
        """
        item = {"id": theme, "label": _label(label), "definition": definition, **more}
        self._edit(lambda lines: lines.append(("themes",), item, TOP_KEYS))

    def add_code(self, theme: str, code: str, label: Label, definition: str, **more: object) -> None:
        """Add a code at the end of a theme.

        Parameters
        ----------
        theme
            The id of the theme.
        code
            The new id.
        label, definition
            Its name in two languages, its meaning in Dutch.
        **more
            Further keys of the format, for example ``section="§4.2"`` or ``include=[...]``.
        """
        item = {"id": code, "label": _label(label), "definition": definition, **more}
        way = (*self._theme_way(theme), "codes")
        self._edit(lambda lines: lines.append(way, item, THEME_KEYS))

    def add_example(
        self,
        code: str,
        text: str,
        *,
        stance: Stance = Stance.CONFIRMS,
        why: str = "",
        near_miss: bool = False,
        instead: str = "",
    ) -> None:
        """Add an utterance that carries a code, or (`near_miss`) only looks like it."""
        more = {"why": why} if why else {}
        if near_miss:
            more |= {"instead": instead} if instead else {}
        elif stance is not Stance.CONFIRMS:
            more = {"stance": stance.value, **more}
        way = (*self._way(code), "near_misses" if near_miss else "examples")
        item: object = {"text": text, **more} if more else text
        self._edit(lambda lines: lines.append(way, item, THEME_KEYS))

    def rule_content(self, rule: str) -> dict[str, object]:
        """The keys of the rule with this full id, as they stand in the text."""
        return dict(self._lines.data(self._rule_way(rule)))

    def add_rule(self, code: str, rule: Mapping[str, object]) -> None:
        """Add a rule at the end of a code's rules; `rule` has the keys of ``docs/rules.md``."""
        way = (*self._way(code), "rules")
        self._edit(lambda lines: lines.append(way, in_order(rule), THEME_KEYS))

    def set_rule(self, rule: str, content: Mapping[str, object]) -> None:
        """Replace keys of the rule with this full id; a key with None is taken out, other keys stay as they are."""
        way = self._rule_way(rule)

        def change(lines: YamlLines) -> None:
            for key, value in in_order(content).items():
                if value is not None:
                    lines.put(way, key, value, RULE_KEYS)
                elif lines.has((*way, key)):
                    lines.remove((*way, key))

        self._edit(change)

    def remove_rule(self, rule: str) -> None:
        """Take out the rule with this full id."""
        way = self._rule_way(rule)
        self._edit(lambda lines: lines.remove(way))

    def rename_code(self, code: str, new: str, *, note: str = "", date: str = "") -> None:
        """Give a code another id, also where rules and examples refer to it."""
        way = self._way(code)
        if new == code:
            raise CodebookError("{code} is the id already; nothing was changed.", code=code)

        def change(lines: YamlLines) -> None:
            refer(lines, code, (new,))
            lines.change((*way, "id"), new)
            for position, _ in enumerate(self._code(code).rules):
                own_rule(lines, (*way, "rules", position, "id"), code, new)
            cross(lines, Change.RENAMED, (code,), (new,), note, date)

        self._edit(change)

    def merge_codes(self, codes: Sequence[str], into: str, *, note: str = "", date: str = "") -> None:
        """Let one code take over others, with their criteria, examples and rules.

        A near miss that was said to carry one of the others instead becomes an example: it carries the code now.

        Parameters
        ----------
        codes
            What disappears. `into` may be among them; it stays.
        into
            The code that stays; its label and definition are kept, so look at them afterwards.
        """
        leaving = [code for code in dict.fromkeys(codes) if code != into]
        if not leaving:
            raise CodebookError("Name at least one code to merge into {into}.", into=into)
        for code in (*leaving, into):
            self._code(code)
        for code in leaving:
            self._refuse_theme(code)

        def change(lines: YamlLines) -> None:
            for code in leaving:
                refer(lines, code, (into,))
            for code in leaving:
                for key in _GATHERED:
                    gather(lines, (*find_code(lines, code), key), (*find_code(lines, into), key), code)
                lines.remove(find_code(lines, code))
            settle(lines, find_code(lines, into), into)
            cross(lines, Change.MERGED, (*leaving, into), (into,), note, date)

        self._edit(change)

    def split_code(self, code: str, into: Sequence[tuple[str, Label, str]], *, note: str = "", date: str = "") -> None:
        """Divide a code into several.

        Parameters
        ----------
        code
            What is divided; its id may be the id of one of the parts.
        into
            Id, label and definition of each part. The first part gets the criteria, examples and rules of `code`,
            to be divided by hand afterwards.
        """
        self._refuse_theme(code)
        if len(into) < 2:
            raise CodebookError("A code is split into at least two codes.")
        way = self._way(code)
        names = [name for name, _, _ in into]

        def change(lines: YamlLines) -> None:
            refer(lines, code, names)
            first, label, definition = into[0]
            lines.change((*way, "id"), first)
            lines.put(way, "label", _label(label), THEME_KEYS)
            lines.put(way, "definition", definition, THEME_KEYS)
            for position, _ in enumerate(self._code(code).rules):
                own_rule(lines, (*way, "rules", position, "id"), code, first)
            for offset, (name, text, meaning) in enumerate(into[1:], start=1):
                part = {"id": name, "label": _label(text), "definition": meaning}
                lines.insert(way[:-1], int(way[-1]) + offset, part)
            cross(lines, Change.SPLIT, (code,), names, note, date)

        self._edit(change)

    def remove_code(self, code: str, *, note: str = "", date: str = "") -> None:
        """Take out a code, or a theme without codes; rules that need it as their context must be changed first."""
        if any(one.codes for one in self._codebook.themes if one.id == code):
            raise CodebookError("{code} is a theme with codes; remove those first, or merge them elsewhere.", code=code)

        def change(lines: YamlLines) -> None:
            refer(lines, code, ())
            lines.remove(find_code(lines, code))
            cross(lines, Change.REMOVED, (code,), (), note, date)

        self._edit(change)

    def _set(self, code: str, key: str, value: object) -> None:
        way = self._way(code)

        def change(lines: YamlLines) -> None:
            if value != []:
                lines.put(way, key, value, THEME_KEYS)
            elif lines.has((*way, key)):
                lines.remove((*way, key))

        self._edit(change)

    def _edit(self, change: Callable[[YamlLines], None]) -> None:
        """Try a change on a copy; keep it if a valid codebook comes out."""
        draft = YamlLines(self._lines.text)
        change(draft)
        self._accept(draft.text)

    def _accept(self, text: str) -> None:
        codebook, errors, warnings = check_codebook(text, self.source)
        if codebook is None:
            raise CodebookError("The codebook {source} cannot be used.", errors, source=self.source)
        self._lines, self._codebook, self._warnings = YamlLines(text), codebook, warnings

    def _code(self, code: str) -> Code:
        return self._codebook.code(code)

    def _way(self, code: str) -> Way:
        self._code(code)
        return find_code(self._lines, code)

    def _theme_way(self, theme: str) -> Way:
        if self._code(theme).theme != theme:
            raise CodebookError("{code} is a code, not a theme.", code=theme)
        return self._way(theme)

    def _refuse_theme(self, code: str) -> None:
        if self._code(code).theme == code:
            raise CodebookError("{code} is a theme; only codes can be merged or split.", code=code)

    def _rule_way(self, rule: str) -> Way:
        for code, one in self._codebook.rules():
            if one.id == rule:
                return (*self._way(code.id), "rules", code.rules.index(one))
        raise CodebookError("The codebook {name} has no rule {id}.", name=self._codebook.id, id=rule)


def _label(label: Label) -> dict[str, str]:
    return {"nl": label.nl, "en": label.en}
