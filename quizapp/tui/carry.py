"""Which cards are older ones: what is not certain is asked here, and what was carried over can be taken
back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from msgspec import Struct, structs
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quizapp import words
from quizapp.carry import Question, questions
from quizapp.deck.text import visible
from quizapp.record import Ref
from quizapp.scores.moves import Rekey
from quizapp.sitting import ask_again, carry, keep_apart, take_back
from quizapp.tui.fit import fit
from quizapp.tui.layout import cut
from quizapp.tui.screen import AppScreen
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter
from quizapp.tui.widgets.older_list import Older, OlderList
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.writing import Writing

_FEW = 3
_TITLE = 20
"""Cells of a deck's title that are shown before an answer at most."""
_SAME = "✓ Same card, history carried over"
_APART = "✗ Different cards, kept apart"


class Row(Struct, frozen=True):
    """A row of the list. question: what is asked, None for what was carried over by itself. done: the id of
    the event that says what was decided, "" while it is open. same: whether that is a yes."""

    older: Older
    question: Question | None
    done: str = ""
    same: bool = False


class CarryScreen(AppScreen):
    """Old cards beside those that they may be; each is the same, or not, or asked again later."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "same", "Same", id="older.same", tooltip="It is the same card: carry its history over"),
        Binding("n", "apart", "Different", id="older.apart", tooltip="They are different cards: ask no more"),
        Binding("s", "later", "Later", id="older.later", tooltip="Leave it open, and go to the next"),
        Binding("u", "undo", "Undo", id="older.undo", tooltip="Undo what was decided"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape,m", "close", "Home", id="older.close", tooltip="Back to the decks"),
    ]

    def __init__(self, asked: Sequence[Question], carried: Sequence[Rekey]) -> None:
        """asked: what is not certain. carried: what was carried over by itself since the start."""
        super().__init__()
        self._asked = asked
        self._carried = carried
        self._rows: list[Row] = []
        self._writing = Writing(self)

    def compose(self) -> ComposeResult:
        """The list."""
        fit(self)
        with Column():
            yield Header("Older cards")
            yield Rule(classes="line")
            yield OlderList(id="older-list")
            yield KeyFooter()

    def on_mount(self) -> None:
        """Show what is asked, and below it what was carried over."""
        taken_back = {one.id for one in self.quizapp.store.moves().rekeys if one.undone}
        self._rows = [self._open(question) for question in self._asked]
        self._rows += [
            Row(self._done(rekey), None, rekey.id, same=True)
            for rekey in self._carried
            if rekey.id not in taken_back
        ]
        self._show()
        self.query_one(OlderList).focus()

    # ---- what is shown

    def _show(self) -> None:
        still = sum(not row.done for row in self._rows)
        self.query_one(Header).note = words.count(still, "question") if still else "nothing to ask"
        self.query_one(OlderList).show([row.older for row in self._rows])
        self.refresh_bindings()

    def _open(self, question: Question) -> Row:
        old, new = question.olds[0], question.news[0]
        deck = visible(self.quizapp.library.decks[question.rekey.to_deck].title)
        if len(question.olds) > 1:
            some = ", ".join(one.prompt for one in question.olds[:_FEW])
            number = words.count(len(question.olds), "card")
            was = (f"{number} of {visible(question.rekey.deck)}", some)
            return Row(Older(was, (f"the same in {deck}", "none of these was answered yet")), question)
        history = self.quizapp.store.history_of(old.ref)
        answers = words.count(history.answers, "answer")
        last = f", last {words.day_near(history.last_day, self.quizapp.clock())}" if history.last_day else ""
        own = self.quizapp.store.history_of(Ref(question.rekey.to_deck, new.key)).answers
        note = f"{words.count(own, 'answer')} of its own, " if question.merges and own else ""
        # The answer comes last, for it may be long; that what was asked is in the deck's own file goes
        # without saying.
        moved = old.deck != question.rekey.to_deck
        return Row(
            Older(
                (old.prompt, f"{answers}{last}{f', in {visible(old.deck)}' if moved else ''}: {old.answer}"),
                (new.prompt, f"{note}in {cut(deck, _TITLE)}: {new.answer}"),
            ),
            question,
        )

    def _done(self, rekey: Rekey) -> Older:
        """What was carried over by itself: the first of its cards, and how many there are."""
        new = self.quizapp.library.decks[rekey.to_deck]
        texts = self.quizapp.store.texts(old for old, _ in rekey.pairs)
        keys = set(rekey.cards.values())
        was = [text.prompt for text in texts.values()]
        now = [card.prompt for card in new.cards if card.key in keys]
        if len(rekey.cards) > 1 or rekey.deck != rekey.to_deck:
            number = words.count(len(rekey.cards), "card")
            was, now = [f"{number} of {visible(rekey.deck)}"], [f"in {visible(new.title)}"]
        return Older((was[0] if was else "", ""), (now[0] if now else "", ""), _SAME)

    # ---- keys

    @property
    def _selected(self) -> Row | None:
        place = self.query_one(OlderList).selected
        return self._rows[place] if place < len(self._rows) else None

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        """Other keys count for what is open than for what is decided."""
        message.stop()
        self.refresh_bindings()

    def action_same(self) -> None:
        """Carry the history over."""
        app = self.quizapp

        def do(row: Row, question: Question) -> Row | None:
            if question.rekey.to_deck not in app.library.decks:
                return None
            found = carry(app.store, app.clock, app.library, question.rekey)
            return _decided(row, found[0].id, _SAME, same=True) if found else None

        self._decide(do)

    def action_apart(self) -> None:
        """Keep the cards apart."""
        app = self.quizapp

        def do(row: Row, question: Question) -> Row:
            (id_,) = keep_apart(app.store, app.clock, question)
            return _decided(row, id_, _APART, same=False)

        self._decide(do)

    def _decide(self, do: Callable[[Row, Question], Row | None]) -> None:
        """Write what was decided of the selected pair, and go on with what is still to be asked."""
        row = self._selected
        if row is None or row.question is None or row.done:
            return
        question = row.question

        def write() -> Row | None:
            decided = do(row, question)
            self._look()
            return decided

        def then(decided: Row | None) -> None:
            self._put(row, decided)
            self.action_later()

        self._writing.begin(write, then)

    def _look(self) -> None:
        """Look what is still to be asked."""
        app = self.quizapp
        app.histories.older = questions(app.store, app.library)

    def _put(self, old: Row, decided: Row | None) -> None:
        """Put a row in the place of another, and take those away that are no question any more."""
        rows = [decided if row is old else row for row in self._rows]
        left = {_pairs(question) for question in self.quizapp.histories.older}
        shown = {_pairs(row.question) for row in rows if row is not None and row.question is not None}
        self._rows = [
            row
            for row in rows
            if row is not None and (row.done or (row.question is not None and _pairs(row.question) in left))
        ]
        self._rows += [self._open(one) for one in self.quizapp.histories.older if _pairs(one) not in shown]
        self._show()

    def action_later(self) -> None:
        """Go to the next one that is open."""
        chosen = self.query_one(OlderList)
        places = [place for place, row in enumerate(self._rows) if not row.done]
        after = [place for place in places if place > chosen.selected] or places
        if after:
            chosen.selected = after[0]
        self.refresh_bindings()

    def action_undo(self) -> None:
        """Take back what was decided of the selected pair."""
        row = self._selected
        if row is None or not row.done:
            return
        app = self.quizapp

        def write() -> None:
            if row.same:
                take_back(app.store, app.clock, row.done)
            else:
                ask_again(app.store, app.clock, row.done)
            app.histories.carried = [one for one in app.histories.carried if one.id != row.done]
            self._look()

        def then(_: object) -> None:
            # What was carried over by itself is now known to be another card; all else is asked again, where
            # it stood.
            asked = self._open(row.question) if row.question is not None else None
            self._put(row, asked)
            if asked in self._rows:
                self.query_one(OlderList).selected = self._rows.index(asked)

        self._writing.begin(write, then)

    def action_close(self) -> None:
        """Back to the decks."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is decided can only be taken back."""
        if action in ("same", "apart", "later", "undo"):
            row = self._selected if self.query(OlderList) else None
            return row is not None and bool(row.done) is (action == "undo")
        return True

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = (
            "A card whose prompt was changed keeps its history where that is certain; where it is not, you "
            "say. Nothing is ever deleted: `quizapp orphans` lists histories without a card."
        )
        self.app.push_screen(HelpScreen("older cards", rules))


def _decided(row: Row, id_: str, said: str, *, same: bool) -> Row:
    return structs.replace(row, older=row.older._replace(said=said), done=id_, same=same)


def _pairs(question: Question) -> frozenset[tuple[Ref, Ref]]:
    return frozenset(question.rekey.pairs)
