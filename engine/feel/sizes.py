"""Paying for a value before it is written out: shared parts make small values large."""

from __future__ import annotations

from . import limits
from .errors import Excess
from .machine import Run
from .values import Range, Value


def check_size(value: Value, run: Run) -> None:
    """Walk a value as a writer would, and pay for each part. Raises when it is too deep or too large."""
    _walk(value, run, 0)


def _walk(value: Value, run: Run, depth: int) -> None:
    if depth > limits.VALUE_DEPTH:
        raise Excess(f"A value is nested deeper than {limits.VALUE_DEPTH} levels.")
    if isinstance(value, list):
        run.spend(1 + len(value) // limits.ITEMS_PER_STEP)
        for item in value:
            if isinstance(item, list | dict | Range | str):
                _walk(item, run, depth + 1)
    elif isinstance(value, dict):
        run.spend(1 + len(value) // limits.ITEMS_PER_STEP)
        for item in value.values():
            if isinstance(item, list | dict | Range | str):
                _walk(item, run, depth + 1)
    elif isinstance(value, Range):
        run.spend(2)
        _walk(value.start, run, depth + 1)
        _walk(value.end, run, depth + 1)
    elif isinstance(value, str):
        run.spend(len(value) // limits.CHARACTERS_PER_STEP)
