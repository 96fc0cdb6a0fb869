"""Cards that are deleted in the app, and what takes that back."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from quizapp.deck.card import Card, Deck
from quizapp.edits import Edit, Restored, remove, restore
from quizapp.tui import editing, watching
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
    await done(player)


async def done(player: Player) -> None:
    await player.until(
        lambda: not any(one.group == "editing" for one in player.app.workers if one.is_running)
    )


async def undo(player: Player) -> None:
    assert player.app.editing.undo()
    await done(player)


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
            assert "Deleted. ^g undoes it. This deck ships with quizapp." in player.said
            assert "Your copy takes its place: user/words.toml" in player.said
            assert deck_of(player).path == tmp_path / "user/words.toml"
            assert (tmp_path / "shipped/words.toml").read_text(encoding="utf-8") == WORDS
            await undo(player)
            assert deck_of(player).path == tmp_path / "shipped/words.toml"
            assert "Your copy" not in player.said

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


class TestRefusedUndo:
    """A change that can't be undone stands in the way of none before it, and is not lost."""

    async def test_those_before_it_are_undone_and_it_too_once_that_can_be(self, tmp_path: Path) -> None:
        files = {**FILES, "user/more.toml": '[[card]]\nfront = "pan"\nback = "bread"\n'}
        async with playing(tmp_path, library=library_in(tmp_path, files), size=(120, 40)) as player:
            more = tmp_path / "user/more.toml"
            await delete(player, "gato")
            await delete(player, "pan", "more")
            emptied = more.read_bytes()
            more.unlink()
            await undo(player)
            assert "user/more.toml can't be read" in said(player)
            assert "Not undone: deleting “pan”. ^g undoes what was before it." in said(player)
            assert player.app.editing.count == 1
            await undo(player)
            assert (tmp_path / "user/words.toml").read_text(encoding="utf-8") == WORDS
            assert "Undone: deleting “gato”." in said(player)
            await undo(player)
            assert not more.exists(), "it is tried again, and refused again"
            more.write_bytes(emptied)
            await undo(player)
            assert more.read_text(encoding="utf-8") == files["user/more.toml"]
            assert not player.app.editing.undo()

    async def test_a_file_that_says_otherwise_now_says_so(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=library_in(tmp_path, FILES), size=(120, 40)) as player:
            await delete(player, "gato")
            path = tmp_path / "user/words.toml"
            path.write_text(WORDS.replace('"cat"', '"tomcat"'), encoding="utf-8")
            now = path.read_bytes()
            await undo(player)
            assert "user/words.toml has changed since. Not undone: deleting “gato”." in said(player)
            assert "what was before it" not in said(player)
            assert path.read_bytes() == now


class TestRedo:
    async def test_what_was_undone_is_done_again_and_undone_again(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:
            path = tmp_path / "user/words.toml"
            await player.press("ctrl+y")
            assert path.read_text(encoding="utf-8") == WORDS
            await delete(player, "hola")
            one = path.read_bytes()
            await delete(player, "gato")
            both = path.read_bytes()
            await undo(player)
            await undo(player)
            assert "Undone: deleting “hola”. ^y redoes it." in said(player)
            await player.press("ctrl+y")
            await done(player)
            assert path.read_bytes() == one
            assert "Redone: deleting “hola”. ^g undoes it." in said(player)
            await player.press("ctrl+y")
            await done(player)
            assert path.read_bytes() == both
            assert not player.app.can_redo_edit
            await undo(player)
            await undo(player)
            assert path.read_text(encoding="utf-8") == WORDS

    async def test_a_history_goes_along_both_ways(self, tmp_path: Path) -> None:
        library = library_in(tmp_path, FILES)
        async with playing(tmp_path, library=library, opening=Study((library.decks["words"],))) as player:
            prompt = player.question.prompt
            await player.press("space", "4", "escape")
            await delete(player, prompt)
            for _ in range(2):
                await undo(player)
                assert "1 new" in player.line("Today")
                await player.press("ctrl+y")
                await done(player)
                assert "1 new" in player.line("Today")
                assert len(deck_of(player).cards) < 3
            await undo(player)
            assert player.store.memory(player.answers[0].ref) is not None

    async def test_after_another_change_there_is_none(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:
            await delete(player, "gato")
            await undo(player)
            assert player.app.can_redo_edit
            await delete(player, "hola")
            assert not player.app.can_redo_edit

    async def test_a_file_that_has_changed_since_is_left_alone(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=library_in(tmp_path, FILES), size=(120, 40)) as player:
            path = tmp_path / "user/words.toml"
            await delete(player, "gato")
            await undo(player)
            path.write_text(WORDS + "# mine\n", encoding="utf-8")
            await player.press("ctrl+y")
            await done(player)
            assert path.read_text(encoding="utf-8") == WORDS + "# mine\n"
            assert "user/words.toml has changed since. Not redone: deleting “gato”." in said(player)
            assert not player.app.can_redo_edit

    async def test_a_copy_of_a_deck_that_ships_is_made_again(self, tmp_path: Path) -> None:
        files = {"shipped/words.toml": WORDS}
        async with playing(tmp_path, library=library_in(tmp_path, files)) as player:
            await delete(player, "gato")
            copy = (tmp_path / "user/words.toml").read_bytes()
            await undo(player)
            assert not (tmp_path / "user/words.toml").exists()
            await player.press("ctrl+y")
            await done(player)
            assert (tmp_path / "user/words.toml").read_bytes() == copy
            assert deck_of(player).path == tmp_path / "user/words.toml"


class TestLongWork:
    """What a change of a large deck does is said before it is done, beside a screen that takes keys."""

    @pytest.mark.parametrize("many", [1, 1_000])
    async def test_a_deletion_says_that_it_is_under_way(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
    ) -> None:
        monkeypatch.setattr(editing, "_MANY", many)
        may_go = threading.Event()

        def slowly(*given: Any) -> Edit:
            assert may_go.wait(20)
            return remove(*given)

        monkeypatch.setattr(editing, "remove", slowly)
        async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:
            await player.press("down", "b", "x", "x")
            await player.until(lambda: "Deleting “hola”…" in said(player))
            await player.press("down", "down")
            assert "▌ gato" in player.words
            may_go.set()
            await done(player)
            assert "Deleted with its 2 cards. u undoes it." in said(player)
            assert "Deleting" not in said(player)
            assert [card.prompt for card in deck_of(player).cards] == ["gato"], (
                "the second x was for the same"
            )
            assert not [note for note in player.app._notifications if note.severity == "error"]

    async def test_of_a_large_deck_it_is_said_before_it_begins(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(editing, "_MANY", 1)
        seen: list[str] = []
        async with playing(tmp_path, library=library_in(tmp_path, FILES)) as player:

            def looked(edit: Edit) -> Restored:
                seen.append(said(player))
                return restore(edit)

            monkeypatch.setattr(editing, "restore", looked)
            await delete(player, "gato")
            await undo(player)
            assert "Undoing: deleting “gato”…" in seen[0]
            assert "Undone: deleting “gato”." in said(player)
            assert "Undoing" not in said(player)
