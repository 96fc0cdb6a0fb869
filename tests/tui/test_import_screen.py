"""Importing a deck in the app: which file, what would come, writing it, and taking it back."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from quizapp.anki.write import write_package
from quizapp.deck.exchange.draft import Cancelled
from quizapp.deck.read import read_deck
from quizapp.exchanging.history import take_import_back
from quizapp.tui.form import FormScreen
from quizapp.tui.home import HomeScreen
from quizapp.tui.import_preview import PreviewScreen
from quizapp.tui.importing import ImportScreen
from quizapp.tui.study import StudyScreen
from quizapp.tui.watching import Watching
from tests.anki.desk import outgoing_of
from tests.builders import FakeClock
from tests.tui.app import Player, library_in, playing
from tests.tui.test_form import opened

MINE = 'title = "Mine"\n[[card]]\nfront = "a"\nback = "b"\n'
CSV = "term;definition;lesson\nhola;hello;1\nadiós;goodbye;1\nla mesa;the table;2\n;nothing;2\n"
UNCLEAR = "uno,one,x\ndos,two,y\n"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with files to import."""
    folder = tmp_path / "files"
    (folder / "sub").mkdir(parents=True)
    (folder / "spanish.csv").write_text(CSV, encoding="utf-8")
    (folder / "unclear.csv").write_text(UNCLEAR, encoding="utf-8")
    (folder / "sub" / "more.csv").write_text("front,back\nx,y\n", encoding="utf-8")
    (folder / "readme.pdf").write_bytes(b"%PDF")
    (folder / ".hidden.csv").write_text(CSV, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path))
    return folder


@asynccontextmanager
async def at_home(tmp_path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Player]:
    """A person with one deck."""
    library = library_in(tmp_path, {"user/mine.toml": MINE})
    async with playing(tmp_path, library=library, size=size) as player:
        yield player


async def paste(player: Player, text: str) -> None:
    player.app.post_message(events.Paste(text))
    await player.settled()


async def previewed(player: Player, text: str) -> None:
    """Open the preview of a file."""
    if not isinstance(player.app.screen, ImportScreen):
        await player.press("f")
    await paste(player, text)
    player.post("enter")
    await player.until(lambda: isinstance(player.app.screen, PreviewScreen))


async def select(player: Player, name: str) -> None:
    """Select the row with this name."""
    await player.press("home")
    for _ in range(60):
        if any(line.lstrip().startswith(("▌ " + name, "▌↓" + name)) for line in player.text.splitlines()):
            return
        await player.press("down")
    raise AssertionError(f"there is no row {name}\n{player.text}")


async def written(player: Player, key: str = "enter") -> None:
    player.post(key)
    await player.until(lambda: not isinstance(player.app.screen, PreviewScreen | ImportScreen))


def decks(tmp_path: Path) -> list[str]:
    return sorted(str(path.relative_to(tmp_path / "user")) for path in (tmp_path / "user").rglob("*.toml"))


