"""Cards that are changed, added, duplicated and deleted from the list, and what takes that back."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.record import Mark, Ref
from quizapp.tui import watching
from quizapp.tui.browse import BrowseScreen
from quizapp.tui.form import FormScreen
from quizapp.tui.widgets.card_list import CardList
from tests.tui.app import Player, library_in, playing
from tests.tui.test_browse_screen import listed, selected

WORDS = """title = "Words"
[[card]]
front = "hola"
back = "hello"
reverse = true

[[card]]
front = "gato"
back = "cat"

[[card]]
front = "perro"
back = "dog"
"""
ALL = ["hola", "hello", "gato", "perro"]


@pytest.fixture(autouse=True)
def _no_looks_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EVERY", 3600)


async def do(player: Player, *keys: str) -> None:
    """Press keys, and wait until what they change has been written and read again."""
    for key in keys:
        await player.press(key)
        await player.until(
            lambda: not any(one.group == "editing" for one in player.app.workers if one.is_running)
        )


@pytest.mark.parametrize("key", ["enter", "e", "f5"])
async def test_a_key_changes_the_selected_card(tmp_path: Path, key: str) -> None:
    async with playing(tmp_path, library=library_in(tmp_path, {"user/words.toml": WORDS})) as player:
        await player.press("down", "b", "slash", *"gat", "enter")
        await do(player, key)
        assert isinstance(player.app.screen, FormScreen)
        assert "gato" in player.text
        await do(player, "end", "space", *"grande", "ctrl+s")
        await player.until(lambda: isinstance(player.app.screen, BrowseScreen))
        assert selected(player) == "gato grande"
        assert listed(player) == ["gato grande"]
        assert 'front = "gato grande"' in (tmp_path / "user/words.toml").read_text(encoding="utf-8")
        await player.press("escape")
        assert listed(player) == ["hola", "hello", "gato grande", "perro"]
        await do(player, "u")
        assert listed(player) == ALL
        assert (tmp_path / "user/words.toml").read_text(encoding="utf-8") == WORDS
        assert selected(player) == "gato"


async def test_a_click_on_the_selected_card_changes_it(tmp_path: Path) -> None:
    async with playing(tmp_path, library=library_in(tmp_path, {"user/words.toml": WORDS})) as player:
        await player.press("down", "b")
        row = player.app.screen.query_one(CardList).region.y + 2
        await player.pilot.click(offset=(20, row))
        await player.settled()
        assert selected(player) == "gato"
        await player.pilot.click(offset=(20, row))
        await player.until(lambda: isinstance(player.app.screen, FormScreen))


async def test_a_card_that_was_added_is_selected(tmp_path: Path) -> None:
    async with playing(tmp_path, library=library_in(tmp_path, {"user/words.toml": WORDS})) as player:
        await player.press("down", "b", "down")
        await do(player, "c")
        assert isinstance(player.app.screen, FormScreen)
        await do(player, *"e", "ctrl+s")
        await do(player, "escape")
        assert isinstance(player.app.screen, BrowseScreen)
        assert listed(player)[:4] == ALL
        assert selected(player) == listed(player)[4]


async def test_a_card_is_deleted_with_its_siblings_and_comes_back(tmp_path: Path) -> None:
    async with playing(tmp_path, library=library_in(tmp_path, {"user/words.toml": WORDS})) as player:
        await player.press("down", "b", "down")
        await do(player, "delete")
        assert listed(player) == ["gato", "perro"]
        assert selected(player) == "gato"
        assert "Deleted with its 2 cards. u undoes it." in player.words.replace("▌ ", "")
        await do(player, "x", "x")
        assert listed(player) == []
        assert "No cards yet. a adds one." in player.words
        await do(player, "u")
        assert listed(player) == ["perro"]
        await do(player, "u", "u")
        assert listed(player) == ALL
        assert selected(player) == "hola"
        assert (tmp_path / "user/words.toml").read_text(encoding="utf-8") == WORDS


async def test_undo_takes_back_whichever_was_last(tmp_path: Path) -> None:
    async with playing(tmp_path, library=library_in(tmp_path, {"user/words.toml": WORDS})) as player:
        await player.press("down", "b", "f4")
        first = Ref("words", player.app.library.decks["words"].cards[0].key)
        await player.press("down", "down")
        await do(player, "x")
        await player.press("f6")
        second = Ref("words", player.app.library.decks["words"].cards[2].key)
        assert player.store.marks(["words"]) == {first: Mark(flagged=True), second: Mark(suspended=True)}
        await do(player, "u")
        assert player.store.marks(["words"]) == {first: Mark(flagged=True)}
        assert len(listed(player)) == 3
        await do(player, "u")
        assert listed(player) == ALL
        assert player.store.marks(["words"]) == {first: Mark(flagged=True)}
        await do(player, "u")
        assert player.store.marks(["words"]) == {}
        await do(player, "u")
        assert listed(player) == ALL


async def test_a_card_that_is_suspended_in_its_form_is_so_in_the_list_and_comes_back(tmp_path: Path) -> None:
    async with playing(tmp_path, library=library_in(tmp_path, {"user/words.toml": WORDS})) as player:
        await player.press("down", "b", "slash", *"gat", "enter")
        await do(player, "e")
        assert isinstance(player.app.screen, FormScreen)
        await do(player, "f6")
        await player.until(lambda: isinstance(player.app.screen, BrowseScreen))
        await player.until(lambda: " suspended" in player.words)
        await player.press("u")
        await player.until(lambda: " suspended" not in player.words)


async def test_a_suspended_card_can_t_be_buried_and_that_is_said(tmp_path: Path) -> None:
    async with playing(tmp_path, library=library_in(tmp_path, {"user/words.toml": WORDS})) as player:
        await player.press("down", "b", "f6")
        first = Ref("words", player.app.library.decks["words"].cards[0].key)
        await player.press("f8")
        assert "It is suspended: asked neither today nor later. F6 brings it back." in player.said
        assert player.store.marks(["words"]) == {first: Mark(suspended=True)}
        await player.press("f6")
        assert player.store.marks(["words"]) == {}


async def test_what_was_suspended_in_the_form_is_what_undo_takes_back(tmp_path: Path) -> None:
    async with playing(tmp_path, library=library_in(tmp_path, {"user/words.toml": WORDS})) as player:
        await player.press("down", "b", "end")
        await do(player, "x", "up", "enter")
        await player.until(lambda: isinstance(player.app.screen, FormScreen) and bool(player.app.focused))
        await do(player, "f6")
        await player.until(lambda: isinstance(player.app.screen, BrowseScreen))
        second = Ref("words", player.app.library.decks["words"].cards[1].key)
        assert player.store.marks(["words"]) == {second: Mark(suspended=True)}
        await do(player, "u")
        assert player.store.marks(["words"]) == {}
        assert listed(player) == ALL[:3]
        await do(player, "u")
        assert listed(player) == ALL
