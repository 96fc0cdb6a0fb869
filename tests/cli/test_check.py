"""`quizapp check`: the line that a problem is about, and hints."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import SIDES, Run, Write

GIVEN_AWAY = """\
[[card]]
question = "What is it for?"
answer = "Cutting the costs of everything that is done"
wrong = ["Speed", "Prestige"]
"""
HINT = "card 1: the answer is much longer (44) than the longest wrong one (8 characters); " + (
    "make them about as long"
)


def write_at(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


class TestTheLine:
    def test_it_stands_below_each_problem(self, run: Run) -> None:
        write_at(Path("my.toml"), SIDES.replace('answer = "KPO"', '\tanswer = "KOP"') + "[quiz]\nx = 1\n")
        assert run("check", "my.toml").stdout.splitlines() == [
            'my.toml:13:2: card 2: answer "KOP" is not one of the choices BPO, KPO, Both; '
            'did you mean "KPO"?',
            '  13 |     answer = "KOP"',
            "     |     ^",
            "my.toml:18:1: [quiz] stands twice; make one of them",
            "  18 | [quiz]",
            "     | ^",
        ]

    def test_a_library_has_them_too_by_whatever_name_its_files_are_shown(
        self, run: Run, write: Write, tmp_path: Path
    ) -> None:
        write("a.toml", "titel = 1")
        folder = tmp_path / "more"
        folder.mkdir()
        write_at(folder / "b.toml", "titel = 2")
        (folder / "c.toml").write_bytes(b"title = '\xff'")
        for args in (["check", "--decks", folder], ["check", folder, tmp_path / "home" / "decks"]):
            shown = run(*args).stdout
            assert "\n  1 | titel = 1\n    | ^\n" in shown
            assert "\n  1 | titel = 2\n    | ^\n" in shown
            assert "\n  1 | title = '\ufffd'\n    |          ^\n" in shown

    def test_it_is_cut_to_the_width_of_the_terminal(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "44")
        write_at(Path("my.toml"), f'title = "{"x" * 100}" y')
        _, line, caret = run("check", "my.toml").stdout.splitlines()
        assert (line, caret) == ("  1 | …" + "x" * 33 + '" y', "    | " + " " * 36 + "^")

    def test_what_it_shows_is_safe(self, run: Run) -> None:
        write_at(Path("my.toml"), "titel = '''\n[red]'''\nx = \"\x1b[2J\"\n")
        shown = run("check", "my.toml").stdout
        assert '  3 | x = "␛[2J"\n    |      ^\n' in shown
        assert "\x1b" not in shown

    def test_a_problem_without_a_place_has_none(self, run: Run) -> None:
        assert run("check", ".").stdout == ""
        assert run("check", "x.toml").stdout == "x.toml: there is no such file\n"


class TestHints:
    def test_they_are_shown_and_counted_and_do_not_fail(self, run: Run) -> None:
        write_at(Path("my.toml"), GIVEN_AWAY)
        result = run("check", "my.toml")
        assert (result.exit_code, result.stderr) == (0, "1 deck, 1 card: no problems, 1 hint\n")
        assert result.stdout.splitlines() == [
            f"my.toml:3:1: hint: {HINT}",
            '  3 | answer = "Cutting the costs of everything that is done"',
            "    | ^",
        ]

    def test_strict_lets_them_count(self, run: Run) -> None:
        write_at(Path("my.toml"), GIVEN_AWAY)
        write_at(Path("good.toml"), SIDES)
        assert run("check", "--strict", "my.toml").exit_code == 1
        assert run("check", "--strict", "good.toml").exit_code == 0

    def test_json_tells_them_from_problems(self, run: Run) -> None:
        write_at(Path("hint.toml"), GIVEN_AWAY)
        write_at(Path("problem.toml"), "titel = 1")
        result = run("check", "--json", "hint.toml", "problem.toml")
        assert result.exit_code == 1
        problem, hint = json.loads(result.stdout)
        assert (problem["path"], problem["kind"]) == ("problem.toml", "problem")
        assert (hint["path"], hint["kind"], hint["line"], hint["column"], hint["card"]) == (
            *("hint.toml", "hint", 3, 1, 1),
        )
        assert f"card 1: {hint['message']}; {hint['remedy']}" == HINT

    def test_a_deck_with_a_problem_gets_them_when_it_is_mended(self, run: Run) -> None:
        write_at(Path("my.toml"), "titel = 1\n" + GIVEN_AWAY)
        result = run("check", "my.toml")
        assert "hint" not in result.output

    def test_two_decks_with_the_same_name_are_told_apart(self, run: Run) -> None:
        for name, answer in (("one", "Bern"), ("two", "Paris")):
            Path(name).mkdir()
            write_at(Path(name, "x.toml"), f'[[card]]\nfront = "Capital?"\nback = "{answer}"\n')
        (line, *_) = run("check", "one/x.toml", "two").stdout.splitlines()
        assert line == (
            "two/x.toml:2:1: hint: card 1: the front is also in one/x.toml, card 1, with the answer "
            '"Bern"; say more in one of them, or mend one answer'
        )

    def test_a_deck_given_twice_is_no_other_deck(self, run: Run) -> None:
        write_at(Path("my.toml"), SIDES)
        assert run("check", "--strict", "my.toml", "my.toml").exit_code == 0

    def test_the_shipped_decks_give_none(self, run: Run) -> None:
        result = run("check", "--strict")
        assert (result.exit_code, result.stdout) == (0, "")


class TestNames:
    """A deck is named as everywhere: by its id, its title or its path."""

    @pytest.mark.parametrize("name", ["mine", "Which side?", "which side?", "decks/mine.toml"])
    def test_a_deck_by_any_of_its_names(self, run: Run, write: Write, home: Path, name: str) -> None:
        path = write("mine.toml", SIDES.replace('"KPO"\n\n[[card]]', '"KOP"\n\n[[card]]'))
        write("other.toml", "titel = 1")
        result = run("check", home / name if name.endswith(".toml") else name)
        assert result.exit_code == 1
        assert result.stderr == "1 deck, 2 cards: 1 problem\n"
        assert result.stdout.replace("~", str(Path.home())).startswith(f"{path}:13:1: card 2: ")
        assert '\n  13 | answer = "KOP"\n' in result.stdout

    def test_a_deck_that_can_t_be_read(self, run: Run, write: Write) -> None:
        write("mine.toml", "").write_bytes(b"caf\xe9 = 1\n")
        result = run("check", "mine")
        assert (result.exit_code, result.stderr) == (1, "0 decks, 0 cards: 1 problem\n")
        assert "not UTF-8" in result.stdout

    def test_of_a_further_folder(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "more").mkdir()
        write_at(tmp_path / "more" / "extra.toml", SIDES)
        result = run("check", "--decks", tmp_path / "more", "extra")
        assert (result.exit_code, result.stderr) == (0, "1 deck, 3 cards: no problems\n")

    def test_a_folder_or_file_of_that_name_comes_first(self, run: Run, write: Write) -> None:
        write("mine.toml", "titel = 1")
        write("yours.toml", "titel = 1")
        Path("mine").mkdir()
        write_at(Path("yours"), SIDES)
        assert run("check", "mine").stderr == "0 decks, 0 cards: no problems\n"
        assert run("check", "yours").stderr == "1 deck, 3 cards: no problems\n"

    def test_one_that_is_unknown_is_said_with_the_nearest(self, run: Run, write: Write) -> None:
        write("mine.toml", SIDES)
        result = run("check", "mien", "mine")
        assert (result.exit_code, result.stderr) == (1, "1 deck, 3 cards: 1 problem\n")
        assert result.stdout.startswith('mien: there is no deck "mien"; did you mean "mine"?')


@pytest.mark.parametrize("name", ["words.csv", "words.apkg", "my words.MD"])
def test_another_programs_file_is_no_deck(run: Run, name: str) -> None:
    Path(name).write_text("front,back\na,b\n", encoding="utf-8")
    remedy = f"to make one of it: quizapp import {shlex.quote(name)}"
    checked = run("check", name)
    assert checked.exit_code == 1
    assert checked.stdout == f"{name}: this is no deck; {remedy}\n"
    for command in ("study", "quiz", "edit"):
        result = run(command, name)
        assert (result.exit_code, remedy in result.stderr) == (2, True), result.stderr


class TestWithoutCards:
    def test_that_is_a_hint(self, run: Run, write: Write) -> None:
        write_at(Path("u.toml"), 'title = "U"\n')
        assert run("check", "u.toml").exit_code == 0
        result = run("check", "--strict", "u.toml")
        assert result.exit_code == 1
        assert result.stdout.startswith("u.toml:1:1: hint: the deck has no cards yet; ")

    def test_study_says_how_to_add_one_and_that_works(self, run: Run, write: Write) -> None:
        write("my deck.toml", "")
        result = run("study", "my deck")
        assert result.exit_code == 2
        assert result.stderr.endswith("has no cards yet; to add one: quizapp add 'my deck'\n")
        assert run("add", "my deck", "--front", "a", "--back", "b").exit_code == 0
        assert run("check", "--strict", "my deck").exit_code == 0

    def test_and_where_they_have_problems_that_check_names_these(self, run: Run, write: Write) -> None:
        write("mine.toml", '[[card]]\nfront = "x"\n')
        assert run("study", "mine").stderr.endswith("has no cards to study; see: quizapp check mine\n")
        assert run("check", "mine").exit_code == 1
