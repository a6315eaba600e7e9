"""What can go wrong when a decision is taken. Messages name tables, rules and types, never values."""

from __future__ import annotations

from typing import ClassVar

from ..errors import StegvisError
from ..sentences import Words


class DecisionError(StegvisError):
    """The decision has no value on this data, and `said` says why. When the cause lies in an expression it is a FeelError."""

    code: ClassVar[str] = "decision-failed"

    def __init__(self, said: Words, *, decision: str, rules: tuple[int, ...] = ()) -> None:
        super().__init__(str(said))
        self.said = said
        self.decision = decision
        self.rules = rules


class SeveralRulesMatch(DecisionError):
    """A table that promises one result (UNIQUE, ANY) had several; `rules` are their numbers. Make the rules exclusive."""

    code = "several-rules-match"


class InputNotAllowed(DecisionError):
    """An input has another type than the table declares, or a value outside its allowed values."""

    code = "input-not-allowed"
