"""One step under way: the data as they are becoming, and everything that the step will have brought about."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.task import Task

from .. import feel
from ..canonical import Json
from ..case import CaseStatus, seen_in_expressions
from ..case_data import CaseData, DataChange, Scope, encode, is_path, why_not_kept
from ..finding import FieldProblem
from ..handlers import Desk, HandlerEffect
from ..history import EventType, NewEvent, in_history
from ..identity_numbers import places_in
from ..ids import ScopeId, Token
from ..sentences import Words, sentence, text_in
from ..wait import WaitKind
from .job_orders import JobOrder
from .model import Node
from .process_model import ProcessModel
from .state import ROOT, CaseWorkflow
from .step import CorrectData, IncidentOrder, Retry, Step, StepContext, TaskOrder, WaitOrder
from .timers import BadTime, Schedule, TimeFrame, schedule
from .token_place import path_of, scope_of

WIDEST = 10
MOST_NAMES = 8


class ElementFailed(Exception):
    """An element could not do its work. It becomes an incident; `kind` is a slug, and `said` has no personal data.

    `reads` are the paths of the data that the expression which failed reads. `problems` are what is wrong with what somebody
    outside gave, for whoever may still be told.
    """

    def __init__(self, kind: str, said: Words, *, reads: tuple[str, ...] = (), problems: Sequence[FieldProblem] = ()) -> None:
        super().__init__(text_in(said, "en"))
        self.kind = kind
        self.said = said
        self.reads = reads
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Savepoint:
    """How far the step had come before an element was tried."""

    data: CaseData
    lengths: tuple[int, ...]
    changes: tuple[DataChange, ...]
    next_token: int
    state: int
    own: dict[str, Any]
    scopes: dict[str, Any]


class Turn:
    """What elements work with. Everything they bring about is collected here and undone if they fail."""

    def __init__(self, workflow: CaseWorkflow, data: CaseData, context: StepContext) -> None:
        self.workflow = workflow
        self.context = context
        self.data = data
        self.retry: Retry | None = None
        self.status = context.case.status
        self.budget = context.budget
        self.ready: deque[Task] = deque()
        self.reached: list[Task] = []
        self.weighed: CaseData | None = data
        self.waits: list[WaitOrder | tuple[Token, bool]] = []
        self.tasks: list[TaskOrder] = []
        self.jobs: list[JobOrder | Token] = []
        self.incidents: list[IncidentOrder | Token] = []
        self.events: list[NewEvent] = []
        self.changes: list[DataChange] = []
        self.effects: list[HandlerEffect] = []
        self.frame = TimeFrame(context.now, context.zone, context.calendar)
        self.environment = feel.Environment(
            now=context.now, zone=context.zone, calendar=context.calendar, budget=context.feel_budget
        )
        self.case_context = seen_in_expressions(context.case)
        self.desk = Desk(context.records, self.case_context, self.effects)
        workflow.turn = self

    def widen(self, elements: int) -> None:
        """A loop over many items is no runaway: let the step run so many elements more, ten times its budget at most."""
        self.budget = min(self.budget + elements, max(self.budget, WIDEST * self.context.budget))

    # where a token stands

    def model_of(self, task: Task) -> ProcessModel:
        return self.workflow.process_of(task).model

    def node_of(self, task: Task) -> Node:
        return self.model_of(task).nodes[task.task_spec.name]

    def scope_of(self, task: Task) -> ScopeId:
        """See the function of that name."""
        return scope_of(task)

    def path_of(self, task: Task) -> str:
        """See the function of that name."""
        return path_of(self.workflow, task)

    # data

    def evaluate(self, task: Task, text: str, *, what: Words, extra: Mapping[str, feel.Value] | None = None) -> feel.Value:
        """The value of a FEEL expression where the token stands.

        Raises:
            ElementFailed: it cannot be evaluated; `what` names it, as a part of a sentence (`the condition of “Yes”`).
        """
        return self.evaluate_in(self.scope_of(task), text, what=what, extra=extra)

    def evaluate_in(
        self, scope: ScopeId, text: str, *, what: Words, extra: Mapping[str, feel.Value] | None = None
    ) -> feel.Value:
        """The same, seen from a data scope."""
        names = self.data.view(scope, {"case": self.case_context, **(extra or {})})
        read: frozenset[tuple[str, ...]] = frozenset()
        try:
            expression = feel.compile_expression(text)
            read = expression.paths
            return expression.evaluate(names, self.environment)
        except feel.FeelError as error:
            names_read = _names_read(read)
            said = sentence("{what} failed: {error}{reads}", what=what, error=error.told, reads=_reads(names_read))
            raise ElementFailed("expression-failed", said, reads=names_read) from error

    def evaluate_written(self, task: Task, text: str, *, what: Words) -> feel.Value:
        """The value of an attribute: FEEL after `=`, else the text itself."""
        return self.evaluate(task, text[1:], what=what) if text.startswith("=") else text

    def condition(self, task: Task, text: str, *, what: Words, extra: Mapping[str, feel.Value] | None = None) -> bool:
        """A condition is true or false; null and everything else is a mistake of the designer's, not a no."""
        value = self.evaluate(task, text, what=what, extra=extra)
        if not isinstance(value, bool):
            names_read = _names_read(feel.compile_expression(text).paths)
            said = sentence(
                "{what} gives {type}, not true or false: `{text}`.{reads}",
                what=what,
                type=feel.type_of(value),
                text=text,
                reads=_reads(names_read),
            )
            raise ElementFailed("expression-failed", said, reads=names_read)
        return value

    def write(self, scope: ScopeId, path: str, value: feel.Value) -> None:
        """Write one value, seen from `scope`."""
        if not is_path(path):
            said = sentence("A name that is to be written is no path of names, or is `case`.")
            raise ElementFailed("cannot-write", said)
        require_keepable(value, f"`{path}`")
        try:
            self.data, change = self.data.write(scope, path, value)
        except (TypeError, ValueError) as error:
            said = sentence("{what} cannot be written: {error}.", what=f"`{path}`", error=why_not_kept(error))
            raise ElementFailed("cannot-write", said) from error
        if change is not None:
            self.changes.append(change)

    def write_here(self, scope: ScopeId, name: str, value: feel.Value) -> None:
        """Keep a value in this very scope, whoever declares the name; it is no change that history tells."""
        require_keepable(value, sentence("what a round gives"))
        self.data = self.data.put(scope, name, value)

    def open_scope(self, scope: Scope) -> None:
        """A new room of the case's data, with what it begins with."""
        for name, value in scope.values.items():
            require_keepable(value, f"`{name}`")
        self.data = self.data.open(scope)

    def close_scope(self, scope: ScopeId) -> None:
        if scope in self.data.scopes:
            self.data = self.data.close(scope)

    def time(self, task: Task, text: str, *, what: Words, repeats: bool = False) -> Schedule:
        """When a written time is; a cycle only where it `repeats`."""
        value = self.evaluate_written(task, text, what=what)
        try:
            found = schedule(value, self.frame)
        except BadTime as error:
            said = sentence("{what} says no time: {error}.", what=what, error=error.told)
            raise ElementFailed("bad-time", said) from error
        if found.repeat and not repeats:
            said = sentence("{what} says a cycle, but comes once. Give a date or a duration.", what=what)
            raise ElementFailed("bad-time", said)
        return found

    # what comes of it

    def record(self, type_: EventType, task: Task, payload: dict[str, Json] | None = None) -> None:
        """Tell history; changes of data made since the last event are told first."""
        self.record_changes(task)
        self.events.append(NewEvent(type_, self.path_of(task), {**self.names_of(task), **(payload or {})}))

    def record_changes(self, task: Task) -> None:
        if self.changes:
            self.events.append(NewEvent(EventType.DATA_CHANGED, self.path_of(task), {"changes": self._told_changes()}))

    def record_correction(self, correction: CorrectData) -> None:
        """Tell that somebody has mended data of the case, of a called process or of a round, even where nothing changed."""
        round_: dict[str, Json] = {} if correction.round is None else {"loopCounter": correction.round}
        told: dict[str, Json] = {"reason": correction.reason, "changes": self._told_changes(), **round_}
        self.events.append(NewEvent(EventType.DATA_CHANGED, correction.element, told))

    def _told_changes(self) -> list[Json]:
        told: list[Json] = [
            {"scope": c.scope, "path": c.path, "before": encode(c.before), "after": encode(c.after)} for c in self.changes
        ]
        self.changes = []
        return told

    def names_of(self, task: Task) -> dict[str, Json]:
        """What an element is called in history, with its process and kind."""
        process = self.workflow.process_of(task)
        if task.id == ROOT:
            return {"process": process.key}
        node = self.node_of(task)
        names: dict[str, Json] = {"process": process.key, "name": node.label, "kind": node.kind.value}
        if node.name_en:
            names["nameEn"] = node.name_en
        if "instance" in task.internal_data:
            names["loopCounter"] = int(task.internal_data["instance"])
        return names

    def open_wait(self, task: Task, order: WaitOrder) -> None:
        task.internal_data["waits"] = order.kind.value
        self.waits.append(order)

    def close_wait(self, task: Task, *, done: bool) -> None:
        kind = task.internal_data.pop("waits", None)
        if kind is not None:
            self.waits.append((Token(task.id), done))
        if kind == WaitKind.JOB:
            self.jobs.append(Token(task.id))

    def open_timer(self, task: Task, when: Schedule) -> None:
        """Let the token wait for a time; a cycle's rest is kept with the token."""
        task.internal_data["timer"] = {
            "due": when.due.isoformat(),
            "repeat": when.repeat,
            "left": when.left,
            "since": None if when.since is None else when.since.isoformat(),
            "round": when.round,
        }
        self.record(EventType.TIMER_SET, task, {"due": when.due.isoformat()})
        self.open_wait(task, WaitOrder(Token(task.id), WaitKind.TIMER, self.path_of(task), due=when.due))

    def fail(self, task: Task, failure: ElementFailed, *, attempts: int = 1) -> None:
        """Leave the token where it is and call a person, or say that trying again did not help; `attempts` failed this time."""
        is_retry = "incident" in task.internal_data
        task.internal_data["incident"] = True
        name = f"{self.node_of(task).label}: " if task.id != ROOT else ""
        message, message_sv = (f"{name}{text_in(failure.said, language)}" for language in ("en", "sv"))
        names = self.names_of(task)
        order = IncidentOrder(
            token=Token(task.id),
            element=self.path_of(task),
            kind=failure.kind,
            message=message,
            message_sv=message_sv,
            is_retry=is_retry,
            attempts=attempts,
            name=str(names.get("name", "")),
            name_en=str(names.get("nameEn", "")),
            reads=failure.reads,
        )
        self.incidents.append(order)
        type_ = EventType.INCIDENT_RETRIED if is_retry else EventType.INCIDENT_OPENED
        self.record(type_, task, {"incident": failure.kind, **in_history(message, message_sv), **self._why_again(task)})

    def settle(self, task: Task) -> None:
        """The token's incident, if it has one, is over."""
        self.workflow.stirred.add(Token(task.id))
        if task.internal_data.pop("incident", None):
            self.incidents.append(Token(task.id))
            self.record(EventType.INCIDENT_RESOLVED, task, self._why_again(task))

    def _why_again(self, task: Task) -> dict[str, Json]:
        """The reason why this token's element is tried again, where somebody gave one."""
        is_it = self.retry is not None and self.retry.token == task.id and self.retry.reason
        return {"reason": self.retry.reason} if self.retry is not None and is_it else {}

    # all or nothing for one element

    def savepoint(self, task: Task) -> Savepoint:
        lengths = tuple(len(collected) for collected in self._collected())
        own, scopes = dict(task.internal_data), dict(task.data)
        return Savepoint(self.data, lengths, tuple(self.changes), self.workflow.next_token, task.state, own, scopes)

    def roll_back(self, task: Task, point: Savepoint) -> None:
        """Undo what the element did: its data, its orders, the tokens it made."""
        self.data = point.data
        for collected, length in zip(self._collected(), point.lengths, strict=True):
            del collected[length:]
        self.changes = [*point.changes]
        for number in range(point.next_token, self.workflow.next_token):
            if (made := self.workflow.token(Token(f"t{number}"))) is not None:
                self.workflow.remove(made)
        self.workflow.next_token = point.next_token
        task._set_state(point.state)
        task.internal_data, task.data = point.own, point.scopes

    def _collected(self) -> tuple[list[Any], ...]:
        return (self.waits, self.tasks, self.jobs, self.incidents, self.events, self.effects, self.reached)

    def outcome(self, state: str) -> Step:
        """The step as a whole: what was opened and closed again within it is left out."""
        waits, closed = _net_waits(self.waits)
        incidents, resolved = _net_incidents(self.incidents)
        jobs, closed_jobs = _net_jobs(self.jobs)
        waiting = {order.token for order in waits}
        return Step(
            state=state,
            data=self.data,
            status=self.status,
            waits=waits,
            tasks=tuple(order for order in self.tasks if order.token in waiting),
            jobs=jobs,
            closed_jobs=closed_jobs,
            closed=closed,
            incidents=incidents,
            resolved=resolved,
            effects=tuple(self.effects),
            events=tuple(self.events),
        )

    def end(self, status: CaseStatus) -> None:
        self.status = status


