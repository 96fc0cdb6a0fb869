"""Exporting a deck in the app: format, file, what can't be held, and never over what is there."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from quizapp.anki.take import take
from quizapp.exchanging import outgoing
from quizapp.tui.exporting import ExportScreen
from tests.tui.app import Player, library_in, playing

SIDES = """title = "Which [b]side[/b]?"
choices = ["BPO", "KPO"]
[study]
new_per_day = 3
[[card]]
statement = "Anyone can do it."
answer = "BPO"
[[card]]
front = "[red]x"
back = "y"
"""


@asynccontextmanager
async def exporting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Player]:
    """The export of a deck, with an empty folder as one's own."""
    own = tmp_path / "own"
    own.mkdir(exist_ok=True)
    monkeypatch.setenv("HOME", str(own))
    library = library_in(tmp_path, {"user/sides.toml": SIDES})
    async with playing(tmp_path, library=library, size=size) as player:
        await player.press("down", "x")
        assert isinstance(player.app.screen, ExportScreen)
        yield player


async def step_to(player: Player, name: str) -> None:
    for _ in range(6):
        if name in player.line("▌"):
            return
        await player.press("right")
    raise AssertionError(f"there is no format {name}")


async def out(player: Player) -> None:
    player.post("enter")
    await player.until(lambda: not isinstance(player.app.screen, ExportScreen))


class TestExport:
    async def test_a_package_by_default(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        async with exporting(tmp_path, monkeypatch) as player:
            assert "Export Which [b]side[/b]? 2 cards" in player.words
            assert "File ~/sides.apkg" in player.words
            assert "Anki shows its choices" in player.words
            await out(player)
            assert player.home
            assert "2 cards in ~/sides.apkg." in player.words
        _, taken = take(tmp_path / "own" / "sides.apkg")
        assert sum(len(draft.entries) for draft in taken.drafts.values()) == 2

    async def test_another_format_changes_the_suffix_and_what_it_can_t_hold(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with exporting(tmp_path, monkeypatch) as player:
            await step_to(player, "Markdown")
            assert "File ~/sides.md" in player.words
            assert "became a question" in player.text
            await step_to(player, "JSON")
            assert "can't hold" not in player.text
            await out(player)
        held = json.loads((tmp_path / "own" / "sides.json").read_text(encoding="utf-8"))
        assert [card.get("front") for card in held["cards"]] == [None, "[red]x"]

    async def test_another_path(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        async with exporting(tmp_path, monkeypatch) as player:
            await step_to(player, "JSON")
            await player.press("down", "space", *["backspace"] * 10, *"my out.json", "enter")
            assert player.line("▌") == "▌ File ~/my out.json"
            assert "Space changes it." in player.words
            await out(player)
        assert (tmp_path / "own" / "my out.json").is_file()

    async def test_the_format_follows_the_name_that_is_typed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with exporting(tmp_path, monkeypatch) as player:
            await player.press("down", "space", *["backspace"] * 10, *"out.csv", "enter")
            assert "table (csv)" in player.words.casefold()
            await out(player)
        assert not (tmp_path / "own" / "out.csv").read_bytes().startswith(b"PK")

    async def test_a_file_that_is_there_is_replaced_only_if_that_is_said(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "own").mkdir()
        there = tmp_path / "own" / "sides.apkg"
        there.write_bytes(b"mine")
        async with exporting(tmp_path, monkeypatch) as player:
            assert "File ~/sides-2.apkg" in player.words, "a free name is proposed"
            await player.press("down", "space", *["backspace"] * 7, *".apkg", "enter")
            assert "▲ There is such a file already." in player.words
            assert "Export" not in player.footer
            await player.press("enter")
            assert there.read_bytes() == b"mine"
            await player.press("down", "space")
            assert player.line("▌") == "▌ Replace what is there yes"
            await out(player)
        assert zipfile.is_zipfile(there)

    @pytest.mark.parametrize("name", ["nowhere/x.json", "x\x00.json"])
    async def test_where_nothing_can_be_written_it_is_said(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        async with exporting(tmp_path, monkeypatch) as player:
            (tmp_path / "own" / "nowhere").write_text("a file", encoding="utf-8")
            screen = player.app.screen
            assert isinstance(screen, ExportScreen)
            await step_to(player, "JSON")
            screen._file = tmp_path / "own" / name
            player.post("enter")
            await player.until(lambda: "can't be written" in player.words)
            assert player.app.screen is screen

    async def test_called_off_it_leaves_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        own, going = tmp_path / "own", threading.Event()

        def slow(*_: object) -> Iterator[None]:
            going.wait(10)
            yield from ()

        monkeypatch.setattr("quizapp.exchanging.outgoing.sent_reviews", slow)
        async with exporting(tmp_path, monkeypatch) as player:
            player.post("enter")
            await player.until(lambda: "Writing sides.apkg" in player.text)
            assert "Esc calls it off, and leaves nothing." in player.words
            player.post("right")
            player.post("escape")
            await player.until(lambda: "Calling it off" in player.text)
            assert "Format Anki's package" in player.words, "nothing can be changed meanwhile"
            going.set()
            await player.until(lambda: "Calling it off" not in player.text)
            assert isinstance(player.app.screen, ExportScreen)
            assert list(own.iterdir()) == []
            await out(player)
            assert [one.name for one in own.iterdir()] == ["sides.apkg"]

    async def test_called_off_too_late_it_is_there_and_said(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written, going = threading.Event(), threading.Event()

        def late(*given: Any) -> None:
            outgoing.write(*given)
            written.set()
            going.wait(10)

        monkeypatch.setattr("quizapp.tui.exporting.write", late)
        async with exporting(tmp_path, monkeypatch) as player:
            await step_to(player, "JSON")
            player.post("enter")
            await player.until(written.is_set)
            player.post("escape")
            await player.until(lambda: "Calling it off" in player.text)
            going.set()
            await player.until(lambda: not isinstance(player.app.screen, ExportScreen))
            assert "2 cards in ~/sides.json." in player.words

    async def test_a_deck_with_a_broken_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        async with exporting(tmp_path, monkeypatch) as player:
            (tmp_path / "user" / "sides.toml").write_text("[[card", encoding="utf-8")
            await player.press("right")
            assert "has problems; mend them first" in player.words
            await player.press("enter", "escape")
            assert player.home

    async def test_from_a_deck_s_page_and_from_the_menu(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with exporting(tmp_path, monkeypatch) as player:
            await player.press("escape", "i", "x")
            assert isinstance(player.app.screen, ExportScreen)
            await player.press("escape", "escape")
            await player.choose("export which", "Export: Which")
            assert isinstance(player.app.screen, ExportScreen)
            await player.press("escape")
            await player.press("up", "x")
            assert player.home, "Today is no deck"
