"""How the screens look: pictures that a person has looked at. After a change that is meant, run
`pytest tests/tui/test_snapshots.py --snapshot-update`, look at each changed picture, and commit it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs
from textual.pilot import Pilot

from quizapp.deck.card import StudyDefaults
from quizapp.deck.library import Library
from quizapp.learn.setup import Mode, QuizSetup
from quizapp.overview import usual_quiz
from quizapp.tui.form import FormScreen
from quizapp.tui.question import QuestionScreen
from quizapp.tui.results import ResultsScreen
from tests.builders import FakeClock
from tests.leeches import forget
from tests.quizzes import taken
from tests.tui.app import STILL, Player, app_on, library_in, played

Scene = Callable[[Player], Awaitable[None]]
Compare = Callable[..., bool]
Picture = Callable[..., bool]

SUNDAY = int(datetime(2026, 11, 22, 19, 4, tzinfo=UTC).timestamp() * 1000)

FRUIT = """title = "Fruit or vegetable?"
choices = ["Fruit", "Vegetable", "Both"]
[quiz]
choices = ["Fruit", "Vegetable"]
[[card]]
statement = "It grows from the flower of the plant and holds its seeds."
answer = "Fruit"
aspect = "seeds"
why = "Whatever holds the seeds is a fruit to a botanist, a tomato too. A root or a leaf holds none."
[[card]]
statement = "A root, a stem or a leaf is meant."
answer = "Vegetable"
aspect = "seeds"
why = "The rest of the plant is what the word stands for in a kitchen."
[[card]]
statement = "Cooks reach for it when they want something sweet."
answer = "Fruit"
aspect = "taste"
why = "Sugar draws animals, which carry the seeds away."
[[card]]
statement = "It is served beside the main course, with salt and butter."
answer = "Vegetable"
aspect = "taste"
why = "Few people salt a pear."
[[card]]
statement = "A shop sells it by weight."
answer = "Both"
"""
CAPITALS = """title = "Capitals of countries whose name is long"
[[card]]
question = "What is the capital of Burkina Faso?"
answer = "Ouagadougou"
why = "It means: you are welcome here at home with us."
[[card]]
front = "What is Ouagadougou's river?"
back = "It has none, but three large reservoirs."
"""
BROKEN = """choices = ["BPO", "KPO"]
[[card]]
statement = "Nearly anybody could offer this service."
answer = "BOP"
[[card]]
frnt = "x"
back = "y"
"""


HINTS = """title = "Capitals of countries whose name is long"
[[card]]
question = "What is the capital of Burkina Faso?"
answer = "Ouagadougou"
hint = "It begins with an O; the river that it does not lie on does not."
[[card]]
front = "What is Ouagadougou's river?"
back = "It has none, but three large reservoirs."
"""


@pytest.fixture
def picture(tmp_path: Path, snap_compare: Compare) -> Iterator[Picture]:
    """Whether the app looks as it did, after what happens in a scene."""
    with ExitStack() as stack:

        def looks_the_same(
            scene: Scene | None = None,
            *,
            size: tuple[int, int] = (80, 24),
            theme: str = "lamp",
            library: Library | None = None,
            config: str = "",
        ) -> bool:
            clock = FakeClock(SUNDAY)
            shown = library or library_in(
                tmp_path, {"user/fruit.toml": FRUIT, "user/capitals.toml": CAPITALS}
            )
            app = stack.enter_context(app_on(tmp_path, shown, clock=clock, pace=STILL, config=config))
            app.theme = theme

            async def run_before(pilot: Pilot[None]) -> None:
                player = Player(app, pilot)
                await player.settled()
                if scene is not None:
                    await scene(player)
                await player.settled()

            return snap_compare(app, terminal_size=size, run_before=run_before)

        yield looks_the_same


def opened(title: str) -> Scene:
    """Study a deck."""

    async def scene(player: Player) -> None:
        deck = next(deck for deck in player.app.library.decks.values() if deck.title.startswith(title))
        player.app.sessions.study([deck], deck.title)
        await player.settled()

    return scene


async def fruit(player: Player) -> None:
    await opened("Fruit")(player)


async def missed(player: Player) -> None:
    """A card, then its contrast answered wrong: the back holds all that it can."""
    await fruit(player)
    await player.answer(right=True)
    await player.press("4")
    await player.answer(right=False)


async def revealed(player: Player) -> None:
    await fruit(player)
    await player.press("space")


async def misspelt(player: Player) -> None:
    await opened("Capitals")(player)
    await player.press(*"Wagadugu", "enter")


async def hinted(player: Player) -> None:
    """A card with its hint and a flag, half typed."""
    await opened("Capitals")(player)
    await player.press("f3", "f4", *"Oua")


async def put_aside(player: Player) -> None:
    await opened("Capitals")(player)
    await player.press("f6")


async def leech(player: Player) -> None:
    """A card that is forgotten again and again, for the same other one each time."""
    app = player.app
    (deck,) = [deck for deck in app.library.decks.values() if deck.title.startswith("Fruit")]
    assert isinstance(app.clock, FakeClock)
    forget(app.store, app.clock, deck, deck.cards[0].key, "Vegetable")
    app.sessions.study([structs.replace(deck, study=StudyDefaults(new_per_day=0))], deck.title)
    await player.settled()
    await player.answer(right=False)


async def crammed(player: Player) -> None:
    (deck,) = [deck for deck in player.app.library.decks.values() if deck.title.startswith("Capitals")]
    player.app.sessions.cram([deck], deck.title)
    await player.settled()
    await player.answer(right=False) if player.question.typed else await player.press("space")


async def cards(player: Player) -> None:
    """The cards of a deck by when they fall due: a leech, new ones, one suspended and one with a flag."""
    app = player.app
    (deck,) = [deck for deck in app.library.decks.values() if deck.title.startswith("Fruit")]
    assert isinstance(app.clock, FakeClock)
    forget(app.store, app.clock, deck, deck.cards[0].key, "Vegetable")
    app.sessions.browse(deck)
    await player.settled()
    await player.press("s", "end", "f4", "up", "f6", "home")


async def filtered(player: Player) -> None:
    """What was typed means nothing."""
    await cards(player)
    await player.press("slash", *"seeds is:ripe")


async def whole_card(player: Player) -> None:
    await cards(player)
    await player.press("space")


async def ready(player: Player) -> None:
    await player.press("down", "t")


async def examined(player: Player) -> None:
    """An exam's card that has an answer, 17.4 s after the exam began: flagged cards, open ones, how sure."""
    app = player.app
    (deck,) = [deck for deck in app.library.decks.values() if deck.title.startswith("Fruit")]
    setup = QuizSetup(mode=Mode.EXAM, seconds=40, cards=4, choices=deck.quiz.choices, seed=3, certainty=True)
    app.sessions.start_quiz(deck, deck.cards, setup)
    await player.settled()
    screen = player.exam_screen
    screen.now = Stopwatch(screen)  # type: ignore[method-assign] # a clock in place of the real one
    await player.press("space", "2", "f", "f4", "f", "shift+tab", "shift+tab")
    # How long the answers took, to the millisecond.
    player.exam._watch._all = 17.4
    screen._show_time()


