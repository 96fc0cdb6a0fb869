"""Cards as questions."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.deck.card import Choice, Cloze, Flip, Statement, Typed
from quizapp.learn.ask import Option, pose
from quizapp.learn.judge import Chosen, judge
from quizapp.record import Outcome

STATEMENT = Statement(
    key="s",
    entry=0,
    prompt="Cheap.",
    answer="BPO",
    choices=("BPO", "KPO", "Both"),
    keys=("b", "k", ""),
    variants=("It costs little.", "Low price."),
)
CHOICE = Choice(key="c", entry=1, prompt="What for?", answer="Cost", wrong=("Speed", "Calm", "Prestige"))


def test_wordings_take_turns() -> None:
    asked = [pose(STATEMENT, times=times, random=Random(0)) for times in range(4)]
    assert [question.variant for question in asked] == [0, 1, 2, 0]
    assert [question.prompt for question in asked] == ["Cheap.", "It costs little.", "Low price.", "Cheap."]


def test_a_statement_keeps_the_decks_order_and_letters() -> None:
    question = pose(STATEMENT, times=0, random=Random(0), only=("Both", "BPO"))
    assert question.options == (Option("BPO", "b"), Option("Both", ""))
    assert question.k == 2
    assert not question.typed


def test_without_only_all_choices_are_in_play() -> None:
    assert [option.text for option in pose(STATEMENT, times=0, random=Random(0)).options] == [
        "BPO",
        "KPO",
        "Both",
    ]


@given(st.integers())
def test_the_options_of_a_choice_are_all_there_each_with_a_letter_of_its_own(seed: int) -> None:
    question = pose(CHOICE, times=0, random=Random(seed), only=("ignored",))
    assert sorted(option.text for option in question.options) == ["Calm", "Cost", "Prestige", "Speed"]
    keys = [option.key for option in question.options]
    assert len(set(keys)) == 4
    assert all(option.key in option.text.casefold() for option in question.options)


def test_the_right_option_of_a_choice_may_stand_anywhere() -> None:
    texts = [[option.text for option in pose(CHOICE, times=0, random=Random(n)).options] for n in range(400)]
    places = [one.index("Cost") for one in texts]
    assert all(60 < places.count(place) < 140 for place in range(4))


def test_what_is_typed_and_what_is_neither_typed_nor_chosen() -> None:
    typed = pose(Typed(key="t", entry=0, prompt="2+2?", answer="4"), times=0, random=Random(0))
    cloze = pose(
        Cloze(key="z", entry=0, prompt="a […]", answer="b", before="a ", after=""), times=0, random=Random(0)
    )
    flip = pose(Flip(key="f", entry=0, prompt="front", answer="back"), times=0, random=Random(0))
    assert (typed.typed, cloze.typed, flip.typed) == (True, True, False)
    assert typed.k is cloze.k is flip.k is None


FLIP = Flip(key="f", entry=0, prompt="front", answer="Back")


def test_a_flip_card_without_distractors_is_for_the_person_to_judge() -> None:
    for distractors in ((), ("back", " BACK ")):
        question = pose(FLIP, times=0, random=Random(1), distractors=distractors)
        assert (question.options, question.k, question.typed) == ((), None, False)


@pytest.mark.parametrize(
    ("distractors", "k"), [(["a"], 2), (["a", "b", "back"], 3), (["a", "b", "c", "d"], 4), (["a", " A"], 2)]
)
def test_a_flip_card_with_distractors_is_chosen_among_up_to_four(distractors: list[str], k: int) -> None:
    places, drawn = set(), set()
    for seed in range(60):
        question = pose(FLIP, times=0, random=Random(seed), distractors=distractors)
        texts = [option.text for option in question.options]
        assert (question.k, len({text.strip().casefold() for text in texts})) == (k, k)
        places.add(texts.index("Back"))
        drawn.update(texts)
        assert judge(question, Chosen(texts.index("Back"))).outcome is Outcome.RIGHT
        wrong = judge(question, Chosen((texts.index("Back") + 1) % k))
        assert (wrong.outcome, wrong.k) == (Outcome.WRONG, k)
    assert places == set(range(k))
    assert len(drawn) >= min(len(distractors), 4)


def test_the_distractors_are_drawn_by_the_session() -> None:
    wrong = [str(n) for n in range(20)]
    one, other, same = (pose(FLIP, times=0, random=Random(n), distractors=wrong) for n in (1, 2, 1))
    assert one == same != other
