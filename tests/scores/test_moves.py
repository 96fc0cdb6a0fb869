"""Rekeys: what was logged belongs to one card at any time, whatever was carried over where."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from quizapp.record import Ref
from quizapp.scores.moves import Moves, Rekey

DECKS = ("d", "e")
CARDS = ("a", "b", "c")
REFS = [Ref(deck, card) for deck in DECKS for card in CARDS]


def rekey(number: int, deck: str, to_deck: str, cards: dict[str, str], **more: str | bool) -> Rekey:
    return Rekey(id=f"{number:04}", deck=deck, to_deck=to_deck, cards=cards, **more)  # type: ignore[arg-type] # passed on as it is


def step(number: int) -> st.SearchStrategy[Rekey]:
    decks = st.sampled_from(DECKS)
    cards = st.dictionaries(st.sampled_from(CARDS), st.sampled_from(CARDS), min_size=1)
    undone = st.sampled_from(["", "", f"{number + 3:04}"])
    return st.builds(
        lambda deck, to, cards, undone: rekey(
            number,
            deck,
            to,
            {old: new for old, new in cards.items() if (deck, old) != (to, new)},
            undone=undone,
        ),
        decks,
        decks,
        cards,
        undone,
    )


LOGS = st.integers(0, 8).flatmap(lambda n: st.tuples(*(step(10 * place + 5) for place in range(n))))


def in_log_order(rekeys: Sequence[Rekey], ref: Ref, id_: str) -> Ref:
    """Where a row belongs, step by step."""
    for one in rekeys:
        if not one.undone and one.id > id_:
            ref = dict(one.pairs).get(ref, ref)
    return ref


@given(LOGS)
def test_it_is_where_one_rekey_after_another_leads(rekeys: tuple[Rekey, ...]) -> None:
    moves = Moves(rekeys)
    for ref in REFS:
        for id_ in ("", *(f"{number:04}" for number in range(0, 90, 10))):
            assert moves.cards.now(ref, id_) == in_log_order(rekeys, ref, id_)


@given(LOGS)
def test_it_belongs_to_one_card_and_to_no_other(rekeys: tuple[Rekey, ...]) -> None:
    moves = Moves(rekeys)
    for ref in REFS:
        for id_ in (f"{number:04}" for number in range(0, 90, 10)):
            holders = [
                other
                for other in REFS
                for piece in moves.cards.pieces(other)
                if piece.of == ref and piece.after < id_ < piece.before
            ]
            assert holders == [moves.cards.now(ref, id_)]
            assert holders[0] in moves.cards.ends(ref)
            assert ref.deck in moves.sources(holders[0].deck)


@given(LOGS, st.integers(0, 90))
def test_as_of_an_id_later_rows_say_nothing(rekeys: tuple[Rekey, ...], number: int) -> None:
    as_of = f"{number:04}"
    then = Moves(rekeys).until(as_of)
    seen = [one for one in rekeys if one.id < as_of and not (one.undone and one.undone < as_of)]
    for ref in REFS:
        assert then.cards.now(ref, "") == in_log_order(list(map(live, seen)), ref, "")


def live(one: Rekey) -> Rekey:
    return Rekey(id=one.id, deck=one.deck, to_deck=one.to_deck, cards=one.cards)


def test_there_and_back_again_is_where_it_began() -> None:
    moves = Moves([rekey(10, "d", "d", {"a": "b"}), rekey(20, "d", "d", {"b": "a"})])
    assert moves.cards.now(Ref("d", "a"), "0005") == Ref("d", "a")
    assert moves.cards.now(Ref("d", "b"), "0015") == Ref("d", "a")
    assert moves.cards.now(Ref("d", "a"), "0015") == Ref("d", "a")
    assert moves.cards.now(Ref("d", "b"), "0025") == Ref("d", "b")


def test_two_cards_change_places() -> None:
    moves = Moves([rekey(10, "d", "d", {"a": "b", "b": "a"})])
    assert moves.cards.now(Ref("d", "a"), "0005") == Ref("d", "b")
    assert moves.cards.now(Ref("d", "b"), "0005") == Ref("d", "a")
    assert moves.cards.now(Ref("d", "a"), "0015") == Ref("d", "a")


def test_a_deck_goes_as_a_whole_only_if_that_is_said() -> None:
    moves = Moves([rekey(10, "d", "e", {"a": "a"}), rekey(20, "e", "f", {"a": "a"}, whole=True)])
    assert moves.decks.now("d", "0005") == "d"
    assert moves.decks.now("e", "0015") == "f"
    assert [piece.of for piece in moves.decks.pieces("f")] == ["e", "f"]
