"""Activities that hold other elements: the embedded sub-process and the call activity."""

from __future__ import annotations

from SpiffWorkflow.task import Task

from ... import feel
from ...case_data import Scope, ScopeKind
from ...errors import NotFound
from ...history import EventType
from ...ids import ScopeId
from ...sentences import sentence
from .. import listeners, moves
from ..model import Call, Node
from ..turn import ElementFailed, Turn
from .activities import Activity
from .base import write_mappings

MOST_CALLS = 32
"""Calls inside each other. The deepest pathway that people still oversee has four."""


def _calls_around(task: Task, turn: Turn) -> int:
    count = 0
    while (task := task.parent) is not None:
        count += task.id in turn.workflow.called
    return count


def open_own_scope(task: Task, turn: Turn, node: Node) -> None:
    """A room for the names that the sub-process declares local; in a round of a loop they are the round's."""
    if node.local and "instance" not in task.internal_data:
        scope = ScopeId(task.id)
        turn.open_scope(Scope(scope, turn.scope_of(task), ScopeKind.LAYER, frozenset(node.local)))
        task.data["inner"] = scope


class SubProcess(Activity):
    """Sees and writes the data around it; names declared local are its own."""

    def start(self, task: Task, turn: Turn) -> bool | None:
        open_own_scope(task, turn, self.node)
        task.internal_data["holds"] = True
        turn.record(EventType.ELEMENT_ENTERED, task)
        listeners.listen(turn, task)
        for start in self.model.start_events(self.node.id):
            begun = moves.enter(turn, task, start)
            if "came" in task.internal_data:
                begun.internal_data["came"] = task.internal_data.pop("came")
        return None

    def is_scope(self, task: Task) -> bool:
        return "holds" in task.internal_data or super().is_scope(task)


class CallActivity(Activity):
    """Runs another process inside this case, in a data scope that sees nothing but the mapped inputs."""

    def start(self, task: Task, turn: Turn) -> bool | None:
        call = self.node.detail
        assert isinstance(call, Call)
        caller = turn.workflow.process_of(task)
        if _calls_around(task, turn) >= MOST_CALLS:
            said = sentence("{number} calls lie inside each other: probably a process that calls itself.", number=MOST_CALLS)
            raise ElementFailed("too-deep", said)
        try:
            called = turn.context.library.called(caller, call.process, call.version)
        except NotFound as error:
            said = sentence(
                "It calls {process} ({version}), which is not deployed.", process=call.process, version=call.version
            )
            raise ElementFailed("no-such-process", said) from error
        starts = called.model.plain_starts()
        if not starts:
            said = sentence(
                "It calls {process} ({version}), which has no plain start event.", process=call.process, version=call.version
            )
            raise ElementFailed("no-such-process", said)
        inputs: dict[str, feel.Value] = {
            mapping.target: turn.evaluate(task, mapping.expression, what=sentence("the input `{name}`", name=mapping.target))
            for mapping in call.inputs
        }
        scope = ScopeId(f"{task.id}.call")
        names = frozenset({*called.data_schema.names, *inputs})
        turn.open_scope(Scope(scope, turn.scope_of(task), ScopeKind.CALL, names, inputs))
        turn.workflow.called[task.id] = called
        task.data["inner"] = scope
        task.internal_data["holds"] = True
        turn.record(EventType.ELEMENT_ENTERED, task, {"calls": called.key, "version": called.version_id})
        listeners.listen(turn, task)
        moves.enter(turn, task, starts[0])
        return None

    def is_scope(self, task: Task) -> bool:
        return "holds" in task.internal_data or super().is_scope(task)

    def finish_scope(self, task: Task, turn: Turn) -> None:
        call = self.node.detail
        assert isinstance(call, Call)
        if "holds" in task.internal_data and task.id in turn.workflow.called:
            write_mappings(turn, call.outputs, seen_from=ScopeId(task.data["inner"]), scope=turn.scope_of(task))
        super().finish_scope(task, turn)
