"""One of several processes that fire due timers of the same database at once: says `ready`, waits for a line, fires."""

from __future__ import annotations

import sys
from datetime import timedelta

from engine.clock import FixedClock, SystemClock

from .installation import engine_on


def main(url: str) -> None:
    with engine_on(url, FixedClock(SystemClock().now() + timedelta(hours=1))) as engine:
        print("ready", flush=True)
        sys.stdin.readline()
        print(engine.fire_due(limit=1000), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