class Stopwatch:
    """A clock for a quiz's screen: it stands still but when it is set."""

    def __init__(self, screen: QuestionScreen) -> None:
        self.at = screen.now()

    def __call__(self) -> float:
        return self.at


async def quizzed(player: Player) -> None:
    """A question, 17.4 s after it was shown."""
    await ready(player)
    screen = player.quiz_screen
    watch = Stopwatch(screen)
    screen.now = watch  # type: ignore[method-assign] # a clock in place of the real one
    await player.press("space")
    watch.at += 17.4
    screen._tick()


async def told_wrong(player: Player) -> None:
    await ready(player)
    await player.press("space")
    await player.answer(right=False)
    # How long the answer took, to the millisecond.
    player.quiz.session._watch._all = 17.4
    player.quiz_screen._show_time()


async def results(player: Player) -> None:
    """Three runs, the last with two cards missed."""
    app = player.app
    (deck,) = [deck for deck in app.library.decks.values() if deck.title.startswith("Fruit")]
    for seed, answers in enumerate(("+-++++-+++++", "++++++-++++-", "+++++-+++++++-"), 1):
        sitting = played(app, deck, structs.replace(usual_quiz(deck), seed=seed), answers)
    app.push_screen(ResultsScreen(sitting.ended(), deck.cards))


async def scores(player: Player) -> None:
    """Those three, and one that ended early."""
    await results(player)
    await player.settled()
    deck = player.results.ended.deck
    taken(player.store, player.app.clock, deck, QuizSetup(mode=Mode.PRACTICE), "++-", seed=9)
    await player.press("h")


