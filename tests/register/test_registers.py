from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from engine import feel
from engine.register import Register, read_register

NOON = feel.Environment(now=datetime(2025, 3, 17, 12, tzinfo=UTC))
DECLARED = """
title: {sv: Kontor, en: Offices}
key: id
list: [name, opened, kinds]
search: [name]
read: [coach, reception]
write: [unit-head]
published: true
filter: "= opened != null and closed = null"
"""
SCHEMA: dict[str, object] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "opened": {"type": "string", "format": "date"},
        "closed": {"type": "string", "format": "date"},
        "kinds": {"type": "array", "items": {"type": "string"}},
        "owner": {"type": "string", "x-register": "organisations"},
        "rooms": {"type": "array", "items": {"type": "object", "properties": {"number": {"type": "integer"}}}},
    },
}
TEXTS = {
    "title": "Kontor",
    "fields": {
        key: {"label": key.capitalize()}
        for key in ("id", "name", "opened", "closed", "kinds", "owner", "rooms", "rooms[].number")
    },
}
ENTRIES = "- {id: skarholmen, name: Skärholmen, opened: 2025-01-02}\n"
ENTRIES += "- {id: norr, name: Norr, opened: 2024-01-02, closed: 2025-01-01}\n"


def files(**changed: str | object) -> dict[str, bytes]:
    content: dict[str, object] = {
        "register.yaml": DECLARED,
        "schema.json": SCHEMA,
        "texts.sv.json": TEXTS,
        "texts.en.json": TEXTS,
        "ui.json": {"ui:order": ["id", "*"]},
        "entries.yaml": ENTRIES,
    }
    for name, value in changed.items():
        content[name.replace("_", ".")] = value
    return {
        name: (value if isinstance(value, str) else json.dumps(value)).encode()
        for name, value in content.items()
        if value is not None
    }


def register(**changed: object) -> Register:
    found, findings = read_register("offices", files(**changed))
    assert findings == []
    assert found is not None
    return found


def rules(**changed: object) -> list[tuple[str, str]]:
    found, findings = read_register("offices", files(**changed))
    assert (found is None) == any(finding.is_error for finding in findings)
    assert all(finding.remedy and finding.file.startswith("registers/offices/") for finding in findings)
    return [(finding.rule, finding.element) for finding in findings]


def declared(old: str, new: str) -> str:
    assert old in DECLARED
    return DECLARED.replace(old, new)


def test_a_right_folder_is_a_register() -> None:
    found = register()
    assert (found.key, found.title, found.key_field) == ("offices", {"sv": "Kontor", "en": "Offices"}, "id")
    assert (found.list_fields, found.search_fields) == (("name", "opened", "kinds"), ("name",))
    assert (found.read_groups, found.write_groups) == (frozenset({"coach", "reception"}), frozenset({"unit-head"}))
    assert found.published
    assert list(found.entries) == ["skarholmen", "norr"]
    assert found.entries["norr"]["closed"] == "2025-01-01"


def test_entries_and_ui_may_be_absent() -> None:
    assert register(entries_yaml=None, ui_json=None).entries == {}


@pytest.mark.parametrize("missing", ["register_yaml", "schema_json", "texts_sv_json", "texts_en_json"])
def test_the_other_files_may_not(missing: str) -> None:
    assert rules(**{missing: None}) == [("file-missing", "")]


def test_an_entry_is_checked_and_typed() -> None:
    found = register()
    entry = {"id": "syd", "name": "Syd", "opened": "2025-03-17", "owner": "org-1", "rooms": [{"number": 3}]}
    assert found.check(entry) == []
    assert found.typed(entry)["opened"] == date(2025, 3, 17)
    assert found.plain(found.typed(entry)) == entry
    assert found.register_references(entry) == [("/owner", "organisations", "org-1")]
    assert [(problem.path, problem.text_sv) for problem in found.check({"id": "syd", "opened": "x", "more": 1})] == [
        ("/name", "Fyll i Name."),
        ("/opened", "Opened: skriv ett datum som 2025-03-17."),
        ("/more", "Fältet finns inte i formuläret. Ta bort det."),
    ]


@pytest.mark.parametrize("key", ["", " a", "a ", "a\nb", "x" * 101])
def test_a_key_can_be_read_and_written(key: str) -> None:
    (problem,) = register().check({"id": key, "name": "x"})
    assert (problem.path, problem.keyword) == ("/id", "key")


def test_the_filter_decides_what_anybody_sees() -> None:
    found = register()
    assert [key for key, entry in found.entries.items() if found.is_shown(entry, NOON)] == ["skarholmen"]
    hidden = register(register_yaml=declared("published: true", "published: false"))
    assert not hidden.is_shown(hidden.entries["skarholmen"], NOON)
    open_to_all = register(register_yaml=declared('filter: "= opened != null and closed = null"', ""))
    assert open_to_all.is_shown(open_to_all.entries["norr"], NOON)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: {sv: Kontor, en: Offices}", "title: Kontor", ("register-title", "")),
        ("title: {sv: Kontor, en: Offices}", "title: {sv: Kontor}", ("register-title", "")),
        ("key: id", "key: number", ("register-key", "")),
        ("key: id", "key: owner", ("register-key", "owner")),
        ("key: id", "", ("register-key", "")),
        ("[name, opened, kinds]", "[name, gone]", ("register-field", "gone")),
        ("[name, opened, kinds]", "[rooms]", ("register-field", "rooms")),
        ("search: [name]", "search: [kinds]", ("register-field", "kinds")),
        ("search: [name]", "search: [name]\nname: [gone]", ("register-field", "gone")),
        ("search: [name]", "search: name", ("register-member", "search")),
        ("read: [coach, reception]", "read: coach", ("register-member", "read")),
        ("published: true", "published: yes", ("register-member", "published")),
        ("published: true", "auditors: 1", ("register-member", "auditors")),
        ("published: true", "publish: true", ("register-member", "publish")),
        ("opened != null", "opened !! null", ("register-filter", "")),
        ("opened != null", "openedd != null", ("register-filter", "openedd")),
        ("[name, opened, kinds]", "[]", ("register-list", "")),
    ],
)
def test_mistakes_in_the_declaration_are_found(old: str, new: str, expected: tuple[str, str]) -> None:
    assert rules(register_yaml=declared(old, new)) == [expected]


