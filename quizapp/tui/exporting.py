"""Exporting a deck: the format, the file, and what the format can't hold."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from quizapp import words
from quizapp.deck.card import Deck
from quizapp.deck.exchange.anki import Progress
from quizapp.deck.text import visible
from quizapp.exchanging.outgoing import SUFFIXES, Parcel, held, parcel, write, write_package
from quizapp.settings.values import usual_study
from quizapp.tui.exchange_screen import LongExchange, Trouble, changes
from quizapp.tui.paths import path_typed, safe, tilde
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import key_of
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.setting_list import Entry, SettingList
from quizapp.tui.widgets.words import Words

_HOLDS = {
    "anki": ("Anki's package", "Every kind of card, and what is remembered of it."),
    "csv": ("Table (CSV)", "Every kind of card with its keys; of the head, the choices of statements."),
    "tsv": ("Table with tabs", "Every kind of card with its keys; of the head, the choices of statements."),
    "gift": ("GIFT, Moodle's", "Choice, typed, cloze, true or false; why, aspect, tags, id and the title."),
    "markdown": ("Markdown", "Flip cards and clozes, as hashcards and repeater have them; the title."),
    "json": ("JSON", "Everything that a deck can have."),
}
_FORMATS = tuple(_HOLDS)
_FORMAT, _FILE, _REPLACE, _SHOWN = "format", "file", "replace", "shown"


class _Row(NamedTuple):
    """A row. key: what a change of it changes."""

    key: str
    entry: Entry
    about: str
    head: str = ""


class ExportScreen(LongExchange):
    """Format and file, each changed in place; Enter writes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "write", "Export", id="export.write", tooltip="Write the file"),
        Binding("space", "change", "Change", id="export.change", tooltip="Change the selected row"),
        Binding("left", "step(-1)", "Less", show=False, id="export.less", tooltip="The value before"),
        Binding("right", "step(1)", "More", show=False, id="export.more", tooltip="The value after"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape", "back", "Back", id="export.back", tooltip="Back; nothing is written"),
    ]

    def __init__(self, deck: Deck) -> None:
        super().__init__("Export", deck.title)
        self._deck = deck
        self._format = _FORMATS[0]
        self._file = _free(Path("~", deck.id.rpartition("/")[2]).expanduser(), SUFFIXES[self._format])
        self._replaces = False
        self._parcel: Parcel | None = None
        self._failure = ""  # why there is no parcel
        self._rows: list[_Row] = []
        self._doing = ""
        self._writes = False  # whether it is being written

    def on_mount(self) -> None:
        """Look what the first format can't hold."""
        self._pack()
        self._show()
        self.query_one(SettingList).focus()

    def on_unmount(self) -> None:
        """What is still looked at is looked at for nobody; what is still being written leaves nothing."""
        self._work.call_off()

    # ---- what is shown

    def _pack(self) -> None:
        deck, named = self._deck, self._format
        self._parcel, self._failure = None, ""
        self._doing = "Looking what it can hold"
        self._work.begin(lambda _: parcel(deck, named), self._packed, self._unpacked, self.told)

    def _packed(self, made: Parcel) -> None:
        self._parcel = made
        self.told()
        self._show()

    def _unpacked(self, trouble: str) -> None:
        self._failure = trouble
        self.told()
        self._show()

    def _show(self) -> None:
        made = self._parcel
        name, holds = _HOLDS[self._format]
        file = tilde(self._file)
        rows = [
            _Row(
                _FORMAT,
                Entry("Format", name, changed=True),
                f"It holds: {holds[:1].lower()}{holds[1:]}",
                name,
            ),
            _Row(_FILE, Entry("File", file, changed=True), file),
        ]
        if self._is_there:
            value = "yes" if self._replaces else "no"
            about = "What is in the file now would be gone."
            rows.append(_Row(_REPLACE, Entry("Replace what is there", value, changed=True), about))
        for loss in made.losses if made is not None else ():
            what, place = _line(loss.what), _line(loss.place)
            group = f"{words.count(len(made.losses), 'thing')} it can't hold" if made is not None else ""
            rows.append(_Row(_SHOWN, Entry(what, place, group=group), what, place))
        self._rows = rows
        self.query_one(SettingList).show([row.entry for row in rows])
        self.query_one(Header).note = words.count(made.cards, "card") if made is not None else ""
        self.query_one(Trouble).say(self._trouble)
        self.explain()

    @property
    def _is_there(self) -> bool:
        try:
            return os.path.lexists(self._file)
        except ValueError:
            return False

    @property
    def _trouble(self) -> str:
        """Why nothing can be written yet; "" if it can."""
        if self._failure:
            return self._failure
        if self._is_there and not self._replaces:
            return "There is such a file already. Give another name, or say that it is to be replaced."
        return ""

    @property
    def _row(self) -> _Row | None:
        place = self.query_one(SettingList).selected
        return self._rows[place] if place < len(self._rows) else None

    def explain(self) -> None:
        """Say what the format holds, or what there is to say of the row."""
        row = self._row
        if row is None or (self._work.busy and self._parcel is not None):
            return
        about = row.about
        if row.key != _SHOWN and not self.typing:
            about = f"{words.sentence(about)}{changes(key_of(self, 'export.change'))}"
        self.query_one(Words).say(row.head or row.entry.name, about)
        self.refresh_bindings()

    def _tell(self, done: int, of: int) -> None:
        far = f"{done * 100 // of} %. " if of else ""
        off = f"{far}{key_of(self, 'export.back')} calls it off, and leaves nothing."
        self.tell(self._doing, off if self._writes else "", done, of)

    # ---- changing

    def action_change(self) -> None:
        """Type a path; give any other row its next value."""
        row = self._row
        if row is None or row.key == _SHOWN or self._writes:
            return
        if row.key == _FILE:
            self.ask(tilde(self._file), "path of the file")
        else:
            self.action_step(1)

    def take(self, value: str) -> bool:
        """Take a path."""
        if not value.strip():
            return False
        # A path that holds what can't be typed stands there with signs in its place.
        self._file = self._file if value == tilde(self._file) else path_typed(value).absolute()
        named = next((one for one in _FORMATS if SUFFIXES[one] == self._file.suffix.lower()), self._format)
        if named != self._format:
            # As on the command line: what a file is called says what it holds.
            self._format = named
            self._pack()
        self._replaces = False
        self._show()
        return True

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """A click on the selected row changes it."""
        message.stop()
        self.action_change()

    def action_step(self, steps: int) -> None:
        """Give the selected row its next value, or the one before."""
        row = self._row
        if row is None or self._writes:
            return
        if row.key == _REPLACE:
            self._replaces = not self._replaces
        elif row.key == _FORMAT:
            self._format = _FORMATS[(_FORMATS.index(self._format) + steps) % len(_FORMATS)]
            if self._file.suffix.lower() in SUFFIXES.values():
                self._file = _free(self._file.with_suffix(""), SUFFIXES[self._format])
            self._replaces = False
            self._pack()
        self._show()

    # ---- writing

    def action_write(self) -> None:
        """Write the file."""
        made = self._parcel
        if made is None or self._work.busy or self._trouble:
            return
        app, deck, file, replaces = self.quizapp, self._deck, self._file, self._replaces

        written: list[str] = []

        def do(progress: Progress) -> None:
            before = held(file, replace=replaces)
            if made.notes is None:
                write(file, made, before)
            else:
                retention = deck.study.over(usual_study(app.settings)).retention
                write_package(file, made.notes, before, deck, app.store, app.clock(), retention, progress)
            written.append(f"{words.count(made.cards, 'card')} in {tilde(file)}")

        def ended() -> None:
            if written:
                # It was called off too late to stop.
                self._done(written[0])
            else:
                self._writes = False
                self.told()

        self._writes = True
        self._doing = f"Writing {safe(file.name)}"
        self._tell(0, 0)
        self._work.begin(do, lambda _: self._done(written[0]), self._failed, ended)
        self.refresh_bindings()

    def _done(self, said: str) -> None:
        self.dismiss()
        self.app.notify(words.sentence(said), markup=False)

    def _failed(self, trouble: str) -> None:
        self._writes = False
        self.told()
        self._show()
        self.query_one(Trouble).say(trouble)

    # ---- leaving

    @property
    def can_call_off(self) -> bool:
        """While a file is written."""
        return self._writes

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a path is typed keys belong to it; while it is written it can only be called off."""
        if not self.is_mounted:
            return True
        if self.typing or self._writes:
            return action in ("back", "help")
        if action == "write":
            return self._parcel is not None and not self._trouble
        if action in ("change", "step"):
            return self._row is not None and self._row.key != _SHOWN
        return True

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = (
            "The deck stays as it is; its cards are written in another program's format. What that can't "
            "hold is listed. A file that is there is only replaced if you say so."
        )
        self.app.push_screen(HelpScreen("export", rules))


def _free(stem: Path, suffix: str) -> Path:
    """A file with this suffix that is not there: with a number behind its name where it must be."""
    file, number = stem.with_name(f"{stem.name}{suffix}"), 2
    while os.path.lexists(file):
        file, number = stem.with_name(f"{stem.name}-{number}{suffix}"), number + 1
    return file


def _line(text: str) -> str:
    return visible(" ".join(text.split()))
