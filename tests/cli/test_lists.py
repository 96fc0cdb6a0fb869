"""`quizapp decks`, `check`, `log`, `paths` and `doctor`: results on stdout, all else on stderr."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from quizapp.cli.output import width
from quizapp.learn.judge import Chosen, Written
from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.record import Grade
from quizapp.scores.migrations import VERSION
from quizapp.scores.store import Store, open_store
from quizapp.sitting import quiz, study
from tests.builders import FakeClock, deck, flip, statement, typed
from tests.cli.conftest import SIDES, Run, Write

DECK = deck(statement("Anyone can do it.", "BPO"), statement("Few can do it.", "KPO"), id="mine")
SHIPPED = {"bpo-or-kpo", "bpo-kpo-terms", "quizapp-keys"}


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    clock = FakeClock()
    with closing(open_store(home / "scores.db", now_ms=clock.now_ms)) as store:
        yield store


def answer(store: Store, *texts: str | int) -> None:
    """A study session that gives these answers: places of options."""
    sitting = study(store, FakeClock(), [DECK], Random(1))
    sitting.start()
    for text in texts:
        sitting.answer(Chosen(int(text)), 1234)
        sitting.grade(Grade.GOOD, 0)


class TestDecks:
    def test_each_deck_has_its_figures(self, run: Run, write: Write) -> None:
        path = write("mine.toml", SIDES + '\n[[card]]\nstatement = "x"\nanswer = "?"\n')
        result = run("decks", "--json")
        assert result.exit_code == 0
        (mine,) = [row for row in json.loads(result.stdout) if row["id"] == "mine"]
        assert mine == {
            "id": "mine",
            "title": "Which side?",
            "path": str(path),
            "cards": 3,
            "due": 0,
            "new": 3,
            "problems": 1,
            "hides": [],
        }
        assert "1 problem in 1 file; to see them: quizapp check" in result.stderr

    def test_answers_make_new_cards_due(self, run: Run, write: Write, store: Store) -> None:
        write("mine.toml", SIDES)
        answer(store, 0)
        (mine,) = [row for row in json.loads(run("decks", "--json").stdout) if row["id"] == "mine"]
        assert (mine["due"], mine["new"]) == (1, 2)

    def test_the_table_lines_up(self, run: Run, write: Write) -> None:
        write("mine.toml", SIDES.replace("Which side?", "哪一边？"))
        result = run("decks")
        head, *rows = result.stdout.splitlines()
        assert head.split() == ["ID", "TITLE", "CARDS", "DUE", "NEW", "TODAY", "PROBLEMS", "FILE"]
        (mine,) = [row for row in rows if row.startswith("mine")]
        # Four wide characters take four cells more than they are characters.
        assert mine.index("3", mine.index("？")) == head.index("CARDS") + len("CARDS") - 1 - 4
        assert result.stderr == ""

    @pytest.mark.parametrize("cells", [500, 80, 60, 44])
    def test_at_a_terminal_the_table_fits(
        self, run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, cells: int
    ) -> None:
        monkeypatch.setattr("quizapp.cli.output.columns", lambda _: cells)
        write("langs/spanish/irregular-verbs.toml", SIDES.replace("Which side?", "Irregular verbs " * 3))
        result = run("decks")
        assert max(map(width, result.stdout.splitlines())) <= cells
        assert ("FILE" in result.stdout) is (cells == 500)
        assert ("langs/spanish/irregular-verbs" if cells >= 80 else "langs/") in result.stdout
        assert "DUE  NEW TODAY" in result.stdout

    def test_files_are_there_when_they_are_asked_for(
        self, run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("quizapp.cli.output.columns", lambda _: 44)
        path = write("mine.toml", SIDES)
        shown = run("decks", "--paths").stdout.replace("~", str(Path.home()))
        (row,) = [line for line in shown.splitlines() if line.startswith("mine")]
        assert row.endswith(str(path))

    def test_problems_are_left_out_last(
        self, run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("quizapp.cli.output.columns", lambda _: 60)
        assert "PROBLEMS" not in run("decks").stdout
        write("mine.toml", "titel = 1")
        assert "PROBLEMS" in run("decks").stdout

    def test_of_two_with_the_same_id_the_one_that_is_used_is_named(self, run: Run, write: Write) -> None:
        mine = write("bpo-or-kpo.toml", SIDES)
        result = run("decks")
        assert "bpo-or-kpo: " in result.stdout
        assert f"{mine} is used, not " in result.stdout.replace("~", str(Path.home()))
        rows = {row["id"]: row for row in json.loads(run("decks", "--json").stdout)}
        assert rows["bpo-or-kpo"]["title"] == "Which side?"
        assert [Path(path).name for path in rows["bpo-or-kpo"]["hides"]] == ["bpo-or-kpo.toml"]

    def test_the_decks_that_ship_are_always_there(self, run: Run) -> None:
        assert {row["id"] for row in json.loads(run("decks", "--json").stdout)} == SHIPPED

    def test_it_makes_no_scores_file(self, run: Run, home: Path) -> None:
        run("decks")
        assert not home.exists()

    def test_a_scores_file_of_a_newer_program_is_named(self, run: Run, home: Path, store: Store) -> None:
        store.close()
        with closing(sqlite3.connect(home / "scores.db")) as db:
            db.execute("PRAGMA user_version = 999")
        before = (home / "scores.db").read_bytes()
        result = run("decks")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "newer quizapp" in result.stderr
        assert (home / "scores.db").read_bytes() == before


class TestCheck:
    def test_good_decks_exit_with_zero_and_print_nothing(self, run: Run, write: Write) -> None:
        write("mine.toml", SIDES)
        result = run("check")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "4 decks, " in result.stderr
        assert result.stderr.endswith(" cards: no problems\n")

    def test_a_problem_has_its_place_and_remedy(self, run: Run, write: Write) -> None:
        write("mine.toml", SIDES.replace('answer = "KPO"', 'answer = "KOP"'))
        result = run("check")
        assert result.exit_code == 1
        assert "mine.toml:13:" in result.stdout
        assert 'did you mean "KPO"?' in result.stdout
        assert result.stderr.endswith("1 problem\n")

    def test_paths_are_checked_alone(self, run: Run, write: Write, tmp_path: Path) -> None:
        write("mine.toml", "nonsense")
        (tmp_path / "folder" / "sub").mkdir(parents=True)
        (tmp_path / "folder" / "sub" / "good.toml").write_text(SIDES)
        (tmp_path / "bad.toml").write_text("titel = 'x'")
        good = run("check", tmp_path / "folder")
        assert (good.exit_code, good.stdout, good.stderr) == (0, "", "1 deck, 3 cards: no problems\n")
        both = run("check", tmp_path / "folder", tmp_path / "bad.toml", "--json")
        assert both.exit_code == 1
        (problem,) = json.loads(both.stdout)
        assert problem["path"].endswith("bad.toml")
        assert (problem["line"], problem["column"], problem["card"]) == (1, 1, None)
        assert problem["remedy"] == 'did you mean "title"?'

    def test_a_path_that_is_not_there_is_a_problem(self, run: Run) -> None:
        result = run("check", "nowhere.toml")
        assert (result.exit_code, result.stdout) == (1, "nowhere.toml: there is no such file\n")

    def test_a_name_that_no_file_can_have_is_a_problem(self, run: Run) -> None:
        result = run("check", "x" * 5000)
        assert result.exit_code == 1
        assert result.stderr == "0 decks, 0 cards: 1 problem\n"

    def test_escapes_and_markup_are_shown_as_written(self, run: Run, write: Write) -> None:
        path = write("[red]x\x1b[31m.toml", '"\\u001b]0;x\\u0007[/foo]" = 1')
        for args in (["check"], ["check", str(path)], ["check", "--json"], ["decks"], ["decks", "--json"]):
            result = run(*args)
            assert "[red]x" in result.output
            assert not {"\x1b", "\x07"} & set(result.output)


class TestLog:
    def test_json_has_all_that_is_kept_and_what_counts_now(self, run: Run, store: Store) -> None:
        sitting = study(store, FakeClock(), [DECK], Random(1))
        sitting.start()
        sitting.answer(Chosen(0), 1234)
        sitting.grade(Grade.EASY, 0)
        sitting.answer(Chosen(0), 99)
        sitting.undo()
        result = run("log", "--json")
        first, second = map(json.loads, result.stdout.splitlines())
        assert (first["deck"], first["ms"], first["k"], first["given"]) == ("mine", 1234, 3, "BPO")
        assert (first["how"], first["outcome"] in {"right", "wrong"}) == ("chosen", True)
        assert (first["grade"], first["undone"]) == (Grade.EASY, False)
        assert second["undone"] is True
        assert result.stderr == ""

    def test_the_table_names_the_card_and_the_answer(self, run: Run, write: Write, store: Store) -> None:
        write("mine.toml", SIDES)
        sitting = study(store, FakeClock(), [DECK], Random(1))
        sitting.start()
        sitting.answer(Chosen(2), 1234)
        sitting.undo()
        head, row = run("log").stdout.splitlines()
        assert head.startswith("TIME")
        assert row.startswith("2026-01-01 10:00  mine")
        assert "✗ wrong" in row
        assert " again " in row
        assert "1.2" in row
        assert "can do it." in row
        assert row.endswith("Both (undone)")
        assert row.index("✗") == head.index("OUTCOME")
        assert row.index("Both") == head.index("ANSWER GIVEN")

    def test_a_card_that_is_gone_is_still_listed(self, run: Run, store: Store) -> None:
        answer(store, 0)
        assert "(statement " in run("log").stdout

    def test_what_was_typed_can_do_no_harm(self, run: Run, store: Store) -> None:
        given = "\x1b]0;x\x07 [red] \x9b31m \u202e"
        cards = deck(typed("What?", "that"), flip("a", "b"), id="d")
        sitting = quiz(store, FakeClock(), cards, cards.cards, QuizSetup(Mode.PRACTICE))
        sitting.begin()
        sitting.session.painted(0)
        sitting.answer(Written(given), 1)
        table, lines = run("log").stdout, run("log", "--json").stdout
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(table + lines)
        assert "[red]" in table
        assert json.loads(lines)["given"] == given
        assert json.loads(lines)["grade"] is None

    def test_without_answers_it_says_so(self, run: Run) -> None:
        result = run("log")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "no answers yet" in result.stderr


class TestPaths:
    def test_it_names_them_and_whether_they_exist(self, run: Run, home: Path, write: Write) -> None:
        write("mine.toml", SIDES)
        rows = [line.split() for line in run("--decks", ".", "paths").stdout.splitlines()]
        assert ["decks", "yes", str(home / "decks")] in rows
        assert ["scores", "no", str(home / "scores.db")] in rows
        assert ["settings", "no", str(home / "config.toml")] in rows
        assert ["drafts", "no", str(home / "drafts")] in rows
        assert rows[-4][:3] == ["shipped", "decks", "yes"]
        assert rows[1] == ["decks", "of", "--decks", "yes", "."]


class TestDoctor:
    def test_a_sound_file(self, run: Run, store: Store) -> None:
        answer(store, 0, 1)
        sitting = study(store, FakeClock(), [DECK], Random(1))
        sitting.start()
        sitting.answer(Chosen(0), 1)
        sitting.undo()
        result = run("doctor")
        assert (result.exit_code, result.stderr) == (0, "")
        said = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
        assert said["integrity"] == "sound"
        assert said["answers"] == "3, 1 of them undone"
        assert said["memories"] == "2"
        assert said["format"].startswith(f"{VERSION}, SQLite 3.")
        assert "write-ahead log" in said["file"]

    def test_rebuild_finds_nothing_to_do_or_sets_it_right(self, run: Run, store: Store, home: Path) -> None:
        answer(store, 0, 1)
        assert "rebuilt    nothing changed" in run("doctor", "--rebuild").stdout
        with closing(sqlite3.connect(home / "scores.db")) as db:
            before = db.execute("SELECT * FROM memory").fetchall()
            db.execute("UPDATE memory SET stability = 99.0")
            db.commit()
            assert "and are right now" in run("doctor", "--rebuild").stdout
            assert db.execute("SELECT * FROM memory").fetchall() == before

    def test_faults_that_sqlite_finds_are_listed(self, run: Run, store: Store, home: Path) -> None:
        answer(store, 0, 1)
        store.close()
        path = home / "scores.db"
        # The day stands in the answers' table and in an index: one of them is made to say otherwise.
        head, tail = path.read_bytes().split(b"2026-01-01", 1)
        damaged = head + b"2026-01-09" + tail
        path.write_bytes(damaged)
        result = run("doctor", "--rebuild")
        assert result.exit_code == 1
        assert "missing from index" in result.stdout
        assert "is damaged" in result.stderr
        assert "rebuilt" not in result.stdout
        assert path.read_bytes() == damaged

    def test_a_file_that_cannot_be_read_through_is_named(self, run: Run, store: Store, home: Path) -> None:
        answer(store, 0, 1)
        store.close()
        path = home / "scores.db"
        damaged = path.read_bytes()[:8192]
        path.write_bytes(damaged)
        result = run("doctor")
        assert (result.exit_code, result.stdout) == (1, "")
        assert str(path) in result.stderr
        assert path.read_bytes() == damaged

    def test_without_a_file_none_is_made(self, run: Run, home: Path) -> None:
        result = run("doctor", "--rebuild")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "no scores file yet" in result.stderr
        assert not home.exists()


@pytest.mark.parametrize("command", ["decks", "log", "doctor"])
def test_a_file_that_is_no_database_is_named_and_left(run: Run, home: Path, command: str) -> None:
    home.mkdir()
    (home / "scores.db").write_text("not a database")
    result = run(command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "is not a scores file" in result.stderr
    assert (home / "scores.db").read_text() == "not a database"


def test_ctrl_c_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("quizapp.cli.decks.library", interrupted)
    result = run("decks")
    assert (result.exit_code, result.output) == (130, "")
