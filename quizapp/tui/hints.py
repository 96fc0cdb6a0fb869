"""Three words of help over the first session, each once."""

from __future__ import annotations

from textual.screen import Screen

from quizapp.tui.widgets.key_footer import key_of

_HINTS = (
    "{study} begins. {help} helps, here and on every screen.",
    "Every answer is saved as you give it. What you are about to forget comes back first.",
    "{menu} finds every command and deck. {settings} opens the settings.",
)
"""The first at the start, the others when a study or a quiz has come back home."""
_KEYS = {"study": "home.study", "help": "help", "menu": "menu", "settings": "home.settings"}


class Hints:
    """The words that were not yet given."""

    def __init__(self) -> None:
        self._left = list(_HINTS)
        self._answers = -1  # how many there were when the last one was given

    def next(self, screen: Screen[None], answers: int) -> str:
        """The next word, if more was answered since the last; else "". screen: home, whose keys it names.

        answers: how many there were this week.
        """
        if not self._left or answers <= self._answers:
            return ""
        self._answers = answers
        return self._left.pop(0).format(**{name: key_of(screen, id_) for name, id_ in _KEYS.items()})
