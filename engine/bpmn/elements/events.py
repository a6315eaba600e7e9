"""Events: start, end and throwing ones, and those that wait, on the way and on the border."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from ... import feel
from ...canonical import Json
from ...case_data import decode, encode
from ...handlers import MessageSend
from ...history import EventType
from ...ids import Token
from ...wait import WaitKind, key_hash
from .. import compensation, moves
from ..model import (
    Cancel,
    Compensation,
    Conditional,
    ErrorEvent,
    EscalationEvent,
    Link,
    MessageEvent,
    MessageThrow,
    Node,
    SignalEvent,
    Terminate,
    Timer,
)
from ..step import WaitOrder
from ..timers import BadTime, Schedule, following
from ..turn import ElementFailed, Turn
from .activities import Activity
from .base import ElementSpec, write_mappings


class StartEvent(ElementSpec):
    """Where a token begins. A message's payload is mapped into the case's data."""

    def enter(self, task: Task, turn: Turn) -> bool | None:
        take_payload(task, turn, self.node)
        return True


def begins(task: Task) -> bool:
    """Whether the case began with the message that the token has reached: it is here already."""
    return task.state == TaskState.READY and "payload" in task.internal_data


def take_payload(task: Task, turn: Turn, node: Node) -> None:
    """Map what the message that began the case carried into the case's data."""
    if isinstance(node.detail, MessageEvent):
        payload = cast("dict[str, feel.Value]", decode(task.internal_data.get("payload", {})))
        write_mappings(turn, node.detail.outputs, scope=turn.scope_of(task), extra=payload)


class EndEvent(ElementSpec):
    """Where a token ends; with a trigger, more than that."""

    def enter(self, task: Task, turn: Turn) -> bool | None:
        if isinstance(self.node.detail, Compensation):
            return compensation.throw(turn, task, self.node.detail)
        throw(task, turn, self.node)
        return True

    def depart(self, task: Task, turn: Turn, flows: tuple[str, ...]) -> None:
        match self.node.detail:
            case Terminate():
                moves.cancel_inside(turn, moves.leave(turn, task, ()))
            case ErrorEvent() as error:
                moves.throw_error(turn, task, error)
            case Cancel():
                compensation.cancel_transaction(turn, task)
            case EscalationEvent() as escalation:
                moves.throw_escalation(turn, task, escalation, flows)
            case _:
                moves.leave(turn, task, flows)


class ThrowEvent(EndEvent):
    """Something is told on the way, and the token goes on; with a link, at the other end of the link."""

    def depart(self, task: Task, turn: Turn, flows: tuple[str, ...]) -> None:
        target = self.model.link_target(self.node)
        if target is not None:
            moves.enter(turn, moves.leave(turn, task, ()), target)
        else:
            super().depart(task, turn, flows)


def throw(task: Task, turn: Turn, node: Node) -> None:
    """Send what a throwing event or a send task sends; it leaves with the step."""
    match node.detail:
        case MessageThrow(name, correlation, inputs):
            key = turn.evaluate(task, correlation, what=f"the correlation of the message {name}")
            if not isinstance(key, dict):
                raise ElementFailed(
                    "expression-failed", f"The correlation of the message {name} gives no context, such as {{case: case.id}}."
                )
            _hashed(name, key)
            payload = {
                mapping.target: turn.evaluate(task, mapping.expression, what=f"the input `{mapping.target}`")
                for mapping in inputs
            }
            turn.effects.append(MessageSend(name, key, payload))
        case SignalEvent(name):
            moves.throw_signal(turn, name)
        case _:
            pass


