"""HTML as other programs keep it in their cards → plain text or Markdown. Any text at all is taken.

What a blank of a cloze hides may be marked in the HTML with OPEN and CLOSE: both stay where they are, and
what stands between them is plain in Markdown too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from quizapp.deck.exchange.html_markdown import Markdown
from quizapp.deck.exchange.html_plain import CLOSE, OPEN, SPACE, Paragraphs, Plain
from quizapp.deck.exchange.html_tree import KNOWN, Node, is_html, tree_of, walk
from quizapp.deck.text import visible

__all__ = [
    "CLOSE",
    "OPEN",
    "all_markdown_of",
    "has_form",
    "is_html",
    "markdown_of",
    "paragraphs_of",
    "text_of",
]

_FORM = re.compile(r"<(?:b|strong|i|em|code|tt|kbd|samp|pre|ul|ol|table|blockquote|h[1-6]|a\s)[\s>]", re.I)
_DATA = re.compile(r"data:[\w/+.;=-]*,[A-Za-z0-9+/=%\s]*")
_SOUND = re.compile(r"\[sound:([^\]\[]*)\]")
_PLAYED = re.compile(r"\[anki:play:[^\]\[]*\]|\[/?anki:tts[^\]\[]*\]")
_MEDIA = {"img": "src", "audio": "src", "video": "src", "source": "src", "embed": "src", "object": "data"}
# What can't be shown would be a problem of the deck: control characters, and marks of direction.
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def text_of(html: str) -> tuple[str, tuple[str, ...]]:
    """The plain text of a piece of HTML, and the names of the media in it, each once.

    Line ends and lists stay; bold, italics, colours and sizes do not.
    """
    if "<" not in html and "[" not in html:
        # By far the commonest: nothing in it but text.
        text = unescape(html) if "&" in html else html
        if text.isprintable() and "  " not in text:
            return text.strip(), ()
        return _tidy(SPACE.sub(" ", text)), ()
    return _rendered(html, Plain())


def paragraphs_of(html: str, *, lines: bool = False) -> tuple[str, tuple[str, ...]]:
    """As `text_of`, for other programs than Anki: paragraphs have a blank line between them, what is raised
    or lowered without a sign of its own is in brackets, and tags that HTML does not have stay.

    lines: line breaks of the source count.
    """
    return _rendered(html, Paragraphs(lines=lines), known=KNOWN)


def markdown_of(html: str) -> tuple[str, tuple[str, ...]]:
    """The same as Markdown: also bold, italics, code, headings, tables, quotes and links stay."""
    return _rendered(html, Markdown())


def all_markdown_of(htmls: Iterable[str]) -> list[tuple[str, tuple[str, ...]]] | None:
    """Each as `markdown_of`; None if that says no more of any than plain text does."""
    given = list(htmls)
    if not any(map(has_form, given)):
        return None
    renderers = [Markdown() for _ in given]
    read = [_rendered(html, renderer) for html, renderer in zip(given, renderers, strict=True)]
    return read if any(renderer.formed for renderer in renderers) else None


def has_form(html: str) -> bool:
    """Whether it may have anything that plain text can't keep and Markdown can."""
    return "<" in html and _FORM.search(html) is not None


def _rendered(
    html: str, renderer: Plain, *, known: frozenset[str] | None = None
) -> tuple[str, tuple[str, ...]]:
    media: dict[str, None] = {}
    if "[" in html:
        html = _PLAYED.sub("", html)
        media.update((sound.strip(), None) for sound in _SOUND.findall(html))
        html = _SOUND.sub("", html)
    if "data:" in html:
        # An image that is written out in the text itself would fill pages, and its name tells nothing.
        html = _DATA.sub("data:", html)
    root = tree_of(html, known=known)
    text = _tidy(renderer.blocks(root))
    if "src" in html or "data" in html:
        media.update((_media_name(node), None) for node in walk(root) if node.tag in _MEDIA)
    return text, tuple(name for name in media if name)


def _media_name(node: Node) -> str:
    name = node.attribute(_MEDIA[node.tag]).strip()
    return "an image within the text" if name.startswith("data:") else visible(name)


def _tidy(text: str) -> str:
    """Without white space at the ends, and with one blank line at most between two others."""
    if text.isprintable():
        return text.strip()
    text = text.replace("\xa0", " ").replace("\u2028", "\n").replace("\u2029", "\n").replace("\t", "    ")
    text = _UNSHOWN.sub("", text)
    if " \n" in text:
        text = re.sub(r"(?<!\\)[ ]+\n", "\n", text)
    if "\n\n\n" in text:
        text = re.sub(r"\n{3,}", "\n\n", text)
    return text.strip()
