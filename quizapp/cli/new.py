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
    from quizapp.deck.making import Planned

_SUFFIX = ".toml"
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
    from quizapp.deck.making import Planned

    listed = choices_in(choices) if choices is not None else ()
    chosen = Kind(kind) if kind else Kind.STATEMENT if choices is not None else Kind.FLIP
    if choices is not None and chosen is not Kind.STATEMENT:
        raise BadInput(f"--choices are for statements, not for {kind}; leave one of the two out")
    if choices is not None and not listed:
        raise BadInput("--choices needs 2 to 9 answers, such as --choices A,B")
    if not name.isprintable():
        raise BadInput(f"{quoted(name)} can't be a name; leave out what is not text")
    if is_path(name):
        path, called, title = path_named(name)
    else:
        path, called, title = _in_folder(name)
    if os.path.lexists(path):
        raise _exists(path, called)
    planned = Planned(path, title, called, chosen, listed)
    if wrong := planned.problem():
        raise BadInput(sentence(wrong.message) + (f"; {wrong.remedy}" if wrong.remedy else ""))
    _make(planned)
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
    found = library()
    there = found.decks[id_].path if id_ in found.decks else found.unread.get(id_)
    if there is not None:
        raise _exists(there, id_)
    title = one_line(name.replace("\\", "/").rpartition("/")[2])
    return own_places().decks.joinpath(*f"{id_}{_SUFFIX}".split("/")), shlex.quote(id_), title


def _make(planned: Planned) -> None:
    from quizapp import __version__
    from quizapp.deck.making import make_deck
    from quizapp.deck.replace import FileChanged

    try:
        make_deck(planned, own_places().decks, __version__)
    except FileChanged as error:
        raise _exists(planned.path, planned.called) from error
    except OSError as error:
        raise Failure(f"{planned.path} can't be written ({error.strerror or error})") from error


def _exists(path: Path, called: str) -> BadInput:
    return BadInput(f"There is a deck {shown(path)} already; to change it: quizapp edit {called}")
