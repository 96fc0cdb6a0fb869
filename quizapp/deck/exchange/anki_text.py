"""What is Anki's own in the plain text that it exports: the lines at its top, and its clozes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from quizapp.deck.cloze import ClozeError, join_cloze
from quizapp.deck.exchange.anki_sides import clozed, one_hint
from quizapp.deck.exchange.html_text import CLOSE, OPEN

_KNOWN = re.compile(
    r"#(separator|html|tags|columns|notetype|deck|(?:notetype|deck|tags|guid) column):(.*)", re.IGNORECASE
)
_SIGNS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_CLOZE = re.compile(r"\{\{c[0-9]{1,3}::((?:[^{}]|\{[^{}]*\})*?)(?:::([^{}]*))?\}\}")
_BEGINS = re.compile(r"\{\{c[0-9]{1,3}::")
_NESTED = "a blank within a blank is none; the outer one stays"


class Directives(Struct, frozen=True):
    """What the first lines say. known: whether there are any. delimiter: "" if they do not say. special:
    column (1-based) and the field it is, "" for one that no card has. columns: their names. html: whether
    cells are HTML.
    """

    known: bool = False
    delimiter: str = ""
    html: bool = False
    tags: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    deck: str = ""
    special: tuple[tuple[int, str], ...] = ()


def directives_of(lines: Sequence[str]) -> tuple[Directives, list[str], int]:
    """What the lines at the top say, the other lines, and how many were taken off."""
    said: dict[str, str] = {}
    start = 0
    while start < len(lines) and (known := _KNOWN.fullmatch(lines[start])):
        said[known[1].lower()] = known[2]
        start += 1
    if not said:
        return Directives(), list(lines), 0
    named = said.get("separator", "").strip("\n ")
    delimiter = _SIGNS.get(named.lower(), named if named in _SIGNS.values() and named else "")
    fields = {"tags column": "tags", "deck column": "deck", "guid column": "", "notetype column": ""}
    special = [(said[key].strip(), meant) for key, meant in fields.items() if key in said]
    return (
        Directives(
            known=True,
            delimiter=delimiter,
            html=said.get("html", "").strip().lower() == "true",
            tags=tuple(said.get("tags", "").split()),
            columns=tuple(said["columns"].split(delimiter or "\t")) if said.get("columns") else (),
            deck=said.get("deck", "").strip(),
            special=tuple(
                (int(number), meant) for number, meant in special if re.fullmatch("[1-9][0-9]{0,3}", number)
            ),
        ),
        list(lines[start:]),
        start,
    )


class TextCloze(NamedTuple):
    """A cloze as a deck writes it. hint: "" for none. lost: what could not be taken over, in words."""

    cloze: str
    hint: str
    lost: tuple[str, ...]


def cloze_of(text: str) -> TextCloze | None:
    """Anki's `{{c1::…}}` as a cloze; None where there is none, or none that can be written."""
    pieces = [""]
    hints: list[str] = []
    lost: list[str] = []
    at = 0
    for found in _CLOZE.finditer(text):
        pieces[-1] += text[at : found.start()]
        pieces += [found[1], ""]
        hints.append((found[2] or "").strip())
        at = found.end()
    pieces[-1] += text[at:]
    if any(_BEGINS.search(piece) for piece in pieces) and (levels := clozed(text)):
        pieces, hints, lost = re.split(f"[{OPEN}{CLOSE}]", levels[0].html), list(levels[0].hints), []
        if len(levels) > 1:
            lost.append(_NESTED)
    hint, gone = one_hint(hints)
    try:
        return TextCloze(join_cloze(pieces), hint, tuple(filter(None, (*lost, gone))))
    except ClozeError:
        return None
