from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import cast

import pytest

from engine import canonical
from engine.data_schema import DataSchema, UnknownName, read_data_schema, restore_data_schema, stored_data_schema
from engine.form import Form, read_form
from engine.schema import narrowed

FORM = {
    "$id": "form:plan",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "goal": {"type": "string"},
        "until": {"$ref": "#/$defs/day"},
        "steps": {
            "type": "array",
            "items": {"type": "object", "additionalProperties": False, "properties": {"what": {"type": "string"}}},
        },
    },
    "if": {"required": ["goal"]},
    "then": {"required": ["until"]},
    "$defs": {"day": {"type": "string", "format": "date"}},
}
DATA = {
    "type": "object",
    "properties": {
        "personId": {"type": "string", "x-register": "persons", "x-list": True},
        "endDate": {"type": "string", "format": "date", "x-list": True},
        "plan": {"x-form": "plan", "description": "den gemensamma planen"},
        "move": {"$ref": "#/$defs/move"},
        "free": {},
    },
    "$defs": {
        "move": {"type": "object", "additionalProperties": False, "properties": {"toOffice": {"type": "string"}}},
        "message:client-moves": {
            "type": "object",
            "required": ["toOffice"],
            "properties": {"toOffice": {"$ref": "#/$defs/name"}, "on": {"format": "date"}},
        },
        "name": {"type": "string", "minLength": 2},
    },
}


def plan_form() -> Form:
    texts = {"title": "Plan", "fields": {key: {"label": key} for key in ("goal", "until", "steps", "steps[].what")}}
    files = {"schema.json": FORM, "ui.json": {}, "texts.sv.json": texts, "texts.en.json": texts, "examples/a.json": {}}
    form, findings = read_form("plan", {name: json.dumps(value).encode() for name, value in files.items()})
    assert findings == []
    assert form is not None
    return form


def data(**changed: object) -> DataSchema:
    schema, findings = read_data_schema(json.dumps({**DATA, **changed}).encode(), {"plan": plan_form()})
    assert findings == []
    assert schema is not None
    return schema


def rules(properties: dict[str, object]) -> list[tuple[str, str]]:
    source = json.dumps({"type": "object", "properties": properties}).encode()
    schema, findings = read_data_schema(source, {"plan": plan_form()})
    assert schema is None
    return [(finding.rule, finding.element) for finding in findings]


def test_names_and_lists() -> None:
    assert data().names == ("personId", "endDate", "plan", "move", "free")
    assert data().list_names == ("personId", "endDate")


def test_no_file_declares_nothing() -> None:
    schema, findings = read_data_schema(b"", {})
    assert findings == []
    assert schema is not None
    assert schema.names == ()


def test_types_of_paths() -> None:
    schema = data()
    paths = {
        ("personId",): "string",
        ("endDate",): "date",
        ("plan",): "object",
        ("plan", "until"): "date",
        ("plan", "steps"): "list",
        ("plan", "steps", "what"): "string",
        ("move", "toOffice"): "string",
        ("free",): "any",
        ("gone",): None,
        ("plan", "gone"): None,
    }
    assert {path: schema.type_of_path(path) for path in paths} == paths


def test_case_data_is_typed_through_forms() -> None:
    values = data().typed({"endDate": "2025-03-17", "plan": {"until": "2025-04-01", "n": 1}, "free": 1.5})
    assert values == {
        "endDate": date(2025, 3, 17),
        "plan": {"until": date(2025, 4, 1), "n": Decimal(1)},
        "free": Decimal("1.5"),
    }


def test_unknown_names_get_the_nearest() -> None:
    paths = [
        ("endDate",),
        ("endDat",),
        ("endDate", "year"),
        ("plan", "goal"),
        ("plan", "gaol"),
        ("plan", "steps", "wath"),
        ("free", "anything", "at all"),
        ("personId", "name"),
        ("case", "id"),
        ("signer", "name"),
    ]
    assert data().check_names(paths, also={"case", "signer"}) == [
        UnknownName(("endDat",), "endDate"),
        UnknownName(("personId", "name"), ""),
        UnknownName(("plan", "gaol"), "goal"),
        UnknownName(("plan", "steps", "wath"), "what"),
    ]


def test_binding_a_form_at_the_top_declares_its_fields() -> None:
    bound = data().bind(plan_form())
    assert bound.names == (*data().names, "goal", "until", "steps")
    assert bound.type_of_path(("until",)) == "date"
    assert data().names == ("personId", "endDate", "plan", "move", "free")


def test_binding_a_form_at_a_path_adds_to_what_is_there() -> None:
    bound = data().bind(plan_form(), ("move",)).bind(plan_form(), ("extra", "inner"))
    assert bound.type_of_path(("move", "toOffice")) == "string"
    assert bound.type_of_path(("move", "until")) == "date"
    assert bound.type_of_path(("extra", "inner", "until")) == "date"


def test_messages_are_checked_and_typed() -> None:
    message = data().message_schema("client-moves")
    assert message is not None
    assert [problem.path for problem in message.check({"toOffice": "x"})] == ["/toOffice"]
    (problem,) = message.check({})
    assert problem.text_sv == "Fyll i toOffice."
    assert message.typed({"toOffice": "norr", "on": "2025-03-17"}) == {"toOffice": "norr", "on": date(2025, 3, 17)}
    assert data().message_schema("other") is None


