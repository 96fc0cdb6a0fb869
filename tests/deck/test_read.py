"""A deck file, and every problem it can have: line, column, card, message and remedy."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizapp.deck.card import Card, Choice, Cloze, Deck, Flip, QuizDefaults, Statement, StudyDefaults, Typed
from quizapp.deck.file import LIMIT
from quizapp.deck.read import parse_deck, read_deck
from quizapp.deck.tables import MODES
from quizapp.learn.quiz import Mode
from quizapp.problem import Problem

RUNS = settings(max_examples=100, deadline=None)

Row = tuple[int, int, int | None, str, str]


def parse(text: str | bytes) -> tuple[Deck | None, list[Problem]]:
    data = text if isinstance(text, bytes) else text.encode()
    return parse_deck(data, path=Path("spanish.toml"), deck_id="spanish", shown_as="spanish.toml")


def good(text: str | bytes) -> Deck:
    deck, problems = parse(text)
    assert deck is not None
    assert problems == []
    return deck


def rows(problems: list[Problem]) -> list[Row]:
    assert all(problem.path == "spanish.toml" for problem in problems)
    return [(p.line, p.column, p.card, p.message, p.remedy) for p in problems]


class TestAGoodDeck:
    def test_an_empty_file_is_a_deck_named_after_the_file(self) -> None:
        assert good("") == Deck(id="spanish", path=Path("spanish.toml"), title="spanish")

    def test_the_head_and_its_tables(self) -> None:
        deck = good(
            """
            title = "BPO\\n  or KPO?"
            about = "Which?"
            source = "an article"
            choices = ["BPO", "KPO", "Both"]
            keys = ["B", "k", "o"]
            [quiz]
            choices = ["KPO", "BPO"]
            seconds = 30
            mode = "exam"
            cards = 20
            distractors = true
            [study]
            new_per_day = 0
            reviews_per_day = 200
            retention = 0.85
            exam_date = 2026-12-15
            """
        )
        assert (deck.title, deck.about, deck.source) == ("BPO or KPO?", "Which?", "an article")
        assert (deck.choices, deck.keys) == (("BPO", "KPO", "Both"), ("b", "k", "o"))
        assert deck.quiz == QuizDefaults(("KPO", "BPO"), 30, "exam", 20, True)
        assert deck.study == StudyDefaults(0, 200, 0.85, date(2026, 12, 15))

    @pytest.mark.parametrize("mode", MODES)
    def test_a_quiz_of_each_mode(self, mode: str) -> None:
        assert good(f'[quiz]\nmode = " {mode} "\n').quiz == QuizDefaults(mode=mode)

    def test_every_mode_of_a_quiz_can_be_named(self) -> None:
        assert {mode.value for mode in Mode} == set(MODES)

    @pytest.mark.parametrize(
        ("written", "steps"),
        [
            ("[]", ()),
            ('["1m", "10m"]', (60, 600)),
            ('["30s", "2h", "1d"]', (30, 7200, 86_400)),
            ('[" 5 m "]', (300,)),
        ],
    )
    def test_learning_steps_are_times(self, written: str, steps: tuple[int, ...]) -> None:
        deck = good(f"[study]\nsteps = {written}\nrelearning_steps = {written}\n")
        assert (deck.study.steps, deck.study.relearning_steps) == (steps, steps)
        assert (good("").study.steps, good("").study.relearning_steps) == (None, None)

    def test_of_steps_with_a_fault_none_is_used(self) -> None:
        deck, _ = parse('[study]\nsteps = ["1m", "ten"]\nrelearning_steps = ["5m"]\n')
        assert deck is not None
        assert (deck.study.steps, deck.study.relearning_steps) == (None, (300,))

    def test_the_kind_follows_from_the_keys(self) -> None:
        deck = good(
            """
            choices = ["BPO", "KPO"]
            [[card]]
            statement = "Anybody could."
            answer = "BPO"
            why = "w"
            hint = "h"
            aspect = "a"
            tags = ["t", "u"]
            from = "b6"
            variants = ["Everybody could."]
            [[card]]
            statement = "Nobody could."
            answer = false
            [[card]]
            question = "Why?"
            answer = "Costs"
            wrong = ["Speed", "Prestige"]
            [[card]]
            question = "K?"
            answer = "knowledge"
            accept = ["knowledge process"]
            """
        )
        statement, truth, choice, typed = deck.cards
        assert statement == Statement(
            key=statement.key,
            entry=0,
            prompt="Anybody could.",
            answer="BPO",
            why="w",
            hint="h",
            aspect="a",
            tags=("t", "u"),
            source="b6",
            variants=("Everybody could.",),
            choices=("BPO", "KPO"),
            keys=("b", "k"),
        )
        assert truth == Statement(
            key=truth.key,
            entry=1,
            prompt="Nobody could.",
            answer="False",
            choices=("True", "False"),
            keys=("t", "f"),
        )
        assert choice == Choice(
            key=choice.key, entry=2, prompt="Why?", answer="Costs", wrong=("Speed", "Prestige")
        )
        assert typed == Typed(
            key=typed.key, entry=3, prompt="K?", answer="knowledge", accept=("knowledge process",)
        )

    def test_a_flip_card_may_be_asked_both_ways(self) -> None:
        there, back = good(
            '[[card]]\nfront = "F"\nback = "B"\nreverse = true\nvariants = ["G"]\nwhy = "w"'
        ).cards
        assert there == Flip(key=there.key, entry=0, prompt="F", answer="B", variants=("G",), why="w")
        assert back == Flip(key=back.key, entry=0, prompt="B", answer="F", reversed=True, why="w")

    @pytest.mark.parametrize(
        ("cloze", "cards"),
        [
            ("It is {volume}.", [("It is ", "volume", ".")]),
            ("{a} and {b}", [("", "a", " and b"), ("a and ", "b", "")]),
            ("{a} {a}", [("", "a", " a"), ("a ", "a", "")]),
            ("{{x}} is {y}", [("{x} is ", "y", "")]),
            ("f = {{ {y}", [("f = { ", "y", "")]),
            ("f }} {y}", [("f } ", "y", "")]),
            ("{{{x}}}", [("{", "x", "}")]),
            (r"{\frac{{a}}{{b}}}", [("", r"\frac{a}{b}", "")]),
            ("{a{{b}", [("", "a{b", "")]),
        ],
    )
    def test_each_blank_of_a_cloze_is_a_card(self, cloze: str, cards: list[tuple[str, str, str]]) -> None:
        deck = good(f"[[card]]\ncloze = '{cloze}'\n")
        found = [(card.before, card.answer, card.after) for card in deck.cards if isinstance(card, Cloze)]
        assert found == cards
        assert [card.prompt for card in deck.cards] == [f"{before}[…]{after}" for before, _, after in cards]
        assert len({card.key for card in deck.cards}) == len(cards)

    def test_whole_numbers_are_texts(self) -> None:
        deck = good(
            "title = 2026\nchoices = [1, 2]\n[[card]]\nstatement = 3\nanswer = 1\nid = 7\ntags = [4]\n"
            "[[card]]\nfront = 0x10\nback = 1_000\n"
        )
        statement, flip = deck.cards
        assert (deck.title, deck.choices, deck.keys) == ("2026", ("1", "2"), ("", ""))
        assert (statement.prompt, statement.answer, statement.tags) == ("3", "1", ("4",))
        assert (flip.prompt, flip.answer) == ("16", "1000")

    def test_an_answer_is_a_choice_however_it_is_encoded_or_spaced(self) -> None:
        deck = good(
            'choices = ["caf\u00e9 noir", "b"]\n[[card]]\nstatement = "s"\nanswer = "cafe\u0301  noir"'
        )
        assert deck.cards[0].answer == "caf\u00e9 noir"

    def test_entries_may_be_written_as_a_list(self) -> None:
        deck = good(
            "card = [\n  { front = 'a', back = 'b' },\n  {\n    front = 'c',\n    back = 'd',\n  },\n]"
        )
        assert [(card.entry, card.prompt) for card in deck.cards] == [(0, "a"), (1, "c")]

    def test_a_header_within_a_text_is_text(self) -> None:
        assert len(good('[[card]]\nfront = """\n[[card]]\nfront = 1\n"""\nback = "x"\n').cards) == 1

    def test_text_is_shown_as_written(self) -> None:
        text = "[red]x[/foo] list[int] [@click=app.quit]y[/]"
        card = good(f"[[card]]\nfront = '{text}'\nback = '''\n\ttab\nline'''\n").cards[0]
        assert (card.prompt, card.answer) == (text, "\ttab\nline")

    def test_equal_prompts_of_different_kinds_or_ids_are_different_cards(self) -> None:
        deck = good(
            '[[card]]\nfront = "x"\nback = "y"\n[[card]]\nfront = "x"\nback = "z"\nid = "2"\n'
            '[[card]]\nquestion = "x"\nanswer = "y"\n'
        )
        assert len(deck.cards) == 3


STEP = "write a number with s, m, h or d behind it"

# name → file, cards left, problems
HEAD = {
    "an unknown key": (
        'tilte = "x"\n',
        [(1, 1, None, 'unknown key "tilte"', 'did you mean "title"?')],
    ),
    "an unknown key like nothing": (
        "# c\n  zzz = 1\n",
        [(2, 3, None, 'unknown key "zzz"', "")],
    ),
    "markdown in quotes": (
        'markdown = "true"\n',
        [(1, 1, None, "markdown is a text, not true or false", "write markdown = true")],
    ),
    "markdown under quiz": (
        "[quiz]\nmarkdown = true\n",
        [(2, 1, None, '"markdown" is a key of the deck, not of [quiz]', "move it above the first [table]")],
    ),
    "an empty title": (
        'title = "  "',
        [(1, 1, None, "title is empty", "write a text, or take it out")],
    ),
    "a title that is a list": (
        'title = ["x"]',
        [(1, 1, None, "title is a list, not a text", "take the brackets away")],
    ),
    "a title that is a table": (
        "title = {a = 1}",
        [(1, 1, None, "title is a table, not a text", "")],
    ),
    "a control character in the title": (
        'title = "a\\u001B[31m"',
        [(1, 1, None, "title has a control character (escape)", "take it out")],
    ),
    "one choice": (
        'choices = ["A"]',
        [
            (
                1,
                1,
                None,
                "choices is a list of 1 text, not a list of 2 to 9 texts",
                'name two or more: choices = ["A", "…"]',
            )
        ],
    ),
    "ten choices": (
        "choices = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]",
        [(1, 1, None, "choices is a list of 10 texts, not a list of 2 to 9 texts", "keep 9")],
    ),
    "no choices in the list": (
        "choices = []",
        [(1, 1, None, "choices is an empty list", "name two or more, or take it out")],
    ),
    "choices that are a text": (
        'choices = "A, B"',
        [
            (
                1,
                1,
                None,
                "choices is a text, not a list of 2 to 9 texts",
                'write choices = ["A", "B"]',
            )
        ],
    ),
    "a choice that is no text": (
        'choices = ["A", 2.5, ""]',
        [
            (1, 1, None, "item 2 of choices is a decimal number, not a text", "quote it"),
            (1, 1, None, "item 3 of choices is empty", "write a text, or take it out"),
        ],
    ),
    "equal choices": (
        'choices = ["A", "B", "A"]',
        [(1, 1, None, 'choices has "A" twice', "take one out")],
    ),
    "too few keys": (
        'choices = ["A", "B"]\nkeys = ["a"]',
        [(2, 1, None, "keys has 1, choices 2", "write one letter for each choice")],
    ),
    "keys that are no letters": (
        'choices = ["A", "B", "C"]\nkeys = ["ab", 1, "ß"]',
        [
            (2, 1, None, 'the key "ab" is not a single letter', "write one letter"),
            (2, 1, None, 'the key "1" is not a single letter', "write one letter"),
            (2, 1, None, 'the key "ß" is not a single letter', "write one letter"),
        ],
    ),
    "equal keys": (
        'choices = ["A", "B"]\nkeys = ["x", "x"]',
        [(2, 1, None, 'keys has two times "x"', "give each choice a letter of its own; case does not count")],
    ),
    "keys equal but for case": (
        'choices = ["A", "B"]\nkeys = ["x", "X"]',
        [
            (
                2,
                1,
                None,
                'keys has "x" and "X"',
                "give each choice a letter of its own; case does not count",
            )
        ],
    ),
    "keys without choices": (
        'keys = ["x", "y"]',
        [(1, 1, None, "keys without choices", "add choices = …, or take keys out")],
    ),
    "a key of the quiz": (
        "seconds = 3",
        [(1, 1, None, '"seconds" is a key of [quiz], not of the deck', "move it to [quiz]")],
    ),
    "a key of study": (
        "retention = 0.9",
        [(1, 1, None, '"retention" is a key of [study], not of the deck', "move it to [study]")],
    ),
    "a key of a card": (
        'front = "x"',
        [(1, 1, None, '"front" is a key of a card, not of the deck', "write [[card]] above it")],
    ),
    "a table almost named card": (
        'title = "x"\n[[cards]]\nfront = "x"\n[[cards]]\nfront = "y"\n',
        [(2, 1, None, 'unknown table "cards"', "did you mean [[card]]?")],
    ),
    "a table almost named quiz": (
        "[Quizz]\nseconds = 3\n",
        [(1, 1, None, 'unknown table "Quizz"', "did you mean [quiz]?")],
    ),
    "a table named like nothing": (
        "[xyzzy]\n",
        [(1, 1, None, 'unknown table "xyzzy"', "")],
    ),
    "a quiz that is no table": (
        "quiz = true",
        [(1, 1, None, "quiz is true, not a table", "write [quiz] and its keys below")],
    ),
    "two brackets around quiz": (
        "[[quiz]]\nseconds = 3",
        [(1, 1, None, "quiz is a list, not a table", "write [quiz] and its keys below")],
    ),
    "choices that landed under quiz": (
        '[quiz]\nchoices = ["A", "B"]\n[[card]]\nstatement = "x"\nanswer = "A"\n',
        [
            (
                2,
                1,
                None,
                "choices stands under [quiz], but the deck itself has none",
                "move it above the first [table]",
            )
        ],
    ),
    "another key of the deck under quiz": (
        '[quiz]\n  title = "x"\n',
        [(2, 3, None, '"title" is a key of the deck, not of [quiz]', "move it above the first [table]")],
    ),
    "a key of a card under study": (
        '[study]\nfront = "x"\n',
        [(2, 1, None, '"front" is a key of a card, not of [study]', "write [[card]] above it")],
    ),
    "a key of study under quiz": (
        "[quiz]\nexam_date = 2026-01-01\n",
        [(2, 1, None, '"exam_date" is a key of [study], not of [quiz]', "move it to [study]")],
    ),
    "an unknown key under quiz": (
        "quiz.second = 3\n",
        [(1, 1, None, 'unknown key "second"', 'did you mean "seconds"?')],
    ),
    "quiz choices that the deck lacks": (
        'choices = ["BPO", "KPO"]\n[quiz]\nchoices = ["BOP", "KPO"]\n',
        [(3, 1, None, '"BOP" is not one of the deck\'s choices BPO, KPO', 'did you mean "BPO"?')],
    ),
    "equal quiz choices": (
        'choices = ["BPO", "KPO"]\n[quiz]\nchoices = ["KPO", "KPO"]\n',
        [(3, 1, None, 'choices has "KPO" twice', "take one out")],
    ),
    "seconds out of range": (
        "[quiz]\nseconds = 0",
        [(2, 1, None, "seconds is 0, not a whole number from 1 to 3600", "")],
    ),
    "seconds in quotes": (
        '[quiz]\nseconds = "60"',
        [(2, 1, None, "seconds is a text, not a whole number from 1 to 3600", "take the quotes away")],
    ),
    "a mode almost named exam": (
        '[quiz]\nmode = "Exams"',
        [
            (
                2,
                1,
                None,
                '"Exams" is not one of the modes practice, sprint, exam, countdown, survival',
                'did you mean "exam"?',
            )
        ],
    ),
    "a mode named like nothing": (
        "[quiz]\nmode = 3",
        [(2, 1, None, '"3" is not one of the modes practice, sprint, exam, countdown, survival', "")],
    ),
    "no mode": (
        '[quiz]\nmode = ""',
        [(2, 1, None, "mode is empty", "write a text, or take it out")],
    ),
    "a quiz of no cards": (
        "[quiz]\ncards = 0",
        [(2, 1, None, "cards is 0, not a whole number from 1 to 9999", "")],
    ),
    "a quiz of half a card": (
        "[quiz]\ncards = 0.5",
        [(2, 1, None, "cards is 0.5, not a whole number from 1 to 9999", "")],
    ),
    "a quiz's cards in quotes": (
        '[quiz]\ncards = "20"',
        [(2, 1, None, "cards is a text, not a whole number from 1 to 9999", "take the quotes away")],
    ),
    "distractors that are texts": (
        '[quiz]\ndistractors = ["x"]',
        [(2, 1, None, "distractors is a list, not true or false", "")],
    ),
    "distractors in quotes": (
        '[quiz]\ndistractors = "true"',
        [(2, 1, None, "distractors is a text, not true or false", "write distractors = true")],
    ),
    "distractors almost so named": (
        "[quiz]\ndistractor = true",
        [(2, 1, None, 'unknown key "distractor"', 'did you mean "distractors"?')],
    ),
    "a mode of the deck": (
        'mode = "exam"',
        [(1, 1, None, '"mode" is a key of [quiz], not of the deck', "move it to [quiz]")],
    ),
    "cards a day that are no count": (
        "[study]\nnew_per_day = -1\nreviews_per_day = 2.5\n",
        [
            (2, 1, None, "new_per_day is -1, not a whole number from 0 to 9999", ""),
            (3, 1, None, "reviews_per_day is 2.5, not a whole number from 0 to 9999", ""),
        ],
    ),
    "a retention in percent": (
        "[study]\nretention = 90",
        [(2, 1, None, "retention is 90, not a number from 0.5 to 0.99", "")],
    ),
    "an exam date that is none": (
        '[study]\nexam_date = "soon"',
        [
            (
                2,
                1,
                None,
                "exam_date is a text, not a date such as 2026-12-15",
                "write year-month-day, without quotes",
            )
        ],
    ),
    "an exam date with a time": (
        "[study]\nexam_date = 2026-12-15T10:00:00",
        [(2, 1, None, "exam_date is a date and time, not a date such as 2026-12-15", "")],
    ),
    "a step without its brackets": (
        '[study]\nsteps = "1m"',
        [
            (
                *(2, 1, None, 'steps is a text, not a list of steps such as ["1m", "10m"]'),
                'put it in brackets: steps = ["1m"]',
            )
        ],
    ),
    "steps that are none": (
        '[study]\nsteps = ["1m", "ten", 5, "0m", "10M", "1.5h", "1 minute"]',
        [
            (2, 1, None, f'"{step}" in steps is not a step such as "10m"', STEP)
            for step in ("ten", "5", "0m", "10M", "1.5h", "1 minute")
        ],
    ),
    "a relearning step that is none": (
        '[study]\nrelearning_steps = ["x"]',
        [(2, 1, None, '"x" in relearning_steps is not a step such as "10m"', STEP)],
    ),
    "a step that is no text": (
        '[study]\nsteps = ["1m", ["10m"]]',
        [(2, 1, None, "item 2 of steps is a list, not a text", "take the brackets away")],
    ),
    "too many steps": (
        f"[study]\nsteps = {['1m'] * 10}",
        [(2, 1, None, "steps has 10 steps, and 9 is the most", "take some out")],
    ),
    "steps almost so named": (
        '[study]\nrelearning_step = ["10m"]',
        [(2, 1, None, 'unknown key "relearning_step"', 'did you mean "relearning_steps"?')],
    ),
    "card that is no list": (
        'card = "x"',
        [(1, 1, None, "card is a text, not a list of tables", "write [[card]] and its keys below")],
    ),
}

# Each of these entries follows four lines of head and a good first card: its header is line 8.
ENTRIES = {
    "an unknown key": (
        'front = "x"\nback = "y"\nwhty = "z"',
        1,
        [(11, 1, 2, 'unknown key "whty"', 'did you mean "why"?')],
    ),
    "a misspelt answer, said once": (
        'statement = "x"\nanwser = "BPO"',
        0,
        [(10, 1, 2, 'unknown key "anwser"', 'did you mean "answer"?')],
    ),
    "a misspelt kind, said once": (
        'qestion = "x"\nanswer = "BPO"',
        0,
        [(9, 1, 2, 'unknown key "qestion"', 'did you mean "question"?')],
    ),
    "no kind": (
        'answer = "BPO"',
        0,
        [(8, 1, 2, "a card needs one of statement, front, question, cloze", "")],
    ),
    "two kinds": (
        'front = "x"\nback = "y"\nquestion = "z"',
        0,
        [
            (
                11,
                1,
                2,
                "a card has only one of statement, front, question, cloze; this one has front and question",
                "make two cards of it",
            )
        ],
    ),
    "an answer that is no choice": (
        'statement = "x"\n  answer = "BOP"',
        0,
        [(10, 3, 2, 'answer "BOP" is not one of the choices BPO, KPO, Both', 'did you mean "BPO"?')],
    ),
    "an answer that differs in case": (
        'statement = "x"\nanswer = "bpo"',
        0,
        [(10, 1, 2, 'answer "bpo" is not one of the choices BPO, KPO, Both', 'did you mean "BPO"?')],
    ),
    "an answer like no choice": (
        'statement = "x"\nanswer = "zz"',
        0,
        [(10, 1, 2, 'answer "zz" is not one of the choices BPO, KPO, Both', "")],
    ),
    "a long answer with control characters": (
        f'statement = "x"\nanswer = "{"z" * 30}\\u001B\\n{"z" * 30}"',
        0,
        [
            (
                10,
                1,
                2,
                f'answer "{"z" * 30}␛ {"z" * 7}…" is not one of the choices BPO, KPO, Both',
                "",
            )
        ],
    ),
    "a statement without an answer": (
        'statement = "x"',
        0,
        [(8, 1, 2, "the statement has no answer", "add answer = …")],
    ),
    "a front without a back": (
        'front = "x"',
        0,
        [(8, 1, 2, "the flip card has no back", "add back = …")],
    ),
    "a front with an answer": (
        'front = "x"\nanswer = "y"',
        0,
        [(10, 1, 2, '"answer" does not go with front', "write back")],
    ),
    "a question with a back": (
        'question = "x"\nback = "y"',
        0,
        [(10, 1, 2, '"back" does not go with question', "write answer")],
    ),
    "a key of another kind": (
        'statement = "x"\nanswer = "BPO"\nreverse = true',
        1,
        [(11, 1, 2, '"reverse" does not go with statement', "take it out")],
    ),
    "variants of a cloze": (
        'cloze = "{x}"\nvariants = ["y"]',
        1,
        [(10, 1, 2, '"variants" does not go with cloze', "take it out")],
    ),
    "a question without an answer": (
        'question = "x"\nwrong = ["y"]',
        0,
        [(8, 1, 2, "the question has no answer", "add answer = …")],
    ),
    "an empty answer": (
        'question = "x"\nanswer = ""',
        0,
        [(10, 1, 2, "answer is empty", "write a text, or take it out")],
    ),
    "an empty prompt": (
        'question = " \\n"\nanswer = "x"',
        0,
        [(9, 1, 2, "question is empty", "write a text, or take it out")],
    ),
    "a question answered with true": (
        'question = "x"\nanswer = true',
        0,
        [(10, 1, 2, "answer is true, not a text", "quote it, or write statement")],
    ),
    "a decimal answer": (
        'question = "x"\nanswer = 3.10',
        0,
        [(10, 1, 2, "answer is a decimal number, not a text", "quote it")],
    ),
    "a date as an answer": (
        'question = "x"\nanswer = 1789-07-14',
        0,
        [(10, 1, 2, "answer is a date, not a text", "quote it")],
    ),
    "a time as an answer": (
        'question = "x"\nanswer = 10:30:00',
        0,
        [(10, 1, 2, "answer is a time, not a text", "quote it")],
    ),
    "a number beyond 64 bits": (
        'question = "x"\nanswer = 0x1_0000_0000_0000_0000',
        0,
        [(10, 1, 2, "answer is a number of too many digits, not a text", "quote it")],
    ),
    "wrong and accept": (
        'question = "x"\nanswer = "y"\nwrong = ["z"]\naccept = ["w"]',
        0,
        [
            (
                12,
                1,
                2,
                "a question has either wrong or accept, not both",
                "take accept out, or take wrong out to have it typed",
            )
        ],
    ),
    "wrong that is empty": (
        'question = "x"\nanswer = "y"\nwrong = []',
        0,
        [(11, 1, 2, "wrong is an empty list", "name at least one, or take it out")],
    ),
    "wrong that is a text": (
        'question = "x"\nanswer = "y"\nwrong = "z"',
        0,
        [(11, 1, 2, "wrong is a text, not a list of texts", 'put it in brackets: wrong = ["z"]')],
    ),
    "wrong of which some is no text": (
        'question = "x"\nanswer = "y"\nwrong = ["z", 2.5, []]',
        1,
        [
            (11, 1, 2, "item 2 of wrong is a decimal number, not a text", "quote it"),
            (11, 1, 2, "item 3 of wrong is a list, not a text", 'write a text in quotes: "…"'),
        ],
    ),
    "wrong of which none is a text": (
        'question = "x"\nanswer = "y"\nwrong = [true]',
        0,
        [(11, 1, 2, "item 1 of wrong is true, not a text", "quote it")],
    ),
    "wrong that holds the answer and equals": (
        'question = "x"\nanswer = "y"\nwrong = ["y", "z", " z"]',
        1,
        [
            (11, 1, 2, 'wrong "y" is the same as the answer', "change it"),
            (11, 1, 2, 'wrong "z" is the same as another', "change it"),
        ],
    ),
    "wrong that holds nothing but the answer": (
        'question = "x"\nanswer = "y"\nwrong = ["y"]',
        0,
        [(11, 1, 2, 'wrong "y" is the same as the answer', "change it")],
    ),
    "more wrong answers than can be shown": (
        'question = "x"\nanswer = "y"\nwrong = [1, 2, 3, 4, 5, 6, 7, 8, 9]',
        1,
        [
            (
                11,
                1,
                2,
                "wrong has 9 answers; with the right one a card shows at most 9",
                "keep 8",
            )
        ],
    ),
    "a cloze without a blank": (
        'cloze = "x {{y}}"',
        0,
        [(9, 1, 2, "cloze has no blank", "put braces around what is hidden: {word}")],
    ),
    "a cloze with an open brace": (
        'cloze = "x {y"',
        0,
        [(9, 1, 2, "cloze has a { that is never closed", "close it with }, or write {{ for a plain brace")],
    ),
    "a cloze with a closing brace too many": (
        'cloze = "{x} y}"',
        0,
        [(9, 1, 2, "cloze has a } that closes no blank", "write }} for a plain brace")],
    ),
    "a blank within a blank": (
        'cloze = "{x {y} z}"',
        0,
        [(9, 1, 2, "cloze has a { within a blank", "write {{ for a plain brace")],
    ),
    "an empty blank": (
        'cloze = "x { }"',
        0,
        [(9, 1, 2, "cloze has an empty blank", "write what is hidden between the braces")],
    ),
    "a hint of the wrong type": (
        'front = "x"\nback = "y"\nhint = ["z"]',
        1,
        [(11, 1, 2, "hint is a list, not a text", "take the brackets away")],
    ),
    "reverse in quotes": (
        'front = "x"\nback = "y"\nreverse = "true"',
        1,
        [(11, 1, 2, "reverse is a text, not true or false", "write reverse = true")],
    ),
    "markdown that is a number": (
        'front = "x"\nback = "y"\nmarkdown = 1',
        1,
        [(11, 1, 2, "markdown is 1, not true or false", "")],
    ),
    "tags that are a text": (
        'front = "x"\nback = "y"\ntags = "z"',
        1,
        [(11, 1, 2, "tags is a text, not a list of texts", 'put it in brackets: tags = ["z"]')],
    ),
    "a bad tag": (
        'front = "x"\nback = "y"\ntags = ["z", ""]',
        1,
        [(11, 1, 2, "item 2 of tags is empty", "write a text, or take it out")],
    ),
    "an id that is no text": (
        'front = "x"\nback = "y"\nid = 1.5',
        1,
        [(11, 1, 2, "id is a decimal number, not a text", "quote it")],
    ),
    "a key of the deck": (
        'front = "x"\nback = "y"\ntitle = "z"\nsource = "z"',
        1,
        [
            (11, 1, 2, '"title" is a key of the deck, not of a card', "move it above the first [[card]]"),
            (
                12,
                1,
                2,
                '"source" is a key of the deck, not of a card',
                "move it above the first [[card]], or write from",
            ),
        ],
    ),
    "a key of the quiz": (
        'front = "x"\nback = "y"\nseconds = 3',
        1,
        [(11, 1, 2, '"seconds" is a key of [quiz], not of a card', "move it to [quiz]")],
    ),
    "TeX in double quotes": (
        'front = "$\\frac 12$ $\\beta$"\nback = "\\theta"',
        1,
        [
            (
                9,
                1,
                2,
                "front has a control character (form feed)",
                "use single quotes '…', where \\ stays a backslash",
            ),
            (
                10,
                1,
                2,
                "back has a control character (tab)",
                "use single quotes '…', where \\ stays a backslash",
            ),
        ],
    ),
    "a line break that was TeX": (
        'front = "a \\neq b"\nback = "x"',
        1,
        [
            (
                9,
                1,
                2,
                "front has a control character (line break)",
                "use single quotes '…', where \\ stays a backslash",
            )
        ],
    ),
    "control characters in each kind of text": (
        'cloze = "{x}\\u0000"\nid = "\u200f"\nwhy = "\u202e"\nhint = "\\u0084"\n'
        'tags = ["\\u0007", "\\u0007"]',
        1,
        [
            (9, 1, 2, "cloze has a control character (U+0000)", "take it out"),
            (10, 1, 2, "id has a control character (U+200F)", "take it out"),
            (11, 1, 2, "why has a control character (U+202E)", "take it out"),
            (12, 1, 2, "hint has a control character (U+0084)", "take it out"),
            (13, 1, 2, "tags has a control character (U+0007)", "take it out"),
        ],
    ),
    "the prompt of an earlier card": (
        'front = "first  card"\nback = "y"',
        0,
        [
            (
                9,
                1,
                2,
                "the front is the same as in card 1, which counts",
                "take one out, or give one an id",
            )
        ],
    ),
    "a table within the card": (
        'front = "x"\nback = "y"\n[card.more]\nz = 1',
        1,
        [(11, 1, 2, 'unknown key "more"', "")],
    ),
}
FIRST = 'choices = ["BPO", "KPO", "Both"]\n\n\n\n[[card]]\nfront = "first card"\nback = "x"\n'


class TestProblems:
    @pytest.mark.parametrize("name", HEAD)
    def test_of_the_head(self, name: str) -> None:
        text, expected = HEAD[name]
        deck, problems = parse(text)
        assert deck is not None
        assert rows(problems) == expected

    @pytest.mark.parametrize("name", ENTRIES)
    def test_of_an_entry(self, name: str) -> None:
        text, cards, expected = ENTRIES[name]
        deck, problems = parse(f"{FIRST}[[card]]\n{text}\n")
        assert deck is not None
        assert rows(problems) == expected
        assert [card.entry for card in deck.cards] == [0] + [1] * cards

    def test_all_are_told_at_once_in_the_order_of_the_file(self) -> None:
        _, problems = parse('[[card]]\nfront = "x"\n[quiz]\nseconds = 0\n[[card]]\nback = "y"\nhint = 1.5\n')
        assert [(p.line, p.card) for p in problems] == [(1, 1), (4, None), (5, 2), (7, 2)]

    def test_two_equal_ids(self) -> None:
        deck, problems = parse(
            '[[card]]\nfront = "x"\nback = "1"\nid = "i"\n[[card]]\nfront = "y"\nback = "2"\nid = "i"\n'
        )
        assert deck is not None
        assert [card.answer for card in deck.cards] == ["1"]
        assert rows(problems) == [
            (8, 1, 2, 'the id "i" is that of card 1, which counts', "give each card an id of its own")
        ]

    def test_a_statement_needs_choices_and_that_is_said_once(self) -> None:
        text = '[[card]]\nstatement = "{}"\nanswer = "A"\n'
        deck, problems = parse(text.format(1) + text.format(2) + '[[card]]\nstatement = "3"\nanswer = true\n')
        assert deck is not None
        assert [card.entry for card in deck.cards] == [2]
        assert rows(problems) == [
            (
                1,
                1,
                1,
                "2 statement cards can't be judged, for the deck has no choices",
                'add choices = ["…", "…"] at the top of the file, or answer = true or false',
            )
        ]

    def test_choices_under_a_card_are_the_only_problem(self) -> None:
        _, problems = parse('[[card]]\nstatement = "x"\nanswer = "A"\nchoices = ["A", "B"]\n')
        assert rows(problems) == [
            (4, 1, 1, '"choices" is a key of the deck, not of a card', "move it above the first [[card]]")
        ]

    def test_bad_choices_are_the_only_problem(self) -> None:
        _, problems = parse('choices = ["A"]\n[[card]]\nstatement = "x"\nanswer = "A"\n')
        assert [problem.line for problem in problems] == [1]

    def test_a_card_with_an_unusable_optional_key_is_kept_without_it(self) -> None:
        deck, _ = parse(
            '[[card]]\nfront = "x"\nback = "y"\nhint = 1.5\ntags = ["a", ""]\nreverse = 1\nwhy = "w"'
        )
        assert deck is not None
        (card,) = deck.cards
        assert (card.hint, card.tags, card.why) == ("", ("a",), "w")

    def test_control_characters_are_shown_as_signs(self) -> None:
        deck, _ = parse(
            'title = "\\u001B[2J"\nchoices = ["a\\u0007", "b"]\n'
            '[[card]]\nstatement = "\\u202Ex"\nanswer = "a\\u0007"\n'
            '[[card]]\ncloze = "\\u0000{\\u001B}"\n'
            '[[card]]\nquestion = "q"\nanswer = "\\u0008a"\naccept = ["\\u0008b"]\n'
        )
        assert deck is not None
        statement, cloze, typed = deck.cards
        assert (deck.title, deck.choices) == ("␛[2J", ("a␇", "b"))
        assert (statement.prompt, statement.answer) == ("\ufffdx", "a␇")
        assert isinstance(cloze, Cloze)
        assert (cloze.before, cloze.answer) == ("␀", "␛")
        assert isinstance(typed, Typed)
        assert (typed.answer, typed.accept) == ("␈a", ("␈b",))

    @pytest.mark.parametrize("text", ["to\\tdo", "one\\nnot two", "a\\texts", "a\\tb", "a\\nequal"])
    def test_tabs_and_line_breaks_in_plain_words_are_no_problem(self, text: str) -> None:
        good(f'[[card]]\nfront = "{text}"\nback = "x"')

    def test_entries_in_a_list_that_are_no_tables(self) -> None:
        deck, problems = parse('card = [{front = "x", back = "y"}, 3, "z"]')
        assert deck is not None
        assert len(deck.cards) == 1
        message, remedy = "this card is not a table", "write [[card]] and its keys below"
        assert rows(problems) == [(1, 1, 2, message, remedy), (1, 1, 3, message, remedy)]


GOOD = '[[card]]\nfront = "good {}"\nback = "x"\n'
# name → what is broken, and its problem; it stands as card 2 between two good ones, with its header on line 4
BROKEN = {
    "a text that is not closed": (
        'front = "x\nback = "y"',
        (5, 11, "a text is never closed", "close it with the quotes that opened it"),
    ),
    "a long text that is not closed": (
        'front = "x"\nback = """y\nz',
        (6, 1, "a text is never closed", "close it with the quotes that opened it"),
    ),
    "a long literal that is not closed": (
        "front = 'x'\nback = '''y\nz",
        (6, 1, "a text is never closed", "close it with the quotes that opened it"),
    ),
    "a quote within a text": (
        'front = "say "x""\nback = "y"',
        (5, 15, "more after the end of the value", 'quote all of it; a quote within is written \\"'),
    ),
    "a text without quotes": (
        'front = some words\nback = "y"',
        (5, 9, "not a value", 'quote it: "…"'),
    ),
    "a number with a zero before it": (
        'front = "x"\nback = 007',
        (6, 9, "more after the end of the value", 'quote all of it; a quote within is written \\"'),
    ),
    "curly quotes": (
        'front = “x”\nback = "y"',
        (5, 9, "“ is no quote that TOML knows", 'write " instead'),
    ),
    "no value": (
        'front =\nback = "y"',
        (5, 8, "a key without a value", 'write a text in quotes after the =: "…"'),
    ),
    "no equals sign": (
        'front "x"\nback = "y"',
        (5, 7, "a key without =", 'write key = "value"'),
    ),
    "a key twice": (
        'front = "x"\nback = "y"\nback = "z"',
        (7, 1, "this key stands twice", "take one out"),
    ),
    "a backslash in double quotes": (
        'front = "\\sqrt"\nback = "y"',
        (
            5,
            10,
            "a \\ in double quotes begins an escape",
            "use single quotes '…', where \\ stays a backslash",
        ),
    ),
    "a path of Windows": (
        'front = "see C:\\Users"\nback = "y"',
        (
            5,
            16,
            "a \\ in double quotes begins an escape",
            "use single quotes '…', where \\ stays a backslash",
        ),
    ),
    "an escape of half a character": (
        'front = "\\uD800"\nback = "y"',
        (
            5,
            10,
            "a \\ in double quotes begins an escape",
            "use single quotes '…', where \\ stays a backslash",
        ),
    ),
    "an x that is no hex": (
        'front = "\\xi"\nback = "y"',
        (
            5,
            10,
            "a \\ in double quotes begins an escape",
            "use single quotes '…', where \\ stays a backslash",
        ),
    ),
    "a list that is not closed": (
        'question = "x"\nanswer = "y"\nwrong = ["z"',
        (7, 1, "a list is not closed, or lacks a comma", "put a comma between its items and ] at its end"),
    ),
    "a list without a comma": (
        'question = "x"\nanswer = "y"\nwrong = ["z" "w"]',
        (7, 14, "a list is not closed, or lacks a comma", "put a comma between its items and ] at its end"),
    ),
    "a control character": (
        'front = "x\x07"\nback = "y"',
        (5, 11, "a control character in the file (U+0007)", "take it out"),
    ),
    "an inline table that is not closed": (
        'front = "x"\nback = {a = 1',
        (6, 1, "a table is not closed, or lacks a comma", "put a comma between its keys and } at its end"),
    ),
    "a list too deep": (
        f"front = {'[' * 3000}",
        (4, 1, "lists or tables are nested too deeply", "take some levels out"),
    ),
    "a number too long": (
        f"front = {'9' * 5000}",
        (4, 1, "a number has too many digits", "quote it"),
    ),
}


