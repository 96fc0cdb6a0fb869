"""What an Anki collection holds, as plain values, and the note types that quizapp writes for Anki."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct


class Template(NamedTuple):
    """How a note type's cards of one kind look. ord: its number, which cards name."""

    ord: int
    front: str
    back: str


class NoteType(Struct, frozen=True):
    """What notes of one type have. fields: their names. cloze: its cards are a text's numbered blanks."""

    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    cloze: bool = False


class AnkiCard(NamedTuple):
    """One card of a note. ord: of its template, or its blank's number less one. deck: an id."""

    id: int
    ord: int
    deck: int
    suspended: bool = False
    buried: bool = False
    flagged: bool = False
    scheduled: bool = False


class AnkiNote(NamedTuple):
    """A note: fields, and the cards made of them, in the order of their templates."""

    id: int
    type: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]
    cards: tuple[AnkiCard, ...]


class AnkiDeck(NamedTuple):
    """name: with those above it, `A::B`. about: HTML."""

    name: str
    about: str = ""


class Review(NamedTuple):
    """A row of Anki's review log. at_ms: its id too. ease: 1 to 4, 0 where nobody answered. type: 0 learning,
    1 review, 2 relearning, 3 filtered, 4 manual, 5 rescheduled. factor: 0 in a manual one for a card that was
    made new again, and in a filtered one that left the schedule alone. ms: how long it took."""

    at_ms: int
    card: int
    ease: int
    type: int
    factor: int
    ms: int


class Sent(NamedTuple):
    """A row for Anki's review log. key: of the card. interval, before: in days, or in seconds below 0. type:
    as that of a Review."""

    key: str
    at_ms: int
    ease: int
    interval: int
    before: int
    ms: int
    type: int


class Collection(Struct, frozen=True):
    """All that is taken over of an Anki package. types and decks by id; notes by id, reviews by time.

    changed_ms: when it was last changed.
    """

    types: dict[int, NoteType]
    decks: dict[int, AnkiDeck]
    notes: tuple[AnkiNote, ...]
    reviews: tuple[Review, ...] = ()
    changed_ms: int = 0


# ---- the note types that quizapp writes

OWN = "quizapp: "
"""What their names begin with."""
EXTRA = ("Why", "Hint", "Aspect", "From", "Variants", "Id")
"""The fields that each has behind its own."""
_TAIL = "{{#Why}}<hr>{{Why}}{{/Why}}"
_HINT = "{{#Hint}}<br>{{hint:Hint}}{{/Hint}}"


def _type(name: str, fields: tuple[str, ...], *sides: tuple[str, str], cloze: bool = False) -> NoteType:
    templates = tuple(Template(ord_, front, back) for ord_, (front, back) in enumerate(sides))
    return NoteType(OWN + name, fields + EXTRA, templates, cloze)


def _sides(front: str, back: str) -> tuple[str, str]:
    return front + _HINT, f"{{{{FrontSide}}}}\n\n<hr id=answer>\n\n{back}{_TAIL}"


def own_types() -> dict[str, NoteType]:
    """The note types that quizapp writes, by name without OWN."""
    there, back = _sides("{{Front}}", "{{Back}}"), _sides("{{Back}}", "{{Front}}")
    offered = "<br><br>{{Choices}}"
    found = [
        _type("flip", ("Front", "Back"), there),
        _type("flip, both ways", ("Front", "Back"), there, back),
        _type("typed", ("Question", "Answer", "Accept"), _typed()),
        _type("choice", ("Question", "Answer", "Choices"), _sides("{{Question}}" + offered, "{{Answer}}")),
        _type(
            "statement", ("Statement", "Answer", "Choices"), _sides("{{Statement}}" + offered, "{{Answer}}")
        ),
        _type("cloze", ("Text",), ("{{cloze:Text}}" + _HINT, "{{cloze:Text}}" + _TAIL), cloze=True),
    ]
    return {type_.name.removeprefix(OWN): type_ for type_ in found}


def _typed() -> tuple[str, str]:
    # {{FrontSide}} leaves the box for typing out, and with it the comparison.
    return (
        "{{Question}}" + _HINT + "\n\n{{type:Answer}}",
        "{{Question}}\n\n<hr id=answer>\n\n{{type:Answer}}" + _TAIL,
    )
