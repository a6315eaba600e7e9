"""A backup in one file: everything, proved, restored into either database or not at all."""

from __future__ import annotations

import errno
import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa

from engine.actor import SYSTEM
from engine.chain_heads import CaseHead, write_heads
from engine.errors import Misconfigured
from engine.queries import CaseChoice
from engine.storage.backing_up import BackedUp, Restored, back_up, restore
from engine.storage.backup_file import HEADS, MANIFEST, Manifest, table_entry
from engine.storage.folder import FolderFiles
from engine.storage.sql import address, current_revision, newest_revision, open_store, tables, upgrade
from engine.storage.sql.moving import Content, Tally
from engine.storage.sql.moving.contents import content_of, lines_of
from tests.builders import NOON
from tests.upgrade.releases import put

from .conftest import KINDS, PDF, Place, engine_at, install
from .test_copying import contents, is_empty, nothing

Entries = dict[str, bytes]


def saved(url: str, files: FolderFiles, to: Path) -> BackedUp:
    return back_up(url, files, to, release="0.1.0", now=NOON, progress=nothing)


def put_back(source: Path, url: str, folder: Path) -> Restored:
    return restore(source, url, FolderFiles(folder), progress=nothing)


def remove_a_case(url: str) -> None:
    """As an owner of the database may: references and triggers are not enforced."""
    delete = "DELETE FROM case_instance WHERE number LIKE '%000002'"
    if "://" not in url:
        with closing(sqlite3.connect(url)) as database:
            database.execute(delete)
            database.commit()
        return
    owner = sa.create_engine(address.read_address(url))
    with owner.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(delete.replace("%", "%%"))
    owner.dispose()


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_that_no_database_takes_back_says_so(place: Place, files: FolderFiles, tmp_path: Path, kind: str) -> None:
    url = place(kind)
    install(url, files)
    assert saved(url, files, tmp_path / "whole.zip").astray == ()
    remove_a_case(url)
    astray = saved(url, files, tmp_path / "astray.zip").astray
    assert {"history_event", "user_task"} <= set(astray), astray
    with pytest.raises(Misconfigured, match="Rows refer to others that are not there any more"):
        put_back(tmp_path / "astray.zip", place("sqlite"), tmp_path / "back")


