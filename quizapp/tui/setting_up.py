"""What can be chosen of a quiz, row by row. Pure: each choice gives another setup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import structs

from quizapp import modes, words
from quizapp.deck.card import Deck
from quizapp.learn.order import Distractors, most_cards
from quizapp.learn.setup import PACES, SECONDS, Mode, QuizSetup
from quizapp.overview import quiz_in

_LENGTHS = (30, 60, 90, 120, 180, 300)
_EACH = (5, 8, 10, 15, 20, 30, 60)
_NUMBERS = (5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200)


class Row(NamedTuple):
    """One thing to choose. about: a sentence on it.

    key: which it is; a choice's row has the choice after a colon.
    """

    key: str
    name: str
    value: str
    about: str
    group: str = ""


class Form:
    """The rows for a deck and a setup, and what the next value of each makes of the setup."""

    def __init__(self, deck: Deck, setup: QuizSetup, distractors: Distractors) -> None:
        self.deck = deck
        self.setup = setup
        self._distractors = distractors

    @property
    def most(self) -> int:
        """How many cards could be asked with these choices."""
        return most_cards(self.deck.cards, self.setup.choices, self._distractors)

    @property
    def usual(self) -> Form:
        """The form of the deck's own quiz in this mode."""
        setup = quiz_in(self.setup.mode, self.deck, self._distractors)
        return Form(self.deck, setup, self._distractors)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What can be chosen in this mode."""
        setup = self.setup
        rows = [Row("mode", "Mode", modes.name(setup).lower(), modes.rules(setup))]
        if setup.mode is Mode.SPRINT:
            rows.append(Row("seconds", "Length", words.count(setup.seconds or SECONDS, "second"), ""))
        if setup.mode in (Mode.PRACTICE, Mode.EXAM, Mode.COUNTDOWN):
            number = f"all {self.most}" if setup.cards in (None, self.most) else str(setup.cards)
            rows.append(Row("cards", "Cards", number, "How many cards are asked. A best needs 10."))
        if setup.mode is Mode.EXAM and setup.cards:
            each, all_ = self._each, words.clock(setup.time or 0)
            about = f"All cards share one clock: {all_} in all."
            rows.append(Row("each", "Time a card", words.count(each, "second"), about))
            about = (
                "You say how sure you are: right earns 1, 2 or 3, wrong costs 0, 2 or 6. It earns no best."
            )
            rows.append(Row("certainty", "Certainty", "on" if setup.certainty else "off", about))
        if setup.mode not in (Mode.PRACTICE, Mode.SPRINT):
            value = "twice" if setup.pace == 2 else "usual"
            rows.append(
                Row("pace", "Time", value, "Twice the time, for people who need it; its bests are its own.")
            )
        if len(self.deck.choices) > 2:
            rows += [
                Row(
                    f"choice:{choice}",
                    choice,
                    "asked" if self._asks(choice) else "left out",
                    "Cards with this answer. At least two choices are asked.",
                    "Choices",
                )
                for choice in self.deck.choices
            ]
        return tuple(rows)

    @property
    def _each(self) -> int:
        return round((self.setup.seconds or 0) / (self.setup.cards or 1))

    def _asks(self, choice: str) -> bool:
        return not self.setup.choices or choice in self.setup.choices

    def step(self, key: str, steps: int) -> QuizSetup:
        """The setup with the value of a row so many steps on; as it was if there is none."""
        setup = self.setup
        match key.partition(":"):
            case ("mode", _, _):
                every = tuple(Mode)
                mode = every[(every.index(setup.mode) + steps) % len(every)]
                found = quiz_in(mode, self.deck, self._distractors)
                return self._fitting(structs.replace(found, choices=setup.choices, pace=setup.pace))
            case ("seconds", _, _):
                usual = self.deck.quiz.seconds or SECONDS
                return structs.replace(
                    setup, seconds=_stepped((*_LENGTHS, usual), setup.seconds or usual, steps)
                )
            case ("cards", _, _):
                return self._with_cards(_stepped(self._numbers, setup.cards or self.most, steps))
            case ("each", _, _):
                each = _stepped(_EACH, self._each, steps)
                return structs.replace(setup, seconds=each * (setup.cards or 1))
            case ("certainty", _, _):
                return structs.replace(setup, certainty=not setup.certainty)
            case ("pace", _, _):
                return structs.replace(setup, pace=PACES[1 - PACES.index(setup.pace)])
            case ("choice", _, choice):
                return self._turned(choice)
        return setup

    @property
    def _numbers(self) -> tuple[int, ...]:
        usual = (self.deck.quiz.cards,) if self.deck.quiz.cards else ()
        return (*(number for number in (*_NUMBERS, *usual) if number < self.most), self.most)

    def _with_cards(self, number: int) -> QuizSetup:
        setup = self.setup
        if setup.mode is Mode.EXAM:
            return structs.replace(setup, cards=number, seconds=self._each * number)
        return structs.replace(setup, cards=None if number >= self.most else number)

    def _turned(self, choice: str) -> QuizSetup:
        asked = [name for name in self.deck.choices if self._asks(name) != (name == choice)]
        if len(asked) < 2:
            return self.setup
        every = len(asked) == len(self.deck.choices)
        choices = () if every else tuple(asked)
        if not most_cards(self.deck.cards, choices, self._distractors):
            return self.setup
        return self._fitting(structs.replace(self.setup, choices=choices))

    def _fitting(self, setup: QuizSetup) -> QuizSetup:
        """The setup with no more cards than there are with its choices."""
        most = most_cards(self.deck.cards, setup.choices, self._distractors)
        if setup.cards is None or setup.cards <= most:
            return setup
        if setup.mode is Mode.EXAM:
            each = round((setup.seconds or 0) / setup.cards)
            return structs.replace(setup, cards=most, seconds=each * most)
        return structs.replace(setup, cards=None)


def _stepped(values: Iterable[int], value: int, steps: int) -> int:
    """The value so many places on in order; the last or the first at the ends."""
    ordered = sorted({*values, value})
    return ordered[min(max(ordered.index(value) + steps, 0), len(ordered) - 1)]
