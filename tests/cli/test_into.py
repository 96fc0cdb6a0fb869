"""`quizapp import --into`: cards into a deck that is there, and `quizapp imports undo` takes them out."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path

import pytest

from quizapp.deck.read import read_deck
from quizapp.scores.store import open_log
from tests.cli.conftest import SIDES, Run, Write
from tests.cli.test_packages import store, studied  # noqa: F401 - fixtures

DECK = 'title = "Spanish"\n\n[[card]]\nfront = "hola"  # greets\nback  = "hello"\n'
MORE = "front,back\nhola,hello\nadiós,goodbye\nhola,hi\n"
ADDED = DECK + '\n[[card]]\nfront = "adiós"\nback  = "goodbye"\n'


@pytest.fixture
def spanish(write: Write) -> Path:
    """A deck of a person's, and a table with more cards."""
    Path("more.csv").write_text(MORE, encoding="utf-8")
    return write("spanish.toml", DECK)


def answers(home: Path) -> int:
    with closing(open_log(home / "scores.db")) as log:
        return sum(not logged.undone for logged in log.answers())


class TestInto:
    def test_what_is_new_is_added_and_what_is_there_stays(self, run: Run, spanish: Path) -> None:
        result = run("import", "more.csv", "--into", "spanish")
        assert result.exit_code == 0, result.output
        assert spanish.read_text("utf-8") == ADDED
        assert '1 new card for "Spanish": 1 flip' in result.stdout
        assert "1 card is there already" in result.stdout
        assert "line 4: left out: its front is that of line 2, with another answer" in result.stdout
        assert 'Added 1 card to "Spanish", which has 2 cards now' in result.stdout
        again = run("import", "more.csv", "--into", "Spanish")
        assert again.exit_code == 0
        assert 'No new card for "Spanish"' in again.stdout
        assert "2 cards are there already" in again.stdout
        assert "Nothing was written" in again.stdout
        assert spanish.read_text("utf-8") == ADDED

    def test_a_dry_run_writes_nothing(self, run: Run, home: Path, spanish: Path) -> None:
        result = run("import", "more.csv", "--into", "spanish", "--dry-run")
        assert result.exit_code == 0
        assert "adiós  →  goodbye" in result.stdout
        assert "Nothing was written (--dry-run)" in result.stdout
        assert spanish.read_text("utf-8") == DECK
        assert not (home / "scores.db").exists()

    def test_it_is_taken_back_to_the_byte(self, run: Run, spanish: Path) -> None:
        run("import", "more.csv", "--into", "spanish")
        (found,) = json.loads(run("imports", "--json").stdout)
        assert (found["file"], found["decks"], found["added"], found["reviews"]) == (
            "more.csv", ["spanish"], 1, 0,
        )  # fmt: skip
        result = run("imports", "undo")
        assert result.exit_code == 0
        assert 'Undone: 1 added entry from "more.csv"' in result.stdout
        assert spanish.read_text("utf-8") == DECK
        assert "There is no import to undo" in run("imports", "undo").stderr

    def test_what_was_changed_since_stays(self, run: Run, spanish: Path) -> None:
        run("import", "more.csv", "--into", "spanish")
        changed = ADDED.replace("goodbye", "bye")
        spanish.write_text(changed, encoding="utf-8")
        assert "since changed: 1 added entry" in run("imports", "undo").stdout
        assert spanish.read_text("utf-8") == changed

    def test_a_file_that_is_gone_or_broken_is_said(self, run: Run, spanish: Path) -> None:
        run("import", "more.csv", "--into", "spanish")
        spanish.write_text("[[", encoding="utf-8")
        broken = run("imports", "undo")
        assert broken.exit_code == 1
        assert (
            "spanish.toml: The file has problems that keep it from being edited; mend them first"
            in broken.stderr
        )
        spanish.unlink()
        assert "No longer there:" in run("imports", "undo").stdout

    def test_a_deck_that_ships_is_copied_first(self, run: Run, home: Path) -> None:
        Path("more.csv").write_text("statement,answer\nOne more.,BPO\n", encoding="utf-8")
        foretold = run("import", "more.csv", "--into", "bpo-or-kpo", "--dry-run")
        assert f"your copy would be {home / 'decks' / 'bpo-or-kpo.toml'}" in foretold.stdout
        assert not (home / "decks").exists()
        result = run("import", "more.csv", "--into", "bpo-or-kpo")
        assert result.exit_code == 0, result.output
        assert "Your copy takes its place" in result.stderr
        deck, problems = read_deck(home / "decks" / "bpo-or-kpo.toml", deck_id="bpo-or-kpo")
        assert problems == []
        assert deck is not None
        assert deck.cards[-1].prompt == "One more."

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("more.csv", "statement,answer\nMore.,KPO\n"),
            ("more.json", '[{"statement": "More.", "answer": "KPO"}]'),
        ],
    )
    def test_statements_choose_from_the_choices_of_the_deck(
        self, run: Run, write: Write, name: str, text: str
    ) -> None:
        path = write("sides.toml", SIDES)
        Path(name).write_text(text, encoding="utf-8")
        result = run("import", name, "--into", "sides")
        assert result.exit_code == 0, result.output
        assert "not taken over" not in result.stdout
        assert path.read_text("utf-8") == SIDES + '\n[[card]]\nstatement = "More."\nanswer = "KPO"\n'

    def test_a_deck_is_meant_by_its_path_too(self, run: Run, spanish: Path) -> None:
        result = run("import", "more.csv", "--into", str(spanish))
        assert result.exit_code == 0, result.output
        assert spanish.read_text("utf-8") == ADDED
        run("imports", "undo")
        assert spanish.read_text("utf-8") == DECK

    @pytest.mark.parametrize(
        ("args", "code", "says"),
        [
            (("--into", "spanish", "--to", "x"), 2, "leave one of the two out"),
            (("--into", "spanihs"), 2, 'did you mean "spanish"?'),
            (("--into", "broken"), 1, "broken.toml: The file has problems"),
        ],
    )
    def test_what_is_wrong_is_one_sentence(
        self, run: Run, spanish: Path, write: Write, args: tuple[str, ...], code: int, says: str
    ) -> None:
        write("broken.toml", "[[")
        result = run("import", "more.csv", *args)
        assert (result.exit_code, says in result.stderr) == (code, True), result.stderr
        assert spanish.read_text("utf-8") == DECK

    def test_among_many_decks_too(self, run: Run, spanish: Path, write: Write) -> None:
        for number in range(12):
            write(f"other-{number}.toml", DECK)
        result = run("import", "more.csv", "--into", "spanihs")
        assert 'did you mean "Spanish"? To make one: quizapp new' in result.stderr

    def test_a_file_that_changed_meanwhile_is_left_alone(
        self, run: Run, spanish: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from quizapp.exchanging import joining

        bring = joining.bring_into

        def meanwhile(*args: object, **more: object) -> object:
            spanish.write_text(DECK + "# mine\n", encoding="utf-8")
            return bring(*args, **more)  # type: ignore[arg-type] # as they came

        monkeypatch.setattr(joining, "bring_into", meanwhile)
        result = run("import", "more.csv", "--into", "spanish")
        assert result.exit_code == 1
        assert "was changed meanwhile; nothing was written" in result.stderr
        assert spanish.read_text("utf-8") == DECK + "# mine\n"
        assert "No import" in run("imports").stderr


class TestPackages:
    def test_reviews_come_with_new_cards_and_with_those_that_are_the_same(
        self,
        run: Run,
        home: Path,
        studied: Path,  # noqa: F811 - a fixture
        write: Write,
    ) -> None:
        run("export", "mine", "mine.apkg")
        before = answers(home)
        head, first = SIDES.split("[[card]]")[:2]
        path = write("other.toml", f"{head}[[card]]{first.rstrip()}\n")
        had = path.read_text("utf-8")
        result = run("import", "mine.apkg", "--into", "other")
        assert result.exit_code == 0, result.output
        brought = answers(home) - before
        assert brought == before
        assert "1 card is there already" in result.stdout
        assert f"{brought} reviews of {brought} cards" in result.stdout
        assert "not taken over" not in result.stdout
        again = run("import", "mine.apkg", "--into", "other")
        assert "in the log already" in again.stderr
        assert answers(home) == before + brought
        assert run("imports", "undo", "1").exit_code == 0
        assert answers(home) == before
        assert path.read_text("utf-8") == had

    def test_what_was_answered_here_does_not_come_back_twice(
        self,
        run: Run,
        home: Path,
        studied: Path,  # noqa: F811 - a fixture
    ) -> None:
        run("export", "mine", "mine.apkg")
        before, had = answers(home), studied.read_text("utf-8")
        result = run("import", "mine.apkg", "--into", "mine")
        assert result.exit_code == 0, result.output
        assert "3 cards are there already" in result.stdout
        assert (answers(home), studied.read_text("utf-8")) == (before, had)

    def test_a_card_with_another_answer_gets_none(
        self,
        run: Run,
        home: Path,
        studied: Path,  # noqa: F811 - a fixture
        write: Write,
    ) -> None:
        run("export", "mine", "mine.apkg")
        write("other.toml", SIDES.replace('answer = "Both"', 'answer = "KPO"'))
        result = run("import", "mine.apkg", "--into", "other")
        lost = re.search(r"nid:[0-9]+: left out: its statement is that of card 3 of the deck", result.stdout)
        assert lost is not None, result.stdout
        assert 'whose answer is "KPO", not "Both"' in result.stdout
        assert "2 reviews of 2 cards" in result.stdout
        assert "1 review of cards that were not taken over" in result.stderr
        assert answers(home) == 5

    def test_flags_come_with_new_cards_only(
        self,
        run: Run,
        home: Path,
        studied: Path,  # noqa: F811 - a fixture
        write: Write,
    ) -> None:
        run("export", "mine", "mine.apkg")
        write("other.toml", SIDES)
        write("empty.toml", SIDES.partition("[[card]]")[0])
        assert run("import", "mine.apkg", "--into", "other").exit_code == 0
        assert run("import", "mine.apkg", "--into", "empty").exit_code == 0
        with closing(open_log(home / "scores.db")) as log:
            assert [mark.flagged for mark in log.marks(["other"]).values()] == []
            assert [mark.flagged for mark in log.marks(["empty"]).values()] == [True]

    def test_they_stay_away_if_it_is_said(
        self,
        run: Run,
        home: Path,
        studied: Path,  # noqa: F811 - a fixture
        write: Write,
    ) -> None:
        run("export", "mine", "mine.apkg")
        before = answers(home)
        write("other.toml", '[[card]]\nfront = "elsewhere"\nback = "x"\n')
        result = run("import", "mine.apkg", "--into", "other", "--no-history")
        assert result.exit_code == 0
        assert '"title"' not in result.stdout
        assert answers(home) == before
