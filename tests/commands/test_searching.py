"""Finding cases: by what one may search, and by nothing that is kept from one."""

from __future__ import annotations

from typing import Any

import pytest

from engine.actor import Actor
from engine.case import CaseStatus
from engine.errors import Rejected
from engine.ids import SYSTEM_ID, UserId
from engine.queries import CaseChoice
from tests.bpmn.diagrams import end, start, user
from tests.commands.house import AUDITOR, COACH, FAR, HEAD, NORTH, NOTE, SOUTH, TEXT, House, process
from tests.commands.test_protected_entries import TRUSTED, people
from tests.commands.test_registers import looks, people_register

PERSON: dict[str, object] = {"type": "string", "x-register": "people"}
CODE: dict[str, object] = {"type": "string", "enum": ["red", "green"], "x-list": True}
LISTED: dict[str, object] = {**TEXT, "x-list": True}


@pytest.fixture
def house() -> House:
    """Cases can be about people, some of whom are protected."""
    one = process(start(), user("a", form="note"), end(), "s > a > e", personId=PERSON, dnr=LISTED, signal=CODE, remark=TEXT)
    return House(NOTE, people(), one)


def found(house: House, text: str, by: Actor = COACH, limit: int = 50) -> list[str]:
    return [one.case.id for one in house.engine.search_cases(by, text, limit=limit).rows]


def test_a_case_is_found_by_the_person_it_is_about(house: House) -> None:
    case = house.start(personId="p-b", dnr="AF 2025/77", signal="green", remark="Ringer sällan")
    for text in ("ros rut", "RUT", case.number, "2025/77", "af rut", "070-17"):
        assert found(house, text) == [case.id], text
    for text in ("ask", "green", "ringer", "p-b", "rut rask"):
        assert found(house, text) == [], text


def test_what_is_told_is_whom_it_is_about_and_what_there_is_to_do(house: House) -> None:
    case = house.start(personId="p-b")
    (one,) = house.engine.search_cases(COACH, "rut").rows
    assert one.case == case
    assert one.about is not None
    assert dict(one.about.values) == {"id": "p-b", "name": "Rut Ros", "phone": "070-1740602"}
    assert [task.element for task in one.tasks] == ["a"]


def test_a_task_tells_whom_its_case_is_about(house: House) -> None:
    house.start(personId="p-b")
    (row,) = house.engine.tasks(COACH).rows
    assert row.about == ("people", "p-b")
    assert house.engine.task_form(COACH, row.task.id).about == row.about


def test_a_case_is_found_anew_when_its_data_change(house: House) -> None:
    case = house.start(personId="p-b", dnr="77")
    house.engine.correct_data(HEAD, case.id, {"dnr": "88"}, reason="Fel nummer")
    assert found(house, "88 rut") == [case.id]
    assert found(house, "77") == []


def test_a_protected_person_is_found_by_what_one_may_see_only(house: House) -> None:
    protected, unknown = house.start(personId="p-a"), house.start(personId="p-c")
    assert found(house, "rut") == []
    assert found(house, "070-1740601") == []
    assert found(house, "r") == [protected.id]  # the alias
    assert found(house, "åsa") == [unknown.id]
    assert found(house, "rut rask", TRUSTED) == [protected.id]
    (one,) = house.engine.search_cases(COACH, protected.number).rows
    assert one.about is not None
    assert (dict(one.about.values), one.about.is_protected) == ({"id": "p-a", "alias": "R"}, True)


def test_what_is_withheld_leaves_no_gap_between_pages(house: House) -> None:
    shown = [house.start(personId="p-b"), *(house.start(personId="p-a") for _ in range(3)), house.start(personId="p-b")]
    first = house.engine.search_cases(COACH, "rut", limit=1)
    second = house.engine.search_cases(COACH, "rut", limit=1, cursor=first.next)
    assert {first.rows[0].case.id, second.rows[0].case.id} == {shown[0].id, shown[-1].id}
    assert second.next is None


def test_whoever_may_not_read_the_register_finds_by_number_and_sees_no_person(house: House) -> None:
    case = house.start(personId="p-b")
    assert found(house, "rut", AUDITOR) == []
    (one,) = house.engine.search_cases(AUDITOR, case.number).rows
    assert one.about is None


def test_auditors_know_whom_cases_are_about_where_the_register_lets_them() -> None:
    one = process(start(), user("a", form="note"), end(), "s > a > e", personId=PERSON)
    house = House(NOTE, people_register(more="auditors: true\n"), one)
    case = house.start(personId="p-1")
    (row,) = house.engine.search_cases(AUDITOR, "rut").rows
    assert row.about is not None
    assert (row.case.id, row.about.values["name"]) == (case.id, "Rut Rask")
    assert looks(house, "p-1") == [(AUDITOR.id, "register-search")]


def test_cases_are_found_by_whom_they_are_about_and_who_had_to_do_with_them(house: House) -> None:
    mine, other = house.start(personId="p-b"), house.start(personId="p-c", by=HEAD)
    house.complete(mine, "a", text="Ja")

    def chosen(by: Actor = AUDITOR, **what: Any) -> list[str]:
        return [one.case.id for one in house.engine.search_cases(by, "", CaseChoice(**what)).rows]

    assert chosen(about=("people", "p-b")) == [mine.id], "an ended case is found as well"
    assert chosen(worker=COACH.id) == [mine.id]
    assert chosen(worker=HEAD.id) == [other.id]
    assert chosen(worker=SYSTEM_ID) == []
    assert chosen(responsible=UserId("nobody")) == []
    assert sorted(chosen(process="p", version=1)) == sorted([other.id, mine.id])
    assert chosen(process="p", version=2) == chosen(FAR, worker=COACH.id) == []
    with pytest.raises(Rejected, match="version"):
        chosen(version=1)


def test_cases_of_other_units_are_not_found(house: House) -> None:
    case = house.start(personId="p-b", by=FAR, unit=SOUTH)
    assert found(house, "rut") == found(house, case.number) == []
    assert found(house, "rut", FAR) == [case.id]
    assert [one.case.id for one in house.engine.search_cases(FAR, "rut", CaseChoice(unit=NORTH)).rows] == []


def test_a_search_can_be_narrowed(house: House) -> None:
    house.engine.suspend_case(HEAD, house.start(personId="p-b").id, reason="Sjuk")
    assert house.engine.search_cases(COACH, "rut", CaseChoice(status=CaseStatus.SUSPENDED)).rows
    assert not house.engine.search_cases(COACH, "rut", CaseChoice(status=CaseStatus.ACTIVE)).rows
    assert not house.engine.search_cases(COACH, "rut", CaseChoice(process="other")).rows


def test_each_case_that_is_found_is_on_record_and_so_is_the_person(house: House) -> None:
    case, other = house.start(personId="p-b"), house.start(personId="p-c")
    found(house, "rut ros")
    with house.store.read() as unit:
        assert [(look.actor, look.what) for look in unit.access_log.of_subject(case.id)] == [(COACH.id, "case-search")]
        assert not unit.access_log.of_subject(other.id)
    assert looks(house, "p-b") == [(COACH.id, "register-search")]


@pytest.mark.parametrize("text", ["", "  ", "%", " - _ "])
def test_a_search_for_nothing_is_refused(house: House, text: str) -> None:
    with pytest.raises(Rejected) as refusal:
        found(house, text)
    assert refusal.value.problems[0].path == "/text"
