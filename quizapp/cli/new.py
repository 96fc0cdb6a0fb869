"""`quizapp new`: a deck to begin with."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.output import example, flush, one_line, quoted, say
from quizapp.cli.sources import folder_option, library, own_places, sentence, shown

if TYPE_CHECKING:
    from quizapp.deck.card import Kind

_SUFFIX = ".toml"
_MOST_CHOICES = 9
_KINDS = ("statement", "flip", "choice", "typed", "cloze")


@click.command(
    "new",
    epilog=example(
        "quizapp new Spanish",
        'quizapp new "BPO or KPO?" --choices BPO,KPO,Both',
        "quizapp new ~/notes/verbs.toml --kind typed",
    ),
)
@click.argument("name")
@click.option("--choices", metavar="A,B", help="The answers that statements choose from, 2 to 9.")
@click.option(
    "--kind",
    type=click.Choice(_KINDS, case_sensitive=False),
    help="What the first card is; default: statement with --choices, else flip.",
)
@folder_option
def command(name: str, *, choices: str | None, kind: str | None) -> None:
    """Make a deck to begin with.

    NAME is what it is to be called: the file is put into your deck folder, and spaces become "-". With .toml
    at its end it is the path of the file. It has an example, and above that it says what to write. No deck is
    ever replaced. quizapp.schema.json beside the decks is what editors with Taplo complete and check them by.
    """
    from quizapp.deck.card import Kind
    from quizapp.deck.fresh import choices_in

    listed = choices_in(choices) if choices is not None else ()
    chosen = Kind(kind) if kind else Kind.STATEMENT if choices is not None else Kind.FLIP
    if choices is not None and chosen is not Kind.STATEMENT:
        raise BadInput(f"--choices are for statements, not for {kind}; leave one of the two out")
    if choices is not None and not 2 <= len(listed) <= _MOST_CHOICES:
        raise BadInput(f"--choices needs 2 to {_MOST_CHOICES} answers, such as --choices A,B")
    if not name.isprintable():
        raise BadInput(f"{quoted(name)} can't be a name; leave out what is not text")
    if is_path(name):
        path, called, title = path_named(name)
    else:
        path, called, title = _in_folder(name)
    if os.path.lexists(path):
        raise _exists(path, called)
    schema, named = _schema_of(path)
    text = _text(title, called, chosen, listed, named)
    if not _keep_schema(schema):
        text = text.removeprefix(f"#:schema {named}\n")
    _write(path, called, text)
    say(f"{quoted(title)} is in {path}")
    say(f"To write cards:  quizapp edit {called}")
    say(f"To add one:      quizapp add {called}")
    say(f"To study them:   quizapp study {called}")
    flush()


def is_path(name: str) -> bool:
    """Whether a new deck's name is the path of its file."""
    return name.lower().endswith(_SUFFIX)


def path_named(name: str) -> tuple[Path, str, str]:
    """Where a path leads, how commands name that deck, and its title. Raises BadInput without its folder."""
    path = Path(name).expanduser()
    if not os.path.isdir(path.parent):  # noqa: PTH112 - unlike Path.is_dir, it never raises for odd names
        raise BadInput(f"There is no folder {quoted(str(path.parent))} to put {quoted(path.name)} in")
    if not path.stem.strip(". ") or path.name.lower() == _SUFFIX:
        raise BadInput(f"{quoted(name)} has no name before .toml")
    return path, shlex.quote(str(path)), path.stem


def _in_folder(name: str) -> tuple[Path, str, str]:
    """The same for a name. Raises BadInput where no file can be called so, or a deck is."""
    from quizapp.deck.fresh import file_id

    try:
        id_ = file_id(name)
    except ValueError as error:
        raise BadInput(
            f"{quoted(name)} can't be the name of a deck; use letters and digits, or a path ending in .toml"
        ) from error
    if there := library().taken(id_):
        raise _exists(there[1], shlex.quote(there[0]))
    title = one_line(name.replace("\\", "/").rpartition("/")[2])
    return own_places().decks.joinpath(*f"{id_}{_SUFFIX}".split("/")), shlex.quote(id_), title


def _schema_of(path: Path) -> tuple[Path, str]:
    """Where the JSON Schema is that editors check a deck by, and how the deck names it: at the root of the
    deck folder, or beside a file that lies elsewhere."""
    from quizapp.deck.schema_file import COPY

    whole, decks = Path(os.path.abspath(path)), own_places().decks  # noqa: PTH100 - links stay what they are
    root = decks if whole.is_relative_to(decks) else whole.parent
    up = "../" * (len(whole.relative_to(root).parts) - 1)
    return root / COPY, f"{up or './'}{COPY}"


def _keep_schema(path: Path) -> bool:
    """See that the schema is there and no older than the program; whether it is. A person's file stays."""
    from quizapp import __version__
    from quizapp.deck.replace import FileChanged, replace_file
    from quizapp.deck.schema_file import copy_of, is_newer, is_ours

    try:
        before = path.read_bytes() if os.path.lexists(path) else None
        there = before.decode("utf-8", "replace") if before is not None else ""
        if before is not None and not is_ours(there):
            return False
        wanted = copy_of(__version__)
        if there != wanted and not is_newer(there, __version__):
            replace_file(path, before, wanted.encode("utf-8"))
    except (OSError, FileChanged):
        # A deck without it is as good; where its folder can't be written, that is said of the deck.
        return False
    return True


def _text(title: str, called: str, kind: Kind, choices: tuple[str, ...], schema: str) -> str:
    """The new file's text. Raises BadInput where its head would have a problem."""
    from quizapp.deck.fresh import new_deck
    from quizapp.deck.read import parse_deck

    text = new_deck(title, called, kind, choices, schema=schema)
    _, problems = parse_deck(text.encode("utf-8"), path=Path("new"), deck_id="", shown_as="")
    if problems:
        remedy = f"; {problems[0].remedy}" if problems[0].remedy else ""
        raise BadInput(sentence(problems[0].message) + remedy)
    return text


def _write(path: Path, called: str, text: str) -> None:
    from quizapp.deck.replace import FileChanged, replace_file

    try:
        replace_file(path, None, text.encode("utf-8"))
    except FileChanged as error:
        raise _exists(path, called) from error
    except OSError as error:
        raise Failure(f"{path} can't be written ({error.strerror or error})") from error


def _exists(path: Path, called: str) -> BadInput:
    """That there is such a deck. called: as a command names it."""
    return BadInput(f"There is a deck {shown(path)} already; to change it: quizapp edit {called}")
