"""An installation whose cases have something to do in the background: timers, signals, and calls to a peer on loopback."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from threading import Event

from engine import job_handlers
from engine.actor import SYSTEM
from engine.case import CaseStatus
from engine.case_engine import CaseEngine
from engine.clock import SystemClock
from engine.definition import Bundle
from engine.history import EventType
from engine.ids import CaseId
from engine.job import Job
from engine.job_handlers import JobHandler
from engine.jobs.loading import BUILT_IN, load_handlers
from engine.ports import Unit
from engine.storage.sql import open_store
from engine.wait import WaitKind
from tests.background.house import LISTENER, SOON, TIMED
from tests.bpmn.diagrams import end, job, manual, start
from tests.commands.house import NORTH, NUMBER, TEXT, process
from tests.jobs.http_peers import Peer

from .looking import Record, broken_rules, read_records

CRASH = "acme.crash"
"""A handler that asks the peer as `http.request` does, and kills its process when it has the answer."""
_CALLED = {"url": "base", "method": '"POST"', "body": "{number: number}"}


def _calling(key: str, **attributes: str) -> tuple[str, ...]:
    attributes = {"handler": "http.request", "retryAfter": "PT1S", **attributes}
    return (start(), job("a", _CALLED, {"got": "result.body"}, **attributes), manual("z"), end(), "s > a > z > e")


CALL = process(*_calling("call", retries="20"), key="call", base=TEXT, number=NUMBER, got={})
TWICE = process(*_calling("twice", retries="2"), key="twice", base=TEXT, number=NUMBER, got={})
POISON = process(*_calling("poison", retries="2", handler=CRASH), key="poison", base=TEXT, number=NUMBER, got={})


class Errands:
    """The engine on a database, by the real clock; workers on other processes are told."""

    def __init__(self, engine: CaseEngine) -> None:
        self.engine = engine
        with engine.store.write() as work:
            work.people.put_unit(Unit(NORTH, "North"))
            work.commit()
        engine.deploy(SYSTEM, Bundle((TIMED, SOON, LISTENER, CALL, TWICE, POISON)))

    def start(self, key: str, *, times: int = 1) -> list[CaseId]:
        """So many cases, begun all at once."""
        with self.engine.store.around() as whole:
            begun = [self.engine.start_case(SYSTEM, key, unit=NORTH).id for _ in range(times)]
            whole.commit()
        return begun

    def call(self, peer: Peer, number: int, key: str = "call") -> CaseId:
        return self.engine.start_case(SYSTEM, key, unit=NORTH, data={"base": peer.plain, "number": number}).id

    def alarm(self) -> None:
        self.engine.throw_signal(SYSTEM, "alarm", unit=NORTH)

    def let_timers_come_due(self, cases: Sequence[CaseId], due: datetime) -> None:
        """Put all timers of the cases to one moment, at once."""
        with self.engine.store.write() as work:
            for timer in [wait for id_ in cases for wait in work.waits.of_case(id_) if wait.kind is WaitKind.TIMER]:
                work.waits.close(timer.case_id, timer.token)
                work.waits.open(replace(timer, due=due))
            work.commit()

    def job(self, case_id: CaseId) -> Job | None:
        with self.engine.store.read() as work:
            return next(iter(work.jobs.of_case(case_id)), None)

    def is_at(self, case_id: CaseId, element: str) -> bool:
        with self.engine.store.read() as work:
            return [task.path for task in work.tasks.of_case(case_id) if task.is_open] == [element]

    def incidents(self, case_id: CaseId) -> list[str]:
        with self.engine.store.read() as work:
            return [incident.kind for incident in work.incidents.open_of_case(case_id)]

    def got(self, case_id: CaseId) -> object:
        return self.engine.case(SYSTEM, case_id).data.get("got")

    def done(self, cases: Sequence[CaseId]) -> int:
        """How many of the cases are over."""
        with self.engine.store.read() as work:
            found = [work.cases.get(id_) for id_ in cases]
        return sum(case is not None and case.status is CaseStatus.COMPLETED for case in found)

    def records(self) -> list[Record]:
        """All cases, each of which is whole."""
        records = read_records(self.engine)
        assert [rule for record in records for rule in broken_rules(self.engine, record)] == []
        return records

    def require_each_once(self, type_: EventType) -> list[Record]:
        """Each case that is there tells of this once, and is over."""
        records = self.records()
        assert {record.count(type_) for record in records} == {1}
        assert {record.case.status for record in records} == {CaseStatus.COMPLETED}
        return records


@contextmanager
def errands_on(url: str) -> Iterator[Errands]:
    """The installation, with the handlers that its diagrams name known to this process."""
    store = open_store(url, tells=url.startswith("postgresql"))
    load_handlers()
    job_handlers.register(CRASH, JobHandler(lambda inputs, desk: None))
    try:
        yield Errands(CaseEngine(store, clock=SystemClock()))
    finally:
        for name in (CRASH, *BUILT_IN):
            job_handlers.withdraw(name)
        store.close()


def wait_for(event: Event) -> None:
    """Return when it is set; whoever waits in vain fails."""
    assert event.wait(timeout=180), "it never came to be so"
