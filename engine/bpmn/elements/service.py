"""Service tasks: work for the system, in the step itself or as a job that is done after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from SpiffWorkflow.task import Task

from ... import feel
from ...canonical import Json
from ...case_data import encode, why_not_kept
from ...handlers import BUILT_IN, HandlerFailed
from ...history import EventType
from ...ids import Token
from ...sentences import sentence
from ...wait import WaitKind
from .. import jobs, throwing
from .. import model as say
from ..job_orders import JobOrder
from ..step import WaitOrder
from ..turn import ElementFailed, Turn, require_keepable
from .activities import Activity
from .results import write_result


class ServiceTask(Activity):
    """Somebody gets the mapped inputs, and what they give is mapped back as `result`: a handler at once, or a job later."""

    def start(self, task: Task, turn: Turn) -> bool | None:
        detail = self._detail
        inputs = {
            mapping.target: turn.evaluate(task, mapping.expression, what=sentence("the input `{name}`", name=mapping.target))
            for mapping in detail.inputs
        }
        for name, value in inputs.items():
            if detail.is_job:
                require_keepable(value, sentence("the input `{name}`", name=name))
            else:
                _require_plain(name, value)
        if detail.is_job:
            self._order(task, turn, detail, inputs)
            return None
        return self._do(task, turn, detail, inputs)

    def trigger(self, task: Task, turn: Turn, payload: Mapping[str, feel.Value] | None) -> None:
        """The job is done. A result that cannot be written stays with the token: trying again does not do the job again."""
        write_result(task, turn, self._detail, (payload or {}).get("result"))
        turn.close_wait(task, done=True)
        task.complete()

    @property
    def _detail(self) -> say.ServiceTask:
        assert isinstance(self.node.detail, say.ServiceTask)
        return self.node.detail

    def _order(self, task: Task, turn: Turn, detail: say.ServiceTask, inputs: Mapping[str, feel.Value]) -> None:
        task.internal_data.pop(jobs.AGAIN, None)
        sent = cast("dict[str, Json]", encode(dict(inputs)))
        by: dict[str, Json] = {"topic": detail.topic} if detail.topic else {"handler": detail.handler}
        turn.record(EventType.JOB_ORDERED, task, {**by, "inputs": sent})
        names = {name: value for name, value in turn.names_of(task).items() if name in ("name", "nameEn")}
        path = turn.path_of(task)
        order = JobOrder(Token(task.id), path, names, sent, detail.policy, "" if detail.topic else detail.handler, detail.topic)
        turn.jobs.append(order)
        turn.open_wait(task, WaitOrder(Token(task.id), WaitKind.JOB, path, name=detail.topic or detail.handler))

    def _do(self, task: Task, turn: Turn, detail: say.ServiceTask, inputs: Mapping[str, feel.Value]) -> bool | None:
        for name in ("name", "process"):
            require_keepable(inputs.get(name), sentence("the input `{name}`", name=name))
        try:
            result = BUILT_IN[detail.handler](inputs, turn.desk)
        except HandlerFailed as error:
            thrown = say.ErrorEvent(error.error)
            catcher = throwing.catcher_of(turn, task, thrown) if error.error else None
            if catcher is None:
                said = sentence("The handler {handler} failed: {error}", handler=detail.handler, error=error.said)
                raise ElementFailed("handler-failed", said) from error
            throwing.tell(turn, task, thrown)
            throwing.caught(turn, catcher)
            return None
        write_result(task, turn, detail, result)
        return True


def _require_plain(name: str, value: feel.Value) -> None:
    """What handlers get may end in a register, a message or another case: it must be something that can be kept."""
    try:
        encode(value)
    except (TypeError, ValueError) as error:
        said = sentence("The input `{name}` cannot be used: {error}.", name=name, error=why_not_kept(error))
        raise ElementFailed("cannot-write", said) from error
