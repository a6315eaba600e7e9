"""Processes are stopped and started one after the other, as for a new release, under people's hands: nobody notices."""

from __future__ import annotations

import random
from contextlib import ExitStack
from pathlib import Path

from .installation import CLERKS, Fleet, install, serving
from .keeping import require_just_what_was_acknowledged
from .long_run import times
from .traffic import Traffic

ROUNDS = times(2, 50)


def test_processes_are_exchanged_one_by_one_and_no_request_is_lost(postgres_url: str, tmp_path: Path) -> None:
    rng = random.Random(4711)
    install(postgres_url)
    with ExitStack() as stack:
        logs = [tmp_path / f"server-{number}.log" for number in (1, 2)]
        servers = [stack.enter_context(serving(postgres_url, log)) for log in logs]
        traffic = Traffic(Fleet(servers), CLERKS, rng.randrange(10**6), insists=True)
        traffic.begin()
        try:
            for _ in range(ROUNDS):
                for server in servers:
                    traffic.wait_for_requests(rng.randint(20, 40))
                    server.stop()
                    traffic.wait_for_requests(20)
                    server.start()
            traffic.wait_for_requests(20)
        finally:
            traffic.end()
        for server in servers:
            assert "unexpected error" not in server.log, server.log
    assert traffic.memory.refused == 0
    require_just_what_was_acknowledged(postgres_url, traffic.memory)
