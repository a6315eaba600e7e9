"""The laws that arithmetic and comparison keep, on random numbers, durations and dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import DaysTimeDuration, Environment, Value, YearsMonthsDuration, compile_expression

EXACT = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4)
"""Numbers whose sums and products have no more than the 34 digits that FEEL keeps."""
ROUNDED = st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent), st.integers(-(10**34) + 1, 10**34 - 1), st.integers(-60, 60)
)
NUMBERS = EXACT | ROUNDED
SECONDS = st.integers(-(10**13), 10**13).map(lambda millis: DaysTimeDuration(Decimal(millis) / 1000))
MONTHS = st.integers(-(10**6), 10**6).map(YearsMonthsDuration)
DATES = st.dates(date(1000, 1, 1), date(8000, 1, 1))
ZONES = st.sampled_from([UTC, ZoneInfo("Europe/Stockholm"), timezone(timedelta(hours=5, minutes=45))])
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=ZONES)
LOCAL = st.datetimes(datetime(1000, 1, 1), datetime(8000, 1, 1))
KINDS: list[st.SearchStrategy[Value]] = [
    NUMBERS, st.text(max_size=4), st.booleans(), DATES, MOMENTS, LOCAL, st.times(), SECONDS, MONTHS,
]  # fmt: skip
ORDERED: list[st.SearchStrategy[Value]] = [kind for kind in KINDS if kind is not KINDS[2]]
ENVIRONMENT = Environment(zone=ZoneInfo("Europe/Stockholm"))
some = settings(max_examples=80, deadline=None, derandomize=True)


def holds(law: str, **scope: Value) -> bool:
    value = compile_expression(law).evaluate(scope, ENVIRONMENT)
    assert isinstance(value, bool)
    return value


def alike(kinds: list[st.SearchStrategy[Value]], count: int) -> st.SearchStrategy[list[Value]]:
    """So many values of one kind, at times the same one twice."""
    return st.sampled_from(kinds).flatmap(
        lambda kind: st.lists(kind, min_size=count, max_size=count).flatmap(
            lambda values: st.lists(st.sampled_from(values), min_size=count, max_size=count) | st.just(values)
        )
    )


@some
@given(NUMBERS, NUMBERS)
def test_numbers_however_long(a: Decimal, b: Decimal) -> None:
    assert holds("a + b = b + a", a=a, b=b)
    assert holds("a * b = b * a", a=a, b=b)
    assert holds("a - b = -(b - a)", a=a, b=b)
    assert holds("a - b = a + -b", a=a, b=b)
    assert holds("-a * b = -(a * b) and -a * -b = a * b", a=a, b=b)
    assert holds("a + 0 = a and a * 1 = a and a / 1 = a and a ** 1 = a", a=a)
    assert holds("a - a = 0 and a * 0 = 0 and --a = a", a=a)
    assert holds("(a = 0 or a / a = 1) and abs(a) >= 0 and abs(a) = abs(-a)", a=a)
    assert holds("floor(a) <= a and ceiling(a) >= a and floor(a) = -ceiling(-a)", a=a) or abs(a) >= 10**30


@some
@given(EXACT, EXACT, EXACT)
def test_numbers_that_need_no_rounding(a: Decimal, b: Decimal, c: Decimal) -> None:
    assert holds("(a + b) + c = a + (b + c)", a=a, b=b, c=c)
    assert holds("a + b - b = a", a=a, b=b)
    assert holds("a * (b + c) = a * b + a * c", a=a, b=b, c=c)
    assert holds("a ** 2 = a * a and (a = 0 or a ** 0 = 1)", a=a)
    assert holds("b = 0 or modulo(a, b) = a - b * floor(a / b)", a=a, b=b) or abs(a) > 10**6 * abs(b)
    assert holds("(a < b) = (a + c < b + c)", a=a, b=b, c=c)


@some
@given(st.sampled_from([SECONDS, MONTHS]).flatmap(lambda kind: st.tuples(kind, kind, kind)), st.integers(-100, 100))
def test_durations(lengths: tuple[Value, Value, Value], factor: int) -> None:
    a, b, c = lengths
    assert holds("a + b = b + a and (a + b) + c = a + (b + c)", a=a, b=b, c=c)
    assert holds("a - b = -(b - a) and a + b - b = a and --a = a", a=a, b=b)
    assert holds("a * n = n * a and a * n = -(a * -n) and a * 2 = a + a", a=a, n=Decimal(factor))
    assert holds("n = 0 or a * n / n = a", a=a, n=Decimal(factor))
    assert holds("a - a = 0 * b and a * 1 = a", a=a, b=b)
    assert holds("a = b - b or a / a = 1", a=a, b=b)
    assert holds("(a < b) = (a + c < b + c) and abs(-a) = abs(a)", a=a, b=b, c=c)


@some
@given(st.sampled_from([SECONDS, MONTHS]).flatmap(lambda kind: kind), NUMBERS.filter(lambda number: abs(number) > 1))
def test_a_duration_is_read_back_as_it_is_written(length: Value, number: Decimal) -> None:
    assert holds("duration(string(a)) = a and duration(string(a / n)) = a / n", a=length, n=number)
    assert holds("-(a / n) = -a / n and a / n + -(a / n) = a - a and abs(a / n) = abs(-a / n)", a=length, n=number)


@some
@given(st.sampled_from([DATES, MOMENTS, LOCAL]).flatmap(lambda kind: st.tuples(kind, kind)))
def test_what_lies_between_two_dates_leads_from_one_to_the_other(ends: tuple[Value, Value]) -> None:
    a, b = ends
    assert holds('a - a = duration("PT0S") and a - b = -(b - a)', a=a, b=b)
    assert holds('(a < b) = (b - a > duration("PT0S"))', a=a, b=b)
    if not isinstance(a, datetime) or a.tzinfo is not None:  # a moment without zone is not there when clocks are set forward
        assert holds("a + (b - a) = b and b - (b - a) = a", a=a, b=b)


@some
@given(st.sampled_from([DATES, MOMENTS]).flatmap(lambda kind: st.tuples(kind, kind)), st.integers(-(10**5), 10**5))
def test_days_are_added_and_taken_away(ends: tuple[Value, Value], days: int) -> None:
    day, length = ends[0], DaysTimeDuration(Decimal(days * 86_400))
    assert holds("a + d - d = a and d + a = a + d and (a + d) - a = d", a=day, d=length)


@some
@given(DATES, MONTHS.filter(lambda length: abs(length.months) < 10_000))
def test_months_lead_to_the_same_day_or_the_last_of_a_shorter_month(day: date, length: YearsMonthsDuration) -> None:
    assert holds("(a + m).day <= a.day and (a.day > 28 or (a + m).day = a.day and a + m - m = a)", a=day, m=length)
    assert holds("a.day > 28 or years and months duration(a, a + m) = m", a=day, m=length)


@some
@given(alike(KINDS, 3))
def test_equality(values: list[Value]) -> None:
    a, b, c = values
    assert holds("a = a and not(a != a)", a=a)
    assert holds("(a = b) = (b = a) and (a != b) = not(a = b)", a=a, b=b)
    assert holds("not(a = b and b = c) or a = c", a=a, b=b, c=c)
    assert holds("not(a = null) and [a, b] = [a, b] and {k: a} = {k: a}", a=a, b=b)
    assert holds("list contains([b, a], a) and count(distinct values([a, a])) = 1", a=a, b=b)


@some
@given(alike(ORDERED, 3))
def test_order_is_total(values: list[Value]) -> None:
    a, b, c = values
    assert holds("count([true][a < b]) + count([true][a = b]) + count([true][a > b]) = 1", a=a, b=b)
    assert holds("(a < b) = (b > a) and (a <= b) = not(a > b) and (a >= b) = (b <= a)", a=a, b=b)
    assert holds("not(a <= b and b <= c) or a <= c", a=a, b=b, c=c)
    assert holds("(a <= b and a >= b) = (a = b)", a=a, b=b)
    assert holds("min([a, b, c]) <= max([a, b, c]) and sort([a, b, c])[1] = min([a, b, c])", a=a, b=b, c=c)
    assert holds("a > b or (c in [a..b]) = (c between a and b)", a=a, b=b, c=c)
