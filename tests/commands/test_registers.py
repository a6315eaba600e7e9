"""Register entries: who may read and write them, what names them must exist, and every look is on record."""

from __future__ import annotations

import json

import pytest

from engine.definition import Package
from engine.errors import NotAllowed, NotFound, Rejected
from tests.bpmn.diagrams import catch, end, message, start, user
from tests.commands.house import AUDITOR, COACH, HEAD, NOTE, RECEPTION, TEXT, House, process

DECLARED = '<message id="m" name="ping" stegvis:correlation="= {case: case.id}"/>'
PERSON: dict[str, object] = {"type": "string", "x-register": "people"}
DECLARATION = """
title: {sv: Personer, en: People}
key: id
list: [name]
search: [name]
read: [coach]
write: [reception]
published: false
"""


def people_register(*, more: str = "") -> Package:
    """People with names and telephones; `more` is added to the declaration."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "register:people",
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "name"],
        "properties": {name: {"type": "string", "maxLength": 40} for name in ("id", "name", "phone")},
    }
    texts = {"title": "People", "fields": {"id": {"label": "Id"}, "name": {"label": "Name"}, "phone": {"label": "Phone"}}}
    files = {"schema.json": schema, "ui.json": {}, "texts.sv.json": texts, "texts.en.json": texts}
    entries = "- {id: p-1, name: Rut Rask, phone: 070-1740601}\n- {id: p-2, name: Bo Berg}\n"
    return Package(
        "register",
        "people",
        {
            **{name: json.dumps(value).encode() for name, value in files.items()},
            "register.yaml": (DECLARATION + more).encode(),
            "entries.yaml": entries.encode(),
        },
    )


def looks(house: House, key: str) -> list[tuple[str, str]]:
    with house.engine.store.read() as unit:
        return [(look.actor, look.what) for look in unit.access_log.of_subject(f"people/{key}")]


def test_start_data_that_name_no_entry_are_refused() -> None:
    house = House(
        people_register(), NOTE, process(start(), user("a", form="note"), end(), "s > a > e", personId=PERSON, x=TEXT)
    )
    with pytest.raises(Rejected) as refused:
        house.start(personId="p-9")
    assert [(problem.path, problem.keyword) for problem in refused.value.problems] == [("/personId", "x-register")]
    assert house.start(personId="p-1").is_open


def test_a_message_that_names_no_entry_is_refused() -> None:
    payload: dict[str, object] = {"type": "object", "properties": {"who": PERSON}}
    waiting = process(
        start(),
        catch("c", message(personId="who")),
        end(),
        "s > c > e",
        declared=DECLARED,
        messages={"ping": payload},
        personId=PERSON,
    )
    house = House(people_register(), waiting)
    case = house.start()
    with pytest.raises(Rejected):
        house.engine.message_case(COACH, case.id, "ping", {"who": "p-9"})
    assert not house.engine.message_case(COACH, case.id, "ping", {"who": "p-2"}).is_open


def test_each_look_at_an_entry_is_on_record() -> None:
    house = House(people_register())
    found = house.engine.register_entries(COACH, "people", text="rut")
    assert [dict(entry.values) for entry in found] == [{"id": "p-1", "name": "Rut Rask"}]
    house.engine.register_entry(COACH, "people", "p-2")
    assert looks(house, "p-1") == [(COACH.id, "register-search")]
    assert looks(house, "p-2") == [(COACH.id, "register-entry")]


def test_a_register_is_hidden_from_those_who_may_not_read_it() -> None:
    house = House(people_register())
    with pytest.raises(NotFound):
        house.engine.register_entries(AUDITOR, "people")
    with pytest.raises(NotFound):
        house.engine.register_entry(AUDITOR, "people", "p-1")
    assert list(house.engine.registers(AUDITOR)) == []


def test_only_writing_groups_change_a_register() -> None:
    house = House(people_register())
    with pytest.raises(NotAllowed, match="reception"):
        house.engine.add_register_entry(COACH, "people", {"id": "p-3", "name": "Siv Sand"})
    added = house.engine.add_register_entry(RECEPTION, "people", {"name": "Siv Sand"})
    assert house.engine.register_entry(COACH, "people", added.key).values["name"] == "Siv Sand"


@pytest.mark.parametrize("path", ["", ".", "x.", "x..y", "case.id"])
def test_a_correction_names_a_field(path: str) -> None:
    house = House(NOTE, process(start(), user("a", form="note"), end(), "s > a > e", x=TEXT))
    case = house.start()
    with pytest.raises(Rejected, match="no path of names"):
        house.engine.correct_data(HEAD, case.id, {path: "v"}, reason="mistyped")


def test_a_correction_that_names_no_entry_is_refused() -> None:
    noted = process(start(), user("a", form="note"), end(), "s > a > e", personId=PERSON, x=TEXT)
    house = House(people_register(), NOTE, noted)
    case = house.start(personId="p-1")
    with pytest.raises(Rejected) as refused:
        house.engine.correct_data(HEAD, case.id, {"personId": "p-9"}, reason="mistyped")
    assert [problem.keyword for problem in refused.value.problems] == ["x-register"]
    house.engine.correct_data(HEAD, case.id, {"personId": "p-2"}, reason="wrong person")
    assert house.data(case)["personId"] == "p-2"
