"""What the static checks of decision tables tell."""

from __future__ import annotations

import pytest

from engine.dmn import analyse, read_decisions
from engine.dmn.analysis import analyse_table
from engine.finding import Severity

from .tables import Rows, model, table


def told(
    inputs: list[str], rows: Rows, *, policy: str = "UNIQUE", outputs: tuple[str, ...] = ("result",), rule: str = ""
) -> list[str]:
    """The messages about a table, those of one rule when it is named."""
    found = analyse(model(inputs, rows, policy=policy, outputs=outputs))
    assert all(one.remedy and one.message and one.element for one in found)
    return [f"{one.rule}: {one.message}" for one in found if rule in {"", one.rule}]


def gaps(inputs: list[str], *tests: str, policy: str = "FIRST") -> list[str]:
    """Where a table has gaps; each rule is its cells, with `|` between."""
    found = told(inputs, [(cells.split("|"), ["1"]) for cells in tests], policy=policy, rule="dmn-gap")
    return [one.removeprefix("dmn-gap: Route: no rule matches ").removesuffix(".") for one in found]


def test_a_complete_table_is_not_spoken_of() -> None:
    rows = [(["< 16"], ['"child"']), (["[16..65)"], ['"adult"']), ([">= 65"], ['"senior"'])]
    assert told(["age:number"], rows) == []


@pytest.mark.parametrize(
    ("column", "tests", "expected"),
    [
        ("age:number", ["< 16", "> 17"], "when age is from 16 to 17"),
        ("age:number", ["<= 16", ">= 18"], "when age is over 16 and under 18"),
        ("age:number", ["< 16", ">= 18"], "when age is from 16 to under 18"),
        ("age:number", ["<= 16", "> 18"], "when age is over 16 and at most 18"),
        ("age:number", ["[16..18]"], "when age is under 16 or over 18"),
        ("age:number", ["(16..18)"], "when age is at most 16 or at least 18"),
        ("age:number", ["< 16", "> 16"], "when age is 16"),
        ("age:number", ["1, 2"], "when age is anything but 1 or 2"),
        ("age:number", ["-5 + 2"], "when age is anything but -3"),
        ("age", ["not(1)"], "when age is 1"),
        ("age:number", ["null"], "whatever is given"),
        ("age:number", ["? > 5 and ? < 7 or ? in [10..12]", "? between 7 and 10", "not(? >= 5)"], "when age is 5 or over 12"),
        ("route:string", ['"sfi", "work"'], 'when route is anything but "sfi" or "work"'),
        ("route:string", ['not("sfi", "work")'], 'when route is "sfi" or "work"'),
        ('route:string:"sfi", "work", "rest"', ['"sfi"'], 'when route is "rest" or "work"'),
        ("route:string", ['< "b"', '> "b"'], 'when route is "b"'),
        ("route:string", ['< "b"'], 'when route is at least "b"'),
        ("adult:boolean", ["true"], "when adult is false"),
        ("adult", ["not(true)"], "when adult is true"),
        ("day:date", ['< date("2025-01-02")', '> @"2025-01-31"'], "when day is from 2025-01-02 to 2025-01-31"),
        ("day:date", ['<= @"2025-01-02"', '>= @"2025-01-10"'], "when day is from 2025-01-03 to 2025-01-09"),
        ("day:date", ['<= @"2025-01-02"', '>= @"2025-01-04"'], "when day is 2025-01-03"),
        ("day:date", ['@"2025-01-02"'], "when day is anything but 2025-01-02"),
        ("at:time", ['< time("08:00:00")', '>= @"17:00:00"'], "when at is from 08:00:00 to under 17:00:00"),
        ("at:date and time", ['< @"2025-01-02T08:00:00Z"'], "when at is at least 2025-01-02T08:00:00Z"),
        ("left:days and time duration", ['< duration("P3D")'], "when left is at least P3D"),
        ("left:years and months duration", ['<= @"P1Y"', '>= @"P14M"'], "when left is over P1Y and under P1Y2M"),
        ("n:number:[1..10]", ["< 5"], "when n is from 5 to 10"),
    ],
)
def test_a_gap_is_told_in_words(column: str, tests: list[str], expected: str) -> None:
    assert gaps([column], *tests) == [expected]


