"""One database transaction. The only place that commits."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from ...errors import Misconfigured
from ..fair_lock import FairLock
from ..refusals import finished, read_only
from .cases import SqlCases
from .changes import SqlChanges
from .definitions import SqlDefinitions
from .files import SqlFiles
from .outgoing import SqlOutgoing
from .package_drafts import SqlPackageDrafts
from .people import SqlPeople
from .queries import SqlQueries
from .records import SqlAccessLog, SqlHistories, SqlIncidents
from .registers import SqlRegisters
from .starts import SqlStarts
from .tasks import SqlTasks
from .waits import SqlWaits


class SqlUnitOfWork:
    """See `ports.UnitOfWork`. After its commit, and outside its `with` block, it cannot be used."""

    def __init__(self, engine: sa.Engine, options: Mapping[str, Any], *, is_writer: bool, turn: FairLock | None) -> None:
        self._engine = engine
        self._options = options
        self._is_writer = is_writer
        self._turn = turn
        self._stack = ExitStack()
        self._connection: sa.Connection | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            if self._turn is not None:
                stack.enter_context(self._turn)
            connection = stack.enter_context(self._connect())
            connection = connection.execution_options(**self._options)
            connection.begin()
            self._stack = stack.pop_all()
        self._connection = connection
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection = None
        self._stack.close()  # closing a connection rolls back what was not committed

    def commit(self) -> None:
        if not self._is_writer:
            raise read_only()
        self._open.commit()
        self._connection = None

    def _connect(self) -> sa.Connection:
        try:
            return self._engine.connect()
        except sa.exc.TimeoutError as error:
            raise Misconfigured("All connections to the database are in use. Try again; run more processes.") from error

    @property
    def _open(self) -> sa.Connection:
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
    def waits(self) -> SqlWaits:
        return SqlWaits(self._open)

    @property
    def starts(self) -> SqlStarts:
        return SqlStarts(self._open)

    @property
    def outgoing(self) -> SqlOutgoing:
        return SqlOutgoing(self._open)

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
    def changes(self) -> SqlChanges:
        return SqlChanges(self._open)

    @property
    def files(self) -> SqlFiles:
        return SqlFiles(self._open)
