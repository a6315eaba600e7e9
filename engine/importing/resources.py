"""Who does a task, as BPMN itself says it: potential owners become candidate groups, a human performer the assignee."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..xml import BPMN, STEGVIS, Element, local, qname, text_of
from .desk import Desk, drop
from .names import slug

_OWNERS: Final = "potentialOwner"
_PERFORMERS: Final = frozenset({"humanPerformer", "performer"})
_MEMBER: Final = re.compile(r"(?:(group|user)\(\s*([^\s(),]+)\s*\)|([^\s(),]+))\s*(?:,\s*|$)")
_MARKED: Final = re.compile(r"=|.*[$#]\{")


def rewrite(task: Element, desk: Desk) -> None:
    """Take over the owners and the performer of a user task; what cannot be is told, and stays."""
    for child in [*task.iterchildren(qname(BPMN, _OWNERS), *(qname(BPMN, tag) for tag in _PERFORMERS))]:
        text, is_resource = _said(child)
        source = f"{local(child)} {text}".strip()
        if local(child) in _PERFORMERS:
            is_done = _perform(task, text, source, desk, is_resource=is_resource)
        else:
            is_done = _own(task, [slug(text)] if is_resource else _groups(text), source, desk)
        if is_done:
            drop(child)


def _perform(task: Element, text: str, source: str, desk: Desk, *, is_resource: bool) -> bool:
    if _MARKED.match(text):
        return desk.person(task, "assignee", text, source)
    if is_resource or not text or "(" in text:
        desk.report.refused(task, source, "users")
        return False
    return desk.person(task, "assignee", text, source)


def _own(task: Element, groups: list[str], source: str, desk: Desk) -> bool:
    if not groups or not all(groups):
        desk.report.refused(task, source, "groups")
        return False
    before = task.get(qname(STEGVIS, "groups"), "").split()
    desk.set(task, "groups", " ".join(dict.fromkeys([*before, *groups])), source)
    return True


def drop_unused(root: Element) -> None:
    """Drop the resources that nothing refers to any more."""
    used = {text_of(reference) for reference in root.iter(qname(BPMN, "resourceRef"))}
    for resource in root.findall(qname(BPMN, "resource")):
        if resource.get("id", "") not in used:
            drop(resource)


def _said(role: Element) -> tuple[str, bool]:
    """What a role says, and whether that is the name of a resource."""
    reference = text_of(role.find(qname(BPMN, "resourceRef"))).rpartition(":")[2]
    if not reference:
        return text_of(role.find(qname(BPMN, "resourceAssignmentExpression"))), False
    resources = role.getroottree().getroot().iterchildren(qname(BPMN, "resource"))
    named = next((one.get("name", "") for one in resources if one.get("id") == reference), "")
    is_plain = role.find(qname(BPMN, "resourceParameterBinding")) is None
    return named or reference, bool(named) and is_plain


def _groups(text: str) -> list[str]:
    """The groups in `group(a), b`; none when there is anything else, such as a user or an expression."""
    return [] if _MARKED.match(text) else list(_members(text))


def _members(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        found = _MEMBER.match(text, at)
        if found is None or found[1] == "user":
            yield ""
            return
        yield found[2] or found[3]
        at = found.end()
