"""Notes on a case."""

from __future__ import annotations

from typing import Any

import pytest

from engine.actor import Role
from engine.case_engine import CaseEngine
from engine.ids import CaseId
from engine.ports import Aspect
from engine.storage.memory import MemoryStore
from tests.api.conftest import Browser, BrowserOf, a_user, complete, start, task_id

REASON = {"reason": "It was about another matter"}


@pytest.fixture
def notes(case_id: str) -> str:
    """The address of the case's notes."""
    return f"/api/v1/cases/{case_id}/notes"


def write(browser: Browser, notes: str, text: str = "Rang.\nIngen svarade.") -> dict[str, Any]:
    answer = browser.post(notes, json={"text": text})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def listed(browser: Browser, notes: str) -> list[dict[str, Any]]:
    return list(browser.get(notes).json()["items"])


def test_a_note_is_kept_with_who_and_when_newest_first(notes: str, karin: Browser, browser_of: BrowserOf) -> None:
    first = write(karin, notes, "  Rang.\nIngen svarade. ")
    second = write(browser_of("olle"), notes, "Ringde tillbaka")
    assert listed(karin, notes) == [second, first]
    assert first == {
        "number": first["number"],
        "at": "2025-02-03T12:00:00Z",
        "by": {"id": "karin", "name": "Karin Lind"},
        "text": "Rang.\nIngen svarade.",
        "struck": None,
    }


def test_notes_come_in_pages(notes: str, karin: Browser) -> None:
    numbers = [write(karin, notes, f"Nummer {number}")["number"] for number in range(3)]
    page = karin.get(f"{notes}?limit=2").json()
    assert [note["number"] for note in page["items"]] == numbers[:0:-1]
    rest = karin.get(f"{notes}?limit=2&cursor={page['next']}").json()
    assert ([note["number"] for note in rest["items"]], rest["next"]) == (numbers[:1], None)
    assert karin.get(f"{notes}?cursor=x").json()["code"] == "rejected"


def test_whoever_wrote_a_note_strikes_it_once_with_a_reason_and_it_stays(
    notes: str, karin: Browser, browser_of: BrowserOf
) -> None:
    note = write(karin, notes)
    address = f"{notes}/{note['number']}/strike"
    assert browser_of("hedda").post(address, json=REASON).json()["code"] == "not-allowed"
    assert karin.post(address, json={"reason": " "}).status_code == 400
    struck = karin.post(address, json=REASON).json()
    by = {"id": "karin", "name": "Karin Lind"}
    assert struck == {**note, "struck": {"at": "2025-02-03T12:00:00Z", "by": by, "reason": REASON["reason"]}}
    assert listed(karin, notes) == [struck]
    assert karin.post(address, json=REASON).json()["code"] == "not-possible"


@pytest.mark.parametrize("number", [1, 999])
def test_what_is_no_note_cannot_be_struck(notes: str, karin: Browser, number: int) -> None:
    write(karin, notes)
    assert karin.post(f"{notes}/{number}/strike", json=REASON).json()["code"] == "not-found"


@pytest.mark.parametrize("text", ["", "  ", "x" * 10_001])
def test_a_note_says_something_but_not_too_much(notes: str, karin: Browser, text: str) -> None:
    assert karin.post(notes, json={"text": text}).status_code == 400
    assert listed(karin, notes) == []


def test_an_identity_number_is_refused(notes: str, karin: Browser) -> None:
    answer = karin.post(notes, json={"text": "Gäller 19121212-1212"})
    assert (answer.status_code, answer.json()["problems"][0]["path"]) == (422, "/text")
    assert listed(karin, notes) == []


def test_notes_are_for_those_who_see_the_case_and_written_by_those_who_work_on_it(
    notes: str, karin: Browser, browser_of: BrowserOf
) -> None:
    note = write(karin, notes)
    assert listed(browser_of("audun"), notes) == [note]
    assert browser_of("audun").post(notes, json={"text": "Granskat"}).json()["code"] == "not-allowed"
    for name in ("sten", "admira"):
        stranger = browser_of(name)
        assert stranger.get(notes).json()["code"] == "not-found"
        assert stranger.post(notes, json={"text": "x"}).json()["code"] == "not-found"
        assert stranger.post(f"{notes}/{note['number']}/strike", json=REASON).json()["code"] == "not-found"


def test_a_look_at_notes_is_put_on_record(notes: str, case_id: str, karin: Browser, store: MemoryStore) -> None:
    listed(karin, notes)
    with store.read() as work:
        assert [one.what for one in work.access_log.of_subject(case_id)][-1] == "notes"


def test_history_tells_notes_and_erasing_one_erases_its_text(
    notes: str, case_id: str, karin: Browser, engine: CaseEngine
) -> None:
    number = write(karin, notes, "Hemligt möte")["number"]
    karin.post(f"{notes}/{number}/strike", json=REASON)
    entries = karin.get(f"/api/v1/cases/{case_id}/history?after={number - 1}").json()["items"]
    assert [(one["type"], one["text"]["sv"]) for one in entries] == [
        ("note-added", "Karin Lind skrev en anteckning: “Hemligt möte”."),
        ("note-struck", f"Karin Lind strök en anteckning. Skäl: {REASON['reason']}."),
    ]
    admira = a_user("admira", role=Role.ADMINISTRATOR).as_actor()
    engine.erase_history(admira, CaseId(case_id), [number, number + 1], reason="Gallring")
    (note,) = listed(karin, notes)
    assert (note["text"], note["struck"]["reason"]) == (None, None)
    assert "Hemligt" not in karin.get(f"/api/v1/cases/{case_id}/history").text


def test_a_note_does_not_keep_a_task_from_being_taken_back(notes: str, karin: Browser) -> None:
    look = task_id(karin, "look")
    assert complete(karin, "look", {"note": "Found"}).status_code == 200
    write(karin, notes)
    assert karin.post(f"/api/v1/tasks/{look}/undo", json=REASON).status_code == 200
    assert len(listed(karin, notes)) == 1


def test_a_note_is_told_to_those_who_listen(notes: str, case_id: str, karin: Browser, store: MemoryStore) -> None:
    write(karin, notes)
    with store.read() as work:
        change = [*work.changes.after(0, 100)][-1]
    assert (change.case_id, change.aspects) == (CaseId(case_id), frozenset({Aspect.NOTES}))


def test_notes_of_one_case_are_not_those_of_another(notes: str, karin: Browser) -> None:
    write(karin, notes)
    assert listed(karin, f"/api/v1/cases/{start(karin)['id']}/notes") == []


def test_a_note_is_written_and_struck_once_however_often_it_is_asked_for(notes: str, karin: Browser) -> None:
    headers = {"Idempotency-Key": "a-key-of-sixteen-at-least"}
    first, second = (karin.post(notes, json={"text": "Rang"}, headers=headers) for _ in range(2))
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert listed(karin, notes) == [first.json()]
    assert karin.post(notes, json={"text": "Ringde"}, headers=headers).json()["code"] == "idempotency-key-reused"
    strike = f"{notes}/{first.json()['number']}/strike"
    headers = {"Idempotency-Key": "another-key-of-sixteen"}
    struck, again = (karin.post(strike, json=REASON, headers=headers) for _ in range(2))
    assert struck.json() == again.json()
    assert struck.json()["struck"]["reason"] == REASON["reason"]
    assert karin.post(strike, json=REASON).json()["code"] == "not-possible"
