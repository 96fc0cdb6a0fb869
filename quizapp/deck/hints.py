"""What is not wrong in decks, but makes them easier to guess or harder to learn from than they look.

A deck with problems is left out: what can't be read would count as missing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from quizapp.deck.card import Card, Choice, Cloze, Deck, Flip, Kind, Statement, Typed
from quizapp.deck.faults import Fault, Faults
from quizapp.deck.fresh import example_of
from quizapp.deck.scan import Layout
from quizapp.deck.tables import quoted
from quizapp.deck.text import collapse
from quizapp.problem import Problem

LONGEST_PROMPT = 300
_FEW = 5
"""Of fewer statements a side nothing is said: chance would speak."""

_SHORT = 3
"""An answer of fewer characters may stand in its question."""

_WORD = re.compile(r"\w+")
_BLANK = re.compile(r"\{[^{}]*\}")
_OR = re.compile(r"\b(?:or|oder|ou|o|eller|albo|lub|nebo)\b|/", re.IGNORECASE)

Side = list[Statement]


class Hint(Problem, frozen=True):
    """Something that is better changed, though the card works."""

    def __str__(self) -> str:
        place, _, rest = Problem.__str__(self).partition(": ")
        return f"{place}: hint: {rest}"


def place_hints(found: Sequence[Fault], layout: Layout, path: str) -> list[Hint]:
    """The hints of one deck with their places, in the order of its file. path: how they name it."""
    problems = Faults(list(found)).problems(layout, path)
    return [Hint(p.path, p.line, p.column, p.card, p.message, p.remedy) for p in problems]


def find_hints(decks: Sequence[Deck], names: Sequence[str]) -> list[list[Fault]]:
    """The hints of each deck, without their places. names: how hints name each deck's file."""
    found = [[*_of_cards(deck), *_of_statements(deck)] for deck in decks]
    for number, fault in _other_answers(decks, names):
        found[number].append(fault)
    return found


def _of_cards(deck: Deck) -> Iterator[Fault]:
    """What single cards call for, or that there are none."""
    if not deck.cards:
        yield Fault(None, (), "the deck has no cards yet", "write [[card]] and its keys, or: quizapp add")
    seen: set[tuple[int, str]] = set()
    examples = _examples(deck)
    for card in deck.cards:
        if card.prompt in examples:
            message = "this is the example of a new deck, and it is asked too"
            yield Fault(card.entry, (), message, "write your own card in its place")
            continue
        if len(card.prompt) > LONGEST_PROMPT:
            key = prompt_key(card)
            if (card.entry, key) not in seen:
                seen.add((card.entry, key))
                message = f"the {key} has {len(card.prompt)} characters, more than {LONGEST_PROMPT}"
                yield Fault(card.entry, (key,), message, "ask less at once, or make several cards of it")
        yield from _given_away(card)


def _examples(deck: Deck) -> set[str]:
    """The prompts of the cards that a new deck begins with."""
    tables = [example_of(Kind.STATEMENT, deck.choices), *(example_of(kind) for kind in Kind)]
    prompts = [str(next(iter(table.values()))) for table in tables]
    return {_BLANK.sub("[…]", prompt) for prompt in prompts}


def _given_away(card: Card) -> Iterator[Fault]:
    """Whether the card itself says what is asked, or asks nothing."""
    match card:
        case Choice():
            yield from _length_of_the_answer(card)
            if not any(_stands_in(text, card.prompt) for text in card.wrong):
                yield from _answer_in_the_question(card)
        case Typed():
            yield from _answer_in_the_question(card)
        case Cloze() if not _WORD.search(card.before + card.after):
            message = "nothing but the blank is shown"
            yield Fault(card.entry, ("cloze",), message, "leave words around it that ask for it")


