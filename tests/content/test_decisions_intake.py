"""What the tables of intake and mapping have to say, row by row from the rules of the programmes."""

from __future__ import annotations

import pytest

from tests.content.deciding import Data, decide

PERSON: Data = {"idType": "personnummer", "numberValid": True, "birthDatePossible": True, "assurance": "not-asked"}


@pytest.mark.parametrize(
    ("facts", "accepted", "action", "may_be_sent"),
    [
        ({}, True, "none", True),
        ({"numberValid": False}, False, "verify", False),
        ({"birthDatePossible": False}, False, "verify", False),
        ({"birthDatePossible": None}, False, "verify", False),
        ({"idType": "samordningsnummer", "assurance": "proven"}, True, "none", True),
        ({"idType": "samordningsnummer", "assurance": "probable"}, True, "none", True),
        ({"idType": "samordningsnummer", "assurance": "uncertain"}, True, "verify", False),
        ({"idType": "samordningsnummer", "assurance": "not-asked"}, True, "verify", False),
        ({"idType": "samordningsnummer", "assurance": "proven", "numberValid": False}, False, "verify", False),
        ({"idType": "reserve"}, True, "none", False),
        ({"idType": "none", "numberValid": False}, True, "ask-later", False),
    ],
)
def test_identity(facts: Data, accepted: bool, action: str, may_be_sent: bool) -> None:
    found = decide("intake/identity", {"personFacts": {**PERSON, **facts}})
    assert found == {"accepted": accepted, "action": action, "mayBeSent": may_be_sent}


@pytest.mark.parametrize(
    ("kind", "shown", "access", "address", "to_hosts", "statistics", "tell"),
    [
        ("none", "name", "role-and-unit", "shown", "whitelist", "normal", False),
        ("sekretessmarkering", "alias-and-lock", "named-persons", "hidden", "alias-and-each-item-approved", "anonymous", False),
        (
            "skyddad-folkbokforing",
            "alias-and-lock",
            "named-persons",
            "never-stored",
            "alias-and-each-item-approved",
            "anonymous-without-municipality",
            True,
        ),
    ],
)
def test_protected_identity(
    kind: str, shown: str, access: str, address: str, to_hosts: str, statistics: str, tell: bool
) -> None:
    assert decide("intake/protected-identity", {"personFacts": {"protectedKind": kind}}) == {
        "caseList": shown,
        "staffAccess": access,
        "address": address,
        "hostDisclosure": to_hosts,
        "statistics": statistics,
        "tellDataProtectionOfficer": tell,
    }


CONTACT: Data = {"upperSecondary": True, "wants": ["job"], "healthObstacle": "no", "channel": "self", "needsSfi": False}


@pytest.mark.parametrize(
    ("person", "contact", "paths"),
    [
        ({}, {}, ["work-or-studies"]),
        ({"under20": True}, {"upperSecondary": False}, ["work-or-studies", "youth"]),
        ({"under20": True}, {"upperSecondary": True}, ["work-or-studies"]),
        ({"under20": False}, {"upperSecondary": False}, ["work-or-studies"]),
        ({"newlyArrived": True}, {}, ["establishment", "work-or-studies"]),
        ({}, {"wants": ["business"]}, ["business"]),
        ({}, {"healthObstacle": "yes"}, ["rehab-screening", "work-or-studies"]),
        ({}, {"healthObstacle": "partly"}, ["work-or-studies"]),
        ({}, {"channel": "probation"}, ["probation", "work-or-studies"]),
        ({}, {"needsSfi": True}, ["sfi", "work-or-studies"]),
        ({}, {"wants": ["studies", "other"]}, ["work-or-studies"]),
        ({}, {"wants": ["other"]}, ["out-of-scope"]),
        ({}, {"wants": ["rehab"], "healthObstacle": "yes"}, ["out-of-scope", "rehab-screening"]),
    ],
)
def test_route(person: Data, contact: Data, paths: list[str]) -> None:
    facts = {"under20": False, "newlyArrived": False, **person}
    found = decide("intake/route", {"personFacts": facts, "contact": {**CONTACT, **contact}})
    assert isinstance(found, list)
    assert sorted(found) == paths


