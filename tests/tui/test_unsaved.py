"""What was typed into a form and is not saved: it is a draft, and quitting says so first."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from quizapp import edits
from quizapp.edits import Edit
from quizapp.record import Ref
from quizapp.tui import form_saving, watching
from quizapp.tui.home import HomeScreen
from quizapp.tui.study import StudyScreen
from tests.tui.app import Player
from tests.tui.test_editing import card_of, deck_of, said
from tests.tui.test_form import PATH, WORDS, add, edit, editing, fill, idle, opened, save


@pytest.fixture(autouse=True)
def _no_looks_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EVERY", 3600)


def quits(player: Player) -> bool:
    return player.app._exit


class TestDraft:
    async def test_a_duplicate_leaves_the_draft_of_a_new_card_alone(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await add(player)
            await fill(player, "prompt", "sol")
            await player.press("escape")
            for text in ("", "s"):
                player.app.editing.duplicate(deck_of(player), card_of(player, "gato"))
                await opened(player)
                await player.press("end", *text, "escape")
            assert (await add(player)).draft.texts["prompt"] == "sol"
            await player.press("escape")
            player.app.editing.duplicate(deck_of(player), card_of(player, "gato"))
            assert (await opened(player)).draft.texts["prompt"] == "gatos"

    async def test_what_the_file_says_by_now_stays_but_where_it_was_typed(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "hola")
            await fill(player, "answer", "hi there")
            await player.press("escape")
            other = WORDS.replace('"greetings"', '"first words"\nwhy = "It is what one says."')
            (tmp_path / PATH).write_text(other, encoding="utf-8")
            screen = await edit(player, "hola")
            assert "was changed in the file since" in said(player)
            assert screen.draft.texts["aspect"] == "first words"
            await save(player)
            assert (tmp_path / PATH).read_text(encoding="utf-8") == other.replace('"hello"', '"hi there"')

    async def test_another_session_from_the_menu_keeps_it(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s")
            player.app.sessions.study([deck_of(player)], "Words")
            await player.until(lambda: isinstance(player.app.screen, StudyScreen))
            assert "Kept as a draft." in said(player)
            assert (await edit(player, "gato")).draft.texts["prompt"] == "gatos"

    async def test_deleting_a_card_keeps_what_was_typed_for_it(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s", "ctrl+r")
            await idle(player)
            assert player.app.editing.undo()
            await idle(player)
            assert (await edit(player, "gato")).draft.texts["prompt"] == "gatos"

    async def test_a_new_card_has_no_key_for_another_one(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            screen = await add(player)
            assert "New card" not in player.footer
            await player.press("x", "ctrl+n")
            assert player.app.screen is screen

    async def test_no_key_leaves_a_form_that_is_being_saved(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        go_on = Event()

        def slow(*given: Any) -> Edit:
            assert go_on.wait(20)
            return edits.change(*given)

        monkeypatch.setattr(form_saving, "change", slow)
        async with editing(tmp_path) as player:
            screen = await edit(player, "gato")
            await player.press("end", "s", "ctrl+s")
            await player.press("ctrl+n", "f7", "ctrl+r", "f6")
            assert player.app.screen is screen
            assert "Saving" in player.line("Words")
            go_on.set()
            await idle(player)
            assert isinstance(player.app.screen, HomeScreen)
            assert len(deck_of(player).cards) == 2


class TestQuitting:
    async def test_a_form_with_text_asks_for_the_key_once_more(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s", "ctrl+q")
            assert not quits(player)
            assert "is not saved. ^s saves it; ^q once more quits without it." in said(player)
            await player.press("x", "ctrl+q")
            assert not quits(player)
            await player.press("ctrl+q")
            assert quits(player)

    async def test_a_draft_does_too(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s", "escape", "q")
            assert not quits(player)
            assert "A draft in Words is not saved; ^q once more quits without it." in said(player)
            await player.press("q")
            assert quits(player)

    async def test_what_is_saved_or_untouched_asks_nothing(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s")
            await save(player)
            await edit(player, "hola")
            await player.press("ctrl+q")
            assert quits(player)

    async def test_what_is_being_saved_is_saved_first(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        go_on = Event()

        def slow(*given: Any) -> Edit:
            assert go_on.wait(20)
            return edits.change(*given)

        monkeypatch.setattr(form_saving, "change", slow)
        async with editing(tmp_path) as player:
            key = card_of(player, "gato").key
            await player.app.editing._suspend(deck_of(player), key)
            await edit(player, "gato")
            await fill(player, "prompt", "Katze")
            await player.press("ctrl+s", "ctrl+q")
            assert not quits(player)
            assert "Saving first" in said(player)
            go_on.set()
            async with asyncio.timeout(20):
                while not quits(player):
                    await asyncio.sleep(0)
            # Its history went along before the end.
            assert player.store.mark(card_ref(player, "Katze")).suspended


def card_ref(player: Player, prompt: str) -> Ref:
    return Ref("words", card_of(player, prompt).key)
