"""Static help: what is wrong before there is data, where, and what to do. What is not known is never told."""

from __future__ import annotations

import pytest

from engine.feel import Type, TypeName, check, check_tests, compile_expression, examine, functions, type_of, unparse
from engine.feel.builtins.results import LIKE_FIRST, LISTS_LIKE_FIRST, OF_ITEMS, RESULTS
from engine.feel.grammar import parse_expression
from tests.docs.feel_pages import ENVIRONMENT, data, examples
from tests.docs.pages import page

PAGE = page("reference/feel.md")
SCOPE = data(PAGE)


PERSON = Type("context", members={"name": Type("string"), "age": Type("number"), "born on": Type("date")}, is_closed=True)
TYPES = {
    "age": Type("number"),
    "name": Type("string"),
    "status": Type("string", values=frozenset({"unemployed", "studying"})),
    "endDate": Type("date"),
    "start": Type("date and time"),
    "stay": Type("days and time duration"),
    "client": PERSON,
    "signers": PERSON.listed(),
    "form": Type("context", members={"age": Type("string")}),
    "forms": Type("context", members={"count": Type("string")}).listed(),
    "limits": Type("range", item=Type("number")),
    "anything": Type(),
    "due date": Type("date"),
    "rule": Type("function", parameters=("a", "b")),
}

TOLD = [
    ("age >", "syntax", 5, "Expected a value, found the end of the text.", "Write the value, or remove what asks for it."),
    ("due dat > endDate", "syntax", 0, "There is no name 'due dat' here.", "Did you mean 'due date'?"),
    ("agee + 1", "name", 0, "There is no name 'agee' here.", "Did you mean 'age'?"),
    ("1 + zzz", "name", 4, "There is no name 'zzz' here.", "Correct the name, or declare it."),
    ("signers[agee > 1]", "member", 8, "There is no name 'agee' here.", "Did you mean 'age'?"),
    ("conut(signers)", "function", 0, "There is no function 'conut'.", "Did you mean 'count'?"),
    ("count([1], 2)", "arguments", 0, "'count' cannot be called so.", "Write count(list)."),
    (
        "substring(string: name, start posit: 1)", "arguments", 0, "'substring' has no parameter 'start posit'.",
        "Did you mean 'start position'? Write substring(string, start position, length?).",
    ),
    ("rule(1)", "arguments", 0, "The function takes 2 arguments, not 1.", "It takes a, b."),
    ("rule(a: 1, c: 2)", "arguments", 0, "The function has other parameters.", "It takes a, b."),
    ("{f: function() 1, g: f(2)}.g", "arguments", 21, "The function takes 0 arguments, not 1.", "It takes no arguments."),
    ('"a" < 1', "type", 4, "Cannot compare string with number.", "Convert one of them."),
    ('endDate < "2025-01-01"', "type", 8, "Cannot compare date with string.", 'Write @"2025-01-01".'),
    ("endDate = name", "type", 8, "Cannot compare date with string.", 'Write @"2025-12-31", or date(…) to convert.'),
    ('stay > "P1D"', "type", 5, "Cannot compare days and time duration with string.", 'Write @"P1D".'),
    ("endDate < start", "type", 8, "Cannot compare date with date and time.", "Convert with date(…)."),
    ("endDate + 5", "type", 8, "'+' does not work on date and number.", 'Count days with a duration: @"P5D".'),
    (
        "true + 1", "type", 5, "'+' does not work on boolean and number.",
        "It adds numbers or durations, joins strings, or moves a date or time.",
    ),
    ("age + 1 + name", "type", 8, "'+' does not work on number and string.", "Convert with string(…) or number(…)."),
    ("null + 1", "type", 5, "'+' does not work on null and number.", "Check for null first."),
    ("-name", "type", 0, "'-' does not work on string.", "Convert it with number(…)."),
    ("anything / 0", "type", 9, "Division by zero.", "Divide by something else."),
    ("true < false", "type", 5, "Values of the type boolean have no order.", "Write '=' or '!='."),
    ("if 1 then 2 else 3", "type", 3, "'if' needs boolean, not number.", "Compare it with something."),
    ("age and true", "type", 0, "'and' needs boolean, not number.", "Compare it with something."),
    ("some s in signers satisfies s.age", "type", 29, "'some' needs boolean, not number.", "Compare it with something."),
    ("signers[name]", "type", 8, "A filter needs boolean or number, not string.", "Write a condition or a position."),
    (
        "for i in 1..name return i", "type", 12, "A range to go through needs number or date, not string.",
        "Convert it with number(…).",
    ),
    ("age between 1 and name", "type", 4, "Cannot compare number with string.", "Convert one of them."),
    ('age in ["a".."b"]', "type", 7, "Cannot compare number with string.", "Convert one of them."),
    ("name in limits", "type", 8, "Cannot compare string with number.", "Convert one of them."),
    ("age in (< 3, > endDate)", "type", 13, "Cannot compare number with date.", "Convert one of them."),
    ('[1.."a"]', "type", 0, "Cannot compare number with string.", "Convert one of them."),
    ("age(1)", "type", 0, "Only a function can be called, not number.", "Correct the name."),
    ("upper case(age)", "type", 0, "upper case: 'string' must be string, not number.", "Write upper case(string)."),
    ("upper case(null)", "type", 0, "upper case: 'string' must be string, not null.", "Check for null first."),
    ('date("2025-02-30")', "type", 0, "There is no such day.", "Check the month, and how many days it has."),
    ('endDate + duration("14D")', "type", 10, "The string is no duration.", "Write it as P14D, PT2H or P1Y6M."),
    ('matches(name, "(")', "type", 14, "The pattern has a '(' without ')'.", "Close it, or write '\\(' for the sign itself."),
    ("name.first", "type", 4, "string has no member 'first'.", "Only contexts, dates, times, durations and ranges have any."),
    ("endDate.yaer", "type", 7, "date has no member 'yaer'.", "Did you mean 'year'?"),
    ("signers[1].age = name", "type", 15, "Cannot compare number with string.", "Convert one of them."),
    ("min(signers.age) = name", "type", 17, "Cannot compare number with string.", "Convert one of them."),
    ("client.nmae", "member", 6, "There is no member 'nmae' here.", "Did you mean 'name'?"),
    ("signers.nmae", "member", 7, "There is no member 'nmae' here.", "Did you mean 'name'?"),
    ("{a: 1}.b", "member", 6, "There is no member 'b' here.", "Correct the name, or declare the member."),
    ("{a: {b: 1}}.a.c", "member", 13, "There is no member 'c' here.", "Correct the name, or declare the member."),
    ("[{age: 1}, {age: 2, n: 3}][1].agee", "member", 29, "There is no member 'agee' here.", "Did you mean 'age'?"),
    (
        "mode([1]) + 1", "type", 10, "'+' does not work on list and number.",
        "Take one item of the list, as in list[1], or go through them with 'for'.",
    ),
    ("-split(name, name)", "type", 0, "'-' does not work on list.", "Only numbers and durations have a negative."),
    (
        "index of(signers, null) < age", "type", 24, "Cannot compare list with number.",
        "Take one item of the list, or ask with list contains(…).",
    ),
    ("stay.months", "type", 4, "days and time duration has no member 'months'.", "It has days, hours, minutes, seconds."),
    ("index of(signers.name, 1)", "value", 23, "The list holds string, never number.", "Convert one of them."),
    ('status = "unemployd"', "value", 9, 'The value is never "unemployd".', "Did you mean 'unemployed'?"),
    ('status in ("studying", "x")', "value", 23, 'The value is never "x".', 'It is one of "studying", "unemployed".'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "position", "message", "remedy"), TOLD)
