"""Holding a case or a task as it is, while somebody decides by its revision and acts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..actor import Action, Actor
from ..case import Case
from ..commands.rights import locked_case, locked_task
from ..ids import CaseId, TaskId
from ..task import UserTask
from .door import Door


class Holding(Door):
    """What is done in the block is done to the very case or task that it gives, and lasts when the block ends without an error.

    Both raise NotFound where the actor may not know of it. No look is put on record: whoever is refused sees a revision.
    """

    @contextmanager
    def case_held(self, actor: Actor, case_id: CaseId) -> Iterator[Case]:
        """The case, which nobody else changes until the block ends."""
        with self.store.around() as unit:
            yield locked_case(self._at(unit, actor), case_id, Action.READ).case
            unit.commit()

    @contextmanager
    def task_held(self, actor: Actor, task_id: TaskId) -> Iterator[UserTask]:
        """The task, which nobody else changes until the block ends, nor its case."""
        with self.store.around() as unit:
            yield locked_task(self._at(unit, actor), task_id)[1]
            unit.commit()
