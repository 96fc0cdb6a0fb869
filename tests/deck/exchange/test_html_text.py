"""HTML → plain text and Markdown."""

from __future__ import annotations

import html
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from quizapp.deck.exchange.html_text import CLOSE, OPEN, all_markdown_of, has_form, markdown_of, text_of
from quizapp.deck.text import visible

CASES = [
    ("a<br>b", "a\nb", "a\\\nb"),
    ("a<div>b</div><div>c</div>", "a\nb\nc", "a\\\nb\\\nc"),
    ("<div>a</div><div><br></div><div>b</div>", "a\n\nb", "a\n\nb"),
    ("a<br><br>b", "a\n\nb", "a\n\nb"),
    ("a<br><div>b</div>", "a\nb", "a\\\nb"),
    ("<p>a</p><p>b</p>", "a\nb", "a\n\nb"),
    ("a\n  b", "a b", "a b"),
    ("a&nbsp; b &lt;i&gt;", "a  b <i>", "a  b \\<i>"),
    ("x <b>bold </b>y", "x bold y", "x **bold** y"),
    ("<i>a</i><b>b</b>", "ab", "*a***b**"),
    ("foo<b>(bar)</b>baz", "foo(bar)baz", "foo(bar)baz"),
    ("<b>a<br>b</b>", "a\nb", "**a\\\nb**"),
    ("<b><div>x</div><div>y</div></b>", "x\ny", "x\\\ny"),
    ("H<sub>2</sub>O, x<sup>n+1</sup>, y<sub>ij</sub>", "H₂O, xⁿ⁺¹, y_ij", "H₂O, xⁿ⁺¹, y_ij"),
    ("2*3*4 _x_ snake_case", "2*3*4 _x_ snake_case", "2\\*3\\*4 \\_x_ snake_case"),
    ("1. no list<br># no head", "1. no list\n# no head", "1\\. no list\\\n\\# no head"),
    ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>z", "- a\n- b\n  - c\nz", "- a\n- b\n  - c\n\nz"),
    ("<ol><li>x<br>y<li>z</ol>", "1. x\n   y\n2. z", "1. x\\\n   y\n2. z"),
    (
        "<pre>def f():\n    return 1</pre>x",
        "def f():\n    return 1\nx",
        "```\ndef f():\n    return 1\n```\n\nx",
    ),
    ("<code>a`b</code>", "a`b", "``a`b``"),
    ("<h2>T</h2>x", "T\nx", "## T\n\nx"),
    ("<blockquote>q<br>r</blockquote>z", "q\nr\nz", "> q\\\n> r\n\nz"),
    ("<a href='https://x.org/a'>x</a>", "x", "[x](https://x.org/a)"),
    ("<a href='javascript:x'>x</a>", "x", "x"),
    (
        "<table><tr><th>a<th>b<tr><td>1<td>2|3</table>",
        "a | b\n1 | 2|3",
        "| a | b |\n| --- | --- |\n| 1 | 2\\|3 |",
    ),
    ("<ruby>漢<rp>(</rp><rt>かん</rt></ruby>", "漢(かん)", "漢(かん)"),
    ("\\( \\frac{1}{2} \\)", "\\( \\frac{1}{2} \\)", "\\\\( \\frac{1}{2} \\\\)"),
    ("a<script>x<b>y</script><style>b{}</style><!-- c -->b", "ab", "ab"),
    ("a < b > c <3", "a < b > c <3", "a < b > c <3"),
    ("a</b></div>b<b>", "ab", "ab"),
    ("\u202eabc\x07", "abc", "abc"),
]


@pytest.mark.parametrize(("source", "plain", "marked"), CASES, ids=[case[0] for case in CASES])
def test_html_becomes_text_and_markdown(source: str, plain: str, marked: str) -> None:
    assert text_of(source)[0] == plain
    assert markdown_of(source)[0] == marked


def test_media_are_named_once_and_leave_no_trace() -> None:
    source = (
        'a [sound:x.mp3]<img src="y z.png" alt="why"><img src=y.png>[sound:x.mp3]'
        '<img src="data:image/png;base64,AA==">'
    )
    assert text_of(source) == ("a why", ("x.mp3", "y z.png", "y.png", "an image within the text"))


def test_what_a_cloze_hides_is_plain_in_markdown_too() -> None:
    source = f"<b>{OPEN}x*y{CLOSE}</b> * {OPEN}<i>z</i>{CLOSE}"
    assert markdown_of(source)[0] == f"**{OPEN}x*y{CLOSE}** \\* {OPEN}z{CLOSE}"


def test_markdown_is_used_only_where_it_says_more() -> None:
    assert all_markdown_of(["a<br>b", "<ul><li>x</li></ul>"]) is None
    assert all_markdown_of(["<b></b>", "x"]) is None
    assert all_markdown_of(["<b>a</b>", "2*3"]) == [("**a**", ()), ("2\\*3", ())]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=OPEN + CLOSE), max_size=60))
def test_escaped_text_comes_back(text: str) -> None:
    plain, media = text_of(html.escape(text))
    assert media == () or "[sound:" in text
    if "[" not in text:
        assert (
            "".join(plain.split())
            == "".join(sign for sign in text if visible(sign) == sign).replace(" ", "").strip()
            or not text.isprintable()
        )


@given(st.text(st.sampled_from("ab *_`#>-+1.[]()<&;!~\\|=x"), max_size=40))
def test_markdown_shows_the_text_that_plain_text_has(text: str) -> None:
    shown = (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .render(markdown_of(f"<b>w</b> {html.escape(text)}")[0])
    )
    back = text_of(shown)[0]
    assert "".join(back.split()) == "".join(f"w{text}".split())


@given(st.text(st.sampled_from("<>/bdiv ulipre='\"!-&;x" + OPEN + CLOSE), max_size=80))
def test_any_text_is_taken(text: str) -> None:
    text_of(text)
    markdown_of(text)
    has_form(text)


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 50_000,
        "<a '" * 50_000,
        "<!--" * 50_000,
        "<" * 200_000,
        "[sound:" * 30_000,
        "&" * 200_000,
        "<b>" * 50_000,
    ],
    ids=["deep", "quotes", "comments", "signs", "sounds", "entities", "bold"],
)
def test_hostile_html_takes_no_time(hostile: str) -> None:
    start = time.process_time()
    text_of(hostile)
    markdown_of(hostile)
    assert time.process_time() - start < 3
