"""A remedy that is followed leaves no problem: none leads to the next one, or back."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.deck.read import parse_deck
from quizapp.problem import Problem

QUESTION = '[[card]]\nquestion = "q"\n'
FLIP = '[[card]]\nfront = "f"\nback = "b"\n'


def problems(text: str) -> list[Problem]:
    _, found = parse_deck(text.encode(), path=Path("x.toml"), deck_id="x", shown_as="x.toml")
    return found


@pytest.mark.parametrize(
    ("wrong", "remedy", "followed"),
    [
        # Numbers
        ('[study]\nnew_per_day = "ten"', "write a number: new_per_day = 20", "[study]\nnew_per_day = 20"),
        ("[study]\nnew_per_day = ten", "write a number: new_per_day = 20", "[study]\nnew_per_day = 20"),
        ('[study]\nnew_per_day = "10"', "take the quotes away", "[study]\nnew_per_day = 10"),
        ('[study]\nretention = "90 %"', "write a number: retention = 0.9", "[study]\nretention = 0.9"),
        ('[study]\nretention = "0.8"', "take the quotes away", "[study]\nretention = 0.8"),
        ('[quiz]\nseconds = "0.5"', "write a number: seconds = 60", "[quiz]\nseconds = 60"),
        ('[quiz]\ncards = "0"', "write a number: cards = 20", "[quiz]\ncards = 20"),
        ("[quiz]\nseconds = 60 s", "write a number: seconds = 60", "[quiz]\nseconds = 60"),
        # Truths and dates
        ('markdown = "no"', "write markdown = false", "markdown = false"),
        (
            FLIP + "reverse = True",
            "write reverse = true, or reverse = false",
            FLIP + "reverse = true",
        ),
        (
            "[study]\nexam_date = 15.12.2026",
            "write year-month-day, without quotes",
            "[study]\nexam_date = 2026-12-15",
        ),
        # Lists where a text belongs
        (
            QUESTION + 'answer = ["a", "b"]',
            'keep one; the others go into accept = ["…"]',
            QUESTION + 'answer = "a"\naccept = ["b"]',
        ),
        (
            QUESTION + 'answer = "a", "b"',
            'keep one; the others go into accept = ["…"]',
            QUESTION + 'answer = "a"\naccept = ["b"]',
        ),
        (
            QUESTION + 'answer = ["a", "b"]\nwrong = ["c"]',
            "keep one, without the brackets",
            QUESTION + 'answer = "a"\nwrong = ["c"]',
        ),
        (FLIP + 'why = ["a", "b"]', "keep one, without the brackets", FLIP + 'why = "a"'),
        ('title = ["x"]', "take the brackets away", 'title = "x"'),
        ("title = []", 'write a text in quotes: "…"', 'title = "x"'),
        # Texts where a list belongs
        ('choices = "BPO,KPO"', 'write choices = ["BPO", "KPO"]', 'choices = ["BPO", "KPO"]'),
        ('choices = ["BPO,KPO"]', 'write choices = ["BPO", "KPO"]', 'choices = ["BPO", "KPO"]'),
        ("choices = BPO, KPO", 'write choices = ["…", "…"]', 'choices = ["BPO", "KPO"]'),
        ('choices = "BPO", "KPO"', 'write choices = ["…", "…"]', 'choices = ["BPO", "KPO"]'),
        ('choices = "BPO"', 'name two or more: choices = ["BPO", "…"]', 'choices = ["BPO", "KPO"]'),
        ('choices = ["BPO"]', 'name two or more: choices = ["BPO", "…"]', 'choices = ["BPO", "KPO"]'),
        ("choices = []", "name two or more, or take it out", 'choices = ["BPO", "KPO"]'),
        (FLIP + 'tags = "a, b"', 'write tags = ["a", "b"]', FLIP + 'tags = ["a", "b"]'),
        (
            QUESTION + 'answer = "a"\nwrong = "Paris, France"',
            'put it in brackets: wrong = ["Paris, France"]',
            QUESTION + 'answer = "a"\nwrong = ["Paris, France"]',
        ),
        (
            QUESTION + 'answer = "a"\nwrong = \'say "x"\'',
            "put it in brackets: wrong = ['say \"x\"']",
            QUESTION + 'answer = "a"\nwrong = [\'say "x"\']',
        ),
        (
            QUESTION + 'answer = "a"\nwrong = b',
            'write wrong = ["…", "…"]',
            QUESTION + 'answer = "a"\nwrong = ["b", "c"]',
        ),
        # Headers
        ('[[cards]]\nfront = "f"\nback = "b"', "did you mean [[card]]?", FLIP),
        ('[Cards]\nfront = "f"\nback = "b"', "did you mean [[card]]?", FLIP),
        ('[[flip]]\nfront = "f"\nback = "b"', "did you mean [[card]]?", FLIP),
        ("[quizz]\nseconds = 60", "did you mean [quiz]?", "[quiz]\nseconds = 60"),
    ],
)
def test_a_remedy_that_is_followed_leaves_no_problem(wrong: str, remedy: str, followed: str) -> None:
    assert [problem.remedy for problem in problems(wrong)] == [remedy]
    assert problems(followed) == []


def test_ten_choices_are_told_how_many_to_keep() -> None:
    (problem,) = problems("choices = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]")
    assert problem.remedy == "keep 9"


def test_no_text_is_given_as_an_example_that_would_not_be_the_same() -> None:
    (problem,) = problems(FLIP + f'tags = "{"x" * 60}"')
    assert problem.remedy == 'put it in brackets: tags = ["…"]'
