"""A card's form: its fields, what is wrong with them, and the card as it will be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input

from quizapp.deck.edit import EditError
from quizapp.deck.form import Draft
from quizapp.deck.text import visible
from quizapp.deck.trying import Tried
from quizapp.edits import DeckFile, Edit
from quizapp.tui.background import begin
from quizapp.tui.fit import fit
from quizapp.tui.form_keys import FORM_KEYS, FORM_RULES
from quizapp.tui.form_saving import written
from quizapp.tui.opened import Opened, missing, sentence
from quizapp.tui.pause import Pause
from quizapp.tui.unsaved import Unsaved
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.draft_line import DraftLine
from quizapp.tui.widgets.field_list import FieldList
from quizapp.tui.widgets.fields import Changed
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter, key_of
from quizapp.tui.widgets.stack import Stack
from quizapp.tui.widgets.trial import Trial
from quizapp.tui.widgets.troubles import Troubles

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp
    from quizapp.tui.drafts import Brought


class FormScreen(Screen[None]):
    """The fields of an entry. What was typed is never lost: it is saved, or kept as a draft."""

    BINDINGS: ClassVar[list[BindingType]] = FORM_KEYS

    def __init__(self, opened: Opened, first: Draft, brought: Brought | None = None) -> None:
        """first: what the fields hold at first. brought: what was typed into them already."""
        super().__init__()
        self.opened = opened
        """What the form is about."""
        self._unsaved = Unsaved(first, brought)
        self._tried = Tried((), ())
        self._left: set[str] = set()  # the fields that were left once
        self._asked = False  # whether it was to be saved: then nothing that is missing is passed over
        self._at = ""  # the field that was left last
        self._trouble = ""  # what kept it from being saved
        self._saving = False
        self._is_left = False  # whether it was left by a way out of its own
        self._added = 0
        self._pause = Pause(self, self.keep)
        self.header = Header(visible(opened.deck.title), "Edit card" if opened.key else "New card")
        self.problems = Troubles()
        self.trial = Trial()
        self.draft_line = DraftLine()
        self.draft_line.display = brought is not None

    @property
    def quizapp(self) -> QuizApp:
        """The app, as what it is."""
        return cast("QuizApp", self.app)

    @property
    def draft(self) -> Draft:
        """What stands in the fields."""
        return self._unsaved.now

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._unsaved.is_typed

    def compose(self) -> ComposeResult:
        """Header, fields, what is wrong with them, footer; the card beside or below the fields."""
        fit(self)
        with Vertical(id="form"):
            yield self.header
            yield Rule(classes="line")
            yield self.draft_line
            with Horizontal(id="form-body"):
                with Stack(id="form-left"):
                    yield (fields := FieldList(self.draft.kind, id="form-fields"))
                    yield fields.hint
                    yield self.problems
                yield self.trial
            yield KeyFooter()

    def on_mount(self) -> None:
        """Show the fields, and begin with the first that is to be filled in."""
        self._lay_out(focus="prompt")
        # Once it is known which keys the screen has.
        self.call_after_refresh(self._mark_draft)

    # ---- the fields

    def _lay_out(self, focus: str = "") -> None:
        """Put the fields of the kind there. focus: the one that is filled in next; "" leaves it."""

        async def put() -> None:
            await self._fields.lay_out(self.draft, self.opened.deck)
            self._fields.focus_on(focus)
            self._judge()

        begin(self, put, group="fields", exclusive=True)

    @property
    def _fields(self) -> FieldList:
        return self.query_one(FieldList)

    def on_changed(self, message: Changed) -> None:
        """Judge what stands there now; another kind has other fields."""
        message.stop()
        before = self.draft
        self._unsaved.now = self._fields.read(before)
        self._trouble = ""
        self._pause.typed()
        if self.draft.kind is not before.kind:
            self._lay_out()
        else:
            self._judge()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A field that was left empty may be named from then on."""
        row = self._fields.row_of(event.widget)
        if row is not None:
            self._left.add(row.field.name)
            self._at = row.field.name
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

    def _judge(self) -> None:
        """Judge the entry, and show what is wrong and how it will be asked."""
        self._tried = self.opened.tried(self.draft)
        named = [field for field in missing(self.draft) if self._asked or field.name in self._left]
        lines = [self._trouble] if self._trouble else []
        lines += [f"{field.label} is empty." for field in named]
        lines += self.opened.wrong(self._tried)
        lines += [sentence(one) for one in self._tried.hints]
        self.problems.say(lines)
        self.trial.show(
            self._tried.cards, key_of(self, "form.next_card"), self.draft.texts.get("prompt", "").strip()
        )
        self.refresh_bindings()

    # ---- saving

    def action_save(self) -> None:
        """Save the card, if nothing keeps it from being one."""
        if self._saving:
            return
        self._asked = True
        self._judge()
        if empty := missing(self.draft):
            self._fields.focus_on(empty[0].name)
        elif not self.opened.wrong(self._tried):
            self._save(self.opened.data)

    def _save(self, before: bytes, *, anew: bool = False) -> None:
        """before: the file as it was read. anew: as a new card."""
        self._saving = True
        self._pause.end()
        self.header.note = "Saving…"
        # What is typed meanwhile would go into a card that is saved already.
        self._fields.disabled = True
        # With the app, not with the screen: it is done to its end also where the form is left meanwhile.
        begin(self.app, lambda: self._carry_out(before, anew=anew), group="editing")

    async def _carry_out(self, before: bytes, *, anew: bool) -> None:
        try:
            match await written(self.quizapp.editing, self.opened, self.draft, before, anew=anew):
                case DeckFile() as file:
                    self._ask(file)
                case str(trouble):
                    self._say(trouble)
                case edit:
                    self._saved(edit)
        finally:
            self._saving = False
            self.header.note = f"{self._added} added" if self._added else ""
            if self.is_attached and self._fields.disabled:
                self._fields.disabled = False
                self._fields.focus_on(self._at)

    def _say(self, trouble: str) -> None:
        self.keep()
        self._trouble = trouble
        if self.is_attached:
            self._judge()

    def _saved(self, edit: Edit) -> None:
        self.quizapp.editing.drafts.forget(self.opened)
        self._unsaved.saved()
        if not self.is_attached:
            return
        if self.opened.key:
            self._leave()
            self.quizapp.editing.say(f"Saved.{self.quizapp.editing.offer()}")
            return
        self._added += 1
        self._begin_anew(edit)

    # ---- what is not saved

    def _mark_draft(self) -> None:
        """Say whose text stands there, and what the key does with it."""
        said, does = self._unsaved.mark(self.quizapp.clock())
        self.draft_line.display = bool(said)
        self.draft_line.say(said, key_of(self, "form.discard"), does)

    def action_discard(self) -> None:
        """Go back to what the file says, or bring back what was typed."""
        self._unsaved.turn()
        row = self._fields.row_of(self.focused)
        self._left, self._asked, self._trouble = set(), False, ""
        self._lay_out(focus=row.field.name if row is not None else "prompt")
        self.keep()
        self._mark_draft()
        if self._unsaved.is_discarded and not self._unsaved.was_brought:
            self.quizapp.editing.say(f"Discarded. {key_of(self, 'form.discard')} brings it back.")

    def _begin_anew(self, edit: Edit) -> None:
        """Take the next card: of the same kind, aspect and tags."""
        kept = {name: text for name, text in self.draft.texts.items() if name in ("aspect", "tags")}
        self.opened = self.opened.after(edit, self.quizapp.editing.file_of(self.opened.deck))
        self._unsaved.saved(Draft(self.draft.kind, kept))
        self._mark_draft()
        self._asked, self._left = False, set()
        self._fields.disabled = False
        self._lay_out(focus="prompt")

    def _ask(self, file: DeckFile) -> None:
        """The file was saved by another program meanwhile: the person chooses."""
        from quizapp.tui.conflict import ConflictScreen

        self.keep()
        if not self.is_attached:
            return

        def then(put: bool | None) -> None:
            if put is None:
                self._judge()
            elif put:
                self._put(file, anew=conflict.is_gone)
            else:
                self._leave()
                self.quizapp.editing.say("The file stays as it is. What you typed is kept as a draft.")

        opened = self.opened
        conflict = ConflictScreen(file, opened.key, opened.table, opened.entry(self.draft))
        self.app.push_screen(conflict, then)

    def _put(self, file: DeckFile, *, anew: bool) -> None:
        """anew: as a new card, for the file has none any more that it could take the place of."""
        try:
            before = file.data()
        except EditError as error:
            self._say(f"{error} What you typed is kept.")
        else:
            self._save(before, anew=anew)

    # ---- ways out

    def keep(self) -> bool:
        """Keep what was typed as a draft; whether there was anything."""
        self._pause.end()
        drafts = self.quizapp.editing.drafts
        if self.is_unsaved:
            drafts.keep(self.opened, self._unsaved.first, self.draft)
        else:
            drafts.forget(self.opened)
        return self.is_unsaved

    def action_close(self) -> None:
        """From the card back to its fields; else leave: what was typed is there again when the form is opened
        again."""
        if self._previews:
            self.action_preview()
        elif not self._saving:
            self._leave_draft()

    async def on_unmount(self) -> None:
        """Where another screen took its place, or the app fails, what was typed is kept too."""
        if not (self._is_left or self._saving):
            self._say_kept()
            await self.quizapp.editing.drafts.write()

    def _leave_draft(self) -> None:
        self._say_kept()
        self._leave()

    def _say_kept(self) -> None:
        if self.keep():
            self.quizapp.editing.say("Kept as a draft. It is there when you open the form again.")

    def _leave(self) -> None:
        self._is_left = True
        while self in self.app.screen_stack and self.app.screen is not self:
            self.app.pop_screen()
        if self.app.screen is self:
            self.dismiss()

    def action_another(self) -> None:
        """Write a new card for the same deck."""
        if not self._saving:
            self.keep()
            self._leave()
            self.quizapp.editing.add(self.opened.deck)

    def action_duplicate(self) -> None:
        """Write a new card that begins with what stands here."""
        if not self._saving:
            self.keep()
            self._leave()
            opened, first = self.opened, self.draft.put("id", "")
            self.quizapp.editing.add_like(opened.deck, first, opened.key)

    def action_delete(self) -> None:
        """Delete the card."""
        if not self._saving:
            self.keep()
            self._leave()
            self.quizapp.editing.delete_key(self.opened.deck, self.opened.key)

    def action_suspend(self) -> None:
        """Ask the card no more. A question below goes on with the next one."""
        from quizapp.tui.aside import put_aside  # with the screen of study

        if not self._saving:
            put_aside(self.quizapp, self.opened.deck, self.opened.key, self._leave_draft)

    def action_preview(self) -> None:
        """Show the card in the place of the fields, or the fields again."""
        self.toggle_class("-preview")
        self._name_keys()
        self.refresh_bindings()

    @property
    def _previews(self) -> bool:
        """Whether the card stands in the place of the fields."""
        beside = self.has_class("-wide") or self.has_class("-tall")
        return self.has_class("-preview") and not beside

    def _name_keys(self) -> None:
        footer = self.query_one(KeyFooter)
        footer.label("form.preview", "Fields" if self._previews else "")
        footer.label("form.close", "Fields" if self._previews else "")

    def action_next_card(self) -> None:
        """Show the next card of the entry."""
        self.trial.step()

    def on_resize(self) -> None:
        """Beside the fields the card needs no key."""
        self._name_keys()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense now is bound, shown and listed."""
        match action:
            case "preview":
                return not (self.has_class("-wide") or self.has_class("-tall"))
            case "next_card":
                return self.trial.count > 1
            case "discard":
                return self._unsaved.can_turn and not (self._previews or self._saving)
            case "another":
                # In an empty form it would open the same one again.
                return bool(self.opened.key or self.opened.origin)
            case "duplicate" | "delete" | "suspend":
                return bool(self.opened.key)
        return True

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        self.app.push_screen(HelpScreen("card form", FORM_RULES))
