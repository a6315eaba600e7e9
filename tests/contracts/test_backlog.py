"""How much waits, counted the same in every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.case import CaseStatus, IncidentState
from engine.ids import CaseId, Token
from engine.job import Job, JobState
from engine.ports import Backlog, LateJobs, Queue, Store
from engine.wait import Delivery
from tests.builders import NOON, a_case, a_message, a_timer, an_incident
from tests.contracts.stored import with_cases
from tests.contracts.test_starts import a_start

HOUR = timedelta(hours=1)
ONE = CaseId("case-1")
JOB = Job("j1", ONE, Token("t1"), "call", "key", {}, NOON - HOUR, NOON - HOUR, handler="http")


def counted(store: Store) -> Backlog:
    with store.read() as work:
        return work.backlogs.count(NOON)


def test_where_nothing_waits_all_is_nought(store: Store) -> None:
    with_cases(store)
    assert counted(store) == Backlog()


def test_timers_of_active_cases_count_from_when_they_are_due(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2", status=CaseStatus.SUSPENDED))
    with store.write() as work:
        for token, due in (("t1", NOON), ("t2", NOON - HOUR), ("t3", NOON + HOUR)):
            work.waits.open(a_timer(token=token, due=due))
        work.waits.open(a_timer("case-2", due=NOON - 2 * HOUR))
        work.commit()
    assert counted(store) == Backlog(timers=Queue(2, NOON - HOUR))


def test_starts_count_from_when_they_are_due(store: Store) -> None:
    with_cases(store)
    with store.write() as work:
        work.starts.replace("pathway", [a_start(element="a", due=NOON - HOUR), a_start(element="b", due=NOON + HOUR)])
        work.commit()
    assert counted(store) == Backlog(starts=Queue(1, NOON - HOUR))


def test_jobs_count_while_they_wait_and_are_due_in_active_cases(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2", status=CaseStatus.SUSPENDED))
    later, asleep = (
        replace(JOB, id="j2", token=Token("t2"), due_at=NOON + HOUR),
        replace(JOB, id="j3", case_id=CaseId("case-2")),
    )
    taken = replace(JOB, id="j4", token=Token("t4"), state=JobState.TAKEN, locked_until=NOON + HOUR)
    outside = replace(JOB, id="j5", token=Token("t5"), handler="", topic="letters", due_at=NOON - 2 * HOUR)
    with store.write() as work:
        for job in (JOB, later, asleep, taken, outside):
            work.jobs.add(job)
        work.commit()
    assert counted(store) == Backlog(jobs=Queue(1, NOON - HOUR), topic_jobs=Queue(1, NOON - 2 * HOUR))


def test_jobs_that_are_late_are_told_by_what_they_wait_for(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2", status=CaseStatus.SUSPENDED))
    late = [
        JOB,
        replace(JOB, id="j2", token=Token("t2"), due_at=NOON - 3 * HOUR),
        replace(JOB, id="j3", token=Token("t3"), handler="", topic="letters"),
        replace(JOB, id="j4", token=Token("t4"), handler="call"),
    ]
    others = [
        replace(JOB, id="j5", token=Token("t5"), due_at=NOON),
        replace(JOB, id="j6", case_id=CaseId("case-2")),
        replace(JOB, id="j7", token=Token("t7"), state=JobState.TAKEN, locked_until=NOON + HOUR),
    ]
    with store.write() as work:
        for job in (*late, *others):
            work.jobs.add(job)
        work.commit()
    with store.read() as work:
        assert list(work.backlogs.late_jobs(NOON)) == [
            LateJobs("call", False, 1, NOON - HOUR),
            LateJobs("http", False, 2, NOON - 3 * HOUR),
            LateJobs("letters", True, 1, NOON - HOUR),
        ]
        assert list(work.backlogs.late_jobs(NOON - 3 * HOUR)) == []


def test_deliveries_count_until_they_are_finished_and_not_while_their_case_is_suspended(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2", status=CaseStatus.SUSPENDED))
    sent = [Delivery("message-1", ONE, Token(token)) for token in ("t1", "t2")]
    with store.write() as work:
        work.waits.add_message(a_message())
        for delivery in (*sent, Delivery("message-1", CaseId("case-2"), Token("t1"))):
            work.waits.add_delivery(delivery)
        work.waits.finish_delivery(sent[0], NOON)
        work.commit()
    assert counted(store) == Backlog(deliveries=Queue(1))


def test_incidents_count_while_they_are_open(store: Store) -> None:
    with_cases(store)
    with store.write() as work:
        work.incidents.add(an_incident("i1", opened_at=NOON))
        work.incidents.add(an_incident("i2", opened_at=NOON - HOUR))
        work.incidents.add(an_incident("i3", opened_at=NOON - 2 * HOUR, state=IncidentState.RESOLVED))
        work.commit()
    assert counted(store) == Backlog(incidents=Queue(2, NOON - HOUR))


def test_messages_count_that_nobody_has_received_yet_and_that_are_lost(store: Store) -> None:
    with_cases(store)
    with store.write() as work:
        for name in ("met", "waiting", "expired", "lost"):
            sent = NOON - 2 * HOUR
            expires = NOON - HOUR if name in ("expired", "lost") else NOON + HOUR
            work.waits.add_message(a_message(name, sent_at=sent, expires_at=expires, is_lost=name == "lost"))
        work.waits.add_delivery(Delivery("met", ONE, Token("t1")))
        work.waits.finish_delivery(Delivery("met", ONE, Token("t1")), NOON)
        work.commit()
    lost = waiting = Queue(1, NOON - 2 * HOUR)
    assert counted(store) == Backlog(unmatched_messages=waiting, lost_messages=lost)


def test_counting_stops_where_it_would_take_long(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for where in ("sql", "memory"):
        monkeypatch.setattr(f"engine.storage.{where}.backlog.MOST_COUNTED", 2)
    with_cases(store)
    with store.write() as work:
        for number in range(3):
            work.waits.open(a_timer(token=f"t{number}", due=NOON - number * HOUR))
        work.commit()
    assert counted(store) == Backlog(timers=Queue(2, NOON - 2 * HOUR))
