"""The time by the clock of the database server: one clock for all machines that work on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final, NamedTuple

import sqlalchemy as sa

from ...errors import StegvisError

ASKED_EVERY_SECONDS: Final = 15.0


class _Anchor(NamedTuple):
    moment: datetime
    at: float


class DatabaseClock:
    """Never ahead of the database's clock, whatever the machine's own says: a timer fires on no machine before its time.

    Asked now and then; in between the seconds are counted, which no change of the machine's clock disturbs. Behind by what
    an answer takes. Where the database's clock is set, this follows within seconds. Safe to share between threads.
    """

    def __init__(self, ask: Callable[[], datetime], *, count: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._count = count
        self._lock = Lock()
        self._anchor = self._asked()
        self._tried_at = self._anchor.at

    def now(self) -> datetime:
        at = self._count()
        if at - self._tried_at >= ASKED_EVERY_SECONDS and self._lock.acquire(blocking=False):
            try:
                self._tried_at = at
                self._anchor = self._asked()
            except (StegvisError, sa.exc.SQLAlchemyError):
                pass  # whoever wants to store something hears of it; the seconds go on counting
            finally:
                self._lock.release()
        anchor = self._anchor
        return anchor.moment + timedelta(seconds=max(0.0, self._count() - anchor.at))

    def _asked(self) -> _Anchor:
        moment = self._ask()
        return _Anchor(moment, self._count())  # counted from when the answer came: rather late than early


def clock_of(engine: sa.Engine) -> DatabaseClock:
    """The clock of a PostgreSQL server."""

    def ask() -> datetime:
        with engine.connect() as connection:
            moment: datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        return moment

    return DatabaseClock(ask)
