"""What ends a command with one sentence on stderr."""

from __future__ import annotations

import sys
from typing import IO, Any

import click

from quizapp.cli.output import fitted
from quizapp.deck.text import visible


class Failure(click.ClickException):
    """The command can't do its work: exit code 1."""

    def __init__(self, message: str) -> None:
        super().__init__(visible(message))

    def show(self, file: IO[Any] | None = None) -> None:
        """Write it as an error; on a terminal it breaks between words."""
        stream: IO[str] = file or sys.stderr
        click.echo(fitted(f"Error: {self.format_message()}", stream), file=stream)


class BadInput(Failure):
    """What was asked for can't be meant: exit code 2, as click has it for wrong options."""

    exit_code = 2