@pytest.fixture
def zip_(tmp_path: Path, place: Place, files: FolderFiles) -> Path:
    """A backup of an installation on SQLite."""
    url = place("sqlite")
    install(url, files)
    saved(url, files, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def rewrite(path: Path, change: Callable[[Entries], None]) -> None:
    """Write the zip anew with its entries changed."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("source", KINDS)
def test_what_was_backed_up_is_restored_into_either_database(
    place: Place, files: FolderFiles, tmp_path: Path, source: str, target: str
) -> None:
    old, new = place(source), place(target)
    install(old, files)
    made = saved(old, files, tmp_path / "b.zip")
    assert (made.manifest.database, made.manifest.cases, made.manifest.files) == (source, 3, 1)
    assert {table.table for table in made.manifest.tables} == set(tables.metadata.tables)
    restored = put_back(tmp_path / "b.zip", new, tmp_path / "other")
    assert contents(new) == contents(old) == list(made.manifest.tables)
    assert (restored.history.cases, restored.history.broken, restored.sha256) == (3, (), made.sha256)
    with engine_at(new, FolderFiles(tmp_path / "other")) as engine:
        cases = engine.cases(SYSTEM, CaseChoice(), limit=9).rows
        ((case, file),) = [(case, file) for case in cases for file in engine.case_files(SYSTEM, case.id)]
        assert engine.case_file(SYSTEM, case.id, file.id)[1] == PDF


def test_a_backup_is_for_its_owner_only_and_never_overwrites(zip_: Path, place: Place, files: FolderFiles) -> None:
    assert zip_.stat().st_mode & 0o777 == 0o600
    url = place("sqlite")
    install(url, files)
    before = zip_.read_bytes()
    with pytest.raises(Misconfigured, match="is there already"):
        saved(url, files, zip_)
    assert zip_.read_bytes() == before


def test_a_backup_that_fails_leaves_no_file(place: Place, files: FolderFiles, tmp_path: Path) -> None:
    url = place("sqlite")
    install(url, files)

    def stop(what: str, done: int, total: int) -> None:
        if what == "files":
            raise KeyboardInterrupt

    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(KeyboardInterrupt):
        back_up(url, files, folder / "b.zip", release="0.1.0", now=NOON, progress=stop)
    assert list(folder.iterdir()) == []
    with pytest.raises(Misconfigured, match="cannot be written"):
        saved(url, files, folder / "none" / "b.zip")


def test_of_two_backups_to_one_name_at_once_one_is_made_and_the_other_refused(
    place: Place, files: FolderFiles, tmp_path: Path
) -> None:
    url = place("sqlite")
    install(url, files)
    folder = tmp_path / "backups"
    folder.mkdir()
    to, begun, goes_on = folder / "b.zip", Event(), Event()

    def wait(what: str, done: int, total: int) -> None:
        begun.set()
        assert goes_on.wait(60)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(back_up, url, files, to, release="0.1.0", now=NOON, progress=wait)
        assert begun.wait(60)

        def end_the_first(what: str, done: int, total: int) -> None:
            goes_on.set()
            first.result(60)
            assert zipfile.is_zipfile(to)

        try:
            with pytest.raises(Misconfigured, match="is there already"):
                back_up(url, files, to, release="0.1.0", now=NOON, progress=end_the_first)
        finally:
            goes_on.set()
    assert list(folder.iterdir()) == [to]
    assert put_back(to, place("sqlite"), tmp_path / "other").sha256 == first.result().sha256


def test_a_backup_takes_no_other_file_s_place_where_there_are_no_hard_links(
    place: Place, files: FolderFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    url = place("sqlite")
    install(url, files)
    folder = tmp_path / "backups"
    folder.mkdir()
    saved(url, files, folder / "b.zip")
    assert (folder / "b.zip").stat().st_mode & 0o777 == 0o600
    assert zipfile.is_zipfile(folder / "b.zip")

    def take_the_name(what: str, done: int, total: int) -> None:
        (folder / "c.zip").write_text("of somebody else")

    with pytest.raises(Misconfigured, match="is there already"):
        back_up(url, files, folder / "c.zip", release="0.1.0", now=NOON, progress=take_the_name)
    assert (folder / "c.zip").read_text() == "of somebody else"
    assert {path.name for path in folder.iterdir()} == {"b.zip", "c.zip"}


def one_byte(entry: str) -> Callable[[Entries], None]:
    def change(entries: Entries) -> None:
        (name,) = [name for name in entries if name.startswith(entry)]
        entries[name] = entries[name].replace(b"e", b"f", 1)

    return change


def one_line(entries: Entries) -> None:
    lines = entries["tables/history_event.jsonl"].splitlines(keepends=True)
    entries["tables/history_event.jsonl"] = b"".join(lines[:-1])


def without(entry: str) -> Callable[[Entries], None]:
    def change(entries: Entries) -> None:
        for name in [name for name in entries if name.startswith(entry)]:
            del entries[name]

    return change


def manifest_said(name: str, value: object) -> Callable[[Entries], None]:
    def change(entries: Entries) -> None:
        entries["manifest.json"] = json.dumps({**json.loads(entries["manifest.json"]), name: value}).encode()

    return change


def manifest_is(text: bytes) -> Callable[[Entries], None]:
    def change(entries: Entries) -> None:
        entries["manifest.json"] = text

    return change


def manifest_names(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[Entries], None]:
    """With the list of tables changed, in place."""

    def changed(entries: Entries) -> None:
        told = json.loads(entries["manifest.json"])
        change(told["tables"])
        entries["manifest.json"] = json.dumps(told).encode()

    return changed


@pytest.mark.parametrize(
    ("change", "why"),
    [
        *((manifest_said("revision", older), f"each table of the revision {older} once") for older in ("0001", "0027", "0030")),
        *(
            (manifest_names(tables_), "manifest does not name each table of the revision")
            for tables_ in (
                lambda tables: tables.remove(next(one for one in tables if one["table"] == "stored_file")),
                lambda tables: tables.clear(),
                lambda tables: tables.append(tables[0]),
                lambda tables: tables[0]["columns"].reverse(),
                lambda tables: tables[0].update(table="other"),
            )
        ),
        (manifest_names(lambda tables: tables[0].update(table=7)), "no backup that this release can read"),
        (one_byte("tables/case_data"), "tables/case_data.jsonl is not what its manifest tells"),
        (one_line, "tables/history_event.jsonl is not what"),
        (one_byte("heads.txt"), "heads.txt is not what"),
        (
            lambda entries: entries.update({name: b"%PDF-other" for name in entries if name.startswith("files/")}),
            "files/.* is not",
        ),
        (without("files/"), "damaged"),
        (without("tables/user_task"), "damaged"),
        (without("manifest.json"), "no backup"),
        (manifest_said("format", 2), "no backup that this release can read"),
        (manifest_said("revision", "9999"), "revision 9999, which this release does not know"),
        (manifest_said("more", 1), "no backup"),
        *((manifest_is(text), "no backup that this release can read") for text in (b'"x"', b"null", b"[]", b"7", b"x")),
        *((manifest_said(name, []), "no backup that this release can read") for name in ("revision", "cases", "heads_sha256")),
    ],
)
def test_a_backup_that_was_altered_is_refused_and_the_database_stays_empty(
    zip_: Path, place: Place, tmp_path: Path, change: Callable[[Entries], None], why: str
) -> None:
    rewrite(zip_, change)
    new = place("sqlite")
    with pytest.raises(Misconfigured, match=why):
        put_back(zip_, new, tmp_path / "other")
    assert is_empty(new)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("size", [0, 10, 5_000])
def test_a_backup_that_was_cut_off_is_refused(zip_: Path, place: Place, tmp_path: Path, size: int) -> None:
    zip_.write_bytes(zip_.read_bytes()[:size])
    with pytest.raises(Misconfigured, match="no backup"):
        put_back(zip_, place("sqlite"), tmp_path / "other")
    with pytest.raises(Misconfigured, match="cannot be read: No such file"):
        put_back(tmp_path / "none.zip", place("sqlite"), tmp_path / "other")


def test_a_backup_goes_into_nothing_that_holds_something(zip_: Path, place: Place, tmp_path: Path) -> None:
    url = place("postgresql")
    install(url, FolderFiles(tmp_path / "theirs"))
    before = contents(url)
    with pytest.raises(Misconfigured, match="is not empty"):
        put_back(zip_, url, tmp_path / "other")
    assert contents(url) == before
    new = place("sqlite")
    with pytest.raises(Misconfigured, match="has a file that is not in the backup"):
        put_back(zip_, new, tmp_path / "theirs")
    assert is_empty(new)


@pytest.mark.parametrize("target", KINDS)
def test_an_interrupted_restore_is_run_again(zip_: Path, place: Place, tmp_path: Path, target: str) -> None:
    new = place(target)

    def stop(what: str, done: int, total: int) -> None:
        if what == "wait":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(zip_, new, FolderFiles(tmp_path / "other"), progress=stop)
    assert is_empty(new)
    assert put_back(zip_, new, tmp_path / "other").history.cases == 3


def test_files_that_are_gone_are_told_apart(place: Place, tmp_path: Path, files: FolderFiles) -> None:
    url = place("sqlite")
    install(url, files)
    with engine_at(url, files) as engine:
        case = engine.cases(SYSTEM, CaseChoice(), limit=9).rows[0]
        lost, altered, removed = (engine.add_file(SYSTEM, case.id, f"{name}.pdf", PDF).id for name in "abc")
        files.remove(lost)
        files.put(altered, b"%PDF-other")

        def remove(what: str, done: int, total: int) -> None:
            if (what, done) == ("files", 0):
                engine.remove_file(SYSTEM, case.id, removed, reason="Wrong case")

        made = back_up(url, files, tmp_path / "b.zip", release="0.1.0", now=NOON, progress=remove)
    assert (made.manifest.files, made.manifest.removed) == (1, (removed,))
    assert set(made.manifest.lost) == {lost, altered}
    new = place("sqlite")
    assert put_back(tmp_path / "b.zip", new, tmp_path / "other").history.broken == ()
    assert len([*FolderFiles(tmp_path / "other").kept_before(NOON.replace(year=9000))]) == 1


def test_history_that_was_broken_before_is_restored_and_told(place: Place, tmp_path: Path, files: FolderFiles) -> None:
    url = place("sqlite")
    install(url, files)
    with closing(sqlite3.connect(url)) as database:
        database.execute("DROP TRIGGER history_payload_no_update")
        database.execute("UPDATE history_payload SET text = '{}' WHERE sequence = 1")
        database.commit()
    saved(url, files, tmp_path / "b.zip")
    broken = put_back(tmp_path / "b.zip", place("postgresql"), tmp_path / "other").history.broken
    assert [(sequence, why) for _, sequence, why in broken] == [(1, "its payload was altered")] * 3


def backup_of_release(release: str, folder: Path) -> Path:
    """The backup that a release would have made of the database it left; the content of its one file is lost."""
    path, url = folder / f"{release}.zip", str(folder / "release.db")
    heads = [CaseHead(id_, "0", head) for id_, head in put(release, url, folder).items()]
    engine = address.connect(address.read_address(url))
    tables_: list[Content] = []
    with engine.connect() as connection, zipfile.ZipFile(path, "w") as archive:
        revision = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
        lost = [str(id_) for id_ in connection.exec_driver_sql("SELECT id FROM stored_file").scalars()]
        names = [name for name, _ in sa.inspect(connection).get_sorted_table_and_fkc_names() if name]
        for name in names:
            if name != "alembic_version":
                archive.writestr(table_entry(name), "".join(f"{line}\n" for line in lines_of(connection, name)))
                tables_.append(content_of(connection, name))
        tally = Tally()
        archive.writestr(HEADS, "".join(f"{line}\n" for line in tally.of(write_heads(heads))))
        told = Manifest(
            "2025-02-03", release, revision, "sqlite", tuple(tables_), len(heads), tally.sha256, 0, 0, (), tuple(lost)
        )
        archive.writestr(MANIFEST, told.written())
    engine.dispose()
    return path


@pytest.mark.parametrize("target", KINDS)
def test_a_backup_of_an_older_release_is_brought_to_this_one(place: Place, tmp_path: Path, target: str) -> None:
    new = place(target)
    restored = put_back(backup_of_release("0.1.0", tmp_path), new, tmp_path / "other")
    assert restored.manifest.revision == "0027"
    assert (restored.history.cases, restored.history.broken) == (restored.manifest.cases, ())
    assert restored.history.cases > 30
    open_store(new).close()
    assert current_revision(new) == newest_revision() != "0027"


def test_an_older_backup_goes_into_no_database_of_this_release(place: Place, tmp_path: Path) -> None:
    new = place("sqlite")
    upgrade(new)
    with pytest.raises(Misconfigured, match="Give a database without tables"):
        put_back(backup_of_release("0.1.0", tmp_path), new, tmp_path / "other")


def test_reading_a_backup_needs_little_but_the_zip(zip_: Path) -> None:
    """What is in it can be read without Stegvis: JSON lists, one a line, columns in the manifest."""
    with zipfile.ZipFile(io.BytesIO(zip_.read_bytes())) as archive:
        told = json.loads(archive.read("manifest.json"))
        columns = {table["table"]: table["columns"] for table in told["tables"]}
        rows = [json.loads(line) for line in archive.read("tables/case_instance.jsonl").splitlines()]
    numbers = [dict(zip(columns["case_instance"], row, strict=True))["number"] for row in rows]
    assert sorted(number[-6:] for number in numbers) == ["000001", "000002", "000003"]
