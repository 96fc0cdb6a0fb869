"""What is quizzed and how: the modes, what fits each of them, and what is usual."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct, structs

from quizapp.deck.card import Card
from quizapp.learn.order import NO_DISTRACTORS, Distractors, askable, most_cards

SECONDS = 60
"""How long a sprint is unless somebody says otherwise."""
EXAM_CARDS = 20
"""How many cards an exam has unless somebody says otherwise, or the deck has fewer."""
EXAM_SECONDS = 10
"""How many seconds an exam gives for each of its cards, all in one pool."""
LIVES = 3
"""How many wrong answers and time-outs end survival."""
PACES = (1.0, 2.0)
"""The usual time, and twice of it for people who need more."""


class Mode(StrEnum):
    """How a quiz goes (DESIGN §7)."""

    PRACTICE = "practice"
    SPRINT = "sprint"
    EXAM = "exam"
    COUNTDOWN = "countdown"
    SURVIVAL = "survival"


_NAMES = {
    Mode.PRACTICE: "Practice",
    Mode.SPRINT: "A sprint",
    Mode.EXAM: "An exam",
    Mode.COUNTDOWN: "A countdown",
    Mode.SURVIVAL: "Survival",
}


class BadSetup(ValueError):  # noqa: N818 - nothing went wrong yet: it was asked for
    """A quiz that can't be; its text says why, for people."""


class QuizSetup(Struct, frozen=True):
    """What is quizzed and how. Raises BadSetup if the parts don't fit.

    seconds: the length of a sprint; of an exam, the time of all its cards before `pace`; else None. choices:
    which of the deck's choices are in play, () for all. seed: what the session's random generator was made
    from. drill: whether the cards are those that were missed before; then none is left out for balance.
    cards: how many are asked, None for all; an exam needs it, sprint and survival end otherwise. certainty:
    whether an exam asks how sure each answer is. pace: what the time of a card or of an exam is multiplied
    by; it never makes a sprint longer.
    """

    mode: Mode
    seconds: int | None = None
    choices: tuple[str, ...] = ()
    seed: int = 0
    drill: bool = False
    cards: int | None = None
    certainty: bool = False
    pace: float = 1.0

    def __post_init__(self) -> None:
        name = _NAMES[self.mode]
        if self.mode in (Mode.SPRINT, Mode.EXAM):
            if self.seconds is None or self.seconds < 1:
                raise BadSetup(f"{name} needs a number of seconds, at least 1.")
        elif self.seconds is not None:
            clock = "has no clock" if self.mode is Mode.PRACTICE else "gives each card its own time"
            raise BadSetup(f"{name} {clock}; leave out the seconds.")
        if self.mode in (Mode.SPRINT, Mode.SURVIVAL) and self.cards is not None:
            ends = "ends with its time" if self.mode is Mode.SPRINT else "ends with the last life"
            raise BadSetup(f"{name} {ends}; leave out the number of cards.")
        if self.mode is Mode.EXAM and self.cards is None:
            raise BadSetup(f"{name} needs a number of cards, at least 1.")
        if self.cards is not None and self.cards < 1:
            raise BadSetup(f"A quiz needs at least 1 card, not {self.cards}.")
        if self.certainty and self.mode is not Mode.EXAM:
            raise BadSetup("Only an exam asks how sure you are.")
        if self.pace not in PACES:
            raise BadSetup(f"The pace is 1 or 2, not {self.pace:g}.")

    @property
    def paced(self) -> float:
        """The pace as far as it changes anything: 1 in practice and in a sprint."""
        return 1.0 if self.mode in (Mode.PRACTICE, Mode.SPRINT) else self.pace

    @property
    def time(self) -> float | None:
        """Seconds that all cards have together, with the pace; None where no clock is about all of them."""
        return None if self.seconds is None else self.seconds * self.paced

    def for_drill(self) -> QuizSetup:
        """Practice of cards that this quiz's answers missed."""
        return structs.replace(
            self, mode=Mode.PRACTICE, seconds=None, drill=True, cards=None, certainty=False
        )


def usual_setup(
    mode: Mode,
    most: int,
    *,
    choices: tuple[str, ...] = (),
    seed: int = 0,
    seconds: int | None = None,
    cards: int | None = None,
    certainty: bool = False,
    pace: float = 1.0,
) -> QuizSetup:
    """The setup with what is usual where nothing is given. Raises BadSetup.

    most: how many cards could be asked (`order.most_cards`).
    """
    if mode is Mode.EXAM:
        # Without any card the session says so.
        cards = max(1, min(EXAM_CARDS, most)) if cards is None else cards
        seconds = cards * EXAM_SECONDS if seconds is None else seconds
    elif mode is Mode.SPRINT and seconds is None:
        seconds = SECONDS
    return QuizSetup(
        mode=mode,
        seconds=seconds,
        choices=choices,
        seed=seed,
        cards=cards,
        certainty=certainty,
        pace=pace,
    )


class NoCards(Exception):  # noqa: N818 - nothing went wrong: there is nothing to ask
    """Nothing can be asked; its text says why, for people."""


class TooManyCards(NoCards):
    """More cards were asked for than there are; its text says how many there are, for people."""


def cards_to_ask(
    cards: Iterable[Card], setup: QuizSetup, distractors: Distractors = NO_DISTRACTORS
) -> tuple[Card, ...]:
    """The cards that the quiz is about. Raises NoCards, or TooManyCards if there are not enough."""
    every = list(cards)
    found = tuple(askable(every, setup.choices, distractors))
    if not found:
        raise NoCards(_why_none(every, setup.choices))
    most = most_cards(found, setup.choices, distractors, balanced=not setup.drill)
    if setup.cards is not None and setup.cards > most:
        even = "" if most == len(found) else ", equally many for each answer"
        there = "is 1 card" if most == 1 else f"are {most:,} cards"
        raise TooManyCards(f"There {there} to ask{even}; {setup.cards:,} are too many.")
    return found


def _why_none(cards: Sequence[Card], only: Sequence[str]) -> str:
    if not cards:
        return "There are no cards to ask."
    if not askable(cards):
        return "A quiz can't judge flip cards, and there are no others. Study them instead."
    if len(set(only)) < 2:
        return "A quiz needs at least two choices in play."
    return f"No card's answer is one of {', '.join(only)}."
