"""`quizapp check`: the line that a problem is about, and hints."""

from __future__ import annotations

import json
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
