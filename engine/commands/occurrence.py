"""Who does something, when, and in which transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..actor import Actor
from ..ports import UnitOfWork
from .house import House


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Who acts and when (aware UTC), in which unit of work. Every command takes one.

    `depth` counts the cases whose steps lie around this one: 0 for what a person or a timer does.
    """

    house: House
    unit: UnitOfWork
    actor: Actor
    now: datetime
    depth: int = 0
