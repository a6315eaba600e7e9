from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine import job as jobs
from engine.case import CaseStatus
from engine.errors import Conflict, Rejected
from engine.ids import CaseId, Token, UnitId, UserId
from engine.job import Job, JobState, RetryPolicy
from engine.ports import Store, UnitOfWork
from engine.storage.paging import JobPlace, OutgoingPlace
from tests.builders import NOON, UNIT, a_case
from tests.contracts.stored import change_case, with_cases

SECOND = timedelta(seconds=1)


def a_job(id_: str, token: str = "t1", case: str = "case-1", **changes: object) -> Job:
    said: dict[str, object] = {
        "id": id_,
        "case_id": CaseId(case),
        "token": Token(token),
        "element": "intake.pay",
        "key": "k",
        "inputs": {"sum": 4, "who": "Åsa", "day": {"@": "2025-12-24"}},
        "created_at": NOON,
        "due_at": NOON,
        "handler": "acme.ring",
        "names": {"name": "Ring"},
    }
    return Job(**{**said, **changes})  # type: ignore[arg-type]


def taken(job: Job, *, lease: timedelta = SECOND * 30) -> Job:
    return jobs.take(job, holder=UserId("system"), worker="w-1", now=NOON, lease=lease)


def add(store: Store, *added: Job) -> None:
    with store.write() as work:
        for job in added:
            work.jobs.add(job)
        work.commit()


def ids(found: object) -> list[str]:
    return [job.id for job in found]  # type: ignore[attr-defined]


@pytest.fixture
def ordered(store: Store) -> Store:
    with_cases(store, a_case(), replace(a_case("case-2"), unit=UnitId("south")))
    late = a_job("late", "t2", due_at=NOON + SECOND)
    add(store, late, a_job("now"), a_job("far", "t1", "case-2", due_at=NOON - SECOND))
    add(store, a_job("paying", "t3", handler="", topic="pay"), a_job("ringing", "t2", "case-2", handler="", topic="ring"))
    return store


def test_a_job_is_kept_as_it_is(store: Store) -> None:
    with_cases(store)
    whole = a_job(
        "a",
        policy=RetryPolicy(5, SECOND * 7, SECOND * 90),
        outcome={"result": [None, True, 4]},
        last_error="It fell.",
        traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    )
    add(store, whole, taken(a_job("b", "t2")))
    with store.read() as work:
        assert work.jobs.get("a") == whole
        assert work.jobs.get("b") == taken(a_job("b", "t2"))
        assert work.jobs.get("c") is None
    with store.write() as work:
        work.jobs.save(taken(whole))
        work.commit()
    with store.write() as work:
        assert work.jobs.lock("a") == taken(whole)
        assert ids(work.jobs.of_case(CaseId("case-1"))) == ["a", "b"]


def test_a_token_has_one_job(store: Store) -> None:
    with_cases(store)
    add(store, a_job("a"))
    for again in (a_job("a", "t2"), a_job("b")):
        with store.write() as work, pytest.raises(Conflict):
            work.jobs.add(again)


def test_a_job_goes_with_its_wait(ordered: Store) -> None:
    with ordered.write() as work:
        work.jobs.remove(CaseId("case-1"), Token("t1"))
        work.jobs.remove(CaseId("case-1"), Token("none"))
        work.commit()
    with ordered.read() as work:
        assert ids(work.jobs.of_case(CaseId("case-1"))) == ["late", "paying"]


def test_jobs_for_handlers_are_due_the_longest_due_first(ordered: Store) -> None:
    with ordered.write() as work:
        assert ids(work.jobs.due(NOON, 10)) == ["far", "now"]
        assert ids(work.jobs.due(NOON + SECOND, 2)) == ["far", "now"]
        assert ids(work.jobs.due(NOON, 10, id_="now")) == ["now"]
        assert ids(work.jobs.due(NOON, 10, id_="late")) == []
        assert ids(work.jobs.due(NOON, 10, id_="paying")) == []
        assert work.jobs.next_due() == NOON - SECOND