def _answer_in_the_question(card: Choice | Typed) -> Iterator[Fault]:
    """Whether the answer can be read in the question. Short ones stand there by chance, and a question that
    names what there is to choose from is a good one."""
    short = len(collapse(card.answer)) < _SHORT
    if not short and not _OR.search(card.prompt) and _stands_in(card.answer, card.prompt):
        message = f"the question has its answer in it ({quoted(collapse(card.answer))})"
        yield Fault(card.entry, ("question",), message, "ask without it")


def _stands_in(text: str, prompt: str) -> bool:
    """Whether the words of a text stand in a prompt, one after the other; case does not count."""
    words, among = (_WORD.findall(whole.casefold()) for whole in (text, prompt))
    return bool(words) and f" {' '.join(words)} " in f" {' '.join(among)} "


def prompt_key(card: Card) -> str:
    """The key that the card's prompt stands at."""
    match card:
        case Statement():
            return "statement"
        case Flip():
            return "back" if card.reversed else "front"
        case Cloze():
            return "cloze"
        case _:
            return "question"


def _length_of_the_answer(card: Choice) -> Iterator[Fault]:
    """Whether the right answer stands out among the wrong ones by its length."""
    right, wrong = len(card.answer), [len(text) for text in card.wrong]
    nearest, word, than = (
        (max(wrong), "longer", "longest") if right > max(wrong) else (min(wrong), "shorter", "shortest")
    )
    outside = right > max(wrong) or right < min(wrong)
    if outside and abs(right - nearest) >= 10 and 2 * max(right, nearest) >= 3 * min(right, nearest):
        plural = "s" * (nearest != 1)
        message = (
            f"the answer is much {word} ({right}) than the {than} wrong one ({nearest} character{plural})"
        )
        yield Fault(card.entry, ("answer",), message, "make them about as long")


def _of_statements(deck: Deck) -> Iterator[Fault]:
    """What the statements call for together."""
    groups: dict[tuple[str, ...], dict[str, Side]] = defaultdict(dict)
    for card in deck.cards:
        if isinstance(card, Statement):
            sides = groups[card.choices]
            if not sides:
                sides.update({choice: [] for choice in card.choices})
            sides[card.answer].append(card)
    for choices, sides in groups.items():
        yield from _rare_side(sides)
        yield from _lengths_of_sides(sides)
        asked = deck.quiz.choices if choices == deck.choices else ()
        yield from _words_of_sides([{c: sides[c] for c in asked}, sides] if asked else [sides])
    yield from _no_contrast(deck, [card for card in deck.cards if isinstance(card, Statement)])


def _rare_side(sides: dict[str, Side]) -> Iterator[Fault]:
    """Which choices are the answer much less often than the most frequent one."""
    most = max(sides, key=lambda choice: len(sides[choice]))
    if len(sides[most]) < _FEW:
        return
    for choice, cards in sides.items():
        if 3 * len(cards) < len(sides[most]):
            often = f"the answer of {len(cards)} statement{'s' * (len(cards) != 1)}"
            message = f"{quoted(choice)} is {often}, {quoted(most)} of {len(sides[most])}: guessing pays"
            yield _of_side(sides[most], message, f"write more for {quoted(choice)}")


def _lengths_of_sides(sides: dict[str, Side]) -> Iterator[Fault]:
    """Whether the statements of one side are longer on average than those of another."""
    means = {
        choice: sum(len(card.prompt) for card in cards) / len(cards)
        for choice, cards in sides.items()
        if len(cards) >= _FEW
    }
    if len(means) < 2:
        return
    long, short = max(means, key=means.__getitem__), min(means, key=means.__getitem__)
    if means[long] >= 1.3 * means[short]:
        message = (
            f"the statements of {quoted(long)} have {means[long]:.0f} characters on average, "
            f"those of {quoted(short)} {means[short]:.0f}: length gives the answer away"
        )
        yield _of_side(sides[long], message, "make them about as long")


def _of_side(cards: Side, message: str, remedy: str) -> Fault:
    return Fault(cards[0].entry, ("statement",), message, remedy)


