"""Gateways: exclusive, parallel, inclusive. Joining is in `moves`; what arrives here is one token that may go on."""

from __future__ import annotations

from SpiffWorkflow.task import Task

from ..turn import Turn
from .base import ElementSpec, choose, default_flow, holds


class ParallelGateway(ElementSpec):
    """Goes on along all its flows."""

    def flows_out(self, task: Task, turn: Turn) -> tuple[str, ...]:
        return self.node.outgoing


class ExclusiveGateway(ElementSpec):
    """Goes on along the first flow whose condition holds, else the default flow."""

    def flows_out(self, task: Task, turn: Turn) -> tuple[str, ...]:
        if len(self.node.outgoing) <= 1:
            return self.node.outgoing
        for flow in self.node.outgoing:
            if flow != self.node.default and holds(self, task, turn, flow):
                return (flow,)
        return default_flow(self)


class InclusiveGateway(ElementSpec):
    """Goes on along every flow whose condition holds; along the default flow when none does."""

    def flows_out(self, task: Task, turn: Turn) -> tuple[str, ...]:
        return choose(self, task, turn) if len(self.node.outgoing) > 1 else self.node.outgoing
