"""Catching up with a backlog: over how many days, and what that comes to on each."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from quizapp import words
from quizapp.backlogs import Spread
from quizapp.tui.fit import fit
from quizapp.tui.screen import AppScreen
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.setting_list import Entry, SettingList
from quizapp.tui.widgets.words import Words
from quizapp.tui.writing import Writing


class _Offer(NamedTuple):
    """A row. take: what choosing it writes; None if nothing is to be changed."""

    name: str
    value: str
    about: str
    take: Callable[[], None] | None


class CatchUpScreen(AppScreen):
    """A row for each way to catch up; Enter takes it. Nothing is hidden, and all of it can be taken back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take", id="catch.take", tooltip="Catch up like this"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape", "home", "Home", id="catch.home", tooltip="Back to the decks; nothing is changed"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._offers: list[_Offer] = []
        self._writing = Writing(self)

    def compose(self) -> ComposeResult:
        """The rows, and below them a word on the one that is selected."""
        fit(self)
        with Column():
            yield Header("Catch up")
            yield Rule(classes="line")
            yield SettingList(id="catch-list")
            yield Rule(classes="line")
            with Vertical(id="catch-detail"):
                yield Words(id="catch-words")
            yield KeyFooter()

    def on_mount(self) -> None:
        """Look at what waits."""
        overview = self.quizapp.sessions.overview()
        self.query_one(Header).note = f"{words.count(overview.backlog, 'card')} wait"
        sessions, clock = self.quizapp.sessions, self.quizapp.clock()
        lines = [line for line in overview.lines if line.cap is not None or line.backlog]
        decks = [line.deck.id for line in lines]
        offers = []
        if overview.until is not None:
            until = words.day_near(overview.until, clock)
            capped = sum(min(line.limit, line.cap.per_day) for line in lines if line.cap is not None)
            about = f"{words.count(capped, 'review')} a day until {until}, as it was chosen before."
            offers.append(_Offer("Go on as it is", f"until {until}", about, None))
        offers += [self._offer(one, decks) for one in sessions.spreads()]
        lifted = overview.until is not None
        about = (
            "The usual limits again, from now on. The likeliest to be forgotten no longer come first."
            if lifted
            else "The usual limits hold, and home does not ask again until after another break."
        )
        usual = sum(min(line.limit, line.backlog) for line in lines)
        value = f"{usual:,} today" if lifted else "no change"
        offers.append(
            _Offer("Stop catching up" if lifted else "As usual", value, about, lambda: sessions.lift(decks))
        )
        self._offers = offers
        self.query_one(SettingList).show([Entry(one.name, one.value) for one in offers])
        self.query_one(SettingList).focus()
        self._explain()

    def _offer(self, spread: Spread, decks: list[str]) -> _Offer:
        until = words.day_near(spread.until, self.quizapp.clock())
        about = f"Until {until}, with what falls due meanwhile; the likeliest to be forgotten first."
        minutes = words.count(spread.minutes, "minute")
        value = f"{spread.reviews:,} a day, about {minutes}"
        if self.has_class("-narrow"):
            value = f"{spread.reviews:,} a day, {spread.minutes} min"
        sessions = self.quizapp.sessions
        return _Offer(f"Over {spread.days} days", value, about, lambda: sessions.catch_up(spread, decks))

    def _explain(self) -> None:
        if self._offers:
            offer = self._offers[self.query_one(SettingList).selected]
            self.query_one(Words).say(offer.name, offer.about)

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        """Say what the selected row is about."""
        message.stop()
        self._explain()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """A click on the selected row takes it."""
        message.stop()
        self.action_take()

    def action_take(self) -> None:
        """Do what the selected row says, and go home."""
        take = self._offers[self.query_one(SettingList).selected].take
        if take is None:
            self.dismiss()
        else:
            self._writing.begin(take, lambda _: self.dismiss())

    def action_home(self) -> None:
        """Back to the decks."""
        self.dismiss()

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = (
            "A day's reviews are capped, so that a backlog is spread over some days. Each number counts what "
            "waits, what falls due meanwhile, and what comes back. New cards and learning steps come as "
            "usual. Home shows how many of how many are left for today."
        )
        self.app.push_screen(HelpScreen("catch up", rules))
