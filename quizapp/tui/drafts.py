"""What was typed into forms and is not saved: kept until it is, or until the app ends."""

from __future__ import annotations

from typing import NamedTuple

from quizapp.deck.form import Draft, taken_up
from quizapp.deck.text import visible
from quizapp.tui.opened import Opened

_Key = tuple[str, str, str]
"""The deck's id, the card's key ("" for a new one), and the key of the card that a new one began with."""


class _Kept(NamedTuple):
    """first: what the fields held before anything was typed. title: the deck's."""

    first: Draft
    draft: Draft
    title: str


class Drafts:
    """The drafts, one a form."""

    def __init__(self) -> None:
        self._kept: dict[_Key, _Kept] = {}

    def keep(self, opened: Opened, first: Draft, draft: Draft) -> None:
        """Keep what was typed into a form. first: what its fields held before."""
        self._kept[_key(opened)] = _Kept(first, draft, visible(opened.deck.title))

    def forget(self, opened: Opened) -> None:
        """Keep no draft for a form: it was saved, or nothing was typed."""
        self._kept.pop(_key(opened), None)

    def of(self, opened: Opened, first: Draft) -> tuple[Draft | None, bool]:
        """The draft of a form, and whether its card says something else by now. first: what that says.

        What else was changed in the card stays, but where something else was typed.
        """
        kept = self._kept.get(_key(opened))
        if kept is None:
            return None, False
        if not opened.key or kept.first == first:
            return kept.draft, False
        return taken_up(kept.draft, kept.first, first), True

    def others(self, opened: Opened | None) -> list[tuple[str, Draft]]:
        """Those of all forms but this one, each with its deck's title."""
        own = _key(opened) if opened is not None else None
        return [(kept.title, kept.draft) for key, kept in self._kept.items() if key != own]


def _key(opened: Opened) -> _Key:
    return opened.deck.id, opened.key, opened.origin
