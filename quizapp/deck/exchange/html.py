"""HTML as text: what Anki's fields and Moodle's questions are written in."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from quizapp.deck.exchange.marks import as_markdown

# fmt: off
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr",
        "ul",
    )
)
_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "big", "bdi", "bdo", "cite", "code", "del", "dfn", "em",
        "font", "i", "img", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp",
        "small", "span", "strike", "strong", "sub", "sup", "td", "th", "tt", "u", "var", "wbr",
        "br", "li", "audio", "video", "source", "object", "embed", "iframe", "input", "button",
        "svg", "math", "script", "style", "title", "head", "body", "html", "meta", "link",
    )
)
# fmt: on
_PARAGRAPHS = frozenset(
    ("p", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "dl")
)
_MEDIA = frozenset(("img", "audio", "video", "source", "object", "embed", "iframe"))
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_CODE = frozenset(("code", "kbd", "tt", "samp"))

_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>|<(?P<hidden>script|style|title)(?=[\s/>])[^<>]*>.*?(?:</(?P=hidden)\s*>|\Z)"
    r"|<(?P<shut>/?)(?P<name>[a-z][a-z0-9]*)(?P<inner>[\s/](?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)?>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_DEEPEST = 8
"""So many times a list within a list is set in."""

_TAG = re.compile(
    r"</?([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]+);|<!--"
)
# White space that no tidying touches, until the end.
_SPACE_KEPT, _BREAK_KEPT = "\0", "\1"
# Within a paragraph Markdown sees a space where a line ends, but not where a list goes on.
_SOFT = re.compile(r"(?<=[^\s\\])\n(?=[^\n])(?!\0*(?:- |[0-9]+\. ))")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")


class Plain(NamedTuple):
    """What HTML says. media: names of pictures, sounds and films that it shows. styled: whether it has
    signs that only Markdown keeps: bold, italic, code."""

    text: str
    media: tuple[str, ...]
    styled: bool


def is_html(text: str) -> bool:
    """Whether a text has a tag of HTML, an entity or a comment; `List<int>` and `a < b` have none."""
    return any(found[1] is None or found[1].lower() in _BLOCKS | _INLINE for found in _TAG.finditer(text))


def text_of_html(source: str, *, markdown: bool = False, lines: bool = False) -> Plain:
    """The text of HTML: blocks on lines of their own, lists with dashes or numbers, entities as their
    signs.

    Raised and lowered digits become ² and ₂, other raised text ^(…), lowered _(…). Tags that HTML does not
    have stay as they are written. markdown: with bold, italic and code as Markdown, all else escaped.
    lines: line breaks of the source count, as they do in Moodle's own format.
    """
    reader = _Reader(markdown=markdown, lines=lines)
    reader.feed(source)
    return Plain(reader.text(), tuple(dict.fromkeys(reader.media)), reader.styled)


class _Reader:
    """Gathers the text. Tags are found by a pattern that sees each sign once: the standard library's parser
    takes ten seconds for 30 kB of `<a <a <a`, and files come from anywhere."""

    def __init__(self, *, markdown: bool, lines: bool) -> None:
        self.markdown = markdown
        self.lines = lines
        self.media: list[str] = []
        self.styled = False
        self._parts: list[str] = []
        self._lists: list[int | None] = []
        self._shifts: list[tuple[str, int]] = []
        self._kept = 0
        self._code = 0

    def feed(self, source: str) -> None:
        at = 0
        for token in _TOKEN.finditer(source):
            self._data(source[at : token.start()])
            at = token.end()
            shut, name, inner = token["shut"], (token["name"] or "").lower(), token["inner"] or ""
            if name and name not in _BLOCKS | _INLINE:
                self._data(token[0])
            elif name and shut:
                self._close(name)
            elif name:
                self._open(name, inner)
        self._data(source[at:])

    def _open(self, tag: str, inner: str) -> None:
        if tag in _MEDIA:
            given = {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(inner)}
            if name := given.get("src") or given.get("data"):
                self.media.append(name)
            self._add(self._escaped(given.get("alt", "")))
        elif tag == "br":
            self._parts.append("\n")
        elif tag == "li":
            self._item()
        elif tag in ("sub", "sup"):
            self._shifts.append((tag, len(self._parts)))
        elif tag in ("td", "th"):
            if self._ends_in_text():
                self._parts.append(" | ")
        elif tag in _SIGNS or tag in _CODE:
            self._sign(tag, 1)
        elif tag in _BLOCKS:
            self._block(tag)
            if tag == "pre":
                self._fence(1)
            if tag in ("ul", "ol"):
                self._lists.append(1 if tag == "ol" else None)

    def _close(self, tag: str) -> None:
        if tag in ("sub", "sup"):
            self._shift(tag)
        elif tag in _SIGNS or tag in _CODE:
            self._sign(tag, -1)
        elif tag in _BLOCKS:
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            if tag == "pre" and self._kept:
                self._fence(-1)
            self._block(tag)

    def _data(self, source: str) -> None:
        data = html.unescape(source)
        if self._kept:
            self._add(data.replace(" ", _SPACE_KEPT).replace("\n", _BREAK_KEPT))
        elif self._code and self.markdown:
            self._add(_SPACE.sub(" ", data))
        elif self.lines:
            pieces = [_SPACE.sub(" ", line) for line in data.split("\n")]
            self._add("\n".join(map(self._escaped, pieces)))
        else:
            self._add(self._escaped(_SPACE.sub(" ", data)))

    def text(self) -> str:
        """What was gathered: no white space at the ends of lines, at most one blank line."""
        lines = [line.strip(" ") for line in "".join(self._parts).split("\n")]
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
        if self.markdown:
            text = _SOFT.sub("\\\\\n", text)
        return text.replace(_SPACE_KEPT, " ").replace(_BREAK_KEPT, "\n").strip()

    def _add(self, text: str) -> None:
        if text:
            self._parts.append(text)

    def _escaped(self, text: str) -> str:
        return as_markdown(text) if self.markdown else text

    def _ends_in_text(self) -> bool:
        return bool(self._parts) and not self._parts[-1].endswith("\n")

    def _block(self, tag: str) -> None:
        wanted = 2 if tag in _PARAGRAPHS and not self._lists else 1
        text = "".join(self._parts[-3:])
        there = len(text) - len(text.rstrip("\n"))
        if text.strip():
            self._add("\n" * max(0, wanted - there))

    def _item(self) -> None:
        if self._ends_in_text():
            self._parts.append("\n")
        number = self._lists[-1] if self._lists else None
        self._add(
            _SPACE_KEPT * 2 * min(len(self._lists) - 1, _DEEPEST)
            + ("- " if number is None else f"{number}. ")
        )
        if self._lists and number is not None:
            self._lists[-1] = number + 1

    def _fence(self, step: int) -> None:
        self._kept += step
        if self.markdown:
            self._add(f"```{_BREAK_KEPT}" if step > 0 else f"{_BREAK_KEPT}```")

    def _sign(self, tag: str, step: int) -> None:
        self.styled = True
        if self._kept:
            return
        self._code = max(0, self._code + step * (tag in _CODE))
        if self.markdown:
            self._parts.append("`" if tag in _CODE else _SIGNS[tag])

    def _shift(self, tag: str) -> None:
        """Raise or lower what came since the tag was opened."""
        if not self._shifts or self._shifts[-1][0] != tag:
            return
        _, start = self._shifts.pop()
        inner = "".join(self._parts[start:])
        del self._parts[start:]
        table = _RAISED if tag == "sup" else _LOWERED
        if inner and all(ord(sign) in table for sign in inner):
            self._add(inner.translate(table))
        elif inner.strip():
            self._add(f"{'^' if tag == 'sup' else self._escaped('_')}({inner})")
