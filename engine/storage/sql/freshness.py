"""Whether a connection that lay in the pool still lives: looked for at its socket, and asked of the server only where in doubt.

A server that ends a connection (stopped, restarted, told to) says so on it and closes it, which the socket shows without a
journey. One that vanished with its machine says nothing: so what has rested for a while is asked.
"""

from __future__ import annotations

import select
import time
from typing import Any, Final

import sqlalchemy as sa

RESTED_SECONDS: Final = 5.0
"""A connection that has rested for longer is asked whether it lives, however quiet it is."""

_SINCE: Final = "stegvis resting since"


def keep_fresh(engine: sa.Engine) -> None:
    """Let the pool of a PostgreSQL engine give out only connections that live; it makes a new one for each that does not."""

    def rest(connection: Any, record: sa.pool.ConnectionPoolEntry) -> None:  # Any: the driver's
        record.info[_SINCE] = time.monotonic()

    def examine(connection: Any, record: sa.pool.ConnectionPoolEntry, fairy: object) -> None:
        since = record.info.pop(_SINCE, None)  # of a new connection there is none
        if since is None or (time.monotonic() - since < RESTED_SECONDS and _is_quiet(connection)):
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise sa.exc.InvalidatePoolError from error

    sa.event.listen(engine, "checkin", rest)
    sa.event.listen(engine, "checkout", examine)


def _is_quiet(connection: Any) -> bool:
    """Whether the server has said nothing since it was asked last, not even that it closes."""
    if connection.closed:
        return False
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return not waiting.poll(0)
