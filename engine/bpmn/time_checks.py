"""Checks of what says a time: timers, and when tasks are due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from .. import feel
from ..clock import STOCKHOLM
from ..finding import Severity
from ..sentences import Sentence, sentence
from . import model as say
from .deciding import constant
from .model import Node, NodeKind
from .timers import CYCLE, BadTime, TimeFrame, schedule

Note = Callable[..., None]
ANY_TIME: Final = datetime(1990, 1, 1, 9, tzinfo=UTC)
"""Before any time that is written: whether it has passed is seen when the process is deployed."""


def check_task_times(task: say.PersonTask, closed_days: feel.Calendar, note: Note) -> None:
    """Note a `due` or `followUp` that says no time. Null is none."""
    for what, written in (("due", task.due), ("followUp", task.follow_up)):
        value, is_constant = time_written(written)
        if is_constant and value is not None and written:
            _check_time(value, written, sentence("`{attribute}`", attribute=what), closed_days, note)
        if isinstance(value, str) and CYCLE.fullmatch(value):
            note(
                "bad-time",
                sentence("`{what}` is a cycle.", what=what),
                sentence("Give one time: a duration such as P5BD, or FEEL."),
            )


def time_written(written: str) -> tuple[feel.Value, bool]:
    """What an attribute or timer says whatever the data, and whether it says such a thing: itself, or the value after `=`."""
    return constant(written[1:]) if written.startswith("=") else (written, True)


def check_timer(node: Node, timer: say.Timer, closed_days: feel.Calendar, note: Note) -> None:
    """Note a timer that says no time, or one that it cannot wait for."""
    is_repeating = not node.interrupting or (node.kind is NodeKind.START and not node.scope)
    if timer.kind is say.TimerKind.CYCLE and not is_repeating:
        message = sentence("A cycle has a meaning only at the start of a process, and on an event that does not interrupt.")
        note("bad-time", message, sentence("Use a duration or date."))
    value, is_constant = time_written(timer.expression)
    if not is_constant:
        return
    if _check_time(value, timer.expression, sentence("the timer"), closed_days, note):
        _check_wait(value, timer, closed_days, note)
    is_cycle = isinstance(value, str) and CYCLE.fullmatch(value) is not None
    if timer.kind is not say.TimerKind.CYCLE and is_cycle:
        note(
            "bad-time",
            sentence("`{expression}` is a cycle in a {value}.", expression=timer.expression, value=timer.kind.value),
            sentence("Put it in a timeCycle."),
        )
    if timer.kind is say.TimerKind.CYCLE and not is_cycle:
        note(
            "bad-time",
            sentence("`{expression}` is no cycle.", expression=timer.expression),
            sentence("Write one such as R3/P7D, or R/P7D to go on for ever."),
        )


def _check_wait(value: feel.Value, timer: say.Timer, closed_days: feel.Calendar, note: Note) -> None:
    """A duration that is over when it begins is waited for by nobody."""
    duration = feel.parse_duration(value) if isinstance(value, str) else value
    if not isinstance(duration, feel.DaysTimeDuration | feel.YearsMonthsDuration) and value != "P0BD":
        return
    if schedule(value, TimeFrame(ANY_TIME, STOCKHOLM, closed_days)).due <= ANY_TIME:
        message = sentence("The timer waits for no time: `{written}` is over when it begins.", written=timer.expression)
        remedy = sentence("Write a longer duration, such as P14D; or remove the event, if nothing is to be waited for.")
        note("timer-passed", message, remedy, Severity.WARNING)


def _check_time(value: feel.Value, written: str, what: Sentence, closed_days: feel.Calendar, note: Note) -> bool:
    """Whether it says a time."""
    try:
        schedule(value, TimeFrame(ANY_TIME, STOCKHOLM, closed_days))
    except BadTime as error:
        note(
            "bad-time",
            sentence("{what} `{written}` says no time: {error}.", what=what, written=written, error=error.told),
            sentence("Write it as ISO 8601, or as FEEL."),
        )
        return False
    return True
