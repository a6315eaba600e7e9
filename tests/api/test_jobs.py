"""Other systems fetch jobs by topic, hold them and say what came of them; who operates cases sees which there are."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from engine.actor import SYSTEM, Role
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle
from engine.ids import CaseId
from engine.observing import Observer
from engine.storage.memory import MemoryStore
from engine.telemetry.tracing import Traces
from tests.api.conftest import Browser, BrowserOf, a_user
from tests.bpmn.diagrams import boundary, end, error, job, manual, start
from tests.builders import NOON
from tests.commands.house import NUMBER, process

JOBS = "/api/v1/jobs"
CODES = '<error id="broke" errorCode="no-money"/>'


@pytest.fixture(autouse=True)
def packages(engine: CaseEngine, store: MemoryStore) -> None:
    """`billing` has a bill paid; the account `robot` pays in the north, `rosie` rings there."""
    pay = job("pay", {"sum": "count", "day": 'date("2025-02-03")'}, {"receipt": "result.number"}, topic="pay", retries="2")
    parts = (start(), pay, boundary("b", "pay", error("broke")), manual("look"), manual("beg"), end())
    flows = ("s > pay > look > e", "b > beg > e")
    billing = process(*parts, *flows, key="billing", declared=CODES, count=NUMBER, receipt={})
    engine.deploy(SYSTEM, Bundle((billing,)))
    with store.write() as work:
        for name, topic in (("robot", "pay"), ("rosie", "ring")):
            work.people.put_user(a_user(name, unit="north", groups=[topic], role=Role.WORKER))
        work.commit()


@pytest.fixture
def robot(browser_of: BrowserOf) -> Browser:
    return browser_of("robot")


def bill(browser: Browser, count: int = 4, unit: str = "north") -> str:
    answer = browser.post("/api/v1/cases", json={"process": "billing", "unit": unit, "data": {"count": count}})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def fetch(browser: Browser, **asked: object) -> list[dict[str, Any]]:
    answer = browser.post(f"{JOBS}/fetch", json={"topics": ["pay"], "worker": "robot-1", **asked})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def say(browser: Browser, job: dict[str, Any], what: str, **said: object) -> tuple[int, str]:
    answer = browser.post(f"{JOBS}/{job['id']}/{what}", json={"fence": job["fence"], **said})
    return answer.status_code, answer.json().get("code", "") if answer.content else ""


def waiting(browser: Browser, case: str) -> set[str]:
    return {task["element"] for task in browser.get(f"/api/v1/cases/{case}").json()["tasks"] if task["state"] != "completed"}


def test_a_job_is_fetched_held_and_completed(karin: Browser, robot: Browser, engine: CaseEngine) -> None:
    case = bill(karin)
    (job,) = fetch(robot, leaseSeconds=60)
    told = {name: job[name] for name in ("topic", "element", "inputs", "attempt", "retries", "fence")}
    inputs = {"sum": 4, "day": "2025-02-03"}
    assert told == {"topic": "pay", "element": "pay", "inputs": inputs, "attempt": 1, "retries": 2, "fence": 1}
    assert len(job["key"]) == 64
    assert job["lockedUntil"] == (NOON + timedelta(seconds=60)).isoformat().replace("+00:00", "Z")
    assert fetch(robot) == []
    extended = robot.post(f"{JOBS}/{job['id']}/extend", json={"fence": 1, "leaseSeconds": 120}).json()
    assert extended["lockedUntil"] > job["lockedUntil"]
    assert say(robot, job, "complete", result={"number": 7.5}) == (204, "")
    assert waiting(karin, case) == {"look"}
    assert karin.get(f"/api/v1/cases/{case}").json()["data"]["receipt"] == 7.5
    assert say(robot, job, "complete", result={"number": 8}) == (409, "job-lost")
    with engine.store.read() as work:
        assert ("robot", "jobs") in [(access.actor, access.what) for access in work.access_log.of_subject(case)]


def test_a_result_that_breaks_the_schema_is_refused_and_the_job_stays(
    karin: Browser, robot: Browser, engine: CaseEngine
) -> None:
    ask = job("ask", {}, {"count": "result.rooms[1].count"}, topic="pay")
    asking = process(start(), ask, manual("look"), end(), "s > ask > look > e", key="asking", count=NUMBER)
    engine.deploy(SYSTEM, Bundle((asking,)))
    case = str(karin.post("/api/v1/cases", json={"process": "asking", "unit": "north"}).json()["id"])
    (found,) = fetch(robot)
    given = {"fence": found["fence"], "result": {"rooms": [{"count": "many"}]}}
    refused = robot.post(f"{JOBS}/{found['id']}/complete", json=given, headers={"Accept-Language": "sv"})
    answer = refused.json()
    assert (refused.status_code, answer["code"]) == (422, "rejected")
    assert "det är fortfarande ert" in answer["detail"]
    assert [(one["path"], one["text"]) for one in answer["problems"]] == [
        ("/result", "`count` ska vara ett tal, och är en text.")
    ]
    assert "many" not in refused.text
    assert say(robot, found, "extend") == (200, "")
    assert karin.get(f"/api/v1/cases/{case}").json()["incidents"] == []
    assert say(robot, found, "complete", result={"rooms": [{"count": 2}]}) == (204, "")
    assert waiting(karin, case) == {"look"}


def test_a_fetched_job_leads_back_to_the_step_that_ordered_it(karin: Browser, robot: Browser, engine: CaseEngine) -> None:
    bill(karin)
    (untraced,) = fetch(robot)
    assert untraced["traceparent"] == ""
    traces = Traces(InMemorySpanExporter())
    engine.house.observer = Observer(tracer=traces)
    case = bill(karin)
    (found,) = fetch(robot)
    traces.close()
    with engine.store.read() as work:
        (stored,) = work.jobs.of_case(CaseId(case))
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}", found["traceparent"])
    assert found["traceparent"] == stored.traceparent


def test_a_try_that_failed_is_made_again_and_then_is_an_incident(karin: Browser, robot: Browser, clock: FixedClock) -> None:
    case = bill(karin)
    (job,) = fetch(robot)
    assert say(robot, job, "fail", message="The bank is closed.", retryAfterSeconds=600) == (204, "")
    assert fetch(robot) == []
    clock.move_to(NOON + timedelta(minutes=10))
    (again,) = fetch(robot)
    assert (again["id"], again["attempt"], again["fence"], again["key"]) == (job["id"], 2, 2, job["key"])
    assert say(robot, job, "fail", message="Late.") == (409, "job-lost")
    assert say(robot, again, "fail", message="The bank is gone.") == (204, "")
    (incident,) = karin.get(f"/api/v1/cases/{case}").json()["incidents"]
    assert (incident["kind"], incident["attempts"]) == ("job-failed", 2)
    assert "works on pay failed 2 times, the last time so: The bank is gone." in incident["message"]


def test_an_error_is_caught_and_a_failure_for_good_is_not_tried_again(karin: Browser, robot: Browser) -> None:
    first, second = bill(karin), bill(karin)
    one, two = fetch(robot)
    assert say(robot, one, "error", code="no-money", message="It is all gone.") == (204, "")
    assert say(robot, two, "fail", message="There is no such account.", isFinal=True) == (204, "")
    assert waiting(karin, first) == {"beg"}
    assert len(karin.get(f"/api/v1/cases/{second}").json()["incidents"]) == 1


def test_a_job_is_given_back(karin: Browser, robot: Browser) -> None:
    bill(karin)
    (job,) = fetch(robot)
    assert say(robot, job, "release") == (204, "")
    (again,) = fetch(robot)
    assert (again["attempt"], again["fence"]) == (1, 2)
    assert say(robot, job, "release") == (409, "job-lost")


def test_a_lease_that_runs_out_lets_others_have_it(
    karin: Browser, robot: Browser, engine: CaseEngine, clock: FixedClock
) -> None:
    bill(karin)
    (job,) = fetch(robot, leaseSeconds=30)
    clock.move_to(NOON + timedelta(seconds=30))
    assert engine.give_up_lapsed_jobs() == 1
    (again,) = fetch(robot)
    assert again["attempt"] == 2
    assert say(robot, job, "extend") == (409, "job-lost")


def test_only_who_works_on_the_topic_there_gets_it(
    karin: Browser, browser_of: BrowserOf, robot: Browser, store: MemoryStore
) -> None:
    bill(browser_of("sten"), unit="south")
    assert fetch(robot) == []
    bill(karin)
    for who in ("karin", "rosie", "admira"):
        refused = browser_of(who).post(f"{JOBS}/fetch", json={"topics": ["pay"], "worker": "w"})
        assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed"), who
    (job,) = fetch(robot)
    assert say(browser_of("rosie"), job, "complete") == (409, "job-lost")


def test_a_workers_account_sees_nothing_else(karin: Browser, robot: Browser) -> None:
    case = bill(karin)
    assert robot.get(f"/api/v1/cases/{case}").status_code == 404
    assert robot.get("/api/v1/cases").json()["items"] == []
    assert robot.get("/api/v1/tasks").json()["items"] == []
    assert robot.post("/api/v1/cases", json={"process": "billing", "unit": "north", "data": {}}).status_code == 404


def test_what_is_said_holds_no_identity_number(karin: Browser, robot: Browser) -> None:
    bill(karin)
    (job,) = fetch(robot)
    assert say(robot, job, "fail", message="19811218-9876 is not there.") == (422, "rejected")
    assert say(robot, job, "complete", result={"number": "19811218-9876"}) == (422, "rejected")
    assert say(robot, job, "error", code="19811218-9876") == (422, "rejected")
    assert say(robot, job, "complete", result={"number": 1}) == (204, "")
    answer = robot.post(f"{JOBS}/fetch", json={"topics": ["pay"], "worker": "19811218-9876"})
    assert (answer.status_code, answer.json()["problems"][0]["path"]) == (422, "/worker")


def test_who_operates_cases_sees_the_jobs_without_what_they_carry(
    karin: Browser, robot: Browser, browser_of: BrowserOf
) -> None:
    case = bill(karin)
    bill(browser_of("sten"), unit="south")
    fetch(robot)
    (listed,) = browser_of("hedda").get(JOBS).json()["items"]
    told = {name: listed[name] for name in ("caseId", "element", "topic", "handler", "state", "attempts", "worker")}
    assert told == {
        "caseId": case,
        "element": "pay",
        "topic": "pay",
        "handler": "",
        "state": "taken",
        "attempts": 1,
        "worker": "robot-1",
    }
    assert "inputs" not in listed
    every = browser_of("admira")
    assert len(every.get(JOBS).json()["items"]) == 2
    assert len(every.get(f"{JOBS}?state=waiting&what=pay").json()["items"]) == 1
    first = every.get(f"{JOBS}?limit=1").json()
    assert len(every.get(f"{JOBS}?limit=1&cursor={first['next']}").json()["items"]) == 1
    assert browser_of("karin").get(JOBS).json()["code"] == "not-allowed"


def test_a_closed_account_fetches_nothing(karin: Browser, robot: Browser, store: MemoryStore) -> None:
    bill(karin)
    with store.write() as work:
        account = work.people.user(a_user("robot").id)
        assert account is not None
        work.people.put_user(replace(account, is_active=False))
        work.commit()
    assert robot.post(f"{JOBS}/fetch", json={"topics": ["pay"], "worker": "w"}).status_code == 401