@pytest.mark.parametrize(
    ("column", "tests"),
    [
        ("day:date", ['<= @"2025-01-02"', '>= @"2025-01-03"']),
        ("left:years and months duration", ['<= @"P1Y"', '>= @"P13M"']),
        ("adult:boolean", ["true", "false"]),
        ('route:string:"sfi", "work"', ['"sfi"', '"work"']),
        ("n:number:[1..10]", ["[1..5]", "(5..10]"]),
        ("at:time", ['< @"00:00:00.000001"', '> @"00:00:00"']),
        ("at:date and time", ['<= @"2025-01-02T08:00:00+02:00"', '> @"2025-01-02T06:00:00Z"']),
        ("n:number", []),
    ],
)
def test_values_that_do_not_exist_are_no_gap(column: str, tests: list[str]) -> None:
    rest = tests or ["-"]
    assert gaps([column], *rest) == []


def test_what_nobody_has_answered_is_no_gap() -> None:
    assert (
        told(["age:number", "adult:boolean"], [(["<5", "-"], ["1"]), ([">=5", "true"], ["1"]), ([">=5", "false"], ["1"])]) == []
    )


def test_a_gap_names_only_the_inputs_that_it_is_about() -> None:
    cells = ["< 16|-", '[16..18)|"work"', ">= 18|-"]
    assert gaps(["age:number", "route:string"], *cells) == ['when age is from 16 to under 18 and route is anything but "work"']


def test_gaps_are_as_large_as_they_can_be() -> None:
    assert gaps(["a:boolean", "b:boolean"], "true|true") == ["when a is false", "when b is false"]


def test_only_the_first_gaps_are_told_and_the_others_counted() -> None:
    cells = [f"[{number * 2}..{number * 2 + 1}]|{'true' if number % 2 else 'false'}" for number in range(8)]
    diagonal = ["|".join("true" if at == number else "-" for at in range(7)) for number in range(7)]
    assert len(gaps(["n:number", "b:boolean"], *cells)) < 6
    assert gaps([f"b{number}:boolean" for number in range(7)], *diagonal) == [
        "when " + " and ".join(f"b{number} is false" for number in range(7))
    ]
    many = gaps(["n:number", "m:number"], *[f"{number}|{number}" for number in range(9)])
    assert len(many) == 5
    assert many[-1].endswith("more like this")


@pytest.mark.parametrize(
    ("policy", "default"), [("COLLECT", ""), ("RULE ORDER", ""), ("OUTPUT ORDER", ""), ("COLLECT+SUM", ""), ("FIRST", "::=0")]
)
def test_a_list_or_a_default_leaves_no_gap(policy: str, default: str) -> None:
    output = f"result{default}" if default else "result:number:1, 2"
    assert told(["n:number"], [(["1"], ["1"])], policy=policy, outputs=(output,), rule="dmn-gap") == []


@pytest.mark.parametrize("test", ["> limit", "? * 2 > 5", "now() > ?", "string length(?) > 1", "date(?) > 5"])
def test_a_cell_that_is_not_known_raises_no_alarm(test: str) -> None:
    assert told(["n", "limit"], [([test, "-"], ["1"]), ([test, "-"], ["2"])]) == []
    assert told(["n", "limit"], [([test, "-"], ["1"]), (["-", "-"], ["2"])], policy="FIRST") == []


@pytest.mark.parametrize(
    ("column", "tests"),
    [
        ("n", ['"a"', "5"]),  # of any type
        ("n:list", ['"a"']),
        ("n", ['@"08:00:00Z"']),  # its order depends on zones
        ("n", ['< @"2025-01-01T08:00:00"', '< @"2025-01-01T08:00:00Z"']),
        ("n:number:[1..5]", ["? * 2 = 4"]),
        ("n:number:? * 2 > 5", ["< 3"]),
        ("n", ["{a: 1}"]),
    ],
)
def test_an_input_that_cannot_be_laid_on_a_line_raises_no_alarm(column: str, tests: list[str]) -> None:
    assert told([column], [([test], ["1"]) for test in tests]) == []