def test_a_problem_is_told_with_its_place_and_a_remedy(text: str, kind: str, position: int, message: str, remedy: str) -> None:
    (problem,) = check(text, types=TYPES)
    assert (problem.kind, problem.position, problem.message, problem.remedy) == (kind, position, message, remedy)
    assert str(problem).endswith(f"({problem.place})")


@pytest.mark.parametrize(
    "text",
    [
        "anything + 1 < anything",
        "list contains(signers.name, null)",
        "list contains(signers.name, age)",
        'list contains([1, "a"], true)',
        "list contains([1..3], 1)",
        "mode(1) = [1]",
        "anything.member[1].more = 1",
        "anything(1, 2)",
        "age < null",
        "name = null",
        "client.born on < today()",
        "if age > 1 then null else endDate",
        "(if age > 1 then 1 else name) + 1",
        "[1, name][1] + 1",
        "form.other + 1",
        "forms[count > 1]",
        "forms[age = name]",
        "forms[date = name].x",
        "forms[item + 1 = 2]",
        '[{item: 1}][item >= 2]',
        "count(anything)",
        "upper case([name])",
        "sum(name, 1)",
        "rule(1, 2)",
        "{f: function(n) if n = 0 then 1 else f(n - 1)}.f(3)",
        "sort(signers, function(a, b) a.age < b.age)[1].name",
        "for i in 1..3 return partial",
        "for x in anything, y in x return y + 1",
        "date(name)",
        "matches(name, anything)",
        "start - endDate",
        "name instance of number",
        "function(a: date) a < @\"2025-01-01\"",
        'status = name',
        "limits.start + 1",
        "count",
    ],
)  # fmt: skip
def test_what_is_not_known_is_not_told(text: str) -> None:
    assert check(text, types=TYPES) == []


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("< 5", "string", [0]),
        ('"a", "b"', "number", [0, 5]),
        ('not("a")', "number", [4]),
        ("[1..2]", "date", [0]),
        ("true", "number", [0]),
        ("? > 5", "string", [2]),
        ('contains(?, "a")', "number", [0]),
        ("-", "number", []),
        ("< 5", "", []),
        ("null", "number", []),
        ("true", "boolean", []),
        ("age > 3", "string", []),
        ('> @"2025-01-01"', "date", []),
        ('["a", "b"]', "number", [0]),
    ],
)
def test_the_cells_of_a_table_are_checked_against_its_input(text: str, kind: str, found: list[int]) -> None:
    assert [problem.position for problem in check_tests(text, types=TYPES, subject=Type(kind))] == found


