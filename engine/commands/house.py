"""What commands share: the installation's settings and clock, and loaded process versions."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from .. import feel
from ..bpmn import LoadedProcess, load
from ..clock import Clock
from ..errors import NotFound
from ..form import Form, restore_form
from ..ids import VersionId
from ..observing import Observer
from ..ports import UnitOfWork
from ..register import Register, read_register
from ..settings import EngineSettings
from ..views import Group


def _chance() -> float:
    """From 0 up to 1, for waits that should not all end together."""
    return secrets.randbelow(1_000) / 1_000


@dataclass(slots=True)
class House:
    """Everything about the installation that is not in the database. Safe to share between threads.

    Versions never change, so what was made of them is kept for the life of the process.
    """

    clock: Clock
    settings: EngineSettings
    observer: Observer = field(default_factory=Observer)
    calendar: feel.Calendar = field(init=False)
    processes: dict[VersionId, LoadedProcess] = field(default_factory=dict)
    forms: dict[VersionId, Form] = field(default_factory=dict)
    registers: dict[VersionId, Register] = field(default_factory=dict)
    groups: dict[VersionId, tuple[Group, ...]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    chance: Callable[[], float] = _chance

    def __post_init__(self) -> None:
        self.calendar = feel.SwedishCalendar(extra_closed=self.settings.extra_closed_days)

    def now(self) -> datetime:
        return self.clock.now()

    def environment(self) -> feel.Environment:
        """What a FEEL expression outside a step is evaluated in."""
        return feel.Environment(now=self.now(), zone=self.settings.zone, calendar=self.calendar)


def process(house: House, unit: UnitOfWork, id_: VersionId) -> LoadedProcess:
    """The version ready to run.

    Raises:
        NotFound: there is no such version.
    """
    loaded = house.processes.get(id_)
    if loaded is None:
        version = unit.definitions.process(id_)
        if version is None:
            raise NotFound("process version", id_)
        loaded = load(version)
        with house.lock:
            house.processes[id_] = loaded
    return loaded


def form(house: House, unit: UnitOfWork, id_: VersionId) -> Form:
    """The form version ready to check submissions.

    Raises:
        NotFound: there is no such version.
    """
    ready = house.forms.get(id_)
    if ready is None:
        version = unit.definitions.form(id_)
        if version is None:
            raise NotFound("form version", id_)
        ready = restore_form(version.key, {name: text.encode() for name, text in version.files.items()})
        if ready is None:
            raise NotFound("readable form version", id_)
        with house.lock:
            house.forms[id_] = ready
    return ready


def register(house: House, unit: UnitOfWork, key: str) -> Register:
    """The newest declaration of a register.

    Raises:
        NotFound: there is no such register.
    """
    version = unit.definitions.latest_register(key)
    if version is None:
        raise NotFound("register", key)
    ready = house.registers.get(version.id)
    if ready is None:
        ready, _ = read_register(key, {name: text.encode() for name, text in version.files.items()})
        if ready is None:
            raise NotFound("readable register", key)
        with house.lock:
            house.registers[version.id] = ready
    return ready


@dataclass(frozen=True, slots=True)
class Shelf:
    """The library of process versions as one unit of work sees it."""

    house: House
    unit: UnitOfWork

    def process(self, id_: VersionId) -> LoadedProcess:
        return process(self.house, self.unit, id_)

    def called(self, caller: LoadedProcess, key: str, version: str) -> LoadedProcess:
        if version == "deployed-with":
            id_ = caller.calls.get(key)
            if id_ is None:
                raise NotFound("process deployed with the caller", key)
            return self.process(id_)
        definitions = self.unit.definitions
        found = definitions.latest_process(key) if version == "latest" else definitions.process_by_number(key, int(version))
        if found is None:
            raise NotFound("process", key)
        return self.process(found.id)
