"""The commands of study by lines: hint, flag, suspend, bury and undo; leeches, and cramming."""

from __future__ import annotations

import pytest
from msgspec import structs

from quizapp.cli.plain.home import run_home
from quizapp.cli.plain.study import cram_decks, study_decks
from quizapp.deck.card import Deck, StudyDefaults
from quizapp.record import EventType, Mark, Ref
from tests.builders import DAY_MS, deck, flip, statement, typed
from tests.cli.plain import Meet, Person, Said
from tests.leeches import forget

FLIPS = deck(flip("uno", "one"), flip("dos", "two"), id="flips")
SIDES = deck(
    statement("Anyone can do it.", "BPO", aspect="who"),
    statement("Few can do it.", "KPO", aspect="who"),
    id="sides",
)
PARIS = deck(structs.replace(typed("Capital of France?", "Paris"), hint="On the Seine."), id="paris")
ALWAYS = "quit leaves, and every answer is kept. Each command may have a colon before it, as in :undo."


def study(meet: Meet, *script: Said | tuple[float, Said], decks: tuple[Deck, ...] = (FLIPS,)) -> Person:
    person = meet(*decks).types(*script)
    study_decks(person.desk, list(decks))
    return person


def again(person: Person, *script: Said | tuple[float, Said], decks: tuple[Deck, ...] = (FLIPS,)) -> Person:
    """Another session of the same person; what was said before is forgotten."""
    person.text = ""
    study_decks(person.types(*script).desk, list(decks))
    return person


class TestHint:
    def test_it_is_said_once_and_costs_easy_and_the_question_waits_on(self, meet: Meet) -> None:
        person = study(meet, (5.0, ":hint"), (5.0, "Paris"), "4", "", decks=(PARIS,))
        assert person.text.count("Capital of France?") == 2, "when it is asked, and as its next step"
        assert "Hint: On the Seine.\nRight.\n" in person.text
        assert "Enter: Good, 10 minutes. 1 Again 1 minute, 2 Hard 6 minutes.\n" in person.text
        assert "Type 1, 2 or 3, or Enter alone. ? helps." in person.text
        first = next(iter(person.store.answers())).answer
        assert (first.hinted, first.ms) == (True, 10_000)

    def test_help_lists_what_there_is(self, meet: Meet) -> None:
        person = study(meet, "?", "hint", ":hint", "?", decks=(PARIS,))
        before, _ = person.text.split("\nWrong.", 1)
        assert ":hint shows the hint, at the cost of Easy; :flag flags the card" in before
        assert ":suspend asks the card no more; :bury asks it no more today; :quit leaves" in before
        assert "Each command needs its colon here: without one it is an answer." in before
        assert "may have a colon" not in before
        assert person.given() == [("hint", "wrong", 1, False)], "what is typed there is text"

    def test_where_no_text_is_typed_the_colon_may_be_left_out(self, meet: Meet) -> None:
        person = study(meet, "?")
        rest = "suspend asks the card no more; bury asks it no more today"
        assert f"\nflag flags the card, or takes its flag away; {rest}; {ALWAYS}" in person.text

    def test_what_undoes_it_is_said_with_its_colon_before_a_typed_card(self, meet: Meet) -> None:
        two = deck(flip("uno", "one"), typed("Capital of France?", "Paris"), id="two")
        assert "Suspended; :undo undoes it.\n" in study(meet, "suspend", decks=(two,)).text
        assert "Suspended; undo undoes it.\n" in study(meet, "suspend").text

    def test_there_is_none_twice_nor_of_other_cards(self, meet: Meet) -> None:
        assert "There is no :hint here." in study(meet, ":hint", ":hint", decks=(PARIS,)).text
        assert "There is no :hint here." in study(meet, ":hint").text

    def test_it_is_there_again_after_a_reveal_is_taken_back(self, meet: Meet) -> None:
        one = deck(structs.replace(flip("uno", "one"), hint="Not two."), id="one")
        person = study(meet, "hint", "", "undo", decks=(one,))
        assert person.last == ["1 of 1.", "uno", "Enter shows the answer.", "Hint: Not two."]


