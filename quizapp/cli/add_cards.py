"""Cards into a deck's file: many at once, or one after the other as they are asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
import msgspec

from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.files import DeckFile
from quizapp.cli.output import count, flush, note, quoted, say
from quizapp.cli.sources import sentence, shown

if TYPE_CHECKING:
    from quizapp.cli.asking import Cells
    from quizapp.deck.adding import Added
    from quizapp.deck.card import Deck, Kind
    from quizapp.deck.write import Value
    from quizapp.problem import Problem

_MOST_NAMED = 9
"""So many problems are named."""

Lines = Sequence[tuple[int, dict[str, "Value"]]]
"""Entries, each with the number of its line, 0 where there are no lines."""


def added_to(file: DeckFile, data: bytes, lines: Lines, kept: str) -> Added:
    """The file with the cards. Raises Failure where they have a problem, and says which. kept: what is said
    then."""
    from quizapp.cli.wording import in_lines, in_options
    from quizapp.deck.adding import BadCards, add_cards
    from quizapp.deck.edit import EditError

    try:
        return add_cards(data, [table for _, table in lines], path=file.write, deck_id=file.id)
    except EditError as error:
        raise Failure(f"{shown(file.read)}: {error} {kept}") from error
    except BadCards as bad:
        said = []
        for number, problem in bad.problems:
            line = lines[number][0] if number is not None else 0
            if number is not None and problem.card is not None:
                problem = _by_line(problem, lines, problem.card - number)
            said.append(in_lines(problem, line) if line else in_options(problem))
        if len(said) == 1:
            raise Failure(f"{said[0]}. {kept}") from bad
        for text in said[:_MOST_NAMED]:
            note(text)
        raise Failure(f"{kept}: the cards have {count(len(said), 'problem')}") from bad


def _by_line(problem: Problem, lines: Lines, first: int) -> Problem:
    """The problem with the line of another new card in place of its number, which no file has yet. first:
    the number that the first of them would get."""

    def place(found: re.Match[str]) -> str:
        number = int(found[1]) - first
        return f"in line {lines[number][0]}" if 0 <= number < len(lines) else found[0]

    return msgspec.structs.replace(problem, message=re.sub(r"in card ([0-9]{1,9})\b", place, problem.message))


def note_copy(file: DeckFile) -> None:
    """Say that a deck that ships is the person's own from now on."""
    if file.is_shipped:
        note(f"This deck ships with quizapp. Your copy takes its place: {file.write}")


def ask_cards(file: DeckFile, kind: str | None, held: Cells) -> None:
    """Ask for cards until a prompt is left empty; each is in the file before the next is asked for.

    held: what holds for all of them. Raises Failure where a card was begun and left.
    """
    from quizapp.cli.asking import asked_card
    from quizapp.cli.rows import table_of

    asks = total = 0

    def ask(what: str, before: str) -> str:
        nonlocal asks
        asks += 1
        return _typed(what, before)

    deck = _deck_now(file)
    meant = _kind(deck, kind, held)
    has = f"has {count(len(deck.cards), 'card')}" if deck.cards else "has no cards yet"
    note(f"{quoted(deck.title)} {has}. An empty line ends.")
    while True:
        asks = 0
        try:
            cells = asked_card(deck, meant, held, ask, note)
        except (click.Abort, EOFError, KeyboardInterrupt) as error:
            note("")
            if asks == 1 and total:
                return
            raise Failure("The last card was not added" if total else "Nothing was added") from error
        if cells is None:
            break
        # Read anew: while a card is typed, the deck may change.
        data, kept = file.data(), "This card was not added"
        added = added_to(file, data, [(0, table_of(cells, deck))], kept)
        file.put(data, added.data, kept)
        note_copy(file)
        file = file._replace(read=file.write)
        total += len(added.cards)
        deck = added.deck
        say(f"Added. {count(len(deck.cards), 'card')}.")
        flush()
    if not total:
        note("Nothing was added")


def _deck_now(file: DeckFile) -> Deck:
    """The deck as new cards would find it. Raises Failure where none can be added."""
    from quizapp.deck.read import parse_deck

    data = file.data()
    deck, problems = parse_deck(data, path=file.write, deck_id=file.id, shown_as=shown(file.read))
    if deck is None:
        raise Failure(f"{problems[0]}. Nothing was added")
    return added_to(file, data, [], "Nothing was added").deck


def _kind(deck: Deck, said: str | None, held: Cells) -> Kind:
    """What kind is asked for. Raises BadInput where what is to hold for all does not go with it."""
    from quizapp.cli.rows import table_of
    from quizapp.deck.adding import usual_kind
    from quizapp.deck.begun import fault_so_far
    from quizapp.deck.card import Kind

    both_ways = any(key == "reverse" for key, _ in held)
    kind = Kind(said) if said else Kind.FLIP if both_ways else usual_kind(deck)
    if both_ways and kind is not Kind.FLIP:
        raise BadInput(f"--reverse is for flip cards, not for {kind.value}; leave one of the two out")
    fault = fault_so_far(deck, kind, table_of(held, deck))
    if fault:
        raise BadInput(sentence(fault))
    return kind


def _typed(what: str, before: str) -> str:
    """A line from the person. before: what stands there already, to be changed, where lines can be edited."""
    try:
        import readline  # 1 ms; also what makes the arrow keys move within the line
    except ImportError:
        return _line(what)
    readline.set_startup_hook((lambda: readline.insert_text(before)) if before else None)
    try:
        return _line(what)
    finally:
        readline.set_startup_hook(None)


def _line(what: str) -> str:
    while True:
        try:
            text = input(f"{what}: ")
            text.encode()
        except UnicodeError:
            note("This is not UTF-8; type it again.")
        else:
            return text
