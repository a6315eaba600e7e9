"""A transaction for each thing that is done, and one more try for a race that was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias, TypeVar

from ..actor import Actor
from ..clock import Clock
from ..commands.house import House
from ..commands.occurrence import Occurrence
from ..errors import RevisionConflict
from ..observing import Observer, Transaction, steps_told
from ..ports import FileStore, Store, UnitOfWork
from ..settings import EngineSettings
from ..storage.memory import MemoryFileStore

Result = TypeVar("Result")
Attempt: TypeAlias = Callable[[str, str, Callable[[], object]], bool | None]
"""Takes a step that is known by a name and about a case, if any: True when it was taken, False or None when it was not."""


class Door:
    """Opens a unit of work, calls one command, commits."""

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock,
        settings: EngineSettings | None = None,
        files: FileStore | None = None,
        observer: Observer | None = None,
    ) -> None:
        self.store = store
        self.files = files or MemoryFileStore()
        self.clock = clock
        self.house = House(clock, settings or EngineSettings(), observer or Observer())

    @contextmanager
    def _reading(self, actor: Actor) -> Iterator[Occurrence]:
        with self.store.read() as unit:
            yield self._at(unit, actor)

    def _write(self, actor: Actor, command: Callable[[Occurrence], Result]) -> Result:
        try:
            return self._once(actor, command)
        except RevisionConflict:
            return self._once(actor, command)

    def _once(self, actor: Actor, command: Callable[[Occurrence], Result]) -> Result:
        with steps_told(self.house.observer.measures) as told, self.store.write() as unit:
            result = command(self._at(unit, actor, told))
            unit.commit()
        return result

    def _at(self, unit: UnitOfWork, actor: Actor, told: Transaction | None = None) -> Occurrence:
        return Occurrence(self.house, unit, actor, self.clock.now(), told=told or Transaction())


def at_once(name: str, subject: str, step: Callable[[], object]) -> bool:
    """An attempt of which nobody sees to a failure: it is raised."""
    return bool(step())
