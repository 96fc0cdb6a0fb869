"""The card kinds, the deck, and what makes a card the same card.

What changes a card's key (its history stays behind, unless it is carried over: see likeness.py):
  - its kind
  - its `id`, where it has one
  - its prompt (`statement`, `front`, `question`, the sentence of a `cloze`), where it has no `id`
  - for a reversed card, its prompt, the back of the entry, does not count: part is "reverse", the front does
  - for a cloze, the text of the blank and, among equal blanks, which of them it is

What does not:
  - the deck it stands in, and its place there
  - its answer, choices, wrong, accept, back, variants
  - why, hint, aspect, tags, from, markdown
  - white space and Unicode form (NFC) of the prompt or `id`; where an `id` is given, the prompt itself
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec import Struct

from quizapp.deck.text import collapse


class Kind(StrEnum):
    """How a card is asked."""

    STATEMENT = "statement"
    FLIP = "flip"
    CHOICE = "choice"
    TYPED = "typed"
    CLOZE = "cloze"


class Common(Struct, frozen=True, kw_only=True):
    """What every card has. All texts are safe to show (`text.visible`); the key was made from the raw ones.

    key: 32 hex digits. entry: 0-based number of its `[[card]]` in the file. source: the entry's `from`.
    unnamed: the key that it would have without its `id`, "" if it has none.
    markdown: whether prompt, variants, why and a flip card's answer are Markdown.
    """

    key: str
    entry: int
    prompt: str
    answer: str
    why: str = ""
    hint: str = ""
    aspect: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    variants: tuple[str, ...] = ()
    unnamed: str = ""
    markdown: bool = False


class Statement(Common, frozen=True, kw_only=True):
    """A sentence that belongs to one of `choices`; `keys` holds a letter for each, "" where there is none."""

    choices: tuple[str, ...]
    keys: tuple[str, ...]


class Flip(Common, frozen=True, kw_only=True):
    """A front and a back; the person grades. reversed: asked from back to front."""

    reversed: bool = False


class Choice(Common, frozen=True, kw_only=True):
    """A question with one right and some wrong answers."""

    wrong: tuple[str, ...]


class Typed(Common, frozen=True, kw_only=True):
    """A question whose answer is typed; `accept` holds other answers that count."""

    accept: tuple[str, ...] = ()


class Cloze(Common, frozen=True, kw_only=True):
    """A sentence with one blank: `before` + answer + `after`. prompt shows the blank as […]."""

    before: str
    after: str


Card = Statement | Flip | Choice | Typed | Cloze


def kind_of(card: Card) -> Kind:
    """The card's kind."""
    match card:
        case Statement():
            return Kind.STATEMENT
        case Flip():
            return Kind.FLIP
        case Choice():
            return Kind.CHOICE
        case Typed():
            return Kind.TYPED
        case Cloze():
            return Kind.CLOZE


class QuizDefaults(Struct, frozen=True):
    """The deck's `[quiz]`; None where it says nothing. choices: which the quiz asks, () for all.

    seconds: of a sprint. mode: its name. cards: how many are asked. distractors: whether flip cards take
    wrong answers from the whole deck.
    """

    choices: tuple[str, ...] = ()
    seconds: int | None = None
    mode: str | None = None
    cards: int | None = None
    distractors: bool = False


class UsualStudy(Struct, frozen=True):
    """What holds where a deck's own `[study]` says nothing: cards a day, the wanted probability of recall
    when a card falls due, and minutes a day, 0 for as many as it takes."""

    new_per_day: int = 20
    reviews_per_day: int = 200
    retention: float = 0.9
    minutes_per_day: int = 0


class StudyDefaults(Struct, frozen=True):
    """The deck's `[study]`; None where it says nothing. steps, relearning_steps: in seconds, () for none."""

    new_per_day: int | None = None
    reviews_per_day: int | None = None
    retention: float | None = None
    exam_date: date | None = None
    steps: tuple[int, ...] | None = None
    relearning_steps: tuple[int, ...] | None = None
    minutes_per_day: int | None = None

    def over(self, usual: UsualStudy) -> UsualStudy:
        """What holds for this deck: its own where it says something, else what is usual."""
        return UsualStudy(
            usual.new_per_day if self.new_per_day is None else self.new_per_day,
            usual.reviews_per_day if self.reviews_per_day is None else self.reviews_per_day,
            usual.retention if self.retention is None else self.retention,
            usual.minutes_per_day if self.minutes_per_day is None else self.minutes_per_day,
        )


class Deck(Struct, frozen=True, kw_only=True):
    """One TOML file, read. choices and keys go by place; keys holds "" where a choice has no letter."""

    id: str
    path: Path
    title: str
    about: str = ""
    source: str = ""
    choices: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    quiz: QuizDefaults = QuizDefaults()
    study: StudyDefaults = StudyDefaults()
    cards: tuple[Card, ...] = ()


def card_key(kind: Kind, *, prompt: str, id: str | None = None, part: str | Sequence[str | int] = "") -> str:  # noqa: A002 - the format's own word
    """The key of a card (DESIGN §5, "the same card"): 32 hex digits, the same on every machine, for ever.

    prompt: the raw prompt; a cloze's is the sentence without braces. part: "" normally, "reverse" for a
    reversed card, (blank text, n-th with that text, from 1) for a cloze, the blank collapsed as prompts are.
    """
    identity = ["text", collapse(prompt)] if id is None else ["id", collapse(id)]
    whole = ["quizapp-1", kind.value, identity, part if isinstance(part, str) else list(part)]
    return _digest(whole)


def content_hash(cards: Iterable[Card]) -> str:
    """A hash of what a quiz asks: over the sorted (key, answer, choices) of its cards."""
    rows = sorted((card.key, card.answer, list(options(card))) for card in cards)
    return _digest(rows)


def _digest(whole: object) -> str:
    # As json.dumps has it, compact and with ensure_ascii=False: a test holds that, for every character. That
    # took as long as all else that reading a card takes.
    return hashlib.sha256(msgspec.json.encode(whole)).hexdigest()[:32]


def options(card: Card) -> tuple[str, ...]:
    """The answers a card offers to choose from, in the author's order, the right one first for a choice card;
    () for a card that is not chosen."""
    match card:
        case Statement():
            return card.choices
        case Choice():
            return (card.answer, *card.wrong)
        case _:
            return ()


def letters(choices: Sequence[str], given: Sequence[str] = ()) -> tuple[str, ...]:
    """A letter for each choice: the given ones, else the first letter of its own that is still free, else "".

    Letters are lower case; only letters that are one printable alphabetic character count.
    """
    taken = {key.casefold() for key in given if key}
    keys: list[str] = []
    for place, choice in enumerate(choices):
        if place < len(given):
            keys.append(given[place].casefold())
            continue
        own = (letter for letter in collapse(choice).casefold() if letter.isalpha() and letter not in taken)
        key = next(own, "")
        taken.add(key)
        keys.append(key)
    return tuple(keys)


def contrasts(card: Card, cards: Iterable[Card]) -> list[Card]:
    """The cards of the same aspect with another answer, in the deck's order."""
    if not card.aspect:
        return []
    return [other for other in cards if other.aspect == card.aspect and other.answer != card.answer]
