"""The keys of study that neither answer nor grade: hint, flag, suspend, bury, undo; leeches, and cramming."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs

from quizapp.deck.card import Card, Deck, StudyDefaults
from quizapp.learn.study import Asking, Finished
from quizapp.record import EventType, Grade, Mark, Outcome
from quizapp.scores.store import open_store
from quizapp.tui.help import HelpScreen
from quizapp.tui.home import HomeScreen
from tests.builders import DAY_MS, FakeClock, deck, flip, statement, typed
from tests.leeches import forget
from tests.tui.app import SIZES, STILL, Player, playing
from tests.tui.test_study_screen import opened

FLIPS = deck(flip("uno", "one"), flip("dos", "two"), flip("tres", "three"), id="flips")
SIDES = deck(
    statement("Anyone can do it.", "BPO", aspect="who", why="It is easy."),
    statement("Few can do it.", "KPO", aspect="who", why="It is hard."),
    id="sides",
)


def hinted(card: Card, hint: str = "On the Seine.") -> Deck:
    return deck(structs.replace(card, hint=hint), flip("uno", "one"), id="hinted")


PARIS = hinted(typed("Capital of France?", "Paris"))
PLACES = ("Header", "Bar", "Front", "Rule", "Back", "Place", "Grades", "KeyFooter")


def places(player: Player) -> dict[str, object]:
    return {part: player.regions[part] for part in PLACES}


def asked(player: Player) -> str:
    """The prompt of the card that is asked."""
    return player.question.prompt


def helped(player: Player) -> str:
    """All that the help says, without its borders."""
    return " ".join(player.text.translate({ord(sign): " " for sign in "│─"}).split())


class TestHint:
    @pytest.mark.parametrize("size", SIZES)
    async def test_it_stands_on_the_back_and_nothing_moves(
        self, tmp_path: Path, size: tuple[int, int]
    ) -> None:
        async with playing(tmp_path, PARIS, opening=opened(PARIS), size=size) as player:
            before = places(player)
            await player.press("f3")
            assert "Hint On the Seine." in player.words
            row = next(row for row, line in enumerate(player.text.splitlines()) if "Hint  On" in line)
            assert player.regions["Back"].y <= row < player.regions["Back"].bottom
            assert places(player) == before
            await player.press(*"Paris", "enter")
            assert "On the Seine." not in player.text, "the answer has the back now"
            assert places(player) == before

    async def test_where_the_footer_has_no_room_for_it_the_back_names_its_key(self, tmp_path: Path) -> None:
        one = hinted(typed("Capital of France?", "Paris"))
        async with playing(tmp_path, one, opening=opened(one), size=(40, 15)) as player:
            before = places(player)
            assert "F3" not in player.footer
            assert player.line("F3") == "F3 shows the hint."
            await player.press("f4", *"Pa")
            assert player.line("F3") == "F3 shows the hint.", "it is there until the hint is"
            await player.pilot.resize_terminal(80, 24)
            await player.settled()
            assert "F3 Hint" in player.footer
            assert "shows the hint" not in player.text
            await player.pilot.resize_terminal(40, 15)
            await player.settled()
            await player.press("f3")
            assert "F3" not in player.text
            assert "Hint On the Seine." in player.words
            assert places(player) == before
            await player.press("enter", "3")
            assert asked(player) == "uno"
            assert "F3" not in player.text, "this card has none"

    async def test_easy_is_not_offered_then(self, tmp_path: Path) -> None:
        async with playing(tmp_path, PARIS, opening=opened(PARIS)) as player:
            assert player.footer == "Enter Show answer F3 Hint F1 Help Esc Leave"
            await player.press("f3")
            assert "F3" not in player.footer
            await player.press(*"Paris", "enter")
            assert "4 Easy" not in player.text
            assert "1–3 Grade" in player.footer
            feedback = player.text
            await player.press("4")
            assert player.text == feedback
            await player.press("f1")
            assert "Grade it Easy" not in player.text
            await player.press("escape", "3")
            (logged,) = player.store.answers()
            assert (logged.answer.hinted, logged.grade) == (True, Grade.GOOD)
            await player.press("space")
            assert "1–4 Grade" in player.footer, "the next card offers it again"
            await player.press("4")
            assert not player.answers[1].hinted

    async def test_three_boxes_after_a_reveal_can_be_clicked(self, tmp_path: Path) -> None:
        one = hinted(flip("Capital of France?", "Paris"))
        async with playing(tmp_path, one, opening=opened(one)) as player:
            await player.press("f3", "space")
            assert "On the Seine." not in player.text
            await player.pilot.click(player.question_screen.place.grades, offset=(50, 1))
            await player.settled()
            assert [answer.grade for answer in player.answers] == [Grade.GOOD]

    async def test_what_is_being_typed_stays(self, tmp_path: Path) -> None:
        async with playing(tmp_path, PARIS, opening=opened(PARIS)) as player:
            await player.press(*"Par", "f3", *"is")
            assert "On the Seine." in player.text
            await player.press("enter")
            assert [(answer.given, answer.hinted) for answer in player.answers] == [("Paris", True)]

    async def test_there_is_none_of_other_cards(self, tmp_path: Path) -> None:
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS)) as player:
            before = player.text
            await player.press("f3")
            assert player.text == before

    async def test_it_is_there_again_after_a_reveal_is_hidden(self, tmp_path: Path) -> None:
        one = hinted(flip("Capital of France?", "Paris"), hint="[red]Seine[/red] and list[int]")
        async with playing(tmp_path, one, opening=opened(one)) as player:
            await player.press("f3")
            shown = player.text
            assert "Hint [red]Seine[/red] and list[int]" in player.words
            await player.press("space", "backspace")
            assert player.text == shown
            await player.press("f1")
            assert "Seine" not in player.words, "help covers the card"
            await player.press("escape")
            assert player.text == shown


class TestFlag:
    @pytest.mark.parametrize("size", SIZES)
    async def test_it_is_in_the_header_and_nothing_moves(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with playing(tmp_path, PARIS, opening=opened(PARIS), size=size) as player:
            before, blank = places(player), player.text
            await player.press("f4")
            head = player.text.splitlines()[player.regions["Header"].y]
            assert head.split()[-5:] == ["⚑", "Flagged", "1", "of", "2"]
            assert places(player) == before
            await player.press("f4")
            assert player.text == blank
            assert [event.body["on"] for event in player.events(EventType.FLAG)] == [True, False]

    async def test_what_is_being_typed_stays_and_so_does_the_time(self, tmp_path: Path) -> None:
        async with playing(tmp_path, PARIS, opening=opened(PARIS)) as player:
            player.app.time_offset += 5
            await player.press(*"Par", "f4", "f1")
            player.app.time_offset += 100
            await player.press("escape")
            player.app.time_offset += 5
            await player.press(*"is")
            assert "Paris" in player.text
            await player.press("enter")
            (answer,) = player.answers
            assert answer.given == "Paris"
            assert 10_000 <= answer.ms < 15_000, "but not while help was open"
            assert "⚑ Flagged" in player.text

    async def test_on_feedback_and_after_a_restart(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=opened(SIDES)) as player:
            await player.press("b")
            feedback = player.words
            await player.press("f4")
            assert player.words == feedback.replace("1 of 2", "⚑ Flagged 1 of 2")
            await player.press("space")
            assert "Flagged" not in player.text, "that is another card"
        async with playing(tmp_path, SIDES, opening=opened(SIDES)) as player:
            while "Flagged" not in player.text:
                await player.press("space", "3")
            assert player.study.view.item.card.prompt == "Anyone can do it."  # type: ignore[union-attr] # a card is asked

    async def test_a_bounced_key_does_not_take_it_away(self, tmp_path: Path) -> None:
        pace = structs.replace(STILL, dead=30)
        async with playing(tmp_path, PARIS, opening=opened(PARIS), pace=pace) as player:
            player.app.time_offset += 31
            await player.press("f4", "f4", *"Par")
            assert "⚑ Flagged" in player.text
            assert "Par" in player.text, "but typing goes on"
            player.app.time_offset += 31
            await player.press("f4")
            assert "Flagged" not in player.text


@pytest.mark.parametrize(
    ("key", "line"), [("f6", "Suspended. Bksp undoes it."), ("f8", "Buried until tomorrow. Bksp undoes it.")]
)
class TestPuttingAside:
    @pytest.mark.parametrize("size", SIZES)
    async def test_it_goes_on_with_a_quiet_line(
        self, tmp_path: Path, key: str, line: str, size: tuple[int, int]
    ) -> None:
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS), size=size) as player:
            before, first = places(player), player.text
            await player.press(key)
            assert asked(player) == "dos"
            assert "1 of 2" in player.text, "one card fewer"
            assert player.line(line) == line
            assert line in " ".join(player.text.splitlines()[player.regions["Grades"].y].split())
            assert places(player) == before
            await player.press("backspace")
            assert player.text == first
            assert not player.store.marks(["flips"])

    async def test_the_line_goes_with_the_next_thing_that_is_done(
        self, tmp_path: Path, key: str, line: str
    ) -> None:
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS)) as player:
            await player.press(key, "space")
            assert line not in player.words
            await player.press("backspace")
            assert line in player.words, "it would be undone again"
            await player.press("space", "4")
            assert line not in player.words
            await player.press("backspace")
            assert line in player.words
            await player.press("backspace")
            assert asked(player) == "uno"

    async def test_in_the_middle_of_typing(self, tmp_path: Path, key: str, line: str) -> None:
        async with playing(tmp_path, PARIS, opening=opened(PARIS)) as player:
            await player.press(*"Pari", key)
            assert asked(player) == "uno"
            assert line in player.words
            assert "Pari" not in player.text
            await player.press("backspace", *"Paris", "enter")
            assert [answer.outcome for answer in player.answers] == [Outcome.RIGHT]

    async def test_on_feedback_its_answer_stays(self, tmp_path: Path, key: str, line: str) -> None:
        async with playing(tmp_path, SIDES, opening=opened(SIDES)) as player:
            await player.press("b")
            feedback, ref = player.text, player.grading.item.ref
            await player.press(key)
            assert isinstance(player.study.view, Asking)
            assert player.study.view.item.ref != ref
            assert line in player.words
            assert len(player.answers) == 1
            await player.press("backspace")
            assert player.text == feedback
            await player.press("4")
            assert [logged.grade for logged in player.store.answers()] == [Grade.EASY]

    async def test_on_feedback_to_what_was_typed(self, tmp_path: Path, key: str, line: str) -> None:
        async with playing(tmp_path, PARIS, opening=opened(PARIS)) as player:
            await player.press(*"London", "enter")
            feedback = player.text
            await player.press(key, "space", "4", "backspace", "backspace")
            assert player.text == feedback
            assert "London" in feedback
            await player.press("x", "2")
            assert asked(player) == "uno"

    async def test_after_a_reveal_the_question_comes_back(self, tmp_path: Path, key: str, line: str) -> None:
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS)) as player:
            question = player.text
            await player.press("space", key)
            assert asked(player) == "dos"
            assert line in player.words
            await player.press("backspace")
            assert player.text == question

    async def test_the_last_card_leads_to_a_summary_that_undoes(
        self, tmp_path: Path, key: str, line: str
    ) -> None:
        one = deck(flip("uno", "one"), id="one")
        async with playing(tmp_path, one, opening=opened(one)) as player:
            await player.press(key)
            assert "1 card put aside." in player.words
            assert line in player.words
            assert player.footer.startswith("Bksp Undo")
            await player.press("backspace")
            assert asked(player) == "uno"
            await player.press(key, "escape")
            assert player.line("Today") == "▌ Today 0 due 0 new"

    async def test_for_how_long(self, tmp_path: Path, key: str, line: str) -> None:
        clock = FakeClock()
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS), clock=clock) as player:
            await player.press(key, "escape", "enter")
            assert asked(player) == "dos"
        clock.forward(DAY_MS)
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS), clock=clock) as player:
            assert asked(player) == ("dos" if key == "f6" else "uno")

    async def test_a_busy_file_is_waited_for(self, tmp_path: Path, key: str, line: str) -> None:
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS)) as player:
            with closing(sqlite3.connect(tmp_path / "scores.db", isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                player.post(key)
                await player.until(lambda: "The scores file is busy." in player.words)
                other.execute("ROLLBACK")
                await player.settled()
            assert line in player.words
            assert len(player.store.marks(["flips"])) == 1


class TestUndo:
    async def test_at_the_very_start_it_reaches_the_session_before(self, tmp_path: Path) -> None:
        clock = FakeClock()
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS), clock=clock) as player:
            assert "Bksp" not in player.footer, "there is nothing yet"
            await player.press("space", "4", "space", "1", "escape")
        clock.forward(600_000)
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS), clock=clock) as player:
            assert "Bksp Undo" in player.footer
            await player.press("backspace")
            assert asked(player) == "dos"
            assert player.line("Undone") == "Undone: Again for “dos” of Flips."
            await player.press("backspace")
            assert asked(player) == "uno"
            assert player.line("Undone") == "Undone: Easy for “uno” of Flips."
            assert "Bksp" not in player.footer
            assert not player.store.memories(["flips"])
            before = player.text
            await player.press("backspace")
            assert player.text == before
            await player.press("space", "4")
            assert "Undone" not in player.text

    @pytest.mark.parametrize("size", SIZES)
    async def test_a_card_of_another_deck_stays(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with playing(tmp_path, FLIPS, PARIS, size=size) as player:
            player.app.sessions.study([FLIPS], "Flips")
            await player.settled()
            await player.press("space", "3", "escape")
            player.app.sessions.study([PARIS], "Hinted")
            await player.settled()
            before = player.text
            assert "Bksp" not in player.footer
            await player.press("backspace", "backspace")
            assert player.text == before
            assert [answer.deck for answer in player.answers] == ["flips"]
            await player.press("escape")
            player.app.sessions.study([PARIS, FLIPS], "Today")
            await player.settled()
            await player.press("backspace")
            assert asked(player) == "uno"
            assert "Undone: Good for “uno” of Flips." in player.words
            assert not player.answers

    async def test_a_long_card_is_cut_and_its_deck_is_whole(self, tmp_path: Path) -> None:
        long = deck(flip("Which of all the rivers of the world " * 5, "?"), flip("b", "c"), id="long")
        async with playing(tmp_path, long, FLIPS) as player:
            player.app.sessions.study([long], "Long")
            await player.settled()
            await player.press("space", "3", "escape")
            player.app.sessions.study([FLIPS, long], "Today")
            await player.settled()
            await player.press("backspace")
            line = player.line("Undone")
            assert line == "Undone: Good for “Which of all the rive…” of Long."
            assert len(line) <= 70

    async def test_on_a_summary_with_nothing_due(self, tmp_path: Path) -> None:
        clock = FakeClock()
        one = deck(flip("uno", "one"), id="one")
        async with playing(tmp_path, one, opening=opened(one), clock=clock) as player:
            await player.press("space", "4", "escape")
        async with playing(tmp_path, one, opening=opened(one), clock=clock) as player:
            assert isinstance(player.study.view, Finished)
            assert player.footer == "Bksp Undo ? Help Esc Home"
            await player.press("backspace")
            assert asked(player) == "uno"
            await player.press("space", "3", "space", "3")
            assert "1 card studied." in player.words

    async def test_a_card_put_aside_yesterday_comes_back(self, tmp_path: Path) -> None:
        clock = FakeClock()
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS), clock=clock) as player:
            await player.press("f6", "escape")
        clock.forward(DAY_MS)
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS), clock=clock) as player:
            assert asked(player) == "dos"
            await player.press("backspace")
            assert asked(player) == "uno"
            assert player.line("Undone") == "Undone: suspending “uno” of Flips."

    async def test_in_an_empty_line_only(self, tmp_path: Path) -> None:
        async with playing(tmp_path, PARIS) as player:
            await player.press("enter", *"Paris", "enter", "3", "escape", "enter")
            assert asked(player) == "uno"
            await player.press("backspace")
            assert asked(player) == "Capital of France?"
            await player.press(*"Pa", "f8")
            assert asked(player) == "uno"
            await player.press("backspace")
            assert asked(player) == "Capital of France?"
            assert not player.answers


class TestDeadTime:
    async def test_these_keys_are_dead_too(self, tmp_path: Path) -> None:
        clock = FakeClock()
        async with playing(tmp_path, PARIS, clock=clock) as player:
            await player.press("enter", "enter", "4", "escape")
        pace = structs.replace(STILL, dead=30)
        async with playing(tmp_path, PARIS, opening=opened(PARIS), clock=clock, pace=pace) as player:
            before, events = player.text, len(player.events())
            for key in ("f3", "f4", "f6", "f8", "backspace"):
                await player.press(key)
                assert player.text == before
            assert len(player.events()) == events
            player.app.time_offset += 31
            await player.press("backspace")
            assert asked(player) == "Capital of France?"
            before = player.text
            for key in ("f3", "f4", "f6", "f8"):
                await player.press(key)
                assert player.text == before, "this card has just been painted"
            player.app.time_offset += 31
            await player.press("f6", "f6", "backspace")
            assert asked(player) == "uno"
            assert len(player.events(EventType.SUSPEND)) == 1


class TestFinding:
    async def test_help_and_menu_have_them(self, tmp_path: Path) -> None:
        async with playing(tmp_path, PARIS, opening=opened(PARIS), size=(80, 50)) as player:
            await player.press("f1")
            assert isinstance(player.app.screen, HelpScreen)
            for line in (
                "F3 Show the hint; Easy is not offered then",
                "F4 Flag the card, or take its flag away",
                "F6 Suspend the card: it is asked no more, in study and cram",
                "F8 Bury the card: it is asked no more today",
                "7 of 17, 2 again: it is the seventh of 17 cards",
            ):
                assert line in helped(player)
            await player.press("escape")
            await player.choose("flag", "Flag")
            await player.settled()
            assert "⚑ Flagged" in player.text
            await player.choose("show the hint", "Hint")
            await player.settled()
            assert "On the Seine." in player.text
            await player.choose("suspend the card", "Suspend")
            await player.settled()
            assert asked(player) == "uno"

    async def test_the_summary_has_none_of_them(self, tmp_path: Path) -> None:
        one = deck(flip("uno", "one"), id="one")
        async with playing(tmp_path, one, opening=opened(one)) as player:
            await player.press("space", "4")
            before = player.text
            await player.press("f3", "f4", "f6", "f8", "a")
            assert player.text == before

    async def test_other_keys_can_be_given_them(self, tmp_path: Path) -> None:
        config = '[keys]\n"study.undo" = "f9"\n"study.suspend" = "f10"\n"study.grade" = "f11"\n'
        async with playing(tmp_path, FLIPS, opening=opened(FLIPS), config=config) as player:
            await player.press("f6")
            assert asked(player) == "uno"
            await player.press("f10")
            assert player.line("Suspended") == "Suspended. F9 undoes it."
            await player.press("space")
            assert "F11 Grade" in player.footer


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def learn_to_forget(folder: Path, clock: FakeClock, taken_for: str = "KPO", times: int = 8) -> None:
    """The first card of `SIDES` becomes a leech."""
    with closing(open_store(folder / "scores.db", now_ms=clock.now_ms)) as store:
        forget(store, clock, SIDES, SIDES.cards[0].key, taken_for, times=times)


class TestLeeches:
    FEW = structs.replace(SIDES, study=StudyDefaults(new_per_day=0))

    async def test_a_wrong_answer_says_so_with_what_it_is_taken_for(
        self, tmp_path: Path, clock: FakeClock
    ) -> None:
        learn_to_forget(tmp_path, clock)
        async with playing(tmp_path, self.FEW, opening=opened(self.FEW), clock=clock) as player:
            before = places(player)
            await player.press("o")
            assert "Forgotten 9 times, often taken for ● KPO. F6 suspends." in player.words
            assert "Compare ● KPO Few can do it." in player.words
            assert "It is easy." in player.words
            assert places(player) == before
            await player.press("f6")
            assert "Suspended." in player.words
            assert player.store.marks(["sides"]) == {(SIDES.id, SIDES.cards[0].key): Mark(suspended=True)}

    async def test_the_answer_that_makes_it_one(self, tmp_path: Path, clock: FakeClock) -> None:
        learn_to_forget(tmp_path, clock, times=7)
        async with playing(tmp_path, self.FEW, opening=opened(self.FEW), clock=clock) as player:
            await player.press("k")
            assert "Forgotten 8 times, often taken for ● KPO." in player.words

    async def test_a_right_one_does_not(self, tmp_path: Path, clock: FakeClock) -> None:
        learn_to_forget(tmp_path, clock)
        async with playing(tmp_path, self.FEW, opening=opened(self.FEW), clock=clock) as player:
            await player.press("b")
            assert "Forgotten" not in player.text

    async def test_a_revealed_one_does_before_its_grade(self, tmp_path: Path, clock: FakeClock) -> None:
        learn_to_forget(tmp_path, clock)
        async with playing(tmp_path, self.FEW, opening=opened(self.FEW), clock=clock) as player:
            before = places(player)
            await player.press("space")
            assert "It is ◆ BPO." in player.words
            assert "Forgotten 8 times, often taken for ● KPO. F6 suspends." in player.words
            assert "Compare ● KPO Few can do it." in player.words
            assert places(player) == before
            await player.press("1")
            assert isinstance(player.study.view, Asking)

    async def test_a_contrast_that_is_still_asked_is_not_given_away(
        self, tmp_path: Path, clock: FakeClock
    ) -> None:
        learn_to_forget(tmp_path, clock)
        async with playing(tmp_path, SIDES, opening=opened(SIDES), clock=clock) as player:
            assert asked(player) == "Anyone can do it."
            await player.press("k")
            assert "Forgotten 9 times, often taken for ● KPO." in player.words
            assert "Few can do it." not in player.text
            await player.press("backspace", "space")
            assert player.line("Forgotten") == "Forgotten 8 times, often taken for ● KPO. F6 suspends."
            assert "Few can do it." not in player.text

    async def test_where_there_is_little_room(self, tmp_path: Path, clock: FakeClock) -> None:
        learn_to_forget(tmp_path, clock)
        async with playing(
            tmp_path, self.FEW, opening=opened(self.FEW), clock=clock, size=(40, 15)
        ) as player:
            before = places(player)
            await player.press("o")
            assert "Forgotten 9 times. F6 suspends." in player.text
            assert "It is easy." in player.text
            assert places(player) == before
            await player.press("tab")
            assert "Compare ● KPO Few can do it." in player.words


class TestCram:
    async def open(self, player: Player, *decks: Deck) -> None:
        player.app.sessions.cram(decks, decks[0].title)
        await player.settled()

    @pytest.mark.parametrize("size", SIZES)
    async def test_two_grades_without_intervals(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with playing(tmp_path, SIDES, size=size) as player:
            await self.open(player, SIDES)
            assert "Cram: Sides" in player.text
            before = places(player)
            await player.answer(right=False)
            assert [
                name
                for name in ("Again", "Hard", "Good", "Easy")
                if name in player.text.splitlines()[player.regions["Grades"].y]
            ] == ["Again", "Good"]
            assert places(player) == before
            feedback = player.text
            await player.press("2", "4")
            assert player.text == feedback
            assert player.footer.startswith("Space Again")
            await player.press("space", "space")
            assert player.footer.startswith("Space Good")
            await player.press("1")
            assert [answer.grade for answer in player.answers] == [None, None]

    async def test_its_footer_has_both_digits(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await self.open(player, SIDES)
            await player.press("space")
            assert player.footer == "Space Good 1, 3 Grade Bksp Undo ? Help Esc Leave"

    async def test_nothing_is_scheduled_and_it_can_go_on(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, opening=opened(SIDES)) as player:
            await player.press("space", "4", "escape")
            known = player.store.memories(["sides"])
            home = player.line("Today")
            await self.open(player, SIDES)
            for key in ("enter", "a"):
                await player.press("space", "1", "space", "3", "space", "3")
                assert "2 cards studied." in player.words
                assert "3 answers, 2 remembered, 1 to see again." in player.words
                assert "Nothing was scheduled: no due date has moved." in player.words
                assert "a asks them all again." in player.words
                assert player.footer == "a Again Bksp Undo ? Help Esc Home"
                await player.press(key)
                assert isinstance(player.study.view, Asking), key
                assert "Cram: Sides" in player.text
            assert player.store.memories(["sides"]) == known
            await player.press("escape")
            assert isinstance(player.app.screen, HomeScreen)
            assert player.line("Today") == home

    async def test_the_menu_offers_it_for_every_deck(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.choose("cram sides", "Cram: Sides")
            await player.settled()
            assert "Cram: Sides" in player.text

    async def test_help_says_that_the_schedule_is_untouched(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await self.open(player, SIDES)
            await player.press("f1")
            assert "Help: cram" in player.text
            assert "The schedule is untouched" in " ".join(player.words.replace("│", "").split())
            await player.press("escape", "space", "f1")
            assert "Grade it Good" in player.text
            assert "Grade it Hard" not in player.text

    async def test_a_hint_costs_nothing(self, tmp_path: Path) -> None:
        async with playing(tmp_path, PARIS) as player:
            await self.open(player, PARIS)
            while player.question.prompt != "Capital of France?":
                await player.press("space", "3")
            await player.press("f3", *"Paris", "enter")
            assert player.footer.startswith("Space Good 1, 3 Grade")

    async def test_it_buries_nothing_for_study_would_miss_it(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES, size=(80, 50)) as player:
            await self.open(player, SIDES)
            before = player.text
            await player.press("f8")
            assert player.text == before
            await player.press("f1")
            assert "F8" not in player.text
            assert "F6 Suspend the card: it is asked no more, in study and cram" in helped(player)
            await player.press("escape", "f6")
            assert "Suspended. Bksp undoes it." in player.text
            assert [event.type for event in player.events()] == [EventType.SUSPEND]

    async def test_undo_on_its_summary(self, tmp_path: Path) -> None:
        one = deck(flip("uno", "one"), id="one")
        async with playing(tmp_path, one) as player:
            await self.open(player, one)
            await player.press("space", "3", "backspace")
            assert asked(player) == "uno"
            assert [logged.undone for logged in player.store.answers()] == [True]

    async def test_without_a_card_it_says_so(self, tmp_path: Path) -> None:
        one = deck(flip("uno", "one"), id="one")
        async with playing(tmp_path, one) as player:
            await self.open(player, one)
            await player.press("f6", "a")
            assert isinstance(player.study.view, Finished)
            assert "Nothing to study here." in player.words


class TestStillToCome:
    async def test_steps_are_counted(self, tmp_path: Path, clock: FakeClock) -> None:
        slow = structs.replace(FLIPS, study=StudyDefaults(steps=(3600,)))
        async with playing(tmp_path, slow, opening=opened(slow), clock=clock) as player:
            for _ in range(2):
                await player.press("space", "1")
                clock.forward(600_000)
            await player.press("f8")
            assert player.line("come again") == "2 cards come again, the first in 40 minutes."
            assert "2 answers, 0 remembered, 2 to see again. 1 card put aside." in player.words
            await player.press("backspace", "space", "4")
            assert player.line("come again") == "2 cards come again, the first in 40 minutes."
