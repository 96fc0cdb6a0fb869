"""Importing a deck, the first step: which file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input

from quizapp import words
from quizapp.exchanging.coming import Coming, look_into
from quizapp.exchanging.incoming import PACKAGES, SUFFIXES
from quizapp.tui.fit import fit
from quizapp.tui.long_work import LongWork
from quizapp.tui.paths import Found, fitting, listed, path_typed, plain_path, safe, size_shown, split
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter, key_of
from quizapp.tui.widgets.line import Line
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.setting_list import Entry, SettingList
from quizapp.tui.widgets.words import Words

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp

_ABOUT = (
    "A table (CSV, TSV), an Anki package, GIFT, Markdown or JSON. Type its path, choose it, or drop it here."
)


class ImportScreen(Screen[None]):
    """A line for the path, and below it what lies there; Enter opens a folder or looks into a file."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", id="import.complete", tooltip="Put the selected name in"),
        Binding("up", "move(-1)", "Up", show=False, id="import.up", tooltip="The name above"),
        Binding("down", "move(1)", "Down", show=False, id="import.down", tooltip="The name below"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="import.pageup", tooltip="A page up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="import.pagedown", tooltip="A page down"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape", "back", "Home", id="import.home", tooltip="Back to the decks; nothing is imported"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Found] = []  # what lies in the folder
        self._shown: list[Found] = []
        self._folder: Path | None = None  # the one that was looked into
        self._moved = False  # whether a row was chosen since the last letter
        self._real: dict[str, Path] = {}  # paths that can't be typed as they are, by what stands for them
        self._work = LongWork(self, self._tell)

    @property
    def quizapp(self) -> QuizApp:
        """The app, as what it is."""
        return cast("QuizApp", self.app)

    def compose(self) -> ComposeResult:
        """The line, what lies there, and a word on it."""
        fit(self)
        with Column():
            yield Header("Import a deck")
            yield Rule(classes="line")
            yield Line("Path of the file", whole=_is_path, id="import-path")
            names = SettingList(id="import-list")
            names.can_focus = False
            yield names
            yield Rule(classes="line")
            with Vertical(id="import-detail"):
                yield Words(id="import-words")
            yield KeyFooter()

    def on_mount(self) -> None:
        """Begin in the current folder."""
        self.query_one(KeyFooter).label("line.take", "Open")
        self._look()
        self.query_one(Line).focus()

    def on_screen_resume(self) -> None:
        """Somebody comes back from a preview, or the files have changed meanwhile."""
        self._folder = None
        self._look()
        self.query_one(Line).focus()

    def on_unmount(self) -> None:
        """Whatever is still being read is read for nobody."""
        self._work.call_off()

    # ---- what is shown

    def _path(self) -> Path:
        text = self.query_one(Line).value
        return self._real.get(plain_path(text)) or path_typed(text)

    def _look(self, trouble: str = "") -> None:
        """Show what fits the line."""
        above, start = split(self.query_one(Line).value)
        folder = self._real.get(above) or path_typed(above or ".")
        if folder != self._folder:
            self._folder = folder
            try:
                self._found = listed(folder, SUFFIXES)
            except (OSError, ValueError):
                self._found = []
        self._shown = fitting(self._found, start)
        self.query_one(SettingList).show([Entry(one.name, _kind(one)) for one in self._shown])
        self.query_one(SettingList).selected = 0
        self._say(trouble)

    def _say(self, trouble: str = "") -> None:
        number = len(self._shown)
        self.query_one(Header).note = words.count(number, "name fits", "names fit") if number else ""
        name = safe(self._path().name) or "Import a deck"
        if not self._shown and not trouble and self.query_one(Line).value.strip():
            self.query_one(Words).say(name, f"No folder here, and no file that can be imported. {_ABOUT}")
        else:
            self.query_one(Words).say(name if trouble else "From another program's file", _ABOUT, trouble)

    def _tell(self, done: int, of: int) -> None:
        name = safe(self._path().name)
        far = f"{done:,} of {words.count(of, 'note')}. " if of else ""
        self.query_one(Words).say(f"Reading {name}", f"{far}{key_of(self, 'import.home')} calls it off.")

    def on_input_changed(self, message: Input.Changed) -> None:
        """Show what fits."""
        message.stop()
        self._moved = False
        self._look()

    # ---- keys

    def action_move(self, rows: int) -> None:
        """Select another name."""
        self._moved = True
        self.query_one(SettingList).action_move(rows)

    def action_page(self, pages: int) -> None:
        """Select a name a page away."""
        self._moved = True
        self.query_one(SettingList).action_page(pages)

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        """A click selects a name too."""
        message.stop()
        self._moved = self._moved or message.place > 0

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """A click on the selected name is Enter."""
        message.stop()
        self._moved = True
        self._open()

    def action_complete(self) -> None:
        """Put the selected name into the line."""
        if self._selected is not None:
            self._put(self._selected)

    @property
    def _selected(self) -> Found | None:
        place = self.query_one(SettingList).selected
        return self._shown[place] if place < len(self._shown) else None

    def _put(self, one: Found) -> None:
        above, _ = split(self.query_one(Line).value)
        text = f"{safe(above)}{one.name}"
        if path_typed(text) != one.path:
            # Its name holds what can't be typed; the line shows signs in its place.
            self._real[text] = one.path
        self.query_one(Line).put(text)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter opens what is meant."""
        message.stop()
        self._open()

    def _open(self) -> None:
        if self._work.busy and not self._work.ends:
            return
        path, selected = self._path(), self._selected
        if self.query_one(Line).value.strip() and not self._moved and _is_file(path):
            self._read(path)
        elif selected is not None:
            self._put(selected)
            if not selected.folder:
                self._read(selected.path)
        else:
            self._read(path)

    def _read(self, path: Path) -> None:
        self._tell(0, 0)
        self._work.begin(lambda progress: look_into(path, progress), self._preview, self._refuse, self._look)

    def _preview(self, coming: Coming) -> None:
        from quizapp.tui.import_preview import PreviewScreen

        self._look()
        self.app.push_screen(PreviewScreen(coming))

    def _refuse(self, trouble: str) -> None:
        self._look(safe(trouble))

    def action_back(self) -> None:
        """Call off the reading; back to the decks."""
        if self._work.busy and not self._work.ends:
            self._work.call_off()
            self._look()
        else:
            self.dismiss()

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = (
            "What is typed leaves the names that begin with it. ~ is your own folder, a path without a slash "
            "in front begins where quizapp was started. What would come is shown before anything is written."
        )
        self.app.push_screen(HelpScreen("import", rules))


def _is_path(text: str) -> bool:
    """Whether a pasted text is a whole path, as terminals give it for a file that is dropped."""
    plain = plain_path(text)
    return text.lower().startswith("file://") or plain.startswith(("/", "~")) or plain[1:3] in (":\\", ":/")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _kind(one: Found) -> str:
    if one.folder:
        return "folder"
    suffix = one.path.suffix.lower()
    what = "Anki" if suffix in PACKAGES else suffix.removeprefix(".")
    return f"{what}, {size_shown(one.size)}"
