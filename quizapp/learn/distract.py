"""Distractors: wrong texts for flip cards, so that a quiz can ask them as choices. Pure, and no chance in it.

They are the backs of the deck's other flip cards. A reversed card is answered with a front, so its
distractors are fronts: those of the other cards that are asked both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from quizapp.deck.card import Card, Flip
from quizapp.deck.text import collapse

FEW = 3
"""With so many from its own aspect, a card needs none from the rest of the deck."""
MOST = 12
"""A card has at most so many distractors: enough that they change from quiz to quiz."""
LOOKS = 100
"""So many texts are looked at for a card, so that 10,000 cards take a moment even where none will do."""

# Not all that is no letter: C# is not C++, and -1 is not 1.
_PUNCTUATION = " .,;:!?¿¡…·\"'’‘‚“”„«»‹›()[]{}。、，．！？：；「」『』（）"


class _Text(Struct, frozen=True):
    """A text as it is shown, and as it is compared."""

    shown: str
    folded: str


def distractors(cards: Iterable[Card], *, whole: bool) -> dict[str, tuple[str, ...]]:
    """Possible wrong texts of every flip card that has any, by its key. cards: all of the deck's.

    They come from cards of the same aspect, those nearest in the deck first. whole: where these give fewer
    than three, or a card has no aspect, from the whole deck (the deck says `distractors = true`).

    None is equal to the answer, contains it or is contained in it; no two are equal; none answers another
    card with the same prompt. Case, white space and punctuation at the ends do not count.
    """
    flips = [card for card in cards if isinstance(card, Flip)]
    found: dict[str, tuple[str, ...]] = {}
    for way in (False, True):
        found |= _one_way([card for card in flips if card.reversed is way], whole)
    return {card.key: found[card.key] for card in flips if card.key in found}


def why_none(cards: Iterable[Card], *, whole: bool) -> str:
    """Why no flip card can be quizzed and what to do, in a sentence for people; "" if one can."""
    flips = [card for card in cards if isinstance(card, Flip)]
    if distractors(flips, whole=whole):
        return ""
    if not flips:
        return "There are no flip cards."
    if len({card.entry for card in flips}) == 1:
        return (
            "A quiz takes the wrong answers of a flip card from other flip cards, and there is only one: "
            "add some, or study it instead."
        )
    if distractors(flips, whole=True):
        aspects = any(card.aspect for card in flips)
        where = "none has one that will do" if aspects else "these have no aspect"
        return (
            f"A quiz takes the wrong answers of a flip card from others of its aspect, and {where}: "
            "write distractors = true under [quiz] to take them from the whole deck, or study them instead."
        )
    return (
        "The answers of the flip cards are the same or contain each other, so that none can be a wrong "
        "answer beside another: study them instead."
    )


def _one_way(cards: Sequence[Flip], whole: bool) -> dict[str, tuple[str, ...]]:
    """The distractors of cards that are all asked the same way round."""
    answers = {card.key: _Text(card.answer, _fold(card.answer)) for card in cards}
    by_aspect: dict[str, list[_Text]] = {}
    by_prompt: dict[str, set[str]] = {}
    for card in cards:
        if card.aspect:
            by_aspect.setdefault(card.aspect, []).append(answers[card.key])
        for prompt in _prompts(card):
            by_prompt.setdefault(prompt, set()).add(answers[card.key].folded)
    near = {aspect: _Ring(texts) for aspect, texts in by_aspect.items()}
    everywhere = _Ring(answers.values() if whole else ())
    found: dict[str, tuple[str, ...]] = {}
    for card in cards:
        answer = answers[card.key]
        right = set().union(*(by_prompt[prompt] for prompt in _prompts(card)))
        own = near[card.aspect].around(answer, right) if card.aspect else []
        if len(own) < FEW:
            taken = {text.folded for text in own}
            own += [text for text in everywhere.around(answer, right) if text.folded not in taken]
        if own:
            found[card.key] = tuple(text.shown for text in own[:MOST])
    return found


class _Ring:
    """Different texts in the deck's order, the last of them next to the first."""

    def __init__(self, texts: Iterable[_Text]) -> None:
        first: dict[str, _Text] = {}
        for text in texts:
            first.setdefault(text.folded, text)
        self._texts = list(first.values())
        self._places = {folded: place for place, folded in enumerate(first)}

    def around(self, answer: _Text, right: set[str]) -> list[_Text]:
        """The nearest texts that can stand beside the answer. right: folded texts that are right too."""
        found: list[_Text] = []
        for text in self._outwards(answer):
            other = text.folded
            if other not in right and other not in answer.folded and answer.folded not in other:
                found.append(text)
                if len(found) == MOST:
                    break
        return found

    def _outwards(self, answer: _Text) -> Iterator[_Text]:
        """The other texts, one after the answer, one before it, and so on, but not too many."""
        place = self._places.get(answer.folded)
        if place is None:
            return
        others = min(len(self._texts) - 1, LOOKS)
        for number in range(others):
            step = number // 2 + 1
            yield self._texts[(place + (step if number % 2 == 0 else -step)) % len(self._texts)]


def _prompts(card: Flip) -> set[str]:
    return {_fold(prompt) for prompt in (card.prompt, *card.variants)}


def _fold(text: str) -> str:
    """The text as it is compared: caseless, without punctuation at the ends unless it is nothing else."""
    folded = collapse(text).casefold()
    return folded.strip(_PUNCTUATION) or folded
