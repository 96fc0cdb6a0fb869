"""History survives what is done to a deck, and goes to no other card."""

from __future__ import annotations

import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.caches import rebuild
from quizapp.carry import Question, carried_over, orphans, questions, rekey_of
from quizapp.deck.card import Kind, card_key
from quizapp.deck.library import Library, load_library
from quizapp.learn import quiz as quizzing
from quizapp.learn.judge import Chosen
from quizapp.learn.setup import Mode, QuizSetup
from quizapp.learn.study import Asking
from quizapp.overview import deck_lines
from quizapp.record import EventType, Grade, Ref
from quizapp.scores.store import open_store
from quizapp.sitting import carry, carry_over, keep_apart, quiz, study, take_back, undo_last
from tests.builders import DAY_MS
from tests.histories import Learner, typed

NILE = "Which river is the longest in Africa?"
HONEY = "What never spoils if it is kept dry?"
ENTRIES = (typed(NILE, "Nile"), typed(HONEY, "honey"))
SIDES = 'choices = ["BPO", "KPO", "Both"]\n'


@pytest.fixture
def me(tmp_path: Path) -> Iterator[Learner]:
    me = Learner(tmp_path)
    me.write("other", typed("Is this here to stay?", "yes"))
    with me.closing():
        yield me


def asked(me: Learner, library: Library | None = None) -> list[Question]:
    return questions(me.store, library or me.library())


