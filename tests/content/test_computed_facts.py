"""What processes compute before their tables decide: is an identity number right, and where do the items of a plan clash."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from xml.etree import ElementTree

import pytest

from engine import feel
from tests.content.deciding import ENVIRONMENT, PROCESSES, Data, plain, valued

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
STEGVIS = "{urn:stegvis:bpmn:1}"


def compute(text: str, data: Data) -> object:
    """The value of an expression or script on plain data."""
    scope = {name: valued(value) for name, value in data.items()}
    return plain(feel.compile_expression(text.strip().removeprefix("=")).evaluate(scope, ENVIRONMENT))


def diagram(process: str) -> ElementTree.Element:
    return ElementTree.parse(PROCESSES / process / "process.bpmn").getroot()


def output(target: str) -> str:
    (found,) = (one for one in diagram("intake").iter(f"{STEGVIS}output") if one.get("target") == target)
    return found.get("expression", "")


# specimen numbers that the Tax Agency has published, and such made wrong in one place
@pytest.mark.parametrize(
    ("kind", "number", "right"),
    [
        ("personnummer", "19811218-9876", True),
        ("personnummer", "19811218-9875", False),
        ("personnummer", "19811318-9876", False),
        ("personnummer", "19640823-3234", True),
        ("personnummer", "19701063-2391", False),
        ("personnummer", "19810229-9876", False),
        ("personnummer", "19910412-TF02", False),
        ("personnummer", "8112189876", False),
        ("personnummer", None, False),
        ("samordningsnummer", "19701063-2391", True),
        ("samordningsnummer", "19811218-9876", False),
        ("reserve", "19910412-TF02", True),
        ("reserve", "19910431-TF02", False),
        ("reserve", "19811218-9876", False),
        ("none", None, False),
    ],
)
def test_identity_number(kind: str, number: str | None, right: bool) -> None:
    found = compute(output("personFacts.numberValid"), {"result": {"idType": kind, "idNumber": number}})
    assert found is right


@pytest.mark.parametrize(
    ("born", "possible", "under20"),
    [
        (date(2025, 3, 17), True, True),
        (date(2025, 3, 18), False, True),
        (date(1904, 3, 18), True, False),
        (date(1904, 3, 17), False, False),
        (date(2005, 3, 17), True, False),
        (date(2005, 3, 18), True, True),
    ],
)
def test_age(born: date, possible: bool, under20: bool) -> None:
    data = {"result": {"birthDate": born}}
    assert compute(output("personFacts.birthDatePossible"), data) is possible
    assert compute(output("personFacts.under20"), data) is under20


@pytest.mark.parametrize(("permit", "newly"), [(date(2022, 3, 17), True), (date(2022, 3, 16), False), (None, False)])
def test_newly_arrived_is_at_most_36_months(permit: date | None, newly: bool) -> None:
    assert compute(output("personFacts.newlyArrived"), {"result": {"residencePermitDate": permit}}) is newly


def at(weekday: str, start: str, end: str) -> Data:
    return {"weekday": weekday, "from": time.fromisoformat(start), "to": time.fromisoformat(end)}


def an_item(**changes: object) -> Data:
    return {
        "owner": None,
        "title": "Sfi",
        "type": "sfi",
        "mandatory": True,
        "start": date(2025, 3, 10),
        "end": date(2025, 6, 13),
        "weekPattern": [at("mon", "08:30", "11:30")],
        "hoursPerWeek": 3,
        "demand": "none",
        "venueAccessible": "yes",
        "prerequisiteMet": None,
        "evidence": None,
        "evidenceDay": None,
        "affectsBenefitOf": None,
    } | changes


COURSE = {"title": "Kurs", "type": "course"}


@pytest.mark.parametrize(
    ("items", "fact", "value"),
    [
        ([an_item(), an_item(**COURSE, weekPattern=[at("mon", "11:59", "15:00")])], "overlaps", 1),
        ([an_item(), an_item(**COURSE, weekPattern=[at("mon", "12:00", "15:00")])], "overlaps", 0),
        ([an_item(), an_item(**COURSE, weekPattern=[at("tue", "08:30", "11:30")])], "overlaps", 0),
        ([an_item(), an_item(**COURSE, mandatory=False)], "overlaps", 0),
        ([an_item(), an_item(**COURSE, start=date(2025, 6, 14), end=date(2025, 6, 20))], "overlaps", 0),
        ([an_item(), an_item(**COURSE, hoursPerWeek=30)], "weeklyHours", 33),
        ([an_item(end=date(2025, 4, 1)), an_item(start=date(2025, 4, 2), hoursPerWeek=30)], "weeklyHours", 30),
        ([an_item(prerequisiteMet=False)], "prerequisitesMissing", 1),
        ([an_item(demand="full-time"), an_item(**COURSE, demand="full-time")], "contradictions", 1),
        ([an_item(demand="rest"), an_item(**COURSE, demand="apply-anywhere")], "contradictions", 1),
        ([an_item(demand="rest"), an_item(**COURSE)], "contradictions", 0),
        ([an_item(owner="af"), an_item(owner="soc", title="SFI")], "duplicates", 1),
        ([an_item(owner="af"), an_item(owner="af")], "duplicates", 0),
        ([an_item()], "duringAbsence", 1),
        ([an_item(start=date(2025, 4, 12))], "duringAbsence", 0),
        (
            [an_item(evidence=["activity-report"], evidenceDay=14), an_item(evidence=["activity-report"], evidenceDay=10)],
            "evidenceTwice",
            1,
        ),
        (
            [an_item(evidence=["activity-report"], evidenceDay=14), an_item(evidence=["certificate"], evidenceDay=10)],
            "evidenceTwice",
            0,
        ),
        ([an_item(affectsBenefitOf="fk")], "benefitsTouched", 1),
        ([an_item(start=date(2025, 3, 31))], "currentItems", 1),
        ([an_item(start=date(2025, 4, 1))], "currentItems", 0),
        ([an_item(end=date(2025, 3, 16))], "currentItems", 0),
        ([an_item(venueAccessible="no")], "inaccessible", 1),
    ],
)
def test_conflict_facts(items: list[Data], fact: str, value: int) -> None:
    (script,) = (one for one in diagram("joint-plan").iter(f"{BPMN}scriptTask") if one.get("id") == "compare-items")
    absence = {"from": date(2025, 4, 7), "to": date(2025, 4, 11)}
    found = compute(
        script.findtext(f"{BPMN}script", ""), {"draft": {"items": items, "absences": [absence], "abilityHours": 20}}
    )
    assert isinstance(found, dict)
    assert found["conflictFacts"][fact] == value
    assert found["conflictFacts"]["hoursAllowed"] == 20


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2025-06-02T10:00", date(2025, 6, 10)),  # before the day: on the day
        ("2025-06-12T10:00", date(2025, 6, 12)),  # late, on a Thursday: at once
        ("2025-06-15T10:00", date(2025, 6, 16)),  # late, on a Sunday: on Monday
    ],
)
def test_a_follow_up_falls_on_a_business_day_however_late_it_comes(now: str, expected: date) -> None:
    (task,) = (one for one in diagram("follow-up").iter(f"{BPMN}userTask") if one.get("id") == "call-client")
    environment = feel.Environment(now=datetime.fromisoformat(now).replace(tzinfo=UTC))
    due = feel.compile_expression(task.get(f"{STEGVIS}due", "").removeprefix("="))
    assert due.evaluate({"point": {"dueOn": date(2025, 6, 10)}}, environment) == expected
