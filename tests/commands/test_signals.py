"""Signals between cases: all who waited when one was thrown get it, each in a step of its own."""

from __future__ import annotations

from engine.case import Case
from engine.history import EventType
from tests.bpmn.diagrams import both, catch, end, manual, signal, start, throw
from tests.commands.house import HEAD, House, process

LISTENER = process(
    start(),
    both("f"),
    catch("si", signal()),
    manual("u"),
    manual("also"),
    end(),
    "s > f > si > u > e",
    "f > also > e",
    key="listener",
)
CALLER = process(start(), manual("a"), throw("th", signal()), end(), "s > a > th > e", key="caller")


def house() -> House:
    return House(LISTENER, CALLER)


def call(house: House) -> None:
    case = house.start("caller")
    house.complete(case, "a")


def elements(house: House, case: Case) -> list[str]:
    return sorted(task.element for task in house.open_tasks(case))


def test_every_case_that_waits_gets_it() -> None:
    here = house()
    cases = [here.start("listener") for _ in range(3)]
    call(here)
    assert [elements(here, case) for case in cases] == [["also"]] * 3, "each in a step of its own"
    assert here.engine.deliver_pending() == 3
    assert [elements(here, case) for case in cases] == [["also", "u"]] * 3
    assert EventType.SIGNAL_RECEIVED in here.events(cases[0].id)
    assert here.engine.deliver_pending() == 0


def test_who_begins_to_wait_later_does_not_get_it() -> None:
    here = house()
    call(here)
    case = here.start("listener")
    assert here.engine.deliver_pending() == 0
    assert elements(here, case) == ["also"]


def test_a_suspended_case_gets_it_when_it_goes_on() -> None:
    here = house()
    case = here.start("listener")
    here.engine.suspend_case(HEAD, case.id, reason="Semester")
    call(here)
    here.engine.deliver_pending()
    assert elements(here, case) == ["also"]
    here.engine.resume_case(HEAD, case.id, reason="Semestern är slut")
    here.engine.deliver_pending()
    assert elements(here, case) == ["also", "u"]


def test_a_case_that_has_gone_on_is_left_alone() -> None:
    here = house()
    case = here.start("listener")
    call(here)
    here.engine.cancel_case(HEAD, case.id, reason="Dubblett")
    here.engine.deliver_pending()
    assert elements(here, case) == []


def test_history_tells_both_sides() -> None:
    here = house()
    case = here.start("listener")
    caller = here.start("caller")
    here.complete(caller, "a")
    here.engine.deliver_pending()
    assert "Signalen alarm sändes." in here.told(caller)
    assert "The signal came: “si”." in here.told(case)
