"""A tree of HTML → Markdown, with signs before what would be taken for a sign."""

from __future__ import annotations

import re

from quizapp.deck.exchange.html_plain import CLOSE, OPEN, Plain, spaced
from quizapp.deck.exchange.html_tree import Node, raw_text, walk

_STRONG = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_CODE = frozenset({"code", "tt", "kbd", "samp"})
_SPECIAL = re.compile(r"([\\`*_\[\]~])|(<)(?=[A-Za-z/!?])|(&)(?=#?\w+;)")
_AT_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-{2,}\s*$)", re.M)
_NUMBERED = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)", re.M)
_LINKS = ("http://", "https://", "mailto:")
_BLANK = re.compile(f"([{OPEN}{CLOSE}])")
_WORD = re.compile(r"\w")
_ALPHANUMERIC = re.compile(r"[^\W_]")


class Markdown(Plain):
    """Makes Markdown of a tree."""

    line_end = "\\\n"
    gap = "\n\n"

    def __init__(self) -> None:
        super().__init__()
        self._marks: list[str] = []

    def text(self, data: str) -> str:
        data = spaced(data)
        if not self.blank and OPEN not in data:
            return _escaped(data)
        out = ""
        for part in _BLANK.split(data):
            self.see(part)
            out += part if self.blank or part in (OPEN, CLOSE) else _escaped(part)
        return out

    def line(self, text: str) -> str:
        text = super().line(text)
        if text.count("\n") > 1:
            # Two line breaks in a row: a new paragraph.
            text = re.sub(r"(?<=[^\n])\\\n(?: *\\\n)+", "\n\n", text)
        # Few lines begin so, and looking is cheaper than replacing nothing.
        if _AT_START.search(text):
            text = _AT_START.sub(r"\1\\\2", text)
        return _NUMBERED.sub(r"\1\\\2", text) if _NUMBERED.search(text) else text

    def inline(self, node: Node) -> str:
        tag = node.tag
        if self.blank:
            return self.within(node) if tag != "br" else "\n"
        if tag in _STRONG:
            return self._marked(node, _STRONG[tag])
        if tag == "br":
            return self.line_end
        if tag in _CODE:
            return _ticked(raw_text(node).replace("\n", " "), self)
        if tag == "a" and node.attribute("href").startswith(_LINKS):
            text, href = self.within(node).strip(), node.attribute("href")
            bad = re.search(r"[\s()<>\\]", href) or not text or OPEN in text or CLOSE in text
            self.formed = self.formed or not bad
            return text if bad else f"[{text}]({href})"
        return super().inline(node)

    def _marked(self, node: Node, mark: str) -> str:
        """Bold or italics; where Markdown would not see them as such, the text alone."""
        if mark in self._marks:
            return self.within(node)
        self._marks.append(mark)
        text = self.within(node)
        self._marks.pop()
        inner = text.strip()
        # Marks that only one end of a blank lies between would be torn in two.
        torn = inner.count(OPEN) != inner.count(CLOSE) or ("\n" in inner and re.search(r"\\\n *\\\n", inner))
        if not inner or self.blank or torn or inner.endswith("\\") or inner.startswith("\\\n"):
            return text
        lead, tail = ("", "") if inner == text else (text[: text.index(inner)], text[len(text.rstrip()) :])
        # A sign at an edge needs a space or a sign beyond it, and what is there is not known here.
        if not (_WORD.match(inner) or inner[0] in OPEN) and not lead:
            return text
        if not (_WORD.match(inner[-1]) or inner[-1] in CLOSE) and not tail:
            return text
        self.formed = True
        return f"{lead}{mark}{inner}{mark}{tail}"

    def code(self, node: Node) -> str:
        text = raw_text(node).strip("\n")
        self.see(text)
        self.formed = True
        fence = "`" * max(3, *(len(ticks) + 1 for ticks in re.findall("`+", text) or [""]))
        return f"{fence}\n{text}\n{fence}"

    def rule(self) -> str:
        return "---"

    def block(self, node: Node) -> str:
        match node.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self.formed = True
                text = " ".join(self.blocks(node).replace("\\\n", " ").split())
                return f"{'#' * int(node.tag[1])} {text}" if text else ""
            case "blockquote":
                self.formed = True
                return "> " + self.blocks(node).strip().replace("\n", "\n> ")
            case _:
                return super().block(node)

    def table(self, node: Node) -> str:
        rows = [self.cells(row) for row in walk(node) if row.tag == "tr"]
        rows = [[cell.replace("\\ ", " ").replace("|", "\\|") for cell in row] for row in rows if row]
        if not rows:
            return self.blocks(node)
        self.formed = True
        width = max(map(len, rows))
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def _escaped(text: str) -> str:
    def sign(found: re.Match[str]) -> str:
        if found[0] == "\\" and _ALPHANUMERIC.match(text[found.end() : found.end() + 1]):
            return "\\"
        before = text[found.start() - 1 : found.start()]
        if found[0] == "_" and _ALPHANUMERIC.match(before):
            # Within a word or behind it; before one it could begin italics.
            return "_"
        return f"\\{found[0]}"

    # Most texts have none of these signs.
    return _SPECIAL.sub(sign, text) if _SPECIAL.search(text) else text


def _ticked(text: str, renderer: Plain) -> str:
    """Code within a line."""
    renderer.see(text)
    inner = text.strip()
    if not inner or OPEN in inner or CLOSE in inner:
        return text
    renderer.formed = True
    ticks = "`" * (max((len(found) for found in re.findall("`+", inner)), default=0) + 1)
    pad = " " if inner.startswith("`") or inner.endswith("`") else ""
    return f"{ticks}{pad}{inner}{pad}{ticks}"
