"""`quizapp add`: cards for a deck, asked for, given as options, or as lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from quizapp.cli.add_cards import Lines, added_to, ask_cards, note_copy
from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.files import DeckFile, deck_file
from quizapp.cli.output import count, example, flush, one_line, quoted, say
from quizapp.cli.sources import folder_option, shown

if TYPE_CHECKING:
    from quizapp.deck.card import Deck

_KINDS = ("statement", "flip", "choice", "typed", "cloze")
_PROMPTS = ("statement", "front", "question", "cloze")
_HELD = {"reverse", "why", "hint", "aspect", "tags"}
"""What may be said of all cards that are asked for."""


@click.command(
    "add",
    epilog=example(
        "quizapp add spanish",
        'quizapp add spanish --front "the house" --back "la casa"',
        "quizapp add spanish --kind flip --reverse --tag verbs",
        'quizapp add "BPO or KPO?" --statement "Few can do it." --answer kpo',
        "quizapp add spanish < words.tsv",
    ),
)
@click.argument("deck")
@click.option("--front", metavar="TEXT", help="The front of a flip card.")
@click.option("--back", metavar="TEXT", help="Its back.")
@click.option("--reverse", is_flag=True, help="Ask it from back to front too.")
@click.option("--statement", metavar="TEXT", help="A statement.")
@click.option("--question", metavar="TEXT", help="A question; with --wrong it is chosen, else typed.")
@click.option("--answer", metavar="TEXT", help="The answer to a statement or a question.")
@click.option("--wrong", metavar="TEXT", multiple=True, help="A wrong answer; may be given several times.")
@click.option("--accept", metavar="TEXT", multiple=True, help="Another answer that counts; likewise.")
@click.option("--cloze", metavar="TEXT", help="A sentence with {…} around what is hidden.")
@click.option("--why", metavar="TEXT", help="What is shown after the answer.")
@click.option("--hint", metavar="TEXT", help="What helps before it.")
@click.option("--aspect", metavar="TEXT", help="What the card is about.")
@click.option("--tag", "tags", metavar="TEXT", multiple=True, help="A tag; may be given several times.")
@click.option("--id", metavar="NAME", help="Its name for good, which lets a prompt be the same as another.")
@click.option(
    "--kind",
    type=click.Choice(_KINDS, case_sensitive=False),
    help="What to ask for, or what lines hold; default: as the deck's other cards.",
)
@folder_option
def command(deck: str, *, kind: str | None, **given: Any) -> None:
    """Add a card to a deck, or many.

    Without options you are asked for cards until you leave one empty; --kind, --reverse, --tag, --aspect,
    --why and --hint alone hold for all that are asked. Lines from a file or a program are a card each: prompt
    and answer with a tab between them, or the keys that a first line names, likewise. DECK is a deck's id or
    title, or the path of a deck file. Options and lines add all cards, or none: where one has a problem, that
    is said.
    """
    file = deck_file(deck)
    said = {key: value for key, value in given.items() if value}
    if set(said) <= _HELD and is_terminal():
        ask_cards(file, kind, _in_order(said))
    else:
        _add(file, _lines(file, kind, said))
    flush()


def _add(file: DeckFile, lines: Lines) -> None:
    # Read only now: while lines come, the deck may change.
    data = file.data()
    added = added_to(file, data, lines, "Nothing was added")
    file.put(data, added.data, "Nothing was added")
    note_copy(file)
    cards, total = count(len(added.cards), "card"), count(len(added.deck.cards), "card")
    what = f": {one_line(added.cards[0].prompt, 60)}" if len(added.cards) == 1 else ""
    say(f"Added {cards} to {quoted(added.deck.title)}, which has {total} now{what}")


def _lines(file: DeckFile, kind: str | None, given: dict[str, Any]) -> Lines:
    """The cards that options or lines say. Raises BadInput where they say none."""
    from quizapp.cli.rows import table_of, tables_of
    from quizapp.deck.adding import usual_kind
    from quizapp.deck.card import Kind

    deck = _read(file)
    if given:
        if kind:
            raise BadInput("--kind is for cards that are asked for or come as lines; leave it out")
        return [(0, table_of(_in_order(given), deck))]
    found = tables_of(_text(), deck, Kind(kind) if kind else usual_kind(deck))
    if not found:
        raise BadInput(
            "There is nothing to add: give a card as options, such as --front and --back, or lines with tabs"
        )
    return found


def is_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def _read(file: DeckFile) -> Deck:
    from quizapp.deck.read import parse_deck

    deck, problems = parse_deck(file.data(), path=file.write, deck_id=file.id, shown_as=shown(file.read))
    if deck is None:
        raise Failure(f"{problems[0]}. Nothing was added")
    return deck


def _in_order(given: dict[str, Any]) -> list[tuple[str, str]]:
    """Keys and texts of the options, the prompt first, as an entry has them."""
    order = (*_PROMPTS, "back", "answer", "wrong", "accept", "reverse", "why", "hint", "aspect", "tags", "id")
    cells: list[tuple[str, str]] = []
    for key in order:
        match given.get(key):
            case None:
                pass
            case True:
                cells.append((key, "true"))
            case str(text):
                cells.append((key, text))
            case texts:
                cells += [(key, text) for text in texts]
    return cells


def _text() -> str:
    from quizapp.deck.file import LIMIT, text_of, too_large
    from quizapp.problem import Problem

    data = sys.stdin.buffer.read(LIMIT + 1) if sys.stdin is not None else b""
    text = too_large("the input") if len(data) > LIMIT else text_of(data, "the input")
    if isinstance(text, Problem):
        raise BadInput(f"{text}. Nothing was added")
    return text
