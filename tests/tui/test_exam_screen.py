"""The exam's screen: no word before the end, any order, the map, handing in, certainty, time-out."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs
from textual import events

from quizapp.deck.card import Deck
from quizapp.learn.quiz import Asking, Mode, Paused, QuizSetup, Ready
from quizapp.record import EventType, Outcome
from quizapp.tui.help import HelpScreen
from quizapp.tui.home import HomeScreen
from quizapp.tui.opening import Quiz
from quizapp.tui.results import ResultsScreen
from quizapp.tui.widgets.answers import Answers
from quizapp.tui.widgets.marks import Marks
from tests.builders import deck, statement, typed
from tests.tui.app import SIZES, STILL, Player, choice_card, playing, two_sided

SIDES = two_sided()
TYPED = deck(*(typed(f"What is number {n}?", f"No{n}") for n in range(3)), id="typed")


def exam(
    examined: Deck = SIDES, cards: int = 4, *, certainty: bool = False, pace: float = 1.0, seconds: int = 0
) -> Quiz:
    return Quiz(
        examined,
        QuizSetup(
            mode=Mode.EXAM,
            seconds=seconds or 10 * cards,
            cards=cards,
            choices=examined.quiz.choices,
            certainty=certainty,
            pace=pace,
            seed=1,
        ),
    )


def here(player: Player) -> int:
    """The number of the card on the screen."""
    (number,) = [mark.position + 1 for mark in player.exam.marks if mark.current]
    return number


def map_of(player: Player) -> str:
    """The marks below the answers, their runs of white space as one space."""
    return " ".join(str(player.exam_screen.query_one(Marks).render()).split())


def columns(player: Player) -> list[int]:
    """Where the two answers' words begin."""
    line = next(row for row in reversed(player.text.splitlines()) if "● KPO" in row)
    return [line.index("◆ BPO"), line.index("● KPO")]


class TestReady:
    async def test_the_panel_says_what_is_coming(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam()) as player:
            assert "Ready. 4 cards, 40 seconds. b BPO, k KPO." in player.words
            assert "How sure" not in player.words
            assert "certainty" not in player.words
            assert "BPO or KPO? Exam 0 answered ‖ 0:40" in player.words
            assert player.footer == "Space Start ? Help Esc Home"
            assert map_of(player) == ""
            await player.press("x")
            assert isinstance(player.quiz_view, Asking)
            assert not player.answers
            assert map_of(player) == "▸1 2 3 4"
            assert player.footer == "Tab Next F9 Hand in F4 Flag ? Help Esc Pause"

    async def test_it_explains_certainty_and_the_longer_time(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam(certainty=True, pace=2.0)) as player:
            assert "4 cards, 80 seconds, twice the usual time." in player.words
            assert "1 not, 2 fairly, 3 quite. Right earns 1, 2 or 3; wrong costs 0, 2 or 6." in player.words
            assert "earns no best" in player.words

    async def test_home_opens_it_where_the_deck_says_so(self, tmp_path: Path) -> None:
        quizzed = structs.replace(SIDES, quiz=structs.replace(SIDES.quiz, mode="exam", cards=4))
        async with playing(tmp_path, quizzed) as player:
            await player.press("down", "t")
            assert "Ready. 4 cards, 40 seconds." in player.words
            await player.press("escape")
            assert isinstance(player.app.screen, HomeScreen)
            assert not player.events()


