"""What is said beside a screen, in toasts: one of a kind, and never more than two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from textual.app import App
from textual.notifications import Notification, Notify, SeverityLevel

_MOST = 2
"""So many are in sight at once."""
_ERROR = 10.0
"""Seconds that an error stays: it says what is kept and what to do, too."""


class Kind(Enum):
    """What a notice is about. Of each kind there is only the last one; but errors stay."""

    DOING = auto()  # what is being done and takes a while: what comes of it takes its place
    HINT = auto()  # a word of help that nobody asked for
    DONE = auto()  # what came of what a person did
    NEWS = auto()  # what else happened meanwhile
    WARNING = auto()
    ERROR = auto()


_KINDS: dict[SeverityLevel, Kind] = {"information": Kind.DONE, "warning": Kind.WARNING, "error": Kind.ERROR}


@dataclass
class Notice(Notification):
    """A toast with its kind."""

    kind: Kind = Kind.DONE


def outdated(shown: Iterable[Notification], new: Notification) -> list[Notification]:
    """Those that make room for a new one: what it follows from; then, of what would be too many, what is no
    error first, and the oldest first. shown: the oldest first."""
    left = list(shown)
    gone = [one for one in left if _follows(new, one)]
    left = [one for one in left if one not in gone]
    by_worth = sorted(left, key=lambda one: one.severity == "error")
    return gone + by_worth[: max(0, len(left) - _MOST + 1)]


def _follows(new: Notification, old: Notification) -> bool:
    kinds = [one.kind if isinstance(one, Notice) else _KINDS[one.severity] for one in (new, old)]
    if kinds[1] is Kind.DOING:
        return kinds[0] in (Kind.DOING, Kind.DONE, Kind.ERROR)
    if kinds[0] is Kind.DOING:
        return kinds[1] is Kind.DONE
    if Kind.ERROR in kinds:
        return kinds[0] is kinds[1] and new.message == old.message
    return kinds[0] is kinds[1]


class NoticeApp(App[None]):
    """An app that says one thing of a kind at a time."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
        kind: Kind | None = None,
    ) -> None:
        """Say something beside the screen, in the place of the last of its kind. kind: default: as its
        severity has it."""
        if timeout is None:
            timeout = _ERROR if severity == "error" else self.NOTIFICATION_TIMEOUT
        kind = kind or _KINDS[severity]
        self.post_message(Notify(Notice(message, title, severity, timeout, markup=markup, kind=kind)))

    def on_notify(self, event: Notify) -> None:
        """Make room for it; Textual then shows it."""
        # There is no public way to take a single one away.
        for one in outdated(self._notifications, event.notification):
            self._unnotify(one, refresh=False)
