"""A case without a database. Between every two steps the state is written and read back, and everything is weighed.

After each step the driver checks what must always hold: the step is a pure function of what went in, the specification
is as it was, the waits and incidents that were told are those in the state, and no data scope is left behind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

from engine import bpmn, feel
from engine.bpmn.ledger import scopes_of
from engine.bpmn.loaded import LoadedProcess
from engine.bpmn.state import dump, restore
from engine.canonical import dumps, loads
from engine.case import CaseStatus
from engine.case_data import CaseData, decode, encode
from engine.errors import NotFound
from engine.handlers import HandlerFailed
from engine.history import EventType
from engine.ids import ROOT_SCOPE, Token, UserId, VersionId
from tests.builders import a_case

MONDAY = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)


@dataclass
class Shelf:
    """The processes that exist, by key; the newest version of a key is the last one given."""

    processes: list[LoadedProcess]

    def process(self, id_: VersionId) -> LoadedProcess:
        return next(process for process in self.processes if process.version_id == id_)

    def called(self, caller: LoadedProcess, key: str, version: str) -> LoadedProcess:
        fitting = [process for process in self.processes if process.key == key]
        if version.isdecimal():
            fitting = [process for process in fitting if process.version_id == f"{key}:{version}"]
        if not fitting:
            raise NotFound("process", key)
        return fitting[-1]


@dataclass
class Registers:
    """One register, `rooms`, with the key `id`."""

    entries: dict[str, dict[str, feel.Value]] = field(default_factory=dict)

    def get(self, register: str, key: str) -> dict[str, feel.Value] | None:
        return self.entries.get(key)

    def find(self, register: str, where: Mapping[str, feel.Value], limit: int) -> list[dict[str, feel.Value]]:
        return [entry for entry in self.entries.values() if all(entry.get(name) == value for name, value in where.items())]

    def key_field(self, register: str) -> str:
        if register != "rooms":
            raise HandlerFailed(f"There is no register {register}. Correct the input `register`.")
        return "id"

    def new_key(self, register: str) -> str:
        return f"new-{len(self.entries)}"

    def has_unit(self, id_: str) -> bool:
        return id_ != "nowhere"

    def has_user(self, id_: str) -> bool:
        return id_ != "nobody"

    def check(self, register: str, entry: Mapping[str, feel.Value]) -> None:
        if "floor" not in entry:
            raise HandlerFailed("The entry does not fit the register rooms: look at /floor.", error="bad-entry")


class Driver:
    """One case on its way; `tasks`, `waits` and `incidents` are what its steps have told so far."""

    def __init__(self, *processes: LoadedProcess, now: datetime = MONDAY, budget: int = 1_000) -> None:
        self.shelf = Shelf(list(processes))
        self.now = now
        self.budget = budget
        self.registers = Registers()
        self.state: str | None = None
        self.data = CaseData()
        self.status = CaseStatus.ACTIVE
        self.waits: dict[Token, bpmn.WaitOrder] = {}
        self.tasks: dict[Token, bpmn.TaskOrder] = {}
        self.jobs: dict[Token, bpmn.JobOrder] = {}
        self.incidents: dict[Token, bpmn.IncidentOrder] = {}
        self.events: list[tuple[str, str]] = []
        self.payloads: list[tuple[str, str, dict[str, Any]]] = []
        self.effects: list[object] = []

    # what is done to it

    def start(self, event: str = "s", payload: Mapping[str, feel.Value] | None = None, **values: Any) -> Driver:
        return self.step(bpmn.Start(event, feel_values(values), payload))

    def complete(self, path: str, item: int | None = None, **writes: Any) -> Driver:
        """Complete the open task at a path, in a loop the one of round `item`."""
        return self.step(bpmn.CompleteTask(self.task(path, item).token, feel_values(writes)))

    def begin(self, path: str, element: str, item: int | None = None) -> Driver:
        """Begin an activity in the ad-hoc sub-process at a path."""
        return self.step(bpmn.BeginActivity(self.task(path, item).token, element))

    def trigger(self, path: str, **payload: Any) -> Driver:
        """Let what is waited for at a path come."""
        return self.step(bpmn.Trigger(self.wait(path).token, feel_values(payload)))

    def job(self, path: str) -> bpmn.JobOrder:
        """The job that is ordered at a path."""
        fitting = [order for order in self.jobs.values() if order.element == path]
        assert fitting, f"no job at {path}, but {[order.element for order in self.jobs.values()]}"
        return fitting[0]

    def done(self, path: str, result: Any) -> Driver:
        """The job at a path is done."""
        return self.step(bpmn.JobDone(self.job(path).token, _feel(result)))

    def throws(self, path: str, code: str) -> Driver:
        return self.step(bpmn.JobThrows(self.job(path).token, code, "It threw."))

    def give_up(self, path: str) -> Driver:
        return self.step(bpmn.JobGivenUp(self.job(path).token, "It failed 3 times."))

    def retry(self, path: str | None = None) -> Driver:
        return self.step(bpmn.Retry(self.incident(path).token))

    def skip(self, path: str | None = None, *flows: str) -> Driver:
        return self.step(bpmn.Skip(self.incident(path).token, flows, "Why"))

    def token(self, path: str) -> Token:
        """The token of what stands at a path."""
        assert self.state is not None
        found = [place.token for place in bpmn.places(self.state, self.shelf.processes[0], self.shelf) if place.path == path]
        assert found, f"nothing stands at {path}"
        return found[0]

    def move(self, path: str, to: str) -> Driver:
        return self.step(bpmn.MoveToken(self.token(path), to, "Why"))

    def add(self, path: str, inside: str | None = None) -> Driver:
        return self.step(bpmn.AddToken(path, None if inside is None else Token(inside), "Why"))

    def withdraw(self, path: str) -> Driver:
        return self.step(bpmn.CancelToken(self.token(path), "Why"))

    def reopen(self) -> Driver:
        return self.step(bpmn.Reopen("Why"))

    def correct(self, **writes: Any) -> Driver:
        return self.step(bpmn.CorrectData(feel_values(writes)))

    def cancel(self) -> Driver:
        return self.step(bpmn.CancelCase())

    # what it says

    @property
    def paths(self) -> list[str]:
        """The paths of open tasks, sorted."""
        return sorted(order.path for order in self.tasks.values())

    @property
    def waiting(self) -> list[str]:
        """What is waited for, sorted."""
        return sorted(order.element for order in self.waits.values())

    @property
    def values(self) -> dict[str, Any]:
        """The case's own data, numbers as int."""
        return {name: plain(value) for name, value in self.data.scopes[ROOT_SCOPE].values.items()}

    def task(self, path: str, item: int | None = None) -> bpmn.TaskOrder:
        fitting = [order for order in self.tasks.values() if order.path == path and item in (None, order.loop_counter)]
        assert fitting, f"no open task {path}, but {self.paths}"
        return fitting[0]

    def offered(self, path: str) -> list[tuple[str, int, bool]]:
        """What the ad-hoc sub-process at a path offers: each with how often it has been begun and whether it may be now."""
        assert self.state is not None
        found = [place.choice for place in bpmn.places(self.state, self.shelf.processes[0], self.shelf) if place.path == path]
        return [(one.path, one.begun, one.is_possible) for choice in found if choice for one in choice.activities]

    def wait(self, path: str) -> bpmn.WaitOrder:
        fitting = [order for order in self.waits.values() if order.element == path]
        assert fitting, f"nothing waits at {path}, but {self.waiting}"
        return fitting[0]

    def incident(self, path: str | None = None) -> bpmn.IncidentOrder:
        fitting = [order for order in self.incidents.values() if path in (None, order.element)]
        assert fitting, f"no incident at {path}, but {[order.element for order in self.incidents.values()]}"
        return fitting[0]

    def told(self, type_: EventType) -> list[str]:
        return [element for name, element in self.events if name == type_.value]

    # how

    def context(self) -> bpmn.StepContext:
        root = self.shelf.processes[0]
        return bpmn.StepContext(
            process=root,
            library=self.shelf,
            case=replace(a_case(), process=root.key, version_id=root.version_id, started_at=MONDAY),
            now=self.now,
            actor=UserId("coach-1"),
            records=self.registers,
            calendar=feel.SwedishCalendar(),
            budget=self.budget,
        )

    def step(self, command: bpmn.Command) -> Driver:
        before = [spec_digest(process) for process in self.shelf.processes]
        step = bpmn.advance(self.state, self.data, command, self.context())
        again = bpmn.advance(self.state, self.data, command, self.context())
        assert step == again, "the same inputs give the same step"
        assert before == [spec_digest(process) for process in self.shelf.processes], "the specification was changed"
        self.state, self.status = step.state, step.status
        self.data = stored(step.data)
        assert self.data == step.data, "data survive being stored"
        self._keep(step)
        self._weigh()
        return self

    def _keep(self, step: bpmn.Step) -> None:
        for token, _ in step.closed:
            assert token in self.waits, f"{token} was closed but did not wait"
            del self.waits[token]
            self.tasks.pop(token, None)
        for wait in step.waits:
            assert wait.token not in self.waits, f"{wait.token} waits twice"
            self.waits[wait.token] = wait
        for order in step.tasks:
            self.tasks[order.token] = order
        for token in step.closed_jobs:
            del self.jobs[token]
        for job in step.jobs:
            assert job.token not in self.jobs, f"{job.token} has two jobs"
            self.jobs[job.token] = job
        for token in step.resolved:
            assert token in self.incidents, f"{token} was resolved but had no incident"
            del self.incidents[token]
        for incident in step.incidents:
            assert (incident.token in self.incidents) is incident.is_retry, f"{incident.token} has two incidents"
            self.incidents[incident.token] = incident
        self.events += [(event.type.value, event.element) for event in step.events]
        self.payloads += [(event.type.value, event.element, cast("dict[str, Any]", event.payload)) for event in step.events]
        for event in step.events:
            dumps(event.payload)
        self.effects += step.effects

    def _weigh(self) -> None:
        """What must hold after every step."""
        assert self.state is not None
        workflow = restore(self.state, self.shelf.processes[0], self.shelf)
        assert dump(workflow) == self.state, "the state survives being stored"
        state = cast("dict[str, Any]", loads(self.state))
        rows = state["tokens"]
        assert {row["id"] for row in rows if "waits" in row.get("own", {})} == set(self.waits)
        assert {row["id"] for row in rows if "incident" in row.get("own", {})} == set(self.incidents)
        assert set(self.tasks) == {token for token, order in self.waits.items() if order.kind == "task"}
        assert set(self.jobs) == {token for token, order in self.waits.items() if order.kind == "job"}
        held = {scope for row in rows for scope in row.get("data", {}).values()}
        held |= {scope for row in rows for key in ("ledger", "todo") for scope in scopes_of(row.get("own", {}).get(key, ()))}
        assert set(self.data.scopes) - {ROOT_SCOPE} == held, "a data scope is left behind"
        assert all(room.parent in self.data.scopes for room in self.data.scopes.values() if room.parent)
        for row in rows:
            assert all(count > 0 for counts in row.get("own", {}).get("joins", {}).values() for count in counts.values())
        if self.status is CaseStatus.ACTIVE:
            assert len(rows) > 1 or self.incidents, "an active case has a token"
        else:
            assert len(rows) == 1, "a case that has ended has no tokens"
            assert rows[0].get("own", {}) == {}, "nothing is left of a case that has ended"
            assert set(self.data.scopes) == {ROOT_SCOPE}


