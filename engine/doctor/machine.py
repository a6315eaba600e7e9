"""Whether the machine gives what it takes: the port, room on the disks, the folder with the files of cases."""

from __future__ import annotations

import hashlib
import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ..bootstrap import require_free_port
from ..errors import Misconfigured
from ..ids import new_id
from ..ports import FileStore, Store
from ..remark import Remark, error, warning, well
from ..settings import Settings

ROOM_WARNING_BYTES: Final = 1_000_000_000
ROOM_ERROR_BYTES: Final = 100_000_000
SAMPLE: Final = 20
"""So many of the newest files are read."""


def port(settings: Settings) -> Remark:
    """Whether the port is free, or Stegvis answers there already."""
    where = f"{settings.host}:{settings.port}"
    try:
        require_free_port(settings.host, settings.port)
    except Misconfigured as wrong:
        if _answers(settings):
            return well("port", f"Stegvis answers on {where}.")
        return error("port", wrong.message, "Until then `stegvis serve` does not start.")
    return well("port", f"Nothing listens on {where}: `stegvis serve` can start there.")


def _answers(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104  # read, not listened on
    address = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/api/v1/health/live"
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # the scheme stands above
            return bool(json.load(answer) == {"status": "ok"})
    except (OSError, ValueError):
        return False


def database_folder(address: str) -> Iterable[Path]:
    """The folder of a SQLite database; nothing for a server."""
    is_server = "://" in address and not address.startswith("sqlite:")
    return () if is_server else (Path(address.removeprefix("sqlite:///")).expanduser().parent,)


def disk(folders: Iterable[Path]) -> Iterator[Remark]:
    """Whether there is room where something is written."""
    for folder in sorted(folders):
        there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
        free = shutil.disk_usage(there).free
        says = f"{free // 1_000_000} MB are free for {folder}."
        if free < ROOM_ERROR_BYTES:
            yield error("disk", says, "Make room now: when there is none, nothing can be stored.")
        elif free < ROOM_WARNING_BYTES:
            yield warning("disk", says, "Make room.")
        else:
            yield well("disk", says)


def files(store: Store, contents: FileStore, folder: Path) -> Iterator[Remark]:
    """Whether files can be kept, and the newest are there as they were."""
    probe = new_id()
    try:
        contents.put(probe, b"")
        contents.remove(probe)
    except Misconfigured as wrong:
        yield error("files", wrong.message, "Give the account that runs Stegvis the right to write there.")
        return
    with store.read() as unit:
        newest = unit.files.newest(SAMPLE)
    for file in newest:
        content = contents.get(file.id)
        if content is None:
            says = f"The content of file {file.id} of case {file.case_id} is not in {folder}."
            yield error("files", says, "Restore the folder from the backup; every process needs the same one.")
            return
        if hashlib.sha256(content).hexdigest() != file.sha256:
            says = f"The content of file {file.id} of case {file.case_id} in {folder} is not what was stored."
            yield error("files", says, "Somebody or the disk altered it: restore it from the backup.")
            return
    yield well("files", f"Files can be kept in {folder}; the newest {len(newest)} are as they were stored.")
