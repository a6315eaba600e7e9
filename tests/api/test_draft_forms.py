"""Forms in drafts: taken in, changed, checked with the process and deployed with it, never over somebody else's version."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.api.conftest import Browser, BrowserOf, start, task_id
from tests.api.test_drafts import DRAFTS, begin, save

SCHEMA = "forms/errand-note/schema.json"
SWEDISH = "forms/errand-note/texts.sv.json"

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def dag(browser_of: BrowserOf) -> Browser:
    """A designer."""
    return browser_of("dag")


def take(browser: Browser, draft: str, key: str, *, revision: int, **more: Any) -> Any:
    match = {"If-Match": f'"{revision}"'}
    return browser.post(f"{DRAFTS}/{draft}/forms", json={"key": key, **more}, headers=match)


def titled(text: str, title: str) -> str:
    return json.dumps({**json.loads(text), "title": title})


def findings(browser: Browser, draft: str) -> list[tuple[str, str]]:
    found = browser.get(f"{DRAFTS}/{draft}/findings").json()["findings"]
    return [(one["rule"], one["file"]) for one in found if one["severity"] == "error"]


def test_a_form_is_taken_in_changed_and_deployed_with_the_process(dag: Browser, karin: Browser) -> None:
    start(karin)
    id_ = begin(dag)["draft"]["id"]
    answer = take(dag, id_, "errand-note", revision=1)
    assert answer.status_code == 200, answer.text
    whole = answer.json()
    assert (whole["draft"]["forms"], whole["draft"]["revision"], answer.headers["etag"]) == ({"errand-note": 1}, 2, '"2"')
    assert {name for name in whole["files"] if name.startswith("forms/")} == {
        f"forms/errand-note/{name}" for name in ("schema.json", "ui.json", "texts.sv.json", "texts.en.json")
    }
    assert findings(dag, id_) == []
    save(dag, id_, {SWEDISH: titled(whole["files"][SWEDISH], "Ny rubrik")}, revision=2)
    assert dag.get("/api/v1/forms/errand-note").json()["version"] == 1
    deployed = dag.post(f"{DRAFTS}/{id_}/deploy", json={"replaces": 1}).json()
    assert (deployed["version"], deployed["isNew"], deployed["forms"]) == (2, True, {"errand-note": 2})
    live = dag.get("/api/v1/forms/errand-note").json()
    assert (live["version"], live["form"]["texts"]["sv"]["title"]) == (2, "Ny rubrik")
    after = dag.get(f"{DRAFTS}/{id_}").json()
    assert not [name for name in after["files"] if name.startswith("forms/")]
    assert after["draft"]["forms"] == {}
    running = karin.get(f"/api/v1/tasks/{task_id(karin, 'look')}").json()["form"]
    assert running["texts"]["sv"]["title"] != "Ny rubrik"


def test_a_broken_form_is_kept_told_at_its_line_and_not_deployed(dag: Browser) -> None:
    id_ = begin(dag)["draft"]["id"]
    take(dag, id_, "errand-note", revision=1)
    save(dag, id_, {SCHEMA: '{\n  "type": "object",\n  oops\n}'}, revision=2)
    found = dag.get(f"{DRAFTS}/{id_}/findings").json()["findings"]
    one = next(one for one in found if one["rule"] == "json-broken")
    assert (one["file"], one["line"]) == (SCHEMA, 3)
    assert one["message"]["sv"] != one["message"]["en"]
    assert dag.post(f"{DRAFTS}/{id_}/deploy", json={"replaces": 1}).status_code == 422
    assert dag.get("/api/v1/forms/errand-note").json()["version"] == 1


def test_a_new_form_is_deployed_with_the_process_that_uses_it(dag: Browser) -> None:
    whole = begin(dag)
    id_ = whole["draft"]["id"]
    taken = take(dag, id_, "errand-note", revision=1).json()["files"]
    new = {name.replace("errand-note", "closing-note"): text for name, text in taken.items() if name.startswith("forms/")}
    new["forms/closing-note/schema.json"] = new["forms/closing-note/schema.json"].replace("form:errand", "form:closing")
    diagram = whole["files"]["process.bpmn"].replace('stegvis:form="errand-note"', 'stegvis:form="closing-note"', 1)
    old: dict[str, str | None] = dict.fromkeys(name for name in taken if name.startswith("forms/"))
    draft = save(dag, id_, {**old, **new, "process.bpmn": diagram}, revision=2)
    assert draft["forms"] == {"closing-note": None}
    assert findings(dag, id_) == []
    deployed = dag.post(f"{DRAFTS}/{id_}/deploy", json={"replaces": 1})
    assert deployed.json()["forms"] == {"closing-note": 1}, deployed.text


def test_a_version_that_somebody_deployed_meanwhile_is_not_silently_replaced(dag: Browser, browser_of: BrowserOf) -> None:
    first, second = begin(dag)["draft"]["id"], begin(browser_of("admira"), key="other", name="Other")["draft"]["id"]
    mine = take(dag, first, "errand-note", revision=1).json()["files"]
    theirs = take(dag, second, "errand-note", revision=1).json()["files"]
    save(dag, first, {SWEDISH: titled(mine[SWEDISH], "Min")}, revision=2)
    save(dag, second, {SWEDISH: titled(theirs[SWEDISH], "Deras")}, revision=2)
    assert dag.post(f"{DRAFTS}/{second}/deploy", json={"replaces": None}).status_code == 200
    assert findings(dag, first) == [("form-overtaken", SCHEMA)]
    refused = dag.post(f"{DRAFTS}/{first}/deploy", json={"replaces": 1})
    assert (refused.status_code, refused.json()["findings"][0]["rule"]) == (422, "form-overtaken")
    kept = take(dag, first, "errand-note", revision=3, keepOwn=True).json()
    assert (kept["draft"]["forms"], json.loads(kept["files"][SWEDISH])["title"]) == ({"errand-note": 2}, "Min")
    assert findings(dag, first) == []
    again = take(dag, first, "errand-note", revision=4).json()
    assert json.loads(again["files"][SWEDISH])["title"] == "Deras"


def test_what_is_not_there_or_not_allowed_is_not_taken_in(dag: Browser, karin: Browser) -> None:
    id_ = begin(dag)["draft"]["id"]
    assert take(dag, id_, "nothing", revision=1).status_code == 404
    assert take(dag, id_, "errand-note", revision=7).status_code == 412
    assert take(karin, id_, "errand-note", revision=1).status_code == 403
    assert dag.get(f"{DRAFTS}/{id_}").json()["draft"]["forms"] == {}
