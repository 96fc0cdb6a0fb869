"""Asking for a card at the terminal, a line a key."""

from __future__ import annotations

from collections.abc import Callable

from quizapp.cli.output import one_line
from quizapp.deck.card import Deck, Kind
from quizapp.deck.text import collapse

Ask = Callable[[str], str]
"""Shows what is asked for and waits for a line."""
Say = Callable[[str], object]

_BRACES = "Sentence, with {…} around what is hidden"


def asked_card(deck: Deck, kind: Kind, ask: Ask, say: Say) -> list[tuple[str, str]]:
    """A card's keys and their texts, as they were typed; what is needed is asked for until it is given."""
    match kind:
        case Kind.STATEMENT:
            cells = [("statement", _needed("Statement", ask, say)), ("answer", _choice(deck, ask, say))]
        case Kind.FLIP:
            cells = [("front", _needed("Front", ask, say)), ("back", _needed("Back", ask, say))]
        case Kind.CHOICE:
            question, answer = _needed("Question", ask, say), _needed("Right answer", ask, say)
            wrong = [_needed("Wrong answer", ask, say)]
            while more := ask("Another wrong answer (Enter: no more)").strip():
                wrong.append(more)
            cells = [("question", question), ("answer", answer), *(("wrong", text) for text in wrong)]
        case Kind.TYPED:
            cells = [("question", _needed("Question", ask, say)), ("answer", _needed("Answer", ask, say))]
        case Kind.CLOZE:
            cells = [("cloze", _needed(_BRACES, ask, say))]
    cells.append(("why", ask("Why (Enter: none)").strip()))
    if any(card.aspect for card in deck.cards):
        cells.append(("aspect", ask("Aspect (Enter: none)").strip()))
    return cells


def _needed(what: str, ask: Ask, say: Say) -> str:
    while not (text := ask(what).strip()):
        say("This is needed; Ctrl+C adds nothing.")
    return text


def _choice(deck: Deck, ask: Ask, say: Say) -> str:
    """A choice, by its number, letter or text."""
    texts, keys = (deck.choices, deck.keys) if deck.choices else (("true", "false"), ("t", "f"))
    listed = "  ".join(f"{number} {one_line(text)}" for number, text in enumerate(texts, 1))
    while True:
        typed = collapse(ask(f"Answer ({listed})")).casefold()
        # A choice that is a number itself is meant by its text.
        by_text = next((text for text in texts if collapse(text).casefold() == typed), None)
        if by_text is not None:
            return by_text
        for number, (text, key) in enumerate(zip(texts, keys, strict=True), 1):
            if typed and typed in (str(number), key):
                return text
        say("It is one of these: type its number, its letter or its text.")
