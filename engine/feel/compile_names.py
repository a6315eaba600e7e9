"""Names, paths and filters to closures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from ..sentences import Sentence, sentence
from . import limits
from .build import Build, Site
from .errors import Fault, nearest_or
from .grammar_parts import CONSTANTS
from .machine import Closure, Frame, ItemFrame, Run
from .nodes import Arithmetic, Filter, Literal, Name, Negate, Node, Path, price_of, written_members
from .properties import property_of
from .sizes import pay_for_times
from .values import Value, type_of

NO_MEMBER_REMEDY = sentence("Correct the name, or declare the member.")
FILTER_REMEDY = sentence("Write a condition or a position.")


def name(build: Build, node: Name, site: Site) -> Closure:
    """The value of a name, from the innermost frame that has it; a built-in function when no frame does."""
    key, position = node.name, node.position
    _note(build, (key,), site)
    builtin = build.functions.by_name.get(key)
    function = builtin.as_value() if builtin else None

    def evaluate(frame: Frame) -> Value:
        names = frame.names
        if key in names:
            return names[key]
        return _outer(frame)

    def _outer(frame: Frame) -> Value:
        scope = frame.parent
        last: Frame = frame
        while scope is not None:
            if key in scope.names:
                return scope.names[key]
            last, scope = scope, scope.parent
        if function is not None:
            return function
        if _item_may_lack_it(frame):
            return None
        run = frame.run
        is_kept = build.strict or len(run.diagnoses) < limits.DIAGNOSES
        near = last.names if is_kept else {}
        _spend(build, run, len(near) * 3, position)
        raise build.error(*_unknown(key, near), position)

    return evaluate


def _item_may_lack_it(frame: Frame) -> bool:
    """Whether a filter's item is a context or null: a member that it lacks is null, in text and in boxes."""
    scope: Frame | None = frame
    while scope is not None:
        if isinstance(scope, ItemFrame) and isinstance(scope.names["item"], dict | None):
            return True
        scope = scope.parent
    return False


def _unknown(key: str, names: Mapping[str, Value]) -> tuple[Sentence, Sentence]:
    advice = nearest_or(key, with_constants(key, names), sentence("Correct the name, or declare it."))
    return sentence("There is no name '{name}' here", name=key), advice


def with_constants(key: str, names: Mapping[str, object]) -> list[str]:
    """The names that one which nobody knows may be meant for: `True` is meant for `true`."""
    return [*names, *(CONSTANTS if key.lower() in CONSTANTS else ())]


def _note(build: Build, path: tuple[str, ...], site: Site) -> None:
    root = path[0]
    if root in site.bound or root == "?" or (root in build.functions.by_name and root not in build.names and len(path) == 1):
        return
    (build.filter_paths if site.in_filter else build.paths).add(path)


def path(build: Build, node: Path, site: Site) -> Closure:
    """`source.member`. A member that a context lacks is null, and so is a member of null; over a list, of each item."""
    member, position = node.member, node.position
    written = written_members(node.source)
    if build.strict and written is not None and member not in written:
        near = nearest_or(member, written, NO_MEMBER_REMEDY)
        build.refuse(sentence("There is no member '{name}' here", name=member), near, position)
    source = _path_source(build, node, site)

    def evaluate(frame: Frame) -> Value:
        value = source(frame)
        if type(value) is dict:
            return value.get(member)
        try:
            return member_of(value, member, frame.run)
        except Fault as fault:
            raise build.located(fault, position, value) from None

    return evaluate


def _path_source(build: Build, node: Path, site: Site) -> Closure:
    """Compile what stands before the dot, and note the whole path rather than its beginnings."""
    members = [node.member]
    source = node.source
    while isinstance(source, Path):
        members.append(source.member)
        source = source.source
    if not isinstance(source, Name):
        return build.closure(node.source, site)
    paths, filter_paths = set(build.paths), set(build.filter_paths)
    compiled = build.closure(node.source, site)
    build.paths, build.filter_paths = paths, filter_paths
    _note(build, (source.name, *reversed(members)), site)
    return compiled


def member_of(value: Value, member: str, run: Run) -> Value:
    """The member of a context, of each context in a list, or the property of a date, time, duration or range."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        return cast("Mapping[str, Value]", value).get(member)
    if isinstance(value, list):
        run.spend(len(value))
        return [member_of(item, member, run) for item in value]
    run.spend(1)
    pay_for_times(run, value)
    return property_of(value, member)


def filter_(build: Build, node: Filter, site: Site) -> Closure:
    """`list[3]`, `list[-1]`, or `list[condition]` where the condition sees `item` and the item's members."""
    source = build.closure(node.source, site)
    if _is_number(node.predicate):
        return _indexed(build, source, build.closure(node.predicate, site), node.position)
    inner = Site(site.bound | {"item"}, True, site.depth)
    predicate, position = build.closure(node.predicate, inner), node.position
    price = 1 + price_of(node.predicate)

    def evaluate(frame: Frame) -> Value:
        value = source(frame)
        if value is None:
            return None
        items: list[Value] = value if isinstance(value, list) else [value]
        kept: list[Value] = []
        run = frame.run
        for item in items:
            own = len(item) // limits.ITEMS_PER_STEP if isinstance(item, dict) else 0
            _spend(build, run, price + own, position)
            result = predicate(ItemFrame(_item_names(item), frame, run))
            if result is True:
                kept.append(item)
            elif isinstance(result, Decimal):
                return item_at(build, items, result, position)
            elif result is not False and result is not None:
                said = sentence("A filter needs boolean or number, not {kind}", kind=type_of(result))
                build.null(build.error(said, FILTER_REMEDY, position, result), run)
        return kept

    return evaluate


def _item_names(item: Value) -> dict[str, Value]:
    return {"item": item, **item} if isinstance(item, dict) else {"item": item}


def _is_number(node: Node) -> bool:
    if isinstance(node, Negate):
        return _is_number(node.operand)
    return isinstance(node, Arithmetic) or (isinstance(node, Literal) and isinstance(node.value, Decimal))


def _indexed(build: Build, source: Closure, index: Closure, position: int) -> Closure:
    def evaluate(frame: Frame) -> Value:
        value, number = source(frame), index(frame)
        if value is None:
            return None
        if not isinstance(number, Decimal):
            raise build.error(
                sentence("The index of a list must be number, not {kind}", kind=type_of(number)),
                FILTER_REMEDY,
                position,
                number,
            )
        items: list[Value] = value if isinstance(value, list) else [value]
        return item_at(build, items, number, position)

    return evaluate


def item_at(build: Build, items: list[Value], number: Decimal, position: int) -> Value:
    """The item at a position from 1, or from -1 backwards. Raises EvaluationError outside the list."""
    if number == number.to_integral_value() and 0 < abs(number) <= len(items):
        index = int(number)
        return items[index - 1] if index > 0 else items[index]
    if number != number.to_integral_value():
        raise build.error(
            sentence("The index of a list must be a whole number"), sentence("Round it with floor(…) first."), position, number
        )
    raise build.error(
        sentence("The index lies outside the list"), sentence("Check with count(…) first."), position, items, number
    )


def _spend(build: Build, run: Run, steps: int, position: int) -> None:
    try:
        run.spend(steps)
    except Fault as fault:
        raise build.located(fault, position) from None
