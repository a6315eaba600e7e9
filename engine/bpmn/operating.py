"""What an operator does to a case by hand: going past what is stuck, adding, moving and withdrawing tokens, reopening."""

from __future__ import annotations

from SpiffWorkflow.task import Task

from ..canonical import Json
from ..case import CaseStatus
from ..errors import NotPossible
from ..history import EventType
from ..ids import Token
from ..sentences import sentence
from . import complex_joins, listeners, moves
from .elements.loops import SKIPPED
from .model import Link, Node, NodeKind, PersonTask
from .process_model import ProcessModel
from .state import ROOT
from .step import AddToken, CancelToken, Intervention, MoveToken, Reopen, Skip
from .token_place import path_of
from .turn import ElementFailed, Turn

HELD = frozenset({"watches", "races", "listens", "part"})
"""What marks a token that waits for another's sake: it is withdrawn with the one it belongs to."""


def obey(turn: Turn, command: Intervention) -> None:
    """Do what the operator says. Raises NotPossible where it cannot be done."""
    match command:
        case Skip():
            _skip(turn, command)
        case AddToken():
            _add(turn, command)
        case MoveToken():
            _move(turn, command)
        case CancelToken():
            _cancel(turn, command)
        case Reopen():
            _reopen(turn, command)


def _skip(turn: Turn, command: Skip) -> None:
    """Go on after an element that is stuck as though it were done, without what it would have done.

    A join that waits in vain goes on with what has come. An event that could not take what came waits on for the next.
    """
    task = turn.workflow.token(command.token)
    if task is None or "incident" not in task.internal_data:
        raise NotPossible(f"Token {command.token} is not stuck: it was mended, or the case has gone on. Read the case again.")
    told: dict[str, Json] = {"reason": command.reason}
    try:
        if task.internal_data.get("joins"):
            turn.record(EventType.ELEMENT_SKIPPED, task, told)
            turn.settle(task)
            _let_joins_go(turn, task)
        elif HELD & task.internal_data.keys():
            turn.record(EventType.ELEMENT_SKIPPED, task, told)
            turn.settle(task)
            task.internal_data.pop("payload", None)
            if "waits" not in task.internal_data:
                task.task_spec.await_trigger(task, turn)
        else:
            flows = _ways_out(turn, task, command.flows)
            turn.record(EventType.ELEMENT_SKIPPED, task, {**told, "flows": [*flows]})
            turn.settle(task)
            moves.cancel_inside(turn, task)
            turn.close_wait(task, done=False)
            task.internal_data[SKIPPED] = True
            task.task_spec.depart(task, turn, flows)
    except ElementFailed as failure:
        raise NotPossible(sentence("It cannot be skipped: {failure}", failure=failure.said)) from failure


def _let_joins_go(turn: Turn, scope: Task) -> None:
    model = turn.workflow.inner_process(scope).model
    for id_ in sorted(scope.internal_data["joins"], key=list(model.nodes).index):  # in the order of the file
        moves.pass_join(turn, scope, model.nodes[id_])


