"""DMN decisions: tables with FEEL in their cells, read strictly, taken with an explanation."""

from .errors import DecisionError, InputNotAllowed, SeveralRulesMatch
from .evaluate import DecisionModel
from .explanation import DecisionResult, Explanation, InputValue, MatchedRule, RefusedRule, TableExplanation
from .model import Decision, HitPolicy, Input, Output, Rule, Table
from .read import read_decisions

__all__ = [
    "Decision",
    "DecisionError",
    "DecisionModel",
    "DecisionResult",
    "Explanation",
    "HitPolicy",
    "Input",
    "InputNotAllowed",
    "InputValue",
    "MatchedRule",
    "Output",
    "RefusedRule",
    "Rule",
    "SeveralRulesMatch",
    "Table",
    "TableExplanation",
    "read_decisions",
]
