"""Packages that the real Anki wrote, in each of its forms → decks."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.anki.take import take
from quizapp.deck.card import Cloze, Flip, Typed
from quizapp.deck.exchange.anki_entry import Fields
from quizapp.deck.exchange.draft import Cancelled
from quizapp.deck.exchange.html_text import text_of
from tests.anki.desk import decks_of, entries
from tests.anki.oracle import Oracle

FORMS = ["apkg", "legacy.apkg", "colpkg", "legacy.colpkg"]


def export(oracle: Oracle, folder: Path, form: str) -> Path:
    path = folder / f"out.{form}"
    legacy = form.startswith("legacy")
    if form.endswith("colpkg"):
        return oracle.export_collection(path, legacy=legacy)
    return oracle.export(path, legacy=legacy)


def fill(oracle: Oracle) -> None:
    oracle.add("Basic", ["the cat", "le chat"], deck="Languages::French", tags=["animal", "a::b"])
    oracle.add("Basic (and reversed card)", ["the dog", "der Hund"], deck="Languages::German")
    oracle.add("Basic (optional reversed card)", ["one", "eins", "y"], deck="Languages::German")
    oracle.add("Basic (optional reversed card)", ["two", "zwei", ""], deck="Languages::German")
    oracle.add("Basic (type in the answer)", ["three", "drei"], deck="Languages::German")
    oracle.add("Cloze", ["{{c1::Paris::city}} lies in {{c2::France}}", "an atlas"], deck="Places")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_package_gives_the_same_decks(oracle: Oracle, tmp_path: Path, form: str) -> None:
    fill(oracle)
    _, taken, decks = decks_of(export(oracle, tmp_path, form))
    assert set(decks) == {"Languages/French", "Languages/German", "Places"}
    assert entries(taken, "Languages/French") == [
        {"front": "the cat", "back": "le chat", "tags": ["a::b", "animal"]}
    ]
    assert entries(taken, "Languages/German") == [
        {"front": "the dog", "back": "der Hund", "reverse": True},
        {"front": "one", "back": "eins", "reverse": True},
        {"front": "two", "back": "zwei"},
        {"question": "three", "answer": "drei"},
    ]
    assert entries(taken, "Places") == [
        {"cloze": "{Paris} lies in {France}", "why": "an atlas", "hint": "city"}
    ]
    assert decks["Languages/German"].title == "Languages: German"
    assert [draft.losses for draft in taken.drafts.values()] == [(), (), ()]


@pytest.mark.parametrize("form", FORMS)
def test_there_are_as_many_cards_as_anki_has(oracle: Oracle, tmp_path: Path, form: str) -> None:
    fill(oracle)
    there = [(card.deck, card.ord) for card in oracle.cards()]
    _, taken, decks = decks_of(export(oracle, tmp_path, form))
    assert sum(len(deck.cards) for deck in decks.values()) == len(there)
    origins = [card for origin in taken.origins.values() for cards in origin for card in cards if card]
    assert len({card.id for card in origins}) == len(there)
    kinds = {type(card) for deck in decks.values() for card in deck.cards}
    assert kinds == {Flip, Typed, Cloze}


def test_one_deck_for_all_tags_the_decks_they_came_from(oracle: Oracle, tmp_path: Path) -> None:
    fill(oracle)
    _, taken, decks = decks_of(oracle.export(tmp_path / "x.apkg"), to="mine")
    assert list(decks) == ["mine"]
    assert {tuple(entry.get("tags", ())) for entry in taken.drafts["mine"].entries} == {  # type: ignore[arg-type] # tags are a list
        ("a::b", "animal", "Languages::French"),
        ("Languages::German",),
        ("Places",),
    }


def test_what_decks_are_about_comes_with_the_only_one_and_else_is_named(
    oracle: Oracle, tmp_path: Path
) -> None:
    def describe(name: str, text: str) -> None:
        deck = oracle.col.decks.by_name(name)
        assert deck is not None
        deck["desc"] = text
        oracle.col.decks.save(deck)

    oracle.add("Basic", ["a", "b"], deck="One")
    describe("One", "all of <b>it</b>")
    _, taken, _ = decks_of(oracle.export(tmp_path / "x.apkg"), to="mine")
    assert (taken.drafts["mine"].head["about"], taken.drafts["mine"].losses) == ("all of it", ())
    oracle.add("Basic", ["c", "d"], deck="Two")
    _, taken, _ = decks_of(oracle.export(tmp_path / "y.apkg"), to="mine")
    assert "about" not in taken.drafts["mine"].head
    assert [str(loss) for loss in taken.drafts["mine"].losses] == [
        'what is said of the deck "One" was left out'
    ]


def test_names_of_decks_become_ids_that_no_path_escapes_from(oracle: Oracle, tmp_path: Path) -> None:
    for name in ("../../etc", "C", "C++", "NUL", "Ünïcode 日本", "///", "a\\b", ".hidden"):
        oracle.add("Basic", [f"front of {name}", "back"], deck=name)
    _, taken = take(oracle.export(tmp_path / "x.apkg"))
    assert sorted(taken.drafts) == sorted(
        ["etc", "C", "C-2", "NUL-deck", "Ünïcode-日本", "deck", "a-b", "hidden"]
    )


def test_html_becomes_text_or_markdown(oracle: Oracle, tmp_path: Path) -> None:
    oracle.add("Basic", ["a<br>b&amp;c", "<div>x</div><div>y</div>"])
    oracle.add("Basic", ["say <b>it</b>", "2*3"])
    _, taken, _ = decks_of(oracle.export(tmp_path / "x.apkg"))
    assert entries(taken, "Default") == [
        {"front": "a\nb&c", "back": "x\ny"},
        {"front": "say **it**", "back": "2\\*3", "markdown": True},
    ]


def test_what_could_not_come_is_named(oracle: Oracle, tmp_path: Path) -> None:
    kept = oracle.add("Basic", ["what? [sound:a.mp3]", '<img src="b.png">see']).id
    gone = oracle.add("Basic", ["only media", '<img src="c.png">']).id
    nested = oracle.add("Cloze", ["{{c1::outer {{c2::inner}} x}}", ""]).id
    same = oracle.add("Cloze", ["{{c1::a}} and {{c1::b}}", ""]).id
    braces = oracle.add("Cloze", ["{{c1::a } b}} {{c2::ok}}", ""]).id
    empty = oracle.add("Cloze", ['{{c1::<img src="d.png">}} {{c2::ok}}', ""]).id
    _, taken, _ = decks_of(oracle.export(tmp_path / "x.apkg"))
    assert [str(loss) for loss in taken.drafts["Default"].losses] == [
        f"nid:{kept}: without a.mp3, b.png (“what?”)",
        f"nid:{gone}: one of its sides is empty without its media; left out (“only media”)",
        f"nid:{gone}: without c.png (“only media”)",
        f"nid:{nested}: a blank is all of its text and has no hint, which asks nothing; left out "
        "(“{{c1::outer {{c2::inner}} x}}”)",
        f"nid:{same}: blanks that Anki hid together are cards of their own; the first has the history "
        "(“{{c1::a}} and {{c1::b}}”)",
        f"nid:{braces}: a blank has braces that do not pair; left out (“{{{{c1::a }} b}}}} {{{{c2::ok}}}}”)",
        f"nid:{empty}: a blank that hides only media is none (“{{{{c1::}}}} {{{{c2::ok}}}}”)",
        f"nid:{empty}: a blank is all of its text and has no hint, which asks nothing; left out "
        "(“{{c1::}} {{c2::ok}}”)",
        f"nid:{empty}: without d.png (“{{{{c1::}}}} {{{{c2::ok}}}}”)",
    ]
    assert entries(taken, "Default") == [
        {"front": "what?", "back": "see"},
        {"cloze": "outer {inner} x"},
        {"cloze": "{a} and {b}"},
    ]


def test_clozes_as_anki_reads_them(oracle: Oracle, tmp_path: Path) -> None:
    for text in (
        "{{c1::f(x)}} = \\({x}\\)",
        "{{c2::std::vector}} a",
        "{{c1::x}} never {{c2::closed",
        "a {{{c1::b}}}",
    ):
        oracle.add("Cloze", [text, ""])
    _, taken, _ = decks_of(oracle.export(tmp_path / "x.apkg"))
    assert entries(taken, "Default") == [
        {"cloze": "{f(x)} = \\({{x}}\\)"},
        {"cloze": "{std} a", "hint": "vector"},
        {"cloze": "{x} never closed"},
        {"cloze": "a {{{b}}}"},
    ]


def test_a_blank_within_a_blank_is_asked_as_anki_asks_it(oracle: Oracle, tmp_path: Path) -> None:
    oracle.add("Cloze", ["{{c1::Berlin, {{c2::capital {{c3::of}} Germany}}}} and {{c4::more}}", ""])
    _, taken, decks = decks_of(oracle.export(tmp_path / "x.apkg"))
    assert taken.drafts["Default"].losses == ()
    assert [entry["cloze"] for entry in entries(taken, "Default")] == [
        "{Berlin, capital of Germany} and {more}",
        "Berlin, {capital of Germany} and more",
        "Berlin, capital {of} Germany and more",
    ]
    shown = [text_of(question.split("</style>")[-1])[0] for question, _ in oracle.sides()]
    cards = [card for entry in taken.origins["Default"] for card in entry]
    ours = {
        card.ord: one.prompt
        for card, one in zip(cards, decks["Default"].cards, strict=True)
        if card is not None
    }
    assert [prompt.replace("[…]", "[...]") for _, prompt in sorted(ours.items())] == shown


def test_a_hint_is_kept_where_it_is_the_only_one(oracle: Oracle, tmp_path: Path) -> None:
    oracle.add("Cloze", ["{{c1::Paris::city}} in {{c2::France}}", ""])
    several = oracle.add("Cloze", ["{{c1::Berlin::city}} in {{c2::Germany::country}}", ""]).id
    oracle.add("Cloze", ["{{c1::Rome::place}} in {{c2::Italy::place}}", ""])
    oracle.add("Cloze", ["{{c1::Oslo::city}}", ""])
    _, taken, _ = decks_of(oracle.export(tmp_path / "x.apkg"))
    assert [entry.get("hint") for entry in entries(taken, "Default")] == ["city", None, "place", "city"]
    assert [str(loss) for loss in taken.drafts["Default"].losses] == [
        f"nid:{several}: each blank has a hint of its own, a card here one for all of them; left out: city; "
        "country (“{{c1::Berlin::city}} in {{c2::Germany::…”)"
    ]


def test_white_space_at_the_ends_of_fields_is_counted(oracle: Oracle, tmp_path: Path) -> None:
    oracle.add("Basic", ["one ", "eins&nbsp;"])
    oracle.add("Basic", ["two", "zwei"])
    _, taken, _ = decks_of(oracle.export(tmp_path / "x.apkg"))
    assert entries(taken, "Default") == [{"front": "one", "back": "eins"}, {"front": "two", "back": "zwei"}]
    assert [str(loss) for loss in taken.drafts["Default"].losses] == [
        "2 texts lost the white space at their ends"
    ]


def test_notes_with_one_front_keep_apart(oracle: Oracle, tmp_path: Path) -> None:
    oracle.add("Basic", ["bank", "of a river"])
    second = oracle.add("Basic", ["bank ", "for money"]).id
    _, taken, decks = decks_of(oracle.export(tmp_path / "x.apkg"))
    assert entries(taken, "Default") == [
        {"front": "bank", "back": "of a river"},
        {"front": "bank", "back": "for money", "id": str(second)},
    ]
    assert len({card.key for card in decks["Default"].cards}) == 2


def own_type(oracle: Oracle, name: str, fields: list[str], *sides: tuple[str, str]) -> None:
    models = oracle.col.models
    model = models.new(name)
    for field in fields:
        models.add_field(model, models.new_field(field))
    for number, (front, back) in enumerate(sides):
        template = models.new_template(f"Card {number}")
        template["qfmt"], template["afmt"] = front, back
        models.add_template(model, template)
    models.add(model)


@pytest.mark.parametrize("legacy", [False, True])
def test_any_note_type_comes_as_its_templates_show_it(oracle: Oracle, tmp_path: Path, legacy: bool) -> None:
    own_type(
        oracle,
        "Vocabulary",
        ["Sort", "Word", "Reading", "Meaning", "Extra", "Audio", "Clue"],
        (
            "<h1>{{Word}}</h1>{{#Reading}} ({{Reading}}){{/Reading}}{{hint:Clue}}",
            "{{FrontSide}}<hr id='answer'><b>{{Meaning}}</b> {{Audio}}{{^Audio}}no sound{{/Audio}}<br>"
            "{{Extra}}",
        ),
        ("What is {{Meaning}}?<script>x()</script>", "{{FrontSide}}<hr id=answer>{{Word}}"),
    )
    oracle.add("Vocabulary", ["7", "inu", "いぬ", "dog", "a pet", "", "barks"])
    _, taken, _ = decks_of(oracle.export(tmp_path / "x.apkg", legacy=legacy))
    assert entries(taken, "Default") == [
        {"front": "inu (いぬ)", "back": "dog no sound", "why": "a pet", "hint": "barks"},
        {"front": "What is dog?", "back": "inu"},
    ]
    assert [str(loss) for loss in taken.drafts["Default"].losses] == [
        'the field "Sort" of "Vocabulary" is on no card, and was left out (1 note)'
    ]


@pytest.mark.parametrize(
    "back",
    [
        "{{FrontSide}}<hr>{{B}}",
        "{{FrontSide}}\n\n<HR class='line'>\n\n{{B}}",
        "{{A}}<br><hr/>{{B}}",
        "{{FrontSide}}<div class=x><hr>{{B}}</div>",
        "<hr>{{B}}",
        "{{FrontSide}}<hr id=answer><hr>{{B}}",
    ],
)
def test_a_rule_before_the_answer_is_no_part_of_it(oracle: Oracle, tmp_path: Path, back: str) -> None:
    own_type(oracle, "Ruled", ["A", "B"], ("{{A}}", back))
    oracle.add("Ruled", ["1", "2<hr>3"])
    _, taken, _ = decks_of(oracle.export(tmp_path / "x.apkg"))
    (entry,) = entries(taken, "Default")
    plain = text_of("2<hr>3")[0]
    assert entry == {"front": "1", "back": plain}
    assert len(plain.splitlines()) == 3


def test_fields_can_be_told(oracle: Oracle, tmp_path: Path) -> None:
    own_type(oracle, "Odd", ["A", "B", "C"], ("{{A}}", "{{B}}"))
    oracle.add("Odd", ["1", "2", "3"])
    path = oracle.export(tmp_path / "x.apkg")
    _, taken = take(path, mapping={"Odd": Fields("C", back="A", why="B")})
    assert entries(taken, "Default") == [{"front": "3", "back": "1", "why": "2"}]
    _, taken = take(path, mapping={"Odd": Fields("C", answer="A")})
    assert entries(taken, "Default") == [{"question": "3", "answer": "1"}]


def test_progress_is_told_and_can_call_it_off(oracle: Oracle, tmp_path: Path) -> None:
    for number in range(450):
        oracle.add("Basic", [f"front {number}", "back"])
    path = oracle.export(tmp_path / "x.apkg")
    told: list[tuple[int, int]] = []

    def until_second(done: int, of: int) -> bool:
        told.append((done, of))
        return len(told) < 2

    with pytest.raises(Cancelled):
        take(path, progress=until_second)
    assert told == [(0, 450), (200, 450)]


def test_names_tags_and_lines_that_a_deck_would_refuse_do_not_stop_a_package(
    oracle: Oracle, tmp_path: Path
) -> None:
    # A mark of direction stands in many a Hebrew or Arabic name; a line break before "eq" is TeX to a deck.
    oracle.add(
        "Basic",
        ["not<br>eq", "a<br>leq b"],
        deck="\u200fעברית\u200e",
        tags=["\u200fא\u200e", "\u202e"],
    )
    oracle.add("Cloze", ["{{c1::a<br>eq}}<br>leq", "why<br>eq"], deck="\u200fעברית\u200e")
    oracle.add("Basic", ["x", "y"], deck="\u202e")
    _, taken, decks = decks_of(oracle.export(tmp_path / "x.apkg"))
    (deck,) = [deck for deck in decks.values() if deck.title == "עברית"]
    assert [card.prompt.split() for card in deck.cards] == [["not", "eq"], ["[…]", "leq"]]
    assert deck.cards[0].answer == "a\n leq b"
    assert deck.cards[0].tags == ("א",)
    assert sum(len(one.cards) for one in decks.values()) == 3
    assert all(draft.head["title"] for draft in taken.drafts.values())
