"""Cases that begin with several messages: one case for those with one key, whatever the order, none twice, none lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.actor import SYSTEM
from engine.case import Case
from engine.errors import Conflict, NotPossible, Rejected
from engine.history import EventType
from tests.bpmn.diagrams import catch, end, manual, start, tag, throw, user
from tests.bpmn.test_multiple_starts import carrying
from tests.bpmn.test_parallel_starts import DECLARED, GATEWAY
from tests.builders import NOON
from tests.commands.house import COACH, FAR, HEAD, NORTH, NOTE, SOUTH, TEXT, House, process

SAYS = {"type": "object", "required": ["text"], "properties": {"text": TEXT, "person": TEXT}}
READ: dict[str, object] = {"application": SAYS, "consent": SAYS}
ONE, OTHER = carrying("m1", x="text", k="person"), carrying("m2", y="text", k="person")
ALL = process(
    start("b", ONE + OTHER, parallelMultiple="true"),
    manual("a"),
    end(),
    "b > a > e",
    declared=DECLARED,
    messages=READ,
    x=TEXT,
    y=TEXT,
    k=TEXT,
)
BEHIND = process(
    GATEWAY, catch("c", ONE), catch("d", OTHER), manual("a"), end(), "g > c > a > e", "g > d > e",
    declared=DECLARED, messages=READ, x=TEXT, y=TEXT, k=TEXT,
)  # fmt: skip


def send(house: House, name: str, person: str = "p1", *, text: str = "hello", **more: Any) -> Any:
    payload = {"text": text, "person": person}
    return house.engine.send_message(COACH, name, key={"person": person}, payload=payload, **{"unit": NORTH, **more})


def begun(house: House) -> list[Case]:
    return sorted(house.engine.cases(SYSTEM).rows, key=lambda case: case.number)


# a start event that needs all


@pytest.mark.parametrize("order", [("application", "consent"), ("consent", "application")])
def test_the_last_of_them_begins_the_case_with_what_all_brought(order: tuple[str, str]) -> None:
    house = House(ALL)
    assert send(house, order[0], text=order[0]).is_pending
    assert begun(house) == []
    case = send(house, order[1], text=order[1]).started
    assert case is not None
    assert house.data(case) == {"x": "application", "y": "consent", "k": "p1"}
    assert house.events(case.id).count(EventType.MESSAGE_RECEIVED) == 2
    assert [one.id for one in begun(house)] == [case.id]


def test_only_those_with_one_key_belong_together() -> None:
    house = House(ALL)
    assert send(house, "application", "p1").is_pending
    assert send(house, "consent", "p2").is_pending
    assert begun(house) == []
    send(house, "consent", "p1")
    send(house, "application", "p2")
    assert sorted(str(house.data(case)["k"]) for case in begun(house)) == ["p1", "p2"]


def test_two_of_one_name_are_of_two_cases_the_oldest_first() -> None:
    house = House(ALL)
    for text in ("first", "second"):
        send(house, "application", text=text)
        house.clock.move_to(house.clock.now() + timedelta(minutes=1))
    for _ in (1, 2):
        send(house, "consent")
    assert [house.data(case)["x"] for case in begun(house)] == ["first", "second"]


def test_each_sent_twice_begins_one_case() -> None:
    house = House(ALL)
    for name in ("application", "application", "consent", "consent", "application"):
        send(house, name, message_id=f"id of {name}")
    assert len(begun(house)) == 1


def test_what_came_too_long_ago_begins_nothing_and_is_told() -> None:
    house = House(ALL)
    send(house, "application")
    house.clock.move_to(NOON + timedelta(days=31))
    house.engine.forget_messages()
    assert send(house, "consent").is_pending
    assert begun(house) == []
    assert [message.name for message in house.engine.lost_messages(SYSTEM).rows] == ["application"]


def test_a_message_that_begins_a_case_with_others_needs_a_key() -> None:
    house = House(ALL)
    with pytest.raises(Rejected) as caught:
        house.engine.send_message(COACH, "application", key={}, payload={"text": "t"}, unit=NORTH)
    assert [problem.path for problem in caught.value.problems] == ["/key"]


def test_the_last_says_the_unit() -> None:
    house = House(ALL)
    send(house, "application", unit=None)
    with pytest.raises(NotPossible, match="in which unit"):
        send(house, "consent", unit=None)
    payload = {"text": "t", "person": "p1"}
    house.engine.send_message(FAR, "consent", key={"person": "p1"}, payload=payload, unit=SOUTH)
    assert [case.unit for case in begun(house)] == [SOUTH]


def test_a_message_that_waited_and_no_longer_fits_the_process_is_passed_over() -> None:
    house = House(ALL)
    send(house, "application", text="old")
    other: dict[str, object] = {**SAYS, "properties": {"text": {**TEXT, "minLength": 4}, "person": TEXT}}
    parts = (start("b", ONE + OTHER, parallelMultiple="true"), manual("a"), end(), "b > a > e")
    house.deploy(process(*parts, declared=DECLARED, messages={**READ, "application": other}, x=TEXT, y=TEXT, k=TEXT))
    assert send(house, "consent").is_pending
    assert send(house, "application", text="newer").started is not None
    assert [house.data(case)["x"] for case in begun(house)] == ["newer"]


def test_cases_begin_by_what_other_cases_send() -> None:
    sends = '<messageEventDefinition messageRef="{}"/>'
    said = {f"{name}": process(start(), user("u", form="note"), throw("t", sends.format(ref)), end(), "s > u > t > e",
            key=name, declared=DECLARED, k=TEXT) for name, ref in (("asks", "m1"), ("agrees", "m2"))}  # fmt: skip
    plain = process(
        start("b", carrying("m1") + carrying("m2"), parallelMultiple="true"),
        manual("a"),
        end(),
        "b > a > e",
        declared=DECLARED,
        k=TEXT,
    )
    house = House(NOTE, plain, *said.values())
    for name in ("asks", "agrees"):
        house.complete(house.start(name, k="p1"), "u", text="t")
    assert [case.unit for case in begun(house) if case.process == "p"] == [NORTH]
    assert house.engine.incidents(HEAD).rows == ()


# behind a parallel gateway


@pytest.mark.parametrize("order", [("application", "consent"), ("consent", "application")])
def test_the_first_begins_the_case_that_the_others_find(order: tuple[str, str]) -> None:
    house = House(BEHIND)
    case = send(house, order[0]).started
    assert case is not None
    assert send(house, order[1], text="then").case_ids == (case.id,)
    assert house.data(case)[{"consent": "y", "application": "x"}[order[1]]] == "then"
    assert [one.id for one in begun(house)] == [case.id]


def test_what_has_another_key_begins_a_case_of_its_own() -> None:
    house = House(BEHIND)
    send(house, "application", "p1")
    assert send(house, "consent", "p2").started is not None
    assert len(begun(house)) == 2


def test_a_case_with_a_key_is_not_begun_again_before_all_has_come() -> None:
    house = House(BEHIND)
    send(house, "application", message_id="one")
    assert send(house, "application", message_id="one").started is None
    with pytest.raises(Conflict, match="still waits for consent"):
        send(house, "application")
    send(house, "consent")
    assert send(house, "application").started is not None


def test_a_message_with_another_key_than_its_case_would_have_is_refused_and_begins_none() -> None:
    house = House(BEHIND)
    with pytest.raises(NotPossible, match="another key"):
        house.engine.send_message(COACH, "consent", key={"person": "p2"}, payload={"text": "t", "person": "p1"}, unit=NORTH)
    with pytest.raises(NotPossible, match="another key"):
        house.engine.send_message(COACH, "consent", key={"person": "p2"}, payload={"text": "t"}, unit=NORTH)
    assert begun(house) == []


def test_a_gateway_behind_which_a_task_receives_finds_its_case_too() -> None:
    receiving = tag("receiveTask", "r", messageRef="m2")
    parts = (GATEWAY, catch("c", ONE), receiving, end(), "g > c > e", "g > r > e")
    house = House(process(*parts, declared=DECLARED, messages=READ, x=TEXT, y=TEXT, k=TEXT))
    case = send(house, "application").started
    assert case is not None
    assert send(house, "consent").case_ids == (case.id,)
    assert not house.engine.case(COACH, case.id).case.is_open
