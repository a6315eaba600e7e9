from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from html import escape
from typing import cast

import pytest

from engine import canonical, feel
from engine.dmn import DecisionError, DecisionModel, DecisionResult, InputNotAllowed, SeveralRulesMatch, read_decisions
from engine.errors import StegvisError
from engine.finding import Finding

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
NOON = feel.Environment(now=datetime(2025, 3, 17, 12, tzinfo=UTC))

Rows = list[tuple[list[str], list[str]]]


def cell(tag: str, text: str) -> str:
    return f"<{tag}><text>{escape(text)}</text></{tag}>"


def table(inputs: list[str], outputs: list[str], rows: Rows, *, attributes: str = "") -> str:
    """A decision table: inputs are `expression` or `expression:type`, outputs are names, rows are tests and results."""
    columns = ""
    for number, column in enumerate(inputs, start=1):
        expression, _, kind = column.partition(":")
        type_ref = f' typeRef="{kind}"' if kind else ""
        columns += (
            f'<input id="i{number}"><inputExpression{type_ref}><text>{escape(expression)}</text></inputExpression></input>\n'
        )
    columns += "".join(f'<output id="o{number}" name="{name}"/>\n' for number, name in enumerate(outputs, start=1))
    rules = "".join(
        f'<rule id="r{number}">{"".join(cell("inputEntry", test) for test in tests)}'
        f"{''.join(cell('outputEntry', result) for result in results)}</rule>\n"
        for number, (tests, results) in enumerate(rows, start=1)
    )
    return f"<decisionTable {attributes}>\n{columns}{rules}</decisionTable>"


def decision(logic: str, *, id_: str = "d", name: str = "Beslut", needs: str = "", variable: str = "") -> str:
    arrows = "".join(
        f'<informationRequirement><{"requiredInput" if one.startswith("in-") else "requiredDecision"} href="#{one}"/>'
        "</informationRequirement>"
        for one in needs.split()
    )
    return f'<decision id="{id_}" name="{name}">{variable}{arrows}{logic}</decision>'


def dmn(*content: str, namespace: str = NAMESPACE) -> bytes:
    return f'<definitions xmlns="{namespace}" id="x" name="Modell">\n{"".join(content)}\n</definitions>'.encode()


def model(*content: str) -> DecisionModel:
    found, findings = read_decisions(dmn(*content), name="a.dmn")
    assert findings == []
    assert found is not None
    return found


def refused(*content: str) -> Finding:
    found, findings = read_decisions(dmn(*content), name="a.dmn")
    assert found is None
    assert all(finding.is_error and finding.remedy and finding.file == "a.dmn" for finding in findings)
    return findings[0]


def take(logic: str, **scope: feel.Value) -> feel.Value:
    return model(decision(logic)).evaluate("d", scope, NOON).value


def result(logic: str, **scope: feel.Value) -> DecisionResult:
    return model(decision(logic)).evaluate("d", scope, NOON)


AGES: Rows = [(["< 16"], ['"child"']), (["[16..65)"], ['"adult"']), ([">= 65"], ['"senior"'])]
ROUTES = '"sfi", "work"'
OVERLAP: Rows = [(["> 0"], ["1"]), (["> 5"], ["10"]), (["-"], ["100"])]


@pytest.mark.parametrize(("age", "expected"), [(15, "child"), (16, "adult"), (64, "adult"), (65, "senior")])
def test_a_unique_table_gives_its_one_hit(age: int, expected: str) -> None:
    assert take(table(["age"], ["group"], AGES), age=Decimal(age)) == expected


def test_unique_is_the_default() -> None:
    with pytest.raises(SeveralRulesMatch):
        take(table(["n"], ["x"], OVERLAP), n=Decimal(7))


def test_two_hits_of_a_unique_table_are_an_error_that_names_the_rules() -> None:
    with pytest.raises(SeveralRulesMatch, match=r"'Beslut'.*rules 1, 2, 3") as caught:
        take(table(["n"], ["x"], OVERLAP, attributes='hitPolicy="UNIQUE"'), n=Decimal(7))
    assert (caught.value.rules, caught.value.decision, caught.value.code) == ((1, 2, 3), "d", "several-rules-match")
    assert isinstance(caught.value, StegvisError)


