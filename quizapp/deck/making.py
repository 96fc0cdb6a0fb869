"""Making a new deck file, and the JSON Schema beside it that editors check it by."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from quizapp.deck.card import Kind
from quizapp.deck.fresh import new_deck, without_example
from quizapp.deck.read import parse_deck
from quizapp.deck.replace import FileChanged, replace_file
from quizapp.deck.schema_file import COPY, copy_of, is_newer, is_ours
from quizapp.problem import Problem


class Planned(Struct, frozen=True):
    """A deck that is to be made. path: of its file. called: how a command names it. choices: of its
    statements, () for none. example: whether it begins with an example card."""

    path: Path
    title: str
    called: str
    kind: Kind
    choices: Sequence[str] = ()
    example: bool = True

    def text(self, schema: str = "") -> str:
        """The text of its file. schema: what it names its JSON Schema by, "" for none."""
        text = new_deck(self.title, self.called, self.kind, self.choices, schema=schema)
        return text if self.example else f"{without_example(text).rstrip()}\n"

    def problem(self) -> Problem | None:
        """What is wrong with it, such as a single choice; None if nothing is."""
        _, problems = parse_deck(self.text().encode("utf-8"), path=self.path, deck_id="", shown_as="")
        return problems[0] if problems else None


def make_deck(planned: Planned, folder: Path, version: str) -> None:
    """Write the file. Raises FileChanged where there is one, and OSError.

    folder: the person's folder of decks. version: of the program, for the schema.
    """
    schema, named = _schema_of(planned.path, folder)
    kept = not os.path.lexists(planned.path) and _keep_schema(schema, version)
    replace_file(planned.path, None, planned.text(named if kept else "").encode("utf-8"))


def _schema_of(path: Path, folder: Path) -> tuple[Path, str]:
    """Where the JSON Schema is that editors check a deck by, and how the deck names it: at the root of the
    deck folder, or beside a file that lies elsewhere."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - links stay what they are
    root = folder if whole.is_relative_to(folder) else whole.parent
    up = "../" * (len(whole.relative_to(root).parts) - 1)
    return root / COPY, f"{up or './'}{COPY}"


def _keep_schema(path: Path, version: str) -> bool:
    """See that the schema is there and no older than the program; whether it is. A person's file stays."""
    try:
        before = path.read_bytes() if os.path.lexists(path) else None
        there = before.decode("utf-8", "replace") if before is not None else ""
        if before is not None and not is_ours(there):
            return False
        wanted = copy_of(version)
        if there != wanted and not is_newer(there, version):
            replace_file(path, before, wanted.encode("utf-8"))
    except (OSError, FileChanged):
        # A deck without it is as good; where its folder can't be written, that is said of the deck.
        return False
    return True
