"""The decks as numbered lines, and what to do with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress

from msgspec import structs

from quizapp import words
from quizapp.carry import questions
from quizapp.cli.output import count, one_line
from quizapp.cli.plain.catching_up import choose_pace
from quizapp.cli.plain.desk import Desk
from quizapp.cli.plain.lines import Command, Left, Unclear
from quizapp.cli.plain.question import named
from quizapp.cli.plain.quiz import take_quiz
from quizapp.cli.plain.results import points
from quizapp.cli.plain.study import study_decks
from quizapp.deck.card import Deck
from quizapp.deck.text import collapse
from quizapp.overview import DeckLine, Overview, distractors_of, overview, usual_practice, usual_quiz
from quizapp.pools import Only
from quizapp.record import Undoable
from quizapp.selection import UnknownPart, aspect_named, tag_named
from quizapp.settings.values import usual_pace, usual_study
from quizapp.sitting import undo_last
from quizapp.undone import undone

_ASK = "Enter studies Today. A number studies that deck; q and a number is a timed quiz on it."
_HELP = (
    _ASK,
    "p and a number is a quiz without a clock. Part of a title does where a number does.",
    "tag and a name studies the cards with that tag, aspect and a name those of that aspect.",
    "undo undoes the last answer, of any session. catch spreads a backlog over some days.",
    "quit ends.",
)
_OWN = ("undo", "catch")
_COMMANDS = ("quit", "help", *_OWN)
_PART = re.compile(r"(tag|aspect)\s+(\S.*)", re.IGNORECASE)
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
        with suppress(Left):
            do()


def _show(desk: Desk, seen: Overview) -> None:
    lines = desk.lines
    lines.gap()
    lines.say(f"Today. {_waits(seen)}{_today(desk, seen)}")
    for number, line in enumerate(seen.lines, 1):
        until = f" Catching up until {words.day_near(line.cap.until, desk.clock())}." if line.cap else ""
        lines.say(f"{number}. {named(one_line(line.deck.title))} {_waits(line)}{until}{_best(line)}")
    if seen.behind is not None:
        after = f" after {count(seen.behind.days, 'day')}" if seen.behind.days else ", more than a day takes"
        lines.say(f"{count(seen.behind.cards, 'card')} wait{after}. catch catches up, some each day.")
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
    of = f" of {figures.backlog}" if figures.backlog > figures.due else ""
    return f"{figures.due}{of} due, {figures.new} new."


def _best(line: DeckLine) -> str:
    return f" Best {points(line.best.score)}." if line.best else ""


def _today(desk: Desk, seen: Overview) -> str:
    if seen.due + seen.new and seen.budget is not None and seen.budget.is_up:
        return f" {words.are_up(seen.budget.minutes)}."
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
        if part := _PART.fullmatch(line):
            only = _only(decks, part[1].casefold(), part[2])
            return lambda: study_decks(desk, decks, only)
        parts = _QUIZ.fullmatch(line)
        if parts is not None and (asked := find(parts[2], decks)):
            setup = _SETUPS[parts[1].casefold()](asked, distractors_of(asked))
            return lambda: take_quiz(desk, asked, structs.replace(setup, pace=usual_pace(desk.settings)))
        return None

    said = desk.lines.ask(meant, hint="No deck goes by that. ? helps.", rules=_HELP, commands=_OWN)
    match said:
        case Command("undo"):
            return lambda: _undo(desk)
        case Command():
            return lambda: choose_pace(desk, seen)
        case do:
            return do


def _only(decks: Sequence[Deck], what: str, name: str) -> Only:
    """The cards with a tag or of an aspect. Raises Unclear if there are none."""
    try:
        return Only(tag=tag_named(decks, name)) if what == "tag" else Only(aspect=aspect_named(decks, name))
    except UnknownPart as unknown:
        raise Unclear(f"{unknown}.") from unknown


def _undo(desk: Desk) -> None:
    """Take back what was done last, and say what that was."""
    found: list[Undoable | None] = []
    desk.carry_out(None, lambda: found.append(undo_last(desk.store, desk.clock)))
    done = found[-1]
    if done is None:
        desk.lines.say("There is nothing to undo.")
    else:
        desk.lines.say(words.undone(undone(desk.store, desk.library, done)))


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