def test_a_first_table_gives_the_first_hit() -> None:
    first = table(["n"], ["x"], OVERLAP, attributes='hitPolicy="FIRST"')
    assert take(first, n=Decimal(7)) == 1
    assert take(first, n=Decimal(-1)) == 100


def test_a_collect_table_gives_all_hits_in_the_order_of_the_rules() -> None:
    collect = table(["n"], ["x"], OVERLAP[:2], attributes='hitPolicy="COLLECT"')
    assert take(collect, n=Decimal(7)) == [1, 10]
    assert take(collect, n=Decimal(1)) == [1]
    assert take(collect, n=Decimal(0)) == []


def test_a_collect_table_may_add_up() -> None:
    total = table(["n"], ["x"], OVERLAP[:2], attributes='hitPolicy="COLLECT" aggregation="SUM"')
    assert take(total, n=Decimal(7)) == 11
    assert take(total, n=Decimal(0)) is None


def test_adding_up_what_is_no_number_is_an_error() -> None:
    total = table(["n"], ["x"], [(["-"], ['"a"'])], attributes='hitPolicy="COLLECT" aggregation="SUM"')
    with pytest.raises(DecisionError, match="string"):
        take(total, n=Decimal(7))


def test_several_outputs_are_a_context() -> None:
    logic = table(["n"], ["route", "days"], [(["1"], ['"sfi"', 'duration("P5D")']), (["2"], ['"work"', "null"])])
    assert take(logic, n=Decimal(1)) == {"route": "sfi", "days": feel.parse_duration("P5D")}
    assert take(logic, n=Decimal(2)) == {"route": "work", "days": None}
    collected = table(["n"], ["a", "b"], [(["-"], ["1", "2"])], attributes='hitPolicy="COLLECT"')
    assert take(collected, n=Decimal(1)) == [{"a": 1, "b": 2}]


def test_nothing_matched_is_null() -> None:
    assert take(table(["n"], ["x"], [(["1"], ["1"])]), n=Decimal(2)) is None
    assert take(table(["n"], ["x", "y"], [(["1"], ["1", "1"])]), n=Decimal(2)) is None
    assert take(table(["n"], ["x"], []), n=Decimal(2)) is None


def test_a_default_is_used_when_nothing_matched() -> None:
    logic = table(["n"], ["x"], [(["1"], ["1"])]).replace(
        'name="x"/>', f'name="x">{cell("defaultOutputEntry", "n * 2")}</output>'
    )
    assert take(logic, n=Decimal(4)) == 8
    assert take(logic, n=Decimal(1)) == 1


def test_cells_see_the_scope_and_the_question_mark() -> None:
    rows: Rows = [(["> limit", 'not("b", "c")'], ["n - limit"]), (["? * 2 = limit", "-"], ["0"])]
    logic = table(["n", "letter"], ["x"], rows, attributes='hitPolicy="FIRST"')
    assert take(logic, n=Decimal(9), limit=Decimal(5), letter="a") == 4
    assert take(logic, n=Decimal(9), limit=Decimal(18), letter="b") == 0


@pytest.mark.parametrize("any_value", ["-", ""])
def test_a_dash_or_an_empty_test_takes_any_value(any_value: str) -> None:
    assert take(table(["n"], ["x"], [([any_value], ["1"])]), n=None) == 1


def test_a_null_input_matches_only_null_and_any() -> None:
    rows: Rows = [(["< 5"], ['"small"']), (["null"], ['"none"'])]
    assert take(table(["n:number"], ["x"], rows), n=None) == "none"


def test_dates_are_compared_as_dates() -> None:
    rows: Rows = [(['< date("2025-01-01")'], ['"before"']), (['[today()..today() + duration("P7D")]'], ['"week"'])]
    logic = table(["day:date"], ["x"], rows, attributes='hitPolicy="FIRST"')
    assert take(logic, day=date(2024, 12, 31)) == "before"
    assert take(logic, day=date(2025, 3, 20)) == "week"


