"""A tree of HTML → plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from quizapp.deck.exchange.html_tree import BLOCKS, HIDDEN, Node, raw_text, walk

OPEN, CLOSE = "\ue000", "\ue001"
"""Signs of no script, around what is hidden in a cloze."""

SPACE = re.compile(r"[ \t\n\r\f]+")
_APART = frozenset({"hr", "p", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Blocks that Markdown wants a blank line around."""
_RAISED = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))


def spaced(data: str) -> str:
    """The text with each run of white space as one space."""
    # Nearly all texts are so already.
    return SPACE.sub(" ", data) if "  " in data or not data.isprintable() else data


class _Piece(NamedTuple):
    """A part of a text. block: it has lines of its own. apart: and a blank line around them, where Markdown
    wants one. text: None for an empty line."""

    text: str | None
    block: bool = False
    apart: bool = False


class Plain:
    """Makes plain text of a tree."""

    line_end = "\n"
    gap = "\n"
    """Between two blocks that are set apart."""
    indent = 0
    """Cells that the further lines of a point of a list are set in; 0: as many as its sign takes."""

    def __init__(self) -> None:
        self.blank = False  # within what a cloze hides
        self.formed = False  # whether anything was written that is more than plain text

    def blocks(self, node: Node) -> str:
        """What stands in a tag, block under block; no line end behind it."""
        if not node.blocky:
            text = self.line(self.within(node)).removeprefix(" ")
            while text.startswith(self.line_end):
                text = text.removeprefix(self.line_end).lstrip(" ")
            return text
        out = ""
        before = _Piece("", True)
        wide = False
        for piece in self._pieces(node):
            if piece.text is None:
                wide = True
                continue
            text = piece.text.removeprefix(" ") if piece.block or before.block else piece.text
            if not text.strip():
                continue
            if text.startswith(self.line_end):
                wide, text = True, text.removeprefix(self.line_end).lstrip(" ")
            if out:
                out += self._between(before, piece, wide=wide)
            out += text
            before, wide = piece, False
        return out

    def _between(self, before: _Piece, piece: _Piece, *, wide: bool) -> str:
        if not (before.block or piece.block):
            return ""
        if wide:
            return "\n\n"
        return self.gap if before.apart or piece.apart else self.line_end

    def _pieces(self, node: Node) -> Iterator[_Piece]:
        """Blocks, and what stands between them on a line."""
        line = ""
        for child in node.children:
            if isinstance(child, str):
                line = self._joined(line, self.text(child))
                continue
            if child.tag in HIDDEN:
                continue
            if child.tag not in BLOCKS and not child.blocky:
                line = self._joined(line, self.inline(child))
                continue
            if line:
                yield _Piece(self.line(line))
                line = ""
            if child.tag in BLOCKS:
                text = self.block(child)
                empty = child.broken and not text.strip()
                yield _Piece(None if empty else text, True, child.tag in _APART)
            else:
                # <b><div>…</div></b>: the blocks count.
                yield from self._pieces(child)
        if line:
            yield _Piece(self.line(line))

    @staticmethod
    def _joined(line: str, text: str) -> str:
        """White space at an edge counts once."""
        return line + (text.lstrip(" ") if line.endswith((" ", "\n")) else text)

    def line(self, text: str) -> str:
        """A run of text that is no block."""
        # A line break at the end of a line is none.
        return text.rstrip(" ").removesuffix(self.line_end)

    def text(self, data: str) -> str:
        """Text between tags."""
        self.see(data)
        return spaced(data)

    def see(self, data: str) -> None:
        """Notice where a blank begins or ends."""
        if OPEN in data or CLOSE in data:
            self.blank = data.rfind(OPEN) > data.rfind(CLOSE)

    def inline(self, node: Node) -> str:
        """A tag within a line."""
        match node.tag:
            case "br":
                return self.line_end
            case "img":
                return self.text(node.attribute("alt"))
            case "sup" | "sub":
                return self._moved(node)
            case "rt":
                return f"({self.within(node).strip()})"
            case "td" | "th":
                return f" {self.within(node)}"
            case _:
                return self.within(node)

    def within(self, node: Node) -> str:
        """What stands in a tag, as a part of a line."""
        line = ""
        for child in node.children:
            if isinstance(child, str):
                text = self.text(child)
            elif child.tag not in HIDDEN:
                text = self.inline(child)
            else:
                continue
            line = self._joined(line, text) if text[:1] == " " else line + text
        return line

    def _moved(self, node: Node) -> str:
        """Raised or lowered text: in signs that are so, where there are such."""
        text, signs = self.within(node), _RAISED if node.tag == "sup" else _LOWERED
        if text.strip() and all(sign in signs for sign in text.strip()):
            return "".join(signs[sign] for sign in text.strip())
        return self.moved("^" if node.tag == "sup" else "_", text) if text.strip() else text

    def moved(self, sign: str, text: str) -> str:
        """Raised or lowered text that there are no signs for."""
        return f"{sign}{text}"

    def block(self, node: Node) -> str:
        """A tag that has lines of its own."""
        match node.tag:
            case "pre":
                return self.code(node)
            case "ul" | "ol":
                return self._list(node)
            case "table":
                return self.table(node)
            case "tr":
                return self._row(node)
            case "hr":
                return self.rule()
            case _:
                return self.blocks(node)

    def code(self, node: Node) -> str:
        """Text whose white space counts."""
        return raw_text(node).strip("\n")

    def rule(self) -> str:
        """A line across."""
        return "―" * 10

    def _list(self, node: Node) -> str:
        lines: list[str] = []
        number = 0
        for child in node.children:
            if isinstance(child, str):
                if child.strip():
                    lines.append(self.text(child).strip())
                continue
            text = self.blocks(child) if child.tag == "li" else self.block(child)
            text = re.sub(r"\n\n(?=\s*(?:- |\d+\. ))", "\n", text)
            if child.tag == "li":
                number += 1
                sign = f"{number}. " if node.tag == "ol" else "- "
                text = sign + text.replace("\n", "\n" + " " * (self.indent or len(sign)))
            elif child.tag in ("ul", "ol"):
                # A list within a list, but not within one of its points.
                text = "  " + text.replace("\n", "\n  ")
            if text.strip():
                lines.append(text)
        return "\n".join(lines)

    def table(self, node: Node) -> str:
        """Rows and cells."""
        return "\n".join(self._row(row) for row in walk(node) if row.tag == "tr") or self.blocks(node)

    def _row(self, row: Node) -> str:
        return " | ".join(self.cells(row))

    def cells(self, row: Node) -> list[str]:
        """The texts of a row."""
        cells = (cell for cell in row.children if isinstance(cell, Node) and cell.tag in ("td", "th"))
        return [" ".join(self.blocks(cell).split()) for cell in cells]


class Paragraphs(Plain):
    """Makes plain text with a blank line between paragraphs, as GIFT and tables have it."""

    gap = "\n\n"
    indent = 2

    def __init__(self, *, lines: bool = False) -> None:
        """lines: line breaks of the source count, as they do in Moodle's own format."""
        super().__init__()
        self._lines = lines

    def text(self, data: str) -> str:
        if not self._lines or "\n" not in data:
            return super().text(data)
        first, *others = map(spaced, data.split("\n"))
        return "\n".join((first, *(line.removeprefix(" ") for line in others)))

    def moved(self, sign: str, text: str) -> str:
        return f"{sign}({text})"
