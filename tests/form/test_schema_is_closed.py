from __future__ import annotations

import json
from decimal import Decimal
from typing import cast

import pytest

from engine import canonical
from engine.schema import Breach, Schema, compile_schema, fields_of, read_schema
from engine.source import read_json


def read(definition: object) -> Schema:
    schema, findings = read_schema(definition, name="schema.json")
    assert findings == []
    assert schema is not None
    return schema


def refused(definition: object) -> list[str]:
    schema, findings = read_schema(definition, name="schema.json")
    assert schema is None
    assert all(finding.is_error and finding.remedy and finding.file == "schema.json" for finding in findings)
    return [finding.rule for finding in findings]


@pytest.mark.parametrize("value", [None, True, [], "x", 1])
def test_a_schema_is_an_object(value: object) -> None:
    assert refused(value) == ["schema-shape"]


@pytest.mark.parametrize(
    "definition",
    [{"type": "strin"}, {"properties": []}, {"required": "a"}, {"minLength": -1}, {"properties": {"a": {"enum": 3}}}],
)
def test_what_the_standard_does_not_allow_is_refused(definition: dict[str, object]) -> None:
    assert refused(definition) == ["schema-invalid"]


def test_another_dialect_is_refused() -> None:
    assert refused({"$schema": "http://json-schema.org/draft-07/schema#"}) == ["schema-dialect"]


@pytest.mark.parametrize(
    "reference",
    [
        "http://localhost:1/x.json",
        "https://example.org/x",
        "file:///etc/passwd",
        "//example.org/x",
        "other.json#/$defs/a",
        "#anchor",
        "#",
        "#/$defs/nothing",
        "#/properties/a/enum/0",
        "urn:x",
        "",
    ],
)
def test_a_reference_leads_to_a_place_in_the_same_file(reference: str) -> None:
    assert refused({"properties": {"a": {"enum": [{"type": "string"}]}, "b": {"$ref": reference}}}) == ["schema-reference"]


@pytest.mark.parametrize("keyword", ["$dynamicRef", "$anchor", "$dynamicAnchor", "$vocabulary", "contentSchema", "requried"])
def test_an_unknown_keyword_is_refused(keyword: str) -> None:
    value: object = {} if keyword in {"$vocabulary", "contentSchema"} else "#a" if keyword == "$dynamicRef" else "a"
    assert refused({keyword: value}) == ["schema-keyword"]


def test_a_misspelt_keyword_gets_a_suggestion() -> None:
    _, (finding,) = read_schema({"properties": {"a": {"requird": ["b"]}}}, name="schema.json")
    assert "'required'" in finding.remedy
    assert finding.element == "/properties/a"


def test_notes_of_our_own_are_kept() -> None:
    read({"properties": {"a": {"type": "string", "x-register": "persons", "x-list": True}}})


def test_an_id_inside_the_schema_is_refused() -> None:
    assert refused({"properties": {"a": {"$id": "http://localhost/x"}}}) == ["schema-id"]


@pytest.mark.parametrize(
    "pattern",
    ["(?=a)b", "(?<!a)b", r"(a)\1", "a{100000}", "(((a{99}){99}){99}){99}", "(", "[z-a]", "*"],
)
def test_a_pattern_that_is_unsafe_or_broken_is_refused(pattern: str) -> None:
    assert refused({"properties": {"a": {"pattern": pattern}}}) == ["schema-pattern"]
    assert refused({"patternProperties": {pattern: True}}) == ["schema-pattern"]


def test_nested_repetition_takes_linear_time() -> None:
    schema = read({"type": "string", "pattern": "^(a+)+(b|c*)*$"})
    assert not schema.accepts("a" * 50_000 + "!")


def test_patterns_know_unicode() -> None:
    assert read({"pattern": r"^\p{Lu}[a-zåäö]+$"}).accepts("Åsgårdö")


def test_a_swarm_of_patterns_is_refused() -> None:
    assert refused({"allOf": [{"pattern": f"a{n}"} for n in range(201)]}) == ["schema-too-large"]


@pytest.mark.parametrize("name", ["regex", "ipv4", "personnummer", "Date", ""])
def test_an_unknown_format_is_refused(name: str) -> None:
    assert refused({"properties": {"a": {"format": name}}}) == ["schema-format"]


