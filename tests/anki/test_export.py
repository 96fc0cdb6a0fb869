"""Decks → packages that the real Anki takes in; and back again."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.anki.take import take
from quizapp.anki.write import write_package
from quizapp.deck.card import Deck
from quizapp.deck.exchange.anki_export import notes_of
from quizapp.deck.exchange.anki_past import history_of
from quizapp.deck.exchange.draft import Cancelled, Draft, ExchangeError, draft_of, toml_of
from quizapp.deck.library import shipped_folder
from quizapp.deck.read import parse_deck
from quizapp.deck.text import collapse
from quizapp.record import Mark, Memory, Moment, Ref, State
from quizapp.scores.store import open_store
from quizapp.sitting.exporting import sent_reviews
from quizapp.sitting.importing import bring_history
from quizapp.sitting.writing import wall_clock
from tests.anki.desk import deck_of, decks_of, entries, outgoing_of
from tests.anki.oracle import DAY_MS, AnkiCardRow, Oracle

TEXT = """\
title   = "All kinds"
choices = ["BPO", "KPO"]

[[card]]
front   = "a <b> & 2*3"
back    = '''
one
  two'''
why     = "because"
tags    = ["verb", "irregular"]

[[card]]
front   = "dog"
back    = "Hund"
reverse = true
aspect  = "animals"

[[card]]
question = "What is {this}?"
answer   = "it"
accept   = ["that", "the thing"]
hint     = "short"

[[card]]
question = "Which?"
answer   = "b"
wrong    = ["c", "a"]

[[card]]
cloze = "BPO is about {efficiency}, f(x) = {{y}} and {std::vector}}}."
from  = "p. 6"

[[card]]
statement = "Anybody could do it."
answer    = "BPO"
variants  = ["Many could."]

[[card]]
statement = "The earth is round."
answer    = true

[[card]]
front    = "Say **it** in `code`"
back     = '''
- a
- b'''
markdown = true
id       = "say"

