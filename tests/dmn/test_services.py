"""Decision services, and calling them and knowledge models from outside."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.dmn import DecisionError, Knowledge, Service

from .building import NOON, decision, inputs, knowledge, literal, model, refused, service


def test_a_service_is_a_function_of_its_inputs() -> None:
    content = (
        inputs("n"),
        decision(literal("n * 2"), id_="inner", name="inner", needs="in-n"),
        decision(literal("inner + rate"), id_="out", name="out", needs="inner rate"),
        decision(literal("1000"), id_="rate", name="rate"),
        service("serve it", gives="out", given="in-n rate"),
    )
    caller = decision(literal("serve it(n: 2, rate: 5) + serve it(1, 1)"), needs="fn-serve-it")
    assert model(*content, caller).evaluate("d", {}, NOON).value == 12
    called = model(*content)
    assert isinstance(called.elements["fn-serve-it"], Service)
    assert called.call("fn-serve-it", {"n": Decimal(3), "rate": Decimal(1)}, NOON).value == 7


def test_a_service_sees_nothing_but_what_it_is_given() -> None:
    content = (inputs("n"), decision(literal("n = null"), id_="out", name="out", needs="in-n"), service("serve", gives="out"))
    caller = decision(literal("serve()"), needs="fn-serve in-n")
    finding = refused(*content, caller)
    assert (finding.rule, "read 'n', which the service is not given" in finding.message) == ("dmn-service", True)
    assert model(*content, caller, strict=False).evaluate("d", {"n": Decimal(1)}, NOON).value is True


def test_a_service_of_several_decisions_gives_a_context() -> None:
    outs = [decision(literal(text), id_=text, name=name) for text, name in (("1", "first one"), ("2", "second"))]
    taken = model(*outs, service("serve", gives="1 2"))
    assert taken.call("fn-serve", {}, NOON).value == {"first one": 1, "second": 2}


def test_a_services_parameters_and_result_have_types() -> None:
    out = decision(literal("n"), id_="out", name="out", needs="in-n")
    taken = model(inputs("n:number"), out, service("serve", gives="out", given="in-n", typed="serve:string"))
    with pytest.raises(DecisionError, match="parameter 'n': boolean where number"):
        taken.call("fn-serve", {"n": True}, NOON)
    with pytest.raises(DecisionError, match="the result of 'serve': number where string"):
        taken.call("fn-serve", {"n": Decimal(1)}, NOON)


def test_a_knowledge_model_may_be_called_from_outside() -> None:
    taken = model(knowledge("a, b", literal("[a, b]"), name="pair"))
    assert isinstance(taken.elements["fn-pair"], Knowledge)
    assert taken.call("fn-pair", {"b": Decimal(1)}, NOON).value == [None, 1]


def test_a_service_that_gives_nothing_is_a_finding() -> None:
    assert refused(decision(literal("1")), service("serve", gives="")).rule == "dmn-service"
    assert refused(decision(literal("1")), service("serve", gives="gone")).rule == "dmn-requirement"
    assert refused(inputs("n"), decision(literal("1")), service("serve", gives="in-n")).rule == "dmn-requirement"


def test_elements_named_in_several_words_are_members_of_what_a_service_gives() -> None:
    content = (
        decision(literal("1"), id_="o1", name="o 1"),
        decision(literal("2"), id_="o2", name="o-2"),
        service("both", gives="o1 o2"),
        decision(literal("both().o 1 + both().o-2"), needs="fn-both"),
    )
    assert model(*content).evaluate("d", {}, NOON).value == 3


@pytest.mark.parametrize(("gives", "takes"), [("d", "in-n in-n"), ("d d", "in-n")])
def test_a_service_lists_each_thing_once(gives: str, takes: str) -> None:
    finding = refused(inputs("n"), decision(literal("n"), needs="in-n"), service("s", gives=gives, given=takes))
    assert (finding.rule, finding.element) == ("dmn-service", "fn-s")
    assert "twice" in finding.message