class TestAnswering:
    @pytest.mark.parametrize("right", [True, False])
    async def test_an_answer_goes_on_without_a_word(self, tmp_path: Path, right: bool) -> None:
        async with playing(tmp_path, SIDES, opening=exam()) as player:
            await player.press("space")
            first = player.question
            await player.answer(right=right)
            assert here(player) == 2
            assert player.question is not first
            assert not re.search("Right|Wrong|✓|✗", player.text)
            assert "1 answered" in player.text
            assert map_of(player) == "•1 ▸2 3 4"
            assert [row.outcome for row in player.answers] == [Outcome.RIGHT if right else Outcome.WRONG]
            await player.press("shift+tab")
            assert not re.search("Right|Wrong|✓|✗", player.text)

    async def test_letters_digits_arrows_and_the_pointer(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam(cards=6)) as player:
            await player.press("space", "b", "K", "1", "right", "o", "3", "x", "space", "enter", "up", "down")
            assert here(player) == 5
            await player.pilot.click(Answers, offset=(60, 1))
            await player.settled()
            assert [row.given for row in player.answers] == ["BPO", "KPO", "BPO", "KPO", "KPO"]
            assert here(player) == 6

    async def test_a_card_shows_its_answer_again_and_takes_another(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam()) as player:
            await player.press("space")
            before, words = player.regions, columns(player)
            await player.press("k", "shift+tab")
            assert here(player) == 1
            assert "Your answer: ● KPO. Another key changes it." in player.words
            assert player.line("◆ BPO  ") == "b ◆ BPO k ▸ ● KPO"
            assert (player.regions, columns(player)) == (before, words), "nothing moves"
            await player.press("tab")
            assert player.line("◆ BPO  ") == "b ◆ BPO k ● KPO"
            await player.press("shift+tab", "b")
            assert here(player) == 2, "the next open card"
            await player.press("shift+tab")
            assert "Your answer: ◆ BPO." in player.words
            assert [row.given for row in player.answers] == ["KPO", "BPO"]
            assert "1 answered" in player.text

    async def test_tab_goes_round_and_answers_skip_what_is_answered(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam()) as player:
            await player.press("space", "tab", "tab", "b")
            assert here(player) == 4
            await player.press("tab")
            assert here(player) == 1
            await player.press("shift+tab")
            assert here(player) == 4
            await player.press("b")
            assert here(player) == 1
            await player.press("b", "b")
            assert here(player) == 2, "the last open one stays on the screen"
            assert "All 4 are answered. F9 hands in." in player.words
            assert map_of(player) == "•1 ▸2 •3 •4"

    async def test_keys_typed_ahead_are_dropped(self, tmp_path: Path) -> None:
        pace = structs.replace(STILL, dead=10)
        async with playing(tmp_path, SIDES, opening=exam(seconds=999), pace=pace) as player:
            player.app.time_offset += 11
            await player.press("space", "b", "tab", "f4", "f9", "1")
            assert here(player) == 1
            assert isinstance(player.quiz_view, Asking)
            assert not player.answers
            assert map_of(player) == "▸1 2 3 4"
            player.app.time_offset += 11
            await player.press("f4", "f4")
            assert map_of(player) == "▸1* 2 3 4", "a flag that bounces stays"
            player.app.time_offset += 11
            player.post("b", "b", "tab", "k")
            await player.settled()
            assert len(player.answers) == 1
            assert here(player) == 2


