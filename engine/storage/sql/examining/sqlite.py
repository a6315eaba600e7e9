"""Whether a SQLite database is as Stegvis needs it."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from ....remark import Remark, apart, error, warning, well

MOUNTS: Final = Path("/proc/mounts")
"""Where Linux tells what is mounted; other systems do not have it, and are not asked."""
NETWORK: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "ncpfs"})
TRIGGERS: Final = frozenset(
    {
        "history_event_no_update",
        "history_event_no_delete",
        "history_event_no_replace",
        "history_payload_no_update",
        "history_payload_no_replace",
    }
)


def examine(connection: sa.Connection, file: Path) -> Iterator[Remark]:
    yield from apart("durability", lambda: _durable(connection, file))
    yield from apart("network-drive", lambda: _place(file))
    yield from apart("integrity", lambda: _whole(connection, file))
    yield from apart("history-triggers", lambda: [_triggers(connection)])


def _durable(connection: sa.Connection, file: Path) -> Iterator[Remark]:
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
    if mode != "wal" or synchronous != 2:
        says = f"A power cut may take what was committed to {file} (journal {mode}, synchronous {synchronous})."
        yield error("durability", says, "Move it to a disk of this machine that allows SQLite's WAL.")
    else:
        yield well("durability", "What is committed survives a power cut (WAL, synchronous FULL).")


def _place(file: Path) -> Iterator[Remark]:
    kind = _file_system(file.resolve())
    if kind in NETWORK:
        says = f"The database {file} lies on a network drive ({kind}), where SQLite's locks do not hold."
        yield error("network-drive", says, "Move it to a disk of this machine, or use PostgreSQL.")
    for path in (file, file.with_name(f"{file.name}-wal")):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            says = f"Other accounts of this machine may read or write {path}, which holds personal data."
            yield warning("file-mode", says, f"Run: chmod 600 {path}")


def _file_system(file: Path) -> str:
    """The kind of the file system that the file lies on; empty where it is not told."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    mounted = [(Path(parts[1].replace("\\040", " ")), parts[2]) for line in lines if len(parts := line.split()) > 2]
    around = [(len(place.parts), kind) for place, kind in mounted if file.is_relative_to(place)]
    return max(around, default=(0, ""))[1]


def _whole(connection: sa.Connection, file: Path) -> Iterator[Remark]:
    told = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if told != "ok":
        yield error("integrity", f"The database file {file} is damaged.", "Stop Stegvis and restore the latest backup.")
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        says = f"Rows of {broken[0]} refer to rows of {broken[2]} that are not there: somebody changed the database by hand."
        yield error("references", says, "Restore the latest backup, or have somebody who knows the tables put the rows back.")
        return
    yield well("integrity", "The file is whole and all references lead somewhere.")


def _triggers(connection: sa.Connection) -> Remark:
    found = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars())
    return told_of_triggers(TRIGGERS - found)


def told_of_triggers(missing: frozenset[str]) -> Remark:
    """What is said of the triggers that keep history as it was written."""
    if missing:
        says = f"The database would let history be changed: the trigger {min(missing)} is not there or sleeps."
        remedy = "Find out who did that, run `stegvis history verify`, and put it back as a newly made database has it."
        return error("history-triggers", says, remedy)
    return well("history-triggers", "The database refuses changes of history.")
