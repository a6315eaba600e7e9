"""One clock for all machines: the database's, never run ahead of."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from engine.bootstrap import open_engine
from engine.clock import SystemClock
from engine.errors import Misconfigured
from engine.settings import Settings
from engine.storage.sql import SqlStore
from engine.storage.sql.clock import ASKED_EVERY_SECONDS, DatabaseClock
from tests.builders import NOON

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


class Server:
    """A database server with a clock that can be set, and an answer that takes its time."""

    def __init__(self) -> None:
        self.counted = 100.0
        self.wrong_by = timedelta(0)
        self.answer_takes = 0.0
        self.asked = 0
        self.is_gone = False

    @property
    def moment(self) -> datetime:
        return NOON + timedelta(seconds=self.counted - 100.0) + self.wrong_by

    def ask(self) -> datetime:
        self.asked += 1
        if self.is_gone:
            raise Misconfigured("The database server cannot be reached.")
        moment = self.moment
        self.counted += self.answer_takes
        return moment

    def clock(self) -> DatabaseClock:
        return DatabaseClock(self.ask, count=lambda: self.counted)


def test_between_two_answers_the_seconds_are_counted() -> None:
    server = Server()
    clock = server.clock()
    server.counted += 7.5
    assert (clock.now(), server.asked) == (NOON + 7.5 * SECOND, 1)


def test_it_is_never_ahead_of_the_server() -> None:
    server = Server()
    server.answer_takes = 0.8
    clock = server.clock()
    for _ in range(100):
        server.counted += 1.7
        assert timedelta(0) <= server.moment - clock.now() <= 1.6 * SECOND


def test_a_server_whose_clock_is_set_is_followed_either_way() -> None:
    server = Server()
    clock = server.clock()
    for jump in (HOUR, -HOUR):
        server.wrong_by += jump
        server.counted += ASKED_EVERY_SECONDS
        assert clock.now() == server.moment


def test_a_server_that_does_not_answer_stops_no_clock_and_is_not_asked_all_the_time() -> None:
    server = Server()
    clock = server.clock()
    server.is_gone = True
    server.counted += ASKED_EVERY_SECONDS
    assert [clock.now() for _ in range(3)] == [server.moment] * 3
    assert server.asked == 2


def test_an_engine_on_postgresql_goes_by_the_clock_of_the_server(postgres_url: str, sqlite_url: str) -> None:
    engine = open_engine(Settings(database=postgres_url))
    assert isinstance(engine.store, SqlStore)
    assert isinstance(engine.clock, DatabaseClock)
    with engine.store.engine.connect() as connection:
        for _ in range(20):
            ours = engine.clock.now()
            theirs: datetime = connection.scalar(sa.select(sa.func.clock_timestamp()))  # type: ignore[assignment]
            assert ours <= theirs
    engine.store.close()
    assert isinstance(open_engine(Settings(database=sqlite_url)).clock, SystemClock)
