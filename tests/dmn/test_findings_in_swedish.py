"""What is wrong with decisions, told in Swedish down to the smallest part."""

from __future__ import annotations

import pytest

from engine.dmn import analyse, check_types, read_models
from engine.finding import Finding

from .building import Rows, context, decision, dmn, inputs, invocation, knowledge, literal, table


def found(*content: str) -> list[Finding]:
    models, findings = read_models({"a.dmn": dmn(*content)})
    for model in models.values():
        findings += [*analyse(model), *check_types(model, {}, file="a.dmn")]
    return findings


def told(*content: str) -> list[str]:
    return [f"{finding.said.text('sv')} {finding.advice.text('sv')}" for finding in found(*content)]


@pytest.mark.parametrize(
    ("content", "swedish"),
    [
        (
            decision(table(["1"], ["x"], [(["-"], ["1"])], "MOST")),
            "Beslutstabell: det finns ingen träffpolicy MOST. Använd någon av UNIQUE, ANY, PRIORITY, FIRST, ",
        ),
        (
            decision(context(("a", literal("1")), ("a", literal("2")))),
            "Post: Beslut, post a finns två gånger. Döp om en av dem.",
        ),
        (
            inputs("amount") + decision(literal("amuont"), needs="in-amount"),
            "läser 'amuont' utan att en pil kommer därifrån. Rätta namnet, eller rita det med en pil hit. Menade du 'amount'?",
        ),
        (decision(literal("1"), typed="v:sting"), "Menade du 'string'?"),
        (decision(literal('"a"'), typed="v:number"), "Beslut: Värdet passar inte: string där number är deklarerat."),
        (
            decision(literal("[1, 2")),
            "är inte FEEL: Här ska det stå ']' för att avsluta listan, men här står slutet av texten.",
        ),
        (
            decision(table(["1"], ["x"], [(["(<"], ["1"])])),
            "är inte FEEL: Här ska det stå ett värde, men här står slutet av texten.",
        ),
        (decision(invocation("date", x="1")), "'date' kan inte anropas så. Skriv date(from) eller date("),
        (decision(literal("1 and true")), "Beslut: 'and' behöver boolean, inte number (tecken 1). Jämför det med något."),
    ],
)
def test_a_finding_is_told_in_swedish(content: str, swedish: str) -> None:
    assert swedish in told(content)[0]


ROWS: Rows = [(["< 16", '"sfi"'], ["1"]), (["[16..18)", "-"], ["2"]), (["(17..20]", '"work", "sfi"'], ["3"])]


def test_boxes_of_inputs_are_told_in_swedish() -> None:
    logic = table(["age:number", "route:string"], ["x"], ROWS)
    overlap, *gaps = told(inputs("age", "route"), decision(logic, needs="in-age in-route"))
    assert overlap == (
        'Beslut, regel 3: regel 2 och 3 stämmer båda när age är över 17 och under 18 och route är "sfi" eller "work". '
        "Låt reglerna utesluta varandra, eller välj en annan träffpolicy; UNIQUE misslyckas där."
    )
    assert [gap.partition(" Lägg")[0] for gap in gaps] == [
        "Beslut: ingen regel stämmer när age är över 20.",
        'Beslut: ingen regel stämmer när age är under 16 eller minst 18 och route är något annat än "sfi" eller "work".',
        'Beslut: ingen regel stämmer när age är under 16 eller över 20 och route är något annat än "sfi".',
    ]


def test_a_box_inside_another_is_told_in_swedish() -> None:
    logic = context(("fee", table(["age:number"], ["x"], [(["< 16"], ["1"])])), ("", literal("fee")))
    (gap,) = told(inputs("age"), decision(logic, needs="in-age"))
    assert gap.startswith("Beslut, post fee: ingen regel stämmer när age är minst 16.")


def test_an_argument_of_another_type_is_told() -> None:
    fare = knowledge("zones:number, day:date and time", literal("zones"), name="fare")
    calls = [
        literal('fare("two", null)'),
        literal('fare(day: null, zones: "two")'),
        invocation("fare", zones='"two"', day="null"),
    ]
    for call in calls:
        (finding,) = found(fare, decision(call, needs="fn-fare"))
        assert (finding.rule, finding.is_error) == ("feel-type", True)
        assert "The argument 'zones' does not fit: string where number is declared" in finding.message


@pytest.mark.parametrize(
    "call",
    ['fare([1], date("2025-01-01"))', "fare(null, null)", "fare(n, null)", "fare(sum([n]), null)", "(function(a: list) a)(1)"],
)
def test_an_argument_that_can_be_made_to_fit_is_not_told(call: str) -> None:
    fare = knowledge("zones:number, day:date and time", literal("zones"), name="fare")
    assert found(inputs("n"), fare, decision(literal(call), needs="in-n fn-fare")) == []
