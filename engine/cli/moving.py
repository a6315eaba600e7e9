"""`stegvis backup`, `stegvis restore` and `stegvis db copy`: a whole installation in one file, or in another database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import click

from ..bootstrap import database_address, files_folder
from ..clock import SystemClock
from ..errors import Misconfigured
from ..settings import Settings
from ..storage.backing_up import back_up
from ..storage.backing_up import restore as put_back
from ..storage.backup_file import Manifest
from ..storage.folder import FolderFiles
from ..storage.sql.moving import Content, Snapshot, Verified, copy_database, snapshot
from .access import json_option
from .output import print_json, print_table, progress_bar

_PATH = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=_PATH)
@json_option
@click.pass_obj
def backup(settings: Settings, file: Path, as_json: bool) -> None:
    """Write the database and the files of cases to one FILE, while the installation runs. Exit code 1 when a file of a
    case was lost or altered, or rows that others refer to were removed by hand: the backup is made all the same.

    FILE is a zip that only its owner can read. It holds personal data and is not encrypted. Keep the SHA-256 that is
    printed somewhere else: `stegvis restore` prints it again.

    \b
    Example:
      stegvis backup stegvis-2025-06-02.zip
    """
    now, files = SystemClock().now(), FolderFiles(files_folder(settings))
    with progress_bar("Backing up") as bar:
        address = database_address(settings)
        made = back_up(address, files, file, release=version("stegvis"), now=now, progress=bar.show)
    told = made.manifest
    if as_json:
        lacks = {"removed": told.removed, "lost": told.lost, "astray": made.astray}
        print_json({"file": str(file), "sha256": made.sha256, **_counts(told), **lacks})
    else:
        click.echo(f"Backed up {_in_words(told)} to {file}.\nSHA-256 of its manifest: {made.sha256}")
        if told.removed:
            click.echo(f"{len(told.removed)} files were removed by somebody meanwhile and are not in it.")
        for id_ in told.lost:
            click.echo(f"The content of the file {id_} is missing or was altered in {files_folder(settings)}.", err=True)
        if made.astray:
            click.echo(
                f"This backup cannot be restored: rows of {', '.join(made.astray)} refer to others that are not there any "
                "more, because somebody removed these outside Stegvis. `stegvis history verify` names such cases.",
                err=True,
            )
    if told.lost or made.astray:
        raise SystemExit(1)


@click.command()
@click.argument("file", type=_PATH)
@json_option
@click.pass_obj
def restore(settings: Settings, file: Path, as_json: bool) -> None:
    """Put a backup into the installation's database, which must be empty, and its files into the folder for files.

    The database may be of the other kind, and the backup of an older release. Everything is proved: the backup before
    it is read, each table after it was written, and the history of every case. Exit code 1 when a case's history was
    broken already when the backup was made: it is restored all the same.

    \b
    Examples:
      stegvis restore stegvis-2025-06-02.zip
      STEGVIS_DATABASE=postgresql://stegvis@db/stegvis stegvis restore stegvis-2025-06-02.zip
    """
    files = FolderFiles(files_folder(settings))
    with progress_bar("Restoring") as bar:
        restored = put_back(file, database_address(settings), files, progress=bar.show)
    told = restored.manifest
    if as_json:
        print_json({"sha256": restored.sha256, **_counts(told), **_history(restored.history), "lost": told.lost})
    else:
        click.echo(f"Restored {_in_words(told)}, as they were {told.made}.\nSHA-256 of the manifest: {restored.sha256}")
        _tell_history(restored.history)
        for id_ in told.lost:
            click.echo(f"The content of the file {id_} was lost before the backup was made.", err=True)
    if restored.history.broken:
        raise SystemExit(1)


@click.command()
@click.option("--from", "source", metavar="ADDRESS", help="The database to copy (default: that of the installation).")
@click.option("--to", "target", metavar="ADDRESS", required=True, help="An empty database, or a SQLite file to make.")
@click.option("--files-to", type=click.Path(path_type=Path), help="Copy the files of cases to this folder too.")
@click.option("--snapshot", "is_snapshot", is_flag=True, help="Copy what is there now, though others go on writing.")
@json_option
@click.pass_obj
def copy(
    settings: Settings, source: str | None, target: str, *, files_to: Path | None, is_snapshot: bool, as_json: bool
) -> None:
    """Copy everything into another database, SQLite or PostgreSQL, and prove that both hold the same.

    All or nothing: when it is interrupted, the target is as empty as before. Stop `stegvis serve` and `stegvis worker`
    first; while something has the source open, the copy is refused. Exit code 1 when a case's history is broken, in
    both: it is copied all the same.

    \b
    Examples:
      stegvis db copy --to postgresql://stegvis@db/stegvis
      stegvis db copy --from var/stegvis.db --to postgresql://stegvis@db/stegvis --files-to /srv/stegvis/files
      stegvis db copy --from postgresql://stegvis@db/stegvis --to back.db --snapshot
    """
    address = source or database_address(settings)
    with progress_bar("Copying") as bar, snapshot(address, alone=not is_snapshot) as found:
        found.require_another(target)
        if files_to is not None:
            _copy_files(found, FolderFiles(files_folder(settings)), FolderFiles(files_to, given_by="--files-to"))
        copied = copy_database(found, target, progress=bar.show)
    if as_json:
        print_json({"tables": [_content(one) for one in copied.tables], **_history(copied.history)})
    else:
        rows = [(one.table, one.rows, one.sha256) for one in copied.tables]
        print_table(("Table", "Rows", "SHA-256, the same in both"), rows)
        _tell_history(copied.history)
        if is_snapshot:
            click.echo("What was written to the source since the copy began is not in it.")
        else:
            click.echo("Now give the setting `database` the new address, and start Stegvis.")
    if copied.history.broken:
        raise SystemExit(1)


def _copy_files(source: Snapshot, have: FolderFiles, to: FolderFiles) -> None:
    for id_, sha256 in source.files():
        content = have.get(id_)
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            raise Misconfigured(
                f"The content of the file {id_} is missing or was altered in the folder of the setting `files`. Nothing was "
                "copied to the database. Check the setting; without --files-to the database is copied alone."
            )
        to.put(id_, content)


def _counts(told: Manifest) -> dict[str, object]:
    return {
        "made": told.made,
        "release": told.release,
        "revision": told.revision,
        "rows": sum(table.rows for table in told.tables),
        "cases": told.cases,
        "files": told.files,
    }


def _in_words(told: Manifest) -> str:
    rows = sum(table.rows for table in told.tables)
    return f"{rows} rows in {len(told.tables)} tables, {told.cases} cases, {told.files} files ({told.file_bytes} bytes)"


def _content(told: Content) -> dict[str, object]:
    return {"table": told.table, "rows": told.rows, "sha256": told.sha256}


def _history(found: Verified) -> dict[str, object]:
    broken = [
        {"case": head.number, "id": head.case_id, "sequence": sequence, "why": why} for head, sequence, why in found.broken
    ]
    return {"verified": found.cases, "broken": broken}


def _tell_history(found: Verified) -> None:
    rows: Iterable[tuple[object, ...]] = [(head.number, sequence, why) for head, sequence, why in found.broken]
    print_table(("Case", "Event", "What is wrong"), rows, empty=f"The history of {found.cases} cases is whole.")
