"""One step of a case: what came in, everything that follows from it by itself, until people or time are waited for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from .. import feel
from ..canonical import Json
from ..case import CaseStatus
from ..case_data import CaseData, Scope, ScopeKind, decode, encode
from ..errors import NotPossible, Rejected
from ..history import EventType
from ..ids import ROOT_SCOPE, ScopeId, Token
from ..sentences import sentence
from ..wait import WaitKind
from . import compensation, complex_joins, jobs, ledger, listeners, moves, operating
from .elements.ad_hoc import AdHocSubProcess
from .job_orders import JobDone, JobGivenUp, JobOutcome, JobThrows
from .model import AllEvents, Conditional, MessageEvent, Node, SignalEvent, Timer
from .parts import detail_of
from .state import ROOT, CaseWorkflow, dump, restore
from .step import (
    AddToken,
    BeginActivity,
    CancelCase,
    CancelToken,
    Command,
    CompleteTask,
    CorrectData,
    MoveToken,
    Reopen,
    Retry,
    Skip,
    Start,
    Step,
    StepContext,
    Trigger,
)
from .turn import ElementFailed, Turn

REFUSED: Final = sentence(
    "The result does not fit what the process declares. Correct the parts named and complete the job again: it is still yours."
)


def advance(state: str | None, data: CaseData, command: Command, context: StepContext) -> Step:
    """Take one step.

    Pure: the same state, data, command and context give the same step; nothing outside is touched. `state` is None to
    start a case. An element that fails keeps its token and becomes an incident; everything else of the step holds.

    Raises:
        NotPossible: the token that the command is about is not there or does not wait (somebody was first), or the
            values that came with it cannot be written.
        Rejected: what a job gave, and may be refused, breaks the data schema; `problems` are those of the result.
    """
    if state is None:
        workflow = CaseWorkflow(context.process)
        workflow.add_root()
    else:
        workflow = restore(state, context.process, context.library)
    turn = Turn(workflow, data, context)
    _obey(turn, command)
    _resume(turn, command)
    _run_on(turn)
    if turn.status is not CaseStatus.ACTIVE:
        moves.drop_joins(workflow.task_tree)
        workflow.task_tree.internal_data.pop("stopped", None)
        ledger.drop(turn, workflow.task_tree)
    turn.record_changes(workflow.task_tree)
    return turn.outcome(dump(workflow))


def _obey(turn: Turn, command: Command) -> None:
    match command:
        case Start():
            _start(turn, command)
        case CompleteTask(token):
            _complete_task(turn, _waiting(turn, token, for_person=True), command)
        case BeginActivity():
            _begin(turn, command)
        case Trigger(token, payload):
            _trigger(turn, _waiting(turn, token, for_person=False), payload)
        case JobDone() | JobThrows() | JobGivenUp():
            _end_job(turn, command)
        case Retry(token):
            turn.retry = command
            _retry(turn, token)
        case CorrectData(writes, scope):
            _write_all(turn, scope, writes)
            turn.record_correction(command)
        case Skip() | AddToken() | MoveToken() | CancelToken() | Reopen():
            operating.obey(turn, command)
        case CancelCase():
            root = turn.workflow.task_tree
            for child in root.children:
                moves.cancel(turn, child)
            moves.drop_incident(turn, root)
            turn.end(CaseStatus.CANCELLED)


def _start(turn: Turn, command: Start) -> None:
    root = turn.workflow.task_tree
    names = frozenset(turn.context.process.data_schema.names)
    turn.open_scope(Scope(ROOT_SCOPE, None, ScopeKind.CASE, names))
    turn.record(EventType.CASE_STARTED, root, {"version": turn.context.process.version_id})
    _write_all(turn, ROOT_SCOPE, command.values)
    listeners.listen(turn, root)
    node = turn.context.process.model.nodes[command.event]
    task = _first_token(turn, node)
    match node.triggers[command.part]:
        case MessageEvent() if command.payload is not None:
            _bring(turn, task, node, {**command.also, command.part: command.payload})
        case SignalEvent(name):
            turn.record(EventType.SIGNAL_RECEIVED, task, {"signal": name})
            task.internal_data["came"] = {}
        case Conditional():
            turn.record(EventType.CONDITION_MET, task)
        case Timer() if command.due is not None:
            turn.record(EventType.TIMER_FIRED, task, {"due": command.due.isoformat()})
        case _:
            pass


def _bring(turn: Turn, task: Task, node: Node, payloads: Mapping[int, Mapping[str, feel.Value]]) -> None:
    """Keep with the first token what the messages carried that began the case."""
    came: dict[str, Json] = {}
    for part, payload in sorted(payloads.items()):
        trigger = node.triggers[part]
        assert isinstance(trigger, MessageEvent)
        came[str(part)] = encode(dict(payload))
        turn.record(EventType.MESSAGE_RECEIVED, task, {"message": trigger.name, "payload": came[str(part)]})
    task.internal_data["came"] = came


def _first_token(turn: Turn, node: Node) -> Task:
    """The token that the case begins with; behind a gateway that begins it, one that has taken the way from there.

    From a parallel one a token goes along each way, first along the way of the event that has come.
    """
    root = turn.workflow.task_tree
    gateway = turn.context.process.model.gateway_before(node)
    if gateway is None:
        return moves.enter(turn, root, node)
    came = turn.workflow.add_token(turn.context.process, gateway.id, root)
    others = tuple(flow for flow in gateway.outgoing if flow not in node.incoming)
    flows = (*node.incoming, *others) if isinstance(gateway.detail, AllEvents) else node.incoming
    moves.leave(turn, came, flows)
    return turn.ready[-len(flows)]


def _write_all(turn: Turn, scope: ScopeId, writes: Mapping[str, feel.Value]) -> None:
    """What somebody outside gives is written whole, or the step is refused."""
    try:
        for path, value in writes.items():
            turn.write(scope, path, value)
    except ElementFailed as failure:
        said = sentence("{failure} Have the case's data corrected first, then try again.", failure=failure.said)
        raise NotPossible(said) from failure


def _waiting(turn: Turn, token: Token, *, for_person: bool) -> Task:
    task = turn.workflow.token(token)
    waits = None if task is None else task.internal_data.get("waits")
    if task is None or waits is None or (waits == WaitKind.TASK) is not for_person:
        raise NotPossible(f"Token {token} no longer waits: the case has gone on. Read the case again.")
    return task


def _complete_task(turn: Turn, task: Task, command: CompleteTask) -> None:
    _write_all(turn, turn.scope_of(task), command.writes)
    party = task.internal_data.pop("onBehalfOf", None)
    turn.record(EventType.TASK_COMPLETED, task, {"onBehalfOf": party, **command.reason} if party else None)
    turn.close_wait(task, done=True)
    _attempt(turn, task, partial(task.task_spec.done_by_person, task, turn))


def _begin(turn: Turn, command: BeginActivity) -> None:
    task = turn.workflow.token(command.token)
    if task is None or not isinstance(task.task_spec, AdHocSubProcess):
        raise NotPossible(f"Token {command.token} offers nothing to begin: the case has gone on. Read the case again.")
    task.task_spec.begin(task, turn, command.element)


def _trigger(turn: Turn, task: Task, payload: Mapping[str, feel.Value] | None, *, refuses: bool = False) -> None:
    """A payload that cannot be mapped stays with the token, so that the message is not lost before the cause is mended.

    Where it `refuses`, a result that breaks the data schema goes back to whoever gave it.
    """

    def take() -> None:
        task.task_spec.trigger(task, turn, payload)

    if not _attempt(turn, task, take, refuses=refuses):
        turn.close_wait(task, done=True)
        task.internal_data["payload"] = encode(dict(payload or {}))


def _end_job(turn: Turn, outcome: JobOutcome) -> None:
    task = _waiting(turn, outcome.token, for_person=False)
    match outcome:
        case JobDone(result=result):
            jobs.tell(task, turn, EventType.JOB_COMPLETED, outcome)
            _trigger(turn, task, {"result": result}, refuses=outcome.may_be_refused)
        case JobThrows():
            jobs.tell(task, turn, EventType.JOB_FAILED, outcome)
            _attempt(turn, task, partial(jobs.throw, task, turn, outcome))
        case JobGivenUp():
            jobs.tell(task, turn, EventType.JOB_FAILED, outcome)
            jobs.give_up(task, turn, outcome)


def _retry(turn: Turn, token: Token) -> None:
    task = turn.workflow.token(token)
    if task is None or "incident" not in task.internal_data:
        raise NotPossible(f"Token {token} has no incident: it was solved, or the case has gone on. Read the case again.")
    if task.state == TaskState.READY:
        turn.ready.append(task)
    elif "payload" in task.internal_data:
        payload = decode(task.internal_data.pop("payload"))
        _trigger(turn, task, payload if isinstance(payload, dict) else {})
    elif jobs.AGAIN in task.internal_data:
        _attempt(turn, task, partial(task.task_spec.start, task, turn))
    elif task.internal_data.get("waits") == WaitKind.CONDITION:
        _attempt(turn, task, partial(_weigh, turn, task))
    elif moves.live_inside(task):  # an event sub-process has begun since: it is waited for
        turn.settle(task)
    elif task.id == ROOT or task.task_spec.is_scope(task):
        _finish(turn, task)
    else:
        _attempt(turn, task, task.complete)


def _run_on(turn: Turn) -> None:
    """Run what is ready, let joins go, close scopes, until nothing moves by itself."""
    ran = 0
    while turn.status is CaseStatus.ACTIVE:
        if turn.ready:
            task = turn.ready.popleft()
            is_withdrawn = turn.workflow.token(Token(task.id)) is not task
            if is_withdrawn:
                continue
            if ran == turn.budget:
                _stop(turn, task)
                break
            ran += 1
            _attempt(turn, task, task.run)
            turn.workflow.stirred.add(task.id)
        elif turn.reached:
            _reach(turn, turn.reached.pop(0))
        elif turn.data is not turn.weighed:
            _weigh_conditions(turn)
        elif (scope := moves.stirred_scope(turn)) is None:
            return
        elif complex_joins.reset_one(turn, scope):
            pass
        elif (join := moves.join_that_can_go(turn, scope)) is not None:
            moves.pass_join(turn, scope, join)
        elif not _close(turn, scope):
            turn.workflow.stirred.drop_first()
    turn.ready.clear()


def _reach(turn: Turn, task: Task) -> None:
    """A signal has been thrown while the token waited for it."""
    is_there = turn.workflow.token(Token(task.id)) is task
    if is_there and "waits" in task.internal_data:
        _trigger(turn, task, None)


def _weigh_conditions(turn: Turn) -> None:
    """Data have changed: what waits for a condition that has become true goes on.

    A condition that nobody could decide is asked again; its incident is over when it can be.
    """
    turn.weighed = turn.data
    complex_joins.ask_all(turn)
    for task in turn.workflow.live():
        if task.internal_data.get("waits") == WaitKind.CONDITION:
            _attempt(turn, task, partial(_weigh, turn, task), quietly="incident" in task.internal_data)


def _weigh(turn: Turn, task: Task) -> None:
    node = turn.node_of(task)
    detail = detail_of(node, task)
    assert isinstance(detail, Conditional)
    was = task.internal_data["was"]
    is_true = turn.condition(task, detail.condition, what=sentence("the condition of “{name}”", name=node.label))
    task.internal_data["was"] = is_true
    if is_true and not was:
        task.task_spec.trigger(task, turn, None)


def _stop(turn: Turn, task: Task) -> None:
    """The step has run enough: one incident stands for all that is left, which goes on when that incident is over."""
    turn.workflow.task_tree.internal_data["stopped"] = {"at": task.id, "budget": turn.budget}
    said = sentence(
        "The step ran {number} elements without waiting for anybody: a loop without a way out, or very long lists. "
        "Mend the data that the loop's condition looks at; if they are right, try again: the step goes on where it stopped.",
        number=turn.budget,
    )
    turn.fail(task, ElementFailed("runaway", said))


def _resume(turn: Turn, command: Command) -> None:
    """Go on with a step that was stopped, if its incident is retried or its token has been withdrawn."""
    root = turn.workflow.task_tree
    stopped = root.internal_data.get("stopped")
    is_retried = isinstance(command, Retry) and command.token == stopped["at"] if stopped else False
    if stopped is None or (turn.workflow.token(stopped["at"]) and not is_retried):
        return
    del root.internal_data["stopped"]
    turn.budget = stopped["budget"]
    turn.workflow.stirred.add(ROOT)
    ready = {task.id for task in turn.ready}
    for task in turn.workflow.live():
        if task.state == TaskState.READY and "incident" not in task.internal_data and task.id not in ready:
            turn.ready.append(task)
        turn.workflow.stirred.add(Token(task.id))


def _close(turn: Turn, scope: Task) -> bool:
    """End a scope in which nothing is left, or tell that nothing can move in it. False when it goes on as it is."""
    if moves.live_inside(scope) or "incident" in scope.internal_data or scope.task_spec.stays_open(scope):
        return False
    _finish(turn, scope)
    return True


def _finish(turn: Turn, scope: Task) -> None:
    if "todo" in scope.internal_data:
        _attempt(turn, scope, partial(compensation.go_on, turn, scope))
    elif scope.internal_data.get("joins"):
        turn.fail(scope, moves.missing_flows(turn, scope))
    elif scope.id == ROOT:
        moves.cancel_inside(turn, scope)
        turn.end(CaseStatus.COMPLETED)
        turn.record(EventType.CASE_COMPLETED, scope)
    else:

        def finish() -> None:
            scope.task_spec.finish_scope(scope, turn)

        _attempt(turn, scope, finish)


def _attempt(turn: Turn, task: Task, action: Callable[[], object], *, quietly: bool = False, refuses: bool = False) -> bool:
    """Let an element do something, all of it or nothing; what fails becomes an incident on its token.

    An incident that it has already (this is a retry) is over when the element succeeds, and stays when it does not.
    `quietly` nobody has asked for the retry: one that fails is not told.
    """
    point = turn.savepoint(task)
    try:
        turn.settle(task)
        action()
    except ElementFailed as failure:
        if refuses and failure.problems:
            raise Rejected(REFUSED, problems=failure.problems) from failure
        turn.roll_back(task, point)
        if not quietly:
            turn.fail(task, failure)
        return False
    return True
