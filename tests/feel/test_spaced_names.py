"""Names with spaces and signs are found by their words, however many there are."""

from __future__ import annotations

import re

import pytest

from engine.feel import Value, compile_expression
from engine.feel.lexer import spaced_names


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("first name", {"first name": "x", "first": "a"}),
        ("first   name", {"first name": "x"}),
        ("first /* the */ name", {"first name": "x"}),
        ("first name of all", {"first name": "a", "first name of all": "x"}),
        ("a-b", {"a-b": "x", "a": "a"}),
        ("a+b c", {"a+b c": "x"}),
        ("first", {"first name": "a", "first": "x"}),
        ("if true then first name else null", {"first name": "x", "first names": "a"}),
    ],
)
def test_the_longest_known_name_is_read(text: str, scope: dict[str, Value]) -> None:
    assert compile_expression(text, frozenset(scope)).evaluate(scope) == "x"


def test_thousands_of_names_need_no_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    names = frozenset(f"Name {number} of many" for number in range(3_000))

    def refuse(*_: object) -> None:
        raise AssertionError("a pattern for each name")

    monkeypatch.setattr(re, "compile", refuse)
    known = spaced_names(names)
    text = "Name 7 of many + 1"
    assert known.count == 3_000
    assert known.end(text, 0, "Name") == len("Name 7 of many")
    assert known.end("Name 3000 of many", 0, "Name") == 0
