"""Deployed versions, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from ...definition import FormVersion, ProcessVersion, RegisterVersion, Retirement
from ...ids import VersionId
from ..refusals import taken
from .tables import Table, Tables

V = TypeVar("V", ProcessVersion, FormVersion, RegisterVersion)


class MemoryDefinitions:
    """See `ports.Definitions`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add_process(self, version: ProcessVersion) -> None:
        _add("process version", self._tables.processes, version)

    def process(self, id_: VersionId) -> ProcessVersion | None:
        return self._tables.processes.get(id_)

    def latest_process(self, key: str) -> ProcessVersion | None:
        latest = _latest(self._tables.processes.values())
        found = latest.get(key)
        return None if found is None or _is_withdrawn(found, latest) else found

    def process_by_number(self, key: str, number: int) -> ProcessVersion | None:
        return next((one for one in self._tables.processes.values() if (one.key, one.version) == (key, number)), None)

    def latest_processes(self) -> Sequence[ProcessVersion]:
        latest = _latest(self._tables.processes.values())
        return [version for _, version in sorted(latest.items()) if not _is_withdrawn(version, latest)]

    def pools(self, package: str, number: int) -> Sequence[ProcessVersion]:
        versions = self._tables.processes.values()
        found = (one for one in versions if (one.package, one.version) == (package, number))
        return sorted(found, key=lambda version: version.key)

    def process_versions(self, key: str) -> Sequence[ProcessVersion]:
        versions = [version for version in self._tables.processes.values() if version.key == key]
        return sorted(versions, key=lambda version: -version.version)

    def started_by_message(self, name: str) -> ProcessVersion | None:
        started = [one for one in self.latest_processes() if name in one.start_messages and self.retirement(one.key) is None]
        return max(started, key=lambda version: (version.deployed_at, version.key), default=None)

    def put_retirement(self, retirement: Retirement) -> None:
        in_force = self.retirement(retirement.key)
        if in_force is not None and in_force.id != retirement.id:
            raise taken("retirement", retirement.key)
        self._tables.retirements.put(retirement.id, retirement)

    def retirement(self, key: str) -> Retirement | None:
        found = self._tables.retirements.values()
        return next((one for one in found if one.key == key and one.ended_at is None), None)

    def retirements(self) -> Sequence[Retirement]:
        return sorted(self._tables.retirements.values(), key=lambda one: (one.key, one.at, one.id))

    def put_files(self, id_: VersionId, files: Mapping[str, str]) -> None:
        self._tables.version_files.put(id_, dict(files))

    def files(self, id_: VersionId) -> Mapping[str, str] | None:
        return self._tables.version_files.get(id_)

    def add_form(self, version: FormVersion) -> None:
        _add("form version", self._tables.forms, version)

    def form(self, id_: VersionId) -> FormVersion | None:
        return self._tables.forms.get(id_)

    def latest_form(self, key: str) -> FormVersion | None:
        return _latest(self._tables.forms.values()).get(key)

    def form_versions(self, key: str) -> Sequence[FormVersion]:
        versions = [version for version in self._tables.forms.values() if version.key == key]
        return sorted(versions, key=lambda version: -version.version)

    def latest_forms(self) -> Sequence[FormVersion]:
        return _by_key(self._tables.forms.values())

    def add_register(self, version: RegisterVersion) -> None:
        _add("register version", self._tables.register_versions, version)

    def latest_register(self, key: str) -> RegisterVersion | None:
        return _latest(self._tables.register_versions.values()).get(key)

    def latest_registers(self) -> Sequence[RegisterVersion]:
        return _by_key(self._tables.register_versions.values())


def _add(what: str, table: Table[VersionId, V], version: V) -> None:
    if version.id in table or any((one.key, one.version) == (version.key, version.version) for one in table.values()):
        raise taken(what, f"{version.key} {version.version}")
    table.put(version.id, version)


def _is_withdrawn(version: ProcessVersion, latest: dict[str, ProcessVersion]) -> bool:
    main = latest.get(version.package)
    return main is not None and main.version > version.version


def _latest(versions: Iterable[V]) -> dict[str, V]:
    latest: dict[str, V] = {}
    for version in versions:
        if version.key not in latest or latest[version.key].version < version.version:
            latest[version.key] = version
    return latest


def _by_key(versions: Iterable[V]) -> list[V]:
    return [version for _, version in sorted(_latest(versions).items())]
