"""A client of a subject: a process that plays as many cases as its input asks for, and tells how long each completion took.

One line of JSON in (`{"cases": 3}`), one out. The subjects in other languages speak the same lines.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from engine.memory_use import settle

_used: list[float] = []
"""Processor seconds of this process, of each completion since it was last told."""

Play = Callable[[], list[float]]
"""Plays one case; gives the seconds of each of its completions, and nothing of what lies between them."""


def serve(play: Play) -> None:
    """Play what is asked for until the input ends. Python looks for unused memory as in a process of ours, whoever plays."""
    settle()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        cases = int(json.loads(line)["cases"])
        _used.clear()
        begun = time.time()
        seconds = [one for _ in range(cases) for one in play()]
        told = {"seconds": seconds, "begun": begun, "ended": time.time(), "cpu": sum(_used)}
        print(json.dumps(told), flush=True)


def timed(act: Callable[[], object]) -> float:
    """Seconds that it takes; the processor's are noted."""
    cpu, begun = time.process_time(), time.perf_counter()
    act()
    seconds = time.perf_counter() - begun
    _used.append(time.process_time() - cpu)
    return seconds
