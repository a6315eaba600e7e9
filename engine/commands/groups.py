"""What candidate groups are called: as the lanes that name them are, in the newest version of each process."""

from __future__ import annotations

from collections.abc import Sequence

from .. import bpmn
from ..ids import VersionId
from ..views import Group
from .occurrence import Occurrence


def listed(at: Occurrence) -> Sequence[Group]:
    """The groups that some lane names, by key. Where lanes differ, the process whose key comes first says."""
    titles: dict[str, Group] = {}
    for version in at.unit.definitions.latest_processes():
        for group in _of(at, version.id, version.diagram):
            titles.setdefault(group.key, group)
    return [titles[key] for key in sorted(titles)]


def _of(at: Occurrence, version: VersionId, diagram: str) -> tuple[Group, ...]:
    found = at.house.groups.get(version)
    if found is None:
        found = tuple(Group(key, name, name_en or name) for key, name, name_en in bpmn.lane_titles(diagram))
        with at.house.lock:
            at.house.groups[version] = found
    return found
