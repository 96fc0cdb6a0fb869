"""The scores of exam, countdown and survival, and of certainties."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizapp.learn.score import (
    certainty_score,
    countdown_score,
    counted,
    exam_score,
    is_best,
    results,
    run_of,
    score,
    survival_score,
)
from quizapp.learn.setup import Mode
from quizapp.learn.start import Start
from quizapp.record import Answer, Event, EventType, Note, Outcome
from tests.learn.test_score import START, answer, rows

RIGHT, WRONG, TIMEOUT, SKIPPED = Outcome.RIGHT, Outcome.WRONG, Outcome.TIMEOUT, Outcome.SKIPPED


def notes(rows: list[Answer], **fields: int) -> dict[str, Note]:
    return {row.id: Note(**fields) for row in rows}


# Exam


@pytest.mark.parametrize(
    ("log", "knowledge"),
    [
        ([], 0),
        (rows(*[RIGHT] * 20), 100),
        (rows(*[RIGHT] * 10, *[WRONG] * 10), 0),
        (rows(*[RIGHT] * 15, *[WRONG] * 5), 50),
        (rows(*[WRONG] * 20), -100),
        (rows(*[RIGHT] * 15, *[SKIPPED] * 3, *[TIMEOUT] * 2), 50),
        (rows(*[RIGHT] * 2, *[WRONG] * 2, k=None), 50),
        (rows(*[RIGHT] * 2, *[WRONG] * 1, k=3), 50),
    ],
)
def test_knowledge_is_what_is_right_beyond_chance(log: list[Answer], knowledge: float) -> None:
    assert exam_score(log) == pytest.approx(knowledge, abs=1e-9)
    assert score(Mode.EXAM, log) == exam_score(log)


def test_each_card_is_guessed_with_its_own_k() -> None:
    log = [answer(0, RIGHT, k=2), answer(1, WRONG, k=4), answer(2, SKIPPED, k=None), answer(3, RIGHT, k=4)]
    guessed = (1 / 2 + 1 / 4 + 0 + 1 / 4) / 4
    assert exam_score(log) == pytest.approx(100 * (0.5 - guessed) / (1 - guessed))


@pytest.mark.parametrize("k", [2, 3, 5])
def test_a_blind_exam_comes_to_nothing(k: int) -> None:
    random = Random(k)
    guesses = rows(*(RIGHT if random.randrange(k) == 0 else WRONG for _ in range(20_000)), k=k)
    assert abs(exam_score(guesses)) < 2


# Countdown


def test_a_fast_answer_wins_or_loses_much_and_a_timeout_nothing() -> None:
    log = [
        answer(0, RIGHT, ms=1000),
        answer(1, WRONG, ms=1000),
        answer(2, WRONG, ms=3000),
        answer(3, TIMEOUT, ms=4000),
        answer(4, RIGHT, ms=4000),
    ]
    timed = notes(log, limit_ms=4000)
    each = [countdown_score([row], timed) for row in log]
    assert each == [75, -75, -25, 0, 0]
    assert countdown_score(log, timed) == score(Mode.COUNTDOWN, log, timed) == -25
    assert countdown_score(log, {}) == 0


@given(st.lists(st.tuples(st.sampled_from([RIGHT, WRONG, TIMEOUT]), st.integers(0, 9000)), max_size=40))
def test_the_order_of_the_rows_does_not_matter(asked: list[tuple[Outcome, int]]) -> None:
    log = [answer(place, outcome, ms=ms) for place, (outcome, ms) in enumerate(asked)]
    timed = notes(log, limit_ms=7000)
    assert countdown_score(log, timed) == countdown_score(log[::-1], timed)
    assert abs(countdown_score(log, timed)) <= 100 * len(log)


def test_double_time_makes_the_same_answers_worth_the_same() -> None:
    once, twice = [answer(0, RIGHT, ms=1500)], [answer(0, RIGHT, ms=3000)]
    assert countdown_score(once, notes(once, limit_ms=4000)) == countdown_score(
        twice, notes(twice, limit_ms=8000)
    )


# Survival


def test_survival_counts_right_answers() -> None:
    log = rows(RIGHT, WRONG, RIGHT, TIMEOUT, RIGHT, WRONG)
    assert survival_score(log) == score(Mode.SURVIVAL, log) == 3
    found = results(Mode.SURVIVAL, log, {})
    assert (found.asked, found.right, found.wrong, found.timeout, found.late) == (6, 3, 2, 1, 0)
    assert found.unanswered == ("card 3",)


# Answers that were changed


def changed(position: int, outcome: Outcome, number: int, **given: object) -> Answer:
    return replace(answer(position, outcome, **given), id=f"9{number:03}", card=f"card {position}")  # type: ignore[arg-type] # passed on as it is


def test_of_a_position_the_last_row_counts() -> None:
    log = [*rows(WRONG, RIGHT, WRONG), changed(0, RIGHT, 0), changed(1, WRONG, 1), changed(1, RIGHT, 2)]
    assert [(row.position, row.outcome) for row in counted(log)] == [(0, RIGHT), (1, RIGHT), (2, WRONG)]
    assert counted(log[::-1]) == counted(log)
    start = replace(START, mode=Mode.EXAM, seconds=30, cards=3)
    made = run_of(start, log, finished=True, fresh=True)
    assert (made.asked, made.right) == (3, 2)
    assert made.score == pytest.approx(100 / 3)
    found = results(Mode.EXAM, log, {})
    assert (found.asked, found.right, found.wrong, found.score) == (3, 2, 1, made.score)
    assert [one.card for one in found.missed] == ["card 2"]


def test_the_results_of_an_exam_with_open_cards() -> None:
    log = [
        answer(0, RIGHT, ms=1000),
        answer(1, WRONG, ms=3000),
        answer(2, SKIPPED, given="", ms=70_000),
        answer(3, TIMEOUT, given="", ms=80_000),
    ]
    found = results(Mode.EXAM, log, {})
    assert (found.asked, found.right, found.wrong, found.skipped, found.timeout) == (4, 1, 1, 1, 1)
    assert (found.median_ms, found.unanswered, found.certainty) == (2000, ("card 2", "card 3"), None)
    assert [one.card for one in found.missed] == ["card 1"]


# Certainty


@pytest.mark.parametrize(("certainty", "right", "wrong"), [(1, 1, 0), (2, 2, -2), (3, 3, -6)])
def test_certainty_wins_and_loses(certainty: int, right: int, wrong: int) -> None:
    for outcome, points in ((RIGHT, right), (WRONG, wrong), (SKIPPED, 0), (TIMEOUT, 0)):
        log = rows(outcome)
        assert certainty_score(log, notes(log, certainty=certainty)) == points


@pytest.mark.parametrize(("knows", "says"), [(0.5, 1), (0.6, 1), (0.7, 2), (0.75, 2), (0.85, 3), (0.95, 3)])
def test_it_pays_to_say_how_sure_one_is(knows: float, says: int) -> None:
    def expected(certainty: int) -> float:
        one, other = rows(RIGHT), rows(WRONG)
        return knows * certainty_score(one, notes(one, certainty=certainty)) + (1 - knows) * certainty_score(
            other, notes(other, certainty=certainty)
        )

    assert max((1, 2, 3), key=expected) == says


def test_a_run_with_certainties_is_no_best() -> None:
    log = rows(*[RIGHT] * 12)
    start = replace(START, mode=Mode.EXAM, cards=12)
    plain = run_of(start, log, finished=True, fresh=True)
    certain = run_of(replace(start, certainty=True), log, finished=True, fresh=True)
    assert is_best(plain, None)
    assert not is_best(certain, None)
    found = results(Mode.EXAM, log, {}, notes=notes(log, certainty=3))
    assert (found.score, found.certainty) == (100, 36)


# What a start event holds


def event(body: dict[str, object]) -> Event:
    return Event("0100", "dev", 5, 60, "2026-11-22", EventType.START, "0100", body)


@pytest.mark.parametrize("mode", Mode)
def test_a_start_comes_back_from_its_event(mode: Mode) -> None:
    start = replace(START, mode=mode, cards=20, certainty=True, pace=2.0, asked_from=43)
    body = start.body("1.0")
    assert Start.of(event(body)) == start
    assert (body["cards"], body["wanted"], body["decks"], body["version"]) == (43, 20, ["deck"], "1.0")


def test_an_older_event_has_what_was_usual() -> None:
    body = START.body("1.0")
    for later in ("wanted", "certainty", "pace"):
        del body[later]
    assert Start.of(event(body)) == START
    assert (START.cards, START.certainty, START.pace) == (None, False, 1.0)


def test_a_start_in_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="marathon"):
        Start.of(event(START.body("1.0") | {"mode": "marathon"}))
