"""Deployed versions, looked at: their forms and decisions as they were, whatever was deployed since."""

from __future__ import annotations

import pytest

from tests.api.conftest import Browser, BrowserOf
from tests.api.test_draft_decisions import FILE, MODEL
from tests.api.test_draft_forms import SWEDISH, take, titled
from tests.api.test_drafts import DRAFTS, begin, save

VERSION = "/api/v1/definitions/errand/versions"

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def dag(browser_of: BrowserOf) -> Browser:
    """A designer who has deployed a second version, with a decision and another title of a form."""
    dag = browser_of("dag")
    id_ = str(begin(dag)["draft"]["id"])
    whole = take(dag, id_, "errand-note", revision=1).json()
    changed: dict[str, str | None] = {FILE: MODEL, SWEDISH: titled(whole["files"][SWEDISH], "Ny rubrik")}
    save(dag, id_, changed, revision=2)
    deployed = dag.post(f"{DRAFTS}/{id_}/deploy", json={"replaces": 1})
    assert deployed.json()["version"] == 2, deployed.text
    return dag


def test_a_version_tells_which_forms_and_decisions_it_has(dag: Browser) -> None:
    newer = dag.get(f"{VERSION}/2/contents").json()
    assert [one["file"] for one in newer["decisions"]] == [FILE]
    assert newer["decisions"][0]["xml"] == MODEL
    titles = {one["key"]: (one["version"], one["title"]["sv"]) for one in newer["forms"]}
    assert titles["errand-note"] == (2, "Ny rubrik")
    older = dag.get(f"{VERSION}/1/contents").json()
    assert older["decisions"] == []
    assert {one["key"]: one["version"] for one in older["forms"]}["errand-note"] == 1


def test_every_version_of_a_form_can_be_read(dag: Browser) -> None:
    listed = dag.get("/api/v1/forms/errand-note/versions").json()["items"]
    assert [one["version"] for one in listed] == [2, 1]
    titles = [dag.get(f"/api/v1/forms/errand-note/versions/{n}").json()["form"]["texts"]["sv"]["title"] for n in (2, 1)]
    assert titles[0] == "Ny rubrik" != titles[1]
    assert dag.get("/api/v1/forms/errand-note/versions/3").status_code == 404
    assert dag.get("/api/v1/forms/nothing/versions").status_code == 404


def test_a_decision_of_a_version_is_tried_without_a_draft(dag: Browser) -> None:
    decision = f"{VERSION}/2/decisions/size"
    assert [one["name"] for one in dag.get(decision).json()["asked"]] == ["amount", "topic"]
    told = dag.post(f"{decision}/evaluate", json={"values": {"amount": "4", "topic": '"keys"'}}).json()
    assert (told["value"], told["tables"][0]["matched"][0]["id"]) == ('"small"', "keys")
    for path in (f"{VERSION}/1/decisions/size", f"{VERSION}/2/decisions/nothing", f"{VERSION}/3/decisions/size"):
        assert dag.get(path).status_code == 404
        assert dag.post(f"{path}/evaluate", json={"values": {}}).status_code == 404


def test_contents_are_for_designers(dag: Browser, karin: Browser) -> None:
    assert dag.get(f"{VERSION}/2/contents").status_code == 200
    assert karin.get(f"{VERSION}/2/contents").status_code == 403
    assert karin.get(f"{VERSION}/2/decisions/size").status_code == 403
