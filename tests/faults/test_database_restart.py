"""PostgreSQL is stopped and started under people's hands: they are refused for a moment, and nothing is lost."""

from __future__ import annotations

import random
from pathlib import Path
from threading import Event

from tests.databases import PostgresServer

from .installation import CLERKS, engine_on, install, serving
from .long_run import times
from .test_kill import require_nothing_else, require_whole
from .traffic import BACK_WITHIN_SECONDS, Traffic

ROUNDS = times(1, 25)


def test_people_work_on_when_postgresql_was_restarted(
    postgres_server: PostgresServer, postgres_url: str, tmp_path: Path
) -> None:
    rng = random.Random(4711)
    install(postgres_url)
    with serving(postgres_url, tmp_path / "server.log") as server:
        traffic = Traffic(server, CLERKS, rng.randrange(10**6), insists=True)
        traffic.begin()
        try:
            for mode in ("fast", "immediate") * ROUNDS:
                traffic.wait_for_requests(rng.randint(30, 60))
                traffic.database_is(up=False)
                postgres_server.restart(mode)
                traffic.database_is(up=True)
            Event().wait(timeout=BACK_WITHIN_SECONDS)
            traffic.wait_for_requests(60)
        finally:
            traffic.end()
        assert "unexpected error" not in server.log, server.log
    assert traffic.memory.surprises == []
    assert traffic.memory.refused > 0
    assert traffic.memory.completed
    with engine_on(postgres_url) as engine:
        require_whole(engine, traffic.memory)
        require_nothing_else(engine, traffic.memory)
