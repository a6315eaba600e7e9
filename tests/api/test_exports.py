"""Taking a case away: whole, provable, on record, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from engine.case_engine import CaseEngine
from engine.ids import UserId
from engine.storage.memory import MemoryStore

from .conftest import Browser

CASES = "/api/v1/cases"


def _looks(store: MemoryStore, case_id: str) -> list[str]:
    with store.read() as work:
        return [access.what for access in work.access_log.of_subject(case_id)]


def test_a_case_is_taken_away_as_json_with_its_proof(case_id: str, karin: Browser, store: MemoryStore) -> None:
    answer = karin.get(f"{CASES}/{case_id}/export.json")
    told = answer.json()
    assert answer.headers["content-disposition"] == 'attachment; filename="2025-000001.json"'
    assert told["case"]["id"] == case_id
    assert told["exportedBy"] == "Karin Lind"
    assert told["verification"] == {"isIntact": True, "brokenAt": None, "reason": ""}
    assert told["history"] == karin.get(f"{CASES}/{case_id}/history").json()["items"]
    assert _looks(store, case_id)[0] == "export"


def test_a_case_is_taken_away_as_a_table(case_id: str, karin: Browser, store: MemoryStore) -> None:
    answer = karin.get(f"{CASES}/{case_id}/export.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="2025-000001.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    events = karin.get(f"{CASES}/{case_id}/history").json()["items"]
    assert [row["sv"] for row in rows] == [event["text"]["sv"] for event in events]
    assert [row["hash"] for row in rows] == [event["hash"] for event in events]
    assert _looks(store, case_id)[0] == "export"


def test_no_text_of_a_table_is_a_formula(case_id: str, karin: Browser, engine: CaseEngine) -> None:
    with engine.store.write() as work:
        user = work.people.user(UserId("karin"))
        assert user is not None
        work.people.put_user(replace(user, full_name="=HYPERLINK(1)"))
        work.commit()
    table = karin.get(f"{CASES}/{case_id}/export.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert rows[0]["actor"] == "'=HYPERLINK(1)"
    assert rows[0]["sv"].startswith("'=HYPERLINK(1) ")
