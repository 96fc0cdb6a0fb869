"""Decks as JSON, for scripts, both ways: the deck file's own keys, `cards` for its `[[card]]` tables.

docs/exchange.md shows one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from quizapp.deck.exchange.columns import field_of
from quizapp.deck.exchange.draft import Draft, ExchangeError, Loss, Table, lines_of
from quizapp.deck.exchange.valid import valid
from quizapp.deck.tables import EntryTable, keys_of, quoted

_HEAD = ("title", "about", "source", "choices", "keys", "markdown", "quiz", "study")

_DEEPEST = 9
# What the reader of JSON says is for programmers; by what it begins with.
_WORDS = {
    "Expecting value": "a value is missing",
    "Expecting ','": "a comma, or the end of what was begun, is missing",
    "Expecting ':'": "a colon is missing",
    "Expecting property name": "a key in double quotes is missing",
    "Illegal trailing comma": "nothing follows the comma; take it out",
    "Unterminated string": "the text that begins here has no end",
    "Invalid control character": "a control character or line break in a text; write \\n",
    "Invalid \\": "a backslash escapes nothing; write \\\\",
    "Extra data": "there is more after the end",
}
_COLUMNS = ("front", "back", "why", "aspect", "from")
"""Keys that may be called as a column of a table is."""


def read(text: str, choices: Sequence[str] = ()) -> Draft:
    """The cards of a JSON object with `cards`, or of a list of cards. null stands for an absent key, a
    number for the text of its digits. choices: what statements choose from if it does not say. Raises
    ExchangeError where it is no JSON, or no deck at all."""
    twice: list[str] = []
    top = _loaded("\n".join(lines_of(text)), twice)
    losses = [
        Loss("", f"the key {quoted(key)} is there twice in one object; the last counts") for key in twice
    ]
    if isinstance(top, list):
        top = {"cards": top}
    if not isinstance(top, Mapping):
        raise ExchangeError(f"This is {_noun(top)}, not an object with cards.")
    if "cards" not in top:
        raise ExchangeError('The object has no "cards"; write {"cards": [ … ]}.')
    cards = top["cards"]
    if not isinstance(cards, list):
        raise ExchangeError(f"cards is {_noun(cards)}, not a list.")
    entries: list[Table] = []
    places: list[str] = []
    for number, card in enumerate(cards):
        place = f"cards[{number}]"
        if isinstance(card, Mapping):
            entries.append(_entry(card))
            places.append(place)
        else:
            losses.append(Loss(place, f"left out: it is {_noun(card)}, not an object"))
    head = {key: _setting(key, item) for key, item in top.items() if key != "cards" and item is not None}
    if choices:
        head.setdefault("choices", list(choices))
    return valid(Draft(tuple(entries), head, tuple(losses), tuple(places)))


def _entry(card: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a card as a deck has them."""
    named = {key: _key(key) for key in card}
    return {key if named[key] in card else named[key]: item for key, item in card.items() if item is not None}


def _key(key: str) -> str:
    field = "" if key in keys_of(EntryTable) else field_of(key)
    return field if field in _COLUMNS else key


def _setting(name: str, item: Any) -> Any:
    """A value of the head; in those of `study` a decimal and a date are meant as what they are in a deck."""
    if not isinstance(item, Mapping):
        return item
    table = {key: part for key, part in item.items() if part is not None}
    if name == "study":
        for key, meant in (("retention", float), ("exam_date", date.fromisoformat)):
            # What is no such thing is named as what does not fit.
            with suppress(ValueError):
                if isinstance(table.get(key), str):
                    table[key] = meant(table[key])
    return table


def _loaded(text: str, twice: list[str]) -> Any:
    """What the JSON says, decimals as they are written; twice: gets the keys that an object has two times."""

    def paired(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            keys = [key for key, _ in pairs]
            twice.extend(key for key in made if keys.count(key) > 1)
        return made

    try:
        return _whole(json.loads(text, object_pairs_hook=paired, parse_float=str, parse_constant=str))
    except json.JSONDecodeError as error:
        why = next((words for start, words in _WORDS.items() if error.msg.startswith(start)), error.msg)
        raise ExchangeError(f"This is no JSON: line {error.lineno}, column {error.colno}: {why}.") from error
    except RecursionError as error:
        raise ExchangeError("This JSON is nested too deep.") from error
    except ValueError as error:
        raise ExchangeError("This JSON has a number of too many digits.") from error


def _whole(item: Any, depth: int = 0) -> Any:
    """The value with a � for each half of a character, which JSON can name by its number and no file can
    hold."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(item, str):
        return item.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(item, list):
        return [_whole(part, depth + 1) for part in item]
    if isinstance(item, dict):
        return {_whole(key): _whole(part, depth + 1) for key, part in item.items()}
    return item


def _noun(item: Any) -> str:
    match item:
        case None:
            return "null"
        case bool():
            return "true" if item else "false"
        case int():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case _:
            return "an object"


def write(draft: Draft) -> tuple[str, tuple[Loss, ...]]:
    """The deck as JSON; nothing is lost but what is wrong with it."""
    draft = valid(draft)
    head = {key: draft.head[key] for key in _HEAD if key in draft.head}
    # Only the date of an exam is no JSON by itself.
    said = json.dumps(
        {**head, "cards": [dict(table) for table in draft.entries]}, ensure_ascii=False, indent=2, default=str
    )
    return f"{said}\n", draft.losses
