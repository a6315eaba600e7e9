"""DMN decisions: every boxed expression with FEEL in it, taken with an explanation."""

from .analysis import analyse
from .asking import Asked, asked
from .errors import DecisionError, InputNotAllowed, SeveralRulesMatch
from .evaluate import DecisionModel
from .explanation import (
    DecisionResult,
    DecisionValue,
    Explanation,
    InputValue,
    MatchedRule,
    RefusedRule,
    TableExplanation,
    shortened,
)
from .model import Aggregation, Decision, Element, HitPolicy, Input, InputData, Knowledge, Output, Rule, Service, Table, given
from .problems import finding_of
from .read import read_decisions, read_models
from .reading import NotWritten
from .results import written_results
from .type_checks import check_types
from .types import ANY, ItemType

__all__ = [
    "ANY",
    "Aggregation",
    "Asked",
    "Decision",
    "DecisionError",
    "DecisionModel",
    "DecisionResult",
    "DecisionValue",
    "Element",
    "Explanation",
    "HitPolicy",
    "Input",
    "InputData",
    "InputNotAllowed",
    "InputValue",
    "ItemType",
    "Knowledge",
    "MatchedRule",
    "NotWritten",
    "Output",
    "RefusedRule",
    "Rule",
    "Service",
    "SeveralRulesMatch",
    "Table",
    "TableExplanation",
    "analyse",
    "asked",
    "check_types",
    "finding_of",
    "given",
    "read_decisions",
    "read_models",
    "shortened",
    "written_results",
]
