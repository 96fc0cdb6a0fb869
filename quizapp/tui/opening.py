"""What the app shows first. Knows nothing of Textual, so that the command line can name it."""

from __future__ import annotations

from msgspec import Struct

from quizapp.deck.card import Deck
from quizapp.learn.setup import QuizSetup
from quizapp.pools import Only


class Home(Struct, frozen=True):
    """The home screen."""


class Study(Struct, frozen=True):
    """A study session. only: which cards of the decks, None for all. cram: due or not, moving nothing.
    minutes: how many it has, None for what decks and settings say."""

    decks: tuple[Deck, ...]
    only: Only | None = None
    cram: bool = False
    minutes: int | None = None


class Quiz(Struct, frozen=True):
    """A quiz on a deck; its seed is drawn when it opens."""

    deck: Deck
    setup: QuizSetup


Opening = Home | Study | Quiz
