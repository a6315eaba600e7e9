"""Files of a case."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from httpx import Response

from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.commands.files import ORPHANS_KEPT
from engine.storage.memory import MemoryStore
from tests.api.conftest import Browser, BrowserOf, complete, start, task_id

PDF = b"%PDF-1.7 \x00\xff"


@pytest.fixture
def files(case_id: str) -> str:
    """The address of the case's files."""
    return f"/api/v1/cases/{case_id}/files"


def send(browser: Browser, files: str, name: str = "Läkarintyg år 1.pdf", content: bytes = PDF) -> Response:
    headers = {"X-File-Name": quote(name), "Content-Type": "application/octet-stream"}
    return browser.post(files, content=content, headers=headers)


def added(browser: Browser, files: str) -> dict[str, Any]:
    answer = send(browser, files)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_a_file_is_kept_listed_and_given_back_as_an_attachment(files: str, karin: Browser) -> None:
    file = added(karin, files)
    assert file == {
        "id": file["id"],
        "name": "Läkarintyg år 1.pdf",
        "mediaType": "application/pdf",
        "size": len(PDF),
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "addedAt": "2025-02-03T12:00:00Z",
        "addedBy": {"id": "karin", "name": "Karin Lind"},
    }
    assert karin.get(files).json()["items"] == [file]
    answer = karin.get(f"{files}/{file['id']}")
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, PDF, "application/pdf")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''L%C3%A4karintyg%20%C3%A5r%201.pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("program.exe", b"MZ"),
        ("page.html", b"<html>"),
        ("pdf", PDF),
        ("wrong.pdf", b"<html>"),
        ("wrong.png", PDF),
        ("binary.txt", b"a\x00b"),
        ("binary.txt", b"\xff"),
        ("empty.txt", b""),
        ("", PDF),
        ("19121212-1212.pdf", PDF),
        ("a\nb.pdf", PDF),
        ("x" * 200 + ".pdf", PDF),
    ],
)
def test_what_is_not_taken_is_refused_and_not_kept(files: str, karin: Browser, name: str, body: bytes) -> None:
    answer = send(karin, files, name, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "rejected"), answer.text
    assert karin.get(files).json()["items"] == []


def test_a_path_in_a_name_is_left_out(files: str, karin: Browser) -> None:
    assert send(karin, files, "C:\\hemma\\../brev.TXT", "Hej å".encode()).json()["name"] == "brev.TXT"


def test_a_file_that_is_too_large_is_refused(files: str, karin: Browser) -> None:
    most = karin.get(files).json()["mostBytes"]
    assert send(karin, files, content=PDF + b"x" * (most - len(PDF))).status_code == 201
    answer = send(karin, files, content=PDF + b"x" * most)
    assert (answer.status_code, answer.json()["code"]) == (413, "file-too-large")


def test_another_kind_of_body_is_refused(files: str, karin: Browser) -> None:
    answer = karin.post(files, json={"file": "x"}, headers={"X-File-Name": "a.pdf"})
    assert answer.json()["code"] == "unsupported-media-type"
    headers = {"Content-Type": "application/octet-stream"}
    assert karin.post(files, content=PDF, headers=headers).json()["code"] == "invalid-request"
    answer = karin.post(files, content=PDF, headers={**headers, "X-File-Name": "%ff.pdf"}).json()
    assert (answer["code"], [one["path"] for one in answer["problems"]]) == ("invalid-request", ["X-File-Name"])


def test_rights_are_those_of_the_case(files: str, karin: Browser, browser_of: BrowserOf) -> None:
    file = added(karin, files)
    auditor = browser_of("audun")
    assert auditor.get(f"{files}/{file['id']}").content == PDF
    assert send(auditor, files).json()["code"] == "not-allowed"
    for name in ("sten", "admira"):
        stranger = browser_of(name)
        assert stranger.get(files).json()["code"] == "not-found"
        assert stranger.get(f"{files}/{file['id']}").json()["code"] == "not-found"
        assert send(stranger, files).json()["code"] == "not-found"
    other = start(karin)["id"]
    assert karin.get(f"/api/v1/cases/{other}/files/{file['id']}").json()["code"] == "not-found"
    assert karin.get(f"{files}/none").json()["code"] == "not-found"


def test_looks_are_on_record_and_history_tells_of_a_file(files: str, case_id: str, karin: Browser, store: MemoryStore) -> None:
    file = added(karin, files)
    karin.get(files)
    karin.get(f"{files}/{file['id']}")
    with store.read() as work:
        assert [one.what for one in work.access_log.of_subject(case_id)][-2:] == ["files", "file"]
        change = [*work.changes.after(0, 100)][-1]
    assert change.aspects == frozenset({"files"})
    last = karin.get(f"/api/v1/cases/{case_id}/history").json()["items"][-1]
    assert (last["type"], last["payload"]["sha256"]) == ("file-added", file["sha256"])
    assert last["text"]["sv"] == "Karin Lind lade till filen “Läkarintyg år 1.pdf”."


def test_a_content_that_is_not_what_was_uploaded_is_told(files: str, karin: Browser, engine: CaseEngine) -> None:
    file = added(karin, files)
    engine.files.put(file["id"], b"%PDF-other")
    answer = karin.get(f"{files}/{file['id']}")
    assert (answer.status_code, answer.json()["code"]) == (500, "file-damaged")


