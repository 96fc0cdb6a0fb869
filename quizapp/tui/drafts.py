"""What was typed into forms and is not saved: in files of the state folder until it is, or is discarded."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizapp.deck.form import Draft, taken_up
from quizapp.deck.kept import Form, Kept, Slip, find, put, take_away
from quizapp.deck.text import visible
from quizapp.tui.background import begin
from quizapp.tui.opened import Opened

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp


class Brought(NamedTuple):
    """A draft that a form begins with. at_ms: when it was last changed. changed: whether its card says
    something else by now."""

    draft: Draft
    at_ms: int
    changed: bool


class Drafts:
    """The drafts, one a form. Each is written off the screen's thread, one after another."""

    def __init__(self, app: QuizApp) -> None:
        self._app = app
        self._one = asyncio.Lock()
        self._kept: dict[Form, Kept] = {}
        self._slips: dict[Form, Slip] = {}
        self._due: set[Form] = set()  # whose file is not yet what it is to be
        self.trouble = ""
        """Why the last one could not be written; "" if it could."""

    # ---- what a form asks for

    def keep(self, opened: Opened, first: Draft, draft: Draft) -> None:
        """Keep what was typed into a form. first: what its fields held before."""
        form, title = _form(opened), visible(opened.deck.title)
        before = self._kept.get(form)
        if before is None or (before.first, before.draft) != (first, draft):
            self._kept[form] = Kept(form, first, draft, title, self._app.clock().at_ms)
            self._change(form)

    def forget(self, opened: Opened) -> None:
        """Keep no draft for a form: it was saved or discarded, or nothing was typed."""
        form = _form(opened)
        if self._kept.pop(form, None) is not None:
            self._change(form)

    async def of(self, opened: Opened, first: Draft) -> tuple[Brought | None, Sequence[str]]:
        """The draft of a form, also that of an earlier run, and what could not be read. first: what its card
        says now."""
        troubles = await self._look_for(_form(opened))
        return self._brought(opened, first), troubles

    def _brought(self, opened: Opened, first: Draft) -> Brought | None:
        """What else was changed in the card stays, but where something else was typed."""
        form = _form(opened)
        kept = self._kept.get(form)
        if kept is None:
            return None
        if not opened.key or kept.first == first:
            return Brought(kept.draft, kept.at_ms, changed=False)
        draft = taken_up(kept.draft, kept.first, first)
        if draft == first:
            # It was saved, and the program ended before that was noted.
            self.forget(opened)
            return None
        return Brought(draft, kept.at_ms, changed=True)

    async def put_by(self, opened: Opened) -> None:
        """Begin anew in a form: a draft that was left there stays in its file, and is there another time."""
        await self.write()
        form = _form(opened)
        if form not in self._due:
            self._kept.pop(form, None)
            self._slips.pop(form, None)

    async def _look_for(self, form: Form) -> Sequence[str]:
        """Take up what an earlier run left, or another program. What could not be read, for people."""
        await self.write()
        if form in self._kept or form in self._due:
            return ()
        async with self._one:
            found = await asyncio.to_thread(find, self._folder, form)
        if found.kept is not None and found.slip is not None:
            self._kept[form], self._slips[form] = found.kept, found.slip
        return found.troubles

    # ---- their files

    def unwritten(self) -> list[Kept]:
        """Those that are in no file yet, as they are."""
        return [self._kept[form] for form in self._due if form in self._kept]

    def _change(self, form: Form) -> None:
        self._due.add(form)
        begin(self._app, self.write, group="drafts")

    async def write(self) -> None:
        """Write all that is not in its file yet. What can't be is said once, and stays to be written."""
        async with self._one:
            before, self.trouble = self.trouble, ""
            for form in list(self._due):
                self._due.discard(form)
                try:
                    await self._write(form)
                except (OSError, UnicodeError) as error:
                    self._due.add(form)
                    self.trouble = getattr(error, "strerror", None) or str(error)
        if self.trouble and not before:
            text = f"Drafts can't be written ({self.trouble}). They are kept until you quit."
            self._app.notify(text, severity="error", markup=False)

    async def _write(self, form: Form) -> None:
        """Let a form's file be what its draft is now. Raises OSError and UnicodeError."""
        kept, slip, folder = self._kept.get(form), self._slips.get(form), self._folder
        if kept is not None:
            self._slips[form] = await asyncio.to_thread(put, folder, kept, slip)
        elif slip is not None:
            await asyncio.to_thread(take_away, slip)
            self._slips.pop(form, None)

    @property
    def _folder(self) -> Path:
        return self._app.places.drafts


def _form(opened: Opened) -> Form:
    return Form(opened.deck.id, opened.key, opened.origin)
