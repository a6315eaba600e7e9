"""How often a fault is made: a few times in the usual run, as often as one can wait for in `make faults`."""

from __future__ import annotations

import os

IS_LONG = os.environ.get("STEGVIS_TEST_FAULTS") == "long"


def times(usual: int, long: int) -> int:
    """`long` where all the time in the world is given, else `usual`."""
    return long if IS_LONG else usual
