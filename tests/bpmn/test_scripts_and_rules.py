"""Script, business-rule and service tasks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from engine.handlers import CaseMove, CaseStart, MessageSend, RegisterWrite
from engine.history import EventType
from engine.ids import UnitId, UserId
from tests.bpmn.diagrams import end, process, read, rule, script, service, start, user, xor
from tests.bpmn.driver import Driver

ROUTE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:test">
<inputData id="x-data" name="x"/>
<decision id="route" name="route">
<informationRequirement><requiredInput href="#x-data"/></informationRequirement>
<decisionTable id="t" hitPolicy="UNIQUE">
<input id="i"><inputExpression id="ie"><text>x</text></inputExpression></input><output id="o" name="route"/>
<rule id="r1"><inputEntry id="r1i"><text>&lt; 10</text></inputEntry>
<outputEntry id="r1o"><text>"near"</text></outputEntry></rule>
<rule id="r2"><inputEntry id="r2i"><text>&gt;= 10</text></inputEntry>
<outputEntry id="r2o"><text>x / 3</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


def one(host: str, rules: bytes = b"") -> Driver:
    return Driver(process(start(), host, user("b"), end(), "s > a > b > e", rules=rules))


def test_a_script_writes_each_member() -> None:
    case = one(script("a", '{x: x + 1, "plan.version": 2, y: null}')).start(x=1, y=5, plan={"text": "t"})
    assert case.values == {"x": 2, "y": None, "plan": {"text": "t", "version": 2}}


def test_a_script_sees_the_data_as_they_were() -> None:
    assert one(script("a", "{x: 2, y: x}")).start(x=1).values == {"x": 2, "y": 2}


def test_a_script_that_fails_writes_nothing() -> None:
    case = one(script("a", "{x: 2, y: who + 1}")).start(x=1, who="text")
    assert case.values == {"x": 1, "who": "text"}
    assert case.incident("a").kind == "expression-failed"
    assert case.correct(who=3).retry().values == {"x": 2, "y": 4, "who": 3}
    assert case.paths == ["b"]


def test_a_script_that_gives_no_context_is_an_incident() -> None:
    assert "not a context" in one(script("a", "x")).start(x=1).incident("a").message


def test_a_half_written_script_is_undone() -> None:
    case = one(script("a", '{x: 2, "who.name": 1}')).start(x=1, who="text")
    assert case.values == {"x": 1, "who": "text"}
    assert case.incident("a").kind == "cannot-write"
    assert [told for name, _, told in case.payloads if name == "data-changed" and "x" in str(told)][1:] == []


def test_what_cannot_be_kept_is_an_incident() -> None:
    assert one(script("a", "{x: [1..2]}")).start().incident("a").kind == "cannot-write"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"plan.deep": 1}', "`plan.deep` cannot be written: a name on the way holds a string, not a context."),
        ("{x: [1..3]}", "`x` cannot be kept: a range cannot be stored."),
        ("{x: function(y) y}", "`x` cannot be kept: a function cannot be stored."),
    ],
)
def test_what_cannot_be_written_is_told_in_words_of_feel(text: str, told: str) -> None:
    assert one(script("a", text)).start(plan="text").incident("a").message == f"a: {told}"


def test_data_that_grow_too_deep_are_an_incident() -> None:
    deeper = (start(), xor("m"), script("a", "{x: [x]}"), end(), "s > m > a > m")
    case = Driver(process(*deeper)).start(x=1)
    assert case.incident("a").kind in ("cannot-write", "expression-failed")


def test_numbers_of_34_digits_are_kept() -> None:
    assert str(one(script("a", "{x: 1 / 3}")).start().values["x"]) == "0." + 34 * "3"


def test_a_script_in_another_language_is_refused() -> None:
    _, findings = read(start(), script("a", "{}").replace("<scriptTask ", '<scriptTask scriptFormat="python" '), "s > a")
    assert [(one.rule, one.element) for one in findings if one.is_error] == [("script-language", "a")]


def test_a_script_task_without_a_script_is_refused() -> None:
    _, findings = read(start(), '<scriptTask id="a"/>', "s > a")
    assert [(one.rule, one.element, one.line) for one in findings if one.is_error] == [("no-script", "a", 1)]


def test_a_decision_writes_its_result_and_explains_it() -> None:
    case = one(rule("a", "route", "got"), ROUTE).start(x=3)
    assert case.values["got"] == "near"
    (told,) = [payload for name, _, payload in case.payloads if name == EventType.DECISION_EVALUATED.value]
    assert (told["decision"], told["file"]) == ("route", "rules.dmn")
    assert told["explanation"]["tables"][0]["matched"][0]["rule"] == 1


def test_a_decision_is_told_with_the_words_of_the_data_schema_and_of_its_columns() -> None:
    texts = {"sv": {"fields": {"got.how": {"label": "Hur", "options": {"near": "nära", "far": "långt"}}}}}
    columns = b'<output name="how" label="How"/><output name="far" label="So far"/>'
    table = ROUTE.replace(b'<output id="o" name="route"/>', columns)
    for entry in (b'"near"', b"x / 3"):
        cell = b"<text>%s</text></outputEntry>" % entry
        table = table.replace(cell, cell + b"<outputEntry><text>1</text></outputEntry>")
    drawn = process(start(), rule("a", "route", "got"), user("b"), end(), "s > a > b > e", rules=table)
    schema = replace(drawn.data_schema, document={**drawn.data_schema.document, "x-texts": texts})
    case = Driver(replace(drawn, data_schema=schema)).start(x=3)
    (told,) = [payload for name, _, payload in case.payloads if name == EventType.DECISION_EVALUATED.value]
    assert told["words"] == {
        "sv": {"how": {"label": "Hur", "options": {"near": "nära"}}, "far": {"label": "So far"}},
        "en": {"how": {"label": "How"}, "far": {"label": "So far"}},
    }


def test_a_decision_with_a_long_number_is_kept_and_told() -> None:
    case = one(rule("a", "route", "got"), ROUTE).start(x=10)
    assert str(case.values["got"]).startswith("3.33333333333333333333")


def test_a_decision_that_fails_is_an_incident_and_can_be_retried() -> None:
    case = one(rule("a", "route", "got"), ROUTE).start(x="text")
    assert case.incident("a").kind == "decision-failed"
    assert "got" not in case.values
    assert case.correct(x=1).retry().values["got"] == "near"


def test_a_decision_that_is_not_there_is_an_incident() -> None:
    assert one(rule("a", "other", "got"), ROUTE).start(x=1).incident("a").kind == "decision-failed"


def test_a_rule_task_without_decision_is_refused() -> None:
    _, findings = read(start(), '<businessRuleTask id="a"/>', "s > a")
    assert [one.rule for one in findings] == ["missing-attribute", "missing-attribute"]


def test_an_entry_is_created_and_found_within_the_step() -> None:
    create = service("a", "register.create", {"register": '"rooms"', "entry": "{floor: x}"}, {"got": "result.id"})
    find = service("c", "register.find", {"register": '"rooms"', "where": "{floor: x}"}, {"list": "result.id"})
    case = Driver(process(start(), create, find, end(), "s > a > c > e")).start(x=2)
    assert case.values["list"] == [case.values["got"]]
    assert case.effects == [RegisterWrite("rooms", "new-0", {"id": "new-0", "floor": Decimal(2)}, is_new=True)]


def test_an_entry_is_read_and_updated() -> None:
    get = service("a", "register.get", {"register": '"rooms"', "key": '"r1"'}, {"got": "result.floor"})
    put = service("c", "register.update", {"register": '"rooms"', "key": '"r1"', "changes": "{floor: 9}"})
    case = Driver(process(start(), get, put, end(), "s > a > c > e"))
    case.registers.entries["r1"] = {"id": "r1", "floor": Decimal(4)}
    assert case.start().values["got"] == 4
    assert case.effects == [RegisterWrite("rooms", "r1", {"id": "r1", "floor": Decimal(9)}, is_new=False)]


def test_a_handler_that_fails_leaves_no_effect_and_can_be_retried() -> None:
    case = one(service("a", "register.create", {"register": '"rooms"', "entry": "plan"})).start(plan={"x": 1})
    assert (case.incident("a").kind, case.effects) == ("handler-failed", [])
    assert case.correct(plan={"floor": 1}).retry().paths == ["b"]
    assert len(case.effects) == 1


def test_an_output_that_fails_takes_the_effect_back() -> None:
    written = service("a", "register.create", {"register": '"rooms"', "entry": "plan"}, {"x": "result.floor + who"})
    case = one(written).start(plan={"floor": 1}, who="text")
    assert (case.incident("a").kind, case.effects) == ("expression-failed", [])
    case.correct(who=1).retry()
    assert (len(case.effects), case.values["x"]) == (1, 2)


@pytest.mark.parametrize("input_", ["[1..2]", "function(a) a"])
def test_an_input_that_cannot_be_kept_is_an_incident(input_: str) -> None:
    sent = service("a", "case.message", {"name": '"n"', "key": "{k: 1}", "payload": "{x: " + input_ + "}"})
    assert one(sent).start().incident("a").kind == "cannot-write"


def test_the_case_is_moved_started_and_messaged() -> None:
    parts = (
        service("a", "case.transfer", {"unit": '"north"', "keepResponsible": "true"}, {"x": "result.unit"}),
        service("b", "case.assign", {"user": '"coach-2"'}),
        service("c", "case.start", {"process": '"other"', "data": "{x: 1}"}),
        service("d", "case.message", {"name": '"hello"', "key": "{k: 1}", "payload": "{y: 2}"}),
    )
    case = Driver(process(start(), *parts, end(), "s > a > b > c > d > e")).start()
    assert case.values["x"] == "north"
    assert case.effects == [
        CaseMove(UnitId("north"), None, keep_responsible=True),
        CaseMove(None, UserId("coach-2")),
        CaseStart("other", {"x": Decimal(1)}),
        MessageSend("hello", {"k": Decimal(1)}, {"y": Decimal(2)}),
    ]


@pytest.mark.parametrize("text", ['{x: __import__("os")}', '{x: open("f")}', "{x: lambda: 1}"])
def test_a_diagram_is_never_python(text: str) -> None:
    _, findings = read(start(), script("a", text), "s > a")
    assert [(one.rule, one.element) for one in findings] == [("bad-expression", "a")]


@pytest.mark.parametrize(
    ("handler", "inputs", "names"),
    [
        ("case.transfer", {"unit": "where"}, {"where": "nowhere"}),
        ("case.assign", {"unit": "where"}, {"where": "nowhere"}),
        ("case.assign", {"user": "where"}, {"where": "nobody"}),
        ("case.start", {"process": '"other"', "data": "{}", "unit": "where"}, {"where": "nowhere"}),
    ],
)
def test_a_case_is_never_moved_where_nobody_sees_it(handler: str, inputs: dict[str, str], names: dict[str, Any]) -> None:
    case = one(service("a", handler, inputs)).start(**names)
    assert case.incident("a").kind == "handler-failed"
    assert names["where"] not in case.incident("a").message
    assert case.effects == []


@pytest.mark.parametrize(
    "text", ['context put({}, "case", 1)', 'context put({}, "a..b", 1)', 'context put({}, "", 1)', 'context put({}, "x y", 1)']
)
def test_a_script_writes_only_to_paths_of_names(text: str) -> None:
    case = one(script("a", text)).start()
    assert case.incident("a").kind == "cannot-write"
