"""Nothing a person can write makes an evaluation run for long or grow large."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal

import pytest

from engine.feel import (
    BudgetExceeded,
    Environment,
    EvaluationError,
    FeelSyntaxError,
    Run,
    Value,
    compile_expression,
    suggestion,
)

DAY = date(2025, 1, 7)
DOUBLED = "for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]"
FAR = '{a: @"12000-06-15T10:00:00@Europe/Stockholm", b: @"11999-06-15T10:00:00@America/New_York",'
BOMBS = [
    "for i in 1..1000000000 return i",
    "for i in 1..5000, j in 1..5000 return 1",
    "for i in 1..9000 return " + "+".join(["1"] * 1400),
    "some i in 1..9000 satisfies 0 = " + "+".join(["1"] * 1400),
    "count((for i in 1..9000 return i)[0 = " + "+".join(["1"] * 1400) + "])",
    "for i in 1..9000 return [" + ",".join(["1"] * 1400) + "]",
    "{f: function(i) " + "+".join(["1"] * 1400) + ", r: for i in 1..9000 return f(i)}.r",
    "some i in 1..9000, j in 1..9000 satisfies i = -j",
    'for i in 1..100 return if i = 1 then "aaaaaaaaaa" else partial[-1] + partial[-1]',
    "for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])",
    DOUBLED,
    f"string({DOUBLED})",
    f"flatten({DOUBLED})",
    "for i in 1..9000 return 2 ** 0.3333",
    "for i in 1..9000 return 1.0000001 ** 99999999",
    "for i in 1..9000 return exp(1000.25)",
    "for i in 1..9000 return log(i)",
    "{b: 10 ** 6144, r: for i in 1..9000 return modulo(b, 7e-6100)}.r",
    "{b: 10 ** 6000, r: for i in 1..9000 return even(b)}.r",
    f"{{a: {DOUBLED}, b: {DOUBLED}, c: a = b}}.c",
    "{a: for i in 1..60 return if i = 1 then [{x: 1}] else [partial[-1], partial[-1]], b: a.x}.b",
    "for i in 1..5000 return if i = 1 then [1] else [partial[-1]]",
    "{f: function(x) f(x), r: f(1)}.r",
    "{f: function(x) if x > 0 then f(x - 1) + f(x - 1) else 1, r: f(38)}.r",
    "{f: function(g) g(g), r: f(f)}.r",
    "distinct values(for i in 1..9999 return [i])",
    "for i in 1..1000 return add business days(@\"2025-01-01\", 1000)",
    "for i in 1..9000 return string(10 ** 6000)",
    'string join(for i in 1..9000 return "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa")',
    'matches("a", "((a{1000}){1000}){1000}")',
    f'matches("{"a" * 15000}", "(a?){{450}}$")',
    'for i in 1..9000 return matches("a", "a{900}" + string(i))',
    f'replace("{"a" * 9000}", "a", "{"b" * 9000}")',
    "{l: for i in 1..9000 return i, r: for i in l return l instance of list<list<number>> or l instance of list<number>}.r",
    "{c: context(for i in 1..99 return {key: string(i), value: i}), r: for i in 1..9999 return c = context put(c, \"x\", i)}.r",
    "{c: context(for i in 1..3000 return {key: string(i), value: i}), r: for i in 1..9000 return c = context merge([c])}.r",
    "for i in 1..9000 return log(1.000000000000000000000000000000001 + i)",
    "for y in 1..9000 return is business day(date(y, 6, 6))",
    "for i in 1..9000 return years and months duration(@\"0001-01-01\", @\"9999-12-31\")",
    "business days between(@\"0001-01-01\", @\"9999-12-31\")",
    "for i in 1..9000 return range(\"[1..\" + string(i) + \"]\")",
    f'{{u: "{"a" * 9000}", r: split(u + u + u, "a")}}.r',
    f"{FAR} r: for i in 1..9000 return a < b}}.r",
    f"{FAR} r: for i in 1..9000 return a = b}}.r",
    f"{FAR} r: for i in 1..9000 return a - b}}.r",
    f"{FAR} r: for i in 1..9000 return a.time offset}}.r",
    f"{FAR} r: string(for i in 1..3000 return a)}}.r",
    "for i in 1..2000 return add business days(@\"2025-01-01\", 9)",
    "for i in 1..200 return is business day(date(1800 + i, 6, 6))",
    "string(for i in 1..9000 return @\"P1DT2H3M4.5S\")",
    "for i in 1..9000 return 1e6144",
    "string(for i in 1..3000 return 1e6144)",
    "for i in 1..3000, j in 1..3000 return before([i..j + 9000], [j..i + 9000])",
    "for i in 1..9000 return @\"P1D\" / 7 * i",
    "for i in 1..9000 return is(i, 1)",
]  # fmt: skip
TOO_LARGE = [
    "2 ** 999999999", "2 ** 9999999999", "9 ** (9 ** (9 ** 9))", "0.5 ** 999999999", "exp(10 ** 6000)", "exp(-10 ** 6000)",
    "10 ** 6000 * 10 ** 6000", "10 ** -6000 / 10 ** 6000", "product(10 ** 6000, 10 ** 6000)",
    "duration(\"P999999999999D\") * 999999999999",
]  # fmt: skip
DEEP = [
    "(" * 10000, "[" * 10000, "-" * 10000 + "1", "not(" * 4000, "{a:" * 6000, "if " * 6000, "a" + ".b" * 9000,
    "a" + "[1]" * 6000, "a" + "()" * 6000, "1" + " = 1" * 4000, "1 in (" * 2000, "function(a) " * 1500,
    "x instance of " + "list<" * 3000, "1" + " instance of number" * 900, "for a in " * 2000, "]" * 9000, "x" * 20001,
]  # fmt: skip
WIDE = [
    "[" + "1," * 4001 + "1]",
    "{" + ",".join(f"a b{i}: {i}" for i in range(200)) + "}",
    "for " + ", ".join(f"a b{i} in 1" for i in range(200)) + " return 1",
]
LONG = ["{a" + " " * 19000 + "}", "sum(a " + "b " * 9000 + ")", "for a" + " b" * 9500, "/*" * 9000, '"' + "\\" * 9999]


@pytest.mark.parametrize("text", BOMBS)
def test_a_bomb_is_stopped(text: str) -> None:
    with pytest.raises(BudgetExceeded):
        compile_expression(text).evaluate({}, Environment())


@pytest.mark.parametrize("text", BOMBS)
def test_a_bomb_is_stopped_without_strictness_too(text: str) -> None:
    with pytest.raises(BudgetExceeded):
        compile_expression(text, strict=False).evaluate({}, Environment())


@pytest.mark.parametrize("text", TOO_LARGE)
def test_a_number_out_of_range_is_an_error_in_strict_evaluation_and_null_in_decisions(text: str) -> None:
    with pytest.raises(EvaluationError, match=r"too large|too long|exponent"):
        compile_expression(text).evaluate({})
    assert compile_expression(text, strict=False).evaluate({}) is None


@pytest.mark.parametrize("text", [*DEEP, *LONG, *WIDE])
def test_deep_or_long_text_is_a_syntax_error(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        compile_expression(text)


def test_patterns_that_hang_others_do_not_hang_here() -> None:
    assert compile_expression('matches(text, "^(a+)+$")').evaluate({"text": "a" * 2000 + "!"}) is False


def test_the_budget_is_the_environments() -> None:
    counting = compile_expression("count(for i in 1..100 return i)")
    counting.evaluate({}, Environment(budget=400))
    with pytest.raises(BudgetExceeded, match="more than 50 steps"):
        counting.evaluate({}, Environment(budget=50))


def test_the_deepest_text_allowed_compiles_and_runs_from_a_deep_stack() -> None:
    text = "(" * 39 + "1" + ")" * 39

    def dive(levels: int) -> object:
        return dive(levels - 1) if levels else compile_expression(text).evaluate({})

    assert dive(sys.getrecursionlimit() // 4) == 1


def test_without_stack_left_it_is_an_error_of_ours() -> None:
    body = "(0 + " * 30 + "f(x - 1)" + ")" * 30
    recursive = compile_expression(f"{{f: function(x) if x > 0 then {body} else 1, r: f(30)}}.r")

    def dive(levels: int) -> object:
        return dive(levels - 1) if levels else recursive.evaluate({})

    with pytest.raises(BudgetExceeded, match="nested too deeply"):
        dive(sys.getrecursionlimit() // 2)


def test_names_near_an_unknown_one_are_looked_for_among_words_only() -> None:
    assert suggestion("adress", ["address", "age"]) == " Did you mean 'address'?"
    assert suggestion("x" * 61, ["x" * 60]) == ""


def test_what_is_null_again_and_again_is_not_explained_each_time() -> None:
    outcome = compile_expression("for i in 1..900 return addres", strict=False).outcome({"address": None})
    assert outcome.value == [None] * 900
    messages = [one.message for one in outcome.diagnoses]
    assert len(messages) == 100
    assert set(messages) == {"There is no name 'addres' here. Did you mean 'address'?"}


def test_a_list_of_a_thousand_is_filtered_sorted_and_carried_over() -> None:
    people: list[Value] = [
        {"name": f"n{number * 7919 % 1000}", "age": Decimal(number * 6131 % 997), "on": DAY} for number in range(1000)
    ]
    for text in (
        "sort(people, function(a, b) a.age < b.age)",
        'people[age > 50 and contains(lower case(name), "n1")]',
        'for one in people return {name: one.name, until: one.on + @"P1D"}',
        "for one in people return add business days(one.on, 3)",
    ):
        compile_expression(text).evaluate({"people": people})


def test_the_holidays_of_a_year_are_paid_for_once_in_each_evaluation() -> None:
    def price(text: str) -> int:
        run = Run(Environment())
        compile_expression(text).evaluate_within({}, run)
        return Environment().budget - run.left

    one, two = 'is business day(@"2025-01-07")', 'is business day(@"2025-01-08")'
    both, apart = price(f"[{one}, {two}]"), price(f'[{one}, is business day(@"2024-01-08")]')
    assert both < price(one) + price(two) <= apart + 1
    assert price(one) == price(one)


def test_of_many_names_the_nearest_is_found_all_the_same() -> None:
    names = [f"measure {number}" for number in range(400)] + ["address of the client"]
    assert suggestion("adress of the client", names) == " Did you mean 'address of the client'?"


def test_an_unknown_name_costs_as_much_as_there_are_names_to_compare_it_with() -> None:
    scope: dict[str, Value] = {f"member{number}": None for number in range(400)}
    text = "[" + ",".join(f"membr{number}x" for number in range(40)) + "]"
    with pytest.raises(BudgetExceeded):
        compile_expression(text, strict=False).evaluate(scope)
