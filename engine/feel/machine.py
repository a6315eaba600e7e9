"""What an evaluation runs on: the environment it may know of, its budget, and the names it sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from ..sentences import sentence
from . import limits
from .calendar import Calendar, SwedishCalendar
from .errors import EvaluationError, Excess
from .values import Value

_STOCKHOLM = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True, slots=True)
class Environment:
    """All an expression may know besides its scope.

    `now` is aware; without it `now()` and `today()` are errors. A date and time without a zone is read in `zone`.
    `budget` is the number of steps of one evaluation.
    """

    now: datetime | None = None
    zone: ZoneInfo = _STOCKHOLM
    calendar: Calendar = field(default_factory=SwedishCalendar)
    budget: int = limits.STEPS

    def __post_init__(self) -> None:
        if self.now is not None and self.now.tzinfo is None:
            raise ValueError("The environment's time must have a zone. Pass an aware datetime.")


class Run:
    """One evaluation under way: its environment, how many steps and nested calls it has left, and what became null.

    `trace` belongs to who evaluates: decisions keep there how their tables came out.
    """

    __slots__ = ("calls_left", "diagnoses", "environment", "left", "paid", "trace")

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.left = environment.budget
        self.calls_left = limits.CALL_DEPTH
        self.diagnoses: list[EvaluationError] = []
        self.trace: list[object] = []
        self.paid: set[tuple[str, int]] = set()

    def diagnose(self, error: EvaluationError) -> None:
        """Keep why something is null; the first ones count."""
        self.spend(4)
        if len(self.diagnoses) < limits.DIAGNOSES:
            self.diagnoses.append(error)

    def spend(self, steps: int = 1) -> None:
        """Take steps from the budget; raises when it is used up."""
        self.left -= steps
        if self.left < 0:
            raise Excess(
                sentence("The evaluation takes more than {budget} steps", budget=self.environment.budget),
                sentence("Work on shorter lists."),
            )

    def spend_once(self, what: str, number: int, steps: int) -> None:
        """Take steps for what an evaluation finds out only once, whether or not an earlier one has found it out."""
        if (what, number) not in self.paid:
            self.paid.add((what, number))
            self.spend(steps)

    def text(self, value: str) -> str:
        """The same string, paid for; raises when it is longer than a string may be."""
        size = len(value)
        if size > limits.STRING_LENGTH:
            raise Excess(
                sentence("A string is longer than {string_length} characters", string_length=limits.STRING_LENGTH),
                sentence("Build shorter strings."),
            )
        self.spend(1 + size // limits.CHARACTERS_PER_STEP)
        return value

    def items(self, size: int) -> None:
        """Pay for copying a list of that size; raises when it is longer than a list may be.

        Who does something with each item spends as many steps besides.
        """
        if size > limits.LIST_SIZE:
            raise Excess(
                sentence("A list has more than {list_size} items", list_size=limits.LIST_SIZE),
                sentence("Work on shorter lists."),
            )
        self.spend(1 + size // limits.ITEMS_PER_STEP)


class Frame:
    """The names visible in one place, innermost first."""

    __slots__ = ("names", "parent", "run")

    def __init__(self, names: Mapping[str, Value], parent: Frame | None, run: Run) -> None:
        self.names = names
        self.parent = parent
        self.run = run


class ItemFrame(Frame):
    """The names that a filter's condition sees: `item`, and the item's members."""

    __slots__ = ()


Closure: TypeAlias = Callable[[Frame], Value]
