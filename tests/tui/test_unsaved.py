"""What was typed into a form and is not saved: it is a draft, and quitting says so first."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from msgspec import structs

from quizapp import edits
from quizapp.deck.card import Kind
from quizapp.deck.kept import Form, Kept, Slip, find, put
from quizapp.edits import Edit
from quizapp.record import Ref
from quizapp.scores.errors import ScoresError
from quizapp.tui import drafts, form_saving, pause, watching
from quizapp.tui.home import HomeScreen
from quizapp.tui.study import StudyScreen
from tests.builders import FakeClock
from tests.tui.app import Player
from tests.tui.test_editing import card_of, deck_of, said
from tests.tui.test_form import PATH, WORDS, add, edit, editing, fill, form, idle, opened, save


@pytest.fixture(autouse=True)
def _no_looks_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EVERY", 3600)


def files(folder: Path) -> list[Path]:
    """The drafts that lie in files, without one that is only being written."""
    return sorted((folder / "drafts").glob("[!.]*"))


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


class TestFile:
    """What a form leaves in the state folder."""

    async def test_a_pause_in_typing_writes_once(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        puts: list[str] = []

        def counted(folder: Path, kept: Kept, slip: Slip | None) -> Slip:
            puts.append(kept.draft.texts["prompt"])
            return put(folder, kept, slip)

        monkeypatch.setattr(drafts, "put", counted)
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s", "s", "s")
            assert not puts
            await player.until(lambda: bool(puts))
            await idle(player)
            assert puts == ["gatosss"]
            assert len(files(tmp_path)) == 1
            await player.press("escape")
            await idle(player)
            assert puts == ["gatosss"], "nothing was typed since"

    async def test_whoever_never_stops_is_not_forgotten(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pause, "QUIET", 3600)
        monkeypatch.setattr(pause, "AT_LATEST", 0)
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s")
            await player.until(lambda: len(files(tmp_path)) == 1)

    @pytest.mark.parametrize("how", ["save", "take back what was typed"])
    async def test_it_goes_with_the_draft(self, tmp_path: Path, how: str) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s", "escape")
            await idle(player)
            assert len(files(tmp_path)) == 1
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press(*["ctrl+s"] if how == "save" else ["end", "backspace", "escape"])
            await idle(player)
            assert not files(tmp_path)

    async def test_a_damaged_one_is_kept_beside_and_said(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await add(player)
            await player.press("s", "escape")
            await idle(player)
            (path,) = files(tmp_path)
        path.write_bytes(path.read_bytes()[:-9])
        half = path.read_bytes()
        async with editing(tmp_path, size=(200, 60)) as player:
            assert (await add(player)).draft.is_empty
            assert "A draft of this card is damaged and can't be read. The file is kept:" in said(player)
            (aside,) = files(tmp_path)
            assert aside.suffix == ".damaged"
            assert aside.read_bytes() == half
            await player.press("x", "escape")
            await idle(player)
            assert len(files(tmp_path)) == 2

    async def test_two_programs_keep_both(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s")
            await player.until(lambda: len(files(tmp_path)) == 1)
            await idle(player)
            # Another program has the same form open, and its person goes on from here.
            form = Form("words", card_of(player, "gato").key, "")
            found = find(tmp_path / "drafts", form)
            assert found.kept is not None
            theirs = structs.replace(found.kept, draft=found.kept.draft.put("prompt", "gatoz"))
            put(tmp_path / "drafts", theirs, found.slip)
            await player.press("e", "escape")
            await idle(player)
            assert len(files(tmp_path)) == 2
            # Here it is saved; what the other one holds stays.
            await edit(player, "gato")
            await save(player)
            assert len(files(tmp_path)) == 1
            assert find(tmp_path / "drafts", form).kept == theirs

    async def test_what_was_saved_right_before_a_kill_is_no_draft(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await fill(player, "answer", "CAT")
            await player.press("escape")
            await idle(player)
        async with editing(tmp_path, WORDS.replace('"cat"', '"CAT"')) as player:
            await edit(player, "gato")
            await idle(player)
            assert "draft" not in said(player).lower()
            assert not files(tmp_path)


class TestDiscard:
    """F3 goes back to what the file says; once more brings back what was typed."""

    @pytest.mark.parametrize("size", [(40, 15), (80, 24), (120, 40)])
    async def test_a_draft_says_so_and_how_old_it_is(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with editing(tmp_path, size=size) as player:
            await edit(player, "gato")
            await player.press("end", "s")
            assert "Draft of" not in player.words
            await player.press("escape")
            clock = player.app.clock
            assert isinstance(clock, FakeClock)
            clock.forward(59 * 60_000)
            await edit(player, "gato")
            it = " it" if size[0] > 40 else ""
            assert player.line("Draft of") == f"Draft of 59 minutes ago. F3 discards{it}"
            await player.press("f3")
            assert player.line("Draft") == "Draft discarded. F3 brings it back"
            assert "gatos" not in player.text
            await player.press("f3")
            assert "Draft of 59 minutes ago." in player.words
            assert "gatos" in player.text
            await player.press("f3", "escape")
            await idle(player)
            assert not files(tmp_path)
            assert (await edit(player, "gato")).draft.texts["prompt"] == "gato"
            assert "Draft" not in player.words

    async def test_its_file_comes_and_goes_with_it(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s", "f3")
            await idle(player)
            assert not files(tmp_path)
            assert "Discarded. F3 brings it back." in said(player)
            await player.press("f3")
            await idle(player)
            assert len(files(tmp_path)) == 1

    async def test_the_kind_goes_back_too(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            screen = await edit(player, "gato")
            await player.press("up", "right", "right", "f3")
            assert screen._fields.rows[0].text == Kind.FLIP
            assert "Also right" not in player.text
            await player.press("f3")
            assert screen._fields.rows[0].text == screen.draft.kind == Kind.TYPED
            assert "Also right" in player.text

    async def test_what_was_typed_since_is_discarded_before_it_is_brought_back(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            screen = await edit(player, "gato")
            await player.press("end", "s", "f3", "end", "z", "f3")
            assert screen.draft.texts["prompt"] == "gato"
            await player.press("f3")
            assert screen.draft.texts["prompt"] == "gatoz"

    async def test_nothing_typed_has_nothing_to_discard(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("f3")
            assert "iscard" not in said(player)

    async def test_a_saved_card_is_no_draft_any_more(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await add(player)
            await fill(player, "prompt", "sol")
            await player.press("escape")
            await add(player)
            assert "Draft of a moment ago" in player.words
            await fill(player, "answer", "sun")
            await save(player)
            await opened(player)
            assert "Draft" not in player.words
            await player.press("f3")
            assert "sol" not in form(player).draft.texts.values()


class TestQuitting:
    async def test_what_stands_in_a_form_is_in_a_file_then(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s", "ctrl+q")
            assert quits(player)
            assert "kept as a draft" in str(player.app._exit_renderables)
        async with editing(tmp_path) as player:
            assert (await edit(player, "gato")).draft.texts["prompt"] == "gatos"

    async def test_an_end_that_nobody_asked_for_keeps_it_too(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s")
            player.app.fail(ScoresError(tmp_path, "It is gone."))
        assert len(files(tmp_path)) == 1

    async def test_what_can_t_be_written_asks_for_the_key_once_more(self, tmp_path: Path) -> None:
        (tmp_path / "drafts").write_text("no folder", encoding="utf-8")
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s", "ctrl+q")
            assert not quits(player)
            assert "Drafts can't be written (File exists)." in said(player)
            assert "What you typed can't be kept as a draft (File exists)." in said(player)
            assert "^s saves it; ^q once more quits without it." in said(player)
            await player.press("x", "ctrl+q")
            assert not quits(player), "something else stands there by now"
            await player.press("ctrl+q")
            assert quits(player)

    async def test_nor_does_a_draft_that_could_not_be_written_go_unsaid(self, tmp_path: Path) -> None:
        (tmp_path / "drafts").write_text("no folder", encoding="utf-8")
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s", "escape", "q")
            assert not quits(player)
            assert "^q once more quits without it." in said(player)
            (tmp_path / "drafts").unlink()
            await player.press("q")
            assert quits(player)
            assert len(files(tmp_path)) == 1

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
