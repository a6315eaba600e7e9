"""The bound on guessing passwords."""

from __future__ import annotations

from datetime import timedelta

import pytest

from api.problems import Problem
from api.throttle import SignInThrottle
from tests.builders import NOON


def fail(throttle: SignInThrottle, name: str, *, times: int) -> None:
    for _ in range(times):
        with throttle.attempt(name, NOON):
            pass


def test_the_pause_doubles_and_ends_at_five_minutes() -> None:
    throttle = SignInThrottle()
    fail(throttle, "karin", times=5)
    now, pauses = NOON, []
    for _ in range(12):
        with pytest.raises(Problem) as refused, throttle.attempt("karin", now):
            pass
        pause = int(refused.value.headers["Retry-After"])
        pauses.append(pause)
        now += timedelta(seconds=pause)
        with throttle.attempt("karin", now):
            pass
    assert pauses == [3, 5, 9, 17, 33, 65, 129, 257, 301, 301, 301, 301]


def test_failures_are_forgotten_after_half_an_hour() -> None:
    throttle = SignInThrottle()
    fail(throttle, "karin", times=5)
    with throttle.attempt("karin", NOON + timedelta(minutes=31)):
        pass
    fail(throttle, "olle", times=5)
    throttle.forget("olle")
    fail(throttle, "olle", times=5)


def test_the_number_of_names_kept_is_bounded() -> None:
    throttle = SignInThrottle()
    fail(throttle, "first", times=5)
    for number in range(10_000):
        fail(throttle, f"name-{number}", times=1)
    fail(throttle, "first", times=1)


def test_only_a_few_passwords_are_checked_or_wait_at_once() -> None:
    throttle = SignInThrottle()
    held = [throttle.attempt(f"name-{number}", NOON) for number in range(2)]
    for attempt in held:
        attempt.__enter__()
    for _ in range(8):
        assert throttle._queue.acquire(blocking=False)
    with pytest.raises(Problem, match="too-many-attempts"), throttle.attempt("one more", NOON):
        pass
    for attempt in held:
        attempt.__exit__(None, None, None)