class TestRecovery:
    @pytest.mark.parametrize("name", BROKEN)
    def test_the_other_cards_still_work(self, name: str) -> None:
        text, (line, column, message, remedy) = BROKEN[name]
        deck, problems = parse(f"{GOOD.format(1)}[[card]]\n{text}\n{GOOD.format(3)}{GOOD.format(4)}")
        assert deck is not None
        assert [(card.entry, card.prompt) for card in deck.cards] == [
            (0, "good 1"),
            (2, "good 3"),
            (3, "good 4"),
        ]
        assert rows(problems) == [(line, column, 2, message, remedy)]

    @pytest.mark.parametrize("header", ["[[card]", "[[card", "[card", "[[card]] x", "[[card]] front = 1"])
    def test_a_torn_header_breaks_its_own_card_only(self, header: str) -> None:
        deck, problems = parse(f'{GOOD.format(1)}{header}\nfront = "x"\nback = "y"\n{GOOD.format(3)}')
        assert deck is not None
        assert [card.prompt for card in deck.cards] == ["good 1", "good 3"]
        assert [(problem.line, problem.card) for problem in problems] == [(4, 2)]

    def test_single_brackets_are_told_and_the_card_is_kept(self) -> None:
        expected = ("a card's header has double brackets", "write [[card]]")
        deck, problems = parse('[card]\nfront = "x"\nback = "y"\n')
        assert deck is not None
        assert len(deck.cards) == 1
        assert rows(problems) == [(1, 1, 1, *expected)]
        deck, problems = parse(f'{GOOD.format(1)}[card]\nfront = "x"\nback = "y"\n  [card]\nfront = "z"\n')
        assert deck is not None
        assert [card.prompt for card in deck.cards] == ["good 1", "x"]
        assert rows(problems) == [
            (4, 1, 2, *expected),
            (7, 3, 3, *expected),
            (7, 3, 3, "the flip card has no back", "add back = …"),
        ]

    def test_each_broken_piece_has_its_own_problem_and_good_pieces_theirs(self) -> None:
        deck, problems = parse(
            'title = "T"\nchoices = ["A", "B"]\n[quiz]\nseconds = \n[study]\nretention = 3\n'
            '[[card]]\nfront = "x\n[[card]]\nstatement = "s"\nanswer = "A"\n'
            '[[card]]\nfront = "y"\n[[card]]\nback = z\n'
        )
        assert deck is not None
        assert (deck.title, [card.prompt for card in deck.cards]) == ("T", ["s"])
        assert [(p.line, p.column, p.card, p.message) for p in problems] == [
            (4, 11, None, "a key without a value"),
            (6, 1, None, "retention is 3, not a number from 0.5 to 0.99"),
            (8, 11, 1, "a text is never closed"),
            (12, 1, 3, "the flip card has no back"),
            (15, 8, 4, "not a value"),
        ]

    def test_statements_wait_for_a_broken_head_and_that_is_said_once(self) -> None:
        statement = '[[card]]\nstatement = "{}"\nanswer = "A"\n'
        deck, problems = parse(
            f'choices = ["A", B]\n{statement.format(1)}{statement.format(2)}{GOOD.format(3)}'
        )
        assert deck is not None
        assert [card.prompt for card in deck.cards] == ["good 3"]
        assert rows(problems) == [
            (
                1,
                1,
                None,
                "2 statement cards can't be judged while the head can't be read",
                "mend the head first",
            ),
            (1, 17, None, "not a value", 'quote it: "…"'),
        ]

    def test_a_broken_head_without_statements_needs_no_more_words(self) -> None:
        _, problems = parse(f"title = x\n{GOOD.format(1)}")
        assert rows(problems) == [(1, 9, None, "not a value", 'quote it: "…"')]

    def test_a_table_that_stands_twice(self) -> None:
        deck, problems = parse("[quiz]\nseconds = 3\n[study]\n  [quiz]\nseconds = 4\n")
        assert deck is not None
        assert deck.quiz.seconds == 3
        assert rows(problems) == [(4, 3, None, "[quiz] stands twice", "make one of them")]

    def test_a_list_of_entries_and_headers(self) -> None:
        deck, problems = parse(
            f'card = [{{front = "a", back = "b"}}]\n{GOOD.format(2)}[[card]]\nfront = "z"\n'
        )
        assert deck is not None
        assert [(card.entry, card.prompt) for card in deck.cards] == [(0, "a"), (1, "good 2")]
        assert [(p.line, p.card, p.message) for p in problems] == [
            (2, None, "this adds to a list or table that is complete"),
            (5, 3, "the flip card has no back"),
        ]

    def test_a_string_closed_by_the_next_entrys_quotes_hides_nothing(self) -> None:
        long = '[[card]]\nfront = """\nlong"""\nback = "x"\n'
        deck, problems = parse(f'[[card]]\nfront = """x\nback = "y"\n{GOOD.format(2)}{long}{GOOD.format(4)}')
        assert deck is not None
        assert [card.entry for card in deck.cards] == [1, 2, 3]
        assert [(p.line, p.card, p.message) for p in problems] == [(2, 1, "a text is never closed")]

    def test_a_header_within_a_text_of_a_broken_entry_is_text(self) -> None:
        deck, problems = parse(
            f'[[card]]\nfront = x\nback = """\n[[card]]\nfront = "no"\nback = "card"\n"""\n{GOOD.format(2)}'
        )
        assert deck is not None
        assert [(card.entry, card.prompt) for card in deck.cards] == [(1, "good 2")]
        assert [(p.line, p.card) for p in problems] == [(2, 1)]

    def test_an_entry_with_another_error_before_its_open_text_hides_nothing(self) -> None:
        deck, problems = parse(f'[[card]]\nfront = x\nback = """y\n{GOOD.format(2)}')
        assert deck is not None
        assert [(card.entry, card.prompt) for card in deck.cards] == [(1, "good 2")]
        assert [(p.line, p.card, p.message) for p in problems] == [(2, 1, "not a value")]

    def test_a_table_after_a_hidden_entry_is_found(self) -> None:
        deck, _ = parse(f'[[card]]\nfront = """x\n{GOOD.format(2)}[quiz]\nseconds = 5\n')
        assert deck is not None
        assert deck.quiz.seconds == 5
        assert [card.prompt for card in deck.cards] == ["good 2"]

    def test_lines_are_those_of_a_windows_file_too(self) -> None:
        text, (line, column, *_) = BROKEN["a key twice"]
        _, problems = parse(f"{GOOD.format(1)}[[card]]\n{text}\n".replace("\n", "\r\n"))
        assert [(p.line, p.column) for p in problems] == [(line, column)]


