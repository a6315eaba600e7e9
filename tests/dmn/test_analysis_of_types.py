"""Tables are looked at with the types that are declared around them, not only with those of their own columns."""

from __future__ import annotations

import pytest

from engine.dmn import analyse

from .building import cell, context, decision, dmn, imports, inputs, knowledge, literal, model, models, table

ROUTE = '<itemDefinition name="tRoute"><typeRef>string</typeRef>' + cell("allowedValues", '"sfi", "work"') + "</itemDefinition>"
CLIENT = (
    ROUTE
    + '<itemDefinition name="tClient"><itemComponent name="route"><typeRef>tRoute</typeRef></itemComponent></itemDefinition>'
)
BOTH = [(['"sfi"'], ["1"]), (['"work"'], ["2"])]


def told(*content: str) -> list[str]:
    return [f"{one.rule}: {one.message}" for one in analyse(model(*content))]


@pytest.mark.parametrize("column", ["route", "route:string", "route:tRoute"])
def test_an_input_may_be_what_its_input_data_may_be(column: str) -> None:
    def of(rows: list[tuple[list[str], list[str]]]) -> list[str]:
        return told(ROUTE, inputs("route:tRoute"), decision(table([column], ["o"], rows), needs="in-route"))

    assert of(BOTH) == []
    assert of([BOTH[0], (['"wrok"'], ["2"])]) == [
        "dmn-unreachable: Beslut, rule 2: cell 'route' can never match: no value that the column allows passes.",
        'dmn-gap: Beslut: no rule matches when route is "work".',
    ]


def test_a_member_an_entry_a_parameter_and_a_decision_have_their_types() -> None:
    rows = table(["client.route"], ["o"], BOTH)
    assert told(CLIENT, inputs("client:tClient"), decision(rows, needs="in-client")) == []
    box = context(("own:tRoute", literal("client.route")), ("", table(["own"], ["o"], BOTH)))
    assert told(CLIENT, inputs("client:tClient"), decision(box, needs="in-client")) == []
    assert told(ROUTE, knowledge("route:tRoute", table(["route"], ["o"], BOTH), name="k"), decision(literal("1"))) == []
    first = decision(literal('"sfi"'), id_="one", name="one", typed="one:tRoute")
    assert told(ROUTE, first, decision(table(["one"], ["o"], BOTH), needs="one")) == []


def test_a_name_of_a_box_hides_what_an_arrow_brings() -> None:
    box = context(("route", literal('"a" + other')), ("", table(["route"], ["o"], BOTH)))
    (message,) = told(ROUTE, inputs("route:tRoute", "other"), decision(box, needs="in-route in-other"))
    assert message == 'dmn-gap: Beslut, result: no rule matches when route is anything but "sfi" or "work".'


def test_imported_input_data_have_their_types() -> None:
    common = dmn(ROUTE, inputs("route:tRoute"), target="urn:common")
    one = decision(table(["common.route"], ["o"], BOTH), needs="urn:common#in-route")
    found = models(a=dmn(imports("urn:common", "common"), one), common=common)
    assert analyse(found["a.dmn"]) == []


@pytest.mark.parametrize("policy", ["UNIQUE", "COLLECT"])
def test_outputs_are_held_to_the_type_of_the_decision(policy: str) -> None:
    rows = table(["n"], ["o"], [(["1"], ['"sfi"']), (["2"], ['"other"']), (["-"], ["n"])], policy)
    found = told(ROUTE, inputs("n:number"), decision(rows, needs="in-n", typed="b:tRoute"))
    what = "dmn-output-value: Beslut, rule 2: output 'o' is \"other\": the value is not among those allowed."
    assert [one for one in found if one.startswith("dmn-output-value")] == [what]


def test_several_outputs_are_held_to_the_members_of_the_type() -> None:
    rows = table(["n"], ["route", "more"], [(["-"], ['"other"', "1"])])
    (message,) = told(CLIENT, inputs("n"), decision(rows, needs="in-n", typed="b:tClient"))
    assert "output 'route' is \"other\"" in message


def test_what_a_knowledge_model_gives_is_held_to_its_type() -> None:
    box = knowledge("n", table(["n"], ["o"], [(["-"], ['"other"'])]), name="k", typed="k:tRoute")
    assert "dmn-output-value" in told(ROUTE, box, decision(literal("1")))[0]


def test_what_is_added_up_is_not_held_hit_by_hit() -> None:
    small = '<itemDefinition name="tFew"><typeRef>number</typeRef>' + cell("allowedValues", "[3..9]") + "</itemDefinition>"
    rows = table(["n"], ["o"], [(["-"], ["2"]), (["-"], ["1"])], 'hitPolicy="COLLECT" aggregation="SUM"')
    assert told(small, inputs("n"), decision(rows, needs="in-n", typed="b:tFew")) == []
