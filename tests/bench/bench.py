"""How fast the program is, as ratios to what it stands on, measured in one run.

    .venv/bin/pip install . && .venv/bin/python tests/bench/bench.py [--runs N]

measures the `quizapp` beside the Python that runs it, in real terminals of 80×24, with its bytecode compiled
and a scores file of its own. The two of a pair take turns, so that a machine that slows down slows both. Only
ratios within one run mean anything.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import re
import select
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import tomli
from msgspec import structs
from ptyprocess import PtyProcess

import quizapp
from quizapp.deck.read import read_deck
from quizapp.learn.schedule import default_scheduler
from quizapp.record import Answer, Grade, How, Memory, Outcome, Ref, State
from quizapp.scores.store import Store, open_store

FIRST_FRAME = 1.25
"""How much longer than the floor the first frame may take."""
ONE = 1.5
"""How much longer than Python with SQLite and click `quizapp one` may take where nothing is due."""
PATIENCE = 30.0
"""Seconds after which a program that shows nothing is a failure."""
DEAD = 0.35
"""Seconds to wait before a key: keys are dead for 0.25 after a paint."""
CARDS = 60
MANY = 10_000

Measure = Callable[[], float]


class Pair(NamedTuple):
    """Two things measured in turns: what ours costs, and what it stands on. times: seconds of each."""

    ours: str
    floor: str
    times: Sequence[Sequence[float]]
    target: float | None = None


class Terminal:
    """A program in a terminal of 80×24, and the bytes that it has written since the last key."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        self.started = time.perf_counter()
        self._process = PtyProcess.spawn(list(command), env=dict(environ), dimensions=(24, 80))
        self._written = b""

    def wait_for(self, *marks: str) -> float:
        """When the last of these patterns had arrived."""
        missing = [re.compile(mark.encode()) for mark in marks]
        until = time.perf_counter() + PATIENCE
        while missing:
            if not self._read(until):
                names = ", ".join(repr(pattern.pattern.decode()) for pattern in missing)
                raise SystemExit(f"{names} did not arrive; the terminal got:\n{self._written!r}")
            missing = [pattern for pattern in missing if not pattern.search(self._written)]
        return time.perf_counter()

    def press(self, key: str) -> float:
        """Press a key, once keys count and nothing is being written; when it was pressed."""
        while self._read(time.perf_counter() + DEAD):
            pass
        self._written = b""
        pressed = time.perf_counter()
        self._process.write(key.encode())
        return pressed

    def wait_for_end(self) -> float:
        """When the program had ended by itself, without a word."""
        while self._read(time.perf_counter() + PATIENCE):
            pass
        ended = time.perf_counter()
        if self._written or self._process.wait():
            raise SystemExit(f"it should have ended without a word; the terminal got:\n{self._written!r}")
        self._process.close()
        return ended

    def _read(self, until: float) -> bool:
        """Take what the program writes; False if that is nothing until then."""
        ready, _, _ = select.select([self._process.fd], [], [], max(0.0, until - time.perf_counter()))
        if not ready:
            return False
        try:
            data = os.read(self._process.fd, 65536)
        except OSError:  # it has ended, as Linux says it
            return False
        self._written += data
        return bool(data)

    def close(self) -> None:
        """Quit the program."""
        self._process.write(b"\x11")  # Ctrl+Q
        while self._read(time.perf_counter() + 5):
            pass
        self._process.close(force=True)


@contextmanager
def terminal(command: Sequence[str], environ: Mapping[str, str]) -> Iterator[Terminal]:
    """A program in a terminal, quit at the end."""
    opened = Terminal(command, environ)
    try:
        yield opened
    finally:
        opened.close()


def in_turns(runs: int, *measures: Measure) -> list[list[float]]:
    """Each measure's times. They take turns; the first turn, which warms them up, does not count."""
    turns = [[measure() for measure in measures] for _ in range(runs + 1)]
    return [list(times) for times in zip(*turns[1:], strict=True)]


# ---- what is measured


def first_frame(command: Sequence[str], environ: Mapping[str, str], *marks: str) -> Measure:
    """From the start of the process until these marks are on the screen."""

    def measure() -> float:
        with terminal(command, environ) as screen:
            return screen.wait_for(*marks) - screen.started

    return measure


def run_time(command: Sequence[str], environ: Mapping[str, str]) -> Measure:
    """A command from start to end."""

    def measure() -> float:
        started = time.perf_counter()
        subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - started

    return measure


