"""A card as it is put to a person: which wording, which options in which order."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from msgspec import Struct

from quizapp.deck.card import Card, Choice, Flip, Statement, letters
from quizapp.deck.text import collapse


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


DISTRACTORS = 3
"""How many wrong texts a flip card is put beside at most."""


def pose(
    card: Card, *, times: int, random: Random, only: Sequence[str] = (), distractors: Sequence[str] = ()
) -> Question:
    """Put the card as a question.

    times: how often it was asked before; wordings take turns by it. only: the choices in play for a statement
    (() for all); they keep the deck's order and letters. The options of a choice card are shuffled.
    distractors: wrong texts for a flip card, of which up to three are drawn; with any, its back is chosen.
    """
    wordings = (card.prompt, *card.variants)
    variant = times % len(wordings)
    options = _options(card, random, only, distractors)
    return Question(card=card, prompt=wordings[variant], options=options, variant=variant)


def wrong_backs(card: Flip, distractors: Sequence[str]) -> list[str]:
    """The wrong texts that can stand beside the card's back: each once, and none that reads the same."""
    taken = {collapse(card.answer).casefold()}
    found = []
    for text in distractors:
        folded = collapse(text).casefold()
        if folded not in taken:
            taken.add(folded)
            found.append(text)
    return found


def _options(
    card: Card, random: Random, only: Sequence[str], distractors: Sequence[str]
) -> tuple[Option, ...]:
    match card:
        case Statement():
            pairs = zip(card.choices, card.keys, strict=True)
            return tuple(Option(text, key) for text, key in pairs if not only or text in only)
        case Choice():
            return _shuffled([card.answer, *card.wrong], random)
        case Flip():
            wrong = wrong_backs(card, distractors)
            drawn = random.sample(wrong, min(DISTRACTORS, len(wrong)))
            return _shuffled([card.answer, *drawn], random) if drawn else ()
        case _:
            return ()


def _shuffled(texts: list[str], random: Random) -> tuple[Option, ...]:
    random.shuffle(texts)
    return tuple(Option(text, key) for text, key in zip(texts, letters(texts), strict=True))