class TestFile:
    async def test_what_fits_is_listed_as_it_is_typed(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            await player.press("f")
            assert "spanish.csv" in player.text
            assert "sub/" in player.text
            assert "readme.pdf" not in player.text
            assert ".hidden" not in player.text
            await player.press("u")
            assert "spanish.csv" not in player.text
            assert "unclear.csv" in player.text
            await player.press("tab")
            assert player.app.screen.query_one(Input).value == "unclear.csv"
            await player.press("escape")
            assert player.home

    async def test_enter_goes_into_a_folder_and_opens_a_file(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            await player.press("f", "down", "down", "enter")
            assert player.app.screen.query_one(Input).value == "sub/"
            player.post("enter")
            await player.until(lambda: isinstance(player.app.screen, PreviewScreen))
            assert "more.csv" in player.text

    @pytest.mark.parametrize(
        "text",
        [
            *("{}", "'{}'", '"{}"', "file://{}", "{}\n"),
            *("~/files/spanish.csv", "spanish.csv", "../files/spanish.csv"),
        ],
    )
    async def test_paths_as_they_are_typed_and_dropped(self, tmp_path: Path, files: Path, text: str) -> None:
        async with at_home(tmp_path) as player:
            await previewed(player, text.format(files / "spanish.csv"))
            assert "3 cards" in player.text

    @pytest.mark.parametrize("text", ["{}", "'{}'", "\\"])
    async def test_a_name_with_spaces_replaces_what_stood_there(
        self, tmp_path: Path, files: Path, text: str
    ) -> None:
        (files / "my words.csv").write_text(CSV, encoding="utf-8")
        async with at_home(tmp_path) as player:
            await player.press("f", *"what")
            path = str(files / "my words.csv")
            await previewed(player, path.replace(" ", "\\ ") if text == "\\" else text.format(path))
            assert "my words.csv" in player.text

    @pytest.mark.parametrize(
        ("name", "data", "says"),
        [
            ("no.apkg", b"front,back\n", "it is not a zip archive"),
            ("half.apkg", b"PK\x03\x04half", "is damaged or incomplete"),
            ("latin.csv", b"caf\xe9,coffee\n", "not UTF-8"),
            ("empty.csv", b"", "is empty"),
            ("what.xyz", b"a,b", "can't be told by its end"),
        ],
    )
    async def test_a_file_that_won_t_do_gets_the_sentence_of_the_command_line(
        self, tmp_path: Path, files: Path, name: str, data: bytes, says: str
    ) -> None:
        (files / name).write_bytes(data)
        async with at_home(tmp_path) as player:
            await player.press("f")
            await paste(player, str(files / name))
            player.post("enter")
            await player.until(lambda: says in player.words or isinstance(player.app.screen, PreviewScreen))
            assert says in player.words
            # And one goes on.
            await player.press("escape")
            if isinstance(player.app.screen, ImportScreen):
                await player.press("escape")
            assert player.home
            assert decks(tmp_path) == ["mine.toml"]

    async def test_one_that_is_too_large(self, tmp_path: Path, files: Path) -> None:
        with (files / "huge.csv").open("wb") as file:
            file.truncate(1 << 30)
        async with at_home(tmp_path) as player:
            await player.press("f", *"hu", "enter")
            assert "the file is larger than 64 MiB" in player.words

    async def test_one_that_is_not_there(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            await player.press("f")
            await paste(player, "/nowhere/x.csv")
            player.post("enter")
            await player.until(lambda: "there is no such file" in player.text)

    async def test_reading_can_be_called_off(
        self, tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        began, ended = threading.Event(), threading.Event()

        def endless(_: Path, progress: object) -> None:
            assert callable(progress)
            began.set()
            while progress(1234, 20000):
                ended.wait(0.01)
            ended.set()
            raise Cancelled

        monkeypatch.setattr("quizapp.tui.importing.look_into", endless)
        async with at_home(tmp_path) as player:
            await player.press("f")
            await paste(player, "spanish.csv")
            player.post("enter")
            await player.until(lambda: "1,234 of 20,000 notes" in player.text)
            await player.press("escape")
            await player.until(ended.is_set)
            assert isinstance(player.app.screen, ImportScreen)
            assert "1,234" not in player.text
            await player.press("escape")
            assert player.home


class TestPreview:
    async def test_it_shows_what_would_come_and_writes_nothing(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path, size=(80, 50)) as player:
            await previewed(player, "spanish.csv")
            assert "3 cards, 2 not taken over" in player.words
            assert player.line("▌") == "▌ Name spanish"
            assert player.line("Between the cells") == "Between the cells semicolon"
            assert player.line("The first row") == "The first row names the columns"
            assert player.line("“term”") == "“term” front"
            assert player.line("la mesa") == "la mesa the table"
            assert player.line('lesson" was') == 'the column "lesson" was left out line 1'
            assert player.line("nothing to ask") == "left out: there is nothing to ask line 5"
            await player.press("escape", "escape")
            assert decks(tmp_path) == ["mine.toml"]

    async def test_enter_writes_and_home_has_it(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            await previewed(player, "spanish.csv")
            await written(player)
            assert "▌ spanish 0 due 3 new" in player.words
            assert "spanish: 3 cards. u undoes it." in player.words
            deck, problems = read_deck(tmp_path / "user" / "spanish.toml", deck_id="d")
            assert problems == []
            assert deck is not None
            assert [card.prompt for card in deck.cards] == ["hola", "adiós", "la mesa"]

    async def test_u_takes_it_back(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            await previewed(player, "spanish.csv")
            await written(player)
            await player.press("u")
            await player.until(lambda: "Undone: the import of spanish.csv" in player.words)
            assert decks(tmp_path) == ["mine.toml"]
            await player.until(lambda: "spanish" not in player.app.library.decks)

    async def test_its_deck_leaves_home_at_once(
        self, tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with at_home(tmp_path) as player:
            await previewed(player, "spanish.csv")
            await written(player)
            monkeypatch.setattr(Watching, "_look", lambda *_: None)
            await player.press("u")
            await player.until(lambda: "spanish" not in player.app.library.decks)
            await player.until(lambda: "▌ spanish" not in player.words)
            assert "Undone: the import of spanish.csv" in player.words

    async def test_a_deck_that_was_changed_stays(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            await previewed(player, "spanish.csv")
            await written(player)
            path = tmp_path / "user" / "spanish.toml"
            path.write_text(path.read_text(encoding="utf-8") + MINE.partition("\n")[2], encoding="utf-8")
            await player.press("u")
            await player.until(
                lambda: "1 deck was changed since and stayed" in player.words.replace("▌ ", "")
            )
            assert path.is_file()

    async def test_after_an_answer_u_takes_that_back(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            await previewed(player, "spanish.csv")
            await written(player)
            await player.press("enter", "space", "3", "escape")
            assert player.home
            await player.press("u")
            await player.until(lambda: "Undone: Good for" in player.words)
            assert decks(tmp_path) == ["mine.toml", "spanish.toml"]
            await player.press("u")
            await player.until(lambda: "Undone: the import" in player.words)
            assert decks(tmp_path) == ["mine.toml"]

    async def test_one_import_after_the_other_is_taken_back(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            for name in ("spanish.csv", "sub/more.csv"):
                await previewed(player, name)
                await written(player)
            await player.press("u")
            await player.until(lambda: "the import of more.csv" in player.words)
            assert decks(tmp_path) == ["mine.toml", "spanish.toml"]
            await player.press("u")
            await player.until(lambda: "the import of spanish.csv" in player.words)
            assert decks(tmp_path) == ["mine.toml"]
            await player.until(lambda: not player.home.check_action("undo", ()))

    async def test_s_studies_it_at_once(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            await previewed(player, "spanish.csv")
            await written(player, "s")
            assert isinstance(player.app.screen, StudyScreen)
            assert player.question.card.prompt in ("hola", "adiós", "la mesa")
            await player.press("escape")
            assert player.home

    async def test_another_name(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            await previewed(player, "spanish.csv")
            await player.press("space", *["backspace"] * 7, *"My: words", "enter")
            assert player.line("▌") == "▌ Name My: words"
            assert "its file will be My-words.toml" in player.words
            await written(player)
            assert decks(tmp_path) == ["My-words.toml", "mine.toml"]
            assert player.app.library.decks["My-words"].title == "My: words"

    async def test_no_deck_is_ever_replaced(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            await previewed(player, "spanish.csv")
            await player.press("space", *["backspace"] * 7, *"mine", "enter")
            assert "its file will be mine-2.toml" in player.words
            await written(player)
            assert decks(tmp_path) == ["mine-2.toml", "mine.toml"]
            assert (tmp_path / "user" / "mine.toml").read_text(encoding="utf-8") == MINE

    async def test_a_name_that_won_t_do(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            await previewed(player, "spanish.csv")
            await player.press("space", *["backspace"] * 7, "period", "period", "enter")
            assert "can't be the name of a deck" in player.words
            await player.press("escape")
            assert player.line("▌") == "▌ Name spanish"

    async def test_what_is_unclear_is_said_first(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            await previewed(player, "unclear.csv")
            assert "not clear yet" in player.text
            assert "▲ It is not clear how to read this table: no column is the front." in player.words
            assert "Import" not in player.footer
            await player.press("enter", "s")
            assert isinstance(player.app.screen, PreviewScreen)
            await select(player, "Column 1")
            await player.press("right", "right")
            await player.until(lambda: "no column is the front" in player.text)
            await select(player, "Column 2")
            await player.press("right")
            await player.until(lambda: "2 cards" in player.text)
            assert "▲" not in player.text
            await written(player)
            deck = player.app.library.decks["unclear"]
            assert [(card.prompt, card.answer) for card in deck.cards] == [("one", "uno"), ("two", "dos")]

    async def test_the_preview_follows_header_and_delimiter(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path, size=(80, 50)) as player:
            await previewed(player, "spanish.csv")
            await select(player, "The first row")
            await player.press("space")
            await player.until(lambda: "4 cards" in player.text)
            assert player.line("Column 1") == "Column 1 front"
            assert player.line("definition") == "term definition"
            await select(player, "Between")
            await player.press("right")
            await player.until(lambda: "Between the cells bar" in player.words)
            assert "▲" in player.text
            await player.press("left")
            await player.until(lambda: "Between the cells semicolon" in player.words)
            await player.until(lambda: "3 cards" in player.text)

    async def test_a_text_may_be_read_as_another_format(self, tmp_path: Path, files: Path) -> None:
        (files / "words.txt").write_text("Q: What?\nA: That.\n", encoding="utf-8")
        async with at_home(tmp_path) as player:
            await previewed(player, "words.txt")
            assert "It can't be told whether words.txt is a table or GIFT" in player.words
            await select(player, "Read as")
            await player.press("left", "left")
            await player.until(lambda: "Read as Markdown" in player.words)
            await player.until(lambda: "1 card" in player.text)
            assert "▲" not in player.text

    async def test_there_may_be_no_card(self, tmp_path: Path, files: Path) -> None:
        (files / "none.json").write_text('[{"front": "x"}]', encoding="utf-8")
        async with at_home(tmp_path) as player:
            await previewed(player, "none.json")
            assert "There is no card in none.json that can be taken over." in player.words
            assert "cards[0]" in player.text
            await player.press("enter")
            assert isinstance(player.app.screen, PreviewScreen)

    async def test_called_off_it_leaves_nothing(
        self, tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        package(files / "rivers.apkg")

        def endless(*_: object, progress: object, write: object, **__: object) -> None:
            assert callable(progress)
            assert callable(write)
            write()
            while progress(3, 10):
                threading.Event().wait(0.01)
            raise Cancelled

        monkeypatch.setattr("quizapp.tui.import_preview.bring", endless)
        async with at_home(tmp_path) as player:
            await previewed(player, "rivers.apkg")
            player.post("enter")
            await player.until(lambda: "3 of 10" in player.text)
            assert decks(tmp_path) == ["Rivers.toml", "mine.toml"]
            player.post("escape")
            await player.until(lambda: decks(tmp_path) == ["mine.toml"])
            await player.until(lambda: "3 of 10" not in player.text)
            await player.until(lambda: "Import" in player.footer)
            assert isinstance(player.app.screen, PreviewScreen)

    async def test_a_folder_that_can_t_be_written_to(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            await previewed(player, "spanish.csv")
            (tmp_path / "user" / "sub").write_text("a file", encoding="utf-8")
            await player.press("space", *["backspace"] * 7, *"sub/x", "enter")
            player.post("enter")
            await player.until(lambda: "can't be written" in player.words)
            assert isinstance(player.app.screen, PreviewScreen)
            assert decks(tmp_path) == ["mine.toml"]


def package(path: Path, text: str = MINE, id_: str = "rivers") -> None:
    write_package(path, outgoing_of(text.replace("Mine", "Rivers"), id_), FakeClock()())


class TestPackages:
    async def test_a_package_with_one_deck(self, tmp_path: Path, files: Path) -> None:
        package(files / "x.apkg")
        async with at_home(tmp_path) as player:
            await previewed(player, "x.apkg")
            assert player.line("▌") == "▌ Name Rivers"
            await written(player)
            assert decks(tmp_path) == ["Rivers.toml", "mine.toml"]

    async def test_while_reviews_are_taken_back_it_is_said(
        self, tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        package(files / "x.apkg")
        going = threading.Event()

        def slow(*given: Any) -> list[Path]:
            going.wait(10)
            return take_import_back(*given)

        monkeypatch.setattr("quizapp.tui.imported.take_import_back", slow)
        async with at_home(tmp_path) as player:
            await previewed(player, "x.apkg")
            await written(player)
            last = player.app.exchanges.imported[-1]
            player.app.exchanges.imported[-1] = last._replace(session="one with reviews")
            player.post("u")
            await player.until(lambda: "Undoing the import of x.apkg" in player.words)
            going.set()
            await player.until(lambda: "Undone: the import of x.apkg" in player.words)
            assert "Undoing" not in player.words

    async def test_without_zstandard_the_remedy_is_named(
        self, tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import sys
        import zipfile

        monkeypatch.setitem(sys.modules, "zstandard", None)
        with zipfile.ZipFile(files / "new.apkg", "w") as archive:
            archive.writestr("meta", b"\x08\x03")
            archive.writestr("collection.anki21b", b"x")
        async with at_home(tmp_path) as player:
            await player.press("f")
            await paste(player, "new.apkg")
            player.post("enter")
            await player.until(lambda: "pip install 'quizapp[anki]'" in player.words)


MORE = "front,back\na,b\nc,d\na,x\n"
JOINED = MINE + '\n[[card]]\nfront = "c"\nback = "d"\n'


class TestIntoDecks:
    async def into_mine(self, player: Player, files: Path, text: str = MORE) -> None:
        """The preview of more cards, for the deck that is there."""
        (files / "more.csv").write_text(text, encoding="utf-8")
        await previewed(player, "more.csv")
        await player.press("down", "right")
        await player.until(lambda: "Goes into" in player.words and "Mine" in player.text)

    async def test_what_is_new_is_shown_added_and_taken_back(self, tmp_path: Path, files: Path) -> None:
        path = tmp_path / "user" / "mine.toml"
        async with at_home(tmp_path, (80, 40)) as player:
            await self.into_mine(player, files)
            assert "1 new card, 1 not taken over" in player.text
            assert "There already" in player.text
            assert "Name" not in player.text
            assert path.read_text("utf-8") == MINE
            await written(player)
            assert path.read_text("utf-8") == JOINED
            assert "Mine: 1 new card. u undoes it." in player.words
            assert len(player.app.library.decks["mine"].cards) == 2
            await player.press("u")
            await player.until(lambda: "Undone: the import of more.csv" in player.words)
            assert path.read_text("utf-8") == MINE

    async def test_it_is_the_last_change_of_a_deck_file_and_undone_as_such(
        self, tmp_path: Path, files: Path
    ) -> None:
        path = tmp_path / "user" / "mine.toml"
        async with at_home(tmp_path, (80, 40)) as player:
            await player.press("down")
            player.post("a")
            await player.until(lambda: isinstance(player.app.screen, FormScreen))
            await opened(player)
            await player.press(*"mine", "tab", *"own")
            player.post("ctrl+s")
            await player.until(lambda: "1 added" in player.words)
            await player.press("escape")
            before = path.read_text("utf-8")
            await self.into_mine(player, files)
            await written(player)
            player.post("ctrl+g")
            await player.until(lambda: "Undone: the import of more.csv" in player.words)
            assert path.read_text("utf-8") == before
            player.post("ctrl+g")
            await player.until(lambda: "Undone: adding “mine”" in player.words)
            assert path.read_text("utf-8") == MINE

    async def test_the_list_of_cards_undoes_it_too(self, tmp_path: Path, files: Path) -> None:
        path = tmp_path / "user" / "mine.toml"
        async with at_home(tmp_path, (80, 40)) as player:
            await self.into_mine(player, files)
            await written(player)
            await player.press("b", "u")
            await player.until(lambda: "Undone: the import of more.csv" in player.words)
            assert path.read_text("utf-8") == MINE

    async def test_what_can_t_be_undone_now_stands_in_nothings_way(self, tmp_path: Path, files: Path) -> None:
        path = tmp_path / "user" / "mine.toml"
        async with at_home(tmp_path, (80, 40)) as player:
            await self.into_mine(player, files)
            await written(player)
            path.unlink()
            path.mkdir()
            player.post("ctrl+g")
            await player.until(lambda: "Nothing was undone" in player.words)
            assert not player.app.can_undo_edit
            assert path.is_dir()

    async def test_the_beginning_of_a_title_will_do_and_the_arrows_are_named_where_they_step(
        self, tmp_path: Path, files: Path
    ) -> None:
        async with at_home(tmp_path) as player:
            (files / "more.csv").write_text(MORE, encoding="utf-8")
            await previewed(player, "more.csv")
            await player.press("down")
            assert "← and →" in player.text
            await player.press("space")
            assert "← and →" not in player.text
            await player.press(*"mi", "enter")
            await player.until(lambda: "Goes into Mine" in player.words)

    async def test_the_deck_can_be_typed(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            (files / "more.csv").write_text(MORE, encoding="utf-8")
            await previewed(player, "more.csv")
            await player.press("down", "space", *"mien", "enter")
            assert 'There is no deck "mien"; did you mean "' in player.said
            assert "the decks are" not in player.said
            await player.press("backspace", "backspace", *"ne", "enter")
            await player.until(lambda: "1 new card" in player.text)
            await player.press("space", *("backspace" for _ in "Mine"), "enter")
            await player.until(lambda: "2 cards" in player.text)
            await written(player)
            assert decks(tmp_path) == ["mine.toml", "more.toml"]

    async def test_statements_choose_from_the_choices_of_the_deck(self, tmp_path: Path, files: Path) -> None:
        sides = 'title = "Sides"\nchoices = ["BPO", "KPO"]\n[[card]]\nstatement = "s"\nanswer = "BPO"\n'
        library = library_in(tmp_path, {"user/sides.toml": sides})
        (files / "more.csv").write_text("statement,answer\nt,KPO\n", encoding="utf-8")
        async with playing(tmp_path, library=library, size=(80, 24)) as player:
            await previewed(player, "more.csv")
            assert "not clear yet" in player.text
            await select(player, "Goes into")
            await player.press("right")
            await player.until(lambda: "1 new card" in player.text)
            await written(player)
            assert len(player.app.library.decks["sides"].cards) == 2

    async def test_nothing_new_is_said_and_not_written(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            await self.into_mine(player, files, "front,back\na,b\n")
            assert "Nothing of it is new: 1 card is there already." in player.words
            await player.press("enter")
            assert isinstance(player.app.screen, PreviewScreen)

    async def test_a_deck_that_can_t_be_edited_says_so(self, tmp_path: Path, files: Path) -> None:
        async with at_home(tmp_path) as player:
            (tmp_path / "user" / "mine.toml").write_text("[[", encoding="utf-8")
            (files / "more.csv").write_text(MORE, encoding="utf-8")
            await previewed(player, "more.csv")
            await player.press("down", "right")
            await player.until(lambda: "mine.toml: The file has problems" in player.words)
            await player.press("left")
            await player.until(lambda: "a new deck" in player.text)

    async def test_a_file_that_changed_meanwhile_is_left_alone(self, tmp_path: Path, files: Path) -> None:
        path = tmp_path / "user" / "mine.toml"
        async with at_home(tmp_path) as player:
            await self.into_mine(player, files)
            path.write_text(MINE + "# by hand\n", encoding="utf-8")
            player.post("enter")
            await player.until(lambda: "was changed meanwhile; nothing was written" in player.words)
            assert path.read_text("utf-8") == MINE + "# by hand\n"

    async def test_what_was_changed_since_stays(self, tmp_path: Path, files: Path) -> None:
        path = tmp_path / "user" / "mine.toml"
        async with at_home(tmp_path) as player:
            await self.into_mine(player, files)
            await written(player)
            path.write_text(JOINED.replace('"d"', '"D"'), encoding="utf-8")
            await player.press("u")
            await player.until(lambda: "1 card was changed since and stayed" in player.said)
            assert '"D"' in path.read_text("utf-8")

    async def test_a_package_comes_with_its_reviews(self, tmp_path: Path, files: Path) -> None:
        library = library_in(tmp_path, {"user/mine.toml": MINE})
        clock = FakeClock()
        async with playing(tmp_path, library=library, size=(80, 40)) as player:
            text = MINE + '\n[[card]]\nfront = "c"\nback = "d"\n'
            write_package(files / "more.apkg", outgoing_of(text, "mine"), clock())
            await previewed(player, "more.apkg")
            await player.press("down", "right")
            await player.until(lambda: "1 new card" in player.text)
            assert "not taken over" not in player.text
            await written(player)
            assert (tmp_path / "user" / "mine.toml").read_text("utf-8").startswith(MINE)
            assert len(player.app.library.decks["mine"].cards) == 2


ODD = [
    "[@click=app.quit]x[b].csv",
    "a\x1b[31mb.csv",
    "a\nb.csv",
    "r\u202etl.csv",
    "list[int].csv",
    "a'b.csv",
    "\\b.csv",
]
ODD_TEXT = 'front,back\n[b]x[/b],"e\x1b[31m"\n\u202ex,[@click=app.quit]y[/]\n'


class TestHostile:
    @pytest.mark.parametrize("name", ODD)
    async def test_names_are_shown_and_opened_as_they_are(
        self, tmp_path: Path, files: Path, name: str
    ) -> None:
        (files / "sub" / name).write_text(ODD_TEXT, encoding="utf-8")
        (files / "sub" / "more.csv").unlink()
        async with at_home(tmp_path) as player:
            await player.press("f", *"sub/")
            player.post("enter")
            await player.until(lambda: isinstance(player.app.screen, PreviewScreen))
            assert "\x1b" not in player.text
            assert "\u202e" not in player.text
            await player.press("pagedown")
            assert "[b]x[/b]" in player.text
            await written(player)
            assert isinstance(player.app.screen, HomeScreen)
            assert len(decks(tmp_path)) == 2
            assert "2 cards. u undoes it." in player.said
