"""Strict reading, where what has no value is an error, and lenient reading, where it is null and says why."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine import feel
from engine.dmn import DecisionError, DecisionResult, read_decisions

from .building import NOON, context, decision, dmn, inputs, invocation, knowledge, literal, model, table


def lenient(*content: str, **scope: feel.Value) -> DecisionResult:
    return model(*content, strict=False).evaluate("d", scope, NOON)


@pytest.mark.parametrize(
    ("logic", "value", "why"),
    [
        (literal("1 + null"), None, "'+' does not work on number and null"),
        (context(("a", literal("1")), ("b", literal("a + true"))), {"a": 1, "b": None}, "does not work on number and boolean"),
        (table(["1"], ["x"], [(["1"], ["1"]), (["1"], ["2"])]), None, "rules 1, 2 all match"),
        (table(["1"], ["x:string"], [(["1"], ["1"])]), None, "number where string is declared"),
        (literal("1", 'typeRef="string"'), None, "number where string is declared"),
        (invocation("f", b="1"), None, "The function needs the arguments n"),
        (invocation("f", n='"a"'), None, "string where number is declared"),
    ],
)
def test_what_has_no_value_is_an_error_or_null_with_a_diagnosis(logic: str, value: feel.Value, why: str) -> None:
    content = (decision(logic, needs="fn-f"), knowledge("n:number", literal("n"), name="f"))
    with pytest.raises(DecisionError) as caught:
        model(*content).evaluate("d", {}, NOON)
    assert why in str(caught.value)
    done = lenient(*content)
    assert done.value == value
    assert why in str(done.diagnoses[0])


def test_a_decision_that_succeeds_has_no_diagnoses() -> None:
    assert lenient(decision(literal("1"))).diagnoses == ()


def test_input_data_and_results_that_do_not_fit_are_null_when_lenient() -> None:
    done = lenient(inputs("n:number"), decision(literal("n = null"), needs="in-n", typed="Beslut:boolean"), n="a")
    assert done.value is True
    assert "input data 'n': string where number is declared" in str(done.diagnoses[0])
    assert lenient(decision(literal("1"), typed="Beslut:boolean")).value is None


@pytest.mark.parametrize(
    ("content", "rule", "value"),
    [
        (decision(""), "dmn-logic", None),
        (decision(literal("1 +")), "dmn-expression", None),
        (decision(literal("")), "dmn-expression", None),
        (decision(context(("a", ""), ("b", literal("2")))), "dmn-logic", {"a": None, "b": 2}),
        (decision("<conditional/>"), "dmn-logic", None),
        (decision(table(["1"], ["x"], [(["> >"], ["1"]), (["-"], ["2"])])), "dmn-expression", 2),
        (decision(table(["1"], ["x"], [(["-"], ["1 +"])])), "dmn-expression", None),
        (decision(literal("1"), typed="Beslut:tGone"), "dmn-type", 1),
        (decision(literal("f = null"), needs="fn-f") + '<businessKnowledgeModel id="fn-f" name="f"/>', "dmn-logic", False),
    ],
)
def test_what_cannot_be_compiled_is_a_warning_when_lenient(content: str, rule: str, value: feel.Value) -> None:
    found, findings = read_decisions(dmn(content), name="a.dmn", strict=False)
    assert found is not None
    assert {(finding.rule, finding.is_error) for finding in findings} == {(rule, False)}
    assert found.evaluate("d", {}, NOON).value == value
    strict, findings = read_decisions(dmn(content), name="a.dmn")
    assert strict is None
    assert rule in {finding.rule for finding in findings}


def test_a_name_that_is_not_required_is_null_when_lenient() -> None:
    done = lenient(decision(literal("n")), inputs("n"), n=Decimal(1))
    assert done.value is None
    assert "There is no name 'n' here" in str(done.diagnoses[0])


def test_what_is_refused_by_name_is_an_error_all_the_same() -> None:
    java = '<functionDefinition kind="Java"/>'
    found, findings = read_decisions(dmn(decision(java)), name="a.dmn", strict=False)
    assert found is None
    assert [finding.rule for finding in findings if finding.is_error] == ["dmn-refused"]
