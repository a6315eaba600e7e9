"""What comes of jobs: their results go into the case, their errors to what catches them, and failures to a person."""

from __future__ import annotations

from SpiffWorkflow.task import Task

from ..history import EventType
from . import throwing
from .job_orders import JobGivenUp, JobOutcome, JobThrows
from .model import ErrorEvent
from .turn import ElementFailed, Turn

AGAIN = "again"
"""Marks a token whose job was given up: trying again orders it anew."""


def give_up(task: Task, turn: Turn, outcome: JobGivenUp | JobThrows) -> None:
    """Call a person: the job is over, and its element stands until it is tried again or skipped."""
    turn.close_wait(task, done=False)
    task.internal_data[AGAIN] = True
    turn.fail(task, ElementFailed("job-failed", outcome.message), attempts=outcome.attempts)


def throw(task: Task, turn: Turn, outcome: JobThrows) -> None:
    """Let the error go out of the element, or call a person where nothing catches it."""
    thrown = ErrorEvent(outcome.code)
    catcher = throwing.catcher_of(turn, task, thrown)
    if catcher is None:
        give_up(task, turn, outcome)
        return
    throwing.tell(turn, task, thrown)
    throwing.caught(turn, catcher)


def tell(task: Task, turn: Turn, type_: EventType, outcome: JobOutcome) -> None:
    """Put on record what came of the job."""
    turn.record(type_, task, dict(outcome.told))
