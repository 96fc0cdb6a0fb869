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


def _expect(phrase: str, example: str = "", **limits: Any) -> Meta:
    """Limits of a value, how a problem names what was expected, and a good value where that is a number."""
    return Meta(extra={"expected": phrase, "example": example}, **limits)


# TOML's integers have 64 bits; tomli hands over any, and Python refuses to turn the longest into text.
Integer = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
Text = Annotated[str, Meta(pattern=r"\S")] | Integer
Texts = Annotated[tuple[Text, ...], _expect("a list of texts")]
Count = Annotated[int, _expect("a whole number from 0 to 9999", "20", ge=0, le=9999)]
Minutes = Annotated[int, _expect("a whole number from 0 to 240", "5", ge=0, le=240)]
Truth = Annotated[bool, _expect("true or false")]

Steps = Annotated[tuple[Text, ...], _expect('a list of steps such as ["1m", "10m"]')]

MODES = ("practice", "sprint", "exam", "countdown", "survival")
"""The quiz modes that a deck may name."""


class QuizTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`[quiz]`."""

    choices: Texts = ()
    seconds: Annotated[int, _expect("a whole number from 1 to 3600", "60", ge=1, le=3600)] | None = None
    mode: Text = ""
    cards: Annotated[int, _expect("a whole number from 1 to 9999", "20", ge=1, le=9999)] | None = None
    distractors: Truth = False


class StudyTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`[study]`."""

    new_per_day: Count | None = None
    reviews_per_day: Count | None = None
    retention: Annotated[float, _expect("a number from 0.5 to 0.99", "0.9", ge=0.5, le=0.99)] | None = None
    exam_date: Annotated[date, _expect("a date such as 2026-12-15")] | None = None
    steps: Steps | None = None
    relearning_steps: Steps | None = None
    minutes_per_day: Minutes | None = None


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
            misfits.append(_misfit(key, value, types[key]))
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
        _misfit(f"item {number} of {key}", value, Text)
        for number, value in enumerate(values, 1)
        if not is_text(value)
    ]
    return good, [Misfit(key, misfit.message, misfit.remedy) for misfit in bad]


def _metas(type_: Any) -> list[Meta]:
    """What is said about a type's values."""
    return [
        meta
        for part in (type_, *getattr(type_, "__args__", ()))
        for meta in getattr(part, "__metadata__", ())
        if meta.extra and "expected" in meta.extra
    ]


def _expected(type_: Any) -> str:
    """How to name what a type takes."""
    return next((str(meta.extra["expected"]) for meta in _metas(type_) if meta.extra), "a text")


def _example(type_: Any) -> str:
    """A number that a type takes, "" if none is known."""
    return next((str(meta.extra.get("example", "")) for meta in _metas(type_) if meta.extra), "")


def _misfit(key: str, value: Any, type_: Any) -> Misfit:
    """What is wrong with a value, in words, and the remedy."""
    from quizapp.deck import remedies  # only where something is wrong

    expected = _expected(type_)
    wants_text = expected == "a text"
    if isinstance(value, str) and not value.strip() and wants_text:
        return Misfit(key, f"{key} is empty", "write a text, or take it out")
    message = f"{key} is {noun_of(value)}, not {expected}"
    if wants_text and isinstance(value, bool | int | float | date | time):
        return Misfit(key, message, "quote it")
    if wants_text and isinstance(value, list):
        return Misfit(key, message, remedies.for_text(value))
    if expected.startswith("a list"):
        return _misfit_of_list(key, value, message, type_)
    if isinstance(value, str):
        return Misfit(key, message, _instead(key, value, type_))
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9:
        return Misfit(key, f"{key} is {value}, not {expected}", "")
    return Misfit(key, message, "")


def _misfit_of_list(key: str, value: Any, message: str, type_: Any) -> Misfit:
    """What is wrong with a value where a list of texts belongs. message: that it is none."""
    from quizapp.deck import remedies  # as above

    least = next((meta.min_length or 0 for meta in _metas(type_)), 0)
    most = next((meta.max_length or 0 for meta in _metas(type_)), 0)
    if isinstance(value, str):
        return Misfit(key, message, remedies.for_list(key, value, least))
    if not isinstance(value, list):
        return Misfit(key, message, "")
    if value:
        size = f"a list of {len(value)} text{'s' * (len(value) != 1)}"
        message = f"{key} is {size}, not {_expected(type_)}"
    else:
        message = f"{key} is an empty list"
    return Misfit(key, message, remedies.for_items(key, value, least, most))


def _instead(key: str, value: str, type_: Any) -> str:
    """What to do about a text where something else was expected."""
    from quizapp.deck import remedies  # as above

    expected = _expected(type_)
    if "true or false" in expected:
        return remedies.for_truth(key, value)
    if "a date" in expected:
        return remedies.for_date()
    if "number" in expected and not _is_number(value, type_):
        return remedies.for_number(key, _example(type_))
    return "take the quotes away"


def _is_number(text: str, type_: Any) -> bool:
    """Whether the text without its quotes would be a number that the type takes."""
    for number in (int, float):
        try:
            return _fits(number(text), type_)
        except ValueError:
            continue
    return False


def remedy_of_key(key: str) -> str:
    """What to do where a value can't be read; "" for a key that takes a text, or that is none."""
    from quizapp.deck import remedies  # as above

    shapes = (EntryTable, DeckTable, QuizTable, StudyTable)
    types = {field.encode_name: field.type for shape in shapes for field in msgspec.structs.fields(shape)}
    expected = _expected(types.get(key, Text))
    if expected.startswith("a list"):
        return remedies.for_any_list(key)
    if "true or false" in expected:
        return f"write {key} = true, or {key} = false"
    if "a date" in expected:
        return remedies.for_date()
    return remedies.for_number(key, _example(types[key])) if "number" in expected else ""


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
