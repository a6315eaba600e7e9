"""Choosing in an ad-hoc sub-process, as a scenario's steps do: beginning an activity, saying that it is enough."""

from __future__ import annotations

from typing import Protocol

from ..actor import SYSTEM, Actor
from ..case_engine import CaseEngine
from ..errors import NotPossible
from ..ids import CaseId
from ..sentences import sentence
from ..task import UserTask
from ..views import Choice
from .model import Begin, Finish


class Playing(Protocol):
    """What choosing needs of the player."""

    @property
    def engine(self) -> CaseEngine: ...
    def actor_for(self, case_id: CaseId, group: str | None, task: UserTask) -> Actor: ...
    def tasks_at(self, case_id: CaseId, path: str, item: int | None) -> list[UserTask]: ...


def offered(engine: CaseEngine, case_id: CaseId) -> dict[str, Choice]:
    """What may be begun in the case at this moment: the path of each activity, and where it is offered."""
    found = engine.case(SYSTEM, case_id).choices
    return {one.path: choice for choice in found for one in choice.activities if one.is_possible}


def choose(playing: Playing, case_id: CaseId, action: Begin | Finish) -> None:
    """Begin an activity, or say that it is enough."""
    if isinstance(action, Begin):
        begin(playing, case_id, action)
    else:
        finish(playing, case_id, action)


def begin(playing: Playing, case_id: CaseId, action: Begin) -> None:
    """Begin the activity. Raises NotPossible where nothing offers it; the message names what is offered."""
    found = offered(playing.engine, case_id)
    if action.activity not in found:
        names = ", ".join(sorted(found)) or sentence("nothing")
        raise NotPossible(sentence("Nothing offers '{name}' now. Offered: {names}.", name=action.activity, names=names))
    task = playing.tasks_at(case_id, found[action.activity].path, action.item)[0]
    actor = playing.actor_for(case_id, action.group, task)
    playing.engine.begin_activity(actor, task.id, action.activity.rpartition(".")[2])


def finish(playing: Playing, case_id: CaseId, action: Finish) -> None:
    """End the ad-hoc sub-process by hand."""
    task = playing.tasks_at(case_id, action.task, action.item)[0]
    if all(choice.task_id != task.id for choice in playing.engine.case(SYSTEM, case_id).choices):
        raise NotPossible(sentence("'{task}' is no ad-hoc sub-process. Write complete: {task}.", task=action.task))
    playing.engine.complete_task(playing.actor_for(case_id, action.group, task), task.id, {})
