from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from engine.errors import Conflict, RevisionConflict
from engine.ports import RegisterEntry, Store
from tests.builders import an_entry

if TYPE_CHECKING:
    from engine.canonical import Json


def with_entries(store: Store, *entries: RegisterEntry) -> None:
    with store.write() as work:
        for entry in entries:
            work.registers.add(entry)
        work.commit()


def found(store: Store, where: dict[str, Json], limit: int = 100) -> list[str]:
    with store.read() as work:
        return [entry.key for entry in work.registers.find("persons", where, limit)]


def searched(store: Store, text: str, *fields: str, limit: int = 100) -> list[str]:
    with store.read() as work:
        return [entry.key for entry in work.registers.search("persons", text, fields, limit)]


def test_an_entry_is_read_back_as_it_was_added(store: Store) -> None:
    entry = an_entry(name="Åsa", age=Decimal("41.5"), addresses=[{"@": None}], code=Decimal("1234567890123456789"))
    with_entries(store, entry, an_entry("other"))
    with store.read() as work:
        assert work.registers.get("persons", entry.key) == entry
        assert work.registers.get("persons", "unknown") is None
        assert work.registers.get("offices", entry.key) is None


def test_a_taken_key_is_refused_and_the_unit_of_work_goes_on(store: Store) -> None:
    with_entries(store, an_entry("a"))
    with store.write() as work:
        with pytest.raises(Conflict) as refusal:
            work.registers.add(an_entry("a"))
        work.registers.add(an_entry("b"))
        work.registers.add(an_entry("a", register="offices"))
        work.commit()
    assert not isinstance(refusal.value, RevisionConflict)
    assert found(store, {}) == ["a", "b"]


def test_a_change_is_written_at_the_revision_it_was_read_at(store: Store) -> None:
    with_entries(store, an_entry("a", name="Åsa", office="north"))
    changed = RegisterEntry("persons", "a", {"name": "Åsa Ek"}, revision=2)
    with store.write() as work:
        work.registers.save(changed, revision=1)
        work.commit()
    with store.write() as work, pytest.raises(RevisionConflict):
        work.registers.save(changed, revision=1)
    with store.write() as work, pytest.raises(RevisionConflict):
        work.registers.save(replace(changed, key="unknown"), revision=1)
    with store.read() as work:
        assert work.registers.get("persons", "a") == changed
    assert found(store, {"office": "north"}) == []
    assert found(store, {"name": "Åsa Ek"}) == ["a"]


def test_entries_are_found_by_fields_that_are_all_equal(store: Store) -> None:
    with_entries(
        store,
        an_entry("c", office="north", size=1, open=True),
        an_entry("a", office="north", size=Decimal("1.0"), open=1),
        an_entry("b", office="north", size=2, open=None),
        an_entry("d", office="south", size=1, where={"y": 1, "x": [1, 2]}),
        an_entry("e", register="offices", office="north"),
    )
    assert found(store, {"office": "north"}) == ["a", "b", "c"]
    assert found(store, {"office": "north", "size": 1}) == ["a", "c"]
    assert found(store, {"open": True}) == ["c"]
    assert found(store, {"open": None}) == ["b", "d"]
    assert found(store, {"where": {"x": [1, 2], "y": Decimal(1)}}) == ["d"]
    assert found(store, {"office": "North"}) == []
    assert found(store, {"unknown": "x"}) == []
    assert found(store, {}, limit=2) == ["a", "b"]


def test_entries_are_searched_without_regard_to_case(store: Store) -> None:
    with_entries(
        store,
        an_entry("b", name="Åsa ÖSTBERG", city="Östersund", phone=701234567),
        an_entry("a", name="Bo Ek", city="Skarholmen", skills=["Svetsare", "kock"]),
        an_entry("c", name="100% _rätt_", hidden="Östberg"),
        an_entry("d", register="offices", name="Östberg"),
    )
    assert searched(store, "östberg", "name", "city") == ["b"]
    assert searched(store, "ÅSA", "name") == ["b"]
    assert searched(store, "A\u030asa", "name") == ["b"]
    assert searched(store, "öst", "city") == ["b"]
    assert searched(store, "svets", "skills") == ["a"]
    assert searched(store, "123", "phone") == ["b"]
    assert searched(store, "0% _r", "name") == ["c"]
    assert searched(store, "_", "city") == []
    assert searched(store, "ö", "name", "hidden") == ["b", "c"]
    assert searched(store, "ek") == []
    assert searched(store, "", "name") == ["a", "b", "c"]
    assert searched(store, "", "name", limit=1) == ["a"]


def test_a_new_key_is_one_that_no_entry_has(store: Store) -> None:
    with_entries(store, an_entry("persons-2"))
    with store.write() as work:
        assert [work.registers.next_key("persons") for _ in range(2)] == ["persons-1", "persons-3"]
        assert work.registers.next_key("offices") == "offices-1"
        work.commit()
    with store.write() as work:
        assert work.registers.next_key("persons") == "persons-4"
