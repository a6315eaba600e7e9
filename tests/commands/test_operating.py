"""Operating a case by hand: who may, what is stored of it, and what is refused."""

from __future__ import annotations

import pytest

from engine.case import CaseStatus
from engine.definition import Package
from engine.errors import NotAllowed, NotFound, NotPossible, Rejected
from engine.task import TaskState
from tests.bpmn.diagrams import diagram, end, script, start, user
from tests.commands.house import ADMINISTRATOR, AUDITOR, COACH, FAR_HEAD, HEAD, NOTE, House, process

NUMBER: dict[str, object] = {"type": "number"}
STUCK = process(start(), script("x", "{ n: 1 / m }"), user("a", form="note"), end(), "s > x > a > e", n=NUMBER, m=NUMBER)
TWO = process(start(), user("a", form="note"), user("b", form="note"), end(), "s > a > b > e")


def reopenable() -> Package:
    source = diagram(
        start(), user("a", form="note"), user("b", form="note"), end(), "s > a > b > e", startable="true", reopenAt="b"
    )
    return Package("process", "p", {**TWO.files, "process.bpmn": source})


def test_the_head_lets_a_case_go_past_what_is_stuck() -> None:
    house = House(NOTE, STUCK)
    case = house.start(m=0)
    [(incident, _)] = house.engine.incidents(HEAD).rows
    for actor, refusal in ((COACH, NotAllowed), (AUDITOR, NotAllowed), (FAR_HEAD, NotFound)):
        with pytest.raises(refusal):
            house.engine.skip_incident(actor, incident.id, reason="r")
    with pytest.raises(Rejected):
        house.engine.skip_incident(HEAD, incident.id, reason=" ")
    skipped, _ = house.engine.skip_incident(HEAD, incident.id, reason="The number is not needed")
    assert (skipped.state.value, skipped.resolved_by) == ("resolved", HEAD.id)
    assert house.task(case).element == "a"
    assert "let the case go past “x”. Reason: The number is not needed." in house.told(case)
    with pytest.raises(NotPossible, match="solved already"):
        house.engine.skip_incident(HEAD, incident.id, reason="r")


def test_a_position_is_moved_and_its_task_withdrawn() -> None:
    house = House(NOTE, TWO)
    case = house.start()
    [position] = house.engine.case(HEAD, case.id).positions
    house.engine.move_position(ADMINISTRATOR, case.id, position.token, to="b", reason="Registered before")
    tasks = house.engine.case(HEAD, case.id).tasks
    assert {task.element: task.state for task in tasks} == {"a": TaskState.CANCELLED, "b": TaskState.READY}
    assert "moved the case from “A” to “B”" in house.told(case)


def test_the_last_position_is_not_withdrawn() -> None:
    house = House(NOTE, TWO)
    case = house.start()
    [position] = house.engine.case(HEAD, case.id).positions
    with pytest.raises(NotPossible, match="cancel the case"):
        house.engine.cancel_position(HEAD, case.id, position.token, reason="r")
    assert house.task(case).element == "a"
    house.engine.add_position(HEAD, case.id, "b", reason="Both at once")
    house.engine.cancel_position(HEAD, case.id, position.token, reason="Not needed")
    assert [task.element for task in house.open_tasks(case)] == ["b"]


def test_a_suspended_case_is_not_moved() -> None:
    house = House(NOTE, TWO)
    case = house.start()
    house.engine.suspend_case(HEAD, case.id, reason="r")
    with pytest.raises(NotPossible, match="suspended"):
        house.engine.add_position(HEAD, case.id, "b", reason="r")


def test_a_case_is_reopened_where_its_process_says() -> None:
    house = House(NOTE, reopenable())
    case = house.start()
    with pytest.raises(NotPossible, match="not ended"):
        house.engine.reopen_case(HEAD, case.id, reason="r")
    house.complete(case, text="t")
    house.complete(case, text="t")
    assert house.engine.case(COACH, case.id).case.ended_at is not None
    reopened = house.engine.reopen_case(HEAD, case.id, reason="The client came back")
    assert (reopened.status, reopened.ended_at) == (CaseStatus.ACTIVE, None)
    assert house.task(case).element == "b"
    assert "reopened the case. Reason: The client came back." in house.told(case)
    house.complete(case, text="t")
    assert house.engine.verify_history(HEAD, case.id) is None
    house.engine.reopen_case(HEAD, case.id, reason="Once more")
    house.engine.cancel_case(HEAD, case.id, reason="r")
    house.engine.reopen_case(HEAD, case.id, reason="Cancelled by mistake")
    assert house.task(case).element == "b"


def test_a_case_of_another_process_stays_ended() -> None:
    house = House(NOTE, TWO)
    case = house.start()
    house.engine.cancel_case(HEAD, case.id, reason="r")
    with pytest.raises(NotPossible, match="cannot be reopened"):
        house.engine.reopen_case(HEAD, case.id, reason="r")
