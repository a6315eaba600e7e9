"""Where a case stands: its live tokens, in words that screens can use."""

from __future__ import annotations

from dataclasses import dataclass

from ..canonical import Json
from ..ids import ScopeId, Token, VersionId
from ..views import Choice
from .ad_hoc import choice_of
from .loaded import Library, LoadedProcess
from .model import MessageEvent, NodeKind
from .operating import HELD
from .parts import detail_of
from .state import ROOT, restore
from .token_place import path_of, scope_of


@dataclass(frozen=True, slots=True)
class Place:
    """One live token. `path` leads to the element through call activities; `waits` is what it waits for, or empty.

    `called_version_id` and `called_scope` are of the process that a call activity runs and of that process's data.
    `scope` is where the data seen from the token begin: those of its round, in a loop. `message` and `message_title` are for
    tokens that wait for a message. A sub-process or call that holds others is a place too (`holds`); `choice` is what an
    ad-hoc sub-process offers to people. `ways` are the flows along which an operator may let the case go past it.
    """

    token: Token
    path: str
    element: str
    name: str
    name_en: str
    kind: NodeKind
    version_id: VersionId
    scope: ScopeId
    waits: str = ""
    holds: bool = False
    has_incident: bool = False
    message: str = ""
    message_title: str = ""
    loop_counter: int | None = None
    called_version_id: VersionId | None = None
    called_scope: ScopeId | None = None
    choice: Choice | None = None
    ways: tuple[str, ...] = ()


def places(state: str, process: LoadedProcess, library: Library) -> list[Place]:
    """All live tokens of a case, outer ones first."""
    workflow = restore(state, process, library)
    found = []
    for task in workflow.live():
        version = workflow.versions[task.id]
        node = version.model.nodes[task.task_spec.name]
        detail = detail_of(node, task)
        message = detail if isinstance(detail, MessageEvent) else None
        own: dict[str, Json] = task.internal_data
        counter = own.get("instance")
        found.append(
            Place(
                token=Token(task.id),
                path=path_of(workflow, task),
                element=node.id,
                name=node.label,
                name_en=node.label_en,
                kind=node.kind,
                version_id=version.version_id,
                scope=scope_of(task),
                waits=str(own.get("waits", "")),
                holds=bool(task.task_spec.is_scope(task)),
                has_incident="incident" in own,
                message=message.name if message else "",
                message_title=message.title if message else "",
                loop_counter=counter if isinstance(counter, int) else None,
                called_version_id=workflow.called[task.id].version_id if task.id in workflow.called else None,
                called_scope=ScopeId(task.data["inner"]) if task.id in workflow.called else None,
                choice=choice_of(workflow, task),
                ways=() if "joins" in own or HELD & own.keys() else node.outgoing,
            )
        )
    return [place for place in found if place.token != ROOT]