def test_a_file_does_not_keep_a_task_from_being_taken_back(files: str, karin: Browser) -> None:
    look = task_id(karin, "look")
    assert complete(karin, "look", {"note": "Found"}).status_code == 200
    added(karin, files)
    assert karin.post(f"/api/v1/tasks/{look}/undo", json={"reason": "Wrong"}).status_code == 200


def test_a_file_is_removed_with_a_reason_and_its_content_erased(
    files: str, case_id: str, karin: Browser, engine: CaseEngine
) -> None:
    file = added(karin, files)
    answer = karin.post(f"{files}/{file['id']}/remove", json={"reason": "Another client's"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert karin.get(files).json()["items"] == []
    assert karin.get(f"{files}/{file['id']}").json()["code"] == "not-found"
    assert karin.post(f"{files}/{file['id']}/remove", json={"reason": "again"}).json()["code"] == "not-found"
    assert engine.files.get(file["id"]) is None
    last = karin.get(f"/api/v1/cases/{case_id}/history").json()["items"][-1]
    assert (last["type"], last["payload"]["sha256"]) == ("file-removed", file["sha256"])
    assert last["text"]["sv"] == "Karin Lind tog bort filen “Läkarintyg år 1.pdf”. Skäl: Another client's."
    with engine.store.read() as work:
        assert [*work.changes.after(0, 100)][-1].aspects == frozenset({"files"})


def test_a_file_is_removed_by_whoever_added_it_or_the_head(files: str, karin: Browser, browser_of: BrowserOf) -> None:
    first, second = added(karin, files), added(karin, files)
    reason = {"reason": "Wrong case"}
    for name, code in (("olle", "not-allowed"), ("audun", "not-allowed"), ("sten", "not-found"), ("admira", "not-found")):
        assert browser_of(name).post(f"{files}/{first['id']}/remove", json=reason).json()["code"] == code, name
    assert browser_of("hedda").post(f"{files}/{first['id']}/remove", json=reason).status_code == 204
    other = start(karin)["id"]
    assert karin.post(f"/api/v1/cases/{other}/files/{second['id']}/remove", json=reason).json()["code"] == "not-found"
    assert [one["id"] for one in karin.get(files).json()["items"]] == [second["id"]]


@pytest.mark.parametrize("reason", ["  ", "Hör till 19121212-TF12"])
def test_a_removal_without_a_right_reason_is_refused(files: str, karin: Browser, reason: str) -> None:
    file = added(karin, files)
    assert karin.post(f"{files}/{file['id']}/remove", json={"reason": reason}).status_code in (400, 422)
    assert karin.get(f"{files}/{file['id']}").content == PDF


def test_contents_that_belong_to_no_file_are_swept_when_they_are_old(
    files: str, karin: Browser, engine: CaseEngine, clock: FixedClock
) -> None:
    file = added(karin, files)
    engine.files.put("a" * 32, b"stray")
    clock.move_to(datetime.now(UTC))
    assert engine.sweep_files() == 0
    clock.move_to(datetime.now(UTC) + ORPHANS_KEPT + timedelta(hours=1))
    assert engine.sweep_files() == 1
    assert engine.files.get("a" * 32) is None
    assert engine.files.get(file["id"]) == PDF


@pytest.mark.parametrize(("name", "source", "how"), [("a.pdf", PDF, "inline"), ("a.docx", b"PK\x03\x04", "attachment")])
def test_a_file_is_shown_by_itself_only_where_nothing_in_it_can_run(
    files: str, karin: Browser, name: str, source: bytes, how: str
) -> None:
    file = send(karin, files, name, source).json()
    answer = karin.get(f"{files}/{file['id']}?inline=true")
    assert answer.headers["content-disposition"] == f"{how}; filename*=UTF-8''{name}"
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; frame-ancestors 'none'")
    assert policy.endswith("; sandbox")


def test_a_file_is_added_and_removed_once_however_often_it_is_asked_for(files: str, karin: Browser) -> None:
    headers = {
        "X-File-Name": "a.pdf",
        "Content-Type": "application/octet-stream",
        "Idempotency-Key": "a-key-of-sixteen-at-least",
    }
    first, second = (karin.post(files, content=PDF, headers=headers) for _ in range(2))
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert karin.get(files).json()["items"] == [first.json()]
    assert karin.post(files, content=PDF + b"x", headers=headers).json()["code"] == "idempotency-key-reused"
    renamed = {**headers, "X-File-Name": "b.pdf"}
    assert karin.post(files, content=PDF, headers=renamed).json()["code"] == "idempotency-key-reused"
    remove = f"{files}/{first.json()['id']}/remove"
    key = {"Idempotency-Key": "another-key-of-sixteen"}
    answers = [karin.post(remove, json={"reason": "Wrong case"}, headers=key).status_code for _ in range(2)]
    assert answers == [204, 204]
    assert karin.get(files).json()["items"] == []
    assert karin.post(files, content=PDF, headers=headers).json() == first.json()
    assert karin.get(files).json()["items"] == []
