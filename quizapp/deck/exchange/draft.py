"""A deck as the tables of its file: what foreign formats are read into and written from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomli
from msgspec import Struct

from quizapp.deck.write import Style, Value, entry_text, key_name, value

Table = Mapping[str, Value]
"""One `[[card]]`: its keys as docs/decks.md has them."""


class Loss(Struct, frozen=True):
    """What could not be taken over. place: where it stood, as a person would look for it (`line 12`, `note 3`),
    "" for all of it. what: in words, with what became of it."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" if self.place else self.what


class Draft(Struct, frozen=True):
    """A deck that comes from elsewhere or goes there. head: the keys above the first card. losses: in the order
    of what was read."""

    entries: tuple[Table, ...]
    head: Mapping[str, Value] = {}
    losses: tuple[Loss, ...] = ()


def draft_of(text: str) -> Draft:
    """The draft of a deck file's text. Raises tomli.TOMLDecodeError where it is not TOML.

    `[quiz]` and `[study]` are not part of it: no other format knows them.
    """
    top: dict[str, Any] = tomli.loads(text)
    entries = top.pop("card", [])
    head = {key: item for key, item in top.items() if not isinstance(item, Mapping)}
    return Draft(entries=tuple(entries), head=head)


def toml_of(draft: Draft) -> str:
    """The draft as a deck file, tidy: keys of one entry in line, a blank line between entries."""
    width = max((len(key) for key in draft.head), default=0)
    parts = ["".join(f"{key_name(key).ljust(width)} = {value(item)}\n" for key, item in draft.head.items())]
    for table in draft.entries:
        style = Style(width=max((len(key_name(key)) for key in table), default=0))
        parts.append(entry_text(table, style))
    return "\n".join(part for part in parts if part)
