"""A card as it is put to a person: which wording, which options in which order."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from msgspec import Struct

from quizapp.deck.card import Card, Choice, Flip, Statement, letters


class Option(Struct, frozen=True):
    """One answer to choose. key: its letter, "" if it has none; its digit is its place, from 1."""

    text: str
    key: str


class Question(Struct, frozen=True):
    """A card as it is asked. options: () unless it is chosen. variant: 0 for the card's own wording."""

    card: Card
    prompt: str
    options: tuple[Option, ...]
    variant: int

    @property
    def k(self) -> int | None:
        """Number of options shown, None where nothing is chosen."""
        return len(self.options) or None

    @property
    def typed(self) -> bool:
        """Whether the answer is typed."""
        return not self.options and not isinstance(self.card, Flip)


def pose(card: Card, *, times: int, random: Random, only: Sequence[str] = ()) -> Question:
    """Put the card as a question.

    times: how often it was asked before; wordings take turns by it. only: the choices in play for a statement
    (() for all); they keep the deck's order and letters. The options of a choice card are shuffled.
    """
    wordings = (card.prompt, *card.variants)
    variant = times % len(wordings)
    return Question(
        card=card, prompt=wordings[variant], options=_options(card, random, only), variant=variant
    )


def _options(card: Card, random: Random, only: Sequence[str]) -> tuple[Option, ...]:
    match card:
        case Statement():
            pairs = zip(card.choices, card.keys, strict=True)
            return tuple(Option(text, key) for text, key in pairs if not only or text in only)
        case Choice():
            texts = [card.answer, *card.wrong]
            random.shuffle(texts)
            return tuple(Option(text, key) for text, key in zip(texts, letters(texts), strict=True))
        case _:
            return ()
