"""The first screen: what waits today, the decks, and the next card."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from quizapp import words
from quizapp.carry import what_was_carried_over
from quizapp.deck.card import Deck, Statement
from quizapp.deck.text import visible
from quizapp.learn.study import Asking
from quizapp.overview import DeckLine, Overview
from quizapp.sitting import Killed
from quizapp.tui.card_text import prompt_of, unmarked
from quizapp.tui.fit import fit
from quizapp.tui.hints import Hints
from quizapp.tui.layout import cut
from quizapp.tui.opening import Home
from quizapp.tui.widgets.deck_list import DeckList, Row
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter, key_of
from quizapp.tui.widgets.older_line import OlderLine
from quizapp.tui.widgets.preview import Preview, Shown, Week
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.signs import choice

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp


_WITH_WEEK = 154
"""From so many columns on there is room for the week beside list and preview."""


class HomeScreen(Screen[None]):
    """Today first and selected; Enter does what its line says."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "study", "Study", id="home.study", tooltip="Study what is selected"),
        Binding("t", "quiz", "Timed quiz", id="home.quiz", tooltip="A timed quiz on the selected deck"),
        Binding(
            "r", "practice", "Practice", show=False, id="home.practice", tooltip="A quiz without a clock"
        ),
        Binding(
            "s",
            "set_up",
            "Set up",
            show=False,
            id="home.setup",
            tooltip="Set a quiz up: mode, length, choices",
        ),
        Binding("slash", "find", "Find", key_display="/", id="home.find", tooltip="Find a deck by its title"),
        # Textual binds the palette with priority, so that only a binding with priority can show it here.
        Binding(
            "ctrl+p",
            "app.command_palette",
            "Menu",
            id="menu",
            priority=True,
            tooltip="Every command and deck",
        ),
        Binding(
            "p",
            "problems",
            "Problems",
            show=False,
            id="home.problems",
            tooltip="What is wrong in decks or settings",
        ),
        Binding(
            "m",
            "older",
            "Older cards",
            show=False,
            id="home.older",
            tooltip="Which cards may be older ones, and what was carried over",
        ),
        Binding(
            "e", "killed", "Cut off", show=False, id="home.killed", tooltip="Show the quiz that was cut off"
        ),
        Binding(
            "h", "scores", "Scores", show=False, id="home.scores", tooltip="The best and the last quizzes"
        ),
        Binding("i", "page", "Figures", show=False, id="home.page", tooltip="How the selected deck stands"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding(
            "comma",
            "app.settings",
            "Settings",
            show=False,
            id="home.settings",
            tooltip="See and change settings",
        ),
        Binding("q", "app.quit", "Quit", show=False, id="home.quit", tooltip="Quit"),
        Binding("escape", "unfind", "All decks", id="home.all", tooltip="Show all decks again"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._overview: Overview | None = None
        self._width = 0
        self._shown: list[DeckLine] = []
        self._find: Input | None = None  # made when it is first asked for: few need it
        self._hints = Hints()
        self._told = False  # whether it was said what was carried over

    @property
    def quizapp(self) -> QuizApp:
        """The app, as what it is."""
        return cast("QuizApp", self.app)

    def compose(self) -> ComposeResult:
        """The list, the preview and the week: below each other, or side by side where there is room."""
        fit(self)
        with Vertical(id="home"):
            with Vertical(id="home-list"):
                yield Header("quizapp", heading_style="bold $text-primary")
                yield DeckList(id="decks")
                yield Static(id="trouble", markup=False)
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

    def refresh_figures(self) -> None:
        """Look at decks and log again."""
        self._width = self.app.size.width
        self._overview = self.quizapp.sessions.overview()
        self.query_one(Header).note = words.short_date(self.quizapp.clock())
        self._show_decks()
        self._show_trouble()
        self._show_older()
        self.quizapp.sessions.look_for_older(self._show_older)
        self._show_week(self._overview)
        self.query_one(DeckList).focus()
        self.call_after_refresh(self._hint)

    def _hint(self) -> None:
        """The next word of help, if this is the first session and more was answered since the last."""
        if self._overview is None or self.app.screen is not self:
            return
        if self.quizapp.store.fresh:
            word = self._hints.next(self, sum(number for _, number in self._overview.week))
            if word:
                self.notify(word, timeout=8, markup=False)

    @property
    def _selected(self) -> DeckLine | None:
        """The selected deck; None for Today."""
        place = self.query_one(DeckList).selected
        return self._shown[place - 1] if 0 < place <= len(self._shown) else None

    @property
    def _finding(self) -> bool:
        """Whether there is a line to find a deck in."""
        return self._find is not None and self._find.display

    @property
    def _sought(self) -> str:
        """The part of a title that was typed to find a deck."""
        return self._find.value.strip() if self._find is not None else ""

    def _decks(self) -> list[Deck]:
        selected = self._selected
        return [selected.deck] if selected else list(self.quizapp.library.decks.values())

    # ---- what is shown

    def _show_decks(self) -> None:
        overview = self._overview
        if overview is None:
            return
        sought = self._sought.casefold()
        self._shown = [line for line in overview.lines if sought in line.deck.title.casefold()]
        today = Row("Today", overview.due, overview.new, self._today(overview), bold=True)
        self.query_one(DeckList).show([today, *(self._row(line) for line in self._shown)])
        self._show_preview()

    def _today(self, overview: Overview) -> str:
        if not overview.lines:
            return "no decks yet"
        if not overview.due + overview.new:
            when = words.when(overview.next_ms, overview.next_day, self.quizapp.clock())
            return f"nothing due until {when}" if when else "nothing to study"
        parts = [f"about {words.count(overview.minutes, 'minute')}"]
        if overview.row > 1 and not self.has_class("-narrow"):
            parts.append(f"{overview.row} days in a row")
        return "; ".join(parts)

    def _row(self, line: DeckLine) -> Row:
        best = f"best {words.points(line.best.score)}" if line.best else ""
        under = words.count(len(line.deck.cards), "card")
        if line.studied:
            under += f"; last studied {words.day_near(line.studied, self.quizapp.clock())}"
        return Row(line.deck.title, line.due, line.new, under, best)

    def _show_trouble(self) -> None:
        killed = self._killed()
        self.query_one(KeyFooter).label("home.all", "Dismiss" if killed and not self._finding else "")
        problems = self.quizapp.problems
        hidden = self.quizapp.library.hidden
        trouble = self.query_one("#trouble", Static)
        trouble.display = bool(problems or hidden or killed)
        if self._sought and not self._shown:
            trouble.display = True
            trouble.update(
                Content.assemble(
                    (f"  No title has that. {key_of(self, 'home.all')} shows all decks.", "$text-muted")
                )
            )
            return
        if not trouble.display:
            return
        if killed is not None:
            trouble.update(self._cut_off(killed))
            return
        if problems:
            files = sorted({problem.path.replace("\\", "/").rsplit("/", 1)[-1] for problem in problems})
            where = visible(files[0]) if len(files) == 1 else words.count(len(files), "file")
            text = f"▲ {words.count(len(problems), 'problem')} in {where}"
        else:
            text = f"▲ {words.count(len(hidden), 'deck')} hidden by another of its id"
        shows = "" if self.has_class("-narrow") else " shows them"
        trouble.update(
            Content.assemble(
                (text, "$text-warning"),
                "   ",
                (key_of(self, "home.problems"), "bold $text-primary"),
                (shows, "$text-muted"),
            )
        )

    def _show_older(self) -> None:
        """`? 2 cards may be older ones   m shows them`; once after a start, what was carried over."""
        if not self.is_attached:
            return
        sessions = self.quizapp.sessions
        alone = not self.query_one("#trouble").display
        self.query_one(OlderLine).show(sessions.older, key_of(self, "home.older"), alone=alone)
        if sessions.carried and not self._told and self.app.screen is self:
            self._told = True
            said = visible(what_was_carried_over(sessions.carried))
            self.notify(f"{said} {key_of(self, 'home.older')} shows it.", timeout=8, markup=False)

    def _killed(self) -> Killed | None:
        """The quiz to offer; none while something else is about to open at once."""
        opens = self.quizapp.opening is not None and not isinstance(self.quizapp.opening, Home)
        return None if opens or self.app.screen is not self else self.quizapp.sessions.offered()

    def _cut_off(self, killed: Killed) -> Content:
        """`A quiz on Rivers was cut off after 12 answers. e shows it`, the title cut to what there is room
        for."""
        key = key_of(self, "home.killed")
        after = f"cut off after {words.count(killed.answered, 'answer')}"
        if self.has_class("-narrow"):
            return Content.assemble(f"Quiz {after}", "   ", (key, "bold $text-primary"))
        title = visible(self.quizapp.library.decks[killed.start.deck].title)
        room = 70 - cell_len(f"  A quiz on  was {after}.   {key} shows it")
        return Content.assemble(
            f"  A quiz on {cut(title, room)} was {after}.   ",
            (key, "bold $text-primary"),
            (" shows it", "$text-muted"),
        )

    def _show_preview(self) -> None:
        preview = self.query_one(Preview)
        view = self.quizapp.sessions.preview(self._decks())
        if not isinstance(view, Asking):
            preview.show(Shown("Nothing due", "", self._idle(), figures=self._figures()))
            return
        deck = self.quizapp.library.decks[view.item.ref.deck]
        choices = [choice(place, option.text) for place, option in enumerate(view.question.options)]
        shown = choices if isinstance(view.item.card, Statement) else []
        preview.show(
            Shown("Next card", deck.title, unmarked(prompt_of(view.question)), shown, self._figures())
        )

    def _idle(self) -> str:
        selected, overview = self._selected, self._overview
        if overview is None or not overview.lines:
            return f"Put a deck (a .toml file) into {visible(str(self.quizapp.places.decks))}."
        line = selected or overview
        when = words.when(line.next_ms, line.next_day, self.quizapp.clock())
        until = f"Nothing due until {when}. " if when else "No cards to study here. "
        quizzable = any(self.quizapp.sessions.can_quiz(deck) for deck in self._decks())
        return f"{until}{key_of(self, 'home.quiz')} starts a quiz." if quizzable else until.strip()

    def _figures(self) -> list[tuple[str, str]]:
        line = self._selected
        if line is None:
            return []
        runs = [("Best", line.best), ("Last", line.last)]
        figures = [(name, words.points(run.score)) for name, run in runs if run]
        return [*figures, ("Seen", f"{line.seen} of {len(line.deck.cards)}")]

    def _show_week(self, overview: Overview) -> None:
        self.query_one(Week).display = self.app.size.width >= _WITH_WEEK
        self.query_one(Week).show(overview.week, overview.to_come, self.quizapp.clock().day)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out what depends on the width."""
        if self._overview is not None and event.size.width != self._width:
            self._width = event.size.width
            self.call_after_refresh(self._show_decks)
            self.call_after_refresh(self._show_trouble)
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
        elif widget.id == "trouble" and self.check_action("problems", ()):
            self.action_problems()
        elif widget.id == "older":
            self.action_older()

    def action_study(self) -> None:
        """Study what is selected."""
        selected = self._selected
        self.quizapp.sessions.study(self._decks(), selected.deck.title if selected else "Today")

    def action_quiz(self) -> None:
        """A timed quiz on the selected deck, or on the first that can be quizzed."""
        self._quiz(self.quizapp.sessions.quiz)

    def action_practice(self) -> None:
        """A quiz without a clock."""
        self._quiz(self.quizapp.sessions.practice)

    def action_set_up(self) -> None:
        """Choose mode, length and choices first."""
        self._quiz(self.quizapp.sessions.set_up)

    def _quiz(self, start: Callable[[Deck], object]) -> None:
        decks = self._decks()
        deck = next((deck for deck in decks if self.quizapp.sessions.can_quiz(deck)), None)
        if deck is None:
            self.notify("There is nothing here that a quiz can judge. Enter studies it.", markup=False)
        else:
            start(deck)

    def action_problems(self) -> None:
        """Show what is wrong in decks."""
        from quizapp.tui.problems import ProblemsScreen

        self.app.push_screen(ProblemsScreen(self.quizapp.problems, self.quizapp.library.hidden))

    def action_older(self) -> None:
        """Ask which cards are older ones."""
        self.quizapp.sessions.show_older()

    def action_killed(self) -> None:
        """Show the quiz that was cut off."""
        self.quizapp.sessions.show_killed()

    def action_scores(self) -> None:
        """Show the best and the last quizzes of what is selected."""
        selected = self._selected
        self.quizapp.sessions.scores(selected.deck if selected else None)

    def action_page(self) -> None:
        """Show how the selected deck stands."""
        if self._selected is not None:
            self.quizapp.sessions.page(self._selected.deck)

    def action_find(self) -> None:
        """Type a part of a title."""
        if self._find is None:
            self._find = Input(placeholder="Find a deck", id="find", compact=True)
            self.query_one("#home-list").mount(self._find, before=self.query_one(DeckList))
        self._find.display = True
        self._find.focus()

    def action_unfind(self) -> None:
        """Show all decks again; with all of them there, the quiz that was cut off is dismissed."""
        if self._find is not None and self._finding:
            self._find.value = ""
            self._find.display = False
        else:
            self.quizapp.sessions.close_killed()
        self._show_trouble()
        self.query_one(DeckList).focus()
        self.refresh_bindings()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Show the decks whose title has it."""
        message.stop()
        self._show_decks()
        self._show_trouble()
        self.query_one(DeckList).selected = 1 if self._sought and self._shown else 0

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter opens what was found."""
        message.stop()
        self.query_one(DeckList).focus()
        if self._shown:
            self.action_study()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense now."""
        match action:
            case "problems":
                return bool(self.quizapp.problems or self.quizapp.library.hidden)
            case "older":
                return bool(self.quizapp.sessions.older or self.quizapp.sessions.carried)
            case "unfind":
                return self._finding or self.quizapp.sessions.offered() is not None
            case "page":
                return bool(self.query(DeckList)) and self._selected is not None
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
