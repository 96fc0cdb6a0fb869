"""The tables of a deck file: the one place that names their keys and types; and reading one, faults and all.

The structs are what the file may say, before any of it is judged. A key that is absent has the struct's
default; no key can be given a value equal to its default, except lists, which may be empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated, Any, NamedTuple, TypeVar

import msgspec
from msgspec import Meta, Struct, field

from quizapp.deck.text import visible
from quizapp.problem import did_you_mean


def _expect(phrase: str, **limits: Any) -> Meta:
    """Limits of a value, and how a problem names what was expected."""
    return Meta(extra={"expected": phrase}, **limits)


# TOML's integers have 64 bits; tomli hands over any, and Python refuses to turn the longest into text.
Integer = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
Text = Annotated[str, Meta(pattern=r"\S")] | Integer
Texts = Annotated[tuple[Text, ...], _expect("a list of texts")]
Count = Annotated[int, _expect("a whole number from 0 to 9999", ge=0, le=9999)]
Truth = Annotated[bool, _expect("true or false")]

Steps = Annotated[tuple[Text, ...], _expect('a list of steps such as ["1m", "10m"]')]

MODES = ("practice", "sprint", "exam", "countdown", "survival")
"""The quiz modes that a deck may name."""


class QuizTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`[quiz]`."""

    choices: Texts = ()
    seconds: Annotated[int, _expect("a whole number from 1 to 3600", ge=1, le=3600)] | None = None
    mode: Text = ""
    cards: Annotated[int, _expect("a whole number from 1 to 9999", ge=1, le=9999)] | None = None
    distractors: Truth = False


class StudyTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`[study]`."""

    new_per_day: Count | None = None
    reviews_per_day: Count | None = None
    retention: Annotated[float, _expect("a number from 0.5 to 0.99", ge=0.5, le=0.99)] | None = None
    exam_date: Annotated[date, _expect("a date such as 2026-12-15")] | None = None
    steps: Steps | None = None
    relearning_steps: Steps | None = None


class EntryTable(Struct, frozen=True, forbid_unknown_fields=True):
    """One `[[card]]`. Exactly one of statement, front, question and cloze makes its kind."""

    statement: Text = ""
    front: Text = ""
    question: Text = ""
    cloze: Text = ""
    answer: Text | bool = ""
    back: Text = ""
    reverse: Truth = False
    wrong: Annotated[tuple[Text, ...], _expect("a list of texts", min_length=1)] = ()
    accept: Texts = ()
    variants: Texts = ()
    id: Text = ""
    why: Text = ""
    hint: Text = ""
    aspect: Text = ""
    tags: Texts = ()
    markdown: Truth | None = None
    source: Text = field(default="", name="from")


class DeckTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The head of the file, its tables and its entries."""

    title: Text = ""
    about: Text = ""
    source: Text = ""
    choices: Annotated[tuple[Text, ...], _expect("a list of 2 to 9 texts", min_length=2, max_length=9)] = ()
    keys: Texts = ()
    markdown: Truth = False
    quiz: QuizTable = QuizTable()
    study: StudyTable = StudyTable()
    card: tuple[EntryTable, ...] = ()


class Misfit(NamedTuple):
    """A key of a table whose value does not fit, or that is not known."""

    key: str
    message: str
    remedy: str


T = TypeVar("T", bound=Struct)


def keys_of(table: type[Struct]) -> tuple[str, ...]:
    """The keys a table may have, as the file writes them."""
    return table.__struct_encode_fields__


def take(table: Mapping[str, Any], shape: type[T]) -> tuple[T, list[Misfit]]:
    """The table as a struct, without whatever does not fit, and all that does not.

    Unknown keys are among the misfits, with a suggestion as their remedy where one is near.
    """
    try:
        return msgspec.convert(table, shape), []
    except msgspec.ValidationError:
        return _take_each(table, shape)