def test_required_decisions_are_taken_first_and_read_by_name() -> None:
    taken = model(
        decision(table(["Åldersgrupp", "in work"], ["x"], [(['"adult"', "true"], ['"work"'])]), needs="age-group in-work"),
        decision(table(["age"], ["g"], AGES), id_="age-group", name="Åldersgrupp", needs="in-age"),
        '<inputData id="in-age" name="age"/><inputData id="in-work" name="in work"/>',
    )
    done = taken.evaluate("d", {"age": Decimal(30), "in work": True}, NOON)
    assert done.value == "work"
    assert [explained.decision for explained in done.explanation.tables] == ["age-group", "d"]
    assert taken.evaluate("age-group", {"age": Decimal(70)}, NOON).value == "senior"
    asked = taken.decisions["d"]
    assert (asked.requires, asked.inputs) == (("age-group",), ("age", "in work"))
    assert asked.paths == {("age",), ("in work",)}
    assert taken.decisions["age-group"].paths == {("age",)}


def test_a_diamond_of_requirements_is_taken_once_each() -> None:
    one = table(["n"], ["x"], [(["-"], ["n + 1"])])
    taken = model(
        decision(table(["left + right"], ["x"], [(["-"], ["left + right"])]), needs="left right"),
        decision(table(["base"], ["x"], [(["-"], ["base * 10"])]), id_="left", name="left", needs="base"),
        decision(table(["base"], ["x"], [(["-"], ["base * 100"])]), id_="right", name="right", needs="base"),
        decision(one, id_="base", name="base"),
    )
    done = taken.evaluate("d", {"n": Decimal(1)}, NOON)
    assert done.value == 220
    assert [explained.decision for explained in done.explanation.tables] == ["base", "left", "right", "d"]


def test_a_decision_sees_only_results_that_it_requires() -> None:
    taken = model(
        decision(table(["other"], ["x"], [(["-"], ["1"])])),
        decision(table(["n"], ["x"], [(["-"], ["1"])]), id_="other", name="other"),
    )
    with pytest.raises(DecisionError, match="other"):
        taken.evaluate("d", {"n": Decimal(1)}, NOON)


def test_the_variable_names_the_result() -> None:
    taken = model(
        decision(table(["profil"], ["x"], [(["-"], ["profil"])]), needs="p"),
        decision(
            table(["n"], ["x"], [(["-"], ['"near"'])]), id_="p", name="Klientens profil", variable='<variable name="profil"/>'
        ),
    )
    assert taken.evaluate("d", {"n": None}, NOON).value == "near"


def test_a_lazy_scope_is_read_only_by_name() -> None:
    class Lazy(Mapping[str, feel.Value]):
        def __getitem__(self, name: str) -> feel.Value:
            if name == "age":
                return Decimal(20)
            raise KeyError(name)

        def __contains__(self, name: object) -> bool:
            return name == "age"

        def __iter__(self) -> Iterator[str]:
            raise AssertionError("iterated")

        def __len__(self) -> int:
            raise AssertionError("counted")

    assert model(decision(table(["age"], ["g"], AGES))).evaluate("d", Lazy(), NOON).value == "adult"


def test_an_unknown_name_is_an_error_with_the_place() -> None:
    with pytest.raises(DecisionError, match=r"'Beslut': input 'agee'.*agee") as caught:
        take(table(["agee"], ["x"], AGES), age=Decimal(3))
    assert isinstance(caught.value.__cause__, feel.FeelError)
    with pytest.raises(DecisionError, match=r"rule 1, output 'x'.*gone"):
        take(table(["n"], ["x"], [(["-"], ["gone"])]), n=None)
    with pytest.raises(DecisionError, match=r"rule 2, cell 'n'.*gone"):
        take(table(["n"], ["x"], [(["1"], ["1"]), (["> gone"], ["1"])]), n=Decimal(2))


def test_a_decision_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        model(decision(table(["n"], ["x"], []))).evaluate("gone", {}, NOON)


def test_an_input_of_another_type_is_an_error_that_repeats_no_value() -> None:
    with pytest.raises(InputNotAllowed, match=r"'n': string where number") as caught:
        take(table(["n:number"], ["x"], [(["-"], ["1"])]), n="hemligt")
    assert "hemligt" not in str(caught.value)


def test_an_input_outside_its_allowed_values_is_an_error() -> None:
    logic = table(["route"], ["x"], [(["-"], ["1"])]).replace(
        "</inputExpression>", f"</inputExpression>{cell('inputValues', chr(34) + 'sfi' + chr(34))}"
    )
    assert take(logic, route="sfi") == 1
    assert take(logic, route=None) == 1
    with pytest.raises(InputNotAllowed, match="not among those allowed") as caught:
        take(logic, route="hemligt")
    assert "hemligt" not in str(caught.value)


