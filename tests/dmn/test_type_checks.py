"""The inputs and cells of tables are checked against the types that are known."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from engine import feel
from engine.dmn import check_types, read_decisions
from engine.finding import Finding

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
DATA: Mapping[str, feel.Type] = {
    "age": feel.Type("number"),
    "status": feel.Type("string", values=frozenset({"unemployed", "studying"})),
    "born": feel.Type("date"),
}


def table(cells: list[tuple[str, str]], output: str = '"yes"', *, kind: str = "") -> str:
    """A table of one rule: inputs and their tests, and what the rule gives."""
    inputs = "".join(f"<input><inputExpression><text>{escape(one)}</text></inputExpression></input>" for one, _ in cells)
    tests = "".join(f"<inputEntry><text>{escape(test)}</text></inputEntry>" for _, test in cells)
    type_ref = f' typeRef="{kind}"' if kind else ""
    return (
        f'<decisionTable>{inputs}<output name="out"{type_ref}/><rule>{tests}<outputEntry><text>{escape(output)}</text>'
        "</outputEntry></rule></decisionTable>"
    )


def found(logic: str, *, types: Mapping[str, str] | None = None, more: str = "") -> list[Finding]:
    """The findings about a decision with that logic, which requires the data; `types` are those that the model declares."""
    names = sorted({*DATA, *(types or {})})
    data = "".join(
        f'<inputData id="i-{name}" name="{name}"><variable name="{name}"'
        + (f' typeRef="{types[name]}"' if types and name in types else "")
        + "/></inputData>"
        for name in names
    )
    arrows = "".join(f'<informationRequirement><requiredInput href="#i-{name}"/></informationRequirement>' for name in names)
    decision = f'<decision id="d" name="Beslut">{arrows}{logic}</decision>'
    source = f'<definitions xmlns="{NAMESPACE}" namespace="urn:x" name="m">{data}{more}{decision}</definitions>'
    model, findings = read_decisions(source.encode(), name="a.dmn")
    assert findings == []
    assert model is not None
    return check_types(model, DATA, file="a.dmn")


def test_a_cell_of_another_type_than_its_input_is_told_with_rule_cell_and_column() -> None:
    (finding,) = found(table([("age", "> 3"), ("born", '< "2000-01-01"')]))
    assert (finding.rule, finding.element, finding.file, finding.is_error) == ("feel-type", "d", "a.dmn", True)
    assert finding.message == "Beslut, rule 1, cell 'born': Cannot compare date with string (column 1)."
    assert finding.remedy == 'Write @"2000-01-01".'


def test_an_input_that_cannot_be_evaluated_is_told() -> None:
    (finding,) = found(table([("age + born", "-")]))
    assert finding.message == "Beslut, input 'age + born': '+' does not work on number and date (column 5)."


def test_the_type_of_an_input_is_that_of_its_expression() -> None:
    assert [one.rule for one in found(table([("born.year", '"a"')]))] == ["feel-type"]
    assert found(table([("born.year", "> 2000")])) == []


def test_an_output_of_another_type_than_declared_is_told() -> None:
    (finding,) = found(table([("age", "-")], "born", kind="number"))
    assert finding.message == "Beslut, rule 1, output out: The value does not fit: date where number is declared."


def test_a_text_that_the_data_never_have_is_a_warning() -> None:
    (finding,) = found(table([("status", '"unemployd", "studying"')]))
    assert (finding.rule, finding.is_error, finding.remedy) == ("feel-value", False, "Did you mean 'unemployed'?")


def test_the_type_that_the_model_declares_goes_before_that_of_the_data() -> None:
    assert found(table([("age", '"a"')]), types={"age": "string"}) == []
    loan = '<itemDefinition name="tLoan"><itemComponent name="sum"><typeRef>number</typeRef></itemComponent></itemDefinition>'
    assert [one.rule for one in found(table([("loan.sum", '"a"')]), types={"loan": "tLoan"}, more=loan)] == ["feel-type"]
    assert [one.rule for one in found(table([("loan.other", '"a"')]), types={"loan": "tLoan"}, more=loan)] == ["feel-member"]


def test_a_table_inside_a_box_sees_the_names_of_the_box() -> None:
    inner = '<contextEntry><variable name="own"/><literalExpression><text>"a"</text></literalExpression></contextEntry>'
    box = f"<context>{inner}<contextEntry>{table([('own', '> 3')])}</contextEntry></context>"
    (finding,) = found(box)
    assert finding.message == "Beslut, result, rule 1, cell 'own': Cannot compare string with number (column 1)."
    unknown = inner.replace('"a"', "if age > 3 then born else 5")
    assert found(box.replace(inner, unknown)) == []


def test_a_function_is_called_with_its_parameters() -> None:
    model = (
        '<businessKnowledgeModel id="k" name="twice"><encapsulatedLogic><formalParameter name="n"/>'
        "<literalExpression><text>n * 2</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"
    )
    arrow = '<knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>'
    (finding,) = found(arrow + table([("twice(age, 1)", "-")]), more=model)
    assert (finding.rule, finding.remedy) == ("feel-type", "It takes n.")
    assert found(arrow + table([("twice(age)", "-")]), more=model) == []
