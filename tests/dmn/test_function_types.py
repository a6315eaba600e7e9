"""Functions are of a function type by what they take and give (DMN 1.5 clause 10.3.2.9.2), and calls by what they pass."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine import feel
from engine.dmn import DecisionError

from .building import NOON, context, decision, function, inputs, invocation, knowledge, literal, model, refused, take

RULE = (
    '<itemDefinition name="tRule"><functionItem outputTypeRef="number"><parameters name="n" typeRef="number"/></functionItem>'
    "</itemDefinition>"
)
MAKER = '<itemDefinition name="tMaker"><functionItem outputTypeRef="number"/></itemDefinition>'


def given(logic: str, *more: str, needs: str = "", typed: str = "b:tRule") -> feel.Value:
    return model(RULE, MAKER, *more, decision(logic, needs=needs, typed=typed)).evaluate("d", {}, NOON).value


@pytest.mark.parametrize("text", ["function(a) a", "function(a: number) a", "function(a: Any) a", "abs"])
def test_a_function_may_take_more_than_is_asked(text: str) -> None:
    assert isinstance(given(literal(text)), feel.Function)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("function(a, b) a", "a function of 2 parameters where 1 are declared"),
        ("function(a: string) a", r"a function that takes string \(as `a`\) where it is given number"),
        ("function(a: list<number>) a", "takes list"),
    ],
)
def test_a_function_may_not_take_less(text: str, what: str) -> None:
    with pytest.raises(DecisionError, match=what):
        given(literal(text))


def test_a_function_may_not_give_something_else() -> None:
    fee = knowledge("n:number", literal("string(n)"), name="fee", typed="fee:string")
    with pytest.raises(DecisionError, match="a function that gives string where number is declared"):
        given(literal("fee"), fee, needs="fn-fee")
    assert isinstance(given(literal("fee"), fee.replace('typeRef="string"', ""), needs="fn-fee"), feel.Function)


def test_a_function_without_parameters_has_a_type_too() -> None:
    with pytest.raises(DecisionError, match="a function of 1 parameters where 0 are declared"):
        given(literal("function(a) a"), typed="b:tMaker")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("function(a: number) a", True),
        ("function(a: string) a", False),
        ("function(a: context<b: number>) a", False),
        ("function(a) a", True),
    ],
)
def test_feel_compares_the_types_of_parameters(text: str, is_one: bool) -> None:
    assert take(literal(f"({text}) instance of function<number>->number")) is is_one


def test_context_and_function_types_conform_member_by_member() -> None:
    wide = "function(a: context<b: number>) a"
    assert take(literal(f"({wide}) instance of function<context<b: number, c: string>>->Any")) is True
    assert take(literal(f"({wide}) instance of function<context<c: string>>->Any")) is False
    inner = "function(f: function<number>->number) f(1)"
    assert take(literal(f"({inner}) instance of function<function<Any>->number>->Any")) is True
    assert take(literal(f"({inner}) instance of function<function<string>->number>->Any")) is False


@pytest.mark.parametrize("kind", ["number", "tRule"])
def test_the_type_of_a_boxed_function_is_what_it_gives_or_a_function_type(kind: str) -> None:
    def box(text: str) -> str:
        inner = function("a:number", literal(text)).replace("<functionDefinition>", f'<functionDefinition typeRef="{kind}">')
        return context(("f", inner), ("", literal("f(1)")))

    assert take(box("[a]"), RULE) == Decimal(1)
    with pytest.raises(DecisionError, match="Beslut', entry f, result: string where number is declared"):
        take(box("string(a)"), RULE)


def test_what_a_knowledge_model_encapsulates_has_a_type() -> None:
    fee = knowledge("n:number", literal("string(n)"), name="fee").replace(
        "<encapsulatedLogic>", '<encapsulatedLogic typeRef="number">'
    )
    with pytest.raises(DecisionError, match="fee, result: string where number is declared"):
        take(literal("fee(1)"), fee)


def test_parameters_that_are_not_those_of_the_type_are_a_finding() -> None:
    finding = refused(RULE, knowledge("n:string", literal("1"), name="fee", typed="fee:tRule"), decision(literal("1")))
    assert (finding.rule, finding.element) == ("dmn-type", "fn-fee")
    assert "a function that takes string (as `n`) where it is given number" in finding.message


def test_a_call_of_a_built_in_function_may_leave_out_what_is_optional() -> None:
    assert take(invocation("round half up", n="2.5")) == Decimal(3)
    assert take(invocation("substring", **{"string": '"abc"', "start position": "2"})) == "bc"


def test_a_call_of_a_built_in_function_with_other_parameters_is_a_finding() -> None:
    finding = refused(decision(invocation("substring", string='"abc"', start="2")))
    assert finding.rule == "dmn-expression"
    assert "Write substring(string, start position, length?)" in finding.remedy


def test_a_function_of_ones_own_goes_before_a_built_in_one() -> None:
    assert take(invocation("sum", n="2"), knowledge("n", literal("n + 1"), name="sum")) == Decimal(3)


@pytest.mark.parametrize("kind", ["Context", "Number", "DATE", "datetime"])
def test_a_type_is_written_as_it_is(kind: str) -> None:
    finding = refused(inputs(f"n:{kind}"), decision(literal("1")))
    assert finding.rule == "dmn-type"
    if kind != "DATE":
        assert "Did you mean" in finding.remedy


def test_a_type_that_means_a_built_in_one_by_its_own_name_is_a_finding() -> None:
    same = '<itemDefinition name="Context"><typeRef>Context</typeRef></itemDefinition>'
    assert refused(same, decision(literal("1"))).rule == "dmn-type"
    taken = '<itemDefinition name="date"><typeRef>string</typeRef></itemDefinition>'
    assert "has the name of a FEEL type" in refused(taken, decision(literal("1"))).message