def _ways_out(turn: Turn, task: Task, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The flows that an element is left on, each once: those that the operator chose, else those that it takes by itself."""
    chosen = tuple(dict.fromkeys(chosen))
    if task.id == ROOT:
        raise NotPossible("The case itself cannot be skipped. Mend its data and try again, or cancel it.")
    node = turn.node_of(task)
    unknown = sorted(set(chosen) - set(node.outgoing))
    if unknown:
        ways = ", ".join(node.outgoing) or "none"
        raise NotPossible(f"{', '.join(unknown)} does not lead out of “{node.label}”. Its ways out: {ways}.")
    if len(chosen) > 1 and node.kind is NodeKind.EXCLUSIVE:
        raise NotPossible(f"“{node.label}” takes one way out. Choose one of: {', '.join(chosen)}.")
    if chosen:
        return chosen
    try:
        return tuple(task.task_spec.flows_out(task, turn))
    except ElementFailed as failure:
        said = sentence(
            "Say which way to go on from “{name}” ({ways}): {failure}",
            name=node.label,
            ways=", ".join(node.outgoing),
            failure=failure.said,
        )
        raise NotPossible(said) from failure


def _add(turn: Turn, command: AddToken) -> None:
    """Put a token at an element, as though a flow had led there; at a join as though all that it waits for had come."""
    scopes = [scope for scope in _scopes(turn) if _place(turn, scope, command.path) is not None]
    if command.inside is not None:
        scopes = [scope for scope in scopes if scope.id == command.inside]
    if not scopes:
        raise NotPossible(
            f"There is no element `{command.path}` in what is under way. Write its id, with the calls that lead to it "
            "(intake.register-contact); what lies in a sub-process or call that has not begun is reached through that one."
        )
    if len(scopes) > 1:
        tokens = ", ".join(str(scope.id) for scope in scopes)
        raise NotPossible(f"`{command.path}` is under way {len(scopes)} times. Say inside which of the tokens: {tokens}.")
    node = _place(turn, scopes[0], command.path)
    assert node is not None
    _require_open(turn, scopes[0])
    if scopes[0].task_spec.is_busy(scopes[0]):
        label = turn.node_of(scopes[0]).label
        raise NotPossible(f"In “{label}” one thing is done at a time. Finish what is under way first.")
    _require_reachable(turn.workflow.inner_process(scopes[0]).model, node)
    turn.record(EventType.POSITION_ADDED, moves.put(turn, scopes[0], node), {"reason": command.reason})


def _require_open(turn: Turn, scope: Task) -> None:
    """Refuse where nothing new may begin: in a transaction that is being cancelled, in what comes to its end."""
    if "cancels" in scope.internal_data or scope.task_spec.is_ending(scope):
        how = "is being cancelled" if "cancels" in scope.internal_data else "is coming to its end"
        label = turn.node_of(scope).label
        raise NotPossible(f"“{label}” {how}: nothing begins in it any more. Let the case go on outside it.")


def _move(turn: Turn, command: MoveToken) -> None:
    """Withdraw a token where it stands and put one at another element of the same scope."""
    task = _movable(turn, command.token)
    scope = task.parent
    if "undoes" in {*task.internal_data, *scope.internal_data}:
        raise NotPossible(f"“{turn.node_of(task).label}” undoes what was done. Complete or withdraw it; it leads nowhere else.")
    _require_open(turn, scope)
    node = turn.model_of(task).nodes.get(command.element)
    if node is None or node.scope != turn.node_of(task).scope:
        raise NotPossible(
            f"There is no element `{command.element}` beside “{turn.node_of(task).label}”. "
            "Move within a sub-process or process; else withdraw the position and add one elsewhere."
        )
    _require_reachable(turn.model_of(task), node)
    told: dict[str, Json] = {"reason": command.reason, "to": node.id, "toName": node.label}
    if node.name_en:
        told["toNameEn"] = node.name_en
    turn.record(EventType.POSITION_MOVED, task, told)
    _withdraw(turn, task)
    moves.put(turn, scope, node)


def _cancel(turn: Turn, command: CancelToken) -> None:
    """Withdraw a token and all inside it. Its scope goes on with the others, and ends when there are none."""
    task = _movable(turn, command.token)
    turn.record(EventType.POSITION_CANCELLED, task, {"reason": command.reason})
    _withdraw(turn, task)


def _withdraw(turn: Turn, task: Task) -> None:
    """What somebody had begun in an ad-hoc sub-process may be begun again: it does not count as begun.

    At a complex gateway what has come to it goes too, with which this token was to go on.
    """
    scope, element, node = task.parent, task.task_spec.name, turn.node_of(task)
    asks, resets = "asks" in task.internal_data, "resets" in task.internal_data
    begun: dict[str, int] = scope.internal_data.get("begun", {})
    if begun.get(element):
        scope.internal_data["begun"] = {**begun, element: begun[element] - 1}
    moves.cancel(turn, task)
    if asks:
        moves.take_tokens(scope, node, scope.internal_data["joins"][node.id])
    elif resets:
        complex_joins.reset(turn, scope, node)
    if asks or resets:
        complex_joins.ask(turn, scope, node)


def _reopen(turn: Turn, command: Reopen) -> None:
    """Let a case that has ended go on at the element that its process names for that."""
    process = turn.workflow.process
    if not process.model.reopen_at:
        raise NotPossible(f"Cases of {process.key} cannot be reopened: the process does not say where they would go on.")
    root = turn.workflow.task_tree
    turn.end(CaseStatus.ACTIVE)
    turn.record(EventType.CASE_REOPENED, root, {"reason": command.reason})
    listeners.listen(turn, root)
    moves.enter(turn, root, process.model.nodes[process.model.reopen_at])


def _movable(turn: Turn, token: Token) -> Task:
    task = turn.workflow.token(token)
    if task is None or task.id == ROOT:
        raise NotPossible(f"There is no token {token}: the case has gone on. Read the case again.")
    if HELD & task.internal_data.keys():
        raise NotPossible(f"Token {token} waits beside “{task.parent.task_spec.node.label}”. Withdraw or move that one.")
    if "instance" in task.internal_data:
        raise NotPossible(f"Token {token} is one round of “{turn.node_of(task).label}”. Withdraw or move the whole.")
    return task


def _scopes(turn: Turn) -> list[Task]:
    """The tokens that hold others: the case, sub-processes and calls under way."""
    root = turn.workflow.task_tree
    inner = [task for task in turn.workflow.live() if "holds" in task.internal_data]
    return [root, *inner]


def _place(turn: Turn, scope: Task, path: str) -> Node | None:
    """The element that `path` means directly inside `scope`, if it does."""
    own = path_of(turn.workflow, scope)
    is_process = scope.id == ROOT or scope.id in turn.workflow.called
    before = own if is_process else own.rpartition(".")[0]
    calls, _, element = path.rpartition(".")
    node = turn.workflow.inner_process(scope).model.nodes.get(element)
    within = "" if is_process else scope.task_spec.name
    return node if node is not None and calls == before and node.scope == within else None


def _require_reachable(model: ProcessModel, node: Node) -> None:
    """Refuse what no token comes to along a flow: events on borders, handlers, starts that wait for something."""
    is_start = node.kind is NodeKind.START and isinstance(node.detail, PersonTask | None)
    is_link = node.kind is NodeKind.CATCH and isinstance(node.detail, Link)
    if not (node.incoming or is_start or is_link):
        raise NotPossible(
            f"No sequence flow leads to “{node.label}”, so nothing can be put there. Name an element in the flow."
        )