def test_a_cell_outside_the_values_of_the_input_is_told() -> None:
    (problem,) = check_tests('"unemployd"', subject=TYPES["status"])
    assert (problem.kind, problem.remedy) == ("value", "Did you mean 'unemployed'?")


def test_the_value_must_be_of_the_kind_that_is_wanted() -> None:
    (problem,) = examine("age", types=TYPES, expected=("boolean",)).problems
    assert (problem.kind, problem.message) == ("type", "What stands here needs boolean, not number.")
    assert examine("null", expected=("boolean",)).problems == ()


def test_a_declared_type_may_be_named() -> None:
    declared = {"tLoan": TypeName("context", (TypeName("number"),), ("sum",))}
    assert check("anything instance of tLoan", types=TYPES, declared=declared) == []
    (problem,) = check('function(a: tLoan) a.sum + "x"', declared=declared)
    assert problem.kind == "type"


def test_names_may_be_given_without_types() -> None:
    assert check("age + grace period", ["age", "grace period"]) == []


@pytest.mark.parametrize("text", ["(" * 3000, "a" + ".a" * 5000, "-" * 3000 + "1"])
def test_a_deep_text_is_a_problem_and_no_failure(text: str) -> None:
    assert [problem.kind for problem in check(text, ["a"])] == ["syntax"]


@pytest.mark.parametrize("text", [text for text, _ in examples(PAGE)])
def test_no_example_is_told_and_each_gives_the_kind_it_is_known_to_give(text: str) -> None:
    found = examine(text, SCOPE)
    assert found.problems == ()
    value = compile_expression(text, frozenset(SCOPE)).evaluate(SCOPE, ENVIRONMENT)
    assert value is None or found.type.kind in ("", type_of(value))


def test_results_are_declared_of_functions_that_there_are() -> None:
    assert RESULTS.keys() | LIKE_FIRST | LISTS_LIKE_FIRST | OF_ITEMS <= functions().by_name.keys()


def test_a_text_full_of_mistakes_is_told_of_the_first_hundred_and_near_names_of_the_first_ten() -> None:
    problems = check("[" + ", ".join(f"adres{number}" for number in range(300)) + "]", ["address"])
    assert len(problems) == 100
    assert [problem.remedy for problem in problems].count("Did you mean 'address'?") == 10


@pytest.mark.parametrize(
    ("text", "position"),
    [("{true: 5, b: true}", 1), ("{a: 1, null : 2}", 7), ("function(false) false", 9), ("(function(a, if) 1)(2, 3)", 13),
     ("for null in [1] return null", 4), ("some true in [1] satisfies true", 5)],
)  # fmt: skip
def test_what_nothing_could_read_has_no_name_like_that(text: str, position: int) -> None:
    (problem,) = check(text)
    assert (problem.kind, problem.position) == ("syntax", position)


def test_entries_may_have_any_name_in_quotation_marks_and_most_words_of_the_language() -> None:
    assert check('{"true": 1, if: 2}.true') == []
    assert unparse(parse_expression('{"true": 1, "if": 2}', frozenset())) == '{"true": 1, if: 2}'


def test_arguments_of_a_function_that_is_written_are_held_to_its_types() -> None:
    (problem,) = check('{twice: function(n: number) 2 * n, b: twice("2")}.b')
    assert problem.message == "The argument 'n' does not fit: string where number is declared."
    assert (problem.kind, problem.position) == ("type", 44)
    assert check("{twice: function(n: number) 2 * n, b: twice(null), c: twice([2]), d: twice(f(1))}", ["f"]) == []
