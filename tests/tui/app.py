"""The whole app on a folder of its own, with a clock that only moves when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from itertools import count
from pathlib import Path
from time import monotonic

from msgspec import structs
from textual import events
from textual.command import CommandList, CommandPalette
from textual.geometry import Region
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget

from quizapp.deck.card import Card, Choice, Deck, Kind, QuizDefaults, card_key
from quizapp.deck.library import Library, load_library
from quizapp.learn import quiz as quizzing
from quizapp.learn import study as studying
from quizapp.learn.ask import Question
from quizapp.learn.exam import ExamSession
from quizapp.learn.judge import Chosen
from quizapp.learn.quiz import QuizSetup
from quizapp.record import Answer, Event, EventType
from quizapp.scores.store import Store, open_store
from quizapp.settings.places import Places
from quizapp.settings.read import read_config
from quizapp.sitting import QuizSitting, StudySitting, quiz
from quizapp.tui.app import QuizApp
from quizapp.tui.exam import ExamScreen
from quizapp.tui.home import HomeScreen
from quizapp.tui.long_work import LongWork
from quizapp.tui.opening import Opening
from quizapp.tui.pace import Pace
from quizapp.tui.question import QuestionScreen
from quizapp.tui.quiz import QuizScreen
from quizapp.tui.results import ResultsScreen
from quizapp.tui.study import StudyScreen
from quizapp.tui.terminal import Terminal
from quizapp.tui.widgets.answers import Answers
from quizapp.tui.widgets.bar import Bar
from quizapp.tui.widgets.card_view import Back, Front, Rule
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter
from quizapp.tui.widgets.place import Place
from quizapp.tui.writing import Writing
from tests.builders import FakeClock, deck, statement

STILL = Pace(dead=0, right=999, wrong=0, ready=999)
"""Every key counts at once, and nothing goes on by itself."""
NO_HURRY = Pace(dead=0, right=999, wrong=999, ready=999)
"""The same for practice, where what is right stays as long as what is wrong: `Player.go_on` goes on."""
SIZES = [(40, 15), (80, 24), (160, 50)]
_PATIENCE = 20
"""Seconds to wait for anything."""
_CHARACTERS = {"space": " ", "slash": "/", "question_mark": "?"}

_ASPECTS = ("skills", "cost", "volume", "depth", "risk", "pay", "law", "scale")


def two_sided(*, sides: int = 8, both: int = 1, title: str = "BPO or KPO?", seconds: int = 60) -> Deck:
    """A deck of statements, `sides` aspects with one of BPO and one of KPO each; its quiz asks these two."""
    cards: list[Card] = []
    for aspect in _ASPECTS[:sides]:
        for side in ("BPO", "KPO"):
            text = f"This is about {aspect}, and it goes with {side[0]}."
            cards.append(statement(text, side, aspect=aspect, why=f"{side} it is, because of {aspect}."))
    cards += [statement(f"Common ground number {n}.", "Both") for n in range(both)]
    made = deck(*cards, id="sides")
    return structs.replace(made, title=title, quiz=QuizDefaults(choices=("BPO", "KPO"), seconds=seconds))


def choice_card(question: str, answer: str, *wrong: str) -> Choice:
    """A question with one right answer and some wrong ones."""
    return Choice(
        key=card_key(Kind.CHOICE, prompt=question), entry=0, prompt=question, answer=answer, wrong=wrong
    )


def library_of(*decks: Deck) -> Library:
    """A library of decks that were read from nowhere."""
    return Library(decks={deck.id: deck for deck in decks})


def library_in(folder: Path, files: Mapping[str, str]) -> Library:
    """The library of these deck files, written into folders: `user/a.toml`, `shipped/a.toml`."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_library(user=folder / "user", shipped=folder / "shipped", cwd=folder, home=Path("/nowhere"))


def played(app: QuizApp, quizzed: Deck, setup: QuizSetup, answers: str) -> QuizSitting:
    """A whole sprint without its screen: + a right answer, - a wrong one, 1.5 s each; the last card is
    answered right, but after the time is over."""
    sitting = quiz(app.store, app.clock, quizzed, quizzed.cards, setup)
    sitting.begin()
    now = 0.0
    for sign in f"{answers}l":
        view = sitting.view
        assert isinstance(view, quizzing.Asking)
        sitting.session.painted(now)
        now += 1.5 if sign != "l" else (setup.seconds or 0) - 1.5 * len(answers) + 2
        marks = [option.text == view.question.card.answer for option in view.question.options]
        sitting.answer(Chosen(marks.index(sign != "-")), now)
        sitting.go_on()
    return sitting


