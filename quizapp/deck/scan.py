"""Where things stand in a deck file: the line and column of its headers and keys.

tomli says what a file means but not where. This scanner is run only when a place is needed, for a problem or
an edit. It reads by statement, skipping comments, strings, lists and inline tables; it does not judge, and
copes with files that are not TOML. Lines and columns count from 1, columns in characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import tomli
from msgspec import Struct

_BASIC = r'"(?!"")(?:[^"\\\n]++|\\[^\n])*+"'
_LITERAL = r"'(?!'')[^'\n]*+'"
_PART = rf"(?:[A-Za-z0-9_-]++|{_BASIC}|{_LITERAL})"
_NAME = rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+"
_END = r"(?=[ \t]*+(?:\#|\r?$))"

# A bare `card` or `quiz` in brackets is no TOML value, so such a line is a header even where a list before it
# was never closed, and even where a bracket of its own is missing.
_TORN = r"\[{1,2}+[ \t]*+(?P<torn>card|quiz|study)(?![A-Za-z0-9_-]|[ \t]*+\.)[ \t]*+\]*+"

_TOKEN = re.compile(
    rf"""
      ^[ \t]*+ (?: {_TORN}
        | \[\[ [ \t]*+ (?P<array>{_NAME}) [ \t]*+ \]\] {_END}
        | \[ [ \t]*+ (?P<table>{_NAME}) [ \t]*+ \] {_END}
        | (?P<key>{_NAME}) [ \t]*+ =
          (?: [ \t]*+ (?: {_BASIC} | {_LITERAL} | [^\s"'\[\]{{}}\#]++ ) [ \t]*+ \r?$ )?
      )
      | (?: \"\"\" (?: [^"\\]++ | \\. | "(?!"") )*+ (?: "{{3,5}}+ | \Z )
          | ''' (?: [^']++ | '(?!'') )*+ (?: '{{3,5}}+ | \Z )
          | {_BASIC} | {_LITERAL} | \#[^\n]*+ )
      | (?P<bracket>[\[\]{{}}])
    """,
    re.MULTILINE | re.VERBOSE | re.DOTALL,
)
_PARTS = re.compile(_PART)
CARD_LINE = re.compile(r"^[ \t]*+\[\[[ \t]*+card[ \t]*+\]\]", re.MULTILINE)


class Place(NamedTuple):
    """A line and a column."""

    line: int
    column: int


class Mark(NamedTuple):
    """A table header or a key. path: its name, by parts. start: offset of its line."""

    header: bool
    path: tuple[str, ...]
    start: int
    place: Place


def scan(text: str, start: int = 0, end: int | None = None, line: int = 1) -> Iterator[Mark]:
    """The headers and keys of `text[start:end]` in order; start must begin a line, the one numbered `line`.

    Keys within inline tables and lists are passed over.
    """
    depth = 0
    counted = start
    for token in _TOKEN.finditer(text, start, len(text) if end is None else end):
        group = token.lastgroup
        if group is None:
            continue
        if group == "bracket":
            depth = depth + 1 if token[0] in "[{" else max(depth - 1, 0)
            continue
        if group == "torn":
            depth = 0
        elif depth:
            continue
        at = token.start()
        line += text.count("\n", counted, at)
        counted = at
        named = token.start(group) if group == "key" else text.index("[", at)
        yield Mark(group != "key", _path(token[group]), at, Place(line, named - at + 1))


def comments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each comment of `text[start:end]` begins and ends; start must stand in no string."""
    for token in _TOKEN.finditer(text, start, end):
        if token.lastgroup is None and token[0].startswith("#"):
            yield token.span()


def _path(name: str) -> tuple[str, ...]:
    """A dotted name by its parts, without quotes."""
    if "." not in name and name[0] not in "\"'":
        return (name,)
    return tuple(_unquoted(part) for part in _PARTS.findall(name))


def _unquoted(part: str) -> str:
    if part[0] not in "\"'":
        return part
    if part[0] == '"' and "\\" in part:
        try:
            return next(iter(tomli.loads(f"{part} = 0")))
        except tomli.TOMLDecodeError:
            return part[1:-1]
    return part[1:-1]


class Entry(Struct):
    """Where one entry stands: `text[start:end]` is its header's line and all up to the next header."""

    start: int
    end: int
    place: Place
    keys: dict[str, Place]


class Layout(Struct):
    """Where everything stands. keys: of the head and its tables, by path. entries: one a card header."""

    keys: dict[tuple[str, ...], Place]
    entries: list[Entry]

    def of(self, entry: int | None, path: tuple[str, ...]) -> Place:
        """The place of a path in an entry (0-based) or in the head, or that of its nearest parent."""
        if entry is not None and entry < len(self.entries):
            found = self.entries[entry]
            return found.keys.get(path[0], found.place) if path else found.place
        path = path if entry is None else ("card",)
        while path:
            if path in self.keys:
                return self.keys[path]
            path = path[:-1]
        return Place(1, 1)


def layout(text: str, cuts: list[int] | None = None) -> Layout:
    """The layout of a whole file. cuts: offsets of lines where scanning begins anew (see `recover`)."""
    whole = Layout(keys={}, entries=[])
    cuts = cuts or [0]
    line = 1
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        _lay_out(whole, scan(text, start, end, line))
        line += text.count("\n", start, end)
    if whole.entries:
        last = whole.entries[-1]
        last.end = last.end or len(text)
    return whole


def _lay_out(whole: Layout, marks: Iterator[Mark]) -> None:
    entries = whole.entries
    inside = bool(entries) and not entries[-1].end
    prefix: tuple[str, ...] = ()
    for mark in marks:
        path = mark.path
        if mark.header:
            if path[0] == "card" and (len(path) == 1 or inside):
                prefix = path[1:]
                if not prefix:
                    _close(entries, mark.start)
                    entries.append(Entry(mark.start, 0, mark.place, {}))
                    inside = True
            else:
                _close(entries, mark.start)
                prefix, inside = path, False
            path = ()
        path = (*prefix, *path)
        if inside and path:
            entries[-1].keys.setdefault(path[0], mark.place)
        elif not inside:
            for length in range(1, len(path) + 1):
                whole.keys.setdefault(path[:length], mark.place)


def _close(entries: list[Entry], at: int) -> None:
    if entries and not entries[-1].end:
        entries[-1].end = at
