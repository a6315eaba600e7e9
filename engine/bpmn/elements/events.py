"""Events: start, end (none, terminate, error), catching timers and messages, on the way and on the border."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from SpiffWorkflow.task import Task

from ... import feel
from ...canonical import Json
from ...case_data import decode, encode
from ...history import EventType
from ...ids import Token
from ...wait import WaitKind, key_hash
from .. import moves
from ..model import ErrorEvent, MessageEvent, Terminate, Timer
from ..step import WaitOrder
from ..timers import BadTime, Schedule, following
from ..turn import ElementFailed, Turn
from .base import ElementSpec, write_mappings


class StartEvent(ElementSpec):
    """Where a token begins. A message's payload is mapped into the case's data."""

    def enter(self, task: Task, turn: Turn) -> bool | None:
        if isinstance(self.node.detail, MessageEvent):
            payload = cast("dict[str, feel.Value]", decode(task.internal_data.get("payload", {})))
            write_mappings(turn, self.node.detail.outputs, scope=turn.scope_of(task), extra=payload)
        return True


class EndEvent(ElementSpec):
    """Where a token ends; with a terminate or error trigger, more than that."""

    def depart(self, task: Task, turn: Turn, flows: tuple[str, ...]) -> None:
        match self.node.detail:
            case Terminate():
                moves.cancel_inside(turn, moves.leave(turn, task, ()))
            case ErrorEvent() as error:
                moves.throw_error(turn, task, error)
            case _:
                moves.leave(turn, task, ())


class WaitingEvent(ElementSpec):
    """A timer or a message that is waited for."""

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
            case _:
                pass


def _hashed(message: str, key: dict[str, feel.Value]) -> str:
    try:
        return key_hash(cast("dict[str, Json]", feel.to_json(key)))
    except (TypeError, ValueError, feel.FeelError) as error:
        text = f"The correlation of the message {message} cannot be compared: use text, short numbers and dates in it."
        raise ElementFailed("expression-failed", text) from error


class CatchEvent(WaitingEvent):
    """An intermediate event on the way: the token waits here."""

    def enter(self, task: Task, turn: Turn) -> bool | None:
        self.await_trigger(task, turn)
        return None

    def trigger(self, task: Task, turn: Turn, payload: Mapping[str, feel.Value] | None) -> None:
        self.take(task, turn, payload)
        turn.close_wait(task, done=True)
        task.complete()


class BoundaryEvent(WaitingEvent):
    """An event on an activity's border. Its token lies inside the activity's and goes when the activity does."""

    def enter(self, task: Task, turn: Turn) -> bool | None:
        if not isinstance(self.node.detail, ErrorEvent):
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
