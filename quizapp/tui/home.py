"""The first screen: what waits today, the decks, and the next card."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input

from quizapp import words
from quizapp.carry import what_was_carried_over
from quizapp.deck.library import names_of
from quizapp.deck.text import visible
from quizapp.learn.backlog import Behind
from quizapp.learn.study import Asking
from quizapp.overview import DeckLine, Overview
from quizapp.scores.errors import ScoresBusyError
from quizapp.sitting import Killed
from quizapp.tui.fit import fit
from quizapp.tui.hints import Hints
from quizapp.tui.home_actions import HomeActions
from quizapp.tui.home_keys import HOME_KEYS
from quizapp.tui.home_words import deck_row, figures_of, idle, next_card, today_row
from quizapp.tui.notices import Kind
from quizapp.tui.opening import Home
from quizapp.tui.widgets.deck_list import DeckList
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter, key_of
from quizapp.tui.widgets.older_line import OlderLine
from quizapp.tui.widgets.preview import Preview, Shown, Week
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.trouble_line import TroubleLine, Troubles
from quizapp.tui.writing import Writing

_WITH_WEEK = 154
"""From so many columns on there is room for the week beside list and preview."""


class HomeScreen(HomeActions):
    """Today first and selected; Enter does what its line says."""

    BINDINGS: ClassVar[list[BindingType]] = HOME_KEYS

    def __init__(self) -> None:
        super().__init__()
        self._overview: Overview | None = None
        # The figures, the row and the search that the preview is of.
        self._previewed: tuple[Overview | None, DeckLine | None, str] = (None, None, "")
        self._width = 0
        self._shown: list[DeckLine] = []
        self._find: Input | None = None  # made when it is first asked for: few need it
        self._hints = Hints()
        self._told = False  # whether it was said what was carried over
        self._undoable = False  # whether there is anything to take back
        self._typed = False  # whether keys were text when the lines were shown last
        self._writing = Writing(self)

    def compose(self) -> ComposeResult:
        """The list, the preview and the week: below each other, or side by side where there is room."""
        fit(self)
        with Vertical(id="home"):
            with Vertical(id="home-list"):
                yield Header("quizapp", heading_style="bold $text-primary")
                yield DeckList(id="decks")
                yield TroubleLine(id="trouble", markup=False)
                yield OlderLine(id="older")
            yield Preview(id="home-preview")
            yield Week(id="home-week")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Say how the scores file is kept, if that is unusual."""
        if self.quizapp.store.note:
            self.notify(self.quizapp.store.note, severity="warning", markup=False)

    def on_screen_resume(self) -> None:
        """The figures are those of now. Under the prompt there is no home: the session was all."""
        if self.quizapp.inline and not self.quizapp.opening and self.app.screen is self:
            self.app.exit()
        else:
            self.refresh_figures()

    def on_screen_suspend(self) -> None:
        """No word of home's lies over a card or over help."""
        self.app.clear_notifications()

    def decks_changed(self) -> None:
        """Show the decks as they are now; what is selected stays selected, and what is typed stays."""
        if self.app.screen is not self or self._overview is None:
            return
        with suppress(ScoresBusyError):
            # A file that is busy is looked at again with the next screen that closes.
            self.refresh_figures(focus=not self._finding)

    def select(self, deck_id: str) -> None:
        """Select a deck; Today if it is not shown."""
        places = {line.deck.id: place for place, line in enumerate(self.shown, 1)}
        self.query_one(DeckList).selected = places.get(deck_id, 0)
        self.refresh_bindings()

    def refresh_figures(self, *, focus: bool = True) -> None:
        """Look at decks and log again; what is selected stays so. focus: whether the list gets the keys."""
        self._width = self.app.size.width
        selected = self.selected
        self._overview = self.quizapp.sessions.overview()
        self.query_one(Header).note = words.short_date(self.quizapp.clock())
        self._show_decks()
        if selected is not None:
            self.select(selected.deck.id)
        self._show_lines()
        self.quizapp.histories.look_for_older(self._show_older)
        self._show_week(self._overview)
        if focus:
            self.query_one(DeckList).focus()
        self.call_after_refresh(self._hint)
        self.call_after_refresh(self._look_back)

    def on_descendant_focus(self) -> None:
        """Where keys are text, no line names one that does something else."""
        if self._overview is not None and self._typing != self._typed:
            self._show_lines()

    @property
    def _typing(self) -> bool:
        """Whether keys are text."""
        return self._find is not None and self._find.has_focus

    def _show_lines(self) -> None:
        self._typed = self._typing
        self._show_trouble()
        self._show_older()

    def _look_back(self) -> None:
        """Whether there is anything to undo: looked up after the first frame, which does not show it."""
        self._undoable = self.quizapp.exchanges.can_undo()
        self.refresh_bindings()

    def _hint(self) -> None:
        """The next word of help, if this is the first session and more was answered since the last."""
        if self._overview is None or self.app.screen is not self:
            return
        if self.quizapp.store.fresh:
            word = self._hints.next(self, sum(number for _, number in self._overview.week))
            if word:
                self.quizapp.notify(word, timeout=8, markup=False, kind=Kind.HINT)

    @property
    def shown(self) -> Sequence[DeckLine]:
        """The decks whose title has what was typed."""
        return self._shown

    @property
    def selected(self) -> DeckLine | None:
        """The selected deck; None for Today."""
        place = self.query_one(DeckList).selected
        return self.shown[place - 1] if 0 < place <= len(self.shown) else None

    @property
    def _finding(self) -> bool:
        """Whether there is a line to find a deck in."""
        return self._find is not None and self._find.display

    @property
    def _sought(self) -> str:
        """The part of a title that was typed to find a deck."""
        return self._find.value.strip() if self._find is not None else ""

    # ---- what is shown

    def _show_decks(self) -> None:
        overview = self._overview
        if overview is None:
            return
        sought = self._sought.casefold()
        names = names_of(line.deck for line in overview.lines)
        self._shown = [line for line in overview.lines if sought in names[line.deck.id].casefold()]
        now = self.quizapp.clock()
        today = today_row(overview, now, narrow=self.has_class("-narrow"))
        self.query_one(DeckList).show(
            [today, *(deck_row(line, names[line.deck.id], now) for line in self.shown)]
        )
        self._show_preview()

    def _show_trouble(self) -> None:
        killed = self._killed()
        dismisses = (killed or self._behind) and not self._finding
        self.query_one(KeyFooter).label("home.all", "Dismiss" if dismisses else "")
        decks = self.quizapp.library.decks
        troubles = Troubles(
            bool(self._sought) and not self.shown,
            (decks[killed.start.deck].title, killed.answered) if killed is not None else None,
            self._behind,
            self.quizapp.problems,
            self.quizapp.library.hidden,
        )
        self.query_one(TroubleLine).show(troubles)

    @property
    def _behind(self) -> Behind | None:
        """The backlog to name."""
        return self._overview.behind if self._overview is not None else None

    def _show_older(self) -> None:
        """`? 2 cards may be older ones   m shows them`; once after a start, what was carried over."""
        # It is called when a look at the log has ended: the app may be on its way out, its lines gone first.
        if not self.query("TroubleLine") or not self.query("OlderLine"):
            return
        histories = self.quizapp.histories
        alone = not self.query_one(TroubleLine).display
        # Looking a key up takes a millisecond of the first frame, and mostly there is nothing to name.
        key = key_of(self, "home.older") if histories.older else ""
        self.query_one(OlderLine).show(histories.older, key, alone=alone)
        if histories.carried and not self._told and self.app.screen is self:
            self._told = True
            said = visible(what_was_carried_over(histories.carried))
            said = f"{said} {key_of(self, 'home.older')} shows it."
            self.quizapp.notify(said, timeout=8, markup=False, kind=Kind.NEWS)

    def _killed(self) -> Killed | None:
        """The quiz to offer; none while something else is about to open at once."""
        opens = self.quizapp.opening is not None and not isinstance(self.quizapp.opening, Home)
        return None if opens or self.app.screen is not self else self.quizapp.sessions.offered()

    def _show_preview(self) -> None:
        selected = self.selected
        overview, row, sought = self._previewed
        if overview is not None and overview is self._overview and row is selected and sought == self._sought:
            # The list names the row that it begins with, too.
            return
        self._previewed = (self._overview, selected, self._sought)
        view = self.quizapp.sessions.preview(self.decks)
        if isinstance(view, Asking):
            title = self.quizapp.library.decks[view.item.ref.deck].title
            shown = next_card(view, title, selected)
        else:
            shown = Shown("Nothing due", "", self._idle(), figures=figures_of(selected))
        self.query_one(Preview).show(shown)

    def _idle(self) -> str:
        selected, overview = self.selected, self._overview
        if overview is None or not overview.lines:
            key = key_of(self, "home.new")
            how = f"{key} makes a deck. Or put one" if key else "Put a deck"
            return f"{how} (a .toml file) into {visible(str(self.quizapp.places.decks))}."
        if selected is not None and not selected.deck.cards:
            key = key_of(self, "home.add")
            return f"No cards yet. {key} adds one." if key else "No cards yet."
        quizzable = any(self.quizapp.sessions.can_quiz(deck) for deck in self.decks)
        key = key_of(self, "home.quiz") if quizzable else ""
        return idle(selected or overview, self.quizapp.clock(), key)

    def _show_week(self, overview: Overview) -> None:
        self.query_one(Week).display = self.app.size.width >= _WITH_WEEK
        self.query_one(Week).show(overview.week, overview.to_come, self.quizapp.clock().day)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out what depends on the width."""
        if self._overview is not None and event.size.width != self._width:
            self._width = event.size.width
            self.call_after_refresh(self._show_decks)
            self.call_after_refresh(self._show_lines)
            self.query_one(Week).display = event.size.width >= _WITH_WEEK

    # ---- keys

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        """Preview the selected deck."""
        message.stop()
        self._show_preview()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """A click on the selected row is Enter."""
        message.stop()
        self.action_study()

    def on_click(self, event: events.Click) -> None:
        """A click on the next card is Enter; one on the problems shows them."""
        widget, _ = self.get_widget_at(event.screen_x, event.screen_y)
        if isinstance(widget, Preview):
            self.action_study()
        elif widget.id == "trouble" and self.check_action("killed", ()):
            self.action_killed()
        elif widget.id == "trouble" and self._behind is not None:
            self.action_catch_up()
        elif widget.id == "trouble" and self.check_action("problems", ()):
            self.action_problems()
        elif widget.id == "older":
            self.action_older()

    def action_undo(self) -> None:
        """Take back the last answer, or the last card that was put aside."""
        self._writing.begin(self.quizapp.exchanges.undo_last, self._undone)

    def _undone(self, what: str) -> None:
        self._look_again()
        if what:
            self.notify(words.undone(what), markup=False)

    def _dismiss(self) -> None:
        lines = self._overview.lines if self._overview is not None else ()
        self.quizapp.sessions.lift([line.deck.id for line in lines if line.backlog])

    def _look_again(self) -> None:
        if self.app.screen is self:
            self.refresh_figures()

    def action_find(self) -> None:
        """Type a part of a title."""
        if self._find is None:
            self._find = Input(placeholder="Find a deck", id="find", compact=True)
            self.query_one("#home-list").mount(self._find, before=self.query_one(DeckList))
        self._find.display = True
        self._find.focus()

    def action_unfind(self) -> None:
        """Show all decks again; with all of them there, dismiss the quiz that was cut off, or the backlog."""
        if self._find is not None and self._finding:
            self._find.value = ""
            self._find.display = False
        elif self.quizapp.sessions.offered() is not None:
            self.quizapp.sessions.close_killed()
        elif self._behind is not None:
            self._writing.begin(self._dismiss, lambda _: self._look_again())
        self._show_lines()
        self.query_one(DeckList).focus()
        self.refresh_bindings()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Show the decks whose title has it."""
        message.stop()
        self._show_decks()
        self._show_lines()
        self.query_one(DeckList).selected = 1 if self._sought and self.shown else 0

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter opens what was found."""
        message.stop()
        self.query_one(DeckList).focus()
        if self.shown:
            self.action_study()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense now."""
        match action:
            case "problems":
                return bool(self.quizapp.problems or self.quizapp.library.hidden)
            case "older":
                return bool(self.quizapp.histories.older or self.quizapp.histories.carried)
            case "unfind":
                dismissed = self.quizapp.sessions.offered() or self._behind
                return self._finding or dismissed is not None
            case "find":
                return self._find is None or not self._find.has_focus
            case "undo":
                return self._undoable
            case "catch_up":
                overview = self._overview
                return overview is not None and bool(overview.backlog or overview.until)
            case "killed":
                return self.quizapp.sessions.offered() is not None
        return True

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = (
            "Study shows the cards that are due, each when you are about to forget it. "
            "A quiz is scored and moves nothing."
        )
        self.app.push_screen(HelpScreen("home", rules))
