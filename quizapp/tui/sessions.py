"""Sessions as the screens open them: study and quiz, over the app's decks and scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import TYPE_CHECKING

from msgspec import structs
from textual.screen import Screen

from quizapp.deck.card import Card, Deck
from quizapp.learn import study as studying
from quizapp.learn.order import Distractors, askable
from quizapp.learn.setup import Mode, NoCards, QuizSetup
from quizapp.overview import (
    Overview,
    distractors_of,
    last_setup,
    overview,
    usual_practice,
    usual_quiz,
    why_no_quiz,
)
from quizapp.settings.values import counting_quiz, usual_study
from quizapp.sitting import QuizSitting, StudySitting, quiz, study

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp


class Sessions:
    """What the screens ask for: figures, a study, a quiz."""

    def __init__(self, app: QuizApp, seed: Callable[[], int]) -> None:
        """seed: a number to make a quiz's seed of."""
        self._app = app
        self._seed = seed
        self._wrong: dict[str, tuple[Deck, Distractors]] = {}

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

    def distractors(self, deck: Deck) -> Distractors:
        """What a quiz asks the deck's flip cards with; looked for once a deck."""
        known = self._wrong.get(deck.id)
        if known is None or known[0] is not deck:
            known = self._wrong[deck.id] = (deck, distractors_of(deck))
        return known[1]

    def can_quiz(self, deck: Deck) -> bool:
        """Whether the deck's usual quiz has anything to ask."""
        # The distractors of a large deck take a while, and most decks have cards that need none.
        choices = deck.quiz.choices
        return bool(askable(deck.cards, choices) or askable(deck.cards, choices, self.distractors(deck)))

    def setup(self, deck: Deck) -> QuizSetup:
        """How the deck's last timed quiz was set up; its usual quiz if there was none."""
        wrong = self.distractors(deck)
        last = last_setup(self._app.store, deck, wrong)
        if last is None or last.mode is Mode.PRACTICE:
            last = usual_quiz(deck, wrong)
        return structs.replace(last, pace=2.0) if self._app.settings.quiz.twice_the_time else last

    def quiz(self, deck: Deck) -> None:
        """A timed quiz as it was set up last."""
        self.start_quiz(deck, deck.cards, self.setup(deck))

    def practice(self, deck: Deck) -> None:
        """The deck's usual quiz without a clock."""
        self.start_quiz(deck, deck.cards, usual_practice(deck, self.distractors(deck)))

    def drill(self, deck: Deck, cards: Sequence[Card], setup: QuizSetup) -> None:
        """Practise these cards of a deck, with the choices of the quiz that they were missed in."""
        self.start_quiz(deck, cards, structs.replace(setup.for_drill(), seed=0))

    def start_quiz(self, deck: Deck, cards: Sequence[Card], setup: QuizSetup) -> None:
        """A quiz with a seed of its own; it takes the place of any screen but home."""
        try:
            self.open(lambda: self._quiz_screen(deck, cards, setup))
        except NoCards as error:
            self._app.notify(self.why_no_quiz(deck, error), markup=False)

    def why_no_quiz(self, deck: Deck, error: NoCards) -> str:
        """Why a quiz can't be, with a word on flip cards where it is they that can't be asked."""
        return why_no_quiz(deck, error)

    def _quiz_screen(self, deck: Deck, cards: Sequence[Card], setup: QuizSetup) -> Screen[None]:
        def start(cards: Sequence[Card], setup: QuizSetup) -> QuizSitting:
            """Makes the sitting; a setup without a seed gets one."""
            named = bool(setup.seed)
            setup = setup if setup.seed else structs.replace(setup, seed=self._seed())
            counts = counting_quiz(self._app.settings)
            wrong = self.distractors(deck)
            return quiz(self._app.store, self._app.clock, deck, cards, setup, counts, wrong, repeatable=named)

        from quizapp.tui.quiz import QuizScreen

        return QuizScreen(deck, cards, setup, start)

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
