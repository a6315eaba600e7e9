"""Checks that register entries named in a submission exist."""

from __future__ import annotations

from collections.abc import Iterable

from ..finding import FieldProblem
from .occurrence import Occurrence


def missing_references(at: Occurrence, references: Iterable[tuple[str, str, str]]) -> list[FieldProblem]:
    """A problem for each (field, register, key) whose entry is not there."""
    return [
        FieldProblem(
            path,
            "x-register",
            "Det du valde finns inte i registret. Välj på nytt.",
            "What you chose is not in the register. Choose again.",
        )
        for path, register, key in references
        if at.unit.registers.get(register, key) is None
    ]
