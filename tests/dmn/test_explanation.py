"""Why a decision came out as it did."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import cast

import pytest

from engine import canonical
from engine.cli.decisions import print_explanation
from engine.dmn import shortened

from .building import NOON, Rows, context, decision, inputs, invocation, knowledge, literal, model, result, table


def test_the_explanation_tells_why() -> None:
    rows: Rows = [(["< 16", "-"], ["1"]), (["-", '"sfi"'], ["2"]), (["-", "-"], ["3"]), (["-", "-"], ["4"])]
    logic = table(["age", "route"], ["x"], rows, "FIRST").replace('<input id="i1">', '<input id="i1" label="Ålder">')
    logic = logic.replace('<rule id="r3">', '<rule id="r3"><description>Övriga</description>')
    assert result(logic, age=Decimal("20.5"), route="work").explanation.to_json() == {
        "tables": [
            {
                "decision": "d",
                "name": "Beslut",
                "hitPolicy": "FIRST",
                "inputs": [
                    {"label": "Ålder", "expression": "age", "value": Decimal("20.5")},
                    {"label": "route", "expression": "route", "value": "work"},
                ],
                "matched": [{"id": "r3", "rule": 3, "outputs": {"x": Decimal(3)}, "note": "Övriga"}],
                "refused": [
                    {"id": "r1", "rule": 1, "input": "Ålder", "test": "< 16"},
                    {"id": "r2", "rule": 2, "input": "route", "test": '"sfi"'},
                ],
                "untried": [4],
                "value": Decimal(3),
            }
        ],
        "decisions": [{"decision": "d", "name": "Beslut", "value": Decimal(3)}],
    }


def test_every_decision_on_the_way_is_told_with_its_value() -> None:
    taken = model(
        decision(literal("base + 1"), needs="base"),
        decision(literal("n * 2"), id_="base", name="Grunden", typed="base", needs="in-n"),
        inputs("n"),
    )
    told = taken.evaluate("d", {"n": Decimal(1)}, NOON).explanation.decisions
    assert [(one.decision, one.label, one.value) for one in told] == [("base", "Grunden", 2), ("d", "Beslut", 3)]


def test_tables_in_boxes_and_knowledge_models_are_told_each_time_they_are_asked() -> None:
    group = knowledge("age", table(["age"], ["g"], [(["< 16"], ['"child"']), (["-"], ['"other"'])], "FIRST"), name="group")
    inner = table(["n"], ["x"], [(["-"], ["n"])])
    logic = context(("inner", inner), ("a", invocation("group", age="n")), ("b", literal("group(90)")))
    tables = result(logic, group, n=Decimal(7)).explanation.tables
    assert [(one.decision, one.table.title, one.value) for one in tables] == [
        ("d", "Beslut, entry inner", 7),
        ("fn-group", "group", "child"),
        ("fn-group", "group", "other"),
    ]
    assert tables[2].refused[0].test == "< 16"


def test_a_single_output_without_a_name_is_called_as_its_table() -> None:
    (told,) = result(table(["1"], [""], [(["-"], ["5"])])).explanation.tables
    assert told.matched[0].outputs == {"Beslut": 5}


def test_an_explanation_is_json_with_dates_as_text() -> None:
    explained = result(table(["day"], ["x"], [(["-"], ["day"])]), day=date(2025, 3, 17)).explanation.to_json()
    assert json.loads(json.dumps(explained))["tables"][0]["value"] == "2025-03-17"


def test_an_explanation_can_always_be_stored() -> None:
    rows: Rows = [(["-", "-"], ["{third: n / 3, range: [1..2], whole: n}"])]
    explained = result(table(["n / 3", "function(a) a"], ["x"], rows), n=Decimal(1)).explanation.to_json()
    (stored,) = json.loads(canonical.dumps(cast("canonical.Json", explained)))["tables"]
    assert stored["value"] == {"third": "0.3333333333333333333333333333333333", "range": "[1..2]", "whole": 1}
    assert [seen["value"] for seen in stored["inputs"]] == ["0.3333333333333333333333333333333333", "function(a)"]


def test_an_explanation_is_bounded_by_size() -> None:
    told = knowledge("t", table(["t"], ["x"], [(["-"], ["t"])]), name="echo")
    logic = literal("count(for n in 1..1000 return echo(t))")
    explained = result(logic, told, t="å" * 8_000).explanation.to_json()
    tables = cast("list[dict[str, object]]", explained["tables"])
    assert tables[-1]["value"] == "å" * 1_000 + "… (8000)"
    assert cast("int", explained["more"]) + len(tables) == 1_000
    assert 100 < len(tables) < 200
    assert shortened([Decimal(1)] * 500) == [*[Decimal(1)] * 100, "… (500)"]
    members = cast("dict[str, str]", shortened({str(n): "a" * 500 for n in range(5)}))
    assert members["…"] == "(5)"


def test_what_cells_read_beside_their_column_is_told() -> None:
    logic = table(["n"], ["x"], [(["> lim"], ["1"]), (["> p.low"], ["2"])], "FIRST")
    told = result(logic, n=Decimal(3), lim=Decimal(10), p={"low": Decimal(1)}).explanation.tables[0]
    assert told.to_json()["reads"] == [{"name": "lim", "value": 10}, {"name": "p.low", "value": 1}]
    missing = model(inputs("n", "lim"), decision(table(["n"], ["x"], [(["lim"], ["1"])]), needs="in-n in-lim"))
    assert missing.evaluate("d", {"n": Decimal(3)}, NOON).explanation.tables[0].reads == (("lim", None),)


def test_the_command_line_says_what_cells_read(capsys: pytest.CaptureFixture[str]) -> None:
    logic = table(["n"], ["x"], [(["> lim"], ["1"]), (["gone"], ["2"])])
    taken = model(inputs("n", "lim", "gone"), decision(logic, needs="in-n in-lim in-gone"))
    told = taken.evaluate("d", {"n": Decimal(3), "lim": Decimal(10)}, NOON).explanation.tables[0]
    print_explanation(told, "sv")
    printed = capsys.readouterr().out
    assert "Läst av celler" in printed
    assert [line.split() for line in printed.splitlines() if line.startswith(("gone", "lim"))] == [
        ["gone", "saknas"],
        ["lim", "10"],
    ]