def test_a_function_that_data_stands_in_for_is_not_known() -> None:
    assert told(["date", "n:date"], [(["-", '< date("2025-01-01")'], ["1"])]) == []


def test_null_is_always_allowed() -> None:
    assert told(["n:number:[1..9]"], [(["null"], ["1"]), (["-"], ["2"])]) == [
        "dmn-overlap: Route, rule 2: rules 1 and 2 both match when n is not answered."
    ]


def test_a_known_cell_counts_beside_one_that_is_not() -> None:
    cells = ["< 16|? * 2 = limit", ">= 17|-"]
    assert gaps(["age:number", "limit"], *cells) == ["when age is from 16 to under 17"]


def test_rules_of_a_unique_table_that_match_together_are_named_with_an_example() -> None:
    rows = [(["< 20", '"sfi"'], ["1"]), (["[18..30]", "-"], ["2"]), (["> 30", "-"], ["3"]), (["< 18", 'not("sfi")'], ["4"])]
    assert told(["age:number", "route:string"], rows) == [
        'dmn-overlap: Route, rule 2: rules 1 and 2 both match when age is from 18 to under 20 and route is "sfi".'
    ]


def test_an_overlap_where_nothing_is_answered_is_told_too() -> None:
    assert told(["n:number"], [(["-"], ["1"]), (["null"], ["2"])]) == [
        "dmn-overlap: Route, rule 2: rules 1 and 2 both match when n is not answered."
    ]


def test_an_overlap_of_everything() -> None:
    assert told(["n:number"], [(["-"], ["1"]), (["-"], ["2"])]) == [
        "dmn-overlap: Route, rule 2: rules 1 and 2 both match whatever is given."
    ]


def test_rules_that_agree_may_match_together_in_an_any_table() -> None:
    rows = [(["< 20"], ["1 + 1"]), ([">= 10"], ["2"]), (["-"], ["n"])]
    assert told(["n:number"], rows, policy="ANY") == []


def test_rules_of_an_any_table_that_match_together_with_different_results() -> None:
    assert told(["n:number"], [(["< 20"], ["1"]), ([">= 10"], ["2"])], policy="ANY") == [
        "dmn-overlap: Route, rule 2: rules 1 and 2 both match when n is from 10 to under 20, with different results."
    ]


@pytest.mark.parametrize("policy", ["FIRST", "COLLECT", "RULE ORDER"])
def test_overlaps_are_meant_where_the_hit_policy_allows_them(policy: str) -> None:
    assert told(["n:number"], [(["> 5"], ["1"]), (["> 3"], ["2"]), (["-"], ["3"])], policy=policy) == []


def test_a_rule_after_one_that_always_matches_is_never_chosen() -> None:
    assert told(["n:number"], [(["-"], ["1"]), (["> 3"], ["2"])], policy="FIRST") == [
        "dmn-unreachable: Route, rule 2: the rule is never chosen: rule 1 comes first in all that it matches (FIRST)."
    ]


def test_a_rule_that_several_cover_together_is_never_chosen() -> None:
    rows = [(["< 5"], ["1"]), ([">= 5"], ["2"]), (["[0..9]"], ["3"]), (["-"], ["4"])]
    (message,) = told(["n:number"], rows, policy="FIRST")  # rule 4 is for what nobody has answered
    assert message.startswith("dmn-unreachable: Route, rule 3: the rule is never chosen: rules 1, 2 together come first")


def test_a_rule_that_more_important_ones_cover_is_never_chosen() -> None:
    rows = [(["> 3"], ['"low"']), (["-"], ['"high"'])]
    assert told(["n:number"], rows, policy="PRIORITY", outputs=('result:string:"high", "low"',)) == [
        "dmn-unreachable: Route, rule 1: the rule is never chosen: rule 2 comes first in all that it matches (PRIORITY)."
    ]
    assert told(["n:number"], rows, policy="PRIORITY", outputs=('result:string:"low", "high"',)) == []


def test_an_output_that_depends_on_data_has_no_priority() -> None:
    rows = [(["> 3"], ["word"]), (["-"], ['"high"'])]
    told_of = told(["n:number", "word:string"], [([*tests, "-"], out) for tests, out in rows], policy="PRIORITY",
                   outputs=('result:string:"high", "low"',))  # fmt: skip
    assert told_of == []


