"""Calls and function values to closures."""

from __future__ import annotations

from typing import cast

from ..sentences import Sentence, one_of, sentence
from . import limits
from .build import Build, Site
from .errors import Excess, Fault, nearest_or
from .machine import Closure, Frame, Run
from .nodes import Call, FunctionLiteral, Name, price_of
from .registry import Builtin
from .type_checks import fitted
from .values import Function, Value, type_of


def call(build: Build, node: Call, site: Site) -> Closure:
    """A call of a built-in function is bound now, a call of a function value when it is evaluated."""
    callee = node.callee
    if isinstance(callee, Name) and callee.name not in site.bound and callee.name not in build.names:
        builtin = build.functions.by_name.get(callee.name)
        if builtin is not None:
            return _builtin_call(build, builtin, node, site)
        if build.strict:
            known = build.functions.by_name.keys() | site.bound | build.names
            near = nearest_or(callee.name, known, sentence("Correct the name."))
            build.refuse(sentence("There is no function '{name}'", name=callee.name), near, callee.position)
    return _dynamic_call(build, node, site)


def _builtin_call(build: Build, builtin: Builtin, node: Call, site: Site) -> Closure:
    candidates = [one for one in builtin.signatures if one.may_take(len(node.arguments), node.names)]
    if not candidates:
        if build.strict:
            build.refuse(*_misused(builtin), node.position)
        return _never(build, *_misused(builtin), node.position)
    candidates.sort(key=lambda one: one.names()[: len(node.names)] != node.names)  # first those in the order written
    arguments = [build.closure(argument, site) for argument in node.arguments]
    position = node.position

    def evaluate(frame: Frame) -> Value:
        values = [argument(frame) for argument in arguments]
        try:
            return builtin.call(frame.run, values, candidates)
        except Fault as fault:
            raise build.located(fault, position, *values) from None

    if not node.names:
        return evaluate

    def evaluate_named(frame: Frame) -> Value:
        values = [argument(frame) for argument in arguments]
        fitting = candidates[0]
        places = fitting.positions(node.names)
        ordered: list[Value] = [None] * (max(places) + 1)
        for place, value in zip(places, values, strict=True):
            ordered[place] = value
        try:
            return builtin.call(frame.run, ordered, candidates)
        except Fault as fault:
            raise build.located(fault, position, *values) from None

    return evaluate_named


def _misused(builtin: Builtin) -> tuple[Sentence, Sentence]:
    said = sentence("'{function}' cannot be called so", function=builtin.name)
    return said, sentence("Write {usage}.", usage=one_of(builtin.ways()))


def _never(build: Build, said: Sentence, advice: Sentence, position: int) -> Closure:
    """What without strictness is null, always."""

    def evaluate(frame: Frame) -> Value:
        raise build.error(said, advice, position)

    return evaluate


def _dynamic_call(build: Build, node: Call, site: Site) -> Closure:
    callee = build.closure(node.callee, site)
    is_unknown = isinstance(node.callee, Name) and node.callee.name not in site.bound
    near = rename = sentence("Correct the name before the parenthesis.")
    if isinstance(node.callee, Name) and is_unknown:
        near = nearest_or(node.callee.name, build.functions.by_name, rename)
    arguments = [build.closure(argument, site) for argument in node.arguments]
    position = node.position

    def evaluate(frame: Frame) -> Value:
        function = callee(frame)
        if not isinstance(function, Function):
            hint = near if function is None else rename
            raise build.error(
                sentence("Only a function can be called, not {kind}", kind=type_of(function)), hint, position, function
            )
        values = [argument(frame) for argument in arguments]
        if node.names:
            if set(node.names) != set(function.parameters):
                raise build.error(
                    sentence("The function needs the arguments {names}", names=", ".join(function.parameters)),
                    sentence("Name these."),
                    position,
                    *values,
                )
            by_name = dict(zip(node.names, values, strict=True))
            values = [by_name[parameter] for parameter in function.parameters]
        try:
            return invoke(function, values, frame.run)
        except Fault as fault:
            raise build.located(fault, position, *values) from None

    return evaluate


def invoke(function: Function, arguments: list[Value], run: Run) -> Value:
    """Call a function value, within the budget of the running evaluation. Raises Fault."""
    if not function.name and len(arguments) != len(function.parameters):
        own = ", ".join(function.parameters) or sentence("no arguments")
        raise Fault(
            sentence(
                "The function takes {count} arguments, not {count2}", count=len(function.parameters), count2=len(arguments)
            ),
            sentence("It takes {own}.", own=own),
        )
    run.spend()
    if run.calls_left <= 0:
        raise Excess(
            sentence("Functions call each other deeper than {call_depth} levels", call_depth=limits.CALL_DEPTH),
            sentence("Go through a list with 'for' instead."),
        )
    run.calls_left -= 1
    try:
        return function.invoke(run, arguments)
    finally:
        run.calls_left += 1


def function_literal(build: Build, node: FunctionLiteral, site: Site) -> Closure:
    """A function value remembers the names around it."""
    body = build.closure(node.body, Site(site.bound | frozenset(node.parameters), site.in_filter, site.depth))
    parameters, types = node.parameters, node.types
    price = 1 + price_of(node.body)

    def evaluate(frame: Frame) -> Value:
        def invoked(run: Run, arguments: object) -> Value:
            run.spend(price)
            values = zip(parameters, types, cast("list[Value]", arguments), strict=True)
            names = {name: value if type_ is None else fitted(value, type_, name, run) for name, type_, value in values}
            return body(Frame(names, frame, run))

        return Function(parameters, invoked, types=types)

    return evaluate
