"""New cards for a deck: what they say, and a file's bytes with them, read back before they count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from quizapp.deck.card import Card, Deck, Kind, kind_of
from quizapp.deck.edit import Source, add_entries
from quizapp.deck.fresh import without_example
from quizapp.deck.read import parse_deck
from quizapp.deck.replace import edited
from quizapp.deck.text import collapse
from quizapp.deck.write import Value
from quizapp.problem import Problem

_TRUTH = {"true": True, "t": True, "false": False, "f": False}


class Added(Struct, frozen=True):
    """A file with new cards. data: its bytes. deck: what is read from them. cards: the new ones."""

    data: bytes
    deck: Deck
    cards: tuple[Card, ...]


class BadCards(Exception):  # noqa: N818 - it is what is wrong, in the words of a person
    """The file would have problems that it does not have now. Nothing was changed.

    problems: each with the place in the given tables (0-based) that it is about, None for the whole file.
    """

    def __init__(self, problems: Sequence[tuple[int | None, Problem]]) -> None:
        super().__init__(*(problem.message for _, problem in problems))
        self.problems = tuple(problems)


def add_cards(data: bytes, tables: Sequence[Mapping[str, Value]], *, path: Path, deck_id: str) -> Added:
    """The bytes of a deck file with more entries at its end, in the file's own style.

    The example of a new deck makes room. Raises BadCards, and EditError where the file can't be edited.
    """
    before = edited(data, without_example)
    first = 0

    def put(text: str) -> str:
        nonlocal first
        source = Source.of(text)
        first = len(source.entries)
        return add_entries(source, tables)

    after = edited(before, put)
    deck, found = parse_deck(after, path=path, deck_id=deck_id, shown_as="")
    # Nearly always there are none, and then the file need not be read as it was.
    fresh = found and fresh_problems(parse_deck(before, path=path, deck_id=deck_id, shown_as="")[1], found)
    if deck is None or fresh:
        raise BadCards([(_number(problem, first), problem) for problem in fresh])
    return Added(after, deck, tuple(card for card in deck.cards if card.entry >= first))


def fresh_problems(known: Iterable[Problem], found: Iterable[Problem]) -> list[Problem]:
    """Those of the found problems that a file did not have before; its entries keep their numbers."""
    old = Counter(map(_kind_of_problem, known))
    return [problem for problem in found if not _take(old, problem)]


def _kind_of_problem(problem: Problem) -> tuple[int | None, str, str]:
    return problem.card, problem.message, problem.remedy


def _take(old: Counter[tuple[int | None, str, str]], problem: Problem) -> bool:
    """Whether the file had this problem before; each is taken once."""
    kind = _kind_of_problem(problem)
    if not old[kind]:
        return False
    old[kind] -= 1
    return True


def _number(problem: Problem, first: int) -> int | None:
    return problem.card - 1 - first if problem.card is not None and problem.card > first else None


def usual_kind(deck: Deck) -> Kind:
    """What kind the next card of a deck most likely is."""
    if deck.choices:
        return Kind.STATEMENT
    counted = Counter(kind_of(card) for card in deck.cards)
    return counted.most_common(1)[0][0] if counted else Kind.FLIP


def answer_of(deck: Deck, text: str) -> str | bool:
    """What an answer to a statement means: a choice of the deck in any case, true or false; else the text."""
    folded = collapse(text).casefold()
    for choice in deck.choices:
        if collapse(choice).casefold() == folded:
            return choice
    return _TRUTH.get(folded, text)
