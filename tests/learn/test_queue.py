"""Which cards are studied now, how many, and in which order."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from quizapp.deck.card import Card, Cloze, Deck, Kind, StudyDefaults, card_key
from quizapp.learn.queue import (
    Pool,
    aspect_by_aspect,
    lined_up,
    next_due,
    ready,
    spread,
    steps_to_come,
    studyable,
    together,
    waiting,
    waits,
    without,
)
from quizapp.learn.schedule import review
from quizapp.pools import Only
from quizapp.record import Cap, Grade, Mark, Memory, Moment, State
from tests.builders import DAY_MS, START_MS, deck, flip, statement

NOW = Moment(START_MS, 0, "2026-01-01")
MINUTE = 60_000


def memory(*, due_ms: int | None = None, due_day: str | None = None, stability: float = 5.0) -> Memory:
    state = State.REVIEW if due_day else State.LEARNING
    return Memory(
        state, None if due_day else 0, stability, 5.0, START_MS - 86_400_000, "2025-12-31", due_ms, due_day, 1
    )


def cards(number: int) -> list[Card]:
    return [flip(f"front {place}", f"back {place}") for place in range(number)]


def pool(
    whole: Deck, memories: dict[str, Memory] | None = None, *, new_done: int = 0, reviews_done: int = 0
) -> Pool:
    return Pool(whole, memories or {}, new_done, reviews_done)


class TestReady:
    def test_new_cards_stop_at_todays_limit(self) -> None:
        whole = deck(*cards(30))
        assert len(ready(pool(whole), NOW, Random(1)).new) == 20
        assert len(ready(pool(whole, new_done=15), NOW, Random(1)).new) == 5
        assert ready(pool(whole, new_done=25), NOW, Random(1)).new == ()

    def test_a_decks_own_limits_count(self) -> None:
        whole = deck(*cards(9), study=StudyDefaults(new_per_day=2, reviews_per_day=3))
        due = {card.key: memory(due_day="2026-01-01") for card in whole.cards[:6]}
        found = ready(pool(whole, due, reviews_done=1), NOW, Random(1))
        assert (len(found.new), len(found.reviews)) == (2, 2)

    def test_no_limit_of_zero_is_taken_for_none(self) -> None:
        whole = deck(*cards(9), study=StudyDefaults(new_per_day=0))
        assert ready(pool(whole), NOW, Random(1)).new == ()

    @pytest.mark.parametrize(
        ("due_day", "due"), [("2025-12-20", True), ("2026-01-01", True), ("2026-01-02", False)]
    )
    def test_a_review_is_due_on_its_study_day(self, due_day: str, due: bool) -> None:
        whole = deck(*cards(1))
        found = ready(pool(whole, {whole.cards[0].key: memory(due_day=due_day)}), NOW, Random(1))
        assert bool(found.reviews) is due

    def test_steps_due_within_twenty_minutes_count_the_earliest_first(self) -> None:
        whole = deck(*cards(3))
        later = [START_MS + 20 * MINUTE, START_MS - MINUTE, START_MS + 20 * MINUTE + 1]
        due = {card.key: memory(due_ms=at) for card, at in zip(whole.cards, later, strict=True)}
        assert ready(pool(whole, due), NOW, Random(1)).steps == (whole.cards[1], whole.cards[0])

    def test_the_best_remembered_review_comes_first(self) -> None:
        whole = deck(*cards(3))
        due = {
            card.key: memory(due_day="2026-01-01", stability=stability)
            for card, stability in zip(whole.cards, (1.0, 100.0, 10.0), strict=True)
        }
        found = ready(pool(whole, due), NOW, Random(1))
        assert [card for card, _ in found.reviews] == [whole.cards[1], whole.cards[2], whole.cards[0]]

    def test_memories_of_cards_that_are_gone_count_nothing(self) -> None:
        found = ready(pool(deck(*cards(1)), {"gone": memory(due_day="2026-01-01")}), NOW, Random(1))
        assert found.reviews == ()


class TestLinedUp:
    def test_a_review_begins_and_new_cards_take_turns_with_the_first_ones(self) -> None:
        assert lined_up([1, 2, 3, 4, 5], [[-1], [-2]]) == [1, -1, 2, -2, 3, 4, 5]

    def test_contrasts_stay_together_and_as_many_reviews_follow(self) -> None:
        assert lined_up([1, 2, 3, 4, 5], [[-1, -2], [-3]]) == [1, -1, -2, 2, 3, -3, 4, 5]

    def test_decks_take_turns_with_their_new_cards(self) -> None:
        assert lined_up([1], [[-1], [-2]], [[-11], [-12]]) == [1, -1, -11, -2, -12]

    def test_without_reviews_or_new_cards_there_are_the_others(self) -> None:
        assert lined_up([], [[-1], [-2]]) == [-1, -2]
        assert lined_up([1, 2]) == [1, 2]


class TestOrder:
    def test_aspects_keep_the_decks_order(self) -> None:
        whole = [
            statement("a1", "BPO", aspect="a"),
            statement("b1", "BPO", aspect="b"),
            statement("a2", "KPO", aspect="a"),
            statement("b2", "KPO", aspect="b"),
        ]
        assert [card.aspect for card in aspect_by_aspect(whole, Random(1))] == ["a", "a", "b", "b"]

    @given(st.integers(2, 8), st.integers())
    def test_a_contrast_is_one_to_three_cards_away(self, number: int, seed: int) -> None:
        sides = [
            statement(f"{side} {place}", side, aspect="a")
            for side in ("BPO", "KPO")
            for place in range(number)
        ]
        answers = [card.answer for card in aspect_by_aspect(sides, Random(seed))]
        for place, answer in enumerate(answers[: len(answers) - 3]):
            assert any(other != answer for other in answers[max(0, place - 3) : place + 4])

    def test_cards_without_an_aspect_keep_their_places(self) -> None:
        whole = cards(12)
        assert aspect_by_aspect(whole, Random(3)) == whole

    @given(st.lists(st.lists(st.integers(), max_size=30), max_size=4))
    def test_spreading_loses_nothing_and_keeps_each_order(self, rows: list[list[int]]) -> None:
        marked = [[(number, item) for item in row] for number, row in enumerate(rows)]
        mixed = spread(*([[item] for item in row] for row in marked))
        for number, row in enumerate(marked):
            assert [item for item in mixed if item[0] == number] == row

    def test_new_cards_of_one_aspect_stay_together(self) -> None:
        whole = [
            statement("a1", "BPO", aspect="a"),
            statement("a2", "KPO", aspect="a"),
            statement("b1", "BPO", aspect="b"),
            statement("c1", "BPO"),
            statement("c2", "KPO"),
        ]
        assert [len(group) for group in together(whole)] == [2, 1, 1, 1]
        assert [card for group in together(whole) for card in group] == whole

    def test_groups_stay_whole_and_the_first_row_begins(self) -> None:
        assert spread(["aaaa", "bb"], ["1", "2", "3", "4"]) == list("aaaa123bb4")

    def test_new_cards_are_met_all_the_way(self) -> None:
        mixed = spread("r" * 20, "n" * 4)
        assert "".join(mixed).count("n") == 4
        assert [place for place, kind in enumerate(mixed) if kind == "n"] == [3, 9, 15, 21]


def reversed_card(front: str) -> list[Card]:
    """Both cards of an entry that is asked both ways."""
    one = flip(front, f"back of {front}")
    return [one, structs.replace(one, key=card_key(Kind.FLIP, prompt=front, part="reverse"), reversed=True)]


def siblings(*entries: list[Card], study: StudyDefaults | None = None) -> Deck:
    """A deck of entries with several cards each."""
    cards = [structs.replace(card, entry=number) for number, group in enumerate(entries) for card in group]
    return structs.replace(deck(*cards, study=study), cards=tuple(cards))


TODAY, TOMORROW = "2026-01-01", "2026-01-02"
REVIEW = memory(due_day=TODAY)


def graded_today(one: Memory) -> Memory:
    return structs.replace(one, last_ms=START_MS, last_day=TODAY)


class TestSiblings:
    """Cards of one entry are not asked on the same day."""

    def test_of_new_cards_the_first_is_asked(self) -> None:
        whole = siblings(reversed_card("a"), reversed_card("b"))
        found = waiting(pool(whole), NOW)
        assert found.new == (whole.cards[0], whole.cards[2])
        assert found.siblings == 2
        assert next_due(pool(whole), NOW) == (None, TOMORROW)

    def test_so_it_is_for_the_blanks_of_a_sentence(self) -> None:
        blanks: list[Card] = [
            Cloze(key=str(n), entry=0, prompt="x", answer=str(n), before="", after="") for n in range(3)
        ]
        whole = siblings(blanks, reversed_card("a"))
        assert waiting(pool(whole), NOW).new == (whole.cards[0], whole.cards[3])

    def test_a_due_card_comes_before_a_new_one(self) -> None:
        whole = siblings(reversed_card("a"))
        found = waiting(pool(whole, {whole.cards[1].key: REVIEW}), NOW)
        assert (found.reviews, found.new) == ((whole.cards[1],), ())

    def test_a_step_comes_before_both_and_steps_are_never_kept_back(self) -> None:
        whole = siblings(reversed_card("a"))
        step = memory(due_ms=START_MS)  # of yesterday: it was never done
        found = waiting(pool(whole, {whole.cards[0].key: REVIEW, whole.cards[1].key: step}), NOW)
        assert (found.steps, found.reviews) == ((whole.cards[1],), ())
        both = {card.key: step for card in whole.cards}
        assert len(waiting(pool(whole, both), NOW).steps) == 2

    @pytest.mark.parametrize("other", [REVIEW, None])
    def test_one_that_was_graded_today_keeps_the_other_back_until_tomorrow(
        self, other: Memory | None
    ) -> None:
        whole = siblings(reversed_card("a"))
        known = {whole.cards[0].key: graded_today(memory(due_day="2026-01-05"))}
        if other is not None:
            known[whole.cards[1].key] = other
        found = waiting(pool(whole, known), NOW)
        assert (found.reviews, found.new, found.siblings) == ((), (), 1)
        assert next_due(pool(whole, known), NOW) == (None, TOMORROW)
        later = structs.replace(NOW, at_ms=NOW.at_ms + DAY_MS, day=TOMORROW)
        assert studyable(pool(whole, known), later) == 1

    def test_what_is_kept_back_takes_none_of_the_days_limit(self) -> None:
        whole = siblings(reversed_card("a"), reversed_card("b"), study=StudyDefaults(new_per_day=2))
        assert ready(pool(whole), NOW, Random(1)).new == (whole.cards[0], whole.cards[2])

    def test_entries_with_one_card_are_left_alone(self) -> None:
        whole = deck(*cards(3))
        known = {whole.cards[0].key: graded_today(REVIEW), whole.cards[1].key: REVIEW}
        assert len(waiting(pool(whole, known), NOW).reviews) == 2


class TestAside:
    """What is suspended or buried is not asked."""

    WHOLE = deck(*cards(4))
    MEMORIES: ClassVar = {card.key: REVIEW for card in WHOLE.cards[:3]}

    def with_marks(self, *marks: Mark) -> Pool:
        return structs.replace(
            pool(self.WHOLE, self.MEMORIES),
            marks={card.key: mark for card, mark in zip(self.WHOLE.cards, marks, strict=False)},
        )

    def test_neither_is_asked_and_both_are_counted(self) -> None:
        one = self.with_marks(Mark(suspended=True), Mark(buried=TOMORROW), Mark(flagged=True))
        found = waiting(one, NOW)
        assert (found.reviews, found.aside) == ((self.WHOLE.cards[2],), 2)

    def test_a_step_and_a_new_card_can_be_put_aside_too(self) -> None:
        one = structs.replace(
            self.with_marks(Mark(suspended=True), *[Mark()] * 2, Mark(buried=TOMORROW)),
            memories={self.WHOLE.cards[0].key: memory(due_ms=START_MS)},
        )
        found = waiting(one, NOW)
        assert (found.steps, found.new) == ((), self.WHOLE.cards[1:3])

    def test_a_buried_card_is_back_tomorrow_a_suspended_one_is_not(self) -> None:
        one = self.with_marks(Mark(suspended=True), Mark(buried=TOMORROW))
        later = structs.replace(NOW, day=TOMORROW)
        assert waiting(one, later).reviews == self.WHOLE.cards[1:3]
        only = structs.replace(one, only=frozenset(card.key for card in self.WHOLE.cards[:2]))
        assert next_due(only, NOW) == (None, TOMORROW)
        suspended = structs.replace(one, only=frozenset([self.WHOLE.cards[0].key]))
        assert next_due(suspended, NOW) == (None, None)

    def test_it_leaves_its_place_in_the_limit_to_others(self) -> None:
        limited = structs.replace(self.WHOLE, study=StudyDefaults(reviews_per_day=1))
        one = structs.replace(self.with_marks(Mark(suspended=True)), deck=limited)
        assert len(ready(one, NOW, Random(1)).reviews) == 1

    def test_a_suspended_sibling_keeps_nothing_back(self) -> None:
        whole = siblings(reversed_card("a"))
        one = structs.replace(pool(whole), marks={whole.cards[0].key: Mark(suspended=True)})
        assert waiting(one, NOW).new == (whole.cards[1],)


class TestWaits:
    """One card by itself, as a queue of it alone would have it."""

    @pytest.mark.parametrize(
        "mark", [Mark(), Mark(suspended=True), Mark(buried=TOMORROW), Mark(flagged=True)]
    )
    @pytest.mark.parametrize("exam", [None, date(2026, 1, 1), date(2025, 12, 31)])
    @pytest.mark.parametrize(
        "known",
        [
            None,
            memory(due_ms=START_MS),
            memory(due_ms=START_MS + 20 * MINUTE),
            memory(due_ms=START_MS + 20 * MINUTE + 1),
            memory(due_day="2026-01-01"),
            memory(due_day=TOMORROW),
        ],
    )
    def test_it_is_as_in_a_queue(self, known: Memory | None, exam: date | None, mark: Mark) -> None:
        whole = deck(*cards(1), study=StudyDefaults(exam_date=exam))
        key = whole.cards[0].key
        one = structs.replace(pool(whole, {key: known} if known else {}), marks={key: mark})
        assert waits(whole.cards[0], one, NOW) is (studyable(one, NOW) == 1)

    def test_another_card_of_its_entry_that_was_asked_today_keeps_it_back(self) -> None:
        whole = siblings(reversed_card("a"), reversed_card("b"))
        there, back, *_ = whole.cards
        asked = graded_today(memory(due_day="2026-01-09"))
        one = pool(whole, {there.key: asked})
        assert [waits(card, one, NOW) for card in whole.cards] == [False, False, True, False]
        assert waits(there, without(one, there, None, Mark()), NOW), "its own answer was taken back"
        other = pool(whole, {there.key: asked, back.key: asked})
        assert not waits(back, without(other, back, None, Mark()), NOW)

    def test_steps_to_come_leave_out_what_was_put_aside(self) -> None:
        whole = deck(*cards(3))
        late = [memory(due_ms=START_MS + minutes * MINUTE) for minutes in (90, 30, 60)]
        one = pool(whole, {card.key: step for card, step in zip(whole.cards, late, strict=True)})
        one = structs.replace(one, marks={whole.cards[2].key: Mark(suspended=True)})
        assert sorted(steps_to_come(one, NOW)) == [START_MS + 30 * MINUTE, START_MS + 90 * MINUTE]
        assert next_due(one, NOW) == (START_MS + 30 * MINUTE, None)


class TestCap:
    """While a backlog is caught up with."""

    WHOLE = deck(*cards(6), study=StudyDefaults(reviews_per_day=5))
    STABILITY = (9.0, 1.0, 50.0, 3.0, 20.0, 5.0)
    MEMORIES: ClassVar = {
        card.key: memory(due_day=TODAY, stability=stability)
        for card, stability in zip(WHOLE.cards, STABILITY, strict=True)
    }

    def capped(self, per_day: int, *, done: int = 0) -> Pool:
        one = pool(self.WHOLE, self.MEMORIES, reviews_done=done)
        return structs.replace(one, cap=Cap(per_day, "2026-01-09"))

    def test_so_many_are_asked_the_likeliest_to_be_forgotten_first(self) -> None:
        found = ready(self.capped(3), NOW, Random(1)).reviews
        assert [card for card, _ in found] == [self.WHOLE.cards[place] for place in (1, 3, 5)]
        assert [chance for _, chance in found] == sorted(chance for _, chance in found)

    def test_what_was_done_today_counts(self) -> None:
        assert len(ready(self.capped(3, done=2), NOW, Random(1)).reviews) == 1
        assert ready(self.capped(3, done=4), NOW, Random(1)).reviews == ()
        assert next_due(self.capped(3, done=3), NOW) == (None, TOMORROW)

    def test_it_never_raises_the_decks_own_limit(self) -> None:
        assert len(ready(self.capped(99), NOW, Random(1)).reviews) == 5

    def test_nothing_is_hidden(self) -> None:
        found = waiting(self.capped(2), NOW)
        assert (len(found.reviews), found.reviews_left) == (6, 2)

    def test_new_cards_and_steps_come_as_usual(self) -> None:
        whole = deck(*cards(6))
        steps = {whole.cards[0].key: memory(due_ms=START_MS)}
        found = ready(structs.replace(pool(whole, steps), cap=Cap(0, "2026-01-09")), NOW, Random(1))
        assert (len(found.steps), len(found.new)) == (1, 5)


class TestExam:
    """No card falls due after the exam."""

    @staticmethod
    def before(exam: str, due_day: str, last_day: str = "2025-12-31") -> Pool:
        whole = deck(*cards(1), study=StudyDefaults(exam_date=date.fromisoformat(exam)))
        one = structs.replace(memory(due_day=due_day), last_day=last_day)
        return pool(whole, {whole.cards[0].key: one})

    def test_a_card_scheduled_beyond_it_is_due_on_its_day(self) -> None:
        one = self.before("2026-01-03", "2026-02-01")
        assert next_due(one, NOW) == (None, "2026-01-03")
        assert waiting(one, structs.replace(NOW, day=TOMORROW)).reviews == ()
        assert waiting(one, structs.replace(NOW, day="2026-01-03")).reviews == one.deck.cards

    def test_on_the_day_itself_it_is_asked_once(self) -> None:
        one = self.before(TODAY, "2026-02-01")
        assert len(waiting(one, NOW).reviews) == 1
        done = self.before(TODAY, "2026-02-01", last_day=TODAY)
        assert waiting(done, NOW).reviews == ()
        assert next_due(done, NOW) == (None, "2026-02-01")

    def test_after_it_everything_is_as_it_was_scheduled(self) -> None:
        one = self.before("2025-12-31", "2026-02-01", last_day="2025-12-20")
        assert waiting(one, NOW).reviews == ()
        assert next_due(one, NOW) == (None, "2026-02-01")

    def test_a_card_that_falls_due_before_it_does_so(self) -> None:
        assert next_due(self.before("2026-01-09", "2026-01-05"), NOW) == (None, "2026-01-05")

    @pytest.mark.parametrize("grade", Grade)
    def test_no_grade_leads_beyond_it(self, grade: Grade) -> None:
        one = self.before("2026-01-03", "2026-01-01")
        card = one.deck.cards[0]
        plan = one.plan(NOW)
        after = review(one.memories[card.key], plan.graded(grade, NOW, None), card_key=card.key)
        assert after.due_day is None or after.due_day <= "2026-01-03"


class TestOnly:
    """A part of the deck is studied."""

    WHOLE = deck(
        structs.replace(flip("a", "b", aspect="Cost"), tags=("Verbs", "food")),
        structs.replace(flip("c", "d", aspect="skills"), tags=("verbs",)),
        structs.replace(flip("e", "f", aspect="cost")),
    )
    KEYS: ClassVar = [card.key for card in WHOLE.cards]

    @pytest.mark.parametrize(
        ("only", "places"),
        [
            (Only(), None),
            (Only(tag="verbs"), {0, 1}),
            (Only(tag="VERBS", aspect="cost"), {0}),
            (Only(aspect="COST"), {0, 2}),
            (Only(flagged=True), {1}),
            (Only(leeches=True), {2}),
            (Only(tag="verb"), set()),
            (Only(tag="food", flagged=True), set()),
        ],
    )
    def test_its_keys_are_those_of_tag_aspect_flag_and_lapses(
        self, only: Only, places: set[int] | None
    ) -> None:
        marks = {self.KEYS[1]: Mark(flagged=True), "gone": Mark(flagged=True)}
        memories = {self.KEYS[2]: structs.replace(REVIEW, lapses=8), self.KEYS[0]: REVIEW}
        keys = None if places is None else {self.KEYS[place] for place in places}
        assert only.keys(self.WHOLE, marks, memories) == keys

    def test_others_are_neither_asked_nor_waited_for(self) -> None:
        memories = {
            self.KEYS[0]: memory(due_day="2026-01-03"),
            self.KEYS[1]: memory(due_day="2026-01-05"),
            self.KEYS[2]: REVIEW,
        }
        one = structs.replace(pool(self.WHOLE, memories), only=frozenset(self.KEYS[:2]))
        assert studyable(one, NOW) == 0
        assert next_due(one, NOW) == (None, "2026-01-03")
        assert studyable(structs.replace(one, only=frozenset(self.KEYS[2:])), NOW) == 1

    def test_a_sibling_outside_it_that_was_graded_today_still_keeps_a_card_back(self) -> None:
        whole = siblings(reversed_card("a"))
        known = {whole.cards[0].key: graded_today(REVIEW)}
        one = structs.replace(pool(whole, known), only=frozenset([whole.cards[1].key]))
        assert studyable(one, NOW) == 0


class TestNextDue:
    def test_it_is_the_earliest_step_and_the_earliest_later_day(self) -> None:
        known = [
            memory(due_ms=START_MS + 5 * MINUTE),
            memory(due_ms=START_MS + 3 * MINUTE),
            memory(due_day="2026-01-01"),
            memory(due_day="2026-01-09"),
            memory(due_day="2026-01-04"),
        ]
        whole = deck(*cards(5))
        memories = {card.key: one for card, one in zip(whole.cards, known, strict=True)}
        assert next_due(pool(whole, memories), NOW) == (START_MS + 3 * MINUTE, "2026-01-04")

    def test_no_cards_nothing_due(self) -> None:
        assert next_due(pool(deck()), NOW) == (None, None)

    def test_cards_beyond_todays_limit_are_there_tomorrow(self) -> None:
        assert next_due(pool(deck(*cards(5)), new_done=20), NOW) == (None, "2026-01-02")
        assert next_due(pool(deck(*cards(5)), new_done=15), NOW) == (None, None)
        never = deck(*cards(5), study=StudyDefaults(new_per_day=0))
        assert next_due(pool(never), NOW) == (None, None)
