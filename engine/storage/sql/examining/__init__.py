"""Whether a database is as Stegvis needs it: its tables, its settings, what it promises, and the files it knows of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import sqlalchemy as sa

from ....errors import Misconfigured
from ....remark import Remark, apart, error, warning, well
from ..address import connect, file_of, in_words, is_sqlite, read_address
from ..shape import hindrances
from ..tables import metadata
from ..upgrading import newer_in_words, require_fitting
from . import postgresql, sqlite


def examine(url: str, now: Callable[[], datetime]) -> Iterator[Remark]:
    """What is to be said of the database at an address; after an error that hides the rest nothing more. Changes nothing.

    `now` is the machine's clock, to be compared with the database's.
    """
    try:
        address = read_address(url)
        engine = connect(address)
    except Misconfigured as wrong:
        yield error("database", wrong.message, "Correct the setting `database`.")
        return
    try:
        yield from _examine(engine, now)
    finally:
        engine.dispose()


def _examine(engine: sa.Engine, now: Callable[[], datetime]) -> Iterator[Remark]:
    try:
        newer = newer_in_words(require_fitting(engine))
        options = {} if is_sqlite(engine.url) else {"isolation_level": "AUTOCOMMIT"}  # one that fails breaks none after it
        with engine.connect().execution_options(**options) as connection:
            if newer:
                yield warning("database", newer, "Look again when the upgrade is done.")
            else:
                yield well("database", f"The database {in_words(engine.url)} answers and is of this release.")
            yield from apart("tables", lambda: _tables(connection))
            if is_sqlite(engine.url):
                yield from sqlite.examine(connection, file_of(engine.url))
            else:
                yield from postgresql.examine(connection, now, pool=engine.pool.size())  # type: ignore[attr-defined]  # a QueuePool
    except Misconfigured as wrong:
        yield error("database", wrong.message, "Until then nothing works.")


def _tables(connection: sa.Connection) -> Iterator[Remark]:
    wrong = hindrances(connection, metadata)
    if wrong:
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        says = f"The tables are not those that this release made ({wrong[0]}{more}): somebody changed them outside Stegvis."
        yield error("tables", says, "Stop Stegvis, keep the database as it is, and restore the latest backup elsewhere.")