class TestFlagsAndMap:
    async def test_a_flag_comes_and_goes(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam()) as player:
            await player.press("space", "f4")
            assert "F4 Unflag" in player.footer
            assert map_of(player) == "▸1* 2 3 4"
            await player.press("b")
            assert map_of(player) == "•1* ▸2 3 4"
            assert "F4 Flag" in player.footer
            await player.press("shift+tab", "f4", "tab")
            assert map_of(player) == "•1 ▸2 3 4"
            assert len(player.answers) == 1

    async def test_a_click_on_a_mark_shows_its_card(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam(cards=14)) as player:
            await player.press("space")
            rows = player.text.splitlines()
            row = next(place for place, line in enumerate(rows) if "▸1" in line)
            third = (rows[row].index(" 3 ") + 1, row)
            await player.pilot.click(offset=third)
            await player.settled()
            assert here(player) == 3
            await player.press("escape")
            await player.pilot.click(Marks, offset=(0, 1))
            await player.settled()
            assert isinstance(player.quiz_view, Paused), "there is no card"
            await player.pilot.click(offset=third)
            await player.settled()
            assert here(player) == 3
            assert not player.answers

    async def test_many_cards_are_shown_around_the_present_one(self, tmp_path: Path) -> None:
        many = deck(*(statement(f"Card {n}.", ("BPO", "KPO")[n % 2]) for n in range(60)), id="many")
        async with playing(tmp_path, many, opening=exam(many, 60), size=(40, 15)) as player:
            await player.press("space")
            assert map_of(player) == "▸1 2 3 4 5 6 7 …"
            for _ in range(10):
                await player.press("tab")
            assert map_of(player) == "… 8 9 10 ▸11 12 13 14 …"
            await player.press(*["shift+tab"] * 11)
            assert map_of(player) == "… 54 55 56 57 58 59 ▸60"
        async with playing(tmp_path, many, opening=exam(many, 60)) as player:
            await player.press("space", "shift+tab")
            rows = str(player.exam_screen.query_one(Marks).render()).splitlines()
            assert len(rows) == 2
            assert rows[0].lstrip().startswith("…")
            assert rows[1].rstrip().endswith("▸60")

    @pytest.mark.parametrize("size", SIZES)
    async def test_it_is_legible_at_any_size(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with playing(tmp_path, SIDES, opening=exam(certainty=True), size=size) as player:
            await player.press("space", "2", "f4", "k", "shift+tab")
            assert "▸1*" in player.text
            assert "Your answer: ● KPO." in player.words
            assert "▸2 fairly" in player.text
            assert re.search(r"If wrong\s+0\s+−2\s+−6", player.text)
            await player.press("b", "b", "b", "b")
            assert "All 4 are answered. F9 hands in." in player.words
            assert "↓" not in player.text


class TestHandingIn:
    async def test_what_is_open_is_named_first(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam(cards=6)) as player:
            await player.press("space", "f4", "b", "tab", "b")
            left = player.exam.left(player.exam_screen.now())
            await player.press("f9")
            assert "4 are open: 2, 4–6. 1 is flagged: 1. F9 hands in, Space goes back." in player.words
            assert "This is about" not in player.text, "the card is hidden"
            player.app.time_offset += 30
            await player.settled()
            assert player.exam.left(player.exam_screen.now()) == pytest.approx(left, abs=2)
            assert player.footer == "Space Go back F9 Hand in ? Help Esc Back"
            await player.press("f9")
            assert isinstance(player.app.screen, ResultsScreen)
            outcomes = [row.outcome for row in player.answers]
            assert outcomes.count(Outcome.SKIPPED) == 4
            assert len(outcomes) == 6
            (end,) = player.events(EventType.END)
            assert end.body == {"finished": True, "answers": 6}

    @pytest.mark.parametrize("key", ["space", "escape"])
    async def test_the_panel_can_be_left(self, tmp_path: Path, key: str) -> None:
        async with playing(tmp_path, SIDES, opening=exam()) as player:
            await player.press("space", "b", "f9", key)
            assert isinstance(player.quiz_view, Asking), "Esc ends nothing here"
            assert "This is about" in player.text
            await player.press("escape")
            assert "Paused. Space goes on, F9 hands in, Esc ends it unfinished." in player.words
            await player.press("f9")
            assert "3 are open: 2–4." in player.words, "from a pause, too, they are named first"
            await player.press("f9")
            assert isinstance(player.app.screen, ResultsScreen)

    async def test_all_answered(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam()) as player:
            await player.press("space", "b", "k", "b", "k", "f9")
            assert "All 4 are answered. F9 hands in, Space goes back." in player.words
            await player.press("f9")
            assert isinstance(player.app.screen, ResultsScreen)
            (run,) = player.store.runs("sides")
            assert run.finished
            assert run.mode == "exam"

    async def test_an_impatient_press_does_not_hand_in(self, tmp_path: Path) -> None:
        pace = structs.replace(STILL, dead=10)
        async with playing(tmp_path, SIDES, opening=exam(seconds=999), pace=pace) as player:
            player.app.time_offset += 11
            await player.press("space")
            player.app.time_offset += 11
            player.post("f9", "f9", "f9")
            await player.settled()
            assert isinstance(player.quiz_view, Paused)
            await player.press("f9")
            assert isinstance(player.quiz_view, Paused)

    async def test_escape_twice_ends_it_unfinished(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam()) as player:
            await player.press("space", "b", "escape", "escape")
            assert isinstance(player.app.screen, ResultsScreen)
            assert [row.outcome for row in player.answers].count(Outcome.SKIPPED) == 0
            (run,) = player.store.runs("sides")
            assert not run.finished

    async def test_without_an_answer_escape_leaves_nothing_to_show(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam()) as player:
            await player.press("space", "escape", "escape")
            assert isinstance(player.app.screen, HomeScreen)
            assert not player.answers


class TestTime:
    async def test_it_hands_in_by_itself(self, tmp_path: Path) -> None:
        pace = structs.replace(STILL, dead=0.2)
        async with playing(tmp_path, SIDES, opening=exam(), pace=pace) as player:
            player.app.time_offset += 1
            await player.press("space")
            player.app.time_offset += 1
            await player.press("b")
            assert len(player.answers) == 1
            player.app.time_offset += 60
            await player.until(lambda: isinstance(player.app.screen, ResultsScreen))
            player.post("d", "enter", "c")
            await player.settled()
            assert isinstance(player.app.screen, ResultsScreen), "they were meant for the exam"
            outcomes = [row.outcome for row in player.answers]
            assert outcomes.count(Outcome.TIMEOUT) == 3
            (run,) = player.store.runs("sides")
            assert run.finished

    async def test_an_answer_after_the_end_is_none(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam()) as player:
            await player.press("space", "b")
            player.app.time_offset += 60
            player.post("k")
            await player.until(lambda: isinstance(player.app.screen, ResultsScreen))
            assert [row.outcome for row in player.answers].count(Outcome.TIMEOUT) == 3

    async def test_the_clock_can_be_hidden(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam(), config="[quiz]\nclock = false\n") as player:
            await player.press("space")
            assert not re.search(r"\d:\d\d", player.text)
            await player.press("f2")
            assert re.search(r"0:\d\d", player.text)
            await player.press("f2")
            assert not re.search(r"\d:\d\d", player.text)

    async def test_a_lost_focus_and_help_pause(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam()) as player:
            await player.press("space")
            player.app.post_message(events.AppBlur())
            await player.until(lambda: isinstance(player.quiz_view, Paused))
            await player.settled()
            assert "This is about" not in player.text
            player.app.post_message(events.AppFocus())
            await player.settled()
            await player.press("space", "f1")
            assert isinstance(player.app.screen, HelpScreen)
            assert "This is about" not in player.text
            player.app.time_offset += 100
            await player.press("escape")
            assert isinstance(player.quiz_view, Asking)
            assert player.exam.left(player.exam_screen.now()) > 35

    async def test_the_help_has_the_rules_and_the_signs(self, tmp_path: Path) -> None:
        size = (80, 60)
        async with playing(tmp_path, SIDES, opening=exam(certainty=True), size=size) as player:
            await player.press("space", "f1")
            for text in (
                "no word on any until the end",
                "1 2 3 how sure you are: not, fairly, quite",
                "b k BPO, KPO",
                "← → the same, by side",
                "F4 Flag the card",
                "F2 Hide the clock",
                "•4 answered",
                "4* flagged",
                "▸4 on the screen",
            ):
                assert text in re.sub(r"[│ ]+", " ", player.words)
            assert "1 2 the same, by place" not in player.words


class TestCertainty:
    async def test_digits_say_how_sure_and_letters_answer(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam(certainty=True)) as player:
            await player.press("space")
            assert "First how sure, then your answer." in player.words
            assert "▸1 not 2 fairly 3 quite" in player.words
            await player.press("3")
            assert "1 not 2 fairly ▸3 quite" in player.words
            assert not player.answers
            await player.press("b")
            assert "▸1 not" in player.words, "each card begins with 1"
            await player.press("right", "2", "4", "9", "left", "tab")
            assert [row.given for row in player.answers] == ["BPO", "KPO", "BPO"]
            said = [event.body["certainty"] for event in player.events(EventType.CERTAINTY)]
            assert said == [3, 1, 2]
            assert here(player) == 1
            assert "▸3 quite" in player.words

    async def test_an_answered_card_takes_another_certainty_and_stays(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam(certainty=True)) as player:
            await player.press("space", "k", "shift+tab", "3")
            assert here(player) == 1
            assert "▸3 quite" in player.words
            assert "Your answer: ● KPO." in player.words
            assert [row.given for row in player.answers] == ["KPO", "KPO"]
            await player.press("3")
            assert len(player.answers) == 2, "nothing changed"
            await player.press("b")
            assert here(player) == 2
            said = [event.body["certainty"] for event in player.events(EventType.CERTAINTY)]
            assert said == [1, 3, 3]
            await player.press("b", "b", "b", "f9", "f9")
            (run,) = player.store.runs("sides")
            assert run.certainty
            assert not run.eligible

    async def test_it_is_changed_in_time_or_not_at_all(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam(certainty=True)) as player:
            await player.press("space", "k", "shift+tab")
            player.app.time_offset += 60
            player.post("3")
            await player.until(lambda: isinstance(player.app.screen, ResultsScreen))
            assert [event.body["certainty"] for event in player.events(EventType.CERTAINTY)] == [1]

    async def test_where_digits_answer_the_arrows_say_it(self, tmp_path: Path) -> None:
        listed = deck(
            *(choice_card(f"Which is {n}?", f"二{n}", "一", "三", "四") for n in range(2)), id="listed"
        )
        signs = deck(*(choice_card(f"Which is {n}?", f"{n}+1", "+", "-", "*") for n in range(2)), id="signs")
        async with playing(tmp_path, signs, opening=exam(signs, 2, certainty=True)) as player:
            await player.press("space")
            assert "↑ ↓ how sure, then your answer." in player.words
            assert "▸not fairly quite" in player.words
            await player.press("up", "up", "up", "down")
            assert "▸fairly" in player.words
            await player.press("2")
            assert len(player.answers) == 1
            assert [event.body["certainty"] for event in player.events(EventType.CERTAINTY)] == [2]
        async with playing(tmp_path, listed, opening=exam(listed, 2, certainty=True)) as player:
            await player.press("space")
            letters = all(option.key for option in player.question.options)
            assert ("First how sure" in player.words) is letters


class TestTyped:
    async def test_enter_answers_and_the_keys_of_the_exam_work_in_the_line(self, tmp_path: Path) -> None:
        async with playing(tmp_path, TYPED, opening=exam(TYPED, 3)) as player:
            await player.press("space", *"Oslo 1", "enter")
            assert here(player) == 2
            assert player.exam_screen.place.typed.value == ""
            await player.press("shift+tab")
            assert player.exam_screen.place.typed.value == "Oslo 1"
            assert "Your answer: Oslo 1. You may change it." in player.words
            await player.press("backspace", "2", "f4", "enter")
            assert here(player) == 2
            assert map_of(player) == "•1* ▸2 3"
            assert [row.given for row in player.answers] == ["Oslo 1", "Oslo 2"]
            await player.press("shift+tab")
            assert player.exam_screen.place.typed.value == "Oslo 2"
            await player.press("f9", "f9")
            assert isinstance(player.app.screen, ResultsScreen)

    async def test_what_was_typed_and_not_given_waits_in_its_line(self, tmp_path: Path) -> None:
        async with playing(tmp_path, TYPED, opening=exam(TYPED, 3)) as player:
            await player.press("space", *"Ber", "tab")
            assert player.exam_screen.place.typed.value == ""
            await player.press("shift+tab", "f4")
            assert player.exam_screen.place.typed.value == "Ber"
            await player.press(*"gen", "escape")
            assert "Bergen" not in player.text
            assert "Paused. Space goes on, F9 hands in" in player.words, "Space is no text any more"
            assert "0 answered" in player.text
            await player.press("space")
            while here(player) != 1:
                await player.press("tab")
            assert player.exam_screen.place.typed.value == "Bergen"
            await player.press("enter", "tab", "tab")
            assert player.exam_screen.place.typed.value == "Bergen"
            assert [row.given for row in player.answers] == ["Bergen"]

    async def test_arrows_say_how_sure(self, tmp_path: Path) -> None:
        async with playing(tmp_path, TYPED, opening=exam(TYPED, 3, certainty=True)) as player:
            await player.press("space")
            assert "↑ ↓ how sure, then your answer." in player.words
            await player.press("up", "3", "enter", "shift+tab")
            assert [row.given for row in player.answers] == ["3"], "a digit is text"
            await player.press("up")
            assert here(player) == 1
            assert "▸quite" in player.words
            await player.press("x", "down", "enter")
            said = [event.body["certainty"] for event in player.events(EventType.CERTAINTY)]
            assert said == [2, 3, 2]
            assert [row.given for row in player.answers] == ["3", "3", "3x"]


class TestBusyFile:
    async def test_no_key_acts_while_an_answer_is_written(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=exam()) as player:
            await player.press("space")
            with closing(sqlite3.connect(tmp_path / "scores.db", isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                player.post("b")
                await player.until(lambda: "The scores file is busy." in player.words)
                player.post("k", "tab", "f9", "f9", "f4")
                other.execute("ROLLBACK")
            await player.until(lambda: len(player.answers) == 1)
            await player.settled()
            assert here(player) == 2
            assert isinstance(player.quiz_view, Asking)
            assert map_of(player) == "•1 ▸2 3 4"


async def test_again_is_another_exam(tmp_path: Path) -> None:
    async with playing(tmp_path, SIDES, opening=exam()) as player:
        await player.press("space", "b", "f9", "f9", "enter")
        assert isinstance(player.quiz_view, Ready)
        assert "4 cards, 40 seconds" in player.words
