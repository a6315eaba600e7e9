"""Play a scenario's start and steps on an engine. Used by tests of processes and by the demonstration alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import assert_never, cast

from ..actor import SYSTEM, Actor
from ..canonical import Json, loads
from ..case import Case
from ..case_data import CaseData
from ..case_engine import CaseEngine
from ..definition import Bundle
from ..errors import NotFound, NotPossible
from ..ids import CaseId, UnitId
from ..ports import Store
from ..queries import CaseFilter
from ..sentences import sentence
from ..settings import EngineSettings
from ..task import UserTask
from . import choices, jobs, operating
from .case_scope import CaseScope
from .cast import Cast
from .duration import after
from .model import (
    Action,
    Answer,
    Begin,
    Cancel,
    Claim,
    Complete,
    Filling,
    Finish,
    Look,
    Mend,
    Operate,
    Reopen,
    Send,
    Sending,
    Start,
    Throw,
    Until,
    Wait,
)
from .virtual_time import VirtualTime

Shift = Callable[[Json], Json]


def _unshifted(value: Json) -> Json:
    return value


@dataclass(frozen=True, slots=True)
class Stage:
    """Where scenarios are played: an engine with its store and clock, the packages, and who acts.

    `shift` is applied to everything that is filled in or sent; a demonstration moves dates with it.
    """

    engine: CaseEngine
    store: Store
    time: VirtualTime
    bundle: Bundle
    settings: EngineSettings
    cast: Cast
    shift: Shift = _unshifted

    @property
    def scope(self) -> CaseScope:
        return CaseScope(self.store, self.time.clock, self.settings)

    def case(self, case_id: CaseId) -> Case:
        """The case's row as it is now."""
        with self.store.read() as work:
            case = work.cases.get(case_id)
        if case is None:
            raise NotFound("case", case_id)
        return case

    def newest(self, process: str) -> Case:
        """The case of the process that began last.

        Raises:
            NotPossible: there is none.
        """
        with self.store.read() as work:
            rows = work.queries.cases(CaseFilter(SYSTEM.id, None, process=process)).rows
        if not rows:
            raise NotPossible(sentence("There is no case of the process '{process}' yet.", process=process))
        return max(rows, key=lambda case: (case.started_at, case.number))

    def open_tasks(self, case_id: CaseId) -> list[UserTask]:
        with self.store.read() as work:
            return list(work.queries.open_tasks(case_id))

    def tasks_at(self, case_id: CaseId, path: str, item: int | None) -> list[UserTask]:
        """See _tasks."""
        return _tasks(self, case_id, path, item)

    def resolved(self, case_id: CaseId, values: Mapping[str, Json]) -> Mapping[str, Json]:
        """See _resolved."""
        return _resolved(self, case_id, values)

    def actor_for(self, case_id: CaseId, group: str | None, task: UserTask) -> Actor:
        """See _actor."""
        return _actor(self, case_id, group, task)


def local(moment: datetime, settings: EngineSettings) -> datetime:
    """The moment with the installation's zone where it has none."""
    return moment if moment.tzinfo else moment.replace(tzinfo=settings.zone)


def begin(stage: Stage, process: str, start: Start) -> Case:
    """Start the case; the clock is where the scenario starts.

    Raises:
        StegvisError: the engine does not accept it.
    """
    unit = UnitId(start.unit)
    actor = stage.cast.actor(start.group, unit) if start.group else SYSTEM
    if start.messages:
        case = _begin_by_messages(stage, actor, unit, start.messages)
    elif start.condition is not None:
        case = _begin_by_condition(stage, actor, process, unit, start.condition)
    elif start.signal is not None:
        stage.engine.throw_signal(SYSTEM, start.signal, unit=unit)
        case = stage.newest(process)
    elif start.timer is not None:
        case = _begin_in_time(stage, process, start.timer)
    elif start.form is not None:
        form = _start_form(stage, process)
        submission = _submission(stage, form, start.form, {})
        case = stage.engine.start_case(actor, process, unit=unit, submission=submission)
    else:
        data = cast("Mapping[str, Json]", stage.shift(dict(start.data)))
        case = stage.engine.start_case(actor, process, unit=unit, data=data)
    stage.time.settle()
    return case


