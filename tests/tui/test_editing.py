"""Cards that are deleted in the app, and what takes that back."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.deck.card import Card, Deck
from quizapp.tui import watching
from quizapp.tui.opening import Study
from tests.tui.app import Player, library_in, playing

WORDS = """title = "Words"
# first
[[card]]
front = "hola"
back = "hello"
reverse = true

[[card]]
front = "gato"
back = "cat"
"""
FILES = {"user/words.toml": WORDS}


@pytest.fixture(autouse=True)
def _no_looks_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EVERY", 3600)


def deck_of(player: Player, id_: str = "words") -> Deck:
    return player.app.library.decks[id_]


def card_of(player: Player, prompt: str, id_: str = "words") -> Card:
    return next(card for card in deck_of(player, id_).cards if card.prompt == prompt)


def said(player: Player) -> str:
    """The screen with its toasts as running text."""
    return player.words.replace("▌ ", "")


async def delete(player: Player, prompt: str, id_: str = "words") -> None:
    player.app.editing.delete(deck_of(player, id_), card_of(player, prompt, id_))
    await player.until(
        lambda: not any(one.group == "editing" for one in player.app.workers if one.is_running)
    )


async def undo(player: Player) -> None:
    assert player.app.editing.undo()
    await player.until(
        lambda: not any(one.group == "editing" for one in player.app.workers if one.is_running)
    )


class TestDelete:
    async def test_it_is_gone_at_once_and_comes_back(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:
            assert not player.app.editing.undo()
            await delete(player, "hola")
            assert "# first" not in (tmp_path / "user/words.toml").read_text(encoding="utf-8")
            assert [card.prompt for card in deck_of(player).cards] == ["gato"]
            assert "1 new" in player.words
            assert "Deleted with its 2 cards." in player.words
            await delete(player, "gato")
            assert not deck_of(player).cards
            await undo(player)
            await undo(player)
            assert (tmp_path / "user/words.toml").read_text(encoding="utf-8") == WORDS
            assert "Undone: deleting “hola”." in player.words
            assert not player.app.editing.undo()

    async def test_what_was_answered_is_there_again(self, tmp_path: Path) -> None:
        library = library_in(tmp_path, FILES)
        async with playing(tmp_path, library=library, opening=Study((library.decks["words"],))) as player:
            prompt = player.question.prompt
            await player.press("space", "4", "escape")
            await delete(player, prompt)
            assert "1 new" in player.line("Today")
            await undo(player)
            assert "1 new" in player.line("Today")
            assert len(player.answers) == 1

    async def test_a_deck_that_ships_is_copied_and_says_where(self, tmp_path: Path) -> None:
        files = {"shipped/words.toml": WORDS}
        async with playing(tmp_path, library=library_in(tmp_path, files), size=(120, 40)) as player:
            await delete(player, "gato")
            assert "Your copy takes its place: user/words.toml" in said(player)
            assert deck_of(player).path == tmp_path / "user/words.toml"
            assert (tmp_path / "shipped/words.toml").read_text(encoding="utf-8") == WORDS
            await undo(player)
            assert deck_of(player).path == tmp_path / "shipped/words.toml"

    async def test_what_can_t_be_done_says_so(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:
            path = tmp_path / "user/words.toml"
            path.write_text(WORDS + "[[card]]\nfront = [", encoding="utf-8")
            await delete(player, "gato")
            assert "Nothing was deleted." in said(player)
            path.unlink()
            await delete(player, "gato")
            assert "can't be read" in said(player)
            assert not player.app.editing.undo()
