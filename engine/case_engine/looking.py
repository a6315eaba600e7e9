"""Cases, tasks and incidents, as their lists and pages show them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from ..actor import Actor
from ..case import Case, Incident
from ..chain_heads import CaseHead
from ..commands import incident_lists, reading
from ..history import ChainHead
from ..ids import CaseId, TaskId, UnitId
from ..queries import (
    ANY_CASE,
    OPEN_INCIDENTS,
    CaseChoice,
    IncidentChoice,
    IncidentGroup,
    Page,
    TaskCounts,
    TaskOrder,
    TaskRow,
    TaskTimes,
)
from ..task import TaskState
from ..views import CaseView, TaskForm
from .door import Door


class Looking(Door):
    """What somebody may see."""

    def cases(self, actor: Actor, choice: CaseChoice = ANY_CASE, *, cursor: str | None = None, limit: int = 50) -> Page[Case]:
        """See commands.reading.cases."""
        with self._reading(actor) as at:
            return reading.cases(at, choice, cursor=cursor, limit=limit)

    def subjects(self, actor: Actor, cases: Sequence[Case]) -> Mapping[CaseId, tuple[str, str]]:
        """See commands.reading.subjects."""
        with self._reading(actor) as at:
            return reading.subjects(at, cases)

    def case(self, actor: Actor, case_id: CaseId) -> CaseView:
        """See commands.reading.case."""
        return self._write(actor, lambda at: reading.case(at, case_id))

    def verify_history(self, actor: Actor, case_id: CaseId, *, known: ChainHead | None = None) -> tuple[int, str] | None:
        """See commands.reading.verify_history."""
        return self._write(actor, lambda at: reading.verify_history(at, case_id, known=known))

    def chain_heads(self, named: Collection[str] | None = None) -> Sequence[CaseHead]:
        """See ports.Histories.heads. Tells nothing of a case but its number: it is for whoever runs the installation."""
        with self.store.read() as unit:
            return unit.histories.heads(named)

    def histories_without_case(self) -> Sequence[CaseId]:
        """The ids of cases that were removed in the database while their history stayed."""
        with self.store.read() as unit:
            return unit.histories.without_case()

    def tasks(
        self,
        actor: Actor,
        *,
        unit: UnitId | None = None,
        process: str | None = None,
        states: frozenset[TaskState] = reading.OPEN_STATES,
        due_before: datetime | None = None,
        mine: bool = False,
        created_since: datetime | None = None,
        ids: frozenset[TaskId] | None = None,
        order: TaskOrder = TaskOrder.DUE,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[TaskRow]:
        """See commands.reading.tasks."""
        with self._reading(actor) as at:
            return reading.tasks(
                at,
                unit=unit,
                process=process,
                states=states,
                due_before=due_before,
                mine=mine,
                created_since=created_since,
                ids=ids,
                order=order,
                cursor=cursor,
                limit=limit,
            )

    def task_counts(
        self, actor: Actor, *, unit: UnitId | None = None, process: str | None = None
    ) -> tuple[TaskCounts, TaskTimes]:
        """See commands.reading.task_counts."""
        with self._reading(actor) as at:
            return reading.task_counts(at, unit=unit, process=process)

    def task_form(self, actor: Actor, task_id: TaskId) -> TaskForm:
        """See commands.reading.task_form."""
        return self._write(actor, lambda at: reading.task_form(at, task_id))

    def incidents(
        self, actor: Actor, choice: IncidentChoice = OPEN_INCIDENTS, *, cursor: str | None = None, limit: int = 100
    ) -> Page[tuple[Incident, Case]]:
        """See commands.incident_lists.incidents."""
        with self._reading(actor) as at:
            return incident_lists.incidents(at, choice, cursor=cursor, limit=limit)

    def incident_groups(
        self, actor: Actor, choice: IncidentChoice = OPEN_INCIDENTS, *, limit: int = 200
    ) -> Sequence[IncidentGroup]:
        """See commands.incident_lists.groups."""
        with self._reading(actor) as at:
            return incident_lists.groups(at, choice, limit=limit)