def test_defined_types_are_checked() -> None:
    defined = (
        '<itemDefinition name="tRoutes" isCollection="true"><typeRef>tRoute</typeRef></itemDefinition>'
        f'<itemDefinition name="tRoute"><typeRef>string</typeRef>{cell("allowedValues", ROUTES)}</itemDefinition>'
        '<itemDefinition name="tPerson"><itemComponent name="age"><typeRef>number</typeRef></itemComponent></itemDefinition>'
    )
    taken = model(defined, decision(table(["routes:tRoutes", "person:tPerson"], ["x"], [(["-", "-"], ["count(routes)"])])))
    person: feel.Value = {"age": Decimal(1)}
    assert taken.evaluate("d", {"routes": ["sfi", "work"], "person": person}, NOON).value == 2
    with pytest.raises(InputNotAllowed, match="not among"):
        taken.evaluate("d", {"routes": ["sfi", "x"], "person": person}, NOON)
    with pytest.raises(InputNotAllowed, match="list of string"):
        taken.evaluate("d", {"routes": "sfi", "person": person}, NOON)
    with pytest.raises(InputNotAllowed, match="context"):
        taken.evaluate("d", {"routes": ["sfi"], "person": "p"}, NOON)


def test_an_output_of_another_type_or_value_is_an_error() -> None:
    typed = table(["n"], ["x"], [(["-"], ['"a"'])]).replace('name="x"/>', 'name="x" typeRef="number"/>')
    with pytest.raises(DecisionError, match="rule 1, output 'x': string where number"):
        take(typed, n=None)
    limited = table(["n"], ["x"], [(["-"], ["n"])]).replace('name="x"/>', f'name="x">{cell("outputValues", "1, 2")}</output>')
    assert take(limited, n=Decimal(2)) == 2
    with pytest.raises(DecisionError, match="not among the output's allowed values"):
        take(limited, n=Decimal(3))
    whole = model(decision(table(["n"], ["x"], [(["-"], ["n"])]), variable='<variable name="v" typeRef="boolean"/>'))
    with pytest.raises(DecisionError, match="number, not boolean"):
        whole.evaluate("d", {"n": Decimal(1)}, NOON)


def test_the_explanation_tells_why() -> None:
    rows: Rows = [(["< 16", "-"], ["1"]), (["-", '"sfi"'], ["2"]), (["-", "-"], ["3"]), (["-", "-"], ["4"])]
    logic = table(["age", "route"], ["x"], rows, attributes='hitPolicy="FIRST"')
    logic = logic.replace('<input id="i1">', '<input id="i1" label="Ålder">').replace(
        '<rule id="r3">', '<rule id="r3"><description>Övriga</description>'
    )
    explained = result(logic, age=Decimal("20.5"), route="work").explanation.to_json()
    assert explained == {
        "tables": [
            {
                "decision": "d",
                "name": "Beslut",
                "hitPolicy": "FIRST",
                "inputs": [
                    {"label": "Ålder", "expression": "age", "value": Decimal("20.5")},
                    {"label": "route", "expression": "route", "value": "work"},
                ],
                "matched": [{"id": "r3", "rule": 3, "outputs": {"x": Decimal(3)}, "note": "Övriga"}],
                "refused": [
                    {"id": "r1", "rule": 1, "input": "Ålder", "test": "< 16"},
                    {"id": "r2", "rule": 2, "input": "route", "test": '"sfi"'},
                ],
                "untried": [4],
                "value": Decimal(3),
            }
        ]
    }


def test_an_explanation_is_json_with_dates_as_text() -> None:
    explained = result(table(["day"], ["x"], [(["-"], ["day"])]), day=date(2025, 3, 17)).explanation.to_json()
    assert json.loads(json.dumps(explained))["tables"][0]["value"] == "2025-03-17"


def test_an_explanation_can_always_be_stored() -> None:
    rows: Rows = [(["-", "-"], ["{third: n / 3, range: [1..2], whole: n}"])]
    explained = result(table(["n / 3", "function(a) a"], ["x"], rows), n=Decimal(1)).explanation.to_json()
    (stored,) = json.loads(canonical.dumps(cast("canonical.Json", explained)))["tables"]
    assert stored["value"] == {"third": "0.3333333333333333333333333333333333", "range": "[1..2]", "whole": 1}
    assert [seen["value"] for seen in stored["inputs"]] == ["0.3333333333333333333333333333333333", "function(a)"]


