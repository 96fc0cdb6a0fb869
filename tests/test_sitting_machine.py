"""Whatever is done in whatever order, by one quizapp or two: the log only grows, and its caches are what a
rebuild makes of it; what is asked may be asked."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec import structs

from quizapp.caches import rebuild
from quizapp.carry import rekey_of
from quizapp.deck.card import Card, Deck, Flip, Kind, StudyDefaults, UsualStudy, card_key
from quizapp.deck.library import Library
from quizapp.learn import quiz as quizzing
from quizapp.learn.judge import Chosen, Written
from quizapp.learn.schedule import default_scheduler
from quizapp.learn.setup import Mode, QuizSetup
from quizapp.learn.study import Asking, Finished, Grading, Item
from quizapp.record import Answer, Event, Grade, Ref, Undoable
from quizapp.scores.log import Done
from quizapp.scores.store import Store, open_store
from quizapp.sitting import (
    QuizSitting,
    StudySitting,
    bring_back,
    bury,
    carry,
    catch_up,
    cram,
    flag,
    lift_caps,
    quiz,
    study,
    suspend,
    take_back,
    undo_last,
    unflag,
    unmark,
)
from quizapp.sitting.fitting import keep_parameters, take_back_parameters
from quizapp.sitting.one import one
from tests.builders import DAY_MS, FakeClock, deck, flip, statement, typed

EXAM = "2026-01-21"
USUAL = UsualStudy(new_per_day=3, reviews_per_day=4)


def both_ways(front: str, back: str) -> tuple[Card, Card]:
    """The two cards of one entry."""
    forth = flip(front, back)
    key = card_key(Kind.FLIP, prompt=front, part="reverse")
    return forth, Flip(key=key, entry=0, prompt=back, answer=front)


def decks() -> dict[str, Deck]:
    """Siblings, a card with a hint and other wordings, typed ones, sides; one deck has an exam."""
    pairs = (*both_ways("uno", "one"), *both_ways("dos", "two"))
    flips = deck(*pairs, structs.replace(flip("tres", "three"), hint="3", variants=("tria",)), id="flips")
    cards = [structs.replace(card, entry=place // 2) for place, card in enumerate(flips.cards)]
    exam = StudyDefaults(exam_date=date.fromisoformat(EXAM), new_per_day=2)
    sides = deck(
        statement("Anyone can do it.", "BPO", aspect="who"),
        statement("Few can.", "KPO", aspect="who"),
        typed("What does K stand for?", "knowledge"),
        id="sides",
        study=exam,
    )
    return {"flips": structs.replace(flips, cards=tuple(cards)), "sides": sides}


class Machine(RuleBasedStateMachine):
    """Two programs on one scores file, each with a sitting, and a library that both see."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = FakeClock()
        path = Path(self.folder.name) / "scores.db"
        self.stores = [open_store(path, now_ms=self.clock.now_ms) for _ in range(2)]
        self.sittings: list[StudySitting | None] = [None, None]
        self.games: list[QuizSitting | None] = [None, None]
        self.decks = decks()
        self.log: dict[str, Answer | Event] = {}
        self.time = 0.0
        self.edits = 0
        self.over = False
        self.rekeys: list[str] = []
        self.marked: list[Undoable] = []

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        self.folder.cleanup()

    # ---- study

    programs = st.sampled_from((0, 0, 0, 1))

    def which(self, program: int) -> int:
        """Which program a rule is for."""
        return program

    def beside(self, program: int) -> None:
        """What a program does before it does something beside its session."""

    def asked(self, program: int) -> StudySitting | None:
        found = self.sittings[program]
        return found if found is not None and not isinstance(found.view, Finished) else None

    @rule(
        program=programs,
        seed=st.integers(0, 3),
        kind=st.sampled_from(("study", "study", "cram", "one")),
        minutes=st.sampled_from((0, 0, 1)),
    )
    def begin(self, program: int, seed: int, kind: str, minutes: int) -> None:
        program = self.which(program)
        store, now = self.stores[program], self.clock()
        usual = structs.replace(USUAL, minutes_per_day=minutes)
        if kind == "one":
            found = one(store, self.clock, self.decks.values(), Random(seed), usual)
            self.sittings[program] = sitting = found.sitting if found else None
        else:
            sitting = (cram if kind == "cram" else study)(
                store, self.clock, self.decks.values(), Random(seed), usual
            )
            self.sittings[program] = sitting
        if sitting is None:
            return
        sitting.start()
        items = list(sitting._session._items.values())
        for item in items:
            assert (item.memory, item.mark) == (store.memory(item.ref), store.mark(item.ref))
            assert not item.mark.suspended
            assert kind == "cram" or not item.mark.hides(now.day)
        if kind != "cram":
            for whole in self.decks.values():
                self.hold_limits(store, whole, [item for item in items if item.ref.deck == whole.id])

    def hold_limits(self, store: Store, whole: Deck, items: Sequence[Item]) -> None:
        """No more than today's limits leave of a deck, and no two cards of an entry on a day."""
        now, limits = self.clock(), whole.study.over(USUAL)
        done, cap = store.done(now.day).get(whole.id, Done(0, 0)), store.cap(whole.id, now.day)
        reviews = min(limits.reviews_per_day, cap.per_day) if cap else limits.reviews_per_day
        new = [item for item in items if item.memory is None]
        due = [item for item in items if item.memory is not None and item.memory.due_ms is None]
        assert len(new) <= max(0, limits.new_per_day - done.new)
        assert len(due) <= max(0, reviews - done.reviews)
        memories = store.memories([whole.id])
        today = {
            card.entry: card.key
            for card in whole.cards
            if (memory := memories.get(Ref(whole.id, card.key))) and memory.last_day == now.day
        }
        entries = Counter(item.card.entry for item in items)
        for item in (*new, *due):
            assert entries[item.card.entry] == 1
            assert today.get(item.card.entry, item.card.key) == item.card.key

    @rule(program=programs, right=st.booleans())
    def answer(self, program: int, right: bool) -> None:
        program = self.which(program)
        sitting = self.asked(program)
        if sitting is None or not isinstance(sitting.view, Asking):
            return
        view = sitting.view
        if view.question.typed:
            sitting.answer(Written(view.item.card.answer if right else "?"), 900)
        elif view.question.options:
            places = [
                n for n, o in enumerate(view.question.options) if (o.text == view.item.card.answer) is right
            ]
            sitting.answer(Chosen(places[0]), 900)
        else:
            sitting.reveal()

    @rule(program=programs)
    def reveal(self, program: int) -> None:
        program = self.which(program)
        if sitting := self.asked(program):
            sitting.reveal()

    @rule(program=programs, grade=st.sampled_from(Grade))
    def grade(self, program: int, grade: Grade) -> None:
        program = self.which(program)
        if sitting := self.asked(program):
            sitting.grade(grade, 900)

    @rule(program=programs, right=st.booleans(), grade=st.sampled_from(Grade))
    def answer_and_grade(self, program: int, right: bool, grade: Grade) -> None:
        program = self.which(program)
        self.answer(program, right)
        self.grade(program, grade)

    @rule(program=programs)
    def go_on(self, program: int) -> None:
        """Where the minutes are used up."""
        program = self.which(program)
        if sitting := self.sittings[program]:
            sitting.go_on()

    @rule(program=programs)
    def take_long(self, program: int) -> None:
        program = self.which(program)
        if sitting := self.asked(program):
            sitting.reveal()
            sitting.grade(Grade.GOOD, 59_000)

    @rule(program=programs, what=st.sampled_from(("hint", "suspend", "bury", "flag", "leave")))
    def press(self, program: int, what: str) -> None:
        program = self.which(program)
        if sitting := self.asked(program):
            getattr(sitting, what)()

    @rule(program=programs)
    def undo(self, program: int) -> None:
        program = self.which(program)
        if sitting := self.sittings[program]:
            sitting.undo()

    @rule(program=programs)
    def undo_at_home(self, program: int) -> None:
        program = self.which(program)
        self.beside(program)
        undo_last(self.stores[program], self.clock)

    # ---- quiz

    @rule(
        program=programs,
        mode=st.sampled_from((Mode.PRACTICE, Mode.SPRINT, Mode.EXAM)),
        counts=st.booleans(),
        seed=st.integers(0, 2),
    )
    def begin_quiz(self, program: int, mode: Mode, counts: bool, seed: int) -> None:
        program = self.which(program)
        self.beside(program)
        store, deck_ = self.stores[program], self.decks["sides"]
        seconds = {Mode.SPRINT: 60, Mode.EXAM: 30}.get(mode)
        setup = QuizSetup(mode=mode, seed=seed, seconds=seconds, cards=3 if mode is Mode.EXAM else None)
        game = quiz(store, self.clock, deck_, deck_.cards, setup, USUAL if counts else None)
        self.games[program] = game
        game.begin()

    @rule(program=programs, right=st.booleans())
    def answer_quiz(self, program: int, right: bool) -> None:
        program = self.which(program)
        game = self.games[program]
        if game is None:
            return
        self.time += 1.0
        view = game.view
        if isinstance(view, quizzing.Asking):
            game.session.painted(self.time)
            card = view.question.card
            if view.question.typed:
                game.answer(Written(card.answer if right else "?"), self.time + 0.5)
            else:
                places = [n for n, o in enumerate(view.question.options) if (o.text == card.answer) is right]
                game.answer(Chosen(places[0]), self.time + 0.5)
        game.go_on()

    @rule(program=programs)
    def end_quiz(self, program: int) -> None:
        program = self.which(program)
        if game := self.games[program]:
            game.end(self.time)

    # ---- beside sessions

    @rule(program=programs, number=st.integers(0, 20), back=st.booleans())
    def mark(self, program: int, number: int, back: bool) -> None:
        program = self.which(program)
        self.beside(program)
        store = self.stores[program]
        refs = sorted(store.marks(self.decks))
        if refs:
            (bring_back if back else unflag)(store, self.clock, [refs[number % len(refs)]])

    @rule(program=programs, number=st.integers(0, 4), do=st.sampled_from((suspend, bury, flag)))
    def set_in_a_list(
        self, program: int, number: int, do: Callable[[Store, FakeClock, str, Card], Undoable]
    ) -> None:
        program = self.which(program)
        self.beside(program)
        store, card = self.stores[program], self.decks["flips"].cards[number]
        self.marked.append(do(store, self.clock, "flips", card))

    @rule(program=programs)
    def take_back_in_a_list(self, program: int) -> None:
        program = self.which(program)
        self.beside(program)
        store = self.stores[program]
        if self.marked:
            unmark(store, self.clock, self.marked.pop())

    @rule(program=programs, cap=st.integers(0, 3))
    def cap(self, program: int, cap: int) -> None:
        program = self.which(program)
        if cap:
            catch_up(self.stores[program], self.clock, {"flips": cap}, "2026-03-01")
        else:
            lift_caps(self.stores[program], self.clock, ["flips"])

    @rule(program=programs, decay=st.sampled_from((0.0, 0.12, 0.2)), id_=st.sampled_from(("", "flips")))
    def parameters(self, program: int, decay: float, id_: str) -> None:
        program = self.which(program)
        store = self.stores[program]
        if decay:
            keep_parameters(store, self.clock, id_, (*default_scheduler().parameters[:-1], decay))
        else:
            take_back_parameters(store, self.clock, id_)

    @rule(program=programs, number=st.integers(0, 4))
    def edit(self, program: int, number: int) -> None:
        """A card gets another prompt, and its history is carried over."""
        program = self.which(program)
        self.beside(program)
        old = self.decks["flips"]
        card = old.cards[number]
        self.edits += 1
        key = card_key(Kind.FLIP, prompt=f"{card.prompt} {self.edits}")
        cards = tuple(structs.replace(one, key=key) if one is card else one for one in old.cards)
        self.decks["flips"] = new = structs.replace(old, cards=cards)
        library = Library(decks=dict(self.decks))
        for rekey in carry(
            self.stores[program], self.clock, library, rekey_of("flips", new, {card.key: key})
        ):
            self.rekeys.append(rekey.id)

    @rule(program=programs)
    def take_back_edit(self, program: int) -> None:
        program = self.which(program)
        self.beside(program)
        if self.rekeys:
            take_back(self.stores[program], self.clock, self.rekeys.pop())

    # ---- time

    @rule(ms=st.sampled_from((1_000, 700_000, 8 * 3_600_000, DAY_MS, 3 * DAY_MS, 20 * DAY_MS)))
    def forward(self, ms: int) -> None:
        self.clock.forward(ms)

    @rule(ms=st.sampled_from((700_000, 3_600_000, 2 * DAY_MS)))
    def set_back(self, ms: int) -> None:
        self.clock.forward(-ms)

    # ---- what holds

    @invariant()
    def the_log_only_grows(self) -> None:
        store = self.stores[0]
        rows: dict[str, Answer | Event] = {logged.answer.id: logged.answer for logged in store.answers()}
        rows |= {event.id: event for event in store.events()}
        assert rows.items() >= self.log.items()
        self.log = rows

    @invariant()
    def a_rebuild_changes_nothing(self) -> None:
        store = self.stores[0]
        before = store._caches()
        assert not rebuild(store), (before, store._caches())

    @invariant()
    def nothing_falls_due_after_the_exam(self) -> None:
        # A session that began after it, with a clock that was set back since, knows of none: then it is the
        # queue that caps the day.
        self.over |= self.clock().day > EXAM
        for memory in self.stores[0].memories(["sides"]).values() if not self.over else ():
            if memory.last_day < EXAM and memory.due_day is not None:
                assert memory.due_day <= EXAM

    @invariant()
    def no_answer_counts_twice(self) -> None:
        store = self.stores[0]
        counted = [item.answer.id for ref in store.graded_cards() for item in store.history(ref)]
        assert len(counted) == len(set(counted))
        wanted = {one.answer.id for one in store.answers() if one.grade is not None and not one.undone}
        assert set(counted) == wanted


class Alone(Machine):
    """One program, which does nothing else while it has a session: what is shown is what the log says."""

    def which(self, program: int) -> int:
        return 0

    def beside(self, program: int) -> None:
        if sitting := self.sittings[program]:
            sitting.leave()
        self.sittings[program] = None

    @precondition(lambda self: self.asked(0) is not None)
    @invariant()
    def what_is_shown_is_what_is_logged(self) -> None:
        sitting, store = self.asked(0), self.stores[0]
        assert sitting is not None
        view = sitting.view
        assert not isinstance(view, Finished)
        ref, now = view.item.ref, store.memory(view.item.ref)
        assert view.item.mark == store.mark(ref)
        assert not view.item.mark.suspended
        if isinstance(view, Grading) and view.judgement is not None:
            assert sitting.cram or now == view.outcomes[view.marked]
        else:
            assert view.item.memory == now


TestMachine = Machine.TestCase
TestAlone = Alone.TestCase
TestMachine.settings = TestAlone.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
