"""`quizapp orphans`: histories without a card, and giving one to a card."""

from __future__ import annotations

from contextlib import closing
from typing import Any, NamedTuple

import click

from quizapp.carry import Orphan, carried_over, orphans, questions, rekey_of, what_was_carried_over
from quizapp.cli.errors import BadInput
from quizapp.cli.output import count, example, flush, note, one_line, quoted, say, say_json, say_table
from quizapp.cli.sources import clock, folder_option, library, own_places, sentence
from quizapp.deck.card import Card, Deck
from quizapp.deck.library import Library, UnknownDeck, find_deck
from quizapp.deck.text import collapse
from quizapp.record import Memory, Ref
from quizapp.scores.histories import History
from quizapp.scores.log import Log
from quizapp.scores.store import open_log

_LEAST_KEY = 4
"""So many digits of a key are needed at least, to name a card by them."""


class Row(NamedTuple):
    """An orphan as it is listed. perhaps: cards that it may be. sure: whether that is certain."""

    orphan: Orphan
    history: History
    memory: Memory | None
    perhaps: list[tuple[Deck, Card]]
    sure: bool

    @property
    def prompt(self) -> str:
        """What it asked, as far as that is known."""
        text = self.orphan.text
        return text.prompt if text is not None else f"(card {self.orphan.ref.card[:8]})"


@click.group(
    "orphans",
    invoke_without_command=True,
    epilog=example(
        "quizapp orphans",
        'quizapp orphans attach 2 spanish "the house"',
        "quizapp orphans undo",
    ),
)
@click.option("--json", "as_json", is_flag=True, help="Write a JSON array, an object a history.")
@folder_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """List histories without a card, and give them to one.

    Without a command they are listed. A card that is taken out of its deck, or that becomes another one,
    leaves its history behind. Nothing of it is deleted: when the card comes back, so does its history.
    """
    if ctx.invoked_subcommand is not None:
        return
    found = library()
    with closing(open_log(own_places().scores)) as log:
        rows = _rows(log, found)
    if as_json:
        say_json(_object(row) for row in rows)
    elif rows:
        head = ("NO", "DECK", "CARD", "ANSWER", "ANSWERS", "LAST", "DUE")
        say_table(head, [_cells(number, row) for number, row in enumerate(rows, 1)], right=(0, 4))
        for number, row in enumerate(rows, 1):
            _suggest(number, row)
    if not rows:
        note("Every history has its card.")
    flush()


@command.command(
    "attach", epilog=example("quizapp orphans attach 2", 'quizapp orphans attach 2 spanish "casa"')
)
@click.argument("orphan")
@click.argument("deck", required=False)
@click.argument("card", required=False)
@folder_option
def attach(orphan: str, deck: str | None, card: str | None) -> None:
    """Give a history to a card.

    ORPHAN is its number in `quizapp orphans`, or the start of its key. DECK is the id or title of the card's
    deck, CARD a part of its prompt or the start of its key; without them it is the card that the list names.
    """
    from quizapp.cli.scores_file import open_scores
    from quizapp.sitting import carry

    found, now = library(), clock()
    with closing(open_scores(own_places().scores, now)) as store:
        row = _picked(_rows(store, found), orphan)
        new_deck, new = _meant(row, found, orphan, deck, card)
        own = store.history_of(Ref(new_deck.id, new.key)).answers
        ref = row.orphan.ref
        if not carry(store, now, found, rekey_of(ref.deck, new_deck, {ref.card: new.key})):
            raise BadInput(f"{quoted(row.prompt)} has no history any more")
    answers = count(row.history.answers, "answer")
    say(f"{quoted(row.prompt)} ({answers}) is {quoted(new.prompt)} in {one_line(new_deck.id)} now.")
    if own:
        say(f"That has {count(own, 'answer')} of its own: together they are one history.")
    say("To undo it: quizapp orphans undo")
    flush()


@command.command("undo")
@folder_option
def undo() -> None:
    """Undo what was carried over last, by you or by itself.

    Each card has again what it had before, and what it was given since. It is not carried over again.
    """
    from quizapp.cli.scores_file import open_scores
    from quizapp.sitting import take_back

    now = clock()
    with closing(open_scores(own_places().scores, now)) as store:
        last = next((one for one in reversed(store.moves().rekeys) if not one.undone), None)
        if last is None or take_back(store, now, last.id) is None:
            note("Nothing was carried over.")
            return
    say(f"Undone: {what_was_carried_over([last])}")
    flush()