@pytest.mark.parametrize("policy", ["ANY", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "unique"])
def test_other_hit_policies_are_refused_by_name(policy: str) -> None:
    finding = refused(decision(table(["n"], ["x"], [], attributes=f'id="t" hitPolicy="{policy}"')))
    assert (finding.rule, finding.element) == ("dmn-refused", "t")
    assert policy in finding.message


@pytest.mark.parametrize("aggregation", ["COUNT", "MIN", "MAX"])
def test_other_aggregations_are_refused_by_name(aggregation: str) -> None:
    finding = refused(decision(table(["n"], ["x"], [], attributes=f'hitPolicy="COLLECT" aggregation="{aggregation}"')))
    assert finding.rule == "dmn-refused"
    assert aggregation in finding.message


def test_an_aggregation_of_another_policy_or_of_several_outputs_is_refused() -> None:
    assert (
        refused(decision(table(["n"], ["x"], [], attributes='hitPolicy="FIRST" aggregation="SUM"'))).rule == "dmn-aggregation"
    )
    assert (
        refused(decision(table(["n"], ["x", "y"], [], attributes='hitPolicy="COLLECT" aggregation="SUM"'))).rule
        == "dmn-refused"
    )


@pytest.mark.parametrize(
    "logic",
    [
        "literalExpression",
        "context",
        "invocation",
        "list",
        "relation",
        "functionDefinition",
        "conditional",
        "filter",
        "for",
        "every",
        "some",
    ],
)
def test_other_logic_is_refused_by_name(logic: str) -> None:
    finding = refused(decision(f'<{logic} id="l"/>'))
    assert (finding.rule, finding.element, finding.line) == ("dmn-refused", "l", 2)
    assert logic in finding.message


@pytest.mark.parametrize("element", ["businessKnowledgeModel", "decisionService", "import", "somethingNew"])
def test_other_elements_are_refused_by_name(element: str) -> None:
    finding = refused(f'<{element} id="e" name="Ett"/>', decision(table(["n"], ["x"], [])))
    assert (finding.rule, finding.element, finding.name) == ("dmn-refused", "e", "Ett")
    assert element in finding.message


def test_a_knowledge_requirement_is_refused() -> None:
    assert refused(decision('<knowledgeRequirement id="k"/>')).element == "k"


def test_documentation_is_let_through() -> None:
    model(
        "<description>Text</description><knowledgeSource id='k'/><textAnnotation id='t'><text>x</text></textAnnotation>",
        decision("<question>?</question><authorityRequirement/>" + table(["n"], ["x"], [])),
    )


def test_another_expression_language_is_refused() -> None:
    logic = table(["n"], ["x"], [(["-"], ["1"])])
    assert refused(decision(logic.replace("<outputEntry>", '<outputEntry expressionLanguage="juel">'))).rule == "dmn-refused"
    model(
        decision(
            logic.replace("<outputEntry>", '<outputEntry expressionLanguage="https://www.omg.org/spec/DMN/20191111/FEEL/">')
        )
    )


def test_what_is_not_feel_names_table_rule_and_cell() -> None:
    finding = refused(decision(table(["n", "m"], ["x"], [(["1", "1"], ["1"]), (["1", "> >"], ["1"])]), name="Nivå"))
    assert finding.rule == "dmn-expression"
    assert "Nivå, rule 2, cell 'm'" in finding.message
    assert finding.line is not None
    assert "Nivå, rule 1, output x" in refused(decision(table(["n"], ["x"], [(["-"], ["1 +"])]), name="Nivå")).message
    assert "Nivå, input 1" in refused(decision(table(["1 +"], ["x"], []), name="Nivå")).message
    assert "is empty" in refused(decision(table(["n"], ["x"], [(["-"], [""])]))).message


