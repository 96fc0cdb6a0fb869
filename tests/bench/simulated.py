"""Simulated learners with a scheduler: what they study, an evening's minutes, and what they know at the end.

What is the learner's and what is the scheduler's is said in learning.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from statistics import fmean
from typing import NamedTuple

from quizapp.deck.card import Card, Choice, Kind, card_key, kind_of, options
from quizapp.deck.library import shipped_folder
from quizapp.deck.read import read_deck
from quizapp.learn.gain import FORGOTTEN_S, GAIN_DAYS, REMEMBERED_S, gain_of
from quizapp.learn.queue import lined_up
from quizapp.learn.schedule import AHEAD_MS
from quizapp.record import Grade
from tests.bench.learner import FIRST_GRADES, PASSING_GRADES, Learner, Trace, draw_grade, draw_learner
from tests.bench.schedulers import DAY_MS, FIRST_MS, Asked, Contestant, Now, Ours, When
from tests.builders import flip, statement, typed

DAYS = 90
NEW_PER_DAY = 20
REVIEWS_PER_DAY = 200
FIRST_S = 8
"""How many seconds more the first meeting takes than another answer."""
SHIPPED = ("bpo-or-kpo", "bpo-kpo-terms", "quizapp-keys")
HELD_OUT = 100_000
"""The number of the first learner. Those with lower ones took part in choices: by what they came to know, the
rule of learn/gain.py and its week were chosen."""


class Setting(NamedTuple):
    """What is studied, and for how long a day. on: who has minutes left goes on with cards that are not due
    yet, the likeliest to be forgotten first; else the day ends when nothing is due."""

    title: str
    cards: Sequence[Asked]
    minutes: float
    on: bool


class Result(NamedTuple):
    """recall: share of all cards known at the end. minutes: spent. met: how many cards were asked."""

    recall: float
    minutes: float
    met: int


# ---- decks


def asked(card: Card) -> Asked:
    """What a scheduler knows of a card."""
    return Asked(len(options(card)) or None, kind_of(card) is not Kind.FLIP)


def shipped_cards() -> list[Asked]:
    """Those of all decks that ship."""
    cards: list[Asked] = []
    for name in SHIPPED:
        deck, problems = read_deck(shipped_folder() / f"{name}.toml", deck_id=name)
        if deck is None:
            raise SystemExit(str(problems[0]))
        cards += map(asked, deck.cards)
    return cards


def mixed_cards(number: int) -> list[Asked]:
    """Of twenty cards, six have two choices, four three and four four; three are typed and three flip."""

    def make(place: int) -> Card:
        text = f"Card {place}"
        match place % 20:
            case 0 | 3 | 6 | 9 | 12 | 15:
                return statement(text, "BPO", choices=("BPO", "KPO"))
            case 1 | 5 | 10 | 16:
                return statement(text, "KPO")
            case 2 | 7 | 13 | 18:
                key = card_key(Kind.CHOICE, prompt=text)
                return Choice(key=key, entry=0, prompt=text, answer="a", wrong=("b", "c", "d"))
            case 4 | 11 | 17:
                return typed(text, "answer")
            case _:
                return flip(text, "back")

    return [asked(make(place)) for place in range(number)]


# ---- study


class Study:
    """One learner with one scheduler."""

    def __init__(self, learner: Learner, who: Contestant, setting: Setting, seed: int) -> None:
        self._learner, self._setting, self._who = learner, setting, who
        self._plan = who.make(setting.cards, Random(f"plan {seed}"))
        self._random = Random(f"day {seed}")
        self._traces: dict[int, Trace] = {}
        self._back: dict[int, When] = {}
        self._seconds = 0.0
        # What is known at first sight is the learner's, and the same under each scheduler.
        first = Random(f"first {seed}")
        self._first = [draw_grade(first, FIRST_GRADES) for _ in setting.cards]

    def day(self, day: int) -> None:
        """Study in the evening until the minutes are over or there is nothing to do."""
        now = start = Now(FIRST_MS + day * DAY_MS + round(self._random.uniform(17, 19) * 3_600_000), day)
        end_ms = start.ms + self._setting.minutes * 60_000
        steps = {
            card: when.ms for card, when in self._back.items() if when.ms is not None and when.day is None
        }
        queue, last, gone_on = self._line_up(now), None, not self._setting.on
        while now.ms < end_ms:
            card = _step(steps, now, last, more=bool(queue))
            if card is None and not queue and not gone_on:
                queue, gone_on = self._ahead(now), True
            if card is None and queue:
                card = queue.pop()
            if card is None:
                break
            now = self._answer(card, now)
            steps.pop(card, None)
            if (ms := self._back[card].ms) is not None:
                steps[card] = ms
            last = card
        self._seconds += (now.ms - start.ms) / 1000

    def result(self, days: int) -> Result:
        """What is known on the evening of the day after so many."""
        known = sum(self._learner.recall(trace, days + 0.75) for trace in self._traces.values())
        return Result(known / len(self._setting.cards), self._seconds / 60, len(self._traces))

    def _line_up(self, now: Now) -> list[int]:
        """What is due today and new cards, the first one at the end."""
        due = [card for card, when in self._back.items() if when.day is not None and when.day <= now.day]
        due.sort(key=lambda card: self._standing(card, now))
        del due[REVIEWS_PER_DAY:]
        new = [card for card in range(len(self._setting.cards)) if card not in self._traces][:NEW_PER_DAY]
        return lined_up(due, [[card] for card in new])[::-1]

    def _standing(self, card: int, now: Now) -> float:
        if self._who.sees:
            return -gain(self._learner, self._traces[card], _days(now))
        return self._plan.standing(card, now) * (1 if self._who.urgent else -1)

    def _ahead(self, now: Now) -> list[int]:
        """What is to come back on a later day and was not asked today, the likeliest to be forgotten last."""
        rest = [
            card
            for card, when in self._back.items()
            if when.day is not None and when.day > now.day and int(self._traces[card].at) < now.day
        ]
        return sorted(rest, key=lambda card: -self._plan.standing(card, now))

    def _answer(self, card: int, now: Now) -> Now:
        """Answer a card; the moment after."""
        trace, of = self._traces.get(card), self._setting.cards[card]
        if trace is None:
            true = self._first[card]
        elif self._random.random() < self._learner.recall(trace, _days(now)):
            true = draw_grade(self._random, PASSING_GRADES)
        else:
            true = Grade.AGAIN
        seconds = FORGOTTEN_S if true is Grade.AGAIN else REMEMBERED_S
        now = Now(now.ms + 1000 * (seconds + (FIRST_S if trace is None else 0)), now.day)
        seen = true
        if of.judged:
            guessed = of.k is not None and self._random.random() * of.k < 1
            seen = Grade.GOOD if true is not Grade.AGAIN or guessed else Grade.AGAIN
        self._traces[card] = self._learner.after(trace, true, _days(now))
        self._back[card] = self._plan.answered(card, seen, now)
        return now


def gain(learner: Learner, trace: Trace, at: float) -> float:
    """What asking a card now gains, as quizapp counts it, but by the memory itself."""
    later = at + GAIN_DAYS
    again, good = (
        learner.recall(learner.after(trace, grade, at), later) for grade in (Grade.AGAIN, Grade.GOOD)
    )
    unasked = learner.recall(trace, later)
    return gain_of(learner.recall(trace, at), unasked=unasked, again=again, good=good)


def _days(now: Now) -> float:
    return (now.ms - FIRST_MS) / DAY_MS


def _step(steps: Mapping[int, int], now: Now, last: int | None, *, more: bool) -> int | None:
    """The step to ask: one that is due, or soon due if there is nothing more; as in a study session of ours,
    another card than the last one if there is another."""
    until = now.ms if more else now.ms + AHEAD_MS
    ready = sorted((ms, card) for card, ms in steps.items() if ms <= until)
    other = next((card for _, card in ready if card != last), None)
    return last if other is None and ready and not more else other


def study(who: Contestant, setting: Setting, learners: int, days: int = DAYS) -> list[Result]:
    """What each of so many learners comes to. The n-th learner is the same under each contestant."""
    results = []
    for number in range(HELD_OUT, HELD_OUT + learners):
        one = Study(draw_learner(Random(f"learner {number}")), who, setting, number)
        for day in range(days):
            one.day(day)
        results.append(one.result(days))
    return results


# ---- recall when due


def due_recall(k: int, learners: int, *, cards: int = 40, days: int = 400, aware: bool = True) -> list[float]:
    """The mean true recall of each learner's cards with k choices on the days they are due, by our schedule.

    Every card is answered on its day. Recall is taken from the memory itself, so that no luck is in it.
    """
    means = []
    for number in range(HELD_OUT, HELD_OUT + learners):
        learner, random = draw_learner(Random(f"learner {number}")), Random(f"due {number}")
        plan, found = Ours([Asked(k, judged=True)] * cards, aware=aware), []
        for card in range(cards):
            now, trace, review = Now(FIRST_MS + 18 * 3_600_000, 0), None, False
            while now.day < days:
                recall = learner.recall(trace, _days(now))
                if review:
                    found.append(recall)
                if trace is None:
                    true = draw_grade(random, FIRST_GRADES)
                else:
                    true = draw_grade(random, PASSING_GRADES) if random.random() < recall else Grade.AGAIN
                trace = learner.after(trace, true, _days(now))
                right = true is not Grade.AGAIN or random.random() * k < 1
                when = plan.answered(card, Grade.GOOD if right else Grade.AGAIN, now)
                review = when.day is not None
                if when.day is not None:
                    now = Now(FIRST_MS + when.day * DAY_MS + 18 * 3_600_000, when.day)
                elif when.ms is not None:
                    now = Now(when.ms, now.day)
        means.append(fmean(found))
    return means
