"""What is wrong with a file: every rule, each finding with its place and a remedy."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from engine.dmn import given, read_decisions, read_models

from .building import (
    NOON,
    Rows,
    arrows,
    context,
    decision,
    dmn,
    function,
    imports,
    inputs,
    knowledge,
    literal,
    model,
    refused,
    service,
    table,
)

ROW: Rows = [(["-"], ["1"])]
PLAIN = decision(literal("1"))

MISTAKES: list[tuple[str, str]] = [
    ("dmn-empty", ""),
    ("dmn-logic", decision("")),
    ("dmn-logic", decision(literal("1") + table(["1"], ["x"], ROW))),
    ("dmn-logic", '<businessKnowledgeModel id="k" name="k"/>'),
    ("dmn-output", decision(table(["1"], [], []))),
    ("dmn-output", decision(table(["1"], ["x", "x"], []))),
    ("dmn-output", decision(table(["1"], ["x", ""], []))),
    ("dmn-rule", decision(table(["1"], ["x"], [(["-", "-"], ["1"])]))),
    ("dmn-rule", decision(table(["1"], ["x"], [(["-"], [])]))),
    ("dmn-type", decision(table(["1:tGone"], ["x"], []))),
    ("dmn-type", decision(literal("1"), typed="v:tGone")),
    ("dmn-type", '<itemDefinition name="t"><typeRef>t</typeRef></itemDefinition>' + PLAIN),
    ("dmn-values", decision(table(["1"], ["x:string"], [], values="near, far"))),
    ("dmn-requirement", decision(literal("1"), needs="gone")),
    ("dmn-requirement", decision(literal("1"), needs="other") + inputs("n").replace("in-n", "other")),
    ("dmn-requirement", decision(literal("other")) + decision(literal("1"), id_="other", name="other")),
    ("dmn-requirement", decision(literal("ages"), needs="in-age") + inputs("age")),
    ("dmn-circle", decision(literal("1"), needs="d")),
    ("dmn-id", PLAIN + decision(literal("1"), name="Annat")),
    ("dmn-id", "<decision/>"),
    ("dmn-name", PLAIN + decision(literal("1"), id_="e")),
    ("dmn-too-large", decision(table(["1"], ["x"], [(["-"], ["1"])] * 2501))),
    ("dmn-too-large", "".join(decision(literal("1"), id_=f"d{n}", name=f"n{n}") for n in range(501))),
    ("dmn-expression", decision("<decisionTable><input/><output/></decisionTable>")),
    ("dmn-expression", decision(literal("1 +"))),
    ("dmn-hit-policy", decision(table(["1"], ["x"], ROW, "MOST"))),
    ("dmn-aggregation", decision(table(["1"], ["x"], ROW, 'hitPolicy="FIRST" aggregation="SUM"'))),
    ("dmn-context", decision(context(("a", literal("1")), ("a", literal("2"))))),
    ("dmn-name", decision(context(("true", literal("1")), ("", literal("true"))))),
    ("dmn-name", decision(context(("f", function("null", literal("null"))), ("", literal("f(1)"))))),
    ("dmn-name", decision(context(("f", function("if", literal("1"))), ("", literal("f(1)"))))),
    ("dmn-name", knowledge("false", literal("1"), name="f")),
    (
        "dmn-name",
        decision('<for iteratorVariable="null"><in>' + literal("[1]") + "</in><return>" + literal("null") + "</return></for>"),
    ),
    ("dmn-relation", decision('<relation><column name="a"/><row/></relation>')),
    ("dmn-service", PLAIN + service("s", gives="")),
    ("dmn-import", imports("urn:gone", "gone") + PLAIN),
    ("dmn-refused", decision('<functionDefinition kind="Java"/>')),
    ("dmn-refused", '<somethingNew id="e" name="Ett"/>' + PLAIN),
]


@pytest.mark.parametrize(("rule", "content"), MISTAKES)
def test_mistakes_are_found(rule: str, content: str) -> None:
    assert refused(content).rule == rule


def test_a_table_that_stands_alone_reads_from_the_case_and_the_reader_is_told() -> None:
    found, findings = read_decisions(dmn(decision(literal("amount * 2"))), name="a.dmn")
    assert [(finding.rule, finding.is_error, finding.element) for finding in findings] == [("dmn-undrawn", False, "d")]
    assert found is not None
    assert found.evaluate("d", {"amount": Decimal(4)}, NOON).value == 8
    assert list(given(found.decisions["d"])) == ["amount"]
    assert found.decisions["d"].paths == {("amount",)}
    lenient, _ = read_decisions(dmn(decision(literal("amount * 2"))), name="a.dmn", strict=False)
    assert lenient is not None
    assert lenient.evaluate("d", {"amount": Decimal(4)}, NOON).value is None, "the standard brings what is drawn"


def test_every_rule_of_the_reader_is_tried_here() -> None:
    written = "".join(path.read_text() for path in (Path(__file__).parents[2] / "engine" / "dmn").glob("re*.py"))
    written += "".join(
        (Path(__file__).parents[2] / "engine" / "dmn" / f"{name}.py").read_text() for name in ("logic", "imports")
    )
    rules = set(re.findall(r'"(dmn-[a-z-]+)"', written))
    assert rules - {"dmn-version", "dmn-undrawn"} <= {rule for rule, _ in MISTAKES}


def test_a_finding_names_the_element_around_a_box_without_an_id() -> None:
    finding = refused(decision(context(("a", literal("1 +")))))
    assert (finding.element, finding.line) == ("d", 2)
    assert "Beslut, entry a is not FEEL" in finding.message


def test_a_finding_names_table_rule_and_cell() -> None:
    rows: Rows = [(["1", "1"], ["1"]), (["1", "> >"], ["1"])]
    finding = refused(decision(table(["1", "2"], ["x"], rows), name="Nivå"))
    assert (finding.rule, finding.element) == ("dmn-expression", "r2")
    assert "Nivå, rule 2, cell '2'" in finding.message
    assert "Nivå, rule 1, output x" in refused(decision(table(["1"], ["x"], [(["-"], ["1 +"])]), name="Nivå")).message
    assert "Nivå, input 1" in refused(decision(table(["1 +"], ["x"], []), name="Nivå")).message
    assert "is empty" in refused(decision(table(["1"], ["x"], [(["-"], [""])]))).message


def test_all_broken_cells_are_found_at_once() -> None:
    _, findings = read_decisions(dmn(decision(table(["1"], ["x"], [(["> >"], ["1 +"]), (["("], [")"])]))), name="a.dmn")
    assert [finding.rule for finding in findings] == ["dmn-expression"] * 4


def test_a_mistake_in_a_required_element_is_told_once() -> None:
    broken = knowledge("n", literal("n +"), name="f")
    users = [decision(literal("f(1)"), id_=f"d{n}", name=f"n{n}", needs="fn-f") for n in range(3)]
    _, findings = read_decisions(dmn(*users, broken), name="a.dmn")
    assert [finding.rule for finding in findings] == ["dmn-expression"]


def test_bad_xml_and_other_namespaces_are_findings() -> None:
    assert read_decisions(b"<!DOCTYPE a><a/>", name="a.dmn")[1][0].rule == "xml-doctype"
    assert read_decisions(b"<a/>", name="a.dmn")[1][0].rule == "dmn-version"
    old = dmn(namespace="http://www.omg.org/spec/DMN/20151101/dmn.xsd")
    assert read_decisions(old, name="a.dmn")[1][0].rule == "dmn-version"


@pytest.mark.parametrize(
    "version", ["http://www.omg.org/spec/DMN/20180521/MODEL/", "https://www.omg.org/spec/DMN/20230324/MODEL/"]
)
def test_neighbouring_versions_are_read(version: str) -> None:
    found, findings = read_decisions(dmn(PLAIN, namespace=version), name="a.dmn")
    assert (found is not None, findings) == (True, [])


def test_documentation_and_the_drawing_are_let_through() -> None:
    model(
        "<description>Text</description><knowledgeSource id='k'/><textAnnotation id='t'><text>x</text></textAnnotation>",
        "<group id='g'/><performanceIndicator id='p'/><organizationUnit id='o'/><elementCollection id='e'/>",
        decision("<question>?</question><allowedAnswers>!</allowedAnswers><authorityRequirement/>" + literal("1")),
        '<d:DMNDI xmlns:d="https://www.omg.org/spec/DMN/20191111/DMNDI/"><d:DMNDiagram/></d:DMNDI>',
    )


@pytest.mark.parametrize("language", ["https://www.omg.org/spec/DMN/20191111/FEEL/", "feel", "FEEL"])
def test_feel_may_be_named_as_the_language(language: str) -> None:
    model(decision(literal("1", f'expressionLanguage="{language}"')))


def test_an_arrow_of_another_kind_is_found() -> None:
    wrong = arrows("d").replace("requiredDecision", "requiredInput")
    finding = refused(decision(literal("1") + wrong, id_="e", name="e"), PLAIN)
    assert (finding.rule, finding.element) == ("dmn-requirement", "e")
    assert "which is of another kind" in finding.message


PAIRS = '<itemDefinition name="t0"><typeRef>number</typeRef></itemDefinition>' + "".join(
    f'<itemDefinition name="t{n}"><itemComponent name="a"><typeRef>t{n - 1}</typeRef></itemComponent>'
    f'<itemComponent name="b"><typeRef>t{n - 1}</typeRef></itemComponent></itemDefinition>'
    for n in range(1, 25)
)
ALIASES = "".join(f'<itemDefinition name="t{n}"><typeRef>t{n + 1}</typeRef></itemDefinition>' for n in range(400))


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (PAIRS + PLAIN, "dmn-too-large"),
        (ALIASES + PLAIN, "dmn-type"),
        ("".join(f'<itemDefinition name="t{n}"/>' for n in range(501)) + PLAIN, "dmn-too-large"),
        ('<itemDefinition name="t"/><itemDefinition name="t"/>' + PLAIN, "dmn-type"),
        ("<itemDefinition/>" + PLAIN, "dmn-type"),
        (decision("<list><foo/>" + literal("1") + "</list>"), "dmn-refused"),
        (decision(literal("1") + "<foo/>"), "dmn-refused"),
        (decision("<informationRequirement/>" + literal("1")), "dmn-requirement"),
    ],
)
def test_what_would_be_passed_over_or_never_end_is_found(content: str, rule: str) -> None:
    assert rule in [finding.rule for finding in read_decisions(dmn(content), name="a.dmn")[1]]


def test_an_import_and_something_else_of_its_name_are_not_mixed() -> None:
    other = dmn(decision(literal("5"), id_="y", name="y"), target="urn:two")
    own = dmn(imports("urn:two", "common"), inputs("common"), decision(literal("common.y"), needs="in-common urn:two#y"))
    _, findings = read_models({"other.dmn": other, "own.dmn": own})
    assert [(finding.rule, finding.file) for finding in findings] == [("dmn-name", "own.dmn")]
    twice = dmn(imports("urn:two", "a"), imports("urn:two", "b"), PLAIN)
    assert [one.rule for one in read_models({"other.dmn": other, "own.dmn": twice})[1]] == ["dmn-import"]
