"""Jobs and the rest of what happens to their cases: suspended, taken back, cancelled, told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.actor import SYSTEM
from engine.case import CaseStatus
from engine.case_engine import CaseEngine
from engine.errors import JobLost, NotAllowed, NotPossible
from engine.history import EventType
from engine.ids import TaskId
from engine.job import Job, JobState
from engine.ports import Store
from engine.sentences import sentence
from tests.bpmn.diagrams import end, job, manual, start
from tests.builders import NOON
from tests.commands.house import COACH, House, process

from .office import Office

SECOND = timedelta(seconds=1)


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store, topic="ring")


def fetched(engine: CaseEngine, *, lease: timedelta = SECOND * 30) -> Job:
    (job,) = engine.fetch_jobs(SYSTEM, ["ring"], worker="w-1", lease=lease, limit=5)
    return job


def test_what_came_of_a_job_is_told_when_its_case_goes_on(office: Office) -> None:
    case = office.start()
    job = fetched(office.engine)
    office.engine.suspend_case(SYSTEM, case.id, reason="Wait")
    office.engine.complete_job(SYSTEM, job.id, job.fence, 5)
    assert (office.the_job(case).state, office.paths(case)) == (JobState.ANSWERED, [])
    with pytest.raises(JobLost):
        office.engine.complete_job(SYSTEM, job.id, job.fence, 6)
    assert office.engine.give_up_lapsed_jobs() == 0
    resumed = office.engine.resume_case(SYSTEM, case.id, reason="Go on")
    assert (resumed.status, office.got(case), office.paths(case), office.job(case)) == (CaseStatus.ACTIVE, 5, ["z"], None)


def test_a_suspended_case_has_no_jobs_done_and_failures_wait_too(office: Office) -> None:
    case = office.start()
    job = fetched(office.engine)
    office.engine.suspend_case(SYSTEM, case.id, reason="Wait")
    office.engine.fail_job(SYSTEM, job.id, job.fence, "It fell.", retry_after=timedelta(0))
    assert office.engine.fetch_jobs(SYSTEM, ["ring"], worker="w", lease=SECOND, limit=5) == []
    office.engine.resume_case(SYSTEM, case.id, reason="Go on")
    assert fetched(office.engine).attempts == 2


def test_an_error_that_came_meanwhile_is_caught_when_the_case_goes_on(office: Office) -> None:
    case = office.start()
    job = fetched(office.engine)
    office.engine.suspend_case(SYSTEM, case.id, reason="Wait")
    office.engine.throw_from_job(SYSTEM, job.id, job.fence, "away", "Nobody is there.")
    office.engine.resume_case(SYSTEM, case.id, reason="Go on")
    assert (office.paths(case), office.incidents(case)) == (["w"], [])


def test_what_failed_for_good_meanwhile_is_told_in_both_languages_when_the_case_goes_on(office: Office) -> None:
    case = office.start()
    job = fetched(office.engine)
    office.engine.suspend_case(SYSTEM, case.id, reason="Wait")
    office.engine.fail_job(SYSTEM, job.id, job.fence, sentence("it failed without saying why"), is_final=True)
    office.engine.resume_case(SYSTEM, case.id, reason="Go on")
    incident = office.incident(case)
    assert incident.told("en").endswith("The system that works on ring failed once: it failed without saying why")
    assert incident.told("sv").endswith(
        "Systemet som arbetar med ring misslyckades en gång: den misslyckades utan att säga varför"
    )


def test_a_cancelled_case_takes_its_job_along(office: Office) -> None:
    case = office.start()
    job = fetched(office.engine)
    office.engine.cancel_case(SYSTEM, case.id, reason="No more")
    assert office.job(case) is None
    with pytest.raises(JobLost):
        office.engine.complete_job(SYSTEM, job.id, job.fence, 1)


def test_history_tells_of_a_job_in_words(office: Office) -> None:
    case = office.start()
    job = fetched(office.engine)
    office.engine.fail_job(SYSTEM, job.id, job.fence, "Upptaget", retry_after=SECOND * 60)
    office.fixed.move_to(NOON + SECOND * 60)
    again = fetched(office.engine)
    office.engine.complete_job(SYSTEM, again.id, again.fence, 5)
    told = office.told(case)
    for said in (
        "Ärendet väntar på ett system: “a”.",
        "The case waits for a system: “a”.",
        "Systemet klarade inte “a” (Upptaget). Nytt försök",
        "The system could not do “a” (Upptaget). The next try is at",
        "Systemet gjorde “a” vid försök 2.",
        "The system did “a” at try 2.",
    ):
        assert said in told


def test_a_retry_that_was_asked_for_says_who_failed_and_how_often(office: Office) -> None:
    case = office.start()
    for _ in range(3):
        job = fetched(office.engine)
        office.engine.fail_job(SYSTEM, job.id, job.fence, "It fell.", retry_after=timedelta(0))
    assert "The system that works on ring failed 3 times, the last time so: It fell." in office.incident(case).message
    assert [type_ for type_ in office.events(case.id) if type_ is EventType.JOB_FAILED] == [EventType.JOB_FAILED] * 3


def test_who_works_on_no_such_topic_is_refused(office: Office) -> None:
    office.start()
    with pytest.raises(NotAllowed, match="role worker"):
        office.engine.fetch_jobs(COACH, ["ring"], worker="w", lease=SECOND, limit=1)


def a_house() -> tuple[House, TaskId]:
    ring = job("r", {}, {}, topic="ring")
    house = House(process(start(), manual("a"), ring, manual("b"), end(), "s > a > r > b > e"))
    case = house.start()
    task = house.task(case)
    house.engine.complete_task(COACH, task.id, {})
    return house, task.id


def test_a_task_is_taken_back_while_nobody_has_begun_what_followed() -> None:
    house, task = a_house()
    house.engine.undo_task(COACH, task, reason="Too early")
    with house.store.read() as work:
        found = work.tasks.get(task)
        assert found is not None
        assert found.is_open
        assert list(work.jobs.of_case(found.case_id)) == []
    house.engine.complete_task(COACH, task, {})
    assert fetched(house.engine).attempts == 1


@pytest.mark.parametrize("is_given_back", [True, False])
def test_a_task_is_not_taken_back_once_somebody_has_begun_what_followed(is_given_back: bool) -> None:
    house, task = a_house()
    taken = fetched(house.engine)
    if is_given_back:
        house.engine.release_job(SYSTEM, taken.id, taken.fence)
    with pytest.raises(NotPossible, match="another system has begun"):
        house.engine.undo_task(COACH, task, reason="Too early")
