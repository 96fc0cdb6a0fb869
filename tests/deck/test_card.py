"""Card keys: the two lists at the head of card.py, and keys that must never change."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizapp.deck.card import (
    Card,
    Choice,
    Cloze,
    Flip,
    Kind,
    Statement,
    Typed,
    card_key,
    content_hash,
    contrasts,
    kind_of,
    letters,
    options,
)
from quizapp.deck.read import parse_deck

RUNS = settings(max_examples=40, deadline=None)


def cards_of(toml: str) -> tuple[Card, ...]:
    deck, problems = parse_deck(toml.encode(), path=Path("d.toml"), deck_id="d", shown_as="d.toml")
    assert deck is not None
    assert problems == []
    return deck.cards


def test_every_character_is_hashed_as_compact_json_has_it() -> None:
    # In lots: one of 0x110000 is as good as another, but each is looked at.
    for start in range(0, 0x110000, 0x1000):
        signs = "".join(chr(code) for code in range(start, start + 0x1000) if not 0xD800 <= code < 0xE000)
        whole = ["quizapp-1", "cloze", ["id", "x"], [signs, 1]]
        text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        told = hashlib.sha256(text.encode()).hexdigest()[:32]
        assert card_key(Kind.CLOZE, prompt="", id="x", part=(signs, 1)) == told


# Written once and never changed: a person's history hangs on them. They were computed from DESIGN §5 alone.
PINNED = {
    "statement": (
        'statement = "Nearly anybody could offer this service."\nanswer = true',
        ["872fe87e4b61053ea70e996f04b3c835"],
    ),
    "flip, and reversed": (
        'front = "Which came first?"\nback = "BPO"\nreverse = true',
        ["09bc3e422cfdfa06711d37eab1abebbc", "18d0dede30cdf8e901b65e996ae881d4"],
    ),
    "choice": (
        'question = "What is outsourcing mainly for?"\nanswer = "Cutting costs"\nwrong = ["Speed"]',
        ["bad7e7f0a3c840b67b55352e464e7765"],
    ),
    "typed": (
        'question = "What does the K in KPO stand for?"\nanswer = "knowledge"',
        ["12dc5999536363b3ea8f19b43fc8dd00"],
    ),
    "cloze": (
        'cloze = "BPO is about efficiency, size and {volume}."',
        ["ec64dbe8e9ddb01ada0c6010cb92d8b1"],
    ),
    "cloze, two equal blanks": (
        'cloze = "{to be} or not {to be}"',
        ["52742badd26a3a9d0a33b9cff8044c75", "b3a5963678abfa3bc0825e9cf985aa5b"],
    ),
    "id": (
        'id = "bpo-back-end"\nstatement = "Anything at all."\nanswer = false',
        ["0322f56cf2be9c030d954358b6a7c6a1"],
    ),
    "id of a cloze": ('id = "abc"\ncloze = "Its {x}."', ["aae8f62d0e0beecc8644284162e5f13b"]),
    "NFC": ('front = "caf\u00e9 \u00fc"\nback = "x"', ["ddb5e81b6d2c897f26a2c5b776ea8d51"]),
    "NFD": ('front = "cafe\u0301 u\u0308"\nback = "x"', ["ddb5e81b6d2c897f26a2c5b776ea8d51"]),
    "white space": (
        'question = "  two \\n\\t words\\u00A0here "\nanswer = "x"',
        ["021c1420a28de7f851e8c0f24b3d6bd7"],
    ),
    "case and signs that JSON escapes": (
        'front = \'say "a\\b" \U0001f600\'\nback = "x"',
        ["90ac89d48eb30f464ae91f12822480c8"],
    ),
}


class TestPinnedKeys:
    @pytest.mark.parametrize("name", PINNED)
    def test_a_key_never_changes(self, name: str) -> None:
        entry, keys = PINNED[name]
        assert [card.key for card in cards_of(f"[[card]]\n{entry}\n")] == keys

    def test_a_key_is_the_hash_that_the_design_describes(self) -> None:
        whole = '["quizapp-1","cloze",["text","to be or not to be"],["to be",2]]'
        key = card_key(Kind.CLOZE, prompt="to be or not to be", part=("to be", 2))
        assert key == hashlib.sha256(whole.encode()).hexdigest()[:32]

    def test_a_control_character_is_hashed_raw(self) -> None:
        key = card_key(Kind.FLIP, prompt='say "a\\b" \U0001f600 \u0007')
        assert key == "9b7de0034fd0aaefbf8598d9b81facd0"
        deck, problems = parse_deck(
            '[[card]]\nfront = "say \\"a\\\\b\\" \U0001f600 \\u0007"\nback = "x"'.encode(),
            path=Path("d.toml"),
            deck_id="d",
            shown_as="d.toml",
        )
        assert deck is not None
        assert deck.cards[0].key == key
        assert deck.cards[0].prompt.endswith("␇")
        assert len(problems) == 1


words = st.text(
    st.characters(categories=["L", "N", "P", "S"], exclude_characters="{}"), min_size=1, max_size=12
)
sentences = st.lists(words, min_size=1, max_size=5)
OPENINGS = {
    Kind.STATEMENT: ("statement", 'answer = "A"'),
    Kind.FLIP: ("front", 'back = "A"'),
    Kind.CHOICE: ("question", 'answer = "A"\nwrong = ["B"]'),
    Kind.TYPED: ("question", 'answer = "A"'),
    Kind.CLOZE: ("cloze", ""),
}
HEAD = 'choices = ["A", "B"]\n'
kinds = st.sampled_from(list(Kind))


def entry(kind: Kind, prompt: str, *lines: str) -> str:
    key, rest = OPENINGS[kind]
    if kind is Kind.CLOZE:
        prompt += " {blank}"
    return "\n".join(["[[card]]", f"{key} = {json.dumps(prompt, ensure_ascii=False)}", rest, *lines, ""])


def only(toml: str) -> Card:
    cards = cards_of(HEAD + toml)
    assert len(cards) == 1
    return cards[0]


class TestWhatChangesAKey:
    @RUNS
    @given(sentences)
    def test_the_kind(self, prompt: list[str]) -> None:
        text = " ".join(prompt)
        assert len({card_key(kind, prompt=text) for kind in Kind}) == len(Kind)
        assert len({card_key(kind, prompt=text, id="x") for kind in Kind}) == len(Kind)

    @RUNS
    @given(kinds, words, words)
    def test_the_id(self, kind: Kind, one: str, two: str) -> None:
        assume(one != two)
        plain = only(entry(kind, "p")).key
        keys = {
            only(entry(kind, "p", f"id = {json.dumps(name, ensure_ascii=False)}")).key for name in (one, two)
        }
        assert len({plain, *keys}) == 3

    @RUNS
    @given(kinds, sentences, sentences)
    def test_the_prompt(self, kind: Kind, one: list[str], two: list[str]) -> None:
        first, second = (unicodedata.normalize("NFC", " ".join(text)) for text in (one, two))
        assume(first != second)
        assert only(entry(kind, first)).key != only(entry(kind, second)).key

    @RUNS
    @given(words)
    def test_the_case_of_the_prompt(self, word: str) -> None:
        assume(unicodedata.normalize("NFC", word.upper()) != unicodedata.normalize("NFC", word))
        assert card_key(Kind.FLIP, prompt=word) != card_key(Kind.FLIP, prompt=word.upper())

    @RUNS
    @given(sentences)
    def test_the_reversed_side(self, prompt: list[str]) -> None:
        toml = entry(Kind.FLIP, " ".join(prompt), "reverse = true")
        there, back = cards_of(toml)
        assert there.key != back.key

    @RUNS
    @given(words, words)
    def test_the_text_of_a_blank_and_its_number(self, one: str, two: str) -> None:
        assume(unicodedata.normalize("NFC", one) != unicodedata.normalize("NFC", two))
        text = json.dumps(f"{{{one}}} {{{two}}} {{{one}}}", ensure_ascii=False)
        assert len({card.key for card in cards_of(f"[[card]]\ncloze = {text}")}) == 3


class TestWhatDoesNot:
    @RUNS
    @given(kinds, sentences)
    def test_the_deck_and_the_place_in_it(self, kind: Kind, prompt: list[str]) -> None:
        text = " ".join(prompt)
        assume(text != "other")
        other = entry(Kind.FLIP, "other")
        data = (HEAD + other + entry(kind, text)).encode()
        deck, _ = parse_deck(data, path=Path("else.toml"), deck_id="else", shown_as="else.toml")
        assert deck is not None
        assert deck.cards[1].key == only(entry(kind, text)).key

    @RUNS
    @given(words, words)
    def test_the_answer_and_the_other_answers(self, one: str, two: str) -> None:
        keys = set()
        for word in (one, two):
            text = json.dumps(word, ensure_ascii=False)
            keys.add((0, only(f'[[card]]\nfront = "p"\nback = {text}').key))
            keys.add((1, only(f'[[card]]\nquestion = "p"\nanswer = {text}\naccept = [{text}]').key))
            keys.add((2, only(f'[[card]]\nquestion = "p"\nanswer = "a b"\nwrong = [{text}]').key))
        assert len(keys) == 3

    @RUNS
    @given(kinds, sentences)
    def test_whether_it_is_markdown(self, kind: Kind, prompt: list[str]) -> None:
        text = entry(kind, " ".join(prompt))
        cards = [
            only(f"{head}{text}{own}")
            for head in ("", "markdown = true\n")
            for own in ("", "markdown = false\n", "markdown = true\n")
        ]
        assert [card.markdown for card in cards] == [False, False, True, True, False, True]
        assert len({card.key for card in cards}) == 1
        assert len({content_hash([card]) for card in cards}) == 1

    def test_the_choices_of_the_deck(self) -> None:
        card = '[[card]]\nstatement = "p"\nanswer = "A"'
        one, two = cards_of(HEAD + card)[0], cards_of('choices = ["C", "A", "D"]\n' + card)[0]
        assert one.key == two.key == only('[[card]]\nstatement = "p"\nanswer = true').key

    @RUNS
    @given(
        kinds,
        st.sampled_from(["why", "hint", "aspect", "from"]),
        words,
        st.lists(words, max_size=2),
        sentences,
    )
    def test_why_hint_aspect_tags_from_and_variants(
        self, kind: Kind, key: str, value: str, tags: list[str], prompt: list[str]
    ) -> None:
        more = [
            f"{key} = {json.dumps(value, ensure_ascii=False)}",
            f"tags = {json.dumps(tags, ensure_ascii=False)}",
        ]
        if kind is not Kind.CLOZE:
            more.append('variants = ["other words"]')
        text = " ".join(prompt)
        assert only(entry(kind, text, *more)).key == only(entry(kind, text)).key

    @RUNS
    @given(
        kinds,
        sentences,
        st.sampled_from(["NFC", "NFD"]),
        st.sampled_from(["  ", "\n", "\t ", "\u00a0", "\u3000"]),
    )
    def test_white_space_and_unicode_form(self, kind: Kind, prompt: list[str], form: str, space: str) -> None:
        other = unicodedata.normalize(form, space.join(["", *prompt, ""]))  # type: ignore[arg-type] # hypothesis draws one of the forms
        assert only(entry(kind, other)).key == only(entry(kind, " ".join(prompt))).key

    def test_white_space_and_unicode_form_of_a_blank(self) -> None:
        keys = {only(f'[[card]]\ncloze = "a {{{blank}}} b"').key for blank in ("é x", "e\u0301 x", " é  x")}
        assert len(keys) == 1
        loose, tight = (
            [card.key for card in cards_of(f'[[card]]\ncloze = "{{to{gap}be}} {{to be}}"')]
            for gap in ("  ", " ")
        )
        assert loose == tight

    @RUNS
    @given(kinds, sentences, sentences)
    def test_the_prompt_where_an_id_is_given(self, kind: Kind, one: list[str], two: list[str]) -> None:
        keys = {only(entry(kind, " ".join(text), 'id = "x"')).key for text in (one, two)}
        assert len(keys) == 1


class TestLetters:
    @pytest.mark.parametrize(
        ("choices", "given_keys", "expected"),
        [
            (["BPO", "KPO", "Both"], [], ("b", "k", "o")),
            (["a", "ab", "b"], [], ("a", "b", "")),
            (["1", "2"], [], ("", "")),
            (["Élan", "été"], [], ("é", "t")),
            (["yes", "no"], ["N", "y"], ("n", "y")),
            (["yes", "no"], ["n"], ("n", "o")),
            (["x", "x y", "(z)"], [], ("x", "y", "z")),
        ],
    )
    def test_each_choice_has_its_first_free_letter(
        self, choices: list[str], given_keys: list[str], expected: tuple[str, ...]
    ) -> None:
        assert letters(choices, given_keys) == expected

    @RUNS
    @given(st.lists(st.text(max_size=8), max_size=9))
    def test_no_two_choices_share_a_letter(self, choices: list[str]) -> None:
        keys = [key for key in letters(choices) if key]
        assert len(keys) == len(set(keys))
        assert all(len(key) == 1 and key.isalpha() for key in keys)


DECK = """
choices = ["A", "B"]
[[card]]
statement = "one"
answer = "A"
aspect = "x"
[[card]]
statement = "two"
answer = "B"
aspect = "x"
[[card]]
statement = "three"
answer = "A"
aspect = "x"
[[card]]
question = "four"
answer = "C"
wrong = ["D", "E"]
[[card]]
question = "five"
answer = "C"
[[card]]
front = "six"
back = "C"
[[card]]
cloze = "{seven}"
"""


class TestWhatACardOffers:
    def test_the_kind_follows_from_the_keys(self) -> None:
        cards = cards_of(DECK)
        assert [kind_of(card) for card in cards] == [
            *[Kind.STATEMENT] * 3,
            Kind.CHOICE,
            Kind.TYPED,
            Kind.FLIP,
            Kind.CLOZE,
        ]
        assert [type(card) for card in cards[2:]] == [Statement, Choice, Typed, Flip, Cloze]

    def test_only_statements_and_choices_offer_answers(self) -> None:
        offered = [options(card) for card in cards_of(DECK)]
        assert offered == [("A", "B")] * 3 + [("C", "D", "E"), (), (), ()]

    def test_contrasts_share_the_aspect_and_differ_in_the_answer(self) -> None:
        one, two, three, *others = cards = cards_of(DECK)
        assert contrasts(one, cards) == [two]
        assert contrasts(two, cards) == [one, three]
        assert contrasts(others[0], cards) == []

    def test_the_content_hash_goes_by_what_is_asked_not_by_order(self) -> None:
        cards = cards_of(DECK)
        assert content_hash(cards) == content_hash(reversed(cards))
        assert content_hash(cards) != content_hash(cards[1:])
        assert content_hash(cards) != content_hash(cards_of(DECK.replace('"E"', '"F"')))
        assert content_hash(cards) == content_hash(cards_of(DECK.replace('"x"', '"y"')))
