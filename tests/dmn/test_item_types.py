"""Item definitions: which values are of a type, and which are made to fit (DMN 1.5 clauses 7.3.2 and 10.3.2.9.4)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine import feel
from engine.dmn import DecisionError, InputNotAllowed

from .building import NOON, cell, decision, inputs, literal, model, refused


def item(name: str, content: str, *, many: bool = False, tag: str = "itemDefinition") -> str:
    """A definition, or a component; `content` is a built-in type's name or XML."""
    inner = content if content.startswith("<") else f"<typeRef>{content}</typeRef>"
    return f'<{tag} name="{name}"{" isCollection=" + chr(34) + "true" + chr(34) if many else ""}>{inner}</{tag}>'


def component(name: str, content: str, *, many: bool = False) -> str:
    return item(name, content, many=many, tag="itemComponent")


def fitted(value: feel.Value, kind: str, *definitions: str) -> feel.Value:
    """The value as input data of that type arrives."""
    taken = model(*definitions, inputs(f"n:{kind}"), decision(literal("n"), needs="in-n"))
    return taken.evaluate("d", {"n": value}, NOON).value


ROUTE = item("tRoute", "<typeRef>string</typeRef>" + cell("allowedValues", '"sfi", "work"'))
PERSON = item("tPerson", component("full name", "string") + component("route", "tRoute"))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("string", "a"),
        ("number", Decimal(1)),
        ("boolean", False),
        ("date", date(2025, 1, 1)),
        ("time", feel.parse_time("12:00:00")),
        ("date and time", datetime(2025, 1, 1, tzinfo=UTC)),
        ("dateTime", datetime(2025, 1, 1, tzinfo=UTC)),
        ("days and time duration", feel.parse_duration("P1D")),
        ("dayTimeDuration", feel.parse_duration("P1D")),
        ("years and months duration", feel.parse_duration("P1M")),
        ("yearMonthDuration", feel.parse_duration("P1M")),
        ("context", {"a": None}),
        ("list", [Decimal(1), "a"]),
        ("Any", "a"),
        ("feel:number", Decimal(1)),
    ],
)
def test_built_in_types(kind: str, value: feel.Value) -> None:
    assert fitted(value, kind) == value
    assert fitted(None, kind) is None
    if kind not in {"Any", "list"}:
        with pytest.raises(InputNotAllowed, match="range where"):
            fitted(feel.Range(Decimal(1), Decimal(2)), kind)


def test_a_date_is_not_a_date_and_time() -> None:
    with pytest.raises(InputNotAllowed, match="date and time where date is declared"):
        fitted(datetime(2025, 1, 1, tzinfo=UTC), "date")


def test_a_date_becomes_the_first_moment_of_its_day() -> None:
    assert fitted(date(2025, 1, 1), "date and time") == datetime(2025, 1, 1, tzinfo=UTC)


def test_a_list_of_one_becomes_its_item_and_an_item_a_list_of_one() -> None:
    assert fitted(["a"], "string") == "a"
    assert fitted("a", "tNames", item("tNames", "string", many=True)) == ["a"]
    with pytest.raises(InputNotAllowed, match="list where string is declared"):
        fitted(["a", "b"], "string")


def test_an_item_that_does_not_fit_becomes_no_list() -> None:
    with pytest.raises(InputNotAllowed, match="number where list of string is declared"):
        fitted(Decimal(1), "tNames", item("tNames", "string", many=True))


def test_a_type_may_have_another_name() -> None:
    assert fitted(Decimal(1), "tOther", item("tOther", "tAge"), item("tAge", "number")) == 1


def test_allowed_values_limit_a_type() -> None:
    assert fitted("sfi", "tRoute", ROUTE) == "sfi"
    assert fitted(None, "tRoute", ROUTE) is None
    with pytest.raises(InputNotAllowed, match="'n': the value is not among those allowed") as caught:
        fitted("hemligt", "tRoute", ROUTE)
    assert "hemligt" not in str(caught.value)


