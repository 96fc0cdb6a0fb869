"""What ends a command with one sentence on stderr."""

from __future__ import annotations

import click

from quizapp.deck.text import visible


class Failure(click.ClickException):
    """The command can't do its work: exit code 1."""

    def __init__(self, message: str) -> None:
        super().__init__(visible(message))


class BadInput(Failure):
    """What was asked for can't be meant: exit code 2, as click has it for wrong options."""

    exit_code = 2
