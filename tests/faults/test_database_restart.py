"""PostgreSQL is stopped and started under people's hands: they are refused for a moment, and nothing is lost."""

from __future__ import annotations

import random
from pathlib import Path
from threading import Event

from tests.databases import PostgresServer

from .installation import CLERKS, install, serving
from .keeping import require_just_what_was_acknowledged
from .long_run import times
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
    assert traffic.memory.refused > 0
    assert traffic.memory.completed
    require_just_what_was_acknowledged(postgres_url, traffic.memory)
