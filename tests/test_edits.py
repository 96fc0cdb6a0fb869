"""Cards that are edited in the app: the file says what was asked for and nothing else, the history stays with
the card, and everything can be taken back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from quizapp.caches import rebuild
from quizapp.carry import carried_over, orphans, questions
from quizapp.deck.adding import BadCards
from quizapp.deck.changing import EntryGone
from quizapp.deck.edit import EditError
from quizapp.deck.library import Library, load_library
from quizapp.deck.replace import FileChanged
from quizapp.deck.write import Value
from quizapp.edits import DeckFile, Edit, add, change, deck_file, follow, follow_back, remove, restore
from tests.histories import Learner, typed

NILE = "Which river is the longest in Africa?"
HONEY = "What never spoils if it is kept dry?"
BOTH_WAYS = 'front = "hola"\nback = "hello"\nreverse = true'
CLOZE = 'cloze = "The {Nile} is longer than the {Rhine}."'


@pytest.fixture
def me(tmp_path: Path) -> Iterator[Learner]:
    me = Learner(tmp_path)
    me.write("d", typed(NILE, "Nile"), typed(HONEY, "honey"))
    with me.closing():
        yield me


def file_of(me: Learner, id_: str = "d") -> DeckFile:
    library = me.library()
    return deck_file(library.decks[id_], library, me.decks)


def key_of(me: Learner, prompt: str) -> str:
    return next(card.key for card in me.library().decks["d"].cards if card.prompt == prompt)


def answer_each(me: Learner) -> None:
    """Answer each card alone, one more often than the one before it, so that counts tell them apart."""
    deck = me.library().decks["d"]
    for times, card in enumerate(deck.cards, 1):
        alone = Library(decks={"d": structs.replace(deck, cards=(card,))})
        for _ in range(times):
            me.study("d", library=alone)


def changed(me: Learner, prompt: str, **table: Value) -> Edit:
    file = file_of(me)
    edit = change(file, key_of(me, prompt), table, file.data())
    return follow(edit, me.store, me.clock, me.library())


def removed(me: Learner, prompt: str) -> Edit:
    return follow(remove(file_of(me), key_of(me, prompt)), me.store, me.clock, me.library())


def back(me: Learner, edit: Edit) -> bool:
    whole = restore(edit).whole
    follow_back(edit, me.store, me.clock, me.library())
    return whole


def settled(me: Learner) -> bool:
    """Whether nothing is left to be asked, carried over or rebuilt."""
    library = me.library()
    assert not rebuild(me.store)
    return not (questions(me.store, library) or carried_over(me.store, library).rekeys)


class TestChange:
    def test_whatever_its_words_are_now_its_history_stays(self, me: Learner) -> None:
        answer_each(me)
        before = me.by_prompt()
        changed(me, NILE, question="Something else altogether", answer="42", why="Because.")
        assert me.by_prompt() == {"Something else altogether": before[NILE], HONEY: before[HONEY]}
        assert settled(me)
        assert not orphans(me.store, me.library())

    def test_a_card_without_a_history_logs_nothing(self, me: Learner) -> None:
        assert changed(me, NILE, question="Something else", answer="42").rekeys == ()
        assert not me.store.moves().rekeys

    def test_both_sides_and_every_blank_go_along(self, me: Learner) -> None:
        me.write("d", BOTH_WAYS, CLOZE)
        answer_each(me)
        before = me.by_prompt()
        assert len(before) == 4
        changed(me, "hola", front="¡Hola!", back="hello", reverse=True)
        changed(me, "The […] is longer than the Rhine.", cloze="Longer than the {Rine} is the {Nile}.")
        after = me.by_prompt()
        assert after["¡Hola!"] == before["hola"]
        assert after["hello"] == before["hello"]
        assert after["Longer than the Rine is the […]."] == before["The […] is longer than the Rhine."]
        assert "Longer than the […] is the Nile." not in after, "another blank in another place is no old one"
        assert not rebuild(me.store)

    def test_a_blank_that_was_mended_in_its_place_is_the_same(self, me: Learner) -> None:
        me.write("d", 'cloze = "The {Nlie} is longer than the {Rhine}."')
        answer_each(me)
        before = me.by_prompt()
        changed(me, "The […] is longer than the Rhine.", cloze="The {Nile} is longer than the {Rhine}.")
        after = me.by_prompt()
        assert after["The […] is longer than the Rhine."] == before["The […] is longer than the Rhine."]
        assert after["The Nile is longer than the […]."] == before["The Nlie is longer than the […]."]
        assert settled(me)

    def test_two_cards_may_change_places(self, me: Learner) -> None:
        answer_each(me)
        before = me.by_prompt()
        changed(me, NILE, question="For now", answer="Nile")
        changed(me, HONEY, question=NILE, answer="Nile")
        changed(me, "For now", question=HONEY, answer="honey")
        assert me.by_prompt() == {NILE: before[HONEY], HONEY: before[NILE]}
        assert settled(me)

    def test_a_prompt_that_another_card_has_is_refused(self, me: Learner) -> None:
        file = file_of(me)
        data = file.data()
        with pytest.raises(BadCards) as bad:
            change(file, key_of(me, NILE), {"question": HONEY, "answer": "honey"}, data)
        assert "the same as in card" in bad.value.problems[0][1].message
        assert file.data() == data

    def test_a_file_that_was_saved_meanwhile_is_left_alone(self, me: Learner) -> None:
        file, key = file_of(me), key_of(me, NILE)
        data = file.data()
        file.write.write_bytes(data + b"# mine\n")
        with pytest.raises(FileChanged):
            change(file, key, {"question": "x", "answer": "y"}, data)
        assert file.data() == data + b"# mine\n"
        edit = change(file, key, {"question": "x", "answer": "y"}, file.data())
        assert edit.after.endswith(b"# mine\n")

    def test_a_card_that_is_gone_says_so(self, me: Learner) -> None:
        file, key = file_of(me), key_of(me, NILE)
        me.write("d", typed(HONEY, "honey"))
        with pytest.raises(EntryGone, match="not in the file any more"):
            change(file, key, {"question": "x", "answer": "y"}, file.data())

    def test_cards_in_a_list_say_to_use_an_editor(self, me: Learner) -> None:
        me.write("d", head='card = [{front = "a", back = "b"}]\n')
        file = file_of(me)
        with pytest.raises(EditError, match="in an editor"):
            remove(file, file.deck.cards[0].key)


ASIA = "Which river is the longest in Asia?"
LAKE = "Which lake is the largest in Africa?"


class TestDelete:
    """A card that a person deleted is gone: no other card of the deck is asked about in its place."""

    @pytest.mark.parametrize(("like", "answer"), [(ASIA, "Yangtze"), (LAKE, "Nile")])
    def test_no_card_that_stood_beside_it_may_be_it(self, me: Learner, like: str, answer: str) -> None:
        me.write("d", typed(NILE, "Nile"), typed(HONEY, "honey"), typed(like, answer))
        me.study(most=1)
        (studied,) = me.by_prompt()
        assert studied == NILE
        edit = removed(me, NILE)
        assert settled(me)
        assert [orphan.text.prompt for orphan in orphans(me.store, me.library()) if orphan.text] == [NILE]
        assert back(me, edit)
        assert me.by_prompt() == {NILE: 1}
        me.write("d", typed(HONEY, "honey"), typed(like, answer))
        assert questions(me.store, me.library()), "what is done to the file elsewhere is asked about as ever"

    def test_nor_one_that_was_begun_since(self, me: Learner) -> None:
        me.write("d", typed(NILE, "Nile"))
        me.study()
        me.write("d", typed(NILE, "Nile"), typed(LAKE, "Nile"))
        deck = me.library().decks["d"]
        me.study("d", library=Library(decks={"d": structs.replace(deck, cards=deck.cards[1:])}))
        removed(me, NILE)
        assert settled(me)

    def test_a_card_that_comes_later_is_asked_about(self, me: Learner) -> None:
        answer_each(me)
        removed(me, NILE)
        path = file_of(me).write
        path.write_text(
            f"{path.read_text(encoding='utf-8')}[[card]]\n{typed(LAKE, 'Nile')}\n", encoding="utf-8"
        )
        assert [one.news[0].prompt for one in questions(me.store, me.library())] == [LAKE]

    def test_what_is_certain_is_carried_over_as_ever(self, me: Learner) -> None:
        twin = f"{NILE[:-1]}, please?"
        me.write("d", typed(NILE, "Nile"), typed(HONEY, "honey"), typed(twin, "Nile"))
        me.study(most=1)
        removed(me, NILE)
        assert [one.deck for one in me.load()] == ["d"]
        assert me.by_prompt() == {twin: 1}

    def test_a_new_card_that_is_taken_out_again_is_deleted_too(self, me: Learner) -> None:
        me.write("d", typed(HONEY, "honey"), typed(LAKE, "Nile"))
        file = file_of(me)
        edit = add(file, [{"question": NILE, "answer": "Nile"}], file.data())
        edit = follow(edit, me.store, me.clock, me.library())
        deck = me.library().decks["d"]
        me.study("d", library=Library(decks={"d": structs.replace(deck, cards=deck.cards[2:])}))
        assert back(me, edit)
        assert settled(me)

    def test_a_side_that_a_change_does_away_with_is_deleted_too(self, me: Learner) -> None:
        me.write("d", BOTH_WAYS, typed(HONEY, "honey"), 'front = "hello ho"\nback = "hola"')
        deck = me.library().decks["d"]
        alone = structs.replace(deck, cards=tuple(card for card in deck.cards if card.prompt == "hello"))
        me.study("d", library=Library(decks={"d": alone}))
        edit = changed(me, "hola", front="hola", back="hello")
        assert len(edit.new) == 1
        assert not questions(me.store, me.library())


class TestUndo:
    def test_what_was_answered_meanwhile_comes_back_too(self, me: Learner) -> None:
        answer_each(me)
        before = file_of(me).data()
        edit = changed(me, NILE, question="Something else", answer="42")
        answer_each(me)
        then = me.by_prompt()
        assert back(me, edit)
        assert file_of(me).data() == before
        assert me.by_prompt() == {NILE: then["Something else"], HONEY: then[HONEY]}
        assert settled(me)
        assert not orphans(me.store, me.library())

    def test_a_deleted_card_comes_back_with_its_history(self, me: Learner) -> None:
        answer_each(me)
        before, known = file_of(me).data(), me.by_prompt()
        edit = removed(me, NILE)
        assert me.by_prompt().keys() == {HONEY}
        assert back(me, edit)
        assert file_of(me).data() == before
        assert me.by_prompt() == known

    def test_also_where_its_history_went_to_another_card_meanwhile(self, me: Learner) -> None:
        answer_each(me)
        known = me.by_prompt()
        edit = removed(me, NILE)
        with file_of(me).write.open("a", encoding="utf-8") as file:
            file.write(f"[[card]]\n{typed(f'{NILE[:-1]}, please?', 'Nile')}\n")
        assert me.load(), "it is certain enough to be carried over by itself"
        assert not back(me, edit)
        assert me.by_prompt()[NILE] == known[NILE]
        assert not rebuild(me.store)

    def test_in_a_file_that_has_changed_since_only_the_entry_is_taken_back(self, me: Learner) -> None:
        path = me.write("d", typed(NILE, "Nile"), typed(HONEY, "honey"), typed("What is last?", "z"))
        text = path.read_text(encoding="utf-8").replace(
            f'[[card]]\nquestion = "{HONEY}"', f'\n# sweet\n[[card]]\nquestion = "{HONEY}"'
        )
        path.write_text(text, encoding="utf-8")
        edit = removed(me, HONEY)
        assert "sweet" not in path.read_text(encoding="utf-8")
        later = path.read_text(encoding="utf-8") + "# mine\n"
        path.write_text(later, encoding="utf-8")
        assert not back(me, edit)
        now = path.read_text(encoding="utf-8")
        assert "# sweet\n[[card]]" in now
        assert now.endswith("# mine\n")
        assert [card.prompt for card in me.library().decks["d"].cards] == [NILE, HONEY, "What is last?"]

    def test_an_added_or_changed_entry_too(self, me: Learner) -> None:
        file = file_of(me)
        edit = add(file, [{"question": "New?", "answer": "yes"}], file.data())
        other = changed(me, NILE, question="Other", answer="42")
        file.write.write_bytes(file.data() + b"# mine\n")
        assert not back(me, other)
        assert not back(me, edit)
        assert [card.prompt for card in me.library().decks["d"].cards] == [NILE, HONEY]
        assert file.data().endswith(b"# mine\n")

    def test_what_was_written_otherwise_since_is_left_alone(self, me: Learner) -> None:
        edit = changed(me, NILE, question="Other", answer="42")
        path = me.write("d", typed(HONEY, "honey"))
        before = path.read_bytes()
        with pytest.raises(EditError):
            restore(edit)
        assert path.read_bytes() == before

    def test_a_deleted_card_that_was_written_anew_since_is_not_written_twice(self, me: Learner) -> None:
        edit = removed(me, NILE)
        path = me.write("d", typed(HONEY, "honey"), typed(NILE, "The Nile"))
        before = path.read_bytes()
        with pytest.raises(EditError, match="has changed since"):
            restore(edit)
        assert path.read_bytes() == before

    def test_a_deck_that_ships_is_copied_and_the_copy_goes_again(self, tmp_path: Path) -> None:
        shipped, own = tmp_path / "shipped" / "d.toml", tmp_path / "own"
        shipped.parent.mkdir()
        shipped.write_text(f"[[card]]\n{typed(NILE, 'Nile')}\n", encoding="utf-8")
        before = shipped.read_bytes()
        library = load_library(user=own, shipped=shipped.parent)
        edit = remove(deck_file(library.decks["d"], library, own), library.decks["d"].cards[0].key)
        assert edit.before is None
        assert (own / "d.toml").is_file()
        assert not load_library(user=own, shipped=shipped.parent).decks["d"].cards
        assert restore(edit).whole
        assert not (own / "d.toml").exists()
        assert shipped.read_bytes() == before

    def test_a_deck_that_was_named_by_its_path_is_meant_itself(self, tmp_path: Path) -> None:
        path = tmp_path / "shipped" / "d.toml"
        path.parent.mkdir()
        path.write_text(f"[[card]]\n{typed(NILE, 'Nile')}\n", encoding="utf-8")
        library = load_library(paths=[path], user=tmp_path / "own", shipped=path.parent)
        assert not deck_file(library.decks["d"], library, tmp_path / "own").is_shipped


WORDS = st.text("abc déß[]\"'\\#", min_size=1, max_size=8).filter(str.strip)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=30)
@given(
    st.lists(st.tuples(st.sampled_from("cra"), st.integers(0, 9), WORDS, WORDS), max_size=6), st.booleans()
)
def test_whatever_was_done_is_taken_back_to_the_byte(
    steps: list[tuple[str, int, str, str]], windows: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        me = Learner(Path(folder))
        path = me.write("d", typed(NILE, "Nile"), BOTH_WAYS, CLOZE, head="# mine\ntitle = 'x' # yours\n")
        data = path.read_bytes()
        path.write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") if windows else data)
        with me.closing():
            answer_each(me)
            first, known = path.read_bytes(), me.by_prompt()
            done: list[tuple[bytes, Edit]] = []
            for what, number, one, other in steps:
                cards = me.library().decks["d"].cards
                file, before = file_of(me), path.read_bytes()
                key = cards[number % len(cards)].key if cards else ""
                try:
                    if what == "a":
                        edit = add(file, [{"front": one, "back": other}], before)
                    elif not cards:
                        continue
                    elif what == "r":
                        edit = remove(file, key)
                    else:
                        edit = change(file, key, {"front": one, "back": other, "reverse": True}, before)
                except BadCards:
                    assert path.read_bytes() == before
                    continue
                done.append((before, follow(edit, me.store, me.clock, me.library())))
                assert not rebuild(me.store)
            for before, edit in reversed(done):
                assert back(me, edit)
                assert path.read_bytes() == before
                assert not rebuild(me.store)
            assert path.read_bytes() == first
            assert me.by_prompt() == known
