"""Packages as zip files over HTTP: out, in as a draft, and refused without harm to what there is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from api.exchange import ZIP
from engine.archive import MOST_BYTES
from tests.api.conftest import Browser, BrowserOf

DRAFTS = "/api/v1/drafts"
IMPORT = f"{DRAFTS}/import"
VERSION = "/api/v1/definitions/errand/versions/1/zip"
PACKAGE = Path(__file__).parent / "package"
AS_ZIP = {"Content-Type": ZIP}

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def dag(browser_of: BrowserOf) -> Browser:
    """A designer."""
    return browser_of("dag")


def files_in(source: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(source)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for path, content in files.items():
            made.writestr(path, content)
    return stream.getvalue()


def take(browser: Browser, source: bytes, path: str = IMPORT, *, match: int | None = None) -> Any:
    headers = AS_ZIP if match is None else {**AS_ZIP, "If-Match": f'"{match}"'}
    return browser.post(path, content=source, headers=headers)


def test_a_version_comes_out_as_its_files_and_forms(dag: Browser) -> None:
    answer = dag.get(VERSION)
    assert (answer.status_code, answer.headers["content-type"]) == (200, ZIP)
    assert answer.headers["content-disposition"] == 'attachment; filename="errand-1.zip"'
    found = files_in(answer.content)
    assert {name.split("/")[0] for name in found} == {"processes", "forms"}
    for name, content in found.items():
        assert content == (PACKAGE / name).read_bytes()
    assert {name for name in found if name.startswith("processes/")} == {
        path.relative_to(PACKAGE).as_posix() for path in (PACKAGE / "processes").rglob("*") if path.is_file()
    }


def test_what_came_out_goes_in_as_a_draft_and_comes_out_the_same(dag: Browser) -> None:
    source = dag.get(VERSION).content
    answer = take(dag, source)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["draft"]["key"], told["draft"]["basedOn"], told["draft"]["revision"]) == ("errand", 1, 1)
    assert {form["state"] for form in told["forms"]} == {"same"}
    assert told["leftOut"] == []
    again = dag.get(f"{DRAFTS}/{told['draft']['id']}/zip")
    assert again.content == source
    assert again.headers["content-disposition"] == 'attachment; filename="errand-draft-1.zip"'


def test_a_form_that_is_not_as_deployed_comes_into_the_draft(dag: Browser) -> None:
    files = files_in(dag.get(VERSION).content)
    files["forms/errand/texts.en.json"] = files["forms/errand/texts.en.json"].replace(b"{", b"{ ", 1)
    files["forms/anew/schema.json"] = b"{}"
    told = take(dag, zipped(files)).json()
    assert {form["key"]: form["state"] for form in told["forms"]} == {
        "anew": "missing",
        "errand": "other",
        "errand-note": "same",
    }
    taken = {name for name in told["files"] if name.startswith("forms/")}
    assert taken == {"forms/anew/schema.json", *(name for name in files if name.startswith("forms/errand/"))}
    found = dag.get(f"{DRAFTS}/{told['draft']['id']}/findings").json()["findings"]
    assert "form-overtaken" in {finding["rule"] for finding in found}
    assert files_in(dag.get(f"{DRAFTS}/{told['draft']['id']}/zip").content) == files


def test_an_import_never_loses_the_draft_that_there_is(dag: Browser) -> None:
    draft = dag.post(DRAFTS, json={"key": "errand", "version": 1}).json()["draft"]
    path = f"{DRAFTS}/{draft['id']}"
    dag.patch(path, json={"files": {"process.bpmn": "<mine"}}, headers={"If-Match": '"1"'})
    source = dag.get(VERSION).content
    assert take(dag, source).json()["code"] == "conflict"
    assert dag.get(path).json()["files"]["process.bpmn"] == "<mine"
    assert take(dag, source, f"{path}/import", match=1).status_code == 412
    taken = take(dag, source, f"{path}/import", match=2)
    assert (taken.status_code, taken.json()["draft"]["revision"]) == (200, 3)
    assert dag.get(path).json()["files"]["process.bpmn"] != "<mine"
    assert dag.get(f"{path}/saves/2").json()["files"]["process.bpmn"] == "<mine"
    assert take(dag, source, f"{path}/import", match=3).json()["draft"]["revision"] == 3


def test_a_zip_of_another_process_is_not_taken_into_a_draft(dag: Browser) -> None:
    draft = dag.post(DRAFTS, json={"key": "errand", "version": 1}).json()["draft"]
    other = zipped({"processes/other/process.bpmn": b"<definitions/>"})
    assert take(dag, other, f"{DRAFTS}/{draft['id']}/import", match=1).json()["code"] == "not-possible"
    assert take(dag, other).status_code == 201


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (b"", "archive-unreadable"),
        (b"\x00" * 1_000, "archive-unreadable"),
        (zipped({"../process.bpmn": b"<a/>"}), "archive-path"),
        (zipped({"readme.txt": b"?"}), "archive-package"),
        (zipped({"processes/errand/process.bpmn": "<å/>".encode("latin-1")}), "xml-encoding"),
        (zipped({"processes/errand/process.bpmn": b"<a/>", "processes/errand/a.json": b'"\0"'}), "file-encoding"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_what_to_do(dag: Browser, source: bytes, rule: str) -> None:
    answer = dag.post(IMPORT, content=source, headers={**AS_ZIP, "Accept-Language": "sv"})
    assert answer.status_code == 422
    (finding,) = answer.json()["findings"]
    assert finding["rule"] == rule
    assert finding["message"]
    assert finding["remedy"]
    assert dag.get(DRAFTS).json()["items"] == []


def test_too_large_and_of_another_kind_is_refused(dag: Browser) -> None:
    assert take(dag, b"x" * (MOST_BYTES + 1)).status_code == 413
    assert dag.post(IMPORT, content=b"{}", headers={"Content-Type": "application/json"}).status_code == 415
    many = zipped({"processes/errand/process.bpmn": b"<a/>", **{f"processes/errand/{n}.json": b"{}" for n in range(300)}})
    assert take(dag, many).json()["problems"][0]["path"] == "/files"


@pytest.mark.parametrize("name", ["karin", "hedda", "audun"])
def test_zip_files_are_for_designers_and_administrators(browser_of: BrowserOf, dag: Browser, name: str) -> None:
    draft = dag.post(DRAFTS, json={"key": "errand", "version": 1}).json()["draft"]
    other = browser_of(name)
    assert other.get(VERSION).status_code == 403
    assert other.get(f"{DRAFTS}/{draft['id']}/zip").status_code == 403
    assert take(other, b"").status_code == 403
    assert take(other, b"", f"{DRAFTS}/{draft['id']}/import").status_code == 403
    assert dag.get(VERSION.replace("/1/", "/7/")).status_code == 404


def test_a_versions_scenarios_are_played_and_told_step_by_step(dag: Browser, browser_of: BrowserOf) -> None:
    path = "/api/v1/definitions/errand/versions/1/scenarios"
    told = dag.post(path).json()
    assert told["passed"] is True
    assert told["revision"] is None
    (coverage,) = told["coverage"]
    assert coverage["process"] == "errand"
    assert "<" in coverage["diagram"]
    for scenario in told["scenarios"]:
        assert {step["outcome"] for step in scenario["steps"]} == {"done"}
        assert all(step["text"]["sv"] and step["text"]["en"] for step in scenario["steps"])
        ids = {part["id"] for part in coverage["parts"]}
        assert {id_ for passed in scenario["trail"] for id_ in passed["times"]} <= ids
    assert browser_of("karin").post(path).status_code == 403
    assert dag.post(path.replace("/1/", "/9/")).status_code == 404
