"""Workers that are killed, or stand still, in the middle of something: others take over, and nothing is done twice."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from threading import Event

import psycopg
import pytest

from engine.actor import SYSTEM
from engine.errors import JobLost
from engine.history import EventType
from engine.job import Job
from tests.jobs.http_peers import Heard, Peer, Reply, http_peer

from .errands import Errands, errands_on, wait_for
from .long_run import times
from .workers import Worker, calling, wait_until, working

KILLS = times(3, 100)
TIMERS_A_KILL = 30


class Hesitant:
    """A system on loopback that answers the first call when it may, and the others at once: with how many came before."""

    def __init__(self) -> None:
        self.may_answer = Event()
        self._numbers = count()

    def __call__(self, heard: Heard) -> Reply:
        number = next(self._numbers)
        if number == 0:
            wait_for(self.may_answer)
        return Reply(200, {"Content-Type": "application/json"}, str(number).encode())

    @contextmanager
    def listening(self) -> Iterator[Peer]:
        with http_peer(self) as peer:
            yield peer
            self.may_answer.set()


def test_the_job_of_a_killed_worker_is_done_by_another(sql_url: str, tmp_path: Path) -> None:
    hesitant = Hesitant()
    with errands_on(sql_url) as errands, hesitant.listening() as peer:
        first, second = (calling(sql_url, tmp_path / f"worker-{number}.log", peer) for number in (1, 2))
        with working(first):
            case = errands.call(peer, 4)
            wait_until(lambda: len(peer.heard) == 1)
            lost = errands.job(case)
        assert lost is not None
        with working(second):
            wait_until(lambda: errands.is_at(case, "z"))
        require_done_once(errands, peer, lost)


def test_a_worker_that_stood_still_comes_too_late_for_its_job(sql_url: str, tmp_path: Path) -> None:
    hesitant = Hesitant()
    with errands_on(sql_url) as errands, hesitant.listening() as peer:
        first, second = (calling(sql_url, tmp_path / f"worker-{number}.log", peer) for number in (1, 2))
        with working(first):
            case = errands.call(peer, 4)
            wait_until(lambda: len(peer.heard) == 1)
            lost = errands.job(case)
            assert lost is not None
            pause_between_steps(first, sql_url)
            with working(second):
                wait_until(lambda: errands.is_at(case, "z"))
                hesitant.may_answer.set()
                first.go_on()
                wait_until(lambda: "job-lost" in first.log)
                require_done_once(errands, peer, lost)


def require_done_once(errands: Errands, peer: Peer, lost: Job) -> None:
    """The case has the answer to a later call, which had the same key; whoever had the job first is refused."""
    for late in (
        lambda: errands.engine.complete_job(SYSTEM, lost.id, lost.fence, 9),
        lambda: errands.engine.fail_job(SYSTEM, lost.id, lost.fence, "It failed."),
        lambda: errands.engine.extend_job(SYSTEM, lost.id, lost.fence, lease=lost.policy.timeout),
    ):
        with pytest.raises(JobLost):
            late()
    assert {heard.headers["Idempotency-Key"] for heard in peer.heard} == {lost.key}
    assert errands.got(lost.case_id) == len(peer.heard) - 1 > 0
    (record,) = errands.records()
    assert record.count(EventType.JOB_COMPLETED) == 1
    assert record.count(EventType.TASK_CREATED) == 1
    assert record.incidents == ()
    failures = record.events(EventType.JOB_FAILED)
    assert ["not heard of any more" in str(told.payload["message"]) for told in failures] == [True] * (len(peer.heard) - 1)


def pause_between_steps(worker: Worker, url: str) -> None:
    """Let it stand still where it holds nothing that others need: what it held they would wait for, as they must."""

    def stands() -> bool:
        worker.pause()
        if nobody_writes(url):
            return True
        worker.go_on()
        return False

    wait_until(stands)


def nobody_writes(url: str) -> bool:
    """Whether no transaction is open on the database."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            return True
    with psycopg.connect(url, autocommit=True) as other:
        open_ = (
            "SELECT count(*) FROM pg_stat_activity WHERE xact_start IS NOT NULL AND pid <> pg_backend_pid() AND datname = %s"
        )
        row = other.execute(open_, [other.info.dbname]).fetchone()
    return row == (0,)


def test_timers_fire_once_each_while_their_workers_are_killed(sql_url: str, tmp_path: Path) -> None:
    """At any moment, so in the middle of steps too."""
    rng, never = random.Random(4711), Event()
    with errands_on(sql_url) as errands:
        workers = [Worker(sql_url, tmp_path / f"worker-{number}.log") for number in (1, 2)]
        cases = errands.start("timed", times=KILLS * TIMERS_A_KILL)
        with working(*workers):
            for kill in range(KILLS):
                some = cases[kill * TIMERS_A_KILL : (kill + 1) * TIMERS_A_KILL]
                errands.let_timers_come_due(some, errands.engine.clock.now())
                wait_until(lambda some=some: errands.done(some) >= 3)  # type: ignore[misc]  # it is asked at once
                never.wait(timeout=rng.random() * 0.03)
                workers[kill % 2].kill()
                workers[kill % 2].begin()
            wait_until(lambda: errands.done(cases) == len(cases))
        errands.require_each_once(EventType.TIMER_FIRED)


def test_a_step_whose_worker_is_killed_half_way_is_taken_once(postgres_url: str, tmp_path: Path) -> None:
    with errands_on(postgres_url) as errands:
        cases = errands.start("timed", times=3)
        worker = Worker(postgres_url, tmp_path / "worker.log")
        with working(worker), psycopg.connect(postgres_url, autocommit=True) as other:
            with psycopg.connect(postgres_url) as holder:
                holder.execute("LOCK TABLE history_event IN SHARE MODE")  # a step gets so far, and no further
                errands.let_timers_come_due(cases, errands.engine.clock.now())
                stuck = "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = 'history_event'::regclass"
                wait_until(lambda: other.execute(stuck).fetchone() == (True,))
                worker.kill()
            worker.begin()
            wait_until(lambda: errands.done(cases) == len(cases))
        errands.require_each_once(EventType.TIMER_FIRED)
