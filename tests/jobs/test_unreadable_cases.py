"""Jobs of a case that this release cannot read, one of a newer release say: they are left to it, and hold up nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from threading import Event

import pytest

from engine import feel
from engine.actor import SYSTEM
from engine.background.embedded import LONGEST_SLEEP_SECONDS, Worker
from engine.case import Case
from engine.commands.jobs import PUT_OFF
from engine.handlers import Inputs
from engine.ids import UserId
from engine.job_handlers import JobDesk
from engine.jobs.attempts import PAUSE_AFTER_FAILURE
from engine.jobs.running import SLOTS, JobRunner
from engine.ports import Store, User
from tests.jobs.test_running import wait_until

from .office import Office, installed

NEWER, OURS = '"format":99', '"format":2'
SECOND = timedelta(seconds=1)


def double(inputs: Inputs, desk: JobDesk) -> feel.Value:
    number = inputs["number"]
    assert isinstance(number, Decimal)
    return number * 2


@pytest.fixture
def office(store: Store) -> Office:
    with installed(double, "away"):
        return Office(store)


def state_becomes(office: Office, case: Case, before: str, after: str) -> None:
    with office.store.write() as work:
        locked = work.cases.lock(case.id)
        assert locked is not None
        assert before in locked.state
        now = replace(locked.case, revision=locked.case.revision + 1)
        work.cases.save(now, locked.state.replace(before, after), locked.data, was=locked)
        work.commit()


def pass_time(office: Office, time: timedelta) -> None:
    office.fixed.move_to(office.fixed.now() + time)


def test_a_job_that_was_left_behind_holds_no_other_up(store: Store) -> None:
    """It was tried for the last time: to give it up takes a step of its case."""
    with installed(double, "away"):
        office = Office(store, retries="1")
    stuck = office.start(1)
    (lost,) = office.engine.take_jobs(worker="killed", lease=SECOND * 30, limit=1)
    state_becomes(office, stuck, OURS, NEWER)
    pass_time(office, SECOND * 31)
    good, worker = office.start(2), Worker(office.engine)
    with installed(double):
        for _ in range(2):
            worker.work_once()
        wait_until(lambda: office.got(good) == 4)
    assert office.the_job(stuck).is_held(lost.fence, SYSTEM.id)
    assert worker.round(Event()) == LONGEST_SLEEP_SECONDS
    state_becomes(office, stuck, NEWER, OURS)
    pass_time(office, PAUSE_AFTER_FAILURE + SECOND)
    worker.work_once()
    assert office.incidents(stuck) == ["job-failed"]


def test_a_job_is_not_done_whose_end_could_not_be_told(office: Office) -> None:
    stuck = [office.start(1) for _ in range(SLOTS + 1)]
    for case in stuck:
        state_becomes(office, case, OURS, NEWER)
    pass_time(office, SECOND)
    good, done, runner = office.start(2), [], JobRunner(office.engine)

    def noted(inputs: Inputs, desk: JobDesk) -> feel.Value:
        done.append(desk.case_number)
        return double(inputs, desk)

    with installed(noted):
        for _ in range(2):
            runner.run_due(10)
            runner.wait(10)
        assert (done, office.got(good)) == ([good.number], 4)
        assert [office.the_job(case).attempts for case in stuck] == [0] * len(stuck)
        for case in stuck:
            state_becomes(office, case, NEWER, OURS)
        pass_time(office, PUT_OFF)
        for _ in range(2):
            runner.run_due(10)
            runner.wait(10)
    assert [office.got(case) for case in stuck] == [2] * len(stuck)
    assert len(done) == len(stuck) + 1


def test_another_system_gets_none_whose_end_could_not_be_told() -> None:
    office = Office(topic="letters")
    office.robot("letters")
    with office.store.read() as work:
        robot = work.people.user(UserId("robot-1"))
    assert isinstance(robot, User)
    stuck, good = office.start(1), office.start(2)
    state_becomes(office, stuck, OURS, NEWER)
    fetched = office.engine.fetch_jobs(robot.as_actor(), {"letters"}, worker="w", lease=SECOND, limit=10)
    assert [job.case_id for job in fetched] == [good.id]


def test_tidying_that_fails_holds_up_no_job(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> int:
        raise ValueError("a message that cannot be read")

    monkeypatch.setattr(office.engine, "forget_messages", fails)
    case = office.start(2)
    with installed(double):
        Worker(office.engine).work_once()
        wait_until(lambda: office.got(case) == 4)
