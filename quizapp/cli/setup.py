"""The quiz that options ask for, or one sentence on why it can't be."""

from __future__ import annotations

from msgspec import Struct, structs

from quizapp.cli.errors import BadInput
from quizapp.cli.output import one_line, quoted
from quizapp.deck.card import Deck
from quizapp.deck.text import collapse
from quizapp.learn.order import Distractors, most_cards
from quizapp.learn.setup import PACES, Mode, NoCards, QuizSetup, TooManyCards, cards_to_ask, usual_setup
from quizapp.overview import distractors_of, quiz_in, why_no_quiz
from quizapp.problem import did_you_mean

MOST_SECONDS = 3600
MOST_EXAM_SECONDS = 36_000
MOST_SEED = 2**31 - 1

_LASTS = {
    Mode.SPRINT: (MOST_SECONDS, "A sprint lasts", "usual are 30, 60 and 120"),
    Mode.EXAM: (MOST_EXAM_SECONDS, "An exam lasts", "usual are 10 for each card"),
}
_FITS = {
    "--seconds": (Mode.SPRINT, Mode.EXAM),
    "--cards": (Mode.EXAM, Mode.PRACTICE, Mode.COUNTDOWN),
    "--certainty": (Mode.EXAM,),
    "--twice-the-time": (Mode.COUNTDOWN, Mode.SURVIVAL, Mode.EXAM),
}
"""In which modes an option means something, the likeliest first."""


class Wanted(Struct, frozen=True):
    """What the options said; None, or False for `certainty`, where they said nothing."""

    mode: str | None = None
    seconds: int | None = None
    cards: int | None = None
    choices: str | None = None
    certainty: bool = False
    twice: bool | None = None
    seed: int | None = None

    def check(self) -> None:
        """Raise BadInput for what no deck could make right."""
        if self.cards is not None and self.cards < 1:
            raise BadInput(f"--cards is 1 or more, not {_number(self.cards)}")
        if self.seed is not None and not 1 <= self.seed <= MOST_SEED:
            raise BadInput(f"--seed is a number from 1 to {MOST_SEED:,}, not {_number(self.seed)}")
        if self.mode is not None:
            self.check_for(Mode(self.mode))

    def check_for(self, mode: Mode) -> None:
        """Raise BadInput for what does not fit the mode."""
        said = {
            "--seconds": self.seconds is not None,
            "--cards": self.cards is not None,
            "--certainty": self.certainty,
            "--twice-the-time": self.twice is True,
        }
        for option, modes in _FITS.items():
            if said[option] and mode not in modes:
                *others, last = modes
                named = f"{', '.join(others)} and {last}" if others else last
                raise BadInput(
                    f"{option} is for {named}, not for {mode}; leave it out, or take --mode {modes[0]}"
                )
        if self.seconds is not None:
            most, lasts, usual = _LASTS[mode]
            if not 1 <= self.seconds <= most:
                raise BadInput(f"{lasts} 1 to {most} seconds, not {_number(self.seconds)}; {usual}")


def _number(number: int) -> str:
    """A number that somebody typed, not too long."""
    return one_line(f"{number:,}", 30)


def setup_of(deck: Deck, wanted: Wanted, pace: float) -> QuizSetup:
    """The quiz that was asked for; the deck's own defaults where nothing was said. Raises BadInput.

    deck: one with cards. pace: of this person unless they said another.
    """
    mode = Mode(wanted.mode or deck.quiz.mode or Mode.SPRINT)
    wanted.check_for(mode)
    if wanted.choices is not None:
        quiz = structs.replace(deck.quiz, choices=pick_choices(wanted.choices, deck))
        deck = structs.replace(deck, quiz=quiz)
    distractors = distractors_of(deck)
    usual = quiz_in(mode, deck, distractors)
    most = most_cards(deck.cards, usual.choices, distractors)
    setup = usual_setup(
        mode,
        most,
        choices=usual.choices,
        seconds=wanted.seconds if mode is not Mode.SPRINT else wanted.seconds or usual.seconds,
        cards=wanted.cards or usual.cards,
        certainty=wanted.certainty,
        pace=pace if wanted.twice is None else PACES[wanted.twice],
        seed=wanted.seed or 0,
    )
    _check_cards(deck, setup, most, distractors)
    return setup


def _check_cards(deck: Deck, setup: QuizSetup, most: int, distractors: Distractors) -> None:
    """Raise BadInput unless the deck has the cards for the quiz."""
    try:
        cards_to_ask(deck.cards, setup, distractors)
    except TooManyCards as many:
        raise BadInput(f"{_clause(many)}: take {most:,} at most") from many
    except NoCards as none:
        why = why_no_quiz(deck, none).removesuffix(".")
        raise BadInput(f"{quoted(deck.title)} can't be quizzed: {why[:1].lower()}{why[1:]}") from none
    if most == 1 and setup.mode in (Mode.SPRINT, Mode.SURVIVAL):
        raise BadInput(
            f"{quoted(deck.title)} has 1 card to ask, and {setup.mode} would ask it again and again; "
            "take --mode practice"
        )


def _clause(error: Exception) -> str:
    return str(error).removesuffix(".")


def pick_choices(text: str, deck: Deck) -> tuple[str, ...]:
    """The deck's choices that a list with commas names, in the deck's order; () if that is all of them.

    Case is ignored. A choice may hold commas itself: the longest that fits is taken. Raises BadInput.
    """
    if not deck.choices:
        raise BadInput(f"{quoted(deck.title)} has no choices; leave out --choices")
    names = {choice.casefold(): choice for choice in deck.choices} | {
        choice: choice for choice in deck.choices
    }
    parts = text.split(",")
    taken: set[str] = set()
    while parts:
        for end in range(len(parts), 0, -1):
            name = collapse(",".join(parts[:end]))
            if found := names.get(name) or names.get(name.casefold()):
                taken.add(found)
                parts = parts[end:]
                break
        else:
            wrong = collapse(parts[0])
            hint = did_you_mean(wrong[:80], deck.choices)
            message = f"{quoted(wrong)} is not one of the deck's choices {_listed(deck)}"
            raise BadInput(message + (f"; {hint}" if hint else ""))
    if len(taken) == 1:
        raise BadInput(f"A quiz needs at least two choices in play; name two or more of {_listed(deck)}")
    if taken == set(deck.choices):
        return ()
    if taken == set(deck.quiz.choices):
        return deck.quiz.choices
    return tuple(choice for choice in deck.choices if choice in taken)


def _listed(deck: Deck) -> str:
    return ", ".join(deck.choices)
