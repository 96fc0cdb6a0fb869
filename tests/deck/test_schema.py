"""The JSON Schema of the deck format, as Taplo, which editors run, takes it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.deck.cloze import ClozeError, split_cloze
from quizapp.deck.library import shipped_folder
from quizapp.deck.read import parse_deck
from quizapp.deck.schema import CLOZE, DESCRIPTIONS, deck_schema, schema_text
from quizapp.deck.schema_file import read_schema, schema_file
from quizapp.deck.tables import keys_of
from tests.deck.test_read import ENTRIES, FIRST, HEAD, RUNS

# What is wrong in these lies beyond a schema: one text is held against another, or against how it is shown;
# and JSON, in which a schema speaks, has dates as texts.
BEYOND_HEAD = {
    "a control character in the title",
    "too few keys",
    "keys equal but for case",
    "quiz choices that the deck lacks",
}
BEYOND_ENTRY = {
    "an answer that is no choice",
    "an answer that differs in case",
    "an answer like no choice",
    "a long answer with control characters",
    "wrong that holds the answer and equals",
    "wrong that holds nothing but the answer",
    "a date as an answer",
    "a time as an answer",
    "a number beyond 64 bits",
    "an empty blank",
    "TeX in double quotes",
    "a line break that was TeX",
    "control characters in each kind of text",
    "the prompt of an earlier card",
}


def taplo(*args: str | Path) -> bool:
    """Whether `taplo lint` finds nothing. (Its words on stderr may be cut off: it does not wait for them.)"""
    program = shutil.which("taplo", path=Path(sys.executable).parent)
    assert program is not None, "taplo comes with the extra `test`"
    done = subprocess.run(
        [program, "lint", "--no-auto-config", *args], capture_output=True, check=False, timeout=60
    )
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr or done.returncode == 0
    return done.returncode == 0


def are_valid(*files: Path) -> bool:
    """Whether all files are valid by the shipped schema."""
    return taplo("--schema", schema_file().as_uri(), *files)


def valid(folder: Path, decks: dict[str, str]) -> set[str]:
    """The names of the decks that are valid."""
    deck = folder / "deck.toml"
    found = set()
    for name, text in decks.items():
        deck.write_text(text, encoding="utf-8")
        if are_valid(deck):
            found.add(name)
    return found


def test_the_shipped_schema_is_that_of_the_tables() -> None:
    """`python docs/generate.py` makes it anew."""
    assert read_schema() == schema_text()
    assert json.loads(read_schema()) == deck_schema()


@pytest.mark.parametrize("table", DESCRIPTIONS, ids=lambda table: table.__name__)
def test_each_key_has_its_description(table: type) -> None:
    assert list(DESCRIPTIONS[table]) == list(keys_of(table))
    assert all(0 < len(text) <= 100 and text[-1] != "." for text in DESCRIPTIONS[table].values())


def test_the_shipped_decks_are_valid() -> None:
    decks = sorted(shipped_folder().glob("*.toml"))
    assert len(decks) == 3
    assert are_valid(*decks)


def test_what_the_reader_finds_in_the_head_taplo_finds(tmp_path: Path) -> None:
    decks = {name: text for name, (text, _) in HEAD.items()}
    assert valid(tmp_path, decks) == BEYOND_HEAD


def test_what_the_reader_finds_in_an_entry_taplo_finds(tmp_path: Path) -> None:
    decks = {name: f"{FIRST}[[card]]\n{text}\n" for name, (text, _, _) in ENTRIES.items()}
    assert valid(tmp_path, decks) == BEYOND_ENTRY


def test_these_fail_too(tmp_path: Path) -> None:
    decks = {
        "statements without choices": '[[card]]\nstatement = "x"\nanswer = "A"\n',
        "a card without a key": "[[card]]\n",
        "single brackets": '[card]\nfront = "x"\nback = "y"\n',
        "a card that is no table": "card = [3]\n",
        "a quiz with one choice": 'choices = ["A", "B"]\n[quiz]\nchoices = ["A"]\n',
    }
    assert valid(tmp_path, decks) == set()


def test_a_comment_names_the_schema(tmp_path: Path) -> None:
    """What `#:schema` in a deck's first line does, without any option."""
    deck = tmp_path / "deck.toml"
    for text, good in (('title = "x"', True), ('titel = "x"', False)):
        deck.write_text(f"#:schema {schema_file().as_uri()}\n{text}\n", encoding="utf-8")
        assert taplo(deck) is good