def terminal_time(command: Sequence[str], environ: Mapping[str, str]) -> Measure:
    """A command in a terminal, from start to end; it must end by itself and say nothing."""

    def measure() -> float:
        screen = Terminal(command, environ)
        return screen.wait_for_end() - screen.started

    return measure


def one_card(runs: int, program: str, home: Path) -> Pair:
    """`quizapp one` as a shell starts it, with nothing due, and what SQLite and click cost alone."""
    later = structs.replace(_memory(), due_day="9999-01-01")
    memories = {Ref("bench", f"{number:032x}"): later for number in range(MANY)}
    with closing(open_store(home / "scores.db", now_ms=lambda: time.time_ns() // 1_000_000)) as store:
        store.append([], memories=memories)
    environ = environment(home)
    floor = [sys.executable, "-c", "import sqlite3, click"]
    both = in_turns(runs, terminal_time([program, "one"], environ), terminal_time(floor, environ))
    return Pair("quizapp one, nothing due", "python -c 'import sqlite3, click'", both, ONE)


def keys(runs: int, floor: Sequence[str], ours: Sequence[str], environ: Mapping[str, str]) -> list[Pair]:
    """From a key until what it leads to is painted: a flip card's answer, and the next card after a grade."""
    number = 0
    with terminal(floor, environ) as below, terminal(ours, environ) as above:
        below.wait_for("number 0")
        above.wait_for(r"question \d")

        def count() -> float:
            nonlocal number
            number += 1
            pressed = below.press(" ")
            return below.wait_for(f"number {number}") - pressed

        def reveal() -> float:
            pressed = above.press(" ")
            return above.wait_for(r"answer \d") - pressed

        def grade() -> float:
            pressed = above.press("4")  # Easy: the card does not come back
            return above.wait_for(r"question \d") - pressed

        update, answer, card = in_turns(min(runs, CARDS - 2), count, reveal, grade)
    return [
        Pair("Space → answer painted", "key → widget painted", [answer, update]),
        Pair("grade → on disk, next card painted", "key → widget painted", [card, update]),
    ]


def commits(runs: int, folder: Path) -> Pair:
    """One answer with its memory put on disk, and one row of bare SQLite kept as safely."""
    answer, memory = _answer(), _memory()
    ids = iter(range(runs + 1))
    with (
        closing(open_store(folder / "scores.db", now_ms=lambda: time.time_ns() // 1_000_000)) as store,
        closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as bare,
    ):
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("PRAGMA fullfsync = 1")  # means something on macOS alone, where the store sets it too
        values = list(structs.asdict(answer).values())[1:]
        marks = ", ".join("?" * len(values))
        names = ", ".join(Answer.__struct_fields__[1:])
        bare.execute(f"CREATE TABLE answer (id INTEGER PRIMARY KEY, {names})")

        def ours() -> float:
            return _append(store, answer, memory, next(ids))

        def floor() -> float:
            started = time.perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.execute(f"INSERT INTO answer ({names}) VALUES ({marks})", values)  # noqa: S608 - names of ours
            bare.execute("COMMIT")
            return time.perf_counter() - started

        both = in_turns(runs, ours, floor)
    return Pair("one answer's commit", "bare sqlite3 insert, commit", both)


def _append(store: Store, answer: Answer, memory: Memory, number: int) -> float:
    row = structs.replace(answer, id=store.new_id(), device=store.device)
    started = time.perf_counter()
    store.append([row], memories={Ref("bench", f"{number:032x}"): memory}, schedulers=[default_scheduler()])
    return time.perf_counter() - started


def _answer() -> Answer:
    return Answer(
        id="",
        device="",
        at_ms=1_767_261_600_000,
        offset_min=0,
        day="2026-01-01",
        deck="bench",
        card="0" * 32,
        session="0" * 36,
        position=1,
        kind="flip",
        how=How.REVEALED,
        k=None,
        variant=0,
        given="",
        outcome=Outcome.RIGHT,
        grade=Grade.GOOD,
        target=0.9,
        latest=None,
        scheduler=default_scheduler().id,
        hinted=False,
        repeat=False,
        scored=False,
        ms=1234,
    )


def _memory() -> Memory:
    return Memory(
        state=State.REVIEW,
        step=None,
        stability=2.3,
        difficulty=5.0,
        last_ms=1_767_261_600_000,
        last_day="2026-01-01",
        due_ms=None,
        due_day="2026-01-03",
        grades=1,
    )


def large_deck(runs: int, path: Path) -> Pair:
    """Reading a deck of many cards, and only parsing its TOML."""
    text = path.read_text(encoding="utf-8")

    def ours() -> float:
        gc.collect()
        started = time.perf_counter()
        deck, problems = read_deck(path, deck_id="many")
        ended = time.perf_counter()
        if deck is None or problems or len(deck.cards) != MANY:
            raise SystemExit(f"the deck of {MANY} cards was not read: {problems[:1]}")
        return ended - started

    def floor() -> float:
        gc.collect()
        started = time.perf_counter()
        tomli.loads(text)
        return time.perf_counter() - started

    return Pair(f"a deck of {MANY:,} cards read", "tomli.loads of its text", in_turns(runs, ours, floor))


def flip_deck(cards: int) -> str:
    """A deck of flip cards, all of which may be studied on one day."""
    head = f"[study]\nnew_per_day = {cards}\n"
    return head + "".join(
        f'\n[[card]]\nfront = "question {number}"\nback = "answer {number}"\n' for number in range(cards)
    )


def statement_deck(cards: int) -> str:
    """A deck of statements with all that an author may write."""
    head = 'title = "Many"\nchoices = ["BPO", "KPO", "Both"]\n'
    return head + "".join(
        f'\n[[card]]\nstatement = "Statement {number} says one thing about one of the two."\n'
        f'answer = "{("BPO", "KPO", "Both")[number % 3]}"\nwhy = "Because of reason {number}."\n'
        f'aspect = "aspect {number % 50}"\nfrom = "b{number}"\n'
        for number in range(cards)
    )


# ---- the run


def environment(home: Path) -> dict[str, str]:
    """What the programs run with: nothing that changes how Python starts or how Textual draws."""
    theirs = ("PYTHON", "TEXTUAL", "QUIZAPP", "NO_COLOR", "COLUMNS", "LINES")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
    return {**kept, "QUIZAPP_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def measure_all(runs: int, program: str, folder: Path) -> Iterator[Pair]:
    """Every pair, each measured when it is asked for."""
    environ = environment(folder / "home")
    floor = [sys.executable, str(Path(__file__).with_name("floor.py"))]
    home = ("Today", "Next card", "Timed quiz")
    both = in_turns(
        runs,
        first_frame([program], environ, *home),
        first_frame(floor, environ, "number 0"),
    )
    yield Pair("first frame of quizapp", "first frame of one widget", both, FIRST_FRAME)

    flips = folder / "flips.toml"
    flips.write_text(flip_deck(CARDS), encoding="utf-8")
    yield from keys(runs, floor, [program, "study", str(flips)], environ)

    imports = [sys.executable, "-c", "import click, sqlite3, tomli, msgspec"]
    both = in_turns(runs, run_time([program, "decks"], environ), run_time(imports, environ))
    yield Pair("quizapp decks", "python -c 'import click, …'", both)

    yield one_card(runs, program, folder / "later")

    yield commits(max(runs, 200), folder)

    many = folder / "many.toml"
    many.write_text(statement_deck(MANY), encoding="utf-8")
    yield large_deck(max(3, runs // 5), many)


def lines(pair: Pair) -> Iterator[str]:
    """A pair's two lines of the table."""
    ours, floor = pair.times
    ratio = statistics.median(ours) / statistics.median(floor)
    target = f"{pair.target:.2f}" if pair.target else "-"
    over = "  over" if pair.target and ratio > pair.target else ""
    yield f"{_figures(pair.ours, ours)}  {ratio:7.2f}  {target:>6}{over}"
    yield _figures(f"  {pair.floor}", floor)


def _figures(name: str, times: Sequence[float]) -> str:
    figures = (statistics.median(times), min(times), max(times))
    return f"{name:36}" + "".join(f"  {1000 * figure:8.2f}" for figure in figures)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure quizapp against what it stands on.")
    parser.add_argument("--runs", type=int, default=20, help="how often each is measured (20)")
    parser.add_argument("--program", help="the quizapp to measure (the one beside this Python)")
    arguments = parser.parse_args()
    program = Path(arguments.program or Path(sys.executable).with_name("quizapp")).absolute()
    if not program.exists():
        raise SystemExit(f"There is no {program}; install quizapp first: pip install .")
    package = Path(quizapp.__file__).parent
    print(f"quizapp {quizapp.__version__}, Textual {version('textual')}, Python {platform.python_version()}")
    print("installed" if "site-packages" in package.parts else "editable: an installed one starts faster")
    print(f"\n{'milliseconds':36}  {'median':>8}  {'min':>8}  {'max':>8}  {'ratio':>7}  {'target':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for pair in measure_all(arguments.runs, str(program), Path(folder)):
            print(*lines(pair), sep="\n", flush=True)


if __name__ == "__main__":
    main()
