"""What to do about a value of the wrong kind: what is written then is right, and not the next problem."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from quizapp.deck.write import value as as_toml

_LONGEST = 40
_WORDS = ("choices", "keys", "tags", "steps", "relearning_steps")
"""Lists of words, where a comma in a text stands between two of them."""
_NO = ("false", "f", "no", "n", "off", "0")


def for_text(given: Sequence[Any]) -> str:
    """What to do about a list where a text belongs."""
    if not given:
        return 'write a text in quotes: "…"'
    return "take the brackets away" if len(given) == 1 else "keep one, without the brackets"


def for_truth(key: str, given: str) -> str:
    """What to do about a text where true or false belongs."""
    return f"write {key} = {'false' if given.strip().casefold() in _NO else 'true'}"


def for_number(key: str, example: str) -> str:
    """What to do about a text that is no number. example: a good one, "" if none is known."""
    return f"write a number: {key} = {example}" if example else "write a number"


def for_date() -> str:
    """What to do about what is no date."""
    return "write year-month-day, without quotes"


def for_list(key: str, given: str | int | date | float, least: int) -> str:
    """What to do about one value where a list belongs. least: how many it must hold."""
    text = str(given)
    parts = _parts(key, text)
    if len(parts) > 1:
        return f"write {key} = {_listed(parts)}"
    if least > 1:
        return _two_or_more(key, text)
    return f"put it in brackets: {key} = {_listed([text])}"


def for_items(key: str, given: Sequence[Any], least: int, most: int) -> str:
    """What to do about a list of too many or too few texts. most: 0 if any number will do."""
    if most and len(given) > most:
        return f"keep {most}"
    if not given:
        return f"name {'two or more' if least > 1 else 'at least one'}, or take it out"
    parts = _parts(key, str(given[0])) if len(given) == 1 else []
    return f"write {key} = {_listed(parts)}" if len(parts) > 1 else _two_or_more(key, str(given[0]))


def for_any_list(key: str) -> str:
    """What to do where a list was meant, and what stands there can't be read."""
    return f'write {key} = ["…", "…"]'


def _two_or_more(key: str, text: str) -> str:
    return f'name two or more: {key} = {_listed([text])[:-1]}, "…"]'


def _parts(key: str, text: str) -> list[str]:
    """The words in a text, if the key's list is one of words."""
    return [part for word in text.split(",") if (part := word.strip())] if key in _WORDS else [text]


def _listed(texts: Sequence[str]) -> str:
    """The texts as a list in TOML; where it would be too long for a message, what it looks like."""
    short = sum(map(len, texts)) <= _LONGEST and all(text.isprintable() for text in texts)
    return as_toml(texts) if short else '["…"]' if len(texts) == 1 else '["…", "…"]'
