"""All bindings by their ids, and what is wrong with somebody's own keys for them."""

from __future__ import annotations

import string
from collections import defaultdict

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import _character_to_key
from textual.screen import Screen

from quizapp.settings.values import Settings
from quizapp.tui.keymap import (
    EVERYWHERE,
    VIM,
    bindings,
    faulty_keys,
    group_of,
    grouped,
    keymap_of,
    lost_keys,
    own_bindings,
    refused_keys,
    screens,
    written,
)

NODES = sorted({node for nodes in screens().values() for node in nodes}, key=repr)


def own(**keys: str) -> Settings:
    """Settings with these keys: `home_quiz="z"` for home.quiz."""
    return Settings(keys={name.replace("_", ".", 1): value for name, value in keys.items()})


def ours(node: type[DOMNode]) -> list[Binding]:
    """The bindings of our own classes that a node is made from."""
    return [
        binding
        for base in node.__mro__
        if base.__module__.startswith("quizapp.")
        for binding in base.__dict__.get("BINDINGS", ())
    ]


class TestBindings:
    @pytest.mark.parametrize("node", NODES)
    def test_each_has_an_id_and_a_tooltip(self, node: type[DOMNode]) -> None:
        for binding in ours(node):
            assert binding.id, binding
            assert binding.tooltip, binding
            assert binding.description, binding

    def test_one_id_means_one_thing(self) -> None:
        means = defaultdict(set)
        for node in NODES:
            for binding in own_bindings(node):
                means[binding.id].add((binding.key, binding.action.removeprefix("app.")))
        assert {id_: found for id_, found in means.items() if len(found) > 1} == {}

    @pytest.mark.parametrize("node", NODES)
    def test_no_two_share_a_key_in_one_place(self, node: type[DOMNode]) -> None:
        """Textual would take both away when one of them gets another key."""
        taken = defaultdict(set)
        for binding in own_bindings(node):
            for key in binding.key.split(","):
                taken[key].add(binding.id)
        assert {key: ids for key, ids in taken.items() if len(ids) > 1} == {}

    def test_every_screen_of_the_app_is_there(self) -> None:
        known = {node.__name__ for node in NODES}

        def below(base: type[DOMNode]) -> set[type[DOMNode]]:
            kinds: list[type[DOMNode]] = base.__subclasses__()
            return {one for kind in kinds for one in {kind, *below(kind)}}

        mine = {one for one in below(Screen) if one.__module__.startswith("quizapp.")}
        with_keys = {one.__name__ for one in mine if one.__dict__.get("BINDINGS")}
        assert with_keys - known == {"QuestionScreen", "TimedScreen"}, "the others are made from them"

    def test_a_heading_says_where_each_works(self) -> None:
        groups = grouped()
        assert sum(map(len, groups.values())) == len(bindings())
        assert next(iter(groups)) == "home"
        assert [bound.id for bound in groups[EVERYWHERE]] == [
            "menu",
            "help",
            "quit",
            "suspend",
            "undo_edit",
            "redo_edit",
            "theme",
        ]
        for bound in bindings().values():
            assert bound in groups[group_of(bound)]
        assert {bound.id.partition(".")[0] for bound in groups["questions"]} == {"card", "typed"}
        assert all(bound.id.startswith("list.") for bound in groups["lists"])
        assert all(bound.id.startswith("scroll.") for bound in groups["long texts"])


