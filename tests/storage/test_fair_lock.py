from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.errors import Misconfigured
from engine.storage.fair_lock import FairLock


def test_those_who_wait_get_the_lock_in_the_order_in_which_they_came() -> None:
    lock = FairLock()
    order: list[int] = []
    waiting = threading.Semaphore(0)

    def take(number: int) -> None:
        waiting.release()
        with lock:
            order.append(number)

    with ThreadPoolExecutor(5) as pool, lock:
        for number in range(5):
            pool.submit(take, number)
            assert waiting.acquire(timeout=60)
            while lock.waiting <= number:
                pass
    assert order == [0, 1, 2, 3, 4]


def test_asking_twice_in_one_thread_is_refused_at_once() -> None:
    lock = FairLock()
    with lock, pytest.raises(RuntimeError, match="already writing"):
        lock.acquire()
    lock.acquire()
    lock.release()


def test_one_who_waits_too_long_is_told_and_leaves_the_queue() -> None:
    lock = FairLock(timeout_seconds=0.01)
    with ThreadPoolExecutor(1) as pool, lock:
        second = pool.submit(lock.acquire)
        with pytest.raises(Misconfigured, match="others were writing"):
            second.result(10)
    assert lock.waiting == 0
    with lock:
        pass
