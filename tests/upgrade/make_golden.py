"""`python -m tests.upgrade.make_golden`: the database that this release leaves, as SQL, in `golden/RELEASE.sql`.

Made once, by the release itself, before anything is added for the next one; never edited afterwards.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.storage.sql import open_store, upgrade
from tests.builders import NOON
from tests.upgrade.waiting import Installation

GOLDEN = Path(__file__).parent / "golden"


def dump() -> str:
    """The installation's database as SQL."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stegvis.db"
        upgrade(str(path))
        store, clock = open_store(str(path)), FixedClock(NOON)
        Installation(CaseEngine(store, clock=clock), clock).begin()
        store.close()
        with closing(sqlite3.connect(path)) as database:
            return "\n".join(database.iterdump()) + "\n"


def main() -> None:
    target = GOLDEN / f"{version('stegvis')}.sql"
    if target.exists():
        sys.exit(f"{target} is there already: a release leaves one database, and it is never edited.")
    target.write_text(dump(), encoding="utf-8")
    sys.stdout.write(f"{target}: {target.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
