"""What is waited for: times, messages, signals and conditions, one of them or several.

An event with several triggers holds one token for each that is waited for. Any of them is enough, unless the event is
parallel: then it happens when all have come, and what came first is kept with the event until then.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from ... import feel
from ...canonical import Json
from ...case_data import decode, encode
from ...history import EventType
from ...ids import ScopeId, Token
from ...sentences import Sentence, sentence
from ...wait import WaitKind, key_hash
from .. import moves
from ..model import Conditional, MessageEvent, Multiple, SignalEvent, Timer, TimerKind, Waited
from ..parts import detail_of, whole
from ..step import WaitOrder
from ..timers import BadTime, Schedule, following
from ..turn import ElementFailed, Turn
from .base import ElementSpec, write_mappings

Payload = Mapping[str, feel.Value] | None


class WaitingEvent(ElementSpec):
    """An event that is waited for, and what follows when it happens. Also a receive task waits so."""

    def await_trigger(self, task: Task, turn: Turn) -> None:
        """Begin to wait: for the trigger, or with a token of its own for each of several."""
        match detail_of(self.node, task):
            case Multiple(details):
                for number, detail in enumerate(details):
                    if isinstance(detail, Waited):
                        part = turn.workflow.add_token(turn.workflow.process_of(task), self.node.id, task)
                        part.internal_data["part"] = number
                        self.await_trigger(part, turn)
                        part._set_state(TaskState.STARTED)
            case Timer() as timer:
                repeats = timer.kind is TimerKind.CYCLE
                turn.open_timer(task, turn.time(task, timer.expression, what=sentence("the timer"), repeats=repeats))
            case MessageEvent() as message:
                self._await_message(task, turn, message)
            case SignalEvent(name):
                turn.open_wait(task, WaitOrder(Token(task.id), WaitKind.SIGNAL, turn.path_of(task), name=name))
            case Conditional():
                task.internal_data["was"] = False
                turn.weighed = None
                turn.open_wait(task, WaitOrder(Token(task.id), WaitKind.CONDITION, turn.path_of(task)))
            case _:
                raise AssertionError(f"{self.node.id} waits for nothing")

    def _await_message(self, task: Task, turn: Turn, message: MessageEvent) -> None:
        key = turn.evaluate(
            task, message.correlation, what=sentence("the correlation of the message {name}", name=message.name)
        )
        if not isinstance(key, dict):
            raise ElementFailed("expression-failed", no_context(message.name))
        hashed = hash_of(message.name, key)
        turn.record(EventType.MESSAGE_AWAITED, task, {"message": message.name})
        order = WaitOrder(Token(task.id), WaitKind.MESSAGE, turn.path_of(task), name=message.name, key_hash=hashed)
        turn.open_wait(task, order)

    def trigger(self, task: Task, turn: Turn, payload: Payload) -> None:
        self._tell(task, turn, payload)
        event, number = whole(task), str(task.internal_data.get("part", 0))
        came: dict[str, Json] = {number: encode(dict(payload or {}))}
        if isinstance(self.node.detail, Multiple) and self.node.detail.is_parallel:
            came = {**event.internal_data.get("came", {}), **came}
            if any(isinstance(one, Waited) and str(n) not in came for n, one in enumerate(self.node.triggers)):
                event.internal_data["came"] = came
                if task.internal_data["waits"] != WaitKind.CONDITION:  # what it was is watched until the event happens
                    turn.close_wait(task, done=True)
                return
        self.happen(event, task, turn, came)

    def happen(self, event: Task, task: Task, turn: Turn, came: Mapping[str, Json]) -> None:
        """What the event waited for has come, at last to `task`: the event's own token, or that of one of its triggers.

        On the way the token goes on, and those it raced with behind a gateway are withdrawn.
        """
        self.map_payloads(turn, turn.scope_of(event), came)
        turn.close_wait(task, done=True)
        if "races" in event.internal_data:
            moves.win_race(turn, event)
        else:
            event.complete()

    def take_payload(self, task: Task, turn: Turn) -> None:
        """Write what the message brought that the case, or the event sub-process, began with."""
        own = task.internal_data
        came = {"0": own["payload"]} if "payload" in own else own.get("came", {})
        self.map_payloads(turn, turn.scope_of(task), came)

    def map_payloads(self, turn: Turn, scope: ScopeId, came: Mapping[str, Json]) -> None:
        """Write what messages brought, in the order in which the event has its triggers."""
        for number, payload in sorted(came.items(), key=lambda item: int(item[0])):
            trigger = self.node.triggers[int(number)]
            if isinstance(trigger, MessageEvent):
                write_mappings(turn, trigger.outputs, scope=scope, extra=cast("dict[str, feel.Value]", decode(payload)))

    def _tell(self, task: Task, turn: Turn, payload: Payload) -> None:
        match detail_of(self.node, task):
            case Timer():
                turn.record(EventType.TIMER_FIRED, task, {"due": task.internal_data["timer"]["due"]})
            case MessageEvent() as message:
                received = encode(dict(payload or {}))
                turn.record(EventType.MESSAGE_RECEIVED, task, {"message": message.name, "payload": received})
            case SignalEvent(name):
                turn.record(EventType.SIGNAL_RECEIVED, task, {"signal": name})
            case Conditional():
                turn.record(EventType.CONDITION_MET, task)
            case _:
                pass

    def wait_on(self, event: Task, task: Task, turn: Turn) -> None:
        """An event that does not interrupt has happened and may happen again: a timer that has no more rounds may not.

        A condition has to be false in between; all triggers of a parallel event are waited for anew.
        """
        again = list(event.children) if "came" in event.internal_data else [task]
        event.internal_data.pop("came", None)
        is_over = [not self._again(part, turn) for part in again]
        if len(again) > 1 and any(is_over):
            moves.cancel(turn, event)
        elif any(is_over):
            turn.workflow.remove(task)
            if event is not task and not event.children:
                turn.workflow.remove(event)

    def _again(self, task: Task, turn: Turn) -> bool:
        """Wait for the same once more. False when it cannot come again."""
        if isinstance(detail_of(self.node, task), Timer):
            turn.close_wait(task, done=True)
            return self._next_round(task, turn)
        if "waits" not in task.internal_data:  # it has come, or an incident closed the wait and has been solved
            self.await_trigger(task, turn)
        return True

    def _next_round(self, task: Task, turn: Turn) -> bool:
        timer = task.internal_data["timer"]
        since = None if timer["since"] is None else datetime.fromisoformat(timer["since"])
        left = None if timer["left"] is None else int(timer["left"])
        past = Schedule(datetime.fromisoformat(timer["due"]), timer["repeat"], left, since, int(timer["round"]))
        try:
            upcoming = following(past, turn.frame)
        except BadTime as error:
            said = sentence("The next round of the timer says no time: {error}.", error=error.told)
            raise ElementFailed("bad-time", said) from error
        if upcoming is not None:
            turn.open_timer(task, upcoming)
        return upcoming is not None


def no_context(message: str) -> Sentence:
    """What is wrong with a correlation that gives something else."""
    return sentence("The correlation of the message {name} gives no context, such as {{case: case.id}}.", name=message)


def hash_of(message: str, key: dict[str, feel.Value]) -> str:
    """The hash by which a message meets who waits for it. Raises ElementFailed when the key cannot be compared."""
    try:
        return key_hash(cast("dict[str, Json]", feel.to_json(key)))
    except (TypeError, ValueError, feel.FeelError) as error:
        said = sentence(
            "The correlation of the message {name} cannot be compared: use text, short numbers and dates in it.", name=message
        )
        raise ElementFailed("expression-failed", said) from error
