"""The pages about packages and decisions know every key, and their examples are right."""

from __future__ import annotations

import json

import pytest

from engine import dmn, feel
from engine.data_schema import read_data_schema
from engine.definition import Bundle, Package
from engine.demo import check_demos, read_demos
from engine.dmn.model import HitPolicy
from engine.form.ui import WIDGETS
from engine.register.read import _MEMBERS as REGISTER_KEYS
from engine.schema import read_schema
from engine.schema.keywords import KEYWORDS
from engine.schema.temporal import KNOWN_FORMATS
from engine.source import is_object, read_json, read_yaml

from .pages import blocks, code, page, rows, section

TEXT = page("reference/packages.md")
DECISIONS = page("reference/dmn.md")


def test_every_keyword_and_format_of_schemas_is_told() -> None:
    keywords, formats = section(TEXT, "## JSON Schema").split("- Formats:")
    assert set(code(keywords)) - {"x-"} == KEYWORDS
    assert set(code(formats.split(".")[0])) == KNOWN_FORMATS


def test_every_widget_is_told() -> None:
    told = next(cells for cells in rows(section(TEXT, "### ui.json")) if cells[0] == "`ui:widget`")
    assert set(code(told[1])) == WIDGETS


def test_every_key_of_a_register_is_told() -> None:
    told = {name for cells in rows(section(TEXT, "## Registers")) for name in code(cells[0]) if "." not in name}
    assert told == REGISTER_KEYS


def test_the_register_is_an_example_with_keys_that_exist() -> None:
    value, findings = read_yaml(blocks(section(TEXT, "## Registers"), "yaml")[0].encode(), name="register.yaml")
    assert findings == []
    assert is_object(value)
    assert set(value) <= REGISTER_KEYS


def test_the_demonstration_is_read() -> None:
    source = blocks(section(TEXT, "### demo.yaml"), "yaml")[0].encode()
    bundle = Bundle((Package("process", "purchase", {"demo.yaml": source, "scenarios/large.yaml": b""}),))
    assert check_demos(bundle) == []
    assert [account.name for account in read_demos(bundle)[0].accounts] == ["mona", "ada"]


def test_the_data_schema_is_right_but_for_the_form_that_is_not_here() -> None:
    source = blocks(section(TEXT, "### data.schema.json"), "json")[0].encode()
    _, findings = read_data_schema(source, {})
    assert [(finding.rule, finding.element) for finding in findings] == [("data-form", "plan")]


def test_the_wrong_example_has_the_members_that_one_must_have() -> None:
    example = json.loads(blocks(section(TEXT, "### examples/invalid"), "json")[0])
    assert set(example) == {"why", "paths", "submission"}


def test_the_schema_of_the_how_to_is_right() -> None:
    value, findings = read_json(blocks(page("how-to/add-a-form.md"), "json")[0].encode(), name="schema.json")
    assert findings == []
    assert read_schema(value, name="schema.json")[1] == []


@pytest.mark.parametrize(("amount", "level"), [("999", "none"), ("1000", "manager")])
def test_the_decision_decides(amount: str, level: str) -> None:
    model, findings = dmn.read_decisions(blocks(DECISIONS, "xml")[0].encode(), name="level.dmn")
    assert findings == []
    assert model is not None
    scope = {"amount": feel.compile_expression(amount).evaluate({}, feel.Environment())}
    result = model.evaluate("approval-level", scope, feel.Environment())
    assert result.value == level
    table = section(DECISIONS, "## Explanations")
    told = {name for cells in rows(table) for name in code(cells[0])}
    (explained,) = json.loads(json.dumps(result.explanation.to_json(), default=str))["tables"]
    assert set(explained) == told


def test_a_decision_may_call_a_function() -> None:
    model, findings = dmn.read_decisions(blocks(DECISIONS, "xml")[1].encode(), name="travel.dmn")
    assert findings == []
    assert model is not None
    trips = feel.compile_expression("[{zones: 1}, {zones: 3}]").evaluate({}, feel.Environment())
    assert model.evaluate("cost", {"trips": trips}, feel.Environment()).value == 80


def test_every_hit_policy_is_told() -> None:
    assert {code(cells[0])[0] for cells in rows(section(DECISIONS, "## Hit policies"))} == set(HitPolicy)
