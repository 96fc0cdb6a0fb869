"""What the home screen says: its rows and the next card."""

from __future__ import annotations

from quizapp import words
from quizapp.deck.card import Statement
from quizapp.learn.study import Asking
from quizapp.overview import DeckLine, Overview
from quizapp.record import Moment
from quizapp.tui.card_text import prompt_of, unmarked
from quizapp.tui.widgets.deck_list import Row
from quizapp.tui.widgets.preview import Shown
from quizapp.tui.widgets.signs import choice

# ---- rows


def today_row(overview: Overview, now: Moment, *, narrow: bool) -> Row:
    """The first row."""
    under = _under_today(overview, now, narrow=narrow)
    return Row("Today", overview.due, overview.new, under, bold=True, backlog=overview.backlog)


def _under_today(overview: Overview, now: Moment, *, narrow: bool) -> str:
    if not overview.lines:
        return "no decks yet"
    if not overview.due + overview.new:
        when = words.when(overview.next_ms, overview.next_day, now)
        return f"nothing due until {when}" if when else "nothing to study"
    parts = [f"about {words.count(overview.minutes, 'minute')}"]
    if overview.budget is not None and overview.budget.is_up:
        parts = [words.are_up(overview.budget.minutes)]
    if overview.until is not None:
        catching = f"catching up until {words.day_near(overview.until, now)}"
        parts = [catching] if narrow else [*parts, catching]
    if overview.row > 1 and not narrow:
        parts.append(f"{overview.row} days in a row")
    return "; ".join(parts)


def deck_row(line: DeckLine, name: str, now: Moment) -> Row:
    """A deck's row. name: what the deck is called among the others."""
    best = f"best {words.points(line.best.score)}" if line.best else ""
    under = words.count(len(line.deck.cards), "card")
    if line.studied:
        under += f"; last studied {words.day_near(line.studied, now)}"
    if line.cap is not None:
        under += f"; catching up until {words.day_near(line.cap.until, now)}"
    return Row(name, line.due, line.new, under, best, backlog=line.backlog)


# ---- the preview


def next_card(view: Asking, title: str, line: DeckLine | None) -> Shown:
    """The card that will be asked. title: its deck's. line: the selected deck's, None for Today."""
    choices = [choice(place, option.text) for place, option in enumerate(view.question.options)]
    shown = choices if isinstance(view.item.card, Statement) else []
    return Shown("Next card", title, unmarked(prompt_of(view.question)), shown, figures_of(line))


def idle(line: DeckLine | Overview, now: Moment, key: str) -> str:
    """When something is due again. key: the one that starts a quiz, "" if there is none to start."""
    when = words.when(line.next_ms, line.next_day, now)
    until = f"Nothing due until {when}. " if when else "No cards to study here. "
    return f"{until}{key} starts a quiz." if key else until.strip()


def figures_of(line: DeckLine | None) -> list[tuple[str, str]]:
    """The figures of the selected deck; none for Today."""
    if line is None:
        return []
    runs = [("Best", line.best), ("Last", line.last)]
    figures = [(name, words.points(run.score)) for name, run in runs if run]
    return [*figures, ("Seen", f"{line.seen} of {len(line.deck.cards)}")]
