"""Catching up with a backlog, by lines."""

from __future__ import annotations

from quizapp import words
from quizapp.backlogs import Spread, spreads
from quizapp.cli.plain.desk import Desk
from quizapp.cli.plain.lines import Command
from quizapp.overview import Overview
from quizapp.settings.values import usual_study
from quizapp.sitting import catch_up, lift_caps

_RULES = (
    "A day's reviews are capped, so that a backlog is spread over some days, the likeliest to be forgotten "
    "first. Each number counts what waits, what falls due meanwhile, and what comes back.",
    "Enter alone changes nothing.",
)


def choose_pace(desk: Desk, seen: Overview) -> None:
    """Say over how many days what waits may be spread, and do what is chosen. Raises Left for quit."""
    lines, decks = desk.lines, list(desk.library.decks.values())
    behind = [line.deck.id for line in seen.lines if line.cap is not None or line.backlog]
    if not behind:
        lines.say("Nothing waits.")
        return
    offers = spreads(desk.store, decks, desk.clock(), usual_study(desk.settings))
    lines.gap()
    lines.say(f"{words.count(seen.backlog, 'card')} wait.")
    for number, offer in enumerate(offers, 1):
        lines.say(
            f"{number}. Over {offer.days} days: {offer.reviews} a day, about "
            f"{words.count(offer.minutes, 'minute')}."
        )
    usual = len(offers) + 1
    lines.say(f"{usual}. As usual, without a cap.", "Type a number. Enter alone changes nothing. ? helps.")
    said = lines.ask(
        lambda line: _number(line, usual),
        hint=f"Type a number from 1 to {usual}, or Enter alone. ? helps.",
        rules=_RULES,
    )
    if isinstance(said, Command) or said == 0:
        return
    if said == usual:
        desk.carry_out(None, lambda: lift_caps(desk.store, desk.clock, behind))
        lines.say("The usual limits hold.")
    else:
        _take(desk, offers[said - 1], behind)


def _number(line: str, most: int) -> int | None:
    """The number that was typed, 0 for Enter alone; None for anything else."""
    number = int(line[:9]) if line.isdecimal() else -1
    return 0 if not line else number if 1 <= number <= most else None


def _take(desk: Desk, offer: Spread, behind: list[str]) -> None:
    per_day = dict.fromkeys(behind) | dict(offer.per_day)
    desk.carry_out(None, lambda: catch_up(desk.store, desk.clock, per_day, offer.until))
    until = words.day_near(offer.until, desk.clock())
    desk.lines.say(f"{offer.reviews} a day until {until}.")
