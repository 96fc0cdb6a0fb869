"""A deck that is saved while the app runs is there at once, also in the middle of a session."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from pathlib import Path

import pytest
from textual.widgets import Input
from textual.worker import WorkerCancelled

from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.learn.study import Asking, Finished
from quizapp.sitting.killed import QUIET_MS
from quizapp.tui import watching
from quizapp.tui.opening import Study
from quizapp.tui.problems import ProblemsScreen
from quizapp.tui.widgets.deck_list import DeckList
from tests.builders import FakeClock
from tests.quizzes import taken
from tests.tui.app import Player, app_on, library_in, playing


def words(*pairs: str, title: str = "Words") -> str:
    """A deck of flip cards: `front=back`."""
    cards = (pair.split("=") for pair in pairs)
    return f'title = "{title}"\n' + "".join(f'\n[[card]]\nfront = "{a}"\nback = "{b}"\n' for a, b in cards)


EVERY = watching.EVERY
FILES = {"user/words.toml": words("hola=hello", "adiós=bye", "gato=cat", "perro=dog")}


@pytest.fixture(autouse=True)
def _no_looks_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EVERY", 3600)
    monkeypatch.setattr(watching, "_SHARE", 0)


SIDES = 'choices = ["A", "B"]\n' + "".join(
    f'[[card]]\nstatement = "{n}"\nanswer = "{answer}"\n' for n, answer in enumerate("ABABAB")
)


def row(player: Player, title: str) -> str:
    """The deck's row of home; the preview, further down, may name the deck too."""
    return next(" ".join(line.split()) for line in player.text.splitlines() if title in line)


async def began(player: Player) -> None:
    """Wait for the first look, which only sees what there is."""
    await player.until(lambda: player.app.watching._watch is not None and not player.app.watching._looking)


async def save(player: Player, folder: Path, name: str, text: str | bytes | None) -> None:
    """Save a file, or take it away, and have the app look twice."""
    await began(player)
    path = folder / name
    if text is None:
        path.unlink()
    else:
        before = path.stat().st_mtime_ns if path.exists() else 0
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.utime(path, ns=(max(before + 10**9, 1),) * 2)
    library = player.app.library
    await player.app.watching.look()
    assert player.app.library is library, "one look is not enough: a save may take several steps"
    await player.app.watching.look()
    assert player.app.library is not library
    await player.settled()


def test_two_looks_take_less_than_a_second() -> None:
    assert 2 * EVERY < 0.8


