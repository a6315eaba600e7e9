"""FEEL (DMN 1.5 clause 10), the only language of conditions, mappings and decisions.

Pure: an expression sees its scope and its Environment, no clock, file or network, and stops when its budget is used up.
"""

from __future__ import annotations

from .builtins import BUILTINS
from .calendar import DEFAULT_CLOSED, Calendar, SwedishCalendar
from .compiler import Expression, UnaryTests, compile_expression, compile_unary_tests
from .durations import DaysTimeDuration, YearsMonthsDuration, parse_duration
from .errors import BudgetExceeded, EvaluationError, FeelError, FeelSyntaxError
from .machine import Environment, Run
from .temporal import parse_date, parse_date_and_time, parse_time
from .text import format_value, to_json
from .values import Function, Range, Value, from_json, type_of

BUILTIN_NAMES = frozenset(BUILTINS)

__all__ = [
    "BUILTIN_NAMES",
    "DEFAULT_CLOSED",
    "BudgetExceeded",
    "Calendar",
    "DaysTimeDuration",
    "Environment",
    "EvaluationError",
    "Expression",
    "FeelError",
    "FeelSyntaxError",
    "Function",
    "Range",
    "Run",
    "SwedishCalendar",
    "UnaryTests",
    "Value",
    "YearsMonthsDuration",
    "compile_expression",
    "compile_unary_tests",
    "format_value",
    "from_json",
    "parse_date",
    "parse_date_and_time",
    "parse_duration",
    "parse_time",
    "to_json",
    "type_of",
]
