"""One due card: which one, and what its answer leaves in the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from msgspec import structs

from quizapp.deck.card import Deck, StudyDefaults, UsualStudy
from quizapp.learn.judge import Chosen
from quizapp.learn.study import Asking, Finished, Grading
from quizapp.record import EventType, Grade, Mark, Memory, Ref, State
from quizapp.scores.store import Store, open_store
from quizapp.sitting import study
from quizapp.sitting.one import One, one
from quizapp.sitting.writing import event_of
from tests.builders import START_MS, FakeClock, deck, flip, statement

TODAY = "2026-01-01"
REVIEW = Memory(State.REVIEW, None, 30.0, 5.0, 1, "2025-12-01", None, TODAY, 2)
FORGOTTEN = structs.replace(REVIEW, stability=2.0)
STEP = structs.replace(REVIEW, state=State.LEARNING, step=0, due_ms=START_MS - 5, due_day=None)
SOON = structs.replace(STEP, due_ms=START_MS + 60_000)

SIDES = deck(
    statement("Anyone can do it.", "BPO"),
    flip("What is it for?", "Cutting costs"),
    flip("What is new?", "Nothing"),
)
OTHERS = deck(flip("One?", "1"), flip("Two?", "2"), id="others")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms, busy_seconds=0)) as store:
        yield store


def remember(
    store: Store, deck: Deck, memories: Mapping[int, Memory], marks: Mapping[int, Mark] | None = None
) -> None:
    """What is remembered of the cards at these places, and what was set for them."""
    refs = [Ref(deck.id, card.key) for card in deck.cards]
    store.append(
        [],
        memories={refs[place]: memory for place, memory in memories.items()},
        marks={refs[place]: mark for place, mark in (marks or {}).items()},
    )


def ask(store: Store, clock: FakeClock, *decks: Deck, usual: UsualStudy | None = None) -> One | None:
    return one(store, clock, decks or (SIDES, OTHERS), Random(1), usual)


def prompt(asked: One | None) -> str:
    """The card that is asked; "" if none is."""
    if asked is None:
        return ""
    asked.sitting.start()
    assert isinstance(asked.sitting.view, Asking)
    return asked.sitting.view.question.prompt


class TestWhichCard:
    def test_none_is_due_of_new_cards_and_of_steps_to_come(self, store: Store, clock: FakeClock) -> None:
        assert ask(store, clock) is None
        remember(store, SIDES, {0: SOON, 1: structs.replace(REVIEW, due_day="2026-01-02")})
        assert ask(store, clock) is None

    def test_a_step_comes_first_and_of_steps_the_earliest(self, store: Store, clock: FakeClock) -> None:
        remember(store, SIDES, {0: REVIEW, 1: STEP})
        remember(store, OTHERS, {0: SOON, 1: structs.replace(STEP, due_ms=START_MS - 9)})
        asked = ask(store, clock)
        assert prompt(asked) == "Two?"
        assert asked is not None
        assert asked.due == 3

    def test_a_review_is_the_one_that_study_would_ask(self, store: Store, clock: FakeClock) -> None:
        remember(store, SIDES, {1: FORGOTTEN})
        remember(store, OTHERS, {0: FORGOTTEN, 1: REVIEW})
        sitting = study(store, clock, [SIDES, OTHERS], Random(1))
        sitting.start()
        assert isinstance(sitting.view, Asking)
        assert prompt(ask(store, clock)) == sitting.view.question.prompt == "Two?"

    def test_the_likeliest_to_be_forgotten_while_a_backlog_is_caught_up_with(
        self, store: Store, clock: FakeClock
    ) -> None:
        remember(store, SIDES, {1: REVIEW})
        remember(store, OTHERS, {0: FORGOTTEN, 1: REVIEW})
        body: dict[str, object] = {"per_day": 9, "until": "2026-02-01"}
        store.append([event_of(store, EventType.CAP, "others", body, clock())])
        assert prompt(ask(store, clock)) == "One?"

    @pytest.mark.parametrize("mark", [Mark(suspended=True), Mark(buried="2026-01-02")])
    def test_none_that_was_set_aside(self, store: Store, clock: FakeClock, mark: Mark) -> None:
        remember(store, OTHERS, {0: REVIEW, 1: STEP}, {0: mark, 1: mark})
        assert ask(store, clock) is None

    def test_none_beyond_the_limits_of_the_day(self, store: Store, clock: FakeClock) -> None:
        remember(store, OTHERS, {0: REVIEW})
        assert ask(store, clock, usual=UsualStudy(reviews_per_day=0)) is None
        capped = structs.replace(OTHERS, study=StudyDefaults(reviews_per_day=0))
        assert ask(store, clock, capped) is None
        assert prompt(ask(store, clock)) == "One?"

    def test_none_whose_sibling_was_asked_today(self, store: Store, clock: FakeClock) -> None:
        twins = structs.replace(OTHERS, cards=tuple(structs.replace(card, entry=0) for card in OTHERS.cards))
        remember(store, twins, {0: structs.replace(REVIEW, last_day=TODAY, due_day="2026-01-09"), 1: REVIEW})
        assert ask(store, clock, twins) is None
        assert prompt(ask(store, clock, OTHERS)) == "Two?"

    def test_none_of_a_card_that_is_gone(self, store: Store, clock: FakeClock) -> None:
        store.append([], memories={Ref("gone", "0" * 32): STEP, Ref("d", "0" * 32): REVIEW})
        assert ask(store, clock) is None


class TestItsAnswer:
    def test_it_is_the_last_also_when_it_was_wrong(self, store: Store, clock: FakeClock) -> None:
        remember(store, SIDES, {0: REVIEW, 1: REVIEW})
        asked = ask(store, clock, structs.replace(SIDES, cards=SIDES.cards[:1]))
        prompt(asked)
        assert asked is not None
        sitting = asked.sitting
        sitting.answer(Chosen(1), 900)
        assert isinstance(sitting.view, Grading)
        sitting.grade(sitting.view.marked, 900)
        assert isinstance(sitting.view, Finished)
        (logged,) = store.answers()
        assert (logged.answer.given, logged.grade, logged.answer.ms) == ("KPO", Grade.AGAIN, 900)
        memory = store.memory(logged.answer.ref)
        assert memory is not None
        assert memory.due_ms == START_MS + 600_000
        (start,), (end,) = store.events(EventType.START), store.events(EventType.END)
        assert (start.body["mode"], start.body["cards"], start.body["decks"]) == ("study", 1, ["d"])
        assert end.body == {"finished": True, "answers": 1}

    def test_without_one_the_log_hears_of_nothing(self, store: Store, clock: FakeClock) -> None:
        remember(store, SIDES, {1: REVIEW})
        asked = ask(store, clock)
        prompt(asked)
        assert asked is not None
        asked.sitting.reveal()
        asked.sitting.close(0.0)
        assert not list(store.answers())
        assert not store.events()
