"""One transaction's connection: SQLAlchemy's, and beside it a short way for the statements of every step.

A step runs some twenty statements that never change. Those go to the driver as they are; and on PostgreSQL, which is waited for
after each, writes are kept until something is read or the transaction ends, and then go in one journey.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NoReturn

import sqlalchemy as sa

from ...wakeup import Wakeup
from .statement import Rows, Statement, Text, Values

_AS_WRITTEN: Final = 1
"""Rows that an update by key and revision finds when nobody was first."""


@dataclass(slots=True)
class _Sent:
    """A write on its way to the database. `missed` is called when it finds another number of rows than one."""

    statement: Statement
    rows: Sequence[Values]
    missed: Callable[[], None] | None


class Connection:
    """The connection of one unit of work. What is written through `later` is there for whatever is read after it."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._driver: Any = connection.connection.driver_connection  # Any: of either driver
        self.dialect: Final = connection.dialect
        self.is_far: Final = connection.dialect.name == "postgresql"
        """Whether the database is another process, which is waited for: what can be asked at once is asked at once."""
        self.is_reading: Final = bool(connection.get_execution_options().get("postgresql_readonly"))
        """Whether the unit of work only reads: then nothing is locked, and PostgreSQL would refuse to."""
        module: Any = connection.dialect.loaded_dbapi
        self._cursor, self._errors = _driver(connection.dialect.name, module)
        self._listeners: Sequence[Callable[..., object]] = tuple(connection.dispatch.before_cursor_execute)
        self._kept: list[_Sent] = []
        self.due: list[Wakeup] = []
        """What was written that somebody has to see to, for workers to be told when it is committed."""
        self._ahead: dict[tuple[object, ...], Rows | None] = {}

    def part(self) -> Connection:
        """Another one for a part of the transaction: it finds all that was written here, and nothing is remembered over it."""
        self.flush()
        self._ahead.clear()
        return Connection(self._connection)

    def savepoint(self) -> sa.NestedTransaction:
        """What the transaction can go back to."""
        return self._connection.begin_nested()

    def execute(
        self, statement: sa.Executable, values: Mapping[str, object] | Sequence[Mapping[str, object]] | None = None
    ) -> sa.CursorResult[*tuple[Any, ...]]:
        """SQLAlchemy's own way: for statements that differ from time to time, or are rare."""
        self.flush()
        if not isinstance(statement, sa.Select):
            self._ahead.clear()
        return self._connection.execute(statement, values)

    def scalars(self, statement: sa.Executable) -> sa.ScalarResult[Any]:
        """The first column of what `execute` gives."""
        return self.execute(statement).scalars()

    def rows(self, statement: Statement, values: Values) -> Rows:
        """What the statement finds."""
        if self._kept:
            self.flush()
        key = (statement, *values.values())
        known = self._ahead.get(key)
        if known is None:
            (known,) = self._read([(statement, values)])
            if key in self._ahead:
                self._ahead[key] = known
        return known

    def one(self, statement: Statement, values: Values) -> Any:
        """The only row that the statement finds; None where it finds none."""
        rows = self.rows(statement, values)
        assert len(rows) <= 1, "found by a key"
        return rows[0] if rows else None

    def ahead(self, asked: Sequence[tuple[Statement, Values]]) -> None:
        """What will be read, perhaps several times, and cannot change meanwhile: PostgreSQL is asked for all of it at once.

        It is remembered until something is written.
        """
        self.flush()
        asked = [(statement, values) for statement, values in asked if self._ahead.get((statement, *values.values())) is None]
        found: Sequence[Rows | None] = self._read(asked) if self.is_far else [None] * len(asked)
        for (statement, values), rows in zip(asked, found, strict=True):
            self._ahead[(statement, *values.values())] = rows

    def together(self, asked: Sequence[tuple[Statement, Values]]) -> Sequence[Rows]:
        """What the statements find, asked for in one journey; each sees what was committed when its turn comes."""
        self.flush()
        return self._read(asked)

    def remember(self, statement: Statement, values: Values, rows: Rows) -> None:
        """What another statement has found is what this one would find, until something is written."""
        self._ahead[(statement, *values.values())] = rows

    def later(self, statement: Statement, *rows: Values, missed: Callable[[], None] | None = None) -> None:
        """Write: at once on SQLite, on PostgreSQL with all else that is written, before anything is read.

        `missed` is called when it finds another number of rows than one; with it, `rows` is one.
        """
        self._ahead.clear()
        if self.is_far and not self.is_reading:  # which refuses it
            self._kept.append(_Sent(statement, rows, missed))
            return
        try:
            cursor = self._run(statement, rows, self._cursor(self._driver))
        except self._errors as error:
            self._tell(error)
        if missed is not None and cursor.rowcount != _AS_WRITTEN:
            missed()

    def flush(self) -> None:
        """Let go what `later` keeps."""
        while self._kept:  # what is missed may be mended by writing more
            kept, self._kept = self._kept, []
            cursors = self._send(kept)
            for one, cursor in zip(kept, cursors, strict=True):
                if one.missed is not None and cursor.rowcount != _AS_WRITTEN:
                    one.missed()

    def _read(self, asked: Sequence[tuple[Statement, Values]]) -> list[Rows]:
        texts = [statement.text(self.dialect, values) for statement, values in asked]
        try:
            if not self.is_far:
                return [self._read_one(text, values) for text, (_, values) in zip(texts, asked, strict=True)]
            with self._driver.pipeline():
                cursors = [
                    self._execute(text, values, self._cursor(self._driver))
                    for text, (_, values) in zip(texts, asked, strict=True)
                ]
            return [text.read(cursor.fetchall()) for text, cursor in zip(texts, cursors, strict=True)]
        except self._errors as error:
            self._tell(error)

    def _read_one(self, text: Text, values: Values) -> Rows:
        """One statement on SQLite. Read half, it would hold on to the moment that it shows, and nobody could write after it."""
        cursor = self._cursor(self._driver)
        try:
            return text.read(self._execute(text, values, cursor))
        except BaseException:
            cursor.close()
            raise

    def _send(self, kept: Sequence[_Sent]) -> list[Any]:  # Any: the driver's cursors
        """Run what was kept; the server is not waited for between the statements."""
        try:
            unheard = self._cursor(self._driver)  # of what nobody asks for
            with self._driver.pipeline():
                return [
                    self._run(one.statement, one.rows, self._cursor(self._driver) if one.missed is not None else unheard)
                    for one in kept
                ]
        except self._errors as error:
            self._tell(error)

    def _run(self, statement: Statement, rows: Sequence[Values], cursor: Any) -> Any:  # Any: the driver's cursor
        if len(rows) == 1:
            return self._execute(statement.text(self.dialect, rows[0]), rows[0], cursor)
        several = statement.text_of_rows(self.dialect, rows) if self.is_far else None
        if several is not None:
            return self._execute(*several, cursor)
        text = statement.text(self.dialect, rows[0])
        all_given = [text.given(row) for row in rows]
        self._let_hear(cursor, text.sql, all_given, is_many=True)
        cursor.executemany(text.sql, all_given)
        return cursor

    def _execute(self, text: Text, values: Values, cursor: Any) -> Any:  # Any: the driver's cursor
        given = text.given(values)
        if self._listeners:
            self._let_hear(cursor, text.sql, given, is_many=False)
        cursor.execute(text.sql, given)
        return cursor

    def _let_hear(self, cursor: Any, text: str, given: Any, *, is_many: bool) -> None:
        """Whoever listens to SQLAlchemy's statements (a test, a tracer) hears of these too."""
        for hear in self._listeners:
            hear(self._connection, cursor, text, given, None, is_many)

    def _tell(self, error: BaseException) -> NoReturn:
        """Raise it as SQLAlchemy does: its private way knows of broken connections, and asks our `translate`."""
        self._connection._handle_dbapi_exception(error, "", None, None, None)


@cache
def _driver(dialect: str, driver: Any) -> tuple[Callable[[Any], Any], tuple[type[BaseException], ...]]:  # Any: either driver
    """The driver's cursor that takes values by place, and what may go wrong with it."""
    cursor = driver.RawCursor if dialect == "postgresql" else driver.Cursor
    return cursor, (driver.Error, UnicodeEncodeError, OverflowError)
