"""What is wrong with an expression, as a finding."""

from __future__ import annotations

from .. import feel
from ..finding import Finding, Severity
from ..sentences import Sentence, sentence


def finding_of(problem: feel.Problem, where: str | Sentence = "") -> Finding | None:
    """The finding about an expression, which stands at `where` when the problem does not say; None for what other checks
    tell: its syntax and names.

    What fails whenever it is evaluated is an error; what is always null, or never true, a warning.
    """
    place = where or problem.where
    said = sentence("{where}: {problem}", where=place, problem=problem.said)
    if problem.text:
        said = sentence("{where}: {problem} ({place})", where=place, problem=problem.said, place=problem.place)
    said, advice = sentence("{said}.", said=said), problem.advice
    match problem.kind:
        case "type" | "arguments":
            return Finding("feel-type", said, advice)
        case "member":
            return Finding("feel-member", said, advice, Severity.WARNING)
        case "value":
            return Finding("feel-value", said, advice, Severity.WARNING)
        case _:
            return None