def test_what_is_wrong_with_a_filter_is_told_in_swedish() -> None:
    _, findings = read_register("offices", files(register_yaml=declared("opened != null", "opened !=")))
    assert "Här ska det stå ett värde, men här står 'and'. " in findings[0].said.text("sv")


PROTECTED = 'protected: "= name != null"\nmasked: [owner, rooms]\nunmasked: [trusted]\n'


def test_a_register_says_which_entries_are_protected() -> None:
    found = register(register_yaml=DECLARED + PROTECTED)
    assert (found.masked_fields, found.unmasked_groups) == (frozenset({"owner", "rooms"}), frozenset({"trusted"}))
    assert found.is_protected({"id": "a", "name": "A"}, NOON)
    assert not found.is_protected({"id": "a"}, NOON)
    assert not register().is_protected({"id": "a", "name": "A"}, NOON)


@pytest.mark.parametrize("condition", ["opened", "opened.year > 2000", "1 / 0 = 1"])
def test_an_entry_is_protected_where_the_condition_has_no_answer(condition: str) -> None:
    found = register(register_yaml=DECLARED + PROTECTED.replace("name != null", condition))
    assert found.is_protected({"id": "a", "name": "A"}, NOON)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('protected: "= name != null"\n', "", ("register-protection", "protected")),
        ("masked: [owner, rooms]\n", "", ("register-protection", "masked")),
        ("unmasked: [trusted]\n", "", ("register-protection", "unmasked")),
        ("name != null", "name !! null", ("register-protection", "")),
        ('"= name != null"', "true", ("register-protection", "")),
        ("name != null", "nam != null", ("register-protection", "nam")),
        ("[owner, rooms]", "[gone]", ("register-protection", "gone")),
        ("[owner, rooms]", '["rooms[].number"]', ("register-protection", "rooms[].number")),
        ("[owner, rooms]", "[id]", ("register-protection", "id")),
        ("[owner, rooms]", "owner", ("register-member", "masked")),
    ],
)
def test_mistakes_in_what_protects_are_found(old: str, new: str, expected: tuple[str, str]) -> None:
    assert old in PROTECTED
    assert rules(register_yaml=DECLARED + PROTECTED.replace(old, new)) == [expected]


@pytest.mark.parametrize("word", ["id", "gone", "rooms", "opened"])
def test_an_identity_number_lies_in_a_text_field_that_is_not_the_key(word: str) -> None:
    assert rules(register_yaml=f"{DECLARED}identity: [{word}]\n") == [("register-identity", word)]


def test_an_identity_number_lies_only_where_the_register_says() -> None:
    entry = {"id": "syd", "name": "19850617-TF06", "owner": "19850617-TF06"}
    found = register(register_yaml=f"{DECLARED}identity: [owner]\n")
    assert [(problem.path, problem.keyword) for problem in found.check(entry)] == [("/name", "identityNumber")]


def test_the_schema_is_closed() -> None:
    assert rules(schema_json={**SCHEMA, "additionalProperties": True}) == [("register-open", "")]
    assert rules(schema_json={"$ref": "http://localhost/x"}) == [("schema-reference", "")]
    assert rules(schema_json="[") == [("json-broken", "")]


def test_a_declaration_is_a_mapping() -> None:
    assert rules(register_yaml="") == [("register-shape", "")]
    assert rules(register_yaml="- a") == [("register-shape", "")]
    assert rules(register_yaml="a: &x 1") == [("yaml-refused", "")]


def test_texts_and_ui_follow_the_schema() -> None:
    assert rules(ui_json={"gone": {}}) == [("ui-field", "gone")]
    assert rules(ui_json=[]) == [("file-shape", "")]
    assert ("texts-missing", "id") in rules(texts_sv_json={"title": "Kontor", "fields": {}})


def test_entries_are_right_and_have_keys_of_their_own() -> None:
    assert rules(entries_yaml="- {id: a, name: A}\n- {id: a, name: B}") == [("entry-twice", "a")]
    assert rules(entries_yaml="- {id: a}\n- x") == [("entry-wrong", "/name"), ("entry-wrong", "")]
    assert rules(entries_yaml="a: 1") == [("entries-shape", "")]
    assert rules(entries_yaml="- {id: a, id: b}") == [("duplicate-key", "")]


def test_an_entry_is_called_by_its_name_else_by_what_lists_show_else_by_its_key() -> None:
    people = register(register_yaml=DECLARED.replace("list:", "name: [name, owner]\nlist:"))
    assert people.name_of({"id": "a", "name": "Rut", "owner": "Rask"}) == "Rut Rask"
    assert people.name_of({"id": "a", "name": "Rut", "kinds": ["x"]}) == "Rut"
    assert people.name_of({"id": "a", "kinds": ["x"], "opened": "2025-01-02"}) == "2025-01-02"
    assert people.name_of({"id": "a"}) == "a"
    assert register().name_of({"id": "norr", "name": "Norr", "owner": "Rask"}) == "Norr"
