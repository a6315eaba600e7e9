"""A client of a subject: a process that plays as many cases as its input asks for, and tells how long each completion took.

One line of JSON in (`{"cases": 3}`), one out. The subjects in other languages speak the same lines.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable

Play = Callable[[], list[float]]
"""Plays one case; gives the seconds of each of its completions, and nothing of what lies between them."""


def serve(play: Play) -> None:
    """Play what is asked for until the input ends."""
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        cases = int(json.loads(line)["cases"])
        before, begun = _cpu(), time.time()
        seconds = [one for _ in range(cases) for one in play()]
        told = {"seconds": seconds, "begun": begun, "ended": time.time(), "cpu": _cpu() - before}
        print(json.dumps(told), flush=True)


def timed(act: Callable[[], object]) -> float:
    """Seconds that it takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
