"""`quizapp add`: cards for a deck, asked for, given as options, or as lines."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.files import DeckFile, deck_file
from quizapp.cli.output import count, example, flush, note, one_line, quoted, say
from quizapp.cli.sources import folder_option, sentence, shown

if TYPE_CHECKING:
    from quizapp.deck.adding import Added
    from quizapp.deck.card import Deck, Kind
    from quizapp.deck.write import Value

_KINDS = ("statement", "flip", "choice", "typed", "cloze")
_PROMPTS = ("statement", "front", "question", "cloze")
_MOST_NAMED = 9
"""So many problems are named."""

Lines = Sequence[tuple[int, dict[str, "Value"]]]
"""Entries, each with the number of its line, 0 where there are no lines."""


@click.command(
    "add",
    epilog=example(
        "quizapp add spanish",
        'quizapp add spanish --front "the house" --back "la casa"',
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
@click.option(
    "--kind",
    type=click.Choice(_KINDS, case_sensitive=False),
    help="What to ask for, or what lines hold; default: as the deck's other cards.",
)
@folder_option
def command(deck: str, *, kind: str | None, **given: Any) -> None:
    """Add a card to a deck, or many.

    Without options you are asked for a card. Lines from a file or a program are a card each: prompt and
    answer with a tab between them, or the keys that a first line names, likewise. DECK is a deck's id or
    title, or the path of a deck file. All cards are added, or none: where one has a problem, that is said.
    """
    file = deck_file(deck)
    lines = _lines(file, kind, {key: value for key, value in given.items() if value})
    # Read only now: while a card is typed, the deck may change.
    data = file.data()
    added = _added(file, data, lines)
    file.put(data, added.data, "Nothing was added")
    if file.is_shipped:
        note(f"This deck ships with quizapp. Your copy takes its place: {file.write}")
    cards, total = count(len(added.cards), "card"), count(len(added.deck.cards), "card")
    what = f": {one_line(added.cards[0].prompt, 60)}" if len(added.cards) == 1 else ""
    say(f"Added {cards} to {quoted(added.deck.title)}, which has {total} now{what}")
    flush()


def _lines(file: DeckFile, kind: str | None, given: dict[str, Any]) -> Lines:
    """The cards that options, lines or answers say. Raises BadInput where they say none."""
    from quizapp.cli.rows import table_of, tables_of
    from quizapp.deck.adding import usual_kind
    from quizapp.deck.card import Kind

    deck = _read(file)
    if given:
        if kind:
            raise BadInput("--kind is for cards that are asked for or come as lines; leave it out")
        return [(0, table_of(_in_order(given), deck))]
    meant = Kind(kind) if kind else usual_kind(deck)
    if is_terminal():
        return [(0, table_of(_asked(deck, meant), deck))]
    found = tables_of(_text(), deck, meant)
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
    order = (*_PROMPTS, "back", "answer", "wrong", "accept", "reverse", "why", "hint", "aspect", "tags")
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


def _asked(deck: Deck, kind: Kind) -> list[tuple[str, str]]:
    from quizapp.cli.asking import asked_card

    def ask(what: str) -> str:
        typed: str = click.prompt(what, default="", show_default=False)
        return typed

    try:
        return asked_card(deck, kind, ask, note)
    except (click.Abort, EOFError) as error:
        note("")
        raise Failure("Nothing was added") from error


def _text() -> str:
    from quizapp.deck.file import LIMIT, text_of, too_large
    from quizapp.problem import Problem

    data = sys.stdin.buffer.read(LIMIT + 1) if sys.stdin is not None else b""
    text = too_large("the input") if len(data) > LIMIT else text_of(data, "the input")
    if isinstance(text, Problem):
        raise BadInput(f"{text}. Nothing was added")
    return text


def _added(file: DeckFile, data: bytes, lines: Lines) -> Added:
    """The file with the cards. Raises Failure where they have a problem, and says which."""
    from quizapp.deck.adding import BadCards, add_cards
    from quizapp.deck.edit import EditError

    try:
        return add_cards(data, [table for _, table in lines], path=file.write, deck_id=file.id)
    except EditError as error:
        raise Failure(f"{shown(file.read)}: {error} Nothing was added") from error
    except BadCards as bad:
        said = []
        for number, problem in bad.problems:
            line = lines[number][0] if number is not None else 0
            remedy = f"; {problem.remedy}" if problem.remedy else ""
            said.append((f"line {line}: {problem.message}" if line else sentence(problem.message)) + remedy)
        if len(said) == 1:
            raise Failure(f"{said[0]}. Nothing was added") from bad
        for text in said[:_MOST_NAMED]:
            note(text)
        raise Failure(f"Nothing was added: the cards have {count(len(said), 'problem')}") from bad
