"""Sessions as the screens open them: study and quiz, over the app's decks and scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import TYPE_CHECKING

from msgspec import structs
from textual.screen import Screen

from quizapp.deck.card import Card, Deck
from quizapp.learn import study as studying
from quizapp.learn.order import askable
from quizapp.learn.quiz import Mode, NoCards, QuizSetup
from quizapp.overview import Overview, overview, usual_quiz
from quizapp.settings.values import usual_study
from quizapp.sitting import QuizSitting, StudySitting, quiz, study

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp


class Sessions:
    """What the screens ask for: figures, a study, a quiz."""

    def __init__(self, app: QuizApp, seed: Callable[[], int]) -> None:
        """seed: a number to make a quiz's seed of."""
        self._app = app
        self._seed = seed

    def overview(self) -> Overview:
        """What waits in each deck now."""
        return overview(
            self._app.store, self._app.library, self._app.clock(), usual_study(self._app.settings)
        )

    def preview(self, decks: Iterable[Deck]) -> studying.View:
        """The first thing that studying these decks would show now."""
        sitting = self._study(decks)
        sitting.start()
        return sitting.view

    def _study(self, decks: Iterable[Deck]) -> StudySitting:
        chosen = list(decks)
        # The same day's order for the same decks, so that the preview shows what Enter will ask.
        seed = f"{self._app.clock().day} {' '.join(sorted(deck.id for deck in chosen))}"
        random = Random(seed)  # noqa: S311 - an order, no secret
        return study(self._app.store, self._app.clock, chosen, random, usual_study(self._app.settings))

    def study(self, decks: Iterable[Deck], title: str) -> None:
        """Study these decks."""
        from quizapp.tui.study import StudyScreen

        chosen = list(decks)
        self.open(lambda: StudyScreen(self._study(chosen), title))

    def can_quiz(self, deck: Deck) -> bool:
        """Whether the deck's usual quiz has anything to ask."""
        return bool(askable(deck.cards, usual_quiz(deck).choices))

    def quiz(self, deck: Deck) -> None:
        """The deck's usual timed quiz."""
        self.start_quiz(deck, deck.cards, usual_quiz(deck, seed=self._seed()))

    def practice(self, deck: Deck) -> None:
        """The deck's usual quiz without a clock."""
        setup = structs.replace(usual_quiz(deck), mode=Mode.PRACTICE, seconds=None)
        self.start_quiz(deck, deck.cards, setup)

    def drill(self, deck: Deck, cards: Sequence[Card], setup: QuizSetup) -> None:
        """Practise these cards of a deck, with the choices of the quiz that they were missed in."""
        drill = structs.replace(setup, mode=Mode.PRACTICE, seconds=None, drill=True)
        self.start_quiz(deck, cards, drill)

    def start_quiz(self, deck: Deck, cards: Sequence[Card], setup: QuizSetup) -> None:
        """A quiz with a seed of its own; it takes the place of any screen but home."""
        from quizapp.tui.quiz import QuizScreen

        def start(cards: Sequence[Card], setup: QuizSetup) -> QuizSitting:
            counts = usual_study(self._app.settings) if self._app.settings.quiz.counts_for_study else None
            setup = structs.replace(setup, seed=self._seed())
            return quiz(self._app.store, self._app.clock, deck, cards, setup, counts)

        def make() -> Screen[None]:
            return QuizScreen(deck, cards, setup, start)

        try:
            self.open(make)
        except NoCards as error:
            self._app.notify(str(error), markup=False)

    def open(self, make: Callable[[], Screen[None]]) -> None:
        """Show a session above home, in the place of any other screen; a session there is ended first."""
        from quizapp.tui.question import QuestionScreen

        # The menu also opens over help and the like, which lie above the screen that they belong to.
        for screen in self._app.screen_stack:
            if isinstance(screen, QuestionScreen):
                screen.hand_over(lambda: self._put(make()))
                return
        self._put(make())

    def _put(self, screen: Screen[None]) -> None:
        if len(self._app.screen_stack) == 1:
            self._app.push_screen(screen)
            return
        while len(self._app.screen_stack) > 2:
            self._app.pop_screen()
        self._app.switch_screen(screen)
