"""The language itself: what each expression is worth."""

from __future__ import annotations

import pytest

from .tables import shown

PEOPLE = [{"name": "Ada", "age": 36, "langs": ["sv", "en"]}, {"name": "Bo", "age": 15}, {"name": "Cy", "age": 70}]
SCOPE: dict[str, object] = {
    "age": 18, "status": "unemployed", "none": None, "yes": True, "people": PEOPLE, "client": {"address": {"city": "Umeå"}},
    "numbers": [1, 2, 3, 4], "order": 3, "format": "x", "inDate": 1, "notBy": 2, "android": 5, "iffy": 6, "trueish": 7,
}  # fmt: skip

ARITHMETIC = [
    ("1 + 2 * 3", "7"),
    ("(1 + 2) * 3", "9"),
    ("10 - 4 - 3", "3"),
    ("2 ** 3 ** 2", "64"),
    ("-3 ** 2", "9"),
    ("1 - -1", "2"),
    ("0.1 + 0.2", "0.3"),
    ("1 / 3", "0.3333333333333333333333333333333333"),
    (".5 + 1.5e1", "15.5"),
    ('"a" + "b"', '"ab"'),
    ("1 + 2 // a comment\n + 3", "6"),
    ("1 /* between */ + 1", "2"),
]
LOGIC = [
    ('age >= 16 and status = "unemployed"', "true"),
    ("true and null", "null"),
    ("false and null", "false"),
    ("null and false", "false"),
    ("true or null", "true"),
    ("false or null", "null"),
    ("null or true", "true"),
    ("false and 1 / 0 > 1", "false"),
    ("not(true)", "false"),
    ("not(null)", "null"),
    ("none = null", "true"),
    ("none != null", "false"),
    ("age = null", "false"),
    ("none > 3", "null"),
    ("3 between 1 and 3", "true"),
    ("none between 1 and 3", "null"),
    ('"b" > "a"', "true"),
    ("[1, 2] = [1, 2]", "true"),
    ("[1, 2] = [2, 1]", "false"),
    ("{a: 1} = {a: 1}", "true"),
    ("[1..3] = [1..3]", "true"),
    ("[1..3] = [1..3)", "false"),
]
MEMBERSHIP = [
    ("3 in [1, 2, 3]", "true"),
    ("3 in [1..3]", "true"),
    ("3 in [1..3)", "false"),
    ("3 in [1..3[", "false"),
    ("1 in ]1..3]", "false"),
    ("1 in (1..3]", "false"),
    ("2 in (1, 2)", "true"),
    ("2 in (<1, >5)", "false"),
    ("2 in < 3", "true"),
    ("5 in (> 3)", "true"),
    ("2 in ([1..2], [5..6])", "true"),
    ("4 in [[1..2], [3..5]]", "true"),
    ('"a" in ["a", "b"]', "true"),
    ("none in [1..3]", "null"),
    ("1 in ]0..2[ and 2 in ]1..3[", "true"),
]
CONTROL = [
    ("if age > 17 then 1 else 2", "1"),
    ("if null then 1 else 2", "2"),
    ("1 + if yes then 1 else 2", "2"),
    ("for n in numbers return n * n", "[1, 4, 9, 16]"),
    ("for i in 1..3 return i", "[1, 2, 3]"),
    ("for i in 3..1 return i", "[3, 2, 1]"),
    ("for i in [1..3) return i", "[1, 2]"),
    ("for x in [1, 2], y in [x, 10] return x * y", "[1, 10, 4, 20]"),
    ("for i in 1..4 return if i = 1 then 1 else i * partial[-1]", "[1, 2, 6, 24]"),
    ('for d in @"2025-02-27"..@"2025-03-01" return day of week(d)', '["Thursday", "Friday", "Saturday"]'),
    ("some n in numbers satisfies n > 3", "true"),
    ("every n in numbers satisfies n > 3", "false"),
    ("every n in [] satisfies n > 3", "true"),
    ("some a in [1, 2], b in [3, 4] satisfies a * b = 8", "true"),
    ("(function(a, b) a - b)(5, 2)", "3"),
    ("(function(a: number, b) a - b)(b: 5, a: 2)", "-3"),
    ("{add: function(a, b) a + b, five: add(2, 3)}.five", "5"),
]
ACCESS = [
    ("client.address.city", '"Umeå"'),
    ("client.address.zip", "null"),
    ("client.missing.zip", "null"),
    ("none.anything", "null"),
    ("people.name", '["Ada", "Bo", "Cy"]'),
    ("people[2].name", '"Bo"'),
    ("people[-1].name", '"Cy"'),
    ("people[age >= 18].name", '["Ada", "Cy"]'),
    ("people[item.age < 18].name", '["Bo"]'),
    ("people[langs = null].name", '["Bo", "Cy"]'),
    ("people[age > order * 20].name", '["Cy"]'),
    ("numbers[item > 2]", "[3, 4]"),
    ("numbers[order]", "3"),
    ("numbers[count(numbers) - 1]", "3"),
    ("5[1]", "5"),
    ("{a: 1, b: a + 1}", "{a: 1, b: 2}"),
    ('{"first name": "x", b: 1}', '{"first name": "x", b: 1}'),
    ("{first name: 1, twice: first name * 2}.twice", "2"),
    ("{in: 1, if: 2}.if", "2"),
    ("[1..3].end", "3"),
    ("[1..3).end included", "false"),
]
WORDS = [
    ("order + inDate + notBy + android + iffy + trueish", "24"),
    ("format", '"x"'),
    ('"å\\u00e4\\U01F40E\\"\\n"', '"åä🐎\\"\\n"'),
    ('"\\uD83D\\uDC0E"', '"🐎"'),
    ('"\\d+"', '"\\\\d+"'),
    ("{Å_ö1: 1}.Å_ö1", "1"),
]
TYPES = [
    ("1 instance of number", "true"),
    ('"x" instance of number', "false"),
    ("null instance of Any", "false"),
    ("[1, 2] instance of list<number>", "true"),
    ('[1, "a"] instance of list<number>', "false"),
    ("{a: 1} instance of context<a: number>", "true"),
    ("{a: 1} instance of context<b: number>", "false"),
    ("[1..2] instance of range<number>", "true"),
    ('@"2025-01-01" instance of date', "true"),
    ('@"2025-01-01T00:00:00" instance of date and time', "true"),
    ('@"P1D" instance of days and time duration', "true"),
    ('@"P1M" instance of years and months duration', "true"),
    ("(function(a) a) instance of function<number> -> number", "true"),
]


@pytest.mark.parametrize(("text", "value"), [*ARITHMETIC, *LOGIC, *MEMBERSHIP, *CONTROL, *ACCESS, *WORDS, *TYPES])
def test_value(text: str, value: str) -> None:
    assert shown(text, SCOPE) == value


@pytest.mark.parametrize(
    ("text", "names", "value"),
    [
        ("my age + 1", {"my age": 4}, "5"),
        ("my    age+1", {"my age": 4}, "5"),
        ("my age", {"my": 1, "my age": 4}, "4"),
        ("a-b", {"a-b": 1, "a": 5, "b": 7}, "1"),
        ("a - b", {"a-b": 1, "a": 5, "b": 7}, "-2"),
        ("end date.year", {"end date": {"year": 3}}, "3"),
        ("x in list of numbers", {"x": 3, "list of numbers": [3]}, "true"),
    ],
)
def test_names_with_spaces_are_known_by_being_announced(text: str, names: dict[str, object], value: str) -> None:
    assert shown(text, names, names=frozenset(names)) == value
