"""Where a token stands: the path of its element, and the data that its expressions see."""

from __future__ import annotations

from SpiffWorkflow.task import Task

from ..ids import ROOT_SCOPE, ScopeId
from .parts import whole
from .state import ROOT, CaseWorkflow


def path_of(workflow: CaseWorkflow, task: Task) -> str:
    """The element's id with the call activities that lead to it: `intake.register-contact`. Empty for the case itself."""
    if task.id == ROOT:
        return ""
    parts = [task.task_spec.name]
    task = whole(task)
    if "watches" in task.internal_data:
        task = task.parent
    while (task := task.parent) is not None:
        if task.id in workflow.called:
            parts.append(task.task_spec.name)
    return ".".join(reversed(parts))


def scope_of(task: Task) -> ScopeId:
    """The data scope that the token's own expressions see."""
    task = whole(task)
    if "watches" in task.internal_data:
        task = task.parent
    if "scope" in task.data:
        return ScopeId(task.data["scope"])
    while (task := task.parent) is not None:
        for key in ("inner", "scope"):
            if key in task.data:
                return ScopeId(task.data[key])
    return ROOT_SCOPE