[[card]]
cloze    = '*{volume}* counts \\* {twice}'
markdown = true
"""


def now() -> Moment:
    return wall_clock()


def write(
    path: Path,
    text: str,
    *,
    memories: Mapping[str, Memory] | None = None,
    marks: Mapping[str, Mark] | None = None,
) -> Deck:
    write_package(path, outgoing_of(text), now(), memories=memories, marks=marks)
    return deck_of(text)


def plain(text: str) -> list[dict[str, object]]:
    """What the entries of a deck say; the order of tags does not count."""
    return [_sorted(dict(entry)) for entry in draft_of(text).entries]


def _sorted(entry: dict[str, object]) -> dict[str, object]:
    if isinstance(tags := entry.get("tags"), list):
        entry["tags"] = sorted(tags)
    return entry


def test_anki_takes_every_kind_of_card(oracle: Oracle, tmp_path: Path) -> None:
    deck = write(tmp_path / "x.apkg", TEXT)
    oracle.take(tmp_path / "x.apkg")
    cards = oracle.cards()
    assert len(cards) == len(deck.cards)
    assert {card.deck for card in cards} == {"All kinds"}
    assert {card.note_type.removeprefix("quizapp: ") for card in cards} == {
        "flip", "flip, both ways", "typed", "choice", "cloze", "statement",
    }  # fmt: skip
    assert (cards[0].fields[:3], cards[0].tags) == (
        ("a &lt;b&gt; &amp; 2*3", "one<br>&nbsp;&nbsp;two", "because"),
        ("irregular", "verb"),
    )
    assert [question.split("</style>")[-1].strip() for question, _ in oracle.sides()][1:3] == ["dog", "Hund"]
    assert all(answer for _, answer in oracle.sides())


@pytest.mark.parametrize("legacy", [False, True])
def test_what_anki_exports_again_is_the_deck(oracle: Oracle, tmp_path: Path, legacy: bool) -> None:
    before = write(tmp_path / "x.apkg", TEXT)
    oracle.take(tmp_path / "x.apkg")
    _, taken, decks = decks_of(oracle.export(tmp_path / "y.apkg", legacy=legacy), to="d")
    back = [_sorted(entry) for entry in entries(taken, "d")]  # type: ignore[arg-type] # an entry of a draft is a table
    assert back == plain(TEXT)
    assert [card.key for card in decks["d"].cards] == [card.key for card in before.cards]
    assert taken.drafts["d"].losses == ()
    assert taken.drafts["d"].head["choices"] == ["BPO", "KPO"]


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_decks_come_back_with_every_card(oracle: Oracle, tmp_path: Path, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before = write(tmp_path / "x.apkg", text)
    oracle.take(tmp_path / "x.apkg")
    _, _, decks = decks_of(oracle.export(tmp_path / "y.apkg"), to="d")
    after = {card.key: card for card in decks["d"].cards}
    assert set(after) == {card.key for card in before.cards}
    for card in before.cards:
        assert (after[card.key].answer, after[card.key].why) == (card.answer, card.why)
        assert (after[card.key].aspect, after[card.key].variants) == (card.aspect, card.variants)


def test_a_second_import_changes_the_notes_that_are_there(oracle: Oracle, tmp_path: Path) -> None:
    write(tmp_path / "x.apkg", TEXT)
    oracle.take(tmp_path / "x.apkg")
    count = len(oracle.cards())
    changed = TEXT.replace('back    = "Hund"', 'back    = "der Hund"')
    write_package(tmp_path / "y.apkg", outgoing_of(changed), Moment(now().at_ms + 5000, 0, now().day))
    oracle.take(tmp_path / "y.apkg")
    cards = oracle.cards()
    assert len(cards) == count
    assert [card.fields[1] for card in cards if card.fields[0] == "dog"] == ["der Hund"] * 2


def test_due_dates_intervals_and_marks_are_those_of_the_memories(oracle: Oracle, tmp_path: Path) -> None:
    text = "".join(f'[[card]]\nfront = "{name}"\nback = "b"\n' for name in "abcdefg")
    keys = {card.prompt: card.key for card in deck_of(text).cards}
    at = now()

    def day(days: int) -> str:
        return (date.fromisoformat(at.day) + timedelta(days=days)).isoformat()

    def reviewed(last: int, due: int) -> Memory:
        return Memory(
            State.REVIEW, None, 12.5, 4.25, at.at_ms + last * DAY_MS, day(last), None, day(due), 4, 1
        )

    learning = Memory(State.LEARNING, 1, 2.3, 5.0, at.at_ms, at.day, at.at_ms + 600_000, None, 1)
    again = Memory(State.RELEARNING, 0, 1.3, 6.0, at.at_ms, at.day, at.at_ms + 600_000, None, 7, 2)
    memories = {
        keys["a"]: reviewed(-5, 7),
        keys["b"]: reviewed(-30, -2),
        keys["c"]: learning,
        keys["d"]: again,
    }
    marks = {keys["e"]: Mark(suspended=True), keys["f"]: Mark(flagged=True)}
    write(tmp_path / "x.apkg", text, memories=memories, marks=marks)
    oracle.take(tmp_path / "x.apkg")
    cards = {card.fields[0]: card for card in oracle.cards()}

    def stands(card: AnkiCardRow) -> tuple[int, int, int, int]:
        return card.type, card.queue, card.due - oracle.today, card.interval

    assert stands(cards["a"]) == (2, 2, 7, 12)
    assert stands(cards["b"]) == (2, 2, -2, 28)
    assert (cards["a"].reps, cards["a"].lapses) == (4, 1)
    assert (cards["a"].data["s"], cards["a"].data["d"]) == (12.5, 4.25)
    assert (cards["c"].type, cards["c"].queue, cards["c"].due) == (1, 1, (at.at_ms + 600_000) // 1000)
    assert (cards["d"].type, cards["d"].queue) == (3, 1)
    assert (cards["e"].type, cards["e"].queue) == (0, -1)
    assert (cards["f"].flags, cards["g"].flags) == (1, 0)
    assert (cards["g"].type, cards["g"].queue) == (0, 0)
    assert oracle.problems() == ""


def test_a_history_goes_to_anki_and_comes_back(oracle: Oracle, tmp_path: Path) -> None:
    for number in range(10):
        oracle.add("Basic", [f"front {number}", "back"])
    oracle.review_all(5)
    there = [(at, ease, ms) for at, ease, _, _, ms, _ in oracle.reviews()]
    collection, taken, decks = decks_of(oracle.export(tmp_path / "x.apkg"))
    found = history_of(collection, taken, decks, now().day)
    path = tmp_path / "scores.db"
    with closing(open_store(path, now_ms=lambda: now().at_ms)) as store:
        bring_history(store, now, found.cards, found.past, source="x")
        deck = decks["Default"]
        memories = {ref.card: memory for ref, memory in store.memories(["Default"]).items()}
        sent = list(sent_reviews(store, [Ref("Default", card.key) for card in deck.cards]))
    outgoing = notes_of(taken.drafts["Default"], deck)
    write_package(tmp_path / "y.apkg", outgoing, now(), memories=memories, reviews=sent)
    with Oracle(tmp_path / "other") as other:
        other.take(tmp_path / "y.apkg")
        assert [(at, ease, ms) for at, ease, _, _, ms, _ in other.reviews()] == there
        last = {row[0]: row[2] for row in other.reviews()}
        intervals = {card.fields[0]: card.interval for card in other.cards()}
        assert other.problems() == ""
        collection, taken, decks = decks_of(other.export(tmp_path / "z.apkg"))
    for card in decks["Default"].cards:
        memory = memories[card.key]
        if memory.due_day is not None:
            assert last[memory.last_ms] == intervals[card.prompt]
    found = history_of(collection, taken, decks, now().day)
    assert [(one.at_ms, int(one.grade), one.ms) for one in found.past] == there


def test_the_learning_steps_of_days_are_ankis(oracle: Oracle, tmp_path: Path) -> None:
    text = '[[card]]\nfront = "a"\nback = "b"\n'
    at = now()
    key = deck_of(text).cards[0].key
    next_day = (date.fromisoformat(at.day) + timedelta(days=1)).isoformat()
    step = Memory(State.LEARNING, 1, 2.3, 5.0, at.at_ms, at.day, None, next_day, 1)
    write(tmp_path / "x.apkg", text, memories={key: step})
    oracle.take(tmp_path / "x.apkg")
    (card,) = oracle.cards()
    assert (card.type, card.queue, card.due - oracle.today) == (1, 3, 1)


def test_cards_with_a_problem_are_named(tmp_path: Path) -> None:
    text = '[[card]]\nfront = "a"\nback = "b"\n[[card]]\nfront = "c"\n'
    deck, _ = parse_deck(text.encode(), path=Path("d.toml"), deck_id="d", shown_as="d")
    assert deck is not None
    outgoing = notes_of(draft_of(text), deck)
    assert [str(loss) for loss in outgoing.losses] == [
        "card 2: left out: it has a problem (see quizapp check)"
    ]
    assert len(outgoing.notes) == 1


HEAD = """\
title   = "T"
about   = "<Words>\\nof trees"
source  = "a book"
choices = ["BPO", "KPO"]
keys    = ["b", "k"]

