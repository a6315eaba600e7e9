"""The store in memory and its unit of work."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Self

from ..around import Around
from ..fair_lock import FairLock
from ..refusals import finished, read_only
from .backlog import MemoryBacklogs
from .cases import MemoryCases
from .changes import MemoryChanges
from .definitions import MemoryDefinitions
from .files import MemoryFiles
from .forms import MemoryFormDrafts, MemoryRequests
from .jobs import MemoryJobs
from .outgoing import MemoryOutgoing
from .package_drafts import MemoryPackageDrafts
from .people import MemoryPeople
from .queries import MemoryQueries
from .records import MemoryAccessLog, MemoryHistories, MemoryIncidents
from .registers import MemoryRegisters
from .saved_views import MemorySavedViews
from .starts import MemoryStarts
from .statistics import MemoryStatistics
from .tables import Tables
from .tasks import MemoryTasks
from .waits import MemoryWaits


class MemoryStore:
    """Keeps everything in this process. Writers take turns; readers see what was committed when they began."""

    def __init__(self) -> None:
        self._committed = Tables()
        self._turn = FairLock()
        self._around: Around[MemoryUnitOfWork] = Around()

    @property
    def is_far(self) -> bool:
        """See `ports.Store.is_far`."""
        return False

    def require_ready(self) -> None:
        """See `ports.Store.require_ready`. It always is."""

    def write(self) -> MemoryUnitOfWork:
        """A unit of work that may change things; entering it waits for the writers before it."""
        whole = self._around.whole
        return MemoryUnitOfWork(whole or self, is_writer=True, turn=None if whole else self._turn)

    def read(self) -> MemoryUnitOfWork:
        """A unit of work that only reads."""
        return MemoryUnitOfWork(self._around.whole or self, is_writer=False)

    def around(self) -> MemoryUnitOfWork:
        """See `ports.Store.around`."""
        whole = self._around.whole
        return MemoryUnitOfWork(whole or self, is_writer=True, turn=None if whole else self._turn, around=self._around)

    def afterwards(self, do: Callable[[], None]) -> None:
        """See `ports.Store.afterwards`."""
        self._around.afterwards(do)

    def begin(self) -> Tables:
        """What is committed, to be changed by one unit of work."""
        return self._committed.fork()

    def replace(self, tables: Tables) -> None:
        """Make the tables of a unit of work the committed ones, all at once."""
        self._committed = tables


class MemoryUnitOfWork:
    """See `ports.UnitOfWork`. After its commit, and outside its `with` block, it cannot be used.

    `whole` is the store, or the unit of work that this one is a part of.
    """

    def __init__(
        self,
        whole: MemoryStore | MemoryUnitOfWork,
        *,
        is_writer: bool,
        turn: FairLock | None = None,
        around: Around[MemoryUnitOfWork] | None = None,
    ) -> None:
        self._whole, self._is_writer = whole, is_writer
        self._turn, self._around = turn, around
        self._tables: Tables | None = None

    def __enter__(self) -> Self:
        if self._turn is not None:
            self._turn.acquire()
        self._tables = self._whole.begin()
        if self._around is not None:
            self._around.begin(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._tables = None
        waiting = self._around.end() if self._around is not None else []
        if self._turn is not None:
            self._turn.release()
        for do in waiting:
            do()

    def commit(self) -> None:
        if not self._is_writer:
            raise read_only()
        self._whole.replace(self._open)
        self._tables = None
        if self._around is not None:
            self._around.committed()

    def begin(self) -> Tables:
        """What a part of this unit of work begins with."""
        return self._open.fork()

    def replace(self, tables: Tables) -> None:
        """Take over what a part of this unit of work has made."""
        self._tables = tables

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
    def form_drafts(self) -> MemoryFormDrafts:
        return MemoryFormDrafts(self._open)

    @property
    def requests(self) -> MemoryRequests:
        return MemoryRequests(self._open)

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
    def jobs(self) -> MemoryJobs:
        return MemoryJobs(self._open)

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
    def statistics(self) -> MemoryStatistics:
        return MemoryStatistics(self._open)

    @property
    def backlogs(self) -> MemoryBacklogs:
        return MemoryBacklogs(self._open)

    @property
    def changes(self) -> MemoryChanges:
        return MemoryChanges(self._open)

    @property
    def files(self) -> MemoryFiles:
        return MemoryFiles(self._open)

    @property
    def saved_views(self) -> MemorySavedViews:
        return MemorySavedViews(self._open)
