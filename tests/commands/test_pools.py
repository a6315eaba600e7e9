"""Processes of several pools: deployed together, cases of their own that work together by messages, parties outside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from engine.case import Case, CaseStatus
from engine.definition import Bundle, Package
from engine.errors import NotAllowed, NotFound, Rejected
from engine.history import EventType
from engine.queries import CaseChoice
from engine.scenario.reader import read_scenario
from engine.scenario.runner import ScenarioRunner
from tests.bpmn.diagrams import (
    call,
    catch,
    end,
    extension,
    message,
    message_flow,
    pool,
    pools,
    puts,
    send,
    start,
    tag,
    throw,
    timer,
    user,
)
from tests.commands.house import AUDITOR, COACH, DESIGNER, FAR, HEAD, NORTH, NOTE, NUMBER, OTHER, TEXT, House, process

DECLARED = (
    '<message id="order" name="order" stegvis:correlation="= {order: orderId}"/>'
    '<message id="reply" name="reply" stegvis:correlation="= {order: orderId}"/>'
    '<message id="invoice" name="invoice"/>'
)
ASK = tag("sendTask", "ask", extension(puts("input", id="orderId", count="count")), messageRef="order")
BUYER = (start(), ASK, catch("answer", message("reply", price="price")), user("pay", form="note"), end(),
         "s > ask > answer > pay > e")  # fmt: skip
SELLER = (start("asked", message("order", orderId="id", count="count")), user("look", form="note"),
          throw("answering", send("reply", price="count * 10")), end("f"), "asked > look > answering > f")  # fmt: skip
POOLS = (pool("b", "buyer"), pool("c", "seller"), message_flow("ask", "asked"), message_flow("answering", "answer"))
NAMES = {"orderId": TEXT, "count": NUMBER, "price": NUMBER}


def package(processes: Mapping[str, tuple[str, ...]], *collaboration: str, key: str = "buyer", **files: bytes) -> Package:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": NAMES}
    source = pools(processes, *collaboration, declared=DECLARED)
    return Package("process", key, {"process.bpmn": source, "data.schema.json": json.dumps(schema).encode(), **files})


TRADE = package({"buyer": BUYER, "seller": SELLER}, *POOLS)


def of(house: House, process: str) -> list[Case]:
    return sorted(house.engine.cases(COACH, CaseChoice(process=process)).rows, key=lambda case: case.number)


def versions(house: House) -> dict[str, int]:
    return {version.key: version.version for version in house.engine.processes(COACH)}


def refusals(*packages: Package, before: tuple[Package, ...] = ()) -> list[tuple[str, str]]:
    house = House(NOTE, *before)
    with pytest.raises(Rejected) as caught:
        house.deploy(*packages)
    return [(finding.rule, finding.element) for finding in caught.value.findings if finding.is_error]


# working together


def test_two_pools_work_together_as_two_cases() -> None:
    house = House(NOTE, TRADE)
    buyer = house.start("buyer", orderId="o-1", count=4)
    (seller,) = of(house, "seller")
    assert (seller.unit, house.data(seller)) == (NORTH, {"orderId": "o-1", "count": 4})
    house.complete(seller, "look", text="t")
    assert house.engine.deliver_pending() == 1
    assert house.data(buyer)["price"] == 40
    assert [task.element for task in house.open_tasks(buyer)] == ["pay"]
    assert house.engine.case(COACH, seller.id).case.status is CaseStatus.COMPLETED


def test_each_answer_comes_to_the_case_that_asked() -> None:
    house = House(NOTE, TRADE)
    buyers = [house.start("buyer", orderId=f"o-{number}", count=number) for number in (1, 2, 3)]
    for seller in reversed(of(house, "seller")):
        house.complete(seller, "look", text="t")
    house.engine.deliver_pending()
    assert [house.data(buyer)["price"] for buyer in buyers] == [10, 20, 30]


def test_a_process_of_another_pool_is_called_like_any_other() -> None:
    calling = process(start(), call("a", "seller-inner"), end(), "s > a > e", key="caller")
    inner = (start("i"), user("look", form="note"), end("f"), "i > look > f")
    both = package({"buyer": BUYER, "seller-inner": inner}, pool("b", "buyer"), pool("c", "seller-inner"))
    house = House(NOTE, both, calling)
    assert house.task(house.start("caller")).path == "a.look"


def test_a_scenario_goes_through_both_pools() -> None:
    text = b"""
start: {at: 2025-03-03T09:00, unit: north, data: {orderId: o-1, count: 2}}
steps:
  - expect: {waiting: [answer]}
  - complete: look
    in: seller
    with: {fields: {text: found}}
    expect: {closed: true}
  - expect: {waiting: [pay], data: '= price = 20'}
  - complete: pay
    with: {fields: {text: paid}}
