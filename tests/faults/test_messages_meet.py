"""Messages and those who wait for them at the same moment, and signals of a server that stops half way."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from engine.actor import SYSTEM
from engine.case import CaseStatus
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle
from engine.history import EventType
from engine.ports import Unit
from engine.queries import CaseChoice
from tests.bpmn.diagrams import catch, end, manual, message, signal, start, throw
from tests.builders import NOON
from tests.commands.house import NORTH, NUMBER, TEXT, process

from .installation import engine_on

ROUNDS = 25
LISTENERS = 5
DECLARED = '<message id="m" name="ping" stegvis:correlation="= {mark: mark}"/><signal id="si" name="alarm"/>'
WAITING = process(start(), catch("c", message(x="n")), end(), "s > c > e", declared=DECLARED, mark=TEXT, x=NUMBER)
LISTENER = process(start(), catch("si", signal()), manual("u"), end(), "s > si > u > e", key="listener", declared=DECLARED)
CALLER = process(start(), throw("th", signal()), manual("a"), end(), "s > th > a > e", key="caller", declared=DECLARED)
ALARMED = process(start("alarm", signal()), manual("a"), end(), "alarm > a > e", key="alarmed", declared=DECLARED)


@pytest.fixture
def engine(sql_url: str) -> Iterator[CaseEngine]:
    with engine_on(sql_url, FixedClock(NOON)) as engine:
        with engine.store.write() as work:
            work.people.put_unit(Unit(NORTH, "North"))
            work.commit()
        engine.deploy(SYSTEM, Bundle((WAITING, LISTENER, CALLER, ALARMED)))
        yield engine


def test_a_message_that_meets_its_subscriber_in_the_same_instant_is_not_missed(engine: CaseEngine) -> None:
    barrier = Barrier(2)

    def subscribe(mark: str) -> None:
        barrier.wait(timeout=60)
        engine.start_case(SYSTEM, "p", unit=NORTH, data={"mark": mark})

    def send(mark: str) -> None:
        barrier.wait(timeout=60)
        engine.send_message(SYSTEM, "ping", key={"mark": mark}, payload={"n": 1}, message_id=mark)

    with ThreadPoolExecutor(2) as both:
        for number in range(ROUNDS):
            mark = f"mark-{number}"
            for one in (both.submit(subscribe, mark), both.submit(send, mark)):
                one.result(timeout=60)
    engine.deliver_pending()
    cases = engine.cases(SYSTEM, CaseChoice(process="p"), limit=ROUNDS + 1).rows
    assert [case.status for case in cases] == [CaseStatus.COMPLETED] * ROUNDS


def test_a_message_sent_twice_at_once_with_one_id_has_one_effect(engine: CaseEngine) -> None:
    case = engine.start_case(SYSTEM, "p", unit=NORTH, data={"mark": "one"})
    other = engine.start_case(SYSTEM, "p", unit=NORTH, data={"mark": "two"})
    barrier = Barrier(2)

    def send(_: int) -> None:
        barrier.wait(timeout=60)
        engine.send_message(SYSTEM, "ping", key={"mark": "one"}, payload={"n": 1}, message_id="same")

    with ThreadPoolExecutor(2) as both:
        outcomes = [one.exception(timeout=60) for one in [both.submit(send, number) for number in range(2)]]
    assert outcomes.count(None) >= 1
    engine.deliver_pending()
    with engine.store.read() as work:
        told = [event.type for event, _ in work.histories.of_case(case.id)]
    assert told.count(EventType.MESSAGE_RECEIVED) == 1
    assert engine.case(SYSTEM, other.id).case.status is CaseStatus.ACTIVE


def test_a_signal_reaches_all_who_waited_although_the_server_stops_half_way(sql_url: str, engine: CaseEngine) -> None:
    listeners = [engine.start_case(SYSTEM, "listener", unit=NORTH) for _ in range(LISTENERS)]
    engine.start_case(SYSTEM, "caller", unit=NORTH)
    with engine.store.read() as work:
        on_their_way = list(work.waits.pending_deliveries(100))
    assert len(on_their_way) == LISTENERS
    engine.deliver(on_their_way[0])
    engine.store.close()  # type: ignore[attr-defined]  # of all stores only this one has connections to lose
    with engine_on(sql_url, FixedClock(NOON)) as again:
        late = again.start_case(SYSTEM, "listener", unit=NORTH)
        again.deliver(on_their_way[0])  # as one would who saw it pending before the stop
        assert again.deliver_pending() == LISTENERS - 1
        assert again.deliver_pending() == 0
        for case in (*listeners, late):
            with again.store.read() as work:
                told = [event.type for event, _ in work.histories.of_case(case.id)]
            assert told.count(EventType.SIGNAL_RECEIVED) == (0 if case is late else 1)
        assert len(again.cases(SYSTEM, CaseChoice(process="alarmed")).rows) == 1, "and the case that it begins is there once"
