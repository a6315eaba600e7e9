"""Cases that nobody begins by hand: by a signal that was thrown, or because the time has come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .. import bpmn, feel
from ..case import Case
from ..definition import ProcessVersion
from ..errors import NotFound
from ..finding import Finding, Severity
from ..ids import UnitId, VersionId
from ..sentences import Sentence, sentence
from ..wait import StartWait, WaitKind
from . import house as houses
from .cases import begin
from .occurrence import Occurrence


def subscribe(at: Occurrence, version: ProcessVersion, model: bpmn.ProcessModel) -> None:
    """Let the version's own starts begin cases of its process, in the place of those of the version before.

    A timer that says what it said in the version before keeps its next time; whether it was in another form does not matter
    to a designer who has mended a text. Another one begins to count now.
    """
    if at.unit.definitions.retirement(version.key) is not None:
        return
    before = {(old.element, old.name): old for old in at.unit.starts.of_process(version.key) if old.kind is WaitKind.TIMER}
    found = []
    for beginning in model.beginnings():
        start = _start(at, version, beginning)
        if start is not None:
            old = before.get((start.element, start.name))
            kept = start if old is None else replace(old, version_id=version.id, unit=start.unit, part=start.part)
            found.append(kept)
    at.unit.starts.replace(version.key, found)


def renew(at: Occurrence) -> None:
    """Begin to count every start timer anew, as if all were deployed now: for time that is played."""
    for version in at.unit.definitions.latest_processes():
        at.unit.starts.replace(version.key, ())
        subscribe(at, version, houses.process(at.house, at.unit, version.id).model)


def check(at: Occurrence, model: bpmn.ProcessModel, *, file: str) -> list[Finding]:
    """What is wrong with the times of the process if it were deployed now: those at which it begins and those in it."""
    starts = {node.id for node in model.triggered_starts()}
    findings = [found for node in model.nodes.values() if node.id not in starts for found in _passed(at, node, file)]
    for beginning in model.beginnings():
        node, timer = beginning.node, beginning.trigger
        if not isinstance(timer, bpmn.Timer):
            continue
        try:
            due = _schedule(at, timer).due
        except (bpmn.BadTime, feel.FeelError) as error:
            value, is_constant = bpmn.time_written(timer.expression)
            if is_constant and not _was_once(at, value):
                continue  # told where the process is checked
            message = sentence("The timer says no time at which a case could begin: {error}.", error=error.told)
            remedy = sentence("Write it as ISO 8601, such as R/2025-03-03T08:00/P7D, or as FEEL.")
            findings.append(_finding("bad-time", message, remedy, node, file))
            continue
        if due < at.now:
            message = sentence("The time {isoformat} has passed, so no case would begin by it.", isoformat=due.isoformat())
            remedy = sentence("Write a later time, or remove the start event.")
            findings.append(_finding("timer-passed", message, remedy, node, file, Severity.WARNING))
    return findings


def _passed(at: Occurrence, node: bpmn.Node, file: str) -> list[Finding]:
    """What has passed of the times that a timer inside the process is written with; what they read is not known yet."""
    findings = []
    written = [detail.expression for detail in node.triggers if isinstance(detail, bpmn.Timer)]
    for text in written:
        value, is_constant = bpmn.time_written(text)
        if not is_constant or isinstance(value, feel.DaysTimeDuration | feel.YearsMonthsDuration):
            continue
        try:
            has_passed = bpmn.schedule(value, _frame(at)).due < at.now
        except bpmn.BadTime as error:
            if not _was_once(at, value):
                continue  # told where the process is checked
            message = sentence("The timer `{text}` can never fire: {error}.", text=text, error=error.told)
            findings.append(_finding("bad-time", message, sentence("Write a later time."), node, file))
            continue
        if has_passed:
            message = sentence("The time {text} has passed, so nobody would wait for it.", text=text)
            remedy = sentence("Write a later time, a duration or FEEL.")
            findings.append(_finding("timer-passed", message, remedy, node, file, Severity.WARNING))
    return findings


def _was_once(at: Occurrence, value: feel.Value) -> bool:
    """Whether the value said a time in days gone by."""
    try:
        bpmn.schedule(value, replace(_frame(at), now=bpmn.ANY_TIME))
    except bpmn.BadTime:
        return False
    return True


def _finding(
    rule: str, message: Sentence, remedy: Sentence, node: bpmn.Node, file: str, severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(rule, message, remedy, severity, file=file, element=node.id, name=node.name, line=node.line)


def _start(at: Occurrence, version: ProcessVersion, beginning: bpmn.Beginning) -> StartWait | None:
    node = beginning.node
    start = StartWait(version.key, node.id, WaitKind.SIGNAL, "", version.id, UnitId(node.unit) if node.unit else None)
    match beginning.trigger:
        case bpmn.SignalEvent(name):
            return replace(start, name=name, part=beginning.part)
        case bpmn.Timer(expression=written) as timer:
            when = _schedule(at, timer)
            due = when.due if when.due >= at.now else None
            start = replace(start, kind=WaitKind.TIMER, name=written, part=beginning.part, due=due)
            return replace(start, repeat=when.repeat, left=when.left, since=when.since, round=when.round)
        case _:
            return None


def _schedule(at: Occurrence, timer: bpmn.Timer) -> bpmn.Schedule:
    written = timer.expression
    value: feel.Value = written
    if written.startswith("="):
        value = feel.compile_expression(written[1:]).evaluate({}, at.house.environment())
    return bpmn.schedule(value, _frame(at))


def _frame(at: Occurrence) -> bpmn.TimeFrame:
    return bpmn.TimeFrame(at.now, at.house.settings.zone, at.house.calendar)


def fire(at: Occurrence, due: StartWait) -> bool:
    """Begin the case whose time has come, and set the next time. False when somebody was first or it is early.

    Raises:
        NotFound: the unit is not there. Nothing is lost: the time stays due until it is.
    """
    if due.due is None or due.due > at.now or not at.unit.starts.move_on(due, _following(at, due)):
        return False
    assert due.unit is not None, "a timer says its unit"
    _begin(at, due, due.unit, bpmn.Start(due.element, due=due.due, part=due.part))
    at.told.seconds_late.append((at.now - due.due).total_seconds())
    return True


def fire_named(at: Occurrence, process: str, element: str, part: int) -> bool:
    """Begin the case of this start, if its time has come. False when somebody was first or it is no more."""
    found = (start for start in at.unit.starts.of_process(process) if (start.element, start.part) == (element, part))
    start = next(found, None)
    return start is not None and fire(at, start)


def _following(at: Occurrence, due: StartWait) -> StartWait:
    assert due.due is not None, "it is due"
    past = bpmn.Schedule(due.due, due.repeat, due.left, due.since, due.round)
    upcoming = bpmn.following(past, _frame(at))
    if upcoming is None:
        return replace(due, due=None)
    return replace(due, due=upcoming.due, left=upcoming.left, round=upcoming.round)


def by_signal(at: Occurrence, starts: Iterable[StartWait], *, unit: UnitId) -> Sequence[Case]:
    """Begin a case at each of these, in its own unit or where the signal was thrown."""
    return [_begin(at, start, start.unit or unit, bpmn.Start(start.element, part=start.part)) for start in starts]


def _begin(at: Occurrence, start: StartWait, unit: UnitId, command: bpmn.Start) -> Case:
    if start.unit and all(known.id != start.unit for known in at.unit.people.units()):
        raise NotFound("unit", start.unit)
    return begin(at, _version(at, start.version_id), command, unit=unit)


def _version(at: Occurrence, id_: VersionId) -> ProcessVersion:
    version = at.unit.definitions.process(id_)
    if version is None:
        raise NotFound("process version", id_)
    return version
