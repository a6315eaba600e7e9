"""JUEL and Python become the FEEL that means exactly the same, or are refused."""

from __future__ import annotations

import ast
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine import feel
from engine.importing import Dialect, Untranslatable, to_feel
from engine.importing.python import read_script

from .juel_oracle import Failed, Thing, expressions

NOW = feel.Environment(now=datetime(2025, 3, 3, 9, tzinfo=UTC))


def juel(text: str, *, is_condition: bool = True, **names: str) -> str:
    return to_feel(text, Dialect.CAMUNDA_7, names, is_condition=is_condition)


def python(text: str, *, is_condition: bool = True) -> str:
    return to_feel(text, Dialect.SPIFF, {}, is_condition=is_condition)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("${amount > 1000}", "amount > 1000"),
        ("#{approved}", "approved"),
        ("${a && !b || c.d == 'x'}", 'a and not(b) or c.d = "x"'),
        ("${(a or b) and not c}", "(a or b) and not(c)"),
        ("${a eq null}", "a = null"),
        ("${order['kind'] != \"it's\"}", 'order.kind != "it\'s"'),
        ("${a + 1 ge b * 2}", "a + 1 >= b * 2"),
        ("${a + b > 3}", "sum([a, b]) > 3"),
        ("${'yes'.equals(answer)}", '"yes" = answer'),
        ("${name.startsWith('A')}", 'starts with(name, "A")'),
        ("${execution.getVariable('amount') > 3}", "amount > 3"),
        ("${a > 5 == false}", "((a > 5) = true) = false"),
    ],
)
def test_juel_conditions(text: str, found: str) -> None:
    assert juel(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("${amount > 1000}", "(amount > 1000) = true"),
        ("${a ? 'x' : 2.50}", 'if a = true then "x" else 2.50'),
        ("${-a - -2}", "-a - -2"),
        ("${lines[0].price}", "(if lines instance of list<Any> then lines[1] else null).price"),
        ("${lines.size()}", "if lines instance of list<Any> then count(lines) else count(get entries(lines))"),
    ],
)
def test_juel_values(text: str, found: str) -> None:
    assert juel(text, is_condition=False) == found


def test_names_that_mean_something_else_here_are_exchanged() -> None:
    assert juel("${starter}", is_condition=False, starter="case.startedBy") == "case.startedBy"
    assert juel("${loopCounter == 0}", loopCounter="loopCounter - 1") == "(loopCounter - 1) = 0"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("${invoice.check(a)}", "call"),
        ("${now()}", "call"),
        ("Hello ${name}", "mixed"),
        ("${a}${b}", "mixed"),
        ("${a % 2 == 0}", "operator"),
        ("${a[b]}", "operator"),
        ("${'a' + b == 'ab'}", "operator"),
        ("${execution.id == 'a'}", "runtime"),
        ("${task.assignee}", "runtime"),
        ("${case.kind == 'a'}", "name"),
        ("${for == 1}", "name"),
        ("${'text'}", "not-truth"),
        ("${5}", "not-truth"),
        ("${a >}", "syntax"),
        ("${a ; b}", "syntax"),
        ("${" + "(" * 200 + "a" + ")" * 200 + "}", "too-large"),
        ("${" + "!" * 200 + "a}", "too-large"),
        ("${a == " + "1" * 4000 + "}", "too-large"),
        ("${1e999999 > a}", "too-large"),
        ("a > 5", "unknown"),
        ("", "empty"),
    ],
)
def test_juel_without_an_exact_equivalent_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Untranslatable) as error:
        juel(text)
    assert error.value.reason == reason
    assert error.value.told("sv")
    assert error.value.told("en")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("amount > 1000 and not paid", "amount > 1000 and not(paid)"),
        ("answer is None or answer is not True", "answer = null or answer != true"),
        ("kind in ['a', 'b']", '(some _one in ["a", "b"] satisfies _one = kind)'),
        ("1 <= amount < 5", "1 <= amount and amount < 5"),
        ("order['lines'].get('kind') == 'x'", 'order.lines.kind = "x"'),
        ("a // 2 % 3 == 1", "modulo(floor(a / 2), 3) = 1"),
        ("name.lower().endswith('x')", 'ends with(lower case(name), "x")'),
        ("max(a, b) > abs(c)", "max(a, b) > abs(c)"),
        ("a\n> b", "a > b"),
    ],
)
def test_python_conditions(text: str, found: str) -> None:
    assert python(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x = 1\ny = x + 2", "{x: 1, y: x + 2}"),
        ("rounds += 1  # again", "{rounds: rounds + 1}"),
        ("plan['goal'] = [1, {'a': None}]", '{"plan.goal": [1, {"a": null}]}'),
        ("late = days > 5", "{late: days > 5}"),
        ("ok = not late", "{ok: not(late = true)}"),
    ],
)
def test_scripts_of_assignments(text: str, found: str) -> None:
    assert read_script(text).text == found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import os", "statement"),
        ("del x", "statement"),
        ("x = y = 1", "statement"),
        ("if a:\n    b = 1", "statement"),
        ("x = 1\nx = 2", "twice"),
        ("a.b = 2\nc = a.b", "twice"),
        ("a.b = 2\na = 3", "twice"),
        ("x = a and b", "operator"),
        ("x = f'{a}'", "operator"),
        ("x = [i for i in a]", "operator"),
        ("x = a ** 2", "operator"),
        ("x = order.items", "operator"),
        ("x = get_secret('a')", "call"),
        ("x = (lambda: 1)()", "call"),
        ("# nothing", "empty"),
        ("x =", "syntax"),
        ("x = '\0'", "syntax"),
        ("x = " + "-" * 3000 + "1", "too-large"),
        ("x = " + "1" * 5000, "too-large"),
    ],
)
def test_other_scripts_are_refused(text: str, reason: str) -> None:
    with pytest.raises(Untranslatable) as error:
        read_script(text)
    assert error.value.reason == reason


