"""The cards of a deck in a list: filtered by what is typed, sorted, and set aside or flagged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from quizapp import words
from quizapp.browse.cells import standing
from quizapp.browse.looks import Look, found_again, fresh
from quizapp.browse.orders import Order, in_order
from quizapp.browse.query import Query, matching, parse
from quizapp.browse.rows import Row, Rows, rows_of, with_mark
from quizapp.deck.card import Card, Deck
from quizapp.deck.text import visible
from quizapp.record import Ref
from quizapp.settings.values import usual_study
from quizapp.tui import browse_words as said
from quizapp.tui.browse_keys import BROWSE_KEYS
from quizapp.tui.card_actions import CardActions
from quizapp.tui.card_marks import CardMarks, Marked
from quizapp.tui.card_text import named
from quizapp.tui.fit import fit
from quizapp.tui.widgets.card_list import CardHead, CardList, Widest
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.card_words import CardWords
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.filter_line import FilterLine
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter, key_of
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.writing import Writing

_MANY = 20_000
"""From so many cards on, reading them takes long enough that the screen comes before them."""


class BrowseScreen(CardActions):
    """Every card of a deck."""

    BINDINGS: ClassVar[list[BindingType]] = BROWSE_KEYS

    def __init__(self, deck: Deck, look: Look) -> None:
        """look: how to begin; it is kept as it is left."""
        super().__init__()
        self._deck = deck
        self._look = look
        self._rows: Rows | None = None
        self._ordered: Sequence[Row] = ()
        self._shown: Sequence[Row] = ()
        self._query = Query()
        self._widest = Widest()
        self._seen = -1  # what the scores file's number of changes was
        self._stale = False  # whether the deck has changed while something lay over it
        self._fresh: list[Card] = []  # the cards that the deck had not before it changed last
        self._edited = False  # whether it was changed here, and that is not shown yet
        self._next = ""  # the card to select where the selected one is not to be seen any more
        self._stand_in = ""  # the card that is selected while the one that should be is left out
        self._writing = Writing(self)

    @cached_property
    def _marking(self) -> CardMarks:
        """What is set for cards here."""
        return CardMarks(self.quizapp.store, self.quizapp.clock, self._edits)

    def _edits(self) -> int:
        """How many changes of deck files there are to take back."""
        return self.quizapp.editing.count if self.quizapp.can_undo_edit else 0

    @property
    def deck(self) -> Deck:
        """The deck, as it is shown."""
        return self._deck

    def compose(self) -> ComposeResult:
        """The filter, the list, and below it what the selected card says."""
        fit(self)
        with Column():
            yield Header(visible(self._deck.title))
            yield FilterLine(id="filter")
            yield CardHead()
            yield CardList(id="cards")
            yield Rule(classes="line")
            yield CardWords(id="card-words")
            yield KeyFooter()

    def on_mount(self) -> None:
        """Show the cards as they were looked at last."""
        line = self.query_one(FilterLine)
        with line.prevent(Input.Changed):
            line.value = self._look.typed
        line.cursor_position = len(line.value)
        self._query = parse(line.value)
        number, cards = len(self._deck.cards), self.query_one(CardList)
        cards.focus()
        if number > _MANY:
            cards.show((), self.quizapp.clock(), None, empty=lambda: said.reading(number))
            self.call_after_refresh(self._read)
        else:
            self._read()

    def on_screen_resume(self) -> None:
        """A while may have passed, and what lay over this may have changed the deck."""
        if self._rows is None:
            return
        if self._stale or self._seen != self.quizapp.store.changes():
            self._read()
        else:
            self._show()

    def decks_changed(self) -> None:
        """The deck may have been saved; it stays as it is if it has gone."""
        deck = self.quizapp.sessions.as_now(self._deck)
        if deck is not self._deck:
            self._deck, self._stale = deck, True
            if self.app.screen is self:
                self._read()

    def cards_edited(self, moves: Mapping[Ref, Ref]) -> None:
        """A card that was added here, or came back, is selected."""
        if not moves:
            self._edited = True
            if not self._stale:
                self._show()

    # ---- what is shown

    def _read(self) -> None:
        """Look at the deck and the log again."""
        if not self.is_attached:
            return
        app = self.quizapp
        app.histories.carry_over()
        self._seen, self._stale = app.store.changes(), False
        now, usual = app.clock(), usual_study(app.settings)
        before = self._rows
        if before is not None and before.deck is not self._deck:
            self.query_one(CardList).forget_texts()
        if before is None or before.deck is not self._deck:
            self._widest = Widest.of(self._deck)
        self._rows = rows_of(app.store, self._deck, now, usual, before)
        if before is not None and before.deck is not self._deck:
            self._find_again(before)
        self._sort()

    def _find_again(self, before: Rows) -> None:
        """Select the same card in a deck that has changed."""
        self._fresh = fresh(before, self._deck)
        selected, place = self.selected, self.query_one(CardList).selected
        if selected is not None:
            below, above = self._shown[place + 1 :], self._shown[:place]
            self._look.selected = found_again(selected.card, before, self._deck, below, above)

    def _sort(self) -> None:
        if self._rows is not None:
            look, now = self._look, self.quizapp.clock()
            latest = self._rows.plan.latest
            self._ordered = in_order(self._rows.rows, look.order, latest, now, backwards=look.backwards)
        self._show()

    def _show(self) -> None:
        """Show the rows that the filter lets through; the selected card stays so if it is among them."""
        if self._rows is None:
            return
        now, latest = self.quizapp.clock(), self._rows.plan.latest
        self._shown = matching(self._ordered, self._query, latest, now)
        self._select_added()
        place = self._place_of(self._look.selected)
        if place is None and self._next:
            place = self._place_of(self._next)
        self._next = ""
        # While a filter is typed that leaves it out, the selected card is not forgotten.
        left_out = place is None and self._shown and self._look.selected
        self._stand_in = self._shown[0].card.key if left_out else ""
        cards = self.query_one(CardList)
        cards.show(self._shown, now, latest, widest=self._widest, select=place or 0, empty=self._nothing)
        self._show_head()
        self._say()

    def _nothing(self) -> str:
        """Why no card is to be seen."""
        key = key_of(self, "browse.back" if self._deck.cards else "browse.add")
        return said.nothing(self._deck, self._query, key)

    def _select_added(self) -> None:
        """Select a card that was added here, or came back, if it is to be seen."""
        if self._edited and self._rows is not None:
            cards = {card.key: card for card in self._deck.cards}
            selected = cards.get(self._look.selected)
            # A new sibling of the selected card comes of an edit.
            added = [card for card in self._fresh if selected is None or card.entry != selected.entry]
            seen = next((card.key for card in added if self._place_of(card.key) is not None), "")
            self._look.selected = seen or self._look.selected
        self._edited = False

    def _place_of(self, key: str) -> int | None:
        """Where a card stands in what is shown."""
        return next((place for place, row in enumerate(self._shown) if row.card.key == key), None)

    def _show_head(self) -> None:
        total, found = len(self._deck.cards), len(self._shown)
        header = self.query_one(Header)
        header.heading = visible(self._deck.title)
        header.note = said.found(found, total, filtered=bool(self._query.terms or self._query.known))
        line, footer = self.query_one(FilterLine), self.query_one(KeyFooter)
        line.placeholder = said.examples(line.size.width - 4)
        footer.label("browse.back", "All cards" if line.value else "List" if line.has_focus else "")
        head = self.query_one(CardHead)
        instead = said.instead(self._query, head.size.width or self.app.size.width)
        head.show(self._look.order, instead, self._widest, backwards=self._look.backwards)

    @property
    def selected(self) -> Row | None:
        """The selected row."""
        place = self.query_one(CardList).selected
        return self._shown[place] if place < len(self._shown) else None

    def _say(self) -> None:
        row = self.selected
        words_ = self.query_one(CardWords)
        if row is None or self._rows is None:
            words_.say(None)
        else:
            if row.card.key != self._stand_in:
                self._look.selected, self._stand_in = row.card.key, ""
            words_.say(row.card, standing(row, self._rows.plan, self.quizapp.clock()))
        self.refresh_bindings()

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        """Say what the selected card says."""
        message.stop()
        self._say()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """A click on the selected card is Enter."""
        message.stop()
        self.action_edit()

    # ---- filter and order

    def on_input_changed(self, message: Input.Changed) -> None:
        """Show the cards that are like that."""
        message.stop()
        self._look.typed = message.value
        self._query = parse(message.value)
        self._show()

    def on_filter_line_done(self, message: FilterLine.Done) -> None:
        """The list has the keys."""
        message.stop()
        self.query_one(CardList).focus()

    def on_descendant_focus(self) -> None:
        """The way out is another one from the line than from the list."""
        if self._rows is not None:
            self._show_head()

    def action_filter(self) -> None:
        """Type what to show."""
        self.query_one(FilterLine).focus()

    def action_back(self) -> None:
        """Show all cards again; from the line to the list; back to where one was."""
        line, cards = self.query_one(FilterLine), self.query_one(CardList)
        if line.value:
            line.value = ""
        elif not line.has_focus:
            self.dismiss()
            return
        cards.focus()

    def action_sort(self, step: int) -> None:
        """Sort in the next order."""
        self._sort_by(self._look.order.next(step), backwards=False)

    def action_turn(self) -> None:
        """The other way round."""
        self._sort_by(self._look.order, backwards=not self._look.backwards)

    def on_card_head_sorted(self, message: CardHead.Sorted) -> None:
        """Sort by a column; once more turns it, and then the deck's order is back."""
        message.stop()
        look = self._look
        if look.order is not message.order:
            self._sort_by(message.order, backwards=False)
        else:
            self._sort_by(Order.DECK if look.backwards else look.order, backwards=not look.backwards)

    def _sort_by(self, order: Order, *, backwards: bool) -> None:
        if self.selected is not None:
            self._look.selected = self.selected.card.key
        self._look.order, self._look.backwards = order, backwards
        self._sort()

    # ---- what is set for a card

    def action_flag(self) -> None:
        """Flag the card, or take its flag away."""
        self._set(self._marking.flag)

    def action_suspend(self) -> None:
        """Ask the card no more, or bring it back."""
        self._set(self._marking.suspend)

    def action_bury(self) -> None:
        """Ask the card no more today, or bring it back."""
        if self.selected is not None and self.selected.mark.suspended:
            brings = f"{key_of(self, 'browse.suspend')} brings it back."
            self.notify(f"It is suspended: asked neither today nor later. {brings}", markup=False)
        else:
            self._set(self._marking.bury)

    def _set(self, do: Callable[[str, Card], None]) -> None:
        row = self.selected
        if row is not None:
            deck, card = self._deck.id, row.card
            self._writing.begin(lambda: do(deck, card), lambda _: self._marked(card.key))

    def _marked(self, key: str) -> None:
        """Show what is set for a card now."""
        rows = self._rows
        if rows is None:
            return
        place = self.query_one(CardList).selected
        mark = self.quizapp.store.mark(Ref(rows.deck.id, key))
        self._rows = with_mark(rows, key, mark)
        if self.selected is not None and key == self.selected.card.key:
            self._look.selected = key
            # Where it is not to be seen any more, the next one is selected.
            after = self._shown[place + 1 : place + 2] or self._shown[place - 1 : place]
            self._next = after[0].card.key if after else ""
        self._sort()

    def action_undo_edit(self) -> None:
        """Take back what was done last: what was set here, or a change of a deck file."""
        if self._marking.is_last or not self.quizapp.can_undo_edit:
            self._writing.begin(self._marking.undo, self._undone)
        else:
            self.quizapp.editing.undo()

    def _undone(self, done: Marked | None) -> None:
        if done is not None:
            self._look.selected = done.card.key
            self._marked(done.card.key)
            self.notify(words.undone(f"{done.what} {named(done.card)}"), markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the selected card can be asked for."""
        if not self.is_mounted or self._rows is None:
            return True
        row = self.selected
        match action:
            case "filter":
                return not self.query_one(FilterLine).has_focus
            case "card" | "edit" | "duplicate" | "delete" | "flag" | "suspend" | "bury":
                return row is not None
            case "undo_edit":
                return self._marking.can_undo or self.quizapp.can_undo_edit
            case "sort" | "turn":
                return len(self._deck.cards) > 1
        return True

    # ---- cards

    def action_card(self) -> None:
        """Show all of the selected card."""
        from quizapp.tui.card import CardScreen

        row = self.selected
        if row is not None and self._rows is not None:
            stands = standing(row, self._rows.plan, self.quizapp.clock())
            self.app.push_screen(CardScreen(self._deck, row.card, stands))

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        self.app.push_screen(HelpScreen("cards", said.RULES, signs=said.SIGNS, filters=said.FILTERS))
