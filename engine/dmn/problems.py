"""What is wrong with an expression, as a finding."""

from __future__ import annotations

from .. import feel
from ..finding import Finding, Severity


def finding_of(problem: feel.Problem, where: str = "") -> Finding | None:
    """The finding about an expression, which stands at `where` when the problem does not say; None for what other checks
    tell: its syntax and names.

    What fails whenever it is evaluated is an error; what is always null, or never true, a warning.
    """
    place = f" ({problem.place})" if problem.text else ""
    who = f"{where[0].upper()}{where[1:]}" if where else problem.where
    message = f"{who}: {problem.message.rstrip('.')}{place}."
    match problem.kind:
        case "type" | "arguments":
            return Finding("feel-type", message, problem.remedy)
        case "member":
            return Finding("feel-member", message, problem.remedy, Severity.WARNING)
        case "value":
            return Finding("feel-value", message, problem.remedy, Severity.WARNING)
        case _:
            return None
