"""Messages to parties outside, messages that nobody received, and signals."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle
from tests.api.conftest import Browser, BrowserOf
from tests.bpmn.diagrams import DECLARED, catch, end, extension, puts, signal, start, tag, user
from tests.builders import NOON
from tests.commands.house import NOTE, NUMBER, process

OUTGOING, LOST, SIGNALS = "/api/v1/outgoing-messages", "/api/v1/lost-messages", "/api/v1/signals"
INVOICE = '<message id="in" name="invoice"/>'


@pytest.fixture(autouse=True)
def packages(engine: CaseEngine) -> None:
    """`billing` sends an invoice to the bank, `waiting` waits for a signal, `begun` begins by it."""
    bill = tag("sendTask", "bill", extension(puts("input", sum="count")), messageRef="in", participant="The bank")
    parts = (start(), bill, user("pay", form="note"), end(), "s > bill > pay > e")
    billing = process(*parts, key="billing", count=NUMBER, declared=DECLARED + INVOICE)
    waiting = process(start(), catch("c", signal()), end(), "s > c > e", key="waiting")
    begun = process(start("s", signal()), user("a", form="note"), end(), "s > a > e", key="begun")
    engine.deploy(SYSTEM, Bundle((NOTE, billing, waiting, begun)))


def bill(browser: Browser, count: object = 4, unit: str = "north") -> dict[str, Any]:
    answer = browser.post("/api/v1/cases", json={"process": "billing", "unit": unit, "data": {"count": count}})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def sums(answer: dict[str, Any]) -> list[object]:
    return [message["payload"]["sum"] for message in answer["items"]]


def test_a_message_to_a_party_outside_is_listed_and_handed_over_once(karin: Browser, engine: CaseEngine) -> None:
    case = bill(karin)
    listed = karin.get(OUTGOING).json()
    (message,) = listed["items"]
    assert listed["next"] is None
    told = {name: message[name] for name in ("participant", "name", "caseId", "key", "payload")}
    assert told == {"participant": "The bank", "name": "invoice", "caseId": case["id"], "key": {}, "payload": {"sum": 4}}

    answer = karin.post(f"{OUTGOING}/{message['id']}/handed-over")

    assert (answer.status_code, answer.json()["id"]) == (200, case["id"])
    assert answer.headers["ETag"] == f'"{answer.json()["revision"]}"'
    assert karin.get(OUTGOING).json()["items"] == []
    again = karin.post(f"{OUTGOING}/{message['id']}/handed-over")
    assert (again.status_code, again.json()["code"]) == (404, "not-found")
    with engine.store.read() as work:
        looks = [(access.actor, access.what) for access in work.access_log.of_subject(case["id"])]
    assert looks == [("karin", "outgoing-messages")]


def test_the_list_comes_in_pages_of_what_one_may_see(karin: Browser, browser_of: BrowserOf) -> None:
    sten = browser_of("sten")
    for count in range(3):
        bill(sten, count=100 + count, unit="south")
        bill(karin, count=count)
    first = karin.get(f"{OUTGOING}?limit=2").json()
    assert sums(first) == [0, 1]
    karin.post(f"{OUTGOING}/{first['items'][1]['id']}/handed-over")
    second = karin.get(f"{OUTGOING}?limit=2&cursor={first['next']}").json()
    assert (sums(second), second["next"]) == ([2], None)
    assert sums(sten.get(OUTGOING).json()) == [100, 101, 102]
    assert karin.get(f"{OUTGOING}?cursor=x").json()["code"] == "rejected"


def test_the_list_can_be_of_one_party(karin: Browser) -> None:
    bill(karin)
    assert len(karin.get(f"{OUTGOING}?participant=The%20bank").json()["items"]) == 1
    assert karin.get(f"{OUTGOING}?participant=Other").json()["items"] == []


@pytest.mark.parametrize(("who", "status"), [("sten", 404), ("dag", 404), ("audun", 403)])
def test_messages_are_for_those_who_may_message_the_case(karin: Browser, browser_of: BrowserOf, who: str, status: int) -> None:
    bill(karin)
    (message,) = karin.get(OUTGOING).json()["items"]
    browser = browser_of(who)
    assert browser.get(OUTGOING).json()["items"] == []
    assert browser.post(f"{OUTGOING}/{message['id']}/handed-over").status_code == status
    assert len(karin.get(OUTGOING).json()["items"]) == 1


@pytest.fixture
def lost(content: None, karin: Browser, engine: CaseEngine, clock: FixedClock) -> str:
    """The id of a message of Karin's that nobody received in time."""
    sent = {"name": "client-withdraws", "key": {"case": "none"}, "payload": {"reason": "moved"}}
    assert karin.post("/api/v1/messages", json=sent).json()["isPending"]
    clock.move_to(NOON + timedelta(days=31))
    assert engine.forget_messages() == 1
    clock.move_to(NOON)
    (message,) = engine.lost_messages(SYSTEM).rows
    return message.id


def test_an_administrator_sees_lost_messages_and_puts_them_away(lost: str, browser_of: BrowserOf) -> None:
    administrator = browser_of("admira")
    (message,) = administrator.get(LOST).json()["items"]
    assert (message["id"], message["name"]) == (lost, "client-withdraws")
    assert message["sentBy"] == {"id": "karin", "name": "Karin Lind"}
    assert "moved" not in administrator.get(LOST).text
    wrong = administrator.get(f"{LOST}?cursor=x")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "rejected")
    assert administrator.delete(f"{LOST}/{lost}").status_code == 204
    assert administrator.get(LOST).json() == {"items": [], "next": None}
    assert administrator.delete(f"{LOST}/{lost}").json()["code"] == "not-found"


@pytest.mark.parametrize("who", ["karin", "hedda", "audun", "dag"])
def test_nobody_else_does(lost: str, browser_of: BrowserOf, who: str) -> None:
    browser = browser_of(who)
    for answer in (browser.get(LOST), browser.delete(f"{LOST}/{lost}"), browser.delete(f"{LOST}/other")):
        assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")


def test_an_administrator_throws_a_signal_and_hears_what_became_of_it(
    karin: Browser, browser_of: BrowserOf, engine: CaseEngine
) -> None:
    new = {"process": "waiting", "unit": "north", "data": {}}
    case = karin.post("/api/v1/cases", json=new).json()
    administrator = browser_of("admira")
    answer = administrator.post(SIGNALS, json={"name": "alarm", "unit": "south"})
    assert (answer.status_code, answer.json()) == (200, {"waiting": 1, "started": 1})
    engine.deliver_pending()
    assert karin.get(f"/api/v1/cases/{case['id']}").json()["case"]["status"] == "completed"
    (begun,) = browser_of("sten").get("/api/v1/cases").json()["items"]
    assert (begun["process"], begun["unit"]) == ("begun", "south")
    assert administrator.post(SIGNALS, json={"name": "alrm", "unit": "south"}).json() == {"waiting": 0, "started": 0}
    unknown = administrator.post(SIGNALS, json={"name": "alarm", "unit": "nowhere"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not-found")
    assert administrator.post(SIGNALS, json={"name": " ", "unit": "south"}).json()["code"] == "invalid-request"


@pytest.mark.parametrize("who", ["karin", "hedda", "audun", "dag"])
def test_nobody_else_throws_a_signal(browser_of: BrowserOf, who: str) -> None:
    for unit in ("north", "nowhere"):
        answer = browser_of(who).post(SIGNALS, json={"name": "alarm", "unit": unit})
        assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")
