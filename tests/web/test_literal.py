from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from codering.web.literal import escaped, plain

JOINER = "\u2060"


@given(st.text())
def test_nothing_is_lost_but_line_breaks(text):
    unescaped, rest = [], iter(plain(text).replace(JOINER, ""))
    for sign in rest:
        unescaped.append(next(rest) if sign == "\\" else sign)
    assert "".join(unescaped) == " ".join(text.replace(JOINER, "").split())


@given(st.text(alphabet="![](){}<>*_`#$:&~|\\ab\n"))
def test_every_sign_of_markdown_is_escaped(text):
    signs = iter(plain(text).replace(JOINER, ""))
    for sign in signs:
        assert sign not in "![](){}<>*_`#$:&~|"
        if sign == "\\":
            next(signs)


def test_what_streamlit_changes_after_reading_markdown_is_kept_apart():
    assert JOINER in plain("a -> b")
    for address in ("http://x.nl", "HTTPS://x.nl", "www.x.nl", "a@x.nl"):
        assert JOINER in plain(address)
    assert JOINER not in plain("Werkdruk: te veel (echt)")


def test_html_is_escaped_in_text_and_attributes():
    assert escaped("<b a='\"'>&") == "&lt;b a=&#x27;&quot;&#x27;&gt;&amp;"
