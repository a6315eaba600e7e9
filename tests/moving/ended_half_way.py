"""`python -m tests.moving.ended_half_way copy SOURCE TARGET`, or `restore ZIP TARGET`: killed, as by kill -9, half way.

`python -m tests.moving.ended_half_way backup SOURCE ZIP` cannot write files of more than 60,000 bytes.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

from engine.errors import Misconfigured
from engine.storage.backing_up import back_up, restore
from engine.storage.folder import FolderFiles
from engine.storage.sql.moving import copy_database, snapshot
from tests.builders import NOON


def kill_at_waits(what: str, done: int, total: int) -> None:
    """Some tables are filled by then, and some are not."""
    if what == "wait":
        os.kill(os.getpid(), signal.SIGKILL)


def main(what: str, source: str, target: str) -> None:
    files = FolderFiles(Path(target).with_suffix(".files") if "://" not in target else Path(source).with_suffix(".files"))
    if what == "copy":
        with snapshot(source) as found:
            copy_database(found, target, progress=kill_at_waits)
    elif what == "restore":
        restore(Path(source), target, files, progress=kill_at_waits)
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        try:
            back_up(source, files, Path(target), release="0", now=NOON, progress=lambda *_: None)
        except Misconfigured as error:
            sys.exit(error.message)


if __name__ == "__main__":
    main(*sys.argv[1:])
