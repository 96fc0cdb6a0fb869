"""A deck's page: how it stands, each figure explained, and the cards that were put aside."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quizapp import words
from quizapp.deck.card import Card, Deck
from quizapp.deck.text import visible
from quizapp.record import Ref
from quizapp.settings.values import usual_study
from quizapp.sitting import bring_back, unflag
from quizapp.standing import BACK_DAYS, YOUNG_DAYS, Standing, standing
from quizapp.tui.card_text import answer_in_a_line, prompt_in_a_line
from quizapp.tui.fit import fit
from quizapp.tui.layout import cut
from quizapp.tui.screen import AppScreen
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.setting_list import Entry, SettingList
from quizapp.tui.widgets.words import Words
from quizapp.tui.writing import Writing

_ANSWER = 60
"""Cells of a card's answer that are shown with it at most."""


class _Row(NamedTuple):
    """A row of the page. about: what it says, in a sentence or two. card: the card that it stands for."""

    entry: Entry
    about: str
    card: Card | None = None
    aside: bool = False
    flagged: bool = False


class DeckScreen(AppScreen):
    """What a deck's figures are and mean, and a way back for cards that were suspended, buried or flagged."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "study", "Study", id="deck.study", tooltip="Study this deck"),
        Binding(
            "b",
            "bring_back",
            "Bring back",
            id="deck.bring_back",
            tooltip="Ask the selected card again from now on",
        ),
        Binding("f", "unflag", "Unflag", id="deck.unflag", tooltip="Take the selected card's flag away"),
        Binding("l", "browse", "Cards", id="deck.browse", tooltip="All cards of this deck"),
        Binding("a", "add", "Add a card", id="deck.add", tooltip="Add cards to this deck"),
        Binding("f5", "edit", "Edit", show=False, id="deck.edit", tooltip="Edit the selected card"),
        Binding(
            "x", "export", "Export", show=False, id="deck.export", tooltip="Write it for another program"
        ),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape,i", "close", "Back", id="deck.close", tooltip="Back to where you were"),
    ]

    def __init__(self, deck: Deck) -> None:
        super().__init__()
        self._deck = deck
        self._rows: list[_Row] = []
        self._writing = Writing(self)

    def compose(self) -> ComposeResult:
        """The list, and below it what the selected row says."""
        fit(self)
        with Column():
            yield Header(visible(self._deck.title), note=words.count(len(self._deck.cards), "card"))
            yield Rule(classes="line")
            yield SettingList(id="standing")
            yield Rule(classes="line")
            yield Words(id="standing-words")
            yield KeyFooter()

    def on_mount(self) -> None:
        """Show the figures."""
        self.show()
        self.query_one(SettingList).focus()

    def on_screen_resume(self) -> None:
        """A session may have changed them meanwhile."""
        self.show()

    def decks_changed(self) -> None:
        """The deck may have been saved; it stays as it is if it has gone."""
        self._deck = self.quizapp.sessions.as_now(self._deck)
        header = self.query_one(Header)
        header.heading, header.note = visible(self._deck.title), words.count(len(self._deck.cards), "card")
        if self.app.screen is self:
            self.show()

    # ---- what is shown

    def show(self) -> None:
        """Look at the log again."""
        app = self.quizapp
        # The same day's forecast for the same deck: a figure that changes when nothing did explains nothing.
        random = Random(f"{app.clock().day} {self._deck.id}")  # noqa: S311 - a forecast, no secret
        found = standing(app.store, self._deck, app.clock(), usual_study(app.settings), random)
        self._rows = [*self._figures(found), *self._cards(found)]
        self.query_one(SettingList).show([row.entry for row in self._rows])
        self._explain()

    def _figures(self, found: Standing) -> list[_Row]:
        today = found.to_come[0][1]
        tomorrow = found.to_come[1][1]
        later = sum(count for _, count in found.to_come[1:8])
        days = YOUNG_DAYS
        rows = [
            _row("New", found.new, "Never studied. Each day brings as many as the deck's limit allows."),
            _row("In learning steps", found.learning, "Asked again after minutes, until they stick."),
            _row(
                f"Remembered up to {days} days",
                found.young,
                f"Cards whose memory holds for less than {days} days: nine of ten would still be known then.",
            ),
            _row("Remembered longer", found.old, f"Cards whose memory holds for {days} days or more."),
            _row("Due today", today, "All that is due or overdue, before the day's limits.", "To come"),
            _row("Due tomorrow", tomorrow, "As things stand; what you study today adds to it.", "To come"),
            _row("Within a week", later, "From tomorrow on, the seven days together.", "To come"),
        ]
        if found.known is not None:
            about = (
                "The share of the studied cards that you would know now, by the forgetting curve of each, "
                f"without guesses. When a card falls due, {_share(found.retention)} is aimed at."
            )
            rows.append(_row("Known now", _share(found.known), about, "Recall"))
        if found.asked:
            about = (
                f"{found.recalled} of {found.asked} reviews in {BACK_DAYS} days, by a card's first grade of "
                "the day; only Again is forgotten. Where guessing helps, more than the target is aimed at."
            )
            rows.append(_row("Remembered in reviews", _share(found.recalled / found.asked), about, "Recall"))
        return [*rows, *self._exam(found)]

    def _exam(self, found: Standing) -> list[_Row]:
        exam, date = found.exam, self._deck.study.exam_date
        if date is None:
            return []
        when = words.day_near(date.isoformat(), self.quizapp.clock())
        if exam is None:
            about = "The deck's exam_date. No card is held back for it any more."
            return [_row("Exam", when, about, "Exam")]
        expected = exam.forecast
        left = words.count(expected.unseen, "card")
        unseen = f" {left} would still be new, by the limit of new cards a day."
        return [
            _row("Exam", when, "The deck's exam_date. No card falls due after it.", "Exam"),
            _row(
                "Known then",
                _share(expected.known),
                "The share of all cards that you would know then if you study what is due until that day, "
                f"by a simulation.{unseen if expected.unseen else ''}",
                "Exam",
            ),
            _row(
                "Known then without studying",
                _share(expected.stopped),
                "The share that you would know if you stopped today.",
                "Exam",
            ),
            _row(
                "A day until then",
                words.count(exam.minutes, "minute"),
                f"About {expected.questions:.0f} questions a day, at the pace of your last answers.",
                "Exam",
            ),
        ]

    def _cards(self, found: Standing) -> list[_Row]:
        rows: list[_Row] = []
        suspended, buried = set(found.suspended), set(found.buried)
        flagged = set(found.flagged)

        def add(card: Card, group: str, value: str, about: str) -> None:
            entry = Entry(visible(prompt_in_a_line(card)), value, group=group)
            aside = card in suspended or card in buried
            rows.append(_Row(entry, about, card, aside, card in flagged))

        for leech in found.leeches:
            taken = f" Most often it is taken for {visible(leech.mistaken)}." if leech.mistaken else ""
            about = (
                f"{_answer(leech.card)} Forgotten {leech.lapses} times after it was learnt.{taken} "
                "Reword it, or suspend it when it comes."
            )
            add(leech.card, "Forgotten again and again", f"{leech.lapses} times", about)
        for card in found.suspended:
            add(card, "Suspended", "", f"{_answer(card)} Not asked in study until it is brought back.")
        for card in found.buried:
            add(card, "Buried", "until tomorrow", f"{_answer(card)} Not asked again today.")
        for card in found.flagged:
            add(card, "Flagged", "", f"{_answer(card)} Study can be of flagged cards alone.")
        return rows

    @property
    def selected(self) -> _Row | None:
        """The selected row."""
        place = self.query_one(SettingList).selected
        return self._rows[place] if place < len(self._rows) else None

    def _explain(self) -> None:
        row = self.selected
        if row is not None:
            self.query_one(Words).say(row.entry.name, row.about)
        self.refresh_bindings()

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        """Say what the selected row means."""
        message.stop()
        self._explain()

    # ---- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the selected row can do."""
        if not self.is_mounted:
            return True
        row = self.selected
        match action:
            case "bring_back":
                return row is not None and row.aside
            case "unflag":
                return row is not None and row.flagged
            case "edit":
                return row is not None and row.card is not None
        return True

    def action_bring_back(self) -> None:
        """Ask the selected card again."""
        self._write(lambda ref: bring_back(self.quizapp.store, self.quizapp.clock, [ref]))

    def action_unflag(self) -> None:
        """Take the selected card's flag away."""
        self._write(lambda ref: unflag(self.quizapp.store, self.quizapp.clock, [ref]))

    def action_add(self) -> None:
        """Write new cards for the deck."""
        self.quizapp.editing.add(self._deck)

    def action_edit(self) -> None:
        """Open the selected card's form."""
        row = self.selected
        if row is not None and row.card is not None:
            self.quizapp.editing.edit(self._deck, row.card)

    def _write(self, do: Callable[[Ref], None]) -> None:
        row = self.selected
        if row is not None and row.card is not None:
            ref = Ref(self._deck.id, row.card.key)
            self._writing.begin(lambda: do(ref), lambda _: self.show())

    def action_study(self) -> None:
        """Study the deck."""
        self.quizapp.sessions.study([self._deck], self._deck.title)

    def action_browse(self) -> None:
        """Show all cards of the deck."""
        self.quizapp.sessions.browse(self._deck)

    def action_export(self) -> None:
        """Write the deck as another program's file."""
        self.quizapp.exchanges.export(self._deck)

    def action_close(self) -> None:
        """Back to the decks."""
        self.dismiss()

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = (
            "How the deck stands. The line below the list says what the selected figure means and how it is "
            "reckoned."
        )
        self.app.push_screen(HelpScreen("deck", rules))


def _row(name: str, value: str | int, about: str, group: str = "Cards") -> _Row:
    return _Row(Entry(name, f"{value}", changed=True, group=group), about)


def _answer(card: Card) -> str:
    """The answer as a sentence, cut so that what is said of the card has room below it."""
    return words.sentence(cut(visible(answer_in_a_line(card, card.answer)), _ANSWER))


def _share(share: float) -> str:
    return f"{round(100 * share)} %"
