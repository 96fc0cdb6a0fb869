"""Adding, changing and taking out an entry of a deck file. All other bytes stay as they are.

An entry's own span of text is found by the reader's scanner: its header and keys, and the comment lines
directly above the header. What comes of an edit is read back before it counts: the other entries and the head
must say what they said, and the entry what was wanted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import tomli

from quizapp.deck.scan import Entry, comments, layout
from quizapp.deck.write import Style, Value, entry_text, key_name, value

_BLANK = re.compile(r"[ \t]*\r?\n")
_ENDS_BLANK = re.compile(r"\n[ \t]*\r?\n\Z")
_ALIGNED = re.compile(r"^([A-Za-z0-9_-]+)([ \t]*)=", re.MULTILINE)


class EditError(Exception):
    """The edit can't be made; its text says why and what to do, for people. Nothing was changed."""


class Span(NamedTuple):
    """Where an entry stands. start: of the comments above its header; header; end: behind its last key."""

    start: int
    header: int
    end: int


class Source(NamedTuple):
    """A file's text, what it says, and where its entries stand."""

    text: str
    top: dict[str, Any]
    entries: list[Entry]

    @classmethod
    def of(cls, text: str) -> Source:
        """Raises EditError where its cards can't be told apart."""
        top, entries = _read(text), layout(text).entries
        found = top.get("card", [])
        if not isinstance(found, list) or len(found) != len(entries):
            raise EditError(
                "The cards of this file do not stand under [[card]] headers; edit it in an editor."
            )
        return cls(text, top, entries)

    @property
    def tables(self) -> list[dict[str, Any]]:
        """What the entries say."""
        return list(self.top.get("card", []))

    def span(self, number: int) -> Span:
        """Where an entry stands, with the comments above it, without what comes between it and the next."""
        above = self.entries[number - 1].start if number else 0
        return _span(self.text, self.entries[number], above)


def _source(text: str | Source) -> Source:
    """Where the entries of a text stand; of a large file that takes a while, and may be known already."""
    return text if isinstance(text, Source) else Source.of(text)


def add_entry(text: str | Source, table: Mapping[str, Value], after: int | None = None) -> str:
    """The text with one more entry. after: the number (0-based) of the entry before it, None for the last."""
    return add_entries(text, [table], after)


def add_entries(
    text: str | Source, new_tables: Sequence[Mapping[str, Value]], after: int | None = None
) -> str:
    """The text with more entries, set apart by blank lines; `after` as for one."""
    source = _source(text)
    style = _style(source)
    new = style.newline.join(entry_text(table, style) for table in new_tables)
    return _with(source, new, [dict(table) for table in new_tables], after)


def put_entry(text: str, piece: str, after: int | None = None) -> str:
    """The text with an entry again that was taken out. piece: its own text; `after` as for a new one."""
    newline = _newline(text)
    piece = piece.replace("\r\n", "\n").replace("\n", newline)
    tables = _read(piece).get("card", [])
    return _with(Source.of(text), piece if piece.endswith("\n") else piece + newline, tables, after)


def _with(source: Source, new: str, added: Sequence[Mapping[str, Any]], after: int | None) -> str:
    """The text of a file with the text of more entries."""
    text, style = source.text, _style(source)
    number = len(source.entries) - 1 if after is None else after
    at = len(text) if after is None else source.span(after).end
    before, behind = text[:at], text[at:]
    if before and not before.endswith("\n"):
        before += style.newline
    if before.strip() and not _ENDS_BLANK.search(before):
        new = style.newline + new
    if behind.strip() and not _BLANK.match(behind):
        new += style.newline
    edited = f"{before}{new}{behind}"
    tables = source.tables
    return _checked(source, edited, [*tables[: number + 1], *added, *tables[number + 1 :]])


def remove_entry(text: str | Source, number: int) -> str:
    """The text without an entry (0-based), its comments, and the blank lines that set it apart."""
    return remove_entries(text, [number])


def remove_entries(text: str | Source, numbers: Collection[int]) -> str:
    """The text without these entries (0-based), each as `remove_entry` takes it out."""
    source, gone = _source(text), set(numbers)
    edited = source.text
    # From the last on: what stands before one is where it was.
    for number in sorted(gone, reverse=True):
        start, _, end = source.span(number)
        after = end
        while blank := _BLANK.match(edited, after):
            after = blank.end()
        if edited[after:].strip():
            edited = edited[:start] + edited[after:]
        else:
            # The last one: what set it apart from the one before goes with it.
            kept = edited[:start].rstrip(" \t\r\n")
            edited = f"{kept}{_newline(source.text) if kept else ''}{edited[after:]}"
    left = [table for number, table in enumerate(source.tables) if number not in gone]
    return _checked(source, edited, left)


