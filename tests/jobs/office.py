"""An installation whose process orders one job a case, and handlers that tests bring."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from engine import feel, job_handlers
from engine.actor import SYSTEM, Membership, Role
from engine.case import Case, Incident
from engine.case_engine import CaseEngine
from engine.clock import Clock, FixedClock
from engine.definition import Bundle
from engine.history import EventType
from engine.ids import CaseId, UserId
from engine.job import Job
from engine.job_handlers import JobDesk, JobHandler
from engine.ports import Store, Unit
from engine.storage.memory import MemoryStore
from tests.bpmn.diagrams import boundary, end, error, job, manual, start
from tests.builders import NOON, a_user
from tests.commands.house import NORTH, NUMBER, SOUTH, process

CODES = '<error id="away" errorCode="away"/>'
NAME = "acme.ring"
Work = Callable[[Mapping[str, feel.Value], JobDesk], feel.Value]
ROBOT = a_user("robot-1")


class Office:
    """An engine with the process `p`: a job at `a`, then a task at `z`; the error `away` leads to a task at `w`."""

    def __init__(self, store: Store | None = None, *, clock: Clock | None = None, **attributes: str) -> None:
        self.store = store or MemoryStore()
        self.fixed = FixedClock(NOON)
        self.engine = CaseEngine(self.store, clock=clock or self.fixed)
        said = {"handler": NAME} if "topic" not in attributes else {}
        ring = job("a", {"number": "number"}, {"got": "result"}, **said, **attributes)
        parts = (
            start(),
            ring,
            boundary("b", "a", error("away")),
            manual("z"),
            manual("w"),
            end(),
            "s > a > z > e",
            "b > w > e",
        )
        with self.store.write() as work:
            work.people.put_unit(Unit(NORTH, "North"))
            work.people.put_unit(Unit(SOUTH, "South"))
            work.commit()
        self.engine.deploy(SYSTEM, Bundle((process(*parts, declared=CODES, number=NUMBER, got={}),)))

    def start(self, number: int = 4) -> Case:
        return self.engine.start_case(SYSTEM, "p", unit=NORTH, data={"number": number})

    def job(self, case: Case) -> Job | None:
        with self.store.read() as work:
            return next(iter(work.jobs.of_case(case.id)), None)

    def the_job(self, case: Case) -> Job:
        found = self.job(case)
        assert found is not None, "there is no job"
        return found

    def paths(self, case: Case) -> list[str]:
        with self.store.read() as work:
            return [task.path for task in work.tasks.of_case(case.id) if task.is_open]

    def got(self, case: Case) -> object:
        return self.engine.case(SYSTEM, case.id).data.get("got")

    def incident(self, case: Case) -> Incident:
        with self.store.read() as work:
            return work.incidents.open_of_case(case.id)[0]

    def incidents(self, case: Case) -> list[str]:
        with self.store.read() as work:
            return [incident.kind for incident in work.incidents.open_of_case(case.id)]

    def events(self, case: CaseId) -> list[EventType]:
        with self.store.read() as work:
            return [event.type for event, _ in work.histories.of_case(case)]

    def told(self, case: Case) -> str:
        entries = self.engine.history(SYSTEM, case.id, limit=1_000)
        return "\n".join(f"{entry.text_sv}\n{entry.text_en}" for entry in entries)

    def robot(self, *topics: str, unit: str = NORTH) -> None:
        """An account of another system that works on these topics."""
        with self.store.write() as work:
            place = Membership(NORTH if unit == NORTH else SOUTH, frozenset(topics))
            user = type(ROBOT)(UserId("robot-1"), "robot-1", "The robot", roles=frozenset({Role.WORKER}), memberships=(place,))
            work.people.put_user(user)
            work.commit()


@contextmanager
def installed(work: Work, *errors: str) -> Iterator[None]:
    """The handler that the process names is there for a while."""
    job_handlers.register(NAME, JobHandler(work, frozenset(errors)))
    try:
        yield
    finally:
        job_handlers.withdraw(NAME)
