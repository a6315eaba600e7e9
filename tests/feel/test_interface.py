"""What callers get besides values: paths, functions, JSON, the cache."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from engine.feel import (
    EvaluationError,
    Function,
    Range,
    Run,
    Value,
    compile_expression,
    format_value,
    from_json,
    to_json,
    type_of,
)

from .tables import shown


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("age >= 16", {("age",)}),
        ("client.endDate + duration(stay.length)", {("client", "endDate"), ("stay", "length")}),
        ("for p in people return p.name + suffix", {("people",), ("suffix",)}),
        ("some x in xs satisfies x = y", {("xs",), ("y",)}),
        ("{a: b, c: a}", {("b",)}),
        ("function(a) a + b", {("b",)}),
        ("count(list)", {("list",)}),
        ("people[1].name", {("people",)}),
        ("today() > case.startedAt", {("case", "startedAt")}),
        ("date", set()),
        ("date.year", {("date", "year")}),
    ],
)
def test_paths_are_the_free_references(text: str, paths: set[tuple[str, ...]]) -> None:
    assert compile_expression(text).paths == paths


def test_names_in_a_filter_may_be_the_items_and_are_told_apart() -> None:
    expression = compile_expression("people[age > limit.low and item.name = me]")
    assert expression.paths == {("people",)}
    assert expression.filter_paths == {("age",), ("limit", "low"), ("me",)}


def test_the_same_text_is_compiled_once() -> None:
    assert compile_expression("1 + 1") is compile_expression("1 + 1")
    assert compile_expression("a b", frozenset({"a b"})) is not compile_expression("ab", frozenset({"a b"}))


class Lazy(Mapping[str, Value]):
    """A scope that fetches what is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __contains__(self, key: object) -> bool:
        return key in ("a", "b")

    def __getitem__(self, key: str) -> Value:
        self.asked.append(key)
        return Decimal(1)

    def __iter__(self) -> Iterator[str]:
        return iter(("a", "b"))

    def __len__(self) -> int:
        return 2


def test_a_scope_is_asked_for_nothing_but_what_is_needed() -> None:
    scope = Lazy()
    assert compile_expression("if a = 1 then a else b").evaluate(scope) == 1
    assert scope.asked == ["a", "a"]


def test_a_function_of_the_scope_is_called_with_values_and_shares_the_budget() -> None:
    def double(run: Run, arguments: Sequence[Value]) -> Value:
        return compile_expression("n * 2").evaluate_within({"n": arguments[0]}, run)

    scope: dict[str, Value] = {"double it": Function(("n",), double), "twice": Function(("n",), double)}
    names = frozenset(scope)
    assert compile_expression("double it(4) + twice(n: 1)", names).evaluate(scope) == 10


def test_a_builtin_is_a_value_too() -> None:
    assert shown("(if true then count else sum)([1, 2])") == "2"


def test_data_shadows_a_builtin_but_not_its_call() -> None:
    scope: dict[str, Value] = {"date": date(2025, 1, 1)}
    assert compile_expression('date = date("2025-01-01")').evaluate(scope) is True


def test_json_has_no_types_of_ours() -> None:
    value: Value = {
        "day": date(2025, 1, 1),
        "at": datetime(2025, 1, 1, 8, tzinfo=UTC),
        "clock": time(10, 30),
        "range": Range(Decimal(1), None, True, False),
        "list": [Decimal("1.50"), None, True, "x"],
    }
    assert to_json(value) == {
        "day": "2025-01-01",
        "at": "2025-01-01T08:00:00Z",
        "clock": "10:30:00",
        "range": "(>= 1)",
        "list": [Decimal("1.50"), None, True, "x"],
    }


def test_a_function_is_no_json() -> None:
    with pytest.raises(EvaluationError, match="A function cannot be stored"):
        to_json(compile_expression("function(a) a").evaluate({}))


def test_json_becomes_decimals() -> None:
    assert from_json({"a": [1, 0.1, True, None]}) == {"a": [Decimal(1), Decimal("0.1"), True, None]}
    with pytest.raises(TypeError, match="bytes is not"):
        from_json(b"x")


def test_what_is_no_value_is_called_by_its_python_type() -> None:
    assert type_of(1) == "Python int"
    assert type_of(datetime(2025, 1, 1)) == "date and time"


@pytest.mark.parametrize(
    "text", ["[1, -2.50]", '{a: "x\\ny", "b c": null}', "(1..3]", "(< 3)", '@"P1DT2H"', '@"10:00:00Z"', "true"]
)
def test_format_writes_what_can_be_read(text: str) -> None:
    assert format_value(compile_expression(text).evaluate({})) == text
