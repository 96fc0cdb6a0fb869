"""One card at the prompt: what is said and logged, and when nothing is."""

from __future__ import annotations

import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs

from quizapp.cli import glance, main
from quizapp.cli.plain.one import PlainOne, due_one
from quizapp.deck.card import Deck
from quizapp.record import Memory, Ref, State
from quizapp.scores.store import open_store
from tests.builders import START_MS, FakeClock, deck, flip, statement, typed
from tests.cli.conftest import SIDES, Run, Write
from tests.cli.plain import Meet, Person, Said

REVIEW = Memory(State.REVIEW, None, 30.0, 5.0, 1, "2025-12-01", None, "2026-01-01", 2)
STATEMENT = deck(statement("Anyone can do it.", "BPO", why="It is easy."))
FLIP = deck(structs.replace(flip("What is it for?", "Cutting costs"), why="They say so."))
TYPED = deck(typed("What does K stand for?", "knowledge"))


def one(meet: Meet, asked: Deck, *script: Said | tuple[float, Said], quiet: bool = False) -> Person:
    """A person to whom all cards of a deck are due, and who is asked one."""
    person = meet(asked).types(*script)
    person.store.append([], memories={Ref(asked.id, card.key): REVIEW for card in asked.cards})
    due = due_one(person.desk, [asked])
    assert due is not None
    PlainOne(person.desk, due, quiet=quiet).run()
    return person


class TestACard:
    def test_an_answer_is_judged_in_one_line_and_grades_itself(self, meet: Meet) -> None:
        person = one(meet, STATEMENT, (2.5, "b"), "never read")
        assert person.text == (
            "\n"
            "D. 1 due. Ctrl+C leaves.\n"
            "Anyone can do it.\n"
            "b BPO, k KPO, o Both\n"
            "Right. Comes again in 49 days.\n"
            "It is easy.\n"
        )
        assert person.given() == [("BPO", "right", 3, False)]
        assert person.ended() == [True]
        assert [row.answer.ms for row in person.store.answers()] == [2500]

    def test_a_wrong_one_comes_again_soon_but_not_here(self, meet: Meet) -> None:
        person = one(meet, TYPED, "dunno", "never read")
        assert person.last[2:] == [
            "What does K stand for?",
            "Type the answer.",
            "Wrong. It is knowledge. Comes again in 10 minutes.",
        ]
        assert person.given() == [("dunno", "wrong", 1, False)]

    def test_a_flip_is_graded(self, meet: Meet) -> None:
        person = one(meet, FLIP, "", "5", "2", "never read")
        assert person.last[3:6] == ["Enter shows the answer.", "Cutting costs", "They say so."]
        assert person.last[6].startswith("Enter: Good, ")
        assert person.last[7:] == ["Type 1, 2, 3 or 4, or Enter alone. ? helps."]
        assert person.given() == [("", "right", 2, False)]

    def test_what_is_no_answer_is_asked_again(self, meet: Meet) -> None:
        person = one(meet, STATEMENT, "ls", "?", ":undo", "k")
        assert person.text.count("Type b, k or o. Enter shows the answer. ? helps.") == 2
        assert "quit or Ctrl+C leaves." in person.last
        assert "There is no :undo here." in person.text
        assert person.given() == [("KPO", "wrong", 1, False)]


class TestQuiet:
    @pytest.mark.parametrize(
        ("asked", "script", "text"),
        [
            (STATEMENT, ["k"], "Anyone can do it.\nb BPO, k KPO, o Both\nWrong. It is BPO.\n"),
            (TYPED, ["knowledge"], "What does K stand for?\nRight.\n"),
            (FLIP, ["", "3"], "What is it for?\nCutting costs\n"),
        ],
    )
    def test_only_the_question_and_the_verdict_are_said(
        self, meet: Meet, asked: Deck, script: list[str], text: str
    ) -> None:
        person = one(meet, asked, *script, quiet=True)
        assert person.text == text
        assert len(person.given()) == 1


