"""Markdown → blocks: CommonMark with tables, but without what would hide a part of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quizapp.deck.text import visible
from quizapp.tui.card_text import BLANK, Marked

MOST = 20_000
"""A longer text is shown as it is written: some texts take the parser time that grows with their square."""


class Run(NamedTuple):
    """A piece of text of one kind. A newline in it ends the line. aside: it may be overlooked."""

    text: str
    strong: bool = False
    code: bool = False
    aside: bool = False


class Prose(NamedTuple):
    """A paragraph or a heading."""

    runs: list[Run]
    heading: bool = False


class Code(NamedTuple):
    """Lines of code. language: as its author calls it, "" if nothing is said."""

    text: str
    language: str


class Listing(NamedTuple):
    """A list. first: the number of its first item; None if they have none."""

    items: list[list[Block]]
    first: int | None


class Quote(NamedTuple):
    """What somebody else says."""

    blocks: list[Block]


class Table(NamedTuple):
    """Rows of cells, the head first. right, middle: how each column stands, if not left."""

    rows: list[list[list[Run]]]
    right: list[bool]
    middle: list[bool]


class Break(NamedTuple):
    """A line across."""


Block = Prose | Code | Listing | Quote | Table | Break
Safe = Callable[[str], str]


def read(marked: Marked) -> list[Block]:
    """The blocks of a text. One of which nothing would be seen is shown as it is written."""
    safe = partial(_safe, blank=marked.blank)
    source = marked.source
    if len(source) <= MOST:
        blocks = _blocks(iter(_parser().parse(source)), safe)
        if any(map(_has_text, blocks)):
            return blocks
    return [Prose([Run(safe(source))])]


def plain(blocks: list[Block]) -> str:
    """The text without its signs, for where there is no room to lay it out."""
    return "\n".join(_plain(block) for block in blocks).strip("\n")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    # An entity could be a control character, and a reference would vanish.
    return parser.enable("table").disable(["entity", "reference"])


def _safe(text: str, *, blank: str) -> str:
    shown = visible(text)
    return shown.replace(blank, BLANK) if blank else shown


def _blocks(tokens: Iterator[Token], safe: Safe) -> list[Block]:
    """The blocks up to the end of what they stand in."""
    found: list[Block] = []
    for token in tokens:
        match token.type:
            case "paragraph_open" | "heading_open":
                found.append(Prose(_runs(next(tokens), safe), token.type == "heading_open"))
                next(tokens)
            case "fence" | "code_block":
                language = safe(token.info).split()
                found.append(Code(safe(token.content).rstrip("\n"), language[0] if language else ""))
            case "bullet_list_open":
                found.append(Listing(_items(tokens, safe), None))
            case "ordered_list_open":
                found.append(Listing(_items(tokens, safe), int(token.attrs.get("start", 1))))
            case "blockquote_open":
                found.append(Quote(_blocks(tokens, safe)))
            case "table_open":
                found.append(_table(tokens, safe))
            case "hr":
                found.append(Break())
            case _:
                return found
    return found


def _items(tokens: Iterator[Token], safe: Safe) -> list[list[Block]]:
    items = []
    for token in tokens:
        if token.type != "list_item_open":
            break
        items.append(_blocks(tokens, safe))
    return items


def _table(tokens: Iterator[Token], safe: Safe) -> Table:
    table = Table([], [], [])
    for token in tokens:
        match token.type:
            case "tr_open":
                table.rows.append([])
            case "th_open" | "td_open":
                if token.type == "th_open":
                    style = str(token.attrs.get("style", ""))
                    table.right.append(style.endswith("right"))
                    table.middle.append(style.endswith("center"))
                table.rows[-1].append(_runs(next(tokens), safe))
            case "table_close":
                break
    return table


def _runs(inline: Token, safe: Safe) -> list[Run]:
    """The pieces of a paragraph."""
    runs: list[Run] = []
    strong = 0
    links: list[tuple[str, int]] = []  # where each leads, and the run that it begins with
    for token in inline.children or ():
        text = safe(token.content)
        match token.type:
            case "em_open" | "strong_open":
                strong += 1
            case "em_close" | "strong_close":
                strong -= 1
            case "softbreak":
                runs.append(Run(" ", strong > 0))
            case "hardbreak":
                runs.append(Run("\n"))
            case "code_inline":
                runs.append(Run(text, strong > 0, code=True))
            case "link_open":
                links.append((safe(str(token.attrs.get("href", ""))), len(runs)))
            case "link_close":
                where, start = links.pop()
                runs += _aside(where, "".join(run.text for run in runs[start:]))
            case "image":
                runs.append(Run(text, strong > 0))
                runs += _aside(safe(str(token.attrs.get("src", ""))), text)
            case _:
                runs.append(Run(text, strong > 0))
    return [run for run in runs if run.text]


def _aside(where: str, text: str) -> list[Run]:
    """Where a link leads, behind its text: it can be read, and nothing opens it."""
    if where in ("", text, f"mailto:{text}"):
        return []
    return [Run(f" ({where})" if text else where, aside=True)]


def _has_text(block: Block) -> bool:
    """Whether anything that its author wrote is seen, and not only a sign that stands for something."""
    match block:
        case Listing(items):
            return any(_has_text(inner) for blocks in items for inner in blocks)
        case Quote(blocks):
            return any(map(_has_text, blocks))
        case _:
            return isinstance(block, Break) or bool(_plain(block).strip())


def _plain(block: Block) -> str:
    match block:
        case Prose(runs):
            return "".join(run.text for run in runs)
        case Code(text):
            return text
        case Listing(items, first):
            return "\n".join(
                f"{marker_of(place, first)} {plain(blocks)}" for place, blocks in enumerate(items)
            )
        case Quote(blocks):
            return plain(blocks)
        case Table(rows):
            return "\n".join("  ".join(_plain(Prose(cell)) for cell in row) for row in rows)
        case Break():
            return ""


def marker_of(place: int, first: int | None) -> str:
    """What stands before an item of a list. place: from 0."""
    return "•" if first is None else f"{first + place}."
