"""Which cards are older ones: home says so, and a screen asks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quizapp.caches import rebuild
from quizapp.record import EventType
from quizapp.tui.carry import CarryScreen
from quizapp.tui.home import HomeScreen
from quizapp.tui.opening import Study
from quizapp.tui.widgets.older_list import OlderList
from tests.histories import Learner, typed
from tests.tui.app import SIZES, Player, playing

IRAN = typed("Capital of Iran?", "Tehran")
IRAQ = typed("Capital of Iraq?", "Baghdad")
NILE = typed("Which river is the longest in Africa?", "Nile")


def learner(folder: Path) -> Learner:
    me = Learner(folder)
    me.write("geo", IRAN, NILE)
    me.write("other", typed("What is a house in Spanish?", "casa"))
    me.study("geo")
    return me


def said(player: Player) -> str:
    """The words on the screen, without the marks of rows and toasts."""
    return " ".join(player.words.replace("▌", "").split())


async def asked(player: Player) -> OlderList:
    """The screen that asks, opened from home."""
    await player.until(lambda: "may be" in player.words)
    await player.press("m")
    assert isinstance(player.app.screen, CarryScreen)
    return player.app.screen.query_one(OlderList)


class TestHome:
    async def test_it_says_what_was_carried_over_and_how_to_take_that_back(self, tmp_path: Path) -> None:
        me = learner(tmp_path)
        me.write("geo", IRAN, NILE.replace("?", "??"))
        async with playing(tmp_path, library=me.library(), clock=me.clock) as player:
            assert "History of 1 card carried over in geo. m shows it." in said(player)
            before = me.histories()
            assert me.by_prompt()["Which river is the longest in Africa??"] == 2
            await player.press("m")
            assert "✓ Same card, history carried over" in player.words
            assert "Undo" in player.footer
            await player.press("u", "escape")
            assert isinstance(player.app.screen, HomeScreen)
            assert me.histories() != before
            assert me.by_prompt() == {"Capital of Iran?": 2}
            assert "carried over" not in player.words
            await player.press("m")
            assert isinstance(player.app.screen, HomeScreen), "there is nothing to show"
            assert not rebuild(me.store)
        me.store.close()

    async def test_a_card_that_is_there_again_is_asked_about_no_more(self, tmp_path: Path) -> None:
        me = learner(tmp_path)
        me.write("geo", NILE, IRAQ)
        async with playing(tmp_path, library=me.library(), clock=me.clock) as player:
            await player.until(lambda: "may be" in player.words)
            me.write("geo", IRAN, NILE, IRAQ)
            await player.app.watching.read_now(lambda _: None, {})
            await player.until(lambda: "may be" not in player.words)
            await player.press("m")
            assert isinstance(player.app.screen, HomeScreen), "there is nothing to show"
        me.store.close()

    async def test_without_anything_it_says_nothing(self, tmp_path: Path) -> None:
        me = learner(tmp_path)
        async with playing(tmp_path, library=me.library(), clock=me.clock) as player:
            await player.press("m")
            assert isinstance(player.app.screen, HomeScreen)
            assert "older" not in player.words
        me.store.close()

    @pytest.mark.parametrize("size", SIZES)
    async def test_it_says_how_many_may_be(self, tmp_path: Path, size: tuple[int, int]) -> None:
        me = learner(tmp_path)
        me.write("geo", IRAQ, NILE)
        async with playing(tmp_path, library=me.library(), clock=me.clock, size=size) as player:
            await player.until(lambda: "? 1 card may be an older one" in player.words)
            assert ("m shows it" in player.words) is (size[0] > 60)
            await player.press("slash")
            assert "? 1 card may be an older one" in player.words
            assert "m shows it" not in player.words, "m is text here"
            await player.press("escape")
            await asked(player)
        me.store.close()

    async def test_study_that_opens_at_once_begins_with_the_history(self, tmp_path: Path) -> None:
        me = learner(tmp_path)
        (tmp_path / "user/geo.toml").rename(tmp_path / "user/lands.toml")
        library = me.library()
        opening = Study((library.decks["lands"],))
        async with playing(tmp_path, library=library, clock=me.clock, opening=opening) as player:
            assert player.question.card.key in {ref.card for ref in me.histories()}
            assert "carried over" not in player.words, "no word lies over a card"
            await player.press("escape")
            assert "geo → lands. m shows it." in said(player)
        me.store.close()


class TestAsking:
    async def test_a_yes_carries_it_over(self, tmp_path: Path) -> None:
        me = learner(tmp_path)
        me.write("geo", IRAQ, NILE)
        async with playing(tmp_path, library=me.library(), clock=me.clock) as player:
            await asked(player)
            text = said(player)
            assert "was Capital of Iran? 2 answers, last 1 Jan 2026: Tehran" in text
            assert "now Capital of Iraq? in geo: Baghdad" in text
            assert "y Same n Different s Later" in player.footer
            await player.press("y")
            assert "✓ Same card, history carried over" in player.words
            assert me.by_prompt()["Capital of Iraq?"] == 2
            await player.press("u")
            assert me.by_prompt()["Capital of Iraq?"] == 0
            assert "was Capital of Iran?" in player.words, "it is asked again"
            await player.press("y", "escape")
            assert "may be" not in player.words
            assert not rebuild(me.store)
        me.store.close()

    async def test_a_no_is_kept_and_can_be_taken_back(self, tmp_path: Path) -> None:
        me = learner(tmp_path)
        me.write("geo", IRAQ, NILE)
        async with playing(tmp_path, library=me.library(), clock=me.clock) as player:
            await asked(player)
            await player.press("n")
            assert "✗ Different cards, kept apart" in player.words
            await player.press("u")
            assert "was Capital of Iran?" in player.words
            await player.press("n", "y", "escape")
            assert me.by_prompt() == {"Which river is the longest in Africa?": 2}
            assert "may be" not in player.words
            assert len(me.store.events(EventType.APART)) == 2
            assert me.store.events(EventType.REKEY) == []
        me.store.close()

    async def test_what_is_found_while_the_app_is_left_is_told_to_nobody(self, tmp_path: Path) -> None:
        me = learner(tmp_path)
        me.write("geo", IRAQ, NILE)
        async with playing(tmp_path, library=me.library(), clock=me.clock) as player:
            home = player.app.screen
            assert isinstance(home, HomeScreen)
            await home.query("TroubleLine").remove()
            home._show_older()
        me.store.close()

    async def test_a_busy_file_freezes_nothing(self, tmp_path: Path) -> None:
        me = learner(tmp_path)
        me.write("geo", IRAQ, NILE)
        async with playing(tmp_path, library=me.library(), clock=me.clock) as player:
            await asked(player)
            with closing(sqlite3.connect(tmp_path / "scores.db", isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                player.app.store._db.execute("PRAGMA busy_timeout = 60000")
                player.post("y")
                await player.press("question_mark")
                assert "Help: older cards" in player.text, "keys count while it is tried"
                other.execute("ROLLBACK")
            await player.press("escape")
            await player.until(lambda: "✓ Same card, history carried over" in player.words)
            assert me.by_prompt()["Capital of Iraq?"] == 2
        me.store.close()

    async def test_later_goes_to_the_next_and_leaves_all_as_it_is(self, tmp_path: Path) -> None:
        me = learner(tmp_path)
        me.write("geo", IRAQ, typed("Which river is the longest in America?", "Amazon"))
        async with playing(tmp_path, library=me.library(), clock=me.clock) as player:
            olders = await asked(player)
            await player.press("s")
            assert olders.selected == 1
            await player.press("s")
            assert olders.selected == 0
            await player.press("escape")
            assert "? 2 cards may be older ones m shows them" in player.words
        me.store.close()

    @pytest.mark.parametrize("key", ["y", "n"])
    async def test_what_is_taken_back_is_asked_where_it_stood(self, tmp_path: Path, key: str) -> None:
        me = learner(tmp_path)
        me.write("geo", IRAQ, typed("Which river is the longest in America?", "Amazon"))
        async with playing(tmp_path, library=me.library(), clock=me.clock) as player:
            olders = await asked(player)
            before = player.text
            await player.press(key, "up")
            assert olders.selected == 0
            await player.press("u")
            assert olders.selected == 0
            assert player.text == before
        me.store.close()

    async def test_an_answer_that_settles_another_question_takes_it_away(self, tmp_path: Path) -> None:
        me = learner(tmp_path)
        me.write("geo", *(typed(f"Capital of {name}?", "Tehran") for name in ("Irann", "Irran")), NILE)
        async with playing(tmp_path, library=me.library(), clock=me.clock) as player:
            olders = await asked(player)
            assert olders.rows == 2
            await player.press("y")
            assert olders.rows == 1
            assert "nothing to ask" in player.words
        me.store.close()

    async def test_cards_that_may_have_moved_together_are_one_question(self, tmp_path: Path) -> None:
        me = learner(tmp_path)
        me.write("lands", IRAN, NILE)
        (tmp_path / "user/geo.toml").unlink()
        (tmp_path / "device-id").write_text("another\n", encoding="utf-8")
        async with playing(tmp_path, library=me.library(), clock=me.clock) as player:
            olders = await asked(player)
            assert olders.rows == 1
            assert "was 2 cards of geo" in player.words
            assert "now the same in lands" in player.words
            await player.press("y", "escape")
            assert sum(me.by_prompt().values()) == 4
            assert me.store.last_studied("lands") == "2026-01-01"
        me.store.close()

    @pytest.mark.parametrize("size", SIZES)
    async def test_it_fits_and_shows_text_as_it_is_written(
        self, tmp_path: Path, size: tuple[int, int]
    ) -> None:
        me = Learner(tmp_path)
        me.write("geo", typed("[red] Capital of [@click=app.quit]Iran[/]?", "[b]Tehran"))
        me.write("other", NILE)
        me.study("geo")
        me.write("geo", typed("[red] Capital of [@click=app.quit]Iraq[/]?", "[b]Baghdad"))
        async with playing(tmp_path, library=me.library(), clock=me.clock, size=size) as player:
            await asked(player)
            assert "[red] Capital of [@click=app" in player.text
            assert all(len(line) <= size[0] for line in player.text.splitlines())
            assert "y Same n Different" in player.footer
            await player.press("question_mark")
            assert "Help: older cards" in player.text
        me.store.close()
