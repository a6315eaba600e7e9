"""What somebody has to see to: the name of a row that is due. The row itself is the truth, and is looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .ids import CaseId, Token
from .job import Job
from .wait import Delivery, StartWait, Wait


class WakeupKind(StrEnum):
    TIMER = "timer"
    DELIVERY = "delivery"
    START = "start"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Wakeup:
    """One row that is due, or will be: a timer (case, token), a delivery (case, token, message), a start (process, element,
    part) or a job for a handler (its id). `due` is aware UTC; None: now. Holds nothing personal.
    """

    kind: WakeupKind
    key: tuple[str, ...]
    due: datetime | None = None

    @property
    def name(self) -> str:
        """What sets it apart from all others."""
        return ":".join((self.kind, *self.key))


def of_timer(wait: Wait) -> Wakeup:
    return Wakeup(WakeupKind.TIMER, (wait.case_id, wait.token), wait.due)


def of_delivery(delivery: Delivery) -> Wakeup:
    return Wakeup(WakeupKind.DELIVERY, (delivery.case_id, delivery.token, delivery.message_id))


def of_start(start: StartWait) -> Wakeup:
    return Wakeup(WakeupKind.START, (start.process, start.element, str(start.part)), start.due)


def of_job(job: Job) -> Wakeup:
    return Wakeup(WakeupKind.JOB, (job.id,), job.due_at)


def timer_of(wakeup: Wakeup) -> tuple[CaseId, Token]:
    """The case and the token of a timer."""
    case_id, token = wakeup.key
    return CaseId(case_id), Token(token)


def delivery_of(wakeup: Wakeup) -> Delivery:
    """The delivery of a wake-up."""
    case_id, token, message_id = wakeup.key
    return Delivery(message_id, CaseId(case_id), Token(token))


def start_of(wakeup: Wakeup) -> tuple[str, str, int]:
    """The process, the element and which of its triggers."""
    process, element, part = wakeup.key
    return process, element, int(part)