[quiz]
mode = "exam"

[study]
new_per_day = 5

[[card]]
front = "a"
back  = "b"
tags  = ["lesson 1", "x"]

[[card]]
front = "c"
back  = "d"
tags  = ["lesson 2"]
"""


def test_what_anki_can_not_hold_of_a_deck_is_named() -> None:
    assert [str(loss) for loss in outgoing_of(HEAD).losses] == [
        '"source" of the deck was left out',
        '"choices" of the deck was left out',
        '"keys" of the deck was left out',
        "[quiz] of the deck was left out: mode",
        "[study] of the deck was left out: new_per_day",
        "cards 1 and 2: the spaces in its tags became _",
    ]


def test_a_thing_that_many_cards_lose_is_one_line() -> None:
    text = "".join(f'[[card]]\nquestion = "{n}"\nanswer = "a"\nwrong = ["b"]\n' for n in range(1000))
    (loss,) = outgoing_of(text).losses
    assert str(loss) == "cards 1, 2, 3 and 997 more: Anki shows its choices, but has no key for them"


def test_what_a_deck_is_about_is_what_anki_says_of_it(oracle: Oracle, tmp_path: Path) -> None:
    before = write(tmp_path / "x.apkg", HEAD)
    oracle.take(tmp_path / "x.apkg")
    _, taken, decks = decks_of(oracle.export(tmp_path / "y.apkg"), to="d")
    assert decks["d"].about == before.about
    assert taken.drafts["d"].losses == ()


def test_wrong_answers_keep_their_order(tmp_path: Path) -> None:
    text = "".join(f'[[card]]\nquestion = "{n}"\nanswer = "b"\nwrong = ["d", "a", "c"]\n' for n in range(20))
    write(tmp_path / "x.apkg", text)
    _, taken, _ = decks_of(tmp_path / "x.apkg", to="d")
    assert {tuple(entry["wrong"]) for entry in entries(taken, "d")} == {("d", "a", "c")}  # type: ignore[arg-type] # wrong is a list
    # The answer's place among them tells nothing.
    shown = [note.fields[2].index("<li>b</li>") for note in outgoing_of(text).notes]
    assert len(set(shown)) == 4


@pytest.mark.parametrize(
    ("id_", "title", "name"),
    [
        ("a/b", "Lang: French", "Lang::French"),
        ("b", "Lang: French", "Lang: French"),
        ("b", "C::D", "C:D"),
        ("a/b", "Lang: C::D", "Lang::C:D"),
        ("a/b", "One", "One"),
    ],
)
def test_a_deck_lies_where_it_came_from(id_: str, title: str, name: str) -> None:
    text = f'title = "{title}"\n[[card]]\nfront = "a"\nback = "b"\n'
    assert notes_of(draft_of(text), deck_of(text, id_)).name == name


def test_files_beside_it_stay_and_a_link_stays_one(tmp_path: Path) -> None:
    beside = tmp_path / "x.apkg.new"
    beside.write_bytes(b"mine")
    (tmp_path / "x.apkg").symlink_to("real.apkg")
    write(tmp_path / "x.apkg", TEXT)
    assert beside.read_bytes() == b"mine"
    assert (tmp_path / "x.apkg").is_symlink()
    assert zipfile.is_zipfile(tmp_path / "real.apkg")


def test_a_file_that_came_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "x.apkg"

    def comes(done: int, of: int) -> bool:
        path.write_bytes(b"mine")
        return True

    with pytest.raises(ExchangeError, match="was changed meanwhile"):
        write_package(path, outgoing_of(TEXT), now(), progress=comes)
    assert path.read_bytes() == b"mine"


def test_called_off_it_leaves_nothing(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> bool:
        told.append((done, of))
        return done < of

    with pytest.raises(Cancelled):
        write_package(tmp_path / "x.apkg", outgoing_of(TEXT), now(), progress=stop)
    assert told == [(0, 9), (9, 9)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("room", [20_000, 60_000])
def test_a_full_disk_is_named_and_nothing_is_left(tmp_path: Path, room: int) -> None:
    resource = pytest.importorskip("resource", reason="limits the size of files; not on Windows")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    outgoing = outgoing_of(TEXT)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(ExchangeError, match=r"x\.apkg can't be written"):
            write_package(tmp_path / "x.apkg", outgoing, now())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_nothing_half_is_left_where_it_can_not_be_written(tmp_path: Path) -> None:
    target = tmp_path / "folder.apkg"
    target.mkdir()
    with pytest.raises(ExchangeError, match="can't be written"):
        write(target, TEXT)
    with pytest.raises(ExchangeError, match="can't be written"):
        write(tmp_path / "none" / "x.apkg", TEXT)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.apkg"]
    write(tmp_path / "x.apkg", TEXT)
    with zipfile.ZipFile(tmp_path / "x.apkg") as archive:
        assert archive.namelist() == ["collection.anki2", "media"]


WORDS = st.text(st.sampled_from("ab {}<>&*_:c1[]\\\"'\n-#"), min_size=1, max_size=20).filter(
    lambda text: text.strip()
)
BLANKS = st.text(st.sampled_from("ab <>&*_:c1[]\\"), min_size=1, max_size=8).filter(lambda text: text.strip())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(front=WORDS, back=WORDS, why=st.none() | WORDS, before=WORDS, blank=BLANKS, answer=BLANKS)
def test_any_text_comes_back_as_it_was(
    tmp_path: Path, front: str, back: str, why: str | None, before: str, blank: str, answer: str
) -> None:
    sentence = before.replace("{", "{{").replace("}", "}}")
    flip: dict[str, str] = {"front": front, "back": back} | ({"why": why} if why else {})
    text = toml_of(
        Draft((flip, {"question": before, "answer": answer}, {"cloze": f"{sentence} {{{blank}}}"}))
    )
    before_deck = write(tmp_path / "p.apkg", text)
    _, taken = take(tmp_path / "p.apkg")
    (draft,) = taken.drafts.values()
    after_deck = deck_of(toml_of(draft))
    assert [card.key for card in after_deck.cards] == [card.key for card in before_deck.cards]
    assert [collapse(card.answer) for card in after_deck.cards] == [
        collapse(card.answer) for card in before_deck.cards
    ]
    assert [collapse(card.why) for card in after_deck.cards] == [
        collapse(card.why) for card in before_deck.cards
    ]
