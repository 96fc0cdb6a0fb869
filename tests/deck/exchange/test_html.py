"""HTML as text, as GIFT and tables have it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.deck.exchange.html_text import is_html, markdown_of, paragraphs_of
from quizapp.deck.exchange.marks import as_markdown, from_markdown


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br>b<BR/>c", "a\nb\nc"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("a   b\n c&nbsp;d", "a b c d"),
        ("x<ul><li>a<li>b</ul>y", "x\n\n- a\n- b\n\ny"),
        ("<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>", "1. a\n2. b\n  - c"),
        ("&lt;b&gt; &amp; &#39;&eacute;", "<b> & 'é"),
        ("H<sub>2</sub>O, x<sup>-1</sup>, a<sub>max</sub>, b<sup>xy</sup>", "H₂O, x⁻¹, a_(max), b^(xy)"),
        ("<table><tr><th>a<th>b</tr><tr><td>c<td>d</tr></table>", "a | b\nc | d"),
        ("<pre>if x:\n    y</pre>", "if x:\n    y"),
        ("<style>p {}</style><script>x</script>a<!-- b -->", "a"),
        ("List<int> and a < b", "List<int> and a < b"),
        ("<span>unclosed <b>tags", "unclosed tags"),
    ],
)
def test_blocks_lists_and_entities(html: str, text: str) -> None:
    assert paragraphs_of(html)[0] == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>a</b> <i>b</i>", "**a** *b*"),
        ("2*3 <code>a_b</code>", "2\\*3 `a_b`"),
        ("a<br>b", "a\\\nb"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<pre>a *\n  b</pre>", "```\na *\n  b\n```"),
    ],
)
def test_as_markdown(html: str, text: str) -> None:
    assert markdown_of(html)[0] == text


def test_media_are_named_once() -> None:
    plain = paragraphs_of('<img src="a.png" alt="A"><img src="a.png"><audio src=b.mp3></audio>')
    assert plain == ("A", ("a.png", "b.mp3"))


def test_line_breaks_count_where_they_are_said_to() -> None:
    assert paragraphs_of("a\n b <b>c</b><pre>d\n e</pre>", lines=True)[0] == "a\nb c\n\nd\n e"


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("a<br>", True),
        ("</p>", True),
        ("a &amp; b", True),
        ("a & b;", False),
        ("a < b", False),
        ("List<int>", False),
    ],
)
def test_what_is_html(text: str, is_it: bool) -> None:
    assert is_html(text) is is_it


@given(st.text("<>/ab p!-[]\"'=&;\nliulsux?") | st.text())
def test_any_text_is_read(text: str) -> None:
    paragraphs_of(text)
    paragraphs_of(text, lines=True)
    markdown_of(text)
    is_html(text)


@given(st.text("ab\\ \n[]*_#-1.Q:&;39!`$>=+") | st.text())
def test_plain_text_as_markdown_comes_back(text: str) -> None:
    assert from_markdown(as_markdown(text)) == text
