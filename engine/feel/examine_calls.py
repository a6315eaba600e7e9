"""Calls, before there is data: whether there is such a function, and whether it takes such arguments."""

from __future__ import annotations

from ..sentences import Sentence, one_of, sentence
from .builtins import BUILTINS
from .builtins.results import LIKE_FIRST, LISTS_LIKE_FIRST, OF_ITEMS, RESULTS
from .errors import CHECK_FOR_NULL, Excess, Fault
from .examination import Examination, Scope
from .examine_constants import constant
from .extensions import functions
from .fitting import obstacle
from .machine import Environment, Run
from .nodes import Call, Literal, Name
from .patterns import compile_pattern
from .problems import advice
from .registry import Builtin, Signature
from .types import UNKNOWN, Type, sample, type_of_value

_ENVIRONMENT = Environment(budget=10_000)
_CONVERSIONS = frozenset({"date", "time", "date and time", "duration", "number", "range", "years and months duration"})
_SEARCHES = frozenset({"list contains", "index of"})
_FLAGS = {"matches": 2, "replace": 3, "split": 2}
"""The functions that take a pattern, and where the flags stand."""


def call(examination: Examination, node: Call, scope: Scope) -> Type:
    """The type that a call gives; what is wrong with it is noted."""
    callee = node.callee
    if isinstance(callee, Name) and callee.name not in scope.names:
        types = [examination.type_of(argument, scope) for argument in node.arguments]
        builtin = functions().by_name.get(callee.name)
        if builtin is not None:
            return _builtin(examination, builtin, node, types)
        if not scope.is_open:
            near = examination.near(callee.name, functions().by_name.keys() | scope.names.keys())
            said = sentence("There is no function '{name}'", name=callee.name)
            examination.tell("function", callee.position, said, near or sentence("Correct the name."))
        return UNKNOWN
    function = examination.type_of(callee, scope)
    _check_own(examination, node, function, [examination.type_of(argument, scope) for argument in node.arguments])
    return function.result or UNKNOWN


def _check_own(examination: Examination, node: Call, function: Type, types: list[Type]) -> None:
    """A function that was made here or is given from outside."""
    if function.is_known and function.kind != "function":
        said = sentence("Only a function can be called, not {kind}", kind=function.kind)
        examination.tell("type", node.position, said, sentence("Correct the name."))
    parameters = function.parameters
    if parameters is None:
        return
    usage = sentence("It takes no arguments.")
    if parameters:
        usage = sentence("It takes {parameters}.", parameters=", ".join(parameters))
    if not node.names and len(node.arguments) != len(parameters):
        said = sentence("The function takes {count} arguments, not {given}", count=len(parameters), given=len(node.arguments))
        examination.tell("arguments", node.position, said, usage)
    elif node.names and set(node.names) != set(parameters):
        examination.tell("arguments", node.position, sentence("The function has other parameters"), usage)
    elif function.takes:
        takes = dict(zip(parameters, function.takes, strict=True))
        for name, argument, type_ in zip(node.names or parameters, node.arguments, types, strict=True):
            what = obstacle(type_, takes[name])
            if what is not None:
                said = sentence("The argument '{name}' does not fit: {what}", name=name, what=what)
                remedy = sentence("Correct the argument, or the type of the parameter.")
                examination.tell("type", argument.position, said, remedy)


def _builtin(examination: Examination, builtin: Builtin, node: Call, types: list[Type]) -> Type:
    fitting = [one for one in builtin.signatures if one.may_take(len(node.arguments), node.names)]
    usage = sentence("Write {usage}.", usage=one_of(builtin.ways()))
    if not fitting:
        known = {name for signature in builtin.signatures for name in signature.names()}
        unknown = next((name for name in node.names if name not in known), "")
        said = sentence("'{function}' cannot be called so", function=builtin.name)
        if unknown:
            said = sentence("'{function}' has no parameter '{name}'", function=builtin.name, name=unknown)
            near = examination.near(unknown, known)
            usage = sentence("{near} {usage}", near=near, usage=usage) if near else usage
        examination.tell("arguments", node.position, said, usage)
        return _result(builtin.name, types)
    refusals = [_refusal(signature, node, types) for signature in fitting]
    if all(refusals) and refusals[0] is not None:
        what, type_ = refusals[0]
        said = sentence("{function}: {what}", function=builtin.name, what=what)
        examination.tell("type", node.position, said, CHECK_FOR_NULL if type_.kind == "null" else usage)
        return _result(builtin.name, types)
    if builtin.name in _SEARCHES and not node.names:
        _check_search(examination, node, types)
    return _folded(examination, builtin, node, types) or _result(builtin.name, types)