@pytest.mark.parametrize(
    ("column", "test"),
    [("n:number", "(5..5)"), ("n:number:[1..9]", "> 9"), ('n:string:"a", "b"', '"c"'), ("n:number", "not(-1, null, ? != -1)")],
)
def test_a_cell_that_can_never_match_is_named(column: str, test: str) -> None:
    assert told([column], [([test], ["1"])], policy="COLLECT") == [
        "dmn-unreachable: Route, rule 1: cell 'n' can never match: no value that the column allows passes."
    ]


def test_cells_about_the_same_thing_are_seen_together() -> None:
    rows = [([">= 16", "< 18"], ["1"]), (["-", "< 16"], ["2"]), ([">= 18", "-"], ["3"])]
    assert told(["age:number", "age:number"], rows) == []
    contradiction = [([">= 18", "< 16"], ["1"])]
    assert told(["age:number", "age:number"], contradiction, policy="COLLECT") == [
        "dmn-unreachable: Route, rule 1: cells 'age' and 'age' can never match together: they look at the same thing."
    ]


@pytest.mark.parametrize(
    ("column", "test", "expected"),
    [
        ("n:number", "[5..1]", "cell 'n' cannot be tested. A range ends before it starts. Exchange its ends."),
        ("n:number", '"5"', "cell 'n' compares with string, but the column is declared as number."),
        ("n:date and time", '< @"2025-01-01"', "cell 'n' compares with date, but the column is declared as date and time."),
        ('n:string:"a", "b"', '"a", "c"', 'names "c", which the column does not allow.'),
    ],
)
def test_a_cell_that_is_wrong_is_named(column: str, test: str, expected: str) -> None:
    (message,) = told([column], [([test], ["1"])], policy="COLLECT")
    assert message.startswith("dmn-cell: Route, rule 1: cell 'n'")
    assert expected in message


def test_a_rule_that_stands_twice_is_named_once() -> None:
    rows = [(["> 5"], ["1"]), (["> n - 1"], ["2"]), (["> 5"], ["1"]), (["> n - 1"], ["2"])]
    for policy in ("UNIQUE", "FIRST", "COLLECT", "ANY", "COLLECT+SUM"):
        twins = [one for one in told(["n:number"], rows, policy=policy) if "rule 3" in one or "rule 4" in one]
        assert "dmn-duplicate: Route, rule 3: the rule says the same as rule 1." in twins
        assert "dmn-duplicate: Route, rule 4: the rule says the same as rule 2." in twins


@pytest.mark.parametrize(
    ("output", "value", "expected"),
    [
        ('result:string:"a", "b"', '"c"', """output 'result' is "c": the value is not among those allowed."""),
        ("result:number", '"c"', """output 'result' is "c": string where number is declared."""),
        ("result:number", "1 / 0", "output 'result' has no value."),
        ("result:date", 'date("2025-02-30")', "output 'result' has no value."),
        ("result:number:[1..5]=9", "1", "the default of output 'result' is 9: the value is not among those allowed."),
    ],
)
def test_an_output_that_is_not_declared_so_stops_deployment(output: str, value: str, expected: str) -> None:
    (found,) = analyse(model(["n:number"], [(["-"], [value])], outputs=(output,)))
    assert (found.rule, found.severity) == ("dmn-output-value", Severity.ERROR)
    assert expected in found.message
    assert found.element == ("route" if "default" in expected else "r1")


@pytest.mark.parametrize("value", ["null", "n", '"a"', '["a"]'])
def test_an_output_that_fits_or_is_not_known_is_not_spoken_of(value: str) -> None:
    assert told(["n:string"], [(["-"], [value])], outputs=('result:string:"a", "b"',)) == []


def test_a_ranking_without_values_is_told() -> None:
    for policy in ("PRIORITY", "OUTPUT ORDER"):
        (message,) = told(["n:number"], [(["-"], ["1"])], policy=policy)
        assert message.startswith(f"dmn-ranking: Route: {policy} chooses by the order")


