from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.content import read_bundle
from engine.errors import Conflict, NotPossible, RevisionConflict
from engine.ports import Store
from engine.settings import EngineSettings
from engine.studio import compare_draft, export_draft, export_version, import_zip
from tests.builders import NOON

PURCHASE = Path(__file__).parents[1] / "packages" / "purchase-request"


def test_a_zip_is_taken_in_beside_what_the_draft_was_before(store: Store) -> None:
    clock = FixedClock(NOON)
    engine = CaseEngine(store, clock=clock, settings=EngineSettings())
    engine.deploy(SYSTEM, read_bundle([PURCHASE]))
    source = export_version(engine, SYSTEM, "purchase-request", 1)
    draft = import_zip(engine, SYSTEM, source).draft
    assert export_draft(engine, SYSTEM, draft.id)[1] == source
    assert compare_draft(engine, SYSTEM, draft.id).difference.is_empty

    mine = engine.save_package_draft(SYSTEM, draft.id, {"process.bpmn": "<mine"}, revision=1)
    clock.move_to(NOON + timedelta(seconds=1))
    mine = engine.save_package_draft(SYSTEM, draft.id, {"process.bpmn": "<mine/>"}, revision=mine.revision)
    assert compare_draft(engine, SYSTEM, draft.id).difference.elements
    with pytest.raises(Conflict):
        import_zip(engine, SYSTEM, source)
    with pytest.raises(RevisionConflict):
        import_zip(engine, SYSTEM, source, into=draft.id, revision=1)
    taken = import_zip(engine, SYSTEM, source, into=draft.id, revision=mine.revision).draft
    assert taken.files == draft.files
    assert taken.revision == mine.revision + 1
    assert engine.saved_draft(SYSTEM, draft.id, mine.revision).files["process.bpmn"] == "<mine/>"
    assert [save.revision for save in engine.draft_saves(SYSTEM, draft.id)] == [4, 3, 1]


def test_a_draft_takes_in_its_own_process_only(store: Store) -> None:
    engine = CaseEngine(store, clock=FixedClock(NOON), settings=EngineSettings())
    engine.deploy(SYSTEM, read_bundle([PURCHASE]))
    other = engine.create_draft(SYSTEM, "other")
    with pytest.raises(NotPossible):
        import_zip(engine, SYSTEM, export_version(engine, SYSTEM, "purchase-request", 1), into=other.id, revision=1)
