"""Which cards are older ones: what is not certain is asked here, and what was carried over can be taken
back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from msgspec import Struct, structs
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from quizapp import words
from quizapp.carry import Question, questions
from quizapp.deck.text import visible
from quizapp.record import Ref
from quizapp.scores.errors import ScoresError
from quizapp.scores.moves import Rekey
from quizapp.sitting import ask_again, carry, keep_apart, take_back
from quizapp.tui.fit import fit
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter
from quizapp.tui.widgets.older_list import Older, OlderList
from quizapp.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp

_FEW = 3
_SAME = "✓ Same card, history carried over"
_APART = "✗ Different cards, kept apart"


class Row(Struct, frozen=True):
    """A row of the list. question: what is asked, None for what was carried over by itself. done: the id of
    the event that says what was decided, "" while it is open. same: whether that is a yes."""

    older: Older
    question: Question | None
    done: str = ""
    same: bool = False


class CarryScreen(Screen[None]):
    """Old cards beside those that they may be; each is the same, or not, or asked again later."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "y", "same", "Same card", id="older.same", tooltip="It is the same card: carry its history over"
        ),
        Binding("n", "apart", "Different", id="older.apart", tooltip="They are different cards: ask no more"),
        Binding("s", "later", "Later", id="older.later", tooltip="Ask again at the next start"),
        Binding("u", "undo", "Take back", id="older.undo", tooltip="Take back what was decided"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape,m", "close", "Home", id="older.close", tooltip="Back to the decks"),
    ]

    def __init__(self, asked: Sequence[Question], carried: Sequence[Rekey]) -> None:
        """asked: what is not certain. carried: what was carried over by itself since the start."""
        super().__init__()
        self._asked = asked
        self._carried = carried
        self._rows: list[Row] = []

    @property
    def quizapp(self) -> QuizApp:
        """The app, as what it is."""
        return cast("QuizApp", self.app)

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
        note = f"; {words.count(own, 'answer')} of its own" if question.merges and own else ""
        return Row(
            Older(
                (old.prompt, f"{old.answer}; {answers}{last}; in {visible(old.deck)}"),
                (new.prompt, f"{new.answer}; in {deck}{note}"),
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

        def do(question: Question) -> Row | None:
            app = self.quizapp
            found = carry(app.store, app.clock, app.library, question.rekey)
            return self._decided(found[0].id, _SAME, same=True) if found else None

        self._decide(do)

    def action_apart(self) -> None:
        """Keep the cards apart."""

        def do(question: Question) -> Row:
            return self._decided(keep_apart(self.quizapp.store, self.quizapp.clock, question), _APART)

        self._decide(do)

    def _decided(self, id_: str, said: str, *, same: bool = False) -> Row:
        row = self._rows[self.query_one(OlderList).selected]
        return structs.replace(row, older=row.older._replace(said=said), done=id_, same=same)

    def _decide(self, do: Callable[[Question], Row | None]) -> None:
        """Write what was decided of the selected pair, and go on with what is still to be asked."""
        row, place = self._selected, self.query_one(OlderList).selected
        if row is None or row.question is None or row.done:
            return
        try:
            decided = do(row.question)
            self._refresh(place, decided)
        except ScoresError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self._show()
        self.action_later()

    def _refresh(self, place: int, decided: Row | None) -> None:
        """Put a row in its place, and take those away that are no question any more."""
        rows = [decided if at == place else row for at, row in enumerate(self._rows)]
        self.quizapp.sessions.older = questions(self.quizapp.store, self.quizapp.library)
        left = {_pairs(question) for question in self.quizapp.sessions.older}
        shown = {_pairs(row.question) for row in rows if row is not None and row.question is not None}
        self._rows = [
            row
            for row in rows
            if row is not None and (row.done or (row.question is not None and _pairs(row.question) in left))
        ]
        self._rows += [self._open(one) for one in self.quizapp.sessions.older if _pairs(one) not in shown]

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
        row, place = self._selected, self.query_one(OlderList).selected
        if row is None or not row.done:
            return
        app = self.quizapp
        try:
            if row.same:
                take_back(app.store, app.clock, row.done)
            else:
                ask_again(app.store, app.clock, row.done)
            # What was carried over by itself is now known to be another card; all else is asked again, where
            # it stood.
            asked = self._open(row.question) if row.question is not None else None
            self._refresh(place, asked)
        except ScoresError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        app.sessions.carried = [one for one in app.sessions.carried if one.id != row.done]
        self._show()
        if asked in self._rows:
            self.query_one(OlderList).selected = self._rows.index(asked)

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


def _pairs(question: Question) -> frozenset[tuple[Ref, Ref]]:
    return frozenset(question.rekey.pairs)