def test_data_from_outside_is_checked() -> None:
    strict = data(required=["personId"])
    assert strict.check({"endDate": "2025-03-17"}) == []
    assert {(problem.path, problem.keyword) for problem in strict.check({"endDate": 3, "gone": 1, "plan": {"goal": 1}})} == {
        ("/endDate", "type"),
        ("/gone", "additionalProperties"),
        ("/plan/goal", "type"),
        ("/plan/until", "required"),
    }


def test_mistakes_are_found() -> None:
    assert rules({"case": {}}) == [("data-name", "case")]
    assert rules({"end-date": {}}) == [("data-name", "end-date")]
    assert rules({"a": {"x-form": "plann"}}) == [("data-form", "a")]
    assert rules({"a": {"type": "object", "x-list": True}}) == [("data-list", "a")]
    assert rules({"a": {"$ref": "http://localhost/x"}}) == [("schema-reference", "/properties/a")]
    assert read_data_schema(b'{"type": "array"}', {})[1][0].rule == "data-shape"
    assert read_data_schema(b"{", {})[1][0].rule == "json-broken"


def test_a_stored_data_schema_comes_back_as_it_was() -> None:
    before = data(properties={**cast("dict[str, object]", DATA["properties"]), "hours": {"type": "number", "minimum": 0.5}})
    stored = canonical.loads(canonical.dumps(stored_data_schema(before)))
    after = restore_data_schema(stored)
    assert set(after.names) == set(before.names)
    assert after.document == before.document
    assert [problem.keyword for problem in after.check({"hours": Decimal("0.4")})] == ["minimum"]
    message = after.message_schema("client-moves")
    assert message is not None
    assert message.typed({"on": "2025-03-17"}) == {"on": date(2025, 3, 17)}


TEXT: dict[str, object] = {"type": "string"}
LEVELS: dict[str, object] = {"type": "string", "enum": ["low", "high"]}
MORE: dict[str, object] = {"type": "string", "enum": ["high", "none"]}


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ({"anyOf": [TEXT, LEVELS]}, LEVELS),
        ({"anyOf": [{"anyOf": [TEXT, LEVELS]}, MORE], "x-list": True}, {"type": "string", "enum": ["low", "high", "none"]}),
        ({"anyOf": [TEXT, {"type": "string", "format": "date"}]}, {"type": "string", "format": "date"}),
        ({"anyOf": [LEVELS, TEXT]}, {"anyOf": [LEVELS, TEXT]}),
        ({"anyOf": [TEXT, LEVELS, TEXT]}, {"anyOf": [TEXT, LEVELS, TEXT]}),
        ({"anyOf": [TEXT, {"type": "number"}]}, {"anyOf": [TEXT, {"type": "number"}]}),
        (TEXT, TEXT),
    ],
)
def test_a_correction_has_the_narrowest_of_what_forms_allow(declared: dict[str, object], expected: dict[str, object]) -> None:
    found = narrowed(declared)
    assert {name: said for name, said in found.items() if name != "x-list"} == expected
    inner: dict[str, object] = {"type": "object", "properties": {"level": declared}}
    assert narrowed(inner)["properties"] == {"level": found}


def test_what_a_form_says_about_a_member_of_a_declared_object_holds_for_corrections() -> None:
    end = {"type": "object", "properties": {"level": TEXT, "note": TEXT}}
    bound = {"type": "object", "properties": {"level": LEVELS}}
    schema = DataSchema({"type": "object", "properties": {"end": {"anyOf": [end, bound]}}})
    assert schema.check({"end": {"level": "zzz"}}) == []
    assert schema.check_correction({"end": {"level": "zzz"}}) != []
    assert schema.check_correction({"end": {"level": "low", "note": "n"}}) == []


TEXTS = {
    "sv": {"fields": {"move.toOffice": {"label": "Vart?"}, "plan.goal": {"label": "Planens mål"}}},
    "en": {"fields": {"move.toOffice": {"label": "Where to?"}}},
}


def test_texts_of_data_are_kept_with_those_of_the_forms_that_names_are_of() -> None:
    schema = restore_data_schema(canonical.loads(canonical.dumps(stored_data_schema(data(**{"x-texts": TEXTS})))))
    texts = cast("dict[str, dict[str, dict[str, object]]]", schema.document["x-texts"])
    assert texts["sv"]["fields"]["move.toOffice"] == {"label": "Vart?"}
    assert texts["en"]["fields"]["move.toOffice"] == {"label": "Where to?"}
    assert texts["sv"]["fields"]["plan.goal"] == {"label": "Planens mål"}, "what the data schema says comes first"
    assert texts["en"]["fields"]["plan.goal"] == {"label": "goal"}


@pytest.mark.parametrize(
    ("texts", "rule"),
    [
        ([], "texts-shape"),
        ({"sv": []}, "texts-shape"),
        ({"de": {}}, "texts-shape"),
        ({"sv": {"fields": {"endDate": {"label": 1}}}}, "texts-shape"),
        ({"sv": {"fields": {"endDat": {"label": "Slut"}}}}, "texts-orphan"),
    ],
)
def test_texts_of_data_that_are_wrong_are_told(texts: object, rule: str) -> None:
    schema, findings = read_data_schema(json.dumps({**DATA, "x-texts": texts}).encode(), {"plan": plan_form()})
    assert [(one.rule, one.file) for one in findings] == [(rule, "data.schema.json")]
    assert (schema is None) == (rule == "texts-shape")
