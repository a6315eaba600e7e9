"""In the demonstration nobody records what has not happened yet, whatever day it is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import cast

import pytest

from engine import demo, feel
from engine.actor import SYSTEM
from engine.canonical import Json
from engine.case import Case
from engine.case_data import decode
from engine.case_engine import CaseEngine
from engine.clock import STOCKHOLM, FixedClock
from engine.content import read_bundle
from engine.content.places import default_content
from engine.definition import Bundle, Package
from engine.demo import dates as demo_dates
from engine.demo.dates import ending
from engine.history import EventType, read_payload
from engine.scenario import read_scenarios
from engine.settings import EngineSettings
from engine.storage.memory import MemoryStore

SETTINGS = EngineSettings()
PATHWAY = "client-pathway"
HAPPENED = frozenset(
    {
        *("answeredOn", "agreedOn", "approvedOn", "askedOn", "attemptedAt", "checkedOn", "confirmedOn", "decidedOn", "endDate"),
        *("firstContactOn", "handedOverOn", "heldAt", "informedOn", "metOn", "movesOn", "receivedOn", "reviewedOn", "sentOn"),
    }
)
"""Fields that say when something was done."""


@cache
def content() -> Bundle:
    return read_bundle([default_content()])


def with_cases(cases: list[str]) -> Bundle:
    """The content with a demonstration of these cases alone, each as a line of `demo.yaml`."""
    return Bundle(tuple(replace(one, files=_files(one, cases)) for one in content().packages))


def _files(package: Package, cases: list[str]) -> dict[str, bytes]:
    files = dict(package.files)
    if "demo.yaml" in files:
        head, _, _ = files["demo.yaml"].decode().partition("\ncases:\n")
        files["demo.yaml"] = "\n".join([head, "cases:", *cases, ""]).encode()
    return files


def made(bundle: Bundle, base: datetime) -> MemoryStore:
    store = MemoryStore()
    CaseEngine(store, clock=FixedClock(base), settings=SETTINGS).deploy(SYSTEM, bundle)
    demo.install_demo(store, bundle, base=base, settings=SETTINGS)
    return store


def days(value: feel.Value, name: str = "") -> Iterator[tuple[str, date]]:
    """Every day in a value, with the name it stands under."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from days(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from days(inner, name)
    elif isinstance(value, datetime):
        yield name, (value.astimezone(STOCKHOLM) if value.tzinfo else value).date()
    elif isinstance(value, date):
        yield name, value


def too_early(store: MemoryStore) -> list[str]:
    """What was recorded before the day that it is said to have happened on."""
    found = []
    with store.read() as unit:
        for case in CaseEngine(store, clock=FixedClock(datetime(2030, 1, 1, tzinfo=UTC)), settings=SETTINGS).cases(SYSTEM).rows:
            for event, payload in unit.histories.of_case(case.id):
                told = read_payload(event, payload)
                if event.type is not EventType.DATA_CHANGED or not isinstance(told, dict):
                    continue
                today = event.at.astimezone(STOCKHOLM).date()
                for change in cast("list[dict[str, Json]]", told["changes"]):
                    path = str(change["path"])
                    for name, day in days(decode(change["after"]), path.rpartition(".")[2]):
                        if name in HAPPENED and day > today:
                            found.append(f"{event.element}: {path} {name} {day}, on {today}")
    return found


def planned() -> list[demo.DemoCase]:
    (found,) = demo.read_demos(content())
    return list(found.cases)


def _stage(store: MemoryStore, case: Case) -> tuple[str, frozenset[str], bool]:
    """How a case stands, the tasks that are open, and whether it is stuck."""
    with store.read() as unit:
        tasks = frozenset(task.path for task in unit.tasks.of_case(case.id) if task.is_open)
        return case.status.value, tasks, bool(unit.incidents.open_of_case(case.id))


@pytest.mark.parametrize("name", sorted({case.scenario for case in planned()}))
def test_nobody_records_what_has_not_happened_yet(name: str) -> None:
    (scenario,) = (one for one in read_scenarios(content())[0] if (one.process, one.name) == (PATHWAY, name))
    (case,) = (one for one in planned() if one.scenario == name)
    line = f"  - {{scenario: {name}, until: all, unit: {case.unit}, at: {case.at}}}"
    store = made(with_cases([line]), ending(scenario, SETTINGS) + timedelta(days=1))
    assert too_early(store) == []


@pytest.mark.parametrize("day", [date(2026, 4, 22), date(2026, 11, 22)])
def test_the_demonstration_is_made_after_holidays_too_and_its_cases_stand_apart(day: date) -> None:
    store = made(content(), datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    engine = CaseEngine(store, clock=FixedClock(datetime(2030, 1, 1, tzinfo=UTC)), settings=SETTINGS)
    stages = [_stage(store, case) for case in engine.cases(SYSTEM).rows]
    assert len(set(stages)) == len(stages) == len(planned())
    assert too_early(store) == []


def test_where_easter_keeps_a_task_from_opening_the_case_stays_there_and_that_is_said() -> None:
    base = datetime(2027, 4, 7, 12, tzinfo=UTC)
    store = MemoryStore()
    CaseEngine(store, clock=FixedClock(base), settings=SETTINGS).deploy(SYSTEM, content())
    result = demo.install_demo(store, content(), base=base, settings=SETTINGS)
    assert result.cases_added == len(planned())
    assert "moves-with-coach" in result.cut_short
    assert "Holidays keep these from going as far as they are written: " in demo.guide(result, "http://here")


def test_the_cases_come_in_the_same_order_at_every_hour_of_a_year() -> None:
    """A number that the tutorial names is the same case whenever the demonstration is made."""
    told = {scenario.name: scenario for scenario in read_scenarios(content())[0] if scenario.process == PATHWAY}
    cases = [(case, told[case.scenario]) for case in planned()]
    orders = set()
    for hour in range(0, 366 * 24, 5):
        base = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
        stories = demo_dates.stories(cases, base=base, settings=SETTINGS)
        orders.add(tuple(story.scenario.name for story in stories))
    assert len(orders) == 1