def _names_read(paths: frozenset[tuple[str, ...]]) -> tuple[str, ...]:
    """Which of the case's data an expression reads: their names, never what they hold."""
    return tuple(sorted(".".join(path) for path in paths if path[0] != "case")[:MOST_NAMES])


def _reads(names: tuple[str, ...]) -> Words:
    return sentence(" It reads {names}.", names=", ".join(f"`{name}`" for name in names)) if names else ""


def _net_waits(log: list[WaitOrder | tuple[Token, bool]]) -> tuple[tuple[WaitOrder, ...], tuple[tuple[Token, bool], ...]]:
    """The waits open at the end, and the earlier ones that were closed (a cycle closes one and opens the next)."""
    opened: dict[Token, WaitOrder] = {}
    closed: dict[Token, bool] = {}
    for entry in log:
        if isinstance(entry, WaitOrder):
            opened[entry.token] = entry
        elif opened.pop(entry[0], None) is None:
            closed[entry[0]] = entry[1]
    return tuple(opened.values()), tuple(closed.items())


def _net_jobs(log: list[JobOrder | Token]) -> tuple[tuple[JobOrder, ...], tuple[Token, ...]]:
    """The jobs ordered that are still waited for, and the tokens that no longer wait for earlier ones."""
    opened: dict[Token, JobOrder] = {}
    closed: list[Token] = []
    for entry in log:
        if isinstance(entry, JobOrder):
            opened[entry.token] = entry
        elif opened.pop(entry, None) is None:
            closed.append(entry)
    return tuple(opened.values()), tuple(closed)


def _net_incidents(log: list[IncidentOrder | Token]) -> tuple[tuple[IncidentOrder, ...], tuple[Token, ...]]:
    """The incidents opened or tried again in vain that are open at the end, and the tokens whose earlier ones are over."""
    opened: dict[Token, IncidentOrder] = {}
    resolved: dict[Token, None] = {}
    for entry in log:
        if isinstance(entry, IncidentOrder):
            opened[entry.token] = entry
        elif (order := opened.pop(entry, None)) is None or order.is_retry:
            resolved[entry] = None
    return tuple(opened.values()), tuple(resolved)


def require_keepable(value: feel.Value, what: Words) -> None:
    """Refuse what a case cannot keep or may not carry, before anything is done with it. `what` names it in a sentence.

    Raises:
        ElementFailed: it has a part that cannot be stored (a range, a function, half a character), or an identity number.
    """
    if next(places_in(value), None) is not None:
        said = sentence("{what} would hold an identity number. Let it hold the register's key instead.", what=what)
        raise ElementFailed("cannot-write", said)
    try:
        encode(value)
    except (TypeError, ValueError) as error:
        said = sentence("{what} cannot be kept: {error}.", what=what, error=why_not_kept(error))
        raise ElementFailed("cannot-write", said) from error
