from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.case import CaseStatus
from engine.case_data import CaseData
from engine.definition import DraftSave, PackageDraft
from engine.errors import Conflict, RevisionConflict
from engine.ids import CaseId, UserId, VersionId
from engine.ports import Store
from tests.builders import NOON, a_case, a_process_version

DAG, ADA = UserId("dag"), UserId("ada")
FIRST = PackageDraft("d-1", "intake", {"process.bpmn": "<å/>"}, 1, NOON, DAG, NOON, DAG, 3)
SECOND = replace(
    FIRST, files={"process.bpmn": "<b/>", "scenarios/a.yaml": "a"}, revision=2, saved_at=NOON + timedelta(hours=1), saved_by=ADA
)


def test_a_draft_is_read_back_with_every_save(store: Store) -> None:
    with store.write() as work:
        work.package_drafts.add(FIRST)
        work.package_drafts.save(SECOND, ["process.bpmn", "scenarios/a.yaml"])
        work.package_drafts.add(replace(FIRST, id="d-2", key="closing", based_on=None))
        work.commit()
    with store.read() as work:
        drafts = work.package_drafts
        assert drafts.get("d-1") == drafts.of_process("intake") == SECOND
        assert [draft.key for draft in drafts.all()] == ["closing", "intake"]
        assert drafts.all()[0].based_on is None
        assert list(drafts.saves("d-1")) == [
            DraftSave(2, SECOND.saved_at, ADA, ("process.bpmn", "scenarios/a.yaml"), 3),
            DraftSave(1, NOON, DAG, ("process.bpmn",), 3),
        ]
        assert drafts.saved("d-1", 1) == FIRST
        assert (drafts.get("d-3"), drafts.of_process("x"), drafts.saved("d-1", 3)) == (None, None, None)


def test_a_process_has_one_draft_and_a_lost_race_changes_nothing(store: Store) -> None:
    with store.write() as work:
        work.package_drafts.add(FIRST)
        work.commit()
    with store.write() as work, pytest.raises(Conflict):
        work.package_drafts.add(replace(FIRST, id="d-2"))
    with store.write() as work, pytest.raises(RevisionConflict):
        work.package_drafts.save(replace(SECOND, revision=3), [])
    with store.write() as work, pytest.raises(RevisionConflict):
        work.package_drafts.save(replace(SECOND, id="d-9"), [])
    with store.read() as work:
        assert list(work.package_drafts.all()) == [FIRST]


def test_a_save_is_left_out_of_the_history_and_a_draft_is_forgotten_with_it(store: Store) -> None:
    with store.write() as work:
        work.package_drafts.add(FIRST)
        work.package_drafts.save(SECOND, [])
        work.package_drafts.forget_save("d-1", 1)
        work.commit()
    with store.read() as work:
        assert [save.revision for save in work.package_drafts.saves("d-1")] == [2]
    with store.write() as work:
        work.package_drafts.remove("d-1")
        work.commit()
    with store.write() as work:
        assert (work.package_drafts.get("d-1"), list(work.package_drafts.saves("d-1"))) == (None, [])
        work.package_drafts.add(FIRST)
        work.commit()


def test_a_copy_is_told_from_what_the_draft_has_been(store: Store) -> None:
    with store.write() as work:
        work.package_drafts.add(FIRST)
        work.package_drafts.save(SECOND, ["process.bpmn"], is_copy=True)
        work.package_drafts.save(replace(FIRST, revision=3), [])
        work.commit()
    with store.read() as work:
        assert [(save.revision, save.is_copy) for save in work.package_drafts.saves("d-1")] == [
            (3, False),
            (2, True),
            (1, False),
        ]
        assert work.package_drafts.get("d-1") == replace(FIRST, revision=3)


def test_files_are_kept_with_a_version_and_replaced(store: Store) -> None:
    version = VersionId("v-1")
    with store.write() as work:
        work.definitions.put_files(version, {"a": "1"})
        work.definitions.put_files(version, {"a": "å", "scenarios/b.yaml": "2"})
        work.commit()
    with store.read() as work:
        assert work.definitions.files(version) == {"a": "å", "scenarios/b.yaml": "2"}
        assert work.definitions.files(VersionId("v-2")) is None


def test_open_cases_are_counted_for_each_version(store: Store) -> None:
    first, second, other = a_process_version(number=1), a_process_version(number=2, note="Ny väg."), a_process_version("intake")
    with store.write() as work:
        for version in (first, second, other):
            work.definitions.add_process(version)
        statuses = [CaseStatus.ACTIVE, CaseStatus.SUSPENDED, CaseStatus.COMPLETED, CaseStatus.FAILED]
        for at, status in enumerate(statuses):
            work.cases.add(a_case(f"c-{at}", version_id=first.id, status=status), "{}", CaseData())
        work.cases.add(a_case("c-9", version_id=other.id), "{}", CaseData())
        for at in range(len(statuses)):
            work.cases.put_called(CaseId(f"c-{at}"), {first.id, second.id})
        work.cases.put_called(CaseId("c-0"), {second.id, other.id})
        work.cases.put_called(CaseId("c-1"), {first.id})
        work.commit()
    with store.read() as work:
        assert work.queries.open_cases_of([first.id, second.id]) == {first.id: 2, second.id: 1}
        assert work.queries.open_cases_of([other.id]) == {other.id: 2}, "its own, and one that calls it"
        assert work.queries.open_cases_of([]) == {}
        assert work.definitions.process(second.id) == second
