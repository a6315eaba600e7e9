"""What the tables of placement have to say, row by row from the rules of the programmes."""

from __future__ import annotations

from datetime import date

import pytest

from tests.content.deciding import Data, decide

PLACE: Data = {
    "types": ["work-practice"],
    "ssyk": "9411",
    "hoursPerWeek": 20,
    "travelMinutes": 30,
    "languageLevel": "a2",
    "adaptations": ["quiet-room"],
    "quality": {"score": 3.4},
    "capacity": 1,
    "displacementRisk": "low",
}
NEEDS: Data = {
    "placementType": "work-practice",
    "ssyk": "9411",
    "hoursPerWeek": 20,
    "maxTravelMinutes": 30,
    "swedishLevel": "a2",
    "adaptations": ["quiet-room"],
}


@pytest.mark.parametrize(
    ("place", "needs", "difference"),
    [
        ({}, {}, 0),
        ({"types": ["apprenticeship"]}, {}, -130),
        ({}, {"ssyk": "9412"}, -10),
        ({}, {"ssyk": "5120"}, -25),
        ({}, {"ssyk": None}, -20),
        ({"hoursPerWeek": 19}, {}, -20),
        ({"travelMinutes": 45}, {}, -10),
        ({"travelMinutes": 46}, {}, -40),
        ({"languageLevel": "b1"}, {}, -15),
        ({"languageLevel": "b2"}, {}, -50),
        ({"adaptations": []}, {}, -55),
        ({"quality": {"score": 4.5}}, {}, 10),
        ({"quality": {"score": 3.5}}, {}, 5),
        ({"quality": {"score": 3}}, {}, 0),
        ({"quality": {"score": 2.9}}, {}, -10),
        ({"quality": None}, {}, 0),
        ({"capacity": 2}, {}, 5),
        ({"displacementRisk": "none"}, {}, 5),
        ({"displacementRisk": "high"}, {}, -20),
    ],
)
def test_match_score_weighs_each_fact(place: Data, needs: Data, difference: int) -> None:
    best = 30 + 25 + 10 + 10 + 10 + 15
    assert decide("placement/match-score", {"place": {**PLACE, **place}, "needs": {**NEEDS, **needs}}) == best + difference


@pytest.mark.parametrize(
    ("needs", "basis", "decider", "insurance"),
    [
        ({"employmentServiceProgramme": True}, "employment-service-decision", "employment-service", "state"),
        ({"incomeSource": "income-support"}, "municipal-placement", "us", "municipality"),
        ({"schoolProgramme": True}, "school-practice", "us", "school"),
        ({"probation": True}, "sentence-service", "us", "state"),
        ({"incomeSource": "none"}, "not-allowed", "nobody", "none"),
        ({"incomeSource": "wage"}, "not-allowed", "nobody", "none"),
    ],
)
def test_legal_basis(needs: Data, basis: str, decider: str, insurance: str) -> None:
    nothing = {"probation": False, "schoolProgramme": False, "employmentServiceProgramme": False, "incomeSource": "other"}
    found = decide("placement/legal-basis", {"needs": {**nothing, **needs}})
    assert found == {"basis": basis, "decider": decider, "insurance": insurance}


AGREEMENT: Data = {
    "type": "work-practice",
    "start": date(2025, 1, 15),
    "end": date(2025, 7, 14),
    "replacesOrdinaryStaff": False,
    "aidDecisionRef": "AF-1",
}
DECIDED: Data = {"validFrom": date(2025, 1, 15), "validTo": date(2025, 7, 14)}


