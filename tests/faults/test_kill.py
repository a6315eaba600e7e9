"""The server is killed at any moment and started again: what was acknowledged is there, and nothing is half done."""

from __future__ import annotations

import os
import random
from datetime import timedelta
from pathlib import Path
from threading import Event

from engine.clock import FixedClock, SystemClock

from .installation import CLERKS, engine_on, install, serving
from .keeping import require_every_message_delivered, require_just_what_was_acknowledged, require_whole
from .long_run import times
from .traffic import Memory, Traffic

KILLS = times(6, 1_000)


def test_a_killed_server_forgets_nothing_it_said_and_leaves_nothing_half_done(sql_url: str, tmp_path: Path) -> None:
    seed = int(os.environ.get("STEGVIS_TEST_SEED", random.SystemRandom().randrange(10**6)))
    print(f"STEGVIS_TEST_SEED={seed} gives the same people and moments again")
    install(sql_url)
    memory = work_while_the_server_dies(sql_url, tmp_path / "server.log", random.Random(seed))
    assert memory.surprises == []
    assert memory.interrupted > 0

    with engine_on(sql_url) as engine:
        require_whole(engine, memory)
    with engine_on(sql_url, FixedClock(SystemClock().now() + timedelta(hours=1))) as engine:
        engine.deliver_pending(limit=10_000)
        engine.fire_due(limit=10_000)
        require_whole(engine, memory)
        require_every_message_delivered(engine, memory)
    report(memory)


def test_what_was_not_answered_is_sent_again_and_done_once(sql_url: str, tmp_path: Path) -> None:
    """Nobody has to look what became of a request: who sends it again, with its key, loses nothing and does nothing twice."""
    seed = int(os.environ.get("STEGVIS_TEST_SEED", random.SystemRandom().randrange(10**6)))
    print(f"STEGVIS_TEST_SEED={seed} gives the same people and moments again")
    install(sql_url)
    memory = work_while_the_server_dies(sql_url, tmp_path / "server.log", random.Random(seed), insists=True)
    assert memory.interrupted > 0
    require_just_what_was_acknowledged(sql_url, memory)
    report(memory)


def report(memory: Memory) -> None:
    """Say what was looked at: `make faults` shows it."""
    print(
        f"{KILLS} kills, {memory.acknowledged} writes acknowledged, {memory.interrupted} interrupted: none lost, none doubled"
    )


def work_while_the_server_dies(url: str, log: Path, rng: random.Random, *, insists: bool = False) -> Memory:
    """Kill the server again and again, each time between the beginning of some request and a few milliseconds later."""
    never = Event()
    with serving(url, log) as server:
        traffic = Traffic(server, CLERKS, rng.randrange(10**6), insists=insists)
        traffic.begin()
        try:
            for _ in range(KILLS):
                traffic.wait_for_requests(rng.randint(15, 60))
                never.wait(timeout=rng.random() * 0.03)
                traffic.server_is(up=False)
                server.kill()
                server.start()
                traffic.server_is(up=True)
            traffic.wait_for_requests(15)
        finally:
            traffic.end()
        assert "unexpected error" not in server.log, server.log
        assert "failed" not in server.log, server.log
    return traffic.memory
