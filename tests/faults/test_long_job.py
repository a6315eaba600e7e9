"""A job that takes many times as long as its lease, while another worker stands ready to take it over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Event

from engine.history import EventType
from tests.jobs.http_peers import Heard, Reply, http_peer

from .errands import errands_on, wait_for
from .long_run import times
from .workers import calling, wait_until, working

LEASE = timedelta(seconds=4)
"""For half a minute, as it is where nothing is set: ten minutes are twenty leases."""
LEASES = times(2, 20)


def test_a_long_job_keeps_its_worker(sql_url: str, tmp_path: Path) -> None:
    may_answer = Event()

    def answer(heard: Heard) -> Reply:
        wait_for(may_answer)
        return Reply(200, {"Content-Type": "application/json"}, b"7")

    with errands_on(sql_url) as errands, http_peer(answer) as peer:
        seconds = round(LEASE.total_seconds())
        with working(*[calling(sql_url, tmp_path / f"worker-{number}.log", peer, lease=seconds) for number in (1, 2)]):
            case = errands.call(peer, 4)
            wait_until(lambda: len(peer.heard) == 1)
            taken = errands.job(case)
            assert taken is not None
            assert taken.locked_until is not None
            enough = taken.locked_until + LEASE * LEASES

            def is_renewed() -> bool:
                job = errands.job(case)
                assert job is not None
                assert (job.fence, job.worker) == (taken.fence, taken.worker), "another has taken it over"
                assert job.locked_until is not None
                return job.locked_until >= enough

            wait_until(is_renewed)
            may_answer.set()
            wait_until(lambda: errands.is_at(case, "z"))
        assert (errands.got(case), len(peer.heard)) == (7, 1)
        (record,) = errands.records()
        assert (record.count(EventType.JOB_COMPLETED), record.count(EventType.JOB_FAILED)) == (1, 0)
