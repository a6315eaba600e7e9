"""Sums, averages and the like over a list, or over the arguments themselves (DMN 1.5 clause 10.3.4.4)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ...sentences import sentence
from ..arithmetic import calculate
from ..comparing import order
from ..errors import NO_NUMBER, Fault
from ..machine import Run
from ..registry import Registry
from ..values import NUMBERS, Value, type_of
from .items import check_order, unfit_item

FUNCTIONS = Registry()


def _both(name: str) -> Callable[[Callable[[Run, list[Value]], Value]], Callable[[Run, list[Value]], Value]]:
    """Declare the function over one list and over any number of arguments."""

    def register(body: Callable[[Run, list[Value]], Value]) -> Callable[[Run, list[Value]], Value]:
        def paid(run: Run, items: list[Value]) -> Value:
            run.spend(len(items))
            try:
                return body(run, items)
            except ArithmeticError:
                raise Fault(*NO_NUMBER) from None

        FUNCTIONS.add(f"{name}(list: list)")(paid)
        FUNCTIONS.add(f"{name}(items…)")(paid)
        return body

    return register


def _numbers(name: str, items: list[Value]) -> list[Decimal]:
    found = []
    for number, item in enumerate(items, 1):
        if not isinstance(item, Decimal):
            raise unfit_item(name, number, item, "number")
        found.append(item)
    return found


def _some_numbers(name: str, items: list[Value]) -> list[Decimal]:
    if not items:
        raise Fault(sentence("{name}: the list is empty", name=name), sentence("Check with count(…) first."))
    return _numbers(name, items)


def _total(numbers: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for number in numbers:
        total = NUMBERS.add(total, number)
    return total


@_both("min")
def _min(run: Run, items: list[Value]) -> Value:
    return _extreme(run, items, -1)


@_both("max")
def _max(run: Run, items: list[Value]) -> Value:
    return _extreme(run, items, 1)


def _extreme(run: Run, items: list[Value], sign: int) -> Value:
    """The largest (sign 1) or smallest item; null of an empty list."""
    if not items:
        return None
    check_order("max" if sign > 0 else "min", items)
    found = items[0]
    for item in items:
        if order(item, found, run) * sign > 0:
            found = item
    return found


@_both("sum")
def _sum(run: Run, items: list[Value]) -> Value:
    if not items:
        return None
    return _added("sum", items, run)


def _added(name: str, items: list[Value], run: Run) -> Value:
    """All numbers or durations of a list that is not empty, added up."""
    if isinstance(items[0], Decimal):
        return _total(_numbers(name, items))
    total: Value = items[0]
    if type_of(total) not in ("days and time duration", "years and months duration"):
        raise unfit_item(name, 1, total, "number or duration")
    for number, item in enumerate(items[1:], 2):
        if type(item) is not type(total):
            raise unfit_item(name, number, item, type_of(total))
        total = calculate("+", total, item, run)
    return total


@_both("product")
def _product(run: Run, items: list[Value]) -> Value:
    product = Decimal(1)
    for number in _some_numbers("product", items):
        product = NUMBERS.multiply(product, number)
    return product


@_both("mean")
def _mean(run: Run, items: list[Value]) -> Value:
    if not items:
        raise Fault(sentence("{name}: the list is empty", name="mean"), sentence("Check with count(…) first."))
    total = _added("mean", items, run)
    return calculate("/", total, Decimal(len(items)), run)


@_both("median")
def _median(run: Run, items: list[Value]) -> Value:
    if not items:
        return None
    numbers = sorted(_numbers("median", items))
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return NUMBERS.divide(NUMBERS.add(numbers[middle - 1], numbers[middle]), Decimal(2))


@_both("stddev")
def _stddev(run: Run, items: list[Value]) -> Value:
    numbers = _some_numbers("stddev", items)
    if len(numbers) < 2:
        raise Fault(sentence("{name}: one number has no deviation", name="stddev"), sentence("Give at least two."))
    mean = NUMBERS.divide(_total(numbers), Decimal(len(numbers)))
    squares = [NUMBERS.power(NUMBERS.subtract(number, mean), Decimal(2)) for number in numbers]
    return NUMBERS.sqrt(NUMBERS.divide(_total(squares), Decimal(len(numbers) - 1)))


@_both("mode")
def _mode(run: Run, items: list[Value]) -> Value:
    counts: dict[Decimal, int] = {}
    for number in _numbers("mode", items):
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    return [number for number in sorted(counts) if counts[number] == most]


@_both("all")
def _all(run: Run, items: list[Value]) -> Value:
    return _decided("all", items, decisive=False)


@_both("any")
def _any(run: Run, items: list[Value]) -> Value:
    return _decided("any", items, decisive=True)


def _decided(name: str, items: list[Value], *, decisive: bool) -> bool | None:
    """Three-valued: one decisive item decides, else null if there is a null, else the opposite."""
    for number, item in enumerate(items, 1):
        if item is not None and not isinstance(item, bool):
            raise unfit_item(name, number, item, "boolean")
    if decisive in items:
        return decisive
    return None if None in items else not decisive
