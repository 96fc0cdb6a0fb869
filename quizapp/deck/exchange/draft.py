"""A deck as the tables of its file: what foreign formats are read into and written from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import tomli
from msgspec import Struct

from quizapp.deck.tables import quoted
from quizapp.deck.write import Style, Value, entry_text, key_name, value

Table = Mapping[str, Value]
"""One `[[card]]`: its keys as docs/decks.md has them."""
Head = Mapping[str, Any]
"""The keys above the first card, and `quiz` and `study` with the tables of those names."""

LEFT_OUT = "left out: "
"""How the loss of a whole card begins. Each of these is named by itself, however many there are."""
_NAMED = 3
"""So many cards are named in a loss that many have."""


class ExchangeError(Exception):
    """Nothing can be taken over, or not without being told more; its text says why and what to do, for
    people."""


class Cancelled(Exception):  # noqa: N818 - it is what happened; nothing is wrong
    """The person called it off; nothing was changed."""


class Loss(Struct, frozen=True):
    """What could not be taken over. place: where it stood, as a person would look for it (`line 12`, `note
    3`), "" for all of it. what: in words, with what became of it."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" if self.place else self.what


class Draft(Struct, frozen=True):
    """A deck that comes from elsewhere or goes there. losses: in the order of what was read. places: where
    each entry stood, () for `card 1`, `card 2`, …"""

    entries: tuple[Table, ...]
    head: Head = {}
    losses: tuple[Loss, ...] = ()
    places: tuple[str, ...] = ()

    def placed(self) -> list[tuple[str, Table]]:
        """Each entry with its place."""
        places = self.places or tuple(f"card {number}" for number, _ in enumerate(self.entries, 1))
        return list(zip(places, self.entries, strict=True))


def draft_of(text: str) -> Draft:
    """The draft of a deck file's text. Raises tomli.TOMLDecodeError where it is not TOML."""
    top: dict[str, Any] = tomli.loads(text)
    entries = top.pop("card", [])
    return Draft(entries=tuple(entries), head=top)


def toml_of(draft: Draft) -> str:
    """The draft as a deck file, tidy: keys of one entry in line, a blank line between entries."""
    tables = {key: item for key, item in draft.head.items() if isinstance(item, Mapping)}
    parts = [_keys({key: item for key, item in draft.head.items() if key not in tables})]
    parts += [f"[{key_name(name)}]\n{_keys(table)}" for name, table in tables.items()]
    for table in draft.entries:
        style = Style(width=max((len(key_name(key)) for key in table), default=0))
        parts.append(entry_text(table, style))
    return "\n".join(part for part in parts if part)


def _keys(table: Mapping[str, Any]) -> str:
    """Keys of the head or of one of its tables, a line each. Decimals and dates are as they were read."""
    width = max((len(key_name(key)) for key in table), default=0)
    return "".join(
        f"{key_name(key).ljust(width)} = {item if isinstance(item, float | date) else value(item)}\n"
        for key, item in table.items()
    )


def lines_of(text: str) -> list[str]:
    """The lines of a foreign text, without its byte order mark, however they end."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def head_lost(head: Head, held: Collection[str]) -> list[Loss]:
    """What a format does not hold of a head. held: the keys that it does."""
    return [
        Loss("", f"[{key}] of the deck was left out: {', '.join(item)}")
        if isinstance(item, Mapping)
        else Loss("", f"{quoted(key)} of the deck was left out")
        for key, item in head.items()
        if key not in held
    ]


def gathered(found: Iterable[tuple[str, str]]) -> tuple[Loss, ...]:
    """Losses by what was lost, but for whole cards: `cards 1, 2, 3 and 97 more: tags left out`. found: place
    and what."""
    places: dict[tuple[str, str], list[str]] = {}
    for place, what in found:
        places.setdefault((place if what.startswith(LEFT_OUT) else "", what), []).append(place)
    return tuple(Loss(_together(where), what) for (_, what), where in places.items())


def _together(places: list[str]) -> str:
    places = list(dict.fromkeys(places))
    noun = places[0].partition(" ")[0]
    if len(places) == 1 or not all(re.fullmatch(rf"{re.escape(noun)} [0-9]+", place) for place in places):
        return ", ".join(places[:_NAMED]) + (f" and {len(places) - _NAMED} more" if places[_NAMED:] else "")
    numbers = [place.removeprefix(f"{noun} ") for place in places]
    if len(numbers) > _NAMED:
        return f"{noun}s {', '.join(numbers[:_NAMED])} and {len(numbers) - _NAMED:,} more"
    return f"{noun}s {', '.join(numbers[:-1])} and {numbers[-1]}"


def in_order(losses: Iterable[Loss]) -> tuple[Loss, ...]:
    """The losses by the first number of their place; those of all come first."""
    return tuple(sorted(losses, key=lambda loss: int((re.findall(r"[0-9]+", loss.place) or ["0"])[0])))
