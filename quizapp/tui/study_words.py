"""What studying says beside its cards: hints, leeches, what is on the summary, the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from quizapp import words
from quizapp.deck.card import Card, Deck, Statement
from quizapp.deck.library import Library
from quizapp.deck.text import visible
from quizapp.learn.minutes import Budget
from quizapp.learn.study import Finished, Grading, Place
from quizapp.problem import Problem
from quizapp.record import Grade, Moment
from quizapp.scores.log import Log
from quizapp.sitting import StudySitting
from quizapp.tui.layout import WHY, balanced
from quizapp.tui.widgets.pane import Lay
from quizapp.tui.widgets.signs import FLAG, choice
from quizapp.undone import undone

_HINT = "Hint"
FLAGGED = f"{FLAG} Flagged"
_LEAST_PROMPT = 12
"""Characters that a card which was taken back is named in at least."""
_BETWEEN = 26
_ROOM_FOR_MINUTES = 60
"""From so many columns on the header says how many minutes are used up."""
_NARROW_CARD = 38
"""Cells of a card's column below 60 columns."""

_RULES = (
    "Answer with a key, or look at the answer with Space and grade yourself. "
    "Each grade shows when the card will come again."
)
_PLACE = "7 of 17, 2 again: it is the seventh of 17 cards, and 2 of those before it come once more."
_CRAM = (
    "Any card, due or not, as often as you like. The schedule is untouched: each card comes again when it "
    "would have come anyway. Again brings a card back after a few others, Good does not."
)


def new_problems(problems: Sequence[Problem]) -> str:
    """What is wrong in decks that were saved, in a line or two; "" if nothing is."""
    if not problems:
        return ""
    more = f" {words.count(len(problems) - 1, 'more problem')}." if len(problems) > 1 else ""
    return visible(f"▲ {problems[0]}.") + f"{more} What can't be read is asked as it was."


def new_cards(before: Mapping[str, Deck], after: Mapping[str, Deck]) -> str:
    """How many cards have come to the decks of a session, and when they are asked; "" if none has. A card
    that reads another way now is none."""
    number = 0
    for id_, deck in after.items():
        old = {card.key for card in before[id_].cards} if id_ in before else set()
        new = {card.key for card in deck.cards}
        number += max(0, len(new - old) - len(old - new))
    return f"{words.count(number, 'new card')}, from the next session on." if number else ""


def rules(*, cram: bool) -> str:
    """What studying is, for the help."""
    return f"{_CRAM if cram else _RULES} {_PLACE}"


def hint(text: str) -> Lay:
    """A card's hint, on its back until the answer is there."""

    def lay(width: int, _height: int) -> list[Content]:
        head = Content.assemble((_HINT, "$text-muted"), "  ")
        room = min(width, WHY) - head.cell_length
        return [
            Content.assemble(" " * head.cell_length if place else head, (line, "$foreground"))
            for place, line in enumerate(balanced(text, room, room))
        ]

    return lay


def hint_waits(key: str) -> Lay:
    """`F3 shows the hint.` on the back of a narrow card, where the footer has no room for that key.

    key: the one that shows it.
    """

    def lay(width: int, _height: int) -> list[Content]:
        return [Content.assemble((f"{key} shows the hint.", "$text-muted"))] if width <= _NARROW_CARD else []

    return lay


def intervals(view: Grading, now: Moment) -> dict[Grade, str]:
    """When the card comes again after each grade; "" where grades move nothing."""
    return {
        grade: words.interval(view.outcomes[grade], now) if grade in view.outcomes else ""
        for grade in view.grades
    }


def digits(grades: Sequence[Grade]) -> str:
    """The keys of these grades: `1–4`, `1, 3`."""
    first, last = int(grades[0]), int(grades[-1])
    if last - first == len(grades) - 1:
        return f"{first}–{last}"
    return ", ".join(str(int(grade)) for grade in grades)


def leech(view: Grading, suspend: str, *, narrow: bool) -> Content:
    """`Forgotten 8 times, often taken for ● KPO. F6 suspends.`; nothing of a card that is no leech.

    suspend: the key that does. narrow: whether a line must do, where the contrast says the rest.
    """
    if not view.leech:
        return Content("")
    times = f"Forgotten {words.count(view.leech, 'time')}"
    offer = (f" {suspend} suspends.", "$text-muted")
    mistaken = view.item.mistaken
    if not mistaken or (narrow and view.contrast is not None):
        return Content.assemble((f"{times}.", "$foreground"), offer)
    name = _named(view.item.card, mistaken)
    taken = Content.assemble((f"{times}, often taken for ", "$foreground"), name, ".")
    return taken if narrow else Content.assemble(taken, offer)


def _named(card: Card, answer: str) -> Content:
    if isinstance(card, Statement) and answer in card.choices:
        return choice(card.choices.index(answer), answer)
    return Content.assemble((answer.rstrip("."), "bold $foreground"))


def summary(view: Finished) -> tuple[str, str]:
    """What was done: `12 cards studied.`, and below that `15 answers, 12 remembered, 3 to see again.`"""
    aside = f"{words.count(view.aside, 'card')} put aside." if view.aside else ""
    if not view.answers:
        return aside, ""
    answers = (
        f"{words.count(view.answers, 'answer')}, {view.right} remembered, "
        f"{view.answers - view.right} to see again."
    )
    return f"{words.count(view.cards, 'card')} studied.", f"{answers} {aside}".strip()


def note(place: Place, budget: Budget | None, width: int) -> str:
    """`7 of 17, 2 again`, or `4 of 5 min; 7 of 17` where minutes count and there is room.

    width: of the screen.
    """
    said = words.place(place.position, place.total, place.again)
    if budget is None or width < _ROOM_FOR_MINUTES:
        return said
    return f"{budget.spent} of {budget.minutes} min; {said}"


def next_up(sitting: StudySitting, view: Finished, now: Moment, go_on: str) -> str:
    """What is still to come, or that nothing was scheduled; "" if there is nothing to say.

    go_on: the key that goes on where the minutes are used up.
    """
    if sitting.cram:
        return words.NOTHING_SCHEDULED if view.answers else ""
    if view.left:
        return f"{words.minutes_up(view.minutes, view.left)}; {go_on} goes on."
    if sitting.more_waits():
        # The rollover hour passed meanwhile.
        return "More is due now."
    if steps := sitting.steps_to_come():
        return words.come_again(steps, now)
    when = words.when(*sitting.next_due(), now)
    return f"Nothing due until {when}." if when else ""


def last_done(sitting: StudySitting, log: Log, library: Library, undo: str, width: int) -> str:
    """What was put aside, or taken back of an earlier session, if that was done last; else "".

    undo: the key that takes the first back. width: cells that there are.
    """
    if sitting.put_aside is not None:
        return f"{words.put_aside(sitting.put_aside)}. {undo} undoes it."
    if sitting.undone is None or not sitting.undone.earlier:
        return ""
    # Half of the room that the words between them leave, so that the deck can be read too.
    most = max(_LEAST_PROMPT, (width - _BETWEEN) // 2)
    return words.undone(undone(log, library, sitting.undone.what, most))