class TestFaults:
    @pytest.mark.parametrize(
        ("id_", "keys", "message", "remedy"),
        [
            ("home.quizz", "z", 'there is no binding "home.quizz"', 'did you mean "home.quiz"?'),
            ("xyzzy", "z", 'there is no binding "xyzzy"', "docs/keys.md lists all"),
            ("home.quiz", "", "no key is given", 'name one, such as "f5", "x" or "ctrl+x"'),
            ("home.quiz", "z,,y", "no key is given", 'name one, such as "f5", "x" or "ctrl+x"'),
            (
                "home.quiz",
                "F5",
                'there is no key "F5"',
                'a key is written "x", "?", "f5", "ctrl+x" or "pageup"',
            ),
            (
                "home.quiz",
                "strg+x",
                'there is no key "strg+x"',
                'a key is written "x", "?", "f5", "ctrl+x" or "pageup"',
            ),
            ("home.quiz", "ctrl+c", "the key ctrl+c is the terminal's own", "choose another"),
            ("home.quiz", "p", "the key p is taken by home.problems", "choose another"),
            ("home.quiz", "?", "the key ? is taken by help", "choose another"),
            ("home.quiz", "question_mark", "the key ? is taken by help", "choose another"),
            ("home.quiz", "ctrl+q", "the key ctrl+q is taken by quit", "choose another"),
            ("home.quiz", "ctrl+p", "the key ctrl+p is taken by menu", "choose another"),
            ("home.quiz", "up", "the key up is taken by list.up", "choose another"),
            ("quiz.pause", "f2", "the key f2 is taken by quiz.clock", "choose another"),
            ("study.undo", "space", "the key space is taken by study.space", "choose another"),
            ("card.down", "f9", "the key f9 is taken by quiz.mode", "choose another"),
            ("exam.next", "f2", "the key f2 is taken by quiz.clock", "choose another"),
            ("quit", "enter", "the key enter is taken by home.study", "choose another"),
            *(
                (id_, key, f"the key {key} belongs to the answers there", "no letter, digit or arrow")
                for id_, key in [
                    ("study.undo", "u"),
                    ("study.undo", "U"),
                    ("study.undo", "é"),
                    ("quiz.pause", "0"),
                    ("quiz.space", "down"),
                    ("card.up", "up"),
                    ("help", "h"),
                    ("theme", "t"),
                    ("typed.submit", "left"),
                ]
            ),
        ],
    )
    def test_each_kind(self, id_: str, keys: str, message: str, remedy: str) -> None:
        (fault,) = faulty_keys(Settings(keys={id_: keys})).items()
        assert fault[0] == id_
        assert fault[1][0].startswith(message)
        assert remedy in fault[1][1]

    @pytest.mark.parametrize(
        ("id_", "keys"),
        [
            ("home.quiz", "z"),
            ("home.quiz", "z, f5"),
            ("home.quiz", "T"),
            ("home.quiz", "ctrl+x"),
            ("home.quiz", "-"),
            ("home.quiz", "y"),
            ("home.settings", ","),
            ("home.settings", "comma,f4"),
            ("study.undo", "f12"),
            ("study.hard", "2"),
            ("study.quiz", "t"),
            ("study.enter", "enter"),
            ("list.up", "up,w"),
            ("results.drill", "x"),
            ("help", "f1"),
        ],
    )
    def test_what_can_be_bound(self, id_: str, keys: str) -> None:
        assert faulty_keys(Settings(keys={id_: keys})) == {}

    def test_keys_can_be_exchanged(self) -> None:
        assert faulty_keys(own(home_quiz="r", home_practice="t")) == {}

    def test_two_of_somebodys_own_are_both_named(self) -> None:
        assert set(faulty_keys(own(home_quiz="z", home_practice="z"))) == {"home.quiz", "home.practice"}

    def test_the_keys_of_vim_are_taken_too(self) -> None:
        settings = own(problems_close="j")
        assert faulty_keys(settings) == {}
        vim = Settings(keymap="vim", keys=settings.keys)
        assert faulty_keys(vim)["problems.close"][0] == "the key j is taken by scroll.down (scroll down)"
        assert lost_keys(settings, vim) == (
            "then the key j is taken by scroll.down (scroll down); give problems.close another first"
        )


class TestRefusals:
    def test_the_one_that_has_the_key_is_named(self) -> None:
        assert refused_keys(Settings(), "home.quiz", "p") == (
            "the key p is taken by home.problems (what is wrong in decks or settings); choose another"
        )
        assert refused_keys(Settings(), "home.quiz", "z") == ""

    def test_also_where_it_was_wrong_before(self) -> None:
        assert refused_keys(own(home_quiz="p"), "home.quiz", "p")
        assert refused_keys(own(home_find="p"), "home.quiz", "z") == ""

    def test_the_usual_key_is_refused_while_another_has_it(self) -> None:
        swapped = own(home_quiz="r", home_practice="t")
        assert refused_keys(swapped, "home.quiz", None) == (
            "then the key t is taken by home.quiz (a timed quiz on the selected deck); "
            "give home.practice another first"
        )
        assert refused_keys(own(home_quiz="z"), "home.quiz", None) == ""


class TestKeymap:
    def test_keys_are_named_as_textual_does(self) -> None:
        assert keymap_of(own(home_quiz="?, x", home_find=",")) == {
            "home.quiz": "question_mark,x",
            "home.find": "comma",
        }

    def test_vim_has_more_keys_for_lists_and_texts_and_none_on_questions(self) -> None:
        known = bindings()
        for id_, keys in VIM.items():
            assert not {"study", "quiz"} & set(known[id_].screens)
            assert set(known[id_].keys.split(",")) <= set(keys.split(",")), "the usual ones stay"
        assert faulty_keys(Settings(keymap="vim")) == {}
        assert faulty_keys(Settings(keymap="vim", keys=VIM)) == {}
        assert keymap_of(Settings(keymap="vim", keys={"list.up": "w"})) == {**VIM, "list.up": "w"}

    @pytest.mark.parametrize("character", [sign for sign in string.printable if sign.isprintable()])
    def test_a_key_is_written_as_it_is_read(self, character: str) -> None:
        key = _character_to_key(character)
        assert keymap_of(own(home_quiz=written(key))) == {"home.quiz": key}

    @pytest.mark.parametrize("key", ["escape", "tab", "space", "f5", "ctrl+x", "backspace", "delete", "home"])
    def test_others_have_names(self, key: str) -> None:
        assert written(key) == key
        assert written("question_mark,f1") == "?, f1"
