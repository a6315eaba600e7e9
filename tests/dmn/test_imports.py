"""Files that import each other: types, decisions, functions and input data of other models."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.dmn import InputNotAllowed, given, read_models
from engine.finding import Finding

from .building import NOON, decision, dmn, imports, inputs, knowledge, literal, models, service, table

BASE = dmn(
    '<itemDefinition name="tAge"><typeRef>number</typeRef></itemDefinition>',
    '<itemDefinition name="t"><itemComponent name="first name"><typeRef>string</typeRef></itemComponent></itemDefinition>',
    inputs("age:tAge"),
    decision(literal("age >= 18"), id_="grown", name="is grown", needs="in-age"),
    knowledge("n", literal("n * 2"), name="two times"),
    decision(literal("{first name: string(age)}"), id_="who", name="who", needs="in-age"),
    service("serve", gives="grown", given="in-age"),
    target="urn:base",
)


def problems(**sources: bytes) -> list[Finding]:
    found, findings = read_models({f"{name}.dmn": source for name, source in sources.items()})
    assert all(finding.file.removesuffix(".dmn") not in found for finding in findings)
    return findings


def test_decisions_functions_and_types_of_a_named_import_carry_its_name() -> None:
    top = dmn(
        imports("urn:base", "common rules"),
        decision(
            table(
                ["common rules.two times(n):common rules.tAge"],
                ["x"],
                [(["2"], ["common rules.is grown"]), (["-"], ["common rules.who.first name"])],
                "FIRST",
            ),
            needs="urn:base#grown urn:base#who in-n urn:base#fn-two-times",
        ),
        inputs("n:common rules.tAge"),
    )
    taken = models(top=top, base=BASE)["top.dmn"]
    assert taken.evaluate("d", {"n": Decimal(1), "age": Decimal(20)}, NOON).value is True
    assert taken.evaluate("d", {"n": Decimal(2), "age": Decimal(20)}, NOON).value == "20"
    with pytest.raises(InputNotAllowed):
        taken.evaluate("d", {"n": "a", "age": Decimal(20)}, NOON)


def test_an_import_without_a_name_brings_names_as_they_are() -> None:
    top = dmn(
        imports("urn:base"),
        decision(literal("is grown and two times(age) > 40"), needs="urn:base#grown urn:base#in-age urn:base#fn-two-times"),
        inputs("other:tAge"),
    )
    taken = models(top=top, base=BASE)["top.dmn"]
    assert taken.evaluate("d", {"age": Decimal(30)}, NOON).value is True
    assert list(given(taken.decisions["d"])) == ["age"]


def test_imported_input_data_is_given_under_the_imports_name_or_plainly() -> None:
    top = dmn(imports("urn:base", "base"), decision(literal("base.age + 1"), needs="urn:base#in-age"))
    taken = models(top=top, base=BASE)["top.dmn"]
    assert taken.evaluate("d", {"base": {"age": Decimal(30)}, "age": Decimal(1)}, NOON).value == 31
    assert taken.evaluate("d", {"age": Decimal(1)}, NOON).value == 2
    assert list(given(taken.decisions["d"])) == ["base", "age"]
    assert taken.decisions["d"].paths == {("age",)}


def test_an_imported_service_is_called_by_its_path() -> None:
    top = dmn(imports("urn:base", "base"), decision(literal("base.serve(20)"), needs="urn:base#fn-serve"))
    assert models(top=top, base=BASE)["top.dmn"].evaluate("d", {}, NOON).value is True


def test_the_same_decision_by_two_ways_is_taken_for_each() -> None:
    middle = dmn(
        imports("urn:base", "base"),
        decision(literal("base.age"), id_="mid", name="mid", needs="urn:base#in-age"),
        target="urn:middle",
    )
    top = dmn(
        imports("urn:base", "base"),
        imports("urn:middle", "middle"),
        decision(literal("[base.age, middle.mid]"), needs="urn:base#in-age urn:middle#mid"),
    )
    taken = models(top=top, middle=middle, base=BASE)["top.dmn"]
    given = {"base": {"age": Decimal(1)}, "middle": {"base": {"age": Decimal(2)}}}
    assert taken.evaluate("d", given, NOON).value == [1, 2]  # type: ignore[arg-type]


def test_a_reference_may_name_the_files_own_namespace() -> None:
    own = dmn(inputs("n"), decision(literal("n"), needs="urn:one#in-n"))
    assert models(own=own)["own.dmn"].evaluate("d", {"n": True}, NOON).value is True


def test_a_model_that_is_not_beside_is_a_finding() -> None:
    (finding,) = problems(top=dmn(imports("urn:gone", "gone"), decision(literal("1"))))
    assert (finding.rule, finding.name) == ("dmn-import", "gone")
    assert "urn:gone" in finding.message


def test_models_that_import_each_other_in_a_circle_are_findings() -> None:
    one = dmn(imports("urn:two", "two"), decision(literal("1")), target="urn:one")
    two = dmn(imports("urn:one", "one"), decision(literal("1")), target="urn:two")
    assert [(one.rule, one.file) for one in problems(one=one, two=two)] == [
        ("dmn-import", "one.dmn"),
        ("dmn-import", "two.dmn"),
    ]


def test_a_model_with_errors_cannot_be_imported() -> None:
    top = dmn(imports("urn:base", "base"), decision(literal("1")))
    found = problems(top=top, base=dmn(decision(literal("1 +")), target="urn:base"))
    assert [(one.rule, one.file) for one in found] == [("dmn-expression", "base.dmn"), ("dmn-import", "top.dmn")]


def test_of_several_files_with_one_namespace_the_location_says_which() -> None:
    twins = {
        name: dmn(decision(literal(text), id_="b", name="b"), target="urn:base") for name, text in (("x", "1"), ("y", "2"))
    }
    top = dmn(imports("urn:base", "base", locationURI="./y.dmn"), decision(literal("base.b"), needs="urn:base#b"))
    assert models(top=top, **twins)["top.dmn"].evaluate("d", {}, NOON).value == 2
    (finding,) = problems(top=dmn(imports("urn:base", "base"), decision(literal("1"))), **twins)
    assert finding.rule == "dmn-import"
    assert "x.dmn, y.dmn" in finding.message


def test_something_else_than_dmn_is_refused_by_name() -> None:
    other = imports("urn:x", "x").replace("https://www.omg.org/spec/DMN/20191111/MODEL/", "http://www.dmg.org/PMML-4_4")
    (finding,) = problems(top=dmn(other, decision(literal("1"))))
    assert finding.rule == "dmn-refused"
    assert "PMML" in finding.message


@pytest.mark.parametrize(
    ("needs", "what"),
    [
        ("urn:base#gone", "which the imported model 'base' does not have"),
        ("urn:gone#d", "which is the namespace of no model that is imported"),
        ("urn:base#in-grown", "which the imported model 'base' does not have"),
        ("http://localhost:1/x.dmn#d", "which is the namespace of no model that is imported"),
    ],
)
def test_an_arrow_to_nothing_is_a_finding(needs: str, what: str) -> None:
    finding = problems(top=dmn(imports("urn:base", "base"), decision(literal("1"), needs=needs)), base=BASE)[0]
    assert finding.rule == "dmn-requirement"
    assert what in finding.message
