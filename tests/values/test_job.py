"""Jobs as values: how long they wait between attempts, and who holds them."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from engine import job as jobs
from engine.ids import CaseId, Token, UserId
from engine.job import JITTER, LONGEST_BACK_OFF, SLACK, Job, JobState, RetryPolicy, job_key
from tests.builders import NOON

MINUTE = timedelta(minutes=1)
SOMEBODY = UserId("system")


def a_job(**changes: object) -> Job:
    said = {"id": "job-1", "case_id": CaseId("case-1"), "token": Token("t1"), "element": "a", "key": "k", "inputs": {}}
    return Job(**{**said, "created_at": NOON, "due_at": NOON, "handler": "acme.ring", **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(("failures", "minutes"), [(1, 1), (2, 2), (3, 4), (5, 16)])
def test_the_wait_doubles_with_each_failure(failures: int, minutes: int) -> None:
    assert RetryPolicy(retry_after=MINUTE).back_off(failures, 0.0) == timedelta(minutes=minutes)


def test_the_wait_is_never_shorter_than_said_and_not_much_longer() -> None:
    chance = random.Random(7)  # seed 7
    for failures in range(1, 60):
        wait = RetryPolicy(retry_after=MINUTE).back_off(failures, chance.random())
        least = min(MINUTE * 2 ** min(failures - 1, 20), LONGEST_BACK_OFF)
        assert least <= wait <= least * (1 + JITTER)


def test_the_wait_has_an_end_whatever_is_written() -> None:
    assert RetryPolicy(retry_after=timedelta(days=1)).back_off(90, 0.0) == LONGEST_BACK_OFF


def test_whoever_takes_a_job_holds_it_with_a_fence_of_their_own() -> None:
    taken = jobs.take(a_job(), holder=SOMEBODY, worker="w", now=NOON, lease=MINUTE)
    assert (taken.attempts, taken.fence, taken.locked_until) == (1, 1, NOON + MINUTE)
    assert taken.is_held(1, SOMEBODY)
    assert not taken.is_held(2, SOMEBODY)
    assert not taken.is_held(1, UserId("other"))
    assert not taken.has_lapsed(NOON)
    assert taken.has_lapsed(NOON + MINUTE)


def test_no_lease_goes_far_beyond_what_an_attempt_may_take() -> None:
    short = RetryPolicy(timeout=timedelta(seconds=10))
    taken = jobs.take(a_job(policy=short), holder=SOMEBODY, worker="w", now=NOON, lease=MINUTE)
    assert taken.deadline == NOON + timedelta(seconds=10)
    assert taken.locked_until == taken.deadline + SLACK
    later = jobs.renew(taken, now=NOON + timedelta(seconds=9), lease=MINUTE)
    assert later.locked_until == taken.deadline + SLACK


def test_what_is_given_back_has_not_been_tried_and_yet_has_begun() -> None:
    back = jobs.give_back(jobs.take(a_job(), holder=SOMEBODY, worker="w", now=NOON, lease=MINUTE))
    assert (back.state, back.attempts, back.holder, back.locked_until) == (JobState.WAITING, 0, None, None)
    assert back.has_begun
    assert not a_job().has_begun


def test_the_key_is_the_tokens_and_tells_nothing() -> None:
    key = job_key(CaseId("case-1"), Token("t1"))
    assert key == job_key(CaseId("case-1"), Token("t1"))
    assert key != job_key(CaseId("case-1"), Token("t2"))
    assert key != job_key(CaseId("case-2"), Token("t1"))
    assert "case-1" not in key
