"""Retiring a process: no new cases begin, however they would, and what is under way goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.actor import Actor
from engine.case import CaseStatus
from engine.errors import NotAllowed, NotFound, NotPossible, Rejected
from tests.bpmn.diagrams import call, end, message, service, signal, start, timer, user
from tests.builders import NOON
from tests.commands.house import ADMINISTRATOR, COACH, DESIGNER, HEAD, NORTH, NOTE, ONE_TASK, House, process

WHY = "Replaced by another."


def open_cases(house: House) -> int:
    return len(house.engine.cases(COACH, limit=50).rows)


def test_no_new_case_begins_by_hand_and_those_under_way_go_on_to_their_end() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    retired = house.engine.retire_process(DESIGNER, "p", reason=WHY)
    assert (retired.by, retired.at, retired.reason) == (DESIGNER.id, NOON, WHY)
    with pytest.raises(NotPossible, match=r"No new cases of p begin: it was retired on 2025-02-03\. Reason: Replaced"):
        house.start()
    house.complete(case, text="t")
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.COMPLETED


def test_a_process_is_taken_up_again_and_both_are_on_record() -> None:
    house = House(NOTE, ONE_TASK)
    house.engine.retire_process(DESIGNER, "p", reason=WHY)
    assert list(house.engine.retired_processes(COACH)) == ["p"]
    house.engine.restore_process(ADMINISTRATOR, "p", reason="Needed after all.")
    house.start()
    assert house.engine.retired_processes(COACH) == {}
    (kept,) = house.engine.retirements(COACH)
    assert (kept.by, kept.reason, kept.ended_by, kept.ended_reason) == (
        DESIGNER.id,
        WHY,
        ADMINISTRATOR.id,
        "Needed after all.",
    )
    house.engine.retire_process(DESIGNER, "p", reason=WHY)
    assert len(house.engine.retirements(COACH)) == 2


def test_a_version_that_is_deployed_later_is_retired_too() -> None:
    house = House(NOTE, ONE_TASK)
    house.engine.retire_process(DESIGNER, "p", reason=WHY)
    house.deploy(process(start(), user("b", form="note"), end(), "s > b > e"))
    with pytest.raises(NotPossible, match="retired"):
        house.start()


def test_a_message_begins_no_case_and_waits_as_one_that_nobody_waits_for() -> None:
    house = House(NOTE, process(start("s", message()), user("a", form="note"), end(), "s > a > e"))
    house.engine.retire_process(DESIGNER, "p", reason=WHY)
    receipt = house.engine.send_message(COACH, "ping", key={"case": "k"}, unit=NORTH)
    assert (receipt.started, receipt.is_pending) == (None, True)
    assert open_cases(house) == 0


@pytest.mark.parametrize("event", [signal(), timer("timeCycle", "R/P1D")])
def test_neither_signals_nor_times_begin_cases_until_it_is_taken_up_again(event: str) -> None:
    declared = start("s", event, unit="north")
    house = House(NOTE, process(declared, user("a", form="note"), end(), "s > a > e"))
    house.engine.retire_process(DESIGNER, "p", reason=WHY)
    house.deploy(process(declared, user("b", form="note"), end(), "s > b > e"))

    def come() -> int:
        house.clock.move_to(house.clock.now() + timedelta(days=1))
        house.engine.throw_signal(ADMINISTRATOR, "alarm", unit=NORTH)
        house.engine.fire_due()
        return open_cases(house)

    assert come() == 0
    house.engine.restore_process(DESIGNER, "p", reason=WHY)
    assert come() == 1


def test_a_case_that_asks_for_one_has_an_incident_and_calls_go_on() -> None:
    asks = service("ask", "case.start", {"process": '"q"', "data": "{}"})
    outer = process(start(), asks, call("go", "q"), end(), "s > ask > go > e", key="outer")
    inner = process(start(), user("a", form="note"), end(), "s > a > e", key="q")
    house = House(NOTE, inner, outer)
    house.engine.retire_process(DESIGNER, "q", reason=WHY)
    case = house.start("outer")
    assert [task.path for task in house.open_tasks(case)] == ["go.a"]
    ((incident, _),) = house.engine.incidents(HEAD).rows
    assert incident.kind == "cannot-start"
    assert "retired" in incident.message
    assert incident.message_sv.startswith("Inga nya ärenden i q börjar: processen avvecklades 2025-02-03. Skäl: ")


@pytest.mark.parametrize("actor", [COACH, HEAD])
def test_only_designers_and_administrators_retire(actor: Actor) -> None:
    house = House(NOTE, ONE_TASK)
    with pytest.raises(NotAllowed):
        house.engine.retire_process(actor, "p", reason=WHY)
    house.engine.retire_process(ADMINISTRATOR, "p", reason=WHY)
    with pytest.raises(NotAllowed):
        house.engine.restore_process(actor, "p", reason=WHY)


def test_what_cannot_be_retired_or_taken_up_is_refused() -> None:
    house = House(NOTE, ONE_TASK)
    with pytest.raises(NotFound):
        house.engine.retire_process(DESIGNER, "nothing", reason=WHY)
    with pytest.raises(NotPossible, match="not retired"):
        house.engine.restore_process(DESIGNER, "p", reason=WHY)
    with pytest.raises(Rejected):
        house.engine.retire_process(DESIGNER, "p", reason=" ")
    house.engine.retire_process(DESIGNER, "p", reason=WHY)
    with pytest.raises(NotPossible, match="already"):
        house.engine.retire_process(DESIGNER, "p", reason=WHY)
