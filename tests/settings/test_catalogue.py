"""The settings one by one: what they are called, and their values as text."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from quizapp.settings.catalogue import (
    BadValueError,
    Setting,
    as_toml,
    parse,
    settings_list,
    shown_value,
    stepped,
    value_of,
    with_value,
)
from quizapp.settings.values import Settings

ALL = {setting.key: setting for setting in settings_list()}


def test_each_setting_has_words_and_the_default_of_its_type() -> None:
    assert len(ALL) == len(settings_list())
    for setting in ALL.values():
        assert setting.description
        assert setting.expected
        assert value_of(Settings(), setting.key) == setting.default
        assert with_value(Settings(), setting.key, setting.default) == Settings()


def test_those_without_a_table_come_first_as_in_a_file() -> None:
    tables = [setting.key.partition(".")[0] if "." in setting.key else "" for setting in ALL.values()]
    assert tables == sorted(tables, key=["", "study", "quiz"].index)


def test_one_value_changes_alone() -> None:
    settings = with_value(Settings(), "study.rollover", 2)
    assert (settings.study.rollover, settings.study.new_per_day) == (2, 20)
    assert with_value(settings, "keys.home.quiz", "z").keys == {"home.quiz": "z"}


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("quiz.clock", "off", False),
        ("quiz.clock", "True", True),
        ("study.new_per_day", " 5 ", 5),
        ("study.retention", "0.85", 0.85),
        ("study.retention", "0,85", 0.85),
        ("theme", "nord", "nord"),
        ("keymap", "vim", "vim"),
        ("decks", "~/a, ~/b", ("~/a", "~/b")),
        ("decks", "", ()),
    ],
)
def test_text_is_read(key: str, text: str, value: Any) -> None:
    assert parse(ALL[key], text) == value


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("quiz.clock", "maybe", "clock takes true or false, not “maybe”."),
        ("study.new_per_day", "2.5", "new_per_day takes a whole number from 0 to 9999, not “2.5”."),
        ("study.new_per_day", "10000", "new_per_day takes a whole number from 0 to 9999, not “10000”."),
        ("study.new_per_day", "²", "new_per_day takes a whole number from 0 to 9999, not “²”."),
        ("study.retention", "nan", "retention takes a number from 0.5 to 0.99, not “nan”."),
        ("keymap", "emacs", "keymap takes default or vim, not “emacs”."),
        ("theme", "", "theme takes a theme's name."),
    ],
)
def test_text_that_is_no_value_is_refused_with_a_sentence(key: str, text: str, says: str) -> None:
    with pytest.raises(BadValueError) as error:
        parse(ALL[key], text)
    assert str(error.value) == says


@given(st.sampled_from(list(ALL.values())), st.text(max_size=30))
def test_parse_gives_a_value_or_a_sentence(setting: Setting, text: str) -> None:
    with suppress(BadValueError):
        value = parse(setting, text)
        assert type(value) is type(setting.default)
        assert tomli.loads(f"x = {as_toml(value)}")["x"] == (
            list(value) if value.__class__ is tuple else value
        )


@pytest.mark.parametrize("setting", ALL.values(), ids=ALL)
def test_what_is_shown_can_be_typed_again(setting: Setting) -> None:
    assert parse(setting, shown_value(setting.default, empty="")) == setting.default


def test_steps_stay_within_the_limits() -> None:
    assert stepped(ALL["study.new_per_day"], 20, 1) == 21
    assert stepped(ALL["study.new_per_day"], 0, -1) is None
    assert stepped(ALL["study.retention"], 0.9, 1) == 0.91
    assert stepped(ALL["study.retention"], 0.99, 1) is None
    assert stepped(ALL["quiz.clock"], True, -1) is False
    assert stepped(ALL["keymap"], "default", 1, ("default", "vim")) == "vim"
    assert stepped(ALL["theme"], "paper", 1, ("lamp", "paper")) == "lamp"
    assert stepped(ALL["decks"], (), 1) is None
