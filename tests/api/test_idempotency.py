"""The same request sent again: one effect, and the answer that was given."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from httpx import Response
from litestar import Litestar

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.commands import once as once_module
from engine.ids import CaseId, UserId
from engine.storage.memory import MemoryFileStore, MemoryStore
from engine.storage.memory.store import MemoryUnitOfWork
from tests.api.conftest import Browser, BrowserOf, start, task_id
from tests.api.test_openapi import operations

KEY = {"Idempotency-Key": "a-key-of-sixteen-at-least"}
SECRET = "the answer holds a secret, which is kept nowhere"
QUESTION = "a question that changes nothing"
EACH_BY_ITSELF = "many changes, each in a transaction of its own, and harmless when sent again"
WITHOUT_A_KEY = {
    "createSession": SECRET,
    "deleteSession": SECRET,
    "retryIncidents": EACH_BY_ITSELF,
    "searchCases": QUESTION,
    "searchEntries": QUESTION,
    "nameEntries": QUESTION,
    "checkExpression": QUESTION,
    "evaluateDecision": QUESTION,
    "evaluateVersionDecision": QUESTION,
    "runDraftScenarios": QUESTION,
    "runVersionScenarios": QUESTION,
}
NEW = {"process": "errand", "unit": "north", "submission": {"subject": "Keys", "amount": 4}}
PDF = b"%PDF-1.4\n" + b"\n" * 2000 + b"%%EOF\n"


@pytest.fixture
def olle(browser_of: BrowserOf) -> Browser:
    return browser_of("olle")


@pytest.fixture
def look(content: None, case_id: str, karin: Browser) -> str:
    """The address of an open task."""
    return f"/api/v1/tasks/{task_id(karin, 'look')}"


def sent_as(answer: Response) -> tuple[int, bytes, dict[str, str]]:
    """All of an answer but that it is a replay, and to which request."""
    headers = {name: value for name, value in answer.headers.items() if name not in ("idempotency-replayed", "x-request-id")}
    return answer.status_code, answer.content, headers


def cases(browser: Browser) -> int:
    return len(browser.get("/api/v1/cases").json()["items"])


def test_every_write_takes_a_key_but_those_that_have_a_reason(app: Litestar) -> None:
    without = set()
    for _, method, operation in operations(app):
        parameters: list[dict[str, Any]] = operation.get("parameters", [])  # type: ignore[assignment]  # plain JSON
        if method != "get" and "Idempotency-Key" not in [one["name"] for one in parameters]:
            without.add(operation["operationId"])
    assert without == set(WITHOUT_A_KEY)


def test_every_write_with_a_key_says_how_it_refuses_one(app: Litestar) -> None:
    for path, method, operation in operations(app):
        if method != "get" and operation["operationId"] not in WITHOUT_A_KEY:
            answers = json.dumps(operation["responses"])
            assert "`idempotency-key-reused`" in answers, f"{method} {path}"
            assert "`answer-not-kept`" in answers, f"{method} {path}"


def test_the_answer_is_the_one_that_was_given_whatever_became_of_the_thing(look: str, karin: Browser, olle: Browser) -> None:
    first = karin.post(f"{look}/claim", headers=KEY)
    assert "idempotency-replayed" not in first.headers
    karin.post(f"{look}/release")
    olle.post(f"{look}/claim")
    again = karin.post(f"{look}/claim", headers=KEY)
    assert again.headers["idempotency-replayed"] == "true"
    assert sent_as(again) == sent_as(first)
    assert karin.get(look).json()["task"]["claimedBy"]["id"] == "olle"


def test_a_replay_has_the_headers_of_the_answer(content: None, karin: Browser) -> None:
    first, again = (karin.post("/api/v1/cases", json=NEW, headers=KEY) for _ in range(2))
    assert first.status_code == 201
    assert sent_as(first) == sent_as(again)
    assert again.headers["location"] == f"/api/v1/cases/{first.json()['id']}"
    assert again.headers["etag"] == first.headers["etag"]
    assert cases(karin) == 1


def test_an_answer_with_a_key_is_the_one_without(content: None, karin: Browser) -> None:
    plain, keyed = karin.post("/api/v1/cases", json=NEW), karin.post("/api/v1/cases", json=NEW, headers=KEY)
    assert set(plain.headers) == set(keyed.headers)
    assert plain.headers["content-type"] == keyed.headers["content-type"]
    assert set(plain.json()) == set(keyed.json())


def test_an_answer_without_a_body_is_replayed_too(look: str, karin: Browser) -> None:
    karin.put(f"{look}/draft", json={"values": {"note": "F"}, "baseSequence": 0})
    first, again = (karin.delete(f"{look}/draft", headers=KEY) for _ in range(2))
    assert (first.status_code, first.content) == (204, b"")
    assert sent_as(first) == sent_as(again)
    assert again.headers["idempotency-replayed"] == "true"


def test_quotes_around_a_key_are_no_part_of_it(content: None, karin: Browser) -> None:
    karin.post("/api/v1/cases", json=NEW, headers=KEY)
    again = karin.post("/api/v1/cases", json=NEW, headers={"Idempotency-Key": f'"{KEY["Idempotency-Key"]}"'})
    assert again.headers["idempotency-replayed"] == "true"


@pytest.mark.parametrize("form", ["{}", '"{}"'])
@pytest.mark.parametrize(
    ("length", "says"),
    [(15, "Must have at least 16 characters."), (16, ""), (99, ""), (100, ""), (101, "Must have at most 100 characters.")],
)
def test_a_key_has_16_to_100_characters_in_quotes_or_not(look: str, karin: Browser, form: str, length: int, says: str) -> None:
    headers = {"Idempotency-Key": form.format("k" * length), "Accept-Language": "en"}
    answer = karin.post(f"{look}/claim", headers=headers)
    assert answer.status_code == (400 if says else 200)
    told = [(one["path"], one["text"]) for one in answer.json().get("problems", [])]
    assert told == ([("Idempotency-Key", says)] if says else [])


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_same_key_with_another_body_address_or_method_is_refused(look: str, karin: Browser, language: str) -> None:
    path = f"{look}/draft"
    karin.put(path, json={"values": {}, "baseSequence": 0}, headers=KEY)
    headers = {**KEY, "Accept-Language": language}
    for answer in (
        karin.put(path, json={"values": {"note": "F"}, "baseSequence": 0}, headers=headers),
        karin.delete(path, headers=headers),
        karin.post("/api/v1/cases", json=NEW, headers=headers),
    ):
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == "urn:stegvis:problem:idempotency-key-reused"
        assert ("Gör en ny nyckel" if language == "sv" else "Make a new key") in answer.json()["detail"]
    assert cases(karin) == 1


def test_what_was_refused_is_judged_anew_when_it_is_mended(look: str, karin: Browser) -> None:
    refused = karin.post(f"{look}/complete", json={"submission": {}}, headers=KEY)
    assert (refused.status_code, refused.json()["code"]) == (422, "rejected")
    assert karin.post(f"{look}/complete", json={"submission": {"note": "Found"}}, headers=KEY).status_code == 200


def test_the_key_of_somebody_else_is_another_key(content: None, karin: Browser, olle: Browser) -> None:
    first, second = (one.post("/api/v1/cases", json=NEW, headers=KEY).json() for one in (karin, olle))
    assert first["id"] != second["id"]


def test_whose_session_or_account_has_ended_gets_no_kept_answer(
    content: None, karin: Browser, stranger: Browser, store: MemoryStore
) -> None:
    karin.post("/api/v1/cases", json=NEW, headers=KEY)
    assert stranger.post("/api/v1/cases", json=NEW, headers=KEY).status_code == 401
    with store.write() as work:
        user = work.people.user(UserId("karin"))
        assert user is not None
        work.people.put_user(replace(user, is_active=False))
        work.commit()
    assert karin.post("/api/v1/cases", json=NEW, headers=KEY).status_code == 401


def test_a_fault_between_effect_and_answer_leaves_neither(
    content: None, karin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = MemoryUnitOfWork.commit

    def stop(unit: MemoryUnitOfWork) -> None:
        if unit._around is not None:
            raise LookupError("the power is gone")
        commit(unit)

    with monkeypatch.context() as broken:
        broken.setattr(MemoryUnitOfWork, "commit", stop)
        assert karin.post("/api/v1/cases", json=NEW, headers=KEY).status_code == 500
    assert cases(karin) == 0
    assert karin.post("/api/v1/cases", json=NEW, headers=KEY).status_code == 201
    assert cases(karin) == 1


def test_an_answer_that_was_erased_is_not_given_again_and_nothing_is_done_twice(
    case_id: str, karin: Browser, engine: CaseEngine
) -> None:
    path = f"/api/v1/cases/{case_id}/notes"
    karin.post(path, json={"text": "Rang"}, headers=KEY)
    engine.erase_history(SYSTEM, CaseId(case_id), [2], reason="Plan 2025:4")
    again = karin.post(path, json={"text": "Rang"}, headers=KEY)
    assert (again.status_code, again.json()["code"]) == (409, "answer-not-kept")
    assert again.json()["at"] == "2025-02-03T12:00:00Z"
    assert len(karin.get(path).json()["items"]) == 1


def test_an_answer_that_is_too_large_is_given_once(content: None, karin: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once_module, "MOST_KEPT_BYTES", 10)
    assert karin.post("/api/v1/cases", json=NEW, headers=KEY).status_code == 201
    again = karin.post("/api/v1/cases", json=NEW, headers={**KEY, "Accept-Language": "en"})
    assert (again.status_code, again.json()["code"]) == (409, "answer-not-kept")
    assert again.json()["detail"].startswith("This was done 2025-02-03 13:00")
    assert cases(karin) == 1


def test_a_look_that_a_refused_request_took_leaves_no_record(
    look: str, case_id: str, karin: Browser, store: MemoryStore
) -> None:
    def looks() -> int:
        with store.read() as work:
            return len(work.access_log.of_subject(case_id))

    before = looks()
    answer = karin.post(f"{look}/claim", headers={**KEY, "If-Match": '"99"'})
    assert answer.status_code == 412
    assert looks() == before


def test_the_content_of_a_file_is_erased_when_its_removal_is_stored_and_not_before(
    case_id: str, karin: Browser, engine: CaseEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/api/v1/cases/{case_id}/files"
    headers = {"X-File-Name": "a.pdf", "Content-Type": "application/octet-stream"}
    id_ = karin.post(path, content=PDF, headers=headers).json()["id"]
    assert isinstance(engine.files, MemoryFileStore)
    with monkeypatch.context() as broken:
        broken.setattr(once_module, "MOST_KEPT_BYTES", "none")  # compared when all is done, before it is stored
        assert karin.post(f"{path}/{id_}/remove", json={"reason": "Wrong"}, headers=KEY).status_code == 500
    assert karin.get(f"{path}/{id_}").content == PDF
    assert karin.post(f"{path}/{id_}/remove", json={"reason": "Wrong"}, headers=KEY).status_code == 204
    assert id_ not in [*engine.files.kept_before(engine.clock.now())]
    assert karin.get(f"{path}/{id_}").status_code == 404


def test_questions_take_no_notice_of_a_key(case_id: str, karin: Browser) -> None:
    for text in ("Keys", "Other"):
        answer = karin.post("/api/v1/cases/search", json={"text": text}, headers=KEY)
        assert answer.status_code == 200
        assert "idempotency-replayed" not in answer.headers


def test_without_a_key_each_request_is_one_of_its_own(content: None, karin: Browser) -> None:
    assert start(karin)["id"] != start(karin)["id"]
