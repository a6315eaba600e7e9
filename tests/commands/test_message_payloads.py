"""What messages carry: typed and checked, and an incident where it does not fit."""

from __future__ import annotations

import pytest

from engine.case import Case, CaseStatus
from engine.errors import Rejected
from engine.history import EventType
from engine.wait import message_key
from tests.bpmn.diagrams import call, catch, end, message, start, tag, user
from tests.commands.house import (
    AUDITOR,
    COACH,
    HEAD,
    NORTH,
    NOTE,
    NUMBER,
    TEXT,
    House,
    process,
)

from .pinging import DECLARED, PAYLOAD, STARTED, WAITING, sending


def test_a_payload_is_typed_and_checked() -> None:
    house = House(WAITING)
    case = house.start(mark="one")
    with pytest.raises(Rejected) as caught:
        house.engine.message_case(COACH, case.id, "ping", {"n": "text"})
    assert [problem.path for problem in caught.value.problems] == ["/payload/n"]
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.ACTIVE
    assert house.engine.message_case(COACH, case.id, "ping", {"n": 5}).status is CaseStatus.COMPLETED


def test_a_payload_that_the_receiver_would_not_take_in_is_refused_and_nothing_is_kept() -> None:
    house = House(WAITING)
    for is_waited_for in (False, True):
        case = house.start(mark="one") if is_waited_for else None
        with pytest.raises(Rejected) as caught:
            house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": "canary"}, message_id="id-1")
        assert [problem.path for problem in caught.value.problems] == ["/payload/n"]
    assert case is not None
    assert list(house.engine.incidents(HEAD).rows) == []
    assert house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": 2}, message_id="id-1").case_ids
    assert house.data(case)["x"] == 2


def test_an_early_message_needs_to_fit_one_of_the_processes_that_know_it() -> None:
    text: dict[str, object] = {"type": "object", "properties": {"n": TEXT}, "required": ["n"]}
    parts = (start(), catch("c", message()), end(), "s > c > e")
    house = House(WAITING, process(*parts, key="q", declared=DECLARED, messages={"ping": text}, mark=TEXT))
    assert house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": 1}).is_pending
    assert house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": "text"}).is_pending
    with pytest.raises(Rejected):
        house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": True})


def an_old_case_with_a_message_that_does_not_fit() -> tuple[House, Case]:
    """A message that fits the newest version was kept; a case of the version before, of other types, begins to wait for it."""
    waits = tag("intermediateCatchEvent", "c", message(x="n"), name="Vänta på svar")
    parts = (start(), user("a", form="note"), waits, end(), "s > a > c > e")
    house = House(NOTE, process(*parts, declared=DECLARED, messages={"ping": PAYLOAD}, mark=TEXT, x=NUMBER))
    case = house.start(mark="one")
    newer: dict[str, object] = {"type": "object", "properties": {"n": TEXT}}
    house.deploy(process(*parts, declared=DECLARED, messages={"ping": newer}, mark=TEXT, x=NUMBER))
    assert house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": "canary"}).is_pending
    house.complete(case, "a", text="t")
    assert house.engine.deliver_pending() == 1
    return house, case


def test_a_payload_that_does_not_fit_an_older_version_is_an_incident_and_the_case_waits_on() -> None:
    house, case = an_old_case_with_a_message_that_does_not_fit()
    ((incident, _),) = house.engine.incidents(HEAD).rows
    assert incident.kind == "bad-message"
    assert "/payload/n" in incident.message
    assert "canary" not in incident.message
    assert EventType.INCIDENT_OPENED in house.events(case.id)
    told = house.told(case)
    assert "Something needs attention at “Vänta på svar”." in told
    assert f"Technical detail: “{incident.message}”" in told
    assert "stuck" not in told
    house.engine.retry_incident(HEAD, incident.id)
    assert list(house.engine.incidents(HEAD).rows) == []
    assert "marked this as seen: “A message came with the wrong content and was not taken in.”" in house.told(case)
    assert "obstacle" not in house.told(case)
    house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": 2})
    assert house.data(case)["x"] == 2


def test_a_kept_message_that_fits_is_not_held_up_by_one_before_it_that_does_not() -> None:
    parts = (start(), user("a", form="note"), catch("c", message(x="n")), end(), "s > a > c > e")
    house = House(NOTE, process(*parts, declared=DECLARED, messages={"ping": PAYLOAD}, mark=TEXT, x=NUMBER))
    case = house.start(mark="one")
    house.deploy(process(*parts[:2], catch("c", message()), *parts[3:], declared=DECLARED, mark=TEXT))
    for n in ("text", 3):
        assert house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": n}).is_pending
    house.complete(case, "a", text="t")
    while house.engine.deliver_pending():
        pass
    ((incident, _),) = house.engine.incidents(HEAD).rows
    assert incident.kind == "bad-message"
    assert (house.data(case)["x"], house.engine.case(COACH, case.id).case.status) == (3, CaseStatus.COMPLETED)


