"""Is a wrong answer only mistyped? Only where nothing else can be meant.

Over 80 % of mistyped words have one letter wrong, missing or too many, or two neighbours swapped (Damerau
1964), 90 to 95 % have one such slip (Pollock and Zamora 1984), and the first letter is hardly ever it
(Yannakoudakis and Fawthrop 1983). So a word may have one slip, from five letters on, as in search engines
(Meilisearch forgives one from five on, and a second from nine), and none in its first and last letter: there
stand the prefixes and endings that make another word (legal, illegal; hablo, habla; cost, costs).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import cached_property

from quizapp.deck.card import Card, Cloze, Typed, options
from quizapp.learn.same import fold, units, without_apostrophes

FEWEST = 5
"""A word of fewer letters is one slip away from too many others."""
LONG = 9
"""From so many letters on an answer may have a space too many or too few."""
MOST = 2
"""An answer may have so many words with a slip."""


class Lexicon:
    """The answers and the words that a deck knows. They are gathered when they are first asked for, once."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._cards = tuple(cards)

    @cached_property
    def answers(self) -> frozenset[str]:
        """All that can be an answer to a card, or stands among its choices, folded."""
        texts = {text for card in self._cards for text in _answers(card)}
        return frozenset(map(fold, texts))

    def has_word(self, word: str) -> bool:
        """Whether the folded word stands anywhere on a card."""
        return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self._words) is not None

    @cached_property
    def _words(self) -> str:
        """All texts, to look for words in: folding each of them would take ten times as long."""
        texts = {text for card in self._cards for text in _texts(card)}
        return without_apostrophes(unicodedata.normalize("NFC", "\n".join(texts)).casefold())


def is_typo(given: str, wanted: str, right: Collection[str], known: Lexicon) -> bool:
    """Whether the typed text can only be meant as this right answer.

    right: all right answers of the card. Not if a digit or a sign differs, a mistyped word is one that the
    deck knows, or another of its answers is as near.
    """
    typed = fold(given)
    slips = _slips(typed, fold(wanted))
    if not slips or any(all(map(known.has_word, slip.split())) for slip in slips):
        return False
    from rapidfuzz.distance import OSA  # 8 ms, for typed answers that are not right as they stand

    most = len(slips)
    others = known.answers.difference(map(fold, right))
    return all(
        abs(len(other) - len(typed)) > most or OSA.distance(typed, other, score_cutoff=most) > most
        for other in others
    )


def _slips(given: str, wanted: str) -> list[str]:
    """The words that were mistyped, as they were typed; [] if there are none, too many, or it is more than
    a slip."""
    typed, right = given.split(), wanted.split()
    if len(typed) != len(right):
        return _spacing(typed, right)
    pairs = [pair for pair in zip(typed, right, strict=True) if pair[0] != pair[1]]
    if len(pairs) > MOST or not all(_is_slip(*pair) for pair in pairs):
        return []
    return [typed for typed, _ in pairs]


def _spacing(typed: list[str], right: list[str]) -> list[str]:
    """The words around one space that is missing or too much."""
    whole = "".join(right)
    if abs(len(typed) - len(right)) > 1 or "".join(typed) != whole or not _spelled(whole, LONG):
        return []
    # A word run together is a slip; one that was taken apart is one only if both halves are.
    return [" ".join(word for word in typed if word not in right)]


def _is_slip(given: str, wanted: str) -> bool:
    from rapidfuzz.distance import OSA  # 8 ms, for typed answers that are not right as they stand

    if not _spelled(wanted, FEWEST) or not _spelled(given, 1):
        return False
    typed, right = units(given), units(wanted)
    return typed[0] == right[0] and typed[-1] == right[-1] and OSA.distance(typed, right, score_cutoff=1) <= 1


def _spelled(word: str, fewest: int) -> bool:
    """Whether the word is of at least so many letters, and nothing else.

    In scripts whose signs are as wide as two letters, each sign is a word or a syllable.
    """
    letters = units(word)
    return len(letters) >= fewest and all(
        unit[0].isalpha() and unicodedata.east_asian_width(unit[0]) not in "WFH" for unit in letters
    )


def _answers(card: Card) -> tuple[str, ...]:
    return (card.answer, *options(card), *(card.accept if isinstance(card, Typed) else ()))


def _texts(card: Card) -> tuple[str, ...]:
    prompt = (card.before, card.after) if isinstance(card, Cloze) else (card.prompt, *card.variants)
    return (*_answers(card), *prompt, card.why, card.hint)