@pytest.mark.parametrize(
    ("protected", "route", "urgency", "interpreter", "competence", "at_most", "weight", "language"),
    [
        ("sekretessmarkering", ["establishment"], 0, True, "protected-identity", 20, 3, "with-interpreter"),
        ("none", ["establishment", "rehab-screening"], 0, False, "rehabilitation", 25, 2, "any"),
        ("none", ["youth"], 0, False, "youth", 30, 2, "any"),
        ("none", ["establishment"], 0, True, "establishment", 30, 2, "same-language-or-interpreter"),
        ("none", ["establishment"], 0, False, "establishment", 30, 2, "any"),
        ("none", ["business"], 0, True, "business-start", 35, 1, "with-interpreter"),
        ("none", ["work-or-studies"], 2, False, "general", 45, 1, "any"),
        ("none", ["work-or-studies"], 1, True, "general", 40, 1, "with-interpreter"),
    ],
)
def test_coordinator_criteria(
    protected: str,
    route: list[str],
    urgency: int,
    interpreter: bool,
    competence: str,
    at_most: int,
    weight: int,
    language: str,
) -> None:
    person = {"protectedKind": protected, "interpreter": interpreter}
    found = decide("intake/coordinator-criteria", {"personFacts": person, "route": route, "contact": {"urgency": urgency}})
    assert found == {"competence": competence, "openCasesAtMost": at_most, "weight": weight, "language": language}


NEAR_WORK: Data = {"monthsWithoutWork": 0, "educationLevel": "upper-secondary", "swedishLevel": "native", "hasNetwork": True}


@pytest.mark.parametrize(
    ("strengths", "health", "chance", "profile"),
    [
        ({}, "no", 10, "near"),
        ({"monthsWithoutWork": 24}, "partly", 10, "near"),
        ({"monthsWithoutWork": 25}, "partly", 10, "medium"),
        ({"monthsWithoutWork": 11}, "yes", 10, "medium"),
        ({"monthsWithoutWork": 12, "hasNetwork": False}, "no", 3, "medium"),
        ({"monthsWithoutWork": 12, "hasNetwork": False}, "no", 4, "near"),
        ({"educationLevel": "nine"}, "no", 10, "near"),
        ({"educationLevel": "under-9", "hasNetwork": False}, "no", 10, "medium"),
        ({"educationLevel": "none"}, "no", 10, "medium"),
        ({"educationLevel": "none"}, "yes", 10, "medium"),
        ({"educationLevel": "none"}, "yes", 3, "far"),
        ({"swedishLevel": "below-sfi-c"}, "no", 10, "near"),
        ({"swedishLevel": "below-sfi-c"}, "partly", 10, "medium"),
        ({"swedishLevel": "sfi-c"}, "partly", 10, "near"),
    ],
)
def test_profile(strengths: Data, health: str, chance: int, profile: str) -> None:
    mapping = {"strengths": {**NEAR_WORK, **strengths}, "needs": {"healthObstacle": health}}
    assert decide("mapping/profile", {"mapping": mapping, "selfAssessmentBefore": {"chanceOfWork": chance}}) == profile


@pytest.mark.parametrize(
    ("profile", "route", "strengths", "health", "steps"),
    [
        ("near", [], {}, "no", ["coaching", "job-search"]),
        ("medium", ["business"], {}, "no", ["business-advice", "coaching", "placement"]),
        ("far", ["sfi"], {}, "no", ["coaching", "placement", "sfi", "weekly-coaching"]),
        ("near", [], {"swedishLevel": "below-sfi-c"}, "no", ["coaching", "job-search", "language-practice"]),
        ("near", [], {"hasNetwork": False}, "partly", ["coaching", "job-search", "mentor", "rehab-conversation"]),
    ],
)
def test_suggested_steps(profile: str, route: list[str], strengths: Data, health: str, steps: list[str]) -> None:
    mapping = {"strengths": {**NEAR_WORK, **strengths}, "needs": {"healthObstacle": health}}
    found = decide("mapping/suggested-steps", {"profile": profile, "route": route, "mapping": mapping})
    assert isinstance(found, list)
    assert sorted(found) == steps
