"""Expressions are checked against the types of the case's data where they stand."""

from __future__ import annotations

import pytest

from engine.bpmn import Surroundings, check_process
from engine.data_schema import DataSchema, read_data_schema
from engine.finding import Finding
from tests.bpmn.diagrams import (
    boundary,
    call,
    catch,
    conditional,
    end,
    loop,
    message,
    read,
    script,
    send,
    service,
    standard_loop,
    start,
    sub,
    task,
    throw,
    timer,
    user,
    xor,
)

SCHEMA = b"""{
  "type": "object",
  "properties": {
    "age": {"type": "integer"},
    "name": {"type": ["string", "null"]},
    "status": {"type": "string", "enum": ["unemployed", "studying"]},
    "endDate": {"type": "string", "format": "date"},
    "either": {"anyOf": [{"type": "string"}, {"type": "number"}]},
    "plan": {
      "type": "object", "additionalProperties": false,
      "properties": {"goal": {"type": "string"}, "until": {"type": "string", "format": "date"}}
    },
    "people": {
      "type": "array",
      "items": {
        "type": "object", "additionalProperties": false, "properties": {"name": {"type": "string"}, "age": {"type": "number"}}
      }
    },
    "free": {}
  },
  "$defs": {"message:ping": {"type": "object", "properties": {"on": {"type": "string", "format": "date"}}}}
}"""


def schema() -> DataSchema:
    found, findings = read_data_schema(SCHEMA, {})
    assert findings == []
    assert found is not None
    return found


def found(*parts: str) -> list[Finding]:
    model, findings = read(*parts)
    findings += check_process(model, "p", Surroundings(schema()), file="process.bpmn")
    return [finding for finding in findings if finding.rule.startswith(("feel-", "unknown-name"))]


def told(*parts: str) -> list[tuple[str, str, str]]:
    return [(one.rule, one.element, one.message) for one in found(*parts)]


def test_a_condition_is_checked_with_element_expression_column_and_remedy() -> None:
    (finding,) = found(start(), xor("g"), task("a"), task("b"), "s > g", 'g > [endDate < "2025-01-01"] a', "g > b")
    assert (finding.rule, finding.element, finding.is_error) == ("feel-type", "g-a", True)
    assert finding.message == "The condition: Cannot compare date with string (column 9)."
    assert finding.remedy == 'Write @"2025-01-01".'
    assert (finding.file, finding.line) == ("process.bpmn", 1)


def test_a_condition_must_be_true_or_false() -> None:
    (finding,) = told(start(), xor("g"), task("a"), task("b"), "s > g", "g > [age] a", "g > b")
    assert finding == ("feel-type", "g-a", "The condition: What stands here needs boolean, not number (column 1).")


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (script("a", "{free: age + name}"), "The script: '+' does not work on number and string (column 12)."),
        (script("a", "age"), "The script: What stands here needs context, not number (column 1)."),
        (user("a", due="= age"), "`due`: What stands here needs date or date and time or"),
        (user("a", assignee="= age"), "`assignee`: What stands here needs string, not number (column 1)."),
        (user("a", priority="= endDate"), "`priority`: What stands here needs number or string, not date (column 1)."),
        (user("a", followUp="= endDate + 5"), "`followUp`: '+' does not work on date and number (column 9)."),
        (catch("a", timer("timeDate", "= people")), "The timer: What stands here needs date or date and time or"),
        (service("a", "register.create", {"entry": "-name"}), "The input `entry`: '-' does not work on string (column 1)."),
        (call("a", "p", {"age": "trim(age)"}), "The input `age`: trim: 'string' must be string, not number (column 1)."),
        (user("a", loop("age")), "The loop's collection: What stands here needs list, not number (column 1)."),
        (
            user("a", loop("people", "person", "free", "person.age + person.name")),
            "What each round gives: '+' does not work on number and string (column 12).",
        ),
        (
            user("a", loop("people", until="numberOfInstances")),
            "The completion condition: What stands here needs boolean, not number (column 1).",
        ),
        (catch("a", conditional("age")), "The condition: What stands here needs boolean, not number (column 1)."),
        (user("a", standard_loop("loopCounter")), "The loop condition: What stands here needs boolean, not number (column 1)."),
        (throw("a", send("m", free="age + name")), "The input `free`: '+' does not work on number and string (column 5)."),
        (user("a", loop("people", until='loopCounter = "a"')), "The completion condition uses `loopCounter`"),
        (user("a", due='= case.startedAt < "2025"'), "`due`: Cannot compare date and time with string (column 16)."),
    ],
)  # fmt: skip
def test_each_expression_of_a_step_is_checked(part: str, message: str) -> None:
    first = found(start(), part, end(), "s > a > e")[0]
    assert first.message.startswith(message)
    assert first.is_error
    assert first.element == "a"


def test_what_a_message_brings_is_of_the_type_that_its_schema_says() -> None:
    findings = told(start(), catch("a", message("m", free='on < "x"')), end(), "s > a > e")
    assert [(rule, element) for rule, element, _ in findings] == [("feel-type", "a")]


def test_a_member_that_is_never_there_is_a_warning_and_told_once() -> None:
    (finding,) = found(start(), script("a", "{free: people[1].nmae}"), end(), "s > a > e")
    assert (finding.rule, finding.is_error) == ("feel-member", False)
    assert finding.remedy == "Did you mean 'name'?"
    assert [one.rule for one in found(start(), script("a", "{free: plan.gaol}"), end(), "s > a > e")] == ["unknown-name"]
    (finding,) = found(start(), script("a", "{free: people[agge > 3]}"), end(), "s > a > e")
    assert (finding.rule, finding.remedy) == ("feel-member", "Did you mean 'age'?")


def test_a_text_that_a_value_never_is_is_a_warning() -> None:
    (finding,) = found(start(), script("a", '{free: status = "unemployd"}'), end(), "s > a > e")
    assert (finding.rule, finding.is_error, finding.remedy) == ("feel-value", False, "Did you mean 'unemployed'?")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{endDate: "2025-01-01"}', "The script writes string to `endDate`, which is declared date."),
        ('{"plan.goal": 5}', "The script writes number to `plan.goal`, which is declared string."),
    ],
)
def test_a_value_of_another_type_than_declared_is_a_warning_where_it_is_written(text: str, message: str) -> None:
    (finding,) = found(start(), script("a", text), end(), "s > a > e")
    assert (finding.rule, finding.is_error, finding.message) == ("feel-written", False, message)


@pytest.mark.parametrize(
    "part",
    [
        script("a", '{free: free + 1, name: free, age: either, endDate: null, "plan.until": endDate}'),
        script("a", "{free: either + 1}"),
        script("a", "{free: people.name}"),
        script("a", "{free: (for p in people return p.age)[1] + age}"),
        user("a", due='= endDate + duration("P14D")', assignee="= name", priority="= age"),
        user("a", loop("people", "person", "free", "person.extra"), due="= person.until"),
        user("a", loop("people", "people", "free", "people.age + 1")),
        sub("a", start("i"), script("k", "{free: age + name}"), "i > k", local=("age",)),
        boundary("a2", "a", timer("timeDuration", "= endDate")) + user("a"),
    ],
)
def test_what_may_be_right_is_not_told(part: str) -> None:
    assert told(start(), part, end(), "s > a > e") == []
