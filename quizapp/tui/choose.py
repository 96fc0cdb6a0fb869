"""Choosing what to study: decks, a tag, an aspect, flagged cards, leeches, or everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from quizapp import words
from quizapp.deck.card import Deck
from quizapp.deck.library import names_of
from quizapp.pools import Only
from quizapp.selection import title_of
from quizapp.tui.fit import fit
from quizapp.tui.screen import AppScreen
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.setting_list import Entry, SettingList


class _Row(NamedTuple):
    """A row: a deck, or a part of all decks that are marked."""

    name: str
    group: str
    due: int
    new: int
    cards: int
    only: Only
    deck: Deck | None = None

    def entry(self, *, marked: bool) -> Entry:
        """The row as the list shows it."""
        box = ("[x] " if marked else "[ ] ") if self.deck is not None else ""
        figures = f"{self.due:,} due {f'{self.new:,}':>5} new"
        return Entry(f"{box}{self.name}", figures, bool(self.due + self.new), self.group)


class ChooseScreen(AppScreen):
    """Space marks decks; Enter studies the selected row, of the decks that are marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "study", "Study", id="choose.study", tooltip="Study what is selected"),
        Binding("space", "mark", "Mark", id="choose.mark", tooltip="Mark a deck, to study several"),
        Binding("c", "cram", "Cram", id="choose.cram", tooltip="Go through all of it, due or not"),
        Binding("slash", "find", "Find", key_display="/", id="choose.find", tooltip="Find a row by its name"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape", "home", "Home", id="choose.home", tooltip="Back to the decks"),
    ]

    def __init__(self, marked: Iterable[Deck] = ()) -> None:
        """marked: the decks that are marked at first."""
        super().__init__()
        self._marked = {deck.id for deck in marked}
        self._rows: list[_Row] = []
        self._shown: list[_Row] = []

    def compose(self) -> ComposeResult:
        """The rows; above them, when it is asked for, a line to find one in."""
        fit(self)
        with Column():
            yield Header("Choose what to study")
            yield Rule(classes="line")
            find = Input(placeholder="Find a deck, a tag or an aspect", id="find", compact=True)
            find.display = False
            yield find
            yield SettingList(id="choose-list")
            yield KeyFooter()

    def on_mount(self) -> None:
        """Count what waits."""
        self._count()
        self.query_one(SettingList).focus()

    def on_screen_resume(self) -> None:
        """The figures are those of now."""
        if self._rows:
            self._count()

    def decks_changed(self) -> None:
        """Count the cards of the decks as they are now."""
        if self.app.screen is self:
            self._count()

    @property
    def _decks(self) -> list[Deck]:
        """The decks that are marked; all, if none is."""
        decks = list(self.quizapp.library.decks.values())
        return [deck for deck in decks if deck.id in self._marked] or decks

    def _count(self) -> None:
        parts = self.quizapp.sessions.parts(self._decks)
        inside = f" in {words.count(len(self._marked), 'deck')}" if self._marked else ""
        names = {
            Only(): f"Everything{inside}",
            Only(flagged=True): "Flagged cards",
            Only(leeches=True): "Leeches",
        }
        rows = [
            _Row(
                names.get(part.only) or part.only.tag or part.only.aspect,
                "Tags" if part.only.tag else "Aspects" if part.only.aspect else "",
                part.due,
                part.new,
                part.cards,
                part.only,
            )
            for part in parts
        ]
        titles = names_of(self.quizapp.library.decks.values())
        decks = [
            _Row(titles[line.deck.id], "Decks", line.due, line.new, len(line.deck.cards), Only(), line.deck)
            for line in self.quizapp.sessions.overview().lines
        ]
        self._rows = [*rows[: len(names)], *decks, *rows[len(names) :]]
        self._show()

    def _show(self) -> None:
        sought = self.query_one(Input).value.strip().casefold()
        self._shown = [row for row in self._rows if sought in row.name.casefold()]
        self.query_one(SettingList).show(
            [row.entry(marked=row.deck is not None and row.deck.id in self._marked) for row in self._shown]
        )
        self._describe()

    @property
    def _selected(self) -> _Row | None:
        place = self.query_one(SettingList).selected
        return self._shown[place] if place < len(self._shown) else None

    def _describe(self) -> None:
        selected = self._selected
        note = words.count(selected.cards, "card") if selected is not None else "no row has that"
        self.query_one(Header).note = note
        self.refresh_bindings()

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        """Say how many cards the selected row has."""
        message.stop()
        self._describe()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """A click on the selected row studies it."""
        message.stop()
        self.action_study()

    # ---- keys

    def action_study(self) -> None:
        """Study what is selected."""
        self._open(self.quizapp.sessions.study)

    def action_cram(self) -> None:
        """Go through what is selected, due or not."""
        self._open(self.quizapp.sessions.cram)

    def _open(self, begin: Callable[[Sequence[Deck], str, Only | None], None]) -> None:
        row = self._selected
        if row is None:
            return
        decks = [row.deck] if row.deck is not None and not self._marked else self._decks
        only = row.only if row.only != Only() else None
        begin(decks, title_of(decks, self.quizapp.library, only), only)

    def action_mark(self) -> None:
        """Mark the selected deck, or take the mark away."""
        row = self._selected
        if row is not None and row.deck is not None:
            self._marked ^= {row.deck.id}
            # Tags and aspects stand below the decks, so that none of these moves.
            self._count()

    def action_find(self) -> None:
        """Type a part of a name."""
        find = self.query_one(Input)
        find.display = True
        find.focus()
        self.query_one(KeyFooter).label("choose.home", "All rows")

    def on_input_changed(self, message: Input.Changed) -> None:
        """Show the rows whose name has it."""
        message.stop()
        self._show()
        self.query_one(SettingList).selected = 0

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter goes to what was found."""
        message.stop()
        self.query_one(SettingList).focus()

    def action_home(self) -> None:
        """Show all rows again; with all of them there, go back to the decks."""
        find = self.query_one(Input)
        if find.display:
            find.value = ""
            find.display = False
            self.query_one(SettingList).focus()
            self.query_one(KeyFooter).label("choose.home", "")
        else:
            self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense now."""
        if action in ("study", "cram", "mark"):
            row = self._selected if self.query(SettingList) else None
            return row is not None and (action != "mark" or row.deck is not None)
        if action == "find":
            return not (self.is_mounted and self.query_one(Input).has_focus)
        return True

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = (
            "A tag, an aspect, flagged cards or leeches are studied in the decks that are marked, or in all. "
            "Leeches are cards that you forgot again and again. Cramming moves no schedule."
        )
        self.app.push_screen(HelpScreen("choose", rules))
