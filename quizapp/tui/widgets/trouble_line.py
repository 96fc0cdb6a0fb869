"""Home's line below the decks: what there is to do about something, one thing at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from quizapp import words
from quizapp.deck.library import Hidden
from quizapp.deck.text import visible
from quizapp.learn.backlog import Behind
from quizapp.problem import Problem
from quizapp.tui.layout import cut
from quizapp.tui.widgets.key_footer import key_of


class Troubles(NamedTuple):
    """What may be said; the first that there is. sought: whether no title has what was typed. killed: the
    title of the quiz that was cut off, and how many answers it has."""

    sought: bool
    killed: tuple[str, int] | None
    behind: Behind | None
    problems: Sequence[Problem]
    hidden: Sequence[Hidden]


class TroubleLine(Static):
    """What is to be done, with its key; not there while there is nothing."""

    def show(self, troubles: Troubles) -> None:
        """Say the first of these."""
        line = self._line(troubles)
        self.display = line is not None
        if line is not None:
            self.update(line)

    def _line(self, troubles: Troubles) -> Content | None:
        if troubles.sought:
            key = key_of(self.screen, "home.all")
            them = "all" if self._narrow else "all decks"
            return Content.assemble((f"  No title has that. {key} shows {them}.", "$text-muted"))
        if troubles.killed is not None:
            return self._cut_off(*troubles.killed)
        if troubles.behind is not None:
            return self._backlog(troubles.behind)
        return self._problems(troubles.problems, troubles.hidden)

    @property
    def _narrow(self) -> bool:
        return self.screen.has_class("-narrow")

    def _offer(self, binding_id: str, does: str) -> Content:
        """The key that does something about it; nothing while keys are text."""
        return offer(key_of(self.screen, binding_id), "" if self._narrow else does)

    def _cut_off(self, title: str, answered: int) -> Content:
        """`A quiz on Rivers was cut off after 12 answers. e shows it`, the title cut to the room there is."""
        after = f"cut off after {words.count(answered, 'answer')}"
        shows = self._offer("home.killed", "shows it")
        if self._narrow:
            return Content.assemble(f"Quiz {after}", shows)
        room = 70 - cell_len(f"  A quiz on  was {after}.") - shows.cell_length
        return Content.assemble(f"  A quiz on {cut(visible(title), room)} was {after}.", shows)

    def _backlog(self, behind: Behind) -> Content:
        """`312 cards wait after 12 days.   c catches up, some each day`."""
        more = "" if self._narrow else ", more than a day takes"
        after = f" after {words.count(behind.days, 'day')}" if behind.days else more
        shows = self._offer("home.catch", "catches up, some each day")
        return Content.assemble(f"  {words.count(behind.cards, 'card')} wait{after}.", shows)

    def _problems(self, problems: Sequence[Problem], hidden: Sequence[Hidden]) -> Content | None:
        """`▲ 2 problems in spanish.toml   p shows them`, or else hidden decks."""
        if problems:
            files = sorted({problem.path.replace("\\", "/").rsplit("/", 1)[-1] for problem in problems})
            where = visible(files[0]) if len(files) == 1 else words.count(len(files), "file")
            text = f"▲ {words.count(len(problems), 'problem')} in {where}"
        elif hidden:
            text = f"▲ {words.count(len(hidden), 'deck')} hidden by another of its id"
        else:
            return None
        them = "it" if len(problems or hidden) == 1 else "them"
        return Content.assemble((text, "$text-warning"), self._offer("home.problems", f"shows {them}"))


def offer(key: str, does: str) -> Content:
    """`   c catches up`: a key and what it does; nothing without a key. does: "" where there is no room."""
    if not key:
        return Content("")
    return Content.assemble("   ", (key, "bold $text-primary"), (f" {does}" if does else "", "$text-muted"))
