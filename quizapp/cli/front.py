"""Which front end a command opens: the full-screen app, or plain lines."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from quizapp.deck.library import Library
    from quizapp.tui.opening import Opening

_PLAIN = "quizapp.plain"

F = TypeVar("F", bound=Callable[..., Any])


def _remember(ctx: click.Context, _: click.Parameter, plain: bool) -> None:
    # meta is shared by the contexts of the group and its command, so that it may stand before or after it.
    ctx.meta[_PLAIN] = plain or ctx.meta.get(_PLAIN, False)


def plain_option(command: F) -> F:
    """The option --plain; `open_front` heeds it."""
    option = click.option(
        "--plain",
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="Ask line by line, for screen readers; TERM=dumb does so too.",
    )
    return option(command)


def is_plain() -> bool:
    """Whether to ask line by line: it was asked for, or the terminal can do nothing else."""
    asked: bool = click.get_current_context().meta.get(_PLAIN, False)
    return asked or os.environ.get("TERM", "").casefold() == "dumb"


def open_front(library: Library, opening: Opening) -> None:
    """Open what a command asks for. Raises BadInput where the app would open without a terminal."""
    if is_plain():
        from quizapp.cli.plain.start import open_plain

        open_plain(library, opening)
    else:
        from quizapp.cli.screen import open_app

        open_app(library, opening)