class TestLeaving:
    @pytest.mark.parametrize("way", ["^C", "quit", (0.0, "")])
    @pytest.mark.parametrize("before", [[], [""]])
    def test_without_an_answer_nothing_is_logged(
        self, meet: Meet, way: str | tuple[float, str], before: list[str]
    ) -> None:
        person = one(meet, STATEMENT, *before, way, "never read")
        assert person.given() == []
        assert person.ended() == []
        assert person.store.memory(Ref("d", STATEMENT.cards[0].key)) == REVIEW
        # Ctrl+C has the line that the terminal put ^C into to itself.
        assert person.text.endswith("\n")

    def test_from_a_busy_file_the_answer_is_waited_for_until_ctrl_c(
        self, meet: Meet, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def hold(person: Person) -> str:
            other.execute("BEGIN IMMEDIATE")
            return "b"

        def interrupt(seconds: float) -> None:
            raise KeyboardInterrupt

        person = meet(STATEMENT).types(hold)
        person.store.append([], memories={Ref("d", STATEMENT.cards[0].key): REVIEW})
        person.desk.lines.sleep = interrupt
        due = due_one(person.desk, [STATEMENT])
        assert due is not None
        with closing(sqlite3.connect(person.store.path, isolation_level=None)) as other:
            PlainOne(person.desk, due, quiet=True).run()
        assert "The scores file is busy." in person.text
        assert "the last answer may be missing" in capsys.readouterr().err


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed and said is a terminal's, and nothing is typed ahead."""
    monkeypatch.setattr("quizapp.cli.glance.has_terminal", lambda: True)
    monkeypatch.setattr("quizapp.cli.one.has_terminal", lambda: True)
    monkeypatch.setattr("quizapp.cli.plain.one._drop_typed_ahead", lambda: None)


def studied(home: Path, run: Run) -> None:
    """A card of the deck `sides` that fell due long ago."""
    run("--plain", "study", "sides", typed="b\n")
    with closing(sqlite3.connect(home / "scores.db")) as db, db:
        db.execute("UPDATE memory SET due_ms = 0")


class TestTheCommand:
    @pytest.fixture(autouse=True)
    def sides(self, write: Write) -> None:
        write("sides.toml", SIDES)

    def test_without_a_terminal_it_says_and_reads_nothing(self, home: Path, run: Run) -> None:
        studied(home, run)
        result = run("one", typed="b\n")
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")

    @pytest.mark.usefixtures("terminal")
    def test_a_due_card_is_asked_and_the_answer_kept(self, home: Path, run: Run) -> None:
        studied(home, run)
        result = run("one", "--deck", "Which side?", typed="b\n")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.startswith("\nWhich side? 1 due. Ctrl+C leaves.\n")
        assert "Right. Comes again in" in result.stdout
        assert run("log").stdout.count("sides") == 2

    @pytest.mark.usefixtures("terminal")
    def test_what_is_due_in_all_decks_is_not_said_of_one(self, home: Path, run: Run) -> None:
        studied(home, run)
        result = run("one", typed="b\n")
        assert result.stdout.startswith("\nWhich side? 1 due in all decks. Ctrl+C leaves.\n")

    @pytest.mark.usefixtures("terminal")
    def test_without_a_scores_file_none_is_made(self, home: Path, run: Run) -> None:
        result = run("one", "--deck", "sides")
        assert (result.exit_code, result.output) == (0, "")
        assert not (home / "scores.db").exists()

    @pytest.mark.usefixtures("terminal")
    def test_with_nothing_due_of_the_deck_it_says_nothing(self, home: Path, run: Run, write: Write) -> None:
        studied(home, run)
        write("more.toml", SIDES)
        assert run("one", "--deck", "more").output == ""

    @pytest.mark.usefixtures("terminal")
    def test_problems_of_settings_are_named_but_not_quietly(self, home: Path, run: Run) -> None:
        studied(home, run)
        (home / "config.toml").write_text("theme = 7\n")
        assert (
            run("one", typed="").stderr == f"1 problem in {home}/config.toml; to see them: quizapp settings\n"
        )
        assert run("one", "-q", typed="").stderr == ""

    @pytest.mark.usefixtures("terminal")
    def test_a_deck_that_is_not_there_is_the_command_s_fault(self, home: Path, run: Run) -> None:
        studied(home, run)
        result = run("one", "--deck", "side")
        assert result.exit_code == 2
        assert 'did you mean "sides"?' in result.stderr

    @pytest.mark.usefixtures("terminal")
    @pytest.mark.parametrize("fault", ["newer", "damaged"])
    def test_a_scores_file_that_can_t_be_used_is_one_line_and_no_failure(
        self, home: Path, run: Run, fault: str
    ) -> None:
        studied(home, run)
        if fault == "newer":
            with closing(sqlite3.connect(home / "scores.db")) as db:
                db.execute("PRAGMA user_version = 99")
        else:
            (home / "scores.db").write_bytes(b"no database")
        before = (home / "scores.db").read_bytes()
        result = run("one")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.count("\n") == 1
        assert "It was left untouched." in result.stderr
        assert (home / "scores.db").read_bytes() == before

    @pytest.mark.usefixtures("terminal")
    def test_a_busy_scores_file_holds_no_shell_up(self, home: Path, run: Run) -> None:
        studied(home, run)
        with closing(sqlite3.connect(home / "scores.db", isolation_level=None)) as db:
            # Where there is no write-ahead log, whoever writes keeps readers out.
            db.execute("PRAGMA journal_mode = DELETE")
            db.execute("BEGIN EXCLUSIVE")
            started = time.monotonic()
            result = run("one")
            assert time.monotonic() - started < 4
        assert (result.exit_code, result.stdout) == (0, "")
        assert "is busy" in result.stderr

    @pytest.mark.usefixtures("terminal")
    def test_ctrl_c_before_the_question_is_silent(
        self, home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        studied(home, run)
        monkeypatch.setattr("quizapp.cli.plain.one.open_scores", interrupted)
        result = run("one")
        assert (result.exit_code, result.output) == (0, "")


class TestAGlance:
    @pytest.mark.parametrize(
        ("arguments", "deck"),
        [
            ([], ""),
            (["-q"], ""),
            (["--quiet", "--deck", "verbs"], "verbs"),
            (["--deck", "verbs", "-q"], "verbs"),
            (["--deck"], None),
            (["--help"], None),
            (["--deck=verbs"], None),
            (["--decks", "folder"], None),
            (["verbs"], None),
        ],
    )
    def test_only_plain_arguments_are_understood(self, arguments: list[str], deck: str | None) -> None:
        assert glance.deck_of(arguments) == deck

    @pytest.mark.usefixtures("terminal")
    @pytest.mark.parametrize(
        ("config", "hour", "nothing"),
        [
            ("", 3, True),
            ("", 4, False),
            ("[study]\nretention = 0.8", 3, True),
            # Until the setting is read, its day may have begun.
            ("[study]\nrollover = 6", 0, False),
        ],
    )
    def test_a_day_begins_at_its_hour(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, config: str, hour: int, nothing: bool
    ) -> None:
        monkeypatch.setattr("quizapp.cli.glance.local_offset", lambda _: 0)
        midnight = START_MS - 10 * 3_600_000
        monkeypatch.setattr(
            "quizapp.cli.glance.time.time_ns", lambda: (midnight + hour * 3_600_000) * 1_000_000
        )
        with closing(open_store(home / "scores.db", now_ms=FakeClock().now_ms)) as store:
            store.append([], memories={Ref("d", "0" * 32): REVIEW})
        (home / "config.toml").write_text(config)
        assert glance.nothing_to_ask([]) is nothing

    @pytest.mark.usefixtures("home")
    def test_without_a_terminal_there_is_nothing_to_ask(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", None)
        assert glance.nothing_to_ask([])
        assert not glance.nothing_to_ask(["--help"])

    @pytest.mark.usefixtures("home", "terminal")
    def test_with_nothing_to_ask_the_program_ends_at_once(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "argv", ["quizapp", "one"])
        main()
        assert capsys.readouterr() == ("", "")
