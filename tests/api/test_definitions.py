"""Process definitions and forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.api.conftest import Browser, BrowserOf

DEFINITIONS = "/api/v1/definitions"
DIAGRAM = Path(__file__).parent / "package" / "processes" / "errand" / "process.bpmn"

pytestmark = pytest.mark.usefixtures("content")


def test_the_newest_versions_are_listed(karin: Browser) -> None:
    (errand,) = karin.get(DEFINITIONS).json()["items"]
    assert errand.pop("id")
    assert errand == {
        "key": "errand",
        "version": 1,
        "name": "Errand",
        "nameEn": "An errand",
        "deployedAt": "2025-02-03T12:00:00Z",
        "deployedBy": {"id": "system", "name": "Stegvis"},
        "isStartable": True,
        "startGroups": [],
        "startForm": "errand",
        "startMessages": ["errand-arrives"],
        "forms": ["errand", "errand-note"],
        "calls": [],
        "note": "",
        "openCases": None,
        "retired": None,
    }
    (listed,) = karin.get(f"{DEFINITIONS}/errand/versions").json()["items"]
    assert listed == karin.get(f"{DEFINITIONS}/errand/versions/1").json()
    assert listed == {**errand, "id": listed["id"]}


def test_the_diagram_is_the_designers_own_file(karin: Browser) -> None:
    answer = karin.get(f"{DEFINITIONS}/errand/versions/1/diagram")
    assert answer.headers["content-type"].startswith("application/xml")
    assert answer.headers["cache-control"].startswith("private")
    assert answer.text == DIAGRAM.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", ["nothing/versions", "nothing/versions/1", "errand/versions/2", "errand/versions/2/diagram", "errand/versions/x"]
)
def test_what_was_not_deployed_is_not_found(karin: Browser, path: str) -> None:
    assert karin.get(f"{DEFINITIONS}/{path}").status_code == 404


@pytest.mark.parametrize("number", ["0", "1000001", "9" * 30, "9" * 5000])
def test_an_impossible_version_number_is_no_fault_of_ours(karin: Browser, number: str) -> None:
    assert karin.get(f"{DEFINITIONS}/errand/versions/{number}").status_code in (400, 404)


def test_the_newest_forms_are_listed_by_key(karin: Browser) -> None:
    rows = karin.get("/api/v1/forms").json()["items"]
    assert [row["key"] for row in rows] == sorted(row["key"] for row in rows)
    assert {"errand", "errand-note"} <= {row["key"] for row in rows}
    (errand,) = [row for row in rows if row["key"] == "errand"]
    texts = karin.get("/api/v1/forms/errand").json()["form"]["texts"]
    title = {language: texts[language]["title"] for language in ("sv", "en")}
    assert errand == {"key": "errand", "version": 1, "title": title, "deployedAt": "2025-02-03T12:00:00Z"}


def test_a_form_comes_with_its_examples(karin: Browser) -> None:
    view = karin.get("/api/v1/forms/errand").json()
    folder = DIAGRAM.parents[2] / "forms" / "errand" / "examples"
    assert view["examples"] == {file.stem: json.loads(file.read_text("utf-8")) for file in folder.glob("*.json")}


def test_a_form_comes_with_its_texts_in_both_languages(karin: Browser) -> None:
    view = karin.get("/api/v1/forms/errand").json()
    assert view["version"] == 1
    assert view["form"]["key"] == "errand"
    assert view["form"]["schema"]["required"] == ["subject", "amount"]
    assert view["form"]["ui"] == {"ui:order": ["subject", "amount", "topic"]}
    assert view["form"]["texts"]["sv"]["fields"]["amount"]["label"] == "Belopp"
    assert view["form"]["texts"]["en"]["fields"]["amount"]["label"] == "Amount"
    assert karin.get("/api/v1/forms/nothing").json()["code"] == "not-found"


def test_a_designer_retires_a_process_and_takes_it_up_again(browser_of: BrowserOf, karin: Browser) -> None:
    dag = browser_of("dag")
    refused = karin.post(f"{DEFINITIONS}/errand/retire", json={"reason": "r"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed")
    retired = dag.post(f"{DEFINITIONS}/errand/retire", json={"reason": "Replaced."})
    assert retired.status_code == 200
    (errand,) = karin.get(DEFINITIONS).json()["items"]
    assert errand == {**retired.json(), "openCases": None}
    by = {"id": "dag", "name": "Dag Lind"}
    assert (errand["isStartable"], errand["retired"]) == (
        False,
        {"at": "2025-02-03T12:00:00Z", "by": by, "reason": "Replaced."},
    )
    started = karin.post(
        "/api/v1/cases", json={"process": "errand", "unit": "north", "submission": {"subject": "s", "amount": 1}}
    )
    assert (started.status_code, started.json()["code"]) == (409, "not-possible")
    again = dag.post(f"{DEFINITIONS}/errand/restore", json={"reason": "Needed."})
    assert (again.json()["isStartable"], again.json()["retired"]) == (True, None)
    assert dag.post(f"{DEFINITIONS}/errand/restore", json={"reason": "Needed."}).json()["code"] == "not-possible"
    assert dag.post(f"{DEFINITIONS}/nothing/retire", json={"reason": "r"}).status_code == 404
