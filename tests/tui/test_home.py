"""The home screen: what waits, the decks, and one key to the first question."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs
from textual.widgets import Input

from quizapp.deck.library import Library
from quizapp.learn.study import Asking
from quizapp.record import EventType
from quizapp.tui.home import HomeScreen
from quizapp.tui.opening import Study
from quizapp.tui.problems import ProblemsScreen
from quizapp.tui.quiz import QuizScreen
from quizapp.tui.study import StudyScreen
from quizapp.tui.widgets.deck_list import DeckList
from quizapp.tui.widgets.preview import Preview
from tests.builders import DAY_MS, FakeClock, deck, flip, statement, typed
from tests.tui.app import SIZES, Player, library_in, library_of, playing, two_sided

SIDES = two_sided()
WORDS = structs.replace(
    deck(flip("hola", "hello"), typed("adiós", "goodbye"), id="words"), title="Spanish: first words"
)
DRAWINGS = structs.replace(deck(flip("□", "square"), id="drawings"), title="Drawings")


class TestToday:
    async def test_it_is_first_and_selected_and_enter_asks_the_card_of_the_preview(
        self, tmp_path: Path
    ) -> None:
        async with playing(tmp_path, SIDES, WORDS) as player:
            assert player.home.query_one(DeckList).selected == 0
            assert player.line("Today") == "▌ Today 0 due 19 new"
            assert player.line("minutes") == "▌ about 7 minutes"
            previewed = player.words
            await player.press("enter")
            assert player.question.prompt in previewed
            assert player.question.prompt in player.words
            assert not player.answers
            assert not player.events()

    async def test_so_it_is_where_each_day_has_an_order_of_its_own(self, tmp_path: Path) -> None:
        clock = FakeClock()
        six = [statement(f"{side} {n}", side, aspect="one") for side in ("BPO", "KPO") for n in range(3)]
        async with playing(tmp_path, deck(*six), clock=clock) as player:
            first = set()
            for _ in range(8):
                previewed = player.words
                await player.press("enter")
                first.add(player.question.prompt)
                assert player.question.prompt in previewed
                clock.forward(DAY_MS)
                await player.press("escape")
            assert len(first) == 2, "or else this test would show nothing"

    async def test_the_figures_are_those_of_the_log(self, tmp_path: Path) -> None:
        clock = FakeClock()
        async with playing(tmp_path, SIDES, WORDS, clock=clock) as player:
            await player.press("down", "down", "enter")  # Spanish
            await player.press("space", "4", "enter", "4")  # two new cards are easy, and gone for days
            await player.press("escape")
            assert player.line("Spanish") == "▌ Spanish: first words 0 due 0 new"
            await player.press("up", "up")
            assert player.line("Today") == "▌ Today 0 due 17 new"
            clock.forward(30 * DAY_MS)
            await player.press("enter", "escape")
            assert player.line("Today") == "▌ Today 2 due 17 new"
            assert "Spanish: first words 2 due 0 new" in player.words
            assert "Next card Spanish: first words" in player.words  # what is due comes first
            assert "Sat 31 Jan" in player.text

    async def test_days_in_a_row_count(self, tmp_path: Path) -> None:
        clock = FakeClock()
        async with playing(tmp_path, SIDES, clock=clock) as player:
            for _ in range(3):
                await player.press("enter", "b", "escape")
                clock.forward(DAY_MS)
            await player.press("enter", "escape")
            assert "; 3 days in a row" in player.text

    async def test_studying_today_goes_through_all_decks(self, tmp_path: Path) -> None:
        two = deck(flip("uno", "one"), flip("dos", "two"), id="numbers")
        async with playing(tmp_path, two, WORDS) as player:
            await player.press("enter")
            asked = set()
            while isinstance(player.study.view, Asking):
                asked.add(player.question.card.prompt)
                title = {"numbers": "Numbers", "words": "Spanish: first words"}
                assert title[player.study.view.item.ref.deck] in player.text.splitlines()[1]
                await player.press("enter" if player.question.typed else "space", "4")
            assert asked == {"uno", "dos", "hola", "adiós"}
            assert {answer.deck for answer in player.answers} == {"numbers", "words"}
            assert "4 cards studied." in player.words
            assert "Today" in player.text.splitlines()[1]
            await player.press("t")
            assert player.quiz_screen.deck is WORDS, "the first of these that can be quizzed"

    async def test_with_nothing_due_it_says_when_and_enter_does_too(self, tmp_path: Path) -> None:
        only = deck(flip("hola", "hello"), id="only")
        async with playing(tmp_path, only) as player:
            await player.press("enter", "space", "3", "space", "3", "escape")
            assert player.line("Today") == "▌ Today 0 due 0 new"
            assert player.line("nothing due until") == "▌ nothing due until Saturday"
            assert "Nothing due until Saturday." in player.words
            await player.press("enter")
            assert "Nothing due until Saturday." in player.words


class TestDecks:
    async def test_arrows_choose_and_the_preview_follows(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, WORDS) as player:
            decks = player.home.query_one(DeckList)
            for key, place, title in [
                ("down", 1, "BPO or KPO?"),
                ("down", 2, "Spanish: first words"),
                ("down", 2, "Spanish: first words"),
                ("up", 1, "BPO or KPO?"),
                ("end", 2, "Spanish: first words"),
                ("home", 0, "BPO or KPO?"),
            ]:
                await player.press(key)
                assert decks.selected == place
                assert player.line("Next card") == f"Next card {title}"
            await player.press("down", "down")
            assert "hola" in player.text or "adiós" in player.text
            previewed = player.words
            await player.press("enter")
            assert player.question.prompt in previewed
            assert "Spanish: first words" in player.text.splitlines()[1]

    async def test_t_starts_the_quiz_of_the_selected_deck_and_r_practice(self, tmp_path: Path) -> None:
        async with playing(tmp_path, DRAWINGS, WORDS, SIDES) as player:
            await player.press("t")
            assert player.quiz_screen.deck is WORDS, "the first deck that can be quizzed"
            await player.press("escape", "end", "t")
            assert player.quiz_screen.deck is SIDES
            assert player.quiz_screen.setup.seconds == 60
            await player.press("escape", "r")
            assert player.quiz_screen.setup.seconds is None
            await player.press("escape", "home", "down", "t")
            assert player.home
            await player.until(lambda: "There is nothing here" in player.words)
            assert not player.events()

    async def test_find_shows_the_decks_of_that_name(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, WORDS, DRAWINGS) as player:
            await player.press("slash", *"SPAN")
            assert "Spanish: first words" in player.text
            assert "Drawings" not in player.text
            assert player.line("Next card") == "Next card Spanish: first words"
            await player.press("escape")
            assert "Drawings" in player.text
            assert not player.home.query_one(Input).display
            await player.press("slash", *"xyz", "enter")
            assert player.home
            assert "No title has that. Esc shows all decks." in player.words
            await player.press("escape")
            assert "No title has that" not in player.words
            await player.press("slash", *"dra", "enter")
            assert player.question.prompt == "□"

    @pytest.mark.parametrize("size", SIZES)
    async def test_where_nothing_is_found_the_way_back_can_be_read(
        self, tmp_path: Path, size: tuple[int, int]
    ) -> None:
        async with playing(tmp_path, SIDES, size=size) as player:
            await player.press("slash", *"xyz")
            shown = "No title has that. Esc shows all." if size[0] < 60 else "Esc shows all decks."
            assert shown in player.line("No title")

    async def test_the_next_card_and_the_problems_can_be_clicked(self, tmp_path: Path) -> None:
        library = library_in(
            tmp_path, {"user/bad.toml": '[[card]]\nfront = "a"\nback = "b"\n[[card]]\nfrnt = "x"\n'}
        )
        async with playing(tmp_path, library=library) as player:
            await player.pilot.click("#trouble")
            await player.settled()
            assert isinstance(player.app.screen, ProblemsScreen)
            await player.press("escape")
            await player.pilot.click(Preview)
            await player.settled()
            assert isinstance(player.app.screen, StudyScreen)

    async def test_no_word_of_help_lies_over_a_session_opened_at_once(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=Study((SIDES,)), fresh=True) as player:
            assert isinstance(player.app.screen, StudyScreen)
            assert not list(player.app._notifications)

    async def test_the_first_session_gets_a_word_of_help_at_a_time(self, tmp_path: Path) -> None:
        def told(player: Player) -> list[str]:
            return [note.message.split(".")[0] for note in player.app._notifications]

        async with playing(tmp_path, SIDES, fresh=True) as player:
            assert told(player) == ["Enter begins"]
            await player.press("question_mark")
            assert told(player) == [], "none lies over help, nor over a card"
            await player.press("escape")
            assert told(player) == [], "nothing was answered since"
            await player.press("enter")
            await player.press("b", "escape")
            assert told(player) == ["Every answer is saved as you give it"]
            await player.press("enter", "b", "escape")
            assert told(player) == ["^p finds every command and deck"]
            await player.press("enter", "b", "escape")
            assert told(player) == []
        async with playing(tmp_path, SIDES) as player:
            assert told(player) == [], "the second session"

    async def test_letters_in_find_are_text(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, WORDS) as player:
            await player.press("slash", *"trq?")
            assert player.home.query_one(Input).value == "trq?"
            await player.press("escape", "t")
            assert isinstance(player.app.screen, QuizScreen)

    async def test_best_and_last_are_shown_after_a_quiz(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, size=(160, 50)) as player:
            await player.press("t", "space")
            for _ in range(11):
                await player.answer(right=True)
                await player.press("space")
            player.app.time_offset += 61
            await player.answer(right=True)
            await player.press("space", "escape", "down")
            assert "0 due 17 new best 11" in player.line("▌ BPO or KPO?")
            assert "Best 11 Last 11 Seen 0 of 17" in player.words

    async def test_a_click_selects_and_another_opens(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, WORDS) as player:
            row = [line for line in player.text.splitlines() if "Spanish" in line]
            y = player.text.splitlines().index(row[0])
            await player.pilot.click(offset=(12, y))
            assert player.home.query_one(DeckList).selected == 2
            await player.pilot.click(offset=(12, y))
            await player.until(lambda: isinstance(player.app.screen, StudyScreen))
            await player.settled()
            assert set(player.study.decks) == {"words"}

    async def test_two_decks_of_one_title_stay_apart(self, tmp_path: Path) -> None:
        twin = structs.replace(DRAWINGS, id="other", cards=(flip("△", "triangle"),))
        async with playing(tmp_path, DRAWINGS, twin) as player:
            await player.press("end", "enter")
            assert player.question.prompt == "△"


class TestEmptyAndBroken:
    async def test_no_decks(self, tmp_path: Path) -> None:
        async with playing(tmp_path, library=Library(decks={})) as player:
            assert player.line("Today") == "▌ Today 0 due 0 new"
            assert "no decks yet" in player.text
            assert "n makes a deck. Or put one (a .toml file) into" in player.words
            await player.press("t", "r", "down", "slash", "x", "escape", "p")
            assert player.home
            await player.press("enter", "escape")
            assert player.home

    async def test_problems_are_counted_and_p_shows_them(self, tmp_path: Path) -> None:
        library = library_in(
            tmp_path,
            {"user/spanish.toml": '[[card]]\nfront = "hola"\nback = "hello"\n[[card]]\nfrnt = "x"\n'},
        )
        async with playing(tmp_path, library=library) as player:
            number = len(library.problems)
            assert number
            assert player.line("▲").startswith(f"▲ {number} problem")
            assert player.line("▲").endswith("in spanish.toml p shows it")
            await player.press("p")
            assert isinstance(player.app.screen, ProblemsScreen)
            await player.press("escape", "enter")
            assert player.question.prompt == "hola", "the good card of a deck with problems works"

    async def test_without_problems_p_does_nothing(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("p")
            assert player.home
            assert "▲" not in player.text

    async def test_decks_hidden_by_their_id_are_named(self, tmp_path: Path) -> None:
        card = '[[card]]\nfront = "{}"\nback = "b"\n'
        library = library_in(
            tmp_path, {"user/same.toml": card.format("mine"), "shipped/same.toml": card.format("theirs")}
        )
        async with playing(tmp_path, library=library) as player:
            assert "▲ 1 deck hidden by another" in player.words
            await player.press("p")
            assert "Two decks are called same." in player.words
            used, hidden = player.words.split(" used ")[1].split(" hidden ")
            assert used.replace(" ", "") == str(tmp_path / "user" / "same.toml")
            assert str(tmp_path / "shipped" / "same.toml") in hidden.replace(" ", "")

    async def test_a_deck_without_cards_and_one_with_a_single_card(self, tmp_path: Path) -> None:
        empty = deck(id="empty")
        single = deck(statement("Alone.", "BPO"), id="single")
        async with playing(tmp_path, empty, single) as player:
            await player.press("down")
            assert "No cards yet. a adds one." in player.words
            await player.press("enter")
            assert "Nothing to study here." in player.words
            await player.press("escape", "t")
            assert player.home
            await player.press("end", "enter", "b", "4")
            assert "1 card studied." in player.words
            await player.press("escape", "t", "space")
            for _ in range(4):  # the only card comes again and again
                await player.answer(right=True)
                await player.press("space")
            assert [answer.repeat for answer in player.answers] == [False, True, True, True, True]


class TestSizes:
    async def test_wide_shows_list_preview_and_week_side_by_side(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, WORDS, size=(160, 50)) as player:
            parts = [player.home.query_one(f"#home-{part}").region for part in ("list", "preview", "week")]
            assert [(part.x, part.width) for part in parts] == [(5, 70), (80, 44), (129, 26)]
            assert max(part.y for part in parts) < min(part.bottom for part in parts)
            assert "This week" in player.text
            assert "To come" in player.text
            await player.pilot.resize_terminal(80, 24)
            await player.settled()
            assert "This week" not in player.text
            assert "Next card" in player.text

    async def test_narrow_hides_the_preview_and_cuts_titles_with_a_sign(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, WORDS, size=(40, 15)) as player:
            assert not player.home.query_one("#home-preview").display
            assert "Next card" not in player.text
            assert "Spanish: first wor…" in player.text
            assert player.footer.startswith("Enter Study")
            assert player.footer.endswith("? Help")

    async def test_a_long_list_scrolls_with_the_selection(self, tmp_path: Path) -> None:
        many = [structs.replace(DRAWINGS, id=f"d{n}", title=f"Deck number {n}") for n in range(40)]
        async with playing(tmp_path, library=library_of(*many), size=(40, 15)) as player:
            await player.press("end")
            assert "▌ Deck number 39" in player.text
            await player.press("home")
            assert "▌ Today" in player.text
            assert player.footer.startswith("Enter Study")


class TestUndo:
    async def test_it_takes_back_the_last_answers_of_any_session(self, tmp_path: Path) -> None:
        def told(player: Player) -> list[str]:
            return [note.message for note in player.app._notifications]

        def short(prompt: str) -> str:
            return prompt if len(prompt) <= 40 else f"{prompt[:39].rstrip()}…"

        clock = FakeClock()
        async with playing(tmp_path, SIDES, WORDS, clock=clock) as player:
            await player.press("down", "enter", "b", "1", "k", "2", "escape")
            assert len(player.answers) == 2
        clock.forward(DAY_MS)
        async with playing(tmp_path, SIDES, WORDS, clock=clock) as player:
            (first, last) = (
                next(card for card in SIDES.cards if card.key == answer.card) for answer in player.answers
            )
            assert player.line("Today") == "▌ Today 2 due 17 new"
            await player.press("u")
            await player.until(lambda: not player.home._writing.busy)
            assert told(player) == [f"Taken back: Hard for “{short(last.prompt)}” of BPO or KPO?"]
            assert player.line("Today") == "▌ Today 1 due 18 new"
            await player.press("backspace")
            await player.until(lambda: not player.home._writing.busy)
            assert told(player)[-1] == f"Taken back: Again for “{short(first.prompt)}” of BPO or KPO?"
            assert player.line("Today") == "▌ Today 0 due 19 new"
            assert not player.answers
            assert not player.store.memories(["sides"])
            await player.until(lambda: not player.home.check_action("undo", ()))
            await player.press("u", "question_mark")
            assert "Take back" not in player.text
            assert len(player.events(EventType.UNDO)) == 2

    async def test_a_quiz_has_none(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("t", "space")
            await player.answer(right=True)
            await player.press("escape", "escape", "escape")
            assert player.home
            await player.press("u", "backspace")
            assert not player.events(EventType.UNDO)
            assert len(player.answers) == 1

    async def test_a_busy_file_is_named_and_nothing_is_taken_back(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("enter", "b", "2", "escape")
            with closing(sqlite3.connect(tmp_path / "scores.db")) as other:
                other.execute("BEGIN IMMEDIATE")
                await player.press("u")
                await player.until(lambda: not player.home._writing.busy)
            assert "is busy" in player.said
            assert len(player.answers) == 1

    async def test_in_find_backspace_edits(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("enter", "b", "2", "escape", "slash", "u", "x", "backspace")
            assert player.home.query_one(Input).value == "u"
            assert len(player.answers) == 1


async def test_two_decks_of_one_title_are_told_apart(tmp_path: Path) -> None:
    text = 'title = "Words"\n[[card]]\nfront = "a"\nback = "b"\n'
    files = {"user/one.toml": text, "user/two.toml": text, "user/three.toml": text.replace("Words", "Other")}
    async with playing(tmp_path, library=library_in(tmp_path, files)) as player:
        assert "Words (one)" in player.text
        assert "Words (two)" in player.text
        assert "Other (" not in player.text
        await player.press("slash", *"(two")
        assert "Words (one)" not in player.text
        assert "Words (two)" in player.text


@pytest.mark.parametrize("key", ["b", "i", "x"])
async def test_what_is_for_a_deck_says_so_on_today(tmp_path: Path, key: str) -> None:
    async with playing(tmp_path, SIDES) as player:
        await player.press(key)
        assert player.home
        assert "select one first" in player.said
        await player.press("down", key)
        assert not isinstance(player.app.screen, HomeScreen)