@pytest.mark.parametrize(
    "definition",
    [
        {"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"},
        {"$defs": {"a": {"properties": {"c": {"$ref": "#/$defs/a"}}}}, "$ref": "#/$defs/a"},
        {"$defs": {"a": {"allOf": [{"items": {"$ref": "#/$defs/a"}}]}}, "properties": {"x": {"$ref": "#/$defs/a"}}},
    ],
)
def test_a_circle_is_refused(definition: dict[str, object]) -> None:
    assert refused(definition) == ["schema-recursion"]


def test_references_that_multiply_are_refused() -> None:
    definitions: dict[str, object] = {"d0": {"type": "string"}}
    for n in range(1, 40):
        definitions[f"d{n}"] = {"allOf": [{"$ref": f"#/$defs/d{n - 1}"}, {"$ref": f"#/$defs/d{n - 1}"}]}
    assert refused({"$defs": definitions, "$ref": "#/$defs/d39"}) == ["schema-too-large"]


def test_a_long_chain_of_references_is_refused() -> None:
    definitions: dict[str, object] = {f"d{n}": {"$ref": f"#/$defs/d{n + 1}"} for n in range(3000)}
    assert refused({"$defs": {**definitions, "d3000": {}}, "$ref": "#/$defs/d0"}) == ["schema-too-large"]


def test_a_deep_schema_is_refused() -> None:
    value, findings = read_json(b'{"not":' * 45 + b"{}" + b"}" * 45, name="schema.json")
    assert findings == []
    assert refused(value) == ["schema-too-large"]


def test_a_schema_of_the_greatest_depth_is_checked() -> None:
    read(json.loads('{"not":' * 39 + "{}" + "}" * 39))


def test_many_references_are_read_in_reasonable_time() -> None:
    properties = {f"p{n}": {"$ref": "#/$defs/text"} for n in range(2000)}
    read({"$defs": {"text": {"type": "string"}}, "properties": properties})


@pytest.mark.parametrize(
    "instance",
    [
        {"a": "x" * 600_000},
        {"a": [0] * 10_001},
        json.loads('{"a":' * 31 + "1" + "}" * 31),
        {"a": float("nan")},
        {"a": Decimal("1e999999999")},
        {"a": 10**1000},
        {"a": "\ud800"},
        {"\udfff": 1},
    ],
)
def test_an_instance_that_cannot_be_borne_is_one_breach(instance: object) -> None:
    schema = read({"type": "object"})
    assert schema.breaches(instance) == [Breach((), "maxSize")]
    assert not schema.accepts(instance)


def test_a_deep_instance_does_not_exhaust_the_stack() -> None:
    instance: object = 1
    for _ in range(100_000):
        instance = [instance]
    assert read({}).breaches(instance) == [Breach((), "maxSize")]


def test_breaches_are_capped() -> None:
    assert len(read({"items": {"type": "string"}}).breaches(list(range(5000)))) == 200


def test_a_missing_member_and_a_strange_one_are_pointed_at() -> None:
    schema = read({"required": ["a"], "properties": {"a": True}, "additionalProperties": False})
    assert {(breach.path, breach.keyword) for breach in schema.breaches({"b": 1, "c": 2})} == {
        (("a",), "required"),
        (("b",), "additionalProperties"),
        (("c",), "additionalProperties"),
    }


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "date",
            ["2025-03-17", "2024-02-29"],
            ["2025-02-29", "20250317", "2025-W12-1", "2025-3-7", "", "２０２５-03-17", "0000-01-01"],
        ),
        ("time", ["09:00", "09:00:30", "09:00:00.5Z", "23:59+02:00"], ["24:00", "9:00", "0900", "09:00:60", "09"]),
        (
            "date-time",
            ["2025-03-17T09:00", "2025-03-17T09:00:00Z", "2025-03-17T09:00:00+01:00"],
            ["2025-03-17", "2025-03-17 09:00", "T"],
        ),
        ("duration", ["P10D", "PT1H30M", "P1Y6M", "-P1D"], ["P1Y2D", "10D", "P", "PT", "P5BD"]),
        ("email", ["a@example.org"], ["a", "a@"]),
    ],
)
def test_formats_are_what_feel_has(name: str, good: list[str], bad: list[str]) -> None:
    schema = read({"format": name})
    assert [text for text in good if not schema.accepts(text)] == []
    assert [text for text in bad if schema.accepts(text)] == []


