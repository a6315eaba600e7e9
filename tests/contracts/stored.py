"""What tests of every store begin with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engine.case import Case
from engine.ids import CaseId
from engine.ports import Store, UnitOfWork
from engine.task import UserTask
from tests.builders import a_case, a_process_version, case_data


def with_cases(store: Store, *cases: Case) -> None:
    """Commit a process version and these cases (one, `case-1`, when none are given), each with empty data."""
    with store.write() as work:
        if work.definitions.process(a_process_version().id) is None:
            work.definitions.add_process(a_process_version())
        for case in cases or (a_case(),):
            work.cases.add(case, "{}", case_data())
        work.commit()


def with_tasks(store: Store, *tasks: UserTask) -> None:
    """Commit these tasks; their cases exist."""
    with store.write() as work:
        for task in tasks:
            work.tasks.add(task)
        work.commit()


def change_case(store: Store, id_: str = "case-1", **changes: Any) -> Case:
    """Commit one step that changes the case's row."""
    with store.write() as work:
        was = work.cases.lock(CaseId(id_))
        assert was is not None
        case = replace(was.case, revision=was.case.revision + 1, **changes)
        work.cases.save(case, was.state, was.data, was=was)
        work.commit()
    return case


def write(store: Store, change: Callable[[UnitOfWork], None]) -> None:
    """One change in a unit of work of its own: a database may refuse it only when that commits."""
    with store.write() as work:
        change(work)
        work.commit()
