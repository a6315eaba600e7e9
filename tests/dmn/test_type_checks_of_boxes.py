"""Every box is checked against the types that are known, and against those that are declared around it."""

from __future__ import annotations

import pytest

from engine.dmn import check_types, read_models
from engine.finding import Finding

from .building import (
    cell,
    context,
    decision,
    dmn,
    function,
    imports,
    inputs,
    invocation,
    knowledge,
    literal,
    service,
    table,
)

ROUTE = '<itemDefinition name="tRoute"><typeRef>string</typeRef>' + cell("allowedValues", '"sfi", "work"') + "</itemDefinition>"
PERSON = (
    '<itemDefinition name="tPerson"><itemComponent name="age"><typeRef>number</typeRef></itemComponent></itemDefinition>'
    '<itemDefinition name="tPeople" isCollection="true"><typeRef>tPerson</typeRef></itemDefinition>'
)


def told(*content: str, **others: bytes) -> list[str]:
    """The messages about a model, which may import others."""
    return [finding.message for finding in findings(*content, **others)]


def findings(*content: str, **others: bytes) -> list[Finding]:
    sources = {f"{name}.dmn": source for name, source in {"a": dmn(*content), **others}.items()}
    models, found = read_models(sources)
    assert found == []
    return check_types(models["a.dmn"], {}, file="a.dmn")


def test_a_literal_expression_is_looked_at() -> None:
    (finding,) = findings(decision(literal('1 + "a"')))
    assert (finding.rule, finding.element, finding.is_error) == ("feel-type", "d", True)
    assert finding.message == "Beslut: '+' does not work on number and string (column 3)."


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("string(n)", "string where number is declared"),
        ('"a"', "string where number is declared"),
        ('["a", "b"]', "list where number is declared"),
        ("[string(n)]", "string where number is declared"),
        ("{a: n}", "context where number is declared"),
        ("n + 1", ""),
        ("[n]", ""),
        ("null", ""),
        ("for i in [n] return i", ""),
        ("if n > 1 then n else string(n)", ""),
    ],
)
def test_a_decision_is_held_to_the_type_of_its_variable(text: str, what: str) -> None:
    found = told(inputs("n:number"), decision(literal(text), needs="in-n", typed="b:number"))
    assert found == ([f"Beslut: The value does not fit: {what}."] if what else [])


def test_a_constant_is_held_to_the_values_that_its_type_allows() -> None:
    what = "Beslut: The value does not fit: the value is not among those allowed."
    assert told(ROUTE, decision(literal('"other"'), typed="b:tRoute")) == [what]
    assert told(ROUTE, decision(literal('"sfi"'), typed="b:tRoute")) == []


def test_members_are_held_to_their_types() -> None:
    (message,) = told(PERSON, inputs("n:string"), decision(literal("{age: n}"), needs="in-n", typed="b:tPerson"))
    assert "string where number is declared (in `age`)" in message
    assert told(PERSON, decision(literal("{age: 1, name: 2}"), typed="b:tPerson")) == []


def test_a_single_value_and_a_date_are_made_to_fit() -> None:
    day = inputs("day:date")
    assert told(PERSON, decision(literal("{age: 1}"), typed="b:tPeople")) == []
    assert told(day, decision(literal("day"), needs="in-day", typed="b:date and time")) == []
    assert "date where number" in told(day, decision(literal("day"), needs="in-day", typed="b:number"))[0]


def test_the_type_of_a_box_goes_to_the_boxes_that_read_it() -> None:
    box = context(("name", literal('"a"')), ("", literal("name + 1")))
    assert told(decision(box)) == ["Beslut, result: '+' does not work on string and number (column 6)."]
    typed = context(("name:number", literal('"a"')))
    assert told(decision(typed)) == ["Beslut, entry name: The value does not fit: string where number is declared."]


def test_an_undeclared_decision_gives_what_its_logic_gives() -> None:
    first = decision(literal("[1, 2]"), id_="one", name="one")
    assert "list with number" in told(first, decision(literal("one > 3"), needs="one"))[0]
    rows = table(["n"], ["a", "b"], [(["-"], ["1", '"x"'])])
    seen = inputs("n") + decision(rows, id_="one", name="one", needs="in-n")
    assert "string and number" in told(seen, decision(literal("one.b - 1"), needs="one"))[0]
    assert told(seen, decision(literal("one.a - 1"), needs="one")) == []


def test_what_a_call_gives_is_known() -> None:
    name = knowledge("n:number", literal("string(n)"), name="name of")
    call = decision(invocation("name of", n="1"), needs="fn-name-of", typed="b:number")
    assert told(name, call) == ["Beslut: The value does not fit: string where number is declared."]
    wrong = knowledge("n:number", literal("string(n)"), name="k", typed="k:number")
    assert told(wrong, decision(literal("1"))) == ["k, result: The value does not fit: string where number is declared."]
    itself = knowledge("n", literal("if n = 0 then 1 else n * k(n - 1)"), name="k", typed="k:number")
    assert told(itself, decision(literal("k(3)"), needs="fn-k", typed="b:number")) == []
    box = context(("own", function("a:number", literal("a > 1"))), ("", literal("own(2) + 1")))
    assert "boolean and number" in told(decision(box))[0]


def test_what_a_service_gives_is_known() -> None:
    inner = decision(literal('"a"'), id_="i", name="i") + service("s", gives="i")
    assert "string and number" in told(inner, decision(literal("s() + 1"), needs="fn-s"))[0]


def test_relations_and_iterators_are_looked_at() -> None:
    row = f"<row>{literal('1')}{literal(chr(34) + 'a' + chr(34))}</row>"
    relation = f'<relation><column name="n"/><column name="name"/>{row}</relation>'
    box = context(("rows", relation), ("", literal("rows[1].n + rows[1].name")))
    assert "number and string" in told(decision(box))[0]
    each = f'<for iteratorVariable="one"><in>{literal("[1, 2]")}</in><return>{literal("upper case(one)")}</return></for>'
    assert told(decision(each))[0].startswith("Beslut, return: upper case: 'string' must be string, not number")


def test_imported_types_are_known_and_imported_mistakes_are_told_where_they_are() -> None:
    other = dmn(inputs("n:string"), decision(literal("n - 1"), id_="o", name="o", needs="in-n"), target="urn:two")
    here = [imports("urn:two", "two"), decision(literal("two.n > 1"), needs="urn:two#in-n urn:two#o")]
    assert told(*here, b=other) == ["Beslut: Cannot compare string with number (column 7)."]
