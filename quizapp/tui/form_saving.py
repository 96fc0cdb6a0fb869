"""What a form's fields hold, on its way into the deck's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp import words
from quizapp.deck.adding import BadCards
from quizapp.deck.edit import EditError
from quizapp.deck.form import Draft
from quizapp.deck.replace import FileChanged
from quizapp.edits import DeckFile, Edit, add, change
from quizapp.tui.opened import Opened

if TYPE_CHECKING:
    from quizapp.tui.editing import Editing


async def written(
    editing: Editing, opened: Opened, draft: Draft, before: bytes, *, anew: bool
) -> Edit | DeckFile | str:
    """Write the entry. before: the file as it was read. anew: as a new card. What was changed; or the file,
    where another program saved it meanwhile; or why nothing was written, for people."""
    file, table = editing.file_of(opened.deck), opened.entry(draft)

    def write() -> Edit:
        if opened.key and not anew:
            return change(file, opened.key, table, before)
        # Nothing that is in the file meanwhile is touched.
        return add(file, [table], file.data())

    try:
        return await editing.write(write)
    except FileChanged:
        return file
    except BadCards as bad:
        return words.sentence(str(bad.problems[0][1].message)) if bad.problems else "It can't be read."
    except EditError as error:
        return f"{error} What you typed is kept."
