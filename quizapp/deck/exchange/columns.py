"""Which field of a card a column of a table is, by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

LISTS = ("wrong", "accept", "variants", "tags")
"""Fields whose cells hold several texts."""

_NAMES: dict[str, tuple[str, ...]] = {
    "kind": ("kind", "type"),
    "front": ("front", "term", "question", "prompt", "word"),
    "back": (
        "back",
        "definition",
        "answer",
        "correct",
        "correct answer",
        "right answer",
        "meaning",
        "translation",
    ),
    "statement": ("statement",),
    "cloze": ("cloze",),
    "choice": ("choice", "option"),
    "wrong": ("wrong", "wrong answer", "wrong answers", "distractor", "distractors", "incorrect"),
    "accept": ("accept", "also accepted", "alternatives"),
    "variants": ("variants",),
    "reverse": ("reverse", "both ways"),
    "aspect": ("aspect", "category", "topic"),
    "tags": ("tags", "tag"),
    "why": ("why", "note", "notes", "explanation", "feedback", "comment"),
    "hint": ("hint",),
    "from": ("from", "source", "reference"),
    "id": ("id",),
    "markdown": ("markdown",),
    "deck": ("deck",),
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names}
NAMES = tuple(_FIELDS)
"""What columns can be called."""
FIELDS = tuple(_NAMES)
"""What a column can be; "" for one that is left out."""

_SEVERAL = ("choice", "wrong")
"""Fields that may have a column for each text: `choice 1`, `Option B`, `wrong2`."""


def field_of(name: str) -> str:
    """The field that a column's name stands for, "" for none. Case, `_`, `-` and `:` do not count."""
    plain = " ".join(re.sub(r"[_\-:]", " ", name).casefold().split())
    if plain in _FIELDS:
        return _FIELDS[plain]
    numbered = re.fullmatch(r"(.*?)\s?(?:[1-9]|(?<=\s)[a-i])", plain[:80])
    field = _FIELDS.get(numbered[1].rstrip(), "") if numbered else ""
    return field if field in _SEVERAL else ""


def doubts(columns: Sequence[str]) -> list[str]:
    """What is wrong with columns for making cards of them, in words; [] if nothing is."""
    found = [
        f"there are two columns for {field}"
        for field in FIELDS
        if columns.count(field) > 1 and field not in _SEVERAL
    ]
    prompts = [field for field in ("front", "statement", "cloze") if field in columns]
    if not prompts:
        found.append("no column is the front")
    elif "back" not in columns and prompts != ["cloze"]:
        found.append("no column is the back")
    return found
