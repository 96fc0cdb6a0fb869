"""`--plain`, by the command line with a pipe for its input: when it is taken, and home."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.cli.plain.lines import Lines
from tests.cli.conftest import SIDES, Run, Write

Answers = Callable[[], list[str]]


@pytest.fixture
def answers(run: Run) -> Answers:
    """What was given so far, by the log."""
    return lambda: [json.loads(line)["given"] for line in run("log", "--json").stdout.splitlines()]


class TestWhenItIsTaken:
    @pytest.mark.parametrize(
        "args", [["--plain", "study", "mine"], ["study", "--plain", "mine"], ["study", "mine", "--plain"]]
    )
    def test_the_option_stands_anywhere(
        self, run: Run, write: Write, args: list[str], answers: Answers
    ) -> None:
        write("mine.toml", SIDES)
        result = run(*args, typed="b\n\nk\n")
        assert result.exit_code == 0
        assert "1 of 3. Which side?\n" in result.stdout
        assert result.stderr == ""
        assert answers() == ["BPO", "KPO"]

    @pytest.mark.parametrize(
        ("args", "said"),
        [([], "Today. "), (["study", "mine"], "1 of 3."), (["quiz", "mine"], "Ready. 60 seconds.")],
    )
    def test_a_dumb_terminal_takes_it_by_itself(
        self, run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, args: list[str], said: str
    ) -> None:
        monkeypatch.setenv("TERM", "dumb")
        write("mine.toml", SIDES)
        result = run(*args)
        assert result.exit_code == 0
        assert said in result.stdout

    def test_no_other_terminal_does(self, run: Run) -> None:
        result = run("study", "bpo-or-kpo")
        assert result.exit_code == 2
        assert "--plain needs none" in result.stderr

    @pytest.mark.parametrize("args", [["--help"], ["study", "--help"], ["quiz", "--help"]])
    def test_the_help_names_it(self, run: Run, args: list[str]) -> None:
        assert "--plain" in run(*args).stdout

    def test_the_quizs_options_hold(self, run: Run, write: Write) -> None:
        write("mine.toml", SIDES)
        result = run("quiz", "mine", "--plain", "--seconds", "30", "--choices", "bpo,both", typed="\n")
        assert "Sprint.\nReady. 30 seconds. b BPO, o Both. Enter begins; ? helps.\n" in result.stdout
        assert "Practice.\nReady. No clock." in run("quiz", "mine", "--plain", "--mode", "practice").stdout

    def test_deck_files_are_among_the_decks(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "here" / "one.toml").write_text(SIDES)
        assert "Which side? 0 due, 3 new." in run("one.toml", "--plain").stdout

    def test_problems_of_settings_are_noted(self, run: Run, home: Path) -> None:
        home.mkdir()
        (home / "config.toml").write_text("them = 1\n")
        result = run("--plain")
        assert "1 problem in" in result.stderr
        assert "Today." in result.stdout

    def test_limits_of_the_config_file_hold(self, run: Run, write: Write, home: Path) -> None:
        write("mine.toml", SIDES)
        (home / "config.toml").write_text("[study]\nnew_per_day = 1\n")
        assert "1 of 1." in run("study", "mine", "--plain").stdout

    def test_a_scores_file_that_is_none_is_a_sentence(self, run: Run, home: Path) -> None:
        home.mkdir()
        (home / "scores.db").write_text("not a database, but a text long enough to be looked at")
        result = run("study", "bpo-or-kpo", "--plain")
        assert result.exit_code == 1
        assert "is not a scores file" in result.stderr

    def test_bytes_that_are_no_text_are_an_answer_like_any_other(
        self, run: Run, write: Write, answers: Answers
    ) -> None:
        write("typed.toml", '[[card]]\nquestion = "Which?"\nanswer = "x"\n')
        assert run("study", "typed", "--plain", typed=b"\xff\n").exit_code == 0
        assert answers() == ["\ufffd"]

    def test_a_tag_is_studied_alone(self, run: Run, write: Write) -> None:
        card = '[[card]]\nfront = "{}"\nback = "x"\ntags = ["{}"]\n'
        write("a.toml", card.format("A?", "y") + card.format("B?", "x"))
        result = run("study", "--tag", "X", "--plain", typed="\n4\n")
        assert "1 of 1. a\nB?\n" in result.stdout
        assert "1 card studied." in result.stdout

    def test_cram_asks_what_is_not_due(self, run: Run, write: Write) -> None:
        write("a.toml", '[[card]]\nfront = "A?"\nback = "a"\n')
        assert "1 card studied." in run("study", "a", "--plain", typed="\n4\n").stdout
        assert "A?" not in run("study", "a", "--plain").stdout
        assert "A?" in run("study", "a", "--cram", "--plain").stdout


class TestHome:
    @pytest.fixture(autouse=True)
    def decks(self, write: Write) -> None:
        write("a.toml", SIDES)
        write("b.toml", 'title = "Some words"\n[[card]]\nquestion = "A?"\nanswer = "a"\n')
        card = '[[card]]\nfront = "B?"\nback = "b"\ntags = ["easy"]\naspect = "who"\n'
        write("c.toml", f'title = "More words 1789"\n{card}')

    def test_it_lists_what_waits(self, run: Run) -> None:
        lines = run("--plain").stdout.splitlines()
        assert lines[1:5] == [
            "Today. 0 due, 51 new. About 19 minutes.",
            "1. Which side? 0 due, 3 new.",
            "2. Some words. 0 due, 1 new.",
            "3. More words 1789. 0 due, 1 new.",
        ]

    @pytest.mark.parametrize(
        ("line", "asked"),
        [
            ("", "1 of "),
            ("2", "1 of 1. Some words\n"),
            ("some", "1 of 1. Some words\n"),
            ("1789", "1 of 1. More words 1789\n"),
            ("q 1", "Which side? Sprint.\nReady."),
            ("Q1", "Which side? Sprint.\nReady."),
            ("q which", "Which side? Sprint.\nReady."),
            ("p 2", "Some words. Practice.\nReady."),
            ("words", "Several titles have that: 2, 3. Type a number."),
            ("q words", "Several titles have that: 2, 3. Type a number."),
            ("q 3", "other flip cards, and there is only one"),
            ("0", "No deck goes by that. ? helps."),
            ("99", "No deck goes by that. ? helps."),
            ("²", "No deck goes by that. ? helps."),
            ("9" * 5000, "No deck goes by that. ? helps."),
            ("quiz 1", "No deck goes by that. ? helps."),
            ("q", "A deck's number belongs to it: q 1."),
            ("?", "p and a number is a quiz without a clock."),
            (":nonsense", "There is no :nonsense here."),
            ("tag easy", "1 of 1. More words 1789\n"),
            ("TAG  Easy", "1 of 1. More words 1789\n"),
            ("tag esay", 'There is no tag "esay" here; did you mean "easy"? '),
            ("aspect who", "1 of 1. More words 1789\n"),
            ("tag", "No deck goes by that. ? helps."),
            ("undo", "There is nothing to undo."),
            ("catch", "Nothing waits."),
            ("?", "undo undoes the last answer, of any session."),
        ],
    )
    def test_a_line_is_a_deck_or_a_quiz(self, run: Run, line: str, asked: str) -> None:
        result = run("--plain", typed=f"{line}\n")
        assert result.exit_code == 0
        assert asked in result.stdout

    @pytest.mark.parametrize(
        ("line", "said"),
        [("quit", "\nToday. "), ("Quit", "\nToday. "), ("help", "Part of a title does where a number does.")],
    )
    def test_a_part_of_a_title_is_no_command(self, run: Run, write: Write, line: str, said: str) -> None:
        for name, title in (("d.toml", "Mosquitoes"), ("e.toml", "First helping")):
            write(name, f'title = "{title}"\n[[card]]\nquestion = "A?"\nanswer = "a"\n')
        text = "\n" + run("--plain", typed=f"{line}\nquit\n").stdout
        assert "1 of " not in text
        assert text.count(said) == 1

    @pytest.mark.parametrize("line", ["quit", "help"])
    def test_a_whole_title_comes_before_a_command(self, run: Run, write: Write, line: str) -> None:
        for name, title in (
            ("d.toml", "Mosquitoes"),
            ("e.toml", "Quit"),
            ("f.toml", "First helping"),
            ("g.toml", "Help"),
        ):
            write(name, f'title = "{title}"\n[[card]]\nquestion = "A?"\nanswer = "a"\n')
        assert f"1 of 1. {line.capitalize()}\n" in run("--plain", typed=f"{line}\n:quit\n").stdout

    def test_a_quiz_has_twice_the_time_if_that_is_set(self, run: Run, write: Write, home: Path) -> None:
        write("a.toml", SIDES.replace("[quiz]\n", '[quiz]\nmode = "survival"\n'))
        (home / "config.toml").write_text("[quiz]\ntwice_the_time = true\n")
        assert "Each card has its own time, twice the usual." in run("--plain", typed="q 1\n").stdout

    def test_flip_cards_are_asked_as_a_choice(self, run: Run, write: Write) -> None:
        flips = "".join(f'[[card]]\nfront = "{n}?"\nback = "{n}"\n' for n in (1, 2))
        write("c.toml", f'[quiz]\nmode = "exam"\ndistractors = true\n{flips}')
        assert "Exam.\nReady. 2 cards, 20 seconds." in run("--plain", typed="q 3\n").stdout

    def test_after_a_session_it_is_there_again_with_the_figures_of_now(self, run: Run) -> None:
        result = run("--plain", typed="2\na\n4\n\nquit\nnever read\n")
        assert "1 card studied." in result.stdout
        assert "2. Some words. 0 due, 0 new." in result.stdout
        assert result.stdout.count("\nToday. ") == 2

    def test_quit_in_a_session_comes_back_here(self, run: Run) -> None:
        result = run("--plain", typed="1\nb\n\nquit\nquit\n")
        assert result.stdout.count("\nToday. ") == 2
        assert "Ended after 1 answer. It is kept." in result.stdout


class TestLines:
    @staticmethod
    def said(text: str, columns: int | None) -> str:
        written: list[str] = []
        Lines(lambda: "", written.append, columns=lambda: columns).say(text)
        return "".join(written)

    def test_long_lines_are_wrapped_between_words(self) -> None:
        text = "one two three four five six seven eight " + "x" * 50
        assert self.said(text, 30) == ("one two three four five six\nseven eight\n" + "x" * 50 + "\n")
        assert self.said(text, None) == text + "\n"

    def test_lines_of_an_author_stay(self) -> None:
        assert self.said("one\n  two\n\nthree", 30) == "one\n  two\n\nthree\n"

    def test_a_narrow_terminal_gets_whole_words(self) -> None:
        assert self.said("one two three four five", 5) == "one two three four\nfive\n"
