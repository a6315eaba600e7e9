"""Who does something, when, and in which transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from ..actor import Actor
from ..observing import Transaction
from ..ports import UnitOfWork
from .house import House


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Who acts and when (aware UTC), in which unit of work. Every command takes one.

    `depth` counts the cases whose steps lie around this one: 0 for what a person or a timer does.
    `told` collects the steps of the transaction for those who watch the installation.
    """

    house: House
    unit: UnitOfWork
    actor: Actor
    now: datetime
    depth: int = 0
    told: Transaction = field(default_factory=Transaction)
