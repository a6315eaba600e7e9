"""Columns and cells of a decision table: what they see, what they take, what they give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import pytest

from engine import feel
from engine.dmn import DecisionError, InputNotAllowed

from .building import NOON, Rows, around, cell, result, table, take

AGES: Rows = [(["< 16"], ['"child"']), (["[16..65)"], ['"adult"'])]


def allowing(logic: str, tests: str) -> str:
    """The table with allowed values for its first input."""
    return logic.replace("</inputExpression>", f"</inputExpression>{cell('inputValues', tests)}", 1)


def test_several_outputs_are_a_context() -> None:
    logic = table(["n"], ["route", "days left"], [(["1"], ['"sfi"', 'duration("P5D")']), (["2"], ['"work"', "null"])])
    assert take(logic, n=Decimal(1)) == {"route": "sfi", "days left": feel.parse_duration("P5D")}
    assert take(logic, n=Decimal(2)) == {"route": "work", "days left": None}


def test_nothing_matched_is_null() -> None:
    assert take(table(["n"], ["x"], [(["1"], ["1"])]), n=Decimal(2)) is None
    assert take(table(["n"], ["x", "y"], [(["1"], ["1", "1"])]), n=Decimal(2)) is None
    assert take(table(["n"], ["x"], []), n=Decimal(2)) is None


def test_a_default_is_used_when_nothing_matched() -> None:
    logic = table(["n"], ["x"], [(["1"], ["1"])], default="n * 2")
    assert take(logic, n=Decimal(4)) == 8
    assert take(logic, n=Decimal(1)) == 1


def test_an_output_without_a_default_is_null_beside_one_that_has_it() -> None:
    logic = table(["n"], ["x", "y"], [(["1"], ["1", "1"])], default="7")
    assert take(logic, n=None) == {"x": 7, "y": 7}
    lacking = logic.replace(cell("defaultOutputEntry", "7"), "", 1)
    assert take(lacking, n=None) == {"x": None, "y": 7}


def test_a_collect_table_without_hits_gives_its_default() -> None:
    assert take(table(["n"], ["x"], [(["1"], ["1"])], "COLLECT", default='["none"]'), n=None) == ["none"]


def test_a_default_of_another_type_is_an_error() -> None:
    with pytest.raises(DecisionError, match=r"'Beslut', default of output 'x': string where number is declared"):
        take(table(["n"], ["x:number"], [], default='"a"'), n=None)


def test_a_table_without_inputs_gives_what_its_rule_says() -> None:
    assert take(table([], ["x"], [([], ["n + 1"])]), n=Decimal(1)) == 2


def test_cells_see_the_names_around_and_the_question_mark() -> None:
    rows: Rows = [(["> limit", 'not("b", "c")'], ["n - limit"]), (["? * 2 = limit", "-"], ["0"])]
    logic = table(["n", "letter"], ["x"], rows, "FIRST")
    assert take(logic, n=Decimal(9), limit=Decimal(5), letter="a") == 4
    assert take(logic, n=Decimal(9), limit=Decimal(18), letter="b") == 0


def test_names_of_several_words_stand_as_they_are_in_all_cells() -> None:
    scope: dict[str, feel.Value] = {"age at start": Decimal(20), "upper limit": Decimal(30)}
    logic = table(["age at start"], ["x"], [(["< upper limit - 5"], ["upper limit - age at start"])], default="age at start")
    assert around(logic, scope).evaluate("d", scope, NOON).value == 10


@pytest.mark.parametrize("any_value", ["-", "", " - "])
def test_a_dash_or_an_empty_test_takes_any_value(any_value: str) -> None:
    assert take(table(["n"], ["x"], [([any_value], ["1"])]), n=None) == 1


def test_a_null_input_matches_only_null_and_any() -> None:
    rows: Rows = [(["< 5"], ['"small"']), (["null"], ['"none"'])]
    assert take(table(["n:number"], ["x"], rows), n=None) == "none"


@pytest.mark.parametrize("literal", ["true", "false", "= true", '"a"', "1", "true, false"])
def test_a_literal_does_not_match_a_null_input(literal: str) -> None:
    assert take(table(["n"], ["x"], [([literal], ["1"])]), n=None) is None
    assert take(table(["n"], ["x"], [([f"not({literal.removeprefix('= ')})"], ["1"])]), n=None) == 1


@pytest.mark.parametrize(("test", "value", "passes"), [("true", True, True), ("true", False, False), ("false", False, True)])
def test_a_boolean_cell_is_compared_with_its_input(test: str, value: bool, passes: bool) -> None:
    assert take(table(["n"], ["x"], [([test], ["1"])]), n=value) == (1 if passes else None)


def test_a_list_in_a_cell_takes_its_items() -> None:
    logic = table(["n"], ["x"], [(["allowed"], ["1"])])
    assert take(logic, n="a", allowed=["a", "b"]) == 1
    assert take(logic, n="c", allowed=["a", "b"]) is None


def test_dates_are_compared_as_dates() -> None:
    rows: Rows = [(['< date("2025-01-01")'], ['"before"']), (['[today()..today() + duration("P7D")]'], ['"week"'])]
    logic = table(["day:date"], ["x"], rows, "FIRST")
    assert take(logic, day=date(2024, 12, 31)) == "before"
    assert take(logic, day=date(2025, 3, 20)) == "week"


def test_a_lazy_scope_is_read_only_by_name() -> None:
    class Lazy(Mapping[str, feel.Value]):
        def __getitem__(self, name: str) -> feel.Value:
            if name == "age":
                return Decimal(20)
            raise KeyError(name)

        def __contains__(self, name: object) -> bool:
            return name == "age"

        def __iter__(self) -> Iterator[str]:
            raise AssertionError("iterated")

        def __len__(self) -> int:
            raise AssertionError("counted")

    assert around(table(["age"], ["g"], AGES), ["age", "gone"]).evaluate("d", Lazy(), NOON).value == "adult"


@pytest.mark.parametrize(
    ("logic", "place"),
    [
        (table(["n + 1"], ["x"], AGES), "'Beslut', input 'n + 1': "),
        (table(["n"], ["x"], [(["-"], ["n + 1"])]), "'Beslut', rule 1, output 'x': "),
        (table(["2"], ["x"], [(["1"], ["1"]), (["> n"], ["1"])]), "'Beslut', rule 2, cell '2': "),
        (table(["2"], ["x"], [], default="n + 1"), "'Beslut', default of output 'x': "),
    ],
)
def test_an_error_names_the_table_the_rule_and_the_cell_but_no_value(logic: str, place: str) -> None:
    with pytest.raises(DecisionError) as caught:
        take(logic, n="hemligt")
    assert place in str(caught.value)
    assert "hemligt" not in str(caught.value)
    assert isinstance(caught.value.__cause__, feel.FeelError)


def test_a_decision_that_is_not_there_is_a_key_error() -> None:
    model = around(table(["1"], ["x"], []), [])
    with pytest.raises(KeyError):
        model.evaluate("gone", {}, NOON)


def test_an_input_of_another_type_is_an_error_that_repeats_no_value() -> None:
    with pytest.raises(InputNotAllowed, match=r"'n': string where number") as caught:
        take(table(["n:number"], ["x"], [(["-"], ["1"])]), n="hemligt")
    assert "hemligt" not in str(caught.value)


def test_an_input_outside_its_allowed_values_is_an_error() -> None:
    logic = allowing(table(["route"], ["x"], [(["-"], ["1"])]), '"sfi"')
    assert take(logic, route="sfi") == 1
    assert take(logic, route=None) == 1
    with pytest.raises(InputNotAllowed, match="not among those allowed") as caught:
        take(logic, route="hemligt")
    assert "hemligt" not in str(caught.value)


def test_a_column_of_lists_allows_values_item_by_item() -> None:
    kind = '<itemDefinition name="tRoutes" isCollection="true"><typeRef>string</typeRef></itemDefinition>'
    logic = allowing(table(["routes:tRoutes"], ["x"], [(["-"], ["count(routes)"])]), '"sfi", "work"')
    assert take(logic, kind, routes=["sfi", "work"]) == 2
    with pytest.raises(InputNotAllowed):
        take(logic, kind, routes=["sfi", "x"])


def test_an_output_of_another_type_or_value_is_an_error() -> None:
    with pytest.raises(DecisionError, match="rule 1, output 'x': string where number"):
        take(table(["n"], ["x:number"], [(["-"], ['"a"'])]), n=None)
    limited = table(["n"], ["x"], [(["-"], ["n"])], values="1, 2")
    assert take(limited, n=Decimal(2)) == 2
    assert take(limited, n=None) is None
    with pytest.raises(DecisionError, match="rule 1, output 'x': the value is not among those allowed") as caught:
        take(limited, n=Decimal(3))
    assert caught.value.rules == (1,)


def test_the_type_of_the_table_is_that_of_its_only_output() -> None:
    with pytest.raises(DecisionError, match="string where number"):
        take(table(["n"], ["x"], [(["-"], ['"a"'])], 'typeRef="number"'), n=None)


def test_labels_and_descriptions_are_for_people() -> None:
    logic = table(["n"], ["x"], [(["1"], ["1"])]).replace('<input id="i1">', '<input id="i1" label="Antal">')
    logic = logic.replace("<decisionTable", "<description>Om</description><decisionTable").replace(
        '<rule id="r1">', '<rule id="r1"><description>Ett</description><annotationEntry><text>not</text></annotationEntry>'
    )
    (told,) = result(logic, n=Decimal(1)).explanation.tables
    assert told.inputs[0].label == "Antal"
    assert told.matched[0].note == "Ett · not"
