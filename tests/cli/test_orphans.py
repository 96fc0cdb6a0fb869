"""`quizapp orphans`: histories without a card."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from quizapp.caches import rebuild
from quizapp.record import EventType
from tests.cli.conftest import Run
from tests.histories import Learner, typed

IRAN = typed("Capital of Iran?", "Tehran")
IRAQ = typed("Capital of Iraq?", "Baghdad")
HOUSE = typed("What is a house in Spanish?", "casa")


@pytest.fixture
def me(home: Path) -> Iterator[Learner]:
    home.mkdir()
    me = Learner(home, "decks")
    with me.closing():
        yield me


@pytest.fixture
def replaced(me: Learner) -> Learner:
    """Iran was studied, and Iraq is in its place; so is another card that looks like nothing."""
    me.write("geo", IRAN, HOUSE)
    me.study("geo")
    me.write("geo", IRAQ, typed("Who painted the Mona Lisa?", "Leonardo"))
    return me


class TestList:
    def test_without_any_it_says_so(self, me: Learner, run: Run) -> None:
        me.write("geo", IRAN)
        me.study("geo")
        result = run("orphans")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "Every history has its card." in result.stderr
        assert run("orphans", "--json").stdout == "[]\n"

    def test_it_needs_no_scores_file_and_makes_none(self, home: Path, run: Run) -> None:
        assert run("orphans").exit_code == 0
        assert not home.exists()

    def test_each_is_named_with_what_is_known_of_it(self, replaced: Learner, run: Run) -> None:
        head, *rows, perhaps = [" ".join(line.split()) for line in run("orphans").stdout.splitlines()]
        assert head == "NO DECK CARD ANSWER ANSWERS LAST DUE"
        assert [row.split()[0] for row in rows] == ["1", "2"]
        assert sorted(row[2:] for row in rows) == [
            "geo Capital of Iran? Tehran 2 2026-01-01 2026-01-03",
            "geo What is a house in Spanish? casa 2 2026-01-01 2026-01-03",
        ]
        number = number_of(rows, "Iran?")
        assert perhaps == (
            f'{number} may be "Capital of Iraq?" in geo; if so: quizapp orphans attach {number}'
        )
        assert replaced.store.events(EventType.REKEY) == []

    def test_as_json(self, replaced: Learner, run: Run) -> None:
        found = {one["prompt"]: one for one in json.loads(run("orphans", "--json").stdout)}
        one = found["Capital of Iran?"]
        assert (one["deck"], one["kind"], one["answer"], one["answers"]) == ("geo", "typed", "Tehran", 2)
        assert (one["last_day"], one["due_day"], one["certain"]) == ("2026-01-01", "2026-01-03", False)
        assert [each["prompt"] for each in one["perhaps"]] == ["Capital of Iraq?"]
        assert one["stability"] > 0
        assert found["What is a house in Spanish?"]["perhaps"] == []

    def test_what_is_certain_is_said_to_be(self, me: Learner, run: Run) -> None:
        me.write("geo", HOUSE)
        me.study("geo")
        me.write("geo", HOUSE.replace("?", "??"))
        assert "it is carried over when quizapp is opened next" in run("orphans").stdout

    def test_a_deck_of_another_folder_is_none(self, me: Learner, run: Run) -> None:
        me.write("../mine/geo", IRAN)
        me.study(library=me.library(me.folder / "mine"))
        me.write("other", HOUSE)
        assert run("orphans").stdout == ""


def number_of(lines: Sequence[str], prompt: str) -> str:
    (found,) = [line.split()[0] for line in lines if prompt in line and "may be" not in line]
    return found


class TestAttach:
    def test_to_what_it_looks_like(self, replaced: Learner, run: Run) -> None:
        number = number_of(run("orphans").stdout.splitlines(), "Iran?")
        result = run("orphans", "attach", number)
        assert result.exit_code == 0, result.stderr
        assert result.stdout.splitlines() == [
            '"Capital of Iran?" (2 answers) is "Capital of Iraq?" in geo now.',
            "To undo it: quizapp orphans undo",
        ]
        assert replaced.by_prompt() == {"Capital of Iraq?": 2}
        assert not rebuild(replaced.store)
        assert "Iran" not in run("orphans").stdout

    def test_to_any_card_by_a_part_of_its_prompt(self, replaced: Learner, run: Run) -> None:
        key = next(one["card"] for one in json.loads(run("orphans", "--json").stdout) if not one["perhaps"])
        result = run("orphans", "attach", key[:8], "Geo", "mona")
        assert 'is "Who painted the Mona Lisa?" in geo now.' in result.stdout
        assert replaced.by_prompt() == {"Who painted the Mona Lisa?": 2}

    def test_to_one_that_has_a_history(self, replaced: Learner, run: Run) -> None:
        replaced.study("geo")
        number = number_of(run("orphans").stdout.splitlines(), "Iran?")
        result = run("orphans", "attach", number, "geo", "Iraq")
        assert "That has 2 answers of its own: together they are one history." in result.stdout
        assert replaced.by_prompt()["Capital of Iraq?"] == 4
        assert not rebuild(replaced.store)

    def test_and_taking_it_back(self, replaced: Learner, run: Run) -> None:
        before = replaced.histories()
        run("orphans", "attach", "1", "geo", "Iraq")
        assert replaced.histories() != before
        result = run("orphans", "undo")
        assert result.stdout == "Undone: History of 1 card carried over in geo.\n"
        assert replaced.histories() == before
        assert "Nothing was carried over." in run("orphans", "undo").stderr

    @pytest.mark.parametrize(
        ("args", "message"),
        [
            (["7"], 'There is no history "7"; to see their numbers: quizapp orphans'),
            (["zzz"], 'There is no history "zzz"'),
            (["1", "geo"], "Say which card of"),
            (["1", "nowhere", "x"], 'There is no deck "nowhere"'),
            (["1", "geo", "zzz"], 'No card of "geo" has "zzz"; give a part of its prompt'),
            (["1", "geo", "a"], '2 cards of "geo" have "a"; give more of the prompt'),
        ],
    )
    def test_what_is_not_clear_is_refused(
        self, replaced: Learner, run: Run, args: list[str], message: str
    ) -> None:
        result = run("orphans", "attach", *args)
        assert result.exit_code == 2
        assert message in " ".join(result.stderr.split())
        assert replaced.store.events(EventType.REKEY) == []

    def test_one_that_looks_like_nothing_needs_a_card(self, replaced: Learner, run: Run) -> None:
        number = number_of(run("orphans").stdout.splitlines(), "house")
        assert "No card looks like it; say which is" in run("orphans", "attach", number).stderr


class TestPlain:
    def test_it_says_what_was_carried_over_and_what_may_be(self, me: Learner, run: Run) -> None:
        me.write("geo", IRAN, HOUSE)
        me.study("geo")
        me.write("geo", IRAQ, HOUSE.replace("?", "??"))
        first = run("--plain", typed="quit\n").stdout
        assert "History of 1 card carried over in geo." in first
        assert "1 card may be an older one; to see which: quizapp orphans" in first
        again = run("--plain", typed="quit\n").stdout
        assert "carried over" not in again
        assert "1 card may be an older one" in again

    def test_study_begins_with_the_history(self, me: Learner, run: Run) -> None:
        path = me.write("geo", IRAN)
        me.study("geo")
        path.rename(path.with_name("lands.toml"))
        assert "geo → lands." in run("--plain", "study", "lands").stdout
        assert me.by_prompt() == {"Capital of Iran?": 2}