def stored(data: CaseData) -> CaseData:
    """The data after a trip through JSON text."""
    return CaseData.of(
        replace(room, values=cast("dict[str, feel.Value]", decode(loads(dumps(encode(dict(room.values)))))))
        for room in data.scopes.values()
    )


def spec_digest(process: LoadedProcess) -> str:
    """Over everything in the specification; objects count by identity."""
    parts = []
    for name, spec in process.spec.task_specs.items():
        parts.append((name, sorted((key, repr(value)) for key, value in vars(spec).items() if key != "model")))
    return hashlib.sha256(repr((parts, sorted(vars(process.spec)))).encode()).hexdigest()


def feel_values(values: Mapping[str, Any]) -> dict[str, feel.Value]:
    """Numbers as Decimal; two underscores in a name are a dot."""
    return {name.replace("__", "."): _feel(value) for name, value in values.items()}


def _feel(value: Any) -> feel.Value:
    match value:
        case bool():
            return value
        case int():
            return Decimal(value)
        case list():
            return [_feel(item) for item in value]
        case dict():
            return {name: _feel(item) for name, item in value.items()}
    return cast("feel.Value", value)


def plain(value: feel.Value) -> Any:
    """Whole numbers as int, for comparing."""
    match value:
        case Decimal():
            return int(value) if value == int(value) else value
        case list():
            return [plain(item) for item in value]
        case dict():
            return {name: plain(item) for name, item in value.items()}
    return value