@pytest.mark.parametrize(
    ("agreement", "sfi", "basis", "limits"),
    [
        ({}, False, "employment-service-decision", []),
        ({"end": date(2025, 7, 15)}, False, "municipal-placement", ["over-six-months"]),
        ({"type": "work-training", "end": date(2025, 7, 15)}, False, "municipal-placement", ["over-six-months"]),
        ({"type": "apprenticeship", "end": date(2025, 7, 15)}, False, "municipal-placement", []),
        ({"end": date(2025, 1, 15)}, False, "municipal-placement", []),
        ({"end": date(2025, 1, 14)}, False, "municipal-placement", ["end-before-start"]),
        ({"type": "language-practice"}, True, "municipal-placement", []),
        ({"type": "language-practice"}, False, "municipal-placement", ["sfi-missing"]),
        ({"type": "language-practice"}, None, "municipal-placement", ["sfi-missing"]),
        ({"type": "vocational-assessment", "end": date(2025, 2, 4)}, False, "municipal-placement", []),
        ({"type": "vocational-assessment", "end": date(2025, 2, 5)}, False, "municipal-placement", ["assessment-too-long"]),
        ({"replacesOrdinaryStaff": True}, False, "municipal-placement", ["replaces-staff"]),
        ({"aidDecisionRef": None}, False, "employment-service-decision", ["decision-missing"]),
        ({"aidDecisionRef": None}, False, "municipal-placement", []),
        ({"start": date(2025, 1, 14), "end": date(2025, 7, 1)}, False, "employment-service-decision", ["outside-decision"]),
        ({"start": date(2025, 2, 1), "end": date(2025, 7, 15)}, False, "employment-service-decision", ["outside-decision"]),
    ],
)
def test_agreement_limits(agreement: Data, sfi: bool | None, basis: str, limits: list[str]) -> None:
    data = {
        "agreement": {**AGREEMENT, **agreement},
        "needs": {"sfiOngoing": sfi},
        "basis": {"basis": basis},
        "authorityDecision": DECIDED if basis == "employment-service-decision" else None,
    }
    assert decide("placement/agreement-limits", data) == limits


@pytest.mark.parametrize(("reports", "days"), [(0, 7), (3, 7), (4, 14), (10, 14)])
def test_report_interval(reports: int, days: int) -> None:
    assert decide("placement/report-interval", {"placement": {"weekNo": reports}}) == f"P{days}D"


@pytest.mark.parametrize(
    ("host", "client", "missing", "signal"),
    [
        ({}, {}, False, "green"),
        ({"attendance": ["absent-unnotified", "present"]}, {}, False, "green"),
        ({"attendance": ["absent-unnotified", "absent-unnotified"]}, {}, False, "red"),
        ({"attendance": ["not-registered", "not-registered"]}, {}, False, "green"),
        ({"unsafe": True}, {}, False, "red"),
        ({}, {"feelSafe": False}, False, "red"),
        ({}, {"wellbeing": 3}, False, "red"),
        ({}, {"wellbeing": 4}, False, "yellow"),
        ({}, {"wellbeing": 6}, False, "yellow"),
        ({}, {"wellbeing": 7}, False, "green"),
        ({"progress": [{"score": 5}, {"score": 1}]}, {}, False, "red"),
        ({"progress": [{"score": 3}]}, {}, False, "yellow"),
        ({"adaptationWorks": 2}, {}, False, "yellow"),
        ({"adaptationWorks": 4}, {}, False, "green"),
        (None, {"wellbeing": 3}, True, "red"),
        (None, {}, True, "yellow"),
        ({}, None, True, "yellow"),
        (None, None, True, "yellow"),
    ],
)
def test_weekly_signal(host: Data | None, client: Data | None, missing: bool, signal: str) -> None:
    good_host = {"attendance": ["present"], "unsafe": False, "progress": [{"score": 4}]}
    good_client = {"wellbeing": 8, "feelSafe": True}
    week = {
        "host": None if host is None else {**good_host, **host},
        "client": None if client is None else {**good_client, **client},
        "missing": missing,
    }
    assert decide("placement/weekly-signal", {"week": week}) == signal


@pytest.mark.parametrize(
    ("interruption", "offer", "wish", "following"),
    [
        (None, "unsubsidised", "job", "job-offer"),
        (None, "subsidised", "extend", "job-offer"),
        (None, "new-start-job", "job", "job-offer"),
        (None, "none", "extend", "extend"),
        (None, "none", "new-placement", "new-placement"),
        (None, "none", "studies", "studies"),
        (None, "none", "job", "other"),
        (None, "none", "other", "other"),
        (("end", "job"), "none", "job", "job-offer"),
        (("end", "studies"), "none", "studies", "studies"),
        (("end", "safety"), "none", "extend", "interrupted"),
        (("continue", "ill"), "none", "extend", "extend"),
    ],
)
def test_placement_next(interruption: tuple[str, str] | None, offer: str, wish: str, following: str) -> None:
    data = {
        "interruption": interruption and {"decision": interruption[0], "cause": interruption[1]},
        "assessment": {"jobOffer": offer, "wish": wish},
    }
    assert decide("placement/placement-next", data) == following
