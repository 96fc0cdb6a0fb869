"""Which front end a command opens: the app, on the whole screen or below the prompt, or plain lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quizapp.cli.errors import BadInput

if TYPE_CHECKING:
    from quizapp.deck.library import Library
    from quizapp.tui.opening import Opening

_PLAIN = "quizapp.plain"
_INLINE = "quizapp.inline"
_JSON = "quizapp.json"

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


def _remember_inline(ctx: click.Context, _: click.Parameter, inline: bool) -> None:
    if inline and sys.platform == "win32":
        raise BadInput("--inline needs Linux or macOS; leave it out for the whole screen")
    ctx.meta[_INLINE] = inline


def inline_option(command: F) -> F:
    """The option --inline; `open_front` heeds it."""
    option = click.option(
        "--inline",
        is_flag=True,
        expose_value=False,
        callback=_remember_inline,
        help="Run it below the prompt, not on the whole screen.",
    )
    return option(command)


def _remember_json(ctx: click.Context, _: click.Parameter, as_json: bool) -> None:
    ctx.meta[_JSON] = as_json


def json_option(command: F) -> F:
    """The option --json of a command that opens the app; `open_front` heeds it."""
    option = click.option(
        "--json",
        is_flag=True,
        expose_value=False,
        callback=_remember_json,
        help="Write the last quiz's results as JSON at the end; docs/scores.md lists the fields.",
    )
    return option(command)


def open_front(library: Library, opening: Opening) -> None:
    """Open what a command asks for. Raises BadInput where the app would open without a terminal."""
    inline: bool = click.get_current_context().meta.get(_INLINE, False)
    as_json: bool = click.get_current_context().meta.get(_JSON, False)
    if is_plain():
        if as_json:
            raise BadInput("--json is for the app; plain lines say the results themselves")
        if inline:
            raise BadInput("--plain and --inline exclude each other; plain lines are below the prompt anyway")
        from quizapp.cli.plain.start import open_plain

        open_plain(library, opening)
    else:
        from quizapp.cli.screen import open_app

        open_app(library, opening, inline=inline, as_json=as_json)
