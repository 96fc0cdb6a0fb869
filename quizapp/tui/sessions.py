"""Sessions as the screens open them: study and quiz, over the app's decks and scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

from msgspec import structs
from textual.screen import Screen

from quizapp.deck.card import Card, Deck
from quizapp.learn import study as studying
from quizapp.learn.order import Distractors, askable
from quizapp.learn.setup import Mode, NoCards, QuizSetup, cards_to_ask
from quizapp.overview import (
    Overview,
    distractors_of,
    last_setup,
    overview,
    usual_practice,
    usual_quiz,
    why_no_quiz,
)
from quizapp.pools import Only
from quizapp.scores.errors import ScoresError
from quizapp.settings.values import counting_quiz, usual_pace, usual_study
from quizapp.sitting import (
    Killed,
    StudySitting,
    cram,
    end_killed,
    killed_run,
    study,
)

# A quiz is imported when one is opened: see quizapp/sitting/__init__.py. So is what few starts need.
if TYPE_CHECKING:
    from quizapp.backlogs import Spread
    from quizapp.browse.looks import Look
    from quizapp.selection import Part
    from quizapp.sitting import Ended, QuizSitting
    from quizapp.tui.app import QuizApp


class Sessions:
    """What the screens ask for: figures, a study, a quiz."""

    def __init__(self, app: QuizApp, seed: Callable[[], int]) -> None:
        """seed: a number to make a quiz's seed of."""
        self._app = app
        self._seed = seed
        self._wrong: dict[str, tuple[Deck, Distractors]] = {}
        self._quizzes: list[QuizSitting] = []  # the last one, and the last one with an answer
        self._looks: dict[str, Look] = {}  # how the cards of decks were looked at last, by the decks' ids
        self._killed: Killed | None = None  # what is offered
        self._looked = False  # whether there was a look for it

    def as_now(self, deck: Deck) -> Deck:
        """The deck as it was saved last; as it is if it has gone."""
        return self._app.library.decks.get(deck.id, deck)

    def overview(self) -> Overview:
        """What waits in each deck now."""
        self._app.histories.carry_over()
        return overview(
            self._app.store, self._app.library, self._app.clock(), usual_study(self._app.settings)
        )

    def preview(self, decks: Iterable[Deck]) -> studying.View:
        """The first thing that studying these decks would show now."""
        sitting = self._study(decks)
        sitting.start()
        # The card that Enter leads to, even if the day's minutes are used up.
        sitting.go_on()
        return sitting.view

    def _study(
        self, decks: Iterable[Deck], only: Only | None = None, minutes: int | None = None
    ) -> StudySitting:
        self._app.histories.carry_over()
        chosen = list(decks)
        # The same day's order for the same decks, so that the preview shows what Enter will ask.
        seed = f"{self._app.clock().day} {' '.join(sorted(deck.id for deck in chosen))}"
        random = Random(seed)  # noqa: S311 - an order, no secret
        usual = usual_study(self._app.settings)
        return study(self._app.store, self._app.clock, chosen, random, usual, only, minutes)

    def study(
        self, decks: Iterable[Deck], title: str, only: Only | None = None, minutes: int | None = None
    ) -> None:
        """Study these decks. only: which of their cards; default: all. minutes: how many this session has;
        default: what decks and settings say."""
        from quizapp.tui.study import StudyScreen

        chosen = list(decks)
        self.open(lambda: StudyScreen(self._study(chosen, only, minutes), title))

    def cram(self, decks: Iterable[Deck], title: str, only: Only | None = None) -> None:
        """Go through the cards of these decks, due or not, and leave the schedule alone. only: as for
        `study`."""
        from quizapp.tui.study import StudyScreen

        chosen = list(decks)

        def again() -> None:
            self.cram([self.as_now(deck) for deck in chosen], title, only)

        def screen() -> Screen[None]:
            random = Random(self._seed())  # noqa: S311 - an order, no secret
            usual = usual_study(self._app.settings)
            sitting = cram(self._app.store, self._app.clock, chosen, random, usual, only)
            return StudyScreen(sitting, title, again)

        self.open(screen)

    def choose(self, marked: Iterable[Deck]) -> None:
        """Choose what to study. marked: the decks that are marked at first."""
        from quizapp.tui.choose import ChooseScreen

        self._app.push_screen(ChooseScreen(marked))

    def parts(self, decks: Sequence[Deck]) -> list[Part]:
        """What there is to study in a part of these decks."""
        from quizapp.selection import parts_of

        return parts_of(self._app.store, decks, self._app.clock(), usual_study(self._app.settings))

    def spreads(self) -> list[Spread]:
        """Over how many days the backlog may be spread."""
        from quizapp.backlogs import spreads

        decks = self._app.library.decks.values()
        return spreads(self._app.store, decks, self._app.clock(), usual_study(self._app.settings))

    def catch_up(self, spread: Spread, decks: Iterable[str]) -> None:
        """Spread the backlog like this. decks: the ids of all that were or are to be caught up with.

        Raises ScoresError.
        """
        from quizapp.sitting import catch_up

        per_day = dict.fromkeys(decks) | dict(spread.per_day)
        catch_up(self._app.store, self._app.clock, per_day, spread.until)

    def lift(self, decks: Iterable[str]) -> None:
        """Give these decks their usual limits again, and offer no other until after another break.

        Raises ScoresError.
        """
        from quizapp.sitting import lift_caps

        lift_caps(self._app.store, self._app.clock, decks)

    def undo_last(self) -> str:
        """Take back what was done last, in whichever session that was. What it was; "" if there is nothing.

        Raises ScoresError.
        """
        from quizapp.sitting import undo_last
        from quizapp.undone import undone

        done = undo_last(self._app.store, self._app.clock)
        return undone(self._app.store, self._app.library, done) if done is not None else ""

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

    def usual(self, deck: Deck) -> QuizSetup:
        """The deck's own quiz."""
        return usual_quiz(deck, self.distractors(deck))

    def setup(self, deck: Deck) -> QuizSetup:
        """How the deck's last timed quiz was set up; its usual quiz if there was none."""
        wrong = self.distractors(deck)
        last = last_setup(self._app.store, deck, wrong, timed=True) or self.usual(deck)
        return structs.replace(last, pace=usual_pace(self._app.settings))

    def set_up(self, deck: Deck, setup: QuizSetup | None = None) -> None:
        """Choose how to be quizzed. setup: what to begin with; default: how it was set up last."""
        from quizapp.tui.setup import SetupScreen

        begin = structs.replace(setup, seed=0, drill=False) if setup else self.setup(deck)
        try:
            cards_to_ask(deck.cards, begin, self.distractors(deck))
        except NoCards as error:
            self._app.notify(why_no_quiz(deck, error), markup=False)
        else:
            self.open(lambda: SetupScreen(deck, begin))

    def quiz(self, deck: Deck) -> None:
        """A timed quiz as it was set up last."""
        self.start_quiz(deck, deck.cards, self.setup(deck))

    def practice(self, deck: Deck) -> None:
        """The deck's usual quiz without a clock."""
        self.start_quiz(deck, deck.cards, usual_practice(deck, self.distractors(deck)))

    def drill(self, deck: Deck, cards: Sequence[Card], setup: QuizSetup) -> None:
        """Practise these cards of a deck, with the choices of the quiz that they were missed in."""
        self.start_quiz(deck, cards, structs.replace(setup.for_drill(), seed=0))

    def missed(self, deck: Deck) -> list[Card]:
        """The cards that were missed in a quiz and not right in a later one, longest ago first."""
        cards = {card.key: card for card in deck.cards}
        return [cards[ref.card] for ref in self._app.store.missed(deck.id) if ref.card in cards]

    def drill_missed(self, deck: Deck) -> None:
        """Practise all of these, with every choice that one of them needs."""
        cards, wrong = self.missed(deck), self.distractors(deck)
        setup = usual_practice(deck, wrong)
        if len(askable(cards, setup.choices, wrong)) < len(cards):
            setup = structs.replace(setup, choices=())
        self.drill(deck, cards, setup)

    def scores(self, deck: Deck | None) -> None:
        """Show the best and the last quizzes of a deck, or of all."""
        from quizapp.tui.scores import ScoresScreen

        self._app.push_screen(ScoresScreen(deck))

    def page(self, deck: Deck) -> None:
        """Show how a deck stands."""
        from quizapp.tui.deck import DeckScreen

        self._app.push_screen(DeckScreen(deck))

    def browse(self, deck: Deck) -> None:
        """Show the cards of a deck, as they were looked at last."""
        from quizapp.browse.looks import Look
        from quizapp.tui.browse import BrowseScreen

        look = self._looks.setdefault(deck.id, Look())
        self._app.push_screen(BrowseScreen(deck, look))

    def forget_missed(self, deck: Deck) -> None:
        """Drill none of them any more."""
        try:
            from quizapp.sitting import clear_missed

            clear_missed(self._app.store, self._app.clock, deck.id)
        except ScoresError as error:
            self._app.notify(str(error), severity="error", markup=False)
            return
        self._app.notify(f"The missed cards of {deck.title} are cleared.", markup=False)

    # ---- what is over

    def last_quiz(self) -> Ended | None:
        """What the last quiz with an answer came to; None if there was none."""
        answered = [one for one in self._quizzes if one.answers]
        return answered[-1].ended() if answered else None

    def offered(self) -> Killed | None:
        """The latest quiz that was cut off before this start, if its deck is there; until it is closed."""
        if not self._looked:
            self._looked = True
            found = killed_run(self._app.store, self._app.clock)
            if found is not None and found.start.deck in self._app.library.decks:
                self._killed = found
        if self._killed is not None and self._killed.start.deck not in self._app.library.decks:
            return None
        return self._killed

    def show_killed(self) -> None:
        """Show what that quiz came to."""
        from quizapp.sitting import ended_killed
        from quizapp.tui.results import ResultsScreen

        killed = self.offered()
        if killed is None:
            return
        deck = self._app.library.decks[killed.start.deck]
        ended = ended_killed(self._app.store, deck, killed)
        # Which cards a drill was about is not logged: those that it asked, and those that are still missed.
        about = {row.card for row in killed.answers} | {card.key for card in self.missed(deck)}
        drilled = tuple(card for card in deck.cards if card.key in about)
        cards = drilled if killed.start.drill else deck.cards
        self.open(lambda: ResultsScreen(ended, cards))

    def close_killed(self) -> None:
        """Offer it no more, now and at any later start."""
        killed, self._killed = self._killed, None
        if killed is None:
            return

        def close() -> None:
            # A file that is busy, or closed by now: then it is offered again.
            with suppress(ScoresError):
                end_killed(self._app.store, self._app.clock, killed)

        self._app.run_worker(close, thread=True, group="killed")

    def start_quiz(self, deck: Deck, cards: Sequence[Card], setup: QuizSetup) -> None:
        """A quiz with a seed of its own; it takes the place of any screen but home."""
        try:
            self.open(lambda: self._quiz_screen(deck, cards, setup))
        except NoCards as error:
            self._app.notify(why_no_quiz(deck, error), markup=False)

    def _quiz_screen(self, deck: Deck, cards: Sequence[Card], setup: QuizSetup) -> Screen[None]:
        from quizapp.sitting import quiz

        def start(cards: Sequence[Card], setup: QuizSetup) -> QuizSitting:
            """Makes the sitting; a setup without a seed gets one."""
            self._app.histories.carry_over()
            named = bool(setup.seed)
            setup = setup if setup.seed else structs.replace(setup, seed=self._seed())
            counts = counting_quiz(self._app.settings)
            wrong = self.distractors(deck)
            made = quiz(self._app.store, self._app.clock, deck, cards, setup, counts, wrong, repeatable=named)
            self._quizzes = [*[one for one in self._quizzes if one.answers][-1:], made]
            return made

        if setup.mode is Mode.EXAM:
            from quizapp.tui.exam import ExamScreen

            return ExamScreen(deck, cards, setup, start)
        from quizapp.tui.quiz import QuizScreen

        return QuizScreen(deck, cards, setup, start)

    def open(self, make: Callable[[], Screen[None]]) -> None:
        """Show a session above home, in the place of any other screen; a session there is ended first."""
        from quizapp.tui.question import QuestionScreen

        # The menu also opens over help and the like, which lie above the screen that they belong to.
        # Made first: where there is nothing to ask, the session that is open goes on.
        made = make()
        for screen in self._app.screen_stack:
            if isinstance(screen, QuestionScreen):
                screen.hand_over(lambda: self._put(made))
                return
        self._put(made)

    def _put(self, screen: Screen[None]) -> None:
        self.close_killed()
        if len(self._app.screen_stack) == 1:
            self._app.push_screen(screen)
            return
        while len(self._app.screen_stack) > 2:
            self._app.pop_screen()
        self._app.switch_screen(screen)
