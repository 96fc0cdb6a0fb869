"""What stands in a form's fields, and what of it is not saved."""

from __future__ import annotations

from quizapp.deck.form import Draft, fields_of
from quizapp.record import Moment
from quizapp.tui.drafts import Brought
from quizapp.words import ago


class Unsaved:
    """What the fields held at first, and what they hold now; what was discarded can be brought back."""

    def __init__(self, first: Draft, brought: Brought | None) -> None:
        """first: what the file says. brought: the draft that the form begins with."""
        self.first = first
        self.now = brought.draft if brought is not None else first
        self._brought = brought
        self._discarded: Draft | None = None

    @property
    def is_changed(self) -> bool:
        """Whether something else stands there than at first."""
        now, first = self.now, self.first
        fields = fields_of(now.kind)
        return now.kind is not first.kind or any(now.text(field) != first.text(field) for field in fields)

    @property
    def is_typed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.is_changed and not self.now.is_empty

    @property
    def was_brought(self) -> bool:
        """Whether the form began with a draft."""
        return self._brought is not None

    def saved(self, first: Draft | None = None) -> None:
        """It is in the file. first: what the fields hold next; default: the same."""
        self.first = self.now = first or self.now
        self._brought = self._discarded = None

    @property
    def can_turn(self) -> bool:
        """Whether there is something to discard, or to bring back."""
        return self.is_changed or self._discarded is not None

    @property
    def is_discarded(self) -> bool:
        """Whether what was typed is discarded, and can be brought back."""
        return self._discarded is not None and not self.is_changed

    def turn(self) -> None:
        """Discard what was typed; or bring it back, where nothing else was typed since."""
        if self.is_changed:
            self._discarded, self.now = self.now, self.first
        elif self._discarded is not None:
            self.now, self._discarded = self._discarded, None

    def mark(self, now: Moment) -> tuple[str, str]:
        """What marks the draft, and what the key does with it; "" twice where there is none."""
        if self._brought is None:
            return "", ""
        if self.is_discarded:
            return "Draft discarded.", "brings it back"
        return f"Draft of {ago(self._brought.at_ms, now)}.", "discards it"
