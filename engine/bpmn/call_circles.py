"""Processes that call each other for ever: certain where no choice, wait or person stands between a start and the next call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ..finding import Finding
from ..sentences import sentence
from .model import SUB_PROCESSES, Call, Node, NodeKind, ServiceTask
from .process_model import ProcessModel

PASSED: Final = frozenset(
    {NodeKind.START, NodeKind.TASK, NodeKind.SCRIPT_TASK, NodeKind.BUSINESS_RULE_TASK, NodeKind.SERVICE_TASK, NodeKind.PARALLEL}
)
"""Where a token goes on by itself, by every way out."""


def call_circles(models: Mapping[str, ProcessModel], *, file: str) -> Iterator[tuple[str, Finding]]:
    """For each process that is certain to come round to itself: its key and a finding at the call that leads there."""
    certain = {key: _certain_calls(model) for key, model in models.items()}
    for key in models:
        for process, node in certain[key].items():
            if (way := _way(process, key, certain)) is not None:
                message = sentence("Nothing stops the calls {key}: they go round for ever.", key=" → ".join((key, *way)))
                remedy = sentence("Draw a choice or something that is waited for before the call, or remove it.")
                yield key, Finding("call-circle", message, remedy, file=file, element=node.id, name=node.name, line=node.line)
                break


def _way(start: str, goal: str, certain: Mapping[str, Mapping[str, Node]]) -> tuple[str, ...] | None:
    """The processes from one to another, both included, by calls that are certain."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        if way[-1] == goal:
            return way
        for key in certain.get(way[-1], {}):
            if key not in seen:
                seen.add(key)
                ways.append((*way, key))
    return None


def _certain_calls(model: ProcessModel) -> dict[str, Node]:
    """The processes that every case calls before it waits for anything, and where."""
    starts = model.start_events()
    todo = list(starts) if len(starts) == 1 else []
    seen: set[str] = set()
    calls: dict[str, Node] = {}
    while todo:
        node = todo.pop()
        if node.id in seen or node.loop is not None or node.is_join:
            continue
        seen.add(node.id)
        if isinstance(node.detail, Call) and not node.detail.version.isdecimal():
            calls.setdefault(node.detail.process, node)
        elif node.kind in SUB_PROCESSES:
            todo += model.start_events(node.id)
        elif isinstance(node.detail, ServiceTask) and node.detail.is_job:
            continue
        elif node.kind in PASSED or (node.kind is NodeKind.EXCLUSIVE and len(node.outgoing) == 1):
            flows = (model.flows[id_] for id_ in node.outgoing)
            todo += [model.nodes[flow.target] for flow in flows if not flow.condition and flow.id != node.default]
    return calls