async def exam(player: Player) -> None:
    """An exam with certainty, a card wrong and one without an answer."""
    (deck,) = [deck for deck in player.app.library.decks.values() if deck.title.startswith("Fruit")]
    setup = QuizSetup(mode=Mode.EXAM, seconds=40, cards=4, choices=deck.quiz.choices, certainty=True)
    sitting = taken(player.store, player.app.clock, deck, setup, "+-+n", certainty="3310")
    player.app.push_screen(ResultsScreen(sitting.ended(), deck.cards))


async def helped(player: Player) -> None:
    await fruit(player)
    await player.press("f1")


async def problems(player: Player) -> None:
    await player.press("p")


OWN = """theme = "lamp"
[study]
new_per_day = 12
[keys]
"home.quiz" = "z"
"""


async def settings(player: Player) -> None:
    await player.press("comma", *["down"] * 5)


async def typing(player: Player) -> None:
    """A value that will not do."""
    await settings(player)
    await player.press("enter", "x")


async def keys(player: Player) -> None:
    await player.press("comma", "end", "enter", "down")


async def themes(player: Player) -> None:
    await player.press("ctrl+t")


WORDS = """term;definition;lesson;notes
la mesa;the table;1;feminine, as most nouns that end in a
el sol;the sun;1;
hablar con alguien de algo que importa;to talk to somebody about something that matters;2;
;nothing;2;
"""
UNCLEAR = "uno,one,1\ndos,two,2\n"


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files to import, in the current folder, which is one's own."""
    folder = tmp_path / "own"
    (folder / "Downloads").mkdir(parents=True)
    (folder / "spanish words.csv").write_text(WORDS, encoding="utf-8")
    (folder / "unclear [b].csv").write_text(UNCLEAR, encoding="utf-8")
    (folder / "quiz.gift").write_text("What? {=That ~Not that}", encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))


async def choosing(player: Player) -> None:
    await player.press("f", "down")


async def from_table(player: Player) -> None:
    await player.press("f", *"spa", "enter")
    await player.press("down", "down", "down", "down", "down")


async def lost(player: Player) -> None:
    await from_table(player)
    await player.press("end")


async def not_clear(player: Player) -> None:
    await player.press("f", *"un", "enter")
    await player.press("end")


async def named(player: Player) -> None:
    await player.press("f", *"spa", "enter")
    await player.press("space")


async def going_into(player: Player) -> None:
    await player.press("f", *"spa", "enter")
    await player.press("down", "right")
    await player.until(lambda: "new card" in player.text)


async def exported(player: Player) -> None:
    await player.press("end", "x", "right", "right", "right")


@pytest.mark.parametrize("size", [(80, 24), (200, 60), (40, 15)], ids=["80x24", "200x60", "40x15"])
@pytest.mark.parametrize(
    "scene", [choosing, from_table, lost, going_into, not_clear, exported], ids=lambda scene: scene.__name__
)
def test_import_and_export(picture: Picture, scene: Scene, size: tuple[int, int], words: None) -> None:
    assert picture(scene, size=size)


def test_import_named(picture: Picture, words: None) -> None:
    assert picture(named, theme="paper")


@pytest.mark.parametrize("size", [(80, 24), (160, 50), (40, 15)], ids=["80x24", "160x50", "40x15"])
def test_home(picture: Picture, size: tuple[int, int]) -> None:
    assert picture(size=size)


def test_question(picture: Picture) -> None:
    assert picture(fruit)


def test_question_narrow(picture: Picture) -> None:
    assert picture(fruit, size=(40, 15))


@pytest.mark.parametrize("theme", ["lamp", "paper"])
def test_wrong(picture: Picture, theme: str) -> None:
    assert picture(missed, theme=theme)


def test_wrong_narrow(picture: Picture) -> None:
    assert picture(missed, size=(40, 15))


def test_reveal(picture: Picture) -> None:
    assert picture(revealed)


def test_typed_wrong(picture: Picture) -> None:
    assert picture(misspelt)


@pytest.mark.parametrize("size", [(80, 24), (40, 15)], ids=["80x24", "40x15"])
@pytest.mark.parametrize("scene", [hinted, put_aside, crammed], ids=lambda scene: scene.__name__)
def test_keys_of_study(picture: Picture, scene: Scene, size: tuple[int, int], tmp_path: Path) -> None:
    assert picture(scene, size=size, library=library_in(tmp_path, {"user/hints.toml": HINTS}))


