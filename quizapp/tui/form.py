"""A card's form: its fields, what is wrong with them, and the card as it will be asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, cast

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from quizapp import words
from quizapp.deck.adding import BadCards
from quizapp.deck.card import Deck, Kind
from quizapp.deck.edit import EditError
from quizapp.deck.entry import TRUTH
from quizapp.deck.faults import Fault
from quizapp.deck.form import NO, YES, Draft, Field, Shape, draft_of, fields_of, table_of
from quizapp.deck.replace import FileChanged
from quizapp.deck.text import visible
from quizapp.deck.trying import Around, Tried, try_entry
from quizapp.deck.write import Value
from quizapp.edits import DeckFile, Edit, add, change
from quizapp.tui.background import begin
from quizapp.tui.fit import fit
from quizapp.tui.form_keys import FORM_KEYS
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.fields import Changed, Control, FieldRow, Line, Lines, Option, Pick
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter, key_of
from quizapp.tui.widgets.trial import Trial
from quizapp.tui.widgets.troubles import Troubles

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp

_KIND = Field("kind", "Kind", "", Shape.CHOICE)
_KINDS = {kind: kind.value.capitalize() for kind in Kind}


class Opened(Struct, frozen=True):
    """What the form is about. key: of the card whose entry it is, "" for a new one. data: the file as it was
    read. table: what the entry says there.
    around: what it stands among. number: where it stands (0-based)."""

    file: DeckFile
    data: bytes
    around: Around
    key: str = ""
    table: Mapping[str, Any] = {}
    number: int = 0

    @property
    def deck(self) -> Deck:
        """The deck that it is in."""
        return self.file.deck


class FormScreen(Screen[None]):
    """The fields of an entry. What was typed is never lost: it is saved, or kept as a draft."""

    BINDINGS: ClassVar[list[BindingType]] = FORM_KEYS

    def __init__(self, opened: Opened, first: Draft, draft: Draft | None = None) -> None:
        """first: what the fields hold at first. draft: what was typed into them already."""
        super().__init__()
        self._opened = opened
        self._first = first
        self._draft = draft or first
        self._known = self._faults_of(draft_of(opened.table)) if opened.key else frozenset()
        self._tried = Tried((), ())
        self._left: set[str] = set()  # the fields that were left once
        self._asked = False  # whether it was to be saved: then nothing that is missing is passed over
        self._trouble = ""  # what kept it from being saved
        self._saving = False
        self._added = 0
        self.header = Header(visible(opened.deck.title), "Edit card" if opened.key else "New card")
        self.problems = Troubles()
        self.trial = Trial()

    @property
    def quizapp(self) -> QuizApp:
        """The app, as what it is."""
        return cast("QuizApp", self.app)

    @property
    def draft(self) -> Draft:
        """What stands in the fields."""
        return self._draft

    def compose(self) -> ComposeResult:
        """Header, fields, what is wrong with them, footer; the card beside or below the fields."""
        fit(self)
        with Vertical(id="form"):
            yield self.header
            yield Rule(classes="line")
            with Horizontal(id="form-body"):
                with Vertical(id="form-left"):
                    with VerticalScroll(id="form-fields", can_focus=False):
                        kinds = [Option(kind.value, name) for kind, name in _KINDS.items()]
                        yield FieldRow(_KIND, Pick(kinds, self._draft.kind), id="form-kind")
                    yield self.problems
                yield self.trial
            yield KeyFooter()

    def on_mount(self) -> None:
        """Show the fields, and begin with the first that is to be filled in."""
        self._lay_out(focus="prompt")

    # ---- the fields

    def _lay_out(self, focus: str = "") -> None:
        """Put the fields of the kind there. focus: the one that is filled in next; "" leaves it."""
        holder = self.query_one("#form-fields", VerticalScroll)
        rows = [FieldRow(field, self._control(field)) for field in fields_of(self._draft.kind)]

        async def put() -> None:
            async with self.batch():
                await self.query(FieldRow).exclude("#form-kind").remove()
                await holder.mount_all(rows)
            row = next((one for one in rows if one.field.name == focus), None)
            if row is not None:
                row.control.focus()
            self._judge()

        begin(self, put, group="fields", exclusive=True)

    def _control(self, field: Field) -> Control:
        text, deck = self._draft.text(field), self._opened.deck
        match field.shape:
            case Shape.TEXT | Shape.ITEMS:
                return Lines(text)
            case Shape.CHOICE:
                options = [
                    Option(choice, visible(choice), (letter, str(place + 1)), place)
                    for place, (choice, letter) in enumerate(zip(deck.choices, deck.keys, strict=True))
                ]
                truth = [
                    Option(word, word, (word[0].casefold(),) if not options else ())
                    for word in TRUTH
                    if word not in deck.choices and (not options or text in TRUTH)
                ]
                return Pick([*options, *truth], text)
            case Shape.YES:
                return Pick([Option(NO, "No", ("n",)), Option(YES, "Yes", ("y",))], text)
        known = sorted({card.aspect for card in deck.cards if card.aspect}) if field.name == "aspect" else ()
        return Line(text, known)

    @property
    def _rows(self) -> list[FieldRow]:
        return list(self.query(FieldRow))

    def _row_of(self, widget: Widget | None) -> FieldRow | None:
        return next((row for row in self._rows if row.control is widget), None)

    def on_changed(self, message: Changed) -> None:
        """Judge what stands there now; another kind has other fields."""
        message.stop()
        rows = self._rows
        kind = next((Kind(row.text) for row in rows if row.field is _KIND), self._draft.kind)
        texts = {row.field.name: row.text for row in rows if row.field is not _KIND}
        another = kind is not self._draft.kind
        self._draft = Draft(kind, {**self._draft.texts, **texts})
        self._trouble = ""
        if another:
            self._lay_out()
        else:
            self._judge()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A field that was left empty may be named from then on."""
        row = self._row_of(event.widget)
        if row is not None:
            self._left.add(row.field.name)
            self._judge()

    def action_move(self, steps: int) -> None:
        """Go to the field above or below."""
        if steps > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter in a line goes to the next one."""
        message.stop()
        self.action_move(1)

    # ---- what is wrong

    @property
    def table(self) -> dict[str, Value]:
        """The entry that the fields make."""
        return table_of(self._draft, self._opened.deck, self._opened.table)

    def _faults_of(self, draft: Draft) -> frozenset[str]:
        table = table_of(draft, self._opened.deck, self._opened.table)
        return frozenset(fault.message for fault in self._try(table).faults)

    def _try(self, table: Mapping[str, Any]) -> Tried:
        number = self._opened.number if self._opened.key else len(self._opened.around.keys)
        return try_entry(table, number, self._opened.around)

    @property
    def _missing(self) -> list[Field]:
        fields = fields_of(self._draft.kind)
        return [field for field in fields if field.required and not self._draft.text(field).strip()]

    @property
    def _wrong(self) -> list[str]:
        """What keeps the card from being saved, but for what is not filled in yet."""
        faults = [fault for fault in self._tried.faults if fault.message not in self._known]
        return [_sentence(one) for one in faults]

    def _judge(self) -> None:
        """Judge the entry, and show what is wrong and how it will be asked."""
        missing = self._missing
        self._tried = self._try(self.table) if not missing else Tried((), ())
        named = [field for field in missing if self._asked or field.name in self._left]
        lines = [self._trouble] if self._trouble else []
        lines += [f"{field.label} is empty." for field in named]
        lines += self._wrong
        lines += [_sentence(one) for one in self._tried.hints]
        self.problems.say(lines)
        self.trial.show(
            self._tried.cards, key_of(self, "form.next_card"), self._draft.texts.get("prompt", "").strip()
        )
        self.refresh_bindings()

    # ---- saving

    def action_save(self) -> None:
        """Save the card, if nothing keeps it from being one."""
        if self._saving:
            return
        self._asked = True
        self._judge()
        if missing := self._missing:
            row = next((row for row in self._rows if row.field is missing[0]), None)
            if row is not None:
                row.control.focus()
        elif not self._wrong:
            self._save(self._opened.data)

    def _save(self, before: bytes) -> None:
        """before: the file as it was read."""
        self._saving = True
        # With the app, not with the screen: it is done to its end also where the form is left meanwhile.
        begin(self.app, lambda: self._carry_out(before), group="editing")

    async def _carry_out(self, before: bytes) -> None:
        opened, table = self._opened, self.table
        editing = self.quizapp.editing
        file = editing.file_of(opened.deck)

        def write() -> Edit:
            if opened.key:
                return change(file, opened.key, table, before)
            # Nothing that is in the file meanwhile is touched.
            return add(file, [table], file.data())

        try:
            edit = await editing.write(write)
        except FileChanged:
            self._ask(file)
        except BadCards as bad:
            self._say(
                words.sentence(str(bad.problems[0][1].message)) if bad.problems else "It can't be read."
            )
        except EditError as error:
            self._say(f"{error} What you typed is kept.")
        else:
            self._saved(edit)
        finally:
            self._saving = False

    def _say(self, trouble: str) -> None:
        self._keep()
        self._trouble = trouble
        if self.is_attached:
            self._judge()

    def _saved(self, edit: Edit) -> None:
        self.quizapp.editing.forget(self._opened)
        if not self.is_attached:
            return
        if self._opened.key:
            self._leave()
            self.quizapp.editing.say(f"Saved.{self.quizapp.editing.offer()}")
            return
        self._added += 1
        self.header.note = f"{self._added} added"
        self._begin_anew(edit)

    def _begin_anew(self, edit: Edit) -> None:
        """Take the next card: of the same kind, aspect and tags."""
        kept = {name: text for name, text in self._draft.texts.items() if name in ("aspect", "tags")}
        around = self._opened.around
        keys = {**around.keys, **{card.key: card.entry for card in edit.new}}
        deck = self.quizapp.sessions.as_now(self._opened.deck)
        file = self.quizapp.editing.file_of(deck)
        self._opened = Opened(file, edit.after, Around(around.choices, around.markdown, keys, around.others))
        self._first = self._draft = Draft(self._draft.kind, kept)
        self._asked, self._left = False, set()
        self._lay_out(focus="prompt")

    def _ask(self, file: DeckFile) -> None:
        """The file was saved by another program meanwhile: the person chooses."""
        from quizapp.tui.conflict import ConflictScreen

        self._keep()
        if not self.is_attached:
            return

        def then(put: bool | None) -> None:
            if put is None:
                self._judge()
            elif put:
                self._put(file)
            else:
                self._leave()
                self.quizapp.editing.say("The file stays as it is. What you typed is kept as a draft.")

        self.app.push_screen(ConflictScreen(file, self._opened.key, self._opened.table, self.table), then)

    def _put(self, file: DeckFile) -> None:
        try:
            before = file.data()
        except EditError as error:
            self._say(f"{error} What you typed is kept.")
        else:
            self._save(before)

    # ---- ways out

    @property
    def _changed(self) -> bool:
        fields = fields_of(self._draft.kind)
        return self._draft.kind is not self._first.kind or any(
            self._draft.text(field) != self._first.text(field) for field in fields
        )

    def _keep(self) -> bool:
        """Keep what was typed as a draft; whether there was anything."""
        if self._changed and not self._draft.is_empty:
            self.quizapp.editing.keep(self._opened, self._draft)
            return True
        self.quizapp.editing.forget(self._opened)
        return False

    def action_close(self) -> None:
        """Leave; what was typed is there again when the form is opened again."""
        if self._saving:
            return
        if self._keep():
            self.quizapp.editing.say("Kept as a draft. It is there when you open the form again.")
        self._leave()

    def _leave(self) -> None:
        while self in self.app.screen_stack and self.app.screen is not self:
            self.app.pop_screen()
        if self.app.screen is self:
            self.dismiss()

    def action_another(self) -> None:
        """Write a new card for the same deck."""
        self._keep()
        self._leave()
        self.quizapp.editing.add(self._opened.deck)

    def action_duplicate(self) -> None:
        """Write a new card that begins with what stands here."""
        self._keep()
        self._leave()
        self.quizapp.editing.add(self._opened.deck, self._draft.put("id", ""))

    def action_delete(self) -> None:
        """Delete the card."""
        self.quizapp.editing.forget(self._opened)
        self._leave()
        self.quizapp.editing.delete_key(self._opened.deck, self._opened.key)

    def action_preview(self) -> None:
        """Show the card in the place of the fields, or the fields again."""
        self.toggle_class("-preview")
        self.refresh_bindings()

    def action_next_card(self) -> None:
        """Show the next card of the entry."""
        self.trial.step()

    def on_resize(self) -> None:
        """Beside the fields the card needs no key."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense now is bound, shown and listed."""
        match action:
            case "preview":
                return not (self.has_class("-wide") or self.has_class("-tall"))
            case "next_card":
                return self.trial.count > 1
            case "duplicate" | "delete":
                return bool(self._opened.key)
        return True

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = (
            "What you save goes into the deck's own file, and every other line of it stays as it is. A card "
            "keeps its history whatever its new words. An item of a list takes a line of its own; tags stand "
            "between commas."
        )
        self.app.push_screen(HelpScreen("card form", rules))


def _sentence(fault: Fault) -> str:
    """What is wrong and the remedy, as a sentence."""
    text = f"{fault.message}; {fault.remedy}" if fault.remedy else fault.message
    return words.sentence(f"{text[:1].upper()}{text[1:]}")
