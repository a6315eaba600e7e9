"""The slim state of a case: its live tokens and nothing else, as canonical JSON text.

A token is a SpiffWorkflow task. The tree of tasks is the tree of scopes: the root is the case, a token's parent is the
sub-process, call or loop round it is in, or the activity that a boundary event watches. A token that has gone on leaves
no trace here, so the state does not grow with the case's past.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import Any, cast

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from ..canonical import Json, dumps, loads
from ..ids import Token, VersionId
from .loaded import Library, LoadedProcess

FORMAT = 2
"""In format 1 all rounds of a loop had begun at once, and nothing said how many."""
ROOT = Token("root")
ROOT_SPEC = "(process)"


class Stirred:
    """Scopes in which something has changed since they were last looked at: the youngest, which is innermost, comes first.

    What has become of a scope is looked at by its name when its turn comes: it may be gone by then.
    """

    def __init__(self) -> None:
        self._ids: set[Token] = set()
        self._heap: list[tuple[int, Token]] = []

    def add(self, id_: Token) -> None:
        if id_ not in self._ids:
            self._ids.add(id_)
            heappush(self._heap, (0 if id_ == ROOT else -int(id_[1:]), id_))

    def first(self) -> Token | None:
        return self._heap[0][1] if self._heap else None

    def drop_first(self) -> None:
        self._ids.discard(heappop(self._heap)[1])


class _Token(Task):
    """SpiffWorkflow's task without its lines of log, which cost more than the change of state that they tell."""

    def _set_state(self, value: int) -> None:
        self._state = value


class CaseWorkflow(Workflow):
    """SpiffWorkflow's workflow over one tree of live tokens.

    Nothing is predicted: successors are made when a token leaves. Tokens are numbered, not random, so that a step is a
    pure function of what goes into it.
    """

    def __init__(self, process: LoadedProcess, *, next_token: int = 1) -> None:
        super().__init__(process.spec, deserializing=True)
        self.process = process
        self.next_token = next_token
        self.versions: dict[str, LoadedProcess] = {}
        self.called: dict[str, LoadedProcess] = {}
        self.turn: Any = None  # the Turn under way; set by the interpreter
        self.stirred = Stirred()

    def _task_removed_notify(self, task: Task) -> None:
        """A scope that a token went from may now be at its end, and a join in it may go on.

        A boundary event that waits no longer counts for the joins beside its activity.
        """
        self.stirred.add(task.parent.id)
        if "watches" in task.internal_data and task.parent.parent is not None:
            self.stirred.add(task.parent.parent.id)

    def _task_completed_notify(self, task: Task) -> None:
        """Spiff would look through all waiting tasks here; ours are told by name."""

    def add_root(self) -> Task:
        """The token of the case itself, which all others are inside."""
        root = _Token(self, self.spec.task_specs[ROOT_SPEC], state=TaskState.STARTED, id=ROOT)
        self.task_tree = root
        self.versions[ROOT] = self.process
        return root

    def add_token(self, process: LoadedProcess, element: str, parent: Task, state: int = TaskState.READY) -> Task:
        """A new token at `element`, inside `parent`."""
        token = Token(f"t{self.next_token}")
        self.next_token += 1
        task = _Token(self, process.spec.task_specs[element], parent, state=state, id=token)
        self.versions[token] = process
        return task

    def remove(self, task: Task) -> None:
        """Forget a token and all inside it."""
        for child in task.children:
            self.remove(child)
        self._remove_task(task.id)
        self.versions.pop(task.id, None)
        self.called.pop(task.id, None)

    def token(self, id_: Token) -> Task | None:
        """The live token with this id."""
        return self.tasks.get(id_)

    def process_of(self, task: Task) -> LoadedProcess:
        """The version whose element the token stands at."""
        return self.versions[task.id]

    def inner_process(self, scope: Task) -> LoadedProcess:
        """The version whose elements lie inside `scope`: the called one inside a call activity, else the scope's own."""
        return self.called.get(scope.id, self.versions[scope.id])

    def live(self) -> Iterator[Task]:
        """All tokens but the root, parents before children."""
        yield from (task for task in list(self.tasks.values()) if task.id != ROOT)


def dump(workflow: CaseWorkflow) -> str:
    """The state as canonical JSON text."""
    tokens: list[Json] = []
    for task in workflow.tasks.values():
        row: dict[str, Json] = {"id": task.id, "state": task.state}
        if task.id != ROOT:
            row["in"] = task.parent.id
            row["at"] = task.task_spec.name
            if task.id in workflow.called:
                row["calls"] = workflow.called[task.id].version_id
        if task.data:
            row["data"] = cast("Json", task.data)
        if task.internal_data:
            row["own"] = cast("Json", task.internal_data)
        tokens.append(row)
    return dumps({"format": FORMAT, "next": workflow.next_token, "tokens": tokens})


def restore(text: str, process: LoadedProcess, library: Library) -> CaseWorkflow:
    """The workflow that `dump` wrote, in this release or in one before it.

    Raises:
        ValueError: the text is of a newer format, or damaged.
    """
    state = cast("dict[str, Any]", loads(text))
    if state.get("format") not in range(1, FORMAT + 1):
        raise ValueError(
            f"The case's state has format {state.get('format')}; this release reads up to {FORMAT}. Upgrade Stegvis."
        )
    workflow = CaseWorkflow(process, next_token=int(state["next"]))
    for row in state["tokens"]:
        if state["format"] == 1 and "rounds" in row.get("own", {}):
            row["own"]["rounds"].setdefault("begun", row["own"]["rounds"]["total"])
        id_ = Token(row["id"])
        if id_ == ROOT:
            task = workflow.add_root()
        else:
            parent = workflow.tasks[row["in"]]
            watches = row.get("own", {}).get("watches", False)
            version = workflow.versions[parent.id] if watches else workflow.inner_process(parent)
            task = _Token(workflow, version.spec.task_specs[row["at"]], parent, state=int(row["state"]), id=id_)
            workflow.versions[id_] = version
            if "calls" in row:
                workflow.called[id_] = library.process(VersionId(row["calls"]))
        task.data = row.get("data", {})
        task.internal_data = row.get("own", {})
    return workflow


def called_versions(text: str) -> frozenset[VersionId]:
    """The versions of the processes that call activities run in a state that `dump` wrote; none in an empty one."""
    if '"calls"' not in text:
        return frozenset()
    return frozenset(VersionId(row["calls"]) for row in cast("dict[str, Any]", loads(text))["tokens"] if "calls" in row)


def process_at(state: str, token: Token, process: LoadedProcess, library: Library) -> LoadedProcess | None:
    """The process version whose element the token stands at; None when there is no such token."""
    return restore(state, process, library).versions.get(token)
