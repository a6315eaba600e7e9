"""Gateways: exclusive, parallel, inclusive. Joining is in `moves`; what arrives here is one token that may go on."""

from __future__ import annotations

from SpiffWorkflow.task import Task

from ..turn import ElementFailed, Turn
from .base import ElementSpec


class ParallelGateway(ElementSpec):
    """Goes on along all its flows."""


class ExclusiveGateway(ElementSpec):
    """Goes on along the first flow whose condition holds, else the default flow."""

    def flows_out(self, task: Task, turn: Turn) -> tuple[str, ...]:
        if len(self.node.outgoing) <= 1:
            return self.node.outgoing
        for flow in self.node.outgoing:
            if flow != self.node.default and _holds(self, task, turn, flow):
                return (flow,)
        return _default(self, ())


class InclusiveGateway(ElementSpec):
    """Goes on along every flow whose condition holds; along the default flow when none does."""

    def flows_out(self, task: Task, turn: Turn) -> tuple[str, ...]:
        if len(self.node.outgoing) <= 1:
            return self.node.outgoing
        return _default(
            self, tuple(flow for flow in self.node.outgoing if flow != self.node.default and _holds(self, task, turn, flow))
        )


def _holds(gateway: ElementSpec, task: Task, turn: Turn, flow: str) -> bool:
    name = gateway.model.flows[flow].name or flow
    return turn.condition(task, gateway.model.flows[flow].condition, what=f"the condition of “{name}”")


def _default(gateway: ElementSpec, chosen: tuple[str, ...]) -> tuple[str, ...]:
    if chosen:
        return chosen
    if gateway.node.default:
        return (gateway.node.default,)
    names = ", ".join(gateway.model.flows[flow].name or flow for flow in gateway.node.outgoing)
    raise ElementFailed(
        "no-flow", f"No condition holds and there is no default flow (ways out: {names}). Mend the data, then try again."
    )
