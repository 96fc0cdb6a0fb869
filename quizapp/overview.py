"""What waits in each deck, and what was done lately: the library and the log seen together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from quizapp.deck.card import Card, Deck, UsualStudy, content_hash
from quizapp.deck.library import Library
from quizapp.learn.backlog import FEWEST, Behind, behind
from quizapp.learn.distract import distractors, why_none
from quizapp.learn.minutes import Budget
from quizapp.learn.order import NO_DISTRACTORS, Distractors, askable, most_cards
from quizapp.learn.queue import later_day, next_due, waiting
from quizapp.learn.schedule import due_day, steps_left
from quizapp.learn.setup import BadSetup, Mode, NoCards, QuizSetup, usual_setup
from quizapp.pools import budget_today, pool_of
from quizapp.record import Cap, EventType, Mark, Memory, Moment, Run, Scheduler
from quizapp.scores.log import Log
from quizapp.stats import days_from, minutes, row_of_days, week_of

_USUAL_DAYS = 28
"""How many days before the last one show what is usual."""


class DeckLine(Struct, frozen=True):
    """One deck on one study day. due and new: cards that today's limits leave. seen: cards ever studied.

    backlog: all cards that are due, whatever the limits. limit: the deck's own of reviews a day. cap: how the
    backlog is being caught up with. aside: cards that are suspended or buried. flagged, leeches: cards with a
    flag, and those forgotten again and again.
    questions: how often a sitting will ask if all goes well. best: of the deck's usual quiz. last: its latest
    usual quiz. studied: the study day on which it was last answered. due_days: how many cards fall due, by
    ISO day. next_ms, next_day: when more falls due.
    """

    deck: Deck
    due: int
    new: int
    seen: int
    questions: int
    best: Run | None
    last: Run | None
    studied: str | None
    due_days: Mapping[str, int]
    next_ms: int | None
    next_day: str | None
    backlog: int = 0
    cap: Cap | None = None
    aside: int = 0
    flagged: int = 0
    leeches: int = 0
    limit: int = 0


class Overview(Struct, frozen=True):
    """The home screen's figures.

    week: (ISO day, answers), Monday to Sunday. to_come: (ISO day, cards that fall due on it), four days from
    tomorrow on. row: study days in a row. behind: a backlog that is large, and is not being caught up with.
    minutes: about how long it takes, and no more than is left of the budget, where today has one.
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
    behind: Behind | None = None
    budget: Budget | None = None

    @property
    def backlog(self) -> int:
        """All cards that are due, whatever the limits."""
        return sum(line.backlog for line in self.lines)

    @property
    def until(self) -> str | None:
        """The first study day on which no backlog is being caught up with any more; None if none is now."""
        return max((line.cap.until for line in self.lines if line.cap is not None), default=None)


def usual_quiz(deck: Deck, distractors: Distractors = NO_DISTRACTORS) -> QuizSetup:
    """The quiz that a deck starts with unless told otherwise: a sprint, or what the deck itself says."""
    return quiz_in(Mode(deck.quiz.mode or Mode.SPRINT), deck, distractors)


def usual_practice(deck: Deck, distractors: Distractors = NO_DISTRACTORS) -> QuizSetup:
    """The deck's usual quiz without a clock."""
    return quiz_in(Mode.PRACTICE, deck, distractors)


def quiz_in(mode: Mode, deck: Deck, distractors: Distractors = NO_DISTRACTORS) -> QuizSetup:
    """The deck's usual quiz in a mode: with its own figures as far as they fit the mode."""
    usual = deck.quiz
    cards = usual.cards if mode in (Mode.PRACTICE, Mode.EXAM, Mode.COUNTDOWN) else None
    most = most_cards(deck.cards, usual.choices, distractors)
    return usual_setup(
        mode,
        most,
        choices=usual.choices,
        seconds=usual.seconds if mode is Mode.SPRINT else None,
        cards=None if cards is None else max(1, min(cards, most)),
    )


def distractors_of(deck: Deck) -> Distractors:
    """What a quiz asks the deck's flip cards with."""
    return distractors(deck.cards, whole=deck.quiz.distractors)


def why_no_quiz(deck: Deck, error: NoCards) -> str:
    """Why a quiz can't be, with a word on flip cards where it is they that can't be asked."""
    flips = why_none(deck.cards, whole=deck.quiz.distractors)
    return flips if flips and not askable(deck.cards) and deck.cards else str(error)


def deck_lines(
    log: Log, library: Library, now: Moment, usual: UsualStudy | None = None
) -> tuple[DeckLine, ...]:
    """Each deck as it stands now. usual: the limits of decks that set none."""
    done = log.done(now.day)
    usual = usual or UsualStudy()
    lines = []
    for deck in library.decks.values():
        pool = pool_of(log, deck, now, usual, done=done)
        memories, plan = pool.memories, pool.plan(now)
        found = waiting(pool, now)
        reviews, new = found.reviews[: found.reviews_left], found.new[: found.new_left]
        known = [memories[card.key] for card in deck.cards if card.key in memories]
        shown = [
            memories[card.key]
            for card in deck.cards
            if card.key in memories and not pool.marks.get(card.key, Mark()).suspended
        ]
        days = (due_day(memory, plan.latest, now) for memory in shown)
        next_ms, next_day = next_due(pool, now)
        runs = usual_runs(log, deck)
        lines.append(
            DeckLine(
                deck=deck,
                due=len(found.steps) + len(reviews),
                new=len(new),
                seen=len(known),
                questions=_questions((*found.steps, *reviews, *new), memories, plan.scheduler),
                best=max((run for run in runs if run.eligible), key=lambda run: run.score, default=None),
                last=runs[-1] if runs else None,
                studied=log.last_studied(deck.id),
                due_days=Counter(day for day in days if day is not None),
                next_ms=next_ms,
                next_day=next_day,
                backlog=len(found.steps) + len(found.reviews),
                cap=pool.cap,
                aside=found.aside,
                flagged=sum(mark.flagged for mark in pool.marks.values()),
                leeches=sum(memory.is_leech for memory in shown),
                limit=deck.study.over(usual).reviews_per_day,
            )
        )
    return tuple(lines)


