"""One database transaction, or a part of one. The only place that commits."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from ..refusals import finished
from .backlog import SqlBacklogs
from .cases import SqlCases
from .changes import SqlChanges
from .connection import Connection
from .definitions import SqlDefinitions
from .files import SqlFiles
from .forms import SqlFormDrafts, SqlRequests
from .jobs import SqlJobs
from .outgoing import SqlOutgoing
from .package_drafts import SqlPackageDrafts
from .people import SqlPeople
from .queries import SqlQueries
from .records import SqlAccessLog, SqlHistories, SqlIncidents
from .registers import SqlRegisters
from .saved_views import SqlSavedViews
from .starts import SqlStarts
from .statistics import SqlStatistics
from .tasks import SqlTasks
from .transactions import Transaction
from .waits import SqlWaits


class SqlUnitOfWork:
    """See `ports.UnitOfWork`. After its commit, and outside its `with` block, it cannot be used.

    What it wrote that is due is told to workers when it commits, in the same transaction.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        self._connection = self._transaction.begin()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection = None
        self._transaction.end()

    def commit(self) -> None:
        _ = self._open
        self._transaction.commit()
        self._connection = None

    @property
    def _open(self) -> Connection:
        if self._connection is None:
            raise finished()
        return self._connection

    @property
    def definitions(self) -> SqlDefinitions:
        return SqlDefinitions(self._open)

    @property
    def package_drafts(self) -> SqlPackageDrafts:
        return SqlPackageDrafts(self._open)

    @property
    def cases(self) -> SqlCases:
        return SqlCases(self._open)

    @property
    def tasks(self) -> SqlTasks:
        return SqlTasks(self._open)

    @property
    def form_drafts(self) -> SqlFormDrafts:
        return SqlFormDrafts(self._open)

    @property
    def requests(self) -> SqlRequests:
        return SqlRequests(self._open)

    @property
    def waits(self) -> SqlWaits:
        return SqlWaits(self._open, self._open.due.append)

    @property
    def starts(self) -> SqlStarts:
        return SqlStarts(self._open, self._open.due.append)

    @property
    def outgoing(self) -> SqlOutgoing:
        return SqlOutgoing(self._open)

    @property
    def jobs(self) -> SqlJobs:
        return SqlJobs(self._open, self._open.due.append)

    @property
    def histories(self) -> SqlHistories:
        return SqlHistories(self._open)

    @property
    def incidents(self) -> SqlIncidents:
        return SqlIncidents(self._open)

    @property
    def registers(self) -> SqlRegisters:
        return SqlRegisters(self._open)

    @property
    def people(self) -> SqlPeople:
        return SqlPeople(self._open)

    @property
    def access_log(self) -> SqlAccessLog:
        return SqlAccessLog(self._open)

    @property
    def queries(self) -> SqlQueries:
        return SqlQueries(self._open)

    @property
    def statistics(self) -> SqlStatistics:
        return SqlStatistics(self._open)

    @property
    def backlogs(self) -> SqlBacklogs:
        return SqlBacklogs(self._open)

    @property
    def changes(self) -> SqlChanges:
        return SqlChanges(self._open)

    @property
    def files(self) -> SqlFiles:
        return SqlFiles(self._open)

    @property
    def saved_views(self) -> SqlSavedViews:
        return SqlSavedViews(self._open)
