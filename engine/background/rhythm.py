"""How often workers that share their work look, and how long they wait for each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rhythm:
    """In seconds. `poll`: between looks at wake-ups whose time has come (others are heard of at once). `sweep`: at most so
    long between looks at the rows themselves. `heartbeat`: between signs of life; who gives none for `stalled` is taken for
    dead. `retry`: between attempts to reach a carrier that is gone.
    """

    poll: float = 1.0
    sweep: float = 10.0
    heartbeat: float = 10.0
    stalled: float = 35.0
    retry: float = 1.0
