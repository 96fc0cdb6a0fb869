"""Judging answers."""

from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.deck.card import Card, Cloze, Statement, Typed
from quizapp.learn.ask import Question, pose
from quizapp.learn.judge import Chosen, Written, judge
from quizapp.learn.same import fold, same_text
from quizapp.record import How, Outcome


def asked(card: Card) -> Question:
    return pose(card, times=0, random=Random(0))


STATEMENT = asked(
    Statement(
        key="s", entry=0, prompt="Cheap.", answer="BPO", choices=("BPO", "KPO", "Both"), keys=("b", "k", "o")
    )
)


def test_a_choice_is_judged_by_its_place() -> None:
    right, wrong = judge(STATEMENT, Chosen(0)), judge(STATEMENT, Chosen(2))
    assert (right.outcome, right.given, right.how, right.k) == (Outcome.RIGHT, "BPO", How.CHOSEN, 3)
    assert (wrong.outcome, wrong.given) == (Outcome.WRONG, "Both")
    assert right.right
    assert not wrong.right


@pytest.mark.parametrize("place", [3, -1, -3])
def test_a_place_that_is_not_on_the_screen_is_refused(place: int) -> None:
    with pytest.raises(IndexError):
        judge(STATEMENT, Chosen(place))


def test_a_typed_answer_may_be_any_accepted_one() -> None:
    question = asked(Typed(key="t", entry=0, prompt="K?", answer="knowledge", accept=("knowledge process",)))
    for text in ("knowledge", " Knowledge ", "knowledge  process."):
        judgement = judge(question, Written(text))
        assert judgement.right
        assert (judgement.given, judgement.how, judgement.k) == (text, How.TYPED, None)
    assert judge(question, Written("process")).outcome is Outcome.WRONG
    assert judge(question, Written("")).outcome is Outcome.WRONG


def test_a_cloze_is_judged_by_its_blank() -> None:
    question = asked(Cloze(key="z", entry=0, prompt="a […]", answer="volume", before="a ", after=""))
    assert judge(question, Written("Volume")).right
    assert not judge(question, Written("a volume")).right


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Café", "cafe\u0301"),  # composed and not
        ("STRASSE", "straße"),
        ("well-known", "well known"),
        ("it’s", "it's"),
        ("don't", "dont"),
        ("“yes”", "yes"),
        ("one, two", "one  two"),
        ("f(x)", "f x"),
        ("What?", "what"),
        ("...", "..."),
        ("C#", "c#"),
        ("-1", "−1"),  # a keyboard has no minus
        ("x=-1", "x=−1"),
        ("5-3", "5−3"),
        ("A-", "A−"),
    ],
)
def test_same(left: str, right: str) -> None:
    assert same_text(left, right)
    assert same_text(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("C", "C#"),
        ("C", "C++"),
        ("1.5", "15"),
        ("1,5", "15"),
        (".5", "5"),
        ("-1", "1"),
        ("−1", "1"),
        ("x = -1", "x = 1"),
        ("x= -1", "x=1"),
        ("x=-1", "x= 1"),
        ("(-1)", "(1)"),
        ("-.5", ".5"),
        ("A−", "A"),
        ("10 %", "10"),
        ("resume", "résumé"),
        ("", "a"),
        ("", "..."),
        ("!", "?"),
        ("()", "[]"),
        ("notable", "not able"),
    ],
)
def test_not_the_same(left: str, right: str) -> None:
    assert not same_text(left, right)
    assert not same_text(right, left)


@given(st.text(), st.text())
@example("-", "−")
def test_sameness_is_symmetric_and_reflexive(left: str, right: str) -> None:
    assert same_text(left, left)
    assert same_text(left, right) == same_text(right, left)


@given(st.text())
def test_folding_leaves_no_white_space_at_the_ends(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())
