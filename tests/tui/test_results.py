"""The results of a quiz: every figure on them, and where they lead."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs
from textual import events
from textual.widgets import Digits

from quizapp.deck.card import Deck
from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.record import EventType
from quizapp.tui.help import HelpScreen
from quizapp.tui.home import HomeScreen
from quizapp.tui.opening import Quiz
from quizapp.tui.results import ResultsScreen
from tests.builders import deck, statement, typed
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
            await run(player, "+-" * 5)
            assert "A best needs more than half right." in player.words

    async def test_three_choices_cost_half_a_point_each(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await run(player, "+-++", setup=QuizSetup(mode=Mode.SPRINT, seconds=60))
            assert "3 right, 1 wrong" in player.words
            assert player.results.run.score == 2.5


class TestWays:
    async def test_enter_runs_the_same_quiz_again(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("t", "f9", "space")
            await player.answer(right=True)
            await player.press("escape", "escape", "enter")
            assert player.quiz_screen.setup.seconds == 120
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