def change_entry(text: str | Source, number: int, table: Mapping[str, Value]) -> str:
    """The text with the keys of an entry (0-based) as given: those that say the same stay as they stand."""
    source = _source(text)
    text = source.text
    style, tables = _style(source), source.tables
    _, header, end = source.span(number)
    wanted = [*tables[:number], dict(table), *tables[number + 1 :]]
    changed = _changed(text[header:end], tables[number], table, style)
    if _says(changed) != [_plain(table)]:
        # Something about its form is odd: it is written anew.
        changed = entry_text(table, style)
    return _checked(source, text[:header] + changed + text[end:], wanted)


def _style(source: Source) -> Style:
    """How a file writes its entries: as the last ones are written."""
    text = source.text
    widths = (_width(text[entry.start : entry.end]) for entry in source.entries[-5:])
    return Style(width=max(widths, default=0), newline=_newline(text))


# ---- an entry's text


def _span(text: str, entry: Entry, above: int) -> Span:
    """above: where the entry before it begins, from which on comments are looked for."""
    own = {start for start, _ in comments(text, above, entry.end)}
    end = entry.end
    while True:
        stripped = entry.start + len(text[entry.start : end].rstrip())
        line = text.rfind("\n", 0, stripped) + 1
        if line <= entry.start or _first(text, line, stripped) not in own:
            break
        end = line
    newline = text.find("\n", stripped)
    end = len(text) if newline < 0 else newline + 1
    start = entry.start
    while start > above:
        line = text.rfind("\n", 0, start - 1) + 1
        if not text[line:start].strip() or _first(text, line, start) not in own:
            break
        start = line
    return Span(start, entry.start, end)


def _first(text: str, line: int, end: int) -> int:
    """Where the first character of a line stands that is no white space."""
    return line + len(text[line:end]) - len(text[line:end].lstrip())


def _changed(piece: str, before: Mapping[str, Any], after: Mapping[str, Value], style: Style) -> str:
    """An entry's text with other values for some keys, each in its place; new keys come last."""
    places = layout(piece).entries[0].keys
    lines = piece.splitlines(keepends=True)
    starts = sorted((place.line - 1, key) for key, place in places.items())
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    own = {start for start, _ in comments(piece, 0, len(piece))}
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    out = lines[: starts[0][0]] if starts else lines
    for (start, key), end in zip(starts, ends, strict=True):
        body, rest = _split(lines, start, end, own, offsets)
        if key not in after:
            out += rest
        elif _plain(before.get(key)) == _plain(after[key]):
            out += [*body, *rest]
        else:
            out += [_line(key, after[key], style, body), *rest]
    added = [_line(key, given, style) for key, given in after.items() if key not in places]
    if added and out and not out[-1].endswith("\n"):
        out[-1] += style.newline
    return "".join([*out, *added])


def _split(
    lines: Sequence[str], start: int, end: int, own: set[int], offsets: Sequence[int]
) -> tuple[list[str], list[str]]:
    """The lines of a key's value, and the comments and blank lines below it."""
    at = end
    while at > start + 1:
        line = lines[at - 1]
        first = offsets[at - 1] + len(line) - len(line.lstrip())
        if line.strip() and first not in own:
            break
        at -= 1
    return list(lines[start:at]), list(lines[at:end])


def _line(key: str, given: Value, style: Style, old: Sequence[str] = ()) -> str:
    """A key with its value; what stood before the value stays."""
    new = f"{key_name(key).ljust(style.width)} = {value(given)}\n".replace("\n", style.newline)
    if not old:
        return new
    head = re.match(r"[ \t]*[^=\n\"']+=[ \t]*", old[0])
    if head is None:
        return new
    return f"{head[0]}{value(given)}\n".replace("\n", style.newline)


def _width(piece: str) -> int:
    """Up to how many cells an entry fills its keys, 0 if it does not."""
    found = [(len(key), len(key) + len(space)) for key, space in _ALIGNED.findall(piece)]
    ends = {end for _, end in found}
    if len({length for length, _ in found}) < 2 or len(ends) != 1:
        return 0
    return max(ends.pop() - 1, 0)


def _newline(text: str) -> str:
    at = text.find("\n")
    return "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"


# ---- reading back


def _read(text: str) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except (ValueError, RecursionError) as error:
        raise EditError("The file has problems that keep it from being edited; mend them first.") from error


def _says(text: str) -> list[Any] | None:
    try:
        return [_plain(table) for table in tomli.loads(text).get("card", [])]
    except (ValueError, RecursionError):
        return None


def _plain(given: Any) -> Any:
    match given:
        case Mapping():
            return {key: _plain(item) for key, item in given.items()}
        case str() | bool() | int():
            return given
        case list() | tuple():
            return [_plain(item) for item in given]
        case _:
            return given


def _checked(source: Source, edited: str, wanted: Sequence[Mapping[str, Any]]) -> str:
    """The edited text, if it says what was wanted and its head is as before."""
    top = _read(edited)
    tables = top.pop("card", [])
    head = {key: item for key, item in source.top.items() if key != "card"}
    if top != head or tables != [_plain(table) for table in wanted]:
        raise EditError("This card can't be edited safely here; edit the file in an editor.")
    return edited