@pytest.mark.parametrize("allowed", ["not(5)", "> 5", "? in [1..3]"])
def test_allowed_values_that_cannot_be_ranked_are_told(allowed: str) -> None:
    (message,) = told(["n:number"], [(["-"], ["n"])], policy="PRIORITY", outputs=(f"result:number:{allowed}",))
    assert message == (
        "dmn-ranking: Route: PRIORITY chooses by the order of the allowed output values, but no output names any."
    )


def test_allowed_values_of_which_some_cannot_be_ranked_are_told() -> None:
    (message,) = told(["n:number"], [(["-"], ["n"])], policy="PRIORITY", outputs=("result:number:> 5, 4",))
    assert message == "dmn-ranking: Route: what output 'result' allows by a condition has no place in the order."


def test_an_output_that_is_not_ranked_is_told() -> None:
    assert told(
        ["n:number"], [(["> 1"], ["3"]), (["<= 1"], ["9"])], policy="PRIORITY", outputs=("result:number:[1..5], 9",)
    ) == ["dmn-ranking: Route, rule 1: output 'result' is 3, which has no place in the order."]


def test_what_cannot_be_added_up_stops_deployment() -> None:
    (found,) = analyse(model(["n:number"], [(["> 1"], ['"a"']), (["> 2"], ["1"])], policy="COLLECT+SUM"))
    assert (found.rule, found.severity, found.element) == ("dmn-aggregation", Severity.ERROR, "r1")


@pytest.mark.parametrize(
    ("rows", "warned"), [(["1", '"a"'], True), (["true", "false"], True), (["1", "n"], False), (['"a"', '"b"'], False)]
)
def test_what_cannot_be_compared_is_told(rows: list[str], warned: bool) -> None:
    found = told(["n:number"], [([f"> {number}"], [value]) for number, value in enumerate(rows)], policy="COLLECT+MAX")
    assert [one.startswith("dmn-order: Route: MAX compares") for one in found] == [True] * warned


def test_a_single_default_of_a_list_is_told() -> None:
    (message,) = told(["n:number"], [(["1"], ["1"])], policy="COLLECT", outputs=("result::=0",))
    assert message.startswith("dmn-list-default: Route: the default of output 'result' is a single value")
    assert told(["n:number"], [(["1"], ["1"])], policy="COLLECT", outputs=("result::=[]",)) == []
    assert told(["n:number"], [(["1"], ["1"])], policy="COLLECT+SUM", outputs=("result::=0",)) == []


def test_a_table_that_takes_too_much_is_said_to_be_too_large() -> None:
    rows = [([f"> {number}"], ["1"]) for number in range(50)]
    for policy in ("UNIQUE", "FIRST"):
        found = analyse_table(table(["n:number"], rows, policy=policy), steps=20)
        assert found[-1].rule == "dmn-not-analysed"
    assert "dmn-not-analysed" not in {one.rule for one in analyse_table(table(["n:number"], rows))}


@pytest.mark.parametrize(
    "cells", [[f'"k{number}"' for number in range(2_400)], [f"[{number}..{number + 1})" for number in range(2_400)]]
)
def test_the_largest_tables_are_looked_at_whole(cells: list[str]) -> None:
    found = analyse(model(["n"], [([cell], ["1"]) for cell in cells]))
    assert [one.rule for one in found] == ["dmn-gap"]


def test_tables_of_knowledge_models_are_looked_at() -> None:
    source = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="x" name="Model">
      <businessKnowledgeModel id="fee" name="Fee"><encapsulatedLogic><formalParameter name="age" typeRef="number"/>
        <decisionTable><input label="Age"><inputExpression typeRef="number"><text>age</text></inputExpression></input>
          <output name="fee"/><rule id="r1"><inputEntry><text>[0..18)</text></inputEntry>
          <outputEntry><text>1</text></outputEntry></rule></decisionTable></encapsulatedLogic></businessKnowledgeModel>
      </definitions>"""
    found, findings = read_decisions(source.encode(), name="a.dmn")
    assert found is not None
    assert findings == []
    assert [(one.rule, one.element, one.name) for one in analyse(found)] == [("dmn-gap", "fee", "Fee")]
