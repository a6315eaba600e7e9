"""FEEL (DMN 1.5 clause 10), the only language of conditions, mappings and decisions.

Pure: an expression sees its scope and its Environment, no clock, file or network, and stops when its budget is used up.
"""

from __future__ import annotations

from . import nodes
from .arithmetic import calculate
from .builtins import BUILTINS
from .calendar import DEFAULT_CLOSED, Calendar, SwedishCalendar
from .check import Findings, check, check_tests, examine, names_of
from .comparing import order, same
from .compiler import Expression, Outcome, UnaryTests, compile_expression, compile_tree, compile_unary_tests, subject
from .durations import DaysTimeDuration, YearsMonthsDuration, parse_duration
from .errors import BudgetExceeded, EvaluationError, Excess, Fault, FeelError, FeelSyntaxError, nearest_name, suggestion
from .exact import ExactDate, ExactDateTime, ExactTime, nearest_python
from .extensions import Extension, functions, register, withdraw
from .fitting import in_member, obstacle, other_type
from .grammar_parts import CONSTANTS
from .lexer import KEYWORDS
from .machine import Closure, Environment, Frame, Run
from .nodes import TypeName
from .problems import Problem
from .registry import Registry
from .sizes import check_size
from .swedish import SWEDISH
from .temporal import parse_date, parse_date_and_time, parse_temporal, parse_time
from .text import format_value, to_json
from .type_checks import conversions, function_obstacle, type_conforms
from .types import Type, type_named, type_of_value
from .unparse import unparse
from .values import Function, Range, Value, from_json, type_of

BUILTIN_NAMES = frozenset(BUILTINS)
register(SWEDISH)

__all__ = [
    "BUILTIN_NAMES",
    "CONSTANTS",
    "DEFAULT_CLOSED",
    "KEYWORDS",
    "SWEDISH",
    "BudgetExceeded",
    "Calendar",
    "Closure",
    "DaysTimeDuration",
    "Environment",
    "EvaluationError",
    "ExactDate",
    "ExactDateTime",
    "ExactTime",
    "Excess",
    "Expression",
    "Extension",
    "Fault",
    "FeelError",
    "FeelSyntaxError",
    "Findings",
    "Frame",
    "Function",
    "Outcome",
    "Problem",
    "Range",
    "Registry",
    "Run",
    "SwedishCalendar",
    "Type",
    "TypeName",
    "UnaryTests",
    "Value",
    "YearsMonthsDuration",
    "calculate",
    "check",
    "check_size",
    "check_tests",
    "compile_expression",
    "compile_tree",
    "compile_unary_tests",
    "conversions",
    "examine",
    "format_value",
    "from_json",
    "function_obstacle",
    "functions",
    "in_member",
    "names_of",
    "nearest_name",
    "nearest_python",
    "nodes",
    "obstacle",
    "order",
    "other_type",
    "parse_date",
    "parse_date_and_time",
    "parse_duration",
    "parse_temporal",
    "parse_time",
    "register",
    "same",
    "subject",
    "suggestion",
    "to_json",
    "type_conforms",
    "type_named",
    "type_of",
    "type_of_value",
    "unparse",
    "withdraw",
]