def _begin_by_messages(stage: Stage, actor: Actor, unit: UnitId, messages: Sequence[Sending]) -> Case:
    """Send them in turn; the last one begins the case."""
    receipts = []
    for message in messages:
        sent = _values(stage, None, message)
        receipts.append(stage.engine.send_message(actor, sent.name, key=sent.key, payload=sent.payload, unit=unit))
    if receipts[-1].started is None:
        name = messages[-1].name
        raise NotPossible(sentence("The message '{name}' starts no case. Deploy a process with that start event.", name=name))
    return receipts[-1].started


def _begin_by_condition(stage: Stage, actor: Actor, process: str, unit: UnitId, given: Mapping[str, Json]) -> Case:
    data = cast("Mapping[str, Json]", stage.shift(dict(given)))
    begun = stage.engine.ask_start_conditions(actor, process, data, unit=unit)
    if not begun:
        raise NotPossible(sentence("No start condition of the process '{process}' holds over these data.", process=process))
    return begun[0]


def _begin_in_time(stage: Stage, process: str, element: str) -> Case:
    """Let time pass until the start timer has begun a case."""
    with stage.store.read() as work:
        coming = [(start.due, start.element) for start in work.starts.of_process(process) if start.due is not None]
    moment = min((due for due, name in coming if name == element), default=None)
    if moment is None:
        known = ", ".join(sorted({name for _, name in coming})) or sentence("none")
        raise NotPossible(
            sentence(
                "No timer `{element}` is to begin a case of the process '{process}'. Those to come: {known}.",
                element=element,
                process=process,
                known=known,
            )
        )
    stage.time.move_to(moment)
    return stage.newest(process)


def take(stage: Stage, case_id: CaseId, action: Action) -> None:
    """Do one step's action, and all that is due because of it.

    Raises:
        StegvisError: the engine does not accept it, or there is nothing to do it to; the message names what there is.
        FeelError: an expression in a message or a field cannot be evaluated.
    """
    match action:
        case Complete():
            for task in _tasks(stage, case_id, action.task, action.item, each=action.each):
                _complete(stage, case_id, task, action)
        case Claim():
            task = _tasks(stage, case_id, action.task, action.item)[0]
            stage.engine.claim_task(_actor(stage, case_id, action.group, task), task.id)
        case Begin() | Finish():
            choices.choose(stage, case_id, action)
        case Send():
            _send(stage, case_id, action)
        case Throw(signal):
            stage.engine.throw_signal(SYSTEM, signal, unit=stage.case(case_id).unit)
        case Wait() | Until():
            _let_pass(stage, action)
        case Cancel():
            stage.engine.cancel_case(SYSTEM, case_id, reason=action.reason)
        case Operate() | Mend() | Reopen():
            operating.intervene(stage, case_id, action)
        case Answer():
            jobs.answer(stage, case_id, action)
        case Look():
            pass
        case _:
            assert_never(action)
    stage.time.settle()


def _let_pass(stage: Stage, action: Wait | Until) -> None:
    if isinstance(action, Wait):
        stage.time.move_to(after(action.duration, stage.time.clock.now(), stage.settings))
        return
    moment = local(action.moment, stage.settings)
    now = stage.time.clock.now()
    if moment < now:
        shown = now.astimezone(stage.settings.zone).isoformat(timespec="minutes")
        raise NotPossible(sentence("It is {shown} already; time does not go back. Write a later moment.", shown=shown))
    stage.time.move_to(moment)


class NoOpenTask(NotPossible):
    """The task that a step is about is not open now."""


def _tasks(stage: Stage, case_id: CaseId, path: str, item: int | None, *, each: bool = False) -> list[UserTask]:
    """The open tasks that a step means.

    Raises:
        NoOpenTask: there is none.
        NotPossible: there is more than one and the step does not say which.
    """
    tasks = stage.open_tasks(case_id)
    with stage.store.read() as work:
        data = work.cases.data(case_id)
    counted = [(_loop_counter(data, task), task) for task in tasks if task.path == path]
    found = [(counter, task) for counter, task in counted if item in (None, counter)]
    if not found:
        names = ", ".join(sorted({task.path for task in tasks})) or sentence("none")
        which = sentence("{path} item {item}", path=path, item=item) if item else path
        told = sentence("There is no open task '{which}'. Open tasks: {names}.", which=which, names=names)
        waits = jobs.jobs_told(stage.store, case_id)
        raise NoOpenTask(sentence("{told} {waits}", told=told, waits=waits) if waits else told)
    if len(found) > 1 and not each:
        counters = ", ".join(str(counter) for counter, _ in found)
        raise NotPossible(
            sentence(
                "{count} tasks '{path}' are open (items {items}). Say which with item: or all: true.",
                count=len(found),
                path=path,
                items=counters,
            )
        )
    return [task for _, task in sorted(found, key=lambda pair: pair[0])]


