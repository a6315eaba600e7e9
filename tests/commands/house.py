"""A small installation in memory: units, people, and packages written compactly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from engine.actor import Actor, Membership, Role
from engine.canonical import Json
from engine.case import Case
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle, Package
from engine.history import EventType
from engine.ids import CaseId, UnitId, UserId
from engine.ports import Unit
from engine.settings import EngineSettings
from engine.storage.memory import MemoryStore
from engine.task import UserTask
from tests.bpmn.diagrams import DECLARED, diagram, end, start, user
from tests.builders import NOON, a_user, an_actor

NORTH, SOUTH = UnitId("north"), UnitId("south")

COACH = an_actor("coach-1", unit=NORTH)
OTHER = an_actor("coach-2", unit=NORTH)
RECEPTION = an_actor("reception-1", unit=NORTH, groups=["reception"])
FAR = an_actor("coach-9", unit=SOUTH)
HEAD = Actor(UserId("head-1"), "Name of head-1", (Membership(NORTH, frozenset({"unit-head"}), manages=True),))
FAR_HEAD = Actor(UserId("head-9"), "Name of head-9", (Membership(SOUTH, frozenset({"unit-head"}), manages=True),))
AUDITOR = Actor(UserId("auditor-1"), "Name of auditor-1", (), frozenset({Role.AUDITOR}))
ADMINISTRATOR = Actor(UserId("admin-1"), "Name of admin-1", (), frozenset({Role.ADMINISTRATOR}))
DESIGNER = Actor(UserId("designer-1"), "Name of designer-1", (), frozenset({Role.DESIGNER}))
PEOPLE = (COACH, OTHER, RECEPTION, FAR, HEAD, FAR_HEAD, AUDITOR, ADMINISTRATOR, DESIGNER)

TEXT: dict[str, object] = {"type": "string", "maxLength": 200}
NUMBER: dict[str, object] = {"type": "number"}


def form(key: str, required: tuple[str, ...] = (), **fields: dict[str, object]) -> Package:
    """A form of a few fields."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"form:{key}",
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": fields,
    }
    paths = [
        f"{name}.{inner}" for name, said in fields.items() for inner in cast("Mapping[str, object]", said.get("properties", {}))
    ]
    texts = {"title": key, "submit": "OK", "fields": {name: {"label": f"{name}-label"} for name in (*fields, *paths)}}
    example = {name: "x" if fields[name] == TEXT else 1 for name in required}
    files = {
        "schema.json": schema,
        "ui.json": {},
        "texts.sv.json": texts,
        "texts.en.json": texts,
        "examples/good.json": example,
    }
    return Package("form", key, {name: json.dumps(value).encode() for name, value in files.items()})


def process(
    *parts: str, key: str = "p", declared: str = DECLARED, messages: dict[str, object] | None = None, **names: dict[str, object]
) -> Package:
    """A process that people may start; `names` are what its data schema declares."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": names,
        "$defs": {f"message:{name}": payload for name, payload in (messages or {}).items()},
    }
    source = diagram(*parts, key=key, declared=declared, startable="true", name=f"Process {key}")
    return Package("process", key, {"process.bpmn": source, "data.schema.json": json.dumps(schema).encode()})


NOTE = form("note", ("text",), text=TEXT, more=TEXT)
ONE_TASK = process(start(), user("a", form="note"), end(), "s > a > e")


class House:
    """An engine on an empty store, with people in it."""

    def __init__(self, *packages: Package, now: datetime = NOON, settings: EngineSettings | None = None) -> None:
        self.store = MemoryStore()
        self.clock = FixedClock(now)
        self.engine = CaseEngine(self.store, clock=self.clock, settings=settings or EngineSettings())
        with self.store.write() as unit:
            unit.people.put_unit(Unit(NORTH, "Norr"))
            unit.people.put_unit(Unit(SOUTH, "Söder"))
            for actor in PEOPLE:
                unit.people.put_user(
                    replace(a_user(actor.id), full_name=actor.name, memberships=actor.memberships, roles=actor.roles)
                )
            unit.commit()
        if packages:
            self.deploy(*packages)

    def deploy(self, *packages: Package) -> Any:
        return self.engine.deploy(DESIGNER, Bundle(packages))

    def start(self, process: str = "p", *, by: Actor = COACH, unit: UnitId = NORTH, **data: Json) -> Case:
        return self.engine.start_case(by, process, unit=unit, data=data)

    def open_tasks(self, case: Case, element: str = "") -> list[UserTask]:
        with self.store.read() as unit:
            found = unit.tasks.of_case(case.id)
        return [task for task in found if task.is_open and element in ("", task.element, task.path)]

    def task(self, case: Case, element: str = "") -> UserTask:
        tasks = self.open_tasks(case, element)
        assert tasks, f"no open task {element}"
        return tasks[0]

    def complete(self, case: Case, element: str = "", *, by: Actor = COACH, **answers: Json) -> UserTask:
        return self.engine.complete_task(by, self.task(case, element).id, answers)

    def overwrite(self, case: Case, element: str = "", *, by: Actor = COACH, **answers: Json) -> UserTask:
        """Complete the task on what its form shows now, whatever that replaces."""
        shown = self.engine.task_form(by, self.task(case, element).id)
        return self.engine.complete_task(by, shown.task.id, answers, base_sequence=shown.base_sequence)

    def data(self, case: Case, *, by: Actor = COACH) -> dict[str, Json]:
        return dict(self.engine.case(by, case.id).data)

    def events(self, case: CaseId) -> list[EventType]:
        with self.store.read() as unit:
            return [event.type for event, _ in unit.histories.of_case(case)]

    def told(self, case: Case) -> str:
        """All sentences about a case, in both languages."""
        entries = self.engine.history(AUDITOR, case.id, limit=1_000)
        return "\n".join(f"{entry.text_sv}\n{entry.text_en}" for entry in entries)
