"""Demonstrations: invented people and cases that end lately, and that are made once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.commands.sessions import sign_in
from engine.definition import Bundle
from engine.demo import DemoCase, DemoResult, check_demos, guide, install_demo, read_demos
from engine.demo.dates import Story, stories
from engine.errors import NotPossible, Rejected
from engine.ids import UnitId, UserId
from engine.ports import Store
from engine.queries import CaseFilter
from engine.settings import EngineSettings
from engine.storage.memory import MemoryStore

from .conftest import a_scenario

BASE = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
SETTINGS = EngineSettings()


@pytest.fixture
def deployed(purchase: Bundle) -> MemoryStore:
    store = MemoryStore()
    CaseEngine(store, clock=FixedClock(BASE), settings=SETTINGS).deploy(SYSTEM, purchase)
    return store


def install(store: Store, bundle: Bundle) -> DemoResult:
    return install_demo(store, bundle, base=BASE, settings=SETTINGS)


def with_demo(bundle: Bundle, text: str) -> Bundle:
    packages = tuple(
        replace(package, files={**package.files, "demo.yaml": text.encode()}) if package.kind == "process" else package
        for package in bundle.packages
    )
    return Bundle(packages)


def test_people_can_sign_in_with_the_password_of_the_file(deployed: MemoryStore, purchase: Bundle) -> None:
    install(deployed, purchase)
    found = sign_in(deployed, "mona", "try-it", now=BASE)
    assert found is not None
    assert found[0].actor.groups_in(found[0].actor.memberships[0].unit) == {"manager"}


def test_cases_stand_where_their_scenarios_left_them(deployed: MemoryStore, purchase: Bundle) -> None:
    result = install(deployed, purchase)

    assert (result.users_added, result.units_added, result.cases_added) == (4, 1, 3)
    with deployed.read() as work:
        counts = work.queries.counts()
    assert (counts["cases"], counts["open_tasks"], counts["open_incidents"]) == (3, 2, 0)


def test_the_last_step_lies_in_the_week_before_the_base_and_nothing_after_it(deployed: MemoryStore, purchase: Bundle) -> None:
    install(deployed, purchase)
    cases = CaseEngine(deployed, clock=FixedClock(BASE)).cases(SYSTEM).rows
    with deployed.read() as work:
        times = [event.at for case in cases for event, _ in work.histories.of_case(case.id)]
    assert max(times) <= BASE
    assert BASE - max(times) < timedelta(weeks=1)


def test_each_history_moves_forward_in_time_and_is_whole(deployed: MemoryStore, purchase: Bundle) -> None:
    install(deployed, purchase)
    engine = CaseEngine(deployed, clock=FixedClock(BASE))
    for case in engine.cases(SYSTEM).rows:
        entries = engine.history(SYSTEM, case.id)
        assert all(one.event.at <= other.event.at for one, other in pairwise(entries))
        assert engine.verify_history(SYSTEM, case.id) is None


def test_people_of_the_unit_do_the_work(deployed: MemoryStore, purchase: Bundle) -> None:
    install(deployed, purchase)
    with deployed.read() as work:
        actors = {
            event.actor
            for case in work.queries.cases(CaseFilter(UserId(""), None)).rows
            for event, _ in work.histories.of_case(case.id)
        }
    assert {UserId("rut"), UserId("mona"), UserId("bo")} <= actors


def test_twice_changes_nothing_and_keeps_what_people_changed(deployed: MemoryStore, purchase: Bundle) -> None:
    install(deployed, purchase)
    with deployed.write() as work:
        user = work.people.user(UserId("rut"))
        assert user is not None
        work.people.put_user(replace(user, full_name="Changed by an administrator"))
        work.commit()

    again = install(deployed, purchase)

    assert (again.users_added, again.units_added, again.cases_added) == (0, 0, 0)
    assert "nothing was changed" in guide(again, "http://here")
    with deployed.read() as work:
        changed = work.people.user(UserId("rut"))
    assert changed is not None
    assert changed.full_name == "Changed by an administrator"


def test_what_a_demonstration_broke_off_is_made_the_next_time(deployed: MemoryStore, purchase: Bundle) -> None:
    one = purchase.of_kind("process")[0].files["demo.yaml"].decode()
    shorter = one[: one.index("  - {scenario: refused")]
    assert install(deployed, with_demo(purchase, shorter)).cases_added == 2
    assert install(deployed, purchase).cases_added == 1


def test_the_guide_tells_where_to_go_who_to_be_and_what_to_try(deployed: MemoryStore, purchase: Bundle) -> None:
    text = guide(install(deployed, purchase), "http://here:8080")
    assert "Open http://here:8080 and sign in as mona with the password try-it." in text
    assert "Rut Request: requester in workshop" in text
    assert "Ada Auditor: auditor" in text


def test_a_storys_own_dates_move_along_and_others_stay() -> None:
    scenario = a_scenario("process: p\nstart: {at: 2025-03-10T09:00, unit: u}\nsteps: []")
    story = Story(scenario, timedelta(weeks=1))
    assert story.shift(
        {"from": "2025-03-17", "at": ["2025-03-17T10:00:00"], "born": "1990-03-17", "text": "2025-03-17 or so", "n": 1}
    ) == {"from": "2025-03-24", "at": ["2025-03-24T10:00:00"], "born": "1990-03-17", "text": "2025-03-17 or so", "n": 1}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("user: []", "Did you mean 'users'?"),
        ("users: [{name: a, fullName: A}]", "'password' is missing"),
        ("users: [{name: a, fullName: A, password: x, roles: [boss]}]", "there is no role 'boss'"),
        ("cases: [{scenario: small, unit: u, at: soon}]", "'soon' is not a moment"),
        ("cases: [{scenario: small, unit: u, at: 2025-01-01, until: some}]", "a number from 1"),
        ("cases: [{scenario: small, unit: u, at: 2025-01-01, until: 3}]", "the scenario 'small' has 2 steps"),
        ("cases: [{scenario: smal, unit: u, at: 2025-01-01}]", "Did you mean 'small'?"),
        ("units: [{id: north, name: N}]\ncases: [{scenario: small, unit: nort, at: 2025-01-01}]", "Did you mean 'north'?"),
        ("users: [{name: a, fullName: A, password: x, memberships: [{unit: nowhere}]}]", "there is no unit 'nowhere'"),
    ],
)
def test_a_mistake_in_the_file_is_a_finding(purchase: Bundle, text: str, says: str) -> None:
    broken = with_demo(purchase, text)
    assert any(says in finding.message + finding.remedy for finding in check_demos(broken))
    with pytest.raises(Rejected):
        read_demos(broken)


def test_a_scenario_that_is_not_there_is_refused_by_name(deployed: MemoryStore, purchase: Bundle) -> None:
    demo = "units: [{id: u, name: U}]\ncases: [{scenario: none, unit: u, at: 2025-01-01}]"
    with pytest.raises(Rejected) as caught:
        install(deployed, with_demo(purchase, demo))
    assert "there is no scenario 'none'" in caught.value.findings[0].message


def test_a_scenario_that_cannot_be_read_is_told_where_it_lies(deployed: MemoryStore, purchase: Bundle) -> None:
    packages = [
        replace(package, files={**package.files, "scenarios/small.yaml": b"process: ["})
        if package.kind == "process"
        else package
        for package in purchase.packages
    ]
    assert check_demos(Bundle(tuple(packages))) == []
    with pytest.raises(Rejected) as caught:
        install(deployed, Bundle(tuple(packages)))
    assert caught.value.findings[0].file.endswith("scenarios/small.yaml")


def test_a_group_that_nobody_is_in_is_refused_with_the_place(deployed: MemoryStore, purchase: Bundle) -> None:
    demo = "units: [{id: u, name: U}]\ncases: [{scenario: small, unit: u, at: 2025-01-01}]"
    with pytest.raises(NotPossible, match=r"small\.yaml, its start: Nobody in the unit 'u' may act as 'requester'"):
        install(deployed, with_demo(purchase, demo))


def test_no_case_has_rested_for_longer_than_a_few_weeks() -> None:
    waits = a_scenario("process: p\nstart: {at: 2025-03-10T09:00, unit: u}\nsteps: [{wait: P10D}]")
    days = [date(2024, 1, 8), date(2025, 3, 3), date(2025, 3, 10)]

    told = stories([(DemoCase("s", None, UnitId("u"), day), waits) for day in days], base=BASE, settings=SETTINGS)

    assert [story.scenario.start.at.date() for story in told] == [date(2026, 2, 9), date(2026, 2, 16), date(2026, 2, 23)]
    assert {story.scenario.start.at.weekday() for story in told} == {0}
