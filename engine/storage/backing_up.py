"""A backup of a running installation into one file, and restoring it into an empty one."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from ..chain_heads import CaseHead, write_heads
from ..errors import Misconfigured
from .backup_file import HEADS, MANIFEST, Manifest, file_entry, opened, table_entry
from .folder import FolderFiles
from .new_file import new_file
from .sql import open_store
from .sql.moving import Content, Snapshot, Tally, Verified, filling, snapshot

Progress: TypeAlias = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was written, and the SHA-256 of its manifest, to be kept elsewhere.

    `astray` are the tables with rows that refer to rows which somebody removed outside Stegvis: no database takes them back.
    """

    manifest: Manifest
    sha256: str
    astray: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was read, and what was found when the history of every case was verified."""

    manifest: Manifest
    sha256: str
    history: Verified


def back_up(url: str, files: FolderFiles, to: Path, *, release: str, now: datetime, progress: Progress) -> BackedUp:
    """Write the database as it is now, and the files of its cases, to a new file that only its owner can read.

    Nobody waits for it. The database is read first, in one instant; a file never changes, so those that it knows are
    copied after it. Little is held in memory, whatever the size.

    Raises:
        Misconfigured: the file is there already or cannot be written, or the database cannot be read.
    """
    with _new_file(to) as archive:
        with snapshot(url) as source:
            tables = [_write_table(archive, source, table, number, progress) for number, table in enumerate(source.tables)]
            cases, heads_sha256 = _write_heads(archive, source.heads())
            known = dict(source.files())
            revision, kind, astray = source.revision, source.kind, source.astray()
        size, gone = _write_files(archive, files, known, progress)
        lost = _still_known(url, gone)
        manifest = Manifest(
            made=now.astimezone(UTC).isoformat(timespec="seconds"),
            release=release,
            revision=revision,
            database=kind,
            tables=tuple(tables),
            cases=cases,
            heads_sha256=heads_sha256,
            files=len(known) - len(gone),
            file_bytes=size,
            removed=tuple(id_ for id_ in gone if id_ not in lost),
            lost=tuple(id_ for id_ in gone if id_ in lost),
        )
        archive.writestr(MANIFEST, manifest.written())
    return BackedUp(manifest, hashlib.sha256(manifest.written()).hexdigest(), astray)


def restore(source: Path, url: str, files: FolderFiles, *, progress: Progress) -> Restored:
    """Put a backup into an empty database, of either kind, and its files into a folder that has no others.

    First every digest in the backup is recomputed. Then all is one transaction: each table is read back and compared, a
    backup of an older release is brought to this one, and the history of every case verified against the heads in the
    backup. What breaks it was broken when the backup was made, for the rows are the same: it is told, and restored.

    Raises:
        Misconfigured: the backup is damaged or of a newer release, or the database or the folder is not empty.
    """
    with opened(source) as backup, filling(url, revision=backup.manifest.revision) as target:
        progress("proving the backup", 0, 1)
        ids = backup.prove()
        _require_no_others(files, ids)
        for number, id_ in enumerate(ids):
            progress("files", number, len(ids))
            files.put(id_, backup.content(id_))
        for number, content in enumerate(backup.manifest.tables):
            progress(content.table, number, len(backup.manifest.tables))
            target.fill(content.table, content.columns, backup.lines(content.table))
            if target.content(content.table) != content:
                raise Misconfigured(f"The table {content.table} is not what it was in the backup. Nothing was restored.")
        target.finish()
        history = target.verify(backup.heads())
        return Restored(backup.manifest, backup.sha256, history)


@contextmanager
def _new_file(to: Path) -> Iterator[zipfile.ZipFile]:
    """A zip that appears under its name when it is whole, on the disk, and never in place of another file."""
    try:
        with new_file(to) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            yield archive
    except FileExistsError as error:
        raise Misconfigured(f"{to} is there already. Give another name; a backup is never overwritten.") from error
    except OSError as error:
        raise Misconfigured(f"The backup {to} cannot be written: {error.strerror}. Nothing was backed up.") from error


def _write_table(archive: zipfile.ZipFile, source: Snapshot, table: str, number: int, progress: Progress) -> Content:
    progress(table, number, len(source.tables))
    tally = Tally()
    _write_lines(archive, table_entry(table), tally.of(source.lines(table)))
    return Content(table, source.columns(table), tally.rows, tally.sha256)


def _write_heads(archive: zipfile.ZipFile, heads: Iterable[CaseHead]) -> tuple[int, str]:
    """How many cases, and the digest of the lines."""
    tally = Tally()
    _write_lines(archive, HEADS, tally.of(write_heads(heads)))
    return tally.rows - 1, tally.sha256


def _write_lines(archive: zipfile.ZipFile, entry: str, lines: Iterable[str]) -> None:
    with archive.open(entry, "w", force_zip64=True) as stream:
        for line in lines:
            stream.write(line.encode())
            stream.write(b"\n")


def _write_files(
    archive: zipfile.ZipFile, files: FolderFiles, known: dict[str, str], progress: Progress
) -> tuple[int, list[str]]:
    """How many bytes, and the ids of those that are not there or are others."""
    size, gone = 0, []
    for number, (id_, sha256) in enumerate(known.items()):
        progress("files", number, len(known))
        content = files.get(id_)
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            gone.append(id_)
            continue
        archive.writestr(file_entry(id_), content, zipfile.ZIP_STORED)
        size += len(content)
    return size, gone


def _still_known(url: str, ids: Collection[str]) -> frozenset[str]:
    """Those that nobody has removed meanwhile: their content was lost."""
    if not ids:
        return frozenset()
    store = open_store(url)
    try:
        with store.read() as work:
            return work.files.known(ids)
    finally:
        store.close()


def _require_no_others(files: FolderFiles, ids: Collection[str]) -> None:
    known = frozenset(ids)
    other = next((id_ for id_ in files.kept_before(datetime.max.replace(tzinfo=UTC)) if id_ not in known), None)
    if other is not None:
        told = f"The folder of the setting `files` has a file that is not in the backup ({other})."
        raise Misconfigured(f"{told} Give an empty folder: one that no other installation uses. Nothing was restored.")
