"""Drafts of packages: what designers work on, apart from what is live."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.clock import FixedClock
from tests.api.conftest import Browser, BrowserOf, start

DRAFTS = "/api/v1/drafts"
ERRAND = Path(__file__).parent / "package" / "processes" / "errand"
SCENARIO = """title: Asked for
start: {at: 2025-02-03T09:00, unit: north, as: karin, form: {fields: {subject: Keys, amount: 4}}}
steps:
  - expect: {data: '= subject = "Keys"'}
"""

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def dag(browser_of: BrowserOf) -> Browser:
    """A designer."""
    return browser_of("dag")


def begin(browser: Browser, **new: Any) -> dict[str, Any]:
    answer = browser.post(DRAFTS, json=new or {"key": "errand", "version": 1})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def save(browser: Browser, draft: str, files: dict[str, str | None], *, revision: int) -> dict[str, Any]:
    answer = browser.patch(f"{DRAFTS}/{draft}", json={"files": files}, headers={"If-Match": f'"{revision}"'})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def renamed(files: dict[str, str]) -> str:
    return files["process.bpmn"].replace('name="Errand"', 'name="Errand, anew"')


def test_a_draft_has_every_file_that_its_version_came_in(dag: Browser) -> None:
    whole = begin(dag)
    files = {path.relative_to(ERRAND).as_posix() for path in ERRAND.rglob("*") if path.is_file()}
    assert set(whole["files"]) == files
    assert whole["files"]["process.bpmn"] == (ERRAND / "process.bpmn").read_text(encoding="utf-8")
    assert (whole["draft"]["basedOn"], whole["draft"]["revision"]) == (1, 1)
    assert whole["draft"]["savedBy"]["name"] == "Dag Lind"
    assert dag.get(DRAFTS).json()["items"] == [whole["draft"]]
    read = dag.get(f"{DRAFTS}/{whole['draft']['id']}")
    assert (read.json(), read.headers["etag"]) == (whole, '"1"')
    assert dag.post(DRAFTS, json={"key": "errand", "version": 1}).status_code == 409


def test_drafts_are_called_what_their_diagrams_call_the_process(dag: Browser) -> None:
    new = begin(dag, key="new-way", name="Ny väg", nameEn="New way")["draft"]
    begin(dag)
    assert [(one["key"], one["name"], one["nameEn"]) for one in dag.get(DRAFTS).json()["items"]] == [
        ("errand", "Errand", "An errand"),
        ("new-way", "Ny väg", "New way"),
    ]
    broken = save(dag, new["id"], {"process.bpmn": "<broken"}, revision=1)
    assert (broken["name"], broken["nameEn"]) == ("new-way", "new-way")


@pytest.mark.parametrize("name", ["karin", "hedda", "audun"])
def test_drafts_are_for_designers_and_administrators(browser_of: BrowserOf, dag: Browser, name: str) -> None:
    id_ = begin(dag)["draft"]["id"]
    other = browser_of(name)
    assert other.get(DRAFTS).status_code == 403
    assert other.post(DRAFTS, json={"key": "errand", "version": 1}).status_code == 403
    for what in ("", "/saves", "/saves/1", "/findings"):
        assert other.get(f"{DRAFTS}/{id_}{what}").status_code == 403
    assert other.patch(f"{DRAFTS}/{id_}", json={"files": {}}).status_code == 403
    assert other.post(f"{DRAFTS}/{id_}/scenarios").status_code == 403
    assert other.post(f"{DRAFTS}/{id_}/deploy", json={"replaces": 1}).status_code == 403
    assert other.delete(f"{DRAFTS}/{id_}").status_code == 403
    assert browser_of("admira").get(f"{DRAFTS}/{id_}").status_code == 200


def test_what_is_saved_is_kept_with_its_history_and_nobody_is_overwritten(
    dag: Browser, browser_of: BrowserOf, clock: FixedClock
) -> None:
    whole = begin(dag)
    id_ = whole["draft"]["id"]
    save(dag, id_, {"process.bpmn": "<half"}, revision=1)
    clock.move_to(clock.now() + timedelta(minutes=1))
    assert save(dag, id_, {"scenarios/one.yaml": "a: b"}, revision=2)["revision"] == 3
    clock.move_to(clock.now() + timedelta(hours=1))
    save(browser_of("admira"), id_, {"scenarios/one.yaml": None}, revision=3)
    answer = dag.patch(f"{DRAFTS}/{id_}", json={"files": {"process.bpmn": "<mine/>"}}, headers={"If-Match": '"3"'})
    assert (answer.status_code, answer.headers["etag"]) == (412, '"4"')
    saves = dag.get(f"{DRAFTS}/{id_}/saves").json()["items"]
    assert [(one["revision"], one["by"]["id"], one["files"]) for one in saves] == [
        (4, "admira", ["scenarios/one.yaml"]),
        (3, "dag", ["process.bpmn", "scenarios/one.yaml"]),
        (1, "dag", sorted(whole["files"])),
    ]
    assert dag.get(f"{DRAFTS}/{id_}/saves/1").json()["files"] == whole["files"]
    assert dag.get(f"{DRAFTS}/{id_}/saves/2").status_code == 404
    assert dag.get("/api/v1/definitions/errand/versions").json()["items"][0]["version"] == 1


@pytest.mark.parametrize(
    "name", ["../x.json", "/x.json", "a//b.json", "x.py", "a/b/c/d/e/f.json", ".x.json", "x" * 300 + ".json"]
)
def test_a_name_that_is_no_path_in_a_package_is_refused(dag: Browser, name: str) -> None:
    id_ = begin(dag)["draft"]["id"]
    answer = dag.patch(f"{DRAFTS}/{id_}", json={"files": {name: "{}"}})
    assert answer.status_code == 422
    assert dag.patch(f"{DRAFTS}/{id_}", json={"files": {"process.bpmn": None}}).status_code == 422
    assert dag.get(f"{DRAFTS}/{id_}").json()["draft"]["revision"] == 1


def test_findings_name_element_and_line_in_both_languages(dag: Browser) -> None:
    whole = begin(dag)
    id_ = whole["draft"]["id"]
    assert dag.get(f"{DRAFTS}/{id_}/findings").json() == {"revision": 1, "findings": []}
    broken = whole["files"]["process.bpmn"].replace('stegvis:form="errand-note"', 'stegvis:form="gone"')
    save(dag, id_, {"process.bpmn": broken}, revision=1)
    found = dag.get(f"{DRAFTS}/{id_}/findings").json()
    one = next(one for one in found["findings"] if one["severity"] == "error")
    assert found["revision"] == 2
    assert one["file"] == "process.bpmn"
    assert one["element"]
    assert one["line"] > 1
    assert one["message"]["sv"] != one["message"]["en"]
    assert one["remedy"]["sv"]
    refused = dag.post(f"{DRAFTS}/{id_}/deploy", json={"replaces": 1})
    assert refused.status_code == 422
    assert refused.json()["findings"]
    assert dag.post(f"{DRAFTS}/{id_}/scenarios").status_code == 422


def test_scenarios_of_a_draft_tell_what_they_have_been_through(dag: Browser) -> None:
    id_ = begin(dag)["draft"]["id"]
    save(dag, id_, {"scenarios/one.yaml": SCENARIO, "scenarios/two.yaml": SCENARIO.replace('"Keys"', '"Doors"')}, revision=1)
    report = dag.post(f"{DRAFTS}/{id_}/scenarios").json()
    assert not report["passed"]
    first, second = report["scenarios"]
    assert (first["file"], first["passed"], first["failures"]) == ("scenarios/one.yaml", True, [])
    assert second["failures"][0]["step"] == 1
    assert second["failures"][0]["message"] == {"sv": "Ärendets data är annorlunda.", "en": "The data are otherwise."}
    assert [step["outcome"] for step in second["steps"]] == ["done", "failed"]
    assert second["steps"][0]["text"]["sv"] == "Ärendet börjar 2025-02-03 09:00 i north, för hand"
    (coverage,) = report["coverage"]
    assert coverage["process"] == "errand"
    assert 0 < coverage["elements"]["covered"] < coverage["elements"]["total"]
    passed = {id_ for scenario in report["scenarios"] for one in scenario["trail"] for id_ in one["times"]}
    missing = {part["id"] for part in coverage["parts"] if not part["isFlow"]} - passed
    assert len(missing) == coverage["elements"]["total"] - coverage["elements"]["covered"]


def test_what_the_engine_refuses_a_scenario_is_told_in_both_languages(dag: Browser) -> None:
    id_ = begin(dag)["draft"]["id"]
    save(dag, id_, {"scenarios/one.yaml": SCENARIO + "  - at: 2025-01-01T09:00\n"}, revision=1)
    (scenario,) = dag.post(f"{DRAFTS}/{id_}/scenarios").json()["scenarios"]
    told = scenario["failures"][0]["message"]
    assert told["en"] == "It is 2025-02-03T09:00+01:00 already; time does not go back. Write a later moment."
    assert told["sv"].startswith("Klockan är redan 2025-02-03T09:00+01:00")


def test_a_broken_scenario_stands_in_the_way(dag: Browser) -> None:
    id_ = begin(dag)["draft"]["id"]
    save(dag, id_, {"scenarios/one.yaml": SCENARIO + "  - complete: nowhere\n"}, revision=1)
    found = dag.get(f"{DRAFTS}/{id_}/findings").json()["findings"]
    assert [(one["file"], one["rule"]) for one in found] == [("scenarios/one.yaml", "scenario-element")]
    assert dag.post(f"{DRAFTS}/{id_}/deploy", json={"replaces": 1}).status_code == 422


def test_a_draft_is_deployed_with_a_note_while_cases_stay_on_their_version(
    dag: Browser, karin: Browser, browser_of: BrowserOf
) -> None:
    start(karin)
    whole = begin(dag)
    id_ = whole["draft"]["id"]
    save(dag, id_, {"process.bpmn": renamed(whole["files"]), "scenarios/one.yaml": SCENARIO}, revision=1)
    answer = dag.post(f"{DRAFTS}/{id_}/deploy", json={"note": "A better name.", "replaces": 1}, headers={"If-Match": '"2"'})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["version"], answer.json()["isNew"], answer.json()["draft"]["basedOn"]) == (2, True, 2)
    versions = dag.get("/api/v1/definitions/errand/versions").json()["items"]
    assert [(one["version"], one["name"], one["note"], one["openCases"]) for one in versions] == [
        (2, "Errand, anew", "A better name.", 0),
        (1, "Errand", "", 1),
    ]
    assert versions[0]["deployedBy"]["id"] == "dag"
    assert karin.get("/api/v1/definitions").json()["items"][0]["openCases"] is None
    assert browser_of("audun").get("/api/v1/definitions").json()["items"][0]["openCases"] == 0
    dag.delete(f"{DRAFTS}/{id_}")
    assert begin(dag, key="errand", version=2)["files"]["scenarios/one.yaml"] == SCENARIO


def test_nothing_new_and_somebody_elses_version_are_told(dag: Browser) -> None:
    whole = begin(dag)
    id_ = whole["draft"]["id"]
    same = dag.post(f"{DRAFTS}/{id_}/deploy", json={"replaces": 1}).json()
    assert (same["version"], same["isNew"]) == (1, False)
    save(dag, id_, {"process.bpmn": renamed(whole["files"])}, revision=1)
    for replaces in (None, 2):
        assert dag.post(f"{DRAFTS}/{id_}/deploy", json={"replaces": replaces}).status_code == 409
    stale = dag.post(f"{DRAFTS}/{id_}/deploy", json={"replaces": 1}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412


def test_a_new_process_begins_with_what_can_be_deployed(dag: Browser) -> None:
    whole = begin(dag, key="new-way", name='En "ny" väg & mer')
    id_ = whole["draft"]["id"]
    assert dag.get(f"{DRAFTS}/{id_}/findings").json()["findings"] == []
    deployed = dag.post(f"{DRAFTS}/{id_}/deploy", json={"note": "", "replaces": None})
    assert deployed.json()["version"] == 1, deployed.text
    assert dag.get("/api/v1/definitions/new-way/versions/1").json()["name"] == 'En "ny" väg & mer'


@pytest.mark.parametrize(("key", "status"), [("Nytt", 422), ("a b", 422), ("errand", 422), ("../a", 422), ("", 400)])
def test_a_key_that_cannot_be_a_new_process_is_refused(dag: Browser, key: str, status: int) -> None:
    assert dag.post(DRAFTS, json={"key": key, "name": "x"}).status_code == status


def test_what_is_not_there_is_not_found(dag: Browser) -> None:
    assert dag.post(DRAFTS, json={"key": "errand", "version": 9}).status_code == 404
    for what in ("", "/saves", "/findings"):
        assert dag.get(f"{DRAFTS}/nothing{what}").status_code == 404


def test_a_new_process_is_named_in_both_languages_and_begins_with_a_form(dag: Browser) -> None:
    whole = begin(dag, key="new-way", name="En väg", nameEn="A way", form="errand-note")
    diagram = whole["files"]["process.bpmn"]
    assert 'name="En väg" stegvis:nameEn="A way"' in diagram
    assert 'stegvis:form="errand-note"' in diagram
    assert dag.get(f"{DRAFTS}/{whole['draft']['id']}/findings").json()["findings"] == []
    refused = dag.post(DRAFTS, json={"key": "other-way", "name": "x", "form": "gone"})
    assert (refused.status_code, refused.json()["problems"][0]["path"]) == (422, "/form")


def test_what_was_there_before_stays_when_somebody_goes_back(dag: Browser) -> None:
    whole = begin(dag)
    id_ = whole["draft"]["id"]
    save(dag, id_, {"process.bpmn": "<present/>"}, revision=1)
    back = {"files": whole["files"], "apart": True}
    answer = dag.patch(f"{DRAFTS}/{id_}", json=back, headers={"If-Match": '"2"'})
    assert answer.json()["revision"] == 3
    assert dag.get(f"{DRAFTS}/{id_}").json()["files"] == whole["files"]
    assert dag.get(f"{DRAFTS}/{id_}/saves/2").json()["files"]["process.bpmn"] == "<present/>"


def test_a_copy_is_kept_in_the_history_and_the_draft_stays_as_it_is(dag: Browser, browser_of: BrowserOf) -> None:
    whole = begin(dag)
    id_ = whole["draft"]["id"]
    save(browser_of("admira"), id_, {"process.bpmn": "<theirs/>"}, revision=1)
    copies = f"{DRAFTS}/{id_}/copies"
    kept = dag.post(copies, json={"files": {"process.bpmn": "<mine/>"}})
    assert (kept.status_code, kept.json()["revision"], kept.headers["etag"]) == (201, 4, '"4"')
    assert dag.get(f"{DRAFTS}/{id_}").json()["files"]["process.bpmn"] == "<theirs/>"
    saves = dag.get(f"{DRAFTS}/{id_}/saves").json()["items"]
    assert [(one["revision"], one["by"]["id"], one["isCopy"], one["files"], one["basedOn"]) for one in saves] == [
        (4, "admira", False, ["process.bpmn"], 1),
        (3, "dag", True, ["process.bpmn"], 1),
        (1, "dag", False, sorted(whole["files"]), 1),
    ]
    assert dag.get(f"{DRAFTS}/{id_}/saves/3").json()["files"]["process.bpmn"] == "<mine/>"
    assert dag.post(copies, json={"files": {"process.bpmn": "<theirs/>"}}).json()["revision"] == 4
    assert dag.post(copies, json={"files": {"../x": "<mine/>"}}).status_code == 422
    assert browser_of("karin").post(copies, json={"files": {}}).status_code == 403


def names_at(browser: Browser, draft: str, element: str = "") -> dict[str, Any]:
    answer = browser.get(f"{DRAFTS}/{draft}/names?element={element}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_names_in_scope_are_told_with_their_types(dag: Browser, browser_of: BrowserOf) -> None:
    whole = begin(dag)
    id_ = whole["draft"]["id"]
    here = {one["name"]: one for one in names_at(dag, id_)["names"]}
    assert here["amount"]["kind"] == "number"
    assert here["case.startedAt"]["kind"] == "date and time"
    assert "loopCounter" not in here
    save(dag, id_, {"process.bpmn": "<broken"}, revision=1)
    assert names_at(dag, id_) == {"names": [], "answer": []}
    assert browser_of("karin").get(f"{DRAFTS}/{id_}/names").status_code == 403


def test_a_finding_says_which_field_mends_it(dag: Browser) -> None:
    whole = begin(dag)
    id_ = whole["draft"]["id"]
    times = 'stegvis:due="= nothing" stegvis:followUp="x"'
    broken = whole["files"]["process.bpmn"].replace('stegvis:due="P10D"', times).replace('"errand-note"', '"gone"', 1)
    save(dag, id_, {"process.bpmn": broken}, revision=1)
    found = dag.get(f"{DRAFTS}/{id_}/findings").json()["findings"]
    assert {one["rule"]: one["fields"] for one in found if one["fields"]} == {
        "no-form": ["form"],
        "unknown-name": ["due"],
        "bad-time": ["followUp", "timer"],
    }


def written(
    browser: Browser, draft: str, field: str, text: str, *, element: str = "", target: str = ""
) -> list[dict[str, Any]]:
    """What is found wrong with an expression while it is being written."""
    told = {"element": element, "field": field, "text": text, "target": target}
    answer = browser.post(f"{DRAFTS}/{draft}/expressions", json=told)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["findings"])


@pytest.mark.parametrize(
    ("field", "text", "rule"),
    [
        ("condition", "amount > 1", "not-feel"),
        ("condition", "= amount >", "bad-expression"),
        ("condition", "= amont > 1", "unknown-name"),
        ("condition", "= amount", "feel-type"),
        ("script", "{round: }", "bad-expression"),
        ("due", "= 5", "feel-type"),
        ("input", "= nobody", "unknown-name"),
        ("title", '= "Errand " + amount', "feel-type"),
    ],
)
def test_an_expression_is_checked_while_it_is_written(dag: Browser, field: str, text: str, rule: str) -> None:
    id_ = begin(dag)["draft"]["id"]
    (found,) = written(dag, id_, field, text, target="who")
    assert (found["rule"], found["fields"][:1]) == (rule, ["input.who" if field == "input" else field])
    assert found["message"]["sv"] != found["message"]["en"]


@pytest.mark.parametrize(
    ("field", "text"),
    [("condition", "= amount > 1"), ("condition", " "), ("due", "P5D"), ("script", "{round: 1}"), ("collection", "= [1]")],
)
def test_an_expression_that_is_right_is_let_be(dag: Browser, field: str, text: str) -> None:
    assert written(dag, begin(dag)["draft"]["id"], field, text) == []


def test_who_may_have_expressions_checked(dag: Browser, browser_of: BrowserOf) -> None:
    id_ = begin(dag)["draft"]["id"]
    told = {"element": "", "field": "condition", "text": "= 1"}
    assert browser_of("karin").post(f"{DRAFTS}/{id_}/expressions", json=told).status_code == 403
    assert dag.post(f"{DRAFTS}/none/expressions", json=told).status_code == 404
    answer = dag.post(f"{DRAFTS}/{id_}/expressions", json={**told, "field": "colour"})
    assert (answer.status_code, answer.json()["problems"][0]["path"]) == (400, "/field")


def test_a_refusal_is_told_in_the_reader_s_language(dag: Browser) -> None:
    draft = begin(dag)["draft"]
    told = {
        language: dag.post(
            f"{DRAFTS}/{draft['id']}/deploy",
            json={"note": "", "replaces": None},
            headers={"If-Match": '"1"', "Accept-Language": language},
        ).json()["detail"]
        for language in ("sv", "en")
    }
    assert told == {
        "sv": "Av errand driftsattes version 1 under tiden. Se på det, och driftsätt sedan igen.",
        "en": "Of errand version 1 was deployed meanwhile. Look at it, then deploy again.",
    }
