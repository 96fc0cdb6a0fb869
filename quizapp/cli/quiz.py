"""`quizapp quiz`: right in a quiz."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import click

from quizapp.cli.errors import BadInput
from quizapp.cli.front import inline_option, json_option, open_front, plain_option
from quizapp.cli.output import example, quoted
from quizapp.cli.sources import folder_option, library_and_deck
from quizapp.deck.text import collapse
from quizapp.problem import did_you_mean

if TYPE_CHECKING:
    from quizapp.deck.card import Deck
    from quizapp.learn.quiz import QuizSetup

MOST_SECONDS = 3600


@click.command(
    "quiz",
    epilog=example("quizapp quiz bpo-or-kpo --seconds 120", "quizapp quiz bpo-or-kpo --choices BPO,KPO,Both"),
)
@click.argument("deck")
@click.option(
    "--mode",
    type=click.Choice(["sprint", "practice"], case_sensitive=False),
    default="sprint",
    help="sprint: against the clock (the default). practice: no clock, missed cards return.",
)
@click.option("--seconds", type=int, metavar="N", help="Length of a sprint; usually 30, 60 or 120.")
@click.option("--choices", metavar="A,B", help="Ask only about these of the deck's choices.")
@json_option
@plain_option
@inline_option
@folder_option
def command(deck: str, mode: str, seconds: int | None, choices: str | None) -> None:
    """Take a quiz on a deck.

    DECK is a deck's id (`quizapp decks` lists them) or the path of a deck file.
    """
    from quizapp.learn.quiz import NoCards, QuizSession
    from quizapp.tui.opening import Quiz

    if seconds is not None and mode == "practice":
        raise BadInput("Practice has no clock; leave out --seconds, or take --mode sprint")
    if seconds is not None and not 1 <= seconds <= MOST_SECONDS:
        raise BadInput(f"A sprint lasts 1 to {MOST_SECONDS} seconds, not {seconds}; usual are 30, 60 and 120")
    library, chosen = library_and_deck(deck)
    setup = _setup(chosen, mode, seconds, choices)
    try:
        QuizSession(chosen.cards, setup, seen={}, random=Random(0))  # noqa: S311 - only whether it can be made
    except NoCards as none:
        raise BadInput(f"{quoted(chosen.title)} can't be quizzed: {none}") from none
    open_front(library, Quiz(chosen, setup))


def _setup(deck: Deck, mode: str, seconds: int | None, choices: str | None) -> QuizSetup:
    """The quiz that was asked for; the deck's own defaults where nothing was said."""
    from quizapp.learn.quiz import SECONDS, Mode, QuizSetup

    chosen = deck.quiz.choices if choices is None else pick_choices(choices, deck)
    length = (seconds or deck.quiz.seconds or SECONDS) if mode == "sprint" else None
    return QuizSetup(mode=Mode(mode), seconds=length, choices=chosen)


def pick_choices(text: str, deck: Deck) -> tuple[str, ...]:
    """The deck's choices that a list with commas names, in the deck's order; () if that is all of them.

    Case is ignored. A choice may hold commas itself: the longest that fits is taken. Raises BadInput.
    """
    if not deck.choices:
        raise BadInput(f"{quoted(deck.title)} has no choices; leave out --choices")
    names = {choice.casefold(): choice for choice in deck.choices} | {
        choice: choice for choice in deck.choices
    }
    parts = text.split(",")
    taken: set[str] = set()
    while parts:
        for end in range(len(parts), 0, -1):
            name = collapse(",".join(parts[:end]))
            if found := names.get(name) or names.get(name.casefold()):
                taken.add(found)
                parts = parts[end:]
                break
        else:
            wrong = collapse(parts[0])
            hint = did_you_mean(wrong[:80], deck.choices)
            listed = ", ".join(deck.choices)
            message = f"{quoted(wrong)} is not one of the deck's choices {listed}"
            raise BadInput(message + (f"; {hint}" if hint else ""))
    if taken == set(deck.choices):
        return ()
    if taken == set(deck.quiz.choices):
        return deck.quiz.choices
    return tuple(choice for choice in deck.choices if choice in taken)