ends: {at: e}
"""
    scenario, wrong = read_scenario(text, name="processes/buyer/scenarios/s.yaml", process="buyer")
    assert scenario is not None, wrong
    report = ScenarioRunner(Bundle((NOTE, TRADE))).report([scenario])
    assert report.results[0].failures == ()
    assert {(one.process, one.elements.percent, one.flows.percent) for one in report.coverage.processes} == {
        ("buyer", 100.0, 100.0),
        ("seller", 100.0, 100.0),
    }


# deployed together


def test_pools_are_deployed_together_under_one_number() -> None:
    house = House(NOTE, process(start(), user("a", form="note"), end(), "s > a > e", key="buyer"))
    house.deploy(TRADE)
    assert versions(house) == {"buyer": 2, "seller": 2}
    assert house.deploy(TRADE).unchanged == ("process/buyer", "process/seller")


def test_a_pool_that_is_gone_from_the_diagram_is_withdrawn() -> None:
    ticking = (*SELLER, start("tick", timer("timeCycle", "R/P1D"), unit=NORTH), "tick > f")
    house = House(NOTE, package({"buyer": BUYER, "seller": ticking}, *POOLS))
    buyer = house.start("buyer", orderId="o-1", count=4)
    assert house.engine.next_due() is not None
    house.deploy(package({"buyer": BUYER}, pool("b", "buyer")))
    assert versions(house) == {"buyer": 2}
    assert house.engine.next_due() is None
    with pytest.raises(NotFound):
        house.start("seller")
    house.complete(of(house, "seller")[0], "look", text="t")
    house.engine.deliver_pending()
    assert house.data(buyer)["price"] == 40, "cases that run go on"


def test_a_case_of_an_older_version_begins_the_pool_that_was_deployed_with_it() -> None:
    waiting = (BUYER[0], user("first", form="note"), *BUYER[1:-1], "s > first > ask > answer > pay > e")
    house = House(NOTE, package({"buyer": waiting, "seller": SELLER}, *POOLS))
    old = house.start("buyer", orderId="o-1", count=4)
    changed = (*SELLER[:1], user("check", form="note"), *SELLER[2:4], "asked > check > answering > f")
    house.deploy(package({"buyer": waiting, "seller": changed}, *POOLS))
    new = house.start("buyer", orderId="o-2", count=4)
    for case in (old, new):
        house.complete(case, "first", text="t")
    assert [house.task(case).element for case in of(house, "seller")] == ["look", "check"]


def test_of_two_processes_that_a_message_begins_the_pool_beside_goes_first() -> None:
    parts = (start("asked", message("order")), user("a", form="note"), end(), "asked > a > e")
    other = process(*parts, key="other", declared=DECLARED, orderId=TEXT)
    house = House(NOTE, TRADE)
    house.deploy(other)
    house.start("buyer", orderId="o-1", count=4)
    assert (len(of(house, "seller")), len(of(house, "other"))) == (1, 0)


def test_a_pool_with_the_id_of_another_process_is_refused() -> None:
    seller = process(start(), user("a", form="note"), end(), "s > a > e", key="seller")
    assert refusals(TRADE, seller) == [("same-key", "seller")]
    assert refusals(TRADE, before=(seller,)) == [("same-key", "seller")]
    other = package(
        {"broker": (start("s2"), end("e2"), "s2 > e2"), "seller": SELLER},
        pool("x", "broker"),
        pool("y", "seller"),
        key="broker",
    )
    assert refusals(TRADE, other) == [("same-key", "seller")]


def test_one_pool_has_the_name_of_the_folder() -> None:
    findings = refusals(package({"buyer": BUYER, "seller": SELLER}, *POOLS, key="trade"))
    assert findings == [("process-key", "buyer")]


# parties outside

INVOICE = tag("sendTask", "bill", extension(puts("input", sum="count")), messageRef="invoice")
BILLING = package(
    {"buyer": (start(), INVOICE, user("pay", form="note"), end(), "s > bill > pay > e")},
    pool("b", "buyer"),
    pool("bank", name="The bank"),
    message_flow("bill", "bank"),
)


def test_a_message_to_a_party_outside_waits_to_be_handed_over() -> None:
    house = House(NOTE, BILLING)
    case = house.start("buyer", count=4)
    assert list(house.engine.incidents(HEAD).rows) == []
    (sent,) = house.engine.outgoing_messages(COACH).rows
    expected: dict[str, Any] = {"sum": 4}
    assert (sent.participant, sent.name, sent.key, sent.payload, sent.case_id) == ("The bank", "invoice", {}, expected, case.id)
    assert "The message invoice was sent to The bank." in house.told(case)
    house.engine.hand_over_message(OTHER, sent.id)
    assert list(house.engine.outgoing_messages(COACH).rows) == []
    assert house.events(case.id)[-1] is EventType.MESSAGE_HANDED_OVER
    assert "The message invoice was handed over to The bank." in house.told(case)
    with pytest.raises(NotFound):
        house.engine.hand_over_message(COACH, sent.id)


def test_messages_to_parties_outside_are_for_those_who_work_with_the_case() -> None:
    house = House(NOTE, BILLING)
    house.start("buyer", count=4)
    (sent,) = house.engine.outgoing_messages(COACH, participant="The bank").rows
    assert list(house.engine.outgoing_messages(COACH, participant="Other").rows) == []
    for stranger, error in ((FAR, NotFound), (DESIGNER, NotFound), (AUDITOR, NotAllowed)):
        assert list(house.engine.outgoing_messages(stranger).rows) == []
        with pytest.raises(error):
            house.engine.hand_over_message(stranger, sent.id)


def test_a_message_with_an_identity_number_does_not_leave() -> None:
    naming = tag("sendTask", "bill", extension(puts("input", sum='"1912" + orderId')), messageRef="invoice")
    parts = (start(), naming, user("pay", form="note"), end(), "s > bill > pay > e")
    house = House(NOTE, package({"buyer": parts}, pool("b", "buyer"), pool("bank"), message_flow("bill", "bank")))
    case = house.start("buyer", orderId="1212-1212", count=1)
    assert [incident.kind for incident, _ in house.engine.incidents(HEAD).rows] == ["cannot-send"]
    assert list(house.engine.outgoing_messages(COACH).rows) == []
    assert len(house.open_tasks(case, "pay")) == 1, "the step holds"
