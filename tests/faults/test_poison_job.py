"""Jobs that always fail, or end the process of their worker, beside good ones: the good ones are done, and the worker lives."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from threading import Event

from engine.history import EventType
from tests.jobs.http_peers import Heard, Reply, http_peer

from .errands import CRASH, errands_on, wait_for
from .long_run import times
from .workers import calling, supervised, wait_until, working

GOOD = times(4, 100)
FAILS, CRASHES, LAST = GOOD, GOOD + 1, GOOD + 2
MODULE = """
import os
import signal

from engine.job_handlers import JobHandler
from engine.jobs import http_request


def run(inputs, desk):
    http_request.HANDLER.run(inputs, desk)
    os.kill(os.getpid(), signal.SIGKILL)


CRASH = JobHandler(run)
"""


def install_crash(folder: Path) -> Path:
    """A folder with the package that brings the handler."""
    about = folder / "crashing-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / "crashing.py").write_text(MODULE, encoding="utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: crashing\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(f"[stegvis.handlers]\n{CRASH} = crashing:CRASH\n", encoding="utf-8")
    return folder


class Beside:
    """The peer: it lets the crash come when two good jobs are under way beside it, and answers no good one before."""

    def __init__(self) -> None:
        self.good: set[int] = set()
        self.are_beside, self.has_crashed, self.is_over = Event(), Event(), Event()

    def __call__(self, heard: Heard) -> Reply:
        number = json.loads(heard.body)["number"]
        if number == FAILS:
            return Reply(500)
        if number == CRASHES:
            wait_for(self.are_beside)
            self.has_crashed.set()
        elif not self.has_crashed.is_set():
            self.good.add(number)
            if len(self.good) > 1:
                self.are_beside.set()
            wait_for(self.is_over)
        return Reply(200, {"Content-Type": "application/json"}, str(number).encode())


def test_poison_jobs_end_as_incidents_and_take_nothing_with_them(sql_url: str, tmp_path: Path) -> None:
    beside = Beside()
    with errands_on(sql_url) as errands, http_peer(beside) as peer:
        worker = calling(sql_url, tmp_path / "worker.log", peer, install_crash(tmp_path / "handlers"), lease=5)
        with supervised(worker):
            crashes, fails = errands.call(peer, CRASHES, "poison"), errands.call(peer, FAILS, "twice")
            good = [errands.call(peer, number, "twice") for number in range(GOOD)]
            wait_until(lambda: errands.incidents(crashes) == errands.incidents(fails) == ["job-failed"])
            wait_until(lambda: all(errands.is_at(case, "z") for case in good))
            last = errands.call(peer, LAST, "twice")
            wait_until(lambda: errands.is_at(last, "z"))
        beside.is_over.set()
        assert [errands.got(case) for case in (*good, last)] == [*range(GOOD), LAST]
        for record in errands.records():
            is_good = record.case.id not in (crashes, fails)
            assert (record.count(EventType.JOB_COMPLETED), len(record.incidents)) == ((1, 0) if is_good else (0, 1))
        assert worker.log.count("worker-started") == 2, "the second try, made apart, ended nothing but itself"


def test_the_last_try_of_a_poison_job_is_made_at_once_beside_a_long_job_and_holds_nothing_up(
    sql_url: str, tmp_path: Path
) -> None:
    may_end = Event()

    def answer(heard: Heard) -> Reply:
        number = json.loads(heard.body)["number"]
        if number == FAILS:  # the long one
            wait_for(may_end)
        return Reply(200, {"Content-Type": "application/json"}, str(number).encode())

    with errands_on(sql_url) as errands, http_peer(answer) as peer:
        worker = calling(sql_url, tmp_path / "worker.log", peer, install_crash(tmp_path / "handlers"))
        poison = errands.call(peer, CRASHES, "poison")
        (lost,) = errands.engine.take_jobs(worker="dead", lease=timedelta(seconds=1), limit=1)
        assert lost.case_id == poison
        long = errands.call(peer, FAILS)
        with working(worker):
            wait_until(lambda: len(peer.heard) == 1)
            wait_until(lambda: errands.incidents(poison) == ["job-failed"])
            quick = errands.call(peer, LAST)
            wait_until(lambda: errands.is_at(quick, "z"))
            held = errands.job(long)
            assert held is not None
            assert held.attempts == 1
            may_end.set()
            wait_until(lambda: errands.is_at(long, "z"))
            assert worker.log.count("worker-started") == 1
