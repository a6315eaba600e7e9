"""Carrying wake-ups from those who write rows to the workers that see to them: procrastinate, in a PostgreSQL database.

Its tables lie in a schema of their own and hold nothing that is not in ours: they can be emptied or dropped at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

import psycopg
import sqlalchemy as sa
import structlog
from procrastinate import PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ProcrastinateException
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.schema import SchemaManager
from procrastinate.types import JSONDict

from ...clock import Clock
from ...errors import Misconfigured, StegvisError
from ...wakeup import Wakeup
from .address import parameters

SCHEMA: Final = "stegvis_wakeups"
QUEUE: Final = "stegvis"
TASK: Final = "stegvis.wake"
SOON: Final = timedelta(seconds=15)
"""What is due later than this is told when its time is near, by the sweep."""

_LOCK: Final = 7_305_811_027  # the advisory lock of those who sweep; any number, as long as it stays the same
_PATIENCE: Final = "2s"
_TRIES: Final = 5
_LOST: Final = "The tables that carry wake-ups cannot be used. Run `stegvis db upgrade`."

_log = structlog.get_logger("stegvis.wakeups")


class Carrier:
    """Tells workers which rows are due. Safe to share between threads."""

    def __init__(self, engine: sa.Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._jobs = JobManager(SyncPsycopgConnector())
        self._is_lost = False

    def carry(self, connection: sa.Connection, wakeups: Sequence[Wakeup]) -> None:
        """Tell what is due now or soon as part of the transaction on `connection`, which is about to be committed.

        Where the carrier is gone, nothing is told and the transaction is none the worse: the sweep finds the rows.
        """
        horizon = self._clock.now() + SOON
        soon = [wakeup for wakeup in wakeups if wakeup.due is None or wakeup.due <= horizon]
        if not soon:
            return
        driver = _raw(connection)
        try:
            try:
                with driver.pipeline():  # one journey
                    driver.execute("SAVEPOINT wakeups")
                    self._defer(driver, soon)
            except AlreadyEnqueued:  # of a case that goes on, some are on their way still
                connection.exec_driver_sql("ROLLBACK TO SAVEPOINT wakeups")
                self._defer_untold(connection, soon)
        except (ProcrastinateException, psycopg.Error) as error:
            connection.exec_driver_sql("ROLLBACK TO SAVEPOINT wakeups")
            self._tell_lost(error)
        else:
            self._is_lost = False

    def retell(self, wakeups: Sequence[Wakeup]) -> int | None:
        """Tell those that nobody has been told yet; gives how many, None where another process does so at the moment.

        Raises:
            Misconfigured: the carrier cannot be used.
        """
        try:
            with self._engine.begin() as connection:
                if not connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(sa.cast(_LOCK, sa.BigInteger)))):
                    return None
                return self._defer_untold(connection, wakeups)
        except (ProcrastinateException, psycopg.Error, sa.exc.SQLAlchemyError) as error:
            raise Misconfigured(_LOST) from error

    def tell_later(self, wakeup: Wakeup, after: timedelta) -> None:
        """Tell it once more after a while. Where the carrier is gone, the sweep finds the row."""
        try:
            with suppress(AlreadyEnqueued), self._engine.begin() as connection:
                self._defer(_raw(connection), [wakeup], self._clock.now() + after)
        except (ProcrastinateException, psycopg.Error, StegvisError, sa.exc.SQLAlchemyError) as error:
            self._tell_lost(error)

    def connector(self) -> PsycopgConnector:
        """How procrastinate's worker reaches its tables: by connections of its own."""
        return PsycopgConnector(kwargs=parameters(self._engine), min_size=1, max_size=4, configure=_set_up)

    def require(self) -> None:
        """Raise Misconfigured, saying what to do, unless the tables of this release are there."""
        with self._engine.connect() as connection:
            if is_made(connection):
                return
            account = connection.scalar(sa.text("SELECT quote_ident(current_user)"))
        raise Misconfigured(
            f"The database lacks the tables that carry wake-ups to workers (schema {SCHEMA}). Run `stegvis db upgrade`. If the "
            f"account may make no schema, have it made first: CREATE SCHEMA {SCHEMA} AUTHORIZATION {account}."
        )

    def _defer(self, driver: psycopg.Connection[Any], wakeups: Iterable[Wakeup], at: datetime | None = None) -> None:
        # Both hold until the transaction ends, which is right after this.
        driver.execute("SELECT set_config('search_path', %s, true), set_config('lock_timeout', %s, true)", [SCHEMA, _PATIENCE])
        jobs = {_lock_of(wakeup): _job(wakeup, at) for wakeup in wakeups}
        self._jobs.batch_defer_jobs(list(jobs.values()), connection=driver)

    def _defer_untold(self, connection: sa.Connection, wakeups: Sequence[Wakeup]) -> int:
        """Defer those that are not told yet. Where others are quicker time after time, the next sweep looks again."""
        for _ in range(_TRIES):
            told = self._told(connection, [_lock_of(wakeup) for wakeup in wakeups])
            untold = [wakeup for wakeup in wakeups if _lock_of(wakeup) not in told]
            if not untold:
                break
            with suppress(AlreadyEnqueued), connection.begin_nested():
                self._defer(_raw(connection), untold)
                return len(untold)
        return 0

    def _told(self, connection: sa.Connection, names: Sequence[str]) -> frozenset[str]:
        told = sa.text(
            f"SELECT queueing_lock FROM {SCHEMA}.procrastinate_jobs WHERE status = 'todo' AND queueing_lock = ANY(:names)"  # noqa: S608
        )
        return frozenset(connection.scalars(told, {"names": list(names)}))

    def _tell_lost(self, error: Exception) -> None:
        if not self._is_lost:
            _log.warning("wakeups-untold", error=type(error).__name__, message=_LOST)
        self._is_lost = True


