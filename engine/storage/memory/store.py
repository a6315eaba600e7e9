"""The store in memory and its unit of work."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from ..fair_lock import FairLock
from ..refusals import finished, read_only
from .cases import MemoryCases
from .changes import MemoryChanges
from .definitions import MemoryDefinitions
from .files import MemoryFiles
from .outgoing import MemoryOutgoing
from .package_drafts import MemoryPackageDrafts
from .people import MemoryPeople
from .queries import MemoryQueries
from .records import MemoryAccessLog, MemoryHistories, MemoryIncidents
from .registers import MemoryRegisters
from .starts import MemoryStarts
from .tables import Tables
from .tasks import MemoryTasks
from .waits import MemoryWaits


class MemoryStore:
    """Keeps everything in this process. Writers take turns; readers see what was committed when they began."""

    def __init__(self) -> None:
        self._committed = Tables()
        self._turn = FairLock()

    def write(self) -> MemoryUnitOfWork:
        """A unit of work that may change things; entering it waits for the writers before it."""
        return MemoryUnitOfWork(self, turn=self._turn)

    def read(self) -> MemoryUnitOfWork:
        """A unit of work that only reads."""
        return MemoryUnitOfWork(self, turn=None)

    def begin(self) -> Tables:
        """What is committed, to be changed by one unit of work."""
        return self._committed.fork()

    def replace(self, tables: Tables) -> None:
        """Make the tables of a unit of work the committed ones, all at once."""
        self._committed = tables


class MemoryUnitOfWork:
    """See `ports.UnitOfWork`. After its commit, and outside its `with` block, it cannot be used."""

    def __init__(self, store: MemoryStore, *, turn: FairLock | None) -> None:
        self._store = store
        self._turn = turn
        self._tables: Tables | None = None

    def __enter__(self) -> Self:
        if self._turn is not None:
            self._turn.acquire()
        self._tables = self._store.begin()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._tables = None
        if self._turn is not None:
            self._turn.release()

    def commit(self) -> None:
        if self._turn is None:
            raise read_only()
        self._store.replace(self._open)
        self._tables = None

    @property
    def _open(self) -> Tables:
        if self._tables is None:
            raise finished()
        return self._tables

    @property
    def definitions(self) -> MemoryDefinitions:
        return MemoryDefinitions(self._open)

    @property
    def package_drafts(self) -> MemoryPackageDrafts:
        return MemoryPackageDrafts(self._open)

    @property
    def cases(self) -> MemoryCases:
        return MemoryCases(self._open)

    @property
    def tasks(self) -> MemoryTasks:
        return MemoryTasks(self._open)

    @property
    def waits(self) -> MemoryWaits:
        return MemoryWaits(self._open)

    @property
    def starts(self) -> MemoryStarts:
        return MemoryStarts(self._open)

    @property
    def outgoing(self) -> MemoryOutgoing:
        return MemoryOutgoing(self._open)

    @property
    def histories(self) -> MemoryHistories:
        return MemoryHistories(self._open)

    @property
    def incidents(self) -> MemoryIncidents:
        return MemoryIncidents(self._open)

    @property
    def registers(self) -> MemoryRegisters:
        return MemoryRegisters(self._open)

    @property
    def people(self) -> MemoryPeople:
        return MemoryPeople(self._open)

    @property
    def access_log(self) -> MemoryAccessLog:
        return MemoryAccessLog(self._open)

    @property
    def queries(self) -> MemoryQueries:
        return MemoryQueries(self._open)

    @property
    def changes(self) -> MemoryChanges:
        return MemoryChanges(self._open)

    @property
    def files(self) -> MemoryFiles:
        return MemoryFiles(self._open)
