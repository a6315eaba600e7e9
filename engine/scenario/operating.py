"""Operating a case by hand, as a scenario's steps do: mending data, retrying, skipping, moving, taking back, reopening."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ..actor import SYSTEM
from ..canonical import Json
from ..case_engine import CaseEngine
from ..errors import NotPossible
from ..ids import CaseId, TaskId
from ..sentences import sentence
from ..task import TaskState
from .model import Mend, Operate, Reopen, Verb

REASON = "A scenario"


class Playing(Protocol):
    """What operating needs of the player."""

    @property
    def engine(self) -> CaseEngine: ...
    def resolved(self, case_id: CaseId, values: Mapping[str, Json]) -> Mapping[str, Json]:
        """The values with their expressions evaluated on the case."""
        ...


def intervene(playing: Playing, case_id: CaseId, action: Operate | Mend | Reopen) -> None:
    """Do to the case what the step says."""
    match action:
        case Mend(values, call):
            playing.engine.correct_data(SYSTEM, case_id, playing.resolved(case_id, values), reason=REASON, call=call)
        case Reopen(reason):
            playing.engine.reopen_case(SYSTEM, case_id, reason=reason)
        case Operate():
            _operate(playing.engine, case_id, action)


def _operate(engine: CaseEngine, case_id: CaseId, action: Operate) -> None:
    """Do it to what the step names. Raises NotPossible where there is none; the message names what there is."""
    match action.verb:
        case Verb.RETRY:
            engine.retry_incident(SYSTEM, _incident(engine, case_id, action.element))
        case Verb.SKIP:
            engine.skip_incident(SYSTEM, _incident(engine, case_id, action.element), flows=action.along, reason=REASON)
        case Verb.UNDO:
            engine.undo_task(SYSTEM, _completed(engine, case_id, action.element), reason=REASON)
        case Verb.MOVE:
            token = _token(engine, case_id, action.element)
            engine.move_position(SYSTEM, case_id, token, to=action.to.rpartition(".")[2], reason=REASON)
        case Verb.ADD:
            engine.add_position(SYSTEM, case_id, action.element, reason=REASON)
        case Verb.WITHDRAW:
            engine.cancel_position(SYSTEM, case_id, _token(engine, case_id, action.element), reason=REASON)


def _incident(engine: CaseEngine, case_id: CaseId, element: str) -> str:
    view = engine.case(SYSTEM, case_id)
    stuck = {one.element or view.case.process: one.id for one in view.incidents}
    if element not in stuck:
        names = ", ".join(sorted(stuck)) or sentence("nothing")
        raise NotPossible(sentence("'{element}' is not stuck. Stuck: {names}.", element=element, names=names))
    return stuck[element]


def _completed(engine: CaseEngine, case_id: CaseId, path: str) -> TaskId:
    done = [task for task in engine.case(SYSTEM, case_id).tasks if task.state is TaskState.COMPLETED]
    found = [task for task in done if task.path == path]
    if not found:
        names = ", ".join(sorted({task.path for task in done})) or sentence("none")
        raise NotPossible(sentence("The task '{path}' is not completed. Completed tasks: {names}.", path=path, names=names))
    return max(found, key=lambda task: (task.ended_at is not None, task.ended_at)).id


def _token(engine: CaseEngine, case_id: CaseId, path: str) -> str:
    stands = engine.case(SYSTEM, case_id).positions
    found = [position.token for position in stands if position.path == path]
    if len(found) != 1:
        names = ", ".join(sorted(position.path for position in stands)) or sentence("nowhere")
        if found:
            told = sentence("The case stands at '{path}' {count} times.", path=path, count=len(found))
        else:
            told = sentence("The case does not stand at '{path}'.", path=path)
        raise NotPossible(sentence("{told} It stands at: {names}.", told=told, names=names))
    return found[0]
