"""An entry as the fields of a form: what each kind has, what stands in them, and the entry that comes of it.

What a person did not touch keeps its value as it is: keys that the form does not know, a number, a control
character that a field shows as a sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from msgspec import Struct, structs

from quizapp.deck.adding import answer_of
from quizapp.deck.card import Deck, Kind
from quizapp.deck.entry import TRUTH
from quizapp.deck.text import visible
from quizapp.deck.write import Value

BREAK = "\u2424"
"""Stands for a line break where a field has no room for one: in a line, or in an item of a list."""


class Shape(StrEnum):
    """How a field is filled in: a text of several lines, one line, an item a line, items with commas between
    them, one of the deck's choices, yes or no."""

    TEXT = "text"
    LINE = "line"
    ITEMS = "items"
    COMMAS = "commas"
    CHOICE = "choice"
    YES = "yes"


class Field(NamedTuple):
    """A field of the form. name: what its text is kept by when the kind changes. key: the entry's key. about:
    what it is for, in a few words. more: another sentence on that, or an example."""

    name: str
    label: str
    key: str
    shape: Shape
    about: str
    more: str = ""
    required: bool = False


def _prompt(label: str, key: str, about: str, more: str) -> Field:
    return Field("prompt", label, key, Shape.TEXT, about, more, required=True)


def _answer(name: str, label: str, key: str, shape: Shape, about: str, more: str = "") -> Field:
    return Field(name, label, key, shape, about, more, required=True)


_VARIANTS = Field(
    "variants", "Wordings", "variants", Shape.ITEMS, "Other wordings, one a line", "They are asked in turn"
)
_PROMPTS = {
    Kind.STATEMENT: _prompt(
        "Statement", "statement", "It fits one of the choices", "As in: nearly anybody can do it"
    ),
    Kind.FLIP: _prompt("Front", "front", "What is asked: gato", "The other side is what you recall"),
    Kind.CHOICE: _prompt("Question", "question", "What is asked", "A full question reads best"),
    Kind.TYPED: _prompt("Question", "question", "What is asked", "A full question reads best"),
    Kind.CLOZE: _prompt("Sentence", "cloze", "{Braces} make the blanks", "As in: the {Nile} flows {north}"),
}
_ANSWERS = {
    Kind.STATEMENT: (
        _answer(
            "choice", "Answer", "answer", Shape.CHOICE, "The choice that it fits", "A letter or ←→ picks"
        ),
    ),
    Kind.FLIP: (
        _answer("answer", "Back", "back", Shape.TEXT, "The other side: cat"),
        Field(
            "reverse",
            "Both ways",
            "reverse",
            Shape.YES,
            "Yes: asked from the back too",
            "That makes two cards",
        ),
    ),
    Kind.CHOICE: (
        _answer("answer", "Answer", "answer", Shape.TEXT, "The one that is right"),
        _answer(
            "wrong", "Wrong", "wrong", Shape.ITEMS, "Wrong answers, one a line", "Likely ones teach the most"
        ),
    ),
    Kind.TYPED: (
        _answer("answer", "Answer", "answer", Shape.TEXT, "What is to be typed", "Case does not matter"),
        Field(
            "accept",
            "Also right",
            "accept",
            Shape.ITEMS,
            "Right as well, one a line",
            "Such as: colour, beside color",
        ),
    ),
    Kind.CLOZE: (),
}
_SHARED = (
    Field("why", "Why", "why", Shape.TEXT, "Shown after the answer", "Why it is so, and not otherwise"),
    Field("hint", "Hint", "hint", Shape.TEXT, "A clue to ask for", "Whoever takes it can't grade Easy"),
    Field(
        "aspect",
        "Aspect",
        "aspect",
        Shape.LINE,
        "What it is about, such as: cost",
        "Cards of one aspect are compared",
    ),
    Field("tags", "Tags", "tags", Shape.COMMAS, "To find it by: verbs, week 3", "Commas stand between them"),
    Field(
        "from", "From", "from", Shape.LINE, "Where in the source: page 12", "For you; no question shows it"
    ),
)
_ID = Field("id", "Id", "id", Shape.LINE, "A name for good, such as: cat-1", "It outlives any rewording")
YES, NO = "yes", "no"


