"""`quizapp schema`: the JSON Schema of the deck format, for editors and scripts."""

from __future__ import annotations

import click

from quizapp.cli.output import example, flush, say_exactly
from quizapp.deck.schema_file import read_schema, schema_file


@click.command("schema", epilog=example("quizapp schema > deck.schema.json", "quizapp schema --path"))
@click.option("--path", "path_only", is_flag=True, help="Print where the schema lies.")
def command(*, path_only: bool) -> None:
    """Print the JSON Schema of the deck format.

    An editor with Taplo completes and checks a deck whose first line is "#:schema" and the schema's path or
    URL. It knows less than `quizapp check`.
    """
    say_exactly(str(schema_file()) if path_only else read_schema().rstrip("\n"))
    flush()
