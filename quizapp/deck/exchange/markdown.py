"""Markdown with `Q:`, `A:` and `C:` lines, as hashcards and repeater have it, read. `markdown_write` writes
it.

`Q:` and `A:` make a flip card, `C:` with [square brackets] around each blank a cloze. A text goes on until
the next mark or a line `---`. The head stands in front matter of TOML: `name = "…"`. docs/exchange.md says
the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tomli
from msgspec import Struct, field

from quizapp.deck.cloze import ClozeError, join_cloze, split_cloze
from quizapp.deck.exchange.draft import Draft, Loss, Table, gathered, lines_of
from quizapp.deck.exchange.marks import as_markdown, from_markdown
from quizapp.deck.exchange.valid import valid
from quizapp.deck.tables import quoted

_MARK = re.compile(r"([QAC]):(.*)")
RULE = "---"
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?\S)(?:[ \t]+#*)?[ \t]*")
FENCE = re.compile(r"\s*(?:```|~~~)")
IMAGE = re.compile(r"!\[[^\]]{0,300}\]\(([^)\s]{0,300})[^)]{0,300}\)")
_BOLD = r"(?:\*\*|__|[*_])"
_POINT = r"(?:[-*+>]|[0-9]{1,3}[.)])"
ALMOST = rf"(?:[ \t]{{0,3}}(?:{_POINT}[ \t]+{_BOLD}?|{_BOLD})Q{_BOLD}?)"
"""What stands before the colon of a line that is no mark, but was perhaps meant as one."""
_ALMOST = re.compile(f"{ALMOST}:")
_LIKELY = re.compile(
    rf"[ \t]*(?:(?:{_POINT}|#{{1,6}})[ \t]+)?{_BOLD}?(?:q|question|front)[ ]?[0-9]{{0,4}}{_BOLD}?[ ]?"
    r"(?:[:.)].*)?",
    re.IGNORECASE,
)
_CODED = re.compile(r"&#(33|91|92|93);")
_YAML = re.compile(r"(title|name|markdown)\s*[:=]\s*(.*?)\s*")
_HEAD = ("about", "source")


class _Block(Struct):
    """What stands between two marks. mark: Q, C, A for an answer without a question, or "" for text that is
    no card. line: 1-based. ruled: a line `---` ended it, so that all of it is its text."""

    mark: str
    line: int
    text: list[str]
    answer: list[str] | None = None
    ruled: bool = False


class _Found(Struct):
    """What a file says. plain: whether its texts are plain ones with all signs of Markdown escaped."""

    head: dict[str, Any] = field(default_factory=dict)
    plain: bool | None = None
    aspect: str = ""
    entries: list[Table] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    def add(self, line: int, table: dict[str, Any]) -> None:
        if self.aspect:
            table["aspect"] = self.aspect
        self.entries.append(table)
        self.places.append(f"line {line}")

    def lose(self, line: int, what: str) -> None:
        self.losses.append(Loss(f"line {line}", what))


# ---- reading


def read(text: str) -> Draft:
    """The cards of a Markdown file. A title is the front matter's, or a first heading; further headings are
    the aspect of what follows. Texts are Markdown, unless none of them has any."""
    lines = lines_of(text)
    found = _Found()
    start = _front_matter(lines, found)
    almost: list[tuple[str, str]] = []
    for block in _blocks(lines, start):
        almost += _almost(block)
        _take(block, found)
    found.losses += gathered(almost)
    if found.plain is None:
        found.plain = not any(_is_marked(table) for table in found.entries)
        if not found.plain:
            found.head["markdown"] = True
    draft = Draft(tuple(found.entries), found.head, tuple(found.losses), tuple(found.places))
    return valid(draft)


def _front_matter(lines: Sequence[str], found: _Found) -> int:
    """Take the head, if the file begins with one. → the number (0-based) of the line behind it."""
    if lines[0].strip() != RULE:
        return 0
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == RULE), 0)
    inner = lines[1:end]
    if not end or any(_MARK.match(line) for line in inner):
        return 0
    try:
        said = tomli.loads("\n".join(inner))
    except (ValueError, RecursionError):
        _yaml(inner, found)
        return end + 1
    for key, item in said.items():
        if key in ("name", "title") and isinstance(item, str):
            found.head["title"] = item
        elif key == "markdown" and isinstance(item, bool):
            found.plain = not item
            if item:
                found.head["markdown"] = True
        elif key in _HEAD and isinstance(item, str):
            found.head[key] = item
        else:
            found.lose(_line_of(key, inner), f"{quoted(key)} was left out: a deck has no such key")
    return end + 1


def _yaml(inner: Sequence[str], found: _Found) -> None:
    """The title of front matter in YAML; its other lines are lost."""
    for number, line in enumerate(inner, 2):
        said = _YAML.fullmatch(line)
        if said and said[1] in ("title", "name"):
            found.head["title"] = said[2].strip("\"'")
        elif line.strip():
            found.lose(number, f"{quoted(line.strip())} was left out: it is no key of a deck")


def _line_of(key: str, inner: Sequence[str]) -> int:
    return next((number for number, line in enumerate(inner, 2) if key in line), 1)


def _blocks(lines: Sequence[str], start: int) -> Iterator[_Block]:
    """The file in blocks, each whole."""
    block: _Block | None = None
    for number, line in enumerate(lines[start:], start + 1):
        mark = _MARK.match(line)
        if mark and mark[1] == "A" and block and block.mark == "Q" and block.answer is None:
            block.answer = [mark[2]]
            continue
        if mark or line.strip() == RULE:
            if block:
                block.ruled = not mark
                yield block
            block = _Block(mark[1], number, [mark[2]]) if mark else None
        elif block and _ends_cloze(block, line):
            yield block
            block = _Block("", number, [line])
        elif block:
            (block.text if block.answer is None else block.answer).append(line)
        elif line.strip():
            block = _Block("", number, [line])
    if block:
        block.ruled = True
        yield block


def _ends_cloze(block: _Block, line: str) -> bool:
    """Whether a line is a card of its own, and no part of the cloze above it."""
    if block.mark != "C" or block.text[-1].strip() or line[:1].isspace() or "[" in line:
        return False
    return on_one_line(line) is not None and not _is_fenced(block.text)


def on_one_line(line: str) -> tuple[str, str] | None:
    """The front and back of `front::back`."""
    front, _, back = (part.strip() for part in line.partition("::"))
    return (front, back) if front and back else None


def _is_fenced(lines: Iterable[str]) -> bool:
    """Whether a block of code is open at the end of the lines."""
    return sum(FENCE.match(line) is not None for line in lines) % 2 == 1


def _almost(block: _Block) -> Iterator[tuple[str, str]]:
    """The lines that were perhaps meant as cards, and what is to be done then."""
    lines = [*block.text, *(block.answer or ())]
    fenced = False
    for at, line in enumerate(lines):
        place = f"line {block.line + at}"
        fenced ^= FENCE.match(line) is not None
        if fenced:
            continue
        if not block.mark:
            if _LIKELY.fullmatch(line) and on_one_line(line) is None:
                yield (
                    place,
                    "looks like a question; write Q: at the start of its line, and A: at that of its answer",
                )
        elif _ALMOST.match(line) or (line.startswith("q:") and _next(lines, at).startswith("a:")):
            yield (
                place,
                "looks like a question, and is part of the card above; write Q: at the start of the line",
            )
        elif at and not lines[at - 1].strip() and not line[:1].isspace() and _is_apart(block, at, line):
            yield place, "looks like a card, and is part of the text above; write --- on a line before it"


def _next(lines: Sequence[str], at: int) -> str:
    """The next line with something in it; "" for none."""
    return next((line for line in lines[at + 1 :] if line.strip()), "")


def _is_apart(block: _Block, at: int, line: str) -> bool:
    # The line of an A: is what stands behind it.
    return block.mark != "C" and at != len(block.text) and on_one_line(line) is not None


def _take(block: _Block, found: _Found) -> None:
    if block.mark == "":
        _take_notes(block, found)
        return
    headings = [] if block.ruled else _headings_below(block)
    match block.mark:
        case "A":
            found.lose(block.line, "an answer without a question was left out")
        case "C":
            _take_cloze(block, found)
        case _ if block.answer is None:
            found.lose(block.line, "a question without an answer was left out")
        case _:
            front, back = _text(block.text), _text(block.answer)
            _name_images(block, f"{front}\n{back}", found)
            found.add(block.line, {"front": _said(front, found), "back": _said(back, found)})
    if headings:
        found.aspect = headings[-1]


def _take_notes(block: _Block, found: _Found) -> None:
    """Text between cards: headings, cards on one line (`front::back`), and notes, which are lost."""
    first: int | None = None
    last = block.line
    for number, line in enumerate([*block.text, ""], block.line):
        heading = _HEADING.fullmatch(line)
        sides = on_one_line(line)
        if not (heading or sides) and number < block.line + len(block.text):
            if line.strip():
                first, last = first or number, number
            continue
        if first is not None:
            found.losses.append(Loss(_lines(first, last), "text that is part of no card was left out"))
            first = None
        if heading and heading[1] == "#" and "title" not in found.head and not found.entries:
            found.head["title"] = heading[2]
        elif heading:
            found.aspect = heading[2]
        elif sides:
            found.add(number, {"front": _said(sides[0], found), "back": _said(sides[1], found)})


def _take_cloze(block: _Block, found: _Found) -> None:
    text = _text(block.text)
    _name_images(block, text, found)
    try:
        pieces = _pieces(text)
        if found.plain:
            pieces = [from_markdown(piece) for piece in pieces]
        found.add(block.line, {"cloze": join_cloze(pieces)})
    except ClozeError as error:
        found.lose(block.line, f"left out: {error}")


def _pieces(text: str) -> list[str]:
    r"""A `C:` text in pieces: plain, blank, plain, … `\[` and `\]` are plain, and so is a picture's `![…]`.

    Raises ClozeError where blanks can't be told.
    """
    pieces = [""]
    at = 0
    while at < len(text):
        sign, image = text[at], IMAGE.match(text, at)
        step = 1
        if text.startswith(("\\[", "\\]"), at):
            sign, step = text[at + 1], 2
        elif text.startswith("\\&", at):
            sign, step = "\\&", 2
        elif coded := _CODED.match(text, at):
            sign, step = chr(int(coded[1])).replace("\\", "\\\\"), len(coded[0])
        elif image:
            sign, step = image[0], len(image[0])
        elif sign in "[]":
            if (sign == "[") != (len(pieces) % 2 == 1):
                raise ClozeError("its square brackets do not pair", r"write \[ and \] for plain ones")
            pieces.append("")
            sign = ""
        pieces[-1] += sign
        at += step
    if len(pieces) % 2 == 0:
        raise ClozeError("a [ is never closed", r"write \[ for a plain one")
    if len(pieces) == 1:
        raise ClozeError("it has no [blank]", "put square brackets around what is hidden")
    return pieces


def _headings_below(block: _Block) -> list[str]:
    """The headings that end a card's text, taken from it: they belong to what follows."""
    lines = block.text if block.answer is None else block.answer
    headings: list[str] = []
    while True:
        while lines and not lines[-1].strip():
            lines.pop()
        heading = _HEADING.fullmatch(lines[-1]) if len(lines) > 1 else None
        if heading is None or _is_fenced(lines) or (not headings and lines[-2].strip()):
            return headings
        headings.insert(0, heading[2])
        lines.pop()


def _text(lines: Iterable[str]) -> str:
    # A line that would begin a card is written with a backslash.
    return re.sub(rf"^([QAC]|{ALMOST})\\:", r"\1:", "\n".join(lines).strip(), flags=re.MULTILINE)


def _said(text: str, found: _Found) -> str:
    return from_markdown(text) if found.plain else text


def _name_images(block: _Block, text: str, found: _Found) -> None:
    for image in IMAGE.finditer(text):
        found.lose(block.line, f"the picture or sound {quoted(image[1])} does not come along")


def _is_marked(table: Table) -> bool:
    """Whether a text of the entry shows otherwise as Markdown than as it is written."""
    texts = split_cloze(str(table["cloze"])) if "cloze" in table else [str(item) for item in table.values()]
    return any(as_markdown(text) != text for text in texts)


def _lines(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first} to {last}"
