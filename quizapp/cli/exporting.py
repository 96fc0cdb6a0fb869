"""`quizapp export`: a deck as the file of another program."""

from __future__ import annotations

from pathlib import Path

import click

from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.output import count, example, flush, note, say
from quizapp.cli.sources import folder_option, library_and_deck


@click.command(
    "export", epilog=example("quizapp export bpo-or-kpo bpo.gift", "quizapp export Spanish spanish.csv")
)
@click.argument("deck")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to-format", "format_name", metavar="FORMAT", help="csv, tsv, gift, markdown, json or anki.")
@click.option("--force", is_flag=True, help="Replace FILE if there is one.")
@folder_option
def command(deck: str, file: Path, *, format_name: str | None, force: bool) -> None:
    """Write a deck as another program's file.

    FILE becomes a table (CSV, TSV), Moodle's GIFT, Markdown, JSON or an Anki package; the format follows
    its suffix. What it can't hold is listed, with its place.
    """
    from quizapp.deck.exchange.draft import ExchangeError, draft_of
    from quizapp.deck.exchange.formats import format_named, format_of
    from quizapp.deck.exchange.valid import valid
    from quizapp.deck.file import bytes_of, text_of
    from quizapp.deck.replace import FileChanged, replace_file
    from quizapp.problem import Problem

    chosen = library_and_deck(deck)[1]
    if (format_name or "").lower() == "anki" or (not format_name and file.suffix.lower() == ".apkg"):
        from quizapp.cli.packages import export_package

        _held(file, force=force)
        export_package(chosen, file)
        return
    try:
        format_ = format_named(format_name.lower()) if format_name else format_of(file)
    except ExchangeError as error:
        raise BadInput(str(error).rstrip(".")) from error
    data = bytes_of(chosen.path, str(chosen.path), folder=("this is a folder, not a deck", ""))
    text = data if isinstance(data, Problem) else text_of(data, str(chosen.path))
    if isinstance(text, Problem):
        raise Failure(str(text))
    try:
        draft = valid(draft_of(text))
    except ValueError as error:
        raise Failure(f"{chosen.path} has problems; mend them first: quizapp check {deck}") from error
    written, losses = format_.write(draft)
    held = _held(file, force=force)
    try:
        replace_file(file, held, written.encode("utf-8"))
    except FileChanged as error:
        raise Failure(f"{file} was changed meanwhile; nothing was written") from error
    except OSError as error:
        raise Failure(f"{file} can't be written ({error.strerror or error})") from error
    say(f"{count(len(draft.entries), 'card')} in {file}")
    lost = [*draft.losses, *losses]
    if lost:
        note(f"{count(len(lost), 'thing')} that {format_.name} can't hold:")
        for loss in lost:
            note(f"  {loss}")
    flush()


def _held(file: Path, *, force: bool) -> bytes | None:
    """What is in the file now, which is to be replaced; None where there is none."""
    try:
        held = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadInput(f"{file} can't be written ({error.strerror or error})") from error
    if not force:
        raise BadInput(f"There is a file {file} already; --force replaces it")
    return held
