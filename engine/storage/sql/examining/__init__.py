"""Whether a database is as Stegvis needs it: its tables, its settings, what it promises, and the files it knows of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import sqlalchemy as sa

from ....errors import Misconfigured
from ....remark import Remark, error, warning, well
from ..address import connect, file_of, in_words, is_sqlite, read_address
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
        with engine.connect() as connection:
            if newer:
                yield warning("database", newer, "Look again when the upgrade is done.")
            else:
                yield well("database", f"The database {in_words(engine.url)} answers and has this release's tables.")
            if is_sqlite(engine.url):
                yield from sqlite.examine(connection, file_of(engine.url))
            else:
                yield from postgresql.examine(connection, now, pool=engine.pool.size())  # type: ignore[attr-defined]  # a QueuePool
    except Misconfigured as wrong:
        yield error("database", wrong.message, "Until then nothing works.")