def _loop_counter(data: CaseData, task: UserTask) -> int:
    """Which round of a multi-instance a task belongs to, its own or that of the activity around it; 0 for none."""
    if task.loop_counter is not None:
        return task.loop_counter
    scope = data.scopes.get(task.scope)
    while scope is not None:
        if isinstance(counter := scope.values.get("loopCounter"), Decimal):
            return int(counter)
        scope = data.scopes.get(scope.parent) if scope.parent is not None else None
    return 0


def _actor(stage: Stage, case_id: CaseId, group: str | None, task: UserTask) -> Actor:
    """Somebody of the group, or of the task's first candidate group when the step names none."""
    unit = stage.case(case_id).unit
    return stage.cast.actor(group or min(task.candidate_groups, default=""), unit, task)


def _complete(stage: Stage, case_id: CaseId, task: UserTask, action: Complete) -> None:
    actor = _actor(stage, case_id, action.group, task)
    submission: dict[str, Json] = {}
    opened_at: int | None = None
    if task.form_version_id is not None:
        shown = stage.engine.task_form(actor, task.id)
        if shown.form is not None:
            submission = _submission(stage, shown.form.key, action.filling, shown.values, case_id)
            opened_at = shown.base_sequence
    elif action.filling.fields or action.filling.example:
        raise NotPossible(sentence("The task '{path}' has no form to fill in. Remove `with`.", path=task.path))
    stage.engine.complete_task(actor, task.id, submission, base_sequence=opened_at)


def _send(stage: Stage, case_id: CaseId, action: Send) -> None:
    sending = _values(stage, case_id, action.sending)
    actor = stage.cast.actor(action.group, stage.case(case_id).unit) if action.group else SYSTEM
    if sending.key is None:
        stage.engine.message_case(actor, case_id, sending.name, sending.payload)
    else:
        stage.engine.send_message(actor, sending.name, key=sending.key, payload=sending.payload)


def _values(stage: Stage, case_id: CaseId | None, sending: Sending) -> Sending:
    key = None if sending.key is None else _resolved(stage, case_id, sending.key)
    return Sending(sending.name, key, _resolved(stage, case_id, sending.payload))


def _resolved(stage: Stage, case_id: CaseId | None, values: Mapping[str, Json]) -> Mapping[str, Json]:
    return cast("Mapping[str, Json]", stage.shift(stage.scope.resolve(case_id, dict(values))))


def _submission(
    stage: Stage, form: str, filling: Filling, shown: Mapping[str, Json], case_id: CaseId | None = None
) -> dict[str, Json]:
    """What is sent in: the example, or what the form shows; then the step's own fields."""
    base = _example(stage.bundle, form, filling.example) if filling.example else dict(shown)
    fields = cast("dict[str, Json]", stage.scope.resolve(case_id, dict(filling.fields)))
    if filling.example is None:
        return {**base, **cast("dict[str, Json]", stage.shift(fields))}
    return cast("dict[str, Json]", stage.shift({**base, **fields}))


def _example(bundle: Bundle, form: str, name: str) -> dict[str, Json]:
    files = next((package.files for package in bundle.of_kind("form") if package.key == form), {})
    source = files.get(f"examples/{name}.json")
    if source is None:
        known = sorted(path[9:-5] for path in files if path.startswith("examples/") and path.count("/") == 1)
        names = ", ".join(known) or sentence("none")
        raise NotPossible(
            sentence("The form '{form}' has no example '{name}'. Its examples: {names}.", form=form, name=name, names=names)
        )
    return cast("dict[str, Json]", loads(source))


def _start_form(stage: Stage, process: str) -> str:
    with stage.store.read() as work:
        version = work.definitions.latest_process(process)
    if version is None or version.start_form is None:
        raise NotPossible(
            sentence(
                "The process '{process}' has no start form. Start with data:, or bind a form to its start event.",
                process=process,
            )
        )
    return version.start_form
