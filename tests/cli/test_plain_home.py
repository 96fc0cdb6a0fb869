"""Home by lines: undo and catching up."""

from __future__ import annotations

from random import Random

from quizapp.cli.plain.home import run_home
from quizapp.deck.card import StudyDefaults
from quizapp.learn.study import Asking
from quizapp.record import EventType, Grade
from quizapp.sitting import study
from tests.builders import DAY_MS, deck, flip
from tests.cli.plain import Meet, Person

WORDS = deck(
    *(flip(f"word {n}", f"back {n}") for n in range(30)),
    id="words",
    study=StudyDefaults(new_per_day=30, reviews_per_day=20),
)


def behind(meet: Meet) -> Person:
    """A person who learnt all cards twenty days ago."""
    person = meet(WORDS)
    sitting = study(person.store, person.clock, [WORDS], Random(1))
    sitting.start()
    while isinstance(sitting.view, Asking):
        sitting.reveal()
        sitting.grade(Grade.EASY, 4000)
    person.clock.forward(20 * DAY_MS)
    return person


def lifted(person: Person) -> list[bool]:
    """The events of catching up: whether each brought the usual limits back."""
    return [event.body["per_day"] is None for event in person.store.events(EventType.CAP)]


class TestUndo:
    def test_it_says_what_was_taken_back_session_after_session(self, meet: Meet) -> None:
        person = meet(WORDS).types("", "", "2", "quit", "1", "", "4", "quit", "undo", "undo", "undo", "quit")
        run_home(person.desk)
        assert "Undone: Easy for “word 1” of Words." in person.text
        assert "Undone: Hard for “word 0” of Words." in person.text
        assert "There is nothing to undo." in person.text
        assert [undone for _, _, _, undone in person.given()] == [True, True]
        assert person.text.count("Today. 0 due, 30 new.") == 3


class TestCatchingUp:
    def test_a_backlog_is_named_and_spread(self, meet: Meet) -> None:
        person = behind(meet).types("catch", "1", "quit")
        run_home(person.desk)
        assert "Today. 20 of 30 due, 0 new." in person.text
        assert "30 cards wait after 20 days. catch catches up, some each day." in person.text
        assert "1. Over 3 days: 1" in person.text
        (event,) = person.store.events(EventType.CAP)
        number = event.body["per_day"]
        assert f"{number} a day until Saturday." in person.text
        assert f"1. Words. {number} of 30 due, 0 new. Catching up until Saturday." in person.text
        assert person.text.count("cards wait after") == 1

    def test_it_can_be_left_as_it_is_and_lifted(self, meet: Meet) -> None:
        person = behind(meet).types("catch", "", "catch", "quit", "catch", "9", "²", "9" * 5000, "2", "quit")
        run_home(person.desk)
        assert person.text.count("Type a number from 1 to") == 3
        assert lifted(person) == [False]
        person.types("catch", "5", "quit")
        run_home(person.desk)
        assert "The usual limits hold." in person.text
        assert [event.body["per_day"] is None for event in person.store.events(EventType.CAP)] == [
            False,
            True,
        ]
        assert person.last[0].startswith("Today. 20 of 30 due")
