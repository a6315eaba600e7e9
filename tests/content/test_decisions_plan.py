"""What the tables of the joint plan and coaching have to say, row by row from the rules of the programmes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.content.deciding import TODAY, Data, before, decide

OLD, NEW = date(2022, 11, 30), date(2022, 12, 1)


@pytest.mark.parametrize(
    ("sender", "receiver", "about", "consent", "received", "result"),
    [
        ("centre", "same-activity", "work-ability", False, None, "allow"),
        ("centre", "authority", "plan-items", True, None, "allow-with-consent"),
        ("centre", "authority", "attendance", False, None, "test-required"),
        ("centre", "employment-service", "contact", True, None, "allow-with-consent"),
        ("centre", "authority", "work-ability", True, None, "deny"),
        ("centre", "other", "plan-items", True, None, "deny"),
        ("centre", "authority", "plan-items", None, None, "test-required"),
        ("centre", "host", "first-name", None, None, "deny"),
        ("social-services", "centre", "income-source", True, None, "allow-with-consent"),
        ("social-services", "employment-service", "contact", True, None, "allow-with-consent"),
        ("social-services", "centre", "contact", False, None, "deny"),
        ("social-services", "other", "contact", True, None, "deny"),
        ("health-care", "centre", "work-ability", True, None, "allow-with-consent"),
        ("health-care", "centre", "work-ability", False, None, "deny"),
        ("health-care", "centre", "contact", True, None, "deny"),
        ("health-care", "authority", "work-ability", True, None, "deny"),
        *(
            ("centre", "host", about, True, None, "allow-with-consent")
            for about in ("start-date", "hours", "first-name", "contact", "adaptations")
        ),
        ("centre", "host", "first-name", False, None, "deny"),
        *(("centre", "host", about, True, None, "deny") for about in ("background", "health", "offence", "income-source")),
        ("employment-service", "host", "first-name", True, None, "deny"),
        ("centre", "relative", "contact", True, None, "deny"),
        ("employment-service", "centre", "contact", False, OLD, "test-required"),
        ("employment-service", "centre", "contact", True, OLD, "test-required"),
        ("employment-service", "centre", "contact", False, NEW, "allow"),
        ("employment-service", "centre", "work-ability", False, NEW, "deny"),
    ],
)
def test_disclosure(sender: str, receiver: str, about: str, consent: bool | None, received: date | None, result: str) -> None:
    exchange = {"sender": sender, "receiver": receiver, "dataClass": about, "consent": consent, "receivedOn": received}
    found = decide("joint-plan/disclosure", {"exchange": exchange})
    assert isinstance(found, dict)
    assert found["result"] == result
    assert found["basis"]


@pytest.mark.parametrize(
    ("sender", "receiver", "says"),
    [
        ("centre", "relative", "varken bekräfta eller förneka"),
        ("centre", "host", "arbetsplatsen behöver det inte"),
        ("health-care", "centre", "25 kap. 1 § OSL"),
        ("social-services", "centre", "26 kap. 1 § OSL"),
        ("centre", "other", "inget stöd"),
    ],
)
def test_disclosure_says_why_not(sender: str, receiver: str, says: str) -> None:
    exchange = {"sender": sender, "receiver": receiver, "dataClass": "health", "consent": False, "receivedOn": None}
    assert decide("joint-plan/disclosure", {"exchange": exchange}) == {"result": "deny", "basis": says}


NO_CONFLICT: Data = {
    "overlaps": 0,
    "weeklyHours": 40,
    "hoursAllowed": 40,
    "prerequisitesMissing": 0,
    "contradictions": 0,
    "duplicates": 0,
    "duringAbsence": 0,
    "evidenceTwice": 0,
    "benefitsTouched": 0,
    "currentItems": 1,
    "inaccessible": 0,
}


@pytest.mark.parametrize(
    ("facts", "conflicts"),
    [
        ({}, []),
        ({"overlaps": 1}, ["K1 block"]),
        ({"weeklyHours": 40.5}, ["K2 block"]),
        ({"weeklyHours": 21, "hoursAllowed": 20}, ["K2 block"]),
        ({"prerequisitesMissing": 1}, ["K3 block"]),
        ({"contradictions": 1}, ["K4 block"]),
        ({"duplicates": 1}, ["K5 warn"]),
        ({"duringAbsence": 1}, ["K6 warn"]),
        ({"evidenceTwice": 1}, ["K7 warn"]),
        ({"benefitsTouched": 1}, ["K8 inform"]),
        ({"currentItems": 0}, ["K9 warn"]),
        ({"inaccessible": 1}, ["K10 block"]),
        ({"overlaps": 6, "weeklyHours": 48, "evidenceTwice": 1}, ["K1 block", "K2 block", "K7 warn"]),
    ],
)
def test_plan_conflicts(facts: Data, conflicts: list[str]) -> None:
    found = decide("joint-plan/plan-conflicts", {"conflictFacts": {**NO_CONFLICT, **facts}})
    assert isinstance(found, list)
    assert [f"{one['rule']} {one['severity']}" for one in found] == conflicts


@pytest.mark.parametrize(("profile", "days"), [("near", 21), ("medium", 14), ("far", 7), (None, 14)])
def test_meeting_interval(profile: str | None, days: int) -> None:
    assert decide("coaching/meeting-interval", {"profile": profile}) == f"P{days}D"


@pytest.mark.parametrize(
    ("silent", "paused_until", "next_meeting", "level", "action"),
    [
        (13, None, TODAY, 0, "none"),
        (14, None, TODAY, 0, "remind"),
        (20, None, TODAY, 0, "remind"),
        (20, None, TODAY, 1, "none"),
        (21, None, TODAY, 1, "second-channel"),
        (27, None, TODAY, 1, "second-channel"),
        (27, None, TODAY, 2, "none"),
        (28, None, TODAY, 2, "coordinator"),
        (60, None, TODAY, 3, "none"),
        (21, None, before(-1), 1, "none"),
        (28, None, before(-1), 2, "coordinator"),
        (28, TODAY, TODAY, 2, "none"),
        (28, before(1), TODAY, 2, "coordinator"),
    ],
)
def test_contact_reminder(silent: int, paused_until: date | None, next_meeting: date, level: int, action: str) -> None:
    coaching = {
        "lastContact": before(silent),
        "pausedUntil": paused_until,
        "nextMeetingOn": next_meeting,
        "reminderLevel": level,
    }
    found = decide("coaching/contact-reminder", {"coaching": coaching})
    assert isinstance(found, dict)
    assert found["action"] == action


@pytest.mark.parametrize(
    ("attendance", "notice", "unannounced", "action"),
    [
        ("absent-notified", 24, [], "rebook"),
        ("absent-notified", 23, [], "contact-same-day"),
        ("absent-unnotified", None, [0], "contact-same-day"),
        ("absent-unnotified", None, [29, 0], "coordinator"),
        ("absent-unnotified", None, [30, 0], "contact-same-day"),
        ("absent-unnotified", None, [29, 7, 0], "plan-review"),
        ("not-registered", None, [14, 7], "contact-same-day"),
    ],
)
def test_absence_action(attendance: str, notice: int | None, unannounced: list[int], action: str) -> None:
    meeting = {"attendance": attendance, "noticeHours": notice, "heldAt": datetime(2025, 3, 17, 9, tzinfo=UTC)}
    coaching = {"unannounced": [before(days) for days in unannounced]}
    assert decide("coaching/absence-action", {"meeting": meeting, "coaching": coaching}) == action


@pytest.mark.parametrize(
    ("attempts", "enough"),
    [
        ([(1, "phone", False), (2, "phone", False), (3, "letter", False)], True),
        ([(1, "phone", False), (2, "phone", False), (3, "phone", False)], False),
        ([(1, "phone", False), (2, "letter", False)], False),
        ([(1, "phone", False), (2, "letter", False), (3, "sms", True)], False),
        ([(1, "phone", False), (2, "letter", False), (31, "sms", False)], False),
        ([(1, "phone", False), (2, "letter", False), (30, "sms", False)], True),
    ],
)
def test_no_contact_closing(attempts: list[tuple[int, str, bool]], enough: bool) -> None:
    coaching = {
        "lastContact": before(30),
        "attempts": [{"on": before(days), "channel": channel, "reached": reached} for days, channel, reached in attempts],
    }
    assert decide("coaching/no-contact-closing", {"coaching": coaching}) is enough