class WaitingEvent(ElementSpec):
    """What is waited for: a timer, a message, a signal or a condition. Also a receive task waits so."""

    def await_trigger(self, task: Task, turn: Turn) -> None:
        match self.node.detail:
            case Timer() as timer:
                turn.open_timer(task, turn.time(task, timer.expression, what="the timer"))
            case MessageEvent() as message:
                key = turn.evaluate(task, message.correlation, what=f"the correlation of the message {message.name}")
                if not isinstance(key, dict):
                    raise ElementFailed(
                        "expression-failed",
                        f"The correlation of the message {message.name} gives no context, such as {{case: case.id}}.",
                    )
                hashed = _hashed(message.name, key)
                turn.record(EventType.MESSAGE_AWAITED, task, {"message": message.name})
                order = WaitOrder(Token(task.id), WaitKind.MESSAGE, turn.path_of(task), name=message.name, key_hash=hashed)
                turn.open_wait(task, order)
            case SignalEvent(name):
                turn.open_wait(task, WaitOrder(Token(task.id), WaitKind.SIGNAL, turn.path_of(task), name=name))
            case Conditional():
                task.internal_data["was"] = False
                turn.weighed = None
                turn.open_wait(task, WaitOrder(Token(task.id), WaitKind.CONDITION, turn.path_of(task)))
            case _:
                raise AssertionError(f"{self.node.id} waits for nothing")

    def take(self, task: Task, turn: Turn, payload: Mapping[str, feel.Value] | None) -> None:
        """Tell history what came and map a message's payload into the data."""
        match self.node.detail:
            case Timer():
                turn.record(EventType.TIMER_FIRED, task, {"due": task.internal_data["timer"]["due"]})
            case MessageEvent() as message:
                received = encode(dict(payload or {}))
                turn.record(EventType.MESSAGE_RECEIVED, task, {"message": message.name, "payload": received})
                write_mappings(turn, message.outputs, scope=turn.scope_of(task), extra=payload)
            case SignalEvent(name):
                turn.record(EventType.SIGNAL_RECEIVED, task, {"signal": name})
            case Conditional():
                turn.record(EventType.CONDITION_MET, task)
            case _:
                pass

    def come(self, task: Task, turn: Turn, payload: Mapping[str, feel.Value] | None) -> None:
        """What the token waited for has come: it goes on, and those it raced with behind a gateway are withdrawn."""
        self.take(task, turn, payload)
        turn.close_wait(task, done=True)
        if "races" in task.internal_data:
            moves.win_race(turn, task)
        else:
            task.complete()


def _hashed(message: str, key: dict[str, feel.Value]) -> str:
    try:
        return key_hash(cast("dict[str, Json]", feel.to_json(key)))
    except (TypeError, ValueError, feel.FeelError) as error:
        text = f"The correlation of the message {message} cannot be compared: use text, short numbers and dates in it."
        raise ElementFailed("expression-failed", text) from error


class CatchEvent(WaitingEvent):
    """An intermediate event on the way: the token waits here."""

    def enter(self, task: Task, turn: Turn) -> bool | None:
        if isinstance(self.node.detail, Link):
            return True
        if begins(task):
            take_payload(task, turn, self.node)
            return True
        self.await_trigger(task, turn)
        return None

    def trigger(self, task: Task, turn: Turn, payload: Mapping[str, feel.Value] | None) -> None:
        self.come(task, turn, payload)


class ReceiveTask(Activity, WaitingEvent):
    """A task that is done when a message comes."""

    def start(self, task: Task, turn: Turn) -> bool | None:
        if begins(task):
            take_payload(task, turn, self.node)
            return True
        self.await_trigger(task, turn)
        return None

    def trigger(self, task: Task, turn: Turn, payload: Mapping[str, feel.Value] | None) -> None:
        self.come(task, turn, payload)


class SendTask(Activity):
    """A task that sends a message."""

    def start(self, task: Task, turn: Turn) -> bool | None:
        throw(task, turn, self.node)
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

    def trigger(self, task: Task, turn: Turn, payload: Mapping[str, feel.Value] | None) -> None:
        self.take(task, turn, payload)
        activity = task.parent
        if self.node.interrupting:
            turn.close_wait(task, done=True)
            moves.interrupt(turn, activity, self.node)
            return
        turn.record(EventType.ELEMENT_COMPLETED, task, {"flows": [*self.node.outgoing]})
        if isinstance(self.node.detail, Timer):
            turn.close_wait(task, done=True)
            self._next_round(task, turn)
        elif "waits" not in task.internal_data:  # an incident closed the wait, and has been solved
            self.await_trigger(task, turn)
        for flow in self.node.outgoing:
            moves.arrive(turn, activity.parent, self.model, flow)

    def _next_round(self, task: Task, turn: Turn) -> None:
        timer = task.internal_data["timer"]
        since = None if timer["since"] is None else datetime.fromisoformat(timer["since"])
        left = None if timer["left"] is None else int(timer["left"])
        past = Schedule(datetime.fromisoformat(timer["due"]), timer["repeat"], left, since, int(timer["round"]))
        try:
            upcoming = following(past, turn.frame)
        except BadTime as error:
            raise ElementFailed("bad-time", f"The next round of the timer says no time: {error}.") from error
        if upcoming is None:
            turn.workflow.remove(task)
        else:
            turn.open_timer(task, upcoming)