def _rows(log: Log, found: Library) -> list[Row]:
    sure = {old: new for one in carried_over(log, found).rekeys for old, new in one.pairs}
    perhaps: dict[Ref, list[tuple[Deck, Card]]] = {}
    for question in questions(log, found):
        deck = found.decks[question.rekey.to_deck]
        for old, new in zip(question.olds, question.news, strict=True):
            perhaps.setdefault(old.ref, []).append((deck, new))
    for ref, target in sure.items():
        deck = found.decks[target.deck]
        perhaps[ref] = [(deck, card) for card in deck.cards if card.key == target.card]
    return [
        Row(
            orphan,
            log.history_of(orphan.ref),
            log.memory(orphan.ref),
            perhaps.get(orphan.ref, []),
            orphan.ref in sure,
        )
        for orphan in orphans(log, found)
    ]


def _object(row: Row) -> dict[str, Any]:
    text, memory = row.orphan.text, row.memory
    return {
        "deck": row.orphan.ref.deck,
        "card": row.orphan.ref.card,
        "kind": text.kind if text is not None else None,
        "prompt": text.prompt if text is not None else None,
        "answer": text.answer if text is not None else None,
        "answers": row.history.answers,
        "last_day": row.history.last_day or None,
        "due_day": _due(memory) or None,
        "stability": memory.stability if memory is not None else None,
        "difficulty": memory.difficulty if memory is not None else None,
        "perhaps": [{"deck": deck.id, "card": card.key, "prompt": card.prompt} for deck, card in row.perhaps],
        "certain": row.sure,
    }


def _cells(number: int, row: Row) -> tuple[str, ...]:
    text = row.orphan.text
    return (
        str(number),
        one_line(row.orphan.ref.deck, 20),
        one_line(row.prompt, 40),
        one_line(text.answer if text is not None else "", 20),
        str(row.history.answers),
        row.history.last_day,
        _due(row.memory),
    )


def _due(memory: Memory | None) -> str:
    """The study day on which the card would fall due; that of its last answer while it is in its steps."""
    return (memory.due_day or memory.last_day) if memory is not None else ""


def _suggest(number: int, row: Row) -> None:
    for deck, card in row.perhaps:
        where = f"{quoted(card.prompt)} in {one_line(deck.id)}"
        if row.sure:
            say(f"{number} is {where}; it is carried over when quizapp is opened next")
        elif len(row.perhaps) == 1:
            say(f"{number} may be {where}; if so: quizapp orphans attach {number}")
        else:
            say(f"{number} may be {where}")


def _picked(rows: list[Row], orphan: str) -> Row:
    """The history that an argument names. Raises BadInput."""
    if not rows:
        raise BadInput("Every history has its card")
    if orphan.isdecimal() and 1 <= int(orphan[:9]) <= len(rows):
        return rows[int(orphan[:9]) - 1]
    fits = [
        row for row in rows if len(orphan) >= _LEAST_KEY and row.orphan.ref.card.startswith(orphan.lower())
    ]
    if len(fits) == 1:
        return fits[0]
    which = "several histories begin with" if fits else "there is no history"
    raise BadInput(f"{sentence(which)} {quoted(orphan)}; to see their numbers: quizapp orphans")


def _meant(row: Row, found: Library, orphan: str, name: str | None, card: str | None) -> tuple[Deck, Card]:
    """The card that arguments name, or the one that the list names. Raises BadInput."""
    how = f'quizapp orphans attach {one_line(orphan, 40)} DECK "part of the prompt"'
    if name is None:
        if len(row.perhaps) == 1:
            return row.perhaps[0]
        number = f"{len(row.perhaps)} cards may be it" if row.perhaps else "No card looks like it"
        raise BadInput(f"{number}; say which is: {how}")
    try:
        deck = find_deck(found, name)
    except UnknownDeck as unknown:
        raise BadInput(sentence(str(unknown))) from unknown
    if card is None:
        raise BadInput(f"Say which card of {quoted(deck.title)} it is: {how}")
    sought = collapse(card).casefold()
    keyed = [one for one in deck.cards if len(sought) >= _LEAST_KEY and one.key.startswith(sought)]
    exact = [one for one in deck.cards if collapse(one.prompt).casefold() == sought]
    fits = exact or keyed or [one for one in deck.cards if sought in collapse(one.prompt).casefold()]
    if len(fits) != 1:
        which = f"{len(fits)} cards" if fits else "No card"
        remedy = (
            "give more of the prompt, or the start of the card's key" if fits else "give a part of its prompt"
        )
        raise BadInput(
            f"{which} of {quoted(deck.title)} {'have' if fits else 'has'} {quoted(card)}; {remedy}"
        )
    return deck, fits[0]