VALUES = {
    "statement": ['"It is { so."', "7"],
    "front": ['"f"', "'''\nf\n'''"],
    "question": ['"q"'],
    "cloze": ['"a {b}"', '"{{{x}}} and {y}"', '"f = {{ {y}"', "'''{a\nb} c'''", '"x"', '"{"'],
    "answer": ['"A"', '"B"', '" A "', "true", "false", "3"],
    "back": ['"b"', "1_000"],
    "reverse": ["true", "false"],
    "wrong": ['["x", "y"]', "[1]", "[]", '["1", "2", "3", "4", "5", "6", "7", "8"]'],
    "accept": ["[]", '["x"]'],
    "variants": ["[]", '["x", 2]'],
    "id": ['"i"', "1"],
    "why": ['"w"'],
    "hint": ['"h"'],
    "aspect": ['"a"'],
    "tags": ["[]", '["t"]'],
    "markdown": ["true", "false"],
    "from": ['"here"', "4"],
}
HEADS = {
    "title": ['"t"', "2026"],
    "about": ['"a"'],
    "source": ['"s"'],
    "choices": ['["A", "B"]', '["A", "B", 3]'],
    "keys": ['["x", "y"]', '["X", "é"]', "[]"],
    "markdown": ["true"],
    "quiz.choices": ["[]", '["A", "B"]', '["A"]'],
    "quiz.seconds": ["1", "3600"],
    "quiz.mode": ['"exam"', '"survival"'],
    "quiz.cards": ["9999"],
    "quiz.distractors": ["true"],
    "study.new_per_day": ["0"],
    "study.retention": ["0.5", "0.99"],
    "study.exam_date": ["2026-12-15"],
    "study.minutes_per_day": ["0", "240"],
    "study.steps": ["[]", '[" 5 m ", "10m"]'],
}


def some_deck(random: Random) -> str:
    """A deck of keys that exist, with values of which most are good."""
    head = [f"{key} = {random.choice(values)}" for key, values in HEADS.items() if random.random() < 0.3]
    entries = []
    for _ in range(random.randrange(3)):
        kind = random.choice(["statement", "front", "question", "cloze"])
        usual = {"statement": ["answer"], "front": ["back"], "question": ["answer"], "cloze": []}[kind]
        more = random.sample(
            [key for key in VALUES if key not in ("statement", "front")], random.randrange(4)
        )
        keys = dict.fromkeys([kind, *usual, *more])
        entries += ["[[card]]", *(f"{key} = {random.choice(VALUES[key])}" for key in keys)]
    return "\n".join([*head, *entries, ""])


def test_what_the_reader_takes_is_valid(tmp_path: Path) -> None:
    random = Random(1)
    good: list[Path] = []
    for number in range(600):
        path = tmp_path / f"{number}.toml"
        text = some_deck(random)
        _, problems = parse_deck(text.encode(), path=path, deck_id="x", shown_as="x")
        if not problems:
            path.write_text(text, encoding="utf-8")
            good.append(path)
    assert 150 < len(good) < 450, "there are enough of both"
    assert are_valid(*good)


@RUNS
@given(st.text("{}x \n", max_size=12))
def test_no_cloze_that_can_be_asked_is_refused(cloze: str) -> None:
    try:
        split_cloze(cloze)
    except ClozeError:
        return
    assert re.search(CLOZE, cloze), cloze