@pytest.mark.parametrize("size", [(80, 24), (40, 15)], ids=["80x24", "40x15"])
def test_leech(picture: Picture, size: tuple[int, int]) -> None:
    assert picture(leech, size=size)


@pytest.mark.parametrize("size", [(80, 24), (200, 60), (40, 15)], ids=["80x24", "200x60", "40x15"])
@pytest.mark.parametrize("scene", [cards, filtered], ids=lambda scene: scene.__name__)
def test_cards(picture: Picture, scene: Scene, size: tuple[int, int]) -> None:
    assert picture(scene, size=size)


def test_cards_on_paper(picture: Picture) -> None:
    assert picture(cards, theme="paper")


@pytest.mark.parametrize("size", [(80, 24), (40, 15)], ids=["80x24", "40x15"])
def test_whole_card(picture: Picture, size: tuple[int, int]) -> None:
    assert picture(whole_card, size=size)


def test_ready(picture: Picture) -> None:
    assert picture(ready)


def test_quiz_question(picture: Picture) -> None:
    assert picture(quizzed)


@pytest.mark.parametrize("theme", ["lamp", "paper"])
def test_exam(picture: Picture, theme: str) -> None:
    assert picture(examined, theme=theme)


def test_exam_narrow(picture: Picture) -> None:
    assert picture(examined, size=(40, 15))


def test_quiz_wrong(picture: Picture) -> None:
    assert picture(told_wrong)


@pytest.mark.parametrize("size", [(80, 24), (160, 50), (40, 15)], ids=["80x24", "160x50", "40x15"])
def test_results(picture: Picture, size: tuple[int, int]) -> None:
    assert picture(results, size=size)


@pytest.mark.parametrize("size", [(80, 24), (40, 15)], ids=["80x24", "40x15"])
def test_scores(picture: Picture, size: tuple[int, int]) -> None:
    assert picture(scores, size=size)


def test_results_of_an_exam(picture: Picture) -> None:
    assert picture(exam)


async def form_opened(player: Player) -> None:
    deck = player.app.library.decks["mine"]
    player.app.editing.edit(deck, deck.cards[0])
    await player.until(lambda: isinstance(player.app.screen, FormScreen) and player.app.focused is not None)


async def form_refused(player: Player) -> None:
    """A new card like one that is there."""
    player.app.editing.add(player.app.library.decks["mine"])
    await player.until(lambda: isinstance(player.app.screen, FormScreen) and player.app.focused is not None)
    await player.press("H", "i", "tab", "right", "shift+tab")
    await player.press("backspace", "backspace", "tab")


async def form_previewed(player: Player) -> None:
    await form_opened(player)
    await player.press("f2")


FORM = """choices = ["BPO", "KPO", "Both"]
[[card]]
statement = "Getting through a high volume of work is the point of it, whoever does the work."
answer = "BPO"
why = "BPO is about efficiency, size and volume."
aspect = "volume"
tags = ["one", "two"]
"""


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (200, 60)], ids=["40x15", "80x24", "200x60"])
@pytest.mark.parametrize("scene", [form_opened, form_refused], ids=lambda scene: scene.__name__)
def test_form(picture: Picture, tmp_path: Path, scene: Scene, size: tuple[int, int]) -> None:
    assert picture(scene, library=library_in(tmp_path, {"user/mine.toml": FORM}), size=size)


def test_form_previewed(picture: Picture, tmp_path: Path) -> None:
    assert picture(form_previewed, library=library_in(tmp_path, {"user/mine.toml": FORM}))


def test_help(picture: Picture) -> None:
    assert picture(helped)


def test_problems(picture: Picture, tmp_path: Path) -> None:
    assert picture(problems, library=library_in(tmp_path, {"user/mine.toml": BROKEN}))


@pytest.mark.parametrize("scene", [settings, typing, keys], ids=lambda scene: scene.__name__)
def test_settings(picture: Picture, scene: Scene) -> None:
    assert picture(scene, config=OWN)


def test_settings_narrow(picture: Picture) -> None:
    assert picture(typing, size=(40, 15), config=OWN)


def test_themes(picture: Picture) -> None:
    assert picture(themes)
