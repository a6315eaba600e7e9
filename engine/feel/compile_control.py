"""Literals, `if`, `for`, `some`, `every`, `instance of` to closures."""

from __future__ import annotations

from collections.abc import Iterator as Iterating
from decimal import Decimal

from ..sentences import sentence
from . import limits
from .build import Build, Site
from .errors import Fault
from .exact import DATES, day_number, numbered_day
from .machine import Closure, Frame, Run
from .nodes import (
    Compiled,
    ContextLiteral,
    For,
    FunctionLiteral,
    If,
    InstanceOf,
    Iterator,
    ListLiteral,
    Literal,
    Quantified,
    Span,
    mentions,
    price_of,
)  # fmt: skip
from .type_checks import conforms
from .values import NUMBERS, Range, Value, needs_boolean, type_of


def literal(build: Build, node: Literal, site: Site) -> Closure:
    value = node.value
    return lambda frame: value


def compiled(build: Build, node: Compiled, site: Site) -> Closure:
    """What is ready; its references are noted but for those to names bound here."""
    found = build.filter_paths if site.in_filter else build.paths
    found.update(path for path in node.paths if path[0] not in site.bound)
    build.filter_paths.update(path for path in node.filter_paths if path[0] not in site.bound)
    return node.closure


def list_literal(build: Build, node: ListLiteral, site: Site) -> Closure:
    items = [build.closure(item, site) for item in node.items]
    return lambda frame: [item(frame) for item in items]


def context_literal(build: Build, node: ContextLiteral, site: Site) -> Closure:
    """An entry sees the entries before it, and a function itself."""
    entries: list[tuple[str, Closure]] = []
    for key, value in node.entries:
        seen = site.binding(key)
        entries.append((key, build.closure(value, seen if isinstance(value, FunctionLiteral) else site)))
        site = seen

    def evaluate(frame: Frame) -> Value:
        context: dict[str, Value] = {}
        inner = Frame(context, frame, frame.run)
        for key, value in entries:
            context[key] = value(inner)
        return context

    return evaluate


def if_(build: Build, node: If, site: Site) -> Closure:
    """Null as a condition takes the second branch."""
    condition, then, otherwise = (build.closure(part, site) for part in (node.condition, node.then, node.otherwise))
    position = node.condition.position

    def evaluate(frame: Frame) -> Value:
        value = condition(frame)
        if value is True:
            return then(frame)
        if value is not False and value is not None:
            build.null(build.error(*needs_boolean("if", value), position, value), frame.run)
        return otherwise(frame)

    return evaluate


def instance_of(build: Build, node: InstanceOf, site: Site) -> Closure:
    value, wanted, position = build.closure(node.value, site), node.type, node.position

    def evaluate(frame: Frame) -> Value:
        try:
            return conforms(value(frame), wanted, frame.run)
        except Fault as fault:
            raise build.located(fault, position) from None

    return evaluate


def for_(build: Build, node: For, site: Site) -> Closure:
    """The later iterators run inside the earlier ones and see their names; `partial` holds the results so far."""
    steps, inner = _iterators(build, node.iterators, site)
    result, position = build.closure(node.result, inner.binding("partial")), node.position
    looks_back, price = mentions(node.result, "partial"), price_of(node.result)

    def evaluate(frame: Frame) -> Value:
        results: list[Value] = []
        run = frame.run
        try:
            for combination in _combinations(steps, frame):
                inner_frame = combination
                run.spend(price)
                if len(results) >= limits.LIST_SIZE:
                    run.items(len(results) + 1)
                if looks_back:
                    run.spend(len(results) // 8)
                    inner_frame = Frame({"partial": results[:]}, combination, run)
                results.append(result(inner_frame))
        except Fault as fault:
            raise build.located(fault, position) from None
        return results

    return evaluate


def quantified(build: Build, node: Quantified, site: Site) -> Closure:
    """`some` and `every`, three-valued as `or` and `and` over all combinations.

    A boxed one has no value when a condition is not boolean: DMN 1.5 says of boxed iterators that it must be.
    """
    steps, inner = _iterators(build, node.iterators, site)
    condition, position = build.closure(node.condition, inner), node.condition.position
    must_be_boolean = build.strict or node.boxed
    decisive, price = node.quantifier == "some", price_of(node.condition)

    def evaluate(frame: Frame) -> Value:
        unknown = False
        try:
            for inner_frame in _combinations(steps, frame):
                frame.run.spend(price)
                value = condition(inner_frame)
                if value is decisive:
                    return decisive
                if value is not None and not isinstance(value, bool):
                    error = build.error(*needs_boolean(node.quantifier, value), position, value)
                    if must_be_boolean:
                        raise error
                    frame.run.diagnose(error)
                unknown = unknown or not isinstance(value, bool)
        except Fault as fault:
            raise build.located(fault, position) from None
        return None if unknown else not decisive

    return evaluate


def _iterators(build: Build, iterators: tuple[Iterator, ...], site: Site) -> tuple[list[tuple[str, Closure]], Site]:
    steps = []
    for one in iterators:
        steps.append((one.name, _source(build, one, site)))
        site = site.binding(one.name)
    return steps, site


def _source(build: Build, one: Iterator, site: Site) -> Closure:
    """A closure whose value is a list, or a Range to count along (downwards too)."""
    source = one.source
    if isinstance(source, Span):
        start, end = build.closure(source.start, site), build.closure(source.end, site)
        return lambda frame: Range(start(frame), end(frame))
    compiled, position = build.closure(source, site), source.position

    def evaluate(frame: Frame) -> Value:
        value = compiled(frame)
        if isinstance(value, list | Range):
            return value
        if value is None:
            raise build.error(sentence("Null has no items to go through"), sentence("Check for null first."), position, value)
        return [value]

    return evaluate


def _combinations(steps: list[tuple[str, Closure]], frame: Frame) -> Iterating[Frame]:
    """A frame for every combination of items, the last iterator fastest."""
    (key, source), rest = steps[0], steps[1:]
    for item in _items(source(frame), frame.run):
        frame.run.spend(2 if rest else 1)
        inner = Frame({key: item}, frame, frame.run)
        if rest:
            yield from _combinations(rest, inner)
        else:
            yield inner


def _items(value: Value, run: Run) -> Iterating[Value]:
    if isinstance(value, list):
        return iter(value)
    if isinstance(value, Range):
        if isinstance(value.start, Decimal) and isinstance(value.end, Decimal):
            return _count(value, value.start, value.end, run)
        if type_of(value.start) == type_of(value.end) == "date":
            return _days(value, run)
    raise Fault(
        sentence("A range to go through must run between two numbers or two dates"), sentence("Write both ends."), value
    )


def _count(range_: Range, start: Decimal, end: Decimal, run: Run) -> Iterating[Value]:
    step = Decimal(1 if start <= end else -1)
    run.items(int(min(abs(end - start), Decimal(10**9))))
    number = start
    while (number <= end) if step > 0 else (number >= end):
        if (number != start or range_.start_included) and (number != end or range_.end_included):
            yield number
        number = NUMBERS.add(number, step)


def _days(range_: Range, run: Run) -> Iterating[Value]:
    start, end = range_.start, range_.end
    assert isinstance(start, DATES)
    assert isinstance(end, DATES)
    first, last = day_number(start), day_number(end)
    run.items(abs(last - first))
    step = 1 if first <= last else -1
    for number in range(first, last + step, step):
        if (number != first or range_.start_included) and (number != last or range_.end_included):
            yield numbered_day(number)
