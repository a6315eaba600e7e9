"""The door of the engine: opens a unit of work, calls one command, commits. Thin on purpose; the rules live behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from ..actor import Actor
from ..canonical import Json
from ..case import Case
from ..commands import cases, choices, conditions, undo, user_tasks
from ..ids import TaskId, UnitId, UserId
from ..task import UserTask
from ..views import Begun
from .beside import Beside
from .counting import Counting
from .defining import Defining
from .drafting import Drafting
from .filling import Filling
from .holding import Holding
from .listening import Listening
from .looking import Looking
from .messaging import Messaging
from .operating import Operating
from .own_views import OwnViews
from .records import Records
from .retiring import Retiring
from .telling import Telling
from .waiting import Waiting
from .working import Working

__all__ = ["CaseEngine"]


class CaseEngine(
    Defining,
    Messaging,
    Waiting,
    Working,
    Looking,
    Operating,
    Telling,
    Counting,
    Records,
    Retiring,
    Listening,
    Drafting,
    Filling,
    Holding,
    Beside,
    OwnViews,
):
    """Everything the engine does, for one installation: here to begin cases and take tasks, in its parts the rest.

    Safe to share between threads. Each method is one transaction: when it returns, what it did is stored (inside
    `Store.around` when that is committed); when it raises, nothing is. A race lost to somebody else is tried once more before
    the caller hears of it.
    """

    def start_case(
        self,
        actor: Actor,
        process: str,
        *,
        unit: UnitId,
        data: Mapping[str, Json] | None = None,
        submission: Mapping[str, Json] | None = None,
    ) -> Case:
        """See commands.cases.start."""
        return self._write(actor, partial(cases.start, key=process, unit=unit, data=data, submission=submission))

    def ask_start_conditions(self, actor: Actor, process: str, data: Mapping[str, Json], *, unit: UnitId) -> Sequence[Case]:
        """See commands.conditions.ask."""
        return self._write(actor, lambda at: conditions.ask(at, process, data, unit=unit))

    def claim_task(self, actor: Actor, task_id: TaskId) -> UserTask:
        """See commands.user_tasks.claim."""
        return self._write(actor, lambda at: user_tasks.claim(at, task_id))

    def release_task(self, actor: Actor, task_id: TaskId) -> UserTask:
        """See commands.user_tasks.release."""
        return self._write(actor, lambda at: user_tasks.release(at, task_id))

    def assign_task(self, actor: Actor, task_id: TaskId, *, to: UserId, note: str = "") -> UserTask:
        """See commands.user_tasks.assign."""
        return self._write(actor, lambda at: user_tasks.assign(at, task_id, to=to, note=note))

    def undo_task(self, actor: Actor, task_id: TaskId, *, reason: str) -> UserTask:
        """See commands.undo.take_back."""
        return self._write(actor, lambda at: undo.take_back(at, task_id, reason=reason))

    def begin_activity(self, actor: Actor, task_id: TaskId, element: str) -> Begun:
        """See commands.choices.begin."""
        return self._write(actor, lambda at: choices.begin(at, task_id, element))