def make(connection: sa.Connection) -> None:
    """Make the carrier's tables, or make them anew where those of another release are there. What they held is told again.

    Nothing happens where the account may make no schema: only workers that share their work need it, and they say so.
    """
    if is_made(connection):
        return
    try:
        with connection.begin_nested():
            _empty(connection)
            before = connection.scalar(sa.text("SELECT current_setting('search_path')"))
            connection.execute(sa.select(sa.func.set_config("search_path", SCHEMA, True)))
            _raw(connection).execute(SchemaManager.get_schema())
            connection.execute(sa.select(sa.func.set_config("search_path", before, True)))
            connection.exec_driver_sql(f"COMMENT ON SCHEMA {SCHEMA} IS '{_mark()}'")
    except Misconfigured as error:
        _log.warning("wakeups-not-made", message=error.message)


def _empty(connection: sa.Connection) -> None:
    """An empty schema. One that is there is emptied, not made anew: that needs no right to make schemas."""
    space = connection.scalar(sa.text("SELECT oid FROM pg_namespace WHERE nspname = :name"), {"name": SCHEMA})
    if space is None:
        connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
        return
    held = sa.text(
        "SELECT format('DROP TABLE IF EXISTS %s CASCADE', oid::regclass) FROM pg_class "
        "WHERE relnamespace = :space AND relkind = 'r' UNION ALL "
        "SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure) FROM pg_proc "
        "WHERE pronamespace = :space UNION ALL "
        "SELECT format('DROP TYPE IF EXISTS %s CASCADE', t.oid::regtype) FROM pg_type t "
        "LEFT JOIN pg_class c ON c.oid = t.typrelid WHERE typnamespace = :space AND (typtype = 'e' OR c.relkind = 'c')"
    )
    for statement in list(connection.scalars(held, {"space": space})):
        connection.exec_driver_sql(statement)


def is_made(connection: sa.Connection) -> bool:
    """Whether the tables are there, as this release knows them."""
    written = sa.text(
        "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace "
        "WHERE nspname = :name AND to_regclass(:name || '.procrastinate_jobs') IS NOT NULL"
    )
    return bool(connection.scalar(written, {"name": SCHEMA}) == _mark())


def _mark() -> str:
    return f"Wake-ups of Stegvis, expendable: {hashlib.sha256(SchemaManager.get_schema().encode()).hexdigest()[:16]}"


def _raw(connection: sa.Connection) -> psycopg.Connection[Any]:
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    return raw


async def _set_up(connection: psycopg.AsyncConnection[Any]) -> None:
    """A wake-up that a power cut takes is told again, so nothing here waits for the disk."""
    await connection.execute(f"SET search_path = {SCHEMA}")
    await connection.execute("SET synchronous_commit = off")
    await connection.commit()


def _lock_of(wakeup: Wakeup) -> str:
    """One waiting wake-up is enough for a row at a time; a cycle's next round is another one."""
    return wakeup.name if wakeup.due is None else f"{wakeup.name}@{wakeup.due.isoformat()}"


def _job(wakeup: Wakeup, at: datetime | None) -> Job:
    due = None if wakeup.due is None else wakeup.due.isoformat()
    args: JSONDict = {"kind": wakeup.kind.value, "key": list(wakeup.key), "due": due}
    return Job(
        queue=QUEUE, lock=None, queueing_lock=_lock_of(wakeup), task_name=TASK, task_kwargs=args, scheduled_at=at or wakeup.due
    )