def _words_of_sides(groups: list[dict[str, Side]]) -> Iterator[Fault]:
    """Which words stand on one side only, within any of these groups of sides; a hint a side."""
    given_away: dict[str, dict[str, Side]] = defaultdict(dict)
    for sides in groups:
        for word, answer, cards in _one_sided(sides):
            given_away[answer].setdefault(word, cards)
    for answer, words in given_away.items():
        frequent = sorted(words, key=lambda word: -len(words[word]))
        listed = ", ".join(f"{quoted(word)} ({len(words[word])} times)" for word in frequent[:_FEW])
        more = f" and {len(frequent) - _FEW} more" if len(frequent) > _FEW else ""
        one = "s" * (len(frequent) == 1)
        message = f"{listed}{more} stand{one} in statements of {quoted(answer)} only and give{one} it away"
        yield _of_side(words[frequent[0]], message, "use it for another answer too, or say it in other words")


def _one_sided(sides: dict[str, Side]) -> Iterator[tuple[str, str, Side]]:
    """Each word in at least five statements of one side and none of another, though three could be expected
    there: the word, the side, and its statements."""
    found: dict[str, dict[str, Side]] = defaultdict(lambda: defaultdict(list))
    for answer, cards in sides.items():
        for card in cards:
            for word in dict.fromkeys(_WORD.findall(card.prompt.casefold())):
                found[word][answer].append(card)
    total = sum(map(len, sides.values()))
    for word, by_answer in found.items():
        if len(by_answer) == 1:
            ((answer, cards),) = by_answer.items()
            size = len(sides[answer])
            if len(cards) >= _FEW and len(cards) * (total - size) >= 3 * size:
                yield word, answer, cards


def _no_contrast(deck: Deck, statements: Side) -> Iterator[Fault]:
    """Which statements have no card of another answer to be shown beside.

    None is wanted where the answer is a choice that a quiz does not ask, such as "Both".
    """
    if len(statements) <= _FEW:
        return
    answers: dict[str, set[str]] = defaultdict(set)
    for card in deck.cards:
        answers[card.aspect].add(card.answer)
    bare = [card for card in statements if not card.aspect]
    if bare:
        have = "has" if len(bare) == 1 else "have"
        message = (
            f"{len(bare)} of {len(statements)} statements {have} no aspect, so that no contrast is shown"
        )
        yield Fault(bare[0].entry, (), message, "give aspect = … to statements about the same thing")
    alone = [
        card
        for card in statements
        if card.aspect
        and len(answers[card.aspect]) == 1
        and (not deck.quiz.choices or card.answer in deck.quiz.choices or card.choices != deck.choices)
    ]
    if alone:
        aspects = Counter(card.aspect for card in alone)
        listed = ", ".join(map(quoted, list(aspects)[:_FEW]))
        more = f" and {len(aspects) - _FEW} more" if len(aspects) > _FEW else ""
        message = f"statements about {listed}{more} have no contrast: all have the same answer"
        yield Fault(
            alone[0].entry, ("aspect",), message, "write one with another answer, or widen the aspect"
        )


def _other_answers(decks: Sequence[Deck], names: Sequence[str]) -> Iterator[tuple[int, Fault]]:
    """Which cards are asked in an earlier deck too, with another answer: the number of the deck, the hint.

    A card with an id is compared by its prompt; statements only with those that have the same choices.
    """
    first: dict[tuple[str, tuple[str, ...]], tuple[int, Card]] = {}
    for number, card in chain.from_iterable(
        ((number, card) for card in deck.cards) for number, deck in enumerate(decks)
    ):
        key = (card.unnamed or card.key, card.choices if isinstance(card, Statement) else ())
        earlier, other = first.setdefault(key, (number, card))
        if earlier != number and collapse(other.answer) != collapse(card.answer):
            what = prompt_key(card)
            message = (
                f"the {what} is also in {names[earlier]}, card {other.entry + 1}, "
                f"with the answer {quoted(other.answer)}"
            )
            yield number, Fault(card.entry, (what,), message, "say more in one of them, or mend one answer")
