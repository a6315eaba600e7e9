"""The ad-hoc sub-process: people choose which of the activities in it to do, in which order (BPMN 2.0.2 §13.3.5)."""

from __future__ import annotations

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from ...errors import NotPossible
from ...history import EventType
from ...sentences import sentence
from .. import listeners, moves
from ..ad_hoc import is_free, left_to_begin
from ..model import ACTIVITIES, AdHoc
from ..turn import ElementFailed, Turn
from .activities import PersonTask
from .scopes import open_own_scope

ASKED = sentence("the completion condition")


class AdHocSubProcess(PersonTask):
    """Waits for people, who begin activities inside it, until it has come to its end.

    It is listed as a task: choosing is somebody's work. While that wait is open, activities can be begun; once it is
    closed, what is still under way comes to its own end and nothing new begins.
    """

    def start(self, task: Task, turn: Turn) -> bool | None:
        order = self._order(task, turn, self._detail.choice)
        open_own_scope(task, turn, self.node)
        task.internal_data["holds"] = True
        turn.record(EventType.ELEMENT_ENTERED, task)
        self._list(task, turn, order)
        listeners.listen(turn, task)
        return None

    @property
    def _detail(self) -> AdHoc:
        assert isinstance(self.node.detail, AdHoc)
        return self.node.detail

    def is_scope(self, task: Task) -> bool:
        return "holds" in task.internal_data or super().is_scope(task)

    def stays_open(self, task: Task) -> bool:
        return "holds" in task.internal_data and "waits" in task.internal_data and any(left_to_begin(task))

    def is_ending(self, task: Task) -> bool:
        return "holds" in task.internal_data and "waits" not in task.internal_data

    def is_busy(self, task: Task) -> bool:
        return "holds" in task.internal_data and not is_free(task)

    def begin(self, task: Task, turn: Turn, element: str) -> None:
        """Somebody has chosen an activity.

        Raises:
            NotPossible: it is not offered, or another one must be done first.
        """
        found = {node.id: (node, times) for node, times in left_to_begin(task)}
        if element not in found or not self.stays_open(task):
            known = ", ".join(sorted(found)) or sentence("nothing")
            raise NotPossible(
                sentence(
                    "“{name}” does not offer `{element}` now. It offers: {known}.",
                    name=self.node.label,
                    element=element,
                    known=known,
                )
            )
        if not is_free(task):
            raise NotPossible(
                sentence("In “{name}” one thing is done at a time. Finish what is under way first.", name=self.node.label)
            )
        node, times = found[element]
        task.internal_data["begun"] = {**task.internal_data.get("begun", {}), element: times + 1}
        turn.record(EventType.ACTIVITY_BEGUN, moves.enter(turn, task, node))

    def done_by_person(self, task: Task, turn: Turn) -> None:
        if self._detail.completion:
            raise NotPossible(
                sentence("“{name}” ends when its condition holds, not by hand. Do what is left in it.", name=self.node.label)
            )
        self._end(task, turn)

    def leave_inside(self, task: Task, turn: Turn, flows: tuple[str, ...]) -> None:
        scope = task.parent
        if "waits" not in scope.internal_data:
            super().leave_inside(task, turn, ())
            return
        is_enough = self.is_enough(task, turn)
        super().leave_inside(task, turn, () if is_enough else flows)
        if is_enough:
            turn.close_wait(scope, done=True)
            turn.settle(scope)
            self._end(scope, turn)

    def is_enough(self, inside: Task, turn: Turn) -> bool:
        asks = self._detail.completion
        return bool(asks) and "waits" in inside.parent.internal_data and turn.condition(inside, asks, what=ASKED)

    def _end(self, scope: Task, turn: Turn) -> None:
        """Nothing begins any more; what is under way is withdrawn or comes to its end. The wait has been closed."""
        for child in moves.live_inside(scope):
            if self._detail.cancels or not _is_under_way(child):
                moves.cancel(turn, child)
        moves.drop_joins(scope)

    def finish_scope(self, task: Task, turn: Turn) -> None:
        """All is done that could be: that is the end too, unless a condition is still not met."""
        if "waits" in task.internal_data:
            own = turn.data.scopes[task.data["inner"]] if "inner" in task.data else None
            names = {} if own is None else {**dict.fromkeys(own.declared), **own.values}
            asks = self._detail.completion
            if asks and not turn.condition(task, asks, what=ASKED, extra=names):
                said = sentence(
                    "Nothing is left to begin, and the completion condition does not hold. Mend the data, then try again."
                )
                raise ElementFailed("nothing-left", said)
            turn.close_wait(task, done=True)
        super().finish_scope(task, turn)


def _is_under_way(child: Task) -> bool:
    """An activity that has begun, or something that is being undone. Other tokens lead to what would begin later."""
    if "todo" in child.internal_data:
        return True
    is_new = child.state == TaskState.READY and "incident" not in child.internal_data
    return child.task_spec.node.kind in ACTIVITIES and not is_new