class TestHome:
    async def test_a_new_deck_is_there(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:
            assert "4 new" in row(player, "Words")
            await save(player, tmp_path, "user/more.toml", words("uno=one", title="Numbers"))
            assert "1 new" in row(player, "Numbers")
            assert "5 new" in row(player, "Today")

    async def test_what_is_selected_stays_selected(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:
            await player.press("down")
            assert row(player, "Words").startswith("▌")
            await save(player, tmp_path, "user/a.toml", words("uno=one", title="First"))
            assert row(player, "Words").startswith("▌")
            assert not row(player, "First").startswith("▌")
            await save(player, tmp_path, "user/words.toml", None)
            assert row(player, "Today").startswith("▌")
            assert player.home.query_one(DeckList).has_focus

    async def test_what_is_selected_stays_so_when_a_session_was_above(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:
            await player.press("down", "enter")
            await save(player, tmp_path, "user/a.toml", words("uno=one", title="First"))
            await player.press("escape")
            assert row(player, "Words").startswith("▌")

    async def test_what_is_typed_to_find_a_deck_stays(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:
            await player.press("slash", "n", "u")
            await save(player, tmp_path, "user/a.toml", words("uno=one", title="Numbers"))
            find = player.home.query_one(Input)
            assert find.has_focus
            await player.press("m")
            assert find.value == "num"
            assert "1 new" in row(player, "Numbers")

    @pytest.mark.parametrize("text", [FILES["user/words.toml"] + '[[card]]\nfront = "\n', b"caf\xe9"])
    async def test_a_broken_save_shows_its_problems_and_keeps_the_deck(
        self, tmp_path: Path, text: str | bytes
    ) -> None:
        async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:
            await save(player, tmp_path, "user/words.toml", text)
            assert "in words.toml" in player.line("▲")
            assert "4 new" in row(player, "Words")
            await save(player, tmp_path, "user/words.toml", words("hola=hello"))
            assert "▲" not in player.text
            assert "1 new" in row(player, "Words")

    async def test_the_problems_are_those_of_now(self, tmp_path: Path) -> None:
        files = {**FILES, "user/bad.toml": '[[card]]\nfront = "x"\n'}
        async with playing(tmp_path, library=library_in(tmp_path, files)) as player:
            await player.press("p")
            assert isinstance(player.app.screen, ProblemsScreen)
            assert "has no back" in player.words
            assert "it is read at once" in player.words
            await save(player, tmp_path, "user/bad.toml", '[[card]]\nfront = "x"\nbakc = "y"\n')
            assert "bakc" in player.words
            await save(player, tmp_path, "user/bad.toml", words("x=y"))
            assert "0 problems" in player.words
            assert "bad.toml" not in player.words

    async def test_a_prompt_that_changed_a_little_keeps_its_history(self, tmp_path: Path) -> None:
        files = {"user/words.toml": words("how much is the fish on the table=x", "gato=cat")}
        async with playing(tmp_path, library=library_in(tmp_path, files)) as player:
            while "fish" not in player.words:
                await player.press("down")
            await player.press("enter", "space", "4", "escape")
            assert "1 new" in row(player, "Today")
            await save(
                player, tmp_path, "user/words.toml", words("how much is the fish on a table=x", "gato=cat")
            )
            assert "1 new" in row(player, "Today")

    async def test_it_looks_by_itself(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(watching, "EVERY", 0.005)
        async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:
            await began(player)
            (tmp_path / "user" / "more.toml").write_text(words("uno=one"), encoding="utf-8")
            await player.until(lambda: "more" in player.app.library.decks)


class TestOtherScreens:
    async def test_the_decks_page_shows_the_deck_as_it_is_now(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:
            await player.press("down", "i")
            assert "4 cards" in player.words
            await save(player, tmp_path, "user/words.toml", words("hola=hello", title="New words"))
            assert "New words" in player.words
            assert "1 card" in player.words
            await player.press("enter", "space", "4")
            assert isinstance(player.study.view, Finished)

    async def test_choosing_counts_the_cards_of_now(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:
            await player.press("o")
            assert "4 cards" in player.words
            await save(player, tmp_path, "user/more.toml", words("uno=one", title="Numbers"))
            assert "5 cards" in player.words
            assert "Numbers" in player.words

    async def test_a_cram_asked_again_has_the_new_cards(self, tmp_path: Path) -> None:
        library = library_in(tmp_path, {"user/words.toml": words("hola=hello")})
        decks = tuple(library.decks.values())
        async with playing(tmp_path, library=library, opening=Study(decks, cram=True)) as player:
            await save(player, tmp_path, "user/words.toml", words("hola=hello", "gato=cat"))
            await player.press("space", "3", "a")
            assert isinstance(player.study.view, Asking)
            assert player.study.view.place.total == 2

    async def test_a_quiz_that_was_cut_off_is_not_offered_without_its_deck(self, tmp_path: Path) -> None:
        files = {"user/sides.toml": SIDES, "user/words.toml": words("x=y")}
        library, clock = library_in(tmp_path, files), FakeClock()
        setup = QuizSetup(mode=Mode.SPRINT, seconds=60)
        with app_on(tmp_path, library, clock=clock) as app:
            taken(app.store, clock, library.decks["sides"], setup, "+-+", ended=False)
        clock.forward(QUIET_MS + 1)
        async with playing(tmp_path, library=library, clock=clock) as player:
            assert "cut off" in player.words
            await save(player, tmp_path, "user/sides.toml", None)
            assert "cut off" not in player.words


class TestStudy:
    async def test_the_card_stays_and_the_next_ones_are_as_they_are_now(self, tmp_path: Path) -> None:
        library = library_in(tmp_path, FILES)
        async with playing(tmp_path, library=library, opening=Study(tuple(library.decks.values()))) as player:
            first, view = player.question.prompt, player.study.view
            await save(
                player,
                tmp_path,
                "user/words.toml",
                words("hola=HELLO", "adiós=BYE", "gato=CAT", "perro=DOG", title="New words"),
            )
            assert player.study.view is view
            await player.press("space")
            back = {"hola": "hello", "adiós": "bye", "gato": "cat", "perro": "dog"}[first]
            assert back in player.words
            await player.press("4", "space")
            assert player.grading.item.card.answer.isupper()
            assert player.grading.item.card.answer in player.words
            assert "New words" in player.words

    async def test_new_cards_are_for_the_next_session_and_that_is_said(self, tmp_path: Path) -> None:
        library = library_in(tmp_path, FILES)
        async with playing(tmp_path, library=library, opening=Study(tuple(library.decks.values()))) as player:
            await save(player, tmp_path, "user/words.toml", FILES["user/words.toml"] + words("uno=one")[16:])
            assert "1 new card, from the next session on." in player.said

    async def test_a_card_with_another_prompt_is_not_new(self, tmp_path: Path) -> None:
        library = library_in(tmp_path, FILES)
        async with playing(tmp_path, library=library, opening=Study(tuple(library.decks.values()))) as player:
            await save(player, tmp_path, "user/words.toml", FILES["user/words.toml"].replace("hola", "hola!"))
            assert "new card" not in player.said

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ('[[card]]\nfront = "\n', "close it with the quotes that opened it."),
            ('[[card]]\nfront = "[red]x"\n[[card]]\nback = "y"\n', "1 more problem."),
        ],
    )
    async def test_a_broken_save_says_so_once(self, tmp_path: Path, more: str, said: str) -> None:
        library = library_in(tmp_path, FILES)
        async with playing(tmp_path, library=library, opening=Study(tuple(library.decks.values()))) as player:
            await save(player, tmp_path, "user/words.toml", FILES["user/words.toml"] + more)
            toast = player.said
            assert "words.toml:" in toast
            assert said in toast
            assert "What can't be read is asked as it was." in toast
            player.app.clear_notifications()
            await player.settled()
            await save(player, tmp_path, "user/other.toml", words("uno=one", title="Other"))
            assert "▲" not in player.words

    async def test_what_is_typed_stays(self, tmp_path: Path) -> None:
        text = '[[card]]\nquestion = "a"\nanswer = "abc"\n'
        library = library_in(tmp_path, {"user/t.toml": text})
        async with playing(tmp_path, library=library, opening=Study(tuple(library.decks.values()))) as player:
            await player.press("a", "b")
            await save(player, tmp_path, "user/t.toml", text.replace("abc", "abd"))
            await player.press("c", "enter")
            assert player.grading.judgement is not None
            assert player.grading.judgement.right

    async def test_a_card_that_is_gone_is_not_asked(self, tmp_path: Path) -> None:
        library = library_in(tmp_path, FILES)
        async with playing(tmp_path, library=library, opening=Study(tuple(library.decks.values()))) as player:
            await save(player, tmp_path, "user/words.toml", words("hola=hello"))
            asked = []
            while isinstance(player.study.view, Asking):
                asked.append(player.question.prompt)
                await player.press("space", "4")
            assert isinstance(player.study.view, Finished)
            assert set(asked[1:]) <= {"hola"}
            assert len(player.answers) == len(asked) <= 2

    @pytest.mark.parametrize("text", [b"caf\xe9", None])
    async def test_a_deck_that_is_broken_or_gone_keeps_its_cards(
        self, tmp_path: Path, text: bytes | None
    ) -> None:
        library = library_in(tmp_path, {**FILES, "user/other.toml": words("x=y")})
        async with playing(tmp_path, library=library, opening=Study((library.decks["words"],))) as player:
            await save(player, tmp_path, "user/words.toml", text)
            for _ in range(4):
                await player.press("space", "4")
            assert isinstance(player.study.view, Finished)
            assert player.study.view.answers == 4
            await player.press("escape")
            assert ("▲" in player.text) is (text is not None)

    async def test_the_next_session_has_the_new_cards(self, tmp_path: Path) -> None:
        library = library_in(tmp_path, {"user/words.toml": words("hola=hello")})
        async with playing(tmp_path, library=library, opening=Study(tuple(library.decks.values()))) as player:
            await save(player, tmp_path, "user/words.toml", words("hola=hello", "gato=cat"))
            await player.press("space", "4", "escape")
            assert "1 new" in row(player, "Words")
            await player.press("enter")
            assert player.question.prompt == "gato"


async def test_decks_that_were_read_from_nowhere_are_not_looked_for(tmp_path: Path) -> None:
    async with playing(tmp_path) as player:
        await player.app.watching.look()
        assert player.app.watching._watch is None


async def test_a_look_that_ends_before_it_began_is_quiet(tmp_path: Path) -> None:
    """The app may be left in the moment that a look is due; Python warns of a coroutine never awaited."""
    async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:
        await began(player)
        player.app.watching._tick()
        (look,) = (worker for worker in player.app.workers if worker.group == "watch")
        look.cancel()
        with suppress(WorkerCancelled):
            await look.wait()
        gc.collect()
