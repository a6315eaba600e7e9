"""What a table makes of the rules that match (DMN 1.5 clause 8.2.11)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine import feel
from engine.dmn import DecisionError, SeveralRulesMatch
from engine.errors import StegvisError

from .building import NOON, Rows, cell, context, function, literal, model, refused, take
from .building import decision as a_decision
from .building import table as a_table

AGES: Rows = [(["< 16"], ['"child"']), (["[16..65)"], ['"adult"']), ([">= 65"], ['"senior"'])]
OVERLAP: Rows = [(["> 0"], ["1"]), (["> 5"], ["10"]), (["-"], ["100"])]
RISKS = '"high", "medium", "low"'


def overlapping(policy: str, rows: Rows = OVERLAP, **more: str) -> str:
    return a_table(["n"], ["x"], rows, policy, **more)


@pytest.mark.parametrize(("age", "expected"), [(15, "child"), (16, "adult"), (64, "adult"), (65, "senior")])
def test_a_unique_table_gives_its_one_hit(age: int, expected: str) -> None:
    assert take(a_table(["age"], ["group"], AGES), age=Decimal(age)) == expected


def test_unique_is_the_default() -> None:
    with pytest.raises(SeveralRulesMatch):
        take(overlapping(""), n=Decimal(7))


def test_two_hits_of_a_unique_table_are_an_error_that_names_the_rules() -> None:
    with pytest.raises(SeveralRulesMatch, match=r"'Beslut'.*rules 1, 2, 3") as caught:
        take(overlapping("UNIQUE"), n=Decimal(7))
    assert (caught.value.rules, caught.value.decision, caught.value.code) == ((1, 2, 3), "d", "several-rules-match")
    assert isinstance(caught.value, StegvisError)


def test_a_first_table_gives_the_first_hit() -> None:
    assert take(overlapping("FIRST"), n=Decimal(7)) == 1
    assert take(overlapping("FIRST"), n=Decimal(-1)) == 100


def test_an_any_table_gives_what_its_rules_agree_on() -> None:
    rows: Rows = [(["> 0"], ['"yes"']), (["> 5"], ['"yes"']), (["< 0"], ['"no"'])]
    assert take(overlapping("ANY", rows), n=Decimal(7)) == "yes"
    assert take(overlapping("ANY", rows), n=Decimal(-7)) == "no"
    assert take(overlapping("ANY", rows), n=Decimal(0)) is None


def test_rules_of_an_any_table_that_disagree_are_an_error_that_names_them() -> None:
    rows: Rows = [(["> 9"], ["1"]), (["> 0"], ["1"]), (["> 5"], ["2"])]
    with pytest.raises(SeveralRulesMatch, match=r"ANY.*rules 2, 3 match with different results") as caught:
        take(overlapping("ANY", rows), n=Decimal(7))
    assert caught.value.rules == (2, 3)


def test_any_compares_all_outputs() -> None:
    rows: Rows = [(["-"], ["1", "1"]), (["-"], ["1.0", "2"])]
    with pytest.raises(SeveralRulesMatch):
        take(a_table(["n"], ["x", "y"], rows, "ANY"), n=None)
    assert take(a_table(["n"], ["x", "y"], [rows[0], rows[0]], "ANY"), n=None) == {"x": 1, "y": 1}


def test_a_priority_table_gives_the_hit_whose_output_comes_first_among_the_allowed_values() -> None:
    rows: Rows = [(["> 0"], ['"low"']), (["> 5"], ['"high"']), (["> 3"], ['"medium"'])]
    assert take(overlapping("PRIORITY", rows, values=RISKS), n=Decimal(7)) == "high"
    assert take(overlapping("PRIORITY", rows, values=RISKS), n=Decimal(4)) == "medium"
    assert take(overlapping("PRIORITY", rows, values=RISKS), n=Decimal(0)) is None


def test_a_tie_of_the_first_output_is_broken_by_the_next() -> None:
    rows: Rows = [(["-"], ['"low"', '"a"']), (["-"], ['"high"', '"b"']), (["-"], ['"high"', '"a"'])]
    logic = a_table(["n"], ["risk", "group"], rows, "PRIORITY", values=f'{RISKS}|"a", "b"')
    assert take(logic, n=None) == {"risk": "high", "group": "a"}


def test_output_order_ranks_all_hits() -> None:
    rows: Rows = [(["> 0"], ['"low"']), (["> 5"], ['"high"']), (["> 3"], ['"medium"']), (["> 1"], ['"high"'])]
    logic = overlapping("OUTPUT ORDER", rows, values=RISKS)
    assert take(logic, n=Decimal(7)) == ["high", "high", "medium", "low"]
    assert take(logic, n=Decimal(0)) == []


def test_the_order_may_come_from_the_type() -> None:
    kind = f'<itemDefinition name="tRisk"><typeRef>string</typeRef>{cell("allowedValues", RISKS)}</itemDefinition>'
    rows: Rows = [(["-"], ['"low"']), (["-"], ['"medium"'])]
    assert take(a_table(["n"], ["x:tRisk"], rows, "PRIORITY"), kind, n=None) == "medium"


@pytest.mark.parametrize(
    ("kind", "policy", "expected"),
    [
        ("tRisk", "PRIORITY", "medium"),
        ("tRisks", "OUTPUT ORDER", ["medium", "low"]),
        ("tBoth", "PRIORITY", {"risk": "medium", "group": "a"}),
    ],
)
def test_the_order_may_come_from_the_type_of_the_decision(kind: str, policy: str, expected: feel.Value) -> None:
    allowed = f"<typeRef>string</typeRef>{cell('allowedValues', RISKS)}"
    types = (
        f'<itemDefinition name="tRisk">{allowed}</itemDefinition>'
        f'<itemDefinition name="tRisks" isCollection="true">{allowed}</itemDefinition>'
        f'<itemDefinition name="tBoth"><itemComponent name="risk">{allowed}</itemComponent></itemDefinition>'
    )
    rows: Rows = [(["-"], ['"low"']), (["-"], ['"medium"'])]
    outputs = ["x"]
    if kind == "tBoth":
        outputs, rows = ["risk", "group"], [(tests, [*results, '"a"']) for tests, results in rows]
    for box in (a_table(["1"], outputs, rows, policy), context(("", a_table(["1"], outputs, rows, policy)))):
        assert model(types, a_decision(box, typed=f"v:{kind}")).evaluate("d", {}, NOON).value == expected
    declared = a_table(["1"], outputs, rows, f'hitPolicy="{policy}" typeRef="{kind}"')
    assert model(types, a_decision(declared)).evaluate("d", {}, NOON).value == expected


def test_the_order_may_come_from_the_type_of_what_a_function_gives() -> None:
    kind = f'<itemDefinition name="tRisk"><typeRef>string</typeRef>{cell("allowedValues", RISKS)}</itemDefinition>'
    logic = a_table(["1"], ["x"], [(["-"], ['"low"']), (["-"], ['"medium"'])], "PRIORITY")
    entry = context(("risk:tRisk", logic), ("", literal("risk")))
    assert model(kind, a_decision(entry)).evaluate("d", {}, NOON).value == "medium"
    risk = function("", logic).replace("<functionDefinition>", '<functionDefinition typeRef="tRisk">')
    called = context(("risk", risk), ("", literal("risk()")))
    assert model(kind, a_decision(called)).evaluate("d", {}, NOON).value == "medium"


@pytest.mark.parametrize("policy", ["RULE ORDER", "COLLECT"])
def test_all_hits_come_in_the_order_of_the_rules(policy: str) -> None:
    logic = overlapping(policy, OVERLAP[:2])
    assert take(logic, n=Decimal(7)) == [1, 10]
    assert take(logic, n=Decimal(1)) == [1]
    assert take(logic, n=Decimal(0)) == []


@pytest.mark.parametrize(
    ("aggregation", "hits", "none"), [("SUM", 111, None), ("MIN", 1, None), ("MAX", 100, None), ("COUNT", 3, 0)]
)
def test_a_collect_table_may_aggregate(aggregation: str, hits: int, none: int | None) -> None:
    logic = overlapping(f'hitPolicy="COLLECT" aggregation="{aggregation}"', [*OVERLAP[:2], (["> 6"], ["100"])])
    assert take(logic, n=Decimal(7)) == hits
    assert take(logic, n=Decimal(0)) == none


def test_durations_and_dates_are_aggregated_too() -> None:
    days: Rows = [(["-"], ['duration("P2D")']), (["-"], ['duration("P3D")'])]
    assert take(overlapping('hitPolicy="COLLECT" aggregation="SUM"', days), n=None) == feel.parse_duration("P5D")
    dates: Rows = [(["-"], ['@"2025-02-01"']), (["-"], ['@"2025-01-01"'])]
    assert take(overlapping('hitPolicy="COLLECT" aggregation="MIN"', dates), n=None) == feel.parse_date("2025-01-01")


@pytest.mark.parametrize("aggregation", ["SUM", "MIN", "MAX"])
@pytest.mark.parametrize("other", ['"a"', "null", 'duration("P2D")', 'duration("P2M")'])
def test_aggregating_what_does_not_go_together_is_an_error(aggregation: str, other: str) -> None:
    rows: Rows = [(["-"], [other]), (["-"], ["1"]), (["-"], ['duration("P1D")'])]
    with pytest.raises(DecisionError, match=r"'Beslut' (adds up numbers|cannot aggregate)"):
        take(overlapping(f'hitPolicy="COLLECT" aggregation="{aggregation}"', rows), n=None)


def test_two_kinds_of_durations_are_not_added_up() -> None:
    rows: Rows = [(["-"], ['duration("P2D")']), (["-"], ['duration("P2M")'])]
    with pytest.raises(DecisionError, match="cannot aggregate"):
        take(overlapping('hitPolicy="COLLECT" aggregation="SUM"', rows), n=None)


def test_several_outputs_are_collected_as_contexts_and_may_be_counted() -> None:
    rows: Rows = [(["-"], ["1", "2"]), (["-"], ["3", "4"])]
    assert take(a_table(["n"], ["a", "b"], rows, "COLLECT"), n=None) == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]
    assert take(a_table(["n"], ["a", "b"], rows, 'hitPolicy="COLLECT" aggregation="COUNT"'), n=None) == 2


@pytest.mark.parametrize(
    ("policy", "outputs", "rule"),
    [
        ('hitPolicy="FIRST" aggregation="SUM"', ["x"], "dmn-aggregation"),
        ('hitPolicy="COLLECT" aggregation="SUM"', ["x", "y"], "dmn-aggregation"),
        ('hitPolicy="COLLECT" aggregation="MEDIAN"', ["x"], "dmn-aggregation"),
        ('hitPolicy="unique"', ["x"], "dmn-hit-policy"),
    ],
)
def test_policies_that_make_no_sense_are_found(policy: str, outputs: list[str], rule: str) -> None:
    assert refused(a_decision(a_table(["1"], outputs, [], policy))).rule == rule
