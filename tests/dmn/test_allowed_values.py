"""Allowed values that no value could be tested by."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.dmn import DecisionError, analyse, read_decisions

from .building import NOON, cell, decision, dmn, inputs, literal, model, table

PLAIN = decision(literal("1"))


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("string", "near, far", "there is no name 'far' here"),
        ("number", '"a", "b"', "name string, but number is declared"),
        ("number", "[5..1]", "cannot be tested: A range ends before it starts"),
    ],
)
def test_allowed_values_that_cannot_be_tested_are_found_everywhere(kind: str, values: str, said: str) -> None:
    allowed = f"<typeRef>{kind}</typeRef>{cell('allowedValues', values)}"
    column = table([f"n:{kind}"], ["x"], []).replace("</inputExpression>", f"</inputExpression>{cell('inputValues', values)}")
    for content in (
        f'<itemDefinition name="t">{allowed}</itemDefinition>{PLAIN}',
        inputs("n") + decision(column, needs="in-n"),
        decision(table(["1"], [f"x:{kind}"], [], values=values)),
    ):
        found, (finding,) = read_decisions(dmn(content), name="a.dmn")
        assert (found, finding.rule, finding.is_error) == (None, "dmn-values", True)
        assert said in finding.message
        lenient, _ = read_decisions(dmn(content), name="a.dmn", strict=False)
        assert lenient is not None


def test_allowed_values_that_fail_on_a_value_say_whose_they_are() -> None:
    item = f'<itemDefinition name="t"><typeRef>number</typeRef>{cell("allowedValues", "1 / ? > 2")}</itemDefinition>'
    taken = model(item, inputs("n:t"), decision(literal("n"), needs="in-n"))
    with pytest.raises(DecisionError, match="input data 'n', allowed values: Division by zero"):
        taken.evaluate("d", {"n": Decimal(0)}, NOON)


def test_a_cell_that_can_never_be_tested_is_an_error() -> None:
    rows = [(["[20..10]"], ["1"])]
    found = analyse(model(inputs("n:number"), decision(table(["n:number"], ["x"], rows), needs="in-n")))
    assert ("dmn-cell", True) in [(one.rule, one.is_error) for one in found]
