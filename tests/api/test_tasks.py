"""What people do with tasks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.clock import FixedClock
from tests.api.conftest import Browser, BrowserOf, complete, start, task_id, write_notes

TASKS = "/api/v1/tasks"


@pytest.fixture
def look(case_id: str, karin: Browser) -> str:
    """The address of the task `look` of a fresh case."""
    return f"{TASKS}/{task_id(karin, 'look')}"


@pytest.fixture
def olle(browser_of: BrowserOf) -> Browser:
    """Karin's colleague."""
    return browser_of("olle")


def test_the_list_shows_what_is_mine_to_do_most_urgent_first(case_id: str, karin: Browser) -> None:
    page = karin.get(TASKS).json()
    assert [row["task"]["element"] for row in page["items"]] == ["look", "ask"]
    assert page["next"] is None
    row = page["items"][0]
    assert row["caseNumber"] == "2025-000001"
    assert row["caseTitle"] == "Errand"
    assert row["task"] == {
        "id": row["task"]["id"],
        "caseId": case_id,
        "process": "errand",
        "element": "look",
        "path": "look",
        "name": "Look into it",
        "nameEn": "Look into it",
        "unit": "north",
        "state": "ready",
        "candidateGroups": ["coach"],
        "onBehalfOf": "",
        "claimedBy": None,
        "createdAt": "2025-02-03T12:00:00Z",
        "due": "2025-02-13T12:00:00Z",
        "followUp": None,
        "priority": 50,
        "loopCounter": None,
        "endedAt": None,
        "endedBy": None,
        "revision": 0,
    }


def test_the_list_is_filtered(look: str, karin: Browser) -> None:
    def elements(query: str) -> list[str]:
        return [row["task"]["element"] for row in karin.get(f"{TASKS}?{query}").json()["items"]]

    karin.post(f"{look}/claim")
    assert elements("mine=true") == ["look"]
    assert elements("states=ready") == ["ask"]
    assert elements("states=ready&states=claimed") == ["look", "ask"]
    assert elements("states=completed") == []
    assert elements("dueBefore=2025-02-14T00:00:00Z") == ["look"]
    assert elements("dueBefore=2025-02-13T00:00:00%2B01:00") == []
    assert elements("unit=north&process=errand") == ["look", "ask"]
    assert elements("unit=south") == []
    assert elements("process=other") == []


def test_pages_follow_each_other_without_gaps(content: None, karin: Browser) -> None:
    for _ in range(3):
        start(karin)
    whole = [row["task"]["id"] for row in karin.get(TASKS).json()["items"]]
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = karin.get(f"{TASKS}?limit=2" + (f"&cursor={cursor}" if cursor else "")).json()
        seen += [row["task"]["id"] for row in page["items"]]
        cursor = page["next"]
    assert seen == whole
    assert len(whole) == 6


