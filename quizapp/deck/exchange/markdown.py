"""Markdown with `Q:`, `A:` and `C:` lines, as hashcards and repeater have it, both ways.

`Q:` and `A:` make a flip card, `C:` with [square brackets] around each blank a cloze. A text goes on until
the next mark or a line `---`. The head stands in front matter of TOML: `name = "…"`. docs/exchange.md says
the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import tomli
from msgspec import Struct, field

from quizapp.deck.cloze import ClozeError, join_cloze, split_cloze
from quizapp.deck.exchange.draft import Draft, Loss, Table, gathered, head_lost, lines_of
from quizapp.deck.exchange.marks import as_markdown, from_markdown
from quizapp.deck.exchange.valid import entry_of, valid
from quizapp.deck.tables import EntryTable, as_text, quoted

_MARK = re.compile(r"([QAC]):(.*)")
_RULE = "---"
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?\S)(?:[ \t]+#*)?[ \t]*")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_IMAGE = re.compile(r"!\[[^\]]{0,300}\]\(([^)\s]{0,300})[^)]{0,300}\)")
_BRACKET = re.compile(rf"\\[\[\]]|{_IMAGE.pattern}|[\[\]]")
_BEFORE_BRACKET = re.compile(r"(?:\\\\?|!)\Z")
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
    for block in _blocks(lines, start):
        _take(block, found)
    if found.plain is None:
        found.plain = not any(_is_marked(table) for table in found.entries)
        if not found.plain:
            found.head["markdown"] = True
    draft = Draft(tuple(found.entries), found.head, tuple(found.losses), tuple(found.places))
    return valid(draft)


def _front_matter(lines: Sequence[str], found: _Found) -> int:
    """Take the head, if the file begins with one. → the number (0-based) of the line behind it."""
    if lines[0].strip() != _RULE:
        return 0
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == _RULE), 0)
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
        if mark or line.strip() == _RULE:
            if block:
                block.ruled = not mark
                yield block
            block = _Block(mark[1], number, [mark[2]]) if mark else None
        elif block:
            (block.text if block.answer is None else block.answer).append(line)
        elif line.strip():
            block = _Block("", number, [line])
    if block:
        block.ruled = True
        yield block


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
        front, _, back = (part.strip() for part in line.partition("::"))
        if not (heading or (front and back)) and number < block.line + len(block.text):
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
        elif front and back:
            found.add(number, {"front": _said(front, found), "back": _said(back, found)})


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
        sign, image = text[at], _IMAGE.match(text, at)
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
        fenced = sum(_FENCE.match(line) is not None for line in lines) % 2
        if heading is None or fenced or (not headings and lines[-2].strip()):
            return headings
        headings.insert(0, heading[2])
        lines.pop()


def _text(lines: Iterable[str]) -> str:
    # A line that would begin a card is written with a backslash.
    return re.sub(r"^([QAC])\\:", r"\1:", "\n".join(lines).strip(), flags=re.MULTILINE)


def _said(text: str, found: _Found) -> str:
    return from_markdown(text) if found.plain else text


def _name_images(block: _Block, text: str, found: _Found) -> None:
    for image in _IMAGE.finditer(text):
        found.lose(block.line, f"the picture or sound {quoted(image[1])} does not come along")


def _is_marked(table: Table) -> bool:
    """Whether a text of the entry shows otherwise as Markdown than as it is written."""
    texts = split_cloze(str(table["cloze"])) if "cloze" in table else [str(item) for item in table.values()]
    return any(as_markdown(text) != text for text in texts)


def _lines(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first} to {last}"


# ---- writing


def write(draft: Draft) -> tuple[str, tuple[Loss, ...]]:
    """The cards that the format can hold, and what it can't. Plain texts are escaped; if a card is
    Markdown, all are written so."""
    draft = valid(draft)
    marked = draft.head.get("markdown") is True
    blocks: list[str] = []
    found: list[tuple[str, str]] = []
    any_marked = False
    for place, table in draft.placed():
        entry = entry_of(table)
        rich = marked if entry.markdown is None else entry.markdown
        any_marked |= rich
        blocks += _written(entry, draft.head, _guarded if rich else as_markdown, rich)
        found += ((place, what) for what in _lost(entry))
    losses = head_lost(draft.head, ("title", "about", "source", "markdown"))
    return "\n".join([_front_text(draft, any_marked), *blocks]), (*draft.losses, *losses, *gathered(found))


def _front_text(draft: Draft, marked: bool) -> str:
    """The head as front matter. Both programs read `name` in it, and pass over the rest."""
    said: dict[str, Any] = {"name": draft.head.get("title"), "markdown": marked}
    said |= {key: draft.head.get(key) for key in ("about", "source")}
    lines = [f"{key} = {_one_line(item)}" for key, item in said.items() if item is not None]
    return "\n".join((_RULE, *lines, _RULE, ""))


def _one_line(item: Any) -> str:
    if isinstance(item, bool):
        return str(item).lower()
    # repeater takes any line with :: above the first card for a card.
    text = json.dumps(as_text(item), ensure_ascii=False)
    return text.replace("\x7f", "\\u007f").replace("::", ":\\u003a")


def _written(entry: EntryTable, head: Any, shown: Callable[[str], str], rich: bool) -> list[str]:
    """The entry as blocks of text."""
    if entry.cloze:
        return [_block("C", _bracketed(str(entry.cloze), rich))]
    if entry.front:
        front, back = shown(str(entry.front)), shown(str(entry.back))
        pairs = [(front, back), (back, front)] if entry.reverse else [(front, back)]
        return [_block("Q", question) + _block("A", answer) for question, answer in pairs]
    prompt, answer = str(entry.statement or entry.question), entry.answer
    if isinstance(answer, bool):
        answer = "True" if answer else "False"
        choices: Sequence[Any] = ("True", "False")
    elif entry.statement:
        choices = [as_text(choice) for choice in head.get("choices", ())]
    else:
        choices = sorted([answer, *entry.wrong], key=lambda text: str(text).casefold()) if entry.wrong else ()
    listed = "".join(f"\n- {as_markdown(str(choice))}" for choice in choices)
    question = f"{shown(prompt)}\n{listed}" if listed else shown(prompt)
    return [_block("Q", question) + _block("A", as_markdown(str(answer)))]


def _block(mark: str, text: str) -> str:
    text = text.strip()
    return f"{mark}:\n{text}\n" if "\n" in text else f"{mark}: {text}\n"


def _guarded(text: str) -> str:
    """Markdown, none of whose lines begins or ends a card."""
    text = re.sub(r"^([QAC]):", r"\1\\:", text, flags=re.MULTILINE)
    # Four dashes in from the edge are a line across too.
    return re.sub(r"^(?:\s*---\s*$|(?=---))", lambda at: " ----" if at[0] else " ", text, flags=re.MULTILINE)


def _bracketed(cloze: str, rich: bool) -> str:
    """The cloze with square brackets around its blanks, and plain ones escaped."""
    shown = [
        _BRACKET.sub(_escaped, _guarded(piece)) if rich else as_markdown(piece)
        for piece in split_cloze(cloze)
    ]
    # What stands before a bracket would make it a plain one, or a picture's.
    for place, piece in enumerate(shown[:-1]):
        shown[place] = _BEFORE_BRACKET.sub("&#92;" if piece.endswith("\\") else "&#33;", piece)
    return "".join(f"[{piece}]" if place % 2 else piece for place, piece in enumerate(shown))


def _escaped(found: re.Match[str]) -> str:
    return found[0] if len(found[0]) > 1 else f"\\{found[0]}"


def _lost(entry: EntryTable) -> Iterator[str]:
    """What of the entry the format does not hold."""
    if entry.statement or entry.wrong:
        yield "became a question with its choices listed"
    elif entry.question:
        yield "became a question whose answer is not typed"
    if entry.reverse:
        yield "became two cards, one for each way"
    for key in ("accept", "variants", "why", "hint", "aspect", "tags", "id"):
        if getattr(entry, key):
            yield f"{quoted(key)} was left out"
    if entry.source:
        yield '"from" was left out'
