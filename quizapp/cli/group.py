"""The command `quizapp` itself: which commands there are, and how each of them ends."""

from __future__ import annotations

import importlib
import os
from typing import Any

import click

from quizapp import __version__
from quizapp.cli.errors import Failure
from quizapp.cli.front import plain_option
from quizapp.cli.output import quoted
from quizapp.cli.sources import folder_option, is_deck_path
from quizapp.problem import did_you_mean
from quizapp.scores.errors import ScoresError

COMMANDS = {
    "study": "Study what is due, or cram.",
    "one": "Ask one due card at the prompt, and end.",
    "quiz": "Take a quiz on a deck.",
    "decks": "List the decks with what is due and new.",
    "scores": "List the best and the last quizzes.",
    "new": "Make a deck to begin with.",
    "edit": "Open a deck in your editor, and check it afterwards.",
    "add": "Add a card to a deck, or many.",
    "import": "Make a deck of another program's file.",
    "imports": "List imports of reviews or into decks, and undo one.",
    "export": "Write a deck as another program's file.",
    "check": "List the problems of decks.",
    "schema": "Print the JSON Schema of the deck format.",
    "log": "List the answers given so far.",
    "optimize": "Fit the scheduler to your own memory.",
    "orphans": "List histories without a card, and give them to one.",
    "settings": "Show or change settings.",
    "paths": "Show where decks, scores and settings are kept.",
    "doctor": "Check the scores file.",
}
"""Each is `command` in the module of its name here, imported when it is called: `--help` needs none."""
_MODULES = {"import": "importing", "export": "exporting"}
"""The modules of those whose name can't be one, and of its counterpart."""


class Commands(click.Group):
    """The commands, with suggestions for misspelt ones and sentences for errors."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """Their names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """The command of this name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = f"quizapp.cli.{_MODULES.get(cmd_name, cmd_name)}"
        command: click.Command = importlib.import_module(module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """The list of commands in the help."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names; deck files open the home screen."""
        name = args[0]
        if name in COMMANDS:
            return super().resolve_command(ctx, args)
        if is_deck_path(name):
            from quizapp.cli.home import command

            return command.name, command, args
        raise click.UsageError(f"There is no command {quoted(name)}; {_remedy(name)}", ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what goes wrong on the way becomes a sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except ScoresError as error:
            raise Failure(str(error)) from error
        except KeyboardInterrupt:
            ctx.exit(130)


def _remedy(name: str) -> str:
    if os.path.isdir(name):  # noqa: PTH112 - unlike Path.is_dir, it never raises for odd names
        return "for the decks in a folder: quizapp --decks DIR"
    return did_you_mean(name[:80], COMMANDS) or "to study a deck: quizapp study DECK"


EXAMPLES = """\b
Examples:
  quizapp                      all decks, with what is due
  quizapp study bpo-or-kpo     study one deck
  quizapp quiz my-deck.toml    a quiz on a deck that lies anywhere
  quizapp --decks ~/french     use the decks of one more folder
  quizapp --plain              line by line, for screen readers"""


@click.group(
    cls=Commands,
    invoke_without_command=True,
    epilog=EXAMPLES,
    subcommand_metavar="[COMMAND] [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@plain_option
@folder_option
@click.version_option(__version__, prog_name="quizapp", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Flashcards and timed quizzes in the terminal, from TOML decks.

    Without a command, the home screen opens; with deck files in place of a command, it shows them too.
    """
    if ctx.invoked_subcommand is None:
        from quizapp.cli.home import open_home

        open_home([])