@contextmanager
def app_on(
    folder: Path,
    library: Library,
    *,
    clock: FakeClock | None = None,
    pace: Pace | None = STILL,
    opening: Opening | None = None,
    fresh: bool = False,
    config: str = "",
    terminal: Terminal | None = None,
) -> Iterator[QuizApp]:
    """The app, not yet running, with its scores file in the folder; its quizzes have seeds 1, 2, 3.

    pace: None for that of the settings. fresh: whether the scores file is only made now, so that the app
    takes this for the first session. config: what config.toml says; "" leaves it as it is.
    """
    clock = clock or FakeClock()
    places = Places(decks=folder / "user", scores=folder / "scores.db", config=folder / "config.toml")
    if config:
        places.config.write_text(config, encoding="utf-8")
    if not fresh:
        open_store(places.scores, now_ms=clock.now_ms).close()
    with closing(open_store(places.scores, now_ms=clock.now_ms, busy_seconds=0.05)) as store:
        yield QuizApp(
            library=library,
            store=store,
            clock=clock,
            places=places,
            random=count(1).__next__,
            opening=opening,
            config=read_config(places.config),
            pace=pace,
            terminal=terminal,
        )


class Player:
    """A person at the app: presses keys, reads the screen, and looks into the scores file."""

    def __init__(self, app: QuizApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    # ---- keys

    async def press(self, *keys: str) -> None:
        """Press keys one after another, each when what the last one did is on the screen."""
        for key in keys:
            self.post(key)
            await self.settled()

    def post(self, *keys: str) -> None:
        """Press keys at once, before anything comes of the first."""
        for key in keys:
            name = key if len(key) > 1 or key.isalnum() else _character_to_key(key)
            self.app.post_message(events.Key(name, _CHARACTERS.get(name, key if len(key) == 1 else None)))

    async def settled(self) -> None:
        """Wait until all that was asked for has come, and the screen takes keys."""
        await self.until(self._takes_keys)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is so, and nothing more is on its way to the screen.

        As Pilot.pause does, but without a wait for the processor to be idle, which takes 100 ms a key.
        """
        late = monotonic() + _PATIENCE
        while monotonic() < late:
            await asyncio.sleep(0 if self._busy() else 0.001)
            if self.app._exception is not None:
                raise self.app._exception
            if self._busy():
                continue
            self.app.screen._on_timer_update()
            if self._busy() or not true():
                continue
            # No message waits; now every widget is done with the one that it had in hand, too.
            await self.pilot._wait_for_screen()
            if not self._busy() and not self._unpainted() and true():
                return
        raise AssertionError(f"it never came to that; the screen is {self.app.screen}\n{self.text}")

    def _busy(self) -> bool:
        pumps = [self.app, *self.app.screen.walk_children(with_self=True)]
        return any(pump.message_queue_size or pump._next_callbacks or pump._pending_message for pump in pumps)

    def _unpainted(self) -> bool:
        screen = self.app.screen
        return bool(screen._layout_required or screen._callbacks or not screen._running)

    def _takes_keys(self) -> bool:
        screen = self.app.screen
        if isinstance(screen, ResultsScreen):
            return screen._alive_at is not None
        if isinstance(screen, QuestionScreen):
            return not screen._writing and screen._alive_at is not None
        if isinstance(work := getattr(screen, "_work", None), LongWork) and work.busy:
            return False
        writing = getattr(screen, "_writing", None)
        return not (isinstance(writing, Writing) and writing.busy)

    async def choose(self, typed: str, line: str) -> None:
        """Seek a command in the menu and choose it. line: what its line begins with."""
        if not isinstance(self.app.screen, CommandPalette):
            await self.press("ctrl+p")
            await self.until(lambda: isinstance(self.app.screen, CommandPalette))
        await self.press(*typed)

        def marked() -> bool:
            options = self.app.screen.query_one(CommandList)
            place = options.highlighted
            return place is not None and str(options.get_option_at_index(place).prompt).startswith(line)

        await self.until(marked)
        self.post("enter")
        await self.until(lambda: not self.app.screen.is_modal)

    async def answer(self, *, right: bool) -> None:
        """Give the right or a wrong answer to the question."""
        question = self.question
        if question.typed:
            self.app.post_message(events.Paste(question.card.answer if right else "zzz"))
            await self.settled()
            await self.press("enter")
        else:
            places = [
                place
                for place, option in enumerate(question.options, 1)
                if (option.text == question.card.answer) is right
            ]
            await self.press(str(places[0]))

    async def go_on(self) -> None:
        """Leave the feedback of a quiz, when it was on the screen for long enough."""
        self.app.time_offset += self.app.pace.wrong
        await self.press("space")

    # ---- the screen

    @property
    def text(self) -> str:
        """All that is on the screen, a line a row."""
        return "\n".join(
            strip.text.rstrip() for strip in self.app.screen._compositor.render_strips(self.app.size)
        )

    @property
    def words(self) -> str:
        """The same with every run of white space as one space."""
        return " ".join(self.text.split())

    @property
    def said(self) -> str:
        """All that the screen says, without the bar before each line of a toast: where it breaks, depends on
        paths."""
        return " ".join(self.words.replace("▌", " ").split())

    def line(self, part: str) -> str:
        """The one line of the screen that has this, its runs of white space as one space."""
        (found,) = [line for line in self.text.splitlines() if part in line]
        return " ".join(found.split())

    @property
    def config(self) -> str:
        """What config.toml says; "" if it is not there."""
        path = self.app.places.config
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    @property
    def footer(self) -> str:
        """The keys on the last row."""
        return " ".join(str(self.app.screen.query_one(KeyFooter).render()).split())

    @property
    def regions(self) -> dict[str, Region]:
        """Where each part of a question's screen stands."""
        screen = self.question_screen
        kinds: tuple[type[Widget], ...] = (Header, Bar, Front, Rule, Back, Place, Answers, KeyFooter)
        found = {kind.__name__: screen.query_one(kind).region for kind in kinds}
        if not screen.quiz_bar:
            found["Grades"] = screen.grades.region
        return found

    @property
    def home(self) -> HomeScreen:
        """The screen, which is home."""
        assert isinstance(self.app.screen, HomeScreen)
        return self.app.screen

    @property
    def results(self) -> ResultsScreen:
        """The screen, which is a quiz's results."""
        assert isinstance(self.app.screen, ResultsScreen)
        return self.app.screen

    @property
    def study_screen(self) -> StudyScreen:
        """The screen, which is a study."""
        assert isinstance(self.app.screen, StudyScreen)
        return self.app.screen

    @property
    def study(self) -> StudySitting:
        """What the study screen shows."""
        return self.study_screen.sitting

    @property
    def question_screen(self) -> StudyScreen | QuizScreen | ExamScreen:
        """The screen, which is a study or a quiz."""
        assert isinstance(self.app.screen, StudyScreen | QuizScreen | ExamScreen)
        return self.app.screen

    @property
    def exam_screen(self) -> ExamScreen:
        """The screen, which is an exam."""
        assert isinstance(self.app.screen, ExamScreen)
        return self.app.screen

    @property
    def exam(self) -> ExamSession:
        """The exam that it shows."""
        return self.exam_screen.exam

    @property
    def quiz_screen(self) -> QuizScreen:
        """The screen, which is a quiz."""
        assert isinstance(self.app.screen, QuizScreen)
        return self.app.screen

    @property
    def quiz(self) -> QuizSitting:
        """What the quiz screen shows."""
        return self.quiz_screen.sitting

    @property
    def quiz_view(self) -> quizzing.View:
        """What the quiz or exam on the screen shows."""
        screen = self.app.screen
        assert isinstance(screen, QuizScreen | ExamScreen)
        return screen.sitting.view

    @property
    def question(self) -> Question:
        """The question that is asked."""
        view = self.question_screen.sitting.view
        assert isinstance(view, studying.Asking | quizzing.Asking), view
        return view.question

    @property
    def grading(self) -> studying.Grading:
        """The answer that a study shows."""
        view = self.study.view
        assert isinstance(view, studying.Grading), view
        return view

    @property
    def judged(self) -> quizzing.Judged:
        """The answer that a quiz shows."""
        view = self.quiz.view
        assert isinstance(view, quizzing.Judged), view
        return view

    # ---- the scores file

    @property
    def store(self) -> Store:
        """The scores file."""
        return self.app.store

    @property
    def answers(self) -> list[Answer]:
        """The answers in the log that were not undone."""
        return [logged.answer for logged in self.store.answers() if not logged.undone]

    def events(self, *types: EventType) -> list[Event]:
        """The events in the log."""
        return self.store.events(*types)


@asynccontextmanager
async def playing(
    folder: Path,
    *decks: Deck,
    library: Library | None = None,
    size: tuple[int, int] = (80, 24),
    clock: FakeClock | None = None,
    pace: Pace | None = STILL,
    opening: Opening | None = None,
    fresh: bool = False,
    config: str = "",
    terminal: Terminal | None = None,
) -> AsyncIterator[Player]:
    """The app, running in a terminal of this size; the rest as for `app_on`."""
    library = library or library_of(*decks)
    with app_on(
        folder,
        library,
        clock=clock,
        pace=pace,
        opening=opening,
        fresh=fresh,
        config=config,
        terminal=terminal,
    ) as app:
        async with app.run_test(size=size, notifications=True) as pilot:
            player = Player(app, pilot)
            await player.settled()
            yield player