def test_jobs_that_go_alone_are_found_apart_from_the_others(ordered: Store) -> None:
    tried: dict[str, Any] = {"policy": RetryPolicy(retries=2), "last_error": jobs.LOST.part("en")}
    with ordered.read() as work:
        assert work.jobs.due_alone(NOON) is None
    add(
        ordered,
        a_job("lone", "t4", attempts=1, due_at=NOON - SECOND * 2, **tried),
        a_job("longest", "t5", attempts=1, due_at=NOON - SECOND * 3, **tried),
        a_job("later", "t6", attempts=1, due_at=NOON + SECOND, **tried),
        a_job("first-try", "t7", **tried),
        a_job("failed", "t8", attempts=1, policy=RetryPolicy(retries=2), last_error="It fell."),
        taken(a_job("taken", "t9", due_at=NOON - SECOND * 4, **tried)),
    )
    with ordered.write() as work:
        assert ids(work.jobs.due(NOON, 2, alone=False)) == ["far", "now"]
        assert ids(work.jobs.due(NOON, 9)) == ["longest", "lone", "far", "now", "first-try", "failed"]
        assert {job.id for job in work.jobs.due(NOON, 9) if job.goes_alone} == {"longest", "lone"}
    with ordered.read() as work:
        assert work.jobs.due_alone(NOON) == "longest"
    change_case(ordered, status=CaseStatus.SUSPENDED)
    with ordered.read() as work:
        assert work.jobs.due_alone(NOON) is None


def test_what_is_taken_or_suspended_is_not_due(ordered: Store) -> None:
    with ordered.write() as work:
        work.jobs.save(taken(a_job("now")))
        work.commit()
    change_case(ordered, "case-2", status=CaseStatus.SUSPENDED)
    with ordered.write() as work:
        assert ids(work.jobs.due(NOON, 10)) == []
        assert ids(work.jobs.due_for(None, frozenset({"ring"}), NOON, 10)) == []
        assert work.jobs.next_due() == NOON + SECOND


def test_topics_are_fetched_where_they_are_served(ordered: Store) -> None:
    def fetched(work: UnitOfWork, topics: dict[UnitId, frozenset[str]] | None, *asked: str) -> list[str]:
        return ids(work.jobs.due_for(topics, frozenset(asked), NOON, 10))

    south = UnitId("south")
    with ordered.write() as work:
        assert fetched(work, None, "pay", "ring") == ["paying", "ringing"]
        assert fetched(work, None, "pay") == ["paying"]
        assert fetched(work, {UNIT: frozenset({"pay", "ring"})}, "pay", "ring") == ["paying"]
        assert fetched(work, {south: frozenset({"ring"}), UNIT: frozenset()}, "pay", "ring") == ["ringing"]
        assert fetched(work, {south: frozenset({"ring"})}, "pay") == []
        assert fetched(work, {}, "pay") == []


def test_leases_run_out(ordered: Store) -> None:
    with ordered.write() as work:
        work.jobs.save(taken(a_job("now"), lease=SECOND * 2))
        work.jobs.save(taken(a_job("far", "t1", "case-2"), lease=SECOND))
        work.commit()
    with ordered.read() as work:
        assert ids(work.jobs.lapsed(NOON, 10)) == []
        assert ids(work.jobs.lapsed(NOON + SECOND, 10)) == ["far"]
        assert ids(work.jobs.lapsed(NOON + SECOND * 3, 10)) == ["far", "now"]
        assert ids(work.jobs.lapsed(NOON + SECOND * 3, 1)) == ["far"]
        assert work.jobs.next_due() == NOON + SECOND


def test_jobs_are_listed_in_pages(ordered: Store) -> None:
    with ordered.write() as work:
        work.jobs.save(taken(a_job("now")))
        work.commit()
    with ordered.read() as work:
        first = work.jobs.listed(3)
        assert ids(first.rows) == ["late", "now", "far"]
        rest = work.jobs.listed(3, first.next)
        assert (ids(rest.rows), rest.next) == (["paying", "ringing"], None)
        assert ids(work.jobs.listed(9, units=frozenset({UNIT})).rows) == ["late", "now", "paying"]
        assert ids(work.jobs.listed(9, state=JobState.TAKEN).rows) == ["now"]
        assert ids(work.jobs.listed(9, what="ring").rows) == ["ringing"]
        assert ids(work.jobs.listed(9, what="acme.ring").rows) == ["late", "now", "far"]
        for strange in ("x", OutgoingPlace(1).cursor(), JobPlace(2**63).cursor()):
            with pytest.raises(Rejected):
                work.jobs.listed(9, strange)
