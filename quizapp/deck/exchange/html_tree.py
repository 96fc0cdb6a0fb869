"""HTML as a tree of tags. Any text is taken: what is closed too early, twice or never is put right.

html.parser of the standard library would do, but takes four times as long: half of an import's time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

BLOCKS = frozenset(
    {
        "div",
        "p",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "blockquote",
        "pre",
        "section",
        "article",
        "header",
        "footer",
    }
    | {
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dl",
        "dt",
        "dd",
        "center",
        "hr",
        "figure",
        "figcaption",
        "details",
    }
    | {"thead", "tbody", "tfoot", "summary", "address", "main", "nav", "aside", "form"}
)
# fmt: off
KNOWN = BLOCKS | frozenset(
    (
        "a", "abbr", "acronym", "b", "big", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "fieldset",
        "font", "i", "img", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp",
        "small", "span", "strike", "strong", "sub", "sup", "td", "th", "tt", "u", "var", "wbr",
        "br", "audio", "video", "source", "object", "embed", "iframe", "input", "button",
        "svg", "math", "script", "style", "title", "head", "body", "html", "meta", "link",
    )
)
# fmt: on
"""Tags that HTML has. Anki shows nothing of others; elsewhere `List<int>` is a text."""
HIDDEN = frozenset({"script", "style", "head", "title", "template", "rp", "noscript"})
"""Tags of which nothing is ever shown."""

_VOID = frozenset({"br", "hr", "img", "input", "source", "col", "embed", "link", "meta", "wbr", "area"})
_CLOSED_BY = {"li": {"li"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"}, "p": {"p"}}
_CLOSED_BY |= {"dt": {"dt", "dd"}, "dd": {"dt", "dd"}}
_DEEPEST = 60
"""Tags that lie deeper are read as if they were not there: nobody writes them, and each costs a call."""

# Whatever it is given, it looks at no character more than a few times: a "<" ends what an earlier one began.
_TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9:-]*)((?>"[^"<]*"|'[^'<]*'|[^"'<>])*)>""")
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>", re.S)
# What makes a text HTML.
_SIGN = re.compile(
    r"</?([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]+);|<!--"
)
_UNSEEN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.S | re.I)


class Node:
    """A tag with what it holds, texts and tags. blocky: whether there are blocks among the
    latter. broken: whether there is a line break."""

    __slots__ = ("blocky", "broken", "children", "raw", "tag")

    def __init__(self, tag: str, raw: str = "") -> None:
        self.tag = tag
        self.raw = raw
        self.children: list[Node | str] = []
        self.blocky = False
        self.broken = False

    def attribute(self, name: str) -> str:
        """An attribute, "" if it has none of that name."""
        for found, *values in _ATTRIBUTE.findall(self.raw):
            if found.lower() == name:
                return unescape(next((value for value in values if value), ""))
        return ""


def is_html(text: str) -> bool:
    """Whether a text has a tag of HTML, an entity or a comment; `List<int>` and `a < b` have none."""
    return any(found[1] is None or found[1].lower() in KNOWN for found in _SIGN.finditer(text))


def tree_of(html: str, *, known: frozenset[str] | None = None) -> Node:
    """The tree of a piece of HTML, in a tag without a name. known: what is a tag; others are text. None: all
    are."""
    if "<!" in html or "<?" in html:
        html = _COMMENT.sub("", html)
    if "<s" in html or "<S" in html:
        html = _UNSEEN.sub("", html)
    root = Node("")
    opened = [root]
    pieces = _TAG.split(html)
    if pieces[0]:
        root.children.append(unescape(pieces[0]))
    for place in range(1, len(pieces), 4):
        closing, written, raw, text = pieces[place : place + 4]
        tag = written.lower()
        if known is not None and tag not in known:
            text = f"<{closing}{written}{raw}>{text}"
        elif closing:
            if opened[-1].tag == tag and len(opened) > 1:
                opened.pop()
            else:
                _close(opened, tag)
        else:
            if opened[-1].tag in _CLOSED_BY.get(tag, ()):
                opened.pop()
            node = Node(tag, raw)
            opened[-1].children.append(node)
            if tag in BLOCKS:
                for above in reversed(opened):
                    if above.blocky:
                        break
                    above.blocky = True
            elif tag == "br":
                for above in reversed(opened):
                    if above.broken:
                        break
                    above.broken = True
            if tag not in _VOID and not raw.endswith("/") and len(opened) < _DEEPEST:
                opened.append(node)
        if text:
            opened[-1].children.append(unescape(text) if "&" in text else text)
    return root


def _close(opened: list[Node], tag: str) -> None:
    for place in range(len(opened) - 1, 0, -1):
        if opened[place].tag == tag:
            del opened[place:]
            return


def walk(node: Node) -> Iterator[Node]:
    """All tags within, those that are never shown left out."""
    for child in node.children:
        if isinstance(child, Node) and child.tag not in HIDDEN:
            yield child
            if child.children:
                yield from walk(child)


def raw_text(node: Node) -> str:
    """All text, with its white space."""
    out = ""
    for child in node.children:
        if isinstance(child, str):
            out += child
        elif child.tag == "br":
            out += "\n"
        elif child.tag not in HIDDEN:
            text = raw_text(child)
            out += f"\n{text}" if child.tag in BLOCKS and out and not out.endswith("\n") else text
    return out
