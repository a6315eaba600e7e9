"""Events: start, end and throwing ones, and those that wait, on the way and on the border."""

from __future__ import annotations

from collections.abc import Mapping

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from ...canonical import Json
from ...handlers import MessageSend
from ...history import EventType
from ...ids import Token
from ...sentences import sentence
from .. import compensation, listeners, moves, throwing
from ..model import Cancel, Compensation, Detail, Link, MessageThrow, SignalEvent, Terminate, Thrown
from ..turn import ElementFailed, Turn
from .activities import Activity
from .base import ElementSpec
from .waiting import WaitingEvent, hash_of, no_context


class StartEvent(WaitingEvent):
    """Where a token begins. A message's payload is mapped into the data.

    That of an event sub-process has a token too while it listens (`moves` and `listeners` say where).
    """

    def enter(self, task: Task, turn: Turn) -> bool | None:
        if "listens" in task.internal_data:
            self.await_trigger(task, turn)
            return None
        self.take_payload(task, turn)
        return True

    def happen(self, event: Task, task: Task, turn: Turn, came: Mapping[str, Json]) -> None:
        scope = event.parent
        if self.node.interrupting:
            turn.close_wait(task, done=True)
        else:
            self.wait_on(event, task, turn)
        listeners.begin(turn, scope, self.node, came)


def begins(task: Task) -> bool:
    """Whether the case began with the message that the token has reached: it is here already."""
    return task.state == TaskState.READY and bool({"came", "payload"} & task.internal_data.keys())


class EndEvent(ElementSpec):
    """Where a token ends; with a trigger, more than that."""

    def enter(self, task: Task, turn: Turn) -> bool | None:
        for trigger in self.node.triggers:
            throw(task, turn, trigger)
        undoing = next((trigger for trigger in self.node.triggers if isinstance(trigger, Compensation)), None)
        return True if undoing is None else compensation.throw(turn, task, undoing)

    def depart(self, task: Task, turn: Turn, flows: tuple[str, ...]) -> None:
        triggers = self.node.triggers
        if any(isinstance(trigger, Cancel) for trigger in triggers):
            compensation.cancel_transaction(turn, task)
            return
        thrown = [trigger for trigger in triggers if isinstance(trigger, Thrown)]
        scope = throwing.throw_outwards(turn, task, thrown, flows) if thrown else moves.leave(turn, task, flows)
        is_there = turn.workflow.token(Token(scope.id)) is scope
        if is_there and any(isinstance(trigger, Terminate) for trigger in triggers):
            moves.cancel_inside(turn, scope)
            moves.drop_incident(turn, scope)  # of what could not move in the scope nothing is left


class ThrowEvent(EndEvent):
    """Something is told on the way, and the token goes on; with a link, at the other end of the link."""

    def depart(self, task: Task, turn: Turn, flows: tuple[str, ...]) -> None:
        target = self.model.link_target(self.node)
        if target is not None:
            moves.enter(turn, moves.leave(turn, task, ()), target)
        else:
            super().depart(task, turn, flows)


def throw(task: Task, turn: Turn, trigger: Detail) -> None:
    """Send what a throwing event or a send task sends; it leaves with the step."""
    match trigger:
        case MessageThrow(name, correlation, inputs, participant):
            key = turn.evaluate(task, correlation, what=sentence("the correlation of the message {name}", name=name))
            if not isinstance(key, dict):
                raise ElementFailed("expression-failed", no_context(name))
            hash_of(name, key)
            payload = {
                mapping.target: turn.evaluate(
                    task, mapping.expression, what=sentence("the input `{name}`", name=mapping.target)
                )
                for mapping in inputs
            }
            turn.effects.append(MessageSend(name, key, payload, participant))
        case SignalEvent(name):
            throwing.throw_signal(turn, name)
        case _:
            pass


class CatchEvent(WaitingEvent):
    """An intermediate event on the way: the token waits here."""

    def enter(self, task: Task, turn: Turn) -> bool | None:
        if isinstance(self.node.detail, Link):
            return True
        if begins(task):
            self.take_payload(task, turn)
            return True
        self.await_trigger(task, turn)
        return None


class ReceiveTask(Activity, WaitingEvent):
    """A task that is done when a message comes."""

    def start(self, task: Task, turn: Turn) -> bool | None:
        if begins(task):
            self.take_payload(task, turn)
            return True
        self.await_trigger(task, turn)
        return None


class SendTask(Activity):
    """A task that sends a message."""

    def start(self, task: Task, turn: Turn) -> bool | None:
        throw(task, turn, self.node.detail)
        return True


class EventGateway(ElementSpec):
    """The token waits for the events behind the gateway, all at once; the first that happens is the way taken."""

    def enter(self, task: Task, turn: Turn) -> bool | None:
        for flow in self.node.outgoing:
            target = self.model.flows[flow].target
            racer = turn.workflow.add_token(turn.workflow.process_of(task), target, task)
            racer.internal_data["races"] = flow
            racer.task_spec.await_trigger(racer, turn)
            racer._set_state(TaskState.STARTED)
        return None


class BoundaryEvent(WaitingEvent):
    """An event on an activity's border. Its token lies inside the activity's and goes when the activity does."""

    def enter(self, task: Task, turn: Turn) -> bool | None:
        self.await_trigger(task, turn)
        return None

    def happen(self, event: Task, task: Task, turn: Turn, came: Mapping[str, Json]) -> None:
        self.map_payloads(turn, turn.scope_of(event), came)
        activity = event.parent
        if self.node.interrupting:
            turn.close_wait(task, done=True)
            moves.interrupt(turn, activity, self.node)
            return
        turn.record(EventType.ELEMENT_COMPLETED, event, {"flows": [*self.node.outgoing]})
        self.wait_on(event, task, turn)
        for flow in self.node.outgoing:
            moves.arrive(turn, activity.parent, self.model, flow)
