"""Whether a case is as a scenario expects. What is not comes back as failures that show both sides."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from .. import feel
from ..case import Case, CaseStatus, IncidentState
from ..history import EventType
from ..ids import CaseId
from ..sentences import Sentence, in_both, sentence
from ..wait import WaitKind
from .choices import offered
from .jobs import jobs_told
from .model import Ends, Expectation, Step
from .player import Stage, local


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that is not as the scenario says. `step` counts from 1; 0 is the start, and the end has none."""

    said: Sentence
    expected: str = ""
    actual: str = ""
    step: int | None = None
    line: int | None = None

    @property
    def message(self) -> str:
        """The same in English."""
        return self.said.part("en")


def check_step(stage: Stage, case_id: CaseId, step: Step) -> list[Failure]:
    """What is not as the step expects; an incident that it does not expect is a failure, too."""
    expect = step.expect or Expectation()
    found = [*_incidents(stage, case_id, expect), *_compare(stage, case_id, expect)]
    return [Failure(one.said, one.expected, one.actual, step.number, step.line) for one in found]


def check_end(stage: Stage, case_id: CaseId, ends: Ends) -> list[Failure]:
    """What is not as the scenario says that the case ends."""
    found = [*_ending(stage, stage.case(case_id), ends), *_data(stage, case_id, ends.data)]
    return [Failure(sentence("The end: {said}", said=one.said), one.expected, one.actual, None, ends.line) for one in found]


def _compare(stage: Stage, case_id: CaseId, expect: Expectation) -> Iterator[Failure]:
    waiting, due = _waiting(stage, case_id)
    if expect.waiting is not None:
        yield from _compare_waiting(stage, case_id, expect.waiting, waiting)
    tasks = {task.path for task in stage.open_tasks(case_id)}
    for path, text in expect.due.items():
        yield from _compare_due(stage, path or _only(expect.waiting or tasks, due), text, due)
    case = stage.case(case_id)
    if expect.unit is not None and case.unit != expect.unit:
        yield Failure(sentence("the case is in another unit."), expect.unit, case.unit)
    if expect.closed is not None and case.is_open == expect.closed:
        yield Failure(sentence("the case is not as far."), "closed" if expect.closed else "open", case.status.value)
    if expect.offered is not None and (found := set(offered(stage.engine, case_id))) != set(expect.offered):
        shown, wanted = (", ".join(sorted(names)) or "nothing" for names in (found, expect.offered))
        yield Failure(sentence("something else can be begun."), wanted, shown)
    yield from _data(stage, case_id, expect.data)


def _waiting(stage: Stage, case_id: CaseId) -> tuple[set[str], dict[str, datetime]]:
    """The paths of everything that waits, and when those with a time are due."""
    with stage.store.read() as work:
        waits = [wait for wait in work.waits.of_case(case_id) if wait.kind is not WaitKind.TASK]
        tasks = list(work.queries.open_tasks(case_id))
    due = {task.path: task.due for task in tasks if task.due} | {wait.element: wait.due for wait in waits if wait.due}
    return {task.path for task in tasks} | {wait.element for wait in waits}, due


def _compare_waiting(stage: Stage, case_id: CaseId, expected: tuple[str, ...], waiting: set[str]) -> Iterator[Failure]:
    tasks = {task.path for task in stage.open_tasks(case_id)}
    if not set(expected) <= waiting or not tasks <= set(expected):
        shown = sorted(tasks | (waiting & set(expected)))
        others = sorted(waiting - set(shown))
        actual = ", ".join(shown) or "no task"
        yield Failure(
            sentence("something else waits."),
            ", ".join(sorted(expected)) or "no task",
            f"{actual} (also waiting: {', '.join(others)})" if others else actual,
        )


def _only(candidates: Collection[str], due: Collection[str]) -> str:
    """The one of the candidates that has a time; empty when there is none or more than one."""
    timed = [path for path in candidates if path in due]
    return timed[0] if len(timed) == 1 else ""


def _compare_due(stage: Stage, path: str, text: str, due: dict[str, datetime]) -> Iterator[Failure]:
    tell = {name: when.astimezone(stage.settings.zone) for name, when in sorted(due.items())}
    found = tell.get(path)
    if found is None:
        known = ", ".join(f"{name} {when:%Y-%m-%d %H:%M}" for name, when in tell.items()) or "nothing with a time"
        yield Failure(sentence("{path} has no one due time.", path=path or sentence("what waits")), text, known)
    elif len(text) == 10:
        if found.date().isoformat() != text:
            yield Failure(sentence("{path} is due on another day.", path=path), text, found.date().isoformat())
    elif found != local(datetime.fromisoformat(text), stage.settings):
        yield Failure(sentence("{path} is due at another time.", path=path), text, found.isoformat(timespec="minutes"))


def _data(stage: Stage, case_id: CaseId, expressions: tuple[str, ...]) -> Iterator[Failure]:
    for text in expressions:
        try:
            value = stage.scope.evaluate(case_id, text)
            if value is not True:
                told = stage.scope.actual(case_id, text)
                actual = ", ".join(f"{name} = {shown}" for name, shown in told.items()) or feel.format_value(value)
                yield Failure(sentence("the data are otherwise."), f"= {text}", actual)
        except feel.FeelError as error:
            yield Failure(sentence("the expression cannot be evaluated."), f"= {text}", str(error))


def _incidents(stage: Stage, case_id: CaseId, expect: Expectation) -> Iterator[Failure]:
    with stage.store.read() as work:
        opened = [one for one in work.incidents.of_case(case_id) if one.state is IncidentState.OPEN]
    process = stage.case(case_id).process
    stuck = {incident.element or process: incident for incident in opened}
    for element, incident in stuck.items():
        if element not in expect.incidents:
            reason = in_both(sv=incident.told("sv"), en=incident.message)
            told = sentence("{element} is stuck: {reason}", element=element, reason=reason)
            yield Failure(told, "no incident", incident.kind)
    for element in set(expect.incidents) - stuck.keys():
        yield Failure(sentence("{element} has no incident.", element=element), "an incident", "none")


def _ending(stage: Stage, case: Case, ends: Ends) -> Iterator[Failure]:
    if ends.state is not None and case.status.value != ends.state:
        yield Failure(sentence("the case is in another state."), ends.state, case.status.value)
    if ends.at is None:
        return
    waiting = ", ".join(sorted(_waiting(stage, case.id)[0]))
    if case.is_open:
        told, waits = sentence("the case is not closed."), jobs_told(stage.store, case.id)
        told = sentence("{told} {waits}", told=told, waits=waits) if waits else told
        yield Failure(told, ends.at, f"still waiting: {waiting or 'nothing'}")
        return
    with stage.store.read() as work:
        events = [event for event, _ in work.histories.of_case(case.id)]
    done = [event.element for event in events if event.type is EventType.ELEMENT_COMPLETED]
    if ends.at not in done or case.status is CaseStatus.CANCELLED:
        last = next((element for element in reversed(done) if element), "nowhere")
        yield Failure(sentence("the case ended elsewhere."), ends.at, f"{last} ({case.status.value})")