def _refusal(signature: Signature, node: Call, types: list[Type]) -> tuple[Sentence, Type] | None:
    """Why the signature refuses an argument, and its type; None when it may take them all."""
    parameters = signature.parameters
    places = signature.positions(node.names) if node.names else range(len(types))
    for place, type_ in zip(places, types, strict=True):
        parameter = parameters[min(place, len(parameters) - 1)]
        value, is_known = sample(type_)
        if is_known and not parameter.many and not parameter.accept(value)[0]:
            return parameter.refusal(value), type_
    return None


def _folded(examination: Examination, builtin: Builtin, node: Call, types: list[Type]) -> Type | None:
    """The type of a conversion of constants, made now: `date("2025-02-30")` is wrong whatever the data, as is `sum(["a"])`."""
    if node.names:
        return None
    told = len(examination.found)
    if builtin.name in _FLAGS and len(node.arguments) > 1:
        _check_pattern(examination, node, _FLAGS[builtin.name])
    if builtin.name == "sort":
        _check_precedes(examination, node, types)
    values = [constant(argument) for argument in node.arguments]
    is_ours = BUILTINS.get(builtin.name) is builtin and bool(values)
    if not is_ours or len(examination.found) > told or not all(is_known for _, is_known in values):
        return None
    try:
        result = builtin.call(Run(_ENVIRONMENT), [value for value, _ in values])
    except Excess:
        return None
    except Fault as fault:
        examination.tell("type", node.position, *advice(fault))
        return None
    return type_of_value(result) if builtin.name in _CONVERSIONS else None


def _check_precedes(examination: Examination, node: Call, types: list[Type]) -> None:
    parameters = types[1].parameters if len(types) > 1 else None
    if parameters is not None and len(parameters) != 2:
        said = sentence("'sort' needs a function of two parameters, not {count}", count=len(parameters))
        examination.tell("arguments", node.arguments[1].position, said, sentence("Write function(a, b) a < b."))


def _check_search(examination: Examination, node: Call, types: list[Type]) -> None:
    """A literal of one type is never among items of another."""
    items, sought = (types[0].item if types[0].kind == "list" else None) or UNKNOWN, types[1]
    is_literal = isinstance(node.arguments[1], Literal)
    if is_literal and items.is_known and sought.is_known and items.kind != sought.kind:
        said = sentence("The list holds {kind}, never {sought}", kind=items.kind, sought=sought.kind)
        examination.tell("value", node.arguments[1].position, said, sentence("Convert one of them."))


def _check_pattern(examination: Examination, node: Call, place: int) -> None:
    """A literal pattern, with the literal flags at `place` if there are any."""
    pattern = constant(node.arguments[1])[0]
    flags = constant(node.arguments[place])[0] if len(node.arguments) > place else ""
    if isinstance(pattern, str) and isinstance(flags, str):
        try:
            compile_pattern(pattern, flags)
        except Excess:
            return
        except Fault as fault:
            examination.tell("type", node.arguments[1].position, *advice(fault))


def _result(name: str, types: list[Type]) -> Type:
    if name in LIKE_FIRST and types:
        return types[0]
    if name in LISTS_LIKE_FIRST:
        return types[0] if types and types[0].kind == "list" else Type("list")
    if name in OF_ITEMS and len(types) == 1 and types[0].kind == "list":
        return types[0].item or UNKNOWN
    return Type(RESULTS.get(name, ""))
