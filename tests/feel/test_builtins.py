"""Built-in functions, each with its ordinary and its edge values."""

from __future__ import annotations

import pytest

from engine.feel import BUILTIN_NAMES

from .tables import shown

CONVERSION = [
    ('date("2025-12-31")', '@"2025-12-31"'),
    ("date(2025, 2, 28)", '@"2025-02-28"'),
    ('date(@"2025-12-31T10:00:00")', '@"2025-12-31"'),
    ('time("10:30:00")', '@"10:30:00"'),
    ('time("10:30:00.5Z")', '@"10:30:00.5Z"'),
    ('time("10:30:00@Europe/Stockholm")', '@"10:30:00@Europe/Stockholm"'),
    ('time(@"2025-12-31T10:00:00+01:00")', '@"10:00:00+01:00"'),
    ("time(10, 30, 15)", '@"10:30:15"'),
    ('time(10, 30, 15, @"PT1H")', '@"10:30:15+01:00"'),
    ('date and time("2025-12-31T10:00:00")', '@"2025-12-31T10:00:00"'),
    ('date and time("2025-12-31")', '@"2025-12-31T00:00:00"'),
    ('date and time(@"2025-12-31", @"10:00:00Z")', '@"2025-12-31T10:00:00Z"'),
    ('date and time(@"2025-12-31T10:00:00Z", "Europe/Stockholm")', '@"2025-12-31T11:00:00@Europe/Stockholm"'),
    ('duration("P1DT2H")', '@"P1DT2H"'),
    ('duration("P2W")', '@"P14D"'),
    ('duration("-P1Y6M")', '@"-P1Y6M"'),
    ('duration("PT90M")', '@"PT1H30M"'),
    ('duration("PT0S")', '@"PT0S"'),
    ('years and months duration(@"2024-03-15", @"2025-03-14")', '@"P11M"'),
    ('years and months duration(@"2025-03-14", @"2024-03-15")', '@"-P11M"'),
    ('number("1 234,5", " ", ",")', "1234.5"),
    ('number("-12.50")', "-12.50"),
    ('number(from: "1,5", decimal separator: ",")', "1.5"),
    ("string(1.50)", '"1.50"'),
    ("string(10 ** 20)", '"100000000000000000000"'),
    ('string(@"2025-12-31")', '"2025-12-31"'),
    ('string([1, "a", {b: @"P1D"}])', '"[1, \\"a\\", {b: @\\"P1D\\"}]"'),
    ("string(true)", '"true"'),
    ('range("[1..3)")', "[1..3)"),
    ('range("[@\\"2025-01-01\\"..date(\\"2025-02-01\\")]")', '[@"2025-01-01"..@"2025-02-01"]'),
]
STRINGS = [
    ('substring("foobar", 3)', '"obar"'),
    ('substring("foobar", 3, 2)', '"ob"'),
    ('substring("foobar", -2, 1)', '"a"'),
    ('substring(string: "åäö", start position: 2)', '"äö"'),
    ('string length("🐎")', "1"),
    ('upper case("åäö")', '"ÅÄÖ"'),
    ('lower case("ÅÄÖ")', '"åäö"'),
    ('trim("  a b ")', '"a b"'),
    ('substring before("a@b", "@")', '"a"'),
    ('substring before("ab", "@")', '""'),
    ('substring after("a@b", "@")', '"b"'),
    ('contains("foobar", "ob")', "true"),
    ('starts with("foobar", "foo")', "true"),
    ('ends with("foobar", "foo")', "false"),
    ('string join(["a", "b", null], "-")', '"a-b"'),
    ('string join(["a", "b"])', '"ab"'),
]
LISTS = [
    ("list contains([1, 2], 2)", "true"),
    ('list contains([1, "a", null], null)', "true"),
    ("count([])", "0"),
    ("count(5)", "1"),
    ("min([3, 1, 2])", "1"),
    ("max(3, 1, 2)", "3"),
    ('max(@"2025-01-01", @"2025-02-01")', '@"2025-02-01"'),
    ("min([])", "null"),
    ("sum([1, 2.5])", "3.5"),
    ('sum([@"P1D", @"PT2H"])', '@"P1DT2H"'),
    ("mean([1, 2, 6])", "3"),
    ("median([1, 9, 2, 3])", "2.5"),
    ("product([2, 3, 4])", "24"),
    ("stddev([2, 4, 7, 5])", "2.081665999466132735282297706979931"),
    ("mode([6, 3, 9, 6, 6, 3, 3])", "[3, 6]"),
    ("all([true, true])", "true"),
    ("all([true, null])", "null"),
    ("all([null, false])", "false"),
    ("any([false, true])", "true"),
    ("any([])", "false"),
    ("sublist([4, 5, 6], 2)", "[5, 6]"),
    ("sublist([4, 5, 6], -2, 1)", "[5]"),
    ("append([1], 2, 3)", "[1, 2, 3]"),
    ("concatenate([1], [2, 3], 4)", "[1, 2, 3, 4]"),
    ("insert before([1, 3], 2, 2)", "[1, 2, 3]"),
    ("remove([1, 2, 3], 2)", "[1, 3]"),
    ("list replace([1, 2, 3], -1, 9)", "[1, 2, 9]"),
    ("list replace([1, 2, 3], function(old, new) old > 1, 0)", "[1, 0, 0]"),
    ("reverse([1, 2])", "[2, 1]"),
    ("index of([1, 2, 1], 1)", "[1, 3]"),
    ("union([1, 2], [2, 3])", "[1, 2, 3]"),
    ("distinct values([1, 1.0, [2], [2], null, null])", "[1, [2], null]"),
    ("flatten([1, [2, [3]]])", "[1, 2, 3]"),
    ("sort([3, 1, 2])", "[1, 2, 3]"),
    ("sort([3, 1, 2], function(a, b) a > b)", "[3, 2, 1]"),
    ('sort(list: ["b", "a"], precedes: function(a, b) a < b)', '["a", "b"]'),
    ("is empty([])", "true"),
]
NUMBERS = [
    ("decimal(1/3, 2)", "0.33"),
    ("decimal(2.5, 0)", "2"),
    ("floor(-1.5)", "-2"),
    ("ceiling(-1.5)", "-1"),
    ("floor(1.56, 1)", "1.5"),
    ("round up(-5.5)", "-6"),
    ("round down(-5.5)", "-5"),
    ("round half up(2.5)", "3"),
    ("round half down(2.5)", "2"),
    ("round half up(1250, -2)", "1300"),
    ("abs(-3)", "3"),
    ('abs(@"-P1D")', '@"P1D"'),
    ("modulo(-12, 5)", "3"),
    ("modulo(12, -5)", "-3"),
    ("sqrt(16)", "4"),
    ("decimal(log(exp(1)), 10)", "1.0000000000"),
    ("odd(3)", "true"),
    ("even(-2)", "true"),
    ("is(1, 1.0)", "true"),
    ('is(@"2025-01-01", @"2025-01-01T00:00:00")', "false"),
    ('is(@"10:00:00Z", @"11:00:00+01:00")', "false"),
]
CONTEXTS = [
    ('get value({a: 1}, "a")', "1"),
    ('get value({a: 1}, "b")', "null"),
    ('get value({a: {b: 2}}, ["a", "b"])', "2"),
    ("get entries({a: 1})", '[{key: "a", value: 1}]'),
    ('context([{key: "a", value: 1}])', "{a: 1}"),
    ('context put({a: 1}, "b", 2)', "{a: 1, b: 2}"),
    ('context put({a: {b: 1}}, ["a", "c"], 2)', "{a: {b: 1, c: 2}}"),
    ("context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"),
]
RANGES = [
    ("before(1, 2)", "true"),
    ("before([1..5], (5..8])", "true"),
    ("before(point: 1, range: [2..5])", "true"),
    ("before(range: [2..5], point: 6)", "true"),
    ("before([1..5], [5..8])", "false"),
    ("after([5..8], 2)", "true"),
    ("meets([1..5], [5..8])", "true"),
    ("met by([5..8], [1..5])", "true"),
    ("overlaps([1..5], [3..8])", "true"),
    ("overlaps([1..5), [5..8])", "false"),
    ("overlaps before([1..5], [3..8])", "true"),
    ("overlaps after([3..8], [1..5])", "true"),
    ("finishes(5, [1..5])", "true"),
    ("finished by([1..5], [3..5])", "true"),
    ("includes([1..5], 3)", "true"),
    ("during([2..3], [1..5])", "true"),
    ("starts(1, [1..5])", "true"),
    ("started by([1..5], [1..2])", "true"),
    ("coincides([1..5], [1..5])", "true"),
    ('includes([@"2025-01-01"..@"2025-12-31"], @"2025-06-06")', "true"),
]


@pytest.mark.parametrize(("text", "value"), [*CONVERSION, *STRINGS, *LISTS, *NUMBERS, *CONTEXTS, *RANGES])
def test_value(text: str, value: str) -> None:
    assert shown(text) == value


def test_every_builtin_is_tried_in_some_table() -> None:
    rest = {"now", "today", "not", "matches", "split"}  # in tests of their own
    dates = {"day of year", "day of week", "month of year", "week of year"}
    tables = [*CONVERSION, *STRINGS, *LISTS, *NUMBERS, *CONTEXTS, *RANGES]
    tried = {name for name in BUILTIN_NAMES for text, _ in tables if f"{name}(" in text}
    assert BUILTIN_NAMES - tried == rest | dates
