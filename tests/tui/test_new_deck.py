"""A new deck in the app: named, made, and its first card written and asked, without leaving it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import tomli

from quizapp.deck.card import Kind
from quizapp.deck.making import make_deck
from quizapp.tui import new_deck, watching
from quizapp.tui.form import FormScreen
from quizapp.tui.new_deck import NewDeckScreen
from quizapp.tui.study import StudyScreen
from tests.tui.app import SIZES, Player, library_in, playing
from tests.tui.test_form import opened

THERE = 'title = "There"\n[[card]]\nfront = "a"\nback = "b"\n'


@pytest.fixture(autouse=True)
def _no_looks_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EVERY", 3600)


@asynccontextmanager
async def making(tmp_path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Player]:
    """The screen for a new deck, with its name being typed."""
    library = library_in(tmp_path, {"user/there.toml": THERE})
    async with playing(tmp_path, library=library, size=size) as player:
        await player.press("n")
        assert isinstance(player.app.screen, NewDeckScreen)
        await player.until(lambda: screen(player).typing)
        yield player


def screen(player: Player) -> NewDeckScreen:
    assert isinstance(player.app.screen, NewDeckScreen)
    return player.app.screen


async def to_the_form(player: Player) -> FormScreen:
    player.post("enter")
    await player.until(lambda: isinstance(player.app.screen, FormScreen))
    return await opened(player)


def read(path: Path) -> dict[str, object]:
    return tomli.loads(path.read_text(encoding="utf-8"))


async def test_a_name_a_card_and_it_is_asked(tmp_path: Path) -> None:
    async with making(tmp_path) as player:
        await player.press(*"my verbs")
        assert "user/my-verbs.toml" in "".join(player.text.split())
        await player.press("enter")
        form = await to_the_form(player)
        assert form.draft.kind is Kind.FLIP
        assert read(tmp_path / "user" / "my-verbs.toml") == {"title": "my verbs"}
        await player.press(*"ir", "tab", *"go")
        player.post("ctrl+s")
        await player.until(lambda: "1 added" in player.words)
        assert "card" in read(tmp_path / "user" / "my-verbs.toml")
        await player.press("escape")
        assert player.home
        assert "▌ my verbs" in player.text
        await player.press("enter")
        assert isinstance(player.app.screen, StudyScreen)
        assert "ir" in player.text


async def test_a_deck_that_was_left_empty_says_how_to_fill_it(tmp_path: Path) -> None:
    async with making(tmp_path) as player:
        await player.press(*"zz", "enter")
        await to_the_form(player)
        await player.press("escape")
        assert "▌ zz 0 due 0 new" in player.words
        assert "No cards yet. a adds one." in player.words
        player.post("a")
        await player.until(lambda: isinstance(player.app.screen, FormScreen))
        form = await opened(player)
        assert form.opened.deck.title == "zz"


async def test_the_file_names_the_schema_beside_it(tmp_path: Path) -> None:
    async with making(tmp_path) as player:
        await player.press(*"a", "enter")
        await to_the_form(player)
    text = (tmp_path / "user" / "a.toml").read_text(encoding="utf-8")
    assert text.startswith("#:schema ./quizapp.schema.json\n")
    assert (tmp_path / "user" / "quizapp.schema.json").exists()
    assert "example" not in text


async def test_statements_with_choices_of_their_own(tmp_path: Path) -> None:
    async with making(tmp_path) as player:
        await player.press(*"a", "enter", "down", "space", "down")
        assert "Choices True, False" in player.words
        await player.press("space", *"BPO", "enter")
        assert screen(player).typing
        assert "▲" in player.text
        await player.press(*", KPO", "enter")
        assert not screen(player).typing
        form = await to_the_form(player)
        assert form.draft.kind is Kind.STATEMENT
    assert read(tmp_path / "user" / "a.toml") == {"title": "a", "choices": ["BPO", "KPO"]}


async def test_choices_are_for_statements_alone(tmp_path: Path) -> None:
    async with making(tmp_path) as player:
        await player.press(*"a", "enter", "down", "space", "down", "space", *"BPO,KPO", "enter")
        await player.press("up", "right")
        assert "Choices" not in player.words
        form = await to_the_form(player)
        assert form.draft.kind is Kind.CHOICE
    assert read(tmp_path / "user" / "a.toml") == {"title": "a"}


@pytest.mark.parametrize(("name", "why"), [("There", "There is a deck"), ("...", "can't be the name")])
async def test_a_name_that_will_not_do_is_said_at_once_and_not_taken(
    tmp_path: Path, name: str, why: str
) -> None:
    # On some systems a name in other letters' case is the same file.
    sought = name.lower() if name == "There" else name
    async with making(tmp_path) as player:
        await player.press(*sought)
        assert why in player.words
        await player.press("enter")
        assert screen(player).typing
        await player.press("escape")
        assert player.home
    assert (tmp_path / "user" / "there.toml").read_text(encoding="utf-8") == THERE
    assert [path.name for path in (tmp_path / "user").iterdir()] == ["there.toml"]


async def test_without_a_name_it_asks_for_one(tmp_path: Path) -> None:
    async with making(tmp_path) as player:
        await player.press("enter")
        assert screen(player).typing
        await player.press(*"a", "enter", "down", "space")
        await player.press("up", "space", "backspace", "enter")
        assert screen(player).typing
        await player.press("escape")
        # What was typed last was not taken: it has the name that it had.
        assert "Name a" in player.words


async def test_a_file_that_came_meanwhile_stays_as_it_is(tmp_path: Path) -> None:
    async with making(tmp_path) as player:
        await player.press(*"a", "enter")
        (tmp_path / "user" / "a.toml").write_text("mine", encoding="utf-8")
        await player.press("enter")
        await player.until(lambda: "▲" in player.text)
        assert "There is a deck" in player.words
    assert (tmp_path / "user" / "a.toml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("key", ["escape", "f1", "enter", "space"])
async def test_while_it_is_made_no_key_comes_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    begun, go_on = Event(), Event()

    def slowly(*given: Any) -> None:
        begun.set()
        assert go_on.wait(20)
        make_deck(*given)

    monkeypatch.setattr(new_deck, "make_deck", slowly)
    async with making(tmp_path) as player:
        await player.press(*"a", "enter")
        player.post("enter")
        await player.until(begun.is_set)
        await player.press(key)
        go_on.set()
        await player.until(lambda: isinstance(player.app.screen, FormScreen))
        await opened(player)
        assert len(player.app.screen_stack) == 2


async def test_where_nothing_can_be_written_that_is_said(tmp_path: Path) -> None:
    async with making(tmp_path) as player:
        (tmp_path / "user" / "sub").write_text("no folder", encoding="utf-8")
        await player.press(*"sub/a", "enter", "enter")
        await player.until(lambda: "▲" in player.text)
        assert "can't be written" in player.words
        await player.press("escape")
        assert player.home


async def test_a_title_is_text_whatever_is_in_it(tmp_path: Path) -> None:
    async with making(tmp_path) as player:
        await player.press(*"[b]x", "enter")
        await to_the_form(player)
        await player.press("escape")
        assert player.home
        assert "▌ [b]x" in player.text


@pytest.mark.parametrize("size", SIZES)
async def test_all_of_it_is_in_sight_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with making(tmp_path, size) as player:
        await player.press(*"a", "enter", "down", "space", "down")
        for part in ("Name", "Cards", "Statement", "Choices", "Enter Make", "Space", "Esc Back"):
            assert part in player.text
