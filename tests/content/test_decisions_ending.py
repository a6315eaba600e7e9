"""What the tables of follow-up and closing have to say, row by row from the rules of the programmes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.content.deciding import PROCESSES, Data, decide


@pytest.mark.parametrize(
    ("channels", "enough"),
    [
        (["phone", "phone", "letter"], True),
        (["phone", "phone", "phone"], False),
        (["phone", "letter"], False),
        ([], False),
    ],
)
def test_attempts_enough(channels: list[str], enough: bool) -> None:
    assert decide("follow-up/attempts-enough", {"attempts": [{"channel": one} for one in channels]}) is enough


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ({"status": "job-unsubsidised", "durable": "yes"}, "work"),
        ({"status": "job-subsidised", "durable": "yes"}, "work"),
        ({"status": "new-start-job", "durable": "yes"}, "work"),
        ({"status": "job-unsubsidised", "durable": "not-yet"}, "work-pending"),
        ({"status": "job-unsubsidised", "durable": "no"}, "not-positive"),
        ({"status": "municipal-job", "durable": "yes"}, "not-positive"),
        ({"status": "own-business", "mainOccupation": True}, "work"),
        ({"status": "own-business", "mainOccupation": False}, "not-positive"),
        ({"status": "studies", "studySupportEntitled": True}, "studies"),
        ({"status": "studies", "studySupportEntitled": False}, "not-positive"),
        ({"status": "apprenticeship", "studySupportEntitled": True}, "studies"),
        *(
            ({"status": status}, "not-positive")
            for status in ("sfi-only", "measure", "unemployed-registered", "unregistered", "sick", "parental", "military")
        ),
        ({"status": "moved"}, "excluded"),
        ({"status": "dead"}, "excluded"),
        ({"status": "unknown"}, "unknown"),
        ({"reached": False}, "unknown"),
    ],
)
def test_follow_up_outcome(answer: Data, outcome: str) -> None:
    assert decide("follow-up/follow-up-outcome", {"answer": {"reached": True, **answer}}) == outcome


DONE = dict.fromkeys(("openTasks", "placements", "consents", "documents", "authorities", "reporting"), "done")


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, []),
        ({"checklist": {**DONE, "reporting": "not-needed"}}, []),
        ({"checklist": {**DONE, "openTasks": "open"}}, ["open-tasks"]),
        ({"checklist": {**DONE, "placements": "open"}}, ["placements"]),
        ({"checklist": {**DONE, "consents": "open"}}, ["consents"]),
        ({"checklist": {**DONE, "documents": "open"}}, ["documents"]),
        ({"checklist": {**DONE, "authorities": "open"}}, ["authorities"]),
        ({"checklist": {**DONE, "reporting": "open", "consents": "open"}}, ["consents", "reporting"]),
        ({"reason": None}, ["outcome"]),
        ({"retention": None}, ["archive-date"]),
        ({"archiveActionDate": None}, ["archive-date"]),
    ],
)
def test_close_ready(changes: Data, missing: list[str]) -> None:
    ready = {
        "checklist": DONE,
        "reason": {"reason": "job"},
        "retention": {"class": "client-file"},
        "archiveActionDate": date(2030, 3, 17),
    }
    assert decide("closing/close-ready", {**ready, **changes}) == missing


@pytest.mark.parametrize(
    ("reason", "birthday", "kept_as", "action", "years"),
    [
        ("job", 12, "client-file", "erase", 5),
        ("withdrew", 14, "client-file", "erase", 5),
        *(("job", day, "research-sample", "keep", 5) for day in (5, 15, 25)),
        ("referred-out", 5, "research-sample", "keep", 5),
        ("referred-out", 6, "contact-only", "erase", 2),
        ("out-of-scope", 24, "contact-only", "erase", 2),
        ("misregistered", 15, "misregistered", "erase", 1),
    ],
)
def test_retention(reason: str, birthday: int, kept_as: str, action: str, years: int) -> None:
    found = decide("closing/retention", {"reason": {"reason": reason}, "person": {"birthDate": date(1991, 4, birthday)}})
    assert found == {"class": kept_as, "action": action, "years": years}


@pytest.mark.parametrize(
    ("withdrawal", "disposition", "next_step", "reason"),
    [
        ({"reason": "Moves away"}, "open", "placement", "withdrew"),
        (None, "declined", None, "withdrew"),
        (None, "referred-out", None, "referred-out"),
        (None, "no-contact", None, "no-contact"),
        (None, "open", "no-contact", "no-contact"),
        (None, "open", "goal-reached", "completed"),
        (None, "open", "measure-ended", "completed"),
    ],
)
def test_close_reason(withdrawal: Data | None, disposition: str, next_step: str | None, reason: str) -> None:
    data = {"withdrawal": withdrawal, "disposition": disposition, "nextStep": next_step}
    assert decide("client-pathway/close-reason", data) == reason


def test_every_table_has_its_rows_in_these_files() -> None:
    rows = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_decisions_*.py"))
    tables = {f"{file.parent.parent.name}/{file.stem}" for file in PROCESSES.glob("*/decisions/*.dmn")}
    assert {table for table in tables if f'decide("{table}"' not in rows} == set()
