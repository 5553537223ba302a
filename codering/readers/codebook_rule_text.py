"""One rule as a text of its own, to be changed by hand: only what differs is written back, so that comments stay."""

from __future__ import annotations

from codering.errors import CodebookError, Problem
from codering.readers.codebook_edit import CodebookFile
from codering.readers.codebook_lines import YamlLines
from codering.readers.codebook_nodes import compose
from codering.readers.codebook_render import render

TEMPLATE = """id: naam
reason: Waarom deze woorden op de code wijzen.
match: [te weinig tijd]
yes:
  - We hebben te weinig tijd.
no:
  - Er is tijd genoeg.
"""
"""A rule to begin with; ``docs/rules.md`` explains the keys."""


def rule_text(file: CodebookFile, rule: str) -> str:
    """Write the rule with this full id as YAML."""
    return render(file.rule_content(rule))


def write_rule(file: CodebookFile, rule: str, text: str) -> None:
    """Replace a rule by what a text says.

    Raises
    ------
    CodebookError
        If the text is no rule, or the codebook would not be valid with it; nothing is changed then.
    """
    old, new = file.rule_content(rule), _content(text)
    changed: dict[str, object] = {key: value for key, value in new.items() if old.get(key) != value}
    changed |= {key: None for key in old if key not in new}
    if changed:
        file.set_rule(rule, changed)


def add_rule(file: CodebookFile, code: str, text: str) -> None:
    """Add a rule that a text describes to a code.

    Raises
    ------
    CodebookError
        As of :func:`write_rule`.
    """
    file.add_rule(code, _content(text))


def _content(text: str) -> dict[str, object]:
    node, problems = compose(text, "")
    content = YamlLines(text).data(()) if node is not None and not problems else None
    if not isinstance(content, dict):
        problems = problems or (Problem("", "", "Expected keys with values, such as match: [te weinig tijd]."),)
        raise CodebookError("This is not a rule.", problems)
    return content