class TestBytes:
    def test_a_windows_file_and_a_byte_order_mark_change_nothing(self) -> None:
        text = f'{FIRST}[[card]]\ncloze = """\none\n{{two}}"""\n'
        deck = good(text)
        assert good(text.replace("\n", "\r\n")) == deck
        assert good(b"\xef\xbb\xbf" + text.encode()) == deck

    @pytest.mark.parametrize(
        ("data", "line", "column", "message"),
        [
            (b"title = 'caf\xe9'\n", 1, 13, "the file is not UTF-8 (byte 0xE9)"),
            (b"\xef\xbb\xbf# \xff", 1, 3, "the file is not UTF-8 (byte 0xFF)"),
            ("# é\n# ü ".encode() + b"\x80", 2, 5, "the file is not UTF-8 (byte 0x80)"),
            ("title = 'x'".encode("utf-16"), 1, 1, "the file is UTF-16, not UTF-8"),
            ("title = 'x'".encode("utf-16-le"), 1, 1, "the file is UTF-16, not UTF-8"),
            ("title = 'é'".encode("utf-16-be"), 1, 1, "the file is UTF-16, not UTF-8"),
        ],
    )
    def test_what_is_not_utf8(self, data: bytes, line: int, column: int, message: str) -> None:
        deck, problems = parse(data)
        assert deck is None
        assert rows(problems) == [(line, column, None, message, "save it as UTF-8")]


