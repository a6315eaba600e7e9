"""SpiffWorkflow in the plainest way: one JSON text a case, the specification kept in memory. `… ADDRESS w1|w2`

No rights, no forms, no history but one row a completion with its hash.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
import time
import uuid
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

import psycopg
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench.client import serve, timed
from bench.processes import STEPS, TASKS, answers

_TABLES = (
    "CREATE TABLE IF NOT EXISTS naive_case (id TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS naive_task (id TEXT PRIMARY KEY, case_id TEXT NOT NULL, name TEXT, state TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS naive_log (case_id TEXT, version INTEGER, at TEXT, data TEXT, previous TEXT, hash TEXT)",
    "CREATE INDEX IF NOT EXISTS naive_log_by_case ON naive_log (case_id, version)",
)


def diagram(workload: str) -> str:
    """The same process as ours, without forms."""
    names = [f"task-{number}" for number in range(1, TASKS + 1)]
    nodes = "".join(f'<userTask id="{name}" name="{name}"/>' for name in names)
    if workload == "w2":
        steps = [f"step-{number}" for number in range(1, STEPS + 1)]
        names = ["first", *steps, "last"]
        scripts = "".join(f'<scriptTask id="{name}"><script>x = x + 1</script></scriptTask>' for name in steps)
        nodes = f'<userTask id="first"/>{scripts}<userTask id="last"/>'
    flows = "".join(
        f'<sequenceFlow id="to-{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(["begin", *names, "end"])
    )
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="naive">'
        f'<process id="p" isExecutable="true"><startEvent id="begin"/>{nodes}<endEvent id="end"/>{flows}'
        "</process></definitions>"
    )


class _WithoutSpecification(BpmnWorkflowConverter):  # type: ignore[misc]  # SpiffWorkflow says no types
    """Leaves the specification out of the text, and takes it from memory."""

    known: Any = None

    def to_dict(self, workflow: Any) -> dict[str, Any]:
        text: dict[str, Any] = super(BpmnWorkflowConverter, self).to_dict(workflow)
        text["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
        text["bpmn_events"] = self.registry.convert(workflow.bpmn_events)
        return text

    def from_dict(self, text: dict[str, Any]) -> Any:
        workflow = self.target_class(*self.known, deserializing=True)
        workflow.tasks = self.mapping_from_dict(text.pop("tasks"), uuid.UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks.get(uuid.UUID(text.pop("root")))
        self.set_default_attributes(workflow, text)
        workflow.bpmn_events = self.registry.restore(text.pop("bpmn_events", []))
        return workflow


class Naive:
    def __init__(self, address: str, workload: str) -> None:
        self._is_sqlite = "://" not in address
        self._workload = workload
        self._db: Any = _sqlite(address) if self._is_sqlite else psycopg.connect(address, autocommit=True)
        for table in _TABLES:
            self._db.execute(table)
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(diagram(workload).encode()))
        _WithoutSpecification.known = (parser.get_spec("p"), parser.get_subprocess_specs("p"))
        kinds = {**DEFAULT_CONFIG, BpmnWorkflow: _WithoutSpecification}
        self._json = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(kinds))

    def play(self) -> list[float]:
        case = str(uuid.uuid4())
        workflow = BpmnWorkflow(*_WithoutSpecification.known)
        workflow.do_engine_steps()
        (task,) = _ready(workflow)
        task.data["x"] = 0
        self._run("BEGIN IMMEDIATE" if self._is_sqlite else "BEGIN")
        self._run("INSERT INTO naive_case VALUES (?, 0, ?)", case, self._json.serialize_json(workflow))
        self._run("INSERT INTO naive_task VALUES (?, ?, ?, 'ready')", str(task.id), case, task.task_spec.name)
        self._run("COMMIT")
        self._task, self._hash = str(task.id), ""
        if self._workload == "w2":
            seconds = timed(lambda: self._complete(case, 1))
            self._complete(case, 2)
            return [seconds / STEPS] * STEPS
        return [timed(partial(self._complete, case, number)) for number in range(1, TASKS + 1)]

    def _complete(self, case: str, number: int) -> None:
        self._run("BEGIN IMMEDIATE" if self._is_sqlite else "BEGIN")
        lock = "" if self._is_sqlite else " FOR UPDATE"
        version, text = self._run(f"SELECT version, state FROM naive_case WHERE id = ?{lock}", case).fetchone()  # noqa: S608
        workflow = self._json.deserialize_json(text)
        task = workflow.get_task_from_id(uuid.UUID(self._task))
        task.data.update(answers(number))
        task.run()
        workflow.do_engine_steps()
        update = "UPDATE naive_case SET version = ?, state = ? WHERE id = ? AND version = ?"
        self._run(update, version + 1, self._json.serialize_json(workflow), case, version)
        self._run("UPDATE naive_task SET state = 'done' WHERE id = ?", self._task)
        for next_ in _ready(workflow):
            self._task = str(next_.id)
            self._run("INSERT INTO naive_task VALUES (?, ?, ?, 'ready')", self._task, case, next_.task_spec.name)
        data, at = json.dumps(answers(number)), str(time.time())
        hash_ = hashlib.sha256(f"{self._hash}{case}{at}{data}".encode()).hexdigest()
        self._run("INSERT INTO naive_log VALUES (?, ?, ?, ?, ?, ?)", case, version + 1, at, data, self._hash, hash_)
        self._run("COMMIT")
        self._hash = hash_

    def _run(self, text: str, *values: object) -> Any:
        return self._db.execute(text if self._is_sqlite else text.replace("?", "%s"), values)


def _ready(workflow: Any) -> list[Any]:
    return [task for task in workflow.get_tasks(state=TaskState.READY) if task.task_spec.manual]


def _sqlite(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def player(address: str, workload: str) -> Callable[[], list[float]]:
    return Naive(address, workload).play


if __name__ == "__main__":
    serve(player(sys.argv[1], sys.argv[2]))
