"""Lists and timers run along an index, however many rows there are. Judged by SQLite's own plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from engine.case import IncidentState
from engine.ids import CaseId, UnitId, UserId, VersionId
from engine.ports import CaseSelection, UnitOfWork
from engine.queries import CaseFilter, CaseSearch, IncidentChoice, IncidentFilter, TaskFilter, TaskOrder, TaskTimes
from engine.search_words import asked
from engine.storage.sql import SqlStore, open_store
from engine.storage.sql.tables import metadata
from tests.builders import COACH, NOON, UNIT

CASE = CaseId("case-1")
ON_ONE_VERSION = CaseSelection(COACH, None, frozenset({VersionId("pathway:1")}))
TASKS = TaskFilter(COACH, ((UNIT, frozenset({"coach"})), (UnitId("north"), frozenset({"coach"}))))
ON_VERSION = CaseFilter(COACH, None, versions=frozenset({VersionId("pathway:1")}))
FOUND = CaseFilter(COACH, frozenset({UNIT}), search=CaseSearch(asked("anna"), {"persons": ("name",)}))
STUCK_THERE = IncidentFilter(
    frozenset({UNIT}),
    choice=IncidentChoice(process="pathway", kind="handler-failed", opened_from=NOON),
    versions=frozenset({VersionId("pathway:1")}),
)
SERVED = {UNIT: frozenset({"pay"}), UnitId("north"): frozenset({"pay", "ring"})}
SOLVED = IncidentChoice(state=IncidentState.RESOLVED, process="pathway")


@pytest.fixture
def store(sqlite_url: str) -> Iterator[SqlStore]:
    opened = open_store(sqlite_url)
    yield opened
    opened.close()


def plans(store: SqlStore, read: Callable[[UnitOfWork], object]) -> list[str]:
    """The steps of every statement that `read` makes."""
    steps: list[str] = []

    def explain(connection: sa.Connection, cursor: Any, statement: str, values: Any, *rest: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            plan = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", values)
            steps.extend(row[3] for row in plan)

    sa.event.listen(store.engine, "before_cursor_execute", explain)
    with store.read() as work:
        read(work)
    return steps


@pytest.mark.parametrize(
    ("index", "read"),
    [
        ("user_task_by_unit", lambda work: work.queries.tasks(TASKS)),
        ("user_task_by_unit_created", lambda work: work.queries.tasks(TASKS, order=TaskOrder.CREATED)),
        ("user_task_by_unit_priority", lambda work: work.queries.tasks(TASKS, order=TaskOrder.PRIORITY)),
        ("user_task_by_unit", lambda work: work.queries.task_counts(TASKS, TaskTimes(NOON, NOON, NOON, NOON))),
        ("user_task_by_holder", lambda work: work.queries.tasks(TaskFilter(COACH, (), mine=True))),
        ("case_instance_by_unit", lambda work: work.queries.cases(CaseFilter(COACH, frozenset({UNIT})))),
        ("case_instance_by_start", lambda work: work.queries.cases(CaseFilter(UserId("auditor"), None))),
        ("case_instance_by_version_start", lambda work: work.queries.cases(ON_VERSION)),
        ("case_instance_by_responsible", lambda work: work.queries.cases(CaseFilter(COACH, None, responsible=COACH))),
        ("history_event_by_actor", lambda work: work.queries.cases(CaseFilter(COACH, None, worker=COACH))),
        ("case_entry_by_entry", lambda work: work.queries.cases(CaseFilter(COACH, None, about=("persons", "p-1")))),
        ("case_word_by_word", lambda work: work.queries.cases(FOUND)),
        ("register_word_by_word", lambda work: work.queries.cases(FOUND)),
        ("case_entry_by_entry", lambda work: work.queries.cases(FOUND)),
        ("wait_by_due", lambda work: work.waits.due(NOON, 100)),
        ("wait_by_due", lambda work: work.waits.next_due()),
        ("wait_by_message", lambda work: work.waits.waiting_for("referral", "k1")),
        ("message_by_key", lambda work: work.waits.unmatched("referral", "k1", NOON)),
        ("message_lost", lambda work: work.waits.lost_messages(100)),
        ("message_lost", lambda work: work.backlogs.count(NOON)),
        ("message_by_expiry", lambda work: work.waits.expired_unmatched(NOON, 100)),
        ("delivery_pending", lambda work: work.waits.pending_deliveries(100)),
        ("start_wait_by_due", lambda work: work.starts.due(NOON, 100)),
        ("start_wait_by_due", lambda work: work.starts.next_due()),
        ("outgoing_message_by_participant", lambda work: work.outgoing.waiting("bank", 100)),
        ("start_wait_by_signal", lambda work: work.starts.by_signal("alarm")),
        ("job_by_due", lambda work: work.jobs.due(NOON, 100)),
        ("job_by_due", lambda work: work.jobs.next_due()),
        ("job_by_due", lambda work: work.backlogs.count(NOON)),
        ("job_by_topic", lambda work: work.jobs.due_for(None, frozenset({"pay"}), NOON, 100)),
        ("job_by_topic", lambda work: work.jobs.due_for(SERVED, frozenset({"pay", "ring"}), NOON, 100)),
        ("job_by_topic", lambda work: work.backlogs.count(NOON)),
        ("job_by_due", lambda work: work.backlogs.late_jobs(NOON)),
        ("job_by_topic", lambda work: work.backlogs.late_jobs(NOON)),
        ("job_by_lease", lambda work: work.jobs.lapsed(NOON, 100)),
        ("job_by_lease", lambda work: work.jobs.next_due()),
        ("sqlite_autoindex_job_1", lambda work: work.jobs.get("j1")),
        ("sqlite_autoindex_job_2", lambda work: work.jobs.of_case(CASE)),
        ("user_task_by_case", lambda work: work.queries.open_tasks(CASE)),
        ("user_task_by_path", lambda work: work.tasks.done_by(CASE, "check")),
        ("incident_by_case", lambda work: work.incidents.open_of_case(CASE)),
        ("incident_open", lambda work: work.queries.incidents(IncidentFilter(None))),
        ("incident_open", lambda work: work.queries.incidents(STUCK_THERE)),
        ("incident_open", lambda work: work.queries.incident_count(STUCK_THERE)),
        ("incident_open", lambda work: work.queries.incident_groups(STUCK_THERE)),
        ("incident_solved", lambda work: work.queries.incidents(replace(STUCK_THERE, choice=SOLVED))),
        ("case_instance_by_version", lambda work: work.statistics.of_cases(ON_ONE_VERSION, most=100, held={"wait"})),
        ("sqlite_autoindex_history_event_1", lambda work: work.statistics.of_cases(ON_ONE_VERSION, most=100, held={"wait"})),
        ("user_task_by_case", lambda work: work.statistics.of_cases(ON_ONE_VERSION, most=100)),
        ("register_field_by_value", lambda work: work.registers.find("persons", {"city": "x"}, 10)),
    ],
)
def test_a_list_runs_along_its_index(store: SqlStore, index: str, read: Callable[[UnitOfWork], object]) -> None:
    steps = plans(store, read)
    assert any(index in step for step in steps), steps
    whole = [step for step in steps if step.startswith("SCAN") and "USING" not in step]
    assert not {step.split()[1] for step in whole} & metadata.tables.keys(), steps