class Draft(Struct, frozen=True):
    """What stands in the fields. texts: by the field's name; those of other kinds are kept too."""

    kind: Kind
    texts: Mapping[str, str] = {}

    def text(self, field: Field) -> str:
        """What stands in a field."""
        return self.texts.get(field.name, NO if field.shape is Shape.YES else "")

    def put(self, name: str, text: str) -> Draft:
        """The same with another text in a field."""
        return structs.replace(self, texts={**self.texts, name: text})

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was typed or chosen."""
        return not any(text.strip() and text != NO for text in self.texts.values())


def fields_of(kind: Kind) -> tuple[Field, ...]:
    """The fields of a kind, in their order."""
    variants = () if kind is Kind.CLOZE else (_VARIANTS,)
    return (_PROMPTS[kind], *_ANSWERS[kind], *_SHARED, *variants, _ID)


_KEYS = {field.key for kind in Kind for field in fields_of(kind)}


def taken_up(draft: Draft, was: Draft, now: Draft) -> Draft:
    """A draft of a card that says something else by now: where nothing was typed, that. was: what it said
    when the draft was typed."""
    fields = {field.name: field for kind in Kind for field in fields_of(kind)}.values()
    typed = {field.name: draft.text(field) for field in fields if draft.text(field) != was.text(field)}
    return Draft(draft.kind if draft.kind is not was.kind else now.kind, {**now.texts, **typed})


def kind_of_table(table: Mapping[str, Any]) -> Kind:
    """What kind of card an entry makes, by its keys."""
    if "statement" in table:
        return Kind.STATEMENT
    if "front" in table:
        return Kind.FLIP
    if "cloze" in table:
        return Kind.CLOZE
    return Kind.CHOICE if "wrong" in table else Kind.TYPED


def draft_of(table: Mapping[str, Any]) -> Draft:
    """An entry in the fields of its kind."""
    kind = kind_of_table(table)
    texts = {field.name: shown(table[field.key], field) for field in fields_of(kind) if field.key in table}
    return Draft(kind, texts)


def shown(value: Any, field: Field) -> str:
    """A value as its field shows it."""
    if field.shape is Shape.YES:
        return YES if value is True else NO
    if isinstance(value, bool):
        return TRUTH[0] if value else TRUTH[1]
    if isinstance(value, list | tuple):
        between = ", " if field.shape is Shape.COMMAS else "\n"
        return between.join(_one_line(item) for item in value)
    return _one_line(value) if field.shape not in (Shape.TEXT, Shape.ITEMS) else visible(str(value))


def _one_line(value: Any) -> str:
    return visible(str(value)).replace("\n", BREAK)


def table_of(draft: Draft, deck: Deck, before: Mapping[str, Any] | None = None) -> dict[str, Value]:
    """The entry that the fields make; without the fields that are empty. before: what it said until now."""
    before = before or {}
    fields = {field.key: field for field in fields_of(draft.kind)}
    made: dict[str, Value] = {}
    for key, value in before.items():
        if key not in _KEYS or (key in fields and shown(value, fields[key]) == draft.text(fields[key])):
            made[key] = value
        elif key in fields and (new := _value(draft.text(fields[key]), fields[key], deck)) is not None:
            made[key] = new
    for key, field in fields.items():
        if key not in before and (new := _value(draft.text(field), field, deck)) is not None:
            made[key] = new
    return made


def _value(text: str, field: Field, deck: Deck) -> Value | None:
    """What a field's text means; None where there is nothing."""
    text = text.strip()
    if field.shape is Shape.YES:
        return True if text == YES else None
    if field.shape in (Shape.ITEMS, Shape.COMMAS):
        parts = text.split("," if field.shape is Shape.COMMAS else "\n")
        return [part.strip().replace(BREAK, "\n") for part in parts if part.strip()] or None
    if field.shape is Shape.CHOICE:
        return answer_of(deck, text) if text else None
    return text.replace(BREAK, "\n") or None