@pytest.mark.parametrize("text", ["= x > 5", "=x > 5"])
def test_feel_stays_feel(text: str) -> None:
    assert to_feel(text, Dialect.CAMUNDA_8, {}, is_condition=True) == "x > 5"


def test_what_is_in_another_language_is_refused_with_its_name() -> None:
    with pytest.raises(Untranslatable, match="groovy"):
        to_feel("amount > 5", Dialect.CAMUNDA_7, {}, is_condition=True, language="groovy")


DEEP = settings(max_examples=200, deadline=None)
ALPHABET = "ab x${}#()[]'\"!&|=<>?:.,+-*/%\\\n\t0159_e"
WORDS = st.sampled_from(
    [
        *[
            "${",
            "}",
            "a",
            "b.c",
            "and",
            "or",
            "not ",
            " in ",
            " is ",
            "None",
            "null",
            "empty ",
            "==",
            ">",
            "(",
            ")",
            "[",
            "]",
            "'x'",
        ],
        *[
            "1",
            "if ",
            " else ",
            "lambda ",
            ":",
            "?",
            "-",
            "+",
            "{",
            ",",
            " for ",
            "len",
            "\n",
            "=",
            "case",
            "list",
            "**",
            "\\",
            '"',
        ],
        *["**", "\\", '"', "\u00e9", "\0", "1e9"],
    ]
)
ANY_TEXT = st.one_of(st.text(), st.text(ALPHABET), st.lists(WORDS, max_size=25).map("".join))


@DEEP
@given(ANY_TEXT, st.booleans())
@example("${" + "a[0]" * 900 + "}", True)
def test_any_text_as_juel_becomes_feel_that_parses_or_is_refused(text: str, is_condition: bool) -> None:
    for written in (text, f"${{{text}}}"):
        with suppress(Untranslatable):
            feel.compile_expression(juel(written, is_condition=is_condition))


@DEEP
@given(ANY_TEXT, st.booleans())
@example("((((" * 900, True)
@example("a" + "[0]" * 900, True)
def test_any_text_as_python_becomes_feel_that_parses_or_is_refused(text: str, is_condition: bool) -> None:
    with suppress(Untranslatable):
        feel.compile_expression(python(text, is_condition=is_condition))
    with suppress(Untranslatable):
        feel.compile_expression(read_script(text).text)


VALUES = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        1,
        -3,
        7,
        "",
        "a",
        "b",
        "yes",
        [],
        [1],
        [1, 7],
        ["a", "b"],
        {"m": 1, "n": None},
        {"m": "a", "n": True},
    ]
)
DATA = st.fixed_dictionaries(dict.fromkeys(("a", "b", "c", "d"), VALUES))

ATOMS = st.sampled_from(["a", "b", "c", "d", "d['m']", "c.get('n')", "1", "7", "'a'", "''", "True", "None", "[1, 7]", "['a']"])
PYTHON = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(
            "({} {} {})".format, inner, st.sampled_from(["==", "!=", "<", ">=", "and", "or", "+", "-", "*", "//", "%"]), inner
        ),
        st.builds("({} {} {})".format, inner, st.sampled_from(["in", "not in", "is", "is not"]), inner),
        st.builds("(not {})".format, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("len({})".format, inner),
        st.builds("({})[0]".format, inner),
        st.builds("({} < {} <= {})".format, inner, inner, inner),
    ),
    max_leaves=8,
)


@settings(max_examples=500, deadline=None)
@given(PYTHON, DATA, st.booleans())
def test_where_python_gives_a_value_feel_gives_the_same_or_an_incident(
    text: str, data: dict[str, Any], is_condition: bool
) -> None:
    try:
        found = python(text, is_condition=is_condition)
        value = eval(compile(ast.parse(text, mode="eval"), "test", "eval"), {"__builtins__": {"len": len}}, dict(data))
    except (Untranslatable, SyntaxError, TypeError, KeyError, AttributeError, IndexError, ZeroDivisionError):
        return
    _agree(found, data, value, is_condition=is_condition)


@settings(max_examples=500, deadline=None)
@given(expressions(), DATA, st.booleans())
def test_where_juel_gives_a_value_feel_gives_the_same_or_an_incident(
    thing: Thing, data: dict[str, Any], is_condition: bool
) -> None:
    try:
        found = juel(f"${{{thing.text}}}", is_condition=is_condition)
        value = thing.value(data)
    except (Untranslatable, Failed):
        return
    _agree(found, data, value, is_condition=is_condition)


def _agree(found: str, data: dict[str, Any], value: object, *, is_condition: bool) -> None:
    """A condition that is no truth value is an incident; any other must be the one that goes the same way."""
    scope = {name: feel.from_json(one) for name, one in data.items()}
    try:
        here = feel.to_json(feel.compile_expression(found, frozenset(scope)).evaluate(scope, NOW))
    except feel.FeelError:
        return
    if is_condition and isinstance(here, bool):
        assert here == bool(value), found
    elif not is_condition:
        assert _exact(here) == _exact(value), found


def _exact(value: object) -> object:
    """With true apart from 1, and all numbers of one kind."""
    match value:
        case bool() | str() | None:
            return type(value).__name__, value
        case list():
            return [_exact(one) for one in value]
        case dict():
            return {key: _exact(one) for key, one in value.items()}
    return Decimal(str(value)).normalize()
