"""A card's form: what is typed, what is said of it, and what comes of it in the file and in the log."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual import events

from quizapp import edits
from quizapp.caches import rebuild
from quizapp.deck.card import Kind
from quizapp.deck.form import Shape, fields_of
from quizapp.edits import Edit
from quizapp.learn.study import Finished
from quizapp.record import EventType, Ref
from quizapp.sitting import suspend
from quizapp.tui import form_saving, watching
from quizapp.tui.conflict import ConflictScreen
from quizapp.tui.form import FormScreen
from quizapp.tui.home import HomeScreen
from quizapp.tui.opening import Study
from quizapp.tui.terminal import Terminal
from quizapp.tui.widgets.fields import Label
from tests.tui.app import Player, library_in, playing
from tests.tui.test_editing import card_of, deck_of, said

WORDS = """# mine
title = "Words"

[[card]]   # the first
front = "hola"
back  = "hello"
odd   = "kept"
aspect = "greetings"

[[card]]
front = "gato"
back = "cat"
"""
PATH = "user/words.toml"


@pytest.fixture(autouse=True)
def _no_looks_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EVERY", 3600)


def form(player: Player) -> FormScreen:
    assert isinstance(player.app.screen, FormScreen)
    return player.app.screen


async def opened(player: Player) -> FormScreen:
    await player.until(
        lambda: isinstance(player.app.screen, FormScreen) and bool(player.app.screen._fields.rows)
    )
    await player.until(lambda: player.app.focused is not None)
    return form(player)


async def edit(player: Player, prompt: str, id_: str = "words") -> FormScreen:
    player.app.editing.edit(deck_of(player, id_), card_of(player, prompt, id_))
    return await opened(player)


async def add(player: Player, id_: str = "words") -> FormScreen:
    player.app.editing.add(deck_of(player, id_))
    return await opened(player)


async def paste(player: Player, text: str) -> None:
    player.app.post_message(events.Paste(text))
    await player.settled()


async def fill(player: Player, name: str, text: str) -> None:
    """Put a text into a field, in the place of what stands there."""
    row = next(row for row in form(player)._fields.rows if row.field.name == name)
    row.control.focus()
    await player.settled()
    await player.press("ctrl+end", "end", *(["ctrl+u"] if row.text else []))
    await paste(player, text)


async def save(player: Player) -> None:
    await player.press("ctrl+s")
    await idle(player)


async def idle(player: Player) -> None:
    await player.until(lambda: all(one.is_finished for one in player.app.workers))


@asynccontextmanager
async def editing(
    tmp_path: Path, text: str = WORDS, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Player]:
    async with playing(tmp_path, library=library_in(tmp_path, {PATH: text}), size=size) as player:
        yield player


class TestEdit:
    async def test_only_what_was_changed_is_written(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "hola")
            await player.press("end", "!")
            await save(player)
            assert (tmp_path / PATH).read_text(encoding="utf-8") == WORDS.replace('"hola"', '"hola!"')
            assert isinstance(player.app.screen, HomeScreen)
            assert "Saved." in said(player)
            assert [card.prompt for card in deck_of(player).cards] == ["hola!", "gato"]

    async def test_nothing_changed_writes_nothing_else(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "hola")
            await save(player)
            assert (tmp_path / PATH).read_text(encoding="utf-8") == WORDS

    async def test_its_history_stays_and_comes_back_with_an_undo(self, tmp_path: Path) -> None:
        library = library_in(tmp_path, {PATH: WORDS})
        async with playing(tmp_path, library=library, opening=Study((library.decks["words"],))) as player:
            prompt = player.question.prompt
            await player.press("space", "4", "escape")
            await edit(player, prompt)
            await fill(player, "prompt", "something else altogether")
            await save(player)
            assert "1 new" in player.line("Today")
            assert "older" not in player.words
            assert player.app.editing.undo()
            await idle(player)
            assert "1 new" in player.line("Today")
            assert (tmp_path / PATH).read_text(encoding="utf-8") == WORDS

    async def test_windows_line_ends_and_the_mark_stay(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            path = tmp_path / PATH
            path.write_bytes(b"\xef\xbb\xbf" + WORDS.replace("\n", "\r\n").encode())
            await edit(player, "hola")
            await fill(player, "why", "one\ntwo")
            await save(player)
            data = path.read_bytes()
            assert data.startswith(b"\xef\xbb\xbf# mine\r\n")
            assert b"\n" not in data.replace(b"\r\n", b"")
            assert deck_of(player).cards[0].why == "one\ntwo"

    async def test_another_kind_has_other_fields(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            screen = await edit(player, "gato")
            await player.press("up", "right", "right")
            await player.until(lambda: any(row.field.label == "Also right" for row in screen._fields.rows))
            assert screen.draft.kind is Kind.TYPED
            await save(player)
            assert 'question = "gato"' in (tmp_path / PATH).read_text(encoding="utf-8")
            assert 'answer = "cat"' in (tmp_path / PATH).read_text(encoding="utf-8")

    async def test_a_card_in_a_list_says_to_use_an_editor(self, tmp_path: Path) -> None:
        async with editing(tmp_path, 'card = [{front = "a", back = "b"}]\n') as player:
            await edit(player, "a")
            await player.press("end", "x")
            await save(player)
            assert "in an editor" in said(player)
            assert "What you typed is kept" in said(player)
            assert form(player).draft.texts["prompt"] == "ax"

    async def test_a_broken_file_says_so(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "hola")
            await player.press("x")
            (tmp_path / PATH).write_text(WORDS + "[[card", encoding="utf-8")
            await save(player)
            assert "mend them first" in said(player)
            await player.press("escape")
            (tmp_path / PATH).write_text(WORDS, encoding="utf-8")
            assert (await edit(player, "hola")).draft.texts["prompt"] == "holax"

    async def test_hostile_text_stays_as_it_is(self, tmp_path: Path) -> None:
        text = '[[card]]\nfront = "[red]a\\u001b[31m\\u202e"\nback = "[@click=app.quit]x[/]"\n'
        async with editing(tmp_path, text) as player:
            player.app.editing.edit(deck_of(player), deck_of(player).cards[0])
            await opened(player)
            assert "\x1b" not in player.text
            assert "[red]a␛[31m" in player.text
            await fill(player, "why", "Because.")
            await save(player)
            assert (tmp_path / PATH).read_text(encoding="utf-8") == text + 'why = "Because."\n'


class TestAdd:
    async def test_cards_are_typed_one_after_another(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            screen = await add(player)
            for front, back in (("perro", "dog"), ("犬", "いぬ")):
                await paste(player, front)
                await player.press("tab")
                await paste(player, back)
                await fill(player, "aspect", "animals")
                await save(player)
                await opened(player)
            assert screen.header.note == "2 added"
            assert screen.draft.texts.get("prompt", "") == ""
            assert screen.draft.texts["aspect"] == "animals"
            text = (tmp_path / PATH).read_text(encoding="utf-8")
            assert text.startswith(WORDS)
            assert 'front = "犬"' in text
            assert len(deck_of(player).cards) == 4
            await player.press("ctrl+g")
            await idle(player)
            assert len(deck_of(player).cards) == 3
            await player.press("escape")
            assert "draft" not in said(player)

    async def test_what_is_missing_is_named_once_it_was_passed(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await add(player)
            assert "▲" not in player.text
            await player.press("tab")
            assert "▲ Front is empty." in player.words
            assert "Back is empty" not in player.words
            await player.press("x", "ctrl+s")
            assert isinstance(player.app.screen, FormScreen)
            assert (tmp_path / PATH).read_text(encoding="utf-8") == WORDS

    async def test_a_prompt_that_is_there_already_is_named_at_once(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await add(player)
            await fill(player, "prompt", "gato")
            await fill(player, "answer", "dog")
            assert "The front is the same as in card 2" in player.words
            await save(player)
            assert (tmp_path / PATH).read_text(encoding="utf-8") == WORDS
            await fill(player, "prompt", "gatito")
            assert "▲" not in player.text

    async def test_another_answer_in_another_deck_is_named_and_may_stay(self, tmp_path: Path) -> None:
        files = {PATH: WORDS, "user/b.toml": '[[card]]\nfront = "sol"\nback = "sun"\n'}
        async with playing(tmp_path, library=library_in(tmp_path, files)) as player:
            await add(player)
            await fill(player, "prompt", "sol")
            await fill(player, "answer", "soil")
            assert 'is also in b, with the answer "sun"' in player.words
            await save(player)
            assert len(deck_of(player).cards) == 3

    async def test_a_duplicate_begins_with_its_text(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            player.app.editing.duplicate(deck_of(player), card_of(player, "hola"))
            screen = await opened(player)
            assert "is the same as in card 1" in player.words
            await player.press("end", "!")
            assert "▲" not in player.text
            await save(player)
            await opened(player)
            assert screen.header.note == "1 added"
            assert [card.prompt for card in deck_of(player).cards] == ["hola", "gato", "hola!"]

    async def test_statements_are_answered_by_the_decks_letters(self, tmp_path: Path) -> None:
        text = 'choices = ["BPO", "KPO"]\n'
        async with editing(tmp_path, text) as player:
            await add(player)
            await player.press("A", "b", "tab", "k")
            await save(player)
            assert (
                (tmp_path / PATH).read_text(encoding="utf-8").endswith('statement = "Ab"\nanswer = "KPO"\n')
            )

    async def test_a_long_text_and_several_lines_are_taken(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await add(player)
            await paste(player, "word " * 2000)
            await fill(player, "answer", "x\x1by")
            await fill(player, "aspect", "one\r\ntwo")
            await save(player)
            card = deck_of(player).cards[-1]
            assert len(card.prompt) == 9999
            assert card.answer == "x␛y"
            assert card.aspect == "one two"

    async def test_a_read_only_file_keeps_what_was_typed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with editing(tmp_path) as player:
            await add(player)
            await fill(player, "prompt", "sol")
            await fill(player, "answer", "sun")
            monkeypatch.setattr("os.access", lambda *_: False)
            await save(player)
            assert "may not be written" in said(player)
            monkeypatch.undo()
            await player.press("escape")
            assert (await add(player)).draft.texts["answer"] == "sun"

    async def test_what_is_typed_while_it_is_saved_goes_nowhere(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        go_on = Event()

        def slow(*given: Any) -> Edit:
            assert go_on.wait(20)
            return edits.add(*given)

        monkeypatch.setattr(form_saving, "add", slow)
        async with editing(tmp_path) as player:
            screen = await add(player)
            await fill(player, "prompt", "sol")
            await fill(player, "answer", "sun")
            await player.press("ctrl+s", "a", "b", "escape", "ctrl+s")
            assert "sunab" not in player.text
            go_on.set()
            await idle(player)
            await opened(player)
            assert (tmp_path / PATH).read_text(encoding="utf-8").endswith('front = "sol"\nback = "sun"\n')
            assert screen.header.note == "1 added"
            await player.press("x")
            assert screen.draft.texts["prompt"] == "x"


class TestRoom:
    """40×15: what is not to be seen is pointed to."""

    async def test_fields_below_and_above(self, tmp_path: Path) -> None:
        text = WORDS.replace('"gato"', '"gato"\nhint = "It goes meow, and drinks milk all day long."')
        async with editing(tmp_path, text, size=(40, 15)) as player:
            await edit(player, "gato")
            await player.settled()
            await player.press("tab")
            assert player.text.rstrip().splitlines()[-3].rstrip().endswith("↓")
            assert "↑" not in player.text
            await player.press("shift+tab", "shift+tab", "shift+tab")
            assert form(player).focused is form(player)._fields.rows[-1].control
            # It gets there row by row.
            await player.until(lambda: "↑" in player.text and "↓" not in player.text)

    async def test_lines_of_a_long_text(self, tmp_path: Path) -> None:
        text = WORDS.replace('"gato"', f'"{" ".join(f"word{n}" for n in range(40))}"')
        async with editing(tmp_path, text, size=(80, 24)) as player:
            await edit(player, " ".join(f"word{n}" for n in range(40)))
            front = player.text.splitlines()[5:9]
            assert front[0].rstrip().endswith("↑")
            assert not any("↓" in line for line in front)
            await player.press(*["up"] * 6)
            front = player.text.splitlines()[5:9]
            assert front[3].rstrip().endswith("↓")
            assert not any("↑" in line for line in front)

    async def test_what_is_wrong_stays_in_sight(self, tmp_path: Path) -> None:
        text = WORDS.replace('"gato"', '"gato"\nwhy = "It goes meow.\\nIt drinks milk.\\nAll day long."')
        async with editing(tmp_path, text, size=(40, 15)) as player:
            await edit(player, "gato")
            await fill(player, "prompt", "hola")
            assert "▲ The front is the same as in card 1" in player.words
            assert "What is asked" in player.words

    async def test_what_a_changed_file_says_scrolls(self, tmp_path: Path) -> None:
        async with editing(tmp_path, size=(40, 15)) as player:
            await edit(player, "hola")
            await player.press("end", "s")
            (tmp_path / PATH).write_text(WORDS.replace('"hello"', '"HELLO"'), encoding="utf-8")
            await save(player)
            assert isinstance(player.app.screen, ConflictScreen)
            assert "↓" in player.text
            await player.press("space", "space")
            assert 'front = "holas"' in player.text
            assert "↓" not in player.text


class TestWhatFieldsAreFor:
    """The field that is being filled in says what it is for, on the smallest screen too."""

    @pytest.mark.parametrize("size", [(40, 15), (80, 24), (120, 40)])
    @pytest.mark.parametrize(
        ("label", "about"),
        [
            ("Kind", "Two sides; you say how it went"),
            ("Aspect", "What it is about, such as: cost"),
            ("From", "Where in the source: page 12"),
            ("Wordings", "Other wordings, one a line"),
            ("Id", "A name for good, such as: cat-1"),
        ],
    )
    async def test_in_a_line(self, tmp_path: Path, size: tuple[int, int], label: str, about: str) -> None:
        text = WORDS.replace('back = "cat"', 'back = "cat"\nwhy = "It goes meow.\\nIt drinks milk.\\nOr so."')
        async with editing(tmp_path, text, size) as player:
            screen = await edit(player, "gato")
            assert about not in player.words
            next(row for row in screen._fields.rows if row.field.label == label).control.focus()
            await player.settled()
            assert about in player.words

    async def test_another_kind_is_another_matter(self, tmp_path: Path) -> None:
        async with editing(tmp_path, size=(40, 15)) as player:
            await edit(player, "gato")
            await player.press("up", "right")
            await player.until(lambda: "One right answer among wrong ones" in player.words)
            assert "Choice 3 of 5" in player.words

    @pytest.mark.parametrize(
        ("size", "leaves"),
        [((40, 15), "Tab next"), ((80, 24), "Enter makes a new line, Tab goes to the next field")],
    )
    async def test_what_leaves_a_text_of_several_lines(
        self, tmp_path: Path, size: tuple[int, int], leaves: str
    ) -> None:
        async with editing(tmp_path, size=size) as player:
            screen = await edit(player, "gato")
            for label in ("Front", "Back", "Why", "Hint", "Wordings"):
                row = next(row for row in screen._fields.rows if row.field.label == label)
                row.control.focus()
                await player.settled()
                assert leaves in player.words, label
                before = row.text
                await player.press("enter")
                assert screen.focused is row.control
                assert row.text == f"{before}\n"
                await player.press("tab")
                assert screen.focused is not row.control
            row = next(row for row in screen._fields.rows if row.field.label == "Aspect")
            row.control.focus()
            await player.settled()
            assert leaves not in player.words
            await player.press("enter")
            assert screen.focused is not row.control

    async def test_help_says_so_too(self, tmp_path: Path) -> None:
        async with editing(tmp_path, size=(80, 50)) as player:
            await edit(player, "gato")
            await player.press("f1")
            assert "Enter The next field; in a text of several lines, such as Why, a new line" in inside(
                player
            )
            assert "Tab The next field, from any" in inside(player)

    def test_they_fit_where_they_are_to_be_read(self) -> None:
        fields = [field for kind in Kind for field in fields_of(kind)]
        for field in fields:
            several = field.shape in (Shape.TEXT, Shape.ITEMS)
            assert 0 < len(field.about) <= (36 - len("  Tab next") if several else 36), field.label
            assert len(f"{field.about}. {field.more}.") <= 68, field.label


def inside(player: Player) -> str:
    """What stands in a box, as running text."""
    return " ".join(player.text.replace("│", " ").split())


class TestFocus:
    """The field that is being filled in, without any colour."""

    @pytest.mark.parametrize("terminal", [Terminal(), Terminal(sixteen=True)], ids=["full", "sixteen"])
    @pytest.mark.parametrize("theme", ["lamp", "paper"])
    async def test_it_has_a_mark_along_it_and_a_bold_label(
        self, tmp_path: Path, theme: str, terminal: Terminal
    ) -> None:
        text = WORDS.replace('back = "cat"', 'back = "cat"\nwhy = "one\\ntwo"')
        library = library_in(tmp_path, {PATH: text})
        config = f'theme = "{theme}"\n'
        async with playing(tmp_path, library=library, config=config, terminal=terminal) as player:
            await edit(player, "gato")
            assert marked(player) == (["▌ Front gato"], ["Front"])
            await player.press("shift+tab")
            assert marked(player)[1] == ["Kind"]
            await player.press(*["tab"] * 4)
            assert marked(player) == (["▌ Why one", "▌ two"], ["Why"])


def marked(player: Player) -> tuple[list[str], list[str]]:
    """The lines of the form with the mark, and the bold labels."""
    lines = [" ".join(line.split()) for line in player.text.splitlines() if "▌" in line]
    labels = player.app.screen.query(Label)
    return lines, [one.render().plain for one in labels if one.rich_style.bold]


class TestDraft:
    async def test_what_was_not_saved_is_there_again(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s", "escape")
            assert "Kept as a draft." in said(player)
            assert (await edit(player, "hola")).draft.texts["prompt"] == "hola"
            await player.press("escape")
            assert (await edit(player, "gato")).draft.texts["prompt"] == "gatos"
            await save(player)
            assert (await edit(player, "gatos")).draft.texts["prompt"] == "gatos"

    async def test_a_form_that_was_not_touched_leaves_none(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("x", "backspace", "escape")
            assert "draft" not in said(player)


class TestChangedOnDisk:
    async def test_mine_goes_into_the_file_as_it_is_now(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s")
            other = WORDS.replace("hello", "HELLO") + "# more\n"
            (tmp_path / PATH).write_text(other, encoding="utf-8")
            await save(player)
            assert isinstance(player.app.screen, ConflictScreen)
            assert "nothing was written" in player.words
            assert "This card is the same there" in player.words
            assert (tmp_path / PATH).read_text(encoding="utf-8") == other
            await player.press("p")
            await idle(player)
            await player.settled()
            assert (tmp_path / PATH).read_text(encoding="utf-8") == other.replace("gato", "gatos")

    @pytest.mark.parametrize("size", [(40, 15), (80, 24)])
    async def test_every_choice_has_its_key_in_sight(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with editing(tmp_path, size=size) as player:
            await edit(player, "gato")
            await player.press("end", "s")
            (tmp_path / PATH).write_text(WORDS.replace('"cat"', '"CAT"'), encoding="utf-8")
            await save(player)
            assert isinstance(player.app.screen, ConflictScreen)
            assert player.footer == "p Put mine in l Leave file Esc Back"
            assert "p puts this card into the file" in player.words
            assert "l leaves the file as it is" in player.words

    async def test_another_key_is_named_where_it_was_given(self, tmp_path: Path) -> None:
        library, config = library_in(tmp_path, {PATH: WORDS}), '[keys]\n"conflict.keep" = "k"\n'
        async with playing(tmp_path, library=library, config=config) as player:
            await edit(player, "gato")
            await player.press("end", "s")
            (tmp_path / PATH).write_text(WORDS.replace('"cat"', '"CAT"'), encoding="utf-8")
            await save(player)
            assert "k Leave file" in player.footer
            assert "k leaves the file as it is" in player.words

    async def test_or_the_file_stays_and_mine_is_a_draft(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s")
            other = WORDS.replace('"cat"', '"CAT"')
            (tmp_path / PATH).write_text(other, encoding="utf-8")
            await save(player)
            assert 'back = "CAT"' in player.words
            await player.press("l")
            await player.settled()
            assert (tmp_path / PATH).read_text(encoding="utf-8") == other
            assert (await edit(player, "gato")).draft.texts["prompt"] == "gatos"

    async def test_of_a_card_that_is_gone_only_the_draft_is_kept(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s")
            other = WORDS.partition('[[card]]\nfront = "gato"')[0]
            (tmp_path / PATH).write_text(other, encoding="utf-8")
            await save(player)
            assert "not in the file any more" in said(player)
            await player.press("escape", "escape")
            assert "Kept as a draft" in said(player)
            assert (tmp_path / PATH).read_text(encoding="utf-8") == other

    async def test_or_it_is_put_there_as_a_new_card(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s")
            other = WORDS.partition('[[card]]\nfront = "gato"')[0]
            (tmp_path / PATH).write_text(other, encoding="utf-8")
            await save(player)
            assert "p puts this card at the end of the file" in player.words
            await player.press("p")
            await idle(player)
            assert isinstance(player.app.screen, HomeScreen)
            text = (tmp_path / PATH).read_text(encoding="utf-8")
            assert text.startswith(other)
            assert 'front = "gatos"' in text

    async def test_a_file_that_is_gone_has_no_place_for_it(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("end", "s")
            (tmp_path / PATH).unlink()
            await save(player)
            assert "p puts" not in player.words
            await player.press("p", "l")
            assert not (tmp_path / PATH).exists()

    async def test_a_new_card_is_put_behind_what_is_there(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await add(player)
            await fill(player, "prompt", "sol")
            await fill(player, "answer", "sun")
            (tmp_path / PATH).write_text(WORDS + "# more\n", encoding="utf-8")
            await save(player)
            text = (tmp_path / PATH).read_text(encoding="utf-8")
            assert text.startswith(WORDS + "# more\n")
            assert text.endswith('back = "sun"\n')


class TestWaysOn:
    async def test_delete(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("ctrl+r")
            await idle(player)
            assert [card.prompt for card in deck_of(player).cards] == ["hola"]
            assert isinstance(player.app.screen, HomeScreen)

    async def test_suspend(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            key = card_of(player, "gato").key
            await edit(player, "gato")
            await player.press("f6")
            await idle(player)
            assert player.store.mark(Ref("words", key)).suspended
            assert "1 new" in player.line("Today")

    @pytest.mark.parametrize("below", ["home", "list"])
    async def test_a_suspended_card_says_that_it_is(self, tmp_path: Path, below: str) -> None:
        async with editing(tmp_path) as player:
            ref = Ref("words", card_of(player, "hola").key)
            suspend(player.store, player.app.clock, "words", card_of(player, "hola"))
            events_before = player.events(EventType.SUSPEND)
            if below == "list":
                await player.press("down", "b")
                await player.press("f5")
                await opened(player)
            else:
                await edit(player, "hola")
            await player.press("end", "s", "f6")
            await idle(player)
            assert "It is suspended already." in said(player)
            assert form(player).draft.texts["prompt"] == "holas"
            assert player.store.mark(ref).suspended
            assert player.events(EventType.SUSPEND) == events_before

    async def test_suspending_while_the_card_is_shown_leaves_the_form(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("f2", "f6")
            await idle(player)
            assert player.store.mark(Ref("words", card_of(player, "gato").key)).suspended
            assert isinstance(player.app.screen, HomeScreen)

    async def test_new_and_duplicate(self, tmp_path: Path) -> None:
        async with editing(tmp_path) as player:
            await edit(player, "gato")
            await player.press("f7")
            await idle(player)
            screen = await opened(player)
            assert screen.draft.texts["prompt"] == "gato"
            await player.press("ctrl+n")
            await idle(player)
            assert (await opened(player)).draft.is_empty

    @pytest.mark.parametrize("size", [(40, 15), (80, 24)])
    async def test_the_card_is_shown_in_the_place_of_the_fields(
        self, tmp_path: Path, size: tuple[int, int]
    ) -> None:
        text = '[[card]]\ncloze = "The {Nile} and the {Rhine}."\nwhy = "So."\n'
        async with editing(tmp_path, text, size) as player:
            player.app.editing.edit(deck_of(player), deck_of(player).cards[0])
            await opened(player)
            await player.press("f2")
            assert "The […] and the Rhine." in player.words
            assert "Card 1 of 2" in player.words
            await player.press("f4")
            assert "The Nile and the […]." in player.words
            await player.press("f2")
            assert "Sentence" in player.words
            await player.press("f2")
            assert "Fields" in player.footer
            await player.press("escape")
            assert "Sentence" in player.words, "Esc leaves the card, not the form"
            assert "Fields" not in player.footer

    async def test_it_stands_beside_the_fields_where_there_is_room(self, tmp_path: Path) -> None:
        async with editing(tmp_path, size=(120, 30)) as player:
            await edit(player, "gato")
            assert "As it will be asked" in player.words
            assert "F2" not in player.footer
            assert "cat" in player.words


class TestFromAQuestion:
    """F5 on a question of study."""

    @asynccontextmanager
    async def studying(
        self, tmp_path: Path, text: str = WORDS, *, cram: bool = False
    ) -> AsyncIterator[Player]:
        library = library_in(tmp_path, {PATH: text})
        opening = Study((library.decks["words"],), cram=cram)
        async with playing(tmp_path, library=library, opening=opening) as player:
            yield player

    @pytest.mark.parametrize("cram", [False, True])
    async def test_the_card_is_asked_as_it_reads_then(self, tmp_path: Path, cram: bool) -> None:
        async with self.studying(tmp_path, cram=cram) as player:
            prompt = player.question.prompt
            await player.press("f5")
            await opened(player)
            player.app.time_offset += 100
            await fill(player, "prompt", "something else")
            await fill(player, "answer", "new back")
            await save(player)
            await player.settled()
            assert player.question.prompt == "something else"
            assert "something else" in player.words
            assert prompt not in player.text
            await player.press("space")
            assert "new back" in player.words
            await player.press("3")
            (answer,) = player.answers
            assert answer.ms < 50_000, "the time in the form does not count"
            assert answer.card == card_of(player, "something else").key

    async def test_a_history_goes_on_under_the_new_key(self, tmp_path: Path) -> None:
        async with self.studying(tmp_path, '[[card]]\nfront = "hola"\nback = "hello"\n') as player:
            await player.press("space", "1")
            await player.press("f5")
            await opened(player)
            await fill(player, "prompt", "¡hola!")
            await save(player)
            await player.settled()
            await player.press("space", "3")
            key = card_of(player, "¡hola!").key
            assert len(player.store.history(Ref("words", key))) == 2
            await player.press("backspace")
            assert player.question.prompt == "¡hola!"
            assert len(player.store.history(Ref("words", key))) == 1
            await player.press("ctrl+g")
            await idle(player)
            await player.settled()
            assert player.question.prompt == "hola"
            old = card_of(player, "hola").key
            assert len(player.store.history(Ref("words", old))) == 1
            assert not rebuild(player.store)

    async def test_a_revealed_answer_stays_revealed_and_reads_as_it_does_then(self, tmp_path: Path) -> None:
        async with self.studying(tmp_path) as player:
            await player.press("space", "f5")
            await opened(player)
            await fill(player, "answer", "new back")
            await save(player)
            await player.settled()
            assert player.grading.judgement is None
            assert "new back" in player.words

    async def test_after_a_judged_answer_the_feedback_stays(self, tmp_path: Path) -> None:
        async with self.studying(tmp_path, '[[card]]\nquestion = "a"\nanswer = "abc"\n') as player:
            await player.press("x", "enter", "f5")
            await opened(player)
            await fill(player, "answer", "x")
            await fill(player, "prompt", "new question")
            await save(player)
            await player.settled()
            assert player.grading.judgement is not None
            await player.press("2")
            key = card_of(player, "new question").key
            assert len(player.store.history(Ref("words", key))) == 1
            assert not rebuild(player.store)
            await player.press("backspace")
            assert player.question.prompt == "new question", "an undo asks the card as it reads now"
            await player.press("x", "enter")
            assert player.grading.judgement is not None
            assert player.grading.judgement.right

    async def test_a_deleted_card_makes_room_for_the_next(self, tmp_path: Path) -> None:
        async with self.studying(tmp_path) as player:
            prompt = player.question.prompt
            await player.press("f5")
            await opened(player)
            await player.press("ctrl+r")
            await idle(player)
            await player.settled()
            assert player.question.prompt != prompt
            assert "Deleted. ^g undoes it." in said(player)
            await player.press("space", "4")
            assert isinstance(player.study.view, Finished)
            assert len(player.answers) == 1

    async def test_another_kind_too(self, tmp_path: Path) -> None:
        async with self.studying(tmp_path) as player:
            prompt = player.question.prompt
            await player.press("f5")
            await opened(player)
            await player.press("up", "right", "right")
            await save(player)
            await player.settled()
            assert player.question.prompt != prompt

    async def test_two_presses_open_one_form(self, tmp_path: Path) -> None:
        async with self.studying(tmp_path) as player:
            player.post("f5", "f5")
            await opened(player)
            await idle(player)
            await player.press("escape")
            assert player.question

    async def test_leaving_the_form_leaves_the_question_as_it_was(self, tmp_path: Path) -> None:
        async with self.studying(tmp_path, '[[card]]\nquestion = "a"\nanswer = "abc"\n') as player:
            view = player.study.view
            await player.press("a", "b", "f5")
            await opened(player)
            await player.press("escape")
            assert player.study.view is view
            await player.press("c", "enter")
            assert player.grading.judgement is not None
            assert player.grading.judgement.right

    async def test_suspending_it_there_goes_on(self, tmp_path: Path) -> None:
        async with self.studying(tmp_path) as player:
            prompt = player.question.prompt
            await player.press("f5")
            await opened(player)
            await player.press("f6")
            await player.settled()
            assert player.question.prompt != prompt
            key = card_of(player, prompt).key
            assert player.store.mark(Ref("words", key)).suspended


async def test_a_decks_page_and_the_menu_add_cards(tmp_path: Path) -> None:
    async with editing(tmp_path) as player:
        await player.press("down", "i", "a")
        await opened(player)
        await paste(player, "perro")
        await fill(player, "answer", "dog")
        await save(player)
        await opened(player)
        await player.press("escape")
        assert "3 cards" in player.words
        await player.press("escape")
        await player.choose("add a card", "Add a card")
        await opened(player)