class TestFiles:
    def test_a_file_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "a b.toml"
        path.write_bytes(FIRST.encode())
        deck, problems = read_deck(path, deck_id="x/a b")
        assert deck is not None
        assert (deck.id, deck.path, deck.title, len(deck.cards), problems) == ("x/a b", path, "a b", 1, [])

    def test_the_name_in_problems_can_be_given(self, tmp_path: Path) -> None:
        path = tmp_path / "a.toml"
        path.write_text("x = 1")
        assert read_deck(path, deck_id="a")[1][0].path == str(path)
        assert read_deck(path, deck_id="a", shown_as="~/a.toml")[1][0].path == "~/a.toml"

    def test_no_file(self, tmp_path: Path) -> None:
        expected = Problem("a", 0, 0, None, "there is no such file", "")
        assert read_deck(tmp_path / "a.toml", deck_id="a", shown_as="a") == (None, [expected])
        assert read_deck(Path("a\0b"), deck_id="a", shown_as="a")[0] is None

    def test_a_folder(self, tmp_path: Path) -> None:
        expected = Problem("a", 0, 0, None, "this is a folder, not a deck", "give folders with --decks")
        assert read_deck(tmp_path, deck_id="a", shown_as="a") == (None, [expected])

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        expected = Problem("a", 0, 0, None, "this is not a file", "")
        assert read_deck(tmp_path / "pipe", deck_id="a", shown_as="a") == (None, [expected])

    def test_a_file_that_may_not_be_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "a.toml"
        path.touch()

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
        expected = Problem("a", 0, 0, None, "the file may not be read", "change its permissions")
        assert read_deck(path, deck_id="a", shown_as="a") == (None, [expected])

    def test_a_disk_that_fails(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object, **__: object) -> None:
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(Path, "stat", fail)
        expected = Problem("a", 0, 0, None, "the file can't be read (Input/output error)", "")
        assert read_deck(tmp_path / "a.toml", deck_id="a", shown_as="a") == (None, [expected])

    def test_a_file_too_large_is_not_opened(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "a.toml"
        with path.open("wb") as file:
            file.truncate(LIMIT + 1)

        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("the file was opened")

        monkeypatch.setattr(Path, "open", refuse)
        expected = Problem("a", 0, 0, None, "the file is larger than 64 MiB", "split it into several")
        assert read_deck(path, deck_id="a", shown_as="a") == (None, [expected])


fragments = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *"\"#={}[]'\n\\., ",
                '"""',
                "'''",
                "[[card]]\n",
                "[card]\n",
                "[card.x]\n",
                "[quiz]\n",
                "[study]\n",
                'choices = ["A", "B"]\n',
                "keys = [1, 2]\n",
                'statement = "x"\n',
                'front = "{}"\n',
                'back = "y"\n',
                'question = "z"\n',
                'answer = "A"\n',
                "answer = true\n",
                "wrong = [1, 2.5]\n",
                "accept = []\n",
                'cloze = "{a} {{b}} }"\n',
                "id = 1979-05-27\n",
                "card = [1]\n",
                "card = {}\n",
                "tags = {a = []}\n",
                "seconds = nan\n",
                "retention = 0.9\n",
                "exam_date = 10:00:00\n",
                'title = "\\u001b"\n',
            ]
        ),
        st.text(max_size=3),
    ),
    max_size=30,
).map("".join)


