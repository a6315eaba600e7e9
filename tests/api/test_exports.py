"""Taking a case away: whole, provable, on record, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.commands import telling
from engine.ids import CaseId, UserId
from engine.storage.memory import MemoryStore
from tests.docs.pages import blocks, page

from .conftest import Browser, write_notes

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
    history = [{name: value for name, value in event.items() if name != "sealed"} for event in told["history"]]
    assert history == karin.get(f"{CASES}/{case_id}/history").json()["items"]
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


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        (" +1", "' +1"),
        ("Karin;=HYPERLINK(1)", "Karin;'=HYPERLINK(1)"),
        ("Karin\n @SUM(1)", "Karin\n' @SUM(1)"),
        ("\tKarin", "'\tKarin"),
        ("Karin; Lind-Ek,\r\n-1", "Karin; Lind-Ek,\r'\n'-1"),
        ("Karin; Lind-Ek,\r\nb = -1", "Karin; Lind-Ek,\r\nb = -1"),
    ],
)
def test_no_text_of_a_table_is_a_formula(case_id: str, karin: Browser, engine: CaseEngine, name: str, told: str) -> None:
    with engine.store.write() as work:
        user = work.people.user(UserId("karin"))
        assert user is not None
        work.people.put_user(replace(user, full_name=name))
        work.commit()
    table = karin.get(f"{CASES}/{case_id}/export.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert rows[0]["actor"] == told
    assert rows[0]["sv"].startswith(f"{told} ")


def test_a_part_of_a_history_is_taken_away_with_the_proof_of_the_whole(case_id: str, karin: Browser) -> None:
    whole = karin.get(f"{CASES}/{case_id}/export.json").json()
    part = karin.get(f"{CASES}/{case_id}/export.json?after=1&limit=2").json()
    assert part["history"] == whole["history"][1:3]
    assert part["verification"] == whole["verification"]
    assert part["length"] == whole["length"] == len(whole["history"])


def test_a_history_is_sent_as_it_is_read(case_id: str, karin: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = karin.get(f"{CASES}/{case_id}/export.json").json()
    table = karin.get(f"{CASES}/{case_id}/export.csv").content
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    assert karin.get(f"{CASES}/{case_id}/export.json").json() == whole
    assert karin.get(f"{CASES}/{case_id}/export.csv").content == table


def _faults(export: Any, folder: Path) -> list[object]:
    """What the program on the page about history finds in what was taken away."""
    file = folder / "taken.json"
    file.write_text(json.dumps(export), encoding="utf-8")
    source = blocks(page("reference/history.md"), "python")[1].replace("2025-000012.json", str(file))
    names: dict[str, Any] = {}
    exec(compile(source, "history.md", "exec"), names)
    return list(names["faults_of_export"](file))


def test_what_was_taken_away_proves_itself(case_id: str, karin: Browser, engine: CaseEngine, tmp_path: Path) -> None:
    write_notes(karin)
    whole = karin.get(f"{CASES}/{case_id}/export.json").json()
    assert len(whole["history"]) > 5
    assert _faults(whole, tmp_path) == []
    engine.erase_history(SYSTEM, CaseId(case_id), [1, 3], reason="Plan 2025:4")
    erased = karin.get(f"{CASES}/{case_id}/export.json").json()
    assert (erased["history"][0]["sealed"]["salt"], erased["history"][0]["payload"]) == (None, None)
    assert _faults(erased, tmp_path) == []
    assert _faults(erased | {"history": erased["history"][:-1]}, tmp_path) == ["end", 1, 3]
    for place, value in (
        ("actor", {"id": "root", "name": "Root"}),
        ("at", "2025-02-03T12:00:01Z"),
        ("payload", {}),
        ("hash", "0"),
    ):
        altered = [event | {place: value} if event["sequence"] == 2 else event for event in whole["history"]]
        assert _faults(whole | {"history": altered}, tmp_path)[0] == 2
    assert _faults(whole | {"history": whole["history"][1:]}, tmp_path)[0] == 1