def _take_each(table: Mapping[str, Any], shape: type[T]) -> tuple[T, list[Misfit]]:
    types = {field.encode_name: field.type for field in msgspec.structs.fields(shape)}
    good: dict[str, Any] = {}
    misfits: list[Misfit] = []
    for key, value in table.items():
        if key not in types:
            misfits.append(Misfit(key, f"unknown key {quoted(key)}", did_you_mean(key[:80], types)))
            continue
        kept, bad = _fitting_items(key, value, types[key])
        misfits += bad
        if _fits(kept, types[key]):
            good[key] = kept
        elif not bad:
            misfits.append(_misfit(key, value, _expected(types[key])))
    return msgspec.convert(good, shape), misfits


def _fits(value: Any, type_: Any) -> bool:
    try:
        msgspec.convert(value, type_)
    except msgspec.ValidationError:
        return False
    return True


def _fitting_items(key: str, values: Any, type_: Any) -> tuple[Any, list[Misfit]]:
    """The items of a list of texts that are texts, and what is wrong with the others; all else as it is."""
    if not isinstance(values, list) or not _expected(type_).startswith("a list"):
        return values, []
    good = [value for value in values if is_text(value)]
    bad = [
        _misfit(f"item {number} of {key}", value, "a text")
        for number, value in enumerate(values, 1)
        if not is_text(value)
    ]
    return good, [Misfit(key, misfit.message, misfit.remedy) for misfit in bad]


def _expected(type_: Any) -> str:
    """How to name what a type takes."""
    for part in (type_, *getattr(type_, "__args__", ())):
        for meta in getattr(part, "__metadata__", ()):
            if meta.extra and "expected" in meta.extra:
                return str(meta.extra["expected"])
    return "a text"


def _misfit(key: str, value: Any, expected: str) -> Misfit:
    """What is wrong with a value, in words, and the remedy."""
    wants_text = expected == "a text"
    if isinstance(value, str) and not value.strip() and wants_text:
        return Misfit(key, f"{key} is empty", "write a text, or take it out")
    noun = noun_of(value)
    message = f"{key} is {noun}, not {expected}"
    if wants_text and isinstance(value, bool | int | float | date | time):
        return Misfit(key, message, "quote it")
    if wants_text and isinstance(value, list):
        return Misfit(key, message, "take the brackets away")
    if expected.startswith("a list"):
        if isinstance(value, str):
            return Misfit(key, message, f"put it in brackets: {key} = [{quoted(value)}]")
        if isinstance(value, list):
            size = f"a list of {len(value)} text{'s' * (len(value) != 1)}"
            if not value:
                return Misfit(key, f"{key} is an empty list", "name at least one, or take it out")
            return Misfit(key, f"{key} is {size}, not {expected}", "")
    elif isinstance(value, str):
        return Misfit(key, message, _instead(key, expected))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        return (
            Misfit(key, f"{key} is {value}, not {expected}", "")
            if abs(value) < 1e9
            else Misfit(key, message, "")
        )
    return Misfit(key, message, "")


def _instead(key: str, expected: str) -> str:
    """What to do about a text where something else was expected."""
    if "true or false" in expected:
        return f"write {key} = true"
    return "write year-month-day, without quotes" if "a date" in expected else "take the quotes away"


def noun_of(value: Any) -> str:
    """What a TOML value is, for a message."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return "a text"
        case int():
            return "a whole number" if abs(value) < 2**63 else "a number of too many digits"
        case float():
            return "a decimal number"
        case datetime():
            return "a date and time"
        case date():
            return "a date"
        case time():
            return "a time"
        case list():
            return "a list"
        case _:
            return "a table"


def quoted(text: str, most: int = 40) -> str:
    """The text in quotes, on one line, safe to show and not too long for a message."""
    short = text if len(text) <= most else text[: most - 1] + "…"
    return f'"{visible(" ".join(short.split()))}"'


def is_text(value: Any) -> bool:
    """Whether the value does for a text."""
    return _fits(value, Text)


def as_text(value: str | int) -> str:
    """A text as the file means it: a whole number stands for its digits."""
    return value if isinstance(value, str) else str(value)
