"""What waits in each deck, and what was done lately: the library and the log seen together."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from msgspec import Struct

from quizapp.deck.card import Deck, content_hash
from quizapp.deck.library import Library
from quizapp.learn.order import askable
from quizapp.learn.queue import Pool, Ready, next_due, ready
from quizapp.learn.quiz import SECONDS, Mode, QuizSetup
from quizapp.learn.schedule import default_scheduler, steps_left
from quizapp.record import Moment, Run
from quizapp.scores.log import Log
from quizapp.stats import days_from, minutes, row_of_days, week_of


class DeckLine(Struct, frozen=True):
    """One deck on one study day. due and new: cards that today's limits leave. seen: cards ever studied.

    questions: how often a sitting will ask if all goes well. best: of the deck's usual quiz. last: its latest
    usual quiz. studied: the study day on which it was last answered. next_ms, next_day: when more falls due.
    """

    deck: Deck
    due: int
    new: int
    seen: int
    questions: int
    best: Run | None
    last: Run | None
    studied: str | None
    next_ms: int | None
    next_day: str | None


class Overview(Struct, frozen=True):
    """The home screen's figures.

    week: (ISO day, answers), Monday to Sunday. to_come: (ISO day, cards that fall due on it), four days from
    tomorrow on. row: study days in a row.
    """

    lines: tuple[DeckLine, ...]
    due: int
    new: int
    minutes: int
    row: int
    week: tuple[tuple[str, int], ...]
    to_come: tuple[tuple[str, int], ...]
    next_ms: int | None
    next_day: str | None


def usual_quiz(deck: Deck, seed: int = 0) -> QuizSetup:
    """The quiz that a deck starts with unless told otherwise: a sprint by the deck's own defaults."""
    return QuizSetup(
        mode=Mode.SPRINT, seconds=deck.quiz.seconds or SECONDS, choices=deck.quiz.choices, seed=seed
    )


def overview(log: Log, library: Library, now: Moment) -> Overview:
    """All decks as they stand now."""
    decks = list(library.decks.values())
    remembered = log.memories(deck.id for deck in decks)
    done = log.done(now.day)
    studied = log.last_studied()
    bests = log.best_runs()
    lines = []
    to_come = dict.fromkeys(list(days_from(now.day, 5))[1:], 0)
    for deck in decks:
        memories = {ref.card: memory for ref, memory in remembered.items() if ref.deck == deck.id}
        today = done.get(deck.id)
        pool = Pool(deck, memories, today.new if today else 0, today.reviews if today else 0)
        # Only counts are wanted here, so that the seed does not matter.
        found = ready(pool, now, Random(0))  # noqa: S311 - an order, no secret
        known = {card.key: memories[card.key] for card in deck.cards if card.key in memories}
        next_ms, next_day = next_due(known.values(), now)
        for memory in known.values():
            if memory.due_day in to_come:
                to_come[memory.due_day] += 1
        has_best = any(run.deck == deck.id for run in bests)
        runs = usual_runs(log, deck) if has_best else []
        lines.append(
            DeckLine(
                deck=deck,
                due=found.due,
                new=len(found.new),
                seen=len(known),
                questions=_questions(pool, found),
                best=max((run for run in runs if run.eligible), key=lambda run: run.score, default=None),
                last=runs[-1] if runs else None,
                studied=studied.get(deck.id),
                next_ms=next_ms,
                next_day=next_day,
            )
        )
    week = week_of(now.day)
    counts = log.answers_by_day(week[0], week[-1])
    return Overview(
        lines=tuple(lines),
        due=sum(line.due for line in lines),
        new=sum(line.new for line in lines),
        minutes=minutes(sum(line.questions for line in lines), log.recent_ms()),
        row=row_of_days(_days(log, now.day), now.day),
        week=tuple((day, counts.get(day, 0)) for day in week),
        to_come=tuple(to_come.items()),
        next_ms=min((line.next_ms for line in lines if line.next_ms is not None), default=None),
        next_day=min((line.next_day for line in lines if line.next_day is not None), default=None),
    )


def usual_runs(log: Log, deck: Deck) -> list[Run]:
    """The finished runs of a deck's usual quiz with the cards that it has now, the oldest first."""
    setup = usual_quiz(deck)
    content = content_hash(askable(deck.cards, setup.choices))
    return [
        run
        for run in log.runs(deck.id)
        if run.finished
        and not run.drill
        and (run.content, run.mode, run.choices, run.seconds)
        == (content, setup.mode.value, setup.choices, setup.seconds)
    ]


def _questions(pool: Pool, found: Ready) -> int:
    scheduler = default_scheduler()
    cards = (*found.steps, *found.reviews, *found.new)
    return sum(steps_left(pool.memories.get(card.key), scheduler) for card in cards)


def _days(log: Log, today: str) -> Iterator[str]:
    """The study days with an answer, today first if it has one, each looked up only when it is asked for."""
    if log.answers_by_day(today, today):
        yield today
    day = log.last_day(today)
    while day is not None:
        yield day
        day = log.last_day(day)