def test_a_type_of_a_limited_type_is_limited_twice() -> None:
    narrow = item("tNarrow", "<typeRef>tRoute</typeRef>" + cell("allowedValues", '"work", "other"'))
    assert fitted("work", "tNarrow", narrow, ROUTE) == "work"
    for value in ("sfi", "other"):
        with pytest.raises(InputNotAllowed):
            fitted(value, "tNarrow", narrow, ROUTE)


def test_the_allowed_values_of_a_collection_are_those_of_its_items() -> None:
    many = item("tRoutes", "<typeRef>string</typeRef>" + cell("allowedValues", '"sfi", "work"'), many=True)
    assert fitted(["sfi", "work"], "tRoutes", many) == ["sfi", "work"]
    with pytest.raises(InputNotAllowed):
        fitted(["sfi", "x"], "tRoutes", many)


def test_a_type_constraint_looks_at_the_whole() -> None:
    few = item("tFew", "<typeRef>number</typeRef>" + cell("typeConstraint", "count(?) <= 2"), many=True)
    assert fitted([Decimal(1), Decimal(2)], "tFew", few) == [1, 2]
    with pytest.raises(InputNotAllowed):
        fitted([Decimal(1)] * 3, "tFew", few)


def test_members_are_checked_and_named() -> None:
    assert fitted({"full name": "Ada", "route": "sfi"}, "tPerson", PERSON, ROUTE) == {"full name": "Ada", "route": "sfi"}
    assert fitted({"full name": "Ada", "more": True}, "tPerson", PERSON, ROUTE) == {"full name": "Ada", "more": True}
    with pytest.raises(InputNotAllowed, match=r"number where string is declared \(in `full name`\)"):
        fitted({"full name": Decimal(1)}, "tPerson", PERSON, ROUTE)
    with pytest.raises(InputNotAllowed, match=r"not among those allowed \(in `route`\)"):
        fitted({"route": "x"}, "tPerson", PERSON, ROUTE)
    with pytest.raises(InputNotAllowed, match="string where context"):
        fitted("p", "tPerson", PERSON, ROUTE)


def test_components_have_components_and_collections() -> None:
    nested = item("tNested", component("people", component("age", "number"), many=True))
    assert fitted({"people": [{"age": Decimal(1)}]}, "tNested", nested) == {"people": [{"age": 1}]}
    with pytest.raises(InputNotAllowed, match=r"string where number is declared \(in `age`\) \(in `people`\)"):
        fitted({"people": [{"age": "x"}]}, "tNested", nested)


def test_a_function_type_asks_for_as_many_parameters() -> None:
    kind = item("tTest", '<functionItem outputTypeRef="boolean"><parameters name="n" typeRef="number"/></functionItem>')
    for text, fits in (("function(a) a > 1", True), ("function(a, b) a > b", False)):
        taken = model(kind, decision(literal(text), typed="Beslut:tTest"))
        if fits:
            assert isinstance(taken.evaluate("d", {}, NOON).value, feel.Function)
        else:
            with pytest.raises(DecisionError, match="a function of 2 parameters where 1 are declared"):
                taken.evaluate("d", {}, NOON)


@pytest.mark.parametrize(
    "definitions",
    [
        item("t", "t"),
        item("t", "tGone"),
        item("t", component("a", "tGone")),
        item("t", "u") + item("u", "t"),
        item("t", '<functionItem outputTypeRef="tGone"/>'),
    ],
)
def test_a_type_that_leads_nowhere_is_a_finding(definitions: str) -> None:
    finding = refused(definitions, decision(literal("1")))
    assert (finding.rule, finding.name) == ("dmn-type", "t")


def test_a_type_that_is_not_there_is_a_finding_where_it_is_used() -> None:
    finding = refused(inputs("n:tGone"), decision(literal("1")))
    assert (finding.rule, finding.element) == ("dmn-type", "in-n")
    assert "'tGone'" in finding.message


def test_allowed_values_that_are_not_feel_are_a_finding() -> None:
    broken = item("t", "<typeRef>string</typeRef>" + cell("allowedValues", "> >"))
    assert refused(broken, decision(literal("1"))).rule == "dmn-expression"
