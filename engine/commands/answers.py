"""What people have filled in in a case, form by form, each as it was when it was sent in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from .. import bpmn, feel
from ..canonical import Json
from ..case_data import decode
from ..history import EventType, HistoryEvent, read_payload
from ..ids import CaseId, VersionId
from ..task import TaskState, UserTask
from ..views import Answers
from . import house as houses
from .occurrence import Occurrence
from .reading import readable

Change = Mapping[str, Json]


@dataclass(slots=True)
class _Written:
    """The case's data as history tells them up to some event: one tree for each scope, and who wrote where last."""

    scopes: dict[str, dict[str, feel.Value]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)

    def take(self, change: Change) -> None:
        scope, path = str(change["scope"]), str(change["path"]).split(".")
        here = self.scopes.setdefault(scope, {})
        self.homes[path[0]] = scope
        for name in path[:-1]:
            inner = here.get(name)
            here[name] = here = dict(inner) if isinstance(inner, dict) else {}
        here[path[-1]] = decode(change["after"])

    def read(self, path: str) -> feel.Value:
        """What stands at the path, in the scope that its first name was written in last."""
        first, *rest = path.split(".")
        value = self.scopes.get(self.homes.get(first, ""), {}).get(first)
        for name in rest:
            value = value.get(name) if isinstance(value, dict) else None
        return value


def answers(at: Occurrence, id_: CaseId) -> list[Answers]:
    """Every form that was sent in, newest first, without those whose answers were erased. The look is put on record.

    Raises HistoryDamaged where an event cannot be told, because somebody altered what is stored.
    """
    found = readable(at, id_, "answers")
    done = {(task.path, task.ended_at): task for task in at.unit.tasks.of_case(id_) if task.state is TaskState.COMPLETED}
    process = houses.process(at.house, at.unit, found.version_id)
    written = _Written()
    given: list[Answers] = []
    for event, payload in at.unit.histories.of_case(id_):
        if event.type is EventType.DATA_CHANGED and (told := read_payload(event, payload)) is not None:
            for change in cast("list[Change]", told["changes"]):
                written.take(change)
            node = process.model.nodes.get(event.element)
            if node is not None and node.kind is bpmn.NodeKind.START and isinstance(node.detail, bpmn.PersonTask):
                given += _given(at, event, None, process.forms.get(node.detail.form), node.detail.bind, written)
        elif event.type is EventType.TASK_COMPLETED and (task := done.get((event.element, event.at))) is not None:
            given += _given(at, event, task, task.form_version_id, task.bind, written)
    return given[::-1]


def _given(
    at: Occurrence, event: HistoryEvent, task: UserTask | None, form_id: VersionId | None, bind: str, written: _Written
) -> list[Answers]:
    """The answers that one event tells of; none where there was no form or nothing is left of them."""
    if form_id is None:
        return []
    form = houses.form(at.house, at.unit, form_id)
    paths = {name: f"{bind}.{name}" if bind else name for name in form.names}
    values = {name: value for name, path in paths.items() if (value := written.read(path)) is not None}
    return [Answers(task, form, form.plain(values), event.actor, event.at)] if values else []
