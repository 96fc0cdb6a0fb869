"""The quiz screen: ready panel, clock, pause, feedback, end; and what it leaves in the scores file."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from msgspec import structs
from textual import events
from textual.command import CommandPalette

from quizapp.deck.card import Deck
from quizapp.learn.quiz import Asking, Judged, Mode, Paused, QuizSetup, Ready
from quizapp.record import EventType, How, Outcome
from quizapp.tui.help import HelpScreen
from quizapp.tui.home import HomeScreen
from quizapp.tui.opening import Quiz
from quizapp.tui.results import ResultsScreen
from quizapp.tui.setup import SetupScreen
from quizapp.tui.widgets.answers import Answers
from quizapp.tui.widgets.key_footer import KeyFooter
from tests.builders import deck, statement, typed
from tests.tui.app import NO_HURRY, SIZES, STILL, Player, choice_card, playing, two_sided

SIDES = two_sided()


def sprint(quizzed: Deck = SIDES, seconds: int = 60) -> Quiz:
    return Quiz(quizzed, QuizSetup(mode=Mode.SPRINT, seconds=seconds, choices=quizzed.quiz.choices))


def practice(quizzed: Deck = SIDES) -> Quiz:
    return Quiz(quizzed, QuizSetup(mode=Mode.PRACTICE, choices=quizzed.quiz.choices))


def left(player: Player) -> float:
    """Seconds left on the clock."""
    seconds = player.quiz.session.left(player.quiz_screen.now())
    assert seconds is not None
    return seconds


class TestReady:
    async def test_the_panel_says_what_is_coming_and_any_key_skips_it(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            assert "Ready. 60 seconds. b BPO, k KPO." in player.words
            assert player.footer.startswith("Space Start")
            assert not player.events(), "nothing began yet"
            await player.press("x")
            assert isinstance(player.quiz.view, Asking)
            assert not player.answers, "the key that skips the panel answers nothing"
            (start,) = player.events(EventType.START)
            assert start.body["seconds"] == 60
            assert start.body["choices"] == ["BPO", "KPO"]
            assert start.body["cards"] == 16

    async def test_a_seed_that_was_named_asks_in_its_order_whatever_was_met(self, tmp_path: Path) -> None:
        named = structs.replace(sprint(), setup=structs.replace(sprint().setup, seed=5))
        asked = []
        for folder in ("one", "one", "other"):
            (tmp_path / folder).mkdir(exist_ok=True)
            async with playing(tmp_path / folder, SIDES, opening=named) as player:
                await player.press("space")
                for _ in range(6):
                    await player.answer(right=True)
                    await player.go_on()
                asked.append([answer.card for answer in player.answers[-6:]])
        assert asked[0] == asked[1] == asked[2]

    async def test_the_first_waits_and_later_ones_go_on_by_themselves(self, tmp_path: Path) -> None:
        pace = structs.replace(STILL, ready=0.05)
        async with playing(tmp_path, SIDES, opening=sprint(), pace=pace) as player:
            await player.pilot.pause(0.1)
            assert isinstance(player.quiz.view, Ready)
            await player.press("space")
            await player.answer(right=True)
            await player.press("escape", "escape", "enter")
            await player.until(lambda: isinstance(player.quiz.view, Asking))

    async def test_f7_changes_which_choices_are_asked(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            assert "F7 asks BPO, KPO, Both instead" in player.words
            await player.press("f7")
            assert "b BPO, k KPO, o Both." in player.words
            assert "■ Both" in player.text
            assert "F7 asks BPO, KPO instead" in player.words
            await player.press("f7")
            assert "b BPO, k KPO. " in player.words
            await player.press("f7", "space")
            assert len(player.question.options) == 3
            await player.press("f7")
            assert len(player.question.options) == 3, "not after the start"
            (start,) = player.events(EventType.START)
            assert start.body["choices"] == ["BPO", "KPO", "Both"]

    async def test_f9_sets_another_quiz_up(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            assert "F9 another mode, length or choices" in player.words
            await player.press("f9")
            assert isinstance(player.app.screen, SetupScreen)
            await player.press("down", "right", "enter")
            assert "Ready. 90 seconds." in player.words
            await player.press("space")
            assert "1:30" in player.text
            await player.press("f9")
            assert not isinstance(player.app.screen, SetupScreen), "not after the start"
            (start,) = player.events(EventType.START)
            assert start.body["seconds"] == 90

    async def test_escape_goes_home(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("t", "escape")
            assert isinstance(player.app.screen, HomeScreen)
            assert not player.events()
            await player.press("t", "space", "escape", "escape")
            assert isinstance(player.app.screen, HomeScreen), "there is no answer to show results of"
            assert not player.answers


class TestAnswering:
    async def test_letters_digits_and_arrows(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            for key in ("b", "k", "B", "K", "1", "2", "left", "right"):
                await player.press(key)
                assert isinstance(player.quiz.view, Judged)
                await player.press("space")
            await player.press("o", "3", "down", "x", "space", "backspace", "tab", "4")
            assert isinstance(player.quiz.view, Asking), "none of these is on the screen"
            assert [answer.given for answer in player.answers] == ["BPO", "KPO"] * 4
            assert {(answer.how, answer.k, answer.scored, answer.grade) for answer in player.answers} == {
                (How.CHOSEN, 2, True, None)
            }
            assert not player.store.memories(["sides"]), "a quiz never moves the schedule"

    async def test_right_shows_the_sign_only_and_wrong_the_answer_and_why(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            await player.answer(right=True)
            card = player.judged.question.card
            assert "✓ Right" in player.text
            assert card.why not in player.words
            assert f"✓ {card.answer}" in player.text
            assert "‖" in player.text, "the clock stands still"
            assert "1 right" in player.text
            await player.press("space")
            await player.answer(right=False)
            card = player.judged.question.card
            assert "✗ Wrong. It is" in player.words
            assert card.why in player.words
            assert "Compare" not in player.text
            assert "1 right" in player.text

    async def test_practice_shows_why_either_way(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=practice(), pace=NO_HURRY) as player:
            assert "cards, no clock." in player.words
            await player.press("space")
            assert "1 of 16" in player.text
            await player.answer(right=True)
            assert player.judged.question.card.why in player.words

    async def test_any_answer_key_goes_on(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            for key in ("b", "1", "space", "enter", "x"):
                await player.answer(right=True)
                await player.press(key)
                assert isinstance(player.quiz.view, Asking)
            assert len(player.answers) == 5
            await player.pilot.click(Answers, offset=(60, 1))
            await player.settled()
            assert player.answers[5].given == "KPO", "a click answers too"

    async def test_after_a_right_answer_it_goes_on_by_itself_after_a_wrong_one_it_waits(
        self, tmp_path: Path
    ) -> None:
        pace = structs.replace(STILL, right=0.03)
        async with playing(tmp_path, SIDES, opening=sprint(), pace=pace) as player:
            await player.press("space")
            question = player.question
            await player.answer(right=True)
            await player.until(partial(asked_another, player, question))
            await player.settled()
            await player.answer(right=False)
            await player.settled()
            assert isinstance(player.quiz.view, Judged)
            assert [answer.outcome for answer in player.answers] == [Outcome.RIGHT, Outcome.WRONG]

    async def test_keys_typed_ahead_are_dropped_and_a_wrong_answer_stays(self, tmp_path: Path) -> None:
        pace = structs.replace(STILL, dead=10, wrong=40)
        async with playing(tmp_path, SIDES, opening=sprint(seconds=999), pace=pace) as player:
            await player.press("space")
            assert isinstance(player.quiz.view, Ready)
            player.app.time_offset += 11
            await player.press("space", "b", "k", "1")
            assert isinstance(player.quiz.view, Asking)
            assert not player.answers
            player.app.time_offset += 11
            await player.answer(right=False)
            assert len(player.answers) == 1
            player.app.time_offset += 11
            await player.press("space", "b")
            assert isinstance(player.quiz.view, Judged), "there is a reason to read"
            player.app.time_offset += 30
            await player.press("space")
            assert isinstance(player.quiz.view, Asking)

    async def test_a_key_pressed_twice_at_once_does_one_thing(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            player.post("b", "b", "b")
            await player.settled()
            assert not player.answers
            player.post("b", "b", "b")
            await player.settled()
            assert len(player.answers) == 1
            assert isinstance(player.quiz.view, Judged)

    async def test_typed_and_choice_cards_are_asked_too(self, tmp_path: Path) -> None:
        mixed = deck(
            typed("Capital of France?", "Paris"), choice_card("1 + 1?", "2", "3", "4", "5"), id="mixed"
        )
        async with playing(tmp_path, mixed, opening=practice(mixed), pace=NO_HURRY) as player:
            assert "cards, no clock." in player.words
            await player.press("space")
            for _ in range(2):
                await player.answer(right=False)
                assert "✗ Wrong. It is" in player.words
                await player.go_on()
            while not isinstance(player.app.screen, ResultsScreen):
                await player.answer(right=True)
                await player.go_on()
            assert Counter(answer.outcome for answer in player.answers) == {
                Outcome.WRONG: 2,
                Outcome.RIGHT: 2,
            }


def asked_another(player: Player, before: object) -> bool:
    view = player.quiz.view
    return isinstance(view, Asking) and view.question is not before


class TestClock:
    async def test_it_runs_on_questions_only(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            player.app.time_offset += 20
            await player.press("space")
            assert left(player) > 58, "not before the first card is painted"
            player.app.time_offset += 20
            await player.until(lambda: "0:40" in player.text or "0:39" in player.text)
            await player.answer(right=False)
            now = left(player)
            assert 37 < now < 40
            player.app.time_offset += 20
            assert left(player) == now, "not while feedback is read"
            assert player.answers[0].ms // 1000 in (20, 21, 22)
            await player.press("space")
            assert left(player) > now - 2

    async def test_f2_hides_it_and_shows_it_again(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            bar = player.text.splitlines()[2]
            assert "━" in bar
            await player.press("f2")
            assert ":" not in player.text.splitlines()[1]
            assert "━" not in player.text
            assert player.footer.startswith("F2 Show clock")
            await player.answer(right=True)
            await player.press("space")
            assert ":" not in player.text.splitlines()[1], "it stays hidden"
            await player.press("f2")
            assert ":" in player.text.splitlines()[1]
            assert "━" in player.text

    async def test_a_late_answer_is_logged_and_not_scored(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            await player.answer(right=True)
            await player.press("space")
            player.app.time_offset += 62
            await player.until(lambda: "Time. This one may still be answered" in player.words)
            await player.answer(right=True)
            assert "✓ Right Too late to count." in player.words
            assert "1 right" in player.text
            await player.press("space")
            assert player.results.run.finished
            assert "1 too late" in player.words
            assert [(answer.outcome, answer.scored) for answer in player.answers] == [
                (Outcome.RIGHT, True),
                (Outcome.RIGHT, False),
            ]

    async def test_ten_seconds_after_zero_it_is_too_late(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            await player.answer(right=True)
            await player.press("space")
            player.app.time_offset += 71
            await player.until(lambda: isinstance(player.quiz.view, Judged))
            await player.settled()
            card = player.judged.question.card
            sign = "◆" if card.answer == "BPO" else "●"
            assert f"Too late. It was {sign} {card.answer}." in player.words
            assert card.why in player.words
            (_, last) = player.answers
            assert (last.outcome, last.scored, last.given) == (Outcome.TIMEOUT, False, "")
            await player.press("space")
            assert player.results.run.finished
            (end,) = player.events(EventType.END)
            assert end.body == {"finished": True, "answers": 2}


class TestPause:
    async def test_it_hides_the_card_and_stops_the_clock(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            asked = player.question
            regions = player.regions
            await player.press("escape")
            assert isinstance(player.quiz.view, Paused)
            assert "Paused. Space goes on with another card, Esc ends the quiz." in player.words
            assert asked.prompt not in player.words
            assert "◆" not in player.text
            assert player.footer.startswith("Space Go on")
            assert player.footer.endswith("Esc End")
            for part in ("Header", "Bar", "Front", "Back", "KeyFooter"):
                assert player.regions[part] == regions[part]
            now = left(player)
            player.app.time_offset += 500
            await player.settled()
            assert left(player) == now
            await player.press("b")
            assert isinstance(player.quiz.view, Asking), "any printable key goes on"
            assert player.question.card != asked.card, "what was on the screen went back"
            assert player.question.prompt in player.words
            assert left(player) > now - 2
            assert not player.answers

    async def test_in_practice_the_same_card_is_asked_again(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=practice(), pace=NO_HURRY) as player:
            await player.press("space")
            asked = player.question
            await player.press("escape")
            assert asked.prompt not in player.words
            await player.press("space")
            assert player.question is asked
            assert asked.prompt in player.words

    async def test_a_pause_during_feedback_shows_it_again(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            await player.answer(right=False)
            feedback = player.text
            await player.press("escape")
            assert "Wrong" not in player.text
            await player.press("space")
            assert player.text == feedback
            await player.press("question_mark", "escape")
            assert player.text == feedback
            assert len(player.answers) == 1

    async def test_a_pause_during_the_feedback_of_a_typed_answer_too(self, tmp_path: Path) -> None:
        one = deck(typed("Capital of France?", "Paris"), id="one")
        async with playing(tmp_path, one, opening=sprint(one)) as player:
            await player.press("space", *"Rome", "enter")
            feedback = player.text
            assert "Rome" in feedback
            await player.press("escape")
            assert "Rome" not in player.text
            await player.press("space")
            assert player.text == feedback

    async def test_a_lost_focus_pauses(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            asked = player.question.prompt
            player.app.post_message(events.AppBlur())
            await player.until(lambda: isinstance(player.quiz.view, Paused))
            await player.settled()
            assert asked not in player.words
            now = left(player)
            player.app.time_offset += 100
            player.app.post_message(events.AppFocus())
            await player.settled()
            assert isinstance(player.quiz.view, Paused), "it waits for a key"
            assert left(player) == now

    async def test_the_ready_panel_waits_while_the_focus_is_away(self, tmp_path: Path) -> None:
        pace = structs.replace(STILL, ready=0.3)
        async with playing(tmp_path, SIDES, opening=sprint(), pace=pace) as player:
            player.app.post_message(events.AppBlur())
            await player.pilot.pause(0.4)
            assert isinstance(player.quiz.view, Ready)

    async def test_help_hides_the_card_and_stops_the_clock(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            asked = player.question.prompt
            await player.press("f1")
            assert isinstance(player.app.screen, HelpScreen)
            assert "Help: sprint" in player.text
            assert asked not in player.words
            player.app.time_offset += 100
            await player.settled()
            await player.press("escape")
            assert isinstance(player.quiz.view, Asking), "closing it goes on"
            assert left(player) > 56
            assert not player.answers

    async def test_the_menu_hides_the_card_and_stops_the_clock(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            asked = player.question.prompt
            await player.press("ctrl+p")
            await player.until(lambda: isinstance(player.app.screen, CommandPalette))
            await player.settled()
            assert asked not in player.words
            player.app.time_offset += 100
            await player.press("escape")
            await player.until(lambda: not isinstance(player.app.screen, CommandPalette))
            await player.settled()
            assert isinstance(player.quiz.view, Asking), "closing it goes on, as with help"
            assert left(player) > 55

    async def test_a_sprint_goes_on_after_a_wrong_answer(self, tmp_path: Path) -> None:
        pace = structs.replace(STILL, sprint=0.05)
        async with playing(tmp_path, SIDES, opening=sprint(), pace=pace) as player:
            await player.press("space")
            await player.answer(right=False)
            await player.until(lambda: isinstance(player.quiz.view, Asking))
            assert len(player.answers) == 1

    async def test_a_suspended_program_is_paused(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            player.app.app_suspend_signal.publish(player.app)
            player.app.time_offset += 100
            player.app.app_resume_signal.publish(player.app)
            await player.settled()
            assert isinstance(player.quiz.view, Paused)
            assert left(player) > 55

    async def test_pause_in_the_menu_pauses_and_ends_nothing(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            await player.answer(right=True)
            await player.go_on()
            await player.choose("pause", "Pause")
            await player.until(lambda: isinstance(player.quiz.view, Paused))
            assert not player.events(EventType.END)

    @pytest.mark.parametrize("cover", ["f1", "ctrl+p", "ctrl+t"])
    async def test_results_lie_above_home_whatever_covered_the_quiz(self, tmp_path: Path, cover: str) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            await player.answer(right=True)
            await player.go_on()
            # After zero a pause ends the quiz: nothing more could follow.
            player.app.time_offset += 62
            player.post(cover)
            await player.until(lambda: isinstance(player.app.screen, ResultsScreen))
            await player.settled()
            assert [type(screen) for screen in player.app.screen_stack] == [HomeScreen, ResultsScreen]

    async def test_escape_twice_ends_early_and_all_is_kept(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            for _ in range(3):
                await player.answer(right=True)
                await player.press("space")
            await player.press("escape", "escape")
            assert "Ended after 3 answers. All 3 are kept" in player.words
            assert "new best" not in player.words
            assert len(player.answers) == 3
            (end,) = player.events(EventType.END)
            assert end.body == {"finished": False, "answers": 3}
            (run,) = player.store.runs("sides")
            assert not run.finished
            assert not run.eligible


class TestPractice:
    async def test_missed_cards_return_until_they_are_right(self, tmp_path: Path) -> None:
        few = two_sided(sides=4)
        async with playing(tmp_path, few, opening=practice(few), pace=NO_HURRY) as player:
            await player.press("space")
            missed = player.question.card.key
            await player.answer(right=False)
            await player.go_on()
            while not isinstance(player.app.screen, ResultsScreen):
                await player.answer(right=True)
                await player.go_on()
            rows = player.answers
            assert len(rows) == 9
            again = [place for place, row in enumerate(rows) if row.card == missed]
            assert again[0] == 0
            assert 3 < again[1] < 10
            assert [rows[place].scored for place in again] == [True, False]
            assert sum(row.scored for row in rows) == 8
            (run,) = player.store.runs("sides")
            assert run.finished
            assert run.score == pytest.approx(100 * 7 / 8)

    async def test_both_sides_are_asked_equally_often(self, tmp_path: Path) -> None:
        uneven = two_sided(sides=3)
        more = [statement(f"One more for B {n}.", "BPO") for n in range(5)]
        uneven = structs.replace(uneven, cards=(*uneven.cards, *more))
        async with playing(tmp_path, uneven, opening=practice(uneven), pace=NO_HURRY) as player:
            await player.press("space")
            sides: Counter[str] = Counter()
            while not isinstance(player.app.screen, ResultsScreen):
                sides[player.question.card.answer] += 1
                await player.answer(right=True)
                await player.go_on()
            assert sides == {"BPO": 3, "KPO": 3}


class TestBusyFile:
    async def test_the_answer_is_kept_and_written_when_it_is_free(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            await player.press("space")
            with closing(sqlite3.connect(tmp_path / "scores.db", isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                player.post("b")
                await player.until(lambda: "The scores file is busy." in player.words)
                assert "Your last answer is kept here. Trying again; ^q gives up." in player.words
                assert not player.answers
                player.post("space", "b", "escape")
                for _ in range(20):
                    await player.until(lambda: True)
                assert isinstance(player.quiz.view, Judged)
                other.execute("ROLLBACK")
                await player.settled()
            assert [answer.given for answer in player.answers] == ["BPO"]
            assert "busy" not in player.words
            assert "✓ Right" in player.text or "✗ Wrong." in player.text

    async def test_a_quiz_that_can_not_begin_yet_begins_when_it_can(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=sprint()) as player:
            with closing(sqlite3.connect(tmp_path / "scores.db", isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                player.post("space")
                await player.until(lambda: "Scores file busy, trying again" in player.words)
                other.execute("ROLLBACK")
                await player.settled()
            assert isinstance(player.quiz.view, Asking)
            assert len(player.events(EventType.START)) == 1


class TestPlaces:
    @pytest.mark.parametrize("size", SIZES)
    async def test_nothing_moves_from_the_ready_panel_to_the_feedback(
        self, tmp_path: Path, size: tuple[int, int]
    ) -> None:
        async with playing(tmp_path, SIDES, opening=sprint(), size=size) as player:
            ready = player.regions
            await player.press("space")
            assert player.regions == ready
            for right in (True, False):
                await player.answer(right=right)
                assert player.regions == ready
                await player.press("space")
                assert player.regions == ready
            footer = player.app.screen.query_one(KeyFooter)
            assert footer.region.bottom == size[1]
