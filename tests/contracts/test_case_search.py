"""Finding cases by words, in each store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from engine.ids import CaseId, UnitId, UserId
from engine.ports import CaseFields, Store
from engine.queries import CaseFilter, CaseSearch
from engine.search_words import asked
from tests.builders import COACH, NOON, UNIT, a_case, an_entry, some_events
from tests.contracts.stored import with_cases

NORTH = UnitId("north")
PERSONS: dict[str, tuple[str, ...]] = {"persons": ("firstName", "lastName", "phone", "born")}
ALL = frozenset({UNIT, NORTH})


def with_found_cases(store: Store) -> None:
    """Three cases, newest first: of Åsa Björk, of Anna-Karin Berg, and one in the north of Åsa Berg."""
    with_cases(
        store,
        a_case("asa", number="2026-000012", started_at=NOON),
        a_case("anna", number="2026-000123", started_at=NOON - timedelta(days=1)),
        a_case("far", number="2025-000012", started_at=NOON - timedelta(days=2), unit=NORTH),
    )
    with store.write() as work:
        work.registers.add(an_entry("p-1", firstName="Åsa", lastName="Björk", phone="070-123 45 67", secret="Hemlig"))
        work.registers.add(an_entry("p-2", firstName="Anna-Karin", lastName="Berg", born=[1999, "Karlstad"]))
        work.registers.add(an_entry("p-3", firstName="Åsa", lastName="Berg"))
        work.registers.add(an_entry("p-2", register="organisations", firstName="Bageriet"))
        for id_, words, entries in (
            ("asa", {"dnr", "77"}, (("persons", "p-1"), ("organisations", "p-2"))),
            ("anna", set[str](), (("persons", "p-2"),)),
            ("far", set[str](), (("persons", "p-3"),)),
        ):
            work.cases.put_fields(CaseFields(CaseId(id_), {"state": "open"}, frozenset(words), entries))
        work.commit()


def found(
    store: Store, text: str, units: frozenset[UnitId] | None = ALL, fields: Mapping[str, tuple[str, ...]] = PERSONS
) -> list[str]:
    filter_ = CaseFilter(COACH, units, search=CaseSearch(asked(text), fields))
    with store.read() as work:
        return [case.id for case in work.queries.cases(filter_).rows]


def test_parts_of_a_name_find_a_case_in_any_order_by_how_they_begin(store: Store) -> None:
    with_found_cases(store)
    assert found(store, "björk åsa") == ["asa"]
    assert found(store, "ÅSA B") == ["asa", "far"]
    assert found(store, "berg") == ["anna", "far"]
    assert found(store, "karin") == ["anna"]
    assert found(store, "anna-kar") == ["anna"]
    assert found(store, "jörk") == []
    assert found(store, "åsa karin") == []


def test_accents_may_be_composed_otherwise(store: Store) -> None:
    with_found_cases(store)
    assert found(store, "A\u030asa Bjo\u0308") == ["asa"]


def test_a_number_finds_its_case_from_its_beginning_or_by_its_last_part(store: Store) -> None:
    with_found_cases(store)
    assert found(store, "2026-000123") == ["anna"]
    assert found(store, "2026-0001") == ["anna"]
    assert found(store, "2026") == ["asa", "anna"]
    assert found(store, "12") == ["asa", "far"]
    assert found(store, "000012") == ["asa", "far"]
    assert found(store, "12 berg") == ["far"]
    assert found(store, "9" * 40) == []


def test_numbers_are_found_in_pieces_and_in_one(store: Store) -> None:
    with_found_cases(store)
    assert found(store, "070-123") == ["asa"]
    assert found(store, "0701234567") == ["asa"]
    assert found(store, "1999") == found(store, "karlstad") == ["anna"]


def test_only_fields_that_may_be_searched_find_anything(store: Store) -> None:
    with_found_cases(store)
    assert found(store, "hemlig") == []
    assert found(store, "bageriet") == []
    assert found(store, "bageriet", fields={**PERSONS, "organisations": ("firstName",)}) == ["asa"]
    assert found(store, "åsa", fields={}) == []


def test_words_of_the_case_itself_are_found_and_codes_are_not(store: Store) -> None:
    with_found_cases(store)
    assert found(store, "dnr 77") == ["asa"]
    assert found(store, "open") == []
    with store.write() as work:
        work.cases.put_fields(CaseFields(CaseId("asa"), {}, frozenset({"88"})))
        work.commit()
    assert found(store, "77") == found(store, "björk") == []


def test_what_stands_for_anything_elsewhere_stands_for_itself_here(store: Store) -> None:
    with_found_cases(store)
    for text in ("%", "_", "2026%", "åsa%x", "' OR 1=1", '"*"'):
        assert asked(text) == () or found(store, text) in ([], ["asa", "anna"])
    assert asked("%%% --- ' ") == ()


def test_a_changed_entry_is_found_by_its_new_words_only(store: Store) -> None:
    with_found_cases(store)
    with store.write() as work:
        work.registers.save(an_entry("p-1", firstName="Åsa", lastName="Ek"), revision=1)
        work.commit()
    assert found(store, "ek") == ["asa"]
    assert found(store, "björk") == []


def test_a_search_finds_nothing_that_the_reader_may_not_see(store: Store) -> None:
    with_found_cases(store)
    assert found(store, "åsa", frozenset({UNIT})) == ["asa"]
    assert found(store, "åsa", frozenset()) == []
    assert found(store, "åsa", None) == ["asa", "far"]
    with store.write() as work:
        work.cases.add_member(CaseId("far"), COACH)
        work.cases.add_member(CaseId("asa"), UserId("somebody"))
        work.commit()
    assert found(store, "åsa", frozenset()) == ["far"]


def test_found_cases_come_in_pages_newest_first(store: Store) -> None:
    with_found_cases(store)
    filter_ = CaseFilter(COACH, ALL, search=CaseSearch(asked("b"), PERSONS))
    seen: list[str] = []
    cursor: str | None = None
    with store.read() as work:
        for _ in range(3):
            page = work.queries.cases(filter_, cursor=cursor, limit=1)
            seen += [case.id for case in page.rows]
            cursor = page.next
    assert seen == ["asa", "anna", "far"]
    assert cursor is None


def test_fields_are_read_back_as_they_were_put(store: Store) -> None:
    with_found_cases(store)
    with store.read() as work:
        told = CaseFields(
            CaseId("asa"), {"state": "open"}, frozenset({"dnr", "77"}), (("persons", "p-1"), ("organisations", "p-2"))
        )
        assert work.cases.fields(CaseId("asa")) == told
        assert work.cases.fields(CaseId("nowhere")) == CaseFields(CaseId("nowhere"))


def test_cases_are_chosen_by_whom_they_are_about_who_worked_and_the_version(store: Store) -> None:
    with_found_cases(store)
    with store.write() as work:
        work.histories.append(some_events(2, case_id="asa")[1])
        work.commit()

    def chosen(**what: Any) -> list[str]:
        with store.read() as work:
            return [case.id for case in work.queries.cases(CaseFilter(COACH, what.pop("units", None), **what)).rows]

    assert chosen(about=("persons", "p-1")) == ["asa"]
    assert chosen(about=("organisations", "p-2")) == [], "not what else its data name"
    assert chosen(worker=COACH) == ["asa"]
    assert chosen(worker=COACH, units=frozenset({NORTH})) == []
    assert chosen(worker=UserId("nobody")) == []
    assert chosen(versions=frozenset({a_case().version_id})) == ["asa", "anna", "far"]
    assert chosen(versions=frozenset()) == []
    assert chosen(responsible=UserId("nobody")) == []
