"""`quizapp log`: the answers given so far, as a table or as JSON lines."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import click
import msgspec

from quizapp.cli.output import as_json as json_of
from quizapp.cli.output import example, flush, note, one_line, pad, say_exactly
from quizapp.cli.sources import folder_option, library, own_places
from quizapp.record import Outcome, Ref
from quizapp.scores.log import Logged
from quizapp.scores.store import open_log

OUTCOMES = {
    Outcome.RIGHT: "✓ right",
    Outcome.WRONG: "✗ wrong",
    Outcome.TIMEOUT: "– timeout",
    Outcome.SKIPPED: "– skipped",
}
# A long log is written as it is read, so that its columns are as wide as here.
WIDTHS = (16, 20, 9, 5, 7, 44)
HEAD = ("TIME", "DECK", "OUTCOME", "GRADE", "SECONDS", "CARD", "ANSWER GIVEN")


@click.command("log", epilog=example("quizapp log | tail", "quizapp log --json > answers.jsonl"))
@click.option("--json", "as_json", is_flag=True, help="Write JSON, an answer a line, with all that is kept.")
@folder_option
def command(*, as_json: bool) -> None:
    """List the answers given so far, the oldest first.

    An answer that was undone later is marked as undone; the grade is the one that counts now.
    """
    with closing(open_log(own_places().scores)) as log:
        number = 0
        prompts = {} if as_json else _prompts()
        for logged in log.answers():
            if as_json:
                say_exactly(json_of(_object(logged)))
            else:
                if not number:
                    say_exactly(_line(HEAD))
                say_exactly(_line(_row(logged, prompts)))
            number += 1
    flush()
    if not number:
        note("There are no answers yet.")


def _prompts() -> Mapping[Ref, str]:
    """The text of each card that is still in a deck."""
    return {Ref(deck.id, card.key): card.prompt for deck in library().decks.values() for card in deck.cards}


def _object(logged: Logged) -> dict[str, Any]:
    return {
        **msgspec.structs.asdict(logged.answer),
        "grade": logged.grade,
        "undone": logged.undone,
    }


def _row(logged: Logged, prompts: Mapping[Ref, str]) -> tuple[str, ...]:
    answer = logged.answer
    local = datetime.fromtimestamp(answer.at_ms / 1000, UTC) + timedelta(minutes=answer.offset_min)
    return (
        f"{local:%Y-%m-%d %H:%M}",
        one_line(answer.deck, WIDTHS[1]),
        OUTCOMES[answer.outcome],
        logged.grade.name.lower() if logged.grade else "",
        f"{answer.ms / 1000:7.1f}",
        one_line(prompts.get(logged.ref, f"({answer.kind} {answer.card[:8]})"), WIDTHS[5]),
        one_line(answer.given, 30) + (" (undone)" if logged.undone else ""),
    )


def _line(cells: tuple[str, ...]) -> str:
    padded = (pad(text, cells_) for text, cells_ in zip(cells, WIDTHS, strict=False))
    return "  ".join((*padded, cells[-1])).rstrip()
