"""Without strictness what has no value is null, and each such null says what, where, and about which values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from engine.feel import EvaluationError, Function, Run, Value, compile_expression, compile_unary_tests, subject
from engine.feel.machine import Frame

from .tables import ENVIRONMENT

SECRET = "Hemligsson"
SCOPE: dict[str, Value] = {"name": SECRET, "age": Decimal(18), "none": None, "numbers": [Decimal(1), Decimal(2)]}
AGE = Decimal(18)

DIAGNOSED: list[tuple[str, Value, str, int, tuple[Value, ...]]] = [
    ("1 + name", None, "'+' does not work on number and string.", 2, (Decimal(1), SECRET)),
    ("1 + 2 + name", None, "'+' does not work on number and string.", 6, (Decimal(3), SECRET)),
    ("age / 0", None, "Division by zero.", 4, (AGE, Decimal(0))),
    ("-name", None, "'-' does not work on string.", 0, (SECRET,)),
    ("age = name", None, "Cannot compare number with string.", 4, (AGE, SECRET)),
    ("age < name", None, "Cannot compare number with string.", 4, (AGE, SECRET)),
    ("age between 1 and name", None, "Cannot compare number with string.", 4, (AGE, Decimal(1), SECRET)),
    ("age in name", None, "Cannot compare number with string.", 7, (AGE, SECRET)),
    ("true and name", None, "'and' needs boolean, not string.", 9, (SECRET,)),
    ("false or age", None, "'or' needs boolean, not number.", 9, (AGE,)),
    ("if age then 1 else 2", Decimal(2), "'if' needs boolean, not number.", 3, (AGE,)),
    ("some x in [name] satisfies x", None, "'some' needs boolean, not string.", 27, (SECRET,)),
    ("every x in [name] satisfies x", None, "'every' needs boolean, not string.", 28, (SECRET,)),
    ("for x in none return x", None, "Null has no items to go through.", 9, (None,)),
    ("numbers[name]", [], "A filter needs boolean or number, not string.", 7, (SECRET,)),
    ("numbers[3]", None, "The index lies outside the list.", 7, ([Decimal(1), Decimal(2)], Decimal(3))),
    ("name.first", None, "string has no member 'first'.", 4, (SECRET,)),
    ("upper case(age)", None, "upper case: 'string' must be string, not number.", 0, (AGE,)),
    (
        "substring(string: name, start position: 99)",
        None,
        "'start position' lies outside the string.",
        0,
        (SECRET, Decimal(99)),
    ),
    ("substring()", None, "'substring' cannot be called so.", 0, ()),
    ('substring(text: "a")', None, "'substring' cannot be called so.", 0, ()),
    ("nope", None, "There is no name 'nope' here.", 0, ()),
    ("age(1)", None, "Only a function can be called, not number.", 0, (AGE,)),
    ("(function(a: string) a)(age)", None, "'a' must be string, not number.", 1, (AGE,)),
    ("(function(a) a)(1, 2)", None, "The function takes 1 arguments, not 2.", 1, (Decimal(1), Decimal(2))),
    ("(function(a) a)(b: 1)", None, "The function needs the arguments a.", 1, (Decimal(1),)),
    ("[3..1]", None, "A range ends before it starts.", 0, (Decimal(3), Decimal(1))),
]


@pytest.mark.parametrize(("text", "value", "message", "position", "values"), DIAGNOSED)
def test_a_null_from_an_error_is_diagnosed(
    text: str, value: Value, message: str, position: int, values: tuple[Value, ...]
) -> None:
    outcome = compile_expression(text, frozenset({"age"}), strict=False).outcome(SCOPE, ENVIRONMENT)
    assert outcome.value == value
    first = outcome.diagnoses[0]
    assert first.message.startswith(message)
    assert (first.position, first.text, first.values) == (position, text, values)
    assert SECRET not in str(first)
    assert SECRET not in repr(first)


@pytest.mark.parametrize(
    "text", ["none", "none.member", "{a: 1}.b", "none < 1", "true and null", "null in [1..2]", "none[1]", "1 = null", "min([])"]
)
def test_a_null_that_the_standard_prescribes_needs_no_diagnosis(text: str) -> None:
    outcome = compile_expression(text, strict=False).outcome(SCOPE, ENVIRONMENT)
    assert outcome.diagnoses == ()


def test_an_unknown_function_is_diagnosed_with_the_nearest() -> None:
    outcome = compile_expression("conut([1])", strict=False).outcome({}, ENVIRONMENT)
    assert outcome.value is None
    assert any("Did you mean 'count'?" in one.message for one in outcome.diagnoses)


def test_a_strict_error_holds_the_values_too() -> None:
    with pytest.raises(EvaluationError) as caught:
        compile_expression("age + name").outcome(SCOPE, ENVIRONMENT)
    assert caught.value.values == (AGE, SECRET)


def test_a_cell_that_cannot_be_tested_is_diagnosed() -> None:
    run = Run(ENVIRONMENT)
    frame = subject(SECRET, Frame({}, None, run))
    assert not compile_unary_tests("5, 6", strict=False).passes(frame)
    assert [one.values for one in run.diagnoses] == [(SECRET, Decimal(5)), (SECRET, Decimal(6))]


def test_an_error_in_a_function_of_the_host_is_diagnosed_with_its_arguments() -> None:
    def invoke(run: Run, arguments: Sequence[Value]) -> Value:
        return compile_expression("1 / a").evaluate_within({"a": arguments[0]}, run)

    outcome = compile_expression("f(0)", frozenset({"f"}), strict=False).outcome({"f": Function(("a",), invoke)}, ENVIRONMENT)
    assert outcome.value is None
    assert outcome.diagnoses[0].values == (Decimal(1), Decimal(0))