def test_steps_of_a_hundredth_are_exact() -> None:
    value, _ = read_json(b'{"multipleOf": 0.01}', name="schema.json")
    schema = read(value)
    assert schema.accepts(19.99)
    assert schema.accepts(Decimal("0.29"))
    assert not schema.accepts(Decimal("0.295"))


def test_a_schema_keeps_exact_numbers() -> None:
    value, _ = read_json(b'{"minimum": 0.5, "enum": [1.0, 0.10]}', name="schema.json")
    schema = read(value)
    assert canonical.dumps(cast("canonical.Json", schema.definition)) == '{"enum":[1,0.1],"minimum":0.5}'
    assert [number for number in (1, Decimal("0.1"), 0.1, Decimal("0.10")) if schema.accepts(number)] == [1]
    assert read({"enum": [Decimal("0.1")]}).accepts(0.1)


def test_a_fraction_that_readers_would_round_is_refused() -> None:
    value, _ = read_json(b'{"items": {"maximum": 1234567890123456.5}}', name="schema.json")
    assert refused(value) == ["schema-number"]


@pytest.mark.parametrize("number", [Decimal(1) / 3, 0.1 + 0.2, Decimal("1234567890123456.5")])
def test_an_answer_that_readers_would_round_is_a_breach(number: Decimal | float) -> None:
    schema = read({"items": {"type": "number"}})
    assert schema.breaches([1, number]) == [Breach((1,), "precision")]
    assert not schema.accepts([number])
    assert schema.accepts([0.1, Decimal("123456789012.345"), 10**30])


def test_fields_are_named_with_dots_and_brackets() -> None:
    fields = fields_of(
        {
            "$defs": {
                "person": {
                    "properties": {"name": {"type": "string"}, "roles": {"type": "array", "items": {"enum": ["a", "b"]}}}
                }
            },
            "properties": {
                "plan": {"allOf": [{"properties": {"goal": {"oneOf": [{"const": 1}, {"const": True}]}}}]},
                "signers": {"type": "array", "items": {"$ref": "#/$defs/person"}},
                "host": {"type": "string", "x-register": "organisations"},
            },
            "if": {"properties": {"plan": {"properties": {"ghost": True}}}},
            "then": {"properties": {"reason": {"type": ["string", "null"], "enum": ["x", None]}}},
            "dependentSchemas": {"host": {"properties": {"from": {"type": "string", "format": "date"}}}},
        }
    )
    assert {key: (field.kind, field.options) for key, field in fields.items()} == {
        "plan": ("object", ()),
        "plan.goal": ("any", ("1", "true")),
        "signers": ("list", ()),
        "signers[].name": ("string", ()),
        "signers[].roles": ("list", ("a", "b")),
        "host": ("string", ()),
        "reason": ("string", ("x",)),
        "from": ("date", ()),
    }
    assert fields["host"].register == "organisations"


def test_a_text_with_a_null_character_is_refused_where_it_is() -> None:
    schema = compile_schema({"type": "object", "properties": {"note": {"type": "string"}}})
    assert schema.breaches({"note": "a\0b"}) == [Breach(("note",), "characters")]
    assert not schema.accepts({"note": "a\0b"})
    assert schema.accepts({"note": "ab"})


@pytest.mark.parametrize("text", [" ", "\t\n", "\u00a0\u2003"])
def test_text_that_must_not_be_empty_is_not_white_space_only(text: str) -> None:
    definition: dict[str, object] = {
        "type": "object",
        "properties": {
            "a": {"type": "string", "minLength": 1},
            "b": {"type": "array", "items": {"$ref": "#/$defs/b"}},
            "c": {"type": "string"},
            "d": {"const": {"minLength": 1}},
        },
        "$defs": {"b": {"type": "string", "minLength": 1, "allOf": [{"maxLength": 9}]}},
    }
    schema = compile_schema(definition)
    given = {"a": text, "b": ["x", text], "c": text, "d": {"minLength": 1}}
    assert schema.breaches(given) == [Breach(("a",), "minLength", 1), Breach(("b", 1), "minLength", 1)]
    assert not schema.accepts(given)
    assert schema.accepts({**given, "a": f"{text}x", "b": []})
    assert schema.breaches({"a": ""}) == [Breach(("a",), "minLength", 1)]
