"""Who looked at a case, and what its history tells: whole, in two languages, without personal data."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.actor import Actor
from engine.errors import NotFound
from engine.ids import CaseId
from tests.bpmn.diagrams import boundary, call, catch, end, message, script, service, start, timer, user, xor
from tests.builders import NOON
from tests.commands.house import (
    ADMINISTRATOR,
    AUDITOR,
    COACH,
    FAR,
    HEAD,
    NOTE,
    NUMBER,
    ONE_TASK,
    OTHER,
    House,
    process,
)

CANARY = "Kanariefågel"


def test_each_look_at_personal_data_is_on_record() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    task = house.task(case)
    house.engine.case(COACH, case.id)
    house.engine.history(AUDITOR, case.id)
    house.engine.verify_history(AUDITOR, case.id)
    house.engine.task_form(OTHER, task.id)
    with pytest.raises(NotFound):
        house.engine.case(FAR, case.id)
    with house.store.read() as unit:
        looks = [(look.actor, look.what) for look in unit.access_log.of_subject(case.id)]
    assert looks == [
        (COACH.id, "case"),
        (AUDITOR.id, "history"),
        (AUDITOR.id, "verification"),
        (OTHER.id, "task-form"),
    ]


@pytest.mark.parametrize("actor", [FAR, ADMINISTRATOR])
def test_who_may_not_read_a_case_does_not_know_of_it(actor: Actor) -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    for read in (house.engine.case, house.engine.history, house.engine.verify_history):
        with pytest.raises(NotFound):
            read(actor, case.id)
    with pytest.raises(NotFound):
        house.engine.case(COACH, CaseId("nobody"))


def test_the_chain_of_a_real_case_fits_and_each_change_of_it_is_found() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    house.complete(case, text="t")
    assert house.engine.verify_history(AUDITOR, case.id) is None
    with house.store.write() as unit:
        locked = unit.cases.lock(case.id)
        assert locked is not None
        cut = replace(locked.case, history_sequence=locked.case.history_sequence - 1, revision=locked.case.revision + 1)
        unit.cases.save(cut, locked.state, locked.data, was=locked)
        unit.commit()
    broken = house.engine.verify_history(AUDITOR, case.id)
    assert broken is not None
    assert "end of the chain" in broken[1]


def test_history_tells_everything_in_two_languages() -> None:
    inner = process(start(), user("k", form="note"), end(), "s > k > e", key="called")
    late = boundary("late", "c", timer("timeCycle", "R/P1D"), interrupting=False)
    parts = (start(), call("c", "called"), late, xor("x", "x-e"), catch("w", message(n="n")), end(), "s > c > x > e")
    house = House(NOTE, inner, process(*parts, "late > e", "x > [n = null] w > e", n=NUMBER))
    case = house.start()
    house.clock.move_to(NOON + timedelta(days=1))
    house.engine.fire_due()
    house.complete(case, "c.k", text="t")
    house.engine.send_message(COACH, "ping", key={"case": case.id}, payload={"n": 2})
    told = house.told(case)
    for part in ("startade ärendet", "Name of coach-1 completed “K”", "Meddelandet kom", "The case was completed"):
        assert part in told
    assert "…" not in told
    assert house.engine.verify_history(AUDITOR, case.id) is None


FAILING = [
    script("f", "{x: who + 1}"),
    script("f", "{x: number(who)}"),
    script("f", "{x: date(who)}"),
    script("f", '{x: duration(who)}'),
    script("f", "{x: substring(who, who)}"),
    script("f", "{x: x.a.b + 1}"),
    script("f", "{x: [1,2][who]}"),
    script("f", "{x: if who then 1 else 2}"),
    script("f", "{x: who}[who]"),
    script("f", "who"),
    script("f", '{"who.x": 1}'),
    script("f", "{x: matches(who, who)}"),
    script("f", "{x: some a in who satisfies a}"),
    script("f", "{x: -who}"),
    script("f", "{x: who between 1 and 2}"),
    script("f", "{x: get value(who, who)}"),
    script("f", "{x: date and time(who)}"),
    service("f", "register.get", {"register": '"rooms"', "key": "who"}),
    service("f", "register.create", {"register": '"rooms"', "entry": "{id: who}"}),
    service("f", "case.transfer", {"unit": "who"}),
    service("f", "case.assign", {"user": "who"}),
    service("f", "case.start", {"process": '"other"', "data": "{n: who}"}),
    catch("f", timer("timeDate", "= who")),
    catch("f", timer("timeDuration", "= who")),
    catch("f", timer("timeDuration", "= duration(who)")),
    user("f", form="note", due="= who"),
    user("f", form="note", priority="= who"),
    user("f", form="note", assignee='= if 1 = 1 then {a: who} else "a"'),
]  # fmt: skip


@pytest.mark.parametrize("failing", FAILING)
def test_no_message_of_an_incident_has_personal_data(failing: str) -> None:
    parts = (start(), failing, end(), "s > f > e")
    package = process(*parts, who={}, x={})
    other = process(start(), user("o", form="note"), end(), "s > o > e", key="other", n=NUMBER)
    house = House(NOTE, other, package)
    case = house.start(who=CANARY)
    for incident, _ in house.engine.incidents(HEAD).rows:
        assert CANARY not in incident.message
    with house.store.read() as unit:
        assert all(CANARY not in f"{event}" for event, _ in unit.histories.of_case(case.id))