def test_what_a_message_carried_is_not_kept_beside_the_case() -> None:
    waiting, starting = House(WAITING), House(NOTE, STARTED)
    waiting.start(mark="one")
    for house in (waiting, starting):
        house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": 4711}, unit=NORTH, message_id="id-1")
        with house.store.read() as unit:
            kept = unit.waits.message(message_key(COACH.id, "id-1"))
        assert kept is not None
        assert set(kept.payload) == {"sha256"}


def test_a_payload_that_cannot_be_kept_is_refused() -> None:
    with pytest.raises(Rejected):
        House(WAITING).engine.send_message(COACH, "ping", key={"mark": "a"}, payload={"n": "\ud800"})


def test_an_incident_to_be_looked_at_can_be_put_away_after_the_case_has_ended() -> None:
    sender = process(start(), sending('{mark: "same"}'), end(), "s > t > e", key="sender")
    house = House(NOTE, WAITING, sender)
    house.start(mark="same")
    house.start(mark="same")
    assert house.start("sender").status is CaseStatus.COMPLETED
    ((incident, case),) = house.engine.incidents(HEAD).rows
    house.engine.retry_incident(HEAD, incident.id)
    assert list(house.engine.incidents(HEAD).rows) == []
    assert house.engine.verify_history(AUDITOR, case.id) is None


def test_a_payload_that_does_not_fit_in_a_call_is_an_incident_too() -> None:
    called = (start(), user("a", form="note"), catch("c", message(x="n")), end(), "s > a > c > e")
    names = {"mark": TEXT, "x": NUMBER}
    calls = process(start(), call("k", "q", {"mark": "mark"}), end(), "s > k > e", key="p", mark=TEXT)
    house = House(NOTE, calls, process(*called, key="q", declared=DECLARED, messages={"ping": PAYLOAD}, **names))
    case = house.start(mark="one")
    newer: dict[str, object] = {"type": "object", "properties": {"n": TEXT}}
    house.deploy(process(*called, key="q", declared=DECLARED, messages={"ping": newer}, **names))
    assert house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": "text"}).is_pending
    house.complete(case, "k.a", text="t")
    assert house.engine.deliver_pending() == 1
    ((incident, _),) = house.engine.incidents(HEAD).rows
    assert (incident.kind, incident.element) == ("bad-message", "k.c")


def test_a_message_that_does_not_fit_and_one_that_cannot_be_mapped_are_told_apart() -> None:
    parts = (
        start(),
        user("a", form="note"),
        catch("c", message(x="n + y")),
        user("b", form="note"),
        end(),
        "s > a > c > b > e",
    )
    house = House(NOTE, process(*parts, declared=DECLARED, messages={"ping": PAYLOAD}, mark=TEXT, x=NUMBER, y={}))
    case = house.start(mark="one", y="text")
    house.deploy(process(*parts, declared=DECLARED, mark=TEXT, x=NUMBER, y={}))
    house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={})
    house.complete(case, "a", text="t")
    house.engine.deliver_pending()
    house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": 1})
    unfit, failed = (incident for incident, _ in house.engine.incidents(HEAD).rows)
    assert (unfit.kind, failed.kind) == ("bad-message", "expression-failed")
    house.engine.correct_data(HEAD, case.id, {"y": 1}, reason="r")
    house.engine.retry_incident(HEAD, failed.id)
    assert [incident.id for incident, _ in house.engine.incidents(HEAD).rows] == [unfit.id]
    house.engine.retry_incident(HEAD, unfit.id)
    assert list(house.engine.incidents(HEAD).rows) == []
    assert house.data(case)["x"] == 2


def test_a_member_that_a_payload_leaves_out_is_null() -> None:
    payload: dict[str, object] = {"type": "object", "properties": {"n": {"type": "number"}, "why": TEXT}, "required": ["n"]}
    waiting = process(
        start(), catch("c", message(x="n", y="why")), end(), "s > c > e", declared=DECLARED, messages={"ping": payload},
        mark=TEXT, x=NUMBER, y=TEXT,
    )  # fmt: skip
    house = House(waiting)
    case = house.start(mark="one")
    house.engine.send_message(COACH, "ping", key={"mark": "one"}, payload={"n": 1})
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.COMPLETED
    assert house.data(case)["x"] == 1
