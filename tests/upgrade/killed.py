"""`python -m tests.upgrade.killed DATABASE STATEMENT`: an upgrade that is killed, as by kill -9, after so many statements.

With 0 it is not killed, and says how many statements it took.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import sqlalchemy as sa

from engine.storage.sql import upgrade

_done = 0


def main(url: str, last: int) -> None:
    def count(connection: sa.Connection, *about: Any) -> None:
        global _done  # noqa: PLW0603  # the process lives for this one upgrade
        _done += 1
        if _done == last:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(sa.Engine, "after_cursor_execute", count)
    upgrade(url)
    sys.stdout.write(str(_done))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
