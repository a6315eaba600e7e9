"""Where the database is: from what people write in a setting to an engine set up for that database."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ...errors import Misconfigured
from .errors import translate
from .freshness import keep_fresh

BUSY_SECONDS = 30
_CONNECTIONS = 20
_LIVENESS = {
    "connect_timeout": 10,  # seconds, as all but the last
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds
}
"""In libpq's words. A machine that vanished says nothing, and the network tells it after a quarter of an hour or more."""
_PATIENCE = f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}"


def read_address(address: str) -> sa.URL:
    """The URL for `sqlite:///…`, `postgresql://…`, `postgres://…`, or the path of a SQLite file.

    Raises:
        Misconfigured: it is none of these.
    """
    if "://" not in address:
        return sa.URL.create("sqlite", database=str(Path(address).expanduser()))
    try:
        url = sa.make_url(address)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise Misconfigured(
            "The address of the database cannot be read. Write a path, or postgresql://user:password@host/database."
        ) from error
    if url.get_backend_name() in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        return url.set(drivername="sqlite")
    raise Misconfigured(
        f"Stegvis keeps its data in a SQLite file or in PostgreSQL, not in {url.render_as_string()!r}. "
        "Write a path, or postgresql://user:password@host/database."
    )


def in_words(url: sa.URL) -> str:
    """The address as messages show it: without the password, wherever it stands."""
    if is_sqlite(url):
        return str(url.database)
    return url.set(drivername="postgresql").difference_update_query(("password", "sslpassword")).render_as_string()


def shown_address(url: str) -> str:
    """The same of an address as it is set. Raises Misconfigured as `read_address`."""
    return in_words(read_address(url))


def is_sqlite(url: sa.URL) -> bool:
    return url.get_backend_name() == "sqlite"


def file_of(url: sa.URL) -> Path:
    """The file of a SQLite database."""
    return Path(str(url.database))


def create_file(url: sa.URL) -> None:
    """Make an empty SQLite file that only its owner can read, and the folders above it.

    Raises:
        Misconfigured: the folder or the file cannot be written.
    """
    path = file_of(url)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise Misconfigured(
            f"The database {path} cannot be written ({error.strerror}). Choose another place, or give the account that runs "
            "Stegvis the right to write there."
        ) from error


def connect(url: sa.URL) -> sa.Engine:
    """An engine with our settings for that database. Nothing is opened yet."""
    if is_sqlite(url):
        engine = sa.create_engine(url, hide_parameters=True, pool_size=_CONNECTIONS, connect_args={"timeout": BUSY_SECONDS})
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    else:
        try:
            # The one that was used last first: it has the statements prepared, and need not be asked whether it lives.
            engine = sa.create_engine(
                url, hide_parameters=True, pool_size=_CONNECTIONS, pool_use_lifo=True, connect_args=_liveness(url)
            )
        except ModuleNotFoundError as error:
            raise Misconfigured("PostgreSQL needs one more package: pip install 'stegvis[postgresql]'.") from error
        sa.event.listen(engine, "connect", _set_up_postgresql)
        keep_fresh(engine)
    sa.event.listen(engine, "handle_error", translate)
    return engine


def parameters(engine: sa.Engine) -> dict[str, Any]:
    """How a PostgreSQL engine reaches its database, in libpq's words."""
    _, words = engine.dialect.create_connect_args(engine.url)
    return {name: value for name, value in words.items() if name != "context"} | _liveness(engine.url)  # context: the dialect's


def _liveness(url: sa.URL) -> dict[str, Any]:
    """What the address does not say itself."""
    return {name: value for name, value in _LIVENESS.items() if name not in url.query}


def _set_up_sqlite(connection: sqlite3.Connection, record: object) -> None:
    """`synchronous=FULL`: what was committed survives a power cut."""
    connection.isolation_level = None  # the driver begins nothing by itself: _begin_sqlite does
    _switch_to_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(_PATIENCE)


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """SQLite does not wait by itself when two switch a new database at once. Nothing happens where it is done."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: sa.Connection) -> None:
    """A writer takes its lock at once: one that reads first and then writes may fail half way."""
    driver: Any = connection.connection.driver_connection
    options = connection.get_execution_options()
    text = options.get("begin", "BEGIN")
    try:
        if text == "BEGIN":
            driver.execute(text)
        else:
            _await_lock(driver, text, options.get("patience_until", time.monotonic() + BUSY_SECONDS))
    except sqlite3.Error as error:
        connection._handle_dbapi_exception(error, text, None, None, None)


def _await_lock(driver: sqlite3.Connection, text: str, deadline: float) -> None:
    """Ask for it every other millisecond. SQLite's own waiting pauses ever longer, and those who came later overtake."""
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while not _has_begun(driver, text, deadline):
            time.sleep(random.uniform(0.001, 0.003))  # noqa: S311 — not all at once
    finally:
        driver.execute(_PATIENCE)


def _has_begun(driver: sqlite3.Connection, text: str, deadline: float) -> bool:
    try:
        driver.execute(text)
    except sqlite3.OperationalError as error:
        if not _is_busy(error) or error.sqlite_errorcode == sqlite3.SQLITE_BUSY_SNAPSHOT or time.monotonic() > deadline:
            raise
        return False
    return True


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def _set_up_postgresql(connection: Any, record: object) -> None:
    connection.execute("SET timezone = 'UTC'")
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.commit()
