"""The complex gateway: as a split it is an inclusive one; as a join a condition says when it goes on."""

from __future__ import annotations

from collections.abc import Mapping

from SpiffWorkflow.task import Task

from ... import feel
from .. import complex_joins, moves
from ..turn import Turn
from .base import ElementSpec, choose, holding


class ComplexGateway(ElementSpec):
    """A token at a join asks whether it is activated and goes on if so, or goes on because it resets.

    One that does neither was put there by an operator, and goes on as though the condition had held.
    """

    def ask(self, turn: Turn, scope: Task) -> None:
        """A token has come on one of the flows."""
        complex_joins.ask(turn, scope, self.node)

    def enter(self, task: Task, turn: Turn) -> bool | None:
        if "asks" not in task.internal_data or complex_joins.holds(turn, task, self.node):
            return True
        moves.forget(turn, task)
        return None

    def flows_out(self, task: Task, turn: Turn) -> tuple[str, ...]:
        if not self.node.is_join:
            return choose(self, task, turn) if len(self.node.outgoing) > 1 else self.node.outgoing
        resets = "resets" in task.internal_data
        extra: Mapping[str, feel.Value] = {"waitingForStart": not resets}
        if not resets:
            return choose(self, task, turn, extra)
        default = (self.node.default,) if self.node.default else ()
        return holding(self, task, turn, extra) or default

    def depart(self, task: Task, turn: Turn, flows: tuple[str, ...]) -> None:
        scope = task.parent
        if "asks" in task.internal_data:
            complex_joins.start(turn, scope, self.node)
            moves.leave(turn, task, flows)
        elif "resets" in task.internal_data:
            complex_joins.reset(turn, scope, self.node)
            moves.leave(turn, task, flows)
            complex_joins.ask(turn, scope, self.node)
        else:
            moves.leave(turn, task, flows)