class TestByItself:
    def test_a_prompt_is_edited(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        me.study("d")
        before = me.by_prompt()
        me.write("d", typed(f"{NILE[:-1]}, please?", "Nile", 'why = "So it is."'), ENTRIES[1])
        (rekey,) = me.load()
        assert not rekey.whole
        assert me.by_prompt() == {f"{NILE[:-1]}, please?": before[NILE], HONEY: before[HONEY]}
        assert not asked(me)
        assert not orphans(me.store, me.library())
        assert not rebuild(me.store)

    def test_its_memory_flag_and_figures_go_along(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        me.study("d")
        sitting = study(me.store, me.clock, [me.library().decks["d"]], Random(1))
        sitting.start()
        assert isinstance(sitting.view, Asking)
        sitting.flag()
        old = sitting.view.item.ref
        memory, mark = me.store.memory(old), me.store.mark(old)
        done = me.store.done("2026-01-01")
        assert memory is not None
        assert mark.flagged
        me.write("d", typed(f"{NILE}!", "Nile"), typed(f"{HONEY}!", "honey"))
        (rekey,) = me.load()
        new = Ref("d", rekey.cards[old.card])
        assert (me.store.memory(new), me.store.mark(new)) == (memory, mark)
        assert me.store.memory(old) is None
        assert not me.store.mark(old).flagged
        assert me.store.done("2026-01-01") == done
        assert me.store.seen("d").keys() == set(rekey.cards.values())
        assert not rebuild(me.store)

    def test_a_file_is_renamed(self, me: Learner) -> None:
        path = me.write("d", *ENTRIES)
        me.study("d")
        me.study("d", most=1)
        before, recalled = me.by_prompt(), me.store.recalled("d", "2026-01-01")
        path.rename(path.with_name("español.toml"))
        (rekey,) = me.load()
        assert (rekey.deck, rekey.to_deck, rekey.whole) == ("d", "español", True)
        assert me.by_prompt() == before
        assert recalled == (1, 1)
        assert me.store.recalled("español", "2026-01-01") == recalled
        assert me.store.recalled("d", "2026-01-01") == (0, 0)
        assert me.store.last_studied("español") == me.last_day
        assert me.store.last_studied("d") is None
        (line,) = [
            line for line in deck_lines(me.store, me.library(), me.clock()) if line.deck.id == "español"
        ]
        assert line.seen == 2
        assert not rebuild(me.store)

    def test_a_file_is_renamed_and_back_before_and_after_more_study(self, me: Learner) -> None:
        path = me.write("d", *ENTRIES)
        number = me.study("d")
        for name in ("e", "d", "f", "d"):
            path = path.rename(path.with_name(f"{name}.toml"))
            me.load()
            assert sum(me.by_prompt().values()) == number
            number += me.study(name, most=1)
        assert sum(me.by_prompt().values()) == number
        assert me.store.last_studied("d") == me.last_day
        assert not rebuild(me.store)

    def test_a_card_is_moved_to_another_deck(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        me.study("d")
        before = me.by_prompt()
        me.write("d", ENTRIES[0])
        me.write("e", ENTRIES[1])
        (rekey,) = me.load()
        assert (rekey.deck, rekey.to_deck, rekey.whole) == ("d", "e", False)
        assert me.by_prompt() == before
        assert me.store.seen("e").keys() == set(rekey.cards)
        assert not me.store.seen("d").keys() & set(rekey.cards)
        assert not rebuild(me.store)

    def test_an_answer_is_changed_in_the_edit_that_renames_the_file(self, me: Learner) -> None:
        third = typed("Which animal has three hearts?", "squid")
        path = me.write("d", *ENTRIES, third)
        me.study("d")
        before = me.by_prompt()
        path.unlink()
        me.write("e", *ENTRIES, third.replace("squid", "octopus"))
        (rekey,) = me.load()
        assert (rekey.whole, len(rekey.cards)) == (True, 3)
        assert me.by_prompt() == before

    def test_a_choice_is_added_an_answer_changed_and_the_order_too(self, me: Learner) -> None:
        entries = (
            'statement = "Anyone can do it."\nanswer = "BPO"',
            'statement = "Few can."\nanswer = "KPO"',
        )
        me.write("d", *entries, head='choices = ["BPO", "KPO"]\n')
        me.study("d")
        before = me.by_prompt()
        me.write("d", entries[1], entries[0].replace('"BPO"', '"Both"'), head=SIDES)
        assert me.load() == []
        assert me.by_prompt() == before

    def test_an_id_is_given_and_taken_away(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        me.study("d")
        before = me.by_prompt()
        me.write("d", f'{ENTRIES[0]}\nid = "nile"', ENTRIES[1])
        assert len(me.load()) == 1
        me.write("d", typed("Another question altogether", "Nile", 'id = "nile"'), ENTRIES[1])
        assert me.load() == []
        assert me.by_prompt()["Another question altogether"] == before[NILE]
        me.write("d", *ENTRIES)
        assert len(me.load()) == 1, "the log knows the text from when the id was given"
        assert me.by_prompt() == before

    def test_what_was_only_quizzed_is_still_missed(self, me: Learner) -> None:
        entries = (
            'statement = "Anyone can do it."\nanswer = "BPO"',
            'statement = "Few can."\nanswer = "KPO"',
        )
        path = me.write("d", *entries, head=SIDES)
        deck = me.library().decks["d"]
        sitting = quiz(me.store, me.clock, deck, deck.cards, QuizSetup(mode=Mode.PRACTICE, seed=1))
        sitting.begin()
        while isinstance(view := sitting.view, quizzing.Asking):
            sitting.session.painted(0.0)
            wrong = [option.text != view.question.card.answer for option in view.question.options]
            sitting.answer(Chosen(wrong.index(True)), 1.0)
            sitting.end(2.0)
        (missed,) = me.store.missed("d")
        me.write("d", *(entry.replace('."', '!"') for entry in entries), head=SIDES)
        (edited,) = me.load()
        assert me.store.missed("d") == [Ref("d", edited.cards[missed.card])]
        path.rename(path.with_name("e.toml"))
        me.load()
        assert me.store.missed("e") == me.store.missed() == [Ref("e", edited.cards[missed.card])]
        assert me.store.missed("d") == []
        assert [run.deck for run in me.store.runs("e")] == ["e"]
        assert me.store.last_run("e") is not None
        assert me.store.runs("d") == []
        assert not rebuild(me.store)


class TestNot:
    def test_another_card_inherits_nothing(self, me: Learner) -> None:
        me.write("d", typed("Capital of Iran?", "Tehran"))
        me.study("d")
        me.write("d", typed("Capital of Iraq?", "Baghdad"))
        assert me.load() == []
        assert me.by_prompt() == {}
        (question,) = asked(me)
        assert (question.olds[0].prompt, question.news[0].prompt) == ("Capital of Iran?", "Capital of Iraq?")
        keep_apart(me.store, me.clock, question)
        assert asked(me) == []
        assert [orphan.text.prompt for orphan in orphans(me.store, me.library()) if orphan.text] == [
            "Capital of Iran?"
        ]
        me.write("d", typed("Capital of Iran?", "Tehran"))
        assert me.by_prompt()["Capital of Iran?"], "it is back, and so is what it had"

    def test_whoever_studies_before_the_question_is_still_asked(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        me.study("d")
        before = me.by_prompt()[NILE]
        changed = "Which river is the longest in all of Africa today?"
        me.write("d", typed(changed, "Nile"), ENTRIES[1])
        assert me.load() == []
        me.study("d")
        own = me.by_prompt()[changed]
        (question,) = asked(me)
        assert question.merges
        assert carry(me.store, me.clock, me.library(), question.rekey)
        assert me.by_prompt()[changed] == before + own
        assert not orphans(me.store, me.library())
        assert not rebuild(me.store)

    def test_a_card_that_was_studied_beside_the_old_one_is_another(self, me: Learner) -> None:
        twin = "Which river is the longest in America?"
        me.write("d", typed(NILE, "Nile"), typed(twin, "Nile"))
        me.study("d")
        me.write("d", typed(twin, "Nile"))
        assert me.load() == []
        assert asked(me) == []

    def test_a_card_that_is_in_two_other_decks_now_is_asked_for_each(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        me.study("d")
        me.write("d", ENTRIES[0])
        me.write("e", ENTRIES[1])
        me.write("f", ENTRIES[1])
        assert me.load() == []
        assert sorted(question.rekey.to_deck for question in asked(me)) == ["e", "f"]

    def test_a_card_of_another_deck_that_has_another_answer_is_asked(self, me: Learner) -> None:
        me.write("english", typed("gift", "a present"))
        me.write("german", typed("gift", "poison"), typed(HONEY, "honey"))
        me.study("german")
        before = me.by_prompt()
        me.write("german", typed(HONEY, "honey"))
        assert me.load() == []
        (question,) = asked(me)
        assert (question.olds[0].answer, question.news[0].answer) == ("poison", "a present")
        assert carry(me.store, me.clock, me.library(), question.rekey)
        assert me.by_prompt() == before

    def test_neither_if_its_whole_deck_is_gone(self, me: Learner) -> None:
        me.write("english", typed("gift", "a present"), typed("rat", "an animal"))
        path = me.write("german", typed("gift", "poison"), typed(HONEY, "honey"))
        me.study("german", most=1)
        path.unlink()
        assert me.load() == []

    def test_one_that_came_from_two_decks_is_asked_for_each(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        me.write("e", *ENTRIES)
        me.study()
        me.write("d", ENTRIES[0])
        me.write("e", ENTRIES[0])
        me.write("f", ENTRIES[1])
        assert me.load() == []
        assert sorted(question.rekey.deck for question in asked(me)) == ["d", "e"]

    def test_one_that_has_a_history_of_its_own_keeps_it(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        me.write("e", *ENTRIES)
        me.study()
        before = me.histories()
        (me.folder / "user/d.toml").unlink()
        assert me.load() == []
        assert asked(me) == []
        assert me.histories() == before
        assert {orphan.ref.deck for orphan in orphans(me.store, me.library())} == {"d"}

    def test_a_deck_that_can_not_be_read_has_lost_nothing(self, me: Learner) -> None:
        path = me.write("d", *ENTRIES)
        me.study("d")
        me.write("e", *ENTRIES)
        path.write_bytes(b"\xff\xfe\x00")
        assert "d" in me.library().unread
        assert me.load() == []
        assert asked(me) == []
        assert orphans(me.store, me.library()) == []

    def test_one_with_an_entry_that_can_not_be_read_may_have_lost_nothing(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        me.study("d")
        me.write("d", ENTRIES[0], f'question = "{HONEY}"\nanswr = "honey"')
        me.write("e", ENTRIES[1])
        assert me.load() == []
        assert len(asked(me)) == 1

    def test_a_deck_of_a_folder_that_is_not_looked_in_is_not_missing(self, me: Learner) -> None:
        me.write("../mine/d", *ENTRIES)
        me.study("d", library=me.library(me.folder / "mine"))
        me.write("copy", *ENTRIES)
        assert me.load() == []
        assert asked(me) == []
        assert orphans(me.store, me.library()) == []

    def test_a_deck_that_another_of_its_id_hides_is_not_missing(self, me: Learner) -> None:
        path = me.write("d", *ENTRIES)
        me.study("d")
        me.write("../mine/d", typed(f"{NILE}!", "Nile"))
        me.write("../mine/e", ENTRIES[1])
        library = me.library(me.folder / "mine")
        assert [hidden.hidden for hidden in library.hidden] == [path]
        assert carry_over(me.store, me.clock, library) == ([], True)
        assert asked(me, library) == []
        assert orphans(me.store, library) == []
        me.study("d", library=library)
        assert me.load() == []
        assert asked(me) == []
        assert orphans(me.store, me.library()) == []
        # Each file's own edits are found all the same.
        me.write("d", typed(f"{NILE}??", "Nile"), ENTRIES[1])
        (rekey,) = me.load()
        assert list(rekey.cards) == [card_key(Kind.TYPED, prompt=NILE)]

    def test_a_disk_that_is_not_mounted_has_lost_nothing_for_certain(self, me: Learner) -> None:
        path = me.write("disk/d", *ENTRIES)
        me.study("disk/d")
        me.write("copy", *ENTRIES)
        path.unlink()
        assert me.load() == []
        (question,) = asked(me)
        assert len(question.olds) == 2, "cards that may have moved together are asked for at once"

    def test_another_device_does_not_know_where_it_was(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        me.study("d")
        (me.folder / "device-id").write_text("another\n", encoding="utf-8")
        (me.folder / "user/d.toml").rename(me.folder / "user/e.toml")
        with closing(open_store(me.folder / "scores.db", now_ms=me.clock.now_ms)) as store:
            assert carry_over(store, me.clock, me.library()) == ([], True)
            (question,) = questions(store, me.library())
            assert question.rekey.whole
            assert carry(store, me.clock, me.library(), question.rekey)
            assert questions(store, me.library()) == []
        assert me.store.last_studied("e") == "2026-01-01"

    def test_what_was_undone_is_no_history(self, me: Learner) -> None:
        me.write("d", ENTRIES[0])
        me.study("d", most=1)
        undo_last(me.store, me.clock)
        me.write("d", typed(f"{NILE}!", "Nile"))
        assert me.load() == []
        assert orphans(me.store, me.library()) == []


class TestByAPerson:
    def answered(self, me: Learner) -> Question:
        me.write("d", typed("Capital of Iran?", "Tehran"))
        me.study("d")
        me.write("d", typed("Capital of Irak?", "Baghdad"))
        (question,) = asked(me)
        return question

    def test_a_yes_carries_it_over(self, me: Learner) -> None:
        question = self.answered(me)
        (done,) = carry(me.store, me.clock, me.library(), question.rekey)
        assert done.by_person
        assert me.by_prompt() == {"Capital of Irak?": 2}
        assert not rebuild(me.store)

    def test_it_can_be_taken_back_and_is_not_done_again(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        number = me.study("d")
        before = me.histories()
        memories = me.store.memories(["d"])
        me.write("d", typed(f"{NILE}!", "Nile"), ENTRIES[1])
        (rekey,) = me.load()
        more = me.study("d")
        assert take_back(me.store, me.clock, rekey.id)
        assert take_back(me.store, me.clock, rekey.id) is None
        assert not rebuild(me.store)
        assert me.load() == []
        assert asked(me) == []
        me.write("d", *ENTRIES)
        after = me.histories()
        assert {ref: after[ref][: len(ids)] for ref, ids in before.items()} == before
        assert number < sum(me.by_prompt().values()) < number + more, "what it was given since is its own"
        old = [ref for ref in before if ref.card in rekey.cards]
        assert me.store.memory(old[0]) == memories[old[0]], "no more and no less"

    def test_two_histories_become_one_in_the_order_of_the_log(self, me: Learner) -> None:
        me.write("d", typed("Capital of Iran?", "Tehran"), typed("Iran's capital?", "Tehran"))
        me.study("d", grade=Grade.HARD, most=3)
        me.study("d")
        every = sorted(id_ for ids in me.histories().values() for id_ in ids)
        old, new = (card.key for card in me.library().decks["d"].cards)
        me.write("d", typed("Iran's capital?", "Tehran"))
        library = me.library()
        carry(me.store, me.clock, library, rekey_of("d", library.decks["d"], {old: new}))
        assert me.histories() == {Ref("d", new): every}
        assert not rebuild(me.store)


class TestTwoAtOnce:
    def test_one_has_the_old_deck_still_and_goes_on(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        me.study("d")
        old = me.library()
        key = old.decks["d"].cards[0].key
        with closing(open_store(me.folder / "scores.db", now_ms=me.clock.now_ms)) as other:
            theirs = study(other, me.clock, [old.decks["d"]], Random(1))
            theirs.start()
            assert isinstance(theirs.view, Asking)
            first = theirs.view.item.ref
            theirs.reveal()
            theirs.grade(Grade.HARD, 900)
            me.write("d", typed(f"{NILE}!", "Nile"), typed(f"{HONEY}!", "honey"))
            (rekey,) = me.load()
            new = Ref("d", rekey.cards[first.card])
            assert len(me.store.history(new)) == len(other.history(new)) == 3
            # An answer from before is taken back, wherever it is now.
            theirs.undo()
            assert len(me.store.history(new)) == 2
            assert not rebuild(me.store)
            # What the old card is given now is its own; it is asked for, not guessed.
            theirs.reveal()
            theirs.grade(Grade.GOOD, 900)
            assert other.memory(first) is not None
        assert not rebuild(me.store)
        assert me.load() == []
        (question,) = asked(me)
        assert question.merges
        assert carry(me.store, me.clock, me.library(), question.rekey)
        assert len(me.store.history(new)) == 3
        assert not rebuild(me.store)
        assert key in rekey.cards

    def test_both_carry_the_same_over(self, me: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
        me.write("d", *ENTRIES)
        me.study("d")
        before = me.by_prompt()
        me.write("e", *ENTRIES)
        (me.folder / "user/d.toml").unlink()
        with closing(open_store(me.folder / "scores.db", now_ms=me.clock.now_ms)) as other:
            calls: list[int] = []

            def after_the_other(*args: object) -> object:
                found = carried_over(*args)  # type: ignore[arg-type] # passed on as it is
                if not calls:
                    calls.append(1)
                    assert carry_over(other, me.clock, me.library()).rekeys
                return found

            monkeypatch.setattr("quizapp.sitting.carrying.carried_over", after_the_other)
            assert me.load() == [], "the other was first"
        assert me.by_prompt() == before
        assert len(me.store.events(EventType.REKEY)) == 1
        assert not rebuild(me.store)

    def test_what_another_carries_over_is_seen_at_once(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        me.study("d")
        me.write("d", typed(f"{NILE}!", "Nile"), typed(f"{HONEY}!", "honey"))
        assert me.store.seen("d")
        with closing(open_store(me.folder / "scores.db", now_ms=me.clock.now_ms)) as other:
            ((rekey,), _) = carry_over(other, me.clock, me.library())
            assert me.store.seen("d").keys() == set(rekey.cards.values())
            take_back(other, me.clock, rekey.id)
            assert me.store.seen("d").keys() == set(rekey.cards)


class TestCost:
    def test_with_nothing_lost_one_look_is_enough(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        me.study()
        spoken = spoken_by(me, lambda: me.load())
        assert [line for line in spoken if "data_version" not in line] == ["SELECT deck, card FROM card_text"]

    def test_without_rekeys_nothing_more_is_asked_of_the_file(self, me: Learner) -> None:
        me.write("d", *ENTRIES)
        me.study()
        ref = Ref("d", me.library().decks["d"].cards[0].key)
        me.store.moves()
        for ask in (
            lambda: me.store.history(ref),
            lambda: me.store.seen("d"),
            lambda: me.store.done("2026-01-01"),
            lambda: me.store.last_studied("d"),
            lambda: me.store.missed("d"),
            lambda: me.store.runs("d"),
            lambda: me.store.last_run("d"),
            lambda: me.store.mistaken_for(ref),
            lambda: me.store.mark_events(ref),
            lambda: me.store.cap("d", "2026-01-01"),
        ):
            spoken = [line for line in spoken_by(me, ask) if "data_version" not in line]
            assert len(spoken) == 1
            assert " OR (" not in spoken[0]


def spoken_by(me: Learner, do: object) -> list[str]:
    spoken: list[str] = []
    me.store._db.set_trace_callback(spoken.append)
    do()  # type: ignore[operator] # passed on as it is
    me.store._db.set_trace_callback(None)
    return spoken


def test_two_machines_give_the_same_keys(tmp_path: Path) -> None:
    text = 'title = "É"\n' + "".join(
        f"[[card]]\n{one}\n" for one in (*ENTRIES, typed("Où est l'été ?", "là"))
    )
    machines = {
        "one/home/me/decks": text.encode(),
        "two/Users/Me/Decks": b"\xef\xbb\xbf"
        + unicodedata.normalize("NFD", text).replace("\n", "\r\n").encode(),
    }
    found = []
    for folder, data in machines.items():
        path = tmp_path / folder / "languages" / "français.toml"
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        library = load_library(user=tmp_path / folder, shipped=tmp_path / "none")
        found.append([Ref(deck.id, card.key) for deck in library.decks.values() for card in deck.cards])
    assert found[0] == found[1]
    assert len(found[0]) == 3


def test_the_log_is_only_added_to(me: Learner) -> None:
    me.write("d", *ENTRIES)
    me.study("d")
    rows = "SELECT count(*), group_concat(id || deck || card) FROM answer"
    with closing(sqlite3.connect(me.folder / "scores.db")) as db:
        before = db.execute(rows).fetchall()
        me.write("d", typed(f"{NILE}!", "Nile"))
        (rekey,) = me.load()
        take_back(me.store, me.clock, rekey.id)
        assert db.execute(rows).fetchall() == before
    me.clock.forward(DAY_MS)


SENTENCES = (
    "Which river is the longest in Africa?",
    "Honey never spoils if it is kept dry and closed",
    "How many hearts does an octopus have, in all?",
    "In 1815 a volcano erupted, and the next year had no summer",
    "Bamboo may grow by ninety centimetres within a day",
    "The deepest lake on our planet lies in Siberia",
    "A day on Venus takes longer than its year does",
    "Saffron comes from the stigmas of crocus flowers",
)
ENDS = ("", ".", "!", " …")


class Entry:
    """An entry of a deck. number: of its sentence, which makes it the card that it is."""

    def __init__(self, number: int, end: int = 0, *, named: bool = False) -> None:
        self.number, self.end, self.named = number, end, named

    def __str__(self) -> str:
        more = (f'id = "n{self.number}"',) if self.named else ()
        return typed(f"{SENTENCES[self.number]}{ENDS[self.end]}", f"answer {self.number}", *more)


class Decks:
    """Two decks, what has been done to them, and what should have become of the histories."""

    def __init__(self, me: Learner) -> None:
        self.me = me
        self.files: dict[str, list[Entry]] = {"a": [Entry(0), Entry(1), Entry(2)], "b": [Entry(3), Entry(4)]}
        self.names = 0
        self.logged: dict[str, int] = {}  # the sentence that each answer was about

    def write(self) -> None:
        for path in (self.me.folder / "user").glob("[a-z].toml"):
            path.unlink()
        for name, entries in self.files.items():
            self.me.write(name, *map(str, entries))

    def edit(self, how: int, place: int) -> bool:
        """One edit; whether every history must survive it by itself."""
        names = sorted(self.files)
        name = names[place % 2]
        entries, others = self.files[name], self.files[names[1 - place % 2]]
        entry = entries[place % len(entries)] if entries else None
        used = {one.number for some in self.files.values() for one in some}
        free = [number for number in range(len(SENTENCES)) if number not in used]
        match how:
            case 0 if entry:
                entry.end = (entry.end + 1) % len(ENDS)
            case 1:
                self.names += 1
                self.files["cdefghijklmnopqrstuvwxyz"[self.names % 24]] = self.files.pop(name)
            case 2 if entry:
                entries.remove(entry)
                others.append(entry)
            case 3 if entry:
                entry.named = not entry.named
            case 4:
                entries.reverse()
            case 5 if entry:
                entries.remove(entry)
                return False
            case 6 if free:
                entries.append(Entry(free[place % len(free)]))
            case 7 if entry and free:
                entries[entries.index(entry)] = Entry(free[0])
                return False
        return True

    def study(self, most: int) -> None:
        before = {one.answer.id for one in self.me.store.answers()}
        self.me.study(most=most)
        numbers = {
            Ref(deck.id, card.key): int(card.answer.split()[-1]) if "answer" in card.answer else -1
            for deck in self.me.library().decks.values()
            for card in deck.cards
        }
        for logged in self.me.store.answers():
            if logged.answer.id not in before:
                self.logged[logged.answer.id] = numbers[logged.answer.ref]

    def check(self) -> None:
        """Each answer is in one history, that of its own card or an orphan's; the caches say the same."""
        histories = self.me.histories()
        assert sorted(id_ for ids in histories.values() for id_ in ids) == sorted(self.logged)
        library = self.me.library()
        for deck in library.decks.values():
            for card in deck.cards:
                number = int(card.answer.split()[-1]) if "answer" in card.answer else -1
                found = histories.get(Ref(deck.id, card.key), [])
                assert {self.logged[id_] for id_ in found} <= {number}
                seen = self.me.store.seen(deck.id).get(card.key)
                assert (seen.times if seen else 0) == len(found)
        assert not rebuild(self.me.store)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 9), st.integers(0, 3), st.booleans()), max_size=9)
)
def test_whatever_is_done_to_decks_no_history_is_lost_or_given_to_another(
    edits: list[tuple[int, int, int, bool]],
) -> None:
    """edits: how, where, how many answers after it, and whether the program is opened after it."""
    with tempfile.TemporaryDirectory() as folder:
        me = Learner(Path(folder))
        with me.closing():
            me.write("other", typed("Is this here to stay?", "yes"))
            decks = Decks(me)
            decks.write()
            decks.study(9)
            single = True  # one edit since the program was open
            for how, place, answers, opened in edits:
                lost = len(orphans(me.store, me.library()))
                safe = decks.edit(how, place)
                decks.write()
                if opened or answers:
                    me.load()
                    if safe and single:
                        assert len(orphans(me.store, me.library())) <= lost
                    decks.check()
                    decks.study(answers)
                    decks.check()
                single = bool(opened or answers)
            me.load()
            decks.check()
            for rekey in list(me.store.moves().rekeys):
                take_back(me.store, me.clock, rekey.id)
            decks.check()
