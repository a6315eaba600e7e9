"""The transactions that units of work stand on: one of their own, or a part of the one that their thread has under way."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

import sqlalchemy as sa

from ...errors import Misconfigured
from ..around import Around
from ..refusals import read_only
from .address import BUSY_SECONDS
from .connection import Connection

if TYPE_CHECKING:
    from .carrier import Carrier
    from .turn import Turn


class Transaction(Protocol):
    """Begun once, ended once; what was not committed by then is undone."""

    def begin(self) -> Connection: ...
    def commit(self) -> None: ...
    def end(self) -> None: ...


class OwnTransaction:
    """A transaction on a connection of its own; a writer of a SQLite database waits for its turn."""

    def __init__(
        self,
        engine: sa.Engine,
        options: Mapping[str, Any],
        *,
        is_writer: bool,
        turn: Turn | None,
        carrier: Carrier | None = None,
    ) -> None:
        self._engine, self._options = engine, options
        self._is_writer, self._turn, self._carrier = is_writer, turn, carrier
        self._stack = ExitStack()
        self._begun: tuple[Connection, sa.RootTransaction] | None = None

    def begin(self) -> Connection:
        with ExitStack() as stack:
            options, processes = self._options, ExitStack()
            if self._turn is not None:
                until = monotonic() + BUSY_SECONDS  # for the turn and the lock together
                options = {**options, "patience_until": until}
                stack.enter_context(self._turn.among_threads)
                stack.enter_context(processes)  # let go after the connection, which may have to undo something
            connection = stack.enter_context(self._connect()).execution_options(**options)
            if self._turn is not None:
                processes.enter_context(self._turn.among_processes(until))  # nobody else is kept waiting for a connection
            transaction = connection.begin()
            begun = Connection(connection)
            self._stack = stack.pop_all()
        self._begun = begun, transaction
        return begun

    def commit(self) -> None:
        if not self._is_writer:
            raise read_only()
        assert self._begun is not None, "committed inside its block"
        connection, transaction = self._begun
        connection.flush()
        if self._carrier is not None and connection.due:
            self._carrier.carry(transaction.connection, connection.due)
        transaction.commit()

    def end(self) -> None:
        self._begun = None
        self._stack.close()  # closing a connection rolls back what was not committed

    def _connect(self) -> sa.Connection:
        try:
            return self._engine.connect()
        except sa.exc.TimeoutError as error:
            raise Misconfigured("All connections to the database are in use. Try again; run more processes.") from error


class TransactionAround:
    """A writer's transaction that those which its thread begins meanwhile are parts of."""

    def __init__(self, own: Transaction, around: Around[Connection]) -> None:
        self._own, self._around = own, around

    def begin(self) -> Connection:
        connection = self._own.begin()
        self._around.begin(connection)
        return connection

    def commit(self) -> None:
        self._own.commit()
        self._around.committed()

    def end(self) -> None:
        waiting = self._around.end()
        self._own.end()
        for do in waiting:
            do()


class PartOfTransaction:
    """A part of the transaction that is under way: undone alone (a savepoint), lasting with the whole."""

    def __init__(self, whole: Connection, *, is_writer: bool) -> None:
        self._whole, self._is_writer = whole, is_writer
        self._begun: tuple[Connection, sa.NestedTransaction] | None = None

    def begin(self) -> Connection:
        connection = self._whole.part()
        if self._is_writer:
            self._begun = connection, connection.savepoint()
        return connection

    def commit(self) -> None:
        if self._begun is None:
            raise read_only()
        connection, savepoint = self._begun
        connection.flush()
        savepoint.commit()
        self._whole.due += connection.due
        self._begun = None

    def end(self) -> None:
        if self._begun is not None:
            _, savepoint = self._begun
            savepoint.rollback()
            self._begun = None
