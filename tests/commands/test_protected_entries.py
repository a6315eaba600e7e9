"""Protected particulars: a marker instead of the person, for all but those who have been given the right to see."""

from __future__ import annotations

import json

import pytest

from engine.actor import Actor, Membership
from engine.definition import Package
from engine.errors import NotAllowed
from engine.ids import UserId
from tests.builders import an_actor
from tests.commands.house import COACH, NORTH, RECEPTION, House
from tests.commands.test_registers import looks

TRUSTED = an_actor("trusted-1", unit=NORTH, groups=["coach", "reception", "trusted"])
DECLARATION = """
title: {sv: Personer, en: People}
key: id
list: [name, alias, phone]
search: [name, alias, phone]
read: [coach]
write: [reception]
published: false
protected: '= kind != "none"'
masked: [name, phone, address]
unmasked: [trusted]
"""
ENTRIES = """
- {id: p-a, name: Rut Rask, alias: R, phone: 070-1740601, address: Storgatan 1, kind: marked}
- {id: p-b, name: Rut Ros, phone: 070-1740602, kind: none}
- {id: p-c, name: Rutger Ryd, alias: Åsa}
"""
MASKED = ("address", "name", "phone")


def people(declaration: str = DECLARATION) -> Package:
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "name"],
        "properties": {name: {"type": "string"} for name in ("id", "name", "alias", "phone", "address", "kind")},
    }
    texts = {
        "title": "People",
        "fields": {name: {"label": name} for name in ("id", "name", "alias", "phone", "address", "kind")},
    }
    files = {"schema.json": schema, "ui.json": {}, "texts.sv.json": texts, "texts.en.json": texts}
    written = {name: json.dumps(value).encode() for name, value in files.items()}
    return Package("register", "people", {**written, "register.yaml": declaration.encode(), "entries.yaml": ENTRIES.encode()})


@pytest.fixture
def house() -> House:
    return House(people())


def keys(house: House, actor: Actor, text: str, limit: int = 50) -> list[str]:
    return [entry.key for entry in house.engine.register_entries(actor, "people", text=text, limit=limit)]


def test_a_list_shows_the_key_and_a_mark_but_nothing_that_is_masked(house: House) -> None:
    first, second, third = house.engine.register_entries(COACH, "people")
    assert (first.key, dict(first.values), first.is_protected, first.withheld) == (
        "p-a",
        {"id": "p-a", "alias": "R"},
        True,
        MASKED,
    )
    assert (second.values["name"], second.is_protected, second.withheld) == ("Rut Ros", False, ())
    assert (first.name, second.name) == ("R", "Rut Ros")
    assert (third.is_protected, dict(third.values)) == (True, {"id": "p-c", "alias": "Åsa"})


def test_those_with_the_right_see_all_and_the_mark(house: House) -> None:
    first, *_ = house.engine.register_entries(TRUSTED, "people")
    assert (first.values["name"], first.is_protected, first.withheld) == ("Rut Rask", True, ())
    assert house.engine.register_entry(TRUSTED, "people", "p-a").values["address"] == "Storgatan 1"


def test_an_entry_is_read_without_what_is_masked(house: House) -> None:
    entry = house.engine.register_entry(COACH, "people", "p-a")
    assert dict(entry.values) == {"id": "p-a", "alias": "R", "kind": "marked"}
    assert (entry.is_protected, entry.withheld) == (True, MASKED)


def test_a_search_finds_a_protected_entry_by_what_one_may_see_of_it(house: House) -> None:
    assert keys(house, COACH, "rut") == ["p-b"]
    assert keys(house, COACH, "rut", limit=1) == ["p-b"]
    assert keys(house, COACH, "070-1740601") == []
    assert keys(house, COACH, "åsa") == ["p-c"]
    assert keys(house, TRUSTED, "rut") == ["p-a", "p-b", "p-c"]
    assert keys(house, TRUSTED, "070-1740601") == ["p-a"]


def test_each_look_tells_whether_protected_particulars_were_shown(house: House) -> None:
    house.engine.register_entry(COACH, "people", "p-a")
    house.engine.register_entry(TRUSTED, "people", "p-a")
    house.engine.register_entries(TRUSTED, "people", text="rask")
    house.engine.register_entry(TRUSTED, "people", "p-b")
    assert looks(house, "p-a") == [
        (COACH.id, "register-entry"),
        (TRUSTED.id, "register-entry-protected"),
        (TRUSTED.id, "register-search-protected"),
    ]
    assert looks(house, "p-b") == [(TRUSTED.id, "register-entry")]


def test_who_does_not_see_all_of_an_entry_cannot_write_over_it(house: House) -> None:
    values = {"name": "Rut Rask", "kind": "none"}
    writer = Actor(UserId("writer-1"), "W", (Membership(NORTH, frozenset({"reception"})),))
    with pytest.raises(NotAllowed, match="trusted"):
        house.engine.change_register_entry(writer, "people", "p-a", values, 1)
    assert house.engine.change_register_entry(TRUSTED, "people", "p-a", values, 1).is_protected is False


def test_an_entry_is_masked_as_soon_as_it_is_protected(house: House) -> None:
    hidden = {"name": "Siv Sand", "alias": "S", "kind": "marked"}
    added = house.engine.add_register_entry(RECEPTION, "people", hidden)
    assert (added.is_protected, "name" in added.values) == (True, False)
    changed = house.engine.change_register_entry(RECEPTION, "people", "p-b", hidden, 1)
    assert (changed.is_protected, "name" in changed.values) == (True, False)


def test_a_published_register_masks_too_and_records_the_look() -> None:
    house = House(people(DECLARATION.replace("published: false", "published: true")))
    stranger = an_actor("stranger-1", groups=[])
    assert "name" not in house.engine.register_entry(stranger, "people", "p-a").values
    house.engine.register_entry(stranger, "people", "p-b")
    assert looks(house, "p-a") == [("stranger-1", "register-entry")]
    assert looks(house, "p-b") == []