def test_all_broken_cells_are_found_at_once() -> None:
    _, findings = read_decisions(dmn(decision(table(["n"], ["x"], [(["> >"], ["1 +"]), (["("], [")"])]))), name="a.dmn")
    assert [finding.rule for finding in findings] == ["dmn-expression"] * 4


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ((), "dmn-empty"),
        ((decision(""),), "dmn-logic"),
        ((decision(table(["n"], [], [])),), "dmn-output"),
        ((decision(table(["n"], ["x", "x"], [])),), "dmn-output"),
        ((decision(table(["n"], ["x", ""], [])),), "dmn-output"),
        ((decision(table(["n"], ["x"], [(["-", "-"], ["1"])])),), "dmn-rule"),
        ((decision(table(["n"], ["x"], [(["-"], [])])),), "dmn-rule"),
        ((decision(table(["n:tGone"], ["x"], [])),), "dmn-type"),
        ((decision(table(["n"], ["x"], []), variable='<variable name="v" typeRef="tGone"/>'),), "dmn-type"),
        (('<itemDefinition name="t"><typeRef>t</typeRef></itemDefinition>', decision(table(["n"], ["x"], []))), "dmn-type"),
        ((decision(table(["n"], ["x"], []), needs="gone"),), "dmn-requirement"),
        ((decision(table(["n"], ["x"], []), needs="d"),), "dmn-circle"),
        ((decision(table(["n"], ["x"], [])), decision(table(["n"], ["x"], []))), "dmn-id"),
        ((decision(table(["n"], ["x"], [])), decision(table(["n"], ["x"], []), id_="e")), "dmn-name"),
        (("<decision/>",), "dmn-id"),
        ((decision(table(["n"], ["x"], [(["-"], ["1"])] * 2501)),), "dmn-too-large"),
        ((decision("<decisionTable><input/><output/></decisionTable>"),), "dmn-expression"),
    ],
)
def test_mistakes_are_found(content: tuple[str, ...], rule: str) -> None:
    assert refused(*content).rule == rule


def test_a_requirement_in_another_file_is_refused() -> None:
    outside = '<informationRequirement><requiredDecision href="http://localhost:1/x.dmn#d"/></informationRequirement>'
    assert refused(decision(outside + table(["n"], ["x"], []))).rule == "dmn-refused"


def test_a_long_circle_is_found() -> None:
    logic = table(["n"], ["x"], [])
    circle = [decision(logic, id_=f"d{n}", name=f"n{n}", needs=f"d{(n + 1) % 50}") for n in range(50)]
    assert refused(*circle).rule == "dmn-circle"


def test_a_default_of_a_collect_table_is_refused() -> None:
    logic = table(["n"], ["x"], [], attributes='hitPolicy="COLLECT"')
    logic = logic.replace('name="x"/>', f'name="x">{cell("defaultOutputEntry", "1")}</output>')
    assert refused(decision(logic)).rule == "dmn-refused"


def test_bad_xml_and_other_namespaces_are_findings() -> None:
    assert read_decisions(b"<!DOCTYPE a><a/>", name="a.dmn")[1][0].rule == "xml-doctype"
    assert read_decisions(b"<a/>", name="a.dmn")[1][0].rule == "dmn-version"
    assert (
        read_decisions(dmn(namespace="http://www.omg.org/spec/DMN/20151101/dmn.xsd"), name="a.dmn")[1][0].rule == "dmn-version"
    )


@pytest.mark.parametrize(
    "version", ["http://www.omg.org/spec/DMN/20180521/MODEL/", "https://www.omg.org/spec/DMN/20230324/MODEL/"]
)
def test_neighbouring_versions_are_read(version: str) -> None:
    found, findings = read_decisions(dmn(decision(table(["n"], ["x"], [])), namespace=version), name="a.dmn")
    assert (found is not None, findings) == (True, [])


def test_a_greedy_table_is_stopped() -> None:
    greedy = "count(for a in 1..1000, b in 1..1000 return a) > 0"
    with pytest.raises(DecisionError):
        take(table(["n"], ["x"], [([f"{greedy} and ? = 0"], ["1"])] * 2000, attributes='hitPolicy="FIRST"'), n=Decimal(1))
    with pytest.raises(DecisionError):
        take(table(["n"], ["x"], [(["-"], [greedy])] * 2000, attributes='hitPolicy="COLLECT"'), n=Decimal(1))


def test_a_large_table_is_fast_enough() -> None:
    rows: Rows = [([str(n), "-"], [f'"{n}"']) for n in range(1600)]
    taken = model(decision(table(["n", "m"], ["x"], rows)))
    assert taken.evaluate("d", {"n": Decimal(1599), "m": None}, NOON).value == "1599"