class TestFlag:
    def test_it_comes_and_goes_and_is_said_with_the_card(self, meet: Meet) -> None:
        person = study(meet, "flag", "flag", "flag", "", "flag", "flag", "", "", "4")
        assert person.text.count("Flagged.\n") == 4, "thrice when it is set, and when the card comes again"
        assert person.text.count("No longer flagged.\n") == 2
        assert person.store.marks(["flips"]) == {Ref("flips", FLIPS.cards[0].key): Mark(flagged=True)}

    def test_the_time_of_the_answer_runs_on(self, meet: Meet) -> None:
        person = study(meet, (2.0, "flag"), (3.0, "b"), "", decks=(SIDES,))
        assert [one.answer.ms for one in person.store.answers()] == [5000]


@pytest.mark.parametrize(
    ("command", "said"), [("suspend", "Suspended"), ("bury", "Buried until tomorrow"), (":BURY", "Buried")]
)
class TestPuttingAside:
    def test_the_next_card_is_asked_and_undo_comes_back(self, meet: Meet, command: str, said: str) -> None:
        person = study(meet, command, "undo", "")
        assert f"{said}" in person.text
        assert "; undo undoes it.\n\n1 of 1.\ndos\n" in person.text
        assert "Undone.\n\n1 of 2.\nuno\n" in person.text
        assert not person.store.marks(["flips"])

    def test_on_feedback(self, meet: Meet, command: str, said: str) -> None:
        person = study(meet, "b", command, "undo", "4", decks=(SIDES,))
        assert said in person.text
        assert person.text.count("Right.\n") == 2, "undo comes back to what it came to"
        assert person.given() == [("BPO", "right", 4, False)]

    def test_the_last_card(self, meet: Meet, command: str, said: str) -> None:
        one = deck(flip("uno", "one"), id="one")
        person = study(meet, command, "", decks=(one,))
        assert said in person.text
        assert "1 card put aside.\n" in person.text
        assert "Enter ends; undo undoes the last answer.\n" in person.text

    def test_for_how_long(self, meet: Meet, command: str, said: str) -> None:
        person = study(meet, command, "quit")
        assert said in person.text
        person.clock.forward(DAY_MS)
        again(person)
        assert ("\nuno\n" in person.text) is (command != "suspend")


class TestUndo:
    def test_it_reaches_the_session_before(self, meet: Meet) -> None:
        person = study(meet, "", "2", "quit")
        assert person.given() == [("", "right", 2, False)]
        again(person, "undo", ":undo")
        assert "Undone: Hard for “uno” of Flips.\n\n1 of 2.\nuno\n" in person.text
        assert "There is no :undo here." in person.text
        assert person.given() == [("", "right", 2, True)]

    def test_a_card_of_another_deck_stays(self, meet: Meet) -> None:
        person = meet(FLIPS, PARIS).types("", "", "quit")
        study_decks(person.desk, [FLIPS])
        again(person, ":undo", decks=(PARIS,))
        assert "There is no :undo here." in person.text
        assert person.given() == [("", "right", 3, False)]

    def test_where_nothing_is_due(self, meet: Meet) -> None:
        person = study(meet, "", "4", "", "4", "")
        again(person, "undo", "", "1", "quit")
        assert person.text.startswith("\nNothing due until ")
        assert "Undone: Easy for “dos” of Flips.\n" in person.text
        assert person.given() == [
            ("", "right", 4, False),
            ("", "right", 4, True),
            ("", "wrong", 1, False),
        ]


