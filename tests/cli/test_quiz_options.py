"""`quizapp quiz`: which quiz its options ask for, and what they can't ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quizapp.cli.quiz import MODES
from quizapp.learn.setup import Mode, QuizSetup
from quizapp.tui.opening import Quiz
from tests.cli.app import FakeApp, opening
from tests.cli.conftest import SIDES, Run, Write

FLIPS = """\
[quiz]
distractors = true

[[card]]
front = "one"
back = "un"

[[card]]
front = "two"
back = "deux"
"""
LOPSIDED = """\
title = "Lopsided"
choices = ["BPO", "KPO", "Both"]

[[card]]
statement = "a"
answer = "KPO"
"""


class TestQuizOptions:
    TWO = ("BPO", "KPO")

    @pytest.mark.parametrize(
        ("options", "setup"),
        [
            ([], QuizSetup(Mode.SPRINT, 60, TWO)),
            (["--seconds", "30"], QuizSetup(Mode.SPRINT, 30, TWO)),
            (["--mode", "Practice"], QuizSetup(Mode.PRACTICE, None, TWO)),
            (["--mode", "practice", "--cards", "2"], QuizSetup(Mode.PRACTICE, None, TWO, cards=2)),
            (["--mode", "exam"], QuizSetup(Mode.EXAM, 20, TWO, cards=2)),
            (["--mode", "exam", "--choices", "BPO,KPO,Both"], QuizSetup(Mode.EXAM, 30, cards=3)),
            (["--mode", "exam", "--cards", "1"], QuizSetup(Mode.EXAM, 10, TWO, cards=1)),
            (
                ["--mode", "exam", "--seconds", "36000", "--certainty"],
                QuizSetup(Mode.EXAM, 36_000, TWO, cards=2, certainty=True),
            ),
            (["--mode", "countdown"], QuizSetup(Mode.COUNTDOWN, None, TWO)),
            (
                ["--mode", "countdown", "--cards", "1", "--twice-the-time"],
                QuizSetup(Mode.COUNTDOWN, None, TWO, cards=1, pace=2.0),
            ),
            (["--mode", "survival"], QuizSetup(Mode.SURVIVAL, None, TWO)),
            (["--seed", "7"], QuizSetup(Mode.SPRINT, 60, TWO, seed=7)),
            (["--choices", "both, bpo"], QuizSetup(Mode.SPRINT, 60, ("BPO", "Both"))),
            (["--choices", "KPO,BPO"], QuizSetup(Mode.SPRINT, 60, TWO)),
            # All of them is no choice at all, so that its bests are those of the deck's whole quiz.
            (["--choices", "BPO,KPO,Both"], QuizSetup(Mode.SPRINT, 60)),
        ],
    )
    def test_they_make_the_quiz(
        self, run: Run, app: type[FakeApp], write: Write, options: list[str], setup: QuizSetup
    ) -> None:
        write("mine.toml", SIDES)
        assert run("quiz", "mine", *options).exit_code == 0
        assert opening(app) == Quiz(opening(app).deck, setup)

    @pytest.mark.parametrize(
        ("options", "setup"),
        [
            ([], QuizSetup(Mode.COUNTDOWN, None, TWO, cards=2)),
            (["--cards", "1"], QuizSetup(Mode.COUNTDOWN, None, TWO, cards=1)),
            (["--choices", "BPO,KPO,Both"], QuizSetup(Mode.COUNTDOWN, None, cards=3)),
            (["--mode", "sprint"], QuizSetup(Mode.SPRINT, 45, TWO)),
            (["--mode", "survival"], QuizSetup(Mode.SURVIVAL, None, TWO)),
            (["--mode", "practice"], QuizSetup(Mode.PRACTICE, None, TWO, cards=2)),
            (["--mode", "exam"], QuizSetup(Mode.EXAM, 20, TWO, cards=2)),
        ],
    )
    def test_the_decks_own_figures_hold_as_far_as_they_fit(
        self, run: Run, app: type[FakeApp], write: Write, options: list[str], setup: QuizSetup
    ) -> None:
        own = '[quiz]\nmode = "countdown"\ncards = 40\nseconds = 45\n'
        write("mine.toml", SIDES.replace("[quiz]\n", own))
        assert run("quiz", "mine", *options).exit_code == 0
        assert opening(app).setup == setup

    @pytest.mark.parametrize("usual", ["", 'mode = "sprint"\n', 'mode = "countdown"\n'])
    @pytest.mark.parametrize("mode", ["practice", "exam", "countdown"])
    def test_the_decks_cards_hold_in_each_mode_that_takes_a_number(
        self, run: Run, app: type[FakeApp], write: Write, usual: str, mode: str
    ) -> None:
        write("mine.toml", SIDES.replace("[quiz]\n", f"[quiz]\n{usual}cards = 1\n"))
        assert run("quiz", "mine", "--mode", mode).exit_code == 0
        assert opening(app).setup.cards == 1

    @pytest.mark.parametrize("setting", [True, False])
    def test_twice_the_time_is_as_set_unless_it_is_said(
        self, run: Run, app: type[FakeApp], write: Write, home: Path, setting: bool
    ) -> None:
        write("mine.toml", SIDES)
        (home / "config.toml").write_text(f"[quiz]\ntwice_the_time = {str(setting).lower()}\n")
        survival = ["quiz", "mine", "--mode", "survival"]
        for args in (
            survival,
            [*survival, "--twice-the-time"],
            [*survival, "--usual-time"],
            ["quiz", "mine"],
        ):
            assert run(*args).exit_code == 0
        usual = 2.0 if setting else 1.0
        assert [one.given["opening"].setup.pace for one in app.opened] == [usual, 2.0, 1.0, usual]
        # A sprint lasts as long as it says.
        assert app.opened[-1].given["opening"].setup.time == 60

    def test_how_it_was_last_does_not_count(
        self, run: Run, app: type[FakeApp], write: Write, home: Path
    ) -> None:
        write("mine.toml", SIDES)
        assert run("quiz", "mine", "--plain", "--mode", "survival", typed="\nb\n").exit_code == 0
        assert run("quiz", "mine").exit_code == 0
        assert opening(app).setup.mode is Mode.SPRINT

    def test_flip_cards_are_asked_with_each_others_backs(
        self, run: Run, app: type[FakeApp], write: Write
    ) -> None:
        write("flips.toml", FLIPS)
        assert run("quiz", "flips", "--mode", "exam").exit_code == 0
        assert opening(app).setup.cards == 2

    @pytest.mark.parametrize("mode", ["practice", "exam", "countdown"])
    def test_one_card_will_do_where_it_is_asked_once(
        self, run: Run, app: type[FakeApp], write: Write, mode: str
    ) -> None:
        write("one.toml", '[[card]]\nquestion = "a?"\nanswer = "b"\n')
        assert run("quiz", "one", "--mode", mode).exit_code == 0

    def test_the_help_names_every_mode(self, run: Run) -> None:
        assert tuple(mode.value for mode in Mode) == MODES
        said = run("quiz", "--help").stdout
        assert all(f"  {mode} " in said for mode in MODES)
        assert max(map(len, said.splitlines())) <= 80

    def test_the_decks_own_defaults_hold(self, run: Run, app: type[FakeApp], write: Write) -> None:
        swapped = SIDES.replace('choices = ["BPO", "KPO"]\n', 'choices = ["KPO", "BPO"]\nseconds = 90\n')
        write("mine.toml", swapped)
        assert run("quiz", "mine").exit_code == 0
        assert (opening(app).setup.seconds, opening(app).setup.choices) == (90, ("KPO", "BPO"))

    def test_the_decks_choices_by_name_are_its_own_quiz(
        self, run: Run, app: type[FakeApp], write: Write
    ) -> None:
        write("mine.toml", SIDES.replace('choices = ["BPO", "KPO"]\n', 'choices = ["KPO", "BPO"]\n'))
        assert run("quiz", "mine", "--choices", "bpo,kpo").exit_code == 0
        assert opening(app).setup.choices == ("KPO", "BPO")

    def test_a_choice_may_hold_a_comma_and_differ_by_case_alone(
        self, run: Run, app: type[FakeApp], write: Write
    ) -> None:
        text = 'choices = ["yes, always", "us", "US", "no"]\n'
        text += "".join(
            f'[[card]]\nstatement = "{n}"\nanswer = "{answer}"\n'
            for n, answer in enumerate(("yes, always", "US", "no"))
        )
        write("mine.toml", text)
        assert run("quiz", "mine", "--choices", "Yes, always,US").exit_code == 0
        assert opening(app).setup.choices == ("yes, always", "US")


class TestRefusals:
    """One sentence on stderr, exit code 2, and no app, no scores file; also without a terminal."""

    @pytest.fixture(autouse=True)
    def _nothing_happens(self, app: type[FakeApp], home: Path) -> Any:
        yield
        assert app.opened == []
        assert not (home / "scores.db").exists()

    @pytest.mark.parametrize("terminal", [True, False])
    @pytest.mark.parametrize(
        ("args", "said"),
        [
            ("mine --seconds 0", "A sprint lasts 1 to 3600 seconds, not 0; usual are 30, 60 and 120"),
            ("mine --seconds -1", "A sprint lasts 1 to 3600 seconds, not -1; usual are 30, 60 and 120"),
            ("mine --seconds 3601", "A sprint lasts 1 to 3600 seconds, not 3,601; usual are 30, 60 and 120"),
            (
                "mine --mode exam --seconds 36001",
                "An exam lasts 1 to 36000 seconds, not 36,001; usual are 10 for each card",
            ),
            (
                f"mine --seconds 1{'0' * 60}",
                "A sprint lasts 1 to 3600 seconds, not 1,000,000,000,000,000,000,000…; "
                "usual are 30, 60 and 120",
            ),
            (
                "mine --mode practice --seconds 9",
                "--seconds is for sprint and exam, not for practice; leave it out, or take --mode sprint",
            ),
            (
                "mine --mode countdown --seconds 9",
                "--seconds is for sprint and exam, not for countdown; leave it out, or take --mode sprint",
            ),
            (
                "own --seconds 9",
                "--seconds is for sprint and exam, not for survival; leave it out, or take --mode sprint",
            ),
            ("mine --mode exam --cards 0", "--cards is 1 or more, not 0"),
            ("mine --mode exam --cards -1", "--cards is 1 or more, not -1"),
            (
                "bpo-or-kpo --mode exam --cards 10000",
                "There are 28 cards to ask, equally many for each answer; "
                "10,000 are too many: take 28 at most",
            ),
            (
                "mine --cards 2",
                "--cards is for exam, practice and countdown, not for sprint; "
                "leave it out, or take --mode exam",
            ),
            (
                "mine --mode survival --cards 2",
                "--cards is for exam, practice and countdown, not for survival; "
                "leave it out, or take --mode exam",
            ),
            (
                "mine --certainty",
                "--certainty is for exam, not for sprint; leave it out, or take --mode exam",
            ),
            (
                "mine --twice-the-time",
                "--twice-the-time is for countdown, survival and exam, not for sprint; "
                "leave it out, or take --mode countdown",
            ),
            ("mine --seed 0", "--seed is a number from 1 to 2,147,483,647, not 0"),
            ("mine --seed 2147483648", "--seed is a number from 1 to 2,147,483,647, not 2,147,483,648"),
            (
                "mine --choices BOP,KPO",
                '"BOP" is not one of the deck\'s choices BPO, KPO, Both; did you mean "BPO"?',
            ),
            (
                "mine --choices BPO",
                "A quiz needs at least two choices in play; name two or more of BPO, KPO, Both",
            ),
            (
                "mine --choices bpo,BPO",
                "A quiz needs at least two choices in play; name two or more of BPO, KPO, Both",
            ),
            (
                "lopsided --choices BPO,Both",
                "\"Lopsided\" can't be quizzed: no card's answer is one of BPO, Both",
            ),
            ("flips --choices BPO,KPO", '"flips" has no choices; leave out --choices'),
            (
                "flips",
                '"flips" can\'t be quizzed: a quiz takes the wrong answers of a flip card '
                "from other flip cards, "
                "and there is only one: add some, or study it instead",
            ),
            (
                "apart",
                '"apart" can\'t be quizzed: a quiz takes the wrong answers of a flip card from others of its '
                "aspect, and these have no aspect: write distractors = true under [quiz] "
                "to take them from the "
                "whole deck, or study them instead",
            ),
            ("empty", '"empty" has no cards yet; to add one: quizapp add empty'),
            (
                "one",
                '"one" has 1 card to ask, and sprint would ask it again and again; take --mode practice',
            ),
            (
                "one --mode survival",
                '"one" has 1 card to ask, and survival would ask it again and again; take --mode practice',
            ),
            (
                "one --mode exam --cards 2",
                "There is 1 card to ask; 2 are too many: take 1 at most",
            ),
        ],
    )
    def test_each_quiz_that_cannot_be_says_why_and_what_to_do(
        self,
        run: Run,
        write: Write,
        monkeypatch: pytest.MonkeyPatch,
        args: str,
        said: str,
        terminal: bool,
    ) -> None:
        monkeypatch.setattr("quizapp.cli.screen.has_terminal", lambda: terminal)
        write("mine.toml", SIDES)
        write("own.toml", SIDES.replace("[quiz]\n", '[quiz]\nmode = "survival"\n'))
        write("lopsided.toml", LOPSIDED)
        write("one.toml", '[[card]]\nquestion = "a?"\nanswer = "b"\n')
        write("flips.toml", '[[card]]\nfront = "a"\nback = "b"\n')
        write("apart.toml", FLIPS.replace("distractors = true", ""))
        write("empty.toml", "")
        result = run("quiz", *args.split())
        assert result.exit_code == 2
        assert result.stderr.splitlines()[-1] == f"Error: {said}"
        assert result.stdout == ""