@pytest.mark.parametrize("cursor", ["x", "W10", "AAAA", "eyJhIjoxfQ==", "%F0%9F%98%80", "null"])
def test_a_made_up_cursor_is_refused(karin: Browser, cursor: str) -> None:
    answer = karin.get(f"{TASKS}?cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (422, "rejected")


def test_one_task_comes_with_its_form_and_what_the_case_knows(look: str, karin: Browser) -> None:
    answer = karin.get(look)
    assert answer.headers["etag"] == '"0"'
    view = answer.json()
    assert view["task"]["element"] == "look"
    assert view["form"]["key"] == "errand-note"
    assert view["form"]["schema"]["properties"]["note"]["maxLength"] == 200
    assert view["form"]["texts"]["sv"]["title"] == "Anteckning"
    assert view["form"]["texts"]["en"]["fields"]["note"]["label"] == "Note"
    assert view["values"] == {}
    assert view["draft"] is None
    assert isinstance(view["baseSequence"], int)


def test_the_form_is_prefilled_with_what_a_colleague_wrote(look: str, karin: Browser) -> None:
    complete(karin, "ask", {"note": "Found", "weight": 2.5})
    assert karin.get(look).json()["values"] == {"note": "Found", "weight": 2.5}


def test_claiming_and_releasing(look: str, karin: Browser) -> None:
    claimed = karin.post(f"{look}/claim")
    assert claimed.status_code == 200
    assert claimed.headers["etag"] == '"1"'
    assert claimed.json()["claimedBy"] == {"id": "karin", "name": "Karin Lind"}
    released = karin.post(f"{look}/release")
    assert (released.json()["state"], released.json()["claimedBy"]) == ("ready", None)


def test_a_task_that_a_colleague_holds_says_who(look: str, karin: Browser, olle: Browser) -> None:
    karin.post(f"{look}/claim")
    for answer in (
        olle.post(f"{look}/claim", headers={"Accept-Language": "sv"}),
        olle.post(f"{look}/complete", json={"submission": {"note": "x"}}, headers={"Accept-Language": "sv"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "task-already-claimed")
        assert answer.json()["detail"] == "Karin Lind har tagit uppgiften."
        assert answer.json()["by"] == "Karin Lind"


def test_the_head_of_the_unit_gives_a_task_away(look: str, karin: Browser, browser_of: BrowserOf) -> None:
    refused = karin.post(f"{look}/assign", json={"to": "olle"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed")
    given = browser_of("hedda").post(f"{look}/assign", json={"to": "olle"})
    assert given.json()["claimedBy"] == {"id": "olle", "name": "Olle Lind"}
    assert browser_of("hedda").post(f"{look}/assign", json={"to": "nobody"}).status_code == 404
    assert browser_of("hedda").post(f"{look}/assign", json={"to": "sten"}).status_code == 403


def test_a_task_is_passed_on_once_however_often_it_is_asked_for(look: str, karin: Browser) -> None:
    karin.post(f"{look}/claim")
    key = {"Idempotency-Key": "a-key-of-sixteen-at-least"}
    first, second = (karin.post(f"{look}/assign", json={"to": "olle", "note": "Ring först"}, headers=key) for _ in range(2))
    assert first.json()["claimedBy"]["id"] == "olle"
    assert (second.status_code, second.json()) == (200, first.json())
    assert karin.post(f"{look}/assign", json={"to": "olle", "note": "Ring först"}).json()["code"] == "not-allowed"


def test_a_task_is_put_back_once_however_often_it_is_asked_for(look: str, karin: Browser, olle: Browser) -> None:
    karin.post(f"{look}/claim")
    key = {"Idempotency-Key": "a-key-of-sixteen-at-least"}
    assert karin.post(f"{look}/release", headers=key).json()["claimedBy"] is None
    olle.post(f"{look}/claim")
    again = karin.post(f"{look}/release", headers=key)
    assert (again.status_code, again.json()["claimedBy"]) == (200, None)
    assert karin.get(look).json()["task"]["claimedBy"]["id"] == "olle"


def test_a_draft_keeps_what_was_typed_right_or_wrong(look: str, karin: Browser, olle: Browser) -> None:
    typed = {"note": "", "unknown": [1, 2.5, None, {"deep": "å"}]}
    saved = karin.put(f"{look}/draft", json={"values": typed, "baseSequence": 3})
    revision = saved.json()["revision"]
    assert saved.json() == {"values": typed, "baseSequence": 3, "savedAt": "2025-02-03T12:00:00Z", "revision": revision}
    assert karin.get(look).json()["draft"] == saved.json()
    assert olle.get(look).json()["draft"] is None


def test_a_draft_saved_on_another_machine_is_not_replaced(look: str, karin: Browser) -> None:
    body = {"values": {"note": "here"}, "baseSequence": 3}
    saved = karin.put(f"{look}/draft", json=body, headers={"If-Match": '"none"'})
    again = karin.put(f"{look}/draft", json=body, headers={"If-Match": '"none"'})
    assert (again.status_code, again.json()["code"]) == (412, "precondition-failed")
    revision = saved.json()["revision"]
    assert karin.put(f"{look}/draft", json=body, headers={"If-Match": f'"{revision}"'}).status_code == 200
    assert karin.get(look).json()["draft"]["revision"] != revision


def test_a_draft_stays_when_a_colleague_completes_the_task_until_it_is_thrown_away(
    look: str, karin: Browser, olle: Browser
) -> None:
    olle.put(f"{look}/draft", json={"values": {"note": "mine"}, "baseSequence": 3})
    complete(karin, "look", {"note": "hers"})
    assert olle.get(look).json()["draft"]["values"] == {"note": "mine"}
    assert olle.delete(f"{look}/draft").status_code == 204
    assert olle.get(look).json()["draft"] is None


def test_a_completion_that_is_sent_again_gets_the_same_answer(look: str, karin: Browser) -> None:
    key = {"Idempotency-Key": "a-key-of-sixteen-at-least"}
    body = {"submission": {"note": "Found"}, "baseSequence": karin.get(look).json()["baseSequence"]}
    first, second = (karin.post(f"{look}/complete", json=body, headers=key) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json()
    assert karin.post(f"{look}/complete", json=body).json()["code"] == "task-already-completed"


def test_what_only_a_colleague_changed_is_told(look: str, karin: Browser, olle: Browser) -> None:
    base = olle.get(look).json()["baseSequence"]
    complete(karin, "ask", {"note": "Found", "weight": 2.5})
    answer = olle.post(f"{look}/complete", json={"submission": {"note": "Found"}, "baseSequence": base}).json()
    assert answer["kept"] == [{"path": "/weight", "shown": None, "value": 2.5}]
    assert (answer["keptBy"], answer["keptAt"]) == ("Karin Lind", "2025-02-03T12:00:00Z")


def test_completing_moves_the_case_on(look: str, karin: Browser) -> None:
    base = karin.get(look).json()["baseSequence"]
    answer = karin.post(f"{look}/complete", json={"submission": {"note": "Found"}, "baseSequence": base})
    assert answer.status_code == 200
    assert answer.json()["state"] == "completed"
    assert answer.json()["endedBy"] == {"id": "karin", "name": "Karin Lind"}
    assert answer.json()["endedAt"] == "2025-02-03T12:00:00Z"
    assert [row["task"]["element"] for row in karin.get(TASKS).json()["items"]] == ["ask"]


@pytest.mark.parametrize(("language", "text"), [("sv", "Anteckning"), ("en", "Note")])
def test_a_form_that_is_not_right_says_where_in_the_callers_language(
    look: str, karin: Browser, language: str, text: str
) -> None:
    wrong = {"submission": {"weight": "20250101-TF12", "extra": 1}}
    answer = karin.post(f"{look}/complete", json=wrong, headers={"Accept-Language": language})
    assert (answer.status_code, answer.json()["code"]) == (422, "rejected")
    problems = {problem["path"]: problem for problem in answer.json()["problems"]}
    assert {"/note", "/weight"} <= set(problems)
    assert problems["/note"]["keyword"] == "required"
    assert text in problems["/note"]["text"]
    assert "TF12" not in answer.text
    assert karin.get(look).json()["task"]["state"] == "ready"


def test_the_second_of_two_people_is_told_who_was_first_and_when(
    look: str, karin: Browser, olle: Browser, clock: FixedClock
) -> None:
    olle.get(look)
    karin.post(f"{look}/complete", json={"submission": {"note": "Found"}})
    clock.move_to(clock.now() + timedelta(minutes=5))
    late = {"submission": {"note": "Lost"}}
    answer = olle.post(f"{look}/complete", json=late, headers={"Accept-Language": "sv", "If-Match": '"0"'})
    assert answer.status_code == 409
    assert answer.json() == {
        "type": "urn:stegvis:problem:task-already-completed",
        "title": "Uppgiften är klar",
        "status": 409,
        "detail": "Karin Lind slutförde uppgiften 2025-02-03 13:00.",
        "code": "task-already-completed",
        "by": "Karin Lind",
        "at": "2025-02-03T12:00:00Z",
    }
    english = olle.post(f"{look}/claim", headers={"Accept-Language": "en"}).json()
    assert english["detail"] == "Karin Lind completed the task 2025-02-03 13:00."


def test_two_people_who_change_the_same_field_see_both_values(look: str, karin: Browser, olle: Browser) -> None:
    base = olle.get(look).json()["baseSequence"]
    complete(karin, "ask", {"note": "Karin's", "weight": 1})
    late = {"submission": {"note": "Olle's", "weight": 1.5}, "baseSequence": base}
    answer = olle.post(f"{look}/complete", json=late)
    assert (answer.status_code, answer.json()["code"]) == (409, "data-conflict")
    assert answer.json()["by"] == "Karin Lind"
    assert answer.json()["at"] == "2025-02-03T12:00:00Z"
    assert answer.json()["conflicts"] == [
        {"path": "/note", "yours": "Olle's", "theirs": "Karin's"},
        {"path": "/weight", "yours": 1.5, "theirs": 1},
    ]
    assert [problem["path"] for problem in answer.json()["problems"]] == ["/note", "/weight"]
    fresh = {"submission": {"note": "Olle's"}, "baseSequence": olle.get(look).json()["baseSequence"]}
    assert olle.post(f"{look}/complete", json=fresh).status_code == 200


def test_answers_that_do_not_say_what_they_are_based_on_overwrite_nobody(look: str, karin: Browser, olle: Browser) -> None:
    complete(karin, "ask", {"note": "Karin's", "weight": 1})
    answer = olle.post(f"{look}/complete", json={"submission": {"note": "Olle's", "weight": 1}})
    assert (answer.status_code, answer.json()["code"]) == (409, "data-conflict")
    assert answer.json()["conflicts"] == [{"path": "/note", "yours": "Olle's", "theirs": "Karin's"}]
    never = olle.post(f"{look}/complete", json={"submission": {"note": "Olle's"}, "baseSequence": 10**6})
    assert (never.status_code, never.json()["code"]) == (422, "rejected")
    assert olle.get(look).json()["values"] == {"note": "Karin's", "weight": 1}


def test_a_precondition_that_no_longer_holds_stops_claim_and_completion(look: str, karin: Browser) -> None:
    karin.post(f"{look}/claim")
    karin.post(f"{look}/release")
    for action, body in (("claim", None), ("complete", {"submission": {"note": "x"}})):
        answer = karin.post(f"{look}/{action}", json=body, headers={"If-Match": '"0"'})
        assert (answer.status_code, answer.json()["code"]) == (412, "precondition-failed")
        assert answer.headers["etag"] == '"2"'
    assert karin.post(f"{look}/claim", headers={"If-Match": '"2"'}).status_code == 200


def test_a_task_without_a_form_is_ticked_off_by_somebody_else(case_id: str, karin: Browser, olle: Browser) -> None:
    write_notes(karin)
    tell = f"{TASKS}/{task_id(olle, 'tell')}"
    assert olle.get(tell).json()["form"] is None
    own = karin.post(f"{tell}/complete", json={"submission": {}})
    assert (own.status_code, own.json()["code"]) == (403, "not-allowed")
    assert olle.post(f"{tell}/complete", json={"submission": {}}).status_code == 200
    assert olle.get(f"/api/v1/cases/{case_id}").json()["case"]["status"] == "completed"


def test_numbers_survive_to_the_last_digit(look: str, karin: Browser) -> None:
    body = b'{"submission": {"note": "x", "weight": 0.1000000000001}}'
    karin.post(f"{look}/complete", content=body, headers={"Content-Type": "application/json"})
    assert karin.get(f"{TASKS}/{task_id(karin, 'ask')}").json()["values"]["weight"] == 0.1000000000001


@pytest.mark.parametrize("action", ["", "/claim", "/release", "/assign", "/draft", "/complete"])
def test_a_task_that_is_not_there_is_not_found(content: None, karin: Browser, action: str) -> None:
    bodies: dict[str, object] = {
        "/assign": {"to": "olle"},
        "/draft": {"values": {}, "baseSequence": 0},
        "/complete": {"submission": {}},
    }
    method = {"": "GET", "/draft": "PUT"}.get(action, "POST")
    answer = karin.request(method, f"{TASKS}/nothing{action}", json=bodies.get(action))
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_claiming_ones_own_task_again_leaves_no_trace(look: str, case_id: str, karin: Browser) -> None:
    first = karin.post(f"{look}/claim")
    before = karin.get(f"/api/v1/cases/{case_id}/history").json()["items"]
    again = karin.post(f"{look}/claim")
    assert (again.status_code, again.json(), again.headers["etag"]) == (200, first.json(), first.headers["etag"])
    assert karin.get(f"/api/v1/cases/{case_id}/history").json()["items"] == before


def test_a_list_is_sorted_as_asked_and_its_cursor_holds_for_that_order_only(case_id: str, karin: Browser) -> None:
    def elements(query: str) -> list[str]:
        return [row["task"]["element"] for row in karin.get(f"{TASKS}?{query}").json()["items"]]

    assert sorted(elements("sort=created")) == sorted(elements("sort=priority")) == ["ask", "look"]
    assert karin.get(f"{TASKS}?sort=colour").status_code == 400
    cursor = karin.get(f"{TASKS}?sort=created&limit=1").json()["next"]
    assert len(elements(f"sort=created&limit=1&cursor={cursor}")) == 1
    assert karin.get(f"{TASKS}?sort=priority&cursor={cursor}").json()["code"] == "rejected"


def test_tasks_are_counted(case_id: str, karin: Browser, browser_of: BrowserOf) -> None:
    karin.post(f"{TASKS}/{task_id(karin, 'look')}/claim")
    none = {"open": 0, "overdue": 0, "today": 0, "week": 0, "new": 0}
    one = {**none, "open": 1, "new": 1}
    times = {
        "now": "2025-02-03T12:00:00Z",
        "todayBefore": "2025-02-03T23:00:00Z",
        "weekBefore": "2025-02-10T23:00:00Z",
        "newSince": "2025-02-01T23:00:00Z",
    }
    assert karin.get(f"{TASKS}/counts").json() == {"all": {**none, "open": 2, "new": 2}, "mine": one, "free": one, **times}
    nothing = {"all": none, "mine": none, "free": none, **times}
    assert karin.get(f"{TASKS}/counts?unit=south").json() == nothing
    assert browser_of("sten").get(f"{TASKS}/counts").json() == nothing
    assert len(karin.get(f"{TASKS}?createdSince={times['newSince']}").json()["items"]) == 2
    assert karin.get(f"{TASKS}?createdSince=2025-02-04T00:00:00Z").json()["items"] == []


def test_the_holder_hands_over_to_somebody_who_may_do_it_with_a_note(
    look: str, case_id: str, karin: Browser, olle: Browser
) -> None:
    assert olle.post(f"{look}/assign", json={"to": "olle"}).json()["code"] == "not-allowed"
    karin.post(f"{look}/claim")
    assert karin.post(f"{look}/assign", json={"to": "rut", "note": "Ring först"}).json()["code"] == "not-allowed"
    assert karin.post(f"{look}/assign", json={"to": "sten"}).json()["code"] == "not-allowed"
    refused = karin.post(f"{look}/assign", json={"to": "olle", "note": "Gäller 19121212-1212"})
    assert (refused.status_code, refused.json()["problems"][0]["path"]) == (422, "/note")
    given = karin.post(f"{look}/assign", json={"to": "olle", "note": " Ring först "})
    assert given.json()["claimedBy"] == {"id": "olle", "name": "Olle Lind"}
    last = karin.get(f"/api/v1/cases/{case_id}/history").json()["items"][-1]
    assert last["payload"]["note"] == "Ring först"
    told = {"at": "2025-02-03T12:00:00Z", "by": {"id": "karin", "name": "Karin Lind"}, "note": "Ring först"}
    assert olle.get(look).json()["handover"] == told
    olle.post(f"{look}/release")
    assert olle.get(look).json()["handover"] is None
    karin.post(f"{look}/claim")
    assert karin.get(look).json()["handover"] is None
    assert last["text"]["sv"].endswith("till Olle Lind. Meddelande: “Ring först”.")


def test_a_head_gives_a_task_to_anybody_in_the_unit(look: str, browser_of: BrowserOf) -> None:
    assert browser_of("hedda").post(f"{look}/assign", json={"to": "rut"}).json()["claimedBy"]["id"] == "rut"
    assert browser_of("hedda").post(f"{look}/assign", json={"to": "sten"}).json()["code"] == "not-allowed"


def test_named_tasks_tell_how_they_stand(look: str, karin: Browser, olle: Browser) -> None:
    id_ = look.rsplit("/", 1)[1]
    olle.post(f"{look}/claim")
    rows = karin.get(f"{TASKS}?ids={id_}&ids=nowhere").json()["items"]
    assert [(row["task"]["id"], row["task"]["claimedBy"]["id"]) for row in rows] == [(id_, "olle")]
    assert karin.get(f"{TASKS}?ids=nowhere").json()["items"] == []
    assert karin.get(TASKS + "?" + "&".join(["ids=x"] * 101)).status_code == 400


def test_a_conflict_is_decided_by_telling_what_one_was_shown(look: str, karin: Browser, olle: Browser) -> None:
    base = olle.get(look).json()["baseSequence"]
    complete(karin, "ask", {"note": "hers", "weight": 2.5})
    body = {"submission": {"note": "his", "weight": 1.5}, "baseSequence": base}
    found = olle.post(f"{look}/complete", json=body).json()
    assert found["code"] == "data-conflict"
    decided = [{"path": one["path"], "theirs": one["theirs"]} for one in found["conflicts"]]
    assert {one["path"] for one in decided} == {"/note", "/weight"}
    assert olle.post(f"{look}/complete", json={**body, "decided": decided[:1]}).json()["code"] == "data-conflict"
    assert olle.post(f"{look}/complete", json={**body, "decided": decided}).json()["state"] == "completed"
