"""Asking for a card at the terminal, a line a key, each judged before the next is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quizapp.cli.output import one_line
from quizapp.cli.rows import table_of
from quizapp.cli.sources import sentence
from quizapp.deck.begun import fault_so_far
from quizapp.deck.card import Deck, Kind
from quizapp.deck.entry import MOST_CHOICES
from quizapp.deck.text import collapse

Cells = Sequence[tuple[str, str]]
"""Keys and their texts, as they were typed."""
Ask = Callable[[str, str], str]
"""Shows what is asked for and waits for a line. What was typed before stands there to be changed."""
Say = Callable[[str], object]

_PROMPTS = {
    Kind.STATEMENT: ("statement", "Statement"),
    Kind.FLIP: ("front", "Front"),
    Kind.CHOICE: ("question", "Question"),
    Kind.TYPED: ("question", "Question"),
    Kind.CLOZE: ("cloze", "Sentence, with {…} around what is hidden"),
}


def asked_card(deck: Deck, kind: Kind, held: Cells, ask: Ask, say: Say) -> Cells | None:
    """A card's keys and texts; None where the prompt is left empty, which ends the asking.

    deck: as it is now; what is wrong beside its cards is asked again. held: what holds for every card, and is
    not asked.
    """
    card = _Begun(deck, kind, ask, say)
    if not card.take(*_PROMPTS[kind]):
        return None
    match kind:
        case Kind.STATEMENT:
            card.cells.append(("answer", _choice(deck, ask, say)))
        case Kind.FLIP:
            card.need("back", "Back")
        case Kind.CHOICE:
            card.need("answer", "Right answer")
            card.need("wrong", "Wrong answer")
            for _ in range(MOST_CHOICES - 2):
                if not card.take("wrong", "Another wrong answer (Enter: no more)"):
                    break
        case Kind.TYPED:
            card.need("answer", "Answer")
    given = {key for key, _ in held}
    if "why" not in given:
        card.take("why", "Why (Enter: none)")
    if "aspect" not in given and any(other.aspect for other in deck.cards):
        card.take("aspect", "Aspect (Enter: none)")
    return [*card.cells, *held]


class _Begun:
    """A card of which some keys are typed."""

    def __init__(self, deck: Deck, kind: Kind, ask: Ask, say: Say) -> None:
        self.cells: list[tuple[str, str]] = []
        self._deck, self._kind, self._ask, self._say = deck, kind, ask, say

    def take(self, key: str, what: str) -> bool:
        """Ask for a text until it will do. Whether there is one: an empty line is none."""
        text = ""
        while text := self._ask(what, text).strip():
            cells = [*self.cells, (key, text)]
            fault = fault_so_far(self._deck, self._kind, table_of(cells, self._deck))
            if not fault:
                self.cells = cells
                return True
            self._say(f"{sentence(fault)}.")
        return False

    def need(self, key: str, what: str) -> None:
        """Ask for a text until there is one."""
        while not self.take(key, what):
            self._say("This is needed; Ctrl+C leaves the card out.")


def _choice(deck: Deck, ask: Ask, say: Say) -> str:
    """A choice, by its letter, number or text."""
    texts, keys = (deck.choices, deck.keys) if deck.choices else (("true", "false"), ("t", "f"))
    # As study shows them: a number where there is no letter.
    listed = "  ".join(
        f"{key or number} {one_line(text)}"
        for number, (text, key) in enumerate(zip(texts, keys, strict=True), 1)
    )
    while True:
        typed = collapse(ask(f"Answer ({listed})", "")).casefold()
        # A choice that is a number itself is meant by its text.
        by_text = next((text for text in texts if collapse(text).casefold() == typed), None)
        if by_text is not None:
            return by_text
        for number, (text, key) in enumerate(zip(texts, keys, strict=True), 1):
            if typed and typed in (str(number), key):
                return text
        say("It is one of these: type its letter, its number or its text.")
