"""Whether our schedule teaches more in the same time than what people use instead.

    .venv/bin/python -m tests.bench.learning [--learners N]

Simulated learners, whose memory is known (learner.py), study for 90 days with so many minutes a day, each
under every scheduler (schedulers.py). What they know on the evening after is printed: the share of all cards
whose answer would come to mind, without guessing. It exits 1 if a promise fails. All that is not the
scheduler's is the same for all of them: minutes, new cards a day and how they are mixed in, the order of what
is due, what a learner knows at first sight, and what an answer costs.

An answer takes 11 s if the card is remembered, with reading the feedback, and 18 s if it is not, whether or
not the guess is right; a card's first meeting takes 8 s more. Anki's users need 12 and 19 s (fsrs-rs,
simulation.rs).

A day begins with the cards that are likeliest to be forgotten, by what the scheduler knows; quizapp's own
begins with those that are known best, but for a catch-up. New cards take turns with the first of them. Who
has minutes left goes on with cards that are not due yet, so that the minutes are equal.

What is found: whoever does not say how many minutes there are is not first with ours. Where they are enough,
SM-2, Leitner and ours know nearly the same, lined up alike, and random review leads to less. Where they are
few, three things cost ours something. Best known first, the same cards wait day after day: 0.05 with 500
cards at 5 minutes a day. Learning steps take minutes that new cards would need, and in FSRS-6 a repeat that
is right on the same day strengthens next to nothing: 0.03 at 5 minutes, and at 3 minutes 0.19, as only two
cards of three are ever met. What is left, 0.01, is the order of a catch-up: who has no time for all begins
with cards that are forgotten again soonest.

Told the minutes (`minutes_per_day`), ours mends that: with no steps, each time the card of which an answer
makes it likelier by most to be known a week later, for each second, by what our schedule knows
(learn/gain.py). At 3 minutes a day 0.77 are known, and 0.55 without; at 5, 0.92 and 0.83. That is level with
SM-2 and Leitner, 0.006 more at 3 minutes and up to 0.004 less with the shipped decks at 1. Who could see the
memory itself would know no more than 0.006 beyond that with 500 cards, by the same rule. At 5 that hangs on
what no scheduler is told: which right answer was a guess, what was hard, and how a learner differs from the
defaults. Lower targets, how much of an interval is over, and the odds of each guess kept lead no further. Nor
do cards that are not due, asked before those that are: 0.003 less at 5 minutes a day, and 0.006 more at 1
with the shipped decks, when ten days were looked ahead. Such hairs change from one day to the next, since
each schedule has days on which many cards were just asked.

So what is promised is that ours, told the minutes, and not told but with one step, is as good as the best of
the others, within a card in a hundred, wherever minutes are equal. Not told it fails with 500 cards, at 3
minutes a day by far, and at 5 by a hair against SM-2; and with the shipped decks at 1 minute making up for
guessing costs a little more. It is printed so, and the script exits 1. Told it holds with the 30 learners on
whom the week was chosen; of 30 others, at 1 minute with the shipped decks, the interval reaches below. Where
a day ends once nothing is due, minutes are not equal: schedules that ask more spend more, and know more.
Making up for guessing is not seen in what is known at equal minutes; what it does is that a card is
remembered as well as was wanted when it falls due.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from statistics import fmean, stdev
from typing import NamedTuple

from quizapp.deck.card import Card, Choice, Kind, card_key, kind_of, options
from quizapp.deck.library import shipped_folder
from quizapp.deck.read import read_deck
from quizapp.learn.gain import FORGOTTEN_S, GAIN_DAYS, REMEMBERED_S, gain_of
from quizapp.learn.queue import lined_up
from quizapp.learn.schedule import AHEAD_MS
from quizapp.record import Grade
from tests.bench.learner import FIRST_GRADES, PASSING_GRADES, Learner, Trace, draw_grade, draw_learner
from tests.bench.schedulers import (
    DAY_MS,
    FIRST_MS,
    NO_STEPS,
    ONE_STEP,
    OURS,
    RETENTION,
    RIVALS,
    SEEING,
    TOLD,
    UNAWARE,
    URGENT,
    Asked,
    Contestant,
    Now,
    Ours,
    When,
)
from tests.builders import flip, statement, typed

DAYS = 90
NEW_PER_DAY = 20
REVIEWS_PER_DAY = 200
FIRST_S = 8
"""How many seconds more the first meeting takes than another answer."""
SHIPPED = ("bpo-or-kpo", "bpo-kpo-terms", "quizapp-keys")
EVERYBODY = (OURS, TOLD, URGENT, ONE_STEP, NO_STEPS, UNAWARE, *RIVALS, SEEING)
LEVEL = 0.01
"""Who knows this share of the cards more is no better: a card in a hundred."""
NEAR = 0.02
"""How far from the wanted retention true recall may be when a card is due."""


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
    for number in range(learners):
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
    for number in range(learners):
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


# ---- figures


class Mean(NamedTuple):
    """A mean with half the width of its 95 % interval."""

    value: float
    half: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Mean:
        """Of values that are independent of each other."""
        return cls(fmean(values), 1.96 * stdev(values) / len(values) ** 0.5)

    def __str__(self) -> str:
        return f"{self.value:6.3f} ±{self.half:.3f}"


Table = Mapping[Contestant, Sequence[Result]]


def lead(table: Table, one: Contestant, other: Contestant) -> Mean:
    """How much more is known with one than with the other, by the same learners."""
    pairs = zip(table[one], table[other], strict=True)
    return Mean.of([first.recall - second.recall for first, second in pairs])


def best_rival(table: Table) -> Contestant:
    """The one with which most is known."""
    return max(RIVALS, key=lambda rival: fmean(result.recall for result in table[rival]))


def promise(table: Table) -> tuple[str, bool]:
    """What is promised where minutes are equal and known to the program, and whether it holds."""
    best = best_rival(table)
    ahead = lead(table, TOLD, best)
    text = f"{TOLD.name} knows {ahead} more than the best of the others, {best.name}, at least −{LEVEL}"
    return text, ahead.value - ahead.half > -LEVEL


def promises(table: Table) -> Iterator[tuple[str, bool]]:
    """What is promised where minutes are equal, and whether it holds."""
    yield promise(table)
    *spacing, at_random = RIVALS
    for one, other in [*((ONE_STEP, rival) for rival in spacing), (URGENT, UNAWARE)]:
        ahead = lead(table, one, other)
        text = f"{one.name} knows {ahead} more than {other.name}, at least −{LEVEL}"
        yield text, ahead.value - ahead.half > -LEVEL
    ahead = lead(table, ONE_STEP, at_random)
    yield f"{ONE_STEP.name} knows {ahead} more than {at_random.name}", ahead.value > ahead.half


def settings() -> tuple[Setting, ...]:
    """Decks and minutes a day: too few for all that falls due, and more than that."""
    shipped, many = shipped_cards(), mixed_cards(500)
    return (
        Setting(f"{len(shipped)} cards of the shipped decks, 1 minute a day", shipped, 1, on=True),
        Setting(f"{len(shipped)} cards of the shipped decks, 2 minutes a day", shipped, 2, on=True),
        Setting(f"{len(shipped)} cards of the shipped decks, at most 2 minutes a day", shipped, 2, on=False),
        Setting("500 cards, 3 minutes a day", many, 3, on=True),
        Setting("500 cards, 5 minutes a day", many, 5, on=True),
        Setting("500 cards, 10 minutes a day", many, 10, on=True),
        Setting("500 cards, at most 10 minutes a day", many, 10, on=False),
    )


def _print(setting: Setting, table: Table) -> None:
    heads = f"{'known':13}  {'against ours':13}  {'per minute':13}  minutes  asked"
    print(f"\n{setting.title:54}  {heads}")
    for who, results in table.items():
        recall = Mean.of([result.recall for result in results])
        pace = Mean.of([len(setting.cards) * result.recall / result.minutes for result in results])
        minutes, met = fmean(result.minutes for result in results), fmean(result.met for result in results)
        ahead = lead(table, who, OURS)
        print(f"  {who.name:52}  {recall}  {ahead}  {pace}  {minutes:7.0f}  {met:5.0f}", flush=True)


def main() -> None:
    """Print what is known under each scheduler, and each promise with whether it holds."""
    parser = argparse.ArgumentParser(description="Whether our schedule teaches more in the same time.")
    parser.add_argument("--learners", type=int, default=30, help="how many learners (30)")
    learners = parser.parse_args().learners
    if learners < 30:
        parser.error("fewer than 30 learners say little")
    held: list[tuple[str, bool]] = []
    print(f"{learners} learners after {DAYS} days: share of the cards known, cards known per minute spent")
    for setting in settings():
        table = {who: study(who, setting, learners) for who in EVERYBODY}
        _print(setting, table)
        if setting.on:
            held += [(f"{setting.title}: {text}", holds) for text, holds in promises(table)]
    print(f"\nTrue recall when due, wanted {RETENTION}")
    for k in (2, 3):
        recall, ignoring = (Mean.of(due_recall(k, 4 * learners, aware=aware)) for aware in (True, False))
        print(f"  {k} choices: {recall}; with guessing ignored {ignoring}")
        near = abs(recall.value - RETENTION) <= NEAR and 2 * recall.half < 0.01
        held.append((f"{k} choices: true recall when due is {recall}, within {NEAR} of {RETENTION}", near))
    print()
    for text, holds in held:
        print("holds" if holds else "FAILS", text)
    sys.exit(0 if all(holds for _, holds in held) else 1)


if __name__ == "__main__":
    main()
