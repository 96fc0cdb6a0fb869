"""What is wrong, where, and the remedy."""

from __future__ import annotations

import pytest

from quizapp.problem import Problem, did_you_mean


class TestProblem:
    def test_it_reads_as_one_line_with_its_place_and_remedy(self) -> None:
        message = 'answer "BOP" is not one of the choices BPO, KPO, Both'
        problem = Problem("decks/my.toml", 14, 1, 3, message, 'did you mean "BPO"?')
        assert str(problem) == f'decks/my.toml:14:1: card 3: {message}; did you mean "BPO"?'

    def test_what_it_does_not_have_is_left_out(self) -> None:
        assert str(Problem("a.toml", 0, 0, None, "there is no such file")) == "a.toml: there is no such file"
        assert str(Problem("a.toml", 2, 5, None, "not a value")) == "a.toml:2:5: not a value"


class TestDidYouMean:
    @pytest.mark.parametrize(
        ("word", "known", "expected"),
        [
            ("anwser", ["answer", "accept"], 'did you mean "answer"?'),
            ("BOP", ["BPO", "KPO", "Both"], 'did you mean "BPO"?'),
            ("kpo", ["BPO", "KPO"], 'did you mean "KPO"?'),
            ("xyz", ["answer", "accept"], ""),
            ("", ["answer"], ""),
            ("answer", [], ""),
        ],
    )
    def test_it_names_the_likeliest_word(self, word: str, known: list[str], expected: str) -> None:
        assert did_you_mean(word, known) == expected
