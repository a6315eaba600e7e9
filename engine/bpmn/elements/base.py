"""What all elements share: entering, leaving, being triggered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task

from ... import feel
from ...ids import ScopeId
from ...sentences import sentence
from .. import ledger, moves
from ..model import DataMapping, Node
from ..process_model import ProcessModel
from ..turn import ElementFailed, Turn


class ElementSpec(TaskSpec):
    """One element of a process as a SpiffWorkflow task specification.

    A token's life: `enter` when it arrives (True: done at once; None: it waits), `trigger` when what it waited for has
    come, `flows_out` and `depart` when it is done. Whatever can fail (an expression, a handler) is evaluated before
    anything is withdrawn, so that a failing element can be undone as a whole.
    """

    def __init__(self, workflow_spec: Any, model: ProcessModel, node: Node) -> None:
        super().__init__(workflow_spec, node.id, inputs=[], outputs=[], data={}, defines={}, pre_assign=[], post_assign=[])
        self.model = model
        self.node = node

    def test(self) -> None:
        """Spiff refuses elements without inputs; ours were checked when the process was deployed."""

    def _run_hook(self, my_task: Task) -> bool | None:
        return self.enter(my_task, my_task.workflow.turn)

    def _on_complete_hook(self, my_task: Task) -> None:
        turn: Turn = my_task.workflow.turn
        self.depart(my_task, turn, self.flows_out(my_task, turn))

    def is_scope(self, task: Task) -> bool:
        """Whether the token holds others inside it and is done when they are."""
        return "todo" in task.internal_data

    def enter(self, task: Task, turn: Turn) -> bool | None:
        """A token has arrived. True when the element is done at once, None when it waits."""
        return True

    def trigger(self, task: Task, turn: Turn, payload: Mapping[str, feel.Value] | None) -> None:
        """What the token waited for has come."""
        task.complete()

    def flows_out(self, task: Task, turn: Turn) -> tuple[str, ...]:
        """The sequence flows that tokens leave on: all of them, or those whose condition holds where some have one."""
        return choose(self, task, turn) if any(self._condition(flow) for flow in self.node.outgoing) else self.node.outgoing

    def _condition(self, flow: str) -> str:
        return self.model.flows[flow].condition

    def depart(self, task: Task, turn: Turn, flows: tuple[str, ...]) -> None:
        """The element is done."""
        moves.leave(turn, task, flows)

    def done_by_person(self, task: Task, turn: Turn) -> None:
        """The person whose work it was says that it is done."""
        task.complete()

    def leave_inside(self, task: Task, turn: Turn, flows: tuple[str, ...]) -> None:
        """An activity directly inside this one (`task` is its token) is done."""
        ledger.note(turn, task)
        moves.leave(turn, task, flows)

    def is_enough(self, inside: Task, turn: Turn) -> bool:
        """Whether this one ends because an activity in it is done. Raises ElementFailed where nobody can tell."""
        return False

    def stays_open(self, task: Task) -> bool:
        """Whether the token goes on although nothing is left inside it."""
        return False

    def is_ending(self, task: Task) -> bool:
        """Whether nothing new may begin inside the token."""
        return False

    def is_busy(self, task: Task) -> bool:
        """Whether nothing more may begin inside the token before something there is done."""
        return False

    def finish_scope(self, task: Task, turn: Turn) -> None:
        """Nothing is left inside the token."""
        task.complete()


Names = Mapping[str, feel.Value]


def choose(element: ElementSpec, task: Task, turn: Turn, extra: Names | None = None) -> tuple[str, ...]:
    """Every flow without a condition and every one whose condition holds; the default flow when there is none of them."""
    return holding(element, task, turn, extra) or default_flow(element)


def holding(element: ElementSpec, task: Task, turn: Turn, extra: Names | None = None) -> tuple[str, ...]:
    """Every flow without a condition and every one whose condition holds, the default flow aside."""
    flows = element.model.flows
    return tuple(
        flow
        for flow in element.node.outgoing
        if flow != element.node.default and (not flows[flow].condition or holds(element, task, turn, flow, extra))
    )


def holds(element: ElementSpec, task: Task, turn: Turn, flow: str, extra: Names | None = None) -> bool:
    """Whether the condition of a flow is true; `extra` are names that it sees beside the data."""
    name = element.model.flows[flow].name or flow
    return turn.condition(
        task, element.model.flows[flow].condition, what=sentence("the condition of “{name}”", name=name), extra=extra
    )


def default_flow(element: ElementSpec) -> tuple[str, ...]:
    """The flow to take when no condition holds. Raises ElementFailed when there is none."""
    if element.node.default:
        return (element.node.default,)
    names = ", ".join(element.model.flows[flow].name or flow for flow in element.node.outgoing)
    said = sentence(
        "No condition holds and there is no default flow (ways out: {names}). Mend the data, then try again.", names=names
    )
    raise ElementFailed("no-flow", said)


def write_mappings(
    turn: Turn,
    mappings: tuple[DataMapping, ...],
    *,
    scope: ScopeId,
    seen_from: ScopeId | None = None,
    extra: Mapping[str, feel.Value] | None = None,
) -> None:
    """Evaluate output mappings as seen from `seen_from` (with `extra` names innermost), then write them to `scope`."""
    values = mapped(turn, mappings, seen_from=seen_from or scope, extra=extra)
    for mapping, value in zip(mappings, values, strict=True):
        turn.write(scope, mapping.target, value)


def mapped(
    turn: Turn, mappings: tuple[DataMapping, ...], *, seen_from: ScopeId, extra: Mapping[str, feel.Value] | None = None
) -> list[feel.Value]:
    """The values of output mappings, in their order."""
    return [
        turn.evaluate_in(
            seen_from, mapping.expression, what=sentence("the mapping to `{name}`", name=mapping.target), extra=extra
        )
        for mapping in mappings
    ]
