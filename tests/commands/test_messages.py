"""Messages: to exactly one, once, now or when somebody waits; and timers: once and never early."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from engine.actor import SYSTEM
from engine.canonical import Json
from engine.case import CaseStatus
from engine.errors import Conflict, NotAllowed, NotFound, NotPossible, Rejected
from engine.history import EventType
from engine.queries import CaseChoice
from engine.wait import message_key
from tests.bpmn.diagrams import boundary, catch, end, message, start, user
from tests.builders import NOON
from tests.commands.house import (
    ADMINISTRATOR,
    AUDITOR,
    COACH,
    DESIGNER,
    FAR,
    HEAD,
    NORTH,
    NOTE,
    NUMBER,
    OTHER,
    SOUTH,
    TEXT,
    House,
    form,
    process,
)

from .pinging import DECLARED, STARTED, WAITING, sending


def test_a_message_reaches_the_one_that_waits_for_it() -> None:
    house = House(WAITING)
    first, second = house.start(mark="one"), house.start(mark="two")
    receipt = house.engine.send_message(COACH, "ping", key={"mark": "two"}, payload={"n": 7})
    assert (receipt.case_ids, receipt.is_pending, receipt.started) == ((second.id,), False, None)
    assert house.data(second) == {"mark": "two", "x": 7}
    assert house.engine.case(COACH, second.id).case.status is CaseStatus.COMPLETED
    assert house.engine.case(COACH, first.id).case.status is CaseStatus.ACTIVE


def test_a_message_that_could_mean_several_is_refused_and_reaches_none() -> None:
    house = House(WAITING)
    cases = [house.start(mark="same"), house.start(mark="same")]
    with pytest.raises(Conflict, match="Several cases"):
        house.engine.send_message(COACH, "ping", key={"mark": "same"}, payload={"n": 1})
    assert {house.engine.case(COACH, case.id).case.status for case in cases} == {CaseStatus.ACTIVE}
    assert house.engine.deliver_pending() == 0


def test_a_message_that_is_early_waits() -> None:
    house = House(WAITING)
    receipt = house.engine.send_message(COACH, "ping", key={"mark": "late"}, payload={"n": 1})
    assert (receipt.is_pending, receipt.case_ids) == (True, ())
    case = house.start(mark="late")
    assert house.engine.deliver_pending() == 1
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.COMPLETED
    other = house.start(mark="late")
    assert house.engine.deliver_pending() == 0
    assert house.engine.case(COACH, other.id).case.status is CaseStatus.ACTIVE


def test_a_message_that_no_process_knows_is_refused_with_the_nearest_that_is_known() -> None:
    house = House(WAITING)
    for name, meant in (("pnig", "Did you mean ping?"), ("entirely-else", "Correct the name.")):
        with pytest.raises(Rejected, match=re.escape(meant)) as caught:
            house.engine.send_message(COACH, name, key={"mark": "one"}, payload={"n": 1})
        assert [problem.path for problem in caught.value.problems] == ["/name"]


def test_a_message_that_only_an_older_version_knows_is_kept_for_its_cases() -> None:
    before = process(
        start(), user("a", form="note"), catch("c", message()), end(), "s > a > c > e", declared=DECLARED, mark=TEXT
    )
    house = House(NOTE, before)
    case = house.start(mark="one")
    house.deploy(NOTE, process(start(), user("a", form="note"), end(), "s > a > e", mark=TEXT))
    assert house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={}).is_pending
    house.complete(case, "a", text="t")
    assert house.engine.deliver_pending() == 1
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.COMPLETED


def test_a_message_from_a_case_that_no_process_knows_is_an_incident() -> None:
    house = House(NOTE, process(start(), user("a", form="note"), sending("{}"), end(), "s > a > t > e", key="sender"))
    house.complete(house.start("sender"), text="t")
    ((incident, _),) = house.engine.incidents(HEAD).rows
    assert incident.kind == "cannot-send"
    assert (incident.message, incident.message_sv) == (
        "No deployed process knows a message of that name. Correct the name.",
        "Ingen driftsatt process känner till ett meddelande med det namnet. Rätta namnet.",
    )


def test_why_a_message_cannot_be_sent_is_told_in_swedish_too() -> None:
    sender = process(start(), sending('{mark: "one"}', '{n: "many"}'), end(), "s > t > e", key="sender")
    house = House(NOTE, WAITING, sender)
    house.start("sender")
    ((incident, _),) = house.engine.incidents(HEAD).rows
    assert incident.kind == "cannot-send"
    assert incident.message_sv == "Innehållet i meddelandet ping är inte rätt. Rätta de fält som nämns."


def test_a_message_that_waited_too_long_is_gone() -> None:
    house = House(WAITING)
    house.engine.send_message(COACH, "ping", key={"mark": "late"}, payload={"n": 1})
    house.clock.move_to(NOON + timedelta(days=31))
    case = house.start(mark="late")
    assert house.engine.deliver_pending() == 0
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.ACTIVE


def test_the_same_id_twice_has_one_effect() -> None:
    again = process(
        start(),
        user("a", form="note"),
        boundary("c", "a", message(x="n"), interrupting=False),
        end(),
        "s > a > e",
        "c > e",
        declared=DECLARED,
        mark=TEXT,
        x=NUMBER,
    )
    house = House(NOTE, again)
    case = house.start(mark="one")
    for _ in (1, 2):
        house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": 1}, message_id="id-1")
    assert house.data(case)["x"] == 1
    house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": 3}, message_id="id-2")
    assert house.data(case)["x"] == 3
    assert house.events(case.id).count(EventType.MESSAGE_RECEIVED) == 2


def test_an_id_belongs_to_its_sender() -> None:
    house = House(WAITING)
    first = house.start(mark="one")
    assert house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": 1}, message_id="id-1").case_ids
    second = house.start(mark="one")
    receipt = house.engine.send_message(OTHER, "ping", key={"mark": "one"}, payload={"n": 2}, message_id="id-1")
    assert (receipt.message_id, receipt.case_ids) == ("id-1", (second.id,))
    assert house.data(first)["x"] == 1


@pytest.mark.parametrize(
    ("name", "key", "payload"),
    [("pong", {"mark": "a"}, {"n": 1}), ("ping", {"mark": "b"}, {"n": 1}), ("ping", {"mark": "a"}, {"n": 2})],
)
@pytest.mark.parametrize("is_delivered", [True, False])
def test_an_id_that_was_used_for_another_message_is_refused(
    name: str, key: dict[str, Json], payload: dict[str, Json], is_delivered: bool
) -> None:
    house = House(WAITING)
    if is_delivered:
        house.start(mark="a")
    send = partial(house.engine.send_message, COACH, message_id="id-1")
    assert send("ping", key={"mark": "a"}, payload={"n": 1}).is_pending is not is_delivered
    assert send("ping", key={"mark": "a"}, payload={"n": 1}).is_pending is not is_delivered
    with pytest.raises(Rejected) as caught:
        send(name, key=key, payload=payload)
    assert [problem.path for problem in caught.value.problems] == ["/id"]


def test_who_may_no_longer_see_the_case_is_not_told_of_it_by_sending_again() -> None:
    house = House(WAITING)
    house.start(mark="one")
    for sender, cases in ((COACH, 1), (replace(COACH, memberships=FAR.memberships), 0)):
        receipt = house.engine.send_message(sender, "ping", key={"mark": "one"}, payload={"n": 1}, message_id="id-1")
        assert (len(receipt.case_ids), receipt.is_pending) == (cases, False)


def test_a_message_that_was_received_is_forgotten_when_its_time_is_out() -> None:
    house = House(WAITING)
    house.start(mark="one")
    house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": 1}, message_id="id-one")
    assert house.engine.forget_messages() == 0
    house.clock.move_to(NOON + timedelta(days=30))
    assert house.engine.forget_messages() == 1
    with house.store.read() as unit:
        assert unit.waits.message(message_key(COACH.id, "id-one")) is None


def test_a_message_from_outside_that_nobody_received_is_shown_to_an_administrator_until_it_is_seen() -> None:
    house = House(WAITING)
    house.engine.send_message(COACH, "ping", key={"mark": "two"}, payload={"n": 4711}, message_id="id-two")
    assert (house.engine.forget_messages(), list(house.engine.lost_messages(ADMINISTRATOR).rows)) == (0, [])
    house.clock.move_to(NOON + timedelta(days=30))
    assert (house.engine.forget_messages(), house.engine.forget_messages()) == (1, 0)
    (lost,) = house.engine.lost_messages(ADMINISTRATOR).rows
    assert (lost.name, lost.sent_by, set(lost.payload)) == ("ping", COACH.id, {"sha256"})
    assert house.engine.start_case(COACH, "p", unit=NORTH, data={"mark": "two"}).status is CaseStatus.ACTIVE, "it is too late"
    for actor in (COACH, HEAD):
        with pytest.raises(NotAllowed):
            house.engine.lost_messages(actor)
        with pytest.raises(NotAllowed):
            house.engine.see_lost_message(actor, lost.id)
    house.engine.see_lost_message(ADMINISTRATOR, lost.id)
    with pytest.raises(NotFound):
        house.engine.see_lost_message(ADMINISTRATOR, lost.id)
    assert list(house.engine.lost_messages(ADMINISTRATOR).rows) == []


def test_a_message_that_was_lost_can_be_sent_again_under_its_id() -> None:
    house = House(WAITING)
    send = partial(house.engine.send_message, COACH, "ping", key={"mark": "two"}, payload={"n": 1}, message_id="id-two")
    send()
    house.clock.move_to(NOON + timedelta(days=30))
    house.engine.forget_messages()
    case = house.start(mark="two")
    assert send().case_ids == (case.id,)
    assert list(house.engine.lost_messages(ADMINISTRATOR).rows) == []


def test_a_message_of_a_case_that_nobody_received_is_an_incident_of_that_case() -> None:
    sender = process(start(), user("a", form="note"), sending('{mark: "nobody"}'), user("b", form="note"), end(),
                     "s > a > t > b > e", key="sender")  # fmt: skip
    house = House(NOTE, WAITING, sender)
    case = house.start("sender")
    house.complete(case, "a", text="t")
    house.clock.move_to(NOON + timedelta(days=30))
    assert (house.engine.forget_messages(), house.engine.forget_messages()) == (1, 0)
    ((incident, about),) = house.engine.incidents(HEAD).rows
    assert (incident.kind, about.id) == ("not-received", case.id)
    assert list(house.engine.lost_messages(ADMINISTRATOR).rows) == []
    house.engine.retry_incident(HEAD, incident.id)
    assert list(house.engine.incidents(HEAD).rows) == []
    assert house.engine.verify_history(AUDITOR, case.id) is None


@pytest.mark.parametrize("key", [{"mark": 1.5}, {"mark": "\ud800"}])
def test_a_key_that_cannot_be_compared_is_refused(key: dict[str, object]) -> None:
    with pytest.raises(Rejected):
        House(WAITING).engine.send_message(COACH, "ping", key=key, payload={})  # type: ignore[arg-type]  # wrong on purpose


def test_a_case_is_told_what_it_waits_for() -> None:
    house = House(WAITING)
    case = house.start(mark="one")
    assert [(offer.name, offer.title) for offer in house.engine.case(COACH, case.id).messages] == [("ping", "Ping")]
    with pytest.raises(NotPossible, match="It waits for: ping"):
        house.engine.message_case(COACH, case.id, "other", {})
    with pytest.raises(NotAllowed):
        house.engine.message_case(AUDITOR, case.id, "ping", {"n": 1})
    with pytest.raises(NotFound):
        house.engine.message_case(FAR, case.id, "ping", {"n": 1})


def test_a_message_starts_a_case_once() -> None:
    house = House(NOTE, STARTED)
    receipt = house.engine.send_message(COACH, "ping", payload={"n": 4}, unit=NORTH, message_id="id-1")
    assert receipt.started is not None
    assert house.data(receipt.started) == {"x": 4}
    again = house.engine.send_message(COACH, "ping", payload={"n": 4}, unit=NORTH, message_id="id-1")
    assert again.started is None
    assert len(house.engine.cases(COACH).rows) == 1


def test_a_message_start_needs_a_unit_of_ones_own_and_a_payload_that_fits() -> None:
    house = House(NOTE, STARTED)
    with pytest.raises(NotPossible, match="unit"):
        house.engine.send_message(COACH, "ping", payload={"n": 4})
    with pytest.raises(NotFound):
        house.engine.send_message(COACH, "ping", payload={"n": 4}, unit=SOUTH)
    with pytest.raises(Rejected):
        house.engine.send_message(COACH, "ping", payload={}, unit=NORTH)
    assert house.engine.send_message(SYSTEM, "ping", payload={"n": 4}, unit=SOUTH).started


def test_a_case_sends_a_message_to_another() -> None:
    sender = process(start(), user("a", form="note"), sending('{mark: "one"}'), end(), "s > a > t > e", key="sender")
    house = House(NOTE, WAITING, sender)
    waiting = house.start(mark="one")
    house.complete(house.start("sender"), text="t")
    assert house.engine.deliver_pending() == 1
    assert house.data(waiting)["x"] == 9


def test_a_message_from_a_case_that_could_mean_several_is_an_incident_and_the_step_holds() -> None:
    sender = process(start(), user("a", form="note"), sending('{mark: "same"}'), end(), "s > a > t > e", key="sender")
    house = House(NOTE, WAITING, sender)
    house.start(mark="same")
    house.start(mark="same")
    case = house.start("sender")
    house.complete(case, text="t")
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.COMPLETED
    assert [incident.kind for incident, _ in house.engine.incidents(HEAD).rows] == ["cannot-send"]
    assert house.events(case.id)[-1] is EventType.INCIDENT_OPENED
    assert house.engine.verify_history(AUDITOR, case.id) is None


def test_a_message_from_a_case_starts_one_in_its_unit() -> None:
    sender = process(start(), user("a", form="note"), sending("{}"), end(), "s > a > t > e", key="sender")
    house = House(NOTE, STARTED, sender)
    house.complete(house.start("sender"), text="t")
    assert [case.unit for case in house.engine.cases(COACH, CaseChoice(process="p")).rows] == [NORTH]
    assert list(house.engine.incidents(HEAD).rows) == []


def test_a_message_of_somebody_without_the_right_does_not_reach_the_case() -> None:
    house = House(WAITING)
    case = house.start(mark="one")
    for stranger in (FAR, AUDITOR, DESIGNER):
        receipt = house.engine.send_message(stranger, "ping", key={"mark": "one"}, payload={"n": 7})
        assert (receipt.is_pending, receipt.case_ids) == (True, ())
    assert house.engine.deliver_pending() == 0
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.ACTIVE


def test_a_message_that_a_stranger_left_is_not_met_later_either() -> None:
    house = House(WAITING)
    house.engine.send_message(FAR, "ping", key={"mark": "one"}, payload={"n": 7})
    case = house.start(mark="one")
    assert house.engine.deliver_pending() == 0
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.ACTIVE


def test_a_message_with_a_key_that_nobody_waits_for_starts_the_case_it_can_start() -> None:
    house = House(STARTED, form("note", text=TEXT))
    receipt = house.engine.send_message(COACH, "ping", key={"referral": "r-1"}, payload={"n": 3}, unit=NORTH)
    assert receipt.started is not None
    assert house.data(receipt.started) == {"x": 3}


def test_messages_that_were_kept_reach_an_event_that_goes_on_waiting_one_after_the_other() -> None:
    again = process(
        start(),
        user("a", form="note"),
        boundary("c", "a", message(x="n"), interrupting=False),
        end(),
        "s > a > e",
        "c > e",
        declared=DECLARED,
        mark=TEXT,
        x=NUMBER,
    )
    house = House(NOTE, again)
    for number in (1, 2, 3):
        house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": number})
    case = house.start(mark="one")
    while house.engine.deliver_pending():
        pass
    assert house.events(case.id).count(EventType.MESSAGE_RECEIVED) == 3
    assert house.data(case)["x"] == 3
