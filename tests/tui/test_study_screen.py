"""The study screen: each key, what it shows, and what it leaves in the scores file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest
from msgspec import structs

from quizapp import words
from quizapp.deck.card import Deck, StudyDefaults
from quizapp.learn.study import Asking, Finished, Grading
from quizapp.record import EventType, Grade, How, Outcome
from quizapp.tui.help import HelpScreen
from quizapp.tui.home import HomeScreen
from quizapp.tui.opening import Study
from quizapp.tui.widgets.answers import Answers
from tests.builders import FakeClock, deck, flip, statement, typed
from tests.tui.app import SIZES, STILL, Player, choice_card, playing, two_sided

SIDES = two_sided()
FLIPS = deck(flip("uno", "one"), flip("dos", "two"), id="flips")
CAPITALS = deck(typed("Capital of France?", "Paris"), typed("Capital of Italy?", "Rome"), id="capitals")
NUMBERS = deck(
    choice_card("What is 1 + 1?", "2", "11", "3", "4"), choice_card("What is 2 + 2?", "4", "22"), id="numbers"
)


def yes_or_no(*texts: str) -> Deck:
    return deck(*(statement(text, "Yes", choices=("Yes", "No")) for text in texts), id="yes-or-no")


def opened(*cards: Deck) -> Study:
    return Study((cards[0],))


class TestAnswering:
    async def test_letters_in_either_case_and_digits(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=opened(SIDES)) as player:
            for key in "bkoBKO123":
                assert isinstance(player.study.view, Asking)
                await player.press(key)
                assert isinstance(player.study.view, Grading)
                await player.press("4")
            assert [answer.given for answer in player.answers] == ["BPO", "KPO", "Both"] * 3
            assert {(answer.how, answer.k) for answer in player.answers} == {(How.CHOSEN, 3)}

    async def test_arrows_among_three_and_two(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, yes_or_no("a", "b", "c")) as player:
            await player.press("down", "enter")
            for key in ("left", "down", "right"):
                await player.press(key, "space")
            assert [answer.given for answer in player.answers] == ["BPO", "KPO", "Both"]
            await player.press("escape", "down", "enter", "down")
            assert isinstance(player.study.view, Asking), "with two there is none below"
            await player.press("left", "space", "right")
            assert [answer.given for answer in player.answers[3:]] == ["Yes", "No"]

    async def test_right_and_wrong_say_so_with_why_and_leave_a_row(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=opened(SIDES)) as player:
            start = player.events(EventType.START)
            assert not start, "the log hears of a session with its first answer"
            await player.answer(right=True)
            card = player.grading.item.card
            assert "✓ Right" in player.text
            assert card.why in player.words
            assert f"✓ {card.answer}" in player.text
            assert "▸ 3 Good" in player.text
            assert player.footer.startswith("Space Good, ")
            await player.press("space")
            await player.answer(right=False)
            card, judgement = player.grading.item.card, player.grading.judgement
            assert judgement is not None
            assert f"✗ Wrong. It is {'●' if card.answer == 'KPO' else '◆'} {card.answer}." in player.words
            assert card.why in player.words
            assert f"✗ {judgement.given}" in player.text
            assert "▸ 1 Again 1m" in player.words
            assert [(answer.outcome, answer.grade) for answer in player.answers] == [
                (Outcome.RIGHT, Grade.GOOD),
                (Outcome.WRONG, Grade.AGAIN),
            ]
            (event,) = player.events(EventType.START)
            assert event.body["decks"] == ["sides"]

    async def test_place_and_bar_count_the_cards(self, tmp_path: Path) -> None:
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS)) as player:
            seen = []
            while isinstance(player.study.view, Asking):
                seen.append((player.line("Flips").removeprefix("Flips "), player.text.count("━")))
                await player.press("space", "3")
            assert seen == [
                ("1 of 2", 0),
                ("2 of 2, 1 again", 17),
                ("2 of 2, 2 again", 35),
                ("2 of 2, 1 again", 52),
            ]
            assert player.text.count("━") == 70

    async def test_choices_of_a_question_by_letter_and_digit(self, tmp_path: Path) -> None:
        async with playing(tmp_path, NUMBERS, opening=opened(NUMBERS)) as player:
            for _ in range(2):
                options = player.question.options
                await player.answer(right=True)
                assert player.grading.judgement is not None
                assert player.grading.judgement.k == len(options)
                assert "✓ Right" in player.text
                await player.press("4")

    async def test_keys_that_mean_nothing_do_nothing(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=opened(SIDES)) as player:
            before = player.text
            await player.press("x", "4", "0", "9", "up", "t", "r", "p", "q", "tab", "backspace", "f7")
            assert player.text == before
            await player.press("b")
            feedback = player.text
            await player.press("x", "b", "k", "5", "left", "right", "t", "r")
            assert player.text == feedback
            assert len(player.answers) == 1

    async def test_a_click_answers_and_grades(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=opened(SIDES)) as player:
            await player.pilot.click(Answers, offset=(34, 1))
            await player.settled()
            assert [answer.given for answer in player.answers] == ["KPO"]
            await player.pilot.click(player.question_screen.grades, offset=(65, 0))
            await player.settled()
            assert isinstance(player.study.view, Asking)
            (logged,) = player.store.answers()
            assert logged.grade is Grade.EASY
            await player.press("space")
            await player.pilot.click(player.question_screen.place.grades, offset=(2, 1))
            await player.settled()
            assert player.answers[1].grade is Grade.AGAIN
            x = player.text.splitlines()[23].index("Space")
            await player.pilot.click(offset=(x + 1, 23))
            await player.settled()
            assert isinstance(player.study.view, Grading), "the footer presses its keys"


class TestRevealing:
    async def test_space_shows_and_a_grade_is_logged_as_revealed(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=opened(SIDES)) as player:
            await player.press("space")
            card = player.grading.item.card
            assert not player.answers, "nothing is logged until it is graded"
            assert card.answer in player.text
            assert card.why in player.words
            for name in ("1 Again", "2 Hard", "▸ 3 Good", "4 Easy"):
                assert name in player.text
            await player.press("2")
            (answer,) = player.answers
            assert (answer.how, answer.k, answer.outcome, answer.grade) == (
                How.REVEALED,
                None,
                Outcome.RIGHT,
                Grade.HARD,
            )
            await player.press("space", "1")
            assert player.answers[1].outcome is Outcome.WRONG

    async def test_backspace_hides_it_again_and_enter_is_space(self, tmp_path: Path) -> None:
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS)) as player:
            before = player.text
            await player.press("enter")
            assert "one" in player.text
            await player.press("backspace")
            assert player.text == before
            assert not player.events()
            await player.press("enter", "enter")
            assert [answer.grade for answer in player.answers] == [Grade.GOOD]

    async def test_each_interval_on_a_button_is_what_the_memory_then_holds(self, tmp_path: Path) -> None:
        clock = FakeClock()
        async with playing(tmp_path, SIDES, opening=opened(SIDES), clock=clock) as player:
            for reveal, grade in product((False, True), Grade):
                if reveal:
                    await player.press("space")
                else:
                    await player.answer(right=True)
                ref, shown = player.grading.item.ref, player.words
                await player.press(str(int(grade)))
                memory = player.store.memory(ref)
                assert memory is not None
                assert f"{int(grade)} {grade.name.capitalize()} {words.interval(memory, clock())}" in shown
                clock.forward(5000)


class TestRegrading:
    async def test_another_grade_is_an_event_and_the_marked_one_is_none(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=opened(SIDES)) as player:
            await player.answer(right=True)
            await player.press("3")
            assert not player.events(EventType.REGRADE)
            await player.answer(right=True)
            outcomes, ref = player.grading.outcomes, player.grading.item.ref
            await player.press("2")
            (event,) = player.events(EventType.REGRADE)
            assert (event.subject, event.body) == (player.answers[1].id, {"grade": 2})
            assert player.answers[1].grade is Grade.GOOD, "the row itself stays"
            assert [logged.grade for logged in player.store.answers()] == [Grade.GOOD, Grade.HARD]
            assert player.store.memory(ref) == outcomes[Grade.HARD]
            await player.press("backspace")
            assert player.store.memory(ref) is None, "undo takes it back whole"
            assert isinstance(player.study.view, Asking)
            assert player.study.view.item.ref == ref


class TestContrast:
    async def test_it_is_shown_once_it_was_answered_here(self, tmp_path: Path) -> None:
        pair = two_sided(sides=1, both=0)
        async with playing(tmp_path, pair, opening=Study((pair,))) as player:
            await player.answer(right=True)
            first = player.grading.item.card
            assert "Compare" not in player.text, "it would give the next answer away"
            await player.press("4")
            await player.answer(right=True)
            sign = "◆" if first.answer == "BPO" else "●"
            assert f"Compare {sign} {first.answer} {first.prompt}" in player.words

    async def test_it_is_shown_if_it_is_not_part_of_the_session(self, tmp_path: Path) -> None:
        pair = structs.replace(two_sided(sides=1, both=0), study=StudyDefaults(new_per_day=1))
        async with playing(tmp_path, pair, opening=Study((pair,))) as player:
            await player.answer(right=False)
            other = next(card for card in pair.cards if card != player.grading.item.card)
            assert other.prompt in player.words

    async def test_tab_shows_it_in_the_place_of_why_where_there_is_no_room(self, tmp_path: Path) -> None:
        pair = structs.replace(two_sided(sides=1, both=0), study=StudyDefaults(new_per_day=1))
        async with playing(tmp_path, pair, opening=Study((pair,)), size=(40, 15)) as player:
            await player.answer(right=False)
            card = player.grading.item.card
            other = next(other for other in pair.cards if other != card)
            why = player.text
            assert card.why in player.words
            assert "Compare" not in player.text
            await player.press("tab")
            assert "Compare" in player.text
            assert other.prompt in player.words
            assert card.why not in player.words
            await player.press("tab")
            assert player.text == why


class TestUndoing:
    async def test_as_often_as_wanted_also_on_the_summary(self, tmp_path: Path) -> None:
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS)) as player:
            first = player.question.prompt
            await player.press("space", "4")
            second = player.question.prompt
            await player.press("space", "4")
            assert isinstance(player.study.view, Finished)
            assert "Bksp Undo" in player.footer
            await player.press("backspace")
            assert player.question.prompt == second
            await player.press("backspace")
            assert player.question.prompt == first
            await player.press("backspace")
            assert player.question.prompt == first
            assert [logged.undone for logged in player.store.answers()] == [True, True]
            undone = [event.subject for event in player.events(EventType.UNDO)]
            assert undone == [logged.answer.id for logged in player.store.answers()][::-1]
            assert not player.store.memories(["flips"])
            await player.press("space", "4", "space", "4", "backspace")
            assert len(player.answers) == 1
            await player.press("escape")
            assert player.line("Today") == "▌ Today 0 due 1 new"


class TestAgain:
    async def test_it_comes_back_within_the_session(self, tmp_path: Path) -> None:
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS)) as player:
            missed = player.question.prompt
            await player.press("space", "1")
            asked = []
            while isinstance(player.study.view, Asking):
                asked.append(player.question.prompt)
                await player.press("space", "4")
            assert missed in asked
            assert "2 cards studied." in player.words
            assert "3 answers, 2 remembered, 1 to see again." in player.words

    async def test_a_card_that_waits_longer_is_named_on_the_summary(self, tmp_path: Path) -> None:
        clock = FakeClock()
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS), clock=clock) as player:
            while isinstance(player.study.view, Asking):
                await player.press("space", "3")
                clock.forward(2000)
            assert "2 cards studied." in player.words
            assert "4 answers, 4 remembered, 0 to see again." in player.words
            assert "Nothing due until Saturday." in player.words
            assert player.footer == "Bksp Undo ? Help Esc Home"
            (end,) = player.events(EventType.END)
            assert end.body == {"finished": True, "answers": 4}


class TestTyping:
    async def test_enter_answers(self, tmp_path: Path) -> None:
        async with playing(tmp_path, CAPITALS, opening=opened(CAPITALS)) as player:
            await player.press(*"pArIS", "enter")
            assert "✓ Right" in player.text
            await player.press("space")
            await player.press(*"is it ?", "enter")
            assert "✗ Wrong. It is Rome." in player.words
            assert "is it ?" in player.text, "what was typed stays to be read"
            assert [(answer.how, answer.given, answer.outcome) for answer in player.answers] == [
                (How.TYPED, "pArIS", Outcome.RIGHT),
                (How.TYPED, "is it ?", Outcome.WRONG),
            ]

    async def test_empty_enter_reveals_and_backspace_in_the_empty_line_undoes(self, tmp_path: Path) -> None:
        async with playing(tmp_path, CAPITALS, opening=opened(CAPITALS)) as player:
            await player.press("enter")
            assert "Paris" in player.text
            await player.press("backspace")
            assert "Paris" not in player.text
            await player.press("enter", "4")
            assert player.question.prompt == "Capital of Italy?"
            await player.press("x", "backspace")
            assert player.question.prompt == "Capital of Italy?", "there was something to rub out"
            player.app.time_offset += 60
            await player.press("backspace", "backspace")
            assert player.question.prompt == "Capital of Italy?", "held or not, it ran on"
            await player.press("enter", "backspace", "backspace")
            assert player.question.prompt == "Capital of France?", "the line is another one then"
            assert [logged.undone for logged in player.store.answers()] == [True]
            await player.press(*"Paris", "enter")
            assert "✓ Right" in player.text, "the line has the focus again"

    async def test_letters_that_are_keys_elsewhere_are_text(self, tmp_path: Path) -> None:
        async with playing(tmp_path, CAPITALS, opening=opened(CAPITALS)) as player:
            await player.press(*"1 ?tqp")
            assert "1 ?tqp" in player.text
            await player.press("f1")
            assert isinstance(player.app.screen, HelpScreen)
            await player.press("escape", "x")
            assert "1 ?tqpx" in player.text
            assert not player.answers

    async def test_a_typed_card_after_a_chosen_one_takes_the_focus(self, tmp_path: Path) -> None:
        mixed = deck(*CAPITALS.cards[:1], statement("s", "BPO"), *CAPITALS.cards[1:], id="mixed")
        async with playing(tmp_path, mixed, opening=Study((mixed,))) as player:
            while isinstance(player.study.view, Asking):
                await player.answer(right=True)
                await player.press("4")
            assert [answer.outcome for answer in player.answers] == [Outcome.RIGHT] * 3


class TestDeadTime:
    async def test_keys_typed_ahead_are_dropped(self, tmp_path: Path) -> None:
        async with playing(
            tmp_path, SIDES, opening=opened(SIDES), pace=structs.replace(STILL, dead=30)
        ) as player:
            before = player.text
            await player.press("b", "1", "space", "enter", "left", "x", "backspace")
            await player.pilot.click(Answers, offset=(34, 1))
            await player.settled()
            assert player.text == before
            player.app.time_offset += 31
            await player.press("b")
            assert len(player.answers) == 1
            await player.press("1", "space", "4")
            assert isinstance(player.study.view, Grading), "nor may a bounced key grade"
            assert not player.events(EventType.REGRADE)
            player.app.time_offset += 31
            await player.press("space")
            assert isinstance(player.study.view, Asking)
            await player.press("escape")
            assert isinstance(player.app.screen, HomeScreen), "Esc never is dead"

    async def test_a_key_pressed_twice_at_once_does_one_thing(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=opened(SIDES)) as player:
            player.post("1", "1")
            await player.settled()
            assert isinstance(player.study.view, Grading)
            assert len(player.answers) == 1
            player.post("space", "space", "space")
            await player.settled()
            assert isinstance(player.study.view, Asking)
            assert len(player.answers) == 1
            for given in range(2, 5):
                player.post("space", "b")
                await player.settled()
                assert len(player.answers) == given - (player.grading.judgement is None)
                await player.press("4")
                assert len(player.answers) == given

    async def test_in_a_typed_line_too(self, tmp_path: Path) -> None:
        async with playing(
            tmp_path, CAPITALS, opening=opened(CAPITALS), pace=structs.replace(STILL, dead=30)
        ) as player:
            await player.press("x", "enter")
            assert isinstance(player.study.view, Asking)
            player.app.time_offset += 31
            await player.press(*"Paris", "enter")
            assert [answer.given for answer in player.answers] == ["Paris"]


class TestLeaving:
    async def test_escape_leaves_and_nothing_is_lost(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("enter", "b", "escape")
            assert isinstance(player.app.screen, HomeScreen)
            assert len(player.answers) == 1
            (end,) = player.events(EventType.END)
            assert end.body == {"finished": False, "answers": 1}
            await player.press("enter", "escape")
            assert len(player.events(EventType.END)) == 1, "a session without an answer leaves no trace"


class TestSummary:
    async def test_nothing_due_says_when_and_offers_a_quiz_and_practice(self, tmp_path: Path) -> None:
        pair = two_sided(sides=1, both=0)
        async with playing(tmp_path, pair) as player:
            await player.press("down", "enter")
            for _ in range(2):
                await player.press("space", "4")
            assert player.line("Nothing due until").endswith(".")
            assert player.line("t starts") == "t starts a timed quiz, r practice without a clock."
            assert player.footer.startswith("t Timed quiz r Practice Bksp Undo")
            await player.press("escape", "enter")
            assert isinstance(player.study.view, Finished)
            assert "Nothing due until" in player.words
            await player.press("t")
            assert player.quiz_screen.setup.seconds == 60
            await player.press("escape")
            assert isinstance(player.app.screen, HomeScreen)
            await player.press("enter", "r")
            assert player.quiz_screen.setup.seconds is None


class TestLongText:
    async def test_pages_scroll_a_long_statement(self, tmp_path: Path) -> None:
        long = " ".join(f"word{n:03d}" for n in range(625))[:4990] + " the end."
        one = deck(statement(long, "BPO", why=long), id="long")
        async with playing(tmp_path, one, opening=Study((one,))) as player:
            assert "word000" in player.text
            assert "↓" in player.text
            assert "the end." not in player.text
            regions = player.regions
            await player.press("pagedown")
            assert "word000" not in player.text
            assert "↑" in player.text
            await player.press(*["pagedown"] * 25)
            assert "the end." in player.text
            assert "↓" not in player.text
            await player.press(*["pageup"] * 3)
            assert "the end." not in player.text
            await player.press("b")
            assert player.regions == regions
            await player.press(*["pagedown"] * 20)
            assert "the end." in player.text, "a long why scrolls too"


class TestPlaces:
    @pytest.mark.parametrize("size", SIZES)
    async def test_nothing_moves_between_question_and_answer(
        self, tmp_path: Path, size: tuple[int, int]
    ) -> None:
        cards = [
            statement("Short.", "BPO", why="Because."),
            statement("Long " * 40, "KPO", why="For a long reason. " * 20, aspect="a"),
            choice_card("Which of these many is it?", "an answer longer than eighteen", "b", "c", "d", "e"),
            *FLIPS.cards[:1],
            *CAPITALS.cards[:1],
        ]
        every = deck(*cards, id="every")
        async with playing(tmp_path, every, opening=Study((every,)), size=size) as player:
            for _ in cards:
                before = player.regions
                assert all(player.app.screen.region.contains_region(region) for region in before.values()), (
                    before
                )
                if player.question.typed:
                    await player.press("x", "enter")
                elif player.question.options:
                    await player.press("1")
                else:
                    await player.press("space")
                after = player.regions
                parts = ("Header", "Bar", "Front", "Rule", "Back", "Place", "Grades", "KeyFooter")
                assert {part: after[part] for part in parts} == {part: before[part] for part in parts}
                await player.press("4")


class TestBusyFile:
    async def test_it_is_named_the_answer_kept_and_written_when_it_is_free(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=opened(SIDES)) as player:
            await hold(player, tmp_path)

    async def test_a_busy_undo_is_done_when_it_is_free(self, tmp_path: Path) -> None:
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS)) as player:
            await player.press("space", "4")
            with closing(sqlite3.connect(tmp_path / "scores.db", isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                player.post("backspace")
                await player.until(lambda: "The scores file is busy." in player.words)
                assert len(player.answers) == 1
                other.execute("ROLLBACK")
                await player.settled()
            assert not player.answers
            assert len(player.events(EventType.UNDO)) == 1

    async def test_no_time_is_counted_while_the_program_is_suspended(self, tmp_path: Path) -> None:
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS)) as player:
            player.app.app_suspend_signal.publish(player.app)
            player.app.time_offset += 100
            player.app.app_resume_signal.publish(player.app)
            await player.press("space", "3")
            assert player.answers[0].ms < 50_000

    async def test_a_way_out_waits_until_the_answer_is_on_disk(self, tmp_path: Path) -> None:
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS)) as player:
            await player.press("space")
            with closing(sqlite3.connect(tmp_path / "scores.db", isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                player.post("3")
                await player.until(lambda: "busy" in player.words)
                player.post("escape")
                await player.until(lambda: True)
                assert not player.answers
                other.execute("ROLLBACK")
                await player.until(lambda: isinstance(player.app.screen, HomeScreen))
            assert len(player.answers) == 1


async def hold(player: Player, folder: Path) -> None:
    """Answer while another program holds the scores file."""
    with closing(sqlite3.connect(folder / "scores.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        player.post("b")
        await player.until(lambda: "The scores file is busy." in player.words)
        assert "Your last answer is kept here. Trying again; ^q gives up." in player.words
        assert not player.answers
        player.post("space", "1", "backspace")
        for _ in range(20):
            await player.until(lambda: True)
        assert isinstance(player.study.view, Grading), "keys are dead until the row is on disk"
        other.execute("ROLLBACK")
        await player.settled()
    assert [answer.given for answer in player.answers] == ["BPO"]
    assert "busy" not in player.words
    assert "✓ Right" in player.text or "✗ Wrong." in player.text
    await player.press("space")
    assert isinstance(player.study.view, Asking)
