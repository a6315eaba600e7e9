"""A job in a process of its own: one at a time, given back when it is told to stop, and no loss when it cannot begin."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from engine.background import apart
from engine.background.apart import Apart
from engine.bootstrap import do_job
from engine.job import JobState
from engine.settings import Settings
from tests.faults.errands import errands_on
from tests.jobs.http_peers import Heard, Reply, http_peer

from .house import wait_until


def die(job_id: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_ends_its_process_ends_nothing_else_and_another_may_begin() -> None:
    aside = Apart(die)
    assert not aside.is_busy
    aside.begin("a job")
    wait_until(lambda: not aside.is_busy)
    aside.begin("another")
    aside.end(60.0)
    assert not aside.is_busy


def test_one_that_cannot_begin_is_not_begun_again_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aside = Apart(partial(do_job, Settings(database=str(tmp_path / "none.db"))))
    aside.begin("a job")
    aside.end(60.0)
    assert aside.is_busy
    monkeypatch.setattr(apart, "PAUSE_SECONDS", 0.0)
    assert not aside.is_busy


@pytest.mark.parametrize("is_stopped", [False, True], ids=["done", "stopped"])
def test_a_job_is_done_apart_or_given_back(sql_url: str, *, is_stopped: bool) -> None:
    may_answer = Event()

    def answer(heard: Heard) -> Reply:
        if is_stopped:
            may_answer.wait(60.0)
        return Reply(200, {"Content-Type": "application/json"}, b"4")

    with errands_on(sql_url) as errands, http_peer(answer) as peer:
        case = errands.call(peer, 4)
        job = errands.job(case)
        assert job is not None
        env = {"STEGVIS_DATABASE": sql_url, "STEGVIS_HTTP_HOSTS": peer.plain, "STEGVIS_HTTP_PRIVATE_NETWORKS": "127.0.0.0/8"}
        aside = Apart(partial(do_job, Settings.from_environment(env)))
        aside.begin(job.id)
        wait_until(lambda: len(peer.heard) == 1)
        if is_stopped:
            aside.ask_to_stop()
        aside.end(60.0)
        left = errands.job(case)
        assert (left is None, errands.is_at(case, "z")) == (not is_stopped, not is_stopped)
        if left is not None:
            assert (left.state, left.attempts) == (JobState.WAITING, 0)
        may_answer.set()
