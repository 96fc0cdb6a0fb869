"""The decks as numbered lines, and what to do with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import structs

from quizapp import words
from quizapp.carry import questions
from quizapp.cli.output import count, one_line
from quizapp.cli.plain.desk import Desk
from quizapp.cli.plain.lines import Command, Left, Unclear
from quizapp.cli.plain.question import named
from quizapp.cli.plain.quiz import take_quiz
from quizapp.cli.plain.results import points
from quizapp.cli.plain.study import study_decks
from quizapp.deck.card import Deck
from quizapp.deck.text import collapse
from quizapp.overview import DeckLine, Overview, distractors_of, overview, usual_practice, usual_quiz
from quizapp.settings.values import usual_pace, usual_study

_ASK = "Enter studies Today. A number studies that deck; q and a number is a timed quiz on it."
_HELP = (
    _ASK,
    "p and a number is a quiz without a clock. Part of a title does where a number does.",
    "quit ends.",
)
_COMMANDS = ("quit", "help")
_SETUPS = {"q": usual_quiz, "p": usual_practice}
_QUIZ = re.compile(r"([qp])\s*(\d+|(?<=\s).*)", re.IGNORECASE)


def run_home(desk: Desk) -> None:
    """Show what waits and do what is asked, until the person leaves."""
    while True:
        seen = overview(desk.store, desk.library, desk.clock(), usual_study(desk.settings))
        _show(desk, seen)
        try:
            do = _asked(desk, seen)
        except (Left, KeyboardInterrupt):
            return
        do()


def _show(desk: Desk, seen: Overview) -> None:
    lines = desk.lines
    lines.gap()
    lines.say(f"Today. {_waits(seen)}{_today(desk, seen)}")
    for number, line in enumerate(seen.lines, 1):
        lines.say(f"{number}. {named(one_line(line.deck.title))} {_waits(line)}{_best(line)}")
    problems = len(desk.library.problems)
    if problems:
        lines.say(f"{count(problems, 'problem')} in decks; to see them: quizapp check")
    older = (
        len({old.ref for one in questions(desk.store, desk.library) for old in one.olds}) if desk.open else 0
    )
    if older:
        may = "may be an older one" if older == 1 else "may be older ones"
        lines.say(f"{count(older, 'card')} {may}; to see which: quizapp orphans")
    if not seen.lines:
        lines.say("No decks yet. To see where they belong: quizapp paths")
    lines.say(f"{_ASK} ? helps, quit ends.")


def _waits(figures: Overview | DeckLine) -> str:
    return f"{figures.due} due, {figures.new} new."


def _best(line: DeckLine) -> str:
    return f" Best {points(line.best.score)}." if line.best else ""


def _today(desk: Desk, seen: Overview) -> str:
    if seen.due + seen.new:
        return f" About {words.count(seen.minutes, 'minute')}."
    when = words.when(seen.next_ms, seen.next_day, desk.clock())
    return f" Nothing due until {when}." if when else ""


def _asked(desk: Desk, seen: Overview) -> Callable[[], None]:
    """What the person wants to be done."""
    decks = [line.deck for line in seen.lines]

    def meant(line: str) -> Callable[[], None] | None:
        if not line:
            return lambda: study_decks(desk, decks)
        if line.casefold() in _SETUPS:
            raise Unclear(f"A deck's number belongs to it: {line} 1.")
        if line.casefold() in _COMMANDS and line.casefold() not in _titles(decks):
            # A part of a title, as in "Mosquitoes", would take the way out away.
            return None
        if deck := find(line, decks):
            return lambda: study_decks(desk, [deck])
        parts = _QUIZ.fullmatch(line)
        if parts is not None and (asked := find(parts[2], decks)):
            setup = _SETUPS[parts[1].casefold()](asked, distractors_of(asked))
            return lambda: take_quiz(desk, asked, structs.replace(setup, pace=usual_pace(desk.settings)))
        return None

    said = desk.lines.ask(meant, hint="No deck goes by that. ? helps.", rules=_HELP)
    return said if not isinstance(said, Command) else lambda: None


def find(name: str, decks: Sequence[Deck]) -> Deck | None:
    """The deck with this number, or with this in its title. Raises Unclear if several titles have it."""
    if name.isdecimal() and 1 <= int(name[:9]) <= len(decks):
        return decks[int(name[:9]) - 1]
    sought = collapse(name).casefold()
    titles = _titles(decks)
    found = [place for place, title in enumerate(titles) if sought in title]
    # A title may be a part of another.
    found = [place for place in found if titles[place] == sought] or found
    if len(found) > 1:
        numbers = ", ".join(str(place + 1) for place in found)
        raise Unclear(f"Several titles have that: {numbers}. Type a number.")
    return decks[found[0]] if found else None


def _titles(decks: Sequence[Deck]) -> list[str]:
    """The titles as they are compared."""
    return [collapse(deck.title).casefold() for deck in decks]
