"""Lists (DMN 1.5 clause 10.3.4.4). Positions count from 1; a negative one counts from the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cmp_to_key

from ...sentences import sentence
from ..comparing import order, same
from ..durations import DaysTimeDuration, YearsMonthsDuration
from ..errors import Excess, Fault
from ..limits import VALUE_DEPTH
from ..machine import Run
from ..registry import Registry
from ..values import Function, Value, type_of
from .conversion import whole
from .items import check_order

FUNCTIONS = Registry()
_HASHED = frozenset({str, Decimal, bool, date, DaysTimeDuration, YearsMonthsDuration})


def _index(position: Decimal, size: int, what: str = "position") -> int:
    """The offset from 0 of a position in a list. Raises Fault when it lies outside."""
    number = whole(position, what)
    if number == 0 or abs(number) > size:
        raise Fault(sentence("'{what}' lies outside the list", what=what), sentence("It counts from 1, or from -1 backwards."))
    return number - 1 if number > 0 else size + number


@FUNCTIONS.add("list contains(list: list, element)")
def _list_contains(run: Run, items: list[Value], element: Value) -> Value:
    run.spend(len(items))
    return any(same(item, element, run) for item in items)


@FUNCTIONS.add("count(list: list)")
def _count(run: Run, items: list[Value]) -> Value:
    return Decimal(len(items))


@FUNCTIONS.add("is empty(list: list)")
def _is_empty(run: Run, items: list[Value]) -> Value:
    return not items


@FUNCTIONS.add("sublist(list: list, start position: number, length: number?)")
def _sublist(run: Run, items: list[Value], start: Decimal, length: Decimal | None = None) -> Value:
    begin = _index(start, len(items), "start position")
    count = len(items) if length is None else whole(length, "length")
    if length is not None and not 1 <= count <= len(items) - begin:
        raise Fault(
            sentence("'length' must be at least 1 and not reach beyond the list"), sentence("Check with count(…) first.")
        )
    run.items(len(items))
    return items[begin : begin + count]


@FUNCTIONS.add("append(list: list, item…)")
def _append(run: Run, items: list[Value], added: list[Value]) -> Value:
    run.items(len(items) + len(added))
    return items + added


@FUNCTIONS.add("concatenate(list…)")
def _concatenate(run: Run, lists: list[Value]) -> Value:
    return list(_joined(run, lists, "concatenate"))


def _joined(run: Run, lists: list[Value], name: str) -> Iterator[Value]:
    size = 0
    for items in lists:
        if items is None:
            raise Fault(sentence("{name}: every argument must be list, not null", name=name), sentence("Check for null first."))
        part = items if isinstance(items, list) else [items]
        size += len(part)
        run.items(size)
        yield from part


@FUNCTIONS.add("insert before(list: list, position: number, newItem)")
def _insert_before(run: Run, items: list[Value], position: Decimal, item: Value) -> Value:
    run.items(len(items) + 1)
    index = _index(position, len(items))
    return [*items[:index], item, *items[index:]]


@FUNCTIONS.add("remove(list: list, position: number)")
def _remove(run: Run, items: list[Value], position: Decimal) -> Value:
    run.items(len(items))
    index = _index(position, len(items))
    return items[:index] + items[index + 1 :]


@FUNCTIONS.add("list replace(list: list, position: number, newItem)")
def _replace_at(run: Run, items: list[Value], position: Decimal, item: Value) -> Value:
    run.items(len(items))
    index = _index(position, len(items))
    return [*items[:index], item, *items[index + 1 :]]


@FUNCTIONS.add("list replace(list: list, match: function, newItem)")
def _replace_matching(run: Run, items: list[Value], match: Function, item: Value) -> Value:
    run.items(len(items))
    return [item if _agrees(run, match, [old, item]) else old for old in items]


def _agrees(run: Run, function: Function, arguments: list[Value]) -> bool:
    if len(function.parameters) != len(arguments):
        raise Fault(
            sentence("The function must have {count} parameters", count=len(arguments)), sentence("Write function(a, b) a < b.")
        )
    result = function.invoke(run, arguments)
    if not isinstance(result, bool):
        raise Fault(
            sentence("The function must return boolean, not {kind}", kind=type_of(result)),
            sentence("Let it compare, as in a < b."),
        )
    return result


@FUNCTIONS.add("reverse(list: list)")
def _reverse(run: Run, items: list[Value]) -> Value:
    run.items(len(items))
    return items[::-1]


@FUNCTIONS.add("index of(list: list, match)")
def _index_of(run: Run, items: list[Value], match: Value) -> Value:
    run.spend(len(items))
    return [Decimal(number) for number, item in enumerate(items, 1) if same(item, match, run)]


@FUNCTIONS.add("distinct values(list: list)")
def _distinct(run: Run, items: list[Value]) -> Value:
    return _without_repeats(run, items)


@FUNCTIONS.add("union(list…)")
def _union(run: Run, lists: list[Value]) -> Value:
    return _without_repeats(run, list(_joined(run, lists, "union")))


def _without_repeats(run: Run, items: list[Value]) -> list[Value]:
    kept: list[Value] = []
    seen: set[tuple[str, object]] = set()
    for item in items:
        run.spend()
        if type(item) in _HASHED:
            key = (type_of(item), item)
            if key not in seen:
                seen.add(key)
                kept.append(item)
            continue
        run.spend(len(kept))
        if not any(same(item, earlier, run) for earlier in kept):
            kept.append(item)
    return kept


@FUNCTIONS.add("flatten(list: list)")
def _flatten(run: Run, items: list[Value]) -> Value:
    flat: list[Value] = []
    _flatten_into(run, items, flat, 0)
    return flat


def _flatten_into(run: Run, items: list[Value], flat: list[Value], depth: int) -> None:
    if depth > VALUE_DEPTH:
        raise Excess(
            sentence("A value is nested deeper than {value_depth} levels", value_depth=VALUE_DEPTH),
            sentence("Make it flatter."),
        )
    run.spend(1 + len(items))
    for item in items:
        if isinstance(item, list):
            _flatten_into(run, item, flat, depth + 1)
        else:
            flat.append(item)
    run.items(len(flat))


@FUNCTIONS.add("sort(list: list, precedes: function?)")
def _sort(run: Run, items: list[Value], precedes: Function | None = None) -> Value:
    run.items(len(items))
    if precedes is None and len(items) > 1:
        check_order("sort", items)

    def compare(left: Value, right: Value) -> int:
        if precedes is None:
            run.spend()
            return order(left, right, run)
        return -1 if _agrees(run, precedes, [left, right]) else 0  # only what comes before is asked for

    return sorted(items, key=cmp_to_key(compare))