def check(deck: Deck | None, problems: list[Problem], text: str) -> None:
    """What holds for any input."""
    lines = text.replace("\r\n", "\n").split("\n")
    for problem in problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert problem.message
        assert str(problem).isprintable()
    assert deck is not None
    cards: tuple[Card, ...] = deck.cards
    assert len({card.key for card in cards}) == len(cards)
    assert all(card.prompt.strip() and card.answer.strip() for card in cards)
    for card in cards:
        if isinstance(card, Statement):
            assert card.answer in card.choices
            assert len(card.keys) == len(card.choices)
        if isinstance(card, Choice):
            assert card.wrong
            assert card.answer not in card.wrong


class TestAnyInput:
    @RUNS
    @given(st.binary())
    def test_no_bytes_raise(self, data: bytes) -> None:
        deck, problems = parse(data)
        assert deck is not None or problems

    @RUNS
    @given(fragments)
    @example("a." * 3000 + "b = 1")
    @example("x = " + "[" * 3000)
    @example("[[card]]\nfront = 0x" + "F" * 5000)
    def test_no_text_raises(self, text: str) -> None:
        text = text.encode("utf-8", "replace").decode()
        check(*parse(text), text.removeprefix("\ufeff"))

    @RUNS
    @given(fragments)
    def test_windows_line_ends_and_a_byte_order_mark_change_nothing(self, text: str) -> None:
        text = text.encode("utf-8", "replace").decode().replace("\r", "")
        plain = parse(text.removeprefix("\ufeff"))
        assert parse(text.removeprefix("\ufeff").replace("\n", "\r\n")) == plain
        assert parse(b"\xef\xbb\xbf" + text.removeprefix("\ufeff").encode()) == plain

    @RUNS
    @given(st.lists(st.sampled_from([*BROKEN]), max_size=3), st.integers(0, 3))
    def test_good_cards_survive_any_neighbours(self, broken: list[str], place: int) -> None:
        pieces = [f"[[card]]\n{BROKEN[name][0]}\n" for name in broken]
        pieces.insert(min(place, len(pieces)), GOOD.format("one"))
        deck, problems = parse("".join(pieces))
        assert deck is not None
        assert [card.prompt for card in deck.cards] == ["good one"]
        found = {problem.card for problem in problems}
        assert bool(found) == bool(broken)
        assert found <= {number for number, piece in enumerate(pieces, 1) if "good one" not in piece}
