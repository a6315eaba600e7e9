"""Which names the expressions of an element may read."""

from __future__ import annotations

from engine.bpmn import Scope, Surroundings, scope_of
from engine.data_schema import read_data_schema
from tests.bpmn.diagrams import call, catch, loop, message, read, service, start, task, xor

SCHEMA = b"""{
  "type": "object",
  "properties": {
    "age": {"type": "integer"},
    "people": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}}
  },
  "$defs": {"message:ping": {"type": "object", "properties": {"on": {}}}}
}"""


def at(element: str, *parts: str) -> Scope:
    model, _ = read(*parts)
    schema, _ = read_data_schema(SCHEMA, {})
    assert schema is not None
    return scope_of(model, element, Surroundings(schema, calls={"other": frozenset({"outcome"})}))


def test_the_case_is_read_everywhere() -> None:
    names = at("p", start(), task("a"), "s > a").names
    assert set(names) == {"age", "people", "case"}
    assert names["age"].kind == "number"


def test_a_flow_reads_what_the_element_before_it_does() -> None:
    parts = (start(), xor("g"), task("a"), task("b"), "s > g", "g > [age > 3] a", "g > b")
    assert set(at("g-a", *parts).names) == {"age", "people", "case"}


def test_a_round_has_its_item_and_number() -> None:
    names = at("a", start(), task("a", loop("people", "one")), "s > a").names
    assert names["loopCounter"].kind == "number"
    assert set(names["one"].members) == {"name"}


def test_what_takes_over_an_answer_reads_that_too() -> None:
    assert set(at("a", start(), service("a", "register.get", {}), "s > a").answer) == {"result"}
    assert set(at("a", start(), call("a", "other"), "s > a").answer) == {"outcome"}
    assert set(at("a", start(), catch("a", message("m")), "s > a").answer) == {"on"}
    assert at("s", start(), task("a"), "s > a").answer == {}
