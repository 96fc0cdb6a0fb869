"""The JSON Schema of the deck format, made from the tables that read it, for editors that complete and check.

It is never stricter than the reader but for white space around the words of `mode`, and can't say all that
the reader says: that an answer is one of the deck's choices, or that a prompt is not there twice.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec
from msgspec import Struct

from quizapp.deck.entry import MOST_CHOICES, OWN, SHARED
from quizapp.deck.tables import MODES, DeckTable, EntryTable, QuizTable, StudyTable, keys_of

DRAFT = "http://json-schema.org/draft-07/schema#"

DESCRIPTIONS: dict[type[Struct], dict[str, str]] = {
    DeckTable: {
        "title": "What screens call the deck; the file's name if absent",
        "about": "What the deck is about",
        "source": "Where its facts come from",
        "choices": "2 to 9 answers that statements choose from",
        "keys": "A letter for each choice; by default the first free letter of each",
        "markdown": "Whether texts of cards are Markdown, where a card does not say it itself",
        "quiz": "What a quiz on this deck does unless told otherwise",
        "study": "How this deck is studied, where not as the settings say",
        "card": "The cards, one a [[card]]",
    },
    QuizTable: {
        "choices": "Which of the deck's choices a quiz asks",
        "seconds": "How long a sprint is, in seconds",
        "mode": "The usual mode of a quiz",
        "cards": "How many cards a practice, exam or countdown asks",
        "distractors": "Whether flip cards take wrong answers from the whole deck",
    },
    StudyTable: {
        "new_per_day": "New cards a day",
        "reviews_per_day": "Reviews a day",
        "retention": "How sure you want to be to remember a card when it comes back",
        "exam_date": "No card falls due after this day",
        "steps": "After how long a new card comes back before it is learnt",
        "relearning_steps": "After how long a card that was forgotten comes back",
        "minutes_per_day": "Minutes a day; what gains most in them is asked first. 0 for no limit",
    },
    EntryTable: {
        "statement": "A sentence that belongs to one of the deck's choices, or is true or false",
        "front": "What a flip card shows first",
        "question": "What is asked; with wrong it is a choice, without the answer is typed",
        "cloze": "A sentence with {…} around each part that is hidden in turn; {{ and }} are plain braces",
        "answer": "The right answer; of a statement one of the deck's choices, or true or false",
        "back": "What a flip card shows after it is turned",
        "reverse": "Whether a flip card is asked both ways",
        "wrong": "The wrong answers that are shown beside the right one",
        "accept": "Other right answers that may be typed",
        "variants": "Other wordings of the prompt, shown in turn",
        "id": "A name for good: with it the prompt may be reworded and keeps its history",
        "why": "Shown after the answer",
        "hint": "Shown in study before the answer, when asked for",
        "aspect": "What the card is about; cards of one aspect with different answers are contrasts",
        "tags": "Words to study by",
        "markdown": "Whether the texts of this card are Markdown",
        "from": "Where in the source",
    },
}
"""What each key means, in a line; the one place that the schema has it from."""

_NEEDS = {"statement": "answer", "front": "back", "question": "answer"}

_PLAIN = r"(?:[^{}]|\{\{|\}\})"
CLOZE = rf"^{_PLAIN}*(?:\{{{_PLAIN}+\}}{_PLAIN}*)+$"
_STEP = r"^\s*[1-9][0-9]{0,3}\s*[smhd]\s*$"
_LETTER = r"^\s*[^\s0-9]\s*$"


def deck_schema() -> dict[str, Any]:
    """The schema, as JSON has it."""
    _, parts = msgspec.json.schema_components([DeckTable], ref_template="#/definitions/{name}")
    tables: dict[str, Any] = {}
    for shape, descriptions in DESCRIPTIONS.items():
        properties = parts[shape.__name__]["properties"]
        tables[shape.__name__] = {
            "type": "object",
            "properties": {
                key: {"description": descriptions[key], **_tidy(properties[key])} for key in keys_of(shape)
            },
            "additionalProperties": False,
        }
    top = tables.pop(DeckTable.__name__)
    _narrow_head(top["properties"], tables[QuizTable.__name__]["properties"])
    _narrow_study(tables[StudyTable.__name__]["properties"])
    _narrow_entry(tables[EntryTable.__name__])
    return {
        "$schema": DRAFT,
        "title": "A deck of quizapp",
        **top,
        **_needs_of_the_head(),
        "definitions": tables,
    }


def schema_text() -> str:
    """The schema as its file has it."""
    return json.dumps(deck_schema(), indent=2, ensure_ascii=False) + "\n"


def _tidy(part: dict[str, Any]) -> dict[str, Any]:
    """A property of msgspec's schema without what TOML has no words for, and with one type list for a union.

    TOML has no null, its whole numbers have 64 bits anyway, and a default would be written by an editor.
    """
    if "anyOf" in part:
        merged: dict[str, Any] = {}
        types: list[str] = []
        for one in map(_tidy, part["anyOf"]):
            if one["type"] != "null":
                types.append(one["type"])
                merged |= one
        return merged | {"type": types[0] if len(types) == 1 else types}
    if part.get("type") == "integer" and part.get("maximum") == 2**63 - 1:
        return {"type": "integer"}
    tidy = {key: value for key, value in part.items() if key != "default"}
    if "items" in tidy:
        tidy["items"] = _tidy(tidy["items"])
    return tidy


def _narrow_head(head: dict[str, Any], quiz: dict[str, Any]) -> None:
    """What the reader wants of the head and of [quiz] beyond types."""
    head["choices"]["uniqueItems"] = True
    head["keys"] |= {"items": {"type": "string", "pattern": _LETTER}, "maxItems": MOST_CHOICES}
    head["keys"]["uniqueItems"] = True
    quiz["choices"] |= {"uniqueItems": True, "anyOf": [{"maxItems": 0}, {"minItems": 2}]}
    quiz["mode"] = {"description": quiz["mode"]["description"], "enum": list(MODES)}


def _narrow_study(study: dict[str, Any]) -> None:
    """What the reader wants of [study] beyond types."""
    for key in ("steps", "relearning_steps"):
        study[key] |= {"items": {"type": "string", "pattern": _STEP}, "maxItems": 9}


def _narrow_entry(entry: dict[str, Any]) -> None:
    """What the reader wants of a [[card]] beyond types: one kind, and the keys that go with it."""
    properties = entry["properties"]
    properties["cloze"] |= {"type": "string", "pattern": CLOZE}
    properties["wrong"] |= {"uniqueItems": True, "maxItems": MOST_CHOICES - 1}
    entry["oneOf"] = [{"required": [kind]} for kind in OWN]
    rules: dict[str, Any] = {}
    for kind, own in OWN.items():
        others = {key: False for key in keys_of(EntryTable) if key not in (kind, *own, *SHARED, *OWN)}
        rules[kind] = {"properties": others}
        if kind in _NEEDS:
            rules[kind]["required"] = [_NEEDS[kind]]
    rules["question"]["properties"] |= {"answer": {"type": ["string", "integer"]}}
    rules["wrong"] = {"properties": {"accept": False}}
    entry["dependencies"] = rules


def _needs_of_the_head() -> dict[str, Any]:
    """When a deck must have choices: with keys, with choices of its quiz, with statements that name one."""
    quiz = {"required": ["choices"], "properties": {"choices": {"type": "array", "minItems": 1}}}
    named = {"required": ["statement", "answer"], "properties": {"answer": {"type": ["string", "integer"]}}}
    return {
        "dependencies": {"keys": ["choices"]},
        "if": {
            "anyOf": [
                {"required": ["quiz"], "properties": {"quiz": quiz}},
                {"required": ["card"], "properties": {"card": {"type": "array", "contains": named}}},
            ]
        },
        "then": {"required": ["choices"]},
    }
