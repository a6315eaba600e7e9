from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.errors import Conflict, Misconfigured
from engine.ids import CaseId
from engine.ports import FileStore, Store, StoredFile
from engine.storage.folder import FolderFiles
from engine.storage.memory import MemoryFileStore
from tests.builders import COACH, NOON, a_case
from tests.contracts.stored import with_cases

FILE = StoredFile("b" * 32, CaseId("case-1"), "Å.pdf", "application/pdf", 5, "0" * 64, NOON, COACH)


def test_files_are_read_back_in_the_order_in_which_they_came(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2"))
    others = [replace(FILE, id="a" * 32, name="2.pdf"), replace(FILE, id="c" * 32, case_id=CaseId("case-2"))]
    with store.write() as work:
        for file in (FILE, *others):
            work.files.add(file)
        work.commit()
    with store.read() as work:
        assert work.files.get(FILE.id) == FILE
        assert work.files.get("d" * 32) is None
        assert list(work.files.of_case(CaseId("case-1"))) == [FILE, others[0]]
        assert list(work.files.of_case(CaseId("case-3"))) == []
        assert list(work.files.newest(2)) == [others[1], others[0]]


def test_an_id_is_given_once(store: Store) -> None:
    with_cases(store)
    with store.write() as work:
        work.files.add(FILE)
        work.commit()
    with store.write() as work, pytest.raises(Conflict):
        work.files.add(FILE)


def test_a_removed_file_is_no_longer_known(store: Store) -> None:
    with_cases(store)
    other = replace(FILE, id="a" * 32)
    with store.write() as work:
        work.files.add(FILE)
        work.files.add(other)
        work.files.remove(FILE.id)
        work.commit()
    with store.read() as work:
        assert work.files.get(FILE.id) is None
        assert list(work.files.of_case(CaseId("case-1"))) == [other]
        assert work.files.known([FILE.id, other.id]) == {other.id}
        assert work.files.known([]) == frozenset()


@pytest.fixture(params=["memory", "folder"])
def contents(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    return MemoryFileStore() if request.param == "memory" else FolderFiles(tmp_path / "files")


def test_a_content_is_read_back_to_the_byte(contents: FileStore) -> None:
    contents.put("a" * 32, bytes(range(256)))
    assert contents.get("a" * 32) == bytes(range(256))
    assert contents.get("b" * 32) is None


def test_an_erased_content_is_gone(contents: FileStore) -> None:
    contents.put("a" * 32, b"x")
    contents.remove("a" * 32)
    contents.remove("a" * 32)
    assert contents.get("a" * 32) is None


def test_contents_are_told_by_when_they_were_kept(contents: FileStore) -> None:
    assert list(contents.kept_before(datetime.now(UTC))) == []
    contents.put("a" * 32, b"x")
    assert list(contents.kept_before(datetime.now(UTC) - timedelta(hours=1))) == []
    assert list(contents.kept_before(datetime.now(UTC) + timedelta(hours=1))) == ["a" * 32]


def test_a_content_that_was_never_finished_is_told_and_erased(tmp_path: Path) -> None:
    folder = FolderFiles(tmp_path)
    unfinished = tmp_path / "aa" / f"{'a' * 32}.part"
    unfinished.parent.mkdir()
    unfinished.write_bytes(b"x")
    assert list(folder.kept_before(datetime.now(UTC) + timedelta(hours=1))) == ["a" * 32]
    folder.remove("a" * 32)
    assert not unfinished.exists()


def test_a_folder_keeps_contents_from_others_and_leaves_nothing_unfinished(tmp_path: Path) -> None:
    FolderFiles(tmp_path / "files").put("a" * 32, b"x")
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert (kept.name, kept.stat().st_mode & 0o777) == ("a" * 32, 0o600)


@pytest.mark.parametrize("id_", ["", "../secret", "A" * 32, "a" * 31, f"{'a' * 32}\n"])
def test_a_folder_takes_generated_ids_only(tmp_path: Path, id_: str) -> None:
    with pytest.raises(ValueError, match="generated"):
        FolderFiles(tmp_path).get(id_)


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("no folder")
    with pytest.raises(Misconfigured, match="files"):
        FolderFiles(tmp_path / "files").put("a" * 32, b"x")
