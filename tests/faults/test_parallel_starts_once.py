"""Messages that begin a case together and come at the same moment: one case begins, and none of them is missed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from engine.actor import SYSTEM
from engine.clock import FixedClock
from engine.definition import Bundle, Package
from engine.ports import Unit
from tests.builders import NOON
from tests.commands.house import NORTH
from tests.commands.test_parallel_starts import ALL, BEHIND

from .installation import engine_on

ROUNDS = 15


@pytest.mark.parametrize("package", [ALL, BEHIND], ids=["start event", "gateway"])
def test_messages_of_one_key_that_come_at_once_begin_one_case_together(sql_url: str, package: Package) -> None:
    barrier = Barrier(2)
    with engine_on(sql_url, FixedClock(NOON)) as engine, ThreadPoolExecutor(2) as both:
        with engine.store.write() as work:
            work.people.put_unit(Unit(NORTH, "North"))
            work.commit()
        engine.deploy(SYSTEM, Bundle((package,)))

        def send(name: str, person: str) -> None:
            barrier.wait(timeout=60)
            payload = {"text": name, "person": person}
            engine.send_message(SYSTEM, name, key={"person": person}, payload=payload, unit=NORTH)

        for number in range(ROUNDS):
            for one in [both.submit(send, name, f"p{number}") for name in ("application", "consent")]:
                one.result(timeout=60)
        engine.deliver_pending()
        begun = engine.cases(SYSTEM, limit=100).rows
        data = [engine.case(SYSTEM, case.id).data for case in begun]
    assert sorted((str(one["k"]), one["x"], one["y"]) for one in data) == sorted(
        (f"p{number}", "application", "consent") for number in range(ROUNDS)
    )
