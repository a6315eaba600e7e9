"""Notes on a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..ids import UserId


@dataclass(frozen=True, slots=True)
class Strike:
    """That a note holds no longer. `reason` is None where it was erased."""

    at: datetime
    by: UserId
    reason: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote about a case; `sequence` is its event's in history. `text` is None where it was erased."""

    sequence: int
    at: datetime
    by: UserId
    text: str | None
    struck: Strike | None = None
