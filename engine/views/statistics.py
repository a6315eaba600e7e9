"""Cases of a process in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from ..ports import StepFigures
from .definition import Drawn


@dataclass(frozen=True, slots=True)
class StepStatistics:
    """One step in numbers. `call` is the path of the call that runs its diagram, empty for the case's own.

    Not `is_drawn` where only other versions than the one shown have it; `kind` is empty where none has.
    """

    path: str
    call: str
    element: str
    name: str
    name_en: str
    kind: str
    figures: StepFigures
    is_drawn: bool = True


@dataclass(frozen=True, slots=True)
class ProcessStatistics:
    """Cases of a process in numbers (see `ports.CaseFigures`), and the diagrams of the newest version counted."""

    cases: int
    open_cases: int
    looked_at: int
    diagrams: tuple[Drawn, ...]
    steps: tuple[StepStatistics, ...]
