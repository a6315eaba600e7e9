"""Handlers run outside any transaction, once for each job, whoever else runs and whatever becomes of them."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal

import pytest

from engine import feel
from engine.actor import SYSTEM
from engine.errors import JobLost
from engine.handlers import HandlerFailed
from engine.history import EventType
from engine.job import JobState
from engine.job_handlers import JobDesk, NotNow, TemporaryFailure
from engine.jobs.running import JobRunner
from engine.ports import Store
from tests.builders import NOON

from .office import Office, Work, installed

LONG = 60.0
SECOND = timedelta(seconds=1)
ONE = Decimal(1)
Inputs = Mapping[str, feel.Value]


def once(office: Office, work: Work, *errors: str) -> None:
    """Let one runner do what is due now, and wait for it."""
    with installed(work, *errors):
        runner = JobRunner(office.engine)
        runner.run_due(10)
        assert runner.wait(LONG)


@pytest.fixture
def office() -> Office:
    with installed(lambda inputs, desk: None, "away"):
        return Office()


def test_what_the_handler_gives_is_mapped(office: Office) -> None:
    case = office.start(4)
    seen: list[JobDesk] = []

    def work(inputs: Inputs, desk: JobDesk) -> feel.Value:
        seen.append(desk)
        number = inputs["number"]
        assert isinstance(number, Decimal)
        return number + 1

    key = office.the_job(case).key
    once(office, work)
    assert (office.got(case), office.paths(case), office.job(case)) == (5, ["z"], None)
    desk = seen[0]
    assert (desk.key, desk.case_number, desk.element, desk.attempt) == (key, case.number, "a", 1)
    assert desk.deadline == NOON + timedelta(minutes=5)
    assert EventType.JOB_COMPLETED in office.events(case.id)


def test_no_transaction_is_open_while_a_handler_runs(office: Office) -> None:
    first, second = office.start(), office.start()

    def work(inputs: Inputs, desk: JobDesk) -> feel.Value:
        if desk.case_number == first.number:
            office.engine.cancel_case(SYSTEM, second.id, reason="No more")  # on one writer this would wait for ever
        return None

    once(office, work)
    assert office.paths(first) == ["z"]


def test_a_temporary_failure_is_tried_again_after_its_back_off(office: Office) -> None:
    case = office.start()

    def fails(inputs: Inputs, desk: JobDesk) -> feel.Value:
        raise TemporaryFailure("The other side is busy.")

    once(office, fails)
    job = office.the_job(case)
    assert (job.state, job.attempts, job.last_error) == (JobState.WAITING, 1, "The other side is busy.")
    assert NOON + timedelta(seconds=60) <= job.due_at <= NOON + timedelta(seconds=75)
    once(office, lambda inputs, desk: ONE)
    assert office.paths(case) == [], "it is not due yet"
    office.fixed.move_to(job.due_at)
    once(office, lambda inputs, desk: Decimal(desk.attempt))
    assert (office.got(case), office.incidents(case)) == (2, [])
    assert "The other side is busy." in office.told(case)


def test_the_other_side_says_when_to_come_back(office: Office) -> None:
    case = office.start()

    def fails(inputs: Inputs, desk: JobDesk) -> feel.Value:
        raise TemporaryFailure("Too many calls.", retry_after=timedelta(hours=1))

    once(office, fails)
    assert office.the_job(case).due_at == NOON + timedelta(hours=1)


def test_a_job_that_was_not_begun_is_given_back_and_the_try_does_not_count() -> None:
    with installed(lambda inputs, desk: None, "away"):
        office = Office(retries="1")
    case = office.start()

    def waits(inputs: Inputs, desk: JobDesk) -> feel.Value:
        raise NotNow(SECOND)

    for _ in range(3):
        once(office, waits)
        job = office.the_job(case)
        assert (job.state, job.attempts, job.due_at) == (JobState.WAITING, 0, office.fixed.now() + SECOND)
        office.fixed.move_to(job.due_at)
    assert EventType.JOB_FAILED not in office.events(case.id)
    once(office, lambda inputs, desk: Decimal(desk.attempt))
    assert (office.got(case), office.incidents(case)) == (1, [])


def test_a_job_that_is_used_up_is_an_incident_and_an_operator_gives_it_a_new_round(office: Office) -> None:
    case = office.start()
    keys = []

    def breaks(inputs: Inputs, desk: JobDesk) -> feel.Value:
        keys.append(desk.key)
        raise RuntimeError("Ellen Ek, 19811218-9876")

    for _ in range(3):
        once(office, breaks)
        office.fixed.move_to(office.fixed.now() + timedelta(hours=1))
    assert (office.incidents(case), office.job(case)) == (["job-failed"], None)
    assert office.incident(case).attempts == 3
    message = office.incident(case).message
    assert "acme.ring failed 3 times, the last time so: it broke off with RuntimeError" in message
    assert "Ellen" not in message + office.told(case)
    office.engine.retry_incident(SYSTEM, office.incident(case).id)
    assert office.the_job(case).attempts == 0
    once(office, lambda inputs, desk: keys.append(desk.key))
    assert (office.paths(case), office.incidents(case)) == (["z"], [])
    assert len(keys) == 4
    assert len(set(keys)) == 1, "the key outside is the same over all attempts, also after the incident"


def test_a_failure_for_good_is_an_incident_at_once(office: Office) -> None:
    case = office.start()

    def refuses(inputs: Inputs, desk: JobDesk) -> feel.Value:
        raise HandlerFailed("There is no such number.")

    once(office, refuses)
    assert office.incidents(case) == ["job-failed"]
    assert "acme.ring failed once: There is no such number." in office.incident(case).message


def test_a_bpmn_error_is_caught(office: Office) -> None:
    case = office.start()

    def away(inputs: Inputs, desk: JobDesk) -> feel.Value:
        raise HandlerFailed("Nobody is at home.", error="away")

    once(office, away, "away")
    assert (office.paths(case), office.incidents(case)) == (["w"], [])


CUT = "{} … (the rest is left out: it is too long)".format("x" * 400)
LEFT_OUT = "what it said of that holds an identity number and is left out"


@pytest.mark.parametrize("message", ["x" * 501, "Mind 19811218-9876.", " "])
def test_an_error_is_caught_whatever_is_said_with_it(office: Office, message: str) -> None:
    case = office.start()

    def away(inputs: Inputs, desk: JobDesk) -> feel.Value:
        raise HandlerFailed(message, error="away")

    once(office, away, "away")
    assert (office.paths(case), office.incidents(case)) == (["w"], [])
    assert "9876" not in office.told(case)


@pytest.mark.parametrize(("message", "kept"), [("x" * 501, CUT), ("Mind 19811218-9876.", LEFT_OUT), ("x" * 500, "x" * 500)])
@pytest.mark.parametrize("code", ["home", ""])
def test_a_message_that_cannot_stand_gives_way_to_a_note(office: Office, message: str, kept: str, code: str) -> None:
    case = office.start()

    def fails(inputs: Inputs, desk: JobDesk) -> feel.Value:
        raise HandlerFailed(message, error=code)

    once(office, fails, "home")
    incident = office.incident(case)
    assert incident.message.endswith(kept)
    assert ("'home'" in incident.message) is bool(code)
    assert "9876" not in office.told(case) + incident.message_sv
    assert ("utelämnat" in incident.message_sv) is (message != kept)


@pytest.mark.parametrize(
    ("result", "said", "said_sv"),
    [
        ("19811218-9876", "the result holds an identity number", "resultatet innehåller ett identitetsnummer"),
        (feel.compile_expression("[1..3]").evaluate({}), "cannot be kept", "kan inte sparas"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_an_incident(office: Office, result: feel.Value, said: str, said_sv: str) -> None:
    case = office.start()
    once(office, lambda inputs, desk: result)
    assert office.incidents(case) == ["job-failed"]
    assert said in office.incident(case).message
    assert said_sv in office.incident(case).message_sv


def test_a_file_that_a_handler_makes_belongs_to_the_case(office: Office) -> None:
    case = office.start()
    once(office, lambda inputs, desk: desk.keep_file("Beslut.txt", b"Yes."))
    (file,) = office.engine.case_files(SYSTEM, case.id)
    assert (file.name, office.engine.files.get(file.id), office.got(case)) == ("Beslut.txt", b"Yes.", file.id)
    assert EventType.FILE_ADDED in office.events(case.id)


def test_a_file_that_may_not_be_kept_is_an_incident(office: Office) -> None:
    case = office.start()
    once(office, lambda inputs, desk: desk.keep_file("run.exe", b"MZ"))
    assert office.incidents(case) == ["job-failed"]
    assert "Filen tas inte emot. Filer av den sorten tas inte emot." in office.incident(case).message_sv
    assert list(office.engine.case_files(SYSTEM, case.id)) == []


def test_a_handler_that_is_not_installed_here_leaves_the_job_to_others(office: Office) -> None:
    case = office.start()
    runner = JobRunner(office.engine, name="here")
    runner.run_due(1)
    assert runner.wait(LONG)
    assert "not installed on the worker here" in office.the_job(case).last_error
    assert office.incidents(case) == []


def test_a_poison_job_holds_no_other_up(office: Office) -> None:
    poison, good = office.start(13), [office.start(number) for number in range(3)]

    def work(inputs: Inputs, desk: JobDesk) -> feel.Value:
        if inputs["number"] == 13:
            raise SystemExit(3)
        return inputs["number"]

    once(office, work)
    assert [office.got(case) for case in good] == [0, 1, 2]
    assert office.the_job(poison).last_error == "it broke off with SystemExit"


def test_a_handler_that_takes_too_long_is_left_to_itself() -> None:
    with installed(lambda inputs, desk: None, "away"):
        office = Office(timeout="PT1S", retries="1")
    case, end = office.start(), threading.Event()

    def hangs(inputs: Inputs, desk: JobDesk) -> feel.Value:
        end.wait(LONG)
        return ONE

    once(office, hangs)
    assert office.incidents(case) == ["job-failed"]
    assert "took longer than the 1 seconds" in office.incident(case).message
    end.set()
    assert office.got(case) is None


def test_a_long_job_keeps_its_lease(office: Office) -> None:
    case, other = office.start(), JobRunner(office.engine)

    def long(inputs: Inputs, desk: JobDesk) -> feel.Value:
        for _ in range(5):  # ten minutes, if a lease were of minutes
            office.fixed.move_to(office.fixed.now() + SECOND * 0.9)
            reached = office.fixed.now() + SECOND
            wait_until(lambda: office.the_job(case).locked_until == reached)  # noqa: B023  # it is asked at once
            counts = other.run_due(10)
            assert (counts.begun, counts.lapsed) == (0, 0)
        return Decimal(desk.attempt)

    with installed(long):
        runner = JobRunner(office.engine, lease=SECOND * 0.15)
        assert runner.run(office.the_job(case).id)
    assert office.got(case) == 1


def wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(6_000):
        if holds():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it never came about")


def test_the_job_of_a_worker_that_was_killed_is_taken_over_and_the_slow_one_is_refused(office: Office) -> None:
    case = office.start()
    (lost,) = office.engine.take_jobs(worker="killed", lease=SECOND * 30, limit=1)
    once(office, lambda inputs, desk: ONE)
    assert office.paths(case) == []
    office.fixed.move_to(NOON + SECOND * 31)
    once(office, lambda inputs, desk: Decimal(desk.attempt))
    assert office.got(case) == 2
    for late in (
        lambda: office.engine.complete_job(SYSTEM, lost.id, lost.fence, 9),
        lambda: office.engine.fail_job(SYSTEM, lost.id, lost.fence, "It failed."),
        lambda: office.engine.extend_job(SYSTEM, lost.id, lost.fence, lease=SECOND),
        lambda: office.engine.release_job(SYSTEM, lost.id, lost.fence),
    ):
        with pytest.raises(JobLost, match="no longer yours"):
            late()
    assert office.got(case) == 2
    assert "not heard of any more" in office.told(case)


def test_a_job_that_kills_each_worker_ends_as_an_incident(office: Office) -> None:
    case = office.start()
    for _ in range(3):
        assert len(office.engine.take_jobs(worker="killed", lease=SECOND * 30, limit=1)) == 1
        office.fixed.move_to(office.fixed.now() + SECOND * 31)
        assert office.engine.give_up_lapsed_jobs() == 1
    assert office.incidents(case) == ["job-failed"]
    assert office.engine.give_up_lapsed_jobs() == 0


def lose(office: Office, number: int) -> None:
    """Let so many jobs be taken together by a worker that dies."""
    assert len(office.engine.take_jobs(worker="killed", lease=SECOND * 30, limit=10)) == number
    office.fixed.move_to(office.fixed.now() + SECOND * 31)
    assert office.engine.give_up_lapsed_jobs() == number


def test_the_last_attempt_after_a_worker_was_lost_is_made_alone(office: Office) -> None:
    cases = [office.start(number) for number in range(2)]
    lose(office, 2)
    lose(office, 2)
    cases.append(office.start(2))
    together: list[int] = []

    def work(inputs: Inputs, desk: JobDesk) -> feel.Value:
        together.append(runner.run_due(10).begun)
        return inputs["number"]

    with installed(work):
        runner = JobRunner(office.engine)
        for _ in cases:
            assert runner.run_due(10).begun == 1
            assert runner.wait(LONG)
    assert together == [0, 0, 0]
    assert [office.got(case) for case in cases] == [0, 1, 2]


def test_a_job_that_goes_alone_waits_until_its_worker_does_nothing_else(office: Office) -> None:
    end = threading.Event()

    def work(inputs: Inputs, desk: JobDesk) -> feel.Value:
        if inputs["number"] == 0:
            end.wait(LONG)
        return inputs["number"]

    with installed(work):
        runner = JobRunner(office.engine, lease=SECOND * 300)
        cases = [office.start(0)]
        assert runner.run_due(10).begun == 1
        cases.append(office.start(1))
        lose(office, 1)
        lose(office, 1)
        cases.append(office.start(2))
        assert runner.run_due(10).begun == 0
        end.set()
        assert runner.wait(LONG)
        for _ in cases[1:]:
            assert runner.run_due(10).begun == 1
            assert runner.wait(LONG)
    assert [office.got(case) for case in cases] == [0, 1, 2]


class Aside:
    """A place apart that notes what it is given."""

    def __init__(self) -> None:
        self.is_busy = False
        self.told: list[str] = []

    def begin(self, job_id: str) -> None:
        self.is_busy = True
        self.told.append(job_id)

    def ask_to_stop(self) -> None:
        self.told.append("stop")

    def end(self, seconds: float) -> None:
        self.told.append("end")


def test_a_job_that_goes_alone_is_done_apart_where_that_can_be_and_holds_nothing_up(office: Office) -> None:
    lone = [office.start(number) for number in range(2)]
    lose(office, 2)
    lose(office, 2)
    ids = [office.the_job(case).id for case in lone]
    end, aside, others = threading.Event(), Aside(), [office.start(2)]

    def work(inputs: Inputs, desk: JobDesk) -> feel.Value:
        if inputs["number"] == 2:
            end.wait(LONG)
        return inputs["number"]

    with installed(work):
        runner = JobRunner(office.engine, lease=SECOND * 300, apart=aside)
        assert (runner.run_due(1).begun, aside.told) == (2, ids[:1])
        assert runner.next_due() is None
        others.append(office.start(3))
        assert (runner.run_due(10).begun, aside.told) == (1, ids[:1])
        wait_until(lambda: office.got(others[1]) == 3)
        assert JobRunner(office.engine).run(ids[0])
        aside.is_busy = False
        assert (runner.run_due(10).begun, aside.told) == (1, ids)
        end.set()
        runner.stop(LONG)
        aside.is_busy = False
        assert (runner.run_due(10).begun, aside.told) == (0, [*ids, "stop", "end"])
    assert [office.got(case) for case in (lone[0], *others)] == [0, 2, 3]


def test_a_runner_that_stops_gives_back_what_is_not_over(office: Office) -> None:
    case, began, end = office.start(), threading.Event(), threading.Event()

    def hangs(inputs: Inputs, desk: JobDesk) -> feel.Value:
        began.set()
        end.wait(LONG)
        return ONE

    with installed(hangs):
        runner = JobRunner(office.engine)
        runner.run_due(1)
        assert began.wait(LONG)
        runner.stop(0.05)
        assert runner.wait(LONG)
        job = office.the_job(case)
        assert (job.state, job.attempts, job.fence) == (JobState.WAITING, 0, 1)
        assert runner.run_due(1).begun == 0
        assert not runner.run(job.id)
        end.set()
    once(office, lambda inputs, desk: ONE)
    assert office.got(case) == 1


def test_there_is_room_for_so_many_at_a_time(office: Office) -> None:
    for _ in range(3):
        office.start()
    end = threading.Event()

    def waits(inputs: Inputs, desk: JobDesk) -> feel.Value:
        end.wait(LONG)
        return None

    with installed(waits):
        runner = JobRunner(office.engine, slots=2)
        assert runner.next_due() == NOON
        assert (runner.run_due(10).begun, runner.run_due(10).begun) == (2, 0)
        assert runner.next_due() is None
        end.set()
        assert runner.wait(LONG)
        assert runner.run_due(10).begun == 1
        assert runner.wait(LONG)


def test_two_hundred_jobs_are_done_once_each_by_two_runners(store: Store) -> None:
    done: Counter[str] = Counter()
    lock = threading.Lock()

    def work(inputs: Inputs, desk: JobDesk) -> feel.Value:
        with lock:
            done[desk.case_number] += 1
        return inputs["number"]

    with installed(work, "away"):
        office = Office(store)
        cases = [office.start(number) for number in range(200)]
        runners = [JobRunner(office.engine) for _ in range(2)]

        def drain(runner: JobRunner) -> None:
            while office.engine.next_job_due() is not None:
                runner.run_due(10)
                runner.wait(0.01)
            assert runner.wait(LONG)

        threads = [threading.Thread(target=drain, args=(runner,)) for runner in runners]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(300)
    assert done == Counter({case.number: 1 for case in cases})
    assert [office.got(case) for case in cases] == [*range(200)]
