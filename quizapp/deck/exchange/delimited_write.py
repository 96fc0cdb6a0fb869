"""Tables as text, written: CSV and TSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from quizapp.deck.exchange.columns import LISTS
from quizapp.deck.exchange.draft import Draft, Loss, Table, head_lost
from quizapp.deck.exchange.valid import valid

_MORE = ("wrong", "accept", "reverse", "variants", "aspect", "tags", "why", "hint", "from", "id", "markdown")


def write(draft: Draft, delimiter: str = ",") -> tuple[str, tuple[Loss, ...]]:
    """The cards as a table with a header, and what it can't hold. Cells are exact: one that begins with =
    or @ is written so, and a spreadsheet may take it for a formula."""
    draft = valid(draft)
    marked = draft.head.get("markdown") is True
    rows = [_row(table, marked) for table in draft.entries]
    mixed = any(row["kind"] != "flip" for row in rows)
    used = [name for name in _MORE if any(row.get(name) for row in rows)]
    columns = [*(["kind"] if mixed else []), "front", "back", *used]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    losses = head_lost(draft.head, ("choices", "markdown"))
    choices = draft.head.get("choices")
    answered = {row["back"] for row in rows if row["kind"] == "statement"}
    if isinstance(choices, list | tuple) and not {str(choice) for choice in choices} <= answered:
        losses.append(
            Loss("", '"choices" of the deck was left out: no statement has some of them as its answer')
        )
    return out.getvalue(), (*draft.losses, *losses)


def _row(table: Table, marked: bool) -> dict[str, str]:
    """An entry as cells by column."""
    kinds = {"statement": "statement", "front": "flip", "cloze": "cloze"}
    kind = next(
        (name for key, name in kinds.items() if key in table), "choice" if "wrong" in table else "typed"
    )
    row = {"kind": kind, "markdown": "true" if table.get("markdown", marked) else ""}
    for key, item in table.items():
        name = {"statement": "front", "cloze": "front", "question": "front", "answer": "back"}.get(key, key)
        if isinstance(item, bool):
            row[name] = str(item).lower() if item or key == "answer" else ""
        elif key in LISTS and not isinstance(item, str | int):
            row[name] = _cell([str(text) for text in item], tags=key == "tags")
        else:
            row[name] = str(item)
    return row


def _cell(items: Sequence[str], *, tags: bool) -> str:
    cell = "|".join(item.replace("\\", "\\\\").replace("|", "\\|") for item in items)
    # One tag with a comma in it would be read as two.
    return f"{cell}|" if tags and len(items) == 1 and ("," in cell or ";" in cell) else cell
