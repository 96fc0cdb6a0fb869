"""The results of a quiz: every figure on them, and where they lead."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs
from textual import events
from textual.widgets import Digits, Static

from quizapp.deck.card import Deck
from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.record import EventType
from quizapp.tui.commands import Commands
from quizapp.tui.help import HelpScreen
from quizapp.tui.home import HomeScreen
from quizapp.tui.opening import Quiz
from quizapp.tui.results import ResultsScreen
from tests.builders import deck, statement, typed
from tests.quizzes import taken
from tests.tui.app import NO_HURRY, SIZES, STILL, Player, played, playing, two_sided

SIDES = two_sided()
SPRINT = Quiz(SIDES, QuizSetup(mode=Mode.SPRINT, seconds=60, choices=("BPO", "KPO")))


def practice(quizzed: Deck) -> Quiz:
    return Quiz(quizzed, QuizSetup(mode=Mode.PRACTICE, choices=quizzed.quiz.choices))


async def run(player: Player, answers: str, *, setup: QuizSetup = SPRINT.setup, seed: int = 99) -> None:
    """The results of a whole sprint."""
    sitting = played(player.app, SIDES, structs.replace(setup, seed=seed), answers)
    show = player.app.push_screen if isinstance(player.app.screen, HomeScreen) else player.app.switch_screen
    show(ResultsScreen(sitting.ended(), SIDES.cards))
    await player.settled()


async def show(player: Player, setup: QuizSetup, answers: str, *, certainty: str = "") -> None:
    """The results of a quiz in any mode."""
    sitting = taken(player.store, player.app.clock, SIDES, setup, answers, certainty=certainty)
    player.app.push_screen(ResultsScreen(sitting.ended(), SIDES.cards))
    await player.settled()


class TestSprint:
    async def test_the_figures(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await run(player, "++-+++++-+++")
            text = player.words
            assert "BPO or KPO? Sprint, 60 seconds 1 Jan, 10:00" in text
            assert "points" in text
            assert "▲ new best" in text
            assert "was" not in text.split("10 right")[0], "there was none before"
            assert "10 right − 2 wrong" in text
            assert "1.5 s median" in text
            assert "5 in a row" in text
            assert "1 too late" in text
            (kept,) = player.store.runs("sides")
            assert (kept.score, kept.asked, kept.right, kept.finished) == (8, 12, 10, True)
            (table,) = player.results.results.confusion
            rows = [" ".join(line.split()) for line in player.text.splitlines()]
            (b,) = [row for row in rows if row.startswith("◆ BPO") and "✓" in row]
            (k,) = [row for row in rows if row.startswith("● KPO") and "✓" in row]
            (bb, bk), (kb, kk) = table.counts
            assert b.startswith(f"◆ BPO {bb} ✓ {bk} ✗")
            assert k.startswith(f"● KPO {kb} ✗ {kk} ✓")
            assert bk + kb == 2

    async def test_the_missed_cards_with_what_was_said_what_it_is_and_why(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=SPRINT, size=(62, 50)) as player:
            await player.press("space")
            missed = []
            for right in (False, True, False):
                missed += [] if right else [player.question.card]
                await player.answer(right=right)
                await player.press("space")
            await player.press("escape", "escape")
            text = player.words
            assert "2 missed" in text
            for card in missed:
                given, sign = ("KPO", "◆") if card.answer == "BPO" else ("BPO", "●")
                other = "●" if sign == "◆" else "◆"
                assert f"✗ {card.prompt} you {other} {given} it is {sign} {card.answer} {card.why}" in text

    async def test_a_best_is_compared_with_the_ones_before(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await run(player, "+" * 11, seed=1)
            assert "▲ new best" in player.words
            assert "Last runs" not in player.words
            await run(player, "+" * 10 + "-", seed=2)
            assert "best 11" in player.words
            assert "new best" not in player.words
            await run(player, "+" * 12, seed=3)
            assert "▲ new best, was 11" in player.words
            assert "Last runs" in player.words
            await run(player, "+" * 13, seed=3)
            assert "new best" not in player.words, "its order was known"
            await run(player, "-" * 7 + "+" * 4, seed=4)
            assert "best 12" in player.words
            assert "−3" in player.words, "the chart says what this run came to"

    async def test_what_makes_no_best(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await run(player, "++")
            assert "Nothing missed." in player.words
            assert "A best needs 10 answers." in player.words
            assert "Drill" not in player.footer
            await player.press("d")
            assert isinstance(player.app.screen, ResultsScreen)
            await run(player, "+-" * 5, seed=2)
            assert "A best needs more than half right." in player.words

    async def test_three_choices_cost_half_a_point_each(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await run(player, "+-++", setup=QuizSetup(mode=Mode.SPRINT, seconds=60))
            assert "3 right, 1 wrong" in player.words
            assert player.results.run.score == 2.5


class TestModes:
    async def test_an_exam_is_knowledge_with_what_was_right_beside_it(self, tmp_path: Path) -> None:
        setup = QuizSetup(mode=Mode.EXAM, seconds=100, cards=12, choices=("BPO", "KPO"))
        async with playing(tmp_path, SIDES, size=(80, 50)) as player:
            await show(player, setup, "++-++n-+++")
            text = player.words
            assert "Exam, 12 cards, 100 seconds" in text
            assert "knowledge" in text
            assert "58 % right (32–81 %)" in text
            assert "7 right, 2 wrong, 3 skipped" in text
            assert "▲ new best" in text
            assert "too late" not in text
            assert "2 missed" in text
            assert "3 without an answer · This is" in text

    async def test_an_exam_is_not_shown_below_zero(self, tmp_path: Path) -> None:
        setup = QuizSetup(mode=Mode.EXAM, seconds=100, cards=10, choices=("BPO", "KPO"))
        async with playing(tmp_path, SIDES) as player:
            await show(player, setup, "+---------")
            assert player.results.run.score == -80
            assert player.results.query_one(Digits).value == "0"
            assert "A best needs more than half right." in player.words

    async def test_the_unit_beside_the_score_is_that_of_its_number(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            for answers, score in (("-", -1), ("+", 1), ("--", -2)):
                await run(player, answers)
                assert player.results.run.score == score
                said = str(player.results.query_one("#score-words", Static).render()).split("\n")[0]
                assert said == ("points" if score == -2 else "point")

    async def test_certainty_has_points_and_no_best(self, tmp_path: Path) -> None:
        setup = QuizSetup(mode=Mode.EXAM, seconds=100, cards=10, choices=("BPO", "KPO"), certainty=True)
        async with playing(tmp_path, SIDES, size=(80, 50)) as player:
            await show(player, setup, "+-++-+++++", certainty="1333113333")
            text = player.words
            assert "It earns no best." in text
            assert "14 certainty" in text
            assert "14 points for how sure you were, of at most 30" in text
            assert "2 missed the sure ones first" in text
            wrong = [row for row in player.answers if row.outcome == "wrong"]
            prompts = {card.key: card.prompt for card in SIDES.cards}
            sure, guessed = (prompts[row.card] for row in wrong)
            lines = player.words
            assert lines.index(sure[:18]) < lines.index(guessed[:18])

    async def test_a_countdown_names_what_ran_out_of_time(self, tmp_path: Path) -> None:
        setup = QuizSetup(mode=Mode.COUNTDOWN, cards=6, choices=("BPO", "KPO"))
        async with playing(tmp_path, SIDES, size=(80, 50)) as player:
            await show(player, setup, "+t-+t+")
            assert "3 right, 1 wrong, 2 out of time" in player.words
            assert "2 without an answer" in player.words
            assert "points" in player.words

    async def test_survival_counts_right_answers(self, tmp_path: Path) -> None:
        setup = QuizSetup(mode=Mode.SURVIVAL, choices=("BPO", "KPO"))
        async with playing(tmp_path, SIDES) as player:
            await show(player, setup, "++-+--")
            assert player.results.query_one(Digits).value == "3"
            assert player.line("A best needs 10 answers.").endswith("2 in a row")
            assert "3 right, 3 wrong" in player.words


class TestMissed:
    async def test_the_quick_ones_come_first(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, size=(80, 50)) as player:
            await show(player, SPRINT.setup, "+-+q+")
            slow, quick = (row.card for row in player.answers if row.outcome == "wrong")
            assert [one.card for one in player.results.ended.mistakes()] == [quick, slow]
            assert "2 missed the quick ones first" in player.words

    async def test_a_contrast_stands_beside_its_card_or_below_it(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await show(player, SPRINT.setup, "+-+")
            (missed,) = player.results.results.missed
            (card,) = [card for card in SIDES.cards if card.key == missed.card]
            sign = "● KPO" if card.answer == "BPO" else "◆ BPO"
            assert (
                player.line("✗ This is about")
                == f"✗ {player.line('✗ This')[2:].split(' Compare')[0]} Compare {sign}"
            )
            await player.pilot.resize_terminal(62, 40)
            await player.settled()
            assert f"{card.why} Compare {sign} {card.prompt[:19]}" in player.words

    async def test_a_drill_that_is_left_offers_all_of_it_again(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await run(player, "---+")
            missed = {one.card for one in player.results.results.missed}
            await player.press("d", "space")
            await player.answer(right=False)
            await player.press("space", "escape", "escape")
            assert {card.key for card in player.results.to_drill} == missed
            assert "1 missed" in player.words
            assert "2 missed cards not drilled yet." in player.words
            await player.press("d", "space")
            first = player.question.card.key
            await player.answer(right=True)
            await player.press("space", "escape", "escape")
            assert {card.key for card in player.results.to_drill} == missed - {first}
            assert "Nothing missed. 2 missed cards not drilled yet." in player.words

    async def test_the_menu_drills_and_clears_what_was_missed(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            sessions = player.app.sessions
            assert [one for one in await menu(player) if "missed" in one] == []
            await show(player, QuizSetup(mode=Mode.PRACTICE), "---------")
            await player.press("escape")
            missed = {ref.card for ref in player.store.missed()}
            assert [one for one in await menu(player) if "missed" in one] == [
                "Drill what was missed: BPO or KPO?",
                "Clear what was missed: BPO or KPO?",
            ]
            sessions.drill_missed(SIDES)
            await player.settled()
            assert {card.key for card in player.quiz_screen.cards} == missed
            assert player.quiz_screen.setup.drill
            await player.press("escape")
            sessions.forget_missed(SIDES)
            await player.until(lambda: "The missed cards of" in player.words)
            assert [one for one in await menu(player) if "missed" in one] == []

    async def test_a_drill_asks_with_every_choice_that_a_missed_card_needs(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            both = tuple(card for card in SIDES.cards if card.answer == "Both")
            taken(player.store, player.app.clock, SIDES, QuizSetup(mode=Mode.PRACTICE), "-", cards=both)
            player.app.sessions.drill_missed(SIDES)
            await player.settled()
            await player.press("space")
            assert [option.text for option in player.question.options] == ["BPO", "KPO", "Both"]


async def menu(player: Player) -> list[str]:
    """What the menu offers by name."""
    commands = Commands(player.app.screen)
    await commands.startup()
    return [command.name for command in commands._commands()]


class TestTable:
    @pytest.mark.parametrize(("width", "form"), [(80, "named"), (40, "pairs")])
    async def test_nine_choices(self, tmp_path: Path, width: int, form: str) -> None:
        names = tuple(f"Choice {n}" for n in range(1, 10))
        many = deck(*(statement(f"Card {n}", name, choices=names) for n, name in enumerate(names)), id="many")
        async with playing(tmp_path, many, size=(width, 50)) as player:
            sitting = taken(player.store, player.app.clock, many, QuizSetup(mode=Mode.PRACTICE), "+-+++++++")
            player.app.push_screen(ResultsScreen(sitting.ended(), many.cards))
            await player.settled()
            if form == "named":
                assert "you said" in player.words
                assert player.line("◇ Choice 9").count("✗") == 8, "a cell each, none cut"
            else:
                assert "you said" in player.line("1 ✗")
            assert max(map(len, player.text.splitlines())) <= width


class TestEnd:
    async def test_the_last_quiz_with_an_answer(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            sessions = player.app.sessions
            assert sessions.last_quiz() is None
            await player.press("t", "space")
            await player.answer(right=True)
            await player.press("escape", "escape", "enter", "space", "escape", "escape")
            ended = sessions.last_quiz()
            assert ended is not None
            assert (ended.run.asked, ended.run.finished) == (1, False)


class TestWays:
    async def test_enter_runs_the_same_quiz_again(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("t", "f9", "down", "right", "enter", "space")
            await player.answer(right=True)
            await player.press("escape", "escape", "enter")
            assert player.quiz_screen.setup.seconds == 90
            assert player.quiz_screen.setup.choices == ("BPO", "KPO")
            await player.press("space")
            seeds = [event.body["seed"] for event in player.events(EventType.START)]
            assert len(set(seeds)) == 2, "in an order of its own"
            await player.press("escape", "escape")
            assert isinstance(player.app.screen, HomeScreen)

    async def test_d_drills_the_missed_cards_only(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await run(player, "-+-+-")
            missed = {one.card for one in player.results.results.missed}
            assert len(missed) == 3
            before = len(player.answers)
            await player.press("d")
            assert "Drill" in player.text
            assert "F7" not in player.text, "the missed cards are what they are"
            assert "F9" not in player.text
            await player.press("f7", "f9", "space")
            asked = set()
            while not isinstance(player.app.screen, ResultsScreen):
                asked.add(player.question.card.key)
                assert [option.text for option in player.question.options] == ["BPO", "KPO"]
                await player.answer(right=True)
                await player.press("space")
            assert asked == missed
            assert len(player.answers) == before + 3
            assert "best" not in player.words
            assert "Drill" in player.text.splitlines()[1]
            assert [run.drill for run in player.store.runs("sides")] == [False, True]

    async def test_c_copies_a_few_lines(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await run(player, "++-")
            await player.press("c")
            copied = player.app.clipboard.splitlines()
            assert copied == [
                "BPO or KPO?",
                "Sprint, 60 seconds, 2026-01-01",
                "1 point: 2 right, 1 wrong, 67 % right",
                "✓✓✗",
                "Median time 1.5 s",
            ]
            await player.until(lambda: "Copied" in player.words)

    async def test_help_and_home(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await run(player, "+-")
            await player.press("question_mark")
            assert isinstance(player.app.screen, HelpScreen)
            assert "Help: results" in player.text
            await player.press("escape", "escape")
            assert isinstance(player.app.screen, HomeScreen)

    async def test_keys_typed_ahead_do_not_start_another_run(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=SPRINT) as player:
            await player.press("space")
            await player.answer(right=False)
            ahead = [events.Key(key, None) for key in ("enter", "d", "c")]
            await player.press("escape", "escape")
            for key in ahead:
                player.app.post_message(key)
            await player.settled()
            assert isinstance(player.app.screen, ResultsScreen)
            assert len(player.events(EventType.START)) == 1

    async def test_keys_are_dead_for_a_while_but_not_escape(self, tmp_path: Path) -> None:
        pace = structs.replace(STILL, dead=10)
        async with playing(tmp_path, SIDES, opening=SPRINT, pace=pace) as player:
            for key in ("space", "b"):
                player.app.time_offset += 11
                await player.press(key)
            await player.press("escape", "escape")
            assert isinstance(player.app.screen, ResultsScreen)
            await player.press("enter", "d", "c")
            assert isinstance(player.app.screen, ResultsScreen)
            await player.press("escape")
            assert isinstance(player.app.screen, HomeScreen)


async def practised(player: Player) -> None:
    """A whole practice, with the first card missed once."""
    await player.press("space")
    await player.answer(right=False)
    await player.go_on()
    while not isinstance(player.app.screen, ResultsScreen):
        await player.answer(right=True)
        await player.go_on()


class TestPractice:
    async def test_per_cent_of_the_first_answers(self, tmp_path: Path) -> None:
        few = deck(statement("a", "BPO"), statement("b", "KPO"), typed("c?", "see"), id="few")
        async with playing(tmp_path, few, opening=practice(few), pace=NO_HURRY) as player:
            await practised(player)
            assert player.results.run.score == pytest.approx(200 / 3)
            text = player.words
            assert "% right" in text
            assert "2 right, 1 wrong" in text
            assert "too late" not in text
            assert "1 missed" in text
            await player.press("enter")
            await practised(player)
            labels = [line.split() for line in player.text.splitlines() if "66." in line]
            assert [line[-1] for line in labels] == ["66.7"], "the chart's label is rounded"


async def shown(player: Player) -> str:
    """The words on the screen, which goes on by some lines then."""
    text = player.words
    await player.press(*["down"] * 6)
    return text


class TestSizes:
    async def test_narrow_scrolls_to_all_that_was_missed(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, size=SIZES[0]) as player:
            await run(player, "---" + "+" * 14)
            last = player.results.results.missed[-1]
            (card,) = [card for card in SIDES.cards if card.key == last.card]
            assert "3 missed ↓" in player.words
            words = player.results.query_one("#score-words").region
            side = player.results.query_one("#score-side").region
            assert not words.overlaps(side)
            assert words.right + 1 < side.x or words.bottom <= side.y, "figures do not touch"
            digits = player.results.query_one(Digits).region
            assert (digits.width, digits.height) == (6, 3), "both digits of 11"
            assert "14 right − 3 wrong" in player.line("wrong")
            assert card.why not in player.words
            assert card.why in " ".join([await shown(player) for _ in range(8)])
            assert "↓" not in player.text
            await player.press(*["up"] * 40)
            assert "points" in player.words

    async def test_wide_has_the_missed_cards_on_the_right(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, size=SIZES[2]) as player:
            await run(player, "--+")
            figures = player.results.query_one("#figures").region
            missed = player.results.query_one("#missed").region
            assert figures.right < missed.x
            assert abs(figures.y - missed.y) <= 1
            assert "Compare" in player.text
