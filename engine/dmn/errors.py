"""What can go wrong when a decision is taken. Messages name tables, rules and types, never values."""

from __future__ import annotations

from typing import ClassVar

from ..errors import StegvisError


class DecisionError(StegvisError):
    """The decision has no value on this data. The cause, when it lies in an expression, is a `feel.FeelError`."""

    code: ClassVar[str] = "decision-failed"

    def __init__(self, message: str, *, decision: str, rules: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.decision = decision
        self.rules = rules


class SeveralRulesMatch(DecisionError):
    """A table that promises one result (UNIQUE, ANY) had several; `rules` are their numbers. Make the rules exclusive."""

    code = "several-rules-match"


class InputNotAllowed(DecisionError):
    """An input has another type than the table declares, or a value outside its allowed values."""

    code = "input-not-allowed"