def overview(log: Log, library: Library, now: Moment, usual: UsualStudy | None = None) -> Overview:
    """All decks as they stand now. usual: the limits of decks that set none."""
    lines = deck_lines(log, library, now, usual)
    week = week_of(now.day)
    tomorrow = list(days_from(now.day, 2))[1]
    counts = log.answers_by_day(week[0], week[-1])
    takes = minutes(sum(line.questions for line in lines), log.recent_ms())
    budget = budget_today(log, library.decks.values(), usual or UsualStudy(), now)
    return Overview(
        lines=lines,
        due=sum(line.due for line in lines),
        new=sum(line.new for line in lines),
        minutes=takes if budget is None else min(takes, budget.left),
        row=row_of_days(_days(log, now.day), now.day),
        week=tuple((day, counts.get(day, 0)) for day in week),
        to_come=tuple(
            (day, sum(line.due_days.get(day, 0) for line in lines)) for day in days_from(tomorrow, 4)
        ),
        next_ms=min((line.next_ms for line in lines if line.next_ms is not None), default=None),
        next_day=min((line.next_day for line in lines if line.next_day is not None), default=None),
        behind=_behind(log, lines, now.day),
        budget=budget,
    )


def _behind(log: Log, lines: Iterable[DeckLine], today: str) -> Behind | None:
    """The backlog, if it is large and the person has not said yet what to do about it."""
    waiting = [line for line in lines if line.backlog and line.limit]
    cards = sum(line.backlog for line in waiting)
    if cards < FEWEST or any(line.cap for line in waiting):
        return None
    said = [event for line in waiting if (event := log.last_event(EventType.CAP, line.deck.id)) is not None]
    last = max(said, key=lambda event: event.id, default=None)
    before = log.last_day(today) or today
    return behind(
        cards,
        over=any(line.backlog > line.limit for line in waiting),
        answers=log.answers_by_day(later_day(before, -_USUAL_DAYS), today),
        today=today,
        dismissed=last.day if last is not None and last.body["per_day"] is None else None,
    )


def usual_runs(log: Log, deck: Deck) -> list[Run]:
    """The finished runs of a deck's usual quiz with the cards that it has now, the oldest first."""
    runs = [run for run in log.runs(deck.id) if run.finished and not run.drill]
    if not runs:
        # Hashing the cards of a large deck takes a while.
        return []
    wrong = distractors_of(deck)
    setup = usual_quiz(deck, wrong)
    content = content_hash(askable(deck.cards, setup.choices, wrong))
    wanted = (
        content,
        setup.mode.value,
        frozenset(setup.choices or deck.choices),
        setup.seconds,
        setup.cards,
        setup.paced,
    )
    return [run for run in runs if wanted == _conditions(run)]


def _conditions(run: Run) -> tuple[object, ...]:
    return (run.content, run.mode, frozenset(run.choices), run.seconds, run.cards, run.pace)


def last_setup(
    log: Log, deck: Deck, distractors: Distractors = NO_DISTRACTORS, *, timed: bool = False
) -> QuizSetup | None:
    """How the deck's last quiz was set up that was no drill, with a seed of 0; None without one to repeat.

    timed: the last one that was no practice either.
    Choices that the deck no longer has are left out, and if fewer than two remain its usual ones are taken.
    The number of cards is at most what there is now, and an exam's seconds are fewer by the same share.
    """
    run = log.last_run(deck.id, timed=timed)
    if run is None or run.mode not in {mode.value for mode in Mode}:
        return None
    choices = tuple(choice for choice in deck.choices if choice in run.choices)
    if len(choices) < 2 or set(choices) == set(deck.quiz.choices):
        choices = deck.quiz.choices
    elif choices == deck.choices:
        choices = ()
    most = most_cards(deck.cards, choices, distractors)
    if not most:
        return None
    cards, seconds = run.cards, run.seconds
    if cards is not None and cards > most:
        seconds = None if seconds is None else max(1, round(seconds * most / cards))
        cards = most
    try:
        return QuizSetup(
            mode=Mode(run.mode),
            seconds=seconds,
            choices=choices,
            cards=cards,
            certainty=run.certainty,
            pace=run.pace,
        )
    except BadSetup:
        # A later version knows paces, or whatever it is, that this one does not.
        return None


def _questions(cards: Iterable[Card], memories: Mapping[str, Memory], scheduler: Scheduler) -> int:
    return sum(steps_left(memories.get(card.key), scheduler) for card in cards)


def _days(log: Log, today: str) -> Iterator[str]:
    """The study days with an answer, today first if it has one, each looked up only when it is asked for."""
    if log.answers_by_day(today, today):
        yield today
    day = log.last_day(today)
    while day is not None:
        yield day
        day = log.last_day(day)
