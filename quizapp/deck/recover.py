"""What can still be read of a deck file that is not TOML: cut at its headers, each piece is parsed alone."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import tomli
from msgspec import Struct, field

from quizapp.deck.entry import MORE_ANSWERS
from quizapp.deck.faults import SINGLE_BRACKETS
from quizapp.deck.scan import CARD_LINE, Entry, Layout, Place, layout, scan
from quizapp.deck.tables import quoted, remedy_of_key

_KEY = re.compile(r"""[ \t]*["']?([A-Za-z_]+)["']?[ \t]*=""")
_WORD = re.compile(r"[^\s,#\]]*")
_ESCAPES = ("Unescaped", "Invalid hex value", "Escaped character")
_CURLY = "“”„‟‘’‚«»"


class Broken(NamedTuple):
    """What is wrong with a piece, and where. entry: 0-based, None for the head."""

    entry: int | None
    message: str
    remedy: str
    place: Place


class Recovered(Struct):
    """head: the deck's keys and tables that could be read. entries: by number, None where broken.
    head_broken: the part above the first header could not be read."""

    head: dict[str, Any] = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    layout: Layout = field(default_factory=lambda: Layout({}, []))
    head_broken: bool = False


class _Error(NamedTuple):
    """late: tomli noticed it only at the end of the key or header that is wrong."""

    message: str
    remedy: str
    at: int
    late: bool = False


def recover(text: str) -> Recovered:
    """All good pieces of the text, and a fault for each broken one."""
    result = Recovered()
    cuts = _cuts(text)
    result.layout = layout(text, cuts)
    entries = {entry.start for entry in result.layout.entries}
    line = 1
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        piece = text[start:end]
        found = _parse(piece)
        if isinstance(found, _Error):
            place = _place(piece, line, found)
            number = len(result.entries) if start in entries else None
            result.broken.append(Broken(number, found.message, found.remedy, place))
            if number is not None:
                result.entries.append(None)
            elif start == 0:
                result.head_broken = True
        elif start in entries:
            _add_entry(result, found.get("card"))
        else:
            _add_head(result, found, _place(piece, line, _Error("", "", 0, late=True)))
        line += piece.count("\n")
    if not result.broken:
        whole = _parse(text)
        if isinstance(whole, _Error):
            place = _place(text, 1, whole)
            result.broken.append(Broken(None, whole.message, whole.remedy, place))
    return result


def _cuts(text: str) -> list[int]:
    """Offsets to cut at: every header, but not a card's sub-tables.

    A string that was never closed hides the headers after it; the piece is then cut at each line that looks
    like one, if that gives pieces that can be read.
    """
    starts = _headers(text, 0, len(text))
    cuts: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        cuts.append(start)
        hidden = [match.start() for match in CARD_LINE.finditer(text, start + 1, end)]
        if not hidden:
            continue
        error = _parse(text[start:end])
        if isinstance(error, _Error) and _are_headers(text, start, end, hidden, error):
            for a, b in zip(hidden, [*hidden[1:], end], strict=True):
                cuts += _headers(text, a, b)
    return cuts


def _are_headers(text: str, start: int, end: int, hidden: list[int], error: _Error) -> bool:
    """Whether the hidden lines of a broken piece are headers, not lines of a text that has its end."""
    if start + error.at > hidden[0]:
        return error.at < end - start or all(mark.start < hidden[0] for mark in scan(text, start, end))
    # Quotes of two entries may have paired up wrongly before; then the last of them leaves a text open.
    pieces = zip(hidden, [*hidden[1:], end], strict=True)
    return end == len(text) and any(not isinstance(_parse(text[a:b]), _Error) for a, b in pieces)


def _headers(text: str, start: int, end: int) -> list[int]:
    """Where to cut `text[start:end]`: at its start and at each header that is not a card's sub-table."""
    marks = (mark for mark in scan(text, start, end) if mark.header and mark.start > start)
    return [start, *(mark.start for mark in marks if mark.path[0] != "card" or len(mark.path) == 1)]


def _parse(text: str) -> dict[str, Any] | _Error:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        at = min(error.pos, len(text))
        late = at >= len(text) or error.msg.startswith("Cannot")
        message, remedy = _in_words(error.msg, text, at)
        if error.msg.startswith(_ESCAPES):
            # tomli has read past the backslash.
            at = max(text.rfind("\\", 0, at), 0)
        return _Error(message, remedy, at, late)
    except ValueError:
        # int() refuses thousands of digits and says no place.
        return _Error("a number has too many digits", "quote it", 0)
    except RecursionError:
        return _Error("lists or tables are nested too deeply", "take some levels out", 0)


def _place(piece: str, line: int, error: _Error) -> Place:
    """Where to point for an error: at the key or header it began with, if tomli only noticed it later."""
    at = error.at
    if error.late:
        started = [mark for mark in scan(piece, line=line) if mark.start <= at]
        if started:
            return started[-1].place
    return Place(line + piece.count("\n", 0, at), at - piece.rfind("\n", 0, at))


def _add_entry(result: Recovered, found: Any) -> None:
    """The one table of a piece; with single brackets it is a table, not a list of one."""
    number = len(result.entries)
    if isinstance(found, dict):
        result.broken.append(Broken(number, *SINGLE_BRACKETS, result.layout.entries[number].place))
    result.entries.append(found[0] if isinstance(found, list) else found)


def _add_head(result: Recovered, found: dict[str, Any], place: Place) -> None:
    """The keys and tables of a piece that is no entry; what was there before counts."""
    inline = found.pop("card", None)
    for key, value in found.items():
        if key in result.head:
            result.broken.append(
                Broken(None, f"[{quoted(key)[1:-1]}] stands twice", "make one of them", place)
            )
        else:
            result.head[key] = value
    if isinstance(inline, list):
        at = result.layout.of(None, ("card",))
        result.layout.entries[:0] = [Entry(0, 0, at, {}) for _ in inline]
        result.entries[:0] = inline


def _in_words(message: str, text: str, at: int) -> tuple[str, str]:
    """tomli's message for a person, and the remedy."""
    sign = text[at : at + 1]
    if message.startswith(_ESCAPES):
        return "a \\ in double quotes begins an escape", "use single quotes '…', where \\ stays a backslash"
    if message.startswith(("Unterminated string", "Expected \"'")) or message == "Illegal character '\\n'":
        return "a text is never closed", "close it with the quotes that opened it"
    if message.startswith("Illegal character"):
        return f"a control character in the file (U+{ord(sign or ' '):04X})", "take it out"
    if message.startswith("Cannot overwrite a value"):
        return "this key stands twice", "take one out"
    if message.startswith("Cannot mutate"):
        return "this adds to a list or table that is complete", "write all of it in one way, in one place"
    if message.startswith("Cannot declare"):
        return "this table stands twice", "make one of them"
    if message == "Invalid value":
        if sign in _CURLY and sign:
            return f"{sign} is no quote that TOML knows", 'write " instead'
        if sign in ("\n", "#", ""):
            return "a key without a value", 'write a text in quotes after the =: "…"'
        return "not a value", _remedy_of(text, at) or _remedy_of_word(text, at) or 'quote it: "…"'
    if message.startswith("Unclosed array"):
        return "a list is not closed, or lacks a comma", "put a comma between its items and ] at its end"
    if message.startswith("Unclosed inline table"):
        return "a table is not closed, or lacks a comma", "put a comma between its keys and } at its end"
    if message.startswith("Expected newline"):
        quote = 'quote all of it; a quote within is written \\"'
        return "more after the end of the value", _remedy_of(text, at) or quote
    if message.startswith("Expected '='"):
        return "a key without =", 'write key = "value"'
    if message.startswith("Expected ']"):
        return "a header is not closed", "write [[card]]"
    return message[:1].lower() + message[1:], ""


def _remedy_of(text: str, at: int) -> str:
    """What is to be written for the key in whose line something can't be read, "" if that is any text."""
    key = _KEY.match(text, text.rfind("\n", 0, at) + 1, at)
    if key is None or (text[key.end() : at].lstrip().startswith("[")):
        # Within a list it is an item that is wrong.
        return ""
    if key[1] == "answer" and text.startswith(",", at):
        typed = {mark.path for mark in scan(text)} & {("card", "question"), ("question",), ("wrong",)}
        return MORE_ANSWERS if typed == {("question",)} else ""
    return remedy_of_key(key[1])


def _remedy_of_word(text: str, at: int) -> str:
    """What is to be written for `True` and the like, which TOML has in small letters only."""
    found = _WORD.match(text, at)
    word = found[0].casefold() if found else ""
    return f"write {word} in small letters, or quote it" if word in ("true", "false") else ""
