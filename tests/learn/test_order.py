"""The order of a quiz: balanced, and not to be guessed."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from random import Random
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.deck.card import Card, Choice, Cloze, Flip, Statement, Typed
from quizapp.learn.order import askable, in_play, most_cards, order, start_elsewhere, two_way
from quizapp.record import Seen

ORDERS = 10_000
BPO_KPO = ("BPO", "KPO")


def statement(
    key: str, answer: str, choices: tuple[str, ...] = ("BPO", "KPO", "Both"), prompt: str = ""
) -> Statement:
    return Statement(
        key=key, entry=0, prompt=prompt or key, answer=answer, choices=choices, keys=("",) * len(choices)
    )


def deck(**sides: int) -> list[Card]:
    """A deck with so many statements for each answer."""
    choices = tuple(sides)
    return [
        statement(f"{answer} {n}", answer, choices) for answer, count in sides.items() for n in range(count)
    ]


def true_false(key: str, answer: str) -> Statement:
    return statement(key, answer, ("True", "False"))


def typed(key: str) -> Typed:
    return Typed(key=key, entry=0, prompt=key, answer=key)


def choice(key: str) -> Choice:
    return Choice(key=key, entry=0, prompt=key, answer="yes", wrong=("no",))


def flip(key: str) -> Flip:
    return Flip(key=key, entry=0, prompt=key, answer=key)


def same(orders: Sequence[Sequence[object]]) -> float:
    """The share of cards that have the same answer as the one before."""
    pairs = [(one, other) for answers in orders for one, other in pairwise(answers)]
    return sum(one == other for one, other in pairs) / len(pairs)


def answers_of(cards: Sequence[Card], seed: int = 1, orders: int = ORDERS) -> list[list[str]]:
    random = Random(seed)
    return [[card.answer for card in order(cards, seen={}, random=random)] for _ in range(orders)]


# Two sides


@pytest.mark.parametrize(("most", "counts"), [(20, (10, 10)), (21, (10, 11)), (1, (0, 1)), (28, (14, 14))])
def test_a_short_order_is_even_and_gives_nothing_away(most: int, counts: tuple[int, int]) -> None:
    random, cards = Random(most), deck(BPO=14, KPO=16)
    orders = [
        [card.answer for card in order(cards, seen={}, random=random, most=most)] for _ in range(ORDERS // 4)
    ]
    for answers in orders:
        assert tuple(sorted(answers.count(side) for side in BPO_KPO)) == counts
        assert max(len(list(run)) for _, run in groupby(answers)) <= 3
    assert most == 1 or 0.45 <= same(orders) <= 0.55
    either = sum(answers.count("BPO") > answers.count("KPO") for answers in orders) / len(orders)
    assert most % 2 == 0 or either == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("most", [7, 8, 9])
def test_a_short_order_of_three_sides_is_even_but_for_one_card(most: int) -> None:
    for seed in range(200):
        asked = order(deck(A=4, B=5, C=6), seen={}, random=Random(seed), most=most)
        counts = Counter(card.answer for card in asked)
        assert sum(counts.values()) == most
        assert max(counts.values()) - min(counts[side] for side in "ABC") <= 1


def test_a_short_order_takes_of_each_group_its_share() -> None:
    groups = [*deck(BPO=20, KPO=20), *(typed(f"typed {n}") for n in range(9)), true_false("1", "True")]
    cards = [*groups, true_false("2", "False")]
    taken: Counter[str] = Counter()
    for seed in range(2000):
        asked = order(cards, seen={}, random=Random(seed), most=10)
        assert len(asked) == len({card.key for card in asked}) == 10
        taken.update("typed" if isinstance(card, Typed) else "/".join(in_play(card)) for card in asked)
    for group, size in (("BPO/KPO", 40), ("typed", 9), ("True/False", 2)):
        assert taken[group] / 2000 == pytest.approx(10 * size / 51, rel=0.12)


def test_more_than_there_is_is_all_there_is() -> None:
    cards = [*deck(BPO=3, KPO=5), typed("t")]
    assert most_cards(cards) == 7
    assert most_cards(cards, balanced=False) == 9
    for most in (7, 99):
        assert order(cards, seen={}, random=Random(1), most=most) == order(cards, seen={}, random=Random(1))
    assert len(order(cards, seen={}, random=Random(1), balanced=False, most=4)) == 4


def test_a_flip_card_is_asked_where_it_has_a_distractor() -> None:
    cards = [flip("a"), flip("b"), flip("c")]
    wrong = {"a": ["x"], "b": ["b", " B "], "c": []}
    assert [card.key for card in order(cards, seen={}, random=Random(1), distractors=wrong)] == ["a"]


@pytest.mark.parametrize(
    ("bpo", "kpo", "count"),
    [(14, 16, ORDERS), (2, 2, ORDERS), (5, 5, ORDERS), (3, 3, 4000), (4, 9, 3000), (40, 40, 500)],
)
def test_neither_same_nor_opposite_pays(bpo: int, kpo: int, count: int) -> None:
    orders = answers_of(deck(BPO=bpo, KPO=kpo), orders=count)
    share = same(orders)
    assert 0.45 <= share <= 0.55
    for answers in orders:
        assert Counter(answers) == dict.fromkeys(BPO_KPO, min(bpo, kpo))


@pytest.mark.parametrize("each", [1, 2, 3, 14, 32, 33, 100])
def test_no_run_is_longer_than_three_and_both_sides_are_even(each: int) -> None:
    random = Random(each)
    for _ in range(200):
        sides = list(two_way(each, random))
        assert sides.count(0) == sides.count(1) == each
        assert max(len(list(run)) for _, run in groupby(sides)) <= 3


def test_run_lengths_have_equal_odds() -> None:
    runs = [len(list(run)) for _, run in groupby(two_way(30_000, Random(5)))]
    shares = Counter(runs[1:-1])
    for length in (1, 2, 3):
        assert shares[length] / len(runs) == pytest.approx(1 / 3, abs=0.02)


def test_either_side_may_begin_and_end() -> None:
    orders = answers_of(deck(BPO=5, KPO=5), orders=2000)
    for end in (0, -1):
        assert Counter(answers[end] for answers in orders)["BPO"] / 2000 == pytest.approx(0.5, abs=0.05)


# Three and more sides


@pytest.mark.parametrize("sides", [{"A": 4, "B": 4, "C": 4}, {"A": 14, "B": 16, "C": 13}])
def test_with_three_choices_same_does_not_pay(sides: dict[str, int]) -> None:
    orders = answers_of(deck(**sides), orders=2000)
    assert same(orders) <= 1 / 3 + 0.05
    # Nor does "the next one in the deck's order", or "the one before it".
    choices = list(sides)
    for step in (1, 2):
        after = [
            [choices[(choices.index(answer) + step * n) % 3] for n, answer in enumerate(one)]
            for one in orders
        ]
        assert same(after) <= 0.5
    for answers in orders:
        assert Counter(answers) == dict.fromkeys(choices, min(sides.values()))


def test_with_nine_choices_same_does_not_pay() -> None:
    sides = dict.fromkeys("ABCDEFGHI", 3)
    assert same(answers_of(deck(**sides), orders=1000)) <= 1 / 9 + 0.05


# Which cards


def test_the_least_recently_asked_are_taken() -> None:
    cards = deck(BPO=2, KPO=4)
    seen = {
        "BPO 0": Seen(3, "05"),
        "BPO 1": Seen(1, "02"),
        "KPO 0": Seen(1, "03"),
        "KPO 1": Seen(1, "01"),
        "KPO 3": Seen(1, "04"),
    }
    taken = {
        tuple(card.key for card in order(cards, seen=seen, random=Random(seed)) if card.answer == "KPO")
        for seed in range(50)
    }
    # Never asked, and longest ago; which of them is first is a matter of chance.
    assert taken == {("KPO 2", "KPO 1"), ("KPO 1", "KPO 2")}


def all_seen(cards: Sequence[Card]) -> dict[str, Seen]:
    return {card.key: Seen(1, f"{place:04}") for place, card in enumerate(cards)}


@pytest.mark.parametrize("most", [None, 20])
@pytest.mark.parametrize("stretch", [None, 5])
def test_cards_that_were_all_asked_before_come_in_another_order_each_time(
    most: int | None, stretch: int | None
) -> None:
    cards = [*deck(BPO=14, KPO=16), *(typed(f"typed {n}") for n in range(14))]
    seen = all_seen(cards)
    for side in (*BPO_KPO, "typed"):
        orders = {
            tuple(
                card.key
                for card in order(cards, seen=seen, random=Random(seed), most=most, stretch=stretch)
                if card.key.startswith(side)
            )
            for seed in range(50)
        }
        assert len(orders) > 40


def test_a_round_that_may_stop_midway_begins_with_the_least_recently_asked() -> None:
    cards = [*deck(BPO=14, KPO=16), *(typed(f"typed {n}") for n in range(14))]
    for seed in range(50):
        asked = order(cards, seen=all_seen(cards), random=Random(seed), stretch=5)
        for side, count in (("BPO", 14), ("KPO", 14), ("typed", 14)):
            places = [int(card.key.split()[-1]) for card in asked if card.key.startswith(side)]
            for start in range(0, count, 5):
                assert sorted(places[start : start + 5]) == list(range(start, min(start + 5, count)))


def test_a_round_that_may_stop_midway_begins_with_those_never_asked() -> None:
    cards = [*deck(BPO=9, KPO=9), *(typed(f"typed {n}") for n in range(9))]
    seen = {key: known for key, known in all_seen(cards).items() if int(key.split()[-1]) < 3}
    for seed in range(50):
        asked = order(cards, seen=seen, random=Random(seed), stretch=5)
        for side in (*BPO_KPO, "typed"):
            keys = [card.key for card in asked if card.key.startswith(side)]
            assert [key in seen for key in keys] == [False] * 6 + [True] * 3


def test_a_round_begins_with_what_the_one_before_left_out() -> None:
    cards = deck(BPO=8, KPO=10)
    rounds = {card.key: 1 for card in cards if card.key not in ("KPO 4", "KPO 7")}
    for seed in range(50):
        for seen in ({}, all_seen(cards)):
            asked = order(cards, seen=seen, random=Random(seed), rounds=rounds, stretch=5)
            keys = [card.key for card in asked if card.answer == "KPO"]
            assert set(keys[:2]) == {"KPO 4", "KPO 7"}


def test_each_of_the_cards_taken_may_come_anywhere() -> None:
    cards = deck(BPO=6, KPO=6)
    random, firsts = Random(2), Counter[str]()
    for _ in range(3000):
        asked = order(cards, seen=all_seen(cards), random=random, most=8)
        firsts[next(card.key for card in asked if card.answer == "BPO")] += 1
    assert set(firsts) == {f"BPO {n}" for n in range(4)}
    assert min(firsts.values()) > 600


def test_what_was_asked_before_gives_no_answer_away() -> None:
    cards = deck(BPO=14, KPO=16)
    seen, random = all_seen(cards), Random(6)
    for stretch in (None, 5):
        orders = [
            [card.answer for card in order(cards, seen=seen, random=random, stretch=stretch)]
            for _ in range(ORDERS // 4)
        ]
        assert 0.45 <= same(orders) <= 0.55


def test_rounds_of_this_session_outweigh_what_was_seen_before() -> None:
    cards = deck(BPO=1, KPO=3)
    seen = {"KPO 2": Seen(1, "09")}
    keys = {card.key for card in order(cards, seen=seen, random=Random(1), rounds={"KPO 0": 1, "KPO 1": 2})}
    assert keys == {"BPO 0", "KPO 2"}


def test_ties_are_broken_by_chance() -> None:
    cards = deck(BPO=1, KPO=3)
    random = Random(4)
    picked = Counter(
        card.key for _ in range(300) for card in order(cards, seen={}, random=random) if card.answer == "KPO"
    )
    assert len(picked) == 3
    assert min(picked.values()) > 60


def test_a_drill_leaves_no_card_out() -> None:
    cards = [*deck(BPO=1, KPO=5), typed("t")]
    orders = [order(cards, seen={}, random=Random(seed), balanced=False) for seed in range(9)]
    assert all({card.key for card in one} == {card.key for card in cards} for one in orders)
    assert len({tuple(card.key for card in one) for one in orders}) > 5


@pytest.mark.parametrize(("bpo", "kpo"), [(2, 2), (3, 3), (2, 3), (4, 3), (8, 8), (14, 16)])
@pytest.mark.parametrize("others", [0, 3])
def test_in_a_drill_neither_same_nor_opposite_pays(bpo: int, kpo: int, others: int) -> None:
    cards = [*deck(BPO=bpo, KPO=kpo), *(typed(f"typed {n}") for n in range(others))]
    random = Random(8)
    orders = []
    for _ in range(ORDERS // 4):
        asked = order(cards, seen={}, random=random, balanced=False)
        assert sorted(card.key for card in asked) == sorted(card.key for card in cards)
        orders.append([card.answer for card in asked if isinstance(card, Statement)])
    assert 0.45 <= same(orders) <= 0.55
    for end in (0, -1):
        share = Counter(answers[end] for answers in orders)["BPO"] / len(orders)
        assert share == pytest.approx(bpo / (bpo + kpo), abs=0.06)


def test_in_a_drill_any_card_may_come_anywhere() -> None:
    cards = [*deck(BPO=2, KPO=3), typed("t"), choice("c"), true_false("tf", "True")]
    random = Random(9)
    orders = [
        [card.key for card in order(cards, seen={}, random=random, balanced=False)] for _ in range(4000)
    ]
    for place in (0, 3, 7):
        firsts = Counter(keys[place] for keys in orders)
        assert len(firsts) == 8
        assert min(firsts.values()) > 350


def test_what_can_be_asked() -> None:
    cards: list[Card] = [
        statement("bpo", "BPO"),
        statement("both", "Both"),
        true_false("tf", "True"),
        flip("flip"),
        typed("typed"),
        choice("choice"),
        Cloze(key="cloze", entry=0, prompt="a […]", answer="b", before="a ", after=""),
    ]
    assert [card.key for card in askable(cards)] == ["bpo", "both", "tf", "typed", "choice", "cloze"]
    assert [card.key for card in askable(cards, BPO_KPO)] == ["bpo", "tf", "typed", "choice", "cloze"]
    # One choice alone is no question.
    assert [card.key for card in askable(cards, ("BPO",))] == ["tf", "typed", "choice", "cloze"]


def test_the_choices_in_play_are_the_decks() -> None:
    assert in_play(statement("s", "BPO"), ("KPO", "BPO")) == BPO_KPO
    assert in_play(statement("s", "BPO")) == ("BPO", "KPO", "Both")
    assert in_play(true_false("t", "True"), BPO_KPO) == ("True", "False")
    assert in_play(choice("c"), ("yes",)) == ("yes", "no")
    assert in_play(typed("t"), BPO_KPO) == ()


def test_a_side_without_cards_does_not_count() -> None:
    cards = deck(BPO=3, KPO=3, Both=0)
    assert len(order(cards, seen={}, random=Random(1))) == 6
    assert len(order(deck(BPO=4, KPO=0), seen={}, random=Random(1))) == 4
    assert order([], seen={}, random=Random(1)) == []


# Mixed decks


def test_groups_are_balanced_each_for_itself_and_spread_evenly() -> None:
    cards = [
        *deck(BPO=10, KPO=13),
        *(true_false(f"tf {n}", "True" if n < 4 else "False") for n in range(9)),
        *(typed(f"typed {n}") for n in range(5)),
        *(choice(f"choice {n}") for n in range(5)),
        flip("flip"),
    ]
    for seed in range(50):
        asked = order(cards, seen={}, random=Random(seed), only=BPO_KPO)
        answers = Counter(card.answer for card in asked if isinstance(card, Statement))
        assert answers == {"BPO": 10, "KPO": 10, "True": 4, "False": 4}
        assert len(asked) == 20 + 8 + 10
        half = Counter(in_play(card, BPO_KPO) for card in asked[:19])
        assert 9 <= half[BPO_KPO] <= 11
        assert 3 <= half["True", "False"] <= 5
        for group in (("BPO", "KPO"), ("True", "False")):
            runs = groupby(card.answer for card in asked if in_play(card) == group)
            assert max(len(list(run)) for _, run in runs) <= 3


@given(
    st.lists(
        st.sampled_from(["BPO", "KPO", "Both", "True", "False", "typed", "choice", "flip"]), max_size=40
    ),
    st.sampled_from([(), BPO_KPO, ("KPO", "Both")]),
    st.integers(),
)
@settings(deadline=None)
def test_an_order_holds_each_card_at_most_once_and_only_askable_ones(
    kinds: list[str], only: tuple[str, ...], seed: int
) -> None:
    def card(key: str, kind: str) -> Card:
        match kind:
            case "True" | "False":
                return true_false(key, kind)
            case "typed":
                return typed(key)
            case "choice":
                return choice(key)
            case "flip":
                return flip(key)
            case _:
                return statement(key, kind)

    cards = [card(str(n), kind) for n, kind in enumerate(kinds)]
    pool = askable(cards, only)
    asked = order(cards, seen={}, random=Random(seed), only=only)
    keys = [one.key for one in asked]
    assert len(set(keys)) == len(keys)
    assert set(keys) <= {one.key for one in pool}
    others = [one for one in pool if not isinstance(one, Statement)]
    assert sum(not isinstance(one, Statement) for one in asked) == len(others)
    assert bool(asked) == bool(pool)
    again = order(cards, seen={}, random=Random(seed), only=only)
    assert again == asked


# The first card


def test_the_first_card_changes_places_with_one_of_its_side() -> None:
    cards: list[Card] = [
        statement("a", "BPO"),
        statement("b", "KPO"),
        statement("c", "BPO"),
        statement("d", "KPO"),
    ]
    start_elsewhere(cards, ("a",))
    assert [card.key for card in cards] == ["c", "b", "a", "d"]
    start_elsewhere(cards, ("a",))
    assert [card.key for card in cards] == ["c", "b", "a", "d"]


def test_if_not_all_can_be_avoided_the_first_counts_most() -> None:
    cards: list[Card] = [statement("a", "BPO"), statement("b", "KPO")]
    start_elsewhere(cards, ("a", "b"))
    assert [card.key for card in cards] == ["b", "a"]
    start_elsewhere(cards, ("a", "b"))
    assert [card.key for card in cards] == ["b", "a"]
    lone = cards[:1]
    start_elsewhere(lone, ("b",))
    assert [card.key for card in lone] == ["b"]


def test_a_hundred_thousand_cards_are_ordered_in_a_moment() -> None:
    cards = deck(BPO=50_000, KPO=50_000)
    start = perf_counter()
    asked = order(cards, seen={}, random=Random(1))
    assert perf_counter() - start < 3
    assert len(asked) == 100_000
    assert max(len(list(run)) for _, run in groupby(card.answer for card in asked)) <= 3