class TestMinutes:
    def test_more_goes_on_after_the_minutes(self, meet: Meet) -> None:
        person = meet(FLIPS)
        study_decks(person.types((58.0, ""), "", "more", "", "4", "").desk, [FLIPS], minutes=1)
        assert "1 minute is up. 1 more waits.\n" in person.text
        assert "Enter ends; more goes on; undo undoes the last answer.\n" in person.text
        assert "2 cards studied.\n" in person.text
        assert len(person.given()) == 2

    def test_a_day_that_is_used_up_says_so_at_once(self, meet: Meet) -> None:
        own = structs.replace(FLIPS, study=StudyDefaults(minutes_per_day=1))
        person = study(meet, (58.0, ""), "", "", decks=(own,))
        again(person, "", decks=(own,))
        assert person.text.startswith("\n1 minute is up. 1 more waits.\nEnter ends; more goes on; undo")
        run_home(person.types("quit").desk)
        assert "Today. 0 due, 1 new. 1 minute is up.\n" in person.text


class TestLeech:
    def test_it_is_told_with_what_it_is_taken_for(self, meet: Meet) -> None:
        few = structs.replace(SIDES, study=StudyDefaults(new_per_day=0))
        person = meet(few)
        forget(person.store, person.clock, SIDES, SIDES.cards[0].key, "KPO")
        study_decks(person.types("o").desk, [few])
        assert person.last[3:6] == [
            "Wrong. It is BPO.",
            "Forgotten 9 times, often taken for KPO. suspend asks the card no more.",
            "Compare with KPO: Few can do it.",
        ]


class TestCram:
    def cram(self, meet: Meet, *script: Said, decks: tuple[Deck, ...] = (FLIPS,)) -> Person:
        person = meet(*decks).types(*script)
        cram_decks(person.desk, list(decks))
        return person

    def test_two_grades_and_nothing_is_scheduled(self, meet: Meet) -> None:
        person = self.cram(meet, "", "2", "again", "", "", "", "3", "")
        assert person.text.startswith("This is a cram: any card, due or not, and nothing is scheduled.\n")
        assert "Enter: Good. 1 Again.\n" in person.text
        assert "Type 1 or 3, or Enter alone. ? helps.\n" in person.text
        assert person.last == [
            "2 cards studied.",
            "3 answers, 2 remembered, 1 to see again.",
            "Nothing was scheduled: no due date has moved.",
            "Enter ends; again asks them all again; undo undoes the last answer.",
        ]
        assert person.given() == [
            ("", "wrong", None, False),
            ("", "right", None, False),
            ("", "right", None, False),
        ]
        assert not person.store.memories(["flips"])

    def test_it_can_go_on(self, meet: Meet) -> None:
        person = self.cram(meet, *["", ""] * 2, "again", *["", ""] * 2, "", "never read")
        assert len(person.given()) == 4
        assert person.text.count("This is a cram") == 2
        assert len(person.store.events(EventType.START)) == 2

    def test_its_help(self, meet: Meet) -> None:
        person = self.cram(meet, "", "?", "bury")
        assert "1 Again, 3 Good. None of them moves anything.\n" in person.text
        assert "suspend asks the card no more, not in study either; undo" in " ".join(person.text.split())
        assert "bury asks" not in person.text
        assert not person.store.events(EventType.BURY)

    def test_undo_at_its_end(self, meet: Meet) -> None:
        one = deck(flip("uno", "one"), id="one")
        person = self.cram(meet, "", "", "undo", "", "1", "quit", decks=(one,))
        assert person.given() == [("", "right", None, True), ("", "wrong", None, False)]


class TestStillToCome:
    def test_steps_are_counted(self, meet: Meet) -> None:
        slow = structs.replace(FLIPS, study=StudyDefaults(steps=(3600,)))
        person = study(meet, "", "1", "bury", "", decks=(slow,))
        assert person.last[:4] == [
            "1 card studied.",
            "1 answer, 0 remembered, 1 to see again.",
            "1 card put aside.",
            "1 card comes again in 1 hour.",
        ]
